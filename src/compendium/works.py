"""How a work is named on an axis or in a cell, and what it links to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from compendium import data, project
from compendium.display import Cell, link
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.project import Compendium


def short_name(key: str) -> str:
    """Authors and year of a work in the reader's language, e.g. ``Steinmo & Rasmussen 2018``.

    Parameters
    ----------
    key : str
        Key of the work in `sources`.

    Raises
    ------
    CompendiumError
        If `sources` has no such work.
    """
    work = _work(key)
    families = [name.split(",")[0].strip() for name in work.authors.split(";")]
    return name_and_year(families, work.year_issue)


def short_names(keys: Sequence[str]) -> str:
    """Several works in a sentence; semicolons, because a name may hold an `and` of its own."""
    return "; ".join(short_name(key) for key in keys)


def name_and_year(families: Sequence[str], year: int | None) -> str:
    """Family names and year as a short reference; a missing year is left out.

    Parameters
    ----------
    families : sequence of str
        Family names in their order; from three on, only the first is named.
    year : int or missing
    """
    if len(families) == 1:
        names = families[0]
    elif len(families) == 2:
        # Translators: two authors of a work, e.g. "Steinmo & Rasmussen"
        names = _("{first} & {second}").format(first=families[0], second=families[1])
    else:
        # Translators: a work of three authors or more, e.g. "Walsh et al."
        names = _("{first} et al.").format(first=families[0])
    return names if year is None or pd.isna(year) else f"{names} {int(year)}"


def work_cell(key: str) -> Cell:
    """A work's short name, linked to its DOI or else to its address for readers."""
    work = _work(key)
    address = f"https://doi.org/{work.doi}" if work.doi else work.address
    return link(short_name(key), address)


def title(key: str) -> str:
    """A work's title as its source prints it; empty if the work is not identified."""
    return _work(key).title


def _work(key: str):
    here = project.current()
    sources = here.kept.get("works", [here.data.file("sources")], lambda: _sources(here))
    if key not in sources:
        raise CompendiumError(
            _("The work {key} is not among the sources.").format(key=repr(key)),
            path=data.place_of("sources"),
            column="key",
            remedy=did_you_mean(
                key, sources,
                otherwise=_("Name one of: {names}.").format(names=", ".join(sources)),
            ),
        )
    return sources[key]


def _sources(compendium: Compendium) -> dict:
    return {work.key: work for work in compendium.data.table("sources").itertuples()}
