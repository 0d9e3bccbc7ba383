"""`compendium upgrade`: what another version of the engine would change in a review.

Both engines are asked what `init` writes for this review. A file that is still as the review's own
engine wrote it is the engine's; any other is the author's, and stays.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

import yaml

from compendium import environment, project, wheels
from compendium.digest import of_bytes
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import N_, _, ngettext, number
from compendium.language.active import SOURCE
from compendium.new_review import TITLES

VENDOR = "vendor"
CHANGELOG = "CHANGELOG.md"
EXAMPLES = N_("""\
examples:
  compendium upgrade ../other-review/vendor         what the engine of another review would change
  compendium upgrade compendium-0.2.0-py3-none-any.whl
  compendium upgrade ../other-review/vendor --write && make book
  ../engine/.venv/bin/compendium upgrade            offered is the engine that runs

Told are the versions, what changed between them, other packages of the lock file, and the files
that `compendium init` would write otherwise. --write replaces the engine and the files that nobody
touched; yours stay as they are. Commit before, and `git diff` shows what was written.
""")


@dataclass(frozen=True)
class Engine:
    """A version of the engine.

    Attributes
    ----------
    wheels : tuple of Path
    version : str
    digest : str
        The start of the SHA-256 of what its wheels hold: tells apart what has one version.
    changelog : str
    """

    wheels: tuple[Path, ...]
    version: str
    digest: str
    changelog: str


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade changes.

    Attributes
    ----------
    before, after : Engine
    changelog : tuple of str
        Its lines that are new.
    packages : tuple of (str, str, str)
        Name, version before and after; empty where there is none.
    new, renewed : tuple of str
        Files that would be added or replaced: nobody touched them.
    yours : tuple of str
        Files that the engine would write otherwise now, and that the author changed.
    dropped : tuple of str
        Files that the engine writes no more; they stay.
    """

    before: Engine
    after: Engine
    changelog: tuple[str, ...]
    packages: tuple[tuple[str, str, str], ...]
    new: tuple[str, ...]
    renewed: tuple[str, ...]
    yours: tuple[str, ...]
    dropped: tuple[str, ...]


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    verb = commands.add_parser(
        "upgrade", help=_("tell what another version of the engine would change"),
        description=_("Tell what another version of the engine would change in this review."),
        epilog=_(EXAMPLES), formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verb.add_argument(
        "offered", metavar="ENGINE", type=Path, nargs="?",
        help=_("a wheel, or a folder with wheels; the engine that runs if left out"),
    )  # fmt: skip
    verb.add_argument("--write", action="store_true",
                      help=_("replace the engine and the files that nobody touched"))  # fmt: skip
    verb.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    with offered(given.offered) as found:
        done = upgrade(found, write=given.write)
    _tell(done)
    if done.before.digest == done.after.digest:
        return 0
    print()
    print(_("Written. Next: `make book`, then `git diff`.") if given.write
          else _("Nothing was written; --write does."))  # fmt: skip
    return 0


@contextmanager
def offered(place: Path | None) -> Iterator[tuple[Path, ...]]:
    """The wheels that are offered: in a file, in a folder, or of the engine that runs.

    Raises
    ------
    CompendiumError
        If there is no wheel of the engine.
    """
    with TemporaryDirectory(prefix="compendium-") as scratch:
        if place is None:
            yield tuple(wheels.write(Path(scratch)))
            return
        inside = place / VENDOR if (place / VENDOR).is_dir() else place
        found = _of_engine([place] if place.is_file() else inside.glob("*.whl"))
        if not found:
            raise CompendiumError(
                _("There is no wheel of the engine."), path=place,
                remedy=_("Name a wheel such as `compendium-*.whl`, or the folder {name} of a "
                         "review.").format(name=VENDOR),
            )  # fmt: skip
        yield found


def _of_engine(files: Iterable[Path]) -> tuple[Path, ...]:
    packages = tuple(f"{package}-" for package in wheels.ENGINE.values())
    found = tuple(sorted(file for file in files if file.name.startswith(packages)))
    return found if any(file.name.startswith("compendium-") for file in found) else ()


def upgrade(found: tuple[Path, ...], *, write: bool = False) -> Upgrade:
    """What other wheels of the engine change in the current review.

    Parameters
    ----------
    found : tuple of Path
        The wheels that are offered; those of the engine that are not among them stay.
    write : bool
        Whether to change it.

    Raises
    ------
    CompendiumError
        If the review has no wheels of the engine, or a wheel cannot be used.
    """
    vendor = project.path(VENDOR)
    held = _of_engine(vendor.glob("*.whl"))
    if not held:
        raise CompendiumError(
            _("There is no wheel of the engine."), path=project.relative(vendor),
            remedy=_("Run it in a review that `compendium init` made."),
        )  # fmt: skip
    given = {file.name.partition("-")[0] for file in found}
    found = (*found, *(file for file in held if file.name.partition("-")[0] not in given))
    before, after = _engine(held), _engine(found)
    if before.digest == after.digest:
        return Upgrade(before, after, (), (), (), (), (), ())
    with TemporaryDirectory(prefix="compendium-") as scratch:
        old, new = (
            _written(engine, Path(scratch, name))
            for engine, name in ((before, "before"), (after, "after"))
        )
        done = _compared(before, after, old, new)
        if write:
            for file in (*done.new, *done.renewed):
                replace(project.path(file), (new / file).read_bytes())
            _replace_wheels(held, after.wheels)
    return done


def _engine(files: tuple[Path, ...]) -> Engine:
    main = next(file for file in files if file.name.startswith("compendium-"))
    try:
        with ZipFile(main) as wheel:
            names = wheel.namelist()
            about = next(name for name in names if name.endswith(".dist-info/METADATA"))
            version = Parser().parsestr(wheel.read(about).decode())["Version"]
            log = next((name for name in names if name.endswith(CHANGELOG)), "")
            changelog = wheel.read(log).decode() if log else ""
    except (OSError, BadZipFile, StopIteration):
        raise CompendiumError(_("This is not a wheel."), path=main) from None
    parts = sorted(part for file in files for part in _parts(file))
    return Engine(files, version, of_bytes("".join(parts).encode())[:8], changelog)


def _parts(wheel: Path) -> Iterator[str]:
    """Name and digest of each file in a wheel but for their list, whose order means nothing."""
    try:
        with ZipFile(wheel) as opened:
            for name in opened.namelist():
                if not name.endswith(".dist-info/RECORD"):
                    yield f"{name} {of_bytes(opened.read(name))}\n"
    except (OSError, BadZipFile):
        raise CompendiumError(_("This is not a wheel."), path=wheel) from None


def _written(engine: Engine, scratch: Path) -> Path:
    """What an engine writes for this review, in a folder."""
    code, review = scratch / "code", scratch / "review"
    for file in engine.wheels:
        with ZipFile(file) as wheel:
            wheel.extractall(code)
    told = yaml.safe_load(project.path("book.yml").read_text(encoding="utf-8"))
    title, plan = told["title"][SOURCE], project.path("plan.yml")
    command = [sys.executable, "-m", "compendium.cli", "init", str(review)]
    command += ["--title", title] if title != TITLES[SOURCE] else []
    command += ["--plan", str(plan)] if plan.is_file() else []
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=scratch, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if done.returncode:
        raise CompendiumError(
            _("Version {version} of the engine cannot be asked what it writes: {why}").format(
                version=engine.version, why=(done.stderr.strip().splitlines() or ["?"])[-1]),
            path=engine.wheels[0],
            remedy=_("Take the wheels that `compendium init` of that version writes."),
        )  # fmt: skip
    return review


def _compared(before: Engine, after: Engine, old: Path, new: Path) -> Upgrade:
    was, will = _digests(old), _digests(new)
    has = {name: of_bytes(project.path(name).read_bytes())
           for name in was.keys() | will.keys() if project.path(name).is_file()}  # fmt: skip
    changed = [name for name in sorted(will) if has.get(name) != will[name]]
    lines = difflib.ndiff(before.changelog.splitlines(), after.changelog.splitlines())
    return Upgrade(
        before, after,
        tuple(line[2:] for line in lines if line.startswith("+ ")),
        tuple(_packages(old, new)),
        new=tuple(name for name in changed if name not in has and name not in was),
        renewed=tuple(name for name in changed if name in has and has[name] == was.get(name)),
        # Where the engine writes what it wrote, the author's change concerns nobody else
        yours=tuple(name for name in changed if name in has
                    and has[name] != was.get(name) and was.get(name) != will[name]),
        dropped=tuple(name for name in sorted(was.keys() - will.keys()) if name in has),
    )  # fmt: skip


def _digests(folder: Path) -> dict[str, str]:
    """The files of a review but for the engine's wheels and the plan, which is the author's."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return {name: of_bytes((folder / name).read_bytes()) for name in names
            if name != "plan.yml" and not name.startswith(f"{VENDOR}/")}  # fmt: skip


def _packages(old: Path, new: Path) -> Iterator[tuple[str, str, str]]:
    """Packages of the lock files whose versions differ."""
    was, will = (
        dict(pin.partition(" ;")[0].split("==") for pin in environment.pins(
            (folder / environment.LOCK).read_text(encoding="utf-8")))
        for folder in (old, new)
    )  # fmt: skip
    for name in sorted(was.keys() | will.keys()):
        if was.get(name) != will.get(name):
            yield name, was.get(name, ""), will.get(name, "")


def _replace_wheels(held: tuple[Path, ...], wanted: tuple[Path, ...]) -> None:
    """The new wheels first: stopped half way, none is missing."""
    vendor = project.path(VENDOR)
    for file in wanted:
        replace(vendor / file.name, file.read_bytes())
    for file in held:
        if file.name not in {new.name for new in wanted}:
            file.unlink()


def _tell(done: Upgrade) -> None:
    for told, engine in ((_("this review has"), done.before), (_("offered is"), done.after)):
        print(f"{told:<17} {engine.version} ({engine.digest})")
    if done.before.digest == done.after.digest:
        print(_("It is the same engine; nothing changes."))
        return
    packages = [f"{name} {was or '–'} → {will or '–'}" for name, was, will in done.packages]
    for heading, lines in (
        (_("what changed between them"), done.changelog),
        (_("packages of the lock file"), packages),
        (_("new files"), done.new),
        (_("files that nobody touched, and that are replaced"), done.renewed),
        (_("files that you changed, and that the engine writes otherwise now: they stay"),
         done.yours),
        (_("files that the engine writes no more: they stay"), done.dropped),
    ):  # fmt: skip
        if lines:
            count = ngettext("{n} line", "{n} lines", len(lines)).format(n=number(len(lines)))
            print(f"\n{heading} ({count})")
            print("\n".join(f"  {line}" for line in lines))
