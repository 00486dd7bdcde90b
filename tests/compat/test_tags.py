"""`tags`: listings, links to them and the exported file, as Material's plug-in makes them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from lxml import html as lxml_html

from deskpress.compat.native import tag_directives
from deskpress.compat.native import tags as compat_tags
from deskpress.compat.native.tag_directives import UNCONFIGURED, ListingError, _loaded, read_listing
from tests.compat.conftest import Stock, ways
from tests.conftest import Site

pytestmark = pytest.mark.slow

PAGES = {
    "index.md": "---\ntags: [Red]\n---\n# Home\n",
    "guide/start.md": "---\ntags: [Blue, Red, web/CSS]\n---\n# Start\n",
    "guide/later.md": "---\ntags: [red & white, web/HTML/Forms, _hidden]\n---\n# Later & on\n",
    "guide/tags.md": "# Here\n\n## By topic\n\n<!-- material/tags { scope: true } -->\n\n## Behind\n",
    "other/plain.md": "# Plain\n",
    "other/about.md": "---\ntags: [Blue, C++]\nhide: [tags]\n---\n# About\n",
    "tags.md": "# Tags\n\nBefore.\n\n<!-- material/tags -->\n\nAfter.\n\n<!-- material/tags few -->\n",
}


def configure(site: Site, options: dict[str, Any], **keys: Any) -> None:
    for path, text in PAGES.items():
        site.write(path, text)
    site.configure(plugins=["deskpress", {"tags": options}], **keys)


def where(link: Any, path: str) -> str:
    """Where a link on the page `path` leads."""
    return str(urljoin(f"/{path.removesuffix('index.html')}", link.get("href") or "nowhere"))


def listings(page: str, path: str = "") -> list[Any]:
    """The tags of a page with their pages, nested as they are, and where their headings stand."""
    tree: Any = lxml_html.fromstring(page)

    def of_list(items: Any) -> list[Any]:
        found: list[Any] = []
        for item in items.findall("li"):
            if (link := item.find("a")) is not None:
                found.append((" ".join(link.text_content().split()), where(link, path)))
            else:
                found.append([of_heading(heading) for heading in headings(item)])
        return found

    def headings(item: Any) -> list[Any]:
        return [
            child for child in item if re.fullmatch("h[1-6]", child.tag) and child.find("span") is not None
        ]

    def of_heading(heading: Any) -> tuple[Any, ...]:
        span = heading.find("span[@class]")
        text = " ".join(span.text_content().split())
        return heading.tag, heading.get("id"), span.get("class"), text, of_list(heading.getnext())

    tops = [one for one in tree.iter("h2", "h3", "h4") if one.find("span[@class]") is not None]
    tops = [one for one in tops if one.getparent().tag != "li"]
    return [of_heading(one) for one in tops]


def links(page: str, path: str = "") -> list[tuple[str, str | None, str]]:
    """The tags above a text, unless they are hidden."""
    tree: Any = lxml_html.fromstring(page)
    return [
        (where(one, path), one.get("class"), one.text_content().strip())
        for nav in tree.iter("nav")
        if nav.get("class") == "md-tags" and nav.get("hidden") is None
        for one in nav
    ]


def contents(page: str) -> list[str]:
    """The tags in the table of contents."""
    tree: Any = lxml_html.fromstring(page)
    found = [
        unquote(one.get("href") or "") for one in tree.iter("a") if "md-nav__link" in (one.get("class") or "")
    ]
    return [one for one in dict.fromkeys(found) if one and "#tag" in one]


MAP = {"few": {"include": ["Blue", "web"], "exclude": ["C++"]}}
ALL: list[dict[str, Any]] = [
    {"listings_map": MAP},
    {"listings_map": MAP, "tags_hierarchy": True, "shadow_tags_prefix": "_"},
    {"listings_map": MAP, "shadow_tags": ["Blue"], "shadow": True, "tags_sort_reverse": True},
    {
        "listings_map": MAP,
        "listings_toc": False,
        "tags_slugify_format": "tag-{slug}",
        "export_file": "t/a.json",
    },
    {"listings_map": MAP, "listings": False, "listings_sort_reverse": True, "export": False},
    {"listings_map": MAP, "tags": False, "listings_tags_sort_reverse": True},
    {"listings_map": MAP, "filters": {"exclude": ["other/*"]}},
]


@pytest.mark.parametrize("options", ALL, ids=range(len(ALL)))
def test_tags_are_those_of_the_plug_in(site: Site, stock: Stock, options: dict[str, Any]) -> None:
    extra = {"extra": {"tags": {"Red": "red"}}} if "tags_hierarchy" in options else {}
    configure(site, options, **extra)
    theirs = stock(site, [{"tags": options}], **extra)
    ours = {path: data.decode("utf-8", "replace") for path, data in ways(site).items()}
    for path in ("tags/index.html", "guide/tags/index.html"):
        assert listings(ours[path], path) == listings(theirs[path], path), path
    for source in PAGES:
        path = source.replace("index.md", "index.html").replace(".md", "/index.html")
        assert links(ours[path], path) == links(theirs[path], path), path
    if options.get("listings_toc", True):
        shown = contents(ours["guide/tags/index.html"])
        # Ours shows headings down to the third level.
        assert [one for one in contents(theirs["guide/tags/index.html"]) if one in shown] == shown
        assert (shown != []) == options.get("listings", True)
    export = options.get("export_file", "tags.json")
    assert (export in theirs) == (export in ours)
    if export in theirs:
        # MkDocs has titles as HTML where they come from headings.
        assert json.loads(ours[export]) == json.loads(unescape(theirs[export]))


def test_a_tag_reaches_the_listings_and_nothing_else(site: Site) -> None:
    configure(site, {"listings_map": MAP})
    site.build()
    site.write("other/plain.md", "---\ntags: [Red]\n---\n# Plain\n")
    changed = {path for path in site.build().reasons if path.endswith(".html")}
    assert changed == {"other/plain/index.html", "tags/index.html"}
    assert "../other/plain/" in site.read("tags/index.html")
    tree = site.tree()
    site.build(clean=True)
    assert site.tree() == tree


def test_the_former_option_for_the_file_of_tags_is_honoured(site: Site, stock: Stock) -> None:
    options = {"tags_file": "tags.md", "tags_extra_files": {"few.md": ["Blue"]}}
    site.write("a.md", "---\ntags: [Blue, Red]\n---\n# A\n")
    site.write("index.md", "# Home\n")
    site.write("tags.md", "# Tags\n\n[TAGS]\n\nAfter.\n")
    site.write("few.md", "# Few\n")
    theirs = stock(site, [{"tags": options}])
    site.configure(plugins=["deskpress", {"tags": options}])
    ours = {path: data.decode("utf-8", "replace") for path, data in ways(site).items()}
    for path in ("tags/index.html", "few/index.html"):
        assert listings(ours[path], path) == listings(theirs[path], path) != [], path


def test_a_directive_is_filled_in_without_the_plug_in(site: Site) -> None:
    site.post("2012-03-01-a.md", tags=["Red", "<b>"])
    site.write("tags.md", "# Tags\n\n<!-- material/tags -->\n")
    site.build()
    assert [one[3] for one in listings(site.read("tags/index.html"))] == ["<b>", "Red"]
    assert "tags.json" not in site.tree()
    assert links(site.read("2012/03/a.html")) == []


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("nope", "`<!-- material/tags nope -->`: no listing is called `nope` (there are: few)"),
        ("{ scope: 3 }", "`<!-- material/tags { scope: 3 } -->`: `scope` must be true or false"),
        ("[", "`<!-- material/tags [ -->`: `[` is not valid YAML"),
    ],
)
def test_a_directive_that_cannot_be_understood_is_an_error(site: Site, asked: str, problem: str) -> None:
    configure(site, {"listings_map": MAP, "tags_allowed": ["Red", "Blue"]})
    site.write("wrong.md", f"# Wrong\n\n<!-- material/tags {asked} -->\n")
    told = site.problems()
    assert f"content/wrong.md:1:1: {problem}" in told
    assert "content/other/about.md:2:1: `C++` is not among `tags_allowed`" in told


def test_functions_of_the_sites_own_cost_the_full_build(site: Site) -> None:
    configure(site, {"tags_name_property": "labels"})
    site.write("tags.md", "# Tags\n")
    site.write("guide/tags.md", "# Tags\n")
    assert "material/tags (`tags_name_property`)" in site.build().full


def test_directives_in_code_are_text_and_unknown_listings_no_error_without_the_plug_in(site: Site) -> None:
    code = "1. How:\n\n    ``` md\n    <!-- material/tags of-others -->\n    ```\n"
    site.write("tags.md", f"# Tags\n\n{code}\n<!-- material/tags {{ include: [Red] }} -->\n")
    site.write("other.md", "---\ntags: [Red]\n---\n# Other\n\n<!-- material/tags unknown -->\n")
    site.write("blue.md", "---\ntags: [Blue]\n---\n# Blue\n")
    told = [str(one) for one in site.build().diagnostics]
    (found,) = [one for one in told if "no listing" in one]
    assert found.startswith("content/other.md:1:1: warning: `<!-- material/tags unknown -->`")
    page = site.read("tags/index.html")
    assert "material/tags of-others" in page
    tree = listings(page, "tags/index.html")
    assert [(one[3], one[4]) for one in tree] == [("Red", [("Other", "/other/")])]


@pytest.mark.parametrize("plugins", [["deskpress"], ["deskpress", {"tags": {}}]])
def test_listings_are_bounded(site: Site, plugins: list[Any]) -> None:
    """A listing names each page with each of its tags: a few lines become any number of megabytes."""
    site.configure(plugins=plugins)
    tags = ", ".join(f"t{number}" for number in range(90))
    for number in range(15):
        site.write(f"pages/{number}.md", f"---\ntitle: P{number}\ntags: [{tags}]\n---\nText\n")
    site.write("many.md", "# Many\n\n" + "<!-- material/tags -->\n\n" * 301)
    told = [problem for problem in site.problems() if "listings" in problem]
    assert told == ["content/many.md:1:1: the site has 301 listings of tags; 300 are allowed"]
    site.write("many.md", "# Many\n\n" + "<!-- material/tags -->\n\n" * 100)
    told = [problem for problem in site.problems() if "listings" in problem]
    assert told == [
        "content/many.md:1:1: the listings of tags name 135,000 pages; 113,500 are allowed for this site"
    ]
    site.write("many.md", "# Many\n\n" + "<!-- material/tags {include: [t1]} -->\n\n" * 300)
    assert not [problem for problem in site.problems() if "listings" in problem]


def test_how_often_tags_are_held_against_listings_is_bounded(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each build does that for all of them: 300 listings and 20,000 documents took it many minutes."""
    monkeypatch.setattr(compat_tags, "MOST_COMPARED", 1000)
    site.configure(plugins=["deskpress"])
    for number in range(10):
        site.write(f"pages/{number}.md", f"---\ntitle: P{number}\ntags: [a, b, c, d, e]\n---\nText\n")
    site.write("many.md", "# Many\n\n" + "<!-- material/tags {include: [x]} -->\n\n" * 20)
    assert not [problem for problem in site.problems() if "listings" in problem]
    site.write("many.md", "# Many\n\n" + "<!-- material/tags {include: [x]} -->\n\n" * 21)
    assert [problem for problem in site.problems() if "listings" in problem] == [
        "content/many.md:1:1: the site has 21 listings of tags; 20 are allowed with its many tags"
    ]


@pytest.mark.parametrize("asked", ["[" * 40, "{include: [a, b]}", "unknown"])
def test_a_directive_is_read_once_however_many_pages_ask(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    times = []

    def counted(text: str) -> Any:
        times.append(text)
        return _loaded(text)

    monkeypatch.setattr(tag_directives, "_loaded", counted)
    tag_directives._parsed.cache_clear()
    for _ in range(3):
        with suppress(ListingError):
            read_listing(asked, UNCONFIGURED)
    assert times == [asked]


def test_a_tag_has_not_any_number_of_levels(site: Site) -> None:
    site.configure(plugins=["deskpress", {"tags": {"tags_hierarchy": True}}])
    deep = "/".join("a" * 3 for _ in range(21))
    site.write("deep.md", f"---\ntitle: Deep\ntags: [{deep}]\n---\nText\n")
    site.write("tags.md", "# Tags\n\n<!-- material/tags -->\n")
    assert f"content/deep.md:3:1: `{deep[:40]}…` has more than 20 levels" in site.problems()
