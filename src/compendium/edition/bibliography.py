"""Citations and bibliography in the edition's language: no word of English between the names."""

from __future__ import annotations

from dataclasses import dataclass, field

import pybtex.plugin
from pybtex.database import Entry
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from compendium import language
from compendium.language import _, text
from compendium.language.active import SOURCE

NAME = "compendium"


def _and() -> str:
    return _("{first} & {second}").format(first="", second="")


def _others() -> str:
    return _("{first} et al.").format(first="")


def reference_style(code: str) -> type[AuthorYearReferenceStyle]:
    """Citations as (Author and Author, year), with the language's own `and` and `et al.`."""

    with language.speaking(code):
        between, others = _and(), _others()

    def brackets() -> BracketStyle:
        return BracketStyle(left="(", right=")", sep="; ", sep2="; ", last_sep="; ")

    def persons() -> PersonStyle:
        return PersonStyle(
            style="last", sep=", ", sep2=between, last_sep=between, other=others
        )

    @dataclass
    class CompendiumReferenceStyle(AuthorYearReferenceStyle):
        bracket_parenthetical: BracketStyle = field(default_factory=brackets)
        bracket_textual: BracketStyle = field(default_factory=brackets)
        person: PersonStyle = field(default_factory=persons)

    return CompendiumReferenceStyle


class CompendiumStyle(BaseStyle):
    """Authors (year). Title. *Venue*, volume(issue), pages. Note. Address."""

    default_name_style = "plain"
    default_label_style = "number"
    default_sorting_style = "author_year_title"

    def format_entry(self, label: str, entry: Entry, bib_data=None) -> FormattedEntry:
        """One entry of the bibliography; what the entry does not say is left out."""
        fields = entry.fields
        venue = fields.get("journal") or fields.get("booktitle") or ""
        parts = [
            Text(_authors(entry.persons.get("author", [])), _year(fields), "."),
            Text(_plain(fields["title"]), ".") if fields.get("title") else None,
            Text(Tag("em", _plain(venue)), _numbers(fields), ".") if venue else None,
            Text(text(fields["note"]), ".") if fields.get("note") else None,
            _address(fields),
        ]
        return FormattedEntry(entry.key, Text(" ").join([p for p in parts if p]), label)


def _authors(persons: list) -> str:
    names: list[str] = []
    for person in persons:
        if str(person) == "others":
            return ", ".join(names) + _others()
        family = " ".join([*person.prelast_names, *person.last_names])
        initials = " ".join(
            f"{name[0]}." for name in [*person.first_names, *person.middle_names] if name
        )
        names.append(f"{_plain(family)} {initials}".strip())
    return ", ".join(names)


def _year(fields) -> str:
    return f" ({fields['year']})" if fields.get("year") else ""


def _numbers(fields) -> str:
    volume, number, pages = (fields.get(key, "") for key in ("volume", "number", "pages"))
    issue = f"{volume}({number})" if volume and number else volume or number
    return "".join(f", {part}" for part in (issue, pages.replace("--", "–")) if part)


def _address(fields) -> Text | None:
    if fields.get("doi"):
        return Text(HRef(f"https://doi.org/{fields['doi']}", f"doi:{fields['doi']}"))
    if fields.get("url"):
        return Text(HRef(fields["url"], fields["url"]))
    return None


def _plain(text: str) -> str:
    """The text without BibTeX's protecting braces."""
    return text.replace("{", "").replace("}", "").replace("\\&", "&")


def set_language(app: Sphinx, config) -> None:
    """Register both styles, citations in this edition's language."""
    code = config.language if config.language in language.LANGUAGES else SOURCE
    language.use(code)
    register_plugin(
        "sphinxcontrib.bibtex.style.referencing", NAME, reference_style(code), force=True
    )
    pybtex.plugin.register_plugin("pybtex.style.formatting", NAME, CompendiumStyle)
