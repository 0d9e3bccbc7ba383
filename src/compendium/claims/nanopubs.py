"""Claims and verdicts as nanopublications: assertion, provenance and publication info, in TriG.

The form is that of the nanopublication guidelines: a head graph that names three others. What a
nanopublication asserts is a review of a claim of the publication, in the terms of schema.org.

References
----------
Groth, Gibson & Velterop (2010), doi:10.3233/ISU-2010-0613; https://nanopub.net/guidelines/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date

from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Dataset, Graph, Literal, Namespace, URIRef

from compendium import data, language, project
from compendium.addresses import place
from compendium.claims import result_lines
from compendium.claims.claims import Verdict
from compendium.language import label, text

BASE = "urn:compendium:claim:"
"""Where names of the nanopublications begin: the data have no address of their own."""
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
NP = Namespace("http://www.nanopub.org/nschema#")
SCHEMA = Namespace("https://schema.org/")
PREFIXES = {
    "np": NP, "schema": SCHEMA, "prov": PROV, "dcterms": DCTERMS, "rdfs": RDFS, "xsd": XSD,
}  # fmt: skip


def trig(verdicts: Iterable[Verdict], created: date, base: str = BASE) -> str:
    """Nanopublications of verdicts, with texts in the book's languages.

    Parameters
    ----------
    verdicts : iterable of Verdict
    created : date
        Day of the edition.
    base : str
        What the names of the nanopublications begin with.

    Returns
    -------
    str
        TriG.
    """
    article = data.document("article")
    graphs = [
        graph
        for verdict in verdicts
        for graph in _graphs(verdict, article, created, base + verdict.claim.id)
    ]
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    return prefixes + "\n" + "\n".join(map(_serialised, graphs))


def _serialised(graph: Graph) -> str:
    """One graph without its prefixes: a dataset's graphs come in no order of their own."""
    dataset = Dataset()
    for prefix, space in PREFIXES.items():
        dataset.bind(prefix, space)
    own = dataset.graph(graph.identifier)
    for triple in graph:
        own.add(triple)
    written = dataset.serialize(format="trig").splitlines()
    return "\n".join(line for line in written if line and not line.startswith("@prefix")) + "\n"


def _graphs(verdict: Verdict, article: dict, created: date, name: str) -> list[Graph]:
    parts = {part: URIRef(f"{name}#{part}") for part in ("head", "assertion", "provenance", "info")}
    graphs = {part: Graph(identifier=uri) for part, uri in parts.items()}
    publication = URIRef(name)
    head = graphs["head"]
    head.add((publication, RDF.type, NP.Nanopublication))
    head.add((publication, NP.hasAssertion, parts["assertion"]))
    head.add((publication, NP.hasProvenance, parts["provenance"]))
    head.add((publication, NP.hasPublicationInfo, parts["info"]))
    _assert(graphs["assertion"], verdict, URIRef(article["address"]), name)
    _provenance(graphs["provenance"], verdict, parts["assertion"], name)
    info = graphs["info"]
    info.add((publication, DCTERMS.created, Literal(created.isoformat(), datatype=XSD.date)))
    info.add((publication, DCTERMS.license, URIRef(LICENCE)))
    for author in _english(project.current().book.authors):
        info.add((publication, DCTERMS.creator, Literal(author, lang="en")))
    return list(graphs.values())


def _assert(graph: Graph, verdict: Verdict, article: URIRef, name: str) -> None:
    claim, review, rating = (URIRef(f"{name}#{part}") for part in ("claim", "review", "verdict"))
    graph.add((claim, RDF.type, SCHEMA.Claim))
    graph.add((claim, SCHEMA.firstAppearance, article))
    graph.add((claim, SCHEMA.identifier, Literal(verdict.claim.id)))
    graph.add((review, RDF.type, SCHEMA.ClaimReview))
    graph.add((review, SCHEMA.itemReviewed, claim))
    graph.add((review, SCHEMA.reviewRating, rating))
    graph.add((rating, RDF.type, SCHEMA.Rating))
    graph.add((rating, SCHEMA.identifier, Literal(verdict.result.verdict)))
    for code in language.LANGUAGES:
        with language.speaking(code):
            for subject, predicate, said in (
                (claim, SCHEMA.text, text(verdict.claim.says)),
                (claim, SCHEMA.position, place(verdict.claim.place)),
                (claim, SCHEMA.genre, label(verdict.claim.kind)),
                (rating, SCHEMA.alternateName, label(verdict.result.verdict)),
                (review, SCHEMA.reviewBody, "\n".join(result_lines.lines(verdict.result))),
            ):
                graph.add((subject, predicate, Literal(said, lang=code)))


def _provenance(graph: Graph, verdict: Verdict, assertion: URIRef, name: str) -> None:
    check = URIRef(f"{name}#check")
    graph.add((assertion, PROV.wasGeneratedBy, check))
    graph.add((check, RDF.type, PROV.Activity))
    graph.add((check, RDFS.label, Literal(verdict.claim.check)))
    graph.add((check, SCHEMA.measurementTechnique, Literal(verdict.claim.basis)))
    arguments = json.dumps(verdict.claim.arguments, ensure_ascii=False, sort_keys=True)
    graph.add((check, SCHEMA.instrument, Literal(arguments)))
    for resource in verdict.resources:
        used = URIRef(f"urn:compendium:data:{resource}")
        graph.add((check, PROV.used, used))
        graph.add((used, RDFS.label, Literal(f"data/{data.resource(resource)['path']}")))
    # Pages whose address is not for printing stay in the data, which the check names.
    for cell in verdict.links:
        graph.add((assertion, PROV.wasDerivedFrom, URIRef(cell.href)))


def _english(told: Callable[[], list[str]]) -> list[str]:
    with language.speaking("en"):
        return told()
