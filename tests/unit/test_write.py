"""The folder of the built site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deskpress.write.site_folder import ForeignFolderError, Tree
from tests.conftest import Site


def put(tree: Tree, files: dict[str, bytes]) -> int:
    tree.claim(clean=False)
    listing = tree.listing()
    tree.begin()
    for path in sorted(files):
        tree.stage(path, files[path])
    return tree.commit(sorted(files), {*files, ".deskpress"}, listing)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "site", b"marker\n")


def listed(tree: Tree) -> set[str]:
    return {p.relative_to(tree.root).as_posix() for p in tree.root.rglob("*") if not p.is_dir()}


def test_what_is_not_planned_goes_with_its_folders(tree: Tree) -> None:
    put(tree, {"a/b/c.html": b"1", "d.html": b"2"})
    (tree.root / "stray").mkdir()
    (tree.root / "stray/x").write_text("x")
    put(tree, {"d.html": b"2"})
    assert listed(tree) == {".deskpress", "d.html"}
    assert not (tree.root / "a").exists()


def test_a_file_becomes_a_folder_and_back(tree: Tree) -> None:
    put(tree, {"a": b"1"})
    put(tree, {"a/b": b"2"})
    assert (tree.root / "a/b").read_bytes() == b"2"
    put(tree, {"a": b"3"})
    assert (tree.root / "a").read_bytes() == b"3"


def test_links_are_neither_followed_nor_kept(tree: Tree, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.html").write_bytes(b"mine")
    put(tree, {"x.html": b"1"})
    (tree.root / "a").symlink_to(outside)
    (tree.root / "stray").symlink_to(outside)
    (tree.root / "x.html").unlink()
    (tree.root / "x.html").symlink_to(outside / "b.html")
    put(tree, {"a/b.html": b"new", "x.html": b"mine"})
    assert (outside / "b.html").read_bytes() == b"mine"
    assert sorted(p.name for p in outside.iterdir()) == ["b.html"]
    assert (tree.root / "a/b.html").read_bytes() == b"new"
    assert not (tree.root / "x.html").is_symlink()
    assert listed(tree) == {".deskpress", "a/b.html", "x.html"}


def test_new_folders_come_whole_and_others_keep_what_they_hold(tree: Tree) -> None:
    put(tree, {"a/old.html": b"1"})
    put(tree, {"a/old.html": b"1", "a/b/new.html": b"2", "a/b/c/d.css": b"3", "e/f.html": b"4"})
    assert listed(tree) == {".deskpress", "a/old.html", "a/b/new.html", "a/b/c/d.css", "e/f.html"}


@pytest.mark.parametrize("there", ["file", "link", "folder", "nothing"])
def test_whatever_stands_where_a_folder_shall_gives_way(tree: Tree, tmp_path: Path, there: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/mine").write_text("mine")
    put(tree, {"x.html": b"1"})
    if there == "file":
        (tree.root / "a").write_text("stray")
    elif there == "link":
        (tree.root / "a").symlink_to(tmp_path / "outside")
    elif there == "folder":
        (tree.root / "a").mkdir()
    put(tree, {"x.html": b"1", "a/b.html": b"2"})
    assert listed(tree) == {".deskpress", "x.html", "a/b.html"}
    assert (tmp_path / "outside/mine").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_pipes_in_our_way_are_removed_unread(tree: Tree) -> None:
    put(tree, {"a.html": b"1"})
    (tree.root / ".deskpress").unlink()
    for name in (".deskpress", ".deskpress-staging", "stray", "b"):
        os.mkfifo(tree.root / name)
    tree.begin()
    tree.stage("b/c.html", b"2")
    tree.commit(["b/c.html"], {"a.html", "b/c.html", ".deskpress"}, tree.listing())
    assert listed(tree) == {".deskpress", "a.html", "b/c.html"}
    assert (tree.root / ".deskpress").read_bytes() == b"marker\n"


def test_staging_changes_nothing_until_the_commit(tree: Tree) -> None:
    put(tree, {"a.html": b"1"})
    tree.begin()
    tree.stage("a.html", b"2")
    assert (tree.root / "a.html").read_bytes() == b"1"
    tree.abandon()
    assert listed(tree) == {".deskpress", "a.html"}


def test_a_foreign_folder_is_refused(tree: Tree) -> None:
    tree.root.mkdir()
    (tree.root / "mine.txt").write_text("mine")
    with pytest.raises(ForeignFolderError):
        tree.claim(clean=False)
    tree.claim(clean=True)


def test_a_checkout_in_the_site_keeps_its_history(tree: Tree) -> None:
    put(tree, {"a.html": b"1"})
    (tree.root / ".git").mkdir()
    (tree.root / ".git/HEAD").write_text("ref")
    put(tree, {"a.html": b"2"})
    assert (tree.root / ".git/HEAD").exists()


def test_where_no_checkout_can_be_nothing_is_kept(tree: Tree) -> None:
    bare = Tree(tree.root, tree.marker, kept=())
    put(bare, {"a.html": b"1"})
    (tree.root / ".git/x").mkdir(parents=True)
    (tree.root / ".git/x/y.html").write_text("planted")
    put(bare, {"a.html": b"1"})
    assert not (tree.root / ".git").exists()


class FullError(Exception):
    pass


def test_room_is_asked_for_before_it_is_taken(tmp_path: Path) -> None:
    asked: list[int] = []

    def room(size: int) -> None:
        asked.append(size)
        if sum(asked) > 5_000_000:
            raise FullError

    tree = Tree(tmp_path / "site", b"marker\n", room=room)
    tree.begin()
    for number in range(14):
        tree.stage(f"{number}.html", bytes(300_000))
    assert asked == [2_100_000, 2_100_000]
    with pytest.raises(FullError):
        tree.stage("large.html", bytes(3_000_000))
    assert not (tree.staging / "large.html").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_without_room_leaves_the_old_site(site: Site, jobs: int) -> None:
    site.post("2012-03-01-a.md", title="A")
    site.build()
    before = site.tree()
    for number in range(40):
        site.post(f"2012-03-02-b{number}.md", "word " * 15_000, title=f"B {number}")

    def room(size: int) -> None:
        raise FullError(f"{size} bytes")

    with pytest.raises(FullError, match=r"\d bytes"):
        site.build(jobs=jobs, room=room)
    assert site.tree() == before
    assert not (site.output / ".deskpress-staging").exists()
