"""Catalogs for translators: extracted from chapters, code and data, merged, counted, checked."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, unescape, write_po
from pybtex.database import parse_file

from compendium import data, digest, project
from compendium.edition import blocks, chapters
from compendium.errors import CompendiumError
from compendium.files import replace
from compendium.language import LANGUAGES, _
from compendium.language.active import SOURCE
from compendium.language.codebook import codebook
from compendium.language.words import CODEBOOK
from compendium.synthesis import form

CODE = {
    "review": ("src/review", "locales/{language}/review.po"),
    "compendium": ("src/compendium", "src/compendium/locales/{language}.po"),
    "scopus-query": (
        "packages/scopus-query/src/scopus_query",
        "packages/scopus-query/src/scopus_query/locales/{language}.po",
    ),
}
"""Catalogs of code: where the code lies, and where its catalog does, which goes with it."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_HEADER = "# Translations of the compendium. See TRANSLATING.md.\n#"


def translated() -> list[str]:
    """Languages that the book is translated into."""
    return [code for code in LANGUAGES if code != SOURCE]


def domains() -> list[str]:
    """Names of the catalogs: one a chapter, the data's, and the code's where it lies here."""
    code = [name for name, (source, _file) in CODE.items() if project.path(source).is_dir()]
    return [*chapters.names(), *code, "data"]


def template(domain: str) -> Catalog:
    """What there is to translate in a domain, in the order a reader meets it."""
    if domain in CODE:
        return _code(CODE[domain][0])
    if domain == "data":
        return _data()
    catalog = _empty()
    for at, cell in enumerate(chapters.read(domain).cells):
        if cell.cell_type == "markdown":
            found: list[str] = []
            blocks.translate(cell.source, partial(_kept, found))
            for text in found:
                catalog.add(text, locations=[(f"chapters/{domain}.ipynb", at)])
    return catalog


def _code(source: str) -> Catalog:
    catalog = _empty()
    here = project.current()
    files = sorted(here.path(source).rglob("*.py"))
    extracted = here.kept.get(("messages", source), files, lambda: _extracted(source))
    for file, line, message, comments, context in extracted:
        catalog.add(
            message, locations=[(f"{source}/{file}", line)], auto_comments=comments,
            context=context,
        )
    return catalog


def _extracted(source: str) -> list[tuple]:
    """The messages of some code, as Babel finds them: reading all of it takes a second."""
    return list(extract_from_dir(
        str(project.path(source)), [("**.py", "python")],
        keywords={**DEFAULT_KEYWORDS, "N_": None},
        comment_tags=("Translators:",), strip_comment_tags=True,
    ))  # fmt: skip


def _kept(found: list[str], text: str) -> str:
    found.append(text)
    return text


def _data() -> Catalog:
    catalog = _empty()
    for place, string in _data_strings():
        # Babel reads and writes places without a line, though its types do not say so.
        catalog.add(string, locations=[(place, None)])  # type: ignore[list-item]
    return catalog


def _data_strings() -> Iterator[tuple[str, str]]:
    descriptor = json.loads(project.path("data", "datapackage.json").read_text(encoding="utf-8"))
    for entry in descriptor["resources"]:
        place = f"data/{entry['path']}"
        fields = entry.get("schema", {}).get("fields", [])
        for described in (entry, *fields):
            for key in ("title", "description"):
                if described.get(key):
                    yield "data/datapackage.json", described[key]
        for part in entry.get("translatable", ()):
            for item in data.document(entry["name"]) or []:
                yield place, item[part]
        for field in (f["name"] for f in fields if f.get("translatable")):
            with project.path("data", entry["path"]).open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    if row[field] and (entry["name"] != "extraction" or _is_words(row, field)):
                        yield place, row[field]
    yield from _notes()


def _is_words(extracted: dict[str, str], field: str) -> bool:
    return field != "value" or form.is_text(extracted["category"])


def _notes() -> Iterator[tuple[str, str]]:
    """Notes of the bibliography, which its readers read in their language."""
    file = project.path("data", "references.bib")
    for entry in parse_file(str(file)).entries.values():
        if entry.fields.get("note"):
            yield "data/references.bib", entry.fields["note"]


def _empty() -> Catalog:
    return Catalog(project="compendium", charset="utf-8", header_comment=_HEADER, fuzzy=False)


def file_of(language: str, domain: str) -> Path:
    """Where a catalog lies."""
    pattern = CODE[domain][1] if domain in CODE else f"locales/{{language}}/{domain}.po"
    return project.path(pattern.format(language=language))


def load(language: str, domain: str) -> Catalog:
    """A catalog as it stands; empty where there is none yet.

    Raises
    ------
    CompendiumError
        If the file is not a gettext catalog.
    """
    file = file_of(language, domain)
    if not file.is_file():
        return Catalog(locale=language, header_comment=_HEADER)
    try:
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=language, domain=domain, abort_invalid=True)
        for message in (*catalog, *catalog.obsolete.values()):
            _take_previous(message)
        return catalog
    except Exception as error:
        raise CompendiumError(
            _("The catalog cannot be read: {why}.").format(why=error),
            path=project.relative(file),
            remedy=_("Open it in a PO editor, which shows the broken entry."),
        ) from error


def _take_previous(message: Message) -> None:
    """Give a fuzzy message its former text back, which Babel reads as a translator's comment."""
    former = [line for line in message.user_comments if line.startswith("| ")]
    message.user_comments = [line for line in message.user_comments if line not in former]
    if former and message.fuzzy:
        # Babel wraps these lines as a comment's, in the middle of strings too.
        text = " ".join(line[2:] for line in former)
        message.previous_id = [
            "".join(unescape(string) for string in _QUOTED.findall(part))
            for part in re.split(r"msgid(?:_plural)? ", text)[1:]
        ]


def merge(language: str, domain: str) -> Catalog:
    """Bring a catalog up to date with its template; what changed becomes fuzzy, nothing is lost."""
    catalog = load(language, domain)
    former = {message.id: message.previous_id for message in catalog if message.previous_id}
    _borrow(catalog, language, domain)
    catalog.update(template(domain), update_header_comment=False)
    for message in catalog:
        if message.fuzzy and not message.previous_id:
            message.previous_id = former.get(message.id, [])
    write(language, domain, catalog)
    return catalog


def _borrow(catalog: Catalog, language: str, domain: str) -> None:
    """Take over from the catalogs of code what has moved here, into other code or the data."""
    if domain not in (*CODE, "data"):
        return
    others = [load(language, other) for other in CODE if other != domain]
    for message in template(domain):
        if not message.id or ((entry := catalog.get(message.id, message.context)) and entry.string):
            continue
        for other in others:
            there = other.get(message.id, message.context)
            if there and _complete(there) and not there.fuzzy:
                catalog.add(message.id, there.string, context=message.context)
                break


def write(language: str, domain: str, catalog: Catalog) -> None:
    """Write a catalog where it lies, the same way in every run."""
    catalog.fuzzy = False
    content = BytesIO()
    write_po(content, catalog, width=100, include_previous=True, omit_header=True)
    head = (
        f"{_HEADER}\nmsgid \"\"\nmsgstr \"\"\n"
        f'"Language: {language}\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    file = file_of(language, domain)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = head + content.getvalue().decode("utf-8").rstrip("\n") + "\n"
    if not file.is_file() or file.read_text(encoding="utf-8") != new:
        replace(file, new)


@dataclass(frozen=True)
class Finding:
    """Something that a translator has to look at, in a catalog or in the `file` that it names."""

    language: str
    domain: str
    kind: str
    message: str
    detail: str = ""
    file: str = ""

    def __str__(self) -> str:
        excerpt = self.message if len(self.message) < 80 else self.message[:77] + "…"
        place = self.file or project.relative(file_of(self.language, self.domain))
        return f"{place}: {self.kind}: {excerpt!r}{' ' + self.detail if self.detail else ''}"


def findings(language: str, domain: str) -> list[Finding]:
    """Missing, fuzzy and broken entries of a catalog, against what is there to translate today."""
    catalog, out = load(language, domain), []
    for message in template(domain):
        if not message.id:
            continue
        entry = catalog.get(message.id, message.context)
        if entry is None or not _complete(entry):
            out.append(Finding(language, domain, "missing", _first(message)))
        elif entry.fuzzy:
            out.append(Finding(language, domain, "fuzzy", _first(message)))
        else:
            out += _broken(language, domain, entry)
    return out + (_unlabelled(language) if domain == "data" else [])


def told(language: str) -> list[str]:
    """All findings of a language as text; those of a catalog are kept until it changes.

    To look for messages takes as long as to make a page.
    """
    means = digest.of_files([*project.PACKAGE.rglob("*.py"), project.path("requirements.lock")])
    kept = project.path("_build", "findings", f"{language}.json")
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    now = {}
    for domain in domains():
        # A chapter's blocks are its own; the data's messages lie anywhere in the folder.
        source = "data" if domain == "data" else CODE.get(domain, ("",))[0]
        made_of = project.path(source or f"chapters/{domain}.ipynb")
        stamp = digest.of_texts(means, digest.of_files([made_of, file_of(language, domain)]))
        if known.get(domain, [""])[0] != stamp:
            known[domain] = [stamp, [str(finding) for finding in findings(language, domain)]]
        now[domain] = known[domain]
    replace(kept, json.dumps(now, ensure_ascii=False))
    return [finding for _stamp, found in now.values() for finding in found]


def _unlabelled(language: str) -> list[Finding]:
    """Codes that have no label or no definition in a language."""
    return [
        Finding(language, "data", "missing", code, f"({column})", file="/".join(CODEBOOK))
        for code, row in codebook().items()
        for column in (f"label_{language}", f"definition_{language}")
        if not row.get(column)
    ]


def _broken(language: str, domain: str, entry: Message) -> list[Finding]:
    source, out = _forms(entry.id)[-1], []
    for string in _forms(entry.string):
        wanted, found = blocks.anatomy(source), blocks.anatomy(string)
        for word, difference in (("lost", wanted - found), ("added", found - wanted)):
            if difference:
                parts = ", ".join(" ".join(part) for part in difference)
                out.append(Finding(language, domain, "broken", source, f"{word}: {parts}"))
    return out


def _complete(entry: Message) -> bool:
    return all(_forms(entry.string))


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: str | Sequence[str] | None) -> list[str]:
    """Singular and plurals of a text; one that has no plural is its only form."""
    return [text or ""] if text is None or isinstance(text, str) else list(text)


def coverage(language: str) -> dict[str, tuple[int, int]]:
    """Translated and all messages of each catalog of a language; the codebook's are among data."""
    out = {}
    for domain in domains():
        total = sum(1 for message in template(domain) if message.id)
        if domain == "data":
            total += len(codebook())
        unfinished = {f.message for f in findings(language, domain) if f.kind != "broken"}
        out[domain] = (total - len(unfinished), total)
    return out


def gettext(language: str, domain: str):
    """A function that translates a chapter's blocks; an untranslated block stays English."""
    if language == SOURCE:
        return lambda text: text
    catalog = load(language, domain)

    def translated(text: str) -> str:
        entry = catalog.get(text)
        return _forms(entry.string)[0] if entry and entry.string and not entry.fuzzy else text

    return translated
