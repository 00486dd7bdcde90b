"""`addresses.lock`: what was published is not lost unnoticed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deskpress.source.addresses import MOST_BYTES, MOST_LINES, LockLine, lock_problem, read_lock, write_lock
from tests.conftest import Site

NAME = "addresses.lock"


@pytest.fixture
def locked(site: Site) -> Site:
    """A site with a post and a topic, in the lock."""
    site.post("2012-03-12-a.md", title="A", aliases=["/old/a.html"], categories=["Fees"])
    site.write("help/m.md", "# M\n")
    site.check(fix=True)
    return site


def test_fix_writes_a_sorted_line_for_each_address(locked: Site) -> None:
    lines = (locked.content / NAME).read_text().splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["/2012/", "(year)"],
        ["/2012/03/", "(month)"],
        ["/2012/03/a.html", "posts/2012-03-12-a.md"],
        ["/author/the-team/", "(author)"],
        ["/category/fees/", "(category)"],
        ["/help/m/", "help/m.md"],
    ]
    assert lines[2].split("\t")[2].startswith("tag:desk.example,2012:")
    before = (locked.content / NAME).read_bytes()
    locked.check(fix=True)
    assert (locked.content / NAME).read_bytes() == before


def test_what_is_gone_is_named_with_what_it_was(locked: Site) -> None:
    assert locked.problems() == []
    (locked.content / "help/m.md").unlink()
    assert locked.problems() == [
        "content/addresses.lock:6:1: /help/m/ was published and leads nowhere now: it was content/help/m.md"
    ]
    locked.post("2012-03-12-a.md", title="A", aliases=["/help/m/"], categories=["Fees"])
    assert locked.problems() == []
    locked.post("2012-03-12-a.md", title="A", expires="2012-04-01", aliases=[])
    assert [p for p in locked.problems() if "2012/03" in p] == []


@pytest.mark.slow
def test_a_missing_line_is_a_warning_and_a_build_never_fails(locked: Site) -> None:
    locked.post("2012-04-12-b.md", title="B")
    assert locked.problems() == ["content/addresses.lock:1:1: 2 published addresses are not in the file"]
    (locked.content / "help/m.md").unlink()
    assert locked.build().pages
    assert not (locked.output / NAME).exists()


def test_pages_of_authors_that_are_no_more_lead_to_the_archive(locked: Site) -> None:
    locked.configure(options={"authors_profiles": False})
    assert locked.problems() == []
    locked.build()
    assert '<a href="../../archive/">' in locked.read("author/the-team/index.html")


def test_a_lock_of_any_size_is_refused_before_it_is_read(locked: Site) -> None:
    # 100,000 addresses with long names are not too many.
    many = "".join(f"/2012/03/{'a' * 80}-{n}.html\tposts/{'b' * 80}-{n}.md\n" for n in range(100_000))
    locked.write(NAME, many)
    assert lock_problem(locked.content) == ""

    locked.write(NAME, "/a\n" * (MOST_LINES + 1))
    before = (locked.content / NAME).read_bytes()
    told = "content/addresses.lock:1:1: the file has 200,001 lines; 200,000 are allowed"
    assert locked.problems() == [told]
    locked.check(fix=True)
    assert (locked.content / NAME).read_bytes() == before

    os.truncate(locked.content / NAME, MOST_BYTES + 1)
    assert locked.problems() == [
        "content/addresses.lock:1:1: the file has 50,000,001 bytes; 50,000,000 are allowed"
    ]


def test_a_list_without_posts_leads_to_the_archive_until_one_comes_back(locked: Site) -> None:
    locked.post("2012-03-12-a.md", title="A", date="2011-04-05", aliases=["/2012/03/a.html"])
    for bad in ("/../x/\t(month)", "/2011/04/a.html/\t(tag)", "/.git/hooks/\t(tag)"):
        locked.write(NAME, (locked.content / NAME).read_text() + f"{bad}\n")
    locked.build()

    for path, target in (
        ("2012/03", "../../archive/"),
        ("2012", "../archive/"),
        ("category/fees", "../../archive/"),
    ):
        assert f'<a href="{target}">' in locked.read(f"{path}/index.html")
    assert '"/category/fees/" "/archive/";' in locked.read("redirects.map")
    assert not (locked.folder / "x").exists()
    assert not (locked.output / ".git").exists()
    assert [p for p in locked.problems() if "leads nowhere" in p] == [
        "content/addresses.lock:7:1: /../x/ was published and leads nowhere now",
        "content/addresses.lock:9:1: /.git/hooks/ was published and leads nowhere now",
    ]

    locked.post("2012-03-12-b.md", title="B", categories=["Fees"])
    locked.build()

    assert "<h2" in locked.read("2012/03/index.html")
    assert "/category/fees/" not in locked.read("redirects.map")
    warm = locked.tree()
    assert warm == (locked.build(clean=True), locked.tree())[1]


def test_a_list_in_another_language_leads_to_the_archive_of_that_language(site: Site) -> None:
    site.configure(options={"languages": {"de": {}}})
    site.post("2012-03-12-a.md", title="A")
    site.write(NAME, "/de/tag/alt/\t(tag)\n")

    site.build()

    assert '<a href="../../../de/archive/">' in site.read("de/tag/alt/index.html")


def test_two_branches_merge_by_union() -> None:
    ours = [LockLine(1, "a/", "a.md"), LockLine(2, "b/", "b.md", "id")]
    theirs = [LockLine(1, "c/", "c.md"), LockLine(2, "b/", "b.md", "id")]
    text = f"<<<<<<< ours\n{write_lock(ours)}=======\n{write_lock(theirs)}>>>>>>> theirs\n"
    assert write_lock(read_lock(text)) == "/a/\ta.md\n/b/\tb.md\tid\n/c/\tc.md\n"


def test_a_list_may_be_called_page(site: Site) -> None:
    site.post("2012-03-12-a.md", tags=["Page"])
    site.check(fix=True)
    site.post("2012-03-12-a.md")
    assert site.problems() == []
    site.build()
    assert 'http-equiv="refresh"' in site.read("tag/page/index.html")


@pytest.mark.parametrize("there", [True, False])
def test_a_lock_that_is_a_link_is_neither_read_nor_written(site: Site, tmp_path: Path, there: bool) -> None:
    precious = tmp_path / "precious"
    if there:
        precious.write_text("/secret/\tsecret.md\n")
    site.post("2012-03-12-a.md")
    (site.content / "addresses.lock").symlink_to(precious)
    told = site.problems(fix=True)
    assert told == ["content/addresses.lock:1:1: the file is a link, which may lead anywhere"]
    assert precious.exists() == there
    assert not there or precious.read_text() == "/secret/\tsecret.md\n"


@pytest.mark.parametrize("name", ["synonyms.yml", "search.yml"])
def test_lists_of_the_search_come_from_the_sites_folder(site: Site, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere.yml").write_text("- [secret, hidden]\n")
    (site.folder / "near.yml").write_text("- [parcel, package]\n" if name[1] == "y" else "[]\n")
    site.post("2012-03-12-a.md")
    (site.content / name).symlink_to(tmp_path / "elsewhere.yml")
    told = f"content/{name}:1:1: a symbolic link that leads out of the site's folder"
    assert site.problems() == [told]
    (site.content / name).unlink()
    (site.content / name).symlink_to(site.folder / "near.yml")
    assert site.problems() == []
