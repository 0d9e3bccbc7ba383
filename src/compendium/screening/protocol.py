"""What a team agreed on before it began: how many decide, by which criteria, when to go on.

A folder of decisions may hold `screening.yml`:

    reviewers: 2              # how many decide about each record; 1 is single screening
    criteria: [relevance]     # codes that a record can fail, in the order of the lists
    reasons: [full_text]      # stages at which an exclusion must name its criterion
    labels: [background]      # labels that reviewers may give
    pilot: 0.6                # Gwet's AC1 that the pilot has to reach before the rest is split

What it does not say is as here, but for the criteria, which are those of the table `criteria`, and
for the pilot, which then only has to be finished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from compendium import project
from compendium.errors import CompendiumError, did_you_mean
from compendium.language import _
from compendium.language.codebook import codebook

FILE = "screening.yml"
STAGES = ("title_abstract", "full_text")


@dataclass(frozen=True)
class Protocol:
    """What a team agreed on.

    Attributes
    ----------
    reviewers : int
        How many have to decide about a record independently before it is decided.
    criteria : tuple of str
        Codes; empty where the protocol leaves them to the table `criteria`.
    reasons : tuple of str
        Stages at which an exclusion must name the criterion. PRISMA 2020 asks for it at the full
        text.
    labels : tuple of str
    pilot : float or None
    """

    reviewers: int = 2
    criteria: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ("full_text",)
    labels: tuple[str, ...] = ()
    pilot: float | None = None


DEFAULT = Protocol()


def read(folder: Path) -> Protocol:
    """The protocol of a folder; the default one where the folder has none.

    Raises
    ------
    CompendiumError
        If the file says something else than a protocol can say.
    """
    file = folder / FILE
    if not file.is_file():
        return DEFAULT
    from compendium.yaml_file import read_yaml  # not in a browser, where no folder has the file

    said = read_yaml(file, project.relative(file)) or {}
    if not isinstance(said, dict):
        raise _refused(file, _("The file holds no keys."), _("Write e.g. `reviewers: 2`."))
    return of(said, file)


def of(said: Mapping[str, object], file: Path) -> Protocol:
    """The protocol of what is said key by key; the file that says it is named in errors.

    Raises
    ------
    CompendiumError
        If it says something else than a protocol can say.
    """
    known = {f.name for f in fields(Protocol)}
    for key in said:
        if key not in known:
            told = _("There is no key {key!r}.").format(key=key)
            raise _refused(file, told, near(str(key), known))
    return Protocol(**{key: _value(key, value, file) for key, value in said.items()})


def criteria(protocol: Protocol, stage: str | None = None) -> tuple[str, ...]:
    """Codes of the criteria that a record can fail.

    Parameters
    ----------
    protocol : Protocol
    stage : str, optional
        Stage of the review, as the table `criteria` names it, whose criteria alone are offered.
    """
    if protocol.criteria and stage is None:
        return protocol.criteria
    from compendium import data

    if all(entry["name"] != "criteria" for entry in data.package()["resources"]):
        return ()
    asked = data.table("criteria")
    if stage is None:
        return tuple(dict.fromkeys(asked["criterion"]))
    found = asked.loc[asked["stage"] == stage, "criterion"].tolist()
    if not found:
        raise CompendiumError(
            _("{value!r} is no stage.").format(value=stage),
            path=Path("data", data.resource("criteria")["path"]),
            remedy=near(stage, asked["stage"].unique()),
        )
    return tuple(found)


def near(value: str, known: Iterable[str]) -> str:
    """A remedy for a value that is not known: the nearest that is, or all of them."""
    listed = _("Write one of: {values}.").format(values=", ".join(list(known)[:20]))
    return did_you_mean(value, known, otherwise=listed)


def _value(key: str, value, file: Path):
    if key == "reviewers":
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            told = _("`reviewers` is no number of people: {value!r}.").format(value=value)
            raise _refused(file, told, _("Write 2, or 1 for single screening."))
        return value
    if key == "pilot":
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)
                                  or not -1 <= value <= 1):  # fmt: skip
            raise _refused(file, _("`pilot` is no coefficient: {value!r}.").format(value=value),
                           _("Write a number from -1 to 1, e.g. 0.6."))  # fmt: skip
        return value
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise _refused(file, _("`{key}` is no list of words.").format(key=key),
                       f"{key}: [a, b]")  # fmt: skip
    known = {"criteria": codebook(), "reasons": STAGES}.get(key)
    for each in listed:
        if known is not None and each not in known:
            raise _refused(file, _("`{key}` does not know {value!r}.").format(key=key, value=each),
                           near(each, known))  # fmt: skip
    return tuple(listed)


def _refused(file: Path, told: str, remedy: str = "") -> CompendiumError:
    return CompendiumError(told, path=project.relative(file), remedy=remedy)
