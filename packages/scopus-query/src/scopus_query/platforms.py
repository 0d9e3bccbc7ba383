"""Databases that a query is written for: one description each, of fields, operators and wildcards.

Adding a database is adding a `Platform`; `written` turns the objects of the package search-query
into text by it. What the guides say, as seen in November 2026:

Web of Science
    Quotation marks and wildcards turn off variants; three letters beside a wildcard (Clarivate,
    Search Rules, webofscience.help.clarivate.com/Content/search-rules.htm).
PubMed
    Only the end of a word is truncated, the last of its phrase, after four letters or more
    (PubMed User Guide, pubmed.ncbi.nlm.nih.gov/help).
Embase.com
    NEAR/1 joins words without any between them, NEXT/n keeps the order; no operator binds tighter
    than another, they are read from left to right (Elsevier, Can I use Boolean operators, wildcards
    and proximity operators in Embase?, elsevier.support/embase, of 2 September 2025). `*` is any
    signs and `?` one, neither inside a phrase (embase.com/info/helpfiles/search-hints/wildcards);
    whether `*` may begin a word is not said there, so that none does.
Ovid
    ADJn finds words up to n-1 words apart in any order, ADJ those side by side in the order written
    (Ovid Training Team, tools.ovid.com/ovidgo/searches/training.php). `*` or `$` ends a word, `#`
    is one sign, `?` one or none, none of them begins a word (NSW Health, Truncation, wildcards, and
    phrases on Ovid databases, ciap.health.nsw.gov.au). `.kf.` holds author keywords in MEDLINE and,
    since September 2021, in Embase (guides.library.unisa.edu.au/SystematicReviews/Keywords);
    `.au.` is indexed by whole names: `smith $.au.` (Ovid field guides, ospguides.ovid.com). Numbers
    and operators that are words stand in quotation marks (BMA Library, Keyword searching: phrases,
    2004). `limit 1 to yr=` sets years (Ovid help, Command Line Syntax).
Cochrane Library
    Phrases take no wildcards, NEXT joins words with wildcards; variants are not searched (Search
    manager help, cochranelibrary.com/search-manager-help). `*` may begin a word or stand inside it
    and a hyphen is a sign of a word (Ulster University, guides.library.ulster.ac.uk, page 4745794),
    so that a hyphenated word is asked for with a blank, too. Whether NEAR/n counts the words
    between is not said there, so the larger distance is asked for, and told.
EBSCOhost
    Nn and Wn allow n words between, W keeps the order (EBSCO's text at kingsu.libguides.com;
    libguides.sdu.dk/EBSCO-english/proximity). `*` is any signs, `?` one, but not at the end, `#`
    one or none, also at the end; none of them begins a word; quotation marks allow truncation
    (support.ebsco.com/eit/ws_querysyn_hl.php; libraryguides.mcgill.ca;
    libguides.uttyler.edu/c.php?g=1478613); two letters stand before a `*` inside a word (rule
    EBSCO_0001 of search-query). A singular finds its plural, no word another spelling.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scopus_query.language import N_

if TYPE_CHECKING:
    from search_query.query import Query

_TYPES = N_("publication types are not Scopus's document types")
_WHOLE = N_("a whole title is asked for, not words of it")
_PLUS = N_("KeyWords Plus stand for index terms")
_MESH = N_("MeSH headings are asked for as a whole, with the narrower ones")
_NO_REFERENCES = N_("references are not searched")
_ADDRESS = N_("the whole address is searched")
_ALL_EMBASE = N_(
    "all fields are title, abstract, keywords, index terms, authors, addresses and source"
)
_WORDS = N_("index terms are those of the database")
_EVERY = {"TITLE-ABS-KEY": _WORDS, "TITLE-ABS-KEY-AUTH": _WORDS, "KEY": _WORDS,
          "INDEXTERMS": _WORDS}  # fmt: skip


@dataclass(frozen=True)
class Platform:
    """A database: what its fields, operators and wildcards are.

    Attributes
    ----------
    name : str
        As search-query calls it.
    label, about : str
        Its name, and what it holds, for the command line.
    fields : mapping
        The database's fields by Scopus's codes; several are joined by OR.
    pattern : str
        How a field stands with its text.
    near, ordered : str, optional
        Nearness in any order and in the order written; None if there is none.
    counts : int
        What `n` is for words side by side.
    side : str, optional
        The operator of words side by side in the order written, if it is not that of `ordered`.
    farthest : int
        The largest `n`.
    adjacent : str, optional
        What joins the words of a phrase with wildcards; None if they stand in quotation marks.
    quote : str
        The quotation mark.
    hyphens : bool
        Whether a hyphen is a sign of a word, which a blank does not stand for.
    one : str
        The wildcard for one sign; empty if there is none.
    stars : set of str
        Where the wildcard for any signs may stand: at the start of a word, inside, at its end.
    before : int
        How many letters must stand before a wildcard for any signs inside a word.
    last : str
        The wildcard for one sign at the end of a word, if it is another one.
    letters : int
        How many letters must stand beside a wildcard.
    strict : bool
        Whether a word with fewer letters is refused.
    years : tuple of str, optional
        How a span of years is written, with the field; without a pattern, each year is listed.
    limit : str, optional
        The line that limits the line before it to years.
    line : str
        How a line of a search history is referred to.
    ends : tuple of int
        Years that stand for an open end.
    now : str
        What is written for the later one.
    enclosed : set of str
        Fields whose values stand in parentheses.
    bracketed : set of str
        Fields whose values stand in square brackets.
    lifts : bool
        Whether a field may stand beside a group in parentheses.
    surname : str
        What an author's last name is followed by where whole names are searched.
    values : mapping
        The database's values by code and Scopus's value; a code with none takes any value.
    finds_variants : bool
        Whether the plural and other spellings of a word outside quotation marks are found.
    wider : set of str
        Those of the database's values that hold more than Scopus's.
    notes : mapping
        What is different about a field, by code.
    """

    name: str
    label: str
    about: str
    fields: Mapping[str, tuple[str, ...]]
    pattern: str = "{text}{field}"
    near: str | None = "NEAR/{n}"
    ordered: str | None = None
    side: str | None = None
    counts: int = 0
    farthest: int = 255
    adjacent: str | None = None
    quote: str = '"'
    hyphens: bool = False
    one: str = "?"
    before: int = 0
    last: str = ""
    stars: frozenset[str] = frozenset({"start", "inside", "end"})
    letters: int = 0
    strict: bool = False
    years: tuple[str, str] | None = None
    limit: str | None = None
    line: str = "#{n}"
    ends: tuple[int, int] = (1000, 3000)
    now: str = ""
    enclosed: frozenset[str] = frozenset()
    bracketed: frozenset[str] = frozenset()
    lifts: bool = True
    surname: str = ""
    finds_variants: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wider: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)

    def operator(self, query: Query) -> str:
        """What joins the parts of an object of search-query."""
        if query.value not in ("NEAR", "WITHIN"):
            return query.value
        distance = query.distance or 0
        if query.value == "WITHIN" and not distance and self.side:
            return self.side
        pattern = (self.ordered if query.value == "WITHIN" else self.near) or ""
        return pattern.format(n=distance + self.counts)

    def keeps_order(self, distance: int) -> bool:
        """Whether words so far apart can be asked for in their order."""
        return bool(self.ordered or (self.side and not distance))


def written(query: Query, platform: Platform, inside: bool = False) -> str:
    """An object of search-query as text; every group inside another has parentheses."""
    name = query.field.value if query.field else ""
    if not query.children:
        text = f"({query.value})" if name in platform.enclosed else query.value
    elif len(query.children) == 1:  # PubMed's nearness is a phrase whose field has a distance
        [child] = query.children
        name = child.field.value.replace("]", f":~{query.distance}]")
        text = child.value
    else:
        parts = [written(child, platform, True) for child in query.children]
        text = f" {platform.operator(query)} ".join(parts)
        text = f"({text})" if name or inside else text
    return platform.pattern.format(field=name, text=text) if name else text


WOS = Platform(
    name="wos",
    label="Web of Science",
    about="Clarivate's Core Collection, advanced search",
    pattern="{field}{text}",
    enclosed=frozenset({"DT="}),
    finds_variants=True,
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
        "AFFIL": N_("Web of Science abbreviates words of addresses: Univ, Dept, Inst"),
        "AFFILCOUNTRY": N_("some countries have other names there, as USA or England"),
    },
)  # fmt: skip

PUBMED = Platform(
    name="pubmed",
    label="PubMed",
    about="the National Library of Medicine's MEDLINE and more",
    near=None,
    one="",
    stars=frozenset({"end"}),
    strict=True,
    years=("{first}:{last}", "[dp]"),
    lifts=False,
    letters=4,
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
    about="CINAHL, APA PsycInfo and others of EBSCO",
    pattern="{field} {text}",
    near="N{n}",
    ordered="W{n}",
    before=2,
    last="#",
    stars=frozenset({"inside", "end"}),
    years=("{first}-{last}", "PY"),
    ends=(1800, 2099),
    line="S{n}",
    fields={
        "TITLE": ("TI",), "ABS": ("AB",), "KEY": ("KW", "SU"), "AUTHKEY": ("KW",),
        "INDEXTERMS": ("SU",), "TITLE-ABS": ("TI", "AB"),
        "TITLE-ABS-KEY": ("TI", "AB", "KW", "SU"),
        "TITLE-ABS-KEY-AUTH": ("TI", "AB", "KW", "SU", "AU"), "ALL": ("TX",), "AUTH": ("AU",),
        "AUTHOR-NAME": ("AU",), "AUTHLASTNAME": ("AU",), "AFFIL": ("AF",), "AFFILORG": ("AF",),
        "AFFILCITY": ("AF",), "AFFILCOUNTRY": ("AF",), "SRCTITLE": ("SO",),
        "EXACTSRCTITLE": ("SO",), "ISSN": ("IS",), "ISBN": ("IB",), "LANGUAGE": ("LA",),
        "DOCTYPE": ("PT",),
    },
    values={
        "DOCTYPE": {"ar": '"journal article"', "re": "review", "bk": "book", "ch": '"book chapter"',
                    "cp": "proceedings", "ed": "editorial", "le": "letter"},
    },
    wider=frozenset({'"journal article"'}),
    notes={
        "ALL": N_("all text has the full text of some databases"),
        "DOCTYPE": N_("publication types of CINAHL; other databases have others"),
        "AFFILORG": _ADDRESS, "AFFILCITY": _ADDRESS, "AFFILCOUNTRY": _ADDRESS, "SRCTITLE": _WHOLE,
        **_EVERY,
    },
)  # fmt: skip

EMBASE = Platform(
    name="embase",
    label="Embase.com",
    about="Elsevier's Embase and MEDLINE",
    ordered="NEXT/{n}",
    counts=1,
    adjacent=" NEXT/1 ",
    quote="'",
    stars=frozenset({"inside", "end"}),
    years=("[{first}-{last}]", "/py"),
    bracketed=frozenset({"/lim"}),
    ends=(1800, 2099),
    fields={
        "TITLE": (":ti",), "ABS": (":ab",), "KEY": (":kw,de",), "AUTHKEY": (":kw",),
        "INDEXTERMS": (":de",), "TITLE-ABS": (":ti,ab",), "TITLE-ABS-KEY": (":ti,ab,kw,de",),
        "TITLE-ABS-KEY-AUTH": (":ti,ab,kw,de,au",), "ALL": (":ti,ab,kw,de,au,ff,jt",),
        "AUTH": (":au",), "AUTHOR-NAME": (":au",), "AUTHLASTNAME": (":au",), "AFFIL": (":ff",),
        "AFFILORG": (":ff",), "AFFILCITY": (":ff",), "AFFILCOUNTRY": (":ff",),
        "SRCTITLE": (":jt",), "EXACTSRCTITLE": (":jt",), "ISSN": (":is",), "EISSN": (":is",),
        "ISSNP": (":is",), "DOI": (":do",), "CASREGNUMBER": (":rn",), "LANGUAGE": ("/lim",),
        "DOCTYPE": ("/it",),
    },
    values={
        "DOCTYPE": {"ar": "'article'", "re": "'review'", "cp": "'conference paper'",
                    "cr": "'conference review'", "ab": "'conference abstract'",
                    "ch": "'chapter'", "ed": "'editorial'", "er": "'erratum'", "le": "'letter'",
                    "no": "'note'", "sh": "'short survey'"},
    },
    notes={
        "DOCTYPE": N_("publication types of Embase, as it gives them"), "ALL": _ALL_EMBASE,
        "AFFILORG": _ADDRESS, "AFFILCITY": _ADDRESS, "AFFILCOUNTRY": _ADDRESS, **_EVERY,
    },
)  # fmt: skip

OVID = Platform(
    name="ovid",
    label="Ovid",
    about="MEDLINE and Embase of Ovid",
    near="ADJ{n}",
    side="ADJ",
    counts=1,
    farthest=99,
    adjacent=" ",
    one="#",
    stars=frozenset({"end"}),
    years=("", ".yr."),
    limit='limit {line} to yr="{first} -{last}"',
    line="{n}",
    ends=(1800, 3000),
    now="Current",
    surname=" $",
    fields={
        "TITLE": (".ti.",), "ABS": (".ab.",), "KEY": (".kf,hw.",), "AUTHKEY": (".kf.",),
        "INDEXTERMS": (".hw.",), "TITLE-ABS": (".ti,ab.",), "TITLE-ABS-KEY": (".ti,ab,kf,hw.",),
        "TITLE-ABS-KEY-AUTH": (".ti,ab,kf,hw.", ".au."), "ALL": (".af.",), "AUTH": (".au.",),
        "AUTHOR-NAME": (".au.",), "AUTHLASTNAME": (".au.",), "AFFIL": (".in.",),
        "AFFILORG": (".in.",), "AFFILCITY": (".in.",), "AFFILCOUNTRY": (".in.",),
        "SRCTITLE": (".jw.",), "EXACTSRCTITLE": (".jn.",), "ISSN": (".is.",), "EISSN": (".is.",),
        "ISSNP": (".is.",), "DOI": (".do.",), "VOLUME": (".vo.",), "ISSUE": (".ip.",),
        "CASREGNUMBER": (".rn.",), "LANGUAGE": (".lg.",), "DOCTYPE": (".pt.",),
    },
    values={
        "DOCTYPE": {"ar": '("journal article" OR article)', "re": "review", "ed": "editorial",
                    "le": "letter", "er": '("published erratum" OR erratum)',
                    "cp": '"conference paper"', "no": "note", "sh": '"short survey"'},
    },
    wider=frozenset({'("journal article" OR article)'}),
    notes={
        "DOCTYPE": N_("publication types of MEDLINE and of Embase"), "ALL": _NO_REFERENCES,
        "AFFILORG": _ADDRESS, "AFFILCITY": _ADDRESS, "AFFILCOUNTRY": _ADDRESS, **_EVERY,
    },
)  # fmt: skip

COCHRANE = Platform(
    name="cochrane",
    label="Cochrane Library",
    about="Cochrane reviews and CENTRAL, search manager",
    side="NEXT",
    hyphens=True,
    counts=1,
    adjacent=" NEXT ",
    fields={
        "TITLE": (":ti",), "ABS": (":ab",), "KEY": (":kw",), "AUTHKEY": (":kw",),
        "INDEXTERMS": (":kw",), "TITLE-ABS": (":ti,ab",), "TITLE-ABS-KEY": (":ti,ab,kw",),
        "TITLE-ABS-KEY-AUTH": (":ti,ab,kw", ":au"), "ALL": ("",), "AUTH": (":au",),
        "AUTHOR-NAME": (":au",), "AUTHLASTNAME": (":au",), "SRCTITLE": (":so",),
        "EXACTSRCTITLE": (":so",),
    },
    notes={
        "ALL": N_("all text has the full text of reviews"), "SRCTITLE": _WHOLE,
        "NEAR": N_("the distance may be counted otherwise: the larger one is asked for"),
        "AUTHKEY": N_("keywords of authors and of indexers are one field"), **_EVERY,
    },
)  # fmt: skip

BY_NAME = {
    "wos": WOS, "pubmed": PUBMED, "ebsco": EBSCO, "embase": EMBASE, "ovid": OVID,
    "cochrane": COCHRANE,
}  # fmt: skip
