"""Where links may lead: judged by one function, after what browsers drop is dropped."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from lxml import etree

from deskpress.model.address import cleaned, forbidden_scheme, is_elsewhere
from deskpress.model.diagnostic import ContentError
from deskpress.render.link_targets import leads_out
from deskpress.source.sanitize import Clean
from tests.conftest import Site

TRICKS = {
    "plain": "javascript:alert(1)",
    "upper": "JaVaScRiPt:alert(1)",
    "tab": "java\tscript:alert(1)",
    "newline": "java\nscript:alert(1)",
    "return": "java\rscript:alert(1)",
    "before colon": "javascript\t:alert(1)",
    "space": "  javascript:alert(1)",
    "start of heading": "\x01javascript:alert(1)",
    "unit separator": "\x1f \x0bjavascript:alert(1)",
    "nul": "\0javascript:alert(1)",
    "both": "\x1b\tjava\r\n\tscript\n:alert(1)",
    "entity": "&#106;avascript:alert(1)",
    "entity colon": "javascript&colon;alert(1)",
    "entity tab": "java&Tab;script:alert(1)",
    "percent": "%6aavascript:alert(1)",
    "fullwidth": "ｊavascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "vbscript": "VBScript:x",
    "blob": "blob:https://desk.example/1",
    "file": "file:///etc/passwd",
    "view-source": "view-source:https://desk.example/",
    "filesystem": "filesystem:https://desk.example/temporary/x.html",
}
"""Addresses of which each is a scheme that no link may have, or may be read as one."""

YAML_ESCAPES = {trick: json.dumps(text) for trick, text in TRICKS.items()}
tricks = pytest.mark.parametrize("trick", TRICKS)


@tricks
def test_a_scheme_is_found_behind_what_browsers_drop(trick: str) -> None:
    assert forbidden_scheme(TRICKS[trick])


@pytest.mark.parametrize(
    "target",
    [
        "https://desk.example/a:b?c:d#e:f",
        "HTTPS://desk.example/",
        "\thttps://desk.example/ ",
        "mailto:desk@help.example?subject=a:b",
        "tel:+1-555",
        "../help/metrics.md#a:b",
        "/2012/03/12:30.html",
        "?q=javascript:x",
        "#javascript:x",
        "//cdn.example/a:b",
        "https://desk.example/?a=1&copy=2:3",
        "",
    ],
)
def test_what_leads_to_a_page_is_allowed(target: str) -> None:
    assert forbidden_scheme(target) == ""


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "\t/\n/evil.example",
        "\x01//e",
    ],
)
def test_two_slashes_of_any_kind_lead_elsewhere(target: str) -> None:
    assert is_elsewhere(target)
    assert leads_out(target) is ("\\" not in target)


def test_what_url_parsers_drop_is_what_is_dropped() -> None:
    assert cleaned("\0\x1f a\tb\nc\rd e\u00a0 \x0c") == "abcd e\u00a0"


@tricks
@pytest.mark.parametrize("field", ["url", "avatar"])
def test_an_author_leads_to_no_script(site: Site, trick: str, field: str) -> None:
    site.post("2012-03-12-a.md", title="A", authors=["jo"])
    text = f"authors:\n  jo:\n    name: Jo\n    {field}: {YAML_ESCAPES[trick]}\n"
    site.write("posts/.authors.yml", text)
    said = [line for line in site.problems() if line.startswith("content/posts/.authors.yml:")]
    assert said
    assert f"an author's `{field}` may not lead to" in said[0] or "control character" in said[0]
    with pytest.raises(ContentError):
        site.build()
    assert not site.output.exists()


@pytest.mark.slow
@tricks
@pytest.mark.parametrize("form", ["- {}", "- Title: {}", "- Group:\n  - {}", "- Group:\n  - Title: {}"])
def test_a_link_in_front_matter_leads_to_no_script(site: Site, trick: str, form: str) -> None:
    links = "\n".join(f"  {line}" for line in form.format(YAML_ESCAPES[trick]).split("\n"))
    text = f"---\ntitle: A\ndate: 2012-03-12\nlinks:\n{links}\n---\n\nText.\n"
    site.write("posts/2012-03-12-a.md", text)
    assert any(line.startswith("content/posts/2012-03-12-a.md:") for line in site.problems())
    with pytest.raises(ContentError):
        site.build()
    assert not site.output.exists()


@tricks
@pytest.mark.parametrize("field", ["nav", "footer"])
def test_the_navigation_leads_to_no_script(site: Site, trick: str, field: str) -> None:
    site.write("index.md", "# Home\n")
    items = [{"Odd": TRICKS[trick]}, {"Group": [{"Odd": TRICKS[trick]}]}]
    if field == "nav":
        site.configure(nav=items)
    else:
        site.configure(options={"footer": items})
    with pytest.raises(ContentError) as caught:
        site.build()
    assert {found.problem[:24] for found in caught.value.diagnostics} == {"a link may not lead to `"}


ATTRIBUTES = (
    '<a href="{}">x</a>',
    "<a href='{}'>x</a>",
    '<img alt="x" src="{}">',
    '<img alt="x" src="a.png" srcset="{} 2x, {}">',
    '<video poster="{}" src="{}"></video>',
    '<blockquote cite="{}">x</blockquote>',
    '<map name="m"><area alt="x" href="{}"></map>',
    "[x](<{}>)",
    "![x](<{}>)",
    "[x]\n\n[x]: <{}>",
)


_ALL = "//@href | //@src | //@srcset | //@poster | //@cite"


def _allowed(value: str) -> bool:
    scheme, colon, _ = re.split(r"[/?#]", cleaned(value))[0].partition(":")
    return not colon or scheme.lower() in ("http", "https", "mailto")


@pytest.mark.slow
def test_no_attribute_of_a_text_leads_to_a_script(site: Site) -> None:
    for number, (form, target) in enumerate(itertools.product(ATTRIBUTES, TRICKS.values())):
        # What may be written in a file: controls are taken out, NUL is refused (see the fields above).
        text = form.replace("{}", target.replace("\0", "\x01").replace("\n", " "))
        site.post(f"2012-03-{number % 28 + 1:02}-a{number}.md", text + "\n", title=f"A {number}")
    site.configure(options={"feed_length": 1000})
    site.build()
    pages = [path.read_bytes() for path in sorted(site.output.glob("2012/03/*.html"))]
    atom = etree.fromstring(site.output.joinpath("atom.xml").read_bytes())
    entries = [str(text).encode() for text in atom.itertext() if "<" in str(text)]
    items = json.loads(site.output.joinpath("feed.json").read_text())["items"]
    bodies = [item["content_html"].encode() for item in items]
    assert len(items) == len(ATTRIBUTES) * len(TRICKS) == len(pages) - 1
    for html in (*pages, *entries, *bodies):
        tree = etree.HTML(html)
        found: Any = [] if tree is None else tree.xpath(_ALL)
        for value in found:
            assert _allowed(str(value)), value


def test_a_link_that_begins_with_backslashes_is_said(site: Site) -> None:
    site.post("2012-03-12-a.md", '<a href="\\\\evil.example\\share">x</a>\n', title="A")
    assert any("this is a path on your own computer" in line for line in site.problems())


def test_the_linker_holds_where_the_sanitiser_fails(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskpress.source.markdown.sanitized", Clean)
    site.post("2012-03-12-a.md", '<a href="java&#9;script:alert(1)">x</a>\n', title="A")
    site.build(jobs=1)
    assert "script:alert" not in site.read("2012/03/a.html")
    site.configure(options={"raw_html": "trusted"})
    site.build(jobs=1)
    assert "script:alert" in site.read("2012/03/a.html")
