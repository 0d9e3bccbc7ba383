"""A bibliographic record, and what a reader says of an entry that it could not take as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from compendium.records import identity

IDENTIFIERS = (*identity.OWN, "doi")
"""Identifiers of a work, the strongest first."""
DATABASES = {"eid": "Scopus", "wos": "Web of Science", "pmid": "PubMed", "openalex": "OpenAlex",
             "embase": "Embase", "cochrane": "Cochrane Library", "lens": "Lens",
             "dimensions": "Dimensions", "ieee": "IEEE Xplore", "proquest": "ProQuest",
             "ebsco": "EBSCOhost", "elibrary": "eLIBRARY.RU", "ovid": "Ovid",
             "core": "CORE", "eric": "ERIC"}  # fmt: skip
"""The database that gives an identifier, by its field or by what stands before an accession."""


@dataclass(slots=True)
class Record:
    """A publication as an export describes it, its values normalised.

    An empty string, an empty tuple or None is unknown. `original` keeps, by field, what stood in
    the export where normalising changed it; `extra` keeps, by column or tag, what has no field
    here. Two records are equal if they say the same, wherever they were read.

    Attributes
    ----------
    authors, editors : tuple of str
        `Family, Given`; a name that is not divided, such as a body's, has no comma.
    date : str
        ISO 8601, as far as it is known: `2019`, `2019-08` or `2019-08-02`.
    pages : str
        `66–83`.
    language : tuple of str
        ISO 639-1 codes.
    document_type, stage, source_type : str
        Codes of `codes`.
    open_access : tuple of str
        Codes of `codes`; `none` if the export says that there is none.
    accession : str
        Another database's own identifier, with its name before it: `embase:2000000001`.
    reader, file, line
        Which reader found it where; no part of what the record says.
    """

    title: str = ""
    abstract: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    year: int | None = None
    date: str = ""
    source: str = ""
    abbreviated_source: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    doi: str = ""
    eid: str = ""
    wos: str = ""
    pmid: str = ""
    openalex: str = ""
    accession: str = ""
    issn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    document_type: str = ""
    stage: str = ""
    source_type: str = ""
    open_access: tuple[str, ...] = ()
    author_keywords: tuple[str, ...] = ()
    index_terms: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    publisher: str = ""
    conference: str = ""
    funding: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    url: str = ""
    cited_by: int | None = None
    extra: dict[str, str] = field(default_factory=dict)
    original: dict[str, str] = field(default_factory=dict)
    reader: str = field(default="", compare=False)
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing tells which publication it is."""
        return not (self.title or self.abstract or any(getattr(self, i) for i in IDENTIFIERS))

    @property
    def key(self) -> str:
        """The record's name, which does not depend on the order of an export; see `identity`."""
        return identity.names(self)[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """Its name and those of the records merged into it: what was decided about any counts."""
        return identity.names(self)

    @property
    def database(self) -> str:
        """The database that its own identifier names; empty if it has none."""
        own = next((kind for kind in identity.OWN if getattr(self, kind)), "")
        return DATABASES.get(self.accession.partition(":")[0] if own == "accession" else own, "")


PLACE = ("reader", "file", "line")
VALUES = {f.name: f for f in fields(Record) if f.name not in PLACE}
"""What a record says, by name."""
LISTS = frozenset(name for name, f in VALUES.items() if f.type.startswith("tuple"))
NUMBERS = frozenset({"year", "cited_by"})
DICTIONARIES = frozenset({"extra", "original"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry of an export that is no record, with the line where it begins and the reason."""

    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What was mended or found wanting on the way; nothing is lost by it."""

    line: int
    text: str
