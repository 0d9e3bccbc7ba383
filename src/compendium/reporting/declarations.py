"""Who answers for the book, its funding and its interests: `CITATION.cff` and `book.yml`."""

from __future__ import annotations

from compendium import project
from compendium.language import N_, _, current, join
from compendium.language.active import SOURCE
from compendium.yaml_file import read_yaml

CITATION = "CITATION.cff"
FIELDS = {
    "authors": N_("Authors"),
    "contact": N_("Contact"),
    "funding": N_("Funding"),
    "competing_interests": N_("Competing interests"),
}


def declarations() -> dict[str, str]:
    """What is declared, by the fields of `FIELDS`; "not stated" where nothing is.

    Authors and contact come from `CITATION.cff`, funding and competing interests from `book.yml`.

    Raises
    ------
    CompendiumError
        If `CITATION.cff` is absent or is not YAML.
    """
    cited = citation()
    named = _people(cited.get("authors"))
    if all("name" in author for author in cited.get("authors") or []):  # of groups, not of people
        named = [name.strip() for name in _own("authors").split(";") if name.strip()] or named
    said = {
        "authors": join(named),
        "contact": join(_people(cited.get("contact"))),
        "funding": _own("funding"),
        "competing_interests": _own("competing_interests"),
    }
    return {field: said[field] or _("not stated") for field in FIELDS}


def _own(field: str) -> str:
    """What `book.yml` says in the reader's language, or else in English."""
    texts = project.current().book.setting(field) or {}
    return str(texts.get(current()) or texts.get(SOURCE) or "").strip()


def version() -> str:
    """The version that is cited; empty where `CITATION.cff` gives none."""
    return str(citation().get("version") or "")


def contact() -> str:
    """Whom to write to; empty where `CITATION.cff` names nobody."""
    return join(_people(citation().get("contact")))


def cited_authors() -> list[tuple[str, bool]]:
    """Names of those who are cited as authors, and whether each is a person."""
    listed = citation().get("authors") or []
    return [
        (name, "name" not in person) for name, person in zip(_people(listed), listed, strict=True)
    ]


def citation() -> dict:
    """What `CITATION.cff` says, as it stands there."""
    return read_yaml(project.path(CITATION), CITATION) or {}


def _people(listed: list[dict] | None) -> list[str]:
    """Names as the file gives them, each with its address for mail where there is one."""
    told = []
    for person in listed or []:
        name = person.get("name") or " ".join(
            str(person[part]) for part in ("given-names", "family-names") if person.get(part)
        )
        told.append(f"{name} ({person['email']})" if person.get("email") else name)
    return told
