"""What would stop a build, told before anything runs: by `compendium check`, and by each build."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compendium import digest, project
from compendium.edition import chapters, parameters
from compendium.errors import CompendiumError
from compendium.reporting import declarations


def problems() -> list[CompendiumError]:
    """Everything that is wrong with the compendium's settings and data, with file, row, remedy."""
    return list(_settings()) or _wrong_data()


def _wrong_data() -> list[CompendiumError]:
    from compendium import validation  # with pandas and more, which a build without need is spared

    return validation.check()


def _tell_wrong_data(say: Callable[[str], None]) -> None:
    for problem in _wrong_data():
        say(str(problem))


def _settings() -> Iterator[CompendiumError]:
    """Files without which nothing can be shown; each is looked at whatever the others say."""
    book = project.current().book
    reads: tuple[Callable[[], object], ...] = (
        lambda: book.languages, lambda: book.told("title"), chapters.names,
        declarations.citation, parameters.scenario,
        lambda: project.current().data.package,
    )  # fmt: skip
    seen = set()
    for read in reads:
        try:
            read()
        except CompendiumError as error:
            if str(error) not in seen:
                yield error
            seen.add(str(error))


def require() -> None:
    """Let a build begin only if nothing is wrong; data found right are not looked at again.

    Raises
    ------
    CompendiumError
        With every problem on a line of its own.
    """
    found = list(map(str, _settings()))
    checked = project.path("_build", "data.sha256")
    # What a page looks like decides nothing about data.
    stamp = "" if found else digest.of_files(
        [project.path("data"), *digest.libraries()], without=[project.PACKAGE / "theme"]
    )  # fmt: skip
    if stamp and checked.is_file() and checked.read_text() == stamp:
        return
    if not found:
        from compendium.edition import kernel

        # What checks the data imports as much as all the rest, and is needed no more afterwards.
        kernel.apart(_tell_wrong_data, say=found.append, early=True)
    if found:
        raise CompendiumError("\n".join(found))
    checked.parent.mkdir(exist_ok=True)
    checked.write_text(stamp)
