"""What can be said of a query: rules with a code, findings with their place and their mending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scopus_query.errors import ScopusQueryError
from scopus_query.language import N_, _, ngettext
from scopus_query.tree import Span

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = {ERROR: N_("error"), WARNING: N_("warning"), NOTE: N_("note")}
"""An error is not readable, a warning is read otherwise than meant, a note costs no record."""


class Edit(NamedTuple):
    """A change of the query's text."""

    start: int
    end: int
    text: str

    @property
    def cost(self) -> int:
        """Signs taken out and put in."""
        return self.end - self.start + len(self.text)

    def describe(self, query: str) -> str:
        """The edit as a sentence."""
        line, column = place(query, self.start)
        old = query[self.start : self.end]
        sentence = (
            _("{line}:{column}: insert `{new}`.") if not old
            else _("{line}:{column}: delete `{old}`.") if not self.text
            else _("{line}:{column}: write `{new}` for `{old}`.")
        )  # fmt: skip
        return sentence.format(line=line, column=column, old=old, new=self.text)


Fix = tuple[Edit, ...]


def apply(query: str, fix: Fix) -> str:
    """The query's text after the edits of a fix."""
    parts, at = [], 0
    for start, end, text in sorted(fix, key=lambda edit: edit[:2]):
        parts += [query[at:start], text]
        at = max(at, end)
    return "".join((*parts, query[at:]))


Check = Callable[..., Iterable[tuple]]


@dataclass(frozen=True)
class Rule:
    """What may be found in a query. Its explanation is a page of its own.

    Attributes
    ----------
    code : str
        Q1 …: not readable. Q2 …: readable, written otherwise than Scopus reads. Q3 …: lint.
    message, remedy : str
        With placeholders, which a finding fills.
    example : str
        A query that it is found in; empty where none is short enough to show.
    mend : bool
        Whether the first fix keeps what the author means, so that `repair` applies it unasked.
    check : function, optional
        Looks for it in a tree; the reader of the text finds the others.
    """

    code: str
    severity: str
    title: str
    message: str
    remedy: str
    explanation: str
    example: str = ""
    mend: bool = False
    check: Check | None = field(default=None, compare=False)


RULES: dict[str, Rule] = {}


def rule(code: str, severity: str, title: str, message: str, remedy: str, explanation: str,
         *, example: str = "", mend: bool = False, check: Check | None = None) -> Rule:  # fmt: skip
    """Register a rule."""
    if code in RULES:
        raise ValueError(f"{code} is taken by {RULES[code].title!r}")
    RULES[code] = Rule(
        code, severity, title, message, remedy, explanation, example, mend, check
    )
    return RULES[code]


def checks(*words: str, example: str = "", mend: bool = False) -> Callable[[Check], Rule]:
    """Register a function that looks for something in a tree as a rule."""
    return lambda check: rule(*words, example=example, mend=mend, check=check)


@dataclass(frozen=True)
class Finding:
    """Something found in a query.

    Attributes
    ----------
    rule : Rule
    span : Span
    values : dict
        What stands in for the message's placeholders.
    fixes : tuple of tuple of Edit
        Ways to mend it; each alone is enough.
    others : tuple of Span
        Where else the same was found, if findings were `grouped`.
    """

    rule: Rule
    span: Span
    values: dict = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
    others: tuple[Span, ...] = ()

    @property
    def count(self) -> int:
        """How often it was found."""
        return 1 + len(self.others)

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return _(self.rule.message).format(**self.values)

    @property
    def remedy(self) -> str:
        """What to do about it, in the reader's language."""
        return _(self.rule.remedy).format(**self.values)

    def as_data(self, query: str) -> dict:
        """The finding as a dictionary, for JSON."""
        line, column = place(query, self.span.start)
        end_line, end_column = place(query, self.span.end)
        return {
            "code": self.rule.code,
            "severity": self.rule.severity,
            "title": _(self.rule.title),
            "message": self.message,
            "remedy": self.remedy,
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "start": self.span.start,
            "end": self.span.end,
            "count": self.count,
            "spans": [list(span) for span in (self.span, *self.others)],
            "fixes": [[edit._asdict() for edit in fix] for fix in self.fixes],
        }


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with each note told once, and each warning that says the same.

    The fix of such a warning mends all its places.
    """
    kept: dict[tuple, list[Finding]] = {}
    for number, finding in enumerate(findings):
        kept.setdefault(_said(finding, number), []).append(finding)
    return tuple(_as_one(*alike) for alike in kept.values())


def _said(finding: Finding, number: int) -> tuple:
    """What findings share that are told once; a choice between fixes is made place by place."""
    code, severity = finding.rule.code, finding.rule.severity
    if severity == NOTE:
        return (code,)
    if severity == WARNING and len(finding.fixes) < 2:
        return (code, finding.message, len(finding.fixes))
    return (code, number)


def _as_one(first: Finding, *others: Finding) -> Finding:
    if not others:
        return first
    fixes = first.fixes
    if fixes and first.rule.severity == WARNING:
        fixes = (tuple(edit for finding in (first, *others) for edit in finding.fixes[0]),)
    return replace(first, fixes=fixes, others=tuple(finding.span for finding in others))


def place(query: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both counted from 1."""
    before = query[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def excerpt(query: str, span: Span, width: int = 88) -> tuple[str, str]:
    """The line where something stands, cut to the width, and carets that point at it."""
    start = query.rfind("\n", 0, span.start) + 1
    end = query.find("\n", span.start)
    line = query[start : end if end >= 0 else len(query)].rstrip("\r").replace("\t", " ")
    column = min(span.start - start, len(line))
    length = max(1, min(span.end - span.start, len(line) - column))
    left = max(0, min(column - width // 2, len(line) - width))
    shown = line[left : left + width]
    before, after = "…" if left else "", "…" if left + width < len(line) else ""
    length = min(length, width - (column - left)) or 1
    return before + shown + after, " " * (len(before) + column - left) + "^" * length


class QueryError(ScopusQueryError):
    """A query that cannot be read, with everything that stands in the way.

    Attributes
    ----------
    query : str
    problems : tuple of Finding
    """

    def __init__(self, query: str, problems: Iterable[Finding]):
        self.query, self.problems = query, tuple(problems)
        first, more = self.problems[0], len(self.problems) - 1
        line, column = place(query, first.span.start)
        rest = ngettext("(%d more problem)", "(%d more problems)", more) % more if more else ""
        super().__init__(
            _("Line {line}, column {column}: {message}").format(
                line=line, column=column, message=first.message
            ),
            remedy=" ".join(part for part in (first.remedy, rest) if part),
        )


def found(rules: Iterable[Rule], *given, **options) -> Iterator[Finding]:
    """Findings of the rules that look at a tree."""
    for one in rules:
        if one.check:
            for span, values, *fixes in one.check(*given, **options):
                yield Finding(one, span, values, tuple(fixes))
