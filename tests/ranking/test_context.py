"""A context is a folder: read by the package's schemas, refused with the place of what is wrong."""


import pytest

from compendium import data
from compendium.errors import CompendiumError
from review import applicability

ABOUT = """\
id: ruritania-clocks
code: kazakhstan_electronics
country: FI
sector: electronics_industry
example_countries: [GB, IT]
reference_year: 2025
"""
TABLES = {
    "facts.csv": [
        "fact,bears_on,scope,statement,value,unit,year,year_inferred,qualifier,requirement,criterion,"
        "direction,told_by,corrected,source,seen_at,date_read,confidence,note",
        "f1,engineer_shortage,scope_country,Clockmakers in Ruritania,7,,2020,false,exact,,,,,false,"
        "The Ruritanian Gazette,https://example.org/clockmakers,2026-01-31,read_certain,",
    ],
    "indicators.csv": [
        "indicator,bears_on,unit,better,kind,source,address,caution",
        "gii_gerd_value,ctx_research_base,percent_gdp,higher,measured,Fiction,,",
    ],
    "indicator_values.csv": [
        "indicator,country,year,edition,value,stale,mark,seen_at",
        "gii_gerd_value,FI,2024,Fiction,1.5,false,,",
        "gii_gerd_value,GB,2024,Fiction,1.0,false,,",
    ],
    "requirements.csv": [
        "requirement,statement,article_requirement,place",
        "req_trust,Clockmakers trust one another,trust,table3:1",
    ],
    "model_requires.csv": [
        "model,requirement,basis,place",
        "joint_laboratories,req_trust,stated,table3:1",
    ],
    "offers.csv": [
        "requirement,reading,evidence_kind,evidence,note",
        "req_trust,supports,evidence_fact,f1,Seven clockmakers share one clock.",
    ],
}


@pytest.fixture
def contexts(tmp_path):
    """A folder of contexts with one that is plainly made up."""
    own = tmp_path / "ruritania-clocks"
    own.mkdir()
    (own / "context.yml").write_text(ABOUT, encoding="utf-8")
    for file, rows in TABLES.items():
        (own / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def _replace(file, old, new):
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_another_folder_is_another_context(contexts):
    context = applicability.load("ruritania-clocks", contexts)
    assert (context.country, context.examples) == ("FI", ["GB", "IT"])
    assert context.facts["statement"].tolist() == ["Clockmakers in Ruritania"]
    assert applicability.context_offers(context)["reading"].tolist() == ["supports"]
    assert applicability.model_matrix(context)["model"].tolist() == ["joint_laboratories"]


def test_tables_have_the_types_of_the_package(contexts):
    context = applicability.load("ruritania-clocks", contexts)
    assert context.indicator_values["value"].dtype == "Float64"
    assert context.indicator_values["stale"].dtype == "boolean"


def test_a_folder_that_does_not_exist_is_named_with_the_nearest(contexts):
    with pytest.raises(CompendiumError, match=r"no context 'ruritania-clock'.*ruritania-clocks"):
        applicability.load("ruritania-clock", contexts)


def test_a_name_like_none_lists_the_contexts_that_exist(contexts):
    with pytest.raises(CompendiumError, match="name one of: ruritania-clocks"):
        applicability.load("zzz", contexts)


@pytest.mark.parametrize("file", ["context.yml", *TABLES])
def test_a_missing_file_is_named(contexts, file):
    (contexts / "ruritania-clocks" / file).unlink()
    with pytest.raises(CompendiumError, match=f"{file}: The file does not exist"):
        applicability.load("ruritania-clocks", contexts)


def test_a_missing_column_is_named_with_its_file(contexts):
    _replace(contexts / "ruritania-clocks" / "facts.csv", ",scope,", ",reach,")
    with pytest.raises(CompendiumError, match=r"facts.csv, column `scope`: The column is missing"):
        applicability.load("ruritania-clocks", contexts)


def test_a_missing_key_of_the_description_is_named(contexts):
    _replace(contexts / "ruritania-clocks" / "context.yml", "country: FI\n", "")
    with pytest.raises(CompendiumError, match=r"context.yml, column `country`"):
        applicability.load("ruritania-clocks", contexts)


def test_a_country_that_does_not_exist_is_refused(contexts):
    _replace(contexts / "ruritania-clocks" / "context.yml", "[GB, IT]", "[UK, IT]")
    with pytest.raises(CompendiumError, match=r"context.yml.*Did you mean 'GB'"):
        applicability.load("ruritania-clocks", contexts)


def test_evidence_that_does_not_exist_is_refused_with_its_row(contexts):
    _replace(contexts / "ruritania-clocks" / "offers.csv", ",f1,", ",f2,")
    with pytest.raises(CompendiumError, match=r"offers.csv, row 2, column `evidence`.*'f2'"):
        applicability.load("ruritania-clocks", contexts)


def test_a_requirement_that_is_not_described_is_refused(contexts):
    _replace(contexts / "ruritania-clocks" / "model_requires.csv", "req_trust", "req_trusty")
    with pytest.raises(CompendiumError, match=r"model_requires.csv.*Did you mean 'req_trust'"):
        applicability.load("ruritania-clocks", contexts)


def test_the_books_own_context_is_the_packages():
    context = applicability.load("kazakhstan-electronics")
    assert context.country == data.document("context")["country"]
    assert context.facts.equals(data.table("context_facts"))
