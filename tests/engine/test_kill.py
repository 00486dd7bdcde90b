"""kill -9 at any instant: the site holds whole files, and the next build ends equal to clean."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from deskpress.engine.stamps import stamped
from tests.conftest import AS_OF, Site
from tests.deadly import DEADLY

pytestmark = pytest.mark.slow

BUILD = (
    DEADLY
    + """
from pathlib import Path
from deskpress.app.build import build
from deskpress.build.request import Request

build(Request(Path("mkdocs.yml"), as_of="2012-06-01", jobs=1))
"""
)


def fill(site: Site, words: str) -> None:
    for number in range(1, 13):
        site.post(
            f"2012-0{number % 4 + 1}-{number:02}-n{number}.md", f"{words} {number}.\n", tags=[words[:3]]
        )


@pytest.fixture(params=["alone", "by MkDocs"])
def desk(site: Site, request: pytest.FixtureRequest) -> Site:
    """A site, and one with a hook, which needs MkDocs' own loop."""
    if request.param == "by MkDocs":
        (site.folder / "hook.py").write_text("def on_post_build(**kwargs):\n    pass\n")
        site.configure(hooks=["hook.py"])
    return site


@pytest.fixture
def states(desk: Site) -> tuple[Site, dict[str, bytes], dict[str, bytes]]:
    """The site built once, its files before and after an edit of every post."""
    site = desk
    fill(site, "After")
    site.build()
    after = site.tree()
    fill(site, "Before")
    site.build()
    return site, site.tree(), after


def test_a_full_disk_leaves_the_old_site_and_the_next_build_mends_all(
    states: tuple[Site, dict[str, bytes], dict[str, bytes]],
) -> None:
    site, before, after = states
    fill(site, "After")
    seen = set()
    # No file may grow beyond the limit: sooner or later the cache, a page, a record cannot be written.
    for limit in (0, 100, 2_000, 8_000, 20_000):
        code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n" + BUILD
        done = subprocess.run(
            [sys.executable, "-c", code, "0"], cwd=site.folder, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        seen.add(done.returncode)
        # MkDocs looks for a folder of temporary files first.
        said = "File too large" in done.stderr or "No usable temporary directory" in done.stderr
        assert said or done.returncode == 0
        whole(site, before, after)
    assert 1 in seen
    site.build()
    assert site.tree() == after


def whole(site: Site, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    found = {path: data for path, data in site.tree().items() if not path.startswith(".deskpress-staging/")}
    for path, data in found.items():
        assert data in (before.get(path), after.get(path)), path
    assert set(found) >= set(before) & set(after)


@pytest.mark.parametrize("limit", [1, 5, 20, 60, 100, 140, 180, 220, 240, 260, 280, 300, 320, 340, 360, 400])
def test_killed_at_a_fault_point(states: tuple[Site, dict[str, bytes], dict[str, bytes]], limit: int) -> None:
    site, before, after = states
    fill(site, "After")
    subprocess.run([sys.executable, "-c", BUILD, str(limit)], cwd=site.folder, check=False)
    whole(site, before, after)
    site.build()
    assert site.tree() == after
    assert site.build().reasons == {}


@pytest.mark.long
def test_killed_at_random_instants(states: tuple[Site, dict[str, bytes], dict[str, bytes]]) -> None:
    site, before, after = states
    chance = random.Random(2012)
    arguments = [sys.executable, "-m", "deskpress", "build", "-q", "-j", "2", "--as-of", AS_OF]
    for _ in range(12):
        fill(site, "After")
        process = subprocess.Popen(arguments, cwd=site.folder, start_new_session=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.3, 1.3))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        whole(site, before, after)
        site.build()
        assert site.tree() == after
        fill(site, "Before")
        site.build()
        assert site.tree() == before


def test_two_builds_at_once_wait_for_each_other(desk: Site) -> None:
    site = desk
    fill(site, "Words")
    arguments = [sys.executable, "-m", "deskpress", "build", "--as-of", AS_OF]
    memory = site.folder / ".cache/deskpress"
    memory.mkdir(parents=True)
    with FileLock(memory / "lock"):
        processes = [
            subprocess.Popen(arguments, cwd=site.folder, stderr=subprocess.PIPE, text=True) for _ in range(3)
        ]
        for process in processes:
            assert process.stderr is not None
            assert "waiting for it" in process.stderr.readline()
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert site.build().reasons == {}


def test_a_file_touched_while_it_is_read_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("one")
    fresh = stamped(path.stat(), "digest")
    assert not fresh.fits(path.stat())
    os.utime(path, (1, 1))
    old = path.stat()
    assert not stamped(old, "digest").fits(old)  # its inode changed just now, whatever its mtime says
