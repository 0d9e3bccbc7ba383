"""Which records to read first, by ASReview's models, and whether reading on still finds anything.

Nothing is excluded: the order is a list of every record that nobody has decided about.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.stats import hypergeom

from compendium.errors import CompendiumError
from compendium.files import replacing
from compendium.language import _, number, percent
from compendium.records.record import Record
from compendium.screening import decisions, outcomes, sources
from compendium.spreadsheet import guarded

TARGET = 0.95
"""Share of the relevant records that the test of stopping asks for."""
_INSTALL = "pip install asreview"


@dataclass(frozen=True)
class Stopping:
    """What the decisions so far say about reading on.

    Attributes
    ----------
    records, read, relevant : int
        All; those decided; those included.
    since : int
        Records read since the last relevant one.
    p : float
        Smallest p-value of the hypothesis that less than TARGET of the relevant records were found;
        a small one speaks for stopping. NaN if none was found yet.
    """

    records: int
    read: int
    relevant: int
    since: int
    p: float


@dataclass(frozen=True)
class Report:
    """An order of reading.

    Attributes
    ----------
    records : tuple of Record
        Every undecided record, the most likely relevant first.
    model, version : str
        ASReview's model, and its version.
    stopping : Stopping
    """

    records: tuple[Record, ...]
    model: str
    version: str
    stopping: Stopping


def of_folder(
    file: Path, folder: Path, *, stage: str, model: str = "elas_u4", python: Path | None = None
) -> Report:
    """The order of a folder's undecided records.

    Parameters
    ----------
    file : Path
        The records.
    python : Path, optional
        Python of an environment that has ASReview; the one that runs if left out.

    Raises
    ------
    CompendiumError
        If ASReview is not there, or no record is included and none excluded yet.
    """
    held = list(sources.unique([file]).values())
    _listed, decided = decisions.read(folder)
    # What one reviewer said is enough to put records in order: it excludes nothing.
    found = outcomes.of_stage(decided, stage, readers=1)
    label = {record: int(each.state == decisions.INCLUDE) for record, each in found.items()
             if each.state in (decisions.INCLUDE, decisions.EXCLUDE)}  # fmt: skip
    known = [at for at, record in enumerate(held) if record.key in label]
    open_ = [at for at, record in enumerate(held) if record.key not in label]
    labels = [label[held[at].key] for at in known]
    if len(set(labels)) < 2:
        raise CompendiumError(
            _("The model needs at least one included and one excluded record."), path=folder,
            remedy=_("Decide about a few records first."),
        )  # fmt: skip
    keys = {record.key for record in held}
    read = stopping([label[record] for record in label if record in keys], len(held))
    if not open_:
        return Report((), model, "", read)
    answer = _ask({
        "model": model,
        "titles": [record.title for record in held],
        "abstracts": [record.abstract for record in held],
        "labelled": known, "labels": labels, "open": open_,
    }, python)  # fmt: skip
    order = tuple(held[at] for at in answer["order"])
    return Report(order, answer["model"], answer["asreview"], read)


def stopping(labels: Sequence[int], records: int, target: float = TARGET) -> Stopping:
    """Whether reading on is likely to find more.

    Parameters
    ----------
    labels : sequence of int
        1 for relevant, 0 for not, in the order in which the records were read.
    records : int
        All that there are.
    target : float
        Share of the relevant records that are to be found.

    References
    ----------
    Callaghan & Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4: for each place in the order,
    the records read since are taken as a random sample of those that were left there. Records read
    in order of priority hold more relevant ones than a random sample, so the test errs on the side
    of reading on.
    """
    seen = np.asarray(labels, dtype=int)
    relevant = int(seen.sum())
    hits = np.flatnonzero(seen)
    since = len(seen) - (int(hits[-1]) + 1 if len(hits) else 0)
    if not relevant or not len(seen):
        return Stopping(records, len(seen), relevant, since, float("nan"))
    before = np.concatenate([[0], np.cumsum(seen)[:-1]])  # relevant ones found before each place
    left = records - np.arange(len(seen))
    missed = np.floor(relevant / target - before + 1).astype(int)
    drawn = len(seen) - np.arange(len(seen))
    possible = missed <= left
    chances = hypergeom.cdf(relevant - before, left, np.minimum(missed, left), drawn)
    p = float(np.where(possible, chances, 0).min())
    return Stopping(records, len(seen), relevant, since, p)


def write(report: Report, file: Path) -> None:
    """Write the order as CSV: its number, the record's key and its title."""
    with replacing(file) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(["order", "record", "title"])
        for at, record in enumerate(report.records, start=1):
            out.writerow([at, record.key, guarded(record.title)])


def as_data(report: Report) -> dict:
    """The order and the report on stopping as plain values."""
    told = report.stopping
    return {
        "model": report.model, "asreview": report.version,
        "order": [record.key for record in report.records],
        "stopping": {"records": told.records, "read": told.read, "relevant": told.relevant,
                     "since": told.since, "target": TARGET,
                     "p": None if told.p != told.p else told.p},
    }  # fmt: skip


def lines(report: Report, shown: int = 10) -> list[str]:
    """The order and the report on stopping, for a person."""
    told = report.stopping
    out = [f"{at}. {record.title} [{record.key}]"
           for at, record in enumerate(report.records[:shown], start=1)]  # fmt: skip
    if len(report.records) > shown:
        out.append(_("… and {n} more; --to writes all.").format(n=len(report.records) - shown))
    if report.records:
        out.append(_("Order by ASReview {version}, model {model}.")
                   .format(version=report.version, model=report.model))  # fmt: skip
    out.append(_("Records: {records}; read: {read}; included: {relevant}; read since the last one "
                 "included: {since}.")
               .format(records=number(told.records), read=number(told.read),
                       relevant=number(told.relevant), since=number(told.since)))  # fmt: skip
    if told.p == told.p:
        out.append(_("p = {p} for the hypothesis that less than {target} of the relevant records "
                     "were found; a small p speaks for stopping.")
                   .format(p=number(told.p, 3), target=percent(TARGET)))  # fmt: skip
    out.append(_("No record was excluded: whether to stop is for people to decide."))
    return out


def _ask(task: dict, python: Path | None) -> dict:
    script = Path(__file__).with_name("ranking_model.py")
    command = [str(Path(python or sys.executable).absolute()), "-I", str(script)]
    try:
        with TemporaryDirectory() as folder:  # a package of ASReview's leaves a cache where it runs
            done = subprocess.run(
                command, input=json.dumps(task), capture_output=True, text=True, check=True,
                cwd=folder,
            )  # fmt: skip
        answer = json.loads(done.stdout)
    except FileNotFoundError:
        raise CompendiumError(_("There is no such Python."), path=python) from None
    except (subprocess.CalledProcessError, ValueError) as error:
        told = getattr(error, "stderr", "") or str(error)
        raise CompendiumError(
            _("ASReview could not order the records: {reason}")
            .format(reason=told.strip().splitlines()[-1] if told.strip() else "?")
        ) from error  # fmt: skip
    if answer.get("error") == "absent":
        raise CompendiumError(
            _("ASReview is not installed: {reason}.").format(reason=answer["told"]),
            remedy=_("Install it in an environment of its own (`{command}`), and name its Python "
                     "with --python.").format(command=_INSTALL),
        )  # fmt: skip
    if answer.get("error"):
        raise CompendiumError(
            answer["told"].rstrip(".") + ".", remedy=_("Name a model of ASReview, e.g. elas_u4.")
        )
    return answer
