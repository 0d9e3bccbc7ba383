"""The translations of a new compendium: those of this one where its texts stand here too."""

from __future__ import annotations

from babel.messages.pofile import read_po

from compendium import project
from compendium.edition import catalogs


def known(language: str) -> dict[str, str]:
    """Every text that is translated here, whatever its catalog, with its translation."""
    out: dict[str, str] = {}
    for file in sorted(project.home("locales", language).glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and isinstance(message.id, str) and not message.fuzzy:
                    out[message.id] = message.string
    return out


def write() -> None:
    """Write the catalogs of the compendium that is worked in."""
    for language in catalogs.TRANSLATED:
        words = known(language)
        for domain in catalogs.domains():
            catalog = catalogs.load(language, domain)
            catalog.update(catalogs.template(domain), update_header_comment=False)
            for message in catalog:
                if message.id and not message.string:
                    message.string = words.get(message.id, "")
                    message.flags.discard("fuzzy")
            catalogs.write(language, domain, catalog)
