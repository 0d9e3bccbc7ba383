"""What a reviewer of a search strategy looks for: rules over the tree (Q3 …).

They follow the elements of the PRESS guideline that can be seen in the query alone (operators,
text words, spelling and syntax, limits), and what goes wrong in published Scopus queries. A rule is
a function in the module of its family, registered by `checks`.
"""

from __future__ import annotations

from scopus_query.dates import AsOf
from scopus_query.lint import filters, operators, terms  # noqa: F401 - they register rules
from scopus_query.lint.query import LintedQuery, Years
from scopus_query.parse import Parsed, read, uncollected
from scopus_query.rules import RULES, found
from scopus_query.tree import walk

__all__ = ["Years", "lint"]


@uncollected()
def lint(text: str, *, years: Years | None = None, as_of: AsOf = None) -> Parsed:
    """Read a query and look for everything that a reviewer would mark.

    Parameters
    ----------
    text : str
    years : pair of int or None, optional
        First and last year that the report of the search names.
    as_of : date or str, optional
        The day of the search; see `dates`.

    Returns
    -------
    Parsed, with the findings of all rules in the order of the text
    """
    parsed = read(text, as_of)
    if parsed.tree is None:
        return parsed
    query = LintedQuery(text, list(walk(parsed.tree)), years)
    findings = (*parsed.findings, *found(RULES.values(), query))
    ordered = tuple(sorted(findings, key=lambda finding: (finding.span, finding.rule.code)))
    return Parsed(text, parsed.tree, ordered, parsed.comments)
