"""The reader's language: catalogs, codes' labels, numbers, dates and countries.

Inside the compendium everything is codes; a label is looked up here when something is shown.
The language is set once, when a chapter opens.
"""

from compendium import errors
from compendium.language.active import (
    LANGUAGES,
    Language,
    current,
    known,
    of_locale,
    speaking,
    use,
)
from compendium.language.catalog import N_, _, ngettext, text
from compendium.language.codebook import definition, label
from compendium.language.formats import (
    country,
    day,
    inside,
    join,
    number,
    pair,
    percent,
    span,
    year_range,
)
from scopus_query.language import follow

follow(current)  # messages about queries come in the reader's language too
errors.follow(_)

__all__ = [
    "LANGUAGES",
    "N_",
    "Language",
    "_",
    "country",
    "current",
    "day",
    "definition",
    "inside",
    "join",
    "known",
    "label",
    "ngettext",
    "number",
    "of_locale",
    "pair",
    "percent",
    "span",
    "speaking",
    "text",
    "use",
    "year_range",
]
