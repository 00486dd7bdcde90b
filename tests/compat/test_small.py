"""`exclude`, `redirects`, `minify` and `open-in-new-tab`: the same result as with the plug-ins themselves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from deskpress.compat.native.exclude import excluder
from tests.compat.conftest import Stock, ways
from tests.conftest import Site

pytestmark = pytest.mark.slow


def configure(site: Site, *plugins: Any, **keys: Any) -> None:
    site.configure(plugins=["deskpress", *plugins], **keys)


def pages(site: Site) -> None:
    site.write("index.md", "# Home\n\nSome *text* and a [link](https://elsewhere.example/).\n")
    site.write("guide/start.md", "# Start\n\n## Later\n\n```\n  code  \n```\n")
    site.write("guide/notes/draft.md", "# Notes\n")
    site.write("internal/plan.md", "# Plan\n")
    site.write("internal/plan.pdf", b"%PDF-1.4")
    site.write("js/extra.js", "// A comment\nfunction hello() {\n  return `a  b`\n}\n")
    site.write("css/extra.css", "/* A comment */\n.a {\n  color: red;\n  background: url( 'x y' );\n}\n")


EXCLUDE = {"glob": ["internal/*", "*.css"], "regex": [r".*/notes/"]}


def test_exclude_publishes_what_the_plug_in_publishes(site: Site, stock: Stock) -> None:
    pages(site)
    theirs = stock(site, [{"exclude": EXCLUDE}])
    configure(site, {"exclude": EXCLUDE})
    ours = ways(site)
    for path in ("guide/start/index.html", "guide/notes/draft/index.html", "internal/plan/index.html"):
        assert (path in theirs) == (path in ours), path
    for path in ("internal/plan.pdf", "css/extra.css", "js/extra.js"):
        assert (path in theirs) == (path in ours), path
    assert "internal" not in ours["sitemap.xml"].decode()


def test_a_glob_and_an_expression_may_stand_alone() -> None:
    is_excluded = excluder((("a/*",), ("b",)))
    assert [is_excluded(path) for path in ("a/b/c.md", "a/", "b.md", "c/b.md")] == [True, False, True, False]


REDIRECTS = {
    "old.md": "guide/start.md",
    "deep/old.md": "index.md",
    "old/index.md": "guide/start.md#later",
    "away.md": "https://elsewhere.example/new?a=1&b=2",
    "AWAY.md": "https://elsewhere.example/new?a=1&b=2",
    "FAQ/deep.md": "index.md",
    "faq/deep.md": "index.md",
    "gone.md": "nowhere.md",
    "page.html": "index.md",
}


def target(html: str) -> str:
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', html)
    assert found
    return found[1].replace("&amp;", "&")


def test_redirects_lead_where_the_plug_in_leads(site: Site, stock: Stock) -> None:
    pages(site)
    theirs = stock(site, [{"redirects": {"redirect_maps": REDIRECTS}}])
    configure(site, {"redirects": {"redirect_maps": REDIRECTS}})
    ours = ways(site)
    cased = ("AWAY/index.html", "FAQ/deep/index.html", "faq/deep/index.html")
    for path in ("old/index.html", "deep/old/index.html", "away/index.html", "page.html", *cased):
        where = target(ours[path].decode())
        assert where.rstrip("/.") == target(theirs[path]).rstrip("/."), path
    assert "gone/index.html" not in theirs
    assert "gone/index.html" not in ours
    assert '"/page.html" "/"' in ours["redirects.map"].decode()
    told = [p for p in site.problems() if "redirect" in p]
    place = line("nowhere.md", site)
    assert told == [
        f"mkdocs.yml:{place}: the redirect of `gone.md` leads to `nowhere.md`, which does not exist"
    ]


def line(text: str, site: Site) -> str:
    lines = (site.folder / "mkdocs.yml").read_text().split("\n")
    number = next(number for number, one in enumerate(lines, 1) if text in one)
    return f"{number}:{lines[number - 1].index(text) + 1}"


def test_a_redirect_changes_with_the_configuration(site: Site) -> None:
    pages(site)
    configure(site, {"redirects": {"redirect_maps": {"old.md": "index.md"}}})
    site.build()
    configure(site, {"redirects": {"redirect_maps": {"old.md": "guide/start.md"}}})
    site.build()
    assert target(site.read("old/index.html")) == "../guide/start/"
    site.write("old.md", "# Old\n")
    assert [p.partition(": ")[2] for p in site.problems() if "redirect" in p] == [
        "`old.md` is not redirected: `old.md` has that address"
    ]


MINIFY = {
    "minify_html": True,
    "minify_js": True,
    "minify_css": True,
    "js_files": ["js/extra.js"],
    "css_files": "css/extra.css",
    "htmlmin_opts": {"remove_comments": True},
}
EXTRA: dict[str, Any] = {"extra_javascript": ["js/extra.js"], "extra_css": ["css/extra.css"]}


def test_minify_writes_what_the_plug_in_writes(site: Site, stock: Stock) -> None:
    pages(site)
    theirs = stock(site, [{"minify": MINIFY}], **EXTRA)
    configure(site, **EXTRA)
    site.build()
    plain = site.tree()
    configure(site, {"minify": MINIFY}, **EXTRA)
    ours = ways(site)
    for path in ("js/extra.min.js", "css/extra.min.css"):
        assert ours[path].decode() == theirs[path]
    assert "js/extra.js" not in theirs
    assert "js/extra.js" not in ours
    assert "js/extra.min.js" in ours["index.html"].decode()
    # The plug-in's own function gives the same for our pages.
    from mkdocs_minify_plugin.plugin import MinifyPlugin

    plugin = MinifyPlugin()
    plugin.load_config(MINIFY)
    for path in ("index.html", "guide/start/index.html", "404.html"):
        page = plain[path].decode().replace("js/extra.js", "js/extra.min.js")
        page = page.replace("css/extra.css", "css/extra.min.css")
        assert plugin.on_post_page(page, page=None, config=None) == ours[path].decode()


def test_a_script_that_changes_is_made_smaller_again(site: Site) -> None:
    pages(site)
    configure(site, {"minify": MINIFY}, **EXTRA)
    site.build()
    site.write("js/extra.js", "// Another\nlet a = 1\n")
    site.build()
    assert site.read("js/extra.min.js") == "let a=1"


@pytest.mark.parametrize(
    ("options", "why"),
    [({"cache_safe": True}, "`cache_safe`"), ({"js_files": ["js/*.js"]}, "`js_files` with `*`")],
)
def test_options_that_are_not_honoured_cost_the_full_build_and_are_named(
    site: Site, options: dict[str, Any], why: str
) -> None:
    pages(site)
    configure(site, {"minify": options})
    assert f"minify ({why})" in site.build().full


def test_links_open_in_new_tabs_by_the_plug_ins_own_files(site: Site, stock: Stock) -> None:
    pages(site)
    theirs = stock(site, [{"open-in-new-tab": {"add_icon": True}}])
    configure(site, {"open-in-new-tab": {"add_icon": True}})
    ours = ways(site)
    for path in ("js/open_in_new_tab.js", "css/open_in_new_tab.css"):
        assert ours[path].decode() == theirs[path]
        assert path in ours["index.html"].decode()
        assert path in theirs["index.html"]
