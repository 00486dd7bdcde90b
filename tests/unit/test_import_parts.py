"""The parts of an import that every format shares, and the comparison of addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from deskpress.compat.material.setting import Verbatim
from deskpress.importers.changes import Changes
from deskpress.importers.copying import copy_site
from deskpress.importers.front_matter import with_aliases, with_key
from deskpress.importers.material.addresses import New, Old, apply, old_site, remedies, tell
from deskpress.importers.material.verdict import tell_build
from deskpress.importers.moving import OccupiedError, check_target
from deskpress.importers.report import ImportReport
from deskpress.importers.yaml_text import YamlText, YamlTextError, written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A\n", '---\naliases: ["/old/"]\n---\n\n# A\n'),
        ("---\ntitle: A\n---\nText.\n", '---\ntitle: A\naliases: ["/old/"]\n---\nText.\n'),
        ("---\naliases: [/a/]  # b\ntitle: A\n---\n", '---\naliases: [/a/, "/old/"]  # b\ntitle: A\n---\n'),
        (
            "---\naliases:\n  - /a/\n# c\ntitle: A\n---\n",
            '---\naliases:\n  - /a/\n  - "/old/"\n# c\ntitle: A\n---\n',
        ),
        ("---\naliases: /a/\n---\n", '---\naliases: [/a/, "/old/"]\n---\n'),
        ("---\naliases:\ntitle: A\n---\n", '---\naliases: ["/old/"]\ntitle: A\n---\n'),
        ("---\naliases: [old]\n---\n", "---\naliases: [old]\n---\n"),
        ("---\n---\nText.\n", '---\naliases: ["/old/"]\n---\nText.\n'),
        ("\ufeff---\r\ntitle: A\r\n---\r\n", '\ufeff---\r\ntitle: A\r\naliases: ["/old/"]\r\n---\r\n'),
    ],
)
def test_aliases_come_into_front_matter(before: str, after: str) -> None:
    # `/old/` is a plain path, too.
    after = after.replace('"/old/"', "/old/")

    assert with_aliases(before, ["old/"]) == after
    assert with_aliases(after, ["old/"]) == after


def test_a_key_that_is_there_stays() -> None:
    assert with_key("---\nslug: a\n---\n", "slug", "b") == "---\nslug: a\n---\n"
    assert with_key("---\ntitle: A\n---\n", "slug", "b: c") == '---\ntitle: A\nslug: "b: c"\n---\n'
    with pytest.raises(YamlTextError):
        with_key("---\ntitle: [\n---\n", "slug", "b")


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (7, "7"), ("a/b.md", "a/b.md"), ("yes", '"yes"'), ("{a}", '"{a}"'), ("", '""')],
)
def test_values_are_quoted_where_they_have_to_be(value: object, text: str) -> None:
    assert written(value) == text
    assert written(Verbatim("!ENV [A, b]")) == "!ENV [A, b]"


def test_a_value_is_taken_with_its_tag() -> None:
    file = YamlText(
        "a.yml", "a: !ENV [X, 1]  # b\nc: !!python/object/apply:d.e\n    kwds:\n        f: 1\ng:\n"
    )

    pairs = {name: file.pair(name) for name in ("a", "c", "g")}
    sources = {name: file.source(pair[1]) for name, pair in pairs.items() if pair}
    assert sources["a"] == "!ENV [X, 1]"
    assert sources["c"] == "!!python/object/apply:d.e\n  kwds:\n      f: 1"
    assert sources["g"] == ""


def test_what_is_no_yaml_is_told_with_its_place() -> None:
    with pytest.raises(YamlTextError, match=r"^a\.yml:2:1: this is not YAML"):
        YamlText("a.yml", "a: [\n")


def changes_in(folder: Path, **files: str) -> Changes:
    for name, text in files.items():
        (folder / f"{name}.md").write_bytes(text.encode())
    return Changes(folder)


def test_changes_are_shown_and_written_whole(tmp_path: Path) -> None:
    changes = changes_in(tmp_path, a="one\r\ntwo\r\n", b="same\n")
    os.chmod(tmp_path / "a.md", 0o640)
    changes.write("a.md", "one\r\n2\r\n")
    changes.write("b.md", "same\n")
    changes.write("new/c.md", "three\n")

    assert list(changes.diff())[:6] == ["--- a/a.md", "+++ b/a.md", "@@ -1,2 +1,2 @@", " one", "-two", "+2"]
    assert changes.changed_lines("a.md") == (1, 1)
    assert changes.apply(tmp_path) == ["a.md", "new/c.md"]
    assert (tmp_path / "a.md").read_bytes() == b"one\r\n2\r\n"
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "new"]


def test_nothing_is_written_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("theirs\n", encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.md").symlink_to("../outside.md")
    changes = Changes(folder)
    changes.write("a.md", "ours\n")

    with pytest.raises(OSError, match=r"a\.md leads out of"):
        changes.apply(folder)
    assert (tmp_path / "outside.md").read_text("utf-8") == "theirs\n"


def test_a_copy_has_no_caches_and_no_environments(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for path in (
        "docs/a.md",
        ".cache/b",
        "env/pyvenv.cfg",
        "env/lib/c.py",
        "node_modules/d",
        "built/e",
        ".git/f",
    ):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("", encoding="utf-8")
    (site / "link").symlink_to("/nowhere")

    copy_site(site, tmp_path / "copy", frozenset({site / "built"}))

    found = {
        p.relative_to(tmp_path / "copy").as_posix() for p in (tmp_path / "copy").rglob("*") if not p.is_dir()
    }
    assert found == {"docs/a.md", "link"}
    assert (tmp_path / "copy/link").is_symlink()


def test_into_wants_an_empty_folder_outside(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a").write_text("", encoding="utf-8")

    check_target(tmp_path / "site", tmp_path / "new")
    for target in ("full", "site/inside"):
        with pytest.raises(OccupiedError):
            check_target(tmp_path / "site", tmp_path / target)


def old(folder: Path, *paths: str, **source_of: str) -> Old:
    """A stock site of these paths; pages by their sources."""
    sources = {path.replace("__", "/"): source for path, source in source_of.items()}
    pages = {f"{path}/index.html": source for path, source in sources.items()}
    own = frozenset(pages)
    return Old(folder, frozenset(paths) | own, pages, own, own)


def test_a_document_gets_its_old_address_by_slug_or_alias(tmp_path: Path) -> None:
    was = old(tmp_path, a="a.md", blog__c="posts/c.md", blog__x__d="posts/d.md")
    new = New(frozenset(), {"a.md": "a/", "posts/c.md": "blog/other/", "posts/d.md": "blog/d/"})

    files = frozenset({"a.md", "posts/c.md", "posts/d.md"})
    found = remedies(was, New(frozenset({"a/index.html"}), new.address_of), files)

    assert found.slugs == {"posts/c.md": "c"}
    assert found.aliases == {"posts/d.md": ["blog/x/d/"]}
    assert not found.redirects


def test_a_document_that_another_one_hid_gets_an_address_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    changes_in(tmp_path / "docs", a="---\nslug: x\ntitle: A\n---\n", b="---\nslug: x\n---\n", c="# X\n")
    changes, report = Changes(tmp_path), ImportReport()
    new = New(frozenset({"x/index.html"}), {f"{name}.md": "x/" for name in "abc"} | {"d.md": "x-2/"})

    found = remedies(old(tmp_path, x="b.md"), new, frozenset(new.address_of))
    apply(found, changes, "docs", report)

    assert found.apart == {"a.md": "x-3", "c.md": "x-4"}
    assert changes.read("docs/a.md") == "---\nslug: x-3\ntitle: A\n---\n"
    assert changes.read("docs/c.md") == "---\nslug: x-4\n---\n\n# X\n"
    assert [(line.status, line.place) for line in report.lines] == [
        ("changed", "docs/a.md:2"),
        ("changed", "docs/c.md:2"),
    ]


def test_what_a_plug_in_makes_is_led_to_by_the_configuration(tmp_path: Path) -> None:
    found = remedies(old(tmp_path, made_html="made.md"), New(frozenset(), {"made.md": "made/"}), frozenset())

    assert found.redirects == {"made_html/": "made/"}
    assert not found.aliases


def test_a_list_leads_to_the_nearest_one(tmp_path: Path) -> None:
    lists = ("blog/archive/2024/page/2/index.html", "blog/category/c--news/index.html", "blog/old.html")
    was = old(tmp_path, *lists, "feed_rss_created.xml", "pictures/a.png")
    there = ("blog/archive/2024/", "blog/category/c-news/", "blog/category/other/", "blog/")

    found = remedies(was, New(frozenset(f"{one}index.html" for one in there), {}), frozenset())

    assert found.redirects == {
        "blog/archive/2024/page/2/": "blog/archive/2024/",
        "blog/category/c--news/": "blog/category/c-news/",
        "blog/old.html": "blog/",
    }


def test_what_a_plug_in_writes_beside_pages_leads_nowhere(tmp_path: Path) -> None:
    was = old(tmp_path, "a/frame.html", a="a.md")

    assert not remedies(was, New(frozenset({"a/index.html"}), {"a.md": "a/"}), frozenset())


def test_files_of_the_theme_are_no_addresses(tmp_path: Path) -> None:
    paths = [
        "assets/javascripts/a.js",
        "assets/javascripts/own.js",
        "search/search_index.json",
        "rss.xsl",
        "index.html",
    ]
    files: list[Mapping[str, Any]] = [
        {"path": "assets/javascripts/own.js", "source": "own.js", "content": True, "page": False}
    ]

    assert old_site(tmp_path, paths, files).paths == {"assets/javascripts/own.js", "index.html"}


def test_what_keeps_an_address_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    changes = changes_in(
        tmp_path / "docs", a="---\ntitle: A\n---\n", b="---\ntitle: B\nslug: b\n---\n", c="# C\n"
    )
    changes = Changes(tmp_path)
    was = old(tmp_path, x="a.md", y="b.md", z__c="c.md")
    report = ImportReport()

    new = New(frozenset(), {"a.md": "a/", "b.md": "b/", "c.md": "c/"})
    found = remedies(was, new, frozenset(new.address_of))
    apply(found, changes, "docs", report)

    assert changes.read("docs/a.md") == "---\ntitle: A\nslug: x\n---\n"
    assert changes.read("docs/c.md") == "---\naliases: [/z/c/]\n---\n\n# C\n"
    assert [(line.status, line.place) for line in report.lines] == [
        ("kept", "docs/a.md:3"),
        ("lost", "docs/b.md:1"),
        ("changed", "docs/c.md:2"),
    ]


def test_all_that_is_missing_is_told(tmp_path: Path) -> None:
    was = Old(
        tmp_path,
        frozenset({"index.html", "a/index.html", "blog/a.png", "feed_rss_created.xml", "b/index.html"}),
        {"a/index.html": "a.md", "blog/a.png": "blog/posts/a.png"},
        frozenset({"a/index.html"}),
        frozenset({"a/index.html", "blog/a.png"}),
    )
    report = ImportReport()

    tell(was, New(frozenset({"index.html", "blog/posts/a.png"}), {}, tmp_path), "docs", "mkdocs.yml", report)

    assert report.of("kept")[0].why == "1 of 5 are there"
    assert {(line.what, line.place) for line in report.of("lost")} == {
        ("/a/", "docs/a.md:1"),
        ("/b/", "mkdocs.yml:1"),
        ("/blog/a.png", "docs/blog/posts/a.png:1"),
        ("/feed_rss_created.xml", "mkdocs.yml:1"),
    }


def test_feeds_and_redirects_are_compared(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    refresh = '<meta http-equiv="refresh" content="0; url={}">'
    for folder, ids, target in ((before, "ab", "../new/"), (after, "ac", "../gone/")):
        (folder / "old").mkdir(parents=True)
        entries = "".join(f"<item><guid>{one}</guid></item>" for one in ids)
        (folder / "feed.xml").write_text(f"<rss>{entries}</rss>", encoding="utf-8")
        (folder / "old/index.html").write_text(refresh.format(target), encoding="utf-8")
    paths = frozenset({"feed.xml", "old/index.html"})
    report = ImportReport()

    tell(Old(before, paths), New(paths, {}, after), "docs", "mkdocs.yml", report)

    assert "1 of 2 entries" in report.of("changed")[0].why
    assert "/gone/" in report.of("lost")[0].why


def test_what_the_build_says_is_told_with_places() -> None:
    html = "`<form>` is left out: it could run code, or affect the page around it"
    warnings = [{"place": f"docs/a.md:{n}", "problem": f"p{n}", "kind": "link"} for n in range(7)]
    warnings += [{"place": f"docs/b.md:{n}", "problem": html, "kind": "content"} for n in range(9)]
    errors = [{"place": "docs/c.md:1", "problem": "no date", "hint": "add one"}]
    report = ImportReport()

    tell_build({"errors": errors, "warnings": warnings, "full": "of hooks"}, report, strict=True)

    assert report.of("lost")[0].why == "no date (add one)"
    assert len(report.of("lost")) == 10
    assert [line.place for line in report.of("changed")] == [f"docs/a.md:{n}" for n in range(5)]
    assert [note.split(" (")[0][:34] for note in report.notes] == [
        "2 more warnings about: link",
        "HTML is left out at 9 places: `raw",
        "`strict: true` stays, so `deskpres",
        "each build runs MkDocs' own loop, ",
    ]


def test_a_report_shortens_all_but_losses() -> None:
    report = ImportReport()
    for number in range(4):
        report.add("kept", f"a{number}", "", "mkdocs.yml:1")
        report.add("lost", f"b{number}", "why", "mkdocs.yml:1")
    report.note("n")

    assert list(report.text(2)) == [
        "Kept as it was: 4",
        "  mkdocs.yml:1: a0",
        "  mkdocs.yml:1: a1",
        "  … and 2 more (-v, or --report)",
        "Changed: 0",
        "Lost: 4",
        *(f"  mkdocs.yml:1: b{number}: why" for number in range(4)),
        "Note: n",
    ]
    assert report.data()["counts"] == {"kept": 4, "changed": 0, "lost": 4}
