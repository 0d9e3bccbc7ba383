"""Three-valued logic: what is unknown stays so unless the rest decides it.

Truth is `True`, `False` or `None` for unknown; in tables an answer is "yes", "no" or "unknown".
"""

from __future__ import annotations

from collections.abc import Iterable

YES, NO, UNKNOWN = "yes", "no", "unknown"
_TRUTH = {YES: True, NO: False}


def either(values: Iterable[bool | None]) -> bool | None:
    """True if one is, and then the rest is not asked; false only if all are; else None."""
    found: bool | None = False
    for value in values:
        if value:
            return True
        if value is None:
            found = None
    return found


def every(values: Iterable[bool | None]) -> bool | None:
    """False if one is, and then the rest is not asked; true only if all are; else None."""
    found: bool | None = True
    for value in values:
        if value is None:
            found = None
        elif not value:
            return False
    return found


def opposite(value: bool | None) -> bool | None:
    """What is not known stays so."""
    return None if value is None else not value


def answer(value: bool | None) -> str:
    """A truth value as an answer; a missing one is unknown."""
    answers: dict[bool | None, str] = {True: YES, False: NO}
    return answers.get(value, UNKNOWN)


def any_of(answers: Iterable[str]) -> str:
    """`either` over answers."""
    return answer(either(map(_TRUTH.get, answers)))


def all_of(answers: Iterable[str]) -> str:
    """`every` over answers."""
    return answer(every(map(_TRUTH.get, answers)))
