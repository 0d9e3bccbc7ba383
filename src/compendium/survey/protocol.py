"""A protocol for case studies: the article's seven categories turned into questions."""

from __future__ import annotations

from compendium.language import _, definition, label

QUESTIONS = {
    "study_type": lambda: [
        _("Which case is it, and why was it chosen? Which cases were left out?"),
        _("Which sources does it rest on: interviews, documents, observation, figures?"),
    ],
    "aims": lambda: [
        _("What did each side want to achieve, and over what time?"),
        _("How would each side know that the collaboration had succeeded?"),
    ],
    "theoretical_frame": lambda: [
        _("Which theory or model of collaboration guides the analysis?"),
        _("Which of its propositions could this case contradict?"),
    ],
    "features": lambda: [
        _("Which model does the collaboration follow, and where does it differ from it?"),
        _("Who coordinates it, who pays, who owns the results?"),
        _("How did trust between the partners arise and change?"),
    ],
    "effects": lambda: [
        _("Which results are documented: products, publications, patents, people trained, money?"),
        _("What would probably have happened without the collaboration?"),
    ],
    "limits": lambda: [
        _("What hindered the collaboration: people, equipment, rules, money, motives?"),
        _("How did the partners deal with it, and what remained unsolved?"),
    ],
    "applicability": lambda: [
        _("Which conditions of the case hold elsewhere in the industry, and which do not?"),
        _("What would have to be in place first if another organisation wished to repeat it?"),
    ],
}
"""Questions by category; the categories are those of the article's content analysis."""


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
    for category, ask in QUESTIONS.items():
        lines += ["", f"## {label(category)}", "", definition(category), "", *_table(ask())]
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
