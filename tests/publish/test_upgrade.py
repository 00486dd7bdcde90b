"""A site and a server of an earlier release go on under this one; a server is restored from a backup."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import feedparser
import pytest

from deskpress.publish.remote import Remote
from tests.publish.conftest import ENVIRONMENT, Done, deskpress, live

pytestmark = pytest.mark.slow

MADE = Path(__file__).parents[1] / "upgrade" / "site-and-server.tar.xz"
"""Made by `tests/upgrade/make.sh`: `site` with its cache and clone, `server` with two releases."""

KEY = "the key of the site and the server that are to be upgraded"
"""As in `make.sh`."""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with both, at another place than they were made at; their caches can be read."""
    monkeypatch.setenv("DESKPRESS_CACHE_KEY", KEY)
    with tarfile.open(MADE) as archive:
        archive.extractall(tmp_path / "made", filter="tar")
    return tmp_path / "made"


def git(folder: Path, *arguments: str) -> Done:
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        env={**ENVIRONMENT, "DESKPRESS_CACHE_KEY": KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Done(done.returncode == 0, done.stdout)


def build(site: Path) -> None:
    deskpress("build", "-f", site / "mkdocs.yml", environment={**ENVIRONMENT, "DESKPRESS_CACHE_KEY": KEY})


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_site_is_built_as_without_its_old_cache_and_keeps_addresses_and_ids(made: Path) -> None:
    site = made / "site"
    old, lock = tree(site / "site"), (site / "content/addresses.lock").read_bytes()
    build(site)
    new = tree(site / "site")
    assert (site / "content/addresses.lock").read_bytes() == lock
    pages = {path for path in old if path.endswith((".html", ".xml", ".json")) and "assets/" not in path}
    assert len(pages) > 30
    assert {path for path in pages if not path.startswith("search/")} <= set(new)
    ids = [[entry.id for entry in feedparser.parse(files["atom.xml"]).entries] for files in (old, new)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 6

    shutil.rmtree(site / ".cache")
    shutil.rmtree(site / "site")
    build(site)
    assert tree(site / "site") == new


def test_a_server_goes_on_after_repair(made: Path) -> None:
    server = Remote.open(made / "server")
    before = server.releases.names()
    deskpress("remote", "repair", "-C", server.root)
    assert set(before) < set(server.releases.names())

    site = made / "site"
    git(site, "remote", "set-url", "live", f"file://{server.root}/repo.git")
    post = site / "content/posts/2026-10-18.md"
    post.write_text(post.read_text() + "\nOne more sentence.\n")
    git(site, "commit", "-qam", "Third")
    pushed = git(site, "push", "live", "main")
    assert pushed.ok, pushed.said
    assert b"One more sentence." in live(server)["2026/10/news-of-1018.html"]

    git(site, "rm", "-q", "content/posts/2026-08-04.md")
    git(site, "commit", "-qm", "Fourth")
    refused = git(site, "push", "live", "main")
    assert not refused.ok
    assert "2026/08/news-of-0804.html" in refused.said

    deskpress("remote", "rollback", before[0], "-C", server.root)
    assert b"Thirty days." in live(server)["help/returns/index.html"]


def test_a_server_is_restored_from_what_cannot_be_made_anew(made: Path, tmp_path: Path) -> None:
    server = Remote.open(made / "server")
    deskpress("remote", "repair", "-C", server.root)
    # As docs/content/help/publishing/upgrading.md has it.
    parts = [f"--exclude=./{name}" for name in ("releases", "work", "previews", "current")]
    backup = tmp_path / "desk.tar.gz"
    subprocess.run(["tar", "-czf", backup, *parts, "-C", server.root, "."], check=True)
    assert backup.stat().st_size < 100_000
    (tmp_path / "restored").mkdir()
    subprocess.run(["tar", "-xzf", backup, "-C", tmp_path / "restored"], check=True)
    restored = Remote.open(tmp_path / "restored")
    deskpress("remote", "repair", "-C", restored.root)
    assert live(restored) == live(server)
    assert restored.record == server.record
