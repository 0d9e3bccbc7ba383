"""Tables of the chapter on applicability: the results with labels, places and links."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from compendium.addresses import page_cell, place, read_on
from compendium.display import Cell, Column, Table, link, mark, row_id
from compendium.language import _, country, label, number, percent, text
from compendium.ranking.context import Context
from compendium.works import short_name, work_cell
from review.applicability.indicators import positions, strips
from review.applicability.matrix import READINGS

SIGNS = {"more_than": "> ", "less_than": "< ", "about": "≈ ", "lower_bound": "≥ "}
WORDS = {"planned"}
NO_FIGURE = {"qualitative", "no_figure"}


def sector(sector: pd.DataFrame, citations: pd.DataFrame) -> Table:
    """What the article says of the industry."""
    shown = sector.assign(
        amount=[amount(row.value, "", row.qualifier) for row in sector.itertuples()],
        cited=[[n] if pd.notna(n) else [] for n in sector["citation"]],
    )
    return Table(
        shown,
        {
            "statement": Column(_("The article says"), text),
            "amount": Column(_("Figure"), list),
            "cited": Column(_("Cites"), lambda n: cited(n, citations)),
            "place": Column(_("Place"), place),
        },
        label=_("The industry in the article"),
    )


def facts(context: Context, subjects: Collection[str]) -> Table:
    """Facts about the context that bear on some barriers, enablers, models or features."""
    found = context.facts[context.facts["bears_on"].isin(subjects)]
    order = {code: at for at, code in enumerate(subjects)}
    found = found.sort_values("bears_on", key=lambda column: column.map(order), kind="stable")
    shown = found.assign(
        amount=[amount(row.value, row.unit, row.qualifier) for row in found.itertuples()],
        when=[year(row.year, row.year_inferred) for row in found.itertuples()],
        read=[[link(text(row.source), page_cell(row.seen_at).href), read_on(row.date_read)]
              for row in found.itertuples()],
        row=[row_id("fact", code) for code in found["fact"]],
    )  # fmt: skip
    return Table(
        shown,
        {
            "statement": Column(_("Fact"), text),
            "amount": Column(_("Figure"), list),
            "when": Column(_("Year")),
            "scope": Column(_("Scope"), label),
            "bears_on": Column(_("Bears on"), label),
            "read": Column(_("Source"), list),
        },
        label=_("Facts"),
        anchor="row",
    )


def amount(value: float, unit: str, qualifier: str) -> list[str]:
    """A figure with its unit and how its source qualifies it, one a line.

    Parameters
    ----------
    value : float or missing
    unit, qualifier : str
        Codes; an empty unit says that the statement names what is counted.
    """
    if qualifier in NO_FIGURE:
        return [label(qualifier)]
    if pd.isna(value):
        return [label("not_reported")]
    value = float(value)
    if unit == "percent":
        shown = percent(value / 100, 0 if value == int(value) else 1)
    else:
        shown = number(int(value) if value == int(value) else value)
        shown += f"\u00a0{label(unit)}" if unit else ""
    return [SIGNS.get(qualifier, "") + shown, *([label(qualifier)] if qualifier in WORDS else [])]


def year(value: int, inferred: bool = False) -> str:
    """A year; marked where it was concluded; `not reported` where the source has none."""
    if pd.isna(value):
        return label("not_reported")
    # Translators: a year that the source does not print, concluded from its page
    return _("{year}, inferred").format(year=value) if inferred else str(value)


def cited(numbers: Iterable[int], citations: pd.DataFrame) -> list[Cell]:
    """Citation numbers of the article, each with the work that it most likely means."""
    known = citations.set_index("citation")
    cells = []
    for n in numbers:
        work, confidence = known.loc[n, "work"], known.loc[n, "confidence"]
        if not work:
            # Translators: a citation number whose work is unknown
            cells.append(Cell(f"[{n}] " + label("unknown").lower(), kind="mark unknown"))
            continue
        name = f"[{n}] {short_name(work)}"
        if confidence != "certain":
            name += f" ({label(confidence).lower()})"
        cells.append(link(name, work_cell(work).href))
    return cells


def barriers(
    barriers: pd.DataFrame, barrier_citations: pd.DataFrame, citations: pd.DataFrame
) -> Table:
    """The barriers with what the article cites for them."""
    numbers = barrier_citations.groupby("barrier")["citation"].agg(list)
    return Table(
        barriers.assign(cited=[numbers.get(code, []) for code in barriers["barrier"]]),
        {
            "barrier": Column(_("Barrier"), label),
            "statement": Column(_("The article says"), text),
            "cited": Column(_("Cites"), lambda n: cited(n, citations)),
            "place": Column(_("Place"), place),
        },
        label=_("Barriers"),
    )


def enablers(
    enablers: pd.DataFrame, citation_uses: pd.DataFrame, citations: pd.DataFrame
) -> Table:
    """What speaks for collaboration, with what the paragraph of the article cites."""
    numbers = citation_uses.groupby("place")["citation"].agg(list)
    return Table(
        enablers.assign(cited=[numbers.get(place, []) for place in enablers["place"]]),
        {
            "enabler": Column(_("Enabler"), label),
            "statement": Column(_("The article says"), text),
            "cited": Column(_("The paragraph cites"), lambda n: cited(n, citations)),
            "place": Column(_("Place"), place),
        },
        label=_("Enablers"),
    )


def actors(actors: pd.DataFrame) -> Table:
    """The organisations that the article names, by their role."""
    grouped = actors.groupby("role", sort=False).agg(list).reset_index()
    grouped["place"] = [list(dict.fromkeys(places)) for places in grouped["place"]]
    return Table(
        grouped,
        {
            "role": Column(_("Role"), label),
            "actor": Column(_("Organisations"), lambda codes: [label(code) for code in codes]),
            "place": Column(_("Place"), lambda codes: [place(code) for code in codes]),
        },
        label=_("Actors"),
    )


def indicator_values(context: Context) -> Table:
    """The true values behind the figure, each with its year."""
    at = positions(context)
    values = strips(context)
    shown = at.copy()
    shown["name"] = [
        [label(row.indicator), Cell(label(row.unit), kind="mark"),
         *([Cell(label(row.kind), kind="mark likely")] if row.kind == "opinion_survey" else [])]
        for row in at.itertuples()
    ]
    for code in [context.country, *context.examples]:
        of = values[values["country"] == code].set_index("indicator")
        shown[code] = [value_and_year(of.loc[indicator]) for indicator in at["indicator"]]
    columns = {"name": Column(_("Indicator"), list)}
    columns |= {
        code: Column(country(code), list, kind="number")
        for code in [context.country, *context.examples]
    }
    columns["reading"] = Column(_("Reading"), mark)
    return Table(shown, columns, label=_("Values of the indicators"))


def value_and_year(row: pd.Series) -> list[Cell]:
    """A value of an indicator and, below it, its year, marked if it is old."""
    if pd.isna(row["value"]):
        return [Cell(label("no_data"), kind="mark unknown")]
    # Translators: year of a value that is out of date
    when = _("{year}, old").format(year=row["year"]) if row["stale"] else str(row["year"])
    return [Cell(figure(row["value"])), Cell(when, kind="mark likely" if row["stale"] else "mark")]


def figure(value: float) -> str:
    """A value of an indicator with about three significant digits."""
    size = abs(float(value))
    return number(float(value), 0 if size >= 100 else 1 if size >= 10 else 2)


def indicator_sources(context: Context) -> Table:
    """Where each indicator comes from, and what to bear in mind."""
    shown = context.indicators.assign(
        cite=[link(text(row.source), row.address) for row in context.indicators.itertuples()]
    )
    return Table(
        shown,
        {
            "indicator": Column(_("Indicator"), label),
            "bears_on": Column(_("Bears on"), label),
            "kind": Column(_("Kind"), label),
            "caution": Column(_("Bear in mind"), text),
            "cite": Column(_("Source"), lambda cell: cell),
        },
        label=_("Sources of the indicators"),
    )


def model_requirements(matrix: pd.DataFrame, context: Context) -> Table:
    """What each model requires, where the article says it, and what the context offers."""
    statements = context.requirements.set_index("requirement")["statement"]
    return Table(
        matrix.assign(statement=[statements[code] for code in matrix["requirement"]]),
        {
            "model": Column(_("Model"), label),
            "requirement": Column(_("Requirement"), label),
            "statement": Column(_("In words"), text),
            "basis": Column(_("Basis"), label),
            "place": Column(_("Place"), place),
            "reading": Column(_("The context"), mark),
        },
        label=_("Requirements of the models"),
    )


def evidence(context: Context) -> Table:
    """Every piece of evidence behind the matrix: a place, a fact or an indicator and its value.

    The pieces on a requirement follow one another, the first in the row `offer-REQUIREMENT-1`.
    """
    rows = context.offers
    at = positions(context).set_index("indicator")
    told = [_evidence(row, context, at) for row in rows.itertuples()]
    numbered = zip(rows["requirement"], rows.groupby("requirement").cumcount() + 1, strict=True)
    return Table(
        rows.assign(
            told=told,
            row=[row_id("offer", *each) for each in numbered],
        ),
        {
            "requirement": Column(_("Requirement"), label),
            "reading": Column(_("Reading"), mark),
            "told": Column(_("Evidence"), list),
            "note": Column(_("Why it reads so"), text),
        },
        label=_("Evidence"),
        anchor="row",
    )


def _evidence(row, context: Context, positions_: pd.DataFrame) -> list[str | Cell]:
    if row.evidence_kind == "evidence_article":
        return [place(row.evidence)]
    if row.evidence_kind == "evidence_fact":
        fact = context.facts.set_index("fact").loc[row.evidence]
        told = link(text(fact["statement"]), f"#{row_id('fact', row.evidence)}")
        figures = [] if fact["qualifier"] in NO_FIGURE else amount(
            fact["value"], fact["unit"], fact["qualifier"]
        )
        when = [] if pd.isna(fact["year"]) else [year(fact["year"], fact["year_inferred"])]
        return [told, "; ".join([*figures, *when, label(fact["scope"])])]
    if row.evidence_kind == "evidence_study":
        finding = context.study_findings.set_index("finding").loc[row.evidence]
        return [link(text(finding["statement"]), f"#{row_id('study', row.evidence)}")]
    if row.evidence_kind == "evidence_indicator":
        indicator = context.indicators.set_index("indicator").loc[row.evidence]
        at = positions_.loc[row.evidence]
        told = link(label(row.evidence), indicator["address"])
        if pd.isna(at["value"]):
            return [told, label("no_data")]
        # Translators: value of an indicator in the country, then the span of the example countries
        line = _("{value} ({year}); example countries {lowest} to {highest}").format(
            value=figure(at["value"]), year=at["year"],
            lowest=figure(at["lowest"]), highest=figure(at["highest"]),
        )
        return [told, line, label(indicator["unit"])]
    return [mark("unknown")]


def profiles(profiles: pd.DataFrame) -> Table:
    """How many requirements of each model are stated and implied, and how the context reads."""
    columns = {"model": Column(_("Model"), label)}
    columns |= {
        code: Column(label(code), number, kind="number")
        for code in ("stated", "implied", *READINGS)
    }
    return Table(profiles, columns, label=_("Requirements by model"))


def directions(
    directions: pd.DataFrame,
    support: pd.DataFrame,
    direction_models: pd.DataFrame,
    direction_barriers: pd.DataFrame,
    citations: pd.DataFrame,
) -> Table:
    """The directions with their citations, the models they adapt and the barriers they answer."""
    numbers = support.dropna(subset=["citation"]).groupby("direction")["citation"].agg(list)
    shown = directions.assign(
        cited=[numbers.get(code, []) for code in directions["direction"]],
        models=[_named(direction_models, "model", code) for code in directions["direction"]],
        answers=[_named(direction_barriers, "barrier", code) for code in directions["direction"]],
    )
    return Table(
        shown,
        {
            "direction": Column(_("Direction"), label),
            "statement": Column(_("The article says"), text),
            "cited": Column(_("Cites"), lambda n: cited(n, citations)),
            "models": Column(_("Adapts the model"), list),
            "answers": Column(_("Answers the barrier"), list),
        },
        label=_("Directions"),
    )


def _named(rows: pd.DataFrame, column: str, direction: str) -> list[str | Cell]:
    """Labels of what a direction is joined to, each followed by who joins them."""
    found = rows[rows["direction"] == direction]
    if found.empty:
        # Translators: no model, in a table of directions
        return [Cell(_("None"), kind="mark")]
    lines: list[str | Cell] = []
    for row in found.itertuples():
        lines += [label(getattr(row, column)), Cell(label(row.provenance), kind="mark")]
    return lines




def next_steps(next_steps: pd.DataFrame) -> Table:
    """Further studies that the article names."""
    return Table(
        next_steps,
        {
            "next_step": Column(_("Next step"), label),
            "statement": Column(_("The article says"), text),
            "place": Column(_("Place"), place),
        },
        label=_("Next steps"),
    )
