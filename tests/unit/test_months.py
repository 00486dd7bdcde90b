"""Months and lists: their contents, how many posts they show whole, their feeds."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import Site

BODY = "The beginning of {n}.\n\n<!-- more -->\n\nThe rest of {n}.\n"


@pytest.fixture
def desk(site: Site) -> Site:
    for day in (1, 2, 3):
        head = {"title": f"Jar *{day}*", "categories": ["Jars"], "tags": ["lids"], "authors": ["Ann"]}
        site.post(f"2012-03-0{day}-jar-{day}.md", BODY.format(n=day), **head)
    return site


def one(tree: LexborHTMLParser, selector: str) -> LexborNode:
    found = tree.css_first(selector)
    assert found is not None
    return found


def page(site: Site, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site.output / path / "index.html").read_text("utf-8"))


def test_a_month_lists_its_posts(desk: Site) -> None:
    desk.build()

    month = page(desk, "2012/03")
    links = month.css(".md-sidebar--secondary .md-nav__link")
    assert [link.text().strip() for link in links] == ["Jar *3*", "Jar *2*", "Jar *1*"]
    for link in links:
        target = (link.attributes["href"] or "").removeprefix("#")
        assert one(month, f'[id="{target}"]').text() == link.text().strip()


def test_a_month_of_one_post_lists_nothing(site: Site) -> None:
    site.post("2012-03-01-jar.md", "A lid.\n", title="Jar")
    site.build()

    assert page(site, "2012/03").css(".md-sidebar--secondary") == []


def test_a_month_shows_so_many_posts_whole(desk: Site) -> None:
    desk.configure(options={"month_posts": 2})
    desk.build()

    text = one(page(desk, "2012/03"), "article").text()
    assert [f"The rest of {n}." in text for n in (3, 2, 1)] == [True, True, False]
    assert "The beginning of 1." in text
    assert text.count("Continue reading") == 1
    archive = (desk.output / "2012/03/atom.xml").read_text("utf-8")
    assert "The rest of 1." in archive


def test_all_posts_of_a_month_are_whole_by_default(desk: Site) -> None:
    desk.build()

    text = one(page(desk, "2012/03"), "article").text()
    assert all(f"The rest of {n}." in text for n in (1, 2, 3))
    assert "Continue reading" not in text


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [(None, ["category"]), (["tag", "author"], ["tag", "author"]), ([], [])],
)
def test_lists_have_the_feeds_that_are_wanted(desk: Site, wanted: list[str] | None, kinds: list[str]) -> None:
    if wanted is not None:
        desk.configure(options={"list_feeds": wanted})
    desk.build()

    subscribe = one(page(desk, "subscribe"), "article").text()
    for kind, slug, name in (
        ("category", "jars", "Category: Jars"),
        ("tag", "lids", "Tag: lids"),
        ("author", "ann", "Author: Ann"),
    ):
        there = kind in kinds
        shown = [link.text() for link in page(desk, f"{kind}/{slug}").css(".dp-feeds a")]
        assert shown == (["RSS", "Atom", "JSON Feed"] if there else [])
        assert (desk.output / kind / slug / "feed.xml").is_file() is there
        assert (name in subscribe) is there


def test_a_month_leads_to_its_archive_document(desk: Site) -> None:
    desk.build()

    link = one(page(desk, "2012/03"), ".dp-feeds a")
    assert link.attributes["href"] == "../../2012/03/atom.xml"


def test_fewer_posts_than_none_are_refused(desk: Site) -> None:
    desk.configure(options={"month_posts": -1})

    with pytest.raises(Exception, match="`month_posts` must be 0, for all posts, or more"):
        desk.build()
