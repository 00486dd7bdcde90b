"""A disk that is full at any moment: the live release stays whole, and the next push works."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskpress.publish.checkout import Checkout
from deskpress.publish.git import Repository
from deskpress.publish.limits import LimitError, Limits, check_room
from deskpress.publish.remote import Remote
from deskpress.write.atomic import write_whole
from tests.publish.conftest import Editor, deskpress, live
from tests.publish.test_limits import an_ordinary_push_is_live, limit

pytestmark = pytest.mark.slow


def files_below(folder: Path) -> set[str]:
    """Every file by path."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def no_trace(server: Remote, name: str) -> bool:
    """Whether no file of that name is left in `work/` or in an unfinished release."""
    return not list((server.root / "work").rglob(f"*{name}*")) and not unfinished(server)


def unfinished(server: Remote) -> list[Path]:
    """What was begun and is not in its place."""
    return [path for name in ("work", "releases") for path in (server.root / name).rglob("*.new")]


@pytest.mark.parametrize("kind", ["mistake", "promise", "warning"])
def test_what_was_refused_is_cleared_away(editor: Editor, server: Remote, kind: str) -> None:
    kept = server.root / "work/site/help/metrics/index.html"
    before, page = files_below(server.root / "work/tree"), kept.stat()
    editor.write("images/large.bin", b"x" * 3_000_000)
    if kind == "mistake":
        editor.write("posts/2012-04-01-x.md", "---\ntitle: X\ndate: 2012-99-01\n---\nText.\n")
    elif kind == "promise":
        (editor.content / "posts/2012-03-05-home.md").unlink()
    else:
        path = server.root / "settings.json"
        path.write_text(path.read_text().replace('"strict": false', '"strict": true'))
        editor.post("2012-04-01-x.md", "A [link](nowhere.md).")

    assert not editor.push().ok

    assert no_trace(server, "large")
    assert files_below(server.root / "work/tree") == before
    editor.git("reset", "-q", "--hard", "HEAD~1")
    an_ordinary_push_is_live(editor, server)
    assert live(server)["2012/03/home.html"]
    # What the refused push did not touch was not made again.
    assert kept.stat().st_ino == page.st_ino
    assert kept.stat().st_mtime_ns == page.st_mtime_ns


def test_a_first_push_that_is_refused_leaves_nothing(server: Remote, make_editor: object) -> None:
    editor: Editor = make_editor("ana")  # type: ignore[operator]
    editor.write("images/large.bin", b"x" * 3_000_000)
    editor.write("posts/2012-04-01-x.md", "---\ntitle: X\ndate: 2012-99-01\n---\nText.\n")
    assert not editor.push().ok
    assert no_trace(server, "large")
    (editor.content / "posts/2012-04-01-x.md").unlink()
    an_ordinary_push_is_live(editor, server)


def test_a_preview_that_fails_leaves_nothing(editor: Editor, server: Remote) -> None:
    editor.write("images/large.bin", b"x" * 3_000_000)
    editor.write("posts/2012-04-01-x.md", "---\ntitle: X\ndate: 2012-99-01\n---\nText.\n")
    editor.push(ref="HEAD:preview/x")
    assert no_trace(server, "large")


def test_half_a_file_is_not_left(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from pathlib import Path; from deskpress.write.atomic import write_whole;"
        "write_whole(Path(sys.argv[1]), b'x' * 5000)"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path / "a"], capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_room_is_counted_before_anything_is_written(tmp_path: Path) -> None:
    check_room(tmp_path, 0, Limits(free=10**18))
    check_room(tmp_path, 1_000_000, Limits(free=0))
    with pytest.raises(LimitError, match="disk is too full: 3 MB are needed"):
        check_room(tmp_path, 1_000_000, Limits(free=10**18))
    # Who fills the disk keeps nobody from pushing a text.
    check_room(tmp_path, 100_000, Limits(free=10**18))


def test_a_checkout_that_fails_half_way_holds_nothing_new(editor: Editor, tmp_path: Path) -> None:
    repository = Repository(editor.folder / ".git")
    old = repository.listing(editor.git("rev-parse", "HEAD").said.strip())
    checkout = Checkout(tmp_path / "tree")
    checkout.bring(repository, old)
    before = files_below(checkout.folder)
    editor.write("a.txt", "a")
    editor.write("b.txt", "b")
    editor.commit()
    new = repository.listing(editor.git("rev-parse", "HEAD").said.strip())
    blob = new["content/b.txt"].blob
    (editor.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Exception, match="is not a file of this repository"):
        checkout.bring(repository, new)
    assert files_below(checkout.folder) == before
    # What was known is known still: nothing else is written again.
    inode = (checkout.folder / "mkdocs.yml").stat().st_ino
    checkout.bring(repository, {path: entry for path, entry in new.items() if entry.blob != blob})
    assert (checkout.folder / "content/a.txt").read_text() == "a"
    assert (checkout.folder / "mkdocs.yml").stat().st_ino == inode


FILL = """
import os, sys
there = os.statvfs(os.path.dirname(sys.argv[1]))
size = there.f_bavail * there.f_frsize - 1024 * int(sys.argv[2])
with open(sys.argv[1], "wb") as file:
    os.posix_fallocate(file.fileno(), 0, max(size, 1))
"""
"""Fills the disk but for so many kB."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small file system can be mounted: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def server_on_small_disk(small_disk: Path) -> Remote:
    """A server there, that keeps no room free."""
    deskpress("remote", "init", small_disk / "srv", "--min-free", "0", "--keep", "1")
    return Remote.open(small_disk / "srv")


class TestFullDisk:
    """`server` is the one on the small disk, for the fixtures that make editors, too."""

    @pytest.fixture
    def server(self, server_on_small_disk: Remote) -> Remote:
        return server_on_small_disk

    @pytest.mark.parametrize("when", ["before the push", "before it goes live"])
    @pytest.mark.long
    def test_full_at_any_point(self, editor: Editor, server: Remote, when: str) -> None:
        """Posts of a few kB become pages of half a megabyte: pushes stop wherever the disk is full."""
        template_renderer = server.root.parent / "template_renderer"
        seen = set()
        for left in (0, 8, 16, 30, 60, 120, 200, 280, 360, 440, 3000):
            before = live(server)
            fill = [sys.executable, "-c", FILL, str(template_renderer), str(left)]
            hook = server.repository.path / "hooks/post-receive"
            usual = hook.read_text()
            if when == "before the push":
                subprocess.run(fill, check=True)
            else:
                hook.write_text(usual.replace("exec ", f"{shlex.join(fill)}\nexec "))
            for day in range(1, 21):
                editor.post(f"2012-04-{day:02}-day.md", f"It is {left}.", slug=f"day-{day}")

            pushed = editor.push("-o", "allow-feed-changes")

            assert "Traceback" not in pushed.said, pushed.said
            server.releases.verify(server.releases.current())
            went_live = live(server) != before
            assert pushed.ok or not went_live
            assert unfinished(server) == []
            if not went_live:
                assert "No space left on device" in pushed.said or "disk is full" in pushed.said
            template_renderer.unlink()
            hook.write_text(usual)
            self._push_again(editor, server, left)
            seen.add("live" if went_live else "accepted" if pushed.ok else "refused")
        assert {"live", "refused" if when == "before the push" else "accepted"} <= seen

    def _push_again(self, editor: Editor, server: Remote, left: int) -> None:
        editor.write("help/metrics.md", f"---\ntitle: Metrics\n---\nText {left}.\n")
        again = editor.push("-o", "allow-feed-changes")
        assert again.ok, again.said
        now = live(server)
        assert f"Text {left}.".encode() in now["help/metrics/index.html"]
        assert f"It is {left}.".encode() in now["2012/04/day-20.html"]
        server.releases.verify(server.releases.current())

    def test_a_push_that_needs_too_much_writes_nothing(self, editor: Editor, server: Remote) -> None:
        limit(server, free=1_000_000)
        editor.write("images/large.bin", bytes(22_000_000))
        pushed = editor.push()
        assert "The server's disk is too full: 66 MB are needed" in pushed.said
        assert no_trace(server, "large")
        (editor.content / "images/large.bin").unlink()
        an_ordinary_push_is_live(editor, server)
