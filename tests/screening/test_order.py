"""The order of reading: nothing leaves the list, and the test of stopping is the published one."""

import math
import os
import subprocess
import sys

import pytest
from scipy.stats import hypergeom

from compendium.errors import CompendiumError
from compendium.records import write
from compendium.records.record import Record
from compendium.screening import decisions, order
from compendium.screening.decisions import Decision, Identified

PYTHON = os.environ.get("ASREVIEW_PYTHON", sys.executable)


@pytest.fixture
def asreview(tmp_path):
    """A Python that has ASReview."""
    asked = [PYTHON, "-c", "import asreview"]
    if subprocess.run(asked, capture_output=True, cwd=tmp_path).returncode:
        pytest.skip("asreview is not installed; ASREVIEW_PYTHON names a Python that has it")
    return PYTHON


def trial(tmp_path, n=30):
    """Made-up records of two subjects, four of them with generated trial decisions."""
    subjects = ("university industry collaboration", "protein folding of yeast")
    records = [
        Record(title=f"A study of {subjects[at % 2]} {at}", abstract=f"{subjects[at % 2]} again.",
               doi=f"10.5555/trial.{at}")
        for at in range(n)
    ]  # fmt: skip
    file, folder = tmp_path / "records.csv", tmp_path / "decisions"
    write.write(records, file)
    decisions.identify(folder, (Identified(record.key) for record in records))
    decisions.append(folder, [
        Decision(records[at].key, "title_abstract", "Trial", "independent",
                 "key_topics" if at % 2 else "", "exclude" if at % 2 else "include")
        for at in range(4)
    ])  # fmt: skip
    return file, folder


def test_asreview_puts_the_likely_ones_first_and_leaves_none_out(tmp_path, asreview):
    file, folder = trial(tmp_path)
    report = order.of_folder(file, folder, stage="title_abstract", python=asreview)
    assert len(report.records) == 26
    assert all("university" in record.title for record in report.records[:13])
    order.write(report, tmp_path / "order.csv")
    assert len((tmp_path / "order.csv").read_text("utf-8").splitlines()) == 27
    assert any("No record was excluded" in line for line in order.lines(report))


def test_an_unknown_model_is_named(tmp_path, asreview):
    file, folder = trial(tmp_path)
    with pytest.raises(CompendiumError, match="elas_u4"):
        order.of_folder(file, folder, stage="title_abstract", model="none", python=asreview)


def test_without_asreview_the_error_says_how_to_get_it(tmp_path):
    file, folder = trial(tmp_path)
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    with pytest.raises(CompendiumError, match=r"not installed.*pip install asreview.*--python"):
        order.of_folder(file, folder, stage="title_abstract", python=bare / "bin" / "python")


def test_the_model_is_not_asked_before_both_kinds_are_known(tmp_path):
    file, folder = trial(tmp_path)
    (folder / "decisions.csv").unlink()
    with pytest.raises(CompendiumError, match="at least one included and one excluded"):
        order.of_folder(file, folder, stage="title_abstract")


def test_the_p_value_is_that_of_the_definition():
    # Callaghan & Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4: after 10 relevant records in
    # a row, 90 not relevant of 200 in all. Counting from the 11th: 190 were left; below a recall of
    # 95 % at least floor(10 / 0.95 - 10 + 1) = 1 of them is relevant, and 90 draws found none.
    told = order.stopping([1] * 10 + [0] * 90, 200)
    assert told.p == pytest.approx(hypergeom.cdf(0, 190, 1, 90)) == pytest.approx(100 / 190)
    assert (told.read, told.relevant, told.since) == (100, 10, 90)


def test_the_p_value_falls_as_reading_on_finds_nothing():
    shares = [order.stopping([1] * 10 + [0] * n, 200).p for n in (20, 100, 180)]
    assert shares == sorted(shares, reverse=True) and shares[-1] < 0.06


def test_everything_read_leaves_nothing_to_miss():
    assert order.stopping([1, 0, 1, 0], 4).p == 0


def test_before_anything_is_found_there_is_no_p_value():
    assert math.isnan(order.stopping([0, 0], 10).p)
