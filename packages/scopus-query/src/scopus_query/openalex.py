"""A Scopus query as a search address of OpenAlex, whose filters are joined by AND."""

from __future__ import annotations

import re
from typing import TypeGuard
from urllib.parse import quote

from scopus_query import columns, normal
from scopus_query.language import N_, _
from scopus_query.losses import Loss
from scopus_query.meaning import meant
from scopus_query.platform_query import (
    alternatives,
    only_filters,
    passed_over,
    simple,
    spelled,
)
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
    Together,
    text_of,
    walk,
)
from scopus_query.unparse import unparse

ADDRESS = "https://api.openalex.org/works?filter="
_SEARCHES = {
    "TITLE": "title.search", "ABS": "abstract.search", "ALL": "default.search",
    "TITLE-ABS": "title_and_abstract.search", "TITLE-ABS-KEY": "title_and_abstract.search",
    "AFFIL": "raw_affiliation_strings.search",
}  # fmt: skip
_TOPIC = {"TITLE", "ABS", "KEY", "AUTHKEY", "INDEXTERMS", "TITLE-ABS", "TITLE-ABS-KEY"}
_ENDS = (1000, 3000)
_NOTES = {"TITLE-ABS-KEY": N_("keywords are not searched: title and abstract are"),
          "ALL": N_("all fields are title, abstract and full text there")}  # fmt: skip
_TYPES = {"ar": "article", "re": "review", "cp": "article", "bk": "book", "ch": "book-chapter",
          "ed": "editorial", "er": "erratum", "le": "letter", "rp": "report"}
_LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "russian": "ru",
              "kazakh": "kk", "chinese": "zh", "portuguese": "pt"}  # fmt: skip


def search_url(tree: Node) -> tuple[str, list[Loss]]:
    """The address that asks for a query's works, and what it does not ask for.

    Parameters
    ----------
    tree : Node
    """
    filters: list[str] = []
    losses = passed_over(tree)
    years = []
    asked = False
    whole = simple(meant(tree))
    for node, code in _parts(whole, "ALL", losses):
        if isinstance(node, Compare) and node.code == "PUBYEAR":
            years.append(node)
        elif _is_value(node):
            filters += _value(node, losses)
        else:
            found = _search(node, code, losses)
            asked = asked or bool(found)
            filters += found
    if not asked and (filters or years) and not only_filters(whole):
        reason = _("left out: nothing but filters would be left")
        losses.append(Loss(unparse(whole), reason, whole.span))
        return "", losses
    if years:
        filters += _span(years, losses)
    return (ADDRESS + quote(",".join(filters), safe=":,|!-") if filters else ""), losses


def _parts(node: Node, code: str, losses: list[Loss]) -> list[tuple[Node, str]]:
    """What is joined by AND at the top, each with the field around it."""
    if isinstance(node, And):
        return [found for part in node.parts for found in _parts(part, code, losses)]
    if isinstance(node, AndNot) and _is_mixed(node):
        reason = _("left out: what is taken away is in another field")
        losses += [Loss(f"AND NOT {unparse(part)}", reason, part.span) for part in node.unwanted]
        return _parts(node.wanted, code, losses)
    if isinstance(node, Field) and isinstance(node.part, And):
        return _parts(node.part, node.code, losses)
    if isinstance(node, Field) and not columns.where(node.code).is_filter:
        return [(node.part, node.code)]
    return [(node, code)]


def _is_mixed(node: Node) -> bool:
    """Whether a part asks in more than the field around it."""
    return any(isinstance(inner, Field) or _is_value(inner) for inner, _outer in walk(node))


def _is_value(node: Node) -> TypeGuard[Limit | Compare | Field]:
    return isinstance(node, Limit | Compare) or (
        isinstance(node, Field) and columns.where(node.code).is_filter
    )


def _span(years: list[Compare], losses: list[Loss]) -> list[str]:
    first, last = _ENDS
    for year in years:
        first = max(first, year.value + (year.sign == ">")) if year.sign in ">=" else first
        last = min(last, year.value - (year.sign == "<")) if year.sign in "<=" else last
    if first > last:
        reason = _("left out: no year is within these bounds")
        losses += [Loss(unparse(year), reason, year.span, True) for year in years]
        return []
    return [f"publication_year:{first}-{last}"]


def _value(node: Limit | Compare | Field, losses: list[Loss]) -> list[str]:
    out = isinstance(node, Limit) and node.exclude
    texts = node.values if isinstance(node, Limit) else [
        leaf.text for leaf, _around in walk(node) if hasattr(leaf, "text")
    ]  # fmt: skip
    place = columns.where(node.code)
    column = place.columns[0] if place.columns else ""
    held = [columns.value(column, text) for text in texts]
    joined = not any(isinstance(inner, And | AndNot) for inner, _outer in walk(node))
    if column == "language" and joined and all(value in _LANGUAGES for value in held):
        return [_listed("language", [_LANGUAGES[value] for value in held], out)]
    # An article of OpenAlex may be a conference paper of Scopus: neither is taken away alone.
    mixed_up = out and len({"ar", "cp"} & {*held}) == 1
    known = all(value in _TYPES for value in held) and not mixed_up
    if column == "document_type" and joined and known:
        reason = _("publication types are not Scopus's document types")
        losses.append(Loss(node.code, reason, node.span))
        if "cp" in held:
            losses.append(Loss(unparse(node), _("conference papers are articles there"), node.span))
        return [_listed("type", dict.fromkeys(_TYPES[value] for value in held), out)]
    if column == "open_access" and held in (["all"], ["none"]):
        return [f"is_oa:{'true' if (held == ['all']) != out else 'false'}"]
    if node.code == "PUBYEAR" and isinstance(node, Limit):
        return [_listed("publication_year", node.values, out)]
    reason = _("left out: no filter of OpenAlex is known for {code}").format(code=node.code)
    losses.append(Loss(unparse(node), reason, node.span))
    return []


def _listed(name: str, values, out: bool) -> str:
    if out:
        return ",".join(f"{name}:!{value}" for value in values)
    return f"{name}:{'|'.join(values)}"


def _search(node: Node, code: str, losses: list[Loss]) -> list[str]:
    mixed = _is_mixed(node)
    together = _topic(node, code) if mixed else None
    if together is not None:
        reason = _("asked in title and abstract: different fields cannot be joined by OR")
        losses.append(Loss(unparse(node), reason, node.span, True))
        node, code, mixed = together, "TITLE-ABS", False
    if code not in _SEARCHES or mixed:
        reason = (
            _("left out: different fields cannot be joined by OR or NOT") if mixed
            else _("left out: OpenAlex does not search {code}").format(code=code)
        )  # fmt: skip
        text = unparse(node) if mixed or code == "ALL" else f"{code}({unparse(node)})"
        losses.append(Loss(text, reason, node.span, True))
        return []
    note = Loss(code, _(_NOTES[code]), node.span) if code in _NOTES else None
    if note and all((x.text, x.reason) != (code, note.reason) for x in losses):
        losses.append(note)
    text = _text(node, losses)
    return [f"{_SEARCHES[code]}:{text}"] if text else []


def _topic(node: Node, code: str) -> Node | None:
    """Parts in the title, the abstract or the keywords as one part in all of them."""
    parts = alternatives(node, code)
    if len(parts) < 2 or any(around not in _TOPIC or _is_mixed(part) for part, around in parts):
        return None
    found = tuple(dict.fromkeys(part for part, _around in parts))
    return Or(found, span=node.span) if len(found) > 1 else found[0]


def _text(node: Node, losses: list[Loss], inside: bool = False) -> str:
    """A part in OpenAlex's words; empty if it cannot be asked."""
    if isinstance(node, AndNot):
        return _without(node, losses, inside)
    if isinstance(node, Or | And | Near | Together):
        if isinstance(node, Near):
            reason = _("asked as AND: there is no nearness")
            losses.append(Loss(unparse(node), reason, node.span, True))
        if isinstance(node, Together):
            reason = _("asked as AND: not within one entry")
            losses.append(Loss(unparse(node), reason, node.span, True))
        texts = [text for part in node.parts if (text := _text(part, losses, True))]
        text = (" OR " if isinstance(node, Or) else " AND ").join(texts)
        return f"({text})" if inside and len(texts) > 1 else text
    own = text_of(node)
    words = normal.asked(own)
    wild = [] if isinstance(node, Exact) else [word for word in words if normal.is_wild(word)]
    if wild:
        known = spelled(wild[0]) if len(wild) == 1 else []
        reason = (_("asked as the spellings that are known") if known
                  else _("left out: only whole words are found there"))  # fmt: skip
        losses.append(Loss(unparse(node), reason, node.span, True))
        texts = [" ".join(one if word == wild[0] else word for word in words) for one in known]
        parts = tuple(Phrase(text) for text in texts)
        return _text(Or(parts), losses, inside) if parts else ""
    if isinstance(node, Exact):
        losses.append(Loss(unparse(node), _("searched as a phrase"), node.span))
    plain = " ".join(re.sub(r'[*?",|\'‘’]', " ", own).split())
    return plain if len(words) == 1 and plain.isalnum() else f'"{plain}"'


def _without(node: AndNot, losses: list[Loss], inside: bool) -> str:
    """What is asked for differently is not taken away: it would take more than asked."""
    wanted = _text(node.wanted, losses, True)
    if not wanted:
        reason = _("left out: nothing is left from which it could be taken")
        losses.append(Loss(unparse(node), reason, node.span, True))
        return ""
    texts = [wanted]
    for part in [one for each in node.unwanted for one, _code in alternatives(each, "ALL")]:
        before = len(losses)
        text = _text(part, losses, True)
        if text and any(loss.changes for loss in losses[before:]):
            reason = _("left out: AND NOT would take away more than Scopus does")
            losses.append(Loss(unparse(part), reason, part.span, True))
        elif text:
            texts.append(text)
    text = " NOT ".join(texts)
    return f"({text})" if inside and len(texts) > 1 else text
