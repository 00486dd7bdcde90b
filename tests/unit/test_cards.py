"""Cards: the picture of a post that other sites show beside a link to it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from deskpress.model.pictures import _DRAWN
from deskpress.render.cards import HEIGHT, WIDTH, Card, _face, _set, draw
from tests.conftest import Site


@pytest.fixture
def carded(site: Site) -> Site:
    site.configure(options={"cards": True})
    site.post("2012-03-05-home.md", title="Start the day – at home")
    site.post("2012-03-12-two.md", title="Two numbers")
    site.build()
    return site


def test_a_post_names_its_card_and_other_pages_name_none(carded: Site) -> None:
    page = carded.read("2012/03/two-numbers.html")
    assert '<meta property="og:image" content="https://desk.example/cards/2012/03/two-numbers.png">' in page
    assert '<meta property="og:image:alt" content="Two numbers">' in page
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert data is not None
    assert "https://desk.example/cards/2012/03/two-numbers.png" in json.dumps(json.loads(data[1]))
    assert "og:image" not in carded.read("2012/03/index.html")
    with Image.open(carded.output / "cards/2012/03/two-numbers.png") as card:
        assert (card.format, card.size) == ("PNG", (WIDTH, HEIGHT))


def test_a_body_draws_no_card_and_a_title_draws_its_own(carded: Site) -> None:
    carded.post("2012-03-12-two.md", "Other text.", title="Two numbers")
    assert not {path for path in carded.build().reasons if path.startswith("cards/")}
    carded.post("2012-03-12-two.md", "Other text.", title="Three numbers", slug="two-numbers")
    assert {path for path in carded.build().reasons if path.startswith("cards/")} == {
        "cards/2012/03/two-numbers.png"
    }


def test_letters_that_the_font_lacks_draw_no_card(carded: Site) -> None:
    carded.post("2012-03-19-jp.md", slug="jp", title="\u8ff7\u60d1\u30e1\u30fc\u30eb")
    carded.build()
    assert not (carded.output / "cards/2012/03/jp.png").exists()
    assert "og:image" not in carded.read("2012/03/jp.html")


def test_every_letter_that_cards_promise_is_in_the_font() -> None:
    font = ImageFont.load_default(40)
    missing = bytes(font.getmask("\u8ff7"))
    promised = [chr(code) for code in range(0x3000) if _DRAWN.fullmatch(chr(code)) and chr(code) not in "–—"]
    assert len(promised) > 100
    assert [letter for letter in promised if bytes(font.getmask(letter)) == missing] == []


def test_a_site_may_bring_a_font_and_is_told_of_a_bad_one(site: Site) -> None:
    (site.folder / "desk.ttf").write_bytes(b"no font")
    site.configure(options={"cards": True, "card_font": "desk.ttf"})
    site.post("2012-03-05-home.md")
    with pytest.raises(Exception, match="not a font") as raised:
        site.build()
    assert "mkdocs.yml:" in str(raised.value)
    (site.folder / "desk.ttf").write_bytes(_some_font())
    site.post("2012-03-12-umlaut.md", slug="umlaut", title="Gr\u00fc\u00dfe")
    site.build()
    assert (site.output / "cards/2012/03/umlaut.png").is_file()


def _some_font() -> bytes:
    """Any TrueType font: the one that Pillow holds."""
    font = ImageFont.load_default(10)
    assert isinstance(font, ImageFont.FreeTypeFont)
    path = font.path
    return path.getvalue() if isinstance(path, io.BytesIO) else Path(str(path)).read_bytes()


@pytest.mark.parametrize("title", ["A", "word " * 80, "w" * 400, "two " + "w" * 60])
def test_titles_fit(title: str) -> None:
    face = _face(b"")
    lines, size = _set(title, face, 1000)
    assert len(lines) <= 4
    assert all(face(size).getlength(line) <= 1000 for line in lines)
    assert draw(Card(title, "", "Desk"), b"") == draw(Card(title, "", "Desk"), b"")
