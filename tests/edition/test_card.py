"""The picture that a link to the book has in a social network."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from compendium.edition import card, edition, page
from compendium.edition.edition import Edition


def built(folder, builder="html"):
    app = SimpleNamespace(
        outdir=folder, builder=SimpleNamespace(name=builder),
        config=SimpleNamespace(compendium_language="kk"),
    )  # fmt: skip
    card.write(app, None)
    return sorted(file.name for file in folder.rglob("*.png"))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / page.CARD).parent.mkdir()
    return tmp_path


def test_a_published_edition_has_its_card(folder, monkeypatch):
    monkeypatch.setenv(edition.SITE_URL, "https://example.org/")
    assert built(folder) == ["card.png"]
    with Image.open(folder / page.CARD) as drawn:
        assert drawn.size == (card.WIDTH, card.HEIGHT)


def test_no_card_is_drawn_where_no_network_could_fetch_it(folder, monkeypatch):
    monkeypatch.delenv(edition.SITE_URL, raising=False)
    assert built(folder) == []
    monkeypatch.setenv(edition.SITE_URL, "https://example.org/")
    assert built(folder, builder="singlehtml") == []


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_the_words_stand_inside_the_card_and_every_run_draws_the_same(lang):
    drawn = card.drawn(Edition(lang))
    assert drawn == card.drawn(Edition(lang))
    image = Image.open(BytesIO(drawn)).convert("L")
    right = image.crop((card.WIDTH - 40, 0, card.WIDTH, card.HEIGHT))
    gap = image.crop((60, card.HEIGHT - 110, card.WIDTH, card.HEIGHT - 90))
    assert right.getextrema() == gap.getextrema() == (254, 254)
