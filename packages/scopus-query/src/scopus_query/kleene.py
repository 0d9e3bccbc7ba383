"""Three-valued answers: yes, no, unknown. What is unknown stays so unless the rest decides it."""

from __future__ import annotations

from collections.abc import Iterable

YES, NO, UNKNOWN = "yes", "no", "unknown"


def answer(value: bool | None) -> str:
    """A truth value as an answer; a missing one is unknown."""
    return {True: YES, False: NO}.get(value, UNKNOWN)


def any_of(answers: Iterable[str]) -> str:
    """Kleene's *or*: yes if one is yes, no only if all are no, else unknown."""
    given = set(answers)
    if YES in given:
        return YES
    return UNKNOWN if UNKNOWN in given else NO


def all_of(answers: Iterable[str]) -> str:
    """Kleene's *and*: no if one is no, yes only if all are yes, else unknown."""
    given = set(answers)
    if NO in given:
        return NO
    return UNKNOWN if UNKNOWN in given else YES
