"""Style sheets as pages load them: shorter, and the same for what a page has."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from deskpress.render.style_sheets import compact, trimmed
from tests.conftest import Site

MATERIAL = re.compile(r"assets/stylesheets/(main|palette)\.\w+\.min\.css")


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (".a{b:c}.x{d:e}", ".a{b:c}"),
        (".a,.x .b,.c{d:e}", ".a,.c{d:e}"),
        (".x-more{b:c}.ax{b:c}", ".ax{b:c}"),
        (".a:not(.x){b:c}", ".a:not(.x){b:c}"),
        (".a:not(.b,.c),.x:is(.d,.e){f:g}", ".a:not(.b,.c){f:g}"),
        ("@media print{.x{b:c}}", ""),
        ("@media print{.x{b:c}.a{d:e}}", "@media print{.a{d:e}}"),
        ("@keyframes x{from{a:b}}", "@keyframes x{from{a:b}}"),
        (
            '@charset "UTF-8";:root{--a:url("data:;,.x{}}")}',
            '@charset "UTF-8";:root{--a:url("data:;,.x{}}")}',
        ),
        (r".a\:x{b:c}", r".a\:x{b:c}"),
        ("[d=pink] .a{b:c}[d=pinker]{b:c}", "[d=pinker]{b:c}"),
    ],
)
def test_rules_for_what_no_page_has_are_left_out(sheet: str, expected: str) -> None:
    assert trimmed(sheet, (".x", "[d=pink]")) == expected
    assert trimmed(sheet, ()) == sheet


def test_comments_go_and_texts_stay() -> None:
    assert compact('/* a */\n.a {\n  b: "/* c */";  /* d\n */\n}\n') == '.a {\nb: "/* c */";\n}\n'


def weights(site: Site, page: str) -> dict[str, int]:
    """What the first visit of a page loads: each file with its compressed bytes."""
    html = site.read(page)
    found = re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="([^"]+)"', html)
    paths = [page, *(re.sub(r"^[./]+", "", path) for path in found)]
    return {path: len(gzip.compress((site.output / path).read_bytes(), 9, mtime=0)) for path in paths}


@pytest.mark.parametrize("look", ["quiet", "warm", "bold"])
def test_a_first_visit_is_light(site: Site, look: str) -> None:
    """75 kB compressed, without fonts; 12 kB of HTML beside the article."""
    site.configure(
        options={"look": look, "accent": "#7a3e9d", "contact": "mailto:a@b.example"},
        markdown_extensions=["tables", "admonition", "pymdownx.tabbed", "pymdownx.superfences", "footnotes"],
    )
    for number in range(40):
        site.write(f"help/area{number % 4}/t{number}.md", f"# Topic {number}\n\nText.\n")
        site.post(f"2012-03-{number % 28 + 1:02}-p{number}.md")
    site.build()
    for page in ("index.html", "help/index.html", "help/area1/t1/index.html", "2012/03/p0.html"):
        loaded = weights(site, page)
        assert sum(loaded.values()) <= 75_000, loaded
        html = re.sub(r"<article.*</article>", "", site.read(page), flags=re.S)
        assert len(gzip.compress(html.encode(), 9, mtime=0)) <= 12_000


def sheets(site: Site) -> dict[str, str]:
    site.post("2012-03-05-a.md")
    site.build()
    return {found[1]: site.read(path) for path in site.tree() if (found := MATERIAL.fullmatch(path))}


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ({}, ""),
        ({"theme": {"name": "material", "features": ["content.code.copy"]}}, ".md-code__nav"),
        ({"markdown_extensions": ["pymdownx.tabbed"]}, ".tabbed-set"),
        ({"repo_url": "https://code.example/x"}, ".md-source__icon"),
        ({"extra_javascript": ["a.js"]}, ".md-search__input"),
        ({"options": {"raw_html": "trusted"}}, ".md-search__input"),
    ],
)
def test_what_the_configuration_asks_for_keeps_its_rules(site: Site, keys: dict[str, Any], kept: str) -> None:
    site.write("a.js", "")
    site.configure(**{"markdown_extensions": ["toc"], **keys})
    sheet = sheets(site)["main"]
    optional = {".md-code__nav", ".tabbed-set", ".md-source__icon"}
    if kept == ".md-search__input":
        optional = set()
        assert kept in sheet
    assert [name for name in optional if name in sheet] == [kept] * (kept in optional)
    assert ".md-typeset" in sheet


def test_colours_that_the_site_names_stay_and_others_go(site: Site) -> None:
    site.configure(theme={"name": "material", "palette": {"primary": "deep purple"}})
    sheet = sheets(site)["palette"]
    assert set(re.findall(r"data-md-color-primary=([\w-]+)", sheet)) == {"deep-purple"}
    site.configure(theme={"name": "material", "palette": {"primary": "teal"}})
    assert set(re.findall(r"data-md-color-primary=([\w-]+)", sheets(site)["palette"])) == {"teal"}
