"""The navigation: from `nav`, or from the folders; what stands beside a page; what nobody comes to."""

from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.render.frame import fitting
from deskpress.render.pieces import Link
from tests.conftest import Site

NESTED: list[Any] = [
    {"Start": "index.md"},
    {"Guide": [{"First": "guide/a.md"}, {"More": ["guide/deep/index.md", {"Deep": "guide/deep/b.md"}]}]},
    {"Code": "https://code.example/"},
]


def nested(site: Site, features: list[str] | None = None) -> Site:
    site.configure(nav=NESTED, theme={"name": "material", "features": features or []})
    for path in ("index.md", "guide/a.md", "guide/deep/index.md", "guide/deep/b.md"):
        site.write(path, f"# Page {path}\n")
    return site


def shown(site: Site, page: str, selector: str) -> list[str]:
    return [node.text().strip() for node in LexborHTMLParser(site.read(page)).css(selector)]


def leads(site: Site, page: str, selector: str) -> list[str]:
    return [str(node.attributes["href"]) for node in LexborHTMLParser(site.read(page)).css(selector)]


def test_folders_are_the_navigation_of_a_site_without_one(site: Site) -> None:
    for path in (
        "index.md",
        "about.md",
        "guide/start_here.md",
        "guide/index.md",
        "guide/more/x.md",
        "z/y.md",
    ):
        site.write(path, f"# {path}\n" if "start" not in path else "Text.\n")
    site.post("2012-03-01-a.md")
    site.build()
    top = shown(site, "index.html", ".dp-topnav a")
    assert top == ["Home", "about.md", "Guide", "Z", "Blog", "Archive", "Subscribe"]
    assert leads(site, "index.html", ".dp-topnav a")[2:4] == ["./guide/", "./z/y/"]
    assert shown(site, "guide/start_here/index.html", ".dp-tree a") == ["Start here", "More"]
    assert shown(site, "guide/more/x/index.html", ".dp-tree a") == ["Start here", "More", "guide/more/x.md"]
    assert shown(site, "guide/more/x/index.html", ".dp-tree a[aria-current]") == ["guide/more/x.md"]
    assert not [problem for problem in site.problems() if "leads here" in problem]


def test_a_nested_navigation_stands_beside_the_page(site: Site) -> None:
    nested(site).build()
    assert shown(site, "guide/a/index.html", ".dp-topnav a[aria-current]") == ["Guide"]
    assert shown(site, "guide/a/index.html", ".dp-tree a") == ["First", "More"]
    assert leads(site, "guide/a/index.html", ".dp-tree a") == ["../../guide/a/", "../../guide/deep/"]
    assert shown(site, "guide/deep/b/index.html", ".dp-tree a") == [
        "First",
        "More",
        "Page guide/deep/index.md",
        "Deep",
    ]
    assert not shown(site, "index.html", ".dp-tree a")


def test_features_open_sections_give_them_pages_and_lead_on(site: Site) -> None:
    nested(site, ["navigation.sections", "navigation.indexes", "navigation.footer"]).build()
    assert shown(site, "guide/a/index.html", ".dp-tree a") == ["First", "More", "Deep"]
    assert leads(site, "guide/a/index.html", ".dp-pager a") == ["../../", "../../guide/deep/"]


def test_a_page_can_hide_what_stands_beside_it(site: Site) -> None:
    nested(site).write("guide/a.md", "---\nhide: [navigation]\n---\n# A\n")
    site.build()
    assert not shown(site, "guide/a/index.html", ".dp-tree a")


def test_a_new_title_renews_what_shows_it_and_nothing_else(site: Site) -> None:
    site.configure(nav=["index.md", {"A": ["a/x.md", "a/y.md"]}, {"B": ["b/x.md", "b/y.md"]}])
    for path in ("index.md", "a/x.md", "a/y.md", "b/x.md", "b/y.md"):
        site.write(path, f"# {path}\n")
    site.build()
    site.write("a/x.md", "# Another\n")
    pages = {path for path in site.build().reasons if path.endswith("index.html")}
    assert pages == {"a/x/index.html", "a/y/index.html"}
    assert "Another" in site.read("a/y/index.html")


def test_a_page_that_nothing_leads_to_is_a_warning(site: Site) -> None:
    site.configure(nav=["index.md", "a.md"], not_in_nav="/meant.md\n", options={"footer": ["b.md"]})
    for path in ("a.md", "b.md", "meant.md", "lost.md", "linked.md", "folder/index.md"):
        site.write(path, f"# {path}\n")
    site.write("index.md", "# Home\n\n[linked](linked.md)\n")
    problems = [problem for problem in site.problems() if "leads here" in problem]
    assert problems == [
        "content/folder/index.md:1:1: no page leads here",
        "content/lost.md:1:1: no page leads here",
    ]
    site.write("a.md", "# A\n\n[one](folder/index.md) [two](lost.md)\n")
    assert not [problem for problem in site.problems() if "leads here" in problem]


def test_many_pages_of_a_folder_that_nothing_leads_to_are_one_warning(site: Site) -> None:
    site.configure(nav=["index.md"])
    site.write("index.md", "# Home\n")
    for number in range(7):
        site.write(f"made/n{number}.md", f"# Page {number}\n")
    problems = [problem for problem in site.problems() if "leads here" in problem]
    assert problems == [
        "content/made/n0.md:1:1: no page leads here, nor to 6 other pages in `content/made`",
    ]
    site.configure(nav=["index.md"], not_in_nav="made/*\n")
    assert not [problem for problem in site.problems() if "leads here" in problem]


@pytest.mark.parametrize(("count", "site_name", "own_row"), [(3, "Desk", False), (9, "Desk", True)])
def test_a_few_entries_fit_into_the_header(count: int, site_name: str, own_row: bool) -> None:
    nav = tuple(Link(f"Entry {n}", "") for n in range(count))
    assert fitting(nav, site_name, own_row=own_row) == count


def test_many_entries_stand_in_a_menu(site: Site) -> None:
    site.configure(nav=[{f"A topic of some length {n}": f"t{n}.md"} for n in range(13)])
    for n in range(13):
        site.write(f"t{n}.md", f"# {n}\n")
    site.build()
    assert len(shown(site, "t1/index.html", ".dp-topnav > ul > li > a")) == 3
    assert len(shown(site, "t1/index.html", ".dp-more li a")) == 10
    assert shown(site, "t9/index.html", ".dp-more summary[aria-current]") == ["Menu"]


def test_character_references_in_titles_are_shown_as_characters(site: Site) -> None:
    site.configure(nav=[{"&#x1F504; News": "index.md"}, {"Q&amp;A": "a.md"}, {"R&D": "b.md"}])
    for name in ("index", "a", "b"):
        site.write(f"{name}.md", f"# {name}\n")
    site.build()
    found = " ".join(shown(site, "a/index.html", "nav a"))
    assert all(
        title in found
        for title in ("\N{ANTICLOCKWISE DOWNWARDS AND UPWARDS OPEN CIRCLE ARROWS} News", "Q&A", "R&D")
    )
