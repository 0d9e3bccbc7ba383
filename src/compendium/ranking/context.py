"""A context to assess the models against: a folder of `data/contexts/`, read as described."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from compendium import data, language, project
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _

FILES = {
    "facts": "facts.csv",
    "indicators": "indicators.csv",
    "indicator_values": "indicator_values.csv",
    "requirements": "requirements.csv",
    "model_requires": "model_requires.csv",
    "offers": "offers.csv",
}
MAY_LACK = {
    "studies": "studies.csv",
    "study_findings": "study_findings.csv",
    "precedents": "precedents.csv",
    "selection": "selection.csv",
    "facts_left_out": "facts_left_out.csv",
}
ABOUT = ("code", "country", "sector", "example_countries", "reference_year")


@dataclass(frozen=True)
class Context:
    """A country and sector, with what is known of it.

    Attributes
    ----------
    folder : Path
        A folder of `data/contexts/`, or another of the same kind.
    about : dict
        Content of `context.yml`: code, country, sector, example countries, reference year.
    facts, indicators, indicator_values, requirements, model_requires, offers : DataFrame
        The folder's tables; the data package describes their columns.
    studies, study_findings, precedents : DataFrame
        Studies of the country, what they found, and cases of the models in it; empty where the
        folder has no such table.
    selection, facts_left_out : DataFrame
        How the evidence was found and what is not used, and by which rule; empty likewise.
    """

    folder: Path
    about: dict
    facts: pd.DataFrame
    indicators: pd.DataFrame
    indicator_values: pd.DataFrame
    requirements: pd.DataFrame
    model_requires: pd.DataFrame
    offers: pd.DataFrame
    studies: pd.DataFrame
    study_findings: pd.DataFrame
    precedents: pd.DataFrame
    selection: pd.DataFrame
    facts_left_out: pd.DataFrame

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.folder.name

    @property
    def country(self) -> str:
        """ISO code of the country."""
        return self.about["country"]

    @property
    def examples(self) -> list[str]:
        """ISO codes of the example countries."""
        return list(self.about["example_countries"])


def names(folder: Path | None = None) -> list[str]:
    """The contexts that there are."""
    return sorted(path.parent.name for path in _contexts(folder).glob("*/context.yml"))


def load(name: str, folder: Path | None = None) -> Context:
    """Read a context.

    Parameters
    ----------
    name : str
        Name of its folder.
    folder : Path, optional
        Where the contexts are; `data/contexts` if left out.

    Raises
    ------
    CompendiumError
        If the folder or one of its files is absent, a table is not as the data package describes
        it, or a row refers to something that the context does not have.
    """
    own = _contexts(folder) / name
    if not own.is_dir():
        known = names(folder)
        raise CompendiumError(
            _("There is no context {name!r}.").format(name=name),
            path=project.relative(own),
            remedy=did_you_mean(
                name,
                known,
                otherwise=_("Add the folder, or name one of: {what}.").format(
                    what=", ".join(known)
                ),
            ),
        )
    about = data.document("context", own / "context.yml")
    about = _check_about(about, own / "context.yml")
    tables = {part: data.table(f"context_{part}", own / file) for part, file in FILES.items()}
    tables |= {part: table_if_there(part, own) for part in MAY_LACK}
    context = Context(own, about, **tables)
    _check_references(context, own)
    return context


def table_if_there(part: str, folder: Path) -> pd.DataFrame:
    """A table that a context may lack; without rows where it does."""
    if (folder / MAY_LACK[part]).exists():
        return data.table(f"context_{part}", folder / MAY_LACK[part])
    if not data.holds(f"context_{part}"):
        return pd.DataFrame()
    fields = data.resource(f"context_{part}")["schema"]["fields"]
    return pd.DataFrame(columns=[field["name"] for field in fields])


def place(name: str) -> Path:
    """Folder of a context, whose tables a chapter depends on as far as it reads them."""
    return _contexts(None) / name


def _contexts(folder: Path | None) -> Path:
    return folder or project.place("data", "contexts")


def _check_about(about: dict | list, file: Path) -> dict:
    given = about if isinstance(about, dict) else {}
    for key in ABOUT:
        if given.get(key) in (None, "", []):
            raise CompendiumError(
                _("The context does not say this."),
                path=project.relative(file),
                column=key,
                remedy=_("context.yml must give: {what}.").format(what=", ".join(ABOUT)),
            )
    for code in [given["country"], *given["example_countries"]]:
        try:
            language.country(code)
        except CompendiumError as error:
            raise CompendiumError(
                error.message, path=project.relative(file), remedy=error.remedy
            ) from None
    return given


def _check_references(context: Context, own: Path) -> None:
    indicators, requirements = context.indicators["indicator"], context.requirements["requirement"]
    cited = {
        "evidence_fact": context.facts["fact"],
        "evidence_indicator": indicators,
        "evidence_study": context.study_findings["finding"],
    }
    _refer(context.indicator_values, "indicator", indicators, own / FILES["indicator_values"])
    _refer(context.model_requires, "requirement", requirements, own / FILES["model_requires"])
    _refer(context.offers, "requirement", requirements, own / FILES["offers"])
    for kind, known in cited.items():
        rows = context.offers[context.offers["evidence_kind"] == kind]
        _refer(rows, "evidence", known, own / FILES["offers"])


def _refer(rows: pd.DataFrame, column: str, known: pd.Series, file: Path) -> None:
    for at, value in rows[column].items():
        if value not in set(known):
            raise CompendiumError(
                _("The context has no {value!r}.").format(value=value),
                path=project.relative(file),
                row=int(at) + 2,
                column=column,
                remedy=did_you_mean(value, known, otherwise="Add it, or take the row out."),
            )
