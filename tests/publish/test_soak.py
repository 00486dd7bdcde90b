"""Two editors push random edits while a reader reads: nothing broken, nothing lost."""

from __future__ import annotations

import os
import random
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.publish.remote import Remote
from tests.publish.conftest import Editor, live
from tests.publish.test_push import clean_build

pytestmark = pytest.mark.slow
PUSHES = int(os.environ.get("DESKPRESS_PUSHES", "20"))


class Reader(threading.Thread):
    """Reads pages without pause, as a web server does: each file through the link."""

    def __init__(self, root: Path) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.reads = 0
        self.broken: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        pages = ("index.html", "2012/03/home.html", "2012/03/index.html", "help/metrics/index.html")
        while not self.stopped.is_set():
            for path in pages:
                text = (self.root / "current" / path).read_text("utf-8")
                self.reads += 1
                if not text.rstrip().endswith("</html>"):
                    self.broken.append(path)


def edit(editor: Editor, chance: random.Random, number: int) -> None:
    """One random edit: a new post, another body, a page."""
    match chance.randrange(4):
        case 0:
            month = number % 9 + 1
            editor.post(
                f"2013-{month:02}-{number % 27 + 1:02}-n{number}.md", f"Text {number}.", slug=f"n{number}"
            )
        case 1:
            editor.post("2012-03-05-home.md", f"At home, {number} times.")
        case 2:
            editor.write("help/metrics.md", f"---\ntitle: Metrics\n---\nText {number}.\n")
        case _:
            editor.write(f"page-{number}.md", f"# Page {number}\n")


@pytest.mark.long
def test_random_pushes_lose_no_commit_and_break_no_read(
    editor: Editor, server: Remote, make_editor: Callable[[str], Editor], tmp_path: Path
) -> None:
    chance = random.Random(6)
    reader = Reader(server.root)
    reader.start()
    editors = [editor, make_editor("ben")]
    editors[1].git("pull", "-q", editor.url, "main")
    mine = []
    for number in range(PUSHES):
        one = editors[chance.randrange(2)]
        edit(one, chance, number)
        one.commit(f"Edit {number}")
        options = ["-o", "allow-feed-changes"]
        if not one.git("push", *options, one.url, "HEAD:main", check=False).ok:
            one.git("pull", "-q", "--rebase", "-X", "theirs", one.url, "main")
            pushed = one.git("push", *options, one.url, "HEAD:main", check=False)
            assert pushed.ok, pushed.said
        mine.append(f"Edit {number}")
    reader.stopped.set()
    reader.join()
    log = subprocess.run(
        ["git", f"--git-dir={server.repository.path}", "log", "--format=%s", "main"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert set(mine) <= set(log)
    assert reader.broken == []
    assert reader.reads > PUSHES
    assert live(server) == clean_build(server, tmp_path / "clone")
    print(f"{PUSHES} pushes, {reader.reads} reads, none broken; the release equals a clean build")
