"""Where each rule is said, and on what date: the pages that a reader can look up.

Scopus's help and guides bear no dates of their own but for a few; the date is then the month in
which the page was seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from scopus_query.language import N_, _


@dataclass(frozen=True)
class Source:
    """A page that a rule rests on.

    Attributes
    ----------
    title, address : str
    dated : str
        The day, month or year that it bears; empty if it bears none.
    seen : str
        The month in which it was seen.
    """

    title: str
    address: str
    dated: str = ""
    seen: str = "2026-11"

    def __str__(self) -> str:
        seen = _("seen {month}").format(month=self.seen)
        return ", ".join(part for part in (self.title, self.address, self.dated, seen) if part)


_GUIDE = Source(
    "Elsevier, Scopus Search Guide",
    "https://schema.elsevier.com/dtds/document/bkapi/search/SCOPUSSearchTips.htm",
)
_BOOLEAN = Source(
    "Elsevier, Scopus help: Boolean Operators",
    "http://help.scopus.com/robo/projects/schelp/h_bscssrchboolop.htm", "2008",
)  # fmt: skip
_TIPS = Source(
    "Elsevier, Scopus help: search tips",
    "http://help.scopus.com/robo/projects/schelp/h_srchtips.htm",
)
_ENTRIES = Source(
    "Elsevier, Scopus help: Searching Affiliations and References",
    "http://help.scopus.com/robo/projects/schelp/h_subfield_search.htm", "2008",
)  # fmt: skip
_NEARNESS = Source(
    "Elsevier, Scopus help: proximity operators",
    "http://help.scopus.com/robo/projects/schelp/h_bscssrchFASTprox.htm",
)
_ORDER = Source(
    "Elsevier, Boolean searches in Scopus",
    "https://blog.scopus.com/boolean-searches-in-scopus-understanding-operator-precedence-best-practices",
    "2025-03-24",
)  # fmt: skip
_SIX = Source("Elsevier, 6 simple search tips", "https://blog.scopus.com/node/841")
_UCL = Source(
    "University College London, Scopus", "https://library-guides.ucl.ac.uk/scopus/search-techniques"
)
_OULU = Source(
    "University of Oulu, Scopus guide: Boolean operators",
    "https://libguides.oulu.fi/c.php?g=713870&p=5164251",
)
_REFINE = Source(
    "University of Oulu, Scopus guide: Refine results",
    "https://libguides.oulu.fi/c.php?g=713870&p=5164253",
)
_COPENHAGEN = Source(
    "University of Copenhagen, Scopus",
    "https://kub.ku.dk/biblioteker/frederiksberg/vejledninger/scopus",
)
_HONG_KONG = Source(
    "Hong Kong University of Science and Technology, Scopus",
    "https://libguides.ust.hk/scopus/document-search",
)
_RUSH = Source("Rush University, Scopus", "https://library.rush.edu/c.php?g=217479&p=11231784")
_PRESS = Source(
    "McGowan and others, PRESS 2015", "https://doi.org/10.1016/j.jclinepi.2016.01.021", "2016"
)
_PRISMA = Source(
    "Rethlefsen and others, PRISMA-S", "https://doi.org/10.1186/s13643-020-01542-z", "2021-01-26"
)
_CSV = Source("RFC 4180", "https://www.ietf.org/rfc/rfc4180.txt", "2005-10")
_PDF = Source(
    "PDF Association, The text copied from the PDF could not be pasted correctly",
    "https://pdfa.org/error-the-text-copied-from-the-pdf-could-not-be-pasted-correctly/",
    "2020-04-27",
)  # fmt: skip
_HTML = Source(
    "MDN, Character reference", "https://developer.mozilla.org/docs/Glossary/Character_reference"
)
_WOS = Source(
    "Clarivate, Search Operators",
    "https://webofscience.help.clarivate.com/Content/search-operators.html",
)
_PUBMED = Source("PubMed User Guide", "https://pubmed.ncbi.nlm.nih.gov/help/")
_OVID = Source("Ovid Training Team", "https://tools.ovid.com/ovidgo/searches/training.php")

SAID: dict[str, tuple[Source, ...]] = {
    "Q103": (_TIPS,), "Q104": (_TIPS,), "Q105": (_TIPS,), "Q106": (_BOOLEAN,), "Q108": (_GUIDE,),
    "Q111": (_GUIDE,), "Q112": (_GUIDE,), "Q115": (_BOOLEAN,), "Q116": (_WOS, _PUBMED, _OVID),
    "Q118": (_GUIDE,), "Q204": (_GUIDE, _BOOLEAN), "Q205": (_GUIDE,), "Q206": (_TIPS, _OULU),
    "Q207": (_BOOLEAN, _SIX), "Q208": (_TIPS, _UCL), "Q210": (_NEARNESS,), "Q212": (_GUIDE,),
    "Q217": (_TIPS,), "Q301": (_GUIDE,), "Q302": (_ORDER, _BOOLEAN), "Q305": (_ORDER, _OULU),
    "Q306": (_NEARNESS, _HONG_KONG), "Q307": (_NEARNESS, _BOOLEAN), "Q308": (_TIPS, _UCL),
    "Q309": (_TIPS,), "Q310": (_TIPS, _COPENHAGEN), "Q311": (_TIPS,), "Q312": (_NEARNESS, _SIX),
    "Q313": (_GUIDE,), "Q314": (_BOOLEAN,),
    "Q315": (_GUIDE,), "Q317": (_BOOLEAN,), "Q318": (_TIPS, _UCL), "Q319": (_PRESS, _BOOLEAN),
    "Q320": (_GUIDE,), "Q321": (_GUIDE,), "Q323": (_GUIDE,), "Q326": (_ENTRIES,),
}  # fmt: skip
"""Sources that say what the rule says."""

NEAREST: dict[str, tuple[Source, ...]] = {
    "Q101": (_RUSH,), "Q102": (_RUSH,), "Q107": (_GUIDE,), "Q109": (_REFINE,), "Q113": (_GUIDE,),
    "Q117": (_CSV,), "Q201": (_UCL,), "Q202": (_CSV,), "Q203": (_REFINE,), "Q211": (_PRISMA,),
    "Q213": (_HTML,), "Q214": (_UCL,), "Q215": (_PDF,), "Q216": (_UCL,), "Q218": (_TIPS,),
    "Q316": (_PRISMA,), "Q322": (_REFINE,), "Q325": (_REFINE,), "Q324": (_ORDER, _TIPS),
}  # fmt: skip
"""Sources of what Elsevier does not say: what others say of it, or what the rule follows from."""

OWN = {"Q110", "Q114", "Q209"}
"""Rules about how this package keeps queries, of which Scopus knows nothing."""
_SINCE = "2026-11"

_TOLD = N_("Source: {sources}.")
_UNSAID = N_("Not documented by Elsevier; based on: {sources}.")
_CONVENTION = N_("A convention of this package, not of Scopus, since {month}.")


def told(code: str) -> str:
    """The sources of a rule as a sentence, in the reader's language."""
    if code in OWN:
        return _(_CONVENTION).format(month=_SINCE)
    sources = "; ".join(map(str, SAID.get(code) or NEAREST[code]))
    return _(_TOLD if code in SAID else _UNSAID).format(sources=sources)
