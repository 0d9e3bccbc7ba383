"""The glossary enforced: a term of the English text stands in its translation by its own word.

`locales/glossary.csv` holds a term a row. Its column `enforced` says where the term is looked for:

yes
    Wherever the English has it: a term of the method or the subject with one sense in this book.
alone
    Only where it is the whole message, because the word is also an everyday one ("search",
    "share", "level"), or is a label of the page.
no
    Nowhere, because even alone the word has another sense here ("figure" is a number too).

Several rows with the same English are alternatives, as are the parts of a cell between commas and
an abbreviation in brackets; a longer term hides the shorter ones inside it. Words are compared by
stem, so that case, number and possession do not matter, nor does their order.

Words of the columns `avoid_ru` and `avoid_kk` (traps, separated by semicolons) are refused in any
translation, whatever its English says.

How far to trust it, measured. On the codebook's 502 texts a language, where 218 terms occur, it
raised 18 alarms in Russian and 19 in Kazakh at first, nearly all false: вуз and ЖОО stood for
"university", and so on. The glossary learnt these, and none is left. On catalogs that it had not
been fitted to it raised 3 alarms in Russian, of 330 terms in 634 messages, and 3 in Kazakh, of 440
in 939; their translators could run the check as they wrote. With the codebook's translations dealt
out at random it sees 213 of the 218.

A translator who has a reason to write otherwise says so in a comment of the entry,
`# glossary: screening`, which names the English term, or the refused word, to let through.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from snowballstemmer import stemmer

from compendium import project
from compendium.edition import catalogs
from compendium.edition.blocks import plain
from compendium.edition.catalogs import Finding
from compendium.files import Kept
from compendium.language.codebook import codebook

WAIVER = "glossary:"
_KEPT = Kept()


@dataclass(frozen=True)
class Term:
    """A row of the glossary."""

    english: str
    translations: dict[str, str]
    enforced: str
    avoid: dict[str, tuple[str, ...]]

    @cached_property
    def name(self) -> str:
        """The English as it stands in a text: without what brackets explain, in small letters."""
        return _bare(self.english).lower()


def terms() -> tuple[Term, ...]:
    """The glossary, longest English first."""
    file = project.path("locales", "glossary.csv")
    return _KEPT.get(file, [file], lambda: _terms(file))


def _terms(file: Path) -> tuple[Term, ...]:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [
            Term(
                row["en"],
                {code: row[code] for code in catalogs.translated()},
                row["enforced"],
                {code: _listed(row[f"avoid_{code}"], ";") for code in catalogs.translated()},
            )
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(rows, key=lambda term: -len(term.name)))


def check(language: str) -> list[Finding]:
    """Terms that a language's catalogs and codebook translate otherwise, and words they avoid."""
    out = []
    for domain in catalogs.domains():
        for entry in catalogs.load(language, domain):
            if entry.id and not entry.fuzzy:
                plural = isinstance(entry.id, tuple)
                string = " ".join(entry.string) if plural else entry.string
                free = _waived(entry.user_comments)
                english = entry.id[1] if plural else entry.id
                out += [
                    Finding(language, domain, kind, english, detail)
                    for kind, detail in problems(english, string, language, free)
                ]
    for row in codebook().values():
        for column in ("label", "definition"):
            english, string = row[f"{column}_en"], row[f"{column}_{language}"]
            out += [
                Finding(language, "", kind, english, detail, f"data/codebook.csv, {row['code']}")
                for kind, detail in problems(english, string, language)
            ]
    return out


def problems(
    english: str, translation: str, language: str, free: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """What is wrong with one translation by the glossary.

    Parameters
    ----------
    english, translation : str
        The message and its translation; an empty translation has no problems here.
    language : str
        Code of the translation's language.
    free : set of str
        English terms and avoided words that this message may treat as it likes.

    Yields
    ------
    (kind, detail)
        ``term`` with what was expected, or ``avoid`` with the refused word.
    """
    if not translation.strip():
        return
    tokens = words(plain(translation))
    for term in _found(plain(english)):
        expected = _expected(term.name, language)
        named = term.name in translation.lower()  # a proper name in Latin letters
        if (
            not named
            and term.english not in free
            and not any(_stands(version, tokens, language) for version in expected)
        ):
            yield "term", f"{term.english!r} → {' / '.join(expected)}"
    for at, refused in sorted({phrase for token in tokens for phrase in _begun(token, language)}):
        if refused not in free and _occurs(refused, tokens, language):
            term = terms()[at]
            yield "avoid", f"{refused!r}; {term.english!r} → {term.translations[language]}"


@cache
def _expected(name: str, language: str) -> tuple[str, ...]:
    """How the terms of one English name may be translated."""
    rows = (term for term in terms() if term.name == name)
    return tuple(v for row in rows for v in _versions(row.translations[language]))


@cache
def _avoided(language: str) -> list[tuple[int, str, re.Pattern]]:
    """The refused phrases, each with the place of its term and a pattern of its first word."""
    return [
        (at, refused, _inflected(words(refused)[0], language))
        for at, term in enumerate(terms()) for refused in term.avoid[language]
    ]  # fmt: skip


@cache
def _begun(token: str, language: str) -> list[tuple[int, str]]:
    """The refused phrases that a word may begin."""
    return [(at, refused) for at, refused, first in _avoided(language) if first.fullmatch(token)]


@cache
def _found(english: str) -> list[Term]:
    """Terms of an English text, each once; a longer one hides those inside it."""
    whole = re.sub(r"[\W_]+", " ", english).strip().lower()
    hits = [*_finder("yes").finditer(english.lower())]
    if alone := _finder("alone").fullmatch(whole):
        hits.append(alone)
    return [terms()[at] for at in dict.fromkeys(int(hit.lastgroup[1:]) for hit in hits)]


@lru_cache
def _finder(enforced: str) -> re.Pattern:
    """One pattern of all terms that are enforced so; its group says which term."""
    patterns = [
        f"(?P<t{at}>{_english(term.name)})"
        for at, term in enumerate(terms())
        if term.enforced == enforced
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")


def _english(term: str) -> str:
    """A pattern of a term in singular or plural."""
    *first, last = re.findall(r"[^\W_]+", term)
    if last == "criterion":
        last = "criteri(?:on|a)"
    elif last.endswith("y"):
        last = f"{last[:-1]}(?:y|ies)"
    else:
        last = f"{last}(?:s|es)?"
    return r"[\W_]+".join([*map(re.escape, first), last])


def words(text: str) -> list[str]:
    """Words in small letters; the parts of a hyphenated one are words too."""
    return re.findall(r"[^\W\d_]+", text.lower().replace("ё", "е").replace("\u0301", ""))


def _bare(term: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", term).strip()


def _versions(cell: str) -> list[str]:
    """Alternatives in a cell: between commas, and an abbreviation in brackets."""
    return [*_listed(_bare(cell), ","), *re.findall(r"\(([^\W\d_a-zа-я]{2,})\)", cell)]


def _listed(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(separator) if part.strip())


def _waived(comments: list[str]) -> frozenset[str]:
    return frozenset(
        part
        for comment in comments
        if comment.startswith(WAIVER)
        for part in _listed(comment.removeprefix(WAIVER), ",")
    )


def _stands(term: str, tokens: list[str], language: str) -> bool:
    """Whether each word of a term begins some word of the text, in any order."""
    needed = [word for word in words(term) if len(word) > 3] or words(term)
    return all(any(_stem(word, language).match(token) for token in tokens) for word in needed)


def _occurs(phrase: str, tokens: list[str], language: str) -> bool:
    """Whether the words of a phrase stand side by side, in any inflected form."""
    parts = [_inflected(word, language) for word in words(phrase)]
    return any(
        all(part.fullmatch(token) for part, token in zip(parts, tokens[at:], strict=False))
        for at in range(len(tokens) - len(parts) + 1)
    )


_VOICED = {"қ": "[қғ]", "ғ": "[қғ]", "к": "[кг]", "г": "[кг]", "п": "[пб]", "б": "[пб]"}
_KAZAKH_ENDING = re.compile(
    r"(?:[лдт][ае]р)?(?:(?<=[аәеоөуұүыіиюя])с[ыі]|[ыі])?$"  # plural, possession
)
_KAZAKH_INFLECTION = (
    r"(?:[лдт][ае]р)?(?:с?[ыі]|[ыі]?м[ыі]з)?(?:[нтд][ыі]ң|[нтд]?[ыі]|[кқгғ][ае]|н?[ае]|[дт][ае]н?|н[ае]н"
    r"|нд[ае]н?|[мбп]ен|д[ае]ғ[ыі]|д[ае]г[ыі])?"
)
_russian = stemmer("russian")


@cache
def _stem(word: str, language: str) -> re.Pattern:
    """A pattern that begins every inflected form of a word; it also begins its close relatives."""
    if language == "kk":
        return _kazakh_stem(word)
    stem = _russian.stemWord(word)
    for ending in (r"(?:ен|ан)$", r"(?<=[бвгджзклмнпрстфхцчшщй])[ое]?[кц]$"):
        shorter = re.sub(ending, "", stem)
        if shorter != stem and len(shorter) >= 4:
            stem = shorter
            break
    # уровень → уровня: the vowel drops out.
    return re.compile(re.sub(r"(?<=...)е(?=[нлр]$)", "е?", stem) if len(stem) > 1 else word)


def _kazakh_stem(word: str) -> re.Pattern:
    stem = _KAZAKH_ENDING.sub("", word) if len(word) > 4 else word
    if len(stem) < 3 or re.search(r"[рс]н[ыі]$", word):
        stem = word.rstrip("ыі")
    stem = re.sub(r"(?<=...)(?:[дт][ыі]|[ғгқк][ае]н|у|ь)$", "", stem)
    # орын → орны: a narrow vowel drops out before an ending.
    stem = re.sub(r"[ыі](?=[нлр]$)|(?<=[рс])(?=н$)", "[ыі]?", stem)
    return re.compile(re.sub(r"[қғкгпб]$", lambda match: _VOICED[match.group()], stem))


@cache
def _inflected(word: str, language: str) -> re.Pattern:
    """A pattern of a word's inflected forms and of nothing else."""
    if language == "kk":
        last = _VOICED.get(word[-1], re.escape(word[-1]))
        return re.compile(re.escape(word[:-1]) + last + _KAZAKH_INFLECTION)
    stem = _russian.stemWord(word)
    endings = r"(?:[аеёиоуыэюяйь]+|[аеиоуыюя]?(?:в|м|х|ми|го|му))?"
    return re.compile(re.escape(stem) + endings)
