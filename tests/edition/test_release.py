"""The seal of a release: only a whole one has it, and it holds as long as nothing changes."""

from __future__ import annotations

import pytest

from compendium.edition import build as building
from compendium.edition import release, site
from compendium.errors import CompendiumError


@pytest.fixture
def build(own, monkeypatch):
    """A build that has nothing to do but to put the site together."""
    for step in ("_server", "_count_untranslated", "_run", "_assemble"):
        monkeypatch.setattr(building, step, lambda *given: None)
    monkeypatch.setattr(building.before, "require", lambda: None)
    monkeypatch.setattr(building, "editions", lambda only: [])
    monkeypatch.setattr(building.chapters, "import_any", lambda name: False)
    site.folder().mkdir(parents=True)
    (site.folder() / "index.html").write_text("page")
    return lambda **options: building.build(print, **options)


def test_a_whole_release_is_sealed_with_its_date(build, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")
    build(release=True)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert release.date() == "2026-11-29"


@pytest.mark.parametrize("options", [
    {}, {"release": True, "only": "kk"}, {"release": True, "pdf": False},
])  # fmt: skip
def test_any_other_build_is_not(build, options):
    build(**options)
    with pytest.raises(CompendiumError, match="no release build"):
        release.date()


def test_a_build_after_the_release_breaks_the_seal_where_it_changes_the_site(build):
    build(release=True)
    build()
    assert release.date()
    (site.folder() / "index.html").write_text("another page")
    with pytest.raises(CompendiumError, match="built again"):
        release.date()
