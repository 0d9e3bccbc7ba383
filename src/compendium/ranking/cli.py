"""`compendium applicability …`: rank the models from the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from compendium import console
from compendium.language import N_, _, number

EXAMPLES = N_("""\
examples:
  compendium applicability rank
  compendium applicability rank --draws 1000000 --seed 7 --json
  compendium applicability rank --weights "crit_trust >= crit_reach" --weights "crit_trust <= 0.3"
  compendium applicability rank --context data/contexts/my-country-my-sector
  compendium applicability rank --survey export.csv
""")


def add(commands: argparse._SubParsersAction) -> None:
    """Add `applicability` to the command line's grammar."""
    own = commands.add_parser("applicability", help=_("rank the models for a context"))
    steps = own.add_subparsers(dest="step", required=True, metavar="STEP")
    rank = steps.add_parser(
        "rank",
        help=_("rank the models by SMAA-2, with unknown weights and scores"),
        epilog=_(EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rank.add_argument(
        "--context",
        metavar="DIR",
        help=_("folder of a context, or its name in data/contexts (default: that of the data)"),
    )
    rank.add_argument(
        "--draws",
        type=int,
        default=100_000,
        metavar="N",
        help=_("Monte Carlo draws (default: %(default)s)"),
    )
    rank.add_argument(
        "--seed",
        type=int,
        default=1,
        metavar="N",
        help=_("seed; equal seeds give equal results (default: %(default)s)"),
    )
    rank.add_argument(
        "--weights",
        action="append",
        default=[],
        metavar="CONSTRAINT",
        help=_("what is known about the weights: `a >= b`, `a >= 0.1`, `a <= 0.3`; repeatable"),
    )
    rank.add_argument(
        "--survey",
        type=Path,
        metavar="FILE",
        help=_("draw weights and scores from the answers of a survey (CSV or XLSX export) instead"),
    )
    rank.add_argument(
        "--json", action="store_true", help=_("print JSON with codes instead of text")
    )
    rank.set_defaults(run=_rank)
    codings = steps.add_parser(
        "codings",
        help=_("combine two blind codings and renew the tables that follow from them"),
        epilog=_(
            "The sheets hold the columns item, value, rule, rests_on and reason. Items that the "
            "rule does not settle are listed; a third reading of them goes into a sheet of its own."
        ),
    )
    codings.add_argument(
        "first", type=Path, metavar="FIRST", help=_("sheet of the first coder, CSV")
    )
    codings.add_argument("second", type=Path, metavar="SECOND", help=_("sheet of the second coder"))
    codings.add_argument(
        "--third", type=Path, metavar="FILE", help=_("sheet of the third readings")
    )
    codings.add_argument(
        "--context",
        metavar="DIR",
        help=_("folder of a context, or its name (default: that of the data)"),
    )
    codings.set_defaults(run=_codings)
    console.add_dry_run(codings)


def _rank(given: argparse.Namespace) -> int:
    from compendium.ranking import context, criteria, smaa, weights

    place = folder(given.context) if given.context else described()
    context.load(place.name, place.parent)  # refuses a folder that lacks a file
    assessment = criteria.assess(place)
    space = weights.WeightSpace.parse(assessment.codes, given.weights)
    scores, known, survey = smaa.OrdinalScores(assessment.levels), space, None
    if given.survey:
        scores, known, survey = _surveyed(given, assessment)
    ranking = smaa.smaa2(scores, known, draws=given.draws, seed=given.seed)
    unknown = len(scores.unknown)
    if given.json:
        document = _document(place.name, assessment, space, ranking, unknown)
        print(json.dumps(document | ({"survey": survey} if survey else {}), indent=2))
    else:
        if survey:
            print(_survey_text(survey) + "\n")
        print(_text(assessment, ranking, unknown))
    return 0


def _codings(given: argparse.Namespace) -> int:
    from compendium import data
    from compendium.ranking import codings

    place = folder(given.context) if given.context else described()
    items = data.table("context_coding_items", place / "items.csv")
    sheets = [
        data.read_csv(file, ["item", *codings.CODE])
        for file in (given.first, given.second, given.third)
        if file
    ]
    both = [
        codings.read(sheet, items, str(file))
        for sheet, file in zip(sheets, (given.first, given.second), strict=False)
    ]
    third = {row["item"]: row for row in sheets[2].to_dict("records")} if given.third else {}
    coded, unsettled = codings.combine(both[0], both[1], third)
    if unsettled:
        named = items.set_index("item")
        for item in unsettled:
            row = named.loc[item]
            codes = [sheet.set_index("item").loc[item, "value"] for sheet in both]
            print(
                item,
                row["item_kind"],
                row["model"],
                row["criterion_or_requirement"],
                row["evidence"],
                *codes,
                sep="\t",
            )
        print(_("Items to read a third time: {n}.").format(n=number(len(unsettled))))
        return 1
    codings.write(coded, place)
    print(_("{file}: items coded twice: {n}.").format(file=place.name, n=number(len(items))))
    return 0


def _surveyed(given: argparse.Namespace, assessment) -> tuple:
    """Scores and weights as the survey's answers have them, and what was taken and refused."""
    from compendium.errors import CompendiumError
    from compendium.survey import distributions, read

    if given.weights:
        raise CompendiumError(
            _("Both --survey and --weights say what the weights are."),
            remedy=_("Leave one of them out."),
        )
    responses = read.read(given.survey, assessment)
    answers = read.usable(responses, given.survey)
    told = {
        "answers": len(answers), "declined": responses.declined,
        "refused": [vars(refusal) for refusal in responses.refused],
        "generated": responses.generated,
    }  # fmt: skip
    return distributions.SurveyScores(answers), distributions.SurveyWeights(answers), told


def _survey_text(survey: dict) -> str:
    lines = ["GENERATED ANSWERS: made up by a program, no finding."] * survey["generated"]
    lines.append(
        f"Weights and scores from a survey. Answers: {survey['answers']}. "
        f"Declined: {survey['declined']}. Refused: {len(survey['refused'])}"
        + (" (`compendium survey read` gives the reasons)." if survey["refused"] else ".")
    )
    return "\n".join(lines)


def folder(given: str) -> Path:
    """The folder that was meant: a path that exists, or a name in data/contexts."""
    from compendium import project

    path = Path(given)
    return (
        path.resolve()
        if path.is_dir() or path.name != given
        else project.path("data", "contexts", given)
    )


def described() -> Path:
    """The folder of the context that the data package describes."""
    from compendium import data, project

    return project.path("data", data.resource("context")["path"]).parent


def _document(name: str, assessment, space, ranking, unknown: int) -> dict:
    return {
        "context": name,
        "draws": ranking.draws,
        "seed": ranking.seed,
        "weights": space.names,
        "models": assessment.models,
        "criteria": assessment.codes,
        "acceptability": plain(ranking.acceptability),
        "standard_error": plain(ranking.standard_error),
        "central_weights": plain(ranking.central_weights),
        "confidence": plain(ranking.confidence),
        "confidence_error": plain(ranking.confidence_error),
        "pairwise": plain(ranking.pairwise),
        "unknown_scores": unknown,
        "scores": int(assessment.levels.size),
    }


def plain(values: np.ndarray) -> list:
    """Nested lists, null where there is no value: JSON knows no NaN."""
    whole = values.astype(object)
    whole[np.isnan(values)] = None
    return whole.tolist()


def _text(assessment, ranking, unknown: int) -> str:
    from compendium.language import label, ngettext, number, percent

    names = [label(code) for code in assessment.models]
    wide = max(map(len, names))
    ranks = range(1, len(names) + 1)
    # Translators: heads of columns on the command line; a rank and the confidence factor
    heads = [*(_("Rank {n}").format(n=rank) for rank in ranks), _("Confidence factor")]
    lines = [" " * wide + "".join(f"  {head:>10}" for head in heads)]
    for model in np.argsort(ranking.expected_rank, kind="stable"):
        cells = [*ranking.acceptability[model], ranking.confidence[model]]
        shown = ["–" if np.isnan(cell) else percent(cell, 1) for cell in cells]
        lines.append(f"{names[model]:<{wide}}" + "".join(f"  {cell:>10}" for cell in shown))
    lines += [
        "",
        ngettext(
            "{draws} draw, Monte Carlo error at most {error}.",
            "{draws} draws, Monte Carlo error at most {error}.",
            ranking.draws,
        ).format(draws=number(ranking.draws), error=percent(ranking.standard_error.max(), 2)),
        _("Unknown scores: {unknown} of {all}, drawn from the whole scale.").format(
            unknown=number(unknown), all=number(assessment.levels.size)
        ),
    ]
    return "\n".join(lines)
