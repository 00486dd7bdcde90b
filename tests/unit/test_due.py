"""What is published when."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest

from deskpress.app.check import check
from deskpress.build.request import SetupError
from deskpress.model.diagnostic import ContentError, errors
from deskpress.plan.promises import promises
from tests.conftest import Site


@pytest.fixture
def calendar(site: Site) -> Site:
    site.post("2012-03-01-plain.md")
    site.post("2012-03-02-draft.md", draft=True)
    site.post("2012-07-01-ahead.md")
    site.post("2012-03-03-expired.md", expires="2012-05-01")
    return site


def published(site: Site, **options: object) -> set[str]:
    site.build(**options)
    names = {"plain", "draft", "ahead", "expired"}
    return {p.stem for p in site.output.glob("2012/*/*.html")} & names


def test_drafts_posts_ahead_and_expired_ones_stay_out(calendar: Site) -> None:
    assert published(calendar) == {"plain"}


@pytest.mark.parametrize(("flag", "more"), [("drafts", "draft"), ("future", "ahead"), ("expired", "expired")])
def test_a_flag_lets_them_in(calendar: Site, flag: str, more: str) -> None:
    assert published(calendar, **{flag: True}) == {"plain", more}


def test_as_of_builds_another_moment(calendar: Site) -> None:
    assert published(calendar, as_of="2012-04-01") == {"plain", "expired"}
    assert published(calendar, as_of="2012-07-01") == {"plain", "ahead"}


def test_the_environment_may_give_the_moment(calendar: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat("2012-04-01T00:00+00:00").timestamp()))
    )
    assert published(calendar, as_of=None) == {"plain", "expired"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(ContentError, match="SOURCE_DATE_EPOCH"):
        calendar.build(as_of=None)


def test_the_moment_stands_in_no_output(calendar: Site) -> None:
    calendar.build(as_of="2012-05-20")
    before = calendar.tree()
    calendar.build(as_of="2012-05-30T12:34:56")
    assert calendar.tree() == before


def test_a_build_says_when_the_next_post_is_due(calendar: Site) -> None:
    due = calendar.build(as_of="2012-04-01").next_due
    assert due is not None
    assert due.date().isoformat() == "2012-05-01"


def test_a_link_to_what_is_not_published_says_why(calendar: Site) -> None:
    calendar.post("2012-03-04-links.md", "[d](2012-03-02-draft.md) [a](2012-07-01-ahead.md)\n")
    problems = " ".join(calendar.problems())
    assert "it is a draft" in problems
    assert "it is dated ahead" in problems


def test_time_alone_loses_no_list(calendar: Site) -> None:
    calendar.post("2013-05-01-alone.md", expires="2013-06-01", categories=["Only"], tags=["Once"])
    calendar.build(as_of="2013-05-20")
    lists = {"2013/05/index.html", "2013/index.html", "category/only/index.html", "tag/once/index.html"}
    before = calendar.tree()
    assert lists <= before.keys()
    calendar.build(as_of="2013-06-02")
    after = calendar.tree()
    assert lists <= after.keys()
    assert all(b'http-equiv="refresh"' in after[path] for path in lists)
    assert "2013/05/alone.html" not in after


def test_no_configuration_is_a_clear_error(site: Site) -> None:
    (site.folder / "mkdocs.yml").unlink()
    with pytest.raises(SetupError, match="does not exist"):
        site.build()


EMOJI = ["attr_list", "footnotes", "tables", "toc", {"pymdownx.emoji": {}}]


@pytest.mark.parametrize(
    ("old", "keys", "options", "plugins"),
    [
        ("2013/05/now-smile-x.html", {"title": None}, {}, []),
        ("old/", {}, {"redirects": {"/old/": "/2013/05/alone.html"}}, []),
        ("old/", {"aliases": ["/was/"]}, {"redirects": {"/older/": "/was/", "/old/": "/older/"}}, []),
        ("old/", {"categories": ["Only"]}, {"redirects": {"/old/": "/category/only/"}}, []),
        ("old/", {}, {"redirects": {"/old/": "/2013/05/"}}, []),
        ("old/", {}, {"redirects": {"/old/": "/blog/page/2/"}, "posts_per_page": 1}, []),
        ("old/", {}, {}, [{"redirects": {"redirect_maps": {"old.md": "posts/2013-05-01-alone.md"}}}]),
        ("y/2013/page/2/", {}, {"posts_per_page": 1, "addresses": {"year": "y/{year}/"}}, []),
        ("category/c-2b/", {"categories": ["C"]}, {}, []),
    ],
)
def test_time_alone_loses_no_address(
    site: Site, old: str, keys: dict[str, Any], options: dict[str, Any], plugins: list[Any]
) -> None:
    site.configure(plugins=[*plugins, {"deskpress": options}], markdown_extensions=EMOJI)
    site.post("2013-05-02-other.md", categories=["C+"])
    head = {"expires": "2013-06-01", **keys}
    site.post("2013-05-01-alone.md", "Text.\n", **head)
    if "title" in keys:
        site.write(
            "posts/2013-05-01-alone.md", "---\ndate: 2013-05-01\nexpires: 2013-06-01\n---\n# Now :smile: x\n"
        )
    before, after = (site.check(as_of=day) for day in ("2013-05-20", "2013-06-02"))
    shown, kept = (promises(one.site, one.plan) for one in (before, after))
    assert old in {*shown.addresses, *shown.redirects}
    assert kept.lost([*shown.addresses, *shown.redirects]) == []
    assert not errors(after.diagnostics, strict=True, by_time=False)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[x](/help/a/) [x](../help/a.md) [x](https://desk.example/help/a/)", {}),
        ("[x](/old-a/) [x](https://desk.example/old-a/)", {}),
        ("[x](/help/a/#part) [x](../help/a.md#part) [x](https://desk.example/help/a/#part)", {}),
        ("[x](/blog/page/2/) [x](https://desk.example/blog/page/2/)", {}),
        ("[x](/category/only/) [x](/2013/05/) [x](/series/one/) [x](/author/the-team/)", {}),
        ("[x](/category/only/feed.xml) [x](https://desk.example/category/only/atom.xml)", {}),
        ("[x](/2013/05/#2013-05-01-alone)", {}),
        ("[x](/notices/) [x](/notices/feed.xml) [x](/help/) [x](https://desk.example/notices/)", {}),
        ("", {"supersedes": "help/a.md"}),
        ("", {"supersedes": "/help/a/"}),
        ("", {"supersedes": "its-id"}),
        ("", {"links": ["help/a.md", "posts/2013-05-01-alone.md", "/blog/page/2/"], "topics": ["a"]}),
    ],
)
def test_nobody_answers_for_a_warning_that_time_alone_brings(
    site: Site, text: str, keys: dict[str, Any]
) -> None:
    nav = [{"Notices": "/notices/"}, {"Help": "/help/"}, {"Feed": "/category/only/feed.xml"}, "help/a.md"]
    site.configure(options={"posts_per_page": 1}, nav=nav)
    gone = "expires: 2013-06-01\n---\n\n## Part\n\nText.\n"
    site.write("help/a.md", f"---\ntitle: A\nid: its-id\naliases: [/old-a/]\n{gone}")
    site.write("notices/n.md", f"---\ntitle: N\nstart: 2013-05-01\n{gone}")
    site.post(
        "2013-05-01-alone.md", expires="2013-06-01", categories=["Only"], series={"name": "One", "part": 1}
    )
    site.post("2012-03-05-old.md", f"Text.\n\n{text}\n", **keys)
    for day in ("2013-05-20", "2013-06-02"):
        assert not errors(site.check(as_of=day).diagnostics, strict=True, by_time=False)
    site.build(as_of="2013-06-02")
    assert (site.output / "notices/index.html").exists()
    assert (site.output / "help/index.html").exists()


@pytest.mark.parametrize(
    "function", ["deskpress.render.texts.as_markdown", "deskpress.render.entries.feed_view"]
)
def test_what_fails_on_a_post_that_is_dated_ahead_fails_when_it_is_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """Else nobody could publish from its day on."""
    site.configure(options={"llms": ["blog", "pages"]})
    site.post("2012-03-05-home.md")
    site.post("2012-07-01-ahead.md", "Ahead.")

    def fail(*_: object) -> str:
        raise ArithmeticError("it cannot be made")

    request = site.request(future=True)
    check(request, ["posts/2012-07-01-ahead.md"])
    module, _, name = function.rpartition(".")
    monkeypatch.setattr(import_module(module), name, fail)
    check(request, [])
    with pytest.raises(ArithmeticError):
        check(request, ["posts/2012-07-01-ahead.md"])
