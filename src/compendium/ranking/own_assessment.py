"""Your own assessment: levels, weights and criteria to change, and the ranks that follow.

The page's script (`theme/compendium/static/assessment.js`) counts on the draws of `weights_page`
and needs no Python in the browser. What it compares with is the assessment as it is coded, with
all criteria and with weights of which nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from compendium.display import Table
from compendium.language import _
from compendium.ranking.criteria import FILES, Assessment, assess
from compendium.ranking.ranking_figures import APART
from compendium.ranking.weights_page import (
    WHOLE,
    OwnWeights,
    acceptability,
    mixtures,
    ranks_table,
    told,
    worths,
)

DRAWS = 20_000


@dataclass(frozen=True, repr=False)
class OwnAssessment:
    """The table for the levels as coded, with what the page's script needs.

    Attributes
    ----------
    assessment : Assessment, optional
        Without one there is no desk: nothing is shown.
    draws, seed : int
    """

    assessment: Assessment | None
    draws: int = DRAWS
    seed: int = 1

    @classmethod
    def of(cls, folder: Path, *, seed: int = 1) -> OwnAssessment:
        """The desk of a context's folder; one with nothing to show if nothing is assessed there."""
        there = (folder / FILES["scores"]).is_file()
        return cls(assess(folder) if there else None, seed=seed)

    @cached_property
    def table(self) -> Table | None:
        """Mean rank and rank acceptability as coded, the best mean rank first."""
        if self.assessment is None:
            return None
        worth = worths(self.assessment.levels, draws=self.draws, seed=self.seed)
        drawn = mixtures(len(self.assessment.codes), draws=self.draws, seed=self.seed)
        return ranks_table(self.assessment.models, acceptability(worth, drawn))

    def prose(self) -> dict[str, str | int]:
        """What the prose says of the computation, by the keys that it glues."""
        return {} if self.assessment is None else self._weights(self.assessment).prose()

    def to_csv(self) -> str:
        """The table as coded."""
        return self.table.to_csv() if self.table else ""

    def _repr_html_(self) -> str:
        return told("own-assessment", self.table, self.document()) if self.table else ""

    def __repr__(self) -> str:
        codes = self.assessment.codes if self.assessment else []
        return f"OwnAssessment: {len(codes)} criteria, {self.draws} draws"

    def _weights(self, assessment: Assessment) -> OwnWeights:
        return OwnWeights(assessment, draws=self.draws, seed=self.seed)

    def document(self) -> dict:
        """What the script reads: what the sliders read, how to draw weights, and words."""
        if self.assessment is None:
            return {}
        given = self._weights(self.assessment).document()
        return given | {"whole": WHOLE, "apart": APART, "words": given["words"] | _words()}


def _words() -> dict[str, str]:
    return {
        # Translators: column header
        "criterion": _("Criterion"),
        # Translators: a way to weigh the criteria: nothing is assumed of the weights
        "any": _("any weights, drawn at random, as in the book"),
        # Translators: a way to weigh the criteria: the reader moves sliders
        "own": _("weights of my own"),
        # Translators: what a slider says where weights are drawn at random
        "drawn": _("drawn at random"),
        # Translators: name of a slider, read aloud
        "weight": _("{criterion}: weight"),
        # Translators: name of a list of levels, read aloud
        "level": _("{criterion}: level of {model}"),
        "unknown": _("unknown"),
        # Translators: below what the reader changed; {value} is what the book has
        "book": _("book: {value}"),
        # Translators: button that takes back all that the reader changed
        "back": _("Reset to the book"),
        # Translators: button that copies the page's address, with the reader's changes in it
        "link": _("Copy the link to this assessment"),
        "copied": _("Copied"),
        # Translators: after a model's name, over its bar; {share} of the draws
        "first": _("first in {share}"),
        # Translators: read aloud after a change; {first} and {book_first} are models
        "leads": _("First most often: {first}, in {share} of the draws; in the book: "
                   "{book_first}, in {book_share}."),
        # Translators: {models} are models, each with its share of first places
        "tied": _("Its lead over {models} is not clear."),
        "ahead": _("It ranks above every other model in at least {share} of the draws."),
        "known": _("Known levels: {known} of {all}, with {share} of the weight."),
        # Translators: how much of the book's assessment the reader changed
        "changed": _("Changed levels: {levels}; criteria left out: {criteria}."),
        "none": _("Choose at least one criterion and give it a weight."),
    }  # fmt: skip
