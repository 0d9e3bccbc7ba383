"""The archive: whole, the same bytes again, and described by the rules of four vocabularies."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.resources import files
from zipfile import ZipFile

import pytest
import yaml

from compendium import cli
from compendium.errors import CompendiumError
from compendium.publication import archive, codemeta, crate, zenodo
from tests.conftest import needs


@pytest.fixture
def packed(released):
    return archive.make()


def told(packed, name: str) -> dict:
    with ZipFile(packed.file) as zipped:
        return json.loads(zipped.read(name))


def test_it_holds_site_data_chapters_lock_and_citation(packed):
    names = ZipFile(packed.file).namelist()
    for name in ("site/en/index.html", "site/.nojekyll", "data/datapackage.json",
                 "chapters/1-search.ipynb", "requirements.lock", "CITATION.cff"):  # fmt: skip
        assert name in names
    assert not [name for name in names if "__pycache__" in name or "/.ipynb_" in name]


def test_reviewers_sheets_stay_out_and_the_protocol_and_the_plan_are_in(released, capsys):
    from compendium.edition import release

    sheets = released / "data" / "screening" / "sheets"
    sheets.mkdir(parents=True)
    for name in ("title-abstract-aliya.xlsx", "title-abstract-aliya.ods", "Back.XLSX"):
        (sheets / name).write_bytes(b"abstracts of others")
    for name in ("PROTOCOL.md", "PROTOCOL.kk.md", "plan.yml"):
        (released / name).write_text("agreed", "utf-8")
    release.seal()
    assert cli.main(["archive", "--dry-run"]) == 0
    assert "3 screening sheets are left out" in capsys.readouterr().err
    names = set(ZipFile(archive.make().file).namelist())
    assert not [name for name in names if name.startswith("data/screening/sheets")]
    assert {"PROTOCOL.md", "PROTOCOL.kk.md", "plan.yml", "data/datapackage.json"} <= names


def test_a_workbook_that_the_data_package_describes_is_archived(released):
    from compendium.edition import release

    descriptor = json.loads((released / "data" / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].append({"name": "measured", "path": "measured.xlsx"})
    (released / "data" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (released / "data" / "measured.xlsx").write_bytes(b"own numbers")
    release.seal()
    assert "data/measured.xlsx" in archive.contents()
    assert archive.sheets() == []


def test_its_checksums_hold(packed, tmp_path):
    with ZipFile(packed.file) as zipped:
        zipped.extractall(tmp_path / "unpacked")
    program = needs("sha256sum")
    for folder, sums in ((tmp_path / "unpacked", archive.SUMS),
                         (packed.file.parent, packed.file.name + ".sha256")):  # fmt: skip
        done = subprocess.run([program, "--check", "--strict", sums], cwd=folder,
                              capture_output=True, text=True)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    listed = (tmp_path / "unpacked" / archive.SUMS).read_text("utf-8").count("\n")
    assert listed == len(ZipFile(packed.file).namelist()) - 1


def test_the_same_files_make_the_same_bytes(packed, released):
    first = packed.file.read_bytes()
    packed.file.unlink()
    for file in (released / "data").rglob("*.csv"):
        file.touch()
    assert archive.make().file.read_bytes() == first


def test_everybody_can_read_what_is_unpacked(packed):
    assert {entry.external_attr >> 16 for entry in ZipFile(packed.file).infolist()} == {0o644}


def test_without_a_release_build_it_says_what_to_run(own, capsys):
    assert cli.main(["archive"]) == 1
    assert "no release build. Run `make release` first." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "said"),
    [("_build/site/en/index.html", "built again"), ("data/codebook.csv", "were changed"),
     ("locales/kk/review.po", "were changed"), ("chapters/new.ipynb", "were changed")],
)  # fmt: skip
def test_what_is_not_of_the_release_is_refused(released, file, said):
    with (released / file).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    with pytest.raises(CompendiumError, match=said):
        archive.make()


def test_a_dry_run_writes_nothing_and_tells_the_parts(released, capsys):
    assert cli.main(["archive", "--dry-run"]) == 0
    said = capsys.readouterr()
    assert "nothing was written" in said.out and "chapters" in said.err
    assert not archive.folder().exists()


def test_a_tag_of_another_version_is_refused(released, capsys):
    assert cli.main(["archive", "--tag", "v9", "--dry-run"]) == 1
    assert "The tag is v9, but the version is 0.1.0." in capsys.readouterr().err
    assert cli.main(["archive", "--tag", "v0.1.0", "--dry-run"]) == 0


@pytest.mark.parametrize("field", ["title", "version", "authors", "license"])
def test_a_field_that_no_archive_can_do_without_is_named(released, field):
    from compendium.edition import release

    cited = yaml.safe_load((released / "CITATION.cff").read_text("utf-8"))
    del cited[field]
    (released / "CITATION.cff").write_text(yaml.safe_dump(cited), "utf-8")
    release.seal()
    with pytest.raises(CompendiumError, match=rf"CITATION\.cff, column `{field}`: .* Write it"):
        archive.make()


def test_people_and_licences_come_from_the_citation_file(released):
    from compendium.edition import release

    cited = yaml.safe_load((released / "CITATION.cff").read_text("utf-8"))
    cited |= {
        "authors": [{"family-names": "Nurlan", "given-names": "Aliya",
                     "affiliation": "A university", "orcid": "https://orcid.org/0000-0002-1694-233X"}],
        "license": "CC-BY-4.0", "version": "2", "doi": "10.5555/1",
    }  # fmt: skip
    (released / "CITATION.cff").write_text(yaml.safe_dump(cited), "utf-8")
    release.seal()
    made = archive.make()
    assert made.file.name.endswith("-2.zip")
    assert told(made, zenodo.FILE)["creators"] == [{
        "name": "Nurlan, Aliya", "affiliation": "A university", "orcid": "0000-0002-1694-233X",
    }]  # fmt: skip
    (author,) = told(made, codemeta.FILE)["author"]
    assert author["type"] == "Person" and author["familyName"] == "Nurlan"
    graph = {entity["@id"]: entity for entity in told(made, crate.FILE)["@graph"]}
    assert graph["./"]["author"] == {"@id": "https://orcid.org/0000-0002-1694-233X"}
    assert graph["./"]["license"] == {"@id": "https://spdx.org/licenses/CC-BY-4.0"}
    assert graph["./"]["identifier"] == "https://doi.org/10.5555/1"


def test_the_deposit_has_the_fields_that_zenodo_documents(packed):
    """The table "Deposit metadata" of https://developers.zenodo.org/#representation."""
    fields = told(packed, zenodo.FILE)
    assert set(fields) >= {"upload_type", "publication_date", "title", "creators", "description",
                           "access_right", "license"}  # fmt: skip
    assert fields["upload_type"] in {
        "publication", "poster", "presentation", "dataset", "image", "video", "software", "lesson",
        "physicalobject", "other",
    }  # fmt: skip
    assert fields["access_right"] in {"open", "embargoed", "restricted", "closed"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", fields["publication_date"])
    assert fields["license"] == "cc-by-4.0"
    assert all(set(who) <= {"name", "affiliation", "orcid", "gnd"} for who in fields["creators"])
    assert all(isinstance(word, str) for word in fields["keywords"])
    for related in fields["related_identifiers"]:
        assert related["identifier"] and related["relation"] in {
            "isCitedBy", "cites", "isSupplementTo", "isSupplementedBy", "references",
            "isReferencedBy", "isDerivedFrom", "isSourceOf",
        }  # fmt: skip
    assert set(fields) <= {
        "upload_type", "title", "version", "publication_date", "creators", "description",
        "access_right", "license", "notes", "keywords", "related_identifiers",
    }  # fmt: skip


def test_the_software_is_described_by_the_terms_of_codemeta(packed):
    """Terms and types of https://codemeta.github.io/terms/ for version 3.0."""
    said = told(packed, codemeta.FILE)
    assert said["@context"] == "https://w3id.org/codemeta/3.0"
    assert said["type"] == "SoftwareSourceCode"
    assert set(said) - {"@context", "type"} <= {
        "name", "identifier", "version", "description", "author", "license", "keywords",
        "datePublished", "dateModified", "url", "codeRepository", "programmingLanguage",
        "runtimePlatform", "softwareRequirements", "buildInstructions", "referencePublication",
    }  # fmt: skip
    assert said["name"] and said["author"] and said["version"]
    assert all(each.startswith("https://spdx.org/licenses/") for each in said["license"])
    assert all(author["type"] in {"Person", "Organization"} for author in said["author"])


@pytest.fixture
def graph(packed):
    return {entity["@id"]: entity for entity in told(packed, crate.FILE)["@graph"]}


def test_the_crate_has_its_descriptor_and_its_root(packed, graph):
    """Required by https://www.researchobject.org/ro-crate/specification/1.2/root-data-entity."""
    assert told(packed, crate.FILE)["@context"] == "https://w3id.org/ro/crate/1.2/context"
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset"
    assert all(root[term] for term in ("name", "description", "datePublished", "license"))


def test_whatever_the_crate_refers_to_is_in_it_and_in_the_archive(packed, graph):
    def named(value):
        if isinstance(value, dict):
            yield value["@id"]
        elif isinstance(value, list):
            for each in value:
                yield from named(each)

    said = {name for entity in graph.values() for value in entity.values() for name in named(value)}
    assert said - set(graph) == {"https://w3id.org/ro/crate/1.2"}
    names = ZipFile(packed.file).namelist()
    for part in named(graph["./"]["hasPart"]):
        assert part in names or any(name.startswith(part) for name in names)
        if graph[part]["@type"] == "File":
            sha256, size = packed.files[part]
            assert (graph[part]["sha256"], graph[part]["contentSize"]) == (sha256, str(size))


def test_every_term_of_the_crate_is_one_that_its_context_defines(graph):
    context = json.loads(files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8"))
    terms = set(context["@context"]) | {"@id", "@type"}
    used = {term for entity in graph.values() for term in entity}
    types = {entity["@type"] for entity in graph.values()}
    assert used | types <= terms


def test_rocrate_reads_the_archive_back(packed):
    from rocrate.rocrate import ROCrate

    read = ROCrate(packed.file)
    assert read.name == packed.facts.title
    assert read.dereference("data/").type == "Dataset"
