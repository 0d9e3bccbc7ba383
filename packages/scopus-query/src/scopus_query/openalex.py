"""A Scopus query as a search address of OpenAlex, whose filters are joined by AND."""

from __future__ import annotations

import re
from urllib.parse import quote

from scopus_query import columns, normal
from scopus_query.language import N_, _
from scopus_query.platform_query import Loss
from scopus_query.tree import And, AndNot, Compare, Exact, Field, Limit, Near, Node, Or, walk
from scopus_query.unparse import unparse

ADDRESS = "https://api.openalex.org/works?filter="
_SEARCHES = {
    "TITLE": "title.search", "ABS": "abstract.search", "ALL": "default.search",
    "TITLE-ABS": "title_and_abstract.search", "TITLE-ABS-KEY": "title_and_abstract.search",
    "AFFIL": "raw_affiliation_strings.search",
}  # fmt: skip
_ENDS = (1000, 3000)
_NOTES = {"TITLE-ABS-KEY": N_("keywords are not searched: title and abstract are"),
          "ALL": N_("all fields are title, abstract and full text there")}  # fmt: skip
_TYPES = {"ar": "article", "re": "review", "cp": "article", "bk": "book", "ch": "book-chapter",
          "ed": "editorial", "er": "erratum", "le": "letter", "rp": "report", "dp": "dataset"}
_LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "russian": "ru",
              "kazakh": "kk", "chinese": "zh", "portuguese": "pt"}  # fmt: skip


def search_url(tree: Node) -> tuple[str, list[Loss]]:
    """The address that asks for a query's works, and what it does not ask for.

    Parameters
    ----------
    tree : Node
        As `meaning.meant` gives it.
    """
    filters: list[str] = []
    losses: list[Loss] = []
    years = []
    for node, code in _parts(tree, "ALL", losses):
        if isinstance(node, Compare) and node.code == "PUBYEAR":
            years.append(node)
        elif _is_value(node):
            filters += _value(node, losses)
        else:
            filters += _search(node, code, losses)
    if years:
        filters.append(_span(years))
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


def _is_value(node: Node) -> bool:
    return isinstance(node, Limit | Compare) or (
        isinstance(node, Field) and columns.where(node.code).is_filter
    )


def _span(years: list[Compare]) -> str:
    first, last = _ENDS
    for year in years:
        first = max(first, year.value + (year.sign == ">")) if year.sign in ">=" else first
        last = min(last, year.value - (year.sign == "<")) if year.sign in "<=" else last
    return f"publication_year:{first}-{last}"


def _value(node: Node, losses: list[Loss]) -> list[str]:
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
    if column == "document_type" and joined and all(value in _TYPES for value in held):
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
    if code not in _SEARCHES or mixed:
        reason = (
            _("left out: different fields cannot be joined by OR or NOT") if mixed
            else _("left out: OpenAlex does not search {code}").format(code=code)
        )  # fmt: skip
        losses.append(Loss(unparse(node), reason, node.span))
        return []
    note = Loss(code, _(_NOTES[code]), node.span) if code in _NOTES else None
    if note and all((x.text, x.reason) != (code, note.reason) for x in losses):
        losses.append(note)
    text = _text(node, losses)
    return [f"{_SEARCHES[code]}:{text}"] if text else []


def _text(node: Node, losses: list[Loss], inside: bool = False) -> str:
    """A part in OpenAlex's words; empty if it cannot be asked."""
    if isinstance(node, Or | And | Near | AndNot):
        if isinstance(node, Near):
            losses.append(Loss(unparse(node), _("asked as AND: there is no nearness"), node.span))
        operator = {Or: " OR ", AndNot: " NOT "}.get(type(node), " AND ")
        texts = [_text(part, losses, True) for part in node.children]
        if isinstance(node, AndNot) and not texts[0]:
            reason = _("left out: nothing is left to take from")
            losses.append(Loss(unparse(node), reason, node.span))
            return ""
        texts = [text for text in texts if text]
        text = operator.join(texts)
        return f"({text})" if inside and len(texts) > 1 else text
    words = normal.asked(node.text)
    if any("?" in word or "*" in word.rstrip("*") or not word.strip("*") for word in words):
        losses.append(Loss(unparse(node), _("left out: no wildcards inside a word"), node.span))
        return ""
    if any(normal.is_wild(word) for word in words):
        reason = _("the wildcard is left out: words are stemmed")
        losses.append(Loss(unparse(node), reason, node.span))
    if isinstance(node, Exact):
        losses.append(Loss(unparse(node), _("searched as a phrase"), node.span))
    plain = " ".join(re.sub(r'[*",|]', " ", node.text).split())
    return plain if len(words) == 1 and plain.isalnum() else f'"{plain}"'
