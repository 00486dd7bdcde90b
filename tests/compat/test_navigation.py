"""Plug-ins that make the navigation: it is the one that they make for MkDocs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from deskpress.build.cpu_limit import CpuLimit
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


def test_the_text_of_a_navigation_is_bounded(site: Site) -> None:
    """Each page shows all of it."""
    pages(site)
    site.configure(plugins=["deskpress", "literate-nav"])
    title = "w" * 5000
    site.write("SUMMARY.md", f"- [{title}](index.md)\n" * 30)
    assert "characters" not in str(site.problems())
    site.write("SUMMARY.md", f"- [{title}](index.md)\n" * 45)
    with pytest.raises(ContentError, match="titles and addresses have 225,360 characters"):
        site.problems()


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


def folders_that_lead_to_each_other(site: Site, number: int) -> None:
    """A navigation that has each way through some folders, of which there are more than their factorial."""
    names = [f"d{at}" for at in range(number)]
    for name in names:
        lines = [f"* [To {other}](../{other}/)\n" for other in names if other != name]
        site.write(f"{name}/SUMMARY.md", "".join((*lines, "* [A](a.md)\n")))
        site.write(f"{name}/a.md", "# A\n")
    site.write("SUMMARY.md", "".join(f"* [To {name}]({name}/)\n" for name in names))


def test_folders_that_lead_to_each_other_are_refused(site: Site) -> None:
    folders_that_lead_to_each_other(site, 10)
    site.configure(plugins=["deskpress", "literate-nav"])
    with pytest.raises(ContentError) as raised:
        made(site)
    assert "again and again" in str(raised.value.diagnostics[0])


def test_a_navigation_has_not_far_more_entries_than_the_site_has_files(site: Site) -> None:
    pages(site)
    site.write("SUMMARY.md", "* [Zoo](zoo.md)\n" * 1100)
    site.configure(plugins=["deskpress", "literate-nav"])
    with pytest.raises(ContentError) as raised:
        made(site)
    assert "it has 1,100 entries; for this site 1,018 are allowed" in str(raised.value.diagnostics[0])


def test_a_few_folders_may_lead_to_each_other(site: Site) -> None:
    folders_that_lead_to_each_other(site, 3)
    site.configure(plugins=["deskpress", "literate-nav"])
    assert [title for title, _ in made(site)] == ["To d0", "To d1", "To d2"]


@pytest.mark.parametrize(
    ("plugin", "files", "problem"),
    [
        ("literate-nav", {"SUMMARY.md": "".join("    " * at + "* a\n" for at in range(300))}, "too deeply"),
        ("awesome-nav", {".nav.yml": "[" * 900 + "]" * 900}, "too deeply"),
        ("awesome-nav", {".nav.yml": "- a\n- b\n"}, "mapping"),
        ("awesome-pages", {"guide/.pages": "nav: " + "[" * 900 + "]" * 900}, "too deeply"),
        ("awesome-pages", {"guide/.pages": "- a\n"}, "attribute"),
    ],
)
def test_what_a_plug_in_cannot_read_is_told_in_a_line(
    site: Site, plugin: str, files: dict[str, str], problem: str
) -> None:
    pages(site)
    for path, text in files.items():
        site.write(path, text)
    site.configure(plugins=["deskpress", plugin])
    with pytest.raises(ContentError) as raised:
        load(site.request())
    assert problem in str(raised.value.diagnostics[0])


def long_to_convert(site: Site) -> None:
    """Files of a navigation that take Python-Markdown some seconds."""
    site.write("SUMMARY.md", "* [Zoo](zoo.md)\n\n" + "[a]([a](" * 1500 + "\n")
    site.write("zoo.md", "# Zoo\n")
    site.configure(plugins=["deskpress", "literate-nav"])


def test_the_time_of_the_navigation_is_bounded_where_that_of_documents_is(site: Site, tmp_path: Path) -> None:
    long_to_convert(site)
    with pytest.raises(ContentError) as raised:
        load(site.request(limit=CpuLimit(0.01, margin=1000.0), memory=tmp_path))
    assert "takes more than 0.3 s of CPU time" in str(raised.value.diagnostics[0])


def test_who_adds_a_document_may_take_longer_than_who_writes_the_navigation(
    site: Site, tmp_path: Path
) -> None:
    """Else somebody could go just up to the limit, and nobody else would be let in."""
    long_to_convert(site)
    assert load(site.request(limit=CpuLimit(20.0), memory=tmp_path)).native.nav == [{"Zoo": "zoo.md"}]
    site.write("cage.md", "# Cage\n")
    tight = CpuLimit(0.01, margin=1000.0)
    assert load(site.request(limit=tight, memory=tmp_path)).native.nav == [{"Zoo": "zoo.md"}]
    site.write("SUMMARY.md", (site.content / "SUMMARY.md").read_text() + "\nMore.\n")
    with pytest.raises(ContentError):
        load(site.request(limit=tight, memory=tmp_path))
