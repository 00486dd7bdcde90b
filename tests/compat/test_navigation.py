"""Plug-ins that make the navigation: it is the one that they make for MkDocs."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html as lxml_html

from deskpress.host.load import load
from deskpress.model.diagnostic import ContentError
from deskpress.model.site import NavItem
from tests.compat.conftest import Stock, ways
from tests.conftest import Site

pytestmark = pytest.mark.slow


def pages(site: Site) -> None:
    for path in ("index", "guide/index", "guide/a", "guide/b", "guide/deep/c", "other/d", "zoo"):
        site.write(
            f"{path}.md", f"# Title of {path.rpartition('/')[2]} in {path.rpartition('/')[0] or 'top'}\n"
        )
    site.write("internal/secret.md", "# Secret\n")


def made(site: Site) -> list[Any]:
    """The navigation as it is known to Deskpress, without titles that are those of pages."""

    def plain(items: tuple[NavItem, ...]) -> list[Any]:
        return [(item.title, plain(item.children) if item.children else item.target) for item in items]

    return plain(load(site.request()).project.options.nav)


def shown(page: str) -> list[Any]:
    """The navigation that stock's pages show: titles with what lies below, or with where they lead."""
    tree: Any = lxml_html.fromstring(page)

    def of_list(items: Any) -> list[Any]:
        found: list[Any] = []
        for item in items.findall("li"):
            text = item.xpath("(.//span[contains(@class, 'md-ellipsis')])[1]")[0].text_content()
            below = item.xpath("./nav/ul")
            link = item.xpath("(./a | ./div/a)[1]/@href")
            found.append((" ".join(text.split()), of_list(below[0]) if below else str(link[0])))
        return found

    return of_list(tree.xpath("//nav[contains(@class, 'md-nav--primary')]/ul")[0])


def leaves(items: list[Any], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Every entry that leads somewhere, with the sections above it and its address."""
    found = []
    for title, below in items:
        if isinstance(below, list):
            found += leaves(below, (*above, title))
        else:
            address = below.removesuffix("index.md").removesuffix("README.md")
            address = address.removesuffix(".md") + "/" if address.endswith(".md") else address
            found.append((above, address.strip("./")))
    return found


AWESOME = {
    ".nav.yml": "nav:\n  - index.md\n  - Animals: zoo.md\n  - guide\n  - Elsewhere: https://elsewhere.example/\n"
    "  - '*'\n",
    "guide/.nav.yml": "title: The guide\nsort:\n  direction: desc\n",
    "other/.nav.yml": "hide: true\n",
}


def test_awesome_nav(site: Site, stock: Stock) -> None:
    pages(site)
    for path, text in AWESOME.items():
        site.write(path, text)
    exclude = {"exclude": {"glob": "internal/*"}}
    theirs = stock(site, [exclude, "awesome-nav"])
    site.configure(plugins=["deskpress", exclude, "awesome-nav"])
    ours = ways(site)
    assert leaves(made(site)) == leaves(shown(theirs["index.html"]))
    assert ("The guide",) in [above for above, _ in leaves(made(site))]
    assert "Animals" in ours["index.html"].decode()
    site.write("guide/.nav.yml", "title: Another name\n")
    site.build()
    assert "Another name" in site.read("index.html")
    tree = site.tree()
    site.build(clean=True)
    assert site.tree() == tree


PAGES = {
    ".pages": "nav:\n  - index.md\n  - Animals: zoo.md\n  - ...\n",
    "guide/.pages": "title: The guide\norder: desc\n",
    "other/.pages": "hide: true\n",
}


@pytest.mark.parametrize("nav", [None, [{"Home": "index.md"}, "... | guide/*.md", {"Rest": ["..."]}]])
def test_awesome_pages(site: Site, stock: Stock, nav: Any) -> None:
    pages(site)
    for path, text in PAGES.items():
        site.write(path, text)
    keys = {"nav": nav} if nav else {}
    theirs = stock(site, ["awesome-pages"], **keys)
    site.configure(plugins=["deskpress", "awesome-pages"], **keys)
    ways(site)
    assert leaves(made(site)) == leaves(shown(theirs["index.html"]))


def test_literate_nav(site: Site, stock: Stock) -> None:
    pages(site)
    site.write(
        "guide/SUMMARY.md",
        "# S\n\n- [Index](index.md)\n- Both\n    - [B](b.md)\n    - [A](a.md)\n- [Deep](deep/)\n",
    )
    nav = [{"Home": "index.md"}, {"Guide": "guide/"}, {"Rest": "*"}]
    theirs = stock(site, ["literate-nav"], nav=nav)
    site.configure(plugins=["deskpress", "literate-nav"], nav=nav)
    ways(site)
    assert leaves(made(site)) == leaves(shown(theirs["index.html"]))
    site.write("guide/SUMMARY.md", "# S\n\n- [Only](a.md)\n")
    assert ("Guide", [("Only", "guide/a.md")]) in made(site)


def test_a_navigation_that_cannot_be_made_is_an_error(site: Site) -> None:
    pages(site)
    site.write("SUMMARY.md", "- [Index](index.md) and text\n")
    site.configure(plugins=["deskpress", "literate-nav"])
    with pytest.raises(ContentError, match="nav: "):
        site.build()


def test_section_index_needs_no_full_build(site: Site) -> None:
    pages(site)
    nav = [{"Home": "index.md"}, {"Guide": ["guide/index.md", "guide/a.md"]}]
    site.configure(plugins=["deskpress", "section-index"], nav=nav)
    assert not site.build().full
