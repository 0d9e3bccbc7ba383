"""Codes of languages, document types, stages, kinds of source and open access."""

from __future__ import annotations

from functools import lru_cache

from scopus_query import values

DOCUMENT_TYPES = frozenset(value.name for value in values.DOCUMENT_TYPES)


@lru_cache(maxsize=4096)
def code(kind: str, text: str) -> str:
    """The code that a word means; the word itself, in lower case, if nobody knows it."""
    word = " ".join(text.split()).casefold()
    known = values.named(kind)
    found = known.get(word)
    if found is None and ";" in word:  # Web of Science: `Article; Early Access`
        found = known.get(word.split(";")[0].strip())
    found = found or known.get(word.replace("-", " "))  # SciELO: `research-article`
    return found.name if found else word


@lru_cache(maxsize=4096)
def languages(text: str) -> tuple[str, ...]:
    """ISO 639-1 codes of the languages named, each once; an unknown name is left as it is."""
    known = values.languages()
    words = (" ".join(part.split()).casefold() for part in text.replace("|", ";").split(";"))
    found = (known.get(word) or known.get(word.split("-")[0]) or word for word in words if word)
    return tuple(dict.fromkeys(one if isinstance(one, str) else one.code for one in found))


@lru_cache(maxsize=4096)
def open_access(text: str) -> tuple[str, ...]:
    """Codes of the ways in which a publication is open; with any, `all` comes first."""
    parts = text.replace("|", ";").replace(",", ";").split(";")
    found = [code("open_access", part) for part in parts if part.strip()]
    if found and found != ["none"] and "all" not in found:
        found.insert(0, "all")
    return tuple(dict.fromkeys(found))
