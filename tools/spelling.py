"""Spelling of the Russian and Kazakh texts: hunspell's dictionaries and the forms we accept.

Three checks, over the catalogs of a language, its columns of the codebook and its README:

spelling
    A word that neither the dictionary nor `locales/<language>/accepted.txt` knows. A form enters
    that file after somebody has read it; hyphenated words are read part by part. Kazakh forms are
    listed whole, because the dictionary knows too few stems and endings.
russian
    A Kazakh sentence of two words or more without any of ә ғ қ ң ө ұ ү һ і whose words the Russian
    dictionary all knows: it was left behind in Russian. Accepted words do not count as Russian.
mixed
    Cyrillic and Latin letters inside one word: it looks right and cannot be found.

How far to trust them, measured: of the distinct words of the article's Russian the dictionary
refuses 3 % (33 of 1,084, nearly all names and new words), of its Kazakh abstract 28 % (39 of 141,
one of them a real error); of one-letter typos in words that it knows it refuses 99 % (956 of 968)
and 97 % (87 of 90). In the codebook, the check for Russian has no false hit in 502 Kazakh texts and
finds 377 of 410 Russian ones put in their place; the rest hold a word that is new to the dictionary
and fail as misspelt. In the first Kazakh catalogs it had six false hits, all of two or three short
words that both languages have («модуль коды»); accepting such words settles it.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from babel.core import get_global

from compendium import project
from compendium.edition import catalogs
from compendium.edition.blocks import plain
from compendium.edition.catalogs import Finding
from compendium.errors import CompendiumError
from compendium.language.codebook import codebook

_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'ʼ][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n{2,}|\n(?=[-*|#])|\|")


@dataclass(frozen=True)
class Passage:
    """A text with the place a person would look it up at."""

    text: str
    place: str


def check(language: str) -> list[Finding]:
    """Misspelt, mixed and left-behind words of a language.

    Raises
    ------
    CompendiumError
        If hunspell or its dictionaries are not installed.
    """
    found = list(passages(language))
    out = [
        Finding(language, "", "spelling", word, file=", ".join(places))
        for word, places in unknown_words(language, found).items()
    ]
    for passage in found:
        for word in mixed(passage.text):
            out.append(Finding(language, "", "mixed", word, file=passage.place))
    if language == "kk":
        for passage, sentence in left_in_russian(found):
            out.append(Finding(language, "", "russian", sentence, file=passage.place))
    return out


def passages(language: str) -> Iterator[Passage]:
    """Every text of a language: catalogs, codebook, README."""
    for domain in catalogs.domains():
        place = str(project.relative(catalogs.file_of(language, domain)))
        for message in catalogs.load(language, domain):
            strings = message.string if message.id else ()
            for string in (strings,) if isinstance(strings, str) else strings:
                if string:
                    yield Passage(plain(string), place)
    for code, row in codebook().items():
        for column in (f"label_{language}", f"definition_{language}"):
            yield Passage(plain(row[column]), f"data/codebook.csv, {code}")
    readme = project.path(f"README.{language}.md")
    if readme.is_file():
        yield Passage(plain(_without_code(readme.read_text(encoding="utf-8"))), readme.name)


def _without_code(markdown: str) -> str:
    return re.sub(r"^(```|~~~).*?^\1\s*$", " ", markdown, flags=re.DOTALL | re.MULTILINE)


def unknown_words(
    language: str, found: Iterable[Passage] | None = None
) -> dict[str, tuple[str, ...]]:
    """Words to correct or, after a reading, to add to `accepted.txt`, with where they stand."""
    places: dict[str, dict[str, None]] = {}
    for passage in passages(language) if found is None else found:
        for word in words(passage.text):
            places.setdefault(word, {})[passage.place] = None
    known = accepted(language)
    open_words = [word for word in places if not {word, word.lower()} & known]
    refused = misspelt(language, open_words)
    return {word: tuple(places[word]) for word in sorted(refused)}


def words(text: str) -> list[str]:
    """Cyrillic words of a text; Latin ones and numbers are not ours to spell."""
    text = text.replace("\u0301", "").replace("\u00ad", "")
    return [w for w in _WORD.findall(text) if _CYRILLIC.search(w) and len(w) > 1]


def mixed(text: str) -> list[str]:
    """Words with letters of both alphabets in them."""
    return [w for w in _WORD.findall(text) if _CYRILLIC.search(w) and _LATIN.search(w)]


def left_in_russian(found: Iterable[Passage]) -> list[tuple[Passage, str]]:
    """Sentences of a Kazakh text that are Russian."""
    candidates = [
        (passage, sentence.strip(), own)
        for passage in found
        for sentence in _SENTENCE.split(passage.text)
        if len(own := words(sentence)) > 1 and not _KAZAKH.search(sentence)
    ]
    known = accepted("kk")
    unknown = misspelt("ru", {word for _, _, own in candidates for word in own})
    return [
        (passage, sentence)
        for passage, sentence, own in candidates
        if not unknown & set(own) and not all(word.lower() in known for word in own)
    ]


def accepted(language: str) -> frozenset[str]:
    """Forms that somebody has read and found right, one a line; a capital letter binds."""
    file = project.path("locales", language, "accepted.txt")
    return frozenset(file.read_text(encoding="utf-8").split() if file.is_file() else ())


def misspelt(language: str, forms: Iterable[str]) -> set[str]:
    """Those of the words that the language's dictionary refuses."""
    forms = set(forms)
    if missing(language):
        raise CompendiumError(
            missing(language), remedy="Install hunspell-ru and hunspell-kk, or leave the check out."
        )
    run = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", dictionary(language), "-l"],
        input="\n".join(sorted(forms)),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return forms & set(run.stdout.split("\n"))


def dictionary(language: str) -> str:
    """Name of a language's dictionary: with the country where most read it, as CLDR has it."""
    return f"{language}_{get_global('likely_subtags')[language].rsplit('_', 1)[1]}"


@lru_cache
def missing(language: str) -> str:
    """What is not installed; empty where the check can run."""
    if not shutil.which("hunspell"):
        return "hunspell is not installed."
    name = dictionary(language)
    listed = subprocess.run(
        ["hunspell", "-D"], input="", capture_output=True, encoding="utf-8", check=False
    )
    if not re.search(rf"/{name}$", listed.stderr + listed.stdout, re.MULTILINE):
        return f"hunspell has no dictionary {name}."
    return ""


def accept(language: str, forms: Iterable[str]) -> None:
    """Add forms that somebody has read to `accepted.txt`."""
    file = project.path("locales", language, "accepted.txt")
    lines = sorted({*accepted(language), *forms})
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Print the words of a language that nobody knows, with their places."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.spelling",
        description="Words of a translation that its dictionary and accepted.txt do not know.",
    )
    parser.add_argument("language", choices=catalogs.translated())
    language = parser.parse_args().language
    unknown = unknown_words(language)
    for word, places in sorted(unknown.items()):
        print(f"{word}\t{', '.join(places)}")
    print(f"Read each in its sentence, then add it to locales/{language}/accepted.txt.")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
