"""The book's own assessment, and a page with nothing but what a test looks at."""

from __future__ import annotations

import pytest

from compendium import language, project
from compendium.edition import page as pages
from compendium.ranking import criteria

LINKS = '<nav class="languages"><a href="https://example.org/kk/">KZ</a></nav>'


@pytest.fixture(scope="module")
def assessment():
    return criteria.assess(project.path("data", "contexts", "kazakhstan-electronics"))


def written(folder, shown, code="en"):
    """Address of a page with one thing shown, its scripts and styles, and the language links."""
    language.use(code)
    static, html = project.theme("compendium", "static"), shown._repr_html_()
    names = pages._scripts(html)
    scripts = "".join(
        f'<script src="{(static / name).as_uri()}" defer></script>' for name in names
    )
    styles = "".join(
        f'<link rel="stylesheet" href="{(static / name).as_uri()}">'
        for name in ("compendium.css", *filter(None, map(pages._style, names)))
    )
    file = folder / f"{code}.html"
    file.write_text(
        f'<!doctype html><html lang="{code}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"{styles}{scripts}{LINKS}"
        f'<main><section><h2 id="own">W</h2>{html}</section></main></html>',
        encoding="utf-8",
    )
    language.use("en")
    return file.as_uri()
