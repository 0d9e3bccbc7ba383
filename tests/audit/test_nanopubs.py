"""Nanopublications: TriG that rdflib reads, with the graphs that a nanopublication has."""

from datetime import date

import pytest
from rdflib import DCTERMS, PROV, RDF, Dataset, URIRef

from compendium import language
from compendium.claims import claims, nanopubs
from compendium.claims.nanopubs import NP, SCHEMA

# rdflib's own TriG reader uses a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def written() -> str:
    return nanopubs.trig(claims.judged(), DAY)


@pytest.fixture(scope="module")
def dataset(written) -> Dataset:
    return Dataset().parse(data=written, format="trig")


def graph(dataset: Dataset, claim: str, part: str):
    return dataset.graph(URIRef(f"{nanopubs.BASE}{claim}#{part}"))


def test_every_claim_has_its_four_graphs_and_none_is_empty(dataset):
    for verdict in claims.judged():
        for part in ("head", "assertion", "provenance", "info"):
            assert len(graph(dataset, verdict.claim.id, part)), (verdict.claim.id, part)
    named = [g for g in dataset.graphs() if str(g.identifier).startswith(nanopubs.BASE)]
    assert len(named) == 4 * len(claims.judged())


def test_the_head_names_the_other_three_graphs(dataset):
    name = URIRef(nanopubs.BASE + "sample_size")
    head = graph(dataset, "sample_size", "head")
    assert head.value(name, RDF.type) == NP.Nanopublication
    for predicate, part in (
        (NP.hasAssertion, "assertion"),
        (NP.hasProvenance, "provenance"),
        (NP.hasPublicationInfo, "info"),
    ):
        assert head.value(name, predicate) == URIRef(f"{name}#{part}")


def test_the_assertion_gives_the_verdict_in_three_languages(dataset):
    asserted = graph(dataset, "sample_size", "assertion")
    rating = asserted.value(predicate=RDF.type, object=SCHEMA.Rating)
    assert str(asserted.value(rating, SCHEMA.identifier)) == "differs"
    claim = asserted.value(predicate=RDF.type, object=SCHEMA.Claim)
    texts = {said.language: str(said) for said in asserted.objects(claim, SCHEMA.text)}
    assert set(texts) == set(language.LANGUAGES)
    assert texts["en"] == "The whole sample is 17 sources."


def test_provenance_is_about_the_assertion_and_names_check_and_page(dataset):
    told = graph(dataset, "hou_period", "provenance")
    assertion = URIRef(nanopubs.BASE + "hou_period#assertion")
    assert told.value(assertion, PROV.wasGeneratedBy)
    pages = list(told.objects(assertion, PROV.wasDerivedFrom))
    assert pages
    assert all(str(page).startswith("https://") for page in pages)


def test_publication_info_is_about_the_nanopublication(dataset):
    info = graph(dataset, "hou_period", "info")
    name = URIRef(nanopubs.BASE + "hou_period")
    assert str(info.value(name, DCTERMS.created)) == "2026-01-02"
    assert info.value(name, DCTERMS.license)
    assert info.value(name, DCTERMS.creator)


def test_the_same_verdicts_give_the_same_file(written):
    assert nanopubs.trig(claims.judged(), DAY) == written


def test_writing_leaves_the_readers_language_as_it_was():
    language.use("kk")
    nanopubs.trig(claims.judged()[:1], DAY)
    assert language.current() == "kk"
    language.use("en")
