"""Catalogs: extracted, merged without loss, and refused when a translation lost a part."""

import csv
import json

import nbformat
import pytest

from compendium import data, new_review, project, review_plan
from compendium.edition import catalogs, localise
from compendium.errors import CompendiumError

CHAPTER = "1-search"


@pytest.fixture
def chapter(own):
    """A chapter of one's own; returns a function that writes its markdown cells anew."""
    file = own / "chapters" / f"{CHAPTER}.ipynb"
    (own / "locales" / "kk" / f"{CHAPTER}.po").unlink(missing_ok=True)

    def write(*cells):
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell("print('code')")]
            + [nbformat.v4.new_markdown_cell(cell) for cell in cells]
        )
        nbformat.write(notebook, file)
        return catalogs.merge("kk", CHAPTER)

    return write


def translate(own, pairs, domain=CHAPTER):
    """Do a translator's work: fill in strings and leave the rest of the file as it is."""
    file = own / "locales" / "kk" / f"{domain}.po"
    content = file.read_text("utf-8")
    for source, string in pairs.items():
        entry = f"msgid {json.dumps(source)}\nmsgstr "
        assert entry + '""\n' in content, source
        written = json.dumps(string, ensure_ascii=False)
        content = content.replace(entry + '""\n', f"{entry}{written}\n")
    file.write_text(content, "utf-8")


def found(domain=CHAPTER):
    return [(f.kind, f.message, f.detail) for f in catalogs.findings("kk", domain)]


def test_a_chapter_s_catalog_holds_its_prose_in_the_reader_s_order(chapter):
    chapter("(a-label)=\n# One", "```{note}\n:class: x\nTwo\n```\n\nThree")
    ids = [message.id for message in catalogs.template(CHAPTER) if message.id]
    assert ids == ["# One", "Two", "Three"]


def test_findings_are_looked_for_again_only_in_a_catalog_that_has_changed(
    own, chapter, monkeypatch
):
    chapter("# One", "Two")
    wanted = [str(f) for domain in catalogs.domains() for f in catalogs.findings("kk", domain)]
    assert catalogs.told("kk") == wanted
    translate(own, {"Two": "Екі"})
    asked, findings = [], catalogs.findings
    monkeypatch.setattr(catalogs, "findings", lambda *of: asked.append(of) or findings(*of))
    assert set(wanted) - set(catalogs.told("kk")) == {f for f in wanted if "'Two'" in f}
    assert asked == [("kk", CHAPTER)]


def test_a_changed_message_keeps_its_former_text_until_it_is_translated(own, chapter):
    former = "Two words about search " + 'and "much" more, ' * 9
    chapter("# One", former.strip())
    kk = catalogs.load("kk", CHAPTER)
    kk.get(former.strip()).string = "Іздеу туралы екі сөз"
    catalogs.write("kk", CHAPTER, kk)
    chapter("# One", former.strip() + " anew")
    file = own / "locales" / "kk" / f"{CHAPTER}.po"
    catalogs.merge("kk", CHAPTER)
    catalogs.merge("kk", CHAPTER)
    content = file.read_text("utf-8")
    assert content.count("Two words about search") == 2
    fuzzy = catalogs.load("kk", CHAPTER).get(former.strip() + " anew")
    assert fuzzy.previous_id == [former.strip()]
    file.write_text(content.replace("#, fuzzy\n", ""), "utf-8")
    catalogs.merge("kk", CHAPTER)
    assert file.read_text("utf-8").count("Two words about search") == 1


def test_merging_again_changes_nothing(own, chapter):
    chapter("# One", "Two words")
    translate(own, {"# One": "# Бір"})
    catalogs.merge("kk", CHAPTER)
    file = own / "locales" / "kk" / f"{CHAPTER}.po"
    once = file.read_bytes()
    catalogs.merge("kk", CHAPTER)
    assert file.read_bytes() == once


def test_a_translation_outlives_a_merge_and_a_changed_sentence_becomes_fuzzy(own, chapter):
    chapter("# One", "The query found eighteen records in the database.")
    was = "The query found eighteen records in the database."
    translate(own, {"# One": "# Бір", was: "Он сегіз."})
    assert found() == []
    changed = "The query found nineteen records in the database."
    chapter("# One", changed)
    assert found() == [("fuzzy", changed, "")]
    entry = catalogs.load("kk", CHAPTER).get(changed)
    assert entry.string == "Он сегіз."
    assert f'#| msgid "{was}"' in (own / "locales/kk" / f"{CHAPTER}.po").read_text("utf-8")


def test_a_deleted_sentence_s_translation_is_kept_in_the_file(own, chapter):
    chapter("# One", "Entirely unlike anything else")
    translate(own, {"Entirely unlike anything else": "Басқа"})
    chapter("# One")
    assert '#~ msgstr "Басқа"' in (own / "locales/kk" / f"{CHAPTER}.po").read_text("utf-8")


def test_a_missing_translation_is_named_and_a_reader_sees_english(chapter):
    chapter("# One")
    assert found() == [("missing", "# One", "")]
    assert catalogs.gettext("kk", CHAPTER)("# One") == "# One"


def test_a_fuzzy_translation_is_not_shown(own, chapter):
    chapter("The query found eighteen records.")
    translate(own, {"The query found eighteen records.": "Он сегіз."})
    chapter("The query found nineteen records.")
    assert catalogs.gettext("kk", CHAPTER)("The query found nineteen records.").startswith("The")


@pytest.mark.parametrize(
    ("english", "kazakh", "lost"),
    [
        ("{glue:text}`found` records", "жазба", "lost: role glue:text found"),
        ("See {numref}`fig-a`.", "{numref}`fig-b` қараңыз.", "lost: role numref fig-a"),
        ("By {cite}`ankrah2015`.", "Авторы.", "lost: role cite ankrah2015"),
        ("A [link](https://a.org).", "[Сілтеме](https://b.org).", "lost: link https://a.org"),
        ("Found %d of %(all)s", "%(all)s", "lost: placeholder %d"),
        ("A title", "<script>alert(1)</script>", "added: tag script, tag /script"),
    ],
)
def test_a_translation_that_lost_a_part_is_broken_and_says_which(
    own, chapter, english, kazakh, lost
):
    chapter(english)
    translate(own, {english: kazakh})
    assert any(
        (kind, message) == ("broken", english) and lost in detail
        for kind, message, detail in found()
    )


def test_a_finding_reads_as_one_line_with_its_file(own, chapter):
    chapter("{glue:text}`found` records")
    translate(own, {"{glue:text}`found` records": "жазба"})
    (finding,) = catalogs.findings("kk", CHAPTER)
    assert str(finding) == (
        "locales/kk/1-search.po: broken: '{glue:text}`found` records' lost: role glue:text found"
    )


def test_coverage_counts_what_is_translated_today(own, chapter):
    chapter("# One", "Two", "Three")
    translate(own, {"# One": "# Бір"})
    assert catalogs.coverage("kk")[CHAPTER] == (1, 3)


def test_a_localised_chapter_has_its_code_untouched_and_its_prose_translated(own, chapter):
    chapter("(a-label)=\n# One")
    translate(own, {"# One": "# Бір"})
    notebook = nbformat.read(own / "chapters" / f"{CHAPTER}.ipynb", as_version=4)
    there = localise.localise(notebook, CHAPTER, "kk")
    assert [cell.source for cell in there.cells] == ["print('code')", "(a-label)=\n# Бір"]
    assert notebook.cells[1].source == "(a-label)=\n# One"


def test_a_file_that_is_no_catalog_gives_one_clear_line(own):
    (own / "locales" / "kk" / f"{CHAPTER}.po").write_text('msgid "never closed\n', "utf-8")
    with pytest.raises(CompendiumError, match=r"locales/kk/1-search\.po: The catalog cannot be"):
        catalogs.load("kk", CHAPTER)


def test_the_code_s_strings_come_with_plurals_and_comments_for_translators():
    catalog = catalogs.template("compendium")
    plurals = [message for message in catalog if isinstance(message.id, tuple)]
    assert plurals
    assert any(message.auto_comments for message in catalog)


def test_a_message_that_moved_to_another_house_takes_its_translation_along(own):
    for house in ("src/review", "src/compendium"):
        (own / house).mkdir(parents=True)
    (own / "src" / "compendium" / "told.py").write_text('_("Rank of the thing")\n', "utf-8")
    (own / "src" / "review" / "told.py").write_text("", "utf-8")
    (own / "locales" / "kk" / "review.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Rank of the thing"\nmsgstr "Нәрсенің орны"\n', "utf-8",
    )
    merged = catalogs.merge("kk", "compendium")
    assert merged.get("Rank of the thing").string == "Нәрсенің орны"
    assert catalogs.findings("kk", "compendium") == []


def test_a_message_that_is_written_later_is_found_though_the_code_was_read_before(own):
    (own / "src" / "review").mkdir(parents=True)
    for number in ("One", "One more"):
        (own / "src" / "review" / "told.py").write_text(f'_("{number}")\n', "utf-8")
        assert [m.id for m in catalogs.template("review") if m.id] == [number]


def test_the_data_s_free_text_is_in_its_catalog_and_codes_are_not(own):
    strings = {message.id for message in catalogs.template("data")}
    assert "Title" in strings or any("title" in str(text).lower() for text in strings)
    assert not {"living_labs", "joint_laboratories", "KR", "KZ"} & strings


def test_of_the_extraction_only_values_of_text_categories_are_to_be_translated(tmp_path):
    plan = review_plan.of({"extraction": {
        "size": {"type": "number", "label": "Size"},
        "began": {"type": "year", "label": "Began"},
        "risk": {"type": "effect", "label": "Risk"},
        "design": {"codes": {"rct": "Randomised trial"}, "label": "Design"},
        "place": {"type": "text", "label": "Place"},
    }})  # fmt: skip
    folder = new_review.make(tmp_path / "review", plan=plan)
    rows = {"size": "426", "began": "2011", "risk": "0.3 [0.2; 0.45]", "design": "rct",
            "place": "Rural clinics"}  # fmt: skip
    with project.at(folder):
        fields = [f["name"] for f in data.resource("extraction")["schema"]["fields"]]
        file = folder / "data" / "review" / "extraction.csv"
        with file.open("a", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, fields, restval="", lineterminator="\n")
            out.writerows({"work": "doe2001", "category": name, "status": "reported",
                           "value": value} for name, value in rows.items())  # fmt: skip
        strings = {message.id for message in catalogs.template("data")}
    assert "Rural clinics" in strings
    assert not {"426", "2011", "0.3 [0.2; 0.45]", "rct"} & strings


@pytest.mark.parametrize("domain", catalogs.domains())
@pytest.mark.parametrize("language", catalogs.translated())
def test_a_catalog_is_whole_not_fuzzy_and_keeps_every_part(language, domain):
    assert [str(finding) for finding in catalogs.findings(language, domain)] == []
