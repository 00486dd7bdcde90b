"""Our own elements in Markdown: blocks under every treatment of raw HTML, text everywhere else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from deskpress.build.rules import known_checklist, known_rules, layout_problems, trusted_problems
from deskpress.engine.package_files import theme_folder
from deskpress.model.diagnostic import ContentError
from deskpress.model.tools import LAYOUT_FIELDS, TOOLS, as_text
from deskpress.source.markdown import Converter, RawHtml
from deskpress.source.tools import Tools
from tests.conftest import Site

RULES = {
    "name": "Our own marketplace",
    "date": "2026-01-01",
    "source": "our handbook",
    "delivery": {
        "target": {"value": 0.955, "inclusive": True},
        "counts": "units",
        "window": {"days": 30, "less": 7},
    },
    "response": {
        "limit_hours": 48,
        "target": {"value": 0.9, "inclusive": False},
        "unanswered": [{"value": "always-late"}],
    },
}


PERCENT = {"value": 97, "inclusive": True}


def converter(raw_html: RawHtml = "safe") -> Converter:
    tools = Tools(known_rules(), known_checklist())
    return Converter(["md_in_html", "attr_list", "pymdownx.superfences"], {}, raw_html, tools)


@pytest.mark.parametrize("raw_html", ["safe", "trusted", "none"])
@pytest.mark.parametrize("name", TOOLS)
def test_a_tag_alone_on_its_line_is_a_block(raw_html: RawHtml, name: str) -> None:
    for text in (f"Before.\n\n<{name}></{name}>\n\nAfter.", f"Before.\n<{name} compact></{name}>\nAfter."):
        html = converter(raw_html).convert(text).html
        assert re.search(rf"<p>Before\.</p>\s*<{name} id=", html)
        assert re.search(rf"</{name}>\s*<p>After\.</p>", html)


@pytest.mark.parametrize(
    "text",
    [
        "    <delivery-rate></delivery-rate>",
        "`<delivery-rate></delivery-rate>`",
        "```html\n<delivery-rate></delivery-rate>\n```",
    ],
)
def test_in_code_a_tag_is_text(text: str) -> None:
    assert "<delivery-rate" not in converter().convert(text).html


def test_two_on_a_page_share_no_ids() -> None:
    html = converter().convert("<delivery-rate></delivery-rate>\n\n<delivery-rate></delivery-rate>").html
    assert len(set(re.findall(r'id="([^"]*)"', html))) == 2


def test_the_text_tells_the_rules_with_date_and_source() -> None:
    html = converter().convert('<response-time rules="walmart"></response-time>').html
    assert "answered within 48 hours" in html
    assert "Walmart" in html
    assert "above 95%" in html
    assert "the last 30 days" in html


def test_hostile_attributes_stay_text() -> None:
    html = (
        converter("trusted")
        .convert('<delivery-rate onclick="x()" compact=\'"><script>\'></delivery-rate>')
        .html
    )
    assert "onclick" not in html
    assert "<script" not in html


def test_feeds_and_excerpts_hold_text_and_a_link(site: Site) -> None:
    site.post(
        "2012-03-12-a.md", "One.\n\n<delivery-rate></delivery-rate>\n\n<!-- more -->\n\nTwo.", title="A"
    )
    site.build()
    feed = site.read("feed.json")
    entry = json.loads(feed)["items"][0]
    assert "<delivery-rate" not in entry["content_html"]
    assert 'href="https://desk.example/2012/03/a.html#dp-tool-1"' in entry["content_html"]
    assert "<delivery-rate" in site.read("2012/03/a.html")
    assert "<delivery-rate" in site.read("2012/03/index.html")
    blog = site.read("blog/index.html")
    assert "<delivery-rate" not in blog
    assert "Only tracked packages count." in blog
    assert 'href="../2012/03/a.html#dp-tool-1"' in blog


def test_unknown_rules_are_said_with_their_place(site: Site) -> None:
    site.write("help/m.md", '# M\n\n<delivery-rate rules="amazn-2012"></delivery-rate>\n')
    assert site.problems() == ["content/help/m.md:3:23: no rules are called `amazn-2012`"]


def test_a_site_brings_its_own_rules(site: Site) -> None:
    site.configure(options={"rules": {"ours": RULES}})
    site.write("help/m.md", '# M\n\n<delivery-rate rules="ours"></delivery-rate>\n')
    site.build()
    html = site.read("help/m/index.html")
    assert "units delivered by the promised date" in html
    assert "at least 95.5%" in html
    assert "&#34;limitHours&#34;: 48" in html or "&quot;limitHours&quot;: 48" in html


def test_as_text_leaves_other_html_alone() -> None:
    assert as_text("<p>&lt;delivery-rate></p>") == "<p>&lt;delivery-rate></p>"
    assert as_text('<delivery-rate id="x"><p>a</p></delivery-rate>') == "<div><p>a</p></div>"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"rules": {"Ours!": RULES}}, "not a valid name for rules"),
        ({"rules": {"walmart": RULES}}, "come with Deskpress"),
        ({"rules": {"ours": {**RULES, "date": "soon"}}}, "rules: ours: "),
        (
            {"rules": {"ours": {**RULES, "delivery": {"target": {"value": 97, "inclusive": True}}}}},
            "share from 0 to 1",
        ),
        ({"rules": {"ours": 5}}, "rules: ours: "),
        ({"trusted": {"senders": ["https://amazon.com"]}}, "is not a domain"),
        ({"trusted": {"sites": "amazon.com"}}, "is a list of domains"),
        ({"trusted": {"mails": []}}, "`trusted` has no `mails`"),
        ({"widgets": ["calculator"]}, "no tool is called `calculator`"),
    ],
)
def test_mistakes_in_the_options_are_said(site: Site, options: dict[str, Any], problem: str) -> None:
    site.configure(options=options)
    with pytest.raises(ContentError) as raised:
        site.build()
    assert any(problem in d.problem for d in raised.value.diagnostics)


def test_other_sites_may_load_the_tools(site: Site) -> None:
    site.build()
    assert "/assets/javascripts/tools/*\n  Access-Control-Allow-Origin: *\n" in site.read("_headers")


def test_the_home_page_has_widgets_that_lead_on(site: Site) -> None:
    site.configure(options={"widgets": [{"delivery-rate": "help/m.md"}]})
    site.write("help/m.md", "# Metrics\n\n<delivery-rate></delivery-rate>\n")
    site.build()
    assert '<delivery-rate compact><p><a href="./help/m/">' in site.read("index.html")


LAYOUT = {
    "program": "Our shop",
    "report": "Parcels",
    "kind": "packages",
    "date": "2026-02-01",
    "source": "our handbook",
    "headings": ["Parcel", "Due|Due on"],
    "columns": {"promised": ["Due"], "delivered": ["Came"]},
}


def test_a_site_names_exports_of_its_own() -> None:
    layouts, problems = layout_problems([LAYOUT])
    assert problems == []
    html = (
        Tools(known_rules(), known_checklist(), layouts=layouts).fill("<delivery-rate></delivery-rate>").html
    )
    assert "data-layouts=" in html
    assert "Our shop" in html


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"columns": {"due": ["Due"]}}, "packages have no field `due`"),
        ({"headings": []}, "needs `headings`"),
        ({"kind": "parcels"}, "Invalid enum value 'parcels'"),
        ({"colums": {}}, "unknown field `colums`"),
    ],
)
def test_what_is_wrong_with_a_layout_is_said(changed: dict[str, Any], problem: str) -> None:
    layouts, problems = layout_problems([LAYOUT, {**LAYOUT, **changed}])
    assert len(layouts) == 1
    assert "number 2" in problems[0][1]
    assert problem in problems[0][1]


def test_the_fields_of_layouts_are_those_of_the_reader() -> None:
    text = theme_folder().joinpath("assets/javascripts/tools/table/headings.js").read_text("utf-8")
    parts = text[text.index("FIELDS") : text.index("const COMES")].split("messages: [")
    found = [tuple(re.findall(r'name: "(\w+)"', part)) for part in parts]
    assert found == [LAYOUT_FIELDS["packages"], LAYOUT_FIELDS["messages"]]


def test_whole_domains_may_be_trusted_as_senders() -> None:
    assert trusted_problems({"senders": ["*.shop.example"], "sites": ["shop.example"]})[1] == []
    assert trusted_problems({"sites": ["*.shop.example"]})[1] != []
