"""Places that outputs of Deskpress, the theme and hosts need are not taken by what an editor pushes."""

from __future__ import annotations

import pytest

from deskpress.app.push import checked_of
from deskpress.model.published import Published
from deskpress.plan.claims import is_wanted, reserved_patterns
from deskpress.publish.checks import PublishedRecord, superseded
from deskpress.publish.kinds import why_no_alias
from tests.conftest import Site

TAKEN = [
    "/search/blog-0/d1.json",
    "/search/blog-1/t0.json",
    "/search/help/d2.json",
    "/Search/Help/D2.json",
    "/search/help/d2.json/x",
    "/search/",
    "/opensearch.xml",
    "/notices/",
    "/notices/atom.xml",
    "/help/",
    "/2013/04/",
    "/author/mr.smith",
    "/assets/javascripts/x.js",
    "/assets/stylesheets/x/",
    "/assets/images/favicon.png/x",
    "/cards/2012/03/home.png",
    "/images/a.png.480w.webp",
    "/CNAME",
    "/_headers",
    "/_worker.js",
    "/ads.txt",
    "/.well-known/security.txt",
    "/.well-known/acme-challenge/x",
    "/favicon.ico",
    "/manifest.json",
    "/sw.js",
    "/crossdomain.xml",
    "/de/",
    "/pt-BR/",
    "/de/notices/",
    "/de/search/help/d2.json",
    "/fr/2012/03/",
]
FREE = [
    "/old.html",
    "/old/",
    "/2012/03/old-title.html",
    "/category/fees.html",
    "/notices/old/",
    "/help/old/",
    "/search/label/fees/",
    "/support.php",
    "/a/b.aspx",
    "/files/manual.pdf",
    "/manual.pdf",
    "/images/a.png",
    "/docs/v1.2",
    "/help/node.js-guide",
    "/xx/",
    "/faq/",
    "/de/old/",
    "/cards/",
    "/cards/gift/",
]


@pytest.mark.parametrize("alias", TAKEN)
def test_aliases_that_only_maintainers_may_have(site: Site, alias: str) -> None:
    site.write("help/a.md", f"---\ntitle: A\naliases: ['{alias}']\n---\n")
    assert list(checked_of(site.check()).claims.values()) == ["help/a.md"]


@pytest.mark.parametrize("alias", FREE)
def test_other_aliases_are_free(site: Site, alias: str) -> None:
    site.write("help/a.md", f"---\ntitle: A\naliases: ['{alias}']\n---\n")
    assert checked_of(site.check()).claims == {}


@pytest.mark.parametrize(
    "path",
    [
        "search/blog-0/d1.json.md",
        "search/help/t0.json/x.md",
        "assets/javascripts/x.js.md",
        "cards/x.png.md",
        "images/a.png.480w.webp.md",
        "author/mr.smith.md",
        "ads.txt.md",
        "CNAME.md",
        "favicon.ico.md",
        "_headers/x.md",
    ],
)
def test_documents_take_none_either(site: Site, path: str) -> None:
    site.write(path, "---\ntitle: T\n---\n")
    assert list(checked_of(site.check()).claims.values()) == [path]


@pytest.mark.parametrize(
    "path",
    [
        "help/index.md",
        "notices/index.md",
        "notices.md",
        "search/tips.md",
        "cards/gift.md",
        "de/index.md",
        "a/x.js.md",
    ],
)
def test_pages_that_a_site_may_have_are_free(site: Site, path: str) -> None:
    site.write(path, "---\ntitle: T\n---\n")
    assert checked_of(site.check()).claims == {}


def test_neither_does_a_slug(site: Site) -> None:
    site.configure(options={"addresses": {"post": "{slug}/"}})
    site.post("2012-03-05-home.md", slug="notices")
    site.post("2012-03-06-home.md", slug="news")
    assert checked_of(site.check()).claims == {"notices/": "posts/2012-03-05-home.md"}


def test_what_is_dated_ahead_is_held_to_it_today(site: Site) -> None:
    site.post("2030-03-05-home.md", aliases=["/ads.txt"])
    assert checked_of(site.check()).claims == {"ads.txt": "posts/2030-03-05-home.md"}


def test_lines_of_the_lock_lead_no_output_away(site: Site) -> None:
    site.post("2012-03-05-home.md")
    lines = ("/2011/04/\t(month)", "/search/blog-0/d1.json/\t(tag)", "/notices/\t(tag)")
    site.write("addresses.lock", "\n".join(lines) + "\n")
    claimed = checked_of(site.check()).claims
    assert claimed == dict.fromkeys(("search/blog-0/d1.json/", "notices/"), "addresses.lock")


def test_check_and_build_leave_it_to_the_maintainer(site: Site) -> None:
    site.write(
        "help/a.md", "---\ntitle: A\naliases: ['/ads.txt', '/de/', '/search/blog-3/d1.json']\n---\nText.\n"
    )
    assert site.problems() == []
    assert site.build().written


def test_an_alias_says_why_it_is_a_maintainers() -> None:
    assert why_no_alias("CNAME/") == "hosts, services and browsers look for files there"
    assert why_no_alias("a/x.js") == "no page has the extension .js"
    assert why_no_alias("humans.txt") == ""
    assert "in place of `index.html`" in why_no_alias("index.html.gz")


def test_who_takes_back_what_an_output_needs_loses_no_address(site: Site) -> None:
    site.post("2012-03-05-home.md")
    prepared = site.check()
    patterns = reserved_patterns(prepared.site)
    taken = ("notices/", "search/blog-0/d1.json", "search/blog-0/d1.json/", "2012/04/", "old/")
    record = PublishedRecord(dict.fromkeys(taken, "now at /help/a/") | {"help/": "help/index.md"})
    files = {"notices/index.html", "search/blog-0/d1.json", "old/index.html", "help/index.html"}
    assert superseded(record, Published(), patterns, files) == [
        "notices/",
        "search/blog-0/d1.json",
        "search/blog-0/d1.json/",
    ]
    assert superseded(record, Published(redirects={"notices/": "x/"}), patterns, {"notices/index.html"}) == []
    assert is_wanted("search/blog-0/d1.json/x", patterns, files)
    assert is_wanted("author/mr.smith", patterns, {"author/mr.smith/index.html"})
    assert not is_wanted("old/", patterns, files)
