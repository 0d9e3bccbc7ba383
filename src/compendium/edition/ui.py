"""What the pages' own furniture says: menu, search, switches, the page that is not there."""

from compendium.language import _


def strings() -> dict[str, str]:
    """The theme's strings in the current language, by the names that its templates use.

    Returns
    -------
    dict of str to str
        For Sphinx's `html_context` as `ui`, and for the templates in `theme/root`.
    """
    return {
        # Translators: first link of a page, for the keyboard; jumps to the text
        "skip": _("Skip to the text"),
        # Translators: name of the list of chapters
        "contents": _("Contents"),
        # Translators: heading of the list of a page's sections
        "on_this_page": _("On this page"),
        # Translators: button that opens the list of chapters on a phone
        "menu": _("Menu"),
        "close": _("Close"),
        # Translators: link to the book's first page
        "home": _("About the book"),
        # Translators: before the title of the next chapter
        "next": _("Next"),
        # Translators: before the title of the previous chapter
        "previous": _("Previous"),
        # Translators: name of the pair of links at the end of a chapter
        "chapters": _("Previous and next chapter"),
        "back_to_top": _("Back to top"),
        # Translators: button and name of the search
        "search": _("Search"),
        # Translators: in the empty search field
        "search_placeholder": _("Search the book"),
        "searching": _("Searching…"),
        "no_results": _("Nothing found"),
        # Translators: before the number of pages that contain the words searched for
        "pages_found": _("Pages found:"),
        "search_failed": _("The search could not be loaded."),
        # Translators: name of the links RU, EN, KZ
        "language": _("Language"),
        # Translators: the button says "Colours: as the system"
        "theme": _("Colours"),
        # Translators: colour scheme
        "theme_auto": _("as the system"),
        # Translators: colour scheme
        "theme_light": _("light"),
        # Translators: colour scheme
        "theme_dark": _("dark"),
        "download": _("Download"),
        # Translators: link that downloads the chapter as a Jupyter notebook
        "download_notebook": _("Notebook"),
        # Translators: link that downloads the chapter's tables
        "download_data": _("Data"),
        # Translators: link to the whole book as PDF
        "pdf": _("The book as PDF"),
        # Translators: button that copies a piece of code
        "copy": _("Copy"),
        "copied": _("Copied"),
        # Translators: button that unfolds the code behind a figure or table
        "show_code": _("Show code"),
        # Translators: button that folds the code again
        "hide_code": _("Hide code"),
        # Translators: link to the page that lists the versions of the book
        "versions": _("All versions"),
        "licence": _("Licence"),
        "cite": _("How to cite"),
        "not_found_title": _("There is no such page"),
        "not_found_text": _(
            "It may have moved. The list of chapters and the search help to find it."
        ),
        # Translators: heading of the page that offers the three languages
        "choose_language": _("Choose a language"),
    }
