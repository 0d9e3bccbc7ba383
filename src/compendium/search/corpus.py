"""A corpus prepared for searching: exports read once, their texts normalised, kept as Parquet.

A prepared corpus is a folder of Parquet files with the columns of `schema`. It is written part by
part, by a few processes, so that it never has to fit into memory.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from hashlib import sha256
from itertools import chain, islice
from multiprocessing import current_process
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from compendium import project
from compendium.errors import CompendiumError
from compendium.language import _
from compendium.search import exports
from scopus_query.columns import record
from scopus_query.prepared import schema, table

VERSION = 5
MARKER = "_corpus.json"
_BATCH, _ROWS_A_FILE = 5_000, 250_000
_SUFFIXES = {".csv", ".tsv", ".ris", ".txt", ".bib", ".nbib", ".json", ".jsonl", ".parquet"}
Progress = Callable[[int], None]


def prepared(corpus: Path, progress: Progress = lambda done: None) -> Path:
    """Folder of a corpus prepared for searching; made now if it is not there yet.

    Parameters
    ----------
    corpus : Path
        An export that `compendium.records` reads, Parquet, a folder of such, or a prepared one.
    progress : callable, optional
        Told how many records are done.

    Raises
    ------
    CompendiumError
        If there is nothing to read.
    """
    corpus = Path(corpus)
    if (corpus / MARKER).is_file():
        if json.loads((corpus / MARKER).read_text()).get("version", VERSION) != VERSION:
            raise CompendiumError(
                _('The corpus was prepared by another version.'), path=corpus,
                remedy=_('Prepare it anew: `compendium search prepare`.'),
            )  # fmt: skip
        return corpus
    found = files(corpus)
    stamp = [(str(f.resolve()), f.stat().st_size, f.stat().st_mtime_ns) for f in found]
    key = sha256(json.dumps([VERSION, stamp]).encode()).hexdigest()[:16]
    folder = project.path("_build", "corpora", key)
    if not (folder / MARKER).is_file():
        prepare(corpus, folder, progress)
    return folder


def files(corpus: Path) -> list[Path]:
    """Exports of a corpus, in the order of their names."""
    if corpus.is_file():
        return [corpus]
    if not corpus.is_dir():
        raise CompendiumError(
            _("The corpus does not exist."), path=corpus, remedy=_("Mend the path.")
        )
    found = sorted(f for f in corpus.rglob("*") if f.suffix.lower() in _SUFFIXES and f.is_file())
    if not found:
        raise CompendiumError(
            _('The folder holds no export.'), path=corpus,
            remedy=_('Put exports (CSV, RIS, BibTeX, JSON, text) or Parquet files into it.'),
        )  # fmt: skip
    return found


def prepare(corpus: Path, folder: Path, progress: Progress = lambda done: None) -> None:
    """Write a prepared corpus into a folder; a half-written one is never taken for a whole.

    In a folder of exports a file that is none is named in the corpus and passed over.
    """
    corpus = Path(corpus)
    draft = folder.with_name(folder.name + ".part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    count = 0
    writer = None
    refused: list[int] = []
    unread: list[str] = []
    for part in _parts(files(corpus), refused.append, unread if corpus.is_dir() else None):
        if writer is None or count % _ROWS_A_FILE + part.num_rows > _ROWS_A_FILE:
            if writer:
                writer.close()
            file = draft / f"part-{count:012d}.parquet"
            writer = pq.ParquetWriter(file, schema(), compression="zstd", compression_level=1)
        part = part.set_column(0, "record", pa.array(range(count, count + part.num_rows)))
        writer.write_table(part, row_group_size=50_000)
        count += part.num_rows
        progress(count)
    if writer is None:
        shutil.rmtree(draft)
        raise CompendiumError(
            _("The corpus holds no record."), path=corpus, remedy=" ".join(unread) or None
        )
    writer.close()
    told = {"version": VERSION, "records": count, "refused": sum(refused),
            "unread": unread}  # fmt: skip
    (draft / MARKER).write_text(json.dumps(told) + "\n")
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)


def size(folder: Path) -> int:
    """Records of a prepared corpus."""
    return json.loads((folder / MARKER).read_text())["records"]


def refused(folder: Path) -> int:
    """Entries of the exports that are no records and were left out."""
    return json.loads((folder / MARKER).read_text()).get("refused", 0)


def unread(folder: Path) -> list[str]:
    """Why files of the corpus could not be read, one sentence each."""
    return json.loads((folder / MARKER).read_text()).get("unread", [])


def _parts(found: list[Path], refused: Progress, unread: list[str] | None) -> Iterator[pa.Table]:
    """Batches of records, normalised by a few processes, a few at a time and in order."""
    batches = ((str(f), rows) for f in found for rows in _read(f, refused, unread))
    first = list(islice(batches, 2))
    # A small corpus is done before a process has started; a chapter's kernel may start none.
    if len(first) < 2 or current_process().daemon:
        yield from (_normalised(*batch) for batch in chain(first, batches))
        return
    workers = min(4, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers) as pool:
        waiting: list[Future] = [pool.submit(_normalised, *batch) for batch in first]
        for batch in batches:
            waiting.append(pool.submit(_normalised, *batch))
            if len(waiting) > workers + 1:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def _read(file: Path, refused: Progress, unread: list[str] | None) -> Iterator[list[exports.Cells]]:
    """Batches of a file; why it cannot be read is kept where there is a list for it."""
    try:
        yield from _batches(file, refused)
    except CompendiumError as error:
        if unread is None:
            raise
        unread.append(str(error))


def _batches(file: Path, refused: Progress) -> Iterator[list[exports.Cells]]:
    if file.suffix.lower() != ".parquet":
        rows = exports.records(file, refused)
        yield from iter(lambda: list(islice(rows, _BATCH)), [])
        return
    source = pq.ParquetFile(file)
    read = exports.cells_of(source.schema_arrow.names, file)
    for batch in source.iter_batches(_BATCH):
        yield [read(row) for row in batch.to_pylist()]


def _normalised(file: str, rows: list[exports.Cells]) -> pa.Table:
    return table([record(row) for row in rows], file)
