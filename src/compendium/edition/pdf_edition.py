"""What the PDF is told of its edition."""

from __future__ import annotations

from compendium import project
from compendium.edition.edition import Edition
from compendium.edition.pdf import PdfEdition


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
        strings=strings,
        font_dir=project.theme("fonts"),
        issued=about["published"],
    )
