"""Databases that a query is translated to: their fields, and how each writes what it can.

The objects and serialisers are those of the package search-query. Where a serialiser would lose
something that the object holds, it is completed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search_query.constants import Operators
from search_query.ebscohost.serializer import EBSCOQuerySerializer
from search_query.pubmed.serializer import PUBMEDQuerySerializer
from search_query.query import Query
from search_query.serializer_base import StringSerializer
from search_query.wos.serializer import WOSQuerySerializer

from scopus_query.language import N_

_TYPES = N_("publication types are not Scopus's document types")
_WHOLE = N_("a whole title is asked for, not words of it")
_PLUS = N_("KeyWords Plus stand for index terms")
_MESH = N_("MeSH headings are asked for as a whole, with the narrower ones")
_NO_REFERENCES = N_("references are not searched")
_ADDRESS = N_("the whole address is searched")


@dataclass(frozen=True)
class Platform:
    """A database.

    Attributes
    ----------
    name : str
        As search-query calls it.
    label : str
    fields : mapping
        The database's fields by Scopus's codes; several are joined by OR.
    serializer : StringSerializer
    years : tuple of str, optional
        How a span of years is written, with the field; None if it is a limiter of the page.
    ends : tuple of int
        Years that stand for an open end.
    lifts : bool
        Whether a field may stand before a group in parentheses.
    ordered : bool
        Whether there is a proximity in a fixed order.
    values : mapping
        The database's values by code and Scopus's value; a code with none takes any value.
    letters : int
        How many letters must stand beside a wildcard.
    finds_variants : bool
        Whether the plural and other spellings of a word outside quotation marks are found.
    wider : set of str
        Those of the database's values that hold more than Scopus's.
    notes : mapping
        What is different about a field, by code.
    """

    name: str
    label: str
    fields: Mapping[str, tuple[str, ...]]
    serializer: StringSerializer
    years: tuple[str, str] | None = None
    ends: tuple[int, int] = (1000, 3000)
    lifts: bool = True
    ordered: bool = False
    letters: int = 0
    finds_variants: bool = True
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wider: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)


class _Wos(WOSQuerySerializer):
    """Web of Science, with the distance of NEAR and both sides of NOT."""

    def to_string(self, query: Query) -> str:
        if not query.children:
            name = query.field.value if query.field else ""
            return f"{name}({query.value})" if name == "DT=" else f"{name}{query.value}"
        operator = query.value
        if operator == Operators.NEAR:
            operator = f"NEAR/{query.distance}"
        joined = f" {operator} ".join(self.to_string(child) for child in query.children)
        name = query.field.value if query.field else ""
        return f"{name}({joined})" if query.get_parent() or name else joined


WOS = Platform(
    name="wos",
    label="Web of Science",
    serializer=_Wos(),
    years=("{first}-{last}", "PY="),
    ends=(1900, 2099),
    letters=3,
    fields={
        "TITLE": ("TI=",), "ABS": ("AB=",), "KEY": ("AK=", "KP="), "AUTHKEY": ("AK=",),
        "INDEXTERMS": ("KP=",), "TITLE-ABS": ("TI=", "AB="), "TITLE-ABS-KEY": ("TS=",),
        "TITLE-ABS-KEY-AUTH": ("TS=", "AU="), "ALL": ("ALL=",), "AUTH": ("AU=",),
        "AUTHOR-NAME": ("AU=",), "AUTHLASTNAME": ("AU=",), "ORCID": ("AI=",), "AFFIL": ("AD=",),
        "AFFILORG": ("OO=",), "AFFILCITY": ("CI=",), "AFFILCOUNTRY": ("CU=",),
        "SRCTITLE": ("SO=",), "EXACTSRCTITLE": ("SO=",), "CONF": ("CF=",), "EDITOR": ("ED=",),
        "FUND-SPONSOR": ("FO=",), "FUND-NO": ("FG=",), "FUND-ALL": ("FT=",), "DOI": ("DO=",),
        "ISSN": ("IS=",), "EISSN": ("IS=",), "ISSNP": ("IS=",), "ISBN": ("IS=",),
        "PMID": ("PMID=",), "LANGUAGE": ("LA=",), "DOCTYPE": ("DT=",),
    },
    values={
        "DOCTYPE": {"ar": "Article", "re": "Review", "cp": '"Proceedings Paper"', "bk": "Book",
                    "ch": '"Book Chapter"', "ed": '"Editorial Material"', "er": "Correction",
                    "le": "Letter", "no": "Note", "dp": '"Data Paper"',
                    "tb": '"Retracted Publication"', "ab": '"Meeting Abstract"'},
    },
    notes={
        "DOCTYPE": _TYPES, "SRCTITLE": _WHOLE,
        "INDEXTERMS": _PLUS, "KEY": _PLUS, "ALL": _NO_REFERENCES,
        "TITLE-ABS-KEY": N_("the topic has KeyWords Plus instead of index terms"),
        "TITLE-ABS-KEY-AUTH": N_("the topic has KeyWords Plus instead of index terms"),
        "AFFILCOUNTRY": N_("some countries have other names there, as USA or England"),
    },
)  # fmt: skip

PUBMED = Platform(
    name="pubmed",
    label="PubMed",
    serializer=PUBMEDQuerySerializer(),
    years=("{first}:{last}", "[dp]"),
    lifts=False,
    letters=4,
    finds_variants=False,
    fields={
        "TITLE": ("[ti]",), "ABS": ("[tiab]",), "KEY": ("[ot]", "[mh]"), "AUTHKEY": ("[ot]",),
        "INDEXTERMS": ("[mh]",), "TITLE-ABS": ("[tiab]",), "TITLE-ABS-KEY": ("[tw]",),
        "TITLE-ABS-KEY-AUTH": ("[tw]", "[au]"), "ALL": ("[all]",), "AUTH": ("[au]",),
        "AUTHOR-NAME": ("[au]",), "AUTHLASTNAME": ("[au]",), "FIRSTAUTH": ("[1au]",),
        "AFFIL": ("[ad]",), "AFFILORG": ("[ad]",), "AFFILCITY": ("[ad]",),
        "AFFILCOUNTRY": ("[ad]",), "SRCTITLE": ("[ta]",), "EXACTSRCTITLE": ("[ta]",),
        "PUBLISHER": ("[pubn]",), "EDITOR": ("[ed]",), "FUND-NO": ("[gr]",),
        "FUND-ALL": ("[gr]",), "DOI": ("[aid]",), "ISBN": ("[isbn]",), "LANGUAGE": ("[la]",),
        "PMID": ("[pmid]",), "ORCID": ("[auid]",), "ISSN": ("[ta]",), "EISSN": ("[ta]",),
        "ISSNP": ("[ta]",), "VOLUME": ("[vi]",), "ISSUE": ("[ip]",), "PAGEFIRST": ("[pg]",),
        "CHEMNAME": ("[nm]",), "CASREGNUMBER": ("[rn]",), "CHEM": ("[nm]", "[rn]"),
        "DOCTYPE": ("[pt]",), "OA": ("[sb]",), "OPENACCESS": ("[sb]",),
    },
    values={
        "DOCTYPE": {"ar": '"journal article"', "re": "review", "ed": "editorial", "le": "letter",
                    "er": '"published erratum"'},
        "OA": {"all": '"free full text"'}, "OPENACCESS": {"all": '"free full text"'},
    },
    wider=frozenset({'"journal article"'}),
    notes={
        "ABS": N_("there is no field for the abstract alone; the title is searched too"),
        "TITLE-ABS": N_("author keywords are searched too"),
        "TITLE-ABS-KEY": N_("text words: title, abstract, author keywords and MeSH"),
        "TITLE-ABS-KEY-AUTH": N_("text words: title, abstract, author keywords and MeSH"),
        "KEY": _MESH, "INDEXTERMS": _MESH, "ALL": _NO_REFERENCES, "AFFILORG": _ADDRESS,
        "AFFILCITY": _ADDRESS, "AFFILCOUNTRY": _ADDRESS,
        "DOCTYPE": _TYPES, "SRCTITLE": _WHOLE,
        "OA": N_("free full text stands for open access"),
        "OPENACCESS": N_("free full text stands for open access"),
    },
)  # fmt: skip

EBSCO = Platform(
    name="ebscohost",
    label="EBSCOhost",
    serializer=EBSCOQuerySerializer(),
    ordered=True,
    fields={
        "TITLE": ("TI",), "ABS": ("AB",), "KEY": ("KW", "SU"), "AUTHKEY": ("KW",),
        "INDEXTERMS": ("SU",), "TITLE-ABS": ("TI", "AB"),
        "TITLE-ABS-KEY": ("TI", "AB", "KW", "SU"),
        "TITLE-ABS-KEY-AUTH": ("TI", "AB", "KW", "SU", "AU"), "ALL": ("TX",), "AUTH": ("AU",),
        "AUTHOR-NAME": ("AU",), "AUTHLASTNAME": ("AU",), "SRCTITLE": ("SO",),
        "EXACTSRCTITLE": ("SO",), "ISSN": ("IS",), "ISBN": ("IB",), "LANGUAGE": ("LA",),
    },
    notes={"ALL": N_("all text has the full text of some databases")},
)  # fmt: skip

BY_NAME = {"wos": WOS, "pubmed": PUBMED, "ebsco": EBSCO}
