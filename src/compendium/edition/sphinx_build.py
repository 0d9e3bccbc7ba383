"""Sphinx run on an edition: pages and single page from one reading, in one process.

The configuration is Jupyter Book's own. Left out of its extensions are those that serve its stock
theme; ours needs none of them.
"""

from __future__ import annotations

import json
import os
from io import BytesIO, StringIO
from pathlib import Path

from compendium import project
from compendium.edition.edition import Edition
from compendium.errors import CompendiumError

LEFT_OUT = {
    "sphinx.ext.intersphinx",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_thebe",
    "sphinx_togglebutton",
}
CATALOGS = {
    "sphinx": ("sphinx", "pydata_sphinx_theme"),
    "booktheme": ("sphinx_book_theme",),
    "togglebutton": ("sphinx_togglebutton",),
}
"""The gettext domain that a program asks, and the catalogs in `locales/` that answer for it.

pydata-sphinx-theme asks Sphinx's own domain.
"""


def build(edition: Edition, builders: tuple[str, ...] = ("html", "singlehtml")) -> None:
    """Build an edition's pages.

    Raises
    ------
    CompendiumError
        If Sphinx warns of anything: a warning here is a broken link, label, citation or glue key.
    """
    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    for builder in builders:
        warnings = StringIO()
        # Unpatched, docutils warns that it has no Kazakh, where Sphinx has the words anyway.
        with patch_docutils(), docutils_namespace():
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
                "Sphinx warns:\n  " + "\n  ".join(found) + "\n",
                path=project.relative(edition.source),
                remedy="Mend the chapter or its translation in locales/.",
            )


def configuration(edition: Edition) -> dict:
    """Jupyter Book's configuration of an edition, with the book's own theme."""
    from jupyter_book.config import get_final_config

    config, _ = get_final_config(
        user_yaml=edition.source / "_config.yml",
        sourcedir=edition.source,
        cli_config={"latex_individualpages": False},
    )
    config["extensions"] = [
        *(name for name in config["extensions"] if name not in LEFT_OUT),
        "compendium.edition.page",
        "compendium.edition.claim_links",
    ]
    config.pop("comments_config")
    config |= {
        "html_theme": "compendium",
        "html_theme_path": [str(project.shared("theme"))],
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


def _means(edition: Edition) -> str:
    """Digest of what makes a page besides its chapter: a change in it renews every page."""
    from compendium.edition import digest

    return digest.of_files(
        [
            digest.PACKAGE / "edition",
            project.shared("theme", "compendium"),
            project.shared("locales", edition.language, "interface.po"),
            project.path("locales", edition.language, "data.po"),
            project.path("data", "article", "claims.yml"),
            project.path("requirements.lock"),
        ]
    )


def sphinx_catalogs() -> Path:
    """The words of Sphinx and of the stock themes where they lack a language, from `locales/`.

    Returns
    -------
    Path
        A folder as `locale_dirs` and `add_message_catalog` expect it.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from sphinx import package_dir

    sphinx_own = Path(package_dir, "locale")
    folder = project.path("_build", "locale")
    for place in (path for path in project.home("locales").iterdir() if path.is_dir()):
        for domain, names in CATALOGS.items():
            files = (project.shared("locales", place.name, f"{name}.po") for name in names)
            sources = [file for file in files if file.is_file()]
            target = folder / place.name / "LC_MESSAGES" / f"{domain}.mo"
            if not sources or _newer(target, sources):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            catalog = read_po(BytesIO(sources[0].read_bytes()), locale=place.name)
            for source in sources[1:]:
                for message in read_po(BytesIO(source.read_bytes()), locale=place.name):
                    if message.id and message.id not in catalog:
                        catalog[message.id] = message
            compiled = BytesIO()
            write_mo(compiled, catalog)
            _put(target, compiled.getvalue())
            if domain == "sphinx" and not (sphinx_own / place.name).is_dir():
                _put(target.with_suffix(".js"), _script(catalog).encode())
    return folder


def register_catalogs(app) -> None:
    """Tell Sphinx of our catalogs in an extension's `setup`: for a plain `jupyter-book build`."""
    from sphinx.locale import get_translator

    folder = str(sphinx_catalogs())
    for domain in CATALOGS:
        app.add_message_catalog(domain, folder)
    # Templates translate by the catalog that Sphinx found before any extension was there.
    app.translator = get_translator("sphinx")

    def search_page(app, config) -> None:
        if folder not in config.locale_dirs:
            config.locale_dirs = [folder, *config.locale_dirs]

    app.connect("config-inited", search_page)


def _newer(target: Path, sources: list[Path]) -> bool:
    return target.is_file() and all(
        target.stat().st_mtime >= source.stat().st_mtime for source in sources
    )


def _put(target: Path, content: bytes) -> None:
    """Write a file in one step, because the editions are built side by side."""
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)


def _script(catalog) -> str:
    """What the stock search page's script says, as Sphinx's own `sphinx.js` files hold it."""
    messages = {}
    for message in catalog:
        if isinstance(message.id, tuple):
            messages[message.id[0]] = list(message.string)
        elif message.id:
            messages[message.id] = message.string
    told = {
        "locale": str(catalog.locale),
        "messages": messages,
        "plural_expr": catalog.plural_expr,
    }
    return f"Documentation.addTranslations({json.dumps(told, ensure_ascii=False)});"
