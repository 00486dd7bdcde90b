"""Work in the background: in a process of its own, which leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskpress.engine.background import Background
from deskpress.write.site_folder import Tree
from tests.conftest import Site

BEGIN = """
import os, time
from deskpress.engine import background
from deskpress.engine.background import Background
background.default_jobs = lambda: 2
def children():
    try: os.waitpid(-1, os.WNOHANG)
    except ChildProcessError: return 0
    return 1
"""


def alone(code: str) -> str:
    """What a process without threads prints."""
    done = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "b = Background(lambda: b'x' * 300_000); print(len(b.result()), b.result(), children())",
            "300000 None 0",
        ),
        (
            "b = Background(lambda: str(os.getpid()).encode()); print(int(b.result()) != os.getpid())",
            "True",
        ),
        ("b = Background(lambda: 1 / 0); print(b.result(), children())", "None 0"),
        (
            "b = Background(lambda: time.sleep(60)); b.close(); b.close(); print(b.result(), children())",
            "None 0",
        ),
    ],
    ids=["result", "own process", "failure", "nobody needs it"],
)
def test_a_result_comes_from_another_process_or_not_at_all(code: str, said: str) -> None:
    assert alone(code) == said


def test_one_core_or_a_thread_does_it_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskpress.engine.background.default_jobs", lambda: 1)
    assert Background(lambda: b"never").result() is None


def test_a_listing_is_the_same_from_elsewhere(site: Site, tmp_path: Path) -> None:
    site.post("2012-03-12-a.md")
    site.build()
    (site.output / "stray").symlink_to(tmp_path)
    (site.output / "empty").mkdir()
    tree = Tree(site.output, b"")
    here = tree.listing()

    tree.look_ahead(tree.packed)

    assert tree.listing() == here
    assert here["stray"] is here["empty"] is None
    (site.output / "more").touch()
    assert "more" in tree.listing()
    tree.look_ahead(lambda: None)
    assert "more" in tree.listing()
