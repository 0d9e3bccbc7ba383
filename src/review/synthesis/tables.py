"""Tables of the synthesis: the article's own tables, and what was read out of them."""

from __future__ import annotations

from textwrap import shorten

import pandas as pd

from compendium import data
from compendium.addresses import page_cell, place, source_cell
from compendium.display import Cell, Column, Table, explained, link, mark, row_id
from compendium.display.marks import sign
from compendium.language import Language, _, country, label, ngettext, number, pair, text
from compendium.ranking.codings import side_by_side
from compendium.works import short_name, work_cell
from review.synthesis.certainty import COMPONENTS
from review.synthesis.extraction import confidence
from review.synthesis.findings import SIDES

SHORT = 90
"""Letters of a finding that a cell of another table shows."""


def empirical(rows: pd.DataFrame, countries: pd.DataFrame) -> Table:
    """The article's Table 1."""
    by_row = countries.groupby("row")["country"].agg(list)
    frame = _with_authors(rows).assign(countries=rows["row"].map(by_row))
    return Table(
        frame,
        {
            "authors": Column(_("Authors and year"), list),
            "method": Column(_("Method"), text),
            "focus": Column(_("Focus"), text),
            "countries": Column(_("Country or region"), lambda codes: [country(c) for c in codes]),
        },
        label=_("The article's Table 1"),
    )


def reviews(rows: pd.DataFrame) -> Table:
    """The article's Table 2."""
    return Table(
        _with_authors(rows),
        {
            "authors": Column(_("Authors and year"), list),
            "method": Column(_("Method of the review"), text),
            "themes": Column(_("Themes"), text),
            "models": Column(_("Models and approaches"), text),
            "venue_printed": Column(_("Journal"), lambda venue: venue or mark("not_reported")),
        },
        label=_("The article's Table 2"),
    )


def content(cells: pd.DataFrame) -> Table:
    """What is reported of each work, category by category, and where it was read.

    Parameters
    ----------
    cells : DataFrame
        What `synthesis.reported` returns.
    """
    order = {code: at for at, code in enumerate(cells["category"].unique())}
    rows = cells.sort_values("category", key=lambda c: c.map(order), kind="stable")
    return Table(
        rows.assign(read=[_read(row) for row in rows.itertuples()]),
        {
            "work": Column(_("Work"), work_cell),
            "category": Column(_("Category"), label),
            "value": Column(_("What is reported"), text),
            "read": Column(_("Where it was read"), list),
        },
        label=_("What is reported"),
    )


def model_ties(work_models: pd.DataFrame, citations: pd.DataFrame) -> Table:
    """Every tie of a work to a model, with its ground."""
    rows = work_models.assign(
        confidence=confidence(work_models["citation"], citations), seen_at=""
    )
    ties = rows.assign(ground=[[text(row.basis), *_read(row)] for row in rows.itertuples()])
    return Table(
        ties,
        {
            "model": Column(_("Model"), label),
            "work": Column(_("Work"), work_cell),
            "ground": Column(_("Basis of the link"), list),
        },
        label=_("Works tied to the models"),
    )


def models(rows: pd.DataFrame, countries: pd.DataFrame) -> Table:
    """The article's Table 3."""
    by_model = countries.groupby("model")["country"].agg(list)
    return Table(
        rows.assign(countries=rows["model"].map(by_model)),
        {
            "model": Column(_("Model"), label),
            "description": Column(_("Description"), text),
            "advantage": Column(_("Advantages"), text),
            "limitation": Column(_("Limitations"), text),
            "countries": Column(_("Example countries"), lambda codes: [country(c) for c in codes]),
        },
        label=_("The article's Table 3"),
    )


def theories(rows: pd.DataFrame) -> Table:
    """Theories, the works that they are read of, and where."""
    return Table(
        rows,
        {
            "theory": Column(_("Theory"), explained),
            "work": Column(_("Work"), work_cell),
            "read_at": Column(
                _("Where it was read"), lambda places: [source_cell(*each) for each in places]
            ),
        },
        label=_("Theories"),
    )


def trends(rows: pd.DataFrame) -> Table:
    """Trends with the citations for them and the works that these most likely mean."""
    return Table(
        rows.assign(said=list(zip(rows["trend"], rows["statement"], rows["place"], strict=True))),
        {
            "trend": Column(_("Trend"), label),
            "said": Column(_("As the article puts it"), lambda s: [text(s[1]), place(s[2])]),
            "support": Column(
                _("Citation and the work it most likely means"),
                lambda support: [_cited(*each) for each in support],
            ),
        },
        label=_("Trends in the reviews"),
    )


def article_lists(statements: pd.DataFrame) -> Table:
    """What the article lists without a work for each item, one row a topic."""
    topics = statements.groupby("topic", sort=False).agg(
        items=("text", list), place=("place", "first")
    )
    return Table(
        topics.reset_index(),
        {
            "topic": Column(_("Topic"), label),
            "items": Column(_("As the article lists it"), lambda items: [text(i) for i in items]),
            "place": Column(_("Where it was read"), place),
        },
        label=_("Lists of the article"),
    )


def article_keywords(keywords: dict[str, list[str]]) -> Table:
    """The article's own keywords in the languages of its abstracts, as printed."""
    languages = list(keywords)
    rows = pd.DataFrame({code: pd.Series(words) for code, words in keywords.items()}).fillna("")
    return Table(
        rows,
        {code: Column(Language.of(code).name) for code in languages},
        label=_("Keywords of the article"),
    )


def beside_article(rows: pd.DataFrame) -> Table:
    """What the works found and the article contradicts, leaves out or gives differently."""
    return Table(
        rows.assign(read=[_read_in(row) for row in rows.itertuples()]),
        {
            "work": Column(_("Work"), work_cell),
            "beside_article": Column(_("In the article"), label),
            "statement": Column(_("What the work says"), text),
            "read": Column(_("Where it was read"), list),
        },
        label=_("What the article leaves out or gives differently"),
    )


def findings(rows: pd.DataFrame) -> Table:
    """Findings of the works, whatever they are about, with whose statement each is."""
    return Table(
        rows.assign(
            read=[_read_in(row) for row in rows.itertuples()],
            row=[row_id("finding", code) for code in rows["finding"]],
            voice=[_voice(row) for row in rows.itertuples()],
        ),
        {
            "work": Column(_("Work"), work_cell),
            "category": Column(_("Category"), label),
            "statement": Column(_("What the work says"), text),
            "direction": Column(_("Direction"), mark),
            "voice": Column(_("Whose statement"), list),
            "read": Column(_("Where it was read"), list),
        },
        label=_("Findings of the works"),
        anchor="row",
    )


def agreement(rows: pd.DataFrame) -> Table:
    """What acts: on which outcomes, how many findings point where, and whether they agree."""
    columns = {
        "acting": Column(_("What acts"), label),
        "outcomes": Column(_("Outcomes"), lambda codes: [label(code) for code in codes]),
        "works": Column(_("Works"), lambda works: [work_cell(work) for work in works]),
    }
    columns |= {side: Column(label(side), number, kind="number") for side in SIDES}
    columns["verdict"] = Column(_("Taken together"), label)
    return Table(rows, columns, label=_("Agreement and contradiction"))


def certainty(review_findings: pd.DataFrame, levels: pd.DataFrame) -> Table:
    """Review findings with the level of each component, the overall confidence and its reasons."""
    wide = levels.pivot(index="finding", columns="component", values="level")
    numbers = levels.drop_duplicates("finding").set_index("finding")
    linked = {
        part: [
            Cell(label(wide.loc[code, part]), f"#{row_id(part, code)}")
            for code in review_findings["finding"]
        ]
        for part in COMPONENTS
    }
    shown = review_findings.join(wide["cq_overall"], on="finding").assign(
        rests=[_rests(numbers.loc[code]) for code in review_findings["finding"]],
        row=[row_id("certainty", code) for code in review_findings["finding"]],
        **linked,
    )
    return Table(
        shown,
        {
            "finding": Column(_("Finding"), label),
            "statement": Column(_("As the article puts it"), text),
            "cq_overall": Column(label("cq_overall"), label),
            **{code: Column(label(code), lambda cell: cell) for code in COMPONENTS},
            "rests": Column(_("It rests on"), list),
        },
        label=_("Confidence in the review findings"),
        anchor="row",
    )


def certainty_codings(codings: pd.DataFrame, own: str) -> Table:
    """Both codings of each component, the level that counts, why, and what it rests on.

    Parameters
    ----------
    codings : DataFrame
        The resource `certainty_codings`.
    own : str
        The page that lists the studies of the country.
    """
    reasons = codings[codings["coding"] == "coding_resolved"].set_index(["finding", "item_kind"])
    both = side_by_side(codings)
    order = {code: at for at, code in enumerate(reasons.index)}
    keys = list(zip(both["finding"], both["item_kind"], strict=True))
    evidence = _Evidence(own)
    rows = both.assign(
        what=[[label(finding), Cell(label(component), kind="mark")] for finding, component in keys],
        why=[
            [text(reasons.loc[key, "reason"]), *evidence.cells(reasons.loc[key, "rests_on"])]
            for key in keys
        ],
        at=[order[key] for key in keys],
        row=[row_id(component, finding) for finding, component in keys],
    )
    return Table(
        rows.sort_values("at"),
        {
            "what": Column(_("Finding and component"), list),
            "coding_first": Column(_("First coding"), label),
            "coding_second": Column(_("Second coding"), label),
            "coding_resolved": Column(_("What counts"), label),
            "why": Column(_("Reason"), list),
        },
        label=_("Two codings of the components"),
        anchor="row",
    )


class _Evidence:
    """What a level rests on: findings of works, of studies, or works and studies as a whole."""

    def __init__(self, own: str):
        self.own = own
        self.findings = data.table("work_findings").set_index("finding")
        self.studied = data.table("context_study_findings").set_index("finding")
        self.studies = data.table("context_studies").set_index("study")
        self.works = set(self.findings["work"])

    def cells(self, rests_on: str) -> list[Cell]:
        cells = []
        for code in rests_on.split():
            if code in self.findings.index:
                found = self.findings.loc[code]
                told = pair(short_name(found["work"]), _short(found["statement"]))
                cells.append(Cell(told, f"#{row_id('finding', code)}"))
            elif code in self.studied.index:
                found = self.studied.loc[code]
                told = pair(study_name(self.studies.loc[found["study"]]),
                            _short(found["statement"]))  # fmt: skip
                cells.append(Cell(told, f"{self.own}#{row_id('study', code)}"))
            elif code in self.works:
                cells.append(work_cell(code))
        return cells


def study_name(study: pd.Series) -> str:
    """A study of the country by its first author, or else its title, and its year."""
    who = study["authors"].split(";")[0].split(",")[0] or study["title"] or study["venue"]
    year = "" if pd.isna(study["year"]) else str(study["year"])
    return f"{who} {year}".strip()


def _short(statement: str) -> str:
    return shorten(text(statement), SHORT, placeholder=" …")


def _rests(row) -> list[str]:
    return [
        ngettext("%d work", "%d works", row["works"]) % row["works"],
        ngettext("%d study of the country", "%d studies of the country", row["studies"])
        % row["studies"],
        # Translators: items of the appraisal answered yes, and all of them
        _("appraisal items answered yes: {yes} of {all}").format(
            yes=number(row["answered"]), all=number(row["items"])
        ),
    ]


def _voice(row) -> list[Cell | str]:
    """Who says it; of a paper that may not be the work meant, this too."""
    if row.candidate:
        return [label(row.voice), Cell(_("a paper that may not be the work meant"), kind="quiet")]
    return [label(row.voice)]


def _read_in(row) -> list[Cell | str]:
    """Where a finding was read, in what, and on which day."""
    cell = page_cell(row.seen_at)
    return [cell, _("{read_in}, {date}").format(read_in=label(row.read_in), date=row.date_read)]


def gap(measures: pd.DataFrame, own: str) -> Table:
    """What the sample holds, and what it lacks; `own` is the country of the review."""
    names = {
        "country_reported": _("Works with a country or region"),
        "own_country": _("Of these, works on the country of the review ({country})").format(
            country=country(own)
        ),
        "industry_named": _("Works that name the industry in title, keywords or description"),
        "named_with_work": _("Pairs of model and example country with a work behind them"),
        "effects": _("Works with an effect that the article reports"),
        "effects_read": _("Works with an effect read in their abstract, page or text"),
        "limits": _("Works with a limitation that the article reports"),
        "limits_read": _("Works with a limitation read in their abstract, page or text"),
    }
    return Table(
        measures,
        {
            "measure": Column(_("What is counted"), names.__getitem__),
            "count": Column(_("Number"), number, kind="number"),
            "of": Column(_("Out of"), number, kind="number"),
        },
        label=_("The gap in numbers"),
    )


def _with_authors(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        authors=[
            [
                link(row.authors_printed, work_cell(row.work).href),
                # Translators: year of publication and the row of the article's table
                _("{year}, row {number}").format(year=row.year_printed, number=row.row),
            ]
            for row in rows.itertuples()
        ]
    )


def _read(row) -> list[Cell]:
    """Where a fact was read and, if a citation leads to the work, how sure that is."""
    lines = [source_cell(row.place, row.seen_at)]
    if row.confidence:
        lines.append(
            Cell(
                # Translators: a citation number and how sure it is which work is meant
                _("[{citation}]: {confidence}").format(
                    citation=int(row.citation), confidence=label(row.confidence).lower()
                ),
                kind=f"mark {row.confidence}",
                sign=sign(row.confidence),
            )
        )
    return lines


def _cited(citation: int, work: str, confidence: str) -> Cell:
    # Translators: a citation number, the work that it most likely means, and how sure that is
    named = _("[{citation}] {work}: {confidence}") if work else _("[{citation}] {confidence}")
    return Cell(
        named.format(
            citation=citation,
            work=short_name(work) if work else "",
            confidence=label(confidence).lower(),
        ),
        kind=f"mark {confidence.replace('_', '-')}",
        sign=sign(confidence),
    )
