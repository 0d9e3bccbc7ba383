"""The seal of a release build: which site it made, and of what."""

from __future__ import annotations

import json
from pathlib import Path

from compendium import digest, project
from compendium.edition import site
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import _

SEAL = "release.json"
SOURCES = (
    "CITATION.cff", "_config.yml", "_toc.yml", "book.yml", "chapters", "data", "locales",
    "parameters.yml", "requirements.lock", "theme",
)  # fmt: skip
"""What a site is made of, with the code; if one of them changes, it is not their site any more."""


def seal() -> None:
    """Remember that the site is a release, and what it was made of."""
    told = {"date": project.current().book.published().isoformat(), **_digests()}
    replace(_file(), json.dumps(told, indent=1) + "\n")


def date() -> str:
    """Date of the released edition, as YYYY-MM-DD.

    Raises
    ------
    CompendiumError
        If there is no release, or if its site or its sources have changed since.
    """
    remedy = _("Run `make release` first.")
    if not _file().is_file() or not site.folder().is_dir():
        raise CompendiumError(
            _("There is no release build."), path=project.relative(site.folder()), remedy=remedy
        )
    told = json.loads(_file().read_text(encoding="utf-8"))
    now = _digests()
    if told["site"] != now["site"]:
        raise CompendiumError(
            _("The site was built again since the release."),
            path=project.relative(site.folder()), remedy=remedy,
        )  # fmt: skip
    if told["sources"] != now["sources"]:
        raise CompendiumError(
            _("Chapters, data, code or translations were changed since the release."),
            path=project.relative(site.folder()), remedy=remedy,
        )  # fmt: skip
    return told["date"]


def _file() -> Path:
    return project.path("_build", SEAL)


def _digests() -> dict[str, str]:
    return {
        "site": digest.of_files([site.folder()]),
        "sources": digest.of_files([*map(project.path, SOURCES), *digest.libraries()]),
    }
