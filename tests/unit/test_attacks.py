"""What was tried against a site, and is refused where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.diagnostic import ContentError
from deskpress.source.history import _parsed
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter
from tests.conftest import REPOSITORY, Site


@pytest.mark.slow
@pytest.mark.parametrize("parts", [60, 1900, 3000])
def test_an_address_that_no_system_can_hold_is_refused_at_its_line(site: Site, parts: int) -> None:
    site.post("2012-03-12-a.md", title="A", aliases=["/" + "a/" * parts])

    assert site.problems()[0].startswith(
        "content/posts/2012-03-12-a.md:5:3: the alias has more than 50 parts"
    )
    with pytest.raises(ContentError):
        site.build()
    site.post("2012-03-12-a.md", title="A")
    assert site.build().written


@pytest.mark.parametrize(
    "text",
    [
        "[^1]" * 8000 + "\n\n[^1]: x\n",
        "[a](" * 25_000,
        "![a](" * 8000,
        "[a](<" * 8000,
        ")" * 9000 + "[a](b" * 8000,
        "<p>" + '<img title="a" ' * 8000,
        "<a x=" * 8000,
        "x\n=\n" * 8000,
        "# x\n" * 8000,
    ],
    ids=lambda text: text[:12],
)
def test_marks_whose_time_grows_with_their_square_are_refused(text: str) -> None:
    with pytest.raises(NestingError):
        Converter(["footnotes", "toc", "attr_list"], {}).convert(text)


def test_who_holds_too_many_marks_hears_which(site: Site) -> None:
    site.post("2012-03-12-a.md", "[^1]" * 3000 + "\n\n[^1]: x\n")
    assert site.problems() == ["content/posts/2012-03-12-a.md:6:1: more than 2,000 references to footnotes"]


@pytest.mark.parametrize(
    "text",
    [
        "<li><table><div><div><div><li>AFTER</li></div></div></div></table>",
        "- x\n\n<ul><li><table><div><div><div><li>AFTER</table>\n\ntext",
        "<section><dd><table><div><div><div><dd>AFTER</table></section>",
        "<button><table><div><button>AFTER</table>",
        "<TABLE><LI><table><div><div><LI>AFTER",
    ],
)
def test_what_stands_astray_in_a_table_closes_nothing_of_the_page(text: str) -> None:
    body = Converter([], {}).convert(text).html
    page = f"<div id=out><article><div id=in>{body}</div><p id=after>z</p></article></div>"
    after = LexborHTMLParser(page).css_first("#after")
    assert after is not None
    assert after.parent is not None
    assert (after.parent.tag, after.prev and after.prev.attributes.get("id")) == ("article", "in")
    assert "AFTER" in body


def test_what_a_body_tag_says_is_left_out_and_told(site: Site) -> None:
    site.post("2012-03-12-a.md", 'Text <body onload="x()" id="a" href="nowhere.md"> [here](#a)\n')
    told = [line.partition(" warning: ")[2] or line for line in site.problems()]
    assert any("`<body>` is left out" in line for line in told)
    assert any("`#a`" in line for line in told)
    assert not any("nowhere.md" in line for line in told)


def test_a_long_honest_text_is_none_of_that() -> None:
    links = "".join(f"- [Change {n}](https://example.com/{n}) and `a << {n}`\n" for n in range(1500))
    table = "|a|b|\n|---|---|\n" + "|<b>1</b>|[x](y)|\n" * 3000
    assert len(Converter(["tables"], {}).convert(links + "\n" + table).references) == 4500


@pytest.mark.parametrize(
    ("html", "gone"),
    [
        ('<a class="md-consent__overlay" href="https://evil.example/">x</a>', "class=md-consent__overlay"),
        ('<p id="__config">{}</p>', "id=__config"),
        ('<p id="dp:search">x</p>', "id=dp:search"),
        ('<div data-search-page class="x">y</div>', "data-search-page"),
        ("<button data-tool='*[x=\"/../../x.ecma?\"]'>y</button>", "data-tool"),
    ],
)
def test_what_pages_know_their_parts_by_is_taken_from_content(html: str, gone: str) -> None:
    converted = Converter(["attr_list"], {}).convert(html + "\n")
    assert gone in converted.removed
    assert gone.partition("=")[2] not in converted.html or "=" not in gone
    assert gone not in converted.html
    assert Converter([], {}, "trusted").convert(html + "\n").removed == ()


def test_no_script_of_the_theme_takes_content_for_a_part_of_the_page() -> None:
    """By every attribute that one of them looks for; links become frames of allowed hosts only."""
    scripts = [
        one
        for one in (REPOSITORY / "theme/assets/javascripts").rglob("*.js")
        if not {"vendor", "mermaid"} & {*one.parts}
    ]
    asked = {name for one in scripts for name in re.findall(r"\[(data-[a-z-]+)", one.read_text("utf-8"))}
    assert len(asked) > 10
    for name in asked:
        converted = Converter([], {}).convert(f'<div {name}="https://evil.example/">x</div>\n')
        assert converted.removed == (name,)


def test_names_stay_only_where_they_are_anchors() -> None:
    converted = Converter([], {}).convert(
        '<img name="getElementById" src="/a.png" alt="x"><a name="b">b</a>\n'
    )
    assert "name" in converted.removed
    assert "getElementById" not in converted.html
    assert "b" in converted.ids


def test_what_the_theme_means_for_content_stays() -> None:
    text = "[Go](https://example.com/){ .md-button .md-button--primary }\n"
    converted = Converter(["attr_list"], {}).convert(text)
    assert converted.removed == ()
    assert 'class="md-button md-button--primary"' in converted.html


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "VBScript:x"])
def test_links_and_authors_lead_to_no_scripts(site: Site, target: str) -> None:
    site.post("2012-03-12-a.md", title="A", links=[target, {"B": target}], authors=["jo"])
    site.write("posts/.authors.yml", f"authors:\n  jo:\n    name: Jo\n    url: {target}\n")
    said = "\n".join(site.problems())
    scheme = target.partition(":")[0]
    assert said.count(f"a link may not lead to `{scheme}:`") == 2
    assert f"an author's `url` may not lead to `{scheme}:`" in said


@pytest.mark.parametrize("name", ["synonyms.yml", "search.yml"])
@pytest.mark.parametrize(
    "text",
    [
        "- [c, d\x07]\n",
        "\x00",
        "[" * 3000,
        "- " + "[" * 900 + "]" * 900,
        "- {[a, b]: c}\n",
        '- ["\\ud800", b]\n',
    ],
    ids=["bell", "nul", "open", "deep", "key", "surrogate"],
)
def test_odd_files_of_the_search_are_mistakes_at_their_place(site: Site, name: str, text: str) -> None:
    site.post("2012-03-12-a.md")
    site.write(name, text)
    assert any(problem.startswith(f"content/{name}:1:") for problem in site.problems())


def test_commits_from_no_time_at_all_have_none() -> None:
    log = "\x019223372036854775\n\0a.md\0\x01253402300799\n\0b.md\0\x011330000000\n\0c.md\0"
    assert list(_parsed(log.split("\0"))) == ["c.md"]


def test_a_listed_address_without_an_end_does_not_stop_the_build(site: Site, tmp_path: Path) -> None:
    site.post("2012-03-12-a.md")
    site.write("addresses.lock", f"/{'a/' * 3000}\t(month)\n")
    assert site.build().written
