"""`caption`: captions with numbers, as the plug-in makes them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html as lxml_html

from tests.compat.conftest import Stock, ways
from tests.conftest import Site, drawn

pytestmark = pytest.mark.slow

TEXT = """# Page

See [](#_figure-1), [](#mine) and [](#_list-1).

![One and two](a.png)

![x](a.png "A **title**"){#mine}

![By the way](a.png) in a line

Table: Numbers of *things* {cols="1,2"}

| a | b |
|---|---|
| 1 | 2 |

Figure: From above

![y](a.png)

List: Items

- one
- two
"""

KEYS: dict[str, Any] = {"markdown_extensions": ["tables", "attr_list", "md_in_html"]}


def shown(page: str) -> list[tuple[str | None, str]]:
    """The captions with the ids of what they belong to, and the links into the page."""
    tree: Any = lxml_html.fromstring(page)
    found = tree.xpath("//article//figcaption | //article//caption | //article//p/a[starts-with(@href, '#')]")
    return [
        (
            one.getparent().get("id") if one.tag != "a" else one.get("href"),
            " ".join(one.text_content().split()),
        )
        for one in found
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"additional_identifier": ["List"]},
        {
            "additional_identifier": ["List"],
            "figure": {"start_index": 7, "ignore_alt": True, "position": "top"},
        },
        {"table": {"enable": False}, "custom": {"caption_prefix": "{Identifier} no. {index} –"}},
    ],
)
def test_captions_are_those_of_the_plug_in(site: Site, stock: Stock, options: dict[str, Any]) -> None:
    site.write("index.md", "# Home\n")
    site.write("page.md", TEXT)
    site.write("a.png", b"")
    theirs = stock(site, [{"caption": options}], **KEYS)
    site.configure(plugins=["deskpress", {"caption": options}], **KEYS)
    ours = ways(site)
    path = "page/index.html"
    assert shown(ours[path].decode()) == shown(theirs[path])
    assert len(shown(theirs[path])) > 3
    assert [p for p in site.problems() if "left out" in p] == []


def test_front_matter_has_options_for_its_document_and_no_other(site: Site) -> None:
    # With the plug-in itself they hold for all pages that come after.
    head = "---\ncaption:\n  figure:\n    caption_prefix: 'Picture {index}.'\n---\n\n"
    site.configure(plugins=["deskpress", {"caption": {}}], **KEYS)
    site.write("own.md", head + TEXT)
    site.write("page.md", TEXT)
    site.write("a.png", b"")
    site.build()
    assert ("_figure-2", "Picture 2. A **title**") in shown(site.read("own/index.html"))
    assert ("_figure-2", "Figure 2: A **title**") in shown(site.read("page/index.html"))
    assert [p for p in site.problems() if "not a known key" in p or "is not known" in p] == []


def test_an_edit_is_seen_and_places_are_those_of_the_text(site: Site) -> None:
    site.configure(plugins=["deskpress", {"caption": {}}], **KEYS)
    site.write("page.md", TEXT)
    site.write("a.png", b"")
    site.build()
    site.write("page.md", TEXT.replace("![x]", "![new](a.png)\n\n![x]") + "\n[broken](nowhere.md)\n")
    site.build()
    assert "Figure 4:" in re.sub(r"\s+", " ", site.read("page/index.html"))
    tree = site.tree()
    site.build(clean=True)
    assert site.tree() == tree
    assert [p.partition(": ")[0] for p in site.problems() if "nowhere" in p] == ["content/page.md:28:10"]


def test_what_front_matter_may_not_say_is_told_and_looks_into_nothing(site: Site) -> None:
    site.configure(plugins=["deskpress", "caption"], **KEYS)
    prefix = "---\ntitle: A\ncaption: %s\n---\n\n![One](a.png)\n"
    texts = {
        "class": "{figure: {caption_prefix: '{index.__class__} {Identifier}'}}",
        "list": "{figure: [1]}",
        "name": "{figure: {default_id: '{nope}'}}",
        "number": "{figure: {start_index: [1]}}",
        "text": "Figure",
        "unclosed": "{figure: {caption_prefix: '{index'}}",
        "wide": "{figure: {caption_prefix: '{index:>900000000}'}}",
    }
    site.write("a.png", drawn(8, 8))
    for name, value in texts.items():
        site.write(f"{name}.md", prefix % value)
    site.write("well.md", prefix % "{figure: {start_index: 7, caption_prefix: 'Picture {index}.'}}")
    found = [problem for problem in site.problems() if "no page leads" not in problem]
    names = "may hold {identifier}, {Identifier} and {index} only"
    assert found == [
        f"content/class.md:5:1: `caption_prefix` of `caption` {names}",
        "content/list.md:5:1: `figure` of `caption` must be a mapping",
        f"content/name.md:5:1: `default_id` of `caption` {names}",
        "content/number.md:5:1: `start_index` of `caption` must be of the type int",
        "content/text.md:5:1: `caption` must be a mapping, as in `caption: {figure: {start_index: 2}}`",
        "content/unclosed.md:5:1: `caption_prefix` of `caption`: expected '}' before end of string",
        f"content/wide.md:5:1: `caption_prefix` of `caption` {names}",
    ]
