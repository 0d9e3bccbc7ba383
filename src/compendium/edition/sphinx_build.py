"""Sphinx run on an edition: pages and single page from one reading, in one process.

The configuration is Jupyter Book's own. Left out of its extensions are those that serve its stock
theme; ours needs none of them.
"""

from __future__ import annotations

import gc
from io import BytesIO, StringIO
from pathlib import Path

from compendium import project
from compendium.edition.edition import Edition, site_url
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _, speaking

LEFT_OUT = {
    "sphinx.ext.intersphinx",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_thebe",
    "sphinx_togglebutton",
}
def build(edition: Edition, builders: tuple[str, ...] = ("html", "singlehtml")) -> None:
    """Build an edition's pages.

    Raises
    ------
    CompendiumError
        If Sphinx warns of anything: a warning here is a broken link, label, citation or glue key.
    """
    from sphinx import locale
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    for builder in builders:
        warnings = StringIO()
        # Sphinx would add this language's words behind those of the last one, and its table of
        # contents looks through every object that is not set aside.
        locale.translators.clear()
        gc.freeze()
        # Unpatched, docutils warns that it has no Kazakh, where Sphinx has the words anyway.
        with speaking(edition.language), patch_docutils(), docutils_namespace():
            app = Sphinx(
                srcdir=edition.source,
                confdir=None,
                outdir=edition.output / builder,
                doctreedir=edition.output / "doctrees",
                buildername=builder,
                confoverrides=configuration(edition),
                status=None,
                warning=warnings,
            )
            app.build()
        found = [line for line in warnings.getvalue().splitlines() if line.strip()]
        if found:
            # A page with a warning would pass unseen in the next, incremental run.
            (edition.output / "doctrees" / "environment.pickle").unlink(missing_ok=True)
            raise CompendiumError(
                _("Sphinx warns:") + "\n  " + "\n  ".join(found) + "\n",
                path=project.relative(edition.source),
                remedy=_("Mend the chapter or its translation in locales/."),
            )


def configuration(edition: Edition) -> dict:
    """Jupyter Book's configuration of an edition, with the book's own theme."""
    from jupyter_book.config import get_final_config

    config, _metadata = get_final_config(
        user_yaml=edition.source / "_config.yml",
        sourcedir=edition.source,
        cli_config={"latex_individualpages": False},
    )
    config["extensions"] = [
        *(name for name in config["extensions"] if name not in LEFT_OUT),
        "compendium.edition.page",
        "compendium.edition.claim_links",
        "compendium.edition.cite_button",
        "compendium.edition.card",
    ]
    config.pop("comments_config")
    config |= {
        "html_theme": "compendium",
        "html_theme_path": [str(project.PACKAGE / "theme")],
        "templates_path": _own("theme", "compendium"),
        "html_static_path": _own("theme", "compendium", "static"),
        "html_theme_options": {},
        "html_context": {},
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_permalinks_icon": "#",
        "html_additional_pages": {"404": "404.html"},
        "locale_dirs": [str(sphinx_catalogs())],
        "compendium_language": edition.language,
        "compendium_means": _means(edition),
        "pygments_style": "default",
    }
    return config


def _own(*parts: str) -> list[str]:
    """A folder of the compendium whose files go before the engine's, where there is one."""
    folder = project.path(*parts)
    return [str(folder)] if folder.is_dir() else []


def _means(edition: Edition) -> str:
    """Digest of what makes a page besides its chapter: a change in it renews every page."""
    from compendium import digest
    from compendium.edition import site

    files = digest.of_files(
        [
            *(project.PACKAGE / part for part in ("edition", "locales")),
            *(folder.parent for folder in site.static()),
            project.path("locales", edition.language, "review.po"),
            project.path("locales", edition.language, "data.po"),
            project.path("data", "article", "claims.yml"),
            project.path("requirements.lock"),
            project.path("CITATION.cff"),
            project.path("book.yml"),
        ],
        without=site.static(),
    )
    return digest.of_texts(files, str(project.current().book.published()), site_url())


def sphinx_catalogs() -> Path:
    """Sphinx's own words in languages where it lacks them, from the engine's catalogs.

    Returns
    -------
    Path
        A folder as Sphinx's `locale_dirs` expects it.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    folder = project.path("_build", "locale")
    for source in (project.PACKAGE / "locales" / "sphinx").glob("*.po"):
        compiled = BytesIO()
        write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=source.stem))
        replace(folder / source.stem / "LC_MESSAGES" / "sphinx.mo", compiled.getvalue())
    return folder
