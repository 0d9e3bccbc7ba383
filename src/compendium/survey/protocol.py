"""A protocol for case studies: questions by category, as the data have them."""

from __future__ import annotations

from compendium import data
from compendium.language import _, definition, label


def markdown() -> str:
    """The protocol as a document to fill in, in the language in use."""
    lines = [
        "# " + _("Case-study protocol"),
        "",
        _("One copy for each case. Write “not reported” where the sources say nothing and "
          "“unknown” where they could not be reached; leave nothing empty. Give the source of "
          "every answer."),
        "",
        "## " + _("The case"),
        "",
        *_table([_("Organisations"), _("Years"), _("Place"), _("Who filled this in, and when"),
                 _("Consent of those interviewed, and how names are hidden")]),
    ]
    for category, own in data.table("case_questions").groupby("category", sort=False):
        questions = [label(code) for code in own["question"]]
        lines += ["", f"## {label(category)}", "", definition(category), "", *_table(questions)]
    lines += [
        "",
        "## " + _("Before the case is compared"),
        "",
        *(f"- [ ] {item}" for item in (
            _("A second person has read the sources and answered independently."),
            _("Differences between the two readings are recorded, not smoothed over."),
            _("Those interviewed have seen what is quoted of them."),
            _("Evidence against the model has been looked for, and is recorded too."),
        )),
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _table(questions: list[str]) -> list[str]:
    heads = (_("Question"), _("Answer"), _("Source"))
    rows = [heads, ("---",) * 3, *((question, " ", " ") for question in questions)]
    return [f"| {' | '.join(row)} |" for row in rows]
