"""What a tree asks of a record: Scopus's conventions applied, before anything is matched.

- Stop words outside quotation marks are passed over.
- Excluding filters joined by OR leave out each of the values, as the results page means them.
- Proximity joins words of one field, from left to right; AND may not stand inside it, and signs
  before the first word of an exact phrase are not asked for there.
- Signs without a word are not searched.
- What AND joins inside REF(…) or AFFIL(…) stands in one reference or affiliation, and
  `smith, j` is one author (Scopus Search Guide, Elsevier).
"""

from __future__ import annotations

import re

from scopus_query import fields, normal
from scopus_query.columns import TOGETHER, where
from scopus_query.errors import ScopusQueryError
from scopus_query.language import _
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
    Phrase,
    Term,
    Together,
    Value,
    walk,
)
from scopus_query.unparse import unparse
from scopus_query.variants import form
from scopus_query.words import STOP_WORDS

EVERYWHERE = where("ALL")
MOST_TOGETHER = 5
_INITIALS = re.compile(r"[^\W\d_]|[A-Z]{2}|(?:[^\W\d_]\.-?){1,3}")
_AUTHORS = {"AUTH", "AUTHOR-NAME", "AUTHLASTNAME", "FIRSTAUTH", "EDITOR", "REFAUTH", "PREFNAMEAUID"}
_GENERAL = {"ALL", "TITLE", "ABS", "KEY", "AUTHKEY", "INDEXTERMS", "TITLE-ABS", "TITLE-ABS-KEY",
            "TITLE-ABS-KEY-AUTH", "REF", "REFTITLE"}  # fmt: skip


def meant(tree: Node) -> Node:
    """The tree without what Scopus passes over.

    Raises
    ------
    ScopusQueryError
        If nothing is left to search, or a proximity joins what cannot be near.
    """
    for node, around in walk(tree):
        if any(isinstance(outer, Near) for outer in around) and isinstance(node, And | AndNot):
            raise ScopusQueryError(
                _("AND stands inside a proximity: {text}").format(text=unparse(node)),
                remedy=_("Write the proximity once for each part."),
            )
    found = _meant(tree, "ALL")
    if found is None:
        raise ScopusQueryError(
            _("The query asks for stop words only."),
            remedy=_("Write a phrase in quotation marks, or another word."),
        )
    return found


def _meant(node: Node, code: str) -> Node | None:
    if isinstance(node, Value):
        return _value(node, code)
    if isinstance(node, Field):
        part = _meant(node.part, node.code)
        if part is not None and node.code in TOGETHER:
            part = _together(part)
        return None if part is None else Field(node.code, part, span=node.span)
    if isinstance(node, Term):
        words = normal.asked(node.text)
        dropped = code in _GENERAL and len(words) == 1 and words[0] in STOP_WORDS
        return None if dropped or not words else node
    if isinstance(node, Phrase):
        return node if normal.asked(node.text) else None
    if isinstance(node, Exact):
        return node if normal.tokens(node.text) else None
    if isinstance(node, AndNot):
        wanted = _meant(node.wanted, code)
        unwanted = tuple(p for p in (_meant(part, code) for part in node.unwanted) if p)
        if wanted is None and unwanted:
            raise ScopusQueryError(_("Nothing but stop words is left before AND NOT."))
        return AndNot(wanted, unwanted, span=node.span) if wanted and unwanted else wanted
    if isinstance(node, Or | And | Near):
        parts = [part for part in (_meant(part, code) for part in node.parts) if part]
        if isinstance(node, Or):
            return _either(parts, node)
        if isinstance(node, Near):
            return _near(parts, node, code)
        if code in _AUTHORS and (one := _one_author(parts, node)):
            return one
        return _joined(And, parts, node)
    return node


def _one_author(parts: list[Node], node: And) -> Node | None:
    """`smith j`, without a comma: words side by side are one author's names.

    Elsevier's help on references: `REFAUTH(j smith)` finds `Smith, J.` Initials stand at one end;
    names without initials, of which nobody can tell the last one, are words of one entry.
    """
    words = [part.text for part in parts if isinstance(part, Term)]
    if not len(words) == len(parts) <= MOST_TOGETHER or len(node.beside) < len(node.parts) - 1:
        return None
    if found := initials(" ".join(words)):
        last, given = found
        return Together((Phrase(last), *(Term(f"{one}*") for one in given)), span=node.span)
    return Together(tuple(parts), span=node.span)


def initials(text: str) -> tuple[str, list[str]] | None:
    """Last name and initials of `smith j.`, `j. smith` or `van der berg JK`; None without them.

    Two small letters, `Wang Li`, may be a name.
    """
    words = text.replace(",", " ").split()
    short = [_INITIALS.fullmatch(word) is not None for word in words]
    behind = len(words) - next((at for at, one in enumerate(reversed(short)) if not one), 0)
    before = next((at for at, one in enumerate(short) if not one), 0)
    if all(short):
        behind = 1
    if len(words) < 2 or not (behind < len(words) or before):
        return None
    last, given = words[:behind], words[behind:]
    if not given:
        last, given = words[before:], words[:before]
    signs = [sign.casefold() for word in given for sign in word if sign.isalpha()]
    return _last_name(" ".join(last)), signs


def _last_name(text: str) -> str:
    """A last name as it is written, with its apostrophes and hyphens."""
    return " ".join(re.sub(r"[\"{}.,]", " ", text).split())


def _value(node: Value, code: str) -> Node | None:
    """A value of its own syntax as what is looked for: a number, or one author's names."""
    if code in fields.VERBATIM:
        number = re.findall(r"\d+", node.text)
        return Term(number[-1], span=node.span) if number else None
    parts = [normal.asked(part) for part in node.text.split(",")]
    parts = [words for words in parts if words]
    if not parts:
        return None
    if code in _AUTHORS:
        # A first name may be written out or not: `j` finds Smith, J. and Smith, John.
        last = _last_name(next(part for part in node.text.split(",") if normal.asked(part)))
        names = [Phrase(last), *(Term(f"{word}*") for words in parts[1:]
                                               for word in words)]  # fmt: skip
    else:
        names = [Term(word) for words in parts for word in words]
    return _joined(Together, names, node)


def _together(node: Node) -> Node:
    """What AND joins, as parts of one entry; as it is where an entry cannot tell."""
    if isinstance(node, Field):
        return _together(node.part)
    if isinstance(node, Compare) and node.sign == "=":
        return Term(str(node.value), span=node.span)
    if isinstance(node, Or):
        return Or(tuple(_together(part) for part in node.parts), span=node.span)
    if not isinstance(node, And):
        return node
    parts = [_together(part) for part in node.parts]
    if any(isinstance(inner, And | AndNot | Compare | Limit | Field)
           for part in parts for inner, _around in walk(part)):  # fmt: skip
        return node
    parts = [one for at, one in enumerate(parts)
             if not any(_holds(other, one) and not (_holds(one, other) and at < place)
                        for place, other in enumerate(parts) if place != at)]  # fmt: skip
    if len(parts) > MOST_TOGETHER:
        raise ScopusQueryError(
            _("More than {count} parts of one entry: {text}").format(
                count=MOST_TOGETHER, text=unparse(node)
            ),
            remedy=_("Ask for fewer words in one reference or affiliation."),
        )
    return _joined(Together, parts, node) or node


def _holds(wide: Node, narrow: Node) -> bool:
    """Whether each place of one part has the other: `"open science"` has `science`."""
    if not isinstance(wide, Term | Phrase) or not isinstance(narrow, Term | Phrase):
        return wide == narrow
    words, asked = normal.asked(wide.text), normal.asked(narrow.text)
    return any(
        all(_fits(word, other) for word, other in zip(words[at:], asked, strict=False))
        for at in range(len(words) - len(asked) + 1)
    )


def _fits(word: str, asked: str) -> bool:
    if word == asked:
        return True
    if normal.is_wild(word):
        return False
    if normal.is_wild(asked):
        pattern = re.escape(asked).replace(r"\*", ".*").replace(r"\?", ".")
        return re.fullmatch(pattern, word) is not None
    return form(word) == form(asked)


def _joined(kind: type, parts: list[Node], node: Node, **more) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(tuple(parts), **more, span=node.span)


def _either(parts: list[Node], node: Node) -> Node | None:
    """`EXCLUDE(…) OR EXCLUDE(…)` leaves out both."""
    out = [part for part in parts if isinstance(part, Limit) and part.exclude]
    kept = [part for part in parts if part not in out]
    if not out:
        return _joined(Or, kept, node)
    rest = _joined(Or, kept, node)
    return _joined(And, [*([rest] if rest else []), *out], node)


def _near(parts: list[Node], node: Near, code: str) -> Node | None:
    """A chain is read from the left; a field that holds every part stands around them all."""
    codes = {part.code for part in parts if isinstance(part, Field)}
    if codes:
        inside = [part.part for part in parts if isinstance(part, Field)]
        if len(codes) > 1 or len(inside) != len(parts):
            raise ScopusQueryError(
                _("Words of different fields cannot be near one another: {text}").format(
                    text=unparse(node)
                ),
                remedy=_("Write the field code around the proximity."),
            )
        code = codes.pop()
        held = _near(inside, node, code)
        return None if held is None else Field(code, held, span=node.span)
    for part in parts:
        wrong = [n for n, _around in walk(part) if isinstance(n, Compare | Limit | Field)]
        if wrong or where(code).is_filter:
            raise ScopusQueryError(
                _("Not a word that can be near another: {text}").format(
                    text=unparse(wrong[0] if wrong else part)
                ),
                remedy=_("Write the filter outside the proximity."),
            )
    parts = [_without_lead(part) for part in parts]
    if not parts:
        return None
    first, *others = parts
    for other in others:
        first = Near((first, other), node.within, node.ordered, span=node.span)
    return first


def _without_lead(node: Node) -> Node:
    if isinstance(node, Or):
        return Or(tuple(_without_lead(part) for part in node.parts), span=node.span)
    if isinstance(node, Exact):
        return Exact(node.text[normal.tokens(node.text)[0].start :], span=node.span)
    return node


def codes(tree: Node) -> set[str]:
    """The field codes that a query uses."""
    return {node.code for node, _around in walk(tree) if isinstance(node, Field | Compare | Limit)}

