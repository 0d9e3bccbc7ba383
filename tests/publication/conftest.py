"""A small review that was released: a site of two pages, with a table in each language."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compendium import digest
from compendium.edition import release

ROOT = Path(__file__).parents[2]
TABLE = "﻿Model,rank 1,rank 2\nA,32%,23%\nB,26%,23%\nC,21%,22%\n"


def made_site(folder: Path, table: str = TABLE) -> Path:
    """A site with the parts that an archive and a comparison look at."""
    for code in ("ru", "en", "kk"):
        tables = folder / code / "downloads" / "4-applicability"
        tables.mkdir(parents=True, exist_ok=True)
        (tables / "rank-shares.csv").write_text(table, encoding="utf-8")
        (folder / code / "index.html").write_text(f"<title>Book {code}</title>", encoding="utf-8")
        page = f"<title>4. Ranks ({code}) · Book</title>"
        (folder / code / "4-applicability.html").write_text(page, encoding="utf-8")
        (folder / code / f"compendium-{code}.pdf").write_bytes(b"%PDF-")
    (folder / ".nojekyll").touch()
    (folder / "404.html").write_text("gone", encoding="utf-8")
    return folder


@pytest.fixture
def released(own, monkeypatch) -> Path:
    """The review's folder, with a sealed release."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")
    monkeypatch.setattr(digest, "libraries", lambda: [])
    shutil.copy(ROOT / "pyproject.toml", own)
    for file in [*own.glob("chapters/*"), *own.glob("locales/*/*")]:
        if file.name not in ("1-search.ipynb", "review.po"):
            file.unlink()
    made_site(own / "_build" / "site")
    release.seal()
    return own
