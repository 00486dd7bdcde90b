"""Other hosts: a folder, a branch of Pages. Only what changed goes there, in an order that breaks no page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from deskpress.publish.elsewhere import Folder, Step, files_of, steps
from tests.conftest import Site
from tests.publish.conftest import ENVIRONMENT, Editor, deskpress


def test_assets_come_before_pages_and_removals_last() -> None:
    site = {"index.html": "1", "assets/a.css": "1", "feed.xml": "2", "same.html": "1"}
    there = {"gone.html": "1", "feed.xml": "1", "same.html": "1"}
    assert steps(site, there) == [
        Step("put", "assets/a.css"),
        Step("put", "index.html"),
        Step("put", "feed.xml"),
        Step("remove", "gone.html"),
    ]


@pytest.mark.slow
def test_a_folder_holds_the_site_and_only_changes_go(site: Site, tmp_path: Path) -> None:
    site.post("2012-03-05-home.md", "At home.", title="Home")
    site.post("2012-03-12-metrics.md", "Numbers.", title="Metrics")
    config, target = site.folder / "mkdocs.yml", tmp_path / "www"
    assert "put index.html" in deskpress("publish", "--to", target, "--dry-run", "-f", config).said
    assert not target.exists()
    assert "Published." in deskpress("publish", "--to", target, "-f", config).said
    assert files_of(target) == files_of(site.output)
    assert deskpress("publish", "--to", target, "-f", config).said == "Nothing has changed.\n"
    (site.content / "posts/2012-03-05-home.md").unlink()
    said = deskpress("publish", "--to", target, "-f", config).said
    assert "remove 2012/03/home.html" in said
    assert "put assets/" not in said
    assert files_of(target) == files_of(site.output)
    site.post("2012-03-12-metrics.md", "Numbers.", title="Metrics", date="2012-03-20")
    held = deskpress("publish", "--to", target, "-f", config, check=False)
    assert "the date of" in held.said or "vanishes" in held.said
    assert not held.ok
    assert deskpress("publish", "--to", target, "-f", config, "--allow-feed-changes").ok


@pytest.mark.slow
def test_a_foreign_folder_and_the_site_itself_are_refused(site: Site, tmp_path: Path) -> None:
    config = site.folder / "mkdocs.yml"
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    done = deskpress("publish", "--to", tmp_path / "full", "-f", config, check=False)
    assert not done.ok
    assert "has not written" in done.said
    assert "is the site itself" in deskpress("publish", "--to", site.output, "-f", config, check=False).said
    assert "no way there" in deskpress("publish", "--to", "ftp://x", "-f", config, check=False).said


@pytest.mark.slow
def test_a_branch_of_pages_gets_a_commit_for_each_change(editor: Editor, tmp_path: Path) -> None:
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", origin], env=ENVIRONMENT, check=True)
    editor.git("remote", "add", "origin", str(origin))
    config = editor.folder / "mkdocs.yml"

    def publish() -> str:
        return deskpress("publish", "--to", "gh-pages", "-f", config).said

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", f"--git-dir={origin}", *arguments], capture_output=True, text=True, check=True
        ).stdout

    assert "put index.html" in publish()
    shown = set(git("ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    assert shown == {*files_of(editor.output), ".nojekyll"}
    assert publish() == "Nothing has changed.\n"
    editor.post("2012-04-02-april.md", "April.")
    said = publish()
    assert "put 2012/04/april.html" in said
    assert "put assets/" not in said
    assert len(git("log", "--format=%h", "gh-pages").splitlines()) == 2
    editor.post("2012-04-02-april.md", "April.", id="urn:other")
    held = deskpress("publish", "--to", "gh-pages", "-f", config, check=False).said
    assert "the id of /2012/04/april.html changes" in held
    assert editor.git("status", "--short").said.strip() == "?? content/posts/2012-04-02-april.md"


def test_the_mark_of_whose_files_these_are_goes_first() -> None:
    site = {".deskpress": "1", "a.css": "1", "de/search/index.json": "1", "index.html": "1"}
    ordered = [".deskpress", "a.css", "index.html", "de/search/index.json"]
    assert [step.path for step in steps(site, {})] == ordered


def test_what_stands_in_the_way_of_a_file_or_a_folder_makes_way(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = Folder(tmp_path / "www")
    for path in (".deskpress", "a", "b/index.html"):
        folder.put(path, b"1")
    (folder.root / "c").symlink_to(outside)
    for path in ("a/index.html", "b", "c/index.html"):
        folder.put(path, b"2")
    folder.remove(["b/index.html", "gone.html"])
    assert files_of(folder.root).keys() == {".deskpress", "a/index.html", "b", "c/index.html"}
    assert not list(outside.iterdir())


@pytest.mark.slow
def test_a_branch_that_others_have_written_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", origin], env=ENVIRONMENT, check=True)
    editor.git("remote", "add", "origin", str(origin))
    editor.git("push", "-q", "origin", "HEAD:refs/heads/theirs")
    config = editor.folder / "mkdocs.yml"
    done = deskpress("publish", "--to", "gh-pages", "--branch", "theirs", "-f", config, check=False)
    assert not done.ok
    assert "the branch theirs of origin holds files that Deskpress has not written" in done.said
