"""Other hosts: a folder, a branch of Pages. Only what changed goes there, in an order that breaks no page."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskpress.cli.output import safe
from deskpress.model.output import MARKER_TEXT
from deskpress.publish import inventory
from deskpress.publish.builder import RemoteError
from deskpress.publish.inventory import as_list, divide, listed_in
from deskpress.publish.targets import Folder, Step, files_of, send, steps
from deskpress.write.site_folder import MARKER
from tests.conftest import Site
from tests.publish.conftest import ENVIRONMENT, Done, Editor, deskpress


def shown(folder: Path) -> dict[str, str]:
    """The files of a folder without the marker, which at a target holds a list."""
    return {path: mark for path, mark in files_of(folder).items() if path != MARKER}


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
    assert shown(target) == shown(site.output)
    assert deskpress("publish", "--to", target, "-f", config).said == "Nothing has changed.\n"
    (site.content / "posts/2012-03-05-home.md").unlink()
    held = deskpress("publish", "--to", target, "-f", config, check=False)
    assert not held.ok
    assert "/2012/03/home.html: add `aliases: [/2012/03/home.html]` to what takes its place" in held.said
    said = deskpress("publish", "--to", target, "-f", config, "--allow-lost-addresses").said
    assert "remove 2012/03/home.html" in said
    assert "put assets/" not in said
    assert shown(target) == shown(site.output)
    site.post("2012-03-12-metrics.md", "Numbers.", title="Metrics", date="2012-03-20")
    held = deskpress("publish", "--to", target, "-f", config, check=False)
    assert "the date of" in held.said or "vanishes" in held.said
    assert not held.ok
    assert deskpress("publish", "--to", target, "-f", config, "--allow-feed-changes").ok


@pytest.mark.slow
@pytest.mark.parametrize("name", [".deskpress", "sitemap.xml", "feed.json"])
@pytest.mark.parametrize("what", ["pipe", "device", "large"])
def test_what_lies_in_a_folder_is_read_within_bounds(
    site: Site, tmp_path: Path, name: str, what: str
) -> None:
    """Somebody else may have written there: a pipe was waited for, a device read without end."""
    site.post("2012-03-05-home.md", "At home.")
    site.build()
    folder = Folder(tmp_path / "www")
    send(site.output, folder, print, dry=False, progress=lambda what, total: lambda done: None)
    file = folder.root / name
    file.unlink()
    if what == "pipe":
        os.mkfifo(file)
    elif what == "device":
        file.symlink_to("/dev/zero")
    else:
        with file.open("wb") as made:
            made.truncate(inventory.MAX_READ + 1)
    assert folder.read(name) is None
    assert folder.read("index.html")


def test_names_at_a_target_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    odd = "\x1b]0;title\x07\n  put index.html"
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("Home")
    (tmp_path / "www").mkdir()
    (tmp_path / "www/.deskpress").write_bytes(as_list([]))
    (tmp_path / "www" / odd).write_text("x")
    said: list[str] = []
    folder = Folder(tmp_path / "www")
    send(tmp_path / "site", folder, said.append, dry=True, progress=lambda what, total: lambda done: None)
    assert said[-1] == "kept \\x1b]0;title\\x07\\n  put index.html, which Deskpress did not put there"
    assert all(line.isprintable() for line in said)
    (tmp_path / "www/.deskpress").unlink()
    with pytest.raises(RemoteError, match="has not written") as refused:
        inventory.claim({odd}, "www")
    assert str(refused.value).isprintable()
    assert safe("\x1b[2J: a\n  hint: b") == "\\x1b[2J: a\n  hint: b"


@pytest.mark.slow
def test_a_foreign_folder_and_the_site_itself_are_refused(site: Site, tmp_path: Path) -> None:
    config = site.folder / "mkdocs.yml"
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    done = deskpress("publish", "--to", tmp_path / "full", "-f", config, check=False)
    assert not done.ok
    assert "has not written" in done.said
    assert "is the site itself" in deskpress("publish", "--to", site.output, "-f", config, check=False).said
    assert "unsupported target" in deskpress("publish", "--to", "ftp://x", "-f", config, check=False).said


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


class CutOffError(Exception):
    """A transfer has ended in the middle."""


def publish_folder(site: Path, target: Path) -> list[str]:
    """Publish to a folder; what was said."""
    said: list[str] = []
    send(site, Folder(target), said.append, dry=False, progress=lambda what, total: lambda done: None)
    return said


def made(folder: Path, **files: str) -> Path:
    """A folder with these files; `__` is a slash, `_dot_` a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves behind, in small."""
    return made(tmp_path / "site", _dot_deskpress="mark", index_dot_html="1", a__index_dot_html="1")


def test_what_deskpress_did_not_put_there_stays_and_is_named(built: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish_folder(built, www)
    made(www, CNAME="desk.example", etc__security="x", a__notes="theirs")
    (www / "shared").symlink_to(tmp_path)
    (built / "a/index.html").unlink()
    said = publish_folder(built, www)
    assert "remove a/index.html" in said
    assert "kept CNAME, which Deskpress did not put there" in said
    assert {line.split()[1] for line in said if line.startswith("kept")} == {
        *("CNAME,", "etc/security,", "a/notes,", "shared,"),
    }
    assert (www / "a/notes").read_text() == "theirs"
    assert (www / "shared").is_symlink()
    assert not (www / "a/index.html").exists()
    assert not [line for line in publish_folder(built, www) if not line.startswith("kept")]


@pytest.mark.parametrize("path", ["b.html", "b", "c/d/theirs", "c"])
def test_a_file_of_others_in_the_place_of_the_sites_is_refused_by_name(
    built: Path, tmp_path: Path, path: str
) -> None:
    www = tmp_path / "www"
    publish_folder(built, www)
    theirs = www / path
    theirs.parent.mkdir(parents=True, exist_ok=True)
    theirs.write_text("theirs")
    before = files_of(www)
    made(built, b_dot_html="ours", b__index_dot_html="ours", c__d="ours", index_dot_html="2")
    with pytest.raises(RemoteError, match=rf"in the place of the site's: {path}\n  hint: delete"):
        publish_folder(built, www)
    assert files_of(www) == before
    theirs.unlink()
    publish_folder(built, www)
    assert shown(www) == shown(built)


def test_a_link_in_the_way_is_refused_by_name(built: Path, tmp_path: Path) -> None:
    www, outside = tmp_path / "www", made(tmp_path / "outside", index_dot_html="outside")
    publish_folder(built, www)
    (www / "b").symlink_to(outside)
    made(built, b__index_dot_html="ours")
    with pytest.raises(RemoteError, match=r"the site's: b\n"):
        publish_folder(built, www)
    assert (outside / "index.html").read_text() == "outside"


def test_a_file_of_others_with_the_same_bytes_becomes_the_sites(built: Path, tmp_path: Path) -> None:
    www = tmp_path / "www"
    publish_folder(built, www)
    made(www, CNAME="desk.example")
    made(built, CNAME="desk.example")
    assert publish_folder(built, www) == ["put .deskpress"]
    (built / "CNAME").unlink()
    assert "remove CNAME" in publish_folder(built, www)
    assert shown(www) == shown(built)


def test_a_folder_may_take_the_place_of_a_file_of_the_sites_own_and_the_reverse(
    built: Path, tmp_path: Path
) -> None:
    www = tmp_path / "www"
    made(built, b="1", c__index_dot_html="1")
    publish_folder(built, www)
    for path in ("b", "c/index.html"):
        (built / path).unlink()
    (built / "c").rmdir()
    made(built, b__index_dot_html="2", c="2")
    publish_folder(built, www)
    assert shown(www) == shown(built)


def test_a_target_of_a_version_without_lists_keeps_what_it_may_not_have_put_there(
    built: Path, tmp_path: Path
) -> None:
    www = made(tmp_path / "www", CNAME="desk.example", old_dot_html="1", index_dot_html="0")
    (www / MARKER).write_bytes(MARKER_TEXT)
    said = publish_folder(built, www)
    assert (www / "CNAME").exists()
    assert (www / "old.html").exists()
    assert (www / "index.html").read_text() == "1"
    assert said[-1].startswith("  hint: no list of what was published is there yet")
    assert listed_in((www / MARKER).read_bytes()) == frozenset({MARKER, "a/index.html", "index.html"})
    (built / "a/index.html").unlink()
    assert "remove a/index.html" in publish_folder(built, www)


def test_what_hosts_put_into_a_new_target_is_no_hindrance(built: Path, tmp_path: Path) -> None:
    www = made(tmp_path / "www", CNAME="desk.example", _dot_nojekyll="")
    made(www / ".well-known", security="x")
    publish_folder(built, www)
    assert {"CNAME", ".nojekyll", ".well-known/security", "index.html"} <= files_of(www).keys()
    other = made(tmp_path / "other", CNAME="desk.example", mine_dot_txt="x")
    with pytest.raises(RemoteError, match=r"has not written: mine\.txt$"):
        publish_folder(built, other)


def test_whenever_a_transfer_is_cut_off_all_that_was_put_there_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, remove = Folder.put, Folder.remove
    for allowed in range(8):
        www, site = tmp_path / f"www{allowed}", made(tmp_path / f"site{allowed}", old_dot_html="1", x="1")
        publish_folder(site, www)
        (site / "old.html").unlink()
        made(site, a="2", b__index_dot_html="2", x="2")
        left = [allowed]

        def cut(name: str, left: list[int] = left) -> None:
            if not left[0]:
                raise CutOffError(name)
            left[0] -= 1

        def cut_put(folder: Folder, path: str, data: bytes, cut: Callable[[str], None] = cut) -> None:
            cut(path)
            put(folder, path, data)

        def cut_remove(folder: Folder, paths: Sequence[str], cut: Callable[[str], None] = cut) -> None:
            cut("removal")
            remove(folder, paths)

        with monkeypatch.context() as patch:
            patch.setattr(Folder, "put", cut_put)
            patch.setattr(Folder, "remove", cut_remove)
            with suppress(CutOffError):
                publish_folder(site, www)
        listed = listed_in((www / MARKER).read_bytes())
        assert listed is not None
        assert files_of(www).keys() <= listed
        made(site, a="3")
        publish_folder(site, www)
        assert shown(www) == shown(site)


def test_a_list_survives_every_name_of_a_file_and_nothing_else_is_one() -> None:
    names = frozenset({"a\nb", "é", "\udcff", '"', "\\"})
    assert listed_in(as_list(names)) == names
    for data in (None, b"", b"[1]", b'{"files": [1]}', b'{"files": "a"}', b"{", b"[" * 100_000, MARKER_TEXT):
        assert listed_in(data) is None


def test_a_list_names_nothing_outside_the_target() -> None:
    found = divide({"a": "1"}, {MARKER: "0", "a": "1"}, frozenset({"../../etc/passwd", "a"}), "there")
    assert found.ours == {MARKER, "a"}


@dataclass
class Pages:
    """A repository whose branch `gh-pages` is published, and a clone of that branch in which others work."""

    editor: Editor
    origin: Path
    clone: Path

    def publish(self, *options: str) -> Done:
        return deskpress(
            *("publish", "--to", "gh-pages", "-f", self.editor.folder / "mkdocs.yml", *options), check=False
        )

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        return subprocess.run(
            ["git", *arguments],
            cwd=cwd or self.origin,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def files(self) -> set[str]:
        return set(self.git("ls-tree", "-r", "--name-only", "gh-pages").splitlines())

    def others_write(self, **files: str) -> None:
        """Others add files to the branch, as GitHub's settings do."""
        if not self.clone.exists():
            self.git("clone", "-q", "-b", "gh-pages", str(self.origin), str(self.clone))
        self.git("pull", "-q", cwd=self.clone)
        made(self.clone, **files)
        self.git("add", "-A", cwd=self.clone)
        self.git("commit", "-qm", "Create CNAME", cwd=self.clone)
        self.git("push", "-q", "origin", "HEAD:gh-pages", cwd=self.clone)


@pytest.fixture
def pages(editor: Editor, tmp_path: Path) -> Pages:
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", origin], env=ENVIRONMENT, check=True)
    editor.git("remote", "add", "origin", str(origin))
    return Pages(editor, origin, tmp_path / "clone")


@pytest.mark.slow
def test_a_branch_keeps_what_others_put_there(pages: Pages) -> None:
    assert pages.publish().ok
    pages.others_write(CNAME="desk.example\n", docs__notes="theirs")
    pages.editor.post("2012-04-02-april.md", "April.")
    said = pages.publish().said
    assert "kept CNAME, which Deskpress did not put there" in said
    assert "kept docs/notes, which" in said
    assert "remove" not in said
    assert {"CNAME", "docs/notes", "2012/04/april.html", ".nojekyll"} <= pages.files()
    pages.editor.write("CNAME", "other.example\n")
    refused = pages.publish()
    assert not refused.ok
    assert "in the place of the site's: CNAME\n" in refused.said
    pages.editor.write("CNAME", "desk.example\n")
    assert pages.publish().ok
    (pages.editor.content / "CNAME").unlink()
    (pages.editor.content / "posts/2012-04-02-april.md").unlink()
    said = pages.publish("--allow-feed-changes", "--allow-lost-addresses").said
    assert "remove CNAME" in said
    assert "remove 2012/04/april.html" in said
    assert "docs/notes" in pages.files()


@pytest.mark.slow
def test_a_branch_of_a_version_without_lists_tells_its_files_by_its_history(pages: Pages) -> None:
    pages.editor.post("2012-04-02-april.md", "April.")
    assert pages.publish().ok
    # As that version left it: the same commit with the marker of a built site.
    pages.git("clone", "-q", "-b", "gh-pages", str(pages.origin), str(pages.clone))
    (pages.clone / MARKER).write_bytes(MARKER_TEXT)
    subject = pages.git("log", "-1", "--format=%s", "gh-pages").strip()
    pages.git("commit", "-q", "-a", "--amend", "-m", subject, cwd=pages.clone)
    pages.git("push", "-q", "-f", "origin", "HEAD:gh-pages", cwd=pages.clone)
    pages.others_write(CNAME="desk.example\n")
    (pages.editor.content / "posts/2012-04-02-april.md").unlink()
    said = pages.publish("--allow-feed-changes", "--allow-lost-addresses").said
    assert "kept CNAME" in said
    assert "remove 2012/04/april.html" in said
    assert "CNAME" in pages.files()
    assert "2012/04/april.html" not in pages.files()


@pytest.mark.slow
def test_a_branch_with_only_what_github_put_there_is_published_to(pages: Pages, tmp_path: Path) -> None:
    begun = made(tmp_path / "begun", CNAME="desk.example\n")
    pages.git("init", "-q", "-b", "gh-pages", cwd=begun)
    pages.git("add", "-A", cwd=begun)
    pages.git("commit", "-qm", "Create CNAME", cwd=begun)
    pages.git("push", "-q", str(pages.origin), "gh-pages", cwd=begun)
    said = pages.publish().said
    assert "kept CNAME" in said
    assert {"CNAME", "index.html"} <= pages.files()
