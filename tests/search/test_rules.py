"""Rules as the compendium shows them: by element of PRESS, and in the translators' catalog."""

from __future__ import annotations

import scopus_query.lint  # noqa: F401 - registers the rules
from compendium.edition import catalogs
from compendium.search import press
from scopus_query.rules import RULES


def test_every_rule_belongs_to_one_element_of_press():
    listed = [code for codes in press.ELEMENTS.values() for code in codes]
    assert sorted(listed) == sorted(RULES)


def test_an_element_of_press_that_no_query_shows_says_so():
    [row] = [row for row in press.table().to_csv().splitlines() if row.startswith("Subject")]
    assert row == "Subject headings,not seen in a query alone"


def test_translators_find_every_text_of_every_rule():
    known = {message.id for message in catalogs.template("scopus-query")}
    for rule in RULES.values():
        assert {rule.title, rule.message, rule.remedy, rule.explanation} <= known
