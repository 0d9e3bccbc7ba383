"""One tree, one narwhals expression: the same for DuckDB, pandas, polars and Spark.

Patterns use what every engine's regular expressions mean alike: plain letters, `[^ |]`, groups,
alternatives and counts. Signs stand as their codes, so that none has to be escaped.
"""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from operator import and_, or_

import narwhals as nw

from scopus_query import columns, normal
from scopus_query.columns import Where, where
from scopus_query.meaning import EVERYWHERE, meant
from scopus_query.tree import (
    And,
    AndNot,
    Compare,
    Exact,
    Field,
    Limit,
    Near,
    Node,
    Or,
    Together,
    text_of,
    texts_of,
)
from scopus_query.variants import form

FORMS, MARKS = "forms", "marks"
_WORD = "[^ |/]*"
_ANY = "[^ |]*"
_FEW = 16
_SAME_ENTRY = " (?:[^|]* )?"
_NEVER = " // "  # stands in no text


def compiled(tree: Node) -> nw.Expr:
    """A query as an expression over a prepared corpus: true, false, or null for unknown.

    Parameters
    ----------
    tree : Node

    Returns
    -------
    Expr over the columns that `used` names
    """
    return _expression(meant(tree), EVERYWHERE)


def used(tree: Node) -> list[str]:
    """Columns of a prepared corpus that a query reads."""
    found: dict[str, None] = {}
    _collect(meant(tree), EVERYWHERE, found)
    return list(found)


def text_column(column: str, kind: str) -> str:
    """Name of a text's column in a prepared corpus."""
    return f"{column}_{kind}"


def _expression(node: Node, place: Where) -> nw.Expr:
    if isinstance(node, Field):
        return _expression(node.part, where(node.code))
    if isinstance(node, And):
        return reduce(and_, (_expression(part, place) for part in node.parts))
    if isinstance(node, AndNot):
        out = reduce(or_, (_expression(part, place) for part in node.unwanted))
        return _expression(node.wanted, place) & ~out
    if isinstance(node, Or):
        return _either(node, place)
    if isinstance(node, Compare):
        return _of_year(node.sign, node.value) if node.code == "PUBYEAR" else _unknown()
    if isinstance(node, Limit):
        found = _limit(node)
        return ~found if node.exclude else found
    return _contains(place, *_pattern(node, place))


def _either(node: Or, place: Where) -> nw.Expr:
    """Plain words are quickest one by one, if they are few; others by one pattern for a place."""
    asked = [_pattern(part, place) for part in node.parts if _is_leaf(part)]
    plain = [entry for entry in asked if _is_plain(entry[1])]
    parts = [_expression(part, place) for part in node.parts if not _is_leaf(part)]
    if len(plain) <= _FEW:
        parts += [_contains(place, *entry) for entry in plain]
        asked = [entry for entry in asked if entry not in plain]
    for kind in dict.fromkeys(kind for kind, _run in asked):
        runs = _any_of([run for held, run in asked if held == kind])
        parts.append(_contains(place, kind, runs))
    return reduce(or_, parts)


def _is_leaf(node: Node) -> bool:
    return not isinstance(node, And | Or | AndNot | Field | Compare | Limit)


def _contains(place: Where, kind: str, pattern: str) -> nw.Expr:
    if not place.columns:
        return _unknown()
    names = [c if place.is_filter else text_column(c, kind) for c in place.columns]
    literal = _is_plain(pattern)
    if literal:
        pattern = pattern.replace("[|]", "|")
        if kind == FORMS and "A" <= pattern[1] <= "Z":
            pattern = pattern[1:]  # the capital is rarer than the blank before it
    return reduce(or_, (nw.col(name).str.contains(pattern, literal=literal) for name in names))


def _is_plain(pattern: str) -> bool:
    """Whether a pattern is a plain stretch of text, which is found sooner than a pattern."""
    return not set(pattern.replace("[|]", "|")) & set("[(\\")


def _limit(node: Limit) -> nw.Expr:
    if node.code == "PUBYEAR":
        years = [int(v[:9]) for v in node.values if v.isascii() and v.isdecimal()]
        spans = [_of_year("=", year) for year in years]
        return reduce(or_, spans or [_of_year("<", -1)])
    place = where(node.code)
    if place.is_filter:
        return _contains(place, FORMS, _any_of([_value(place, value) for value in node.values]))
    asked = [words for value in node.values if (words := normal.asked(value))]
    kind = _kind(node)
    patterns = [_bounded(_words(words, kind), place) for words in asked]
    return _contains(place, kind, _any_of(patterns or [_NEVER]))


def _of_year(sign: str, value: int) -> nw.Expr:
    year, value = nw.col(columns.YEAR), min(value, 1_000_000_000)
    return {"=": year == value, "<": year < value, ">": year > value}[sign]


def _unknown() -> nw.Expr:
    """Null whatever the record is: no corpus holds this field."""
    year = nw.col(columns.YEAR)
    never = year.is_null() & ~year.is_null()  # an answer for each row, unlike a literal
    return nw.when(never).then(year).cast(nw.Boolean)


# -- patterns


def _pattern(node: Node, place: Where) -> tuple[str, str]:
    """A leaf as a pattern, and the kind of column that it is for."""
    if place.is_filter:
        return FORMS, _value(place, text_of(node))
    kind = _kind(node)
    if isinstance(node, Exact):
        return kind, _bounded_exact(node.text, place)
    return kind, _bounded(_run(node, kind), place)


def _kind(node: Node) -> str:
    """Forms suffice unless a wildcard or an exact phrase asks for the words as written."""
    if isinstance(node, Exact):
        return MARKS
    if isinstance(node, Near | Or | Together):
        return MARKS if any(_kind(part) == MARKS for part in node.parts) else FORMS
    wild = any(normal.is_wild(word) for text in texts_of(node) for word in normal.asked(text))
    return MARKS if wild else FORMS


def _run(node: Node, kind: str) -> str:
    """A run of words, without the blanks around it."""
    if isinstance(node, Or):
        return _any_of([_run(part, kind) for part in node.parts])
    if isinstance(node, Near):
        gap = f"(?: [^ |]+){{0,{node.within}}} " if node.within else " "
        one, other = (_run(part, kind) for part in node.parts)
        ways = [one + gap + other] if node.ordered else [one + gap + other, other + gap + one]
        return _any_of(ways)
    if isinstance(node, Together):
        orders = permutations([_run(part, kind) for part in node.parts])
        return _any_of([_SAME_ENTRY.join(way) for way in orders])
    if isinstance(node, Exact):
        return _exact(node.text, with_lead=False)
    return _words(normal.asked(text_of(node)), kind)


def _words(asked: list[str], kind: str) -> str:
    if kind == FORMS:
        return " ".join(normal.begun(form(word)) for word in asked)
    return " ".join(_marked(word) for word in asked)


def _marked(word: str) -> str:
    if normal.is_wild(word):
        return f"[^ |/]+/{_wild(word)}/{_ANY}"  # signs before the first word have no form
    return f"{form(word)}/{_ANY}"


def _wild(word: str) -> str:
    return "".join({"*": _WORD, "?": "[^ |/]"}.get(sign, sign) for sign in word)


def _exact(text: str, with_lead: bool) -> str:
    text = text.strip()
    *inner, last = normal.tokens(text)
    lead = normal.lead(text) if with_lead else ""
    words = [f"{_WORD}/{token.word}/{_coded(token.signs)}" for token in inner]
    words.append(f"{_WORD}/{last.word}/{_coded(last.signs)}{_ANY}")
    before = f"{_ANY}{_coded(lead)} " if lead else ""
    return before + " ".join(words)


def _coded(signs: str) -> str:
    return "".join(
        sign if sign.isalnum() or not sign.isascii() else f"\\x{ord(sign):02x}" for sign in signs
    )


def _value(place: Where, text: str) -> str:
    return f" {_wild(columns.value(place.columns[0], text))} "


def _bounded(run: str, place: Where) -> str:
    return f" [|] (?://[^ |]* )?{run} [|] " if place.is_whole else f" {run} "


def _bounded_exact(text: str, place: Where) -> str:
    """An exact phrase; a whole entry begins with its own signs, not with another word's."""
    lead = normal.lead(text.strip())
    if place.is_whole and lead:
        run = _exact(text, with_lead=False)
        return f" [|] //{_ANY}{_coded(lead)} {run} [|] "
    return _bounded(_exact(text, with_lead=True), place)


def _any_of(patterns: list[str]) -> str:
    patterns = list(dict.fromkeys(patterns))
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


def _collect(node: Node, place: Where, found: dict[str, None]) -> None:
    if isinstance(node, Compare):
        found[columns.YEAR] = None
    elif isinstance(node, Field):
        _collect(node.part, where(node.code), found)
    elif isinstance(node, And | Or | AndNot):
        for part in node.children:
            _collect(part, place, found)
    elif isinstance(node, Limit) and node.code == "PUBYEAR":
        found[columns.YEAR] = None
    else:
        here = where(node.code) if isinstance(node, Limit) else place
        found.update({columns.YEAR: None} if not here.columns else {})
        for column in here.columns:
            name = column if here.is_filter else text_column(column, _kind(node))
            found[name] = None
