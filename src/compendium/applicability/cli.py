"""`compendium applicability …`: rank the models from the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

EXAMPLES = """\
examples:
  compendium applicability rank
  compendium applicability rank --draws 1000000 --seed 7 --json
  compendium applicability rank --weights "crit_trust >= crit_reach" --weights "crit_trust <= 0.3"
  compendium applicability rank --context data/contexts/my-country-my-sector
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Add `applicability` to the command line's grammar."""
    own = commands.add_parser("applicability", help="rank the models for a context")
    steps = own.add_subparsers(dest="step", required=True, metavar="STEP")
    rank = steps.add_parser(
        "rank",
        help="rank the models by SMAA-2, with unknown weights and scores",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rank.add_argument(
        "--context", metavar="DIR",
        help="folder of a context, or its name in data/contexts (default: that of the data)",
    )
    rank.add_argument("--draws", type=int, default=100_000, metavar="N",
                      help="Monte Carlo draws (default: %(default)s)")
    rank.add_argument("--seed", type=int, default=1, metavar="N",
                      help="seed; equal seeds give equal results (default: %(default)s)")
    rank.add_argument(
        "--weights", action="append", default=[], metavar="CONSTRAINT",
        help="what is known about the weights: `a >= b`, `a >= 0.1`, `a <= 0.3`; repeatable",
    )
    rank.add_argument("--json", action="store_true", help="print JSON with codes instead of text")
    rank.set_defaults(run=_rank)


def _rank(given: argparse.Namespace) -> int:
    from compendium.applicability import context, criteria, smaa, weights

    place = folder(given.context) if given.context else described()
    context.load(place.name, place.parent)  # refuses a folder that lacks a file
    assessment = criteria.assess(place)
    space = weights.WeightSpace.parse(assessment.codes, given.weights)
    ranking = smaa.smaa2(assessment.levels, space, draws=given.draws, seed=given.seed)
    if given.json:
        print(json.dumps(_document(place.name, assessment, space, ranking), indent=2))
    else:
        print(_text(assessment, ranking))
    return 0


def folder(given: str) -> Path:
    """The folder that was meant: a path that exists, or a name in data/contexts."""
    from compendium import project

    path = Path(given)
    return path.resolve() if path.is_dir() or path.name != given else project.path(
        "data", "contexts", given
    )


def described() -> Path:
    """The folder of the context that the data package describes."""
    from compendium import data, project

    return project.path("data", data.resource("context")["path"]).parent


def _document(name: str, assessment, space, ranking) -> dict:
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
        "unknown_scores": len(assessment.unknown),
        "scores": int(assessment.levels.size),
    }


def plain(values: np.ndarray) -> list:
    """Nested lists, null where there is no value: JSON knows no NaN."""
    return np.where(np.isnan(values), None, values.astype(object)).tolist()


def _text(assessment, ranking) -> str:
    from compendium.language import _, label, ngettext, number, percent

    names = [label(code) for code in assessment.models]
    wide = max(map(len, names))
    ranks = range(1, len(names) + 1)
    # Translators: heads of columns on the command line; a rank and the confidence factor
    heads = [*(_("Rank {n}").format(n=rank) for rank in ranks), _("Confidence")]
    lines = [" " * wide + "".join(f"  {head:>10}" for head in heads)]
    for model in np.argsort(ranking.expected_rank, kind="stable"):
        cells = [*ranking.acceptability[model], ranking.confidence[model]]
        shown = ["–" if np.isnan(cell) else percent(cell, 1) for cell in cells]
        lines.append(f"{names[model]:<{wide}}" + "".join(f"  {cell:>10}" for cell in shown))
    unknown, all_scores = len(assessment.unknown), int(assessment.levels.size)
    lines += [
        "",
        ngettext(
            "{draws} draw, Monte Carlo error at most {error}.",
            "{draws} draws, Monte Carlo error at most {error}.",
            ranking.draws,
        ).format(draws=number(ranking.draws), error=percent(ranking.standard_error.max(), 2)),
        _("Unknown scores: {unknown} of {all}, drawn from the whole scale.").format(
            unknown=number(unknown), all=number(all_scores)
        ),
    ]
    return "\n".join(lines)
