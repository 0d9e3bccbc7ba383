"""What the PDF is told of its edition."""

from __future__ import annotations

from compendium import language, project
from compendium.edition import excerpts
from compendium.edition.edition import Edition, site_url
from compendium.edition.excerpts import REPORT
from compendium.edition.page import licences
from compendium.edition.pdf import PdfEdition
from compendium.language import _
from compendium.reporting import declarations


def _cover(edition: Edition) -> dict[str, str]:
    """What covers and feet say besides the interface's words."""
    with language.speaking(edition.language):
        told = _("Version {version}").format(version=declarations.version())
        return {
            "edition": language.LANGUAGES[edition.language].name,
            "version": told if declarations.version() else "",
            "licence": licences(),
            # Translators: on the cover of the whole book, which is the annex to a short report
            "annex": _("Annex to the report: the whole book") if excerpts.told(REPORT) else "",
            # Translators: on the cover of the report
            "numbers": _("Figures and tables have the numbers of the whole book."),
        }


def of_edition(edition: Edition) -> PdfEdition:
    """An edition's words for its PDF."""
    about, strings = edition.about(), edition.strings()
    return PdfEdition(
        lang=edition.language,
        title=about["title"],
        subtitle=about["subtitle"],
        authors=about["authors"],
        date=about["date"],
        description=about["description"],
        keywords=about["keywords"],
        strings={**strings, **_cover(edition)},
        font_dir=project.theme("fonts"),
        issued=about["published"],
        online=f"{address}{edition.language}/" if (address := site_url()) else "",
    )
