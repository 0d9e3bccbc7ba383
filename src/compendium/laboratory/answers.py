"""What the page asks of Python in its worker: JSON in, JSON out. Nothing here knows a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

from compendium.laboratory import export
from compendium.laboratory.export import Progress
from scopus_query import answers, known, language
from scopus_query.errors import ScopusQueryError
from scopus_query.parse import read


def reply(message: str, progress: Progress = lambda done: None) -> str:
    """Answer a message of the page.

    Parameters
    ----------
    message : str
        JSON with `task`, `lang` and what the task needs.
    progress : callable
        Told how many records are done.

    Returns
    -------
    str
        JSON: `result`, or `error`, a sentence in the reader's language.
    """
    given = json.loads(message)
    lang = given.get("lang")
    language.use(lang if lang in language.LANGUAGES else language.SOURCE)
    try:
        told = {"result": TASKS[given["task"]](given, progress)}
    except ScopusQueryError as error:
        told = {"error": str(error)}
    return json.dumps(told, ensure_ascii=False)


def query(given: dict, progress: Progress) -> dict:
    """What is said of a query, and each mending as a sentence."""
    from scopus_query.rules import Edit

    def sentence(edits: list[dict]) -> str:
        return " ".join(Edit(**edit).describe(given["query"]) for edit in edits)

    told = answers.answer(given["query"])
    mends = [[sentence(fix) for fix in finding["fixes"]] for finding in told["findings"]]
    readings = [sentence(reading["edits"]) for reading in told.get("readings", ())]
    return told | {"mends": mends, "edits": readings}


def translations(given: dict, progress: Progress) -> list[dict]:
    """The query for other databases, with their names."""
    from scopus_query.platforms import BY_NAME

    names = {name: platform.label for name, platform in BY_NAME.items()}
    return [{**told, "label": names.get(told["platform"], "OpenAlex")}
            for told in answers.translations(given["query"])]  # fmt: skip


def items(given: dict, progress: Progress) -> dict[str, dict[str, bool | None]]:
    """What the query says of each known work; nothing of a query that cannot be read."""
    tree = read(given["query"]).tree
    if tree is None:
        return {}
    facts = known.Facts.from_data(given["facts"])
    return {work: known.verdicts(tree, facts, work) for work in given["works"]}


TASKS: dict[str, Callable[[dict, Progress], object]] = {
    "query": query, "translations": translations, "items": items,
    **export.TASKS,
}  # fmt: skip
