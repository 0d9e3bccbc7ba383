"""Another version of the engine in a review: told first, and what the author changed stays."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from compendium import cli, project, upgrade, wheels
from compendium.errors import CompendiumError
from tests.update.make import digests

MAKEFILE, README = "compendium/template/Makefile", "compendium/template/README.md"
WORKFLOW = "compendium/template/github/workflows/"


@pytest.fixture(scope="module")
def newer(tmp_path_factory) -> Path:
    """A folder with wheels of a newer engine: other files, other packages, another version."""
    folder = tmp_path_factory.mktemp("newer")
    for wheel in wheels.write(folder):
        if not wheel.name.startswith("compendium-"):
            continue
        with ZipFile(wheel) as read:
            files = {name: read.read(name) for name in read.namelist()}
        wheel.unlink()
        files |= {
            MAKEFILE: files[MAKEFILE] + b"\n# newer\n",
            README: files[README] + b"\nNewer.\n",
            WORKFLOW + "extra.yml": b"name: extra\n",
            "compendium/CHANGELOG.md": b"## 9.9\n- Faster.\n",
            f"compendium/{wheels.LOCK}": files[f"compendium/{wheels.LOCK}"].replace(
                b"papermill==", b"papermill==9."),
        }  # fmt: skip
        del files[WORKFLOW + "test.yml"]
        name = next(name for name in files if name.endswith("METADATA"))
        version = project.path("pyproject.toml").read_text("utf-8").partition('version = "')[2]
        old = version.partition('"')[0]
        files[name] = files[name].replace(f"Version: {old}".encode(), b"Version: 9.9")
        with ZipFile(folder / "compendium-9.9-py3-none-any.whl", "w") as out:
            for file, content in files.items():
                out.writestr(file.replace(f"compendium-{old}.dist", "compendium-9.9.dist"), content)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _each_engine_is_asked_once(tmp_path_factory):
    """What an engine writes for a review is kept: asking it starts a program of its own."""
    asked, kept = upgrade._written, {}

    def written(engine, scratch):
        about = engine.digest, project.path("plan.yml").is_file()
        if about not in kept:
            kept[about] = asked(engine, tmp_path_factory.mktemp("asked"))
        return kept[about]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrade, "_written", written)
        yield


def offered(newer) -> tuple[Path, ...]:
    return tuple(sorted(newer.glob("*.whl")))


def test_the_same_engine_changes_nothing(review, capsys):
    assert cli.main(["upgrade"]) == 0
    said = capsys.readouterr().out
    assert "the same engine; nothing changes" in said


def test_an_engine_whose_files_stand_in_another_order_is_the_same(review, tmp_path, capsys):
    for wheel in (review / "vendor").glob("*.whl"):
        with ZipFile(wheel) as read, ZipFile(tmp_path / wheel.name, "w") as out:
            for name in reversed(read.namelist()):
                lines = read.read(name).splitlines(keepends=True)
                content = b"".join(reversed(lines)) if name.endswith("RECORD") else read.read(name)
                out.writestr(name, content)
    assert cli.main(["upgrade", str(tmp_path)]) == 0
    assert "the same engine; nothing changes" in capsys.readouterr().out


def test_a_wheel_lists_its_files_in_one_order_wherever_the_lock_file_lies(tmp_path):
    for wheel in wheels.write(tmp_path):
        names = [name for name in ZipFile(wheel).namelist() if not name.endswith("RECORD")]
        assert names == sorted(names)


def test_it_tells_versions_changelog_packages_and_files(review, newer, capsys):
    (review / "README.md").write_text("mine\n", "utf-8")
    before = digests(review)
    assert cli.main(["upgrade", str(newer)]) == 0
    said = capsys.readouterr().out
    for line in ("offered is        9.9 (", "  - Faster.", "  .github/workflows/extra.yml",
                 "replaced (3 lines)", "  Makefile\n", "they stay (1 line)\n  README.md",
                 "Nothing was written"):  # fmt: skip
        assert line in said
    assert "  papermill " in said and "→ 9." in said
    assert digests(review) == before


def test_what_nobody_touched_is_replaced_and_what_the_author_changed_stays(review, newer):
    (review / "README.md").write_text("mine\n", "utf-8")
    (review / "chapters" / "9-own.ipynb").write_text("{}", "utf-8")
    before = digests(review)
    done = upgrade.upgrade(offered(newer), write=True)
    assert done.new == (".github/workflows/extra.yml",)
    assert done.renewed == ("Makefile", "environment.yml", "requirements.lock")
    assert done.yours == ("README.md",)
    assert done.dropped == (".github/workflows/test.yml",)
    after = digests(review)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed - {*done.new, *done.renewed} == {
        f"vendor/{wheel.name}" for wheel in (*done.before.wheels, *done.after.wheels)
        if wheel.name.startswith("compendium")
    }  # fmt: skip
    assert "# newer" in (review / "Makefile").read_text("utf-8")
    assert len(list((review / "vendor").glob("*.whl"))) == 2


def test_a_second_time_there_is_nothing_left_to_do(review, newer):
    upgrade.upgrade(offered(newer), write=True)
    again = upgrade.upgrade(offered(newer))
    assert again.before.digest == again.after.digest
    assert not (again.new or again.renewed or again.yours or again.dropped)


def test_a_file_that_the_author_took_out_does_not_come_back(review, newer):
    (review / "Makefile").unlink()
    done = upgrade.upgrade(offered(newer), write=True)
    assert "Makefile" not in (*done.new, *done.renewed)
    assert not (review / "Makefile").exists()


def test_an_author_s_change_of_what_the_engine_left_alone_is_nobody_s_business(review, newer):
    (review / "data" / "references.bib").write_text("mine\n", "utf-8")
    done = upgrade.upgrade(offered(newer))
    assert done.yours == ()


def test_a_review_made_by_a_plan_is_asked_for_with_its_plan(tmp_path, newer):
    plan = tmp_path / "plan.yml"
    plan.write_text("title: {en: Other}\nlanguages: [en]\n", "utf-8")
    assert cli.main(["init", str(tmp_path / "planned"), "--plan", str(plan)]) == 0
    with project.at(tmp_path / "planned"):
        done = upgrade.upgrade(offered(newer))
    assert done.yours == () and "Makefile" in done.renewed
    assert not [name for name in done.new if "ru" in name]


def test_one_wheel_is_enough_and_the_other_stays(review, newer):
    (wheel,) = newer.glob("compendium-*.whl")
    with upgrade.offered(wheel) as found:
        done = upgrade.upgrade(found)
    assert done.after.version == "9.9" and len(done.after.wheels) == 2


@pytest.mark.parametrize("name", ["", "absent.whl", "notes.txt"])
def test_where_no_wheel_is_offered_it_says_what_to_name(review, tmp_path, name, capsys):
    (tmp_path / "offers").mkdir()
    (tmp_path / "offers" / "notes.txt").write_text("no")
    assert cli.main(["upgrade", str(tmp_path / "offers" / name)]) == 1
    assert "no wheel of the engine" in capsys.readouterr().err


def test_a_broken_wheel_is_named(review, tmp_path):
    broken = tmp_path / "compendium-1-py3-none-any.whl"
    broken.write_text("no")
    with pytest.raises(CompendiumError, match=r"compendium-1-.*\.whl: This is not a wheel"):
        upgrade.upgrade((broken,))


def test_outside_a_review_with_an_engine_it_says_where_to_run(own, newer, capsys):
    assert cli.main(["upgrade", str(newer)]) == 1
    assert "that `compendium init` made" in capsys.readouterr().err
