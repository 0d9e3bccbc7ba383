"""Small exports of made-up records, for the tests to break."""

from __future__ import annotations

from pathlib import Path

from compendium.records import ledger
from compendium.records.record import Record
from tests.conftest import SHARED

CORPORA = SHARED / "corpora"

HEADER = "Authors,Title,Year,Source title,DOI,Abstract,Author Keywords,Document Type,EID"


def row(at: int, title: str = "", abstract: str = "An abstract.") -> str:
    title = title or f"Title {at}"
    return (
        f'"Ferreira J.J.M.; Иванов И.И.","{title}",2021,"Journal",10.5555/X.{at},"{abstract}",'
        f'"one; two","Article",2-s2.0-{at:011}'
    )


def scopus(*rows: str, newline: str = "\n") -> str:
    return newline.join([HEADER, *rows]) + newline


def read(path: Path) -> tuple[list[Record], ledger.Ledger]:
    ledgers: list[ledger.Ledger] = []
    records = list(ledger.records([path], ledgers))
    return records, ledgers[0]
