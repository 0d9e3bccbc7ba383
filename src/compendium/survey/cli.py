"""`compendium survey …`: make the form, read what came back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from compendium import console, files
from compendium.language import N_, _

EXAMPLES = N_("""\
examples:
  compendium survey form --output survey.xlsx
  compendium survey form --context data/contexts/my-country-my-sector
  compendium survey read export.csv
  compendium survey read export.xlsx --figure weights.svg --json
  compendium applicability rank --survey export.csv
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `survey` to the command line's grammar."""
    own = commands.add_parser(
        "survey",
        help=_("make the expert survey's form, read its answers"),
        epilog=_(EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    steps = own.add_subparsers(dest="step", required=True, metavar="STEP")
    form = steps.add_parser("form", help=_("write the form as XLSForm, for KoboToolbox and ODK"))
    form.add_argument(
        "--output",
        metavar="FILE",
        default="survey.xlsx",
        type=Path,
        help=_("where to write it (default: %(default)s)"),
    )
    form.set_defaults(run=_form)
    console.add_dry_run(form)
    read = steps.add_parser("read", help=_("read an export, rank the models by its answers"))
    read.add_argument("file", type=Path, metavar="FILE", help=_("CSV or XLSX with XML values"))
    read.add_argument(
        "--draws",
        type=int,
        default=100_000,
        metavar="N",
        help=_("Monte Carlo draws (default: %(default)s)"),
    )
    read.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help=_("seed; equal seeds give equal results (default: %(default)s)"),
    )
    read.add_argument(
        "--figure",
        type=Path,
        metavar="FILE.svg",
        help=_("draw how the weights of enterprises and universities differ"),
    )
    read.add_argument(
        "--json", action="store_true", help=_("print JSON with codes instead of text")
    )
    read.set_defaults(run=_read)
    for step in (form, read):
        step.add_argument(
            "--context",
            metavar="DIR",
            help=_("folder of a context, or its name in data/contexts (default: that of the data)"),
        )


def _form(given: argparse.Namespace) -> int:
    from compendium.ranking import criteria
    from compendium.survey import form

    assessment = criteria.assess(_place(given.context))
    write(given.output, form.workbook(assessment), "--output")
    least, most = form.minutes(len(assessment.codes), len(assessment.models))
    print(
        f"{given.output}: {len(assessment.codes)} criteria, {len(assessment.models)} models, "
        f"about {least} to {most} minutes."
    )
    return 0


def _place(context: str | None) -> Path:
    from compendium.ranking.cli import described, folder

    return folder(context) if context else described()


def write(file: Path, content: bytes, option: str) -> None:
    """Write a file that an option named.

    Raises
    ------
    CompendiumError
        If it cannot be written.
    """
    from compendium.errors import CompendiumError

    try:
        file.parent.stat()  # a misspelled folder is not made
        files.replace(file, content)
    except OSError as error:
        raise CompendiumError(
            _("The file cannot be written: {strerror}.").format(strerror=error.strerror),
            path=file,
            remedy=_("Give another file with {option}.").format(option=option),
        ) from None


def _read(given: argparse.Namespace) -> int:
    from compendium.ranking import criteria, smaa
    from compendium.survey import groups, read
    from compendium.survey.distributions import SurveyScores, SurveyWeights

    assessment = criteria.assess(_place(given.context))
    responses = read.read(given.file, assessment)
    answers = read.usable(responses, given.file)
    scores = SurveyScores(answers)
    ranking = smaa.smaa2(scores, SurveyWeights(answers), draws=given.draws, seed=given.seed)
    weights = groups.weight_differences(answers, assessment.codes, seed=given.seed)
    levels = groups.score_differences(answers, assessment.models, assessment.codes, seed=given.seed)
    if given.figure:
        from compendium.survey import figures

        drawn = figures.weight_differences(weights, answers, generated=responses.generated)
        write(given.figure, drawn.standalone().encode("utf-8"), "--figure")
    show = _document if given.json else _text
    print(show(assessment, responses, scores, ranking, weights, levels))
    return 0


def _document(assessment, responses, scores, ranking, weights, levels) -> str:
    from compendium.ranking.cli import plain

    answers = responses.answers
    return json.dumps({
        "answers": len(answers),
        "generated": responses.generated,
        "declined": responses.declined,
        "refused": [vars(refusal) for refusal in responses.refused],
        "roles": {role: sum(a.role == role for a in answers)
                  for role in dict.fromkeys(a.role for a in answers)},
        "inconsistency": [{"row": a.row, "ratio": a.inconsistency} for a in answers],
        "models": assessment.models,
        "criteria": assessment.codes,
        "mean_weights": plain(np.mean([a.weights for a in answers], axis=0)),
        "unknown_scores": len(scores.unknown),
        "acceptability": plain(ranking.acceptability),
        "standard_error": plain(ranking.standard_error),
        "weight_differences": json.loads(weights.to_json(orient="records")),
        "score_differences": json.loads(levels.to_json(orient="records")),
        "draws": ranking.draws,
        "seed": ranking.seed,
    }, indent=2)  # fmt: skip


def _text(assessment, responses, scores, ranking, weights, levels) -> str:
    from compendium.language import label, number, percent

    answers = responses.answers
    ratios = np.array([a.inconsistency for a in answers])
    lines = ["GENERATED ANSWERS: made up by a program, no finding."] * responses.generated
    lines += [
        f"Answers: {len(answers)}. Declined: {responses.declined}. "
        f"Refused: {len(responses.refused)}.",
        *(f"  refused {refusal}" for refusal in responses.refused),
        f"Inconsistency of the comparisons (0 none, 1 most): median "
        f"{number(float(np.median(ratios)), 2)}, largest {number(float(ratios.max()), 2)}.",
        f"Scores that nobody gave: {len(scores.unknown)}, drawn from the whole scale.",
        "",
        f"First in so many of {number(ranking.draws)} draws of weights and scores from the "
        f"answers (Monte Carlo error at most {percent(ranking.standard_error.max(), 2)}; how well "
        "the respondents stand for others it does not say):",
    ]
    for at in np.argsort(ranking.expected_rank, kind="stable"):
        lines.append(
            f"  {label(assessment.models[at])}: {percent(ranking.acceptability[at, 0], 1)}"
        )
    lines += ["", "Mean weights, enterprises less universities, with 95% intervals:"]
    for row in weights.itertuples():
        if np.isnan(row.low):
            lines.append(f"  {label(row.criterion)}: too few answers in one of the groups")
        else:
            difference, low, high = (
                number(round(100 * share, 1) + 0.0, 1)  # no minus before nought
                for share in (row.difference, row.low, row.high)
            )
            lines.append(f"  {label(row.criterion)}: {difference} points ({low} to {high})")
    apart = levels[(levels["low"] > 0.5) | (levels["high"] < 0.5)]
    lines += [
        "",
        f"Levels whose interval excludes no difference between the groups: {len(apart)} "
        f"of {len(levels)}. With many intervals some exclude it by chance.",
    ]
    return "\n".join(lines)
