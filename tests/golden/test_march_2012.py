"""The monthly archive page that the first site is about, read from top to bottom."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser


@pytest.fixture(scope="module")
def march(first_site: Path) -> LexborHTMLParser:
    return LexborHTMLParser((first_site / "2012/03/index.html").read_text())


def spoken(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_it_reads_as_readers_knew_it(march: LexborHTMLParser) -> None:
    bar = "February 2012 | Main | April 2012"
    assert spoken(march, "article > .dp-bar") == [bar, bar]
    assert spoken(march, "h1") == ["5 posts from March 2012"]
    assert spoken(march, "article h2") == [f"March {day}, 2012" for day in (26, 19, 12, 5, 2)]
    assert len(march.css("article h3")) == 5
    legal = spoken(march, "footer p")
    assert legal[0].startswith("©")
    assert "trademarks" in legal[1]
    assert legal[2] == "About our blog | Privacy Policy | Conditions of Use | Careers"


def test_main_leads_to_the_blog_and_the_months_to_theirs(march: LexborHTMLParser) -> None:
    links = [link.attributes["href"] for link in march.css("article > .dp-bar a")][:3]
    assert links == ["../../2012/02/", "../../blog/", "../../2012/04/"]


def test_headings_are_in_order(march: LexborHTMLParser) -> None:
    levels = [int(node.tag[1]) for node in march.css("h1, h2, h3, h4, h5, h6") if node.tag]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_home_page_and_the_topics_are_there(first_site: Path) -> None:
    for path in ("", "help/", "about/", "privacy/", "conditions/", "careers/"):
        assert (first_site / path / "index.html").is_file()
    for topic in ("customer-service", "vacation-settings", "metrics", "security", "account-home"):
        page = LexborHTMLParser((first_site / "help" / topic / "index.html").read_text())
        assert page.css(".dp-related .dp-cards a"), topic
