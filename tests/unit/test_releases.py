"""Releases beside each other, without git."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskpress.engine.fingerprint import digest
from deskpress.publish.releases import ReleaseError, Releases

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_bytes(b"one")
    (tmp_path / "releases").mkdir()
    return Releases(tmp_path)


def make(releases: Releases, now: datetime = NOON) -> str:
    site = releases.root / "site"
    name = releases.make(site, {"index.html": digest((site / "index.html").read_bytes())}, "abcdef0", now)
    releases.switch(name)
    return name


def test_a_clock_that_was_put_back_makes_no_release_older(releases: Releases) -> None:
    first = make(releases)
    second = make(releases, NOON.replace(hour=2))
    third = make(releases, NOON.replace(hour=2))
    assert releases.names() == [first, second, third]


def test_what_did_not_change_is_shared_and_the_site_is_not(releases: Releases) -> None:
    site = releases.root / "site/index.html"
    before = site.stat()
    pages = [releases.folder / make(releases) / "index.html" for _ in range(2)]
    assert pages[0].samefile(pages[1])
    assert not pages[0].samefile(site)
    after = site.stat()
    assert (after.st_ctime_ns, after.st_nlink) == (before.st_ctime_ns, 1)


def test_a_file_that_changed_since_it_was_built_makes_no_release(releases: Releases) -> None:
    with pytest.raises(ReleaseError, match="not as it was built"):
        releases.make(releases.root / "site", {"index.html": digest(b"other")}, "abcdef0", NOON)
    assert releases.names() == []


def test_a_file_that_somebody_touched_is_not_handed_on(releases: Releases) -> None:
    page = releases.folder / make(releases) / "index.html"
    page.write_bytes(b"two")
    os.utime(page, (page.stat().st_atime + 9, page.stat().st_mtime + 9))
    second = make(releases)
    assert (releases.folder / second / "index.html").read_bytes() == b"one"
    releases.verify(second)
