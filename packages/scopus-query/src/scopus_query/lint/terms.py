"""Terms and phrases: doubled, included in others, forms of others, wildcards, stop words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from scopus_query import fields, normal
from scopus_query.language import N_
from scopus_query.lint.query import Found, LintedQuery
from scopus_query.rules import NOTE, WARNING, checks
from scopus_query.tree import Exact, Field, Near, Or, Phrase, Term, walk
from scopus_query.variants import form
from scopus_query.words import STOP_WORDS

_STEM = re.compile(r"[^*?]{3,}\*")


class _List(NamedTuple):
    """Terms that OR joins, each with the words that it asks for.

    Attributes
    ----------
    is_near : bool
        Whether the whole list stands beside a proximity operator.
    """

    leaves: list[Term | Phrase]
    keys: list[tuple[str, ...]]
    is_near: bool


def _leaves(node: Or) -> list[Term | Phrase]:
    leaves: list[Term | Phrase] = []
    for part in node.parts:
        if type(part) is Or:
            leaves += _leaves(part)
        elif type(part) is Term or type(part) is Phrase:
            leaves.append(part)
    return leaves


def _lists(query: LintedQuery) -> list[_List]:
    """The lists of a query, made once for all rules."""
    if _List not in query.made:
        query.made[_List] = list(_found_lists(query))
    return query.made[_List]


def _found_lists(query: LintedQuery) -> Iterator[_List]:
    for node, around in query.of(Or):
        outer = type(around[-1]) if around else None
        if outer is not Or:
            leaves = _leaves(node)
            yield _List(leaves, [_asked(leaf.text) for leaf in leaves], outer is Near)


@lru_cache(maxsize=1 << 17)  # more words than a long query has
def _asked(text: str) -> tuple[str, ...]:
    """The words that a term or loose phrase asks for, as the matching of texts cuts them."""
    return tuple(normal.asked(text))


def _forms(key: tuple[str, ...]) -> tuple[str, ...]:
    return (form(key[0]),) if len(key) == 1 else tuple(map(form, key))


@checks(
    "Q308", NOTE, N_("The same term twice"),
    N_("`{term}` stands in this list already."),
    N_("Leave one out."),
    N_("In a loose phrase a hyphen is a blank; case, punctuation and `'s` do not matter: "
       "`\"co-creation\"` and `\"co creation\"` are one term."),
    example='KEY("co-creation" OR "co creation")',
)  # fmt: skip
def _duplicate(query: LintedQuery) -> Found:
    for terms in _lists(query):
        if len(set(terms.keys)) == len(terms.keys):
            continue
        seen = set()
        for leaf, key in zip(terms.leaves, terms.keys, strict=True):
            if key in seen:
                yield leaf.span, {"term": query[leaf.span]}
            seen.add(key)


@checks(
    "Q309", NOTE, N_("Term that another one includes"),
    N_("`{term}` is included in `{other}` of the same list."),
    N_("Leave it out, or narrow the wider term."),
    N_("In a list joined by OR, `innovation*` finds all that `innovation` and `\"innovation "
       "hub\"` find."),
    example="TITLE(innovation OR innovat*)",
)  # fmt: skip
def _subsumed(query: LintedQuery) -> Found:
    has_stars = "*" in query.text
    for terms in _lists(query):
        if terms.is_near:  # what is wider matters there
            continue
        wild = has_stars and any(key and key[-1][-1:] == "*" for key in terms.keys)
        if not wild and max(map(len, terms.keys), default=0) < 2:
            continue
        keys = dict(zip(reversed(terms.keys), reversed(terms.leaves), strict=True))
        whole = {_forms(key): leaf for key, leaf in keys.items()}
        stems = {
            (*key[:-1], key[-1][:-1]): leaf for key, leaf in keys.items()
            if key and _STEM.fullmatch(key[-1])
        }  # fmt: skip
        for leaf, key in zip(terms.leaves, terms.keys, strict=True):
            other = _wider(key[:12], whole, stems) if stems or len(key) > 1 else None
            if other is not None:
                yield leaf.span, {"term": query[leaf.span], "other": query[other.span]}


def _wider(key: tuple[str, ...], whole: dict, stems: dict) -> Term | Phrase | None:
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            part = key[start:end]
            if part != key and _forms(part) in whole:
                return whole[_forms(part)]
            *before, last = part
            for length in range(3, min(len(last), 40) + 1) if stems else ():
                other = stems.get((*before, last[:length]))
                if other is not None and _asked(other.text) != key:
                    return other
    return None


@checks(
    "Q310", NOTE, N_("Form that Scopus finds by itself"),
    N_("`{term}` is found with `{other}`: Scopus finds plurals, possessives, and British and "
       "American spellings for one another."),
    N_("One of the two is enough in Scopus; other databases may need both."),
    N_("The singular finds the plural and the possessive, and spelling variants and Greek letters "
       "find one another, in words and in loose phrases."),
    example="TITLE(organisation OR organization)",
)  # fmt: skip
def _variant(query: LintedQuery) -> Found:
    for terms in _lists(query):
        forms = [_forms(key) for key in terms.keys]
        if len(set(forms)) == len(forms):
            continue
        seen: dict[tuple, Term | Phrase] = {}
        for leaf, key, alike in zip(terms.leaves, terms.keys, forms, strict=True):
            other = seen.setdefault(alike, leaf)
            if other is not leaf and _asked(other.text) != key:
                yield leaf.span, {"term": query[leaf.span], "other": query[other.span]}


@checks(
    "Q311", WARNING, N_("Wildcard in an exact phrase"),
    N_("In braces `{sign}` is a plain sign, not a wildcard."),
    N_("Write quotation marks instead of braces if it is to be a wildcard."),
    N_("Braces ask for exactly the signs between them, wildcards among them."),
    example="TITLE({open innovat*})",
)  # fmt: skip
def _exact_wildcard(query: LintedQuery) -> Found:
    for node, _around in query.of(Exact):
        sign = re.search(r"[*?]", node.text)
        if sign:
            yield node.span, {"sign": sign.group()}


@checks(
    "Q312", NOTE, N_("Wildcard in a phrase"),
    N_("Scopus's guides differ on whether `{sign}` works between quotation marks; read as a "
       "wildcard here."),
    N_("Look at the first hits for what it finds."),
    N_("An older help page says that wildcards between quotation marks are punctuation; newer "
       "guides and most published queries use them as wildcards."),
    example='TITLE("open innovat*")',
)  # fmt: skip
def _phrase_wildcard(query: LintedQuery) -> Found:
    for node, _around in query.of(Phrase):
        sign = re.search(r"[*?]", node.text)
        if sign:
            yield node.span, {"sign": sign.group()}


@checks(
    "Q313", WARNING, N_("Wildcard after too few letters"),
    N_("`{term}` leaves open nearly everything."),
    N_("Write at least three letters before the first `*`."),
    N_("A wildcard with fewer than four letters beside it stands for thousands of words; Scopus "
       "may refuse it or stop before all are found. `*tocopherol` is in order: it is an example of "
       "Elsevier's guide."),
    example="TITLE(in*)",
)  # fmt: skip
def _short_stem(query: LintedQuery) -> Found:
    for node, around in query.of(Term, Phrase):
        if "*" not in node.text:
            continue
        code = next((part.code for part in reversed(around) if isinstance(part, Field)), "")
        if code in fields.SHORT or fields.is_filter(code):
            continue
        for word in _asked(node.text):
            letters = [len(part) for part in re.split(r"[*?]+", word)]
            if "*" in word and len(word[: word.index("*")].replace("?", "")) < 3 and (
                max(letters) < 4
            ):
                yield node.span, {"term": query[node.span]}
                break


@checks(
    "Q314", WARNING, N_("Operator between quotation marks"),
    N_("`{operator}` is a word of the phrase `{phrase}` here, not an operator."),
    N_("Close the quotation marks before the operator if it is meant as one."),
    N_("Between quotation marks everything is text."),
    example='TITLE("university AND industry")',
)  # fmt: skip
def _quoted_operator(query: LintedQuery) -> Found:
    for node, _around in query.of(Phrase):
        inside = re.search(r"(?<=\s)(AND NOT|AND|OR|(?:W|PRE)/\d+)(?=\s)", node.text)
        if inside:
            yield node.span, {"operator": inside.group(), "phrase": query[node.span]}


@checks(
    "Q318", NOTE, N_("Stop word as a term"),
    N_("Scopus passes over `{term}` outside quotation marks."),
    N_("Leave it out, or write the phrase that it belongs to in quotation marks or braces."),
    N_("Very common words are not searched one by one. Only braces find them."),
    example="TITLE(the AND model)",
)  # fmt: skip
def _stop_word(query: LintedQuery) -> Found:
    for node, around in query.of(Term):
        if node.text.casefold() not in STOP_WORDS:
            continue
        code = next((part.code for part in reversed(around) if isinstance(part, Field)), "")
        if not fields.is_filter(code):
            yield node.span, {"term": node.text}


@checks(
    "Q324", WARNING, N_("Exact phrase near a wildcard"),
    N_("`{exact}` in braces stands in one proximity with the wildcard `{wild}`."),
    N_("Write the phrase in quotation marks, or the words in full."),
    N_("Elsevier's support pages (2026) name braces beside wildcards in a proximity among what its "
       "renewed parser reads otherwise than before."),
    example="TITLE({open innovation} W/3 universit*)",
)  # fmt: skip
def _exact_near_wildcard(query: LintedQuery) -> Found:
    for node, around in query.of(Near) if query.holds(Exact) else ():
        if around and isinstance(around[-1], Near):
            continue
        leaves = [leaf for leaf, _around in walk(node) if isinstance(leaf, Exact | Term | Phrase)]
        exact = next((leaf for leaf in leaves if isinstance(leaf, Exact)), None)
        wild = next((leaf for leaf in leaves if not isinstance(leaf, Exact)
                     and normal.is_wild(leaf.text)), None)  # fmt: skip
        if exact and wild:
            yield node.span, {"exact": query[exact.span], "wild": query[wild.span]}
