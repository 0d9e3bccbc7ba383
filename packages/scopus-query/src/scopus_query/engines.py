"""What runs a query over a prepared corpus: one class an engine, the same expression for all.

DuckDB is the one that is always here and needs no memory for the corpus; pandas and polars are
for those who have them at hand; Spark is for a corpus that outgrows one machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, TypeVar

import narwhals as nw
import pyarrow as pa

from scopus_query.columns import unsearched
from scopus_query.compile import compiled, used
from scopus_query.errors import ScopusQueryError
from scopus_query.language import _
from scopus_query.meaning import codes
from scopus_query.tree import Node

ENGINES: dict[str, type[Engine]] = {}
Frame = TypeVar("Frame", nw.LazyFrame, nw.DataFrame)
Answer = tuple[int, "bool | None"]


def register(kind: type[Engine]) -> type[Engine]:
    """Add an engine to those that the command line offers."""
    ENGINES[kind.name] = kind
    return kind


def engine(name: str) -> Engine:
    """An engine by its name.

    Raises
    ------
    ScopusQueryError
        If its package is not installed.
    """
    kind = ENGINES[name]
    if find_spec(kind.package) is None:
        raise ScopusQueryError(
            _("The engine {name} needs the package {package}, which is not installed.").format(
                name=name, package=kind.package
            ),
            remedy=_(
                "Install it (`pip install {package}`), or choose another with --engine."
            ).format(package=kind.package),
        )
    return kind()


class Engine(Generic[Frame]):
    """Reads the Parquet files of a prepared corpus and asks them a query."""

    name = ""
    package = ""

    def frames(self, folder: Path, columns: list[str]) -> Iterator[Frame]:
        """The corpus as frames that together hold every record once."""
        raise NotImplementedError

    def collected(self, frame: Frame) -> Iterator[tuple]:
        """A result's rows, a few at a time where the engine can."""
        raise NotImplementedError

    def answers(self, tree: Node, folder: Path) -> Iterator[Answer]:
        """The answer for every record: true, false, or None for unknown."""
        expression = compiled(tree)
        for frame in self.frames(folder, used(tree)):
            asked = frame.select(nw.col("record"), expression.alias("answer"))
            yield from self.collected(asked)

    def hits(self, tree: Node, folder: Path) -> Iterator[int]:
        """The records that a query finds."""
        expression = compiled(tree)
        for frame in self.frames(folder, used(tree)):
            for (record,) in self.collected(frame.filter(expression).select("record")):
                yield record

    def count(self, tree: Node, folder: Path) -> int:
        """How many records a query finds."""
        expression = compiled(tree)
        return sum(
            row[0]
            for frame in self.frames(folder, used(tree))
            for row in self.collected(frame.filter(expression).select(nw.len()))
        )

    def unknown(self, tree: Node, folder: Path) -> int:
        """How many records do not say enough; only those that lack a field are looked at."""
        expression, names = compiled(tree), used(tree)
        lacking = nw.any_horizontal(*(nw.col(n).is_null() for n in names), ignore_nulls=True)
        everywhere = bool(unsearched(codes(tree)))
        count = 0
        for frame in self.frames(folder, names):
            held = frame if everywhere else frame.filter(lacking)
            unsettled = held.filter(expression.is_null()).select(nw.len())
            count += sum(row[0] for row in self.collected(unsettled))
        return count


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@register
class DuckDB(Engine[nw.LazyFrame]):
    """Streams the files; the default."""

    name = "duckdb"
    package = "duckdb"

    def frames(self, folder: Path, columns: list[str]) -> Iterator[nw.LazyFrame]:  # noqa: D102
        import duckdb

        with duckdb.connect() as connection:
            for setting in ("preserve_insertion_order", "enable_external_file_cache"):
                connection.execute(f"SET {setting} = false")  # so that memory stays as it is
            yield nw.from_native(connection.read_parquet(str(folder / "*.parquet")))

    def collected(self, frame: nw.LazyFrame) -> Iterator[tuple]:  # noqa: D102
        yield from _rows(nw.to_native(frame).to_arrow_reader(10_000))


@register
class Pandas(Engine[nw.DataFrame]):
    """Reads one group of rows after another."""

    name = "pandas"
    package = "pandas"

    def frames(self, folder: Path, columns: list[str]) -> Iterator[nw.DataFrame]:  # noqa: D102
        import pandas as pd
        import pyarrow.parquet as pq

        for file in sorted(folder.glob("*.parquet")):
            for batch in pq.ParquetFile(file).iter_batches(50_000, columns=["record", *columns]):
                yield nw.from_native(batch.to_pandas(types_mapper=pd.ArrowDtype), eager_only=True)

    def collected(self, frame: nw.DataFrame) -> Iterator[tuple]:  # noqa: D102
        table = pa.Table.from_pandas(nw.to_native(frame), preserve_index=False)
        yield from _rows(table.to_batches())


@register
class Polars(Engine[nw.LazyFrame]):
    """Scans the files lazily."""

    name = "polars"
    package = "polars"

    def frames(self, folder: Path, columns: list[str]) -> Iterator[nw.LazyFrame]:  # noqa: D102
        import polars as pl

        yield nw.from_native(pl.scan_parquet(folder / "*.parquet"))

    def collected(self, frame: nw.LazyFrame) -> Iterator[tuple]:  # noqa: D102
        yield from nw.to_native(frame).collect(engine="streaming").iter_rows()


@register
class Spark(Engine[nw.LazyFrame]):
    """Runs on the session at hand: local, or the cluster that `spark-submit` names."""

    name = "spark"
    package = "pyspark"

    def frames(self, folder: Path, columns: list[str]) -> Iterator[nw.LazyFrame]:  # noqa: D102
        from pyspark.sql import SparkSession

        session = SparkSession.builder.appName("compendium search").getOrCreate()
        yield nw.from_native(session.read.parquet(str(folder)))

    def collected(self, frame: nw.LazyFrame) -> Iterator[tuple]:  # noqa: D102
        for row in nw.to_native(frame).toLocalIterator():
            yield tuple(row)
