"""Whole sites next to each other; a link names the live one. Unchanged files are shared by hard links."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path

import msgspec
from msgspec import Struct, field

from deskpress.engine.fingerprint import digest
from deskpress.write.atomic import write_whole
from deskpress.write.site_folder import MARKER, STAGING

KEPT_BELOW = ("assets/javascripts/", "assets/stylesheets/")
"""Files that open pages may still request: the theme's styles and scripts."""


_TIME = "%Y%m%dT%H%M%S%fZ"
"""The prefix of names of releases, so that they sort by age."""


class ReleaseError(Exception):
    """A release is damaged; the text says how."""


class Manifest(Struct, frozen=True):
    """A release: its commit, when it was made, each file's digest, and those kept from former ones."""

    commit: str
    made: datetime
    files: dict[str, str]
    kept: dict[str, str] = field(default_factory=dict)


class Releases(Struct, frozen=True):
    """The folder `releases/`, and `current` next to it."""

    root: Path

    @property
    def folder(self) -> Path:
        """The folder of the releases."""
        return self.root / "releases"

    @property
    def link(self) -> Path:
        """The link to the live release, which web servers show."""
        return self.root / "current"

    def names(self) -> list[str]:
        """Every complete release, oldest first."""
        found = (path.stem for path in self.folder.glob("*.json"))
        return sorted(name for name in found if (self.folder / name).is_dir())

    def current(self) -> str:
        """The live release; empty if there is none."""
        try:
            name = os.path.basename(os.readlink(self.link))
        except OSError:
            return ""
        return name if (self.folder / name).is_dir() else ""

    def manifest(self, name: str) -> Manifest:
        """The manifest of a release. Raises `ReleaseError`."""
        try:
            return msgspec.json.decode((self.folder / f"{name}.json").read_bytes(), type=Manifest)
        except (OSError, msgspec.MsgspecError) as error:
            raise ReleaseError(f"the release {name} cannot be read: {error}") from None

    def files(self, name: str) -> dict[str, str]:
        """The files of a release with their digests; none if it cannot be read."""
        manifest = self.readable(name)
        return manifest.files if manifest else {}

    def readable(self, name: str) -> Manifest | None:
        """The manifest of a release; None if there is no such release, or it cannot be read."""
        try:
            return self.manifest(name) if name else None
        except ReleaseError:
            return None

    def make(
        self, site: Path, digests: Mapping[str, str], commit: str, now: datetime, *, afresh: bool = False
    ) -> str:
        """A new release of files of the folder `site`, verified; not live yet.

        Files of the former release are linked, and were verified then, unless somebody has changed them
        since, or everything is to be made `afresh`. Others are copied and read again. Hard links to the
        site's own files would change the inode data by which the next build knows them. Raises
        `ReleaseError`.
        """
        name = f"{self._stamp(now)}-{commit[:7]}"
        try:
            self._fill(name, site, digests, commit, now, afresh=afresh)
        except BaseException:
            # On a full disk, a partial release would prevent the next push.
            for left in (f"{name}.new", name):
                shutil.rmtree(self.folder / left, ignore_errors=True)
            raise
        return name

    def _fill(
        self, name: str, site: Path, digests: Mapping[str, str], commit: str, now: datetime, *, afresh: bool
    ) -> None:
        before = self.current()
        old = self.readable(before) or Manifest("", now, {})
        linked = {} if afresh else old.files
        done = _written(self.folder / f"{before}.json")
        target = self.folder / f"{name}.new"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        made = {""}
        former = f"{self.folder}/{before}"
        for path, known in sorted(digests.items()):
            _make_folder(target, os.path.dirname(path), made)
            copy = f"{target}/{path}"
            source = f"{former}/{path}"
            if linked.get(path) == known and _written(source) <= done and _linked(source, copy):
                continue
            shutil.copyfile(f"{site}/{path}", copy)
            if digest(_read(copy)) != known:
                raise ReleaseError(f"{path} is not as it was built")
        kept = {}
        for path, known in {**old.kept, **old.files}.items():
            wanted = path.startswith(KEPT_BELOW) and path not in digests
            if wanted and _link_kept(self.folder / before, target, path):
                kept[path] = known
        manifest = Manifest(commit, now, dict(digests), kept)
        os.rename(target, self.folder / name)
        write_whole(self.folder / f"{name}.json", msgspec.json.encode(manifest))

    def _stamp(self, now: datetime) -> str:
        """The time in the format of names; later than that of every release, even after a clock change."""
        newest = max((name.partition("-")[0] for name in self.names()), default="")
        if f"{now:{_TIME}}" <= newest:
            now = datetime.strptime(newest, _TIME).replace(tzinfo=UTC) + timedelta(microseconds=1)
        return f"{now:{_TIME}}"

    def verify(self, name: str) -> None:
        """Raise `ReleaseError` unless every listed file is there, with its digest."""
        manifest = self.manifest(name)
        for path, wanted in {**manifest.kept, **manifest.files}.items():
            file = self.folder / name / path
            if not file.is_file() or digest(file.read_bytes()) != wanted:
                raise ReleaseError(f"the release {name} is damaged: {path}")

    def switch(self, name: str) -> None:
        """Make a release live, in one step; all of it is flushed to disk before."""
        os.sync()
        temporary = self.root / ".current.new"
        temporary.unlink(missing_ok=True)
        os.symlink(f"releases/{name}", temporary)
        os.replace(temporary, self.link)

    def changed(self, old: str, after: Mapping[str, str]) -> list[str]:
        """The files, by path with their digests, that differ from those of a release."""
        manifest = self.readable(old)
        before = manifest.files if manifest else {}
        return sorted(p for p in before.keys() | after.keys() if before.get(p) != after.get(p))

    def carry(self, old: str, new: str) -> None:
        """Copy files that open pages of the live release may request into a release that is restored."""
        manifest = self.readable(old)
        for path in (*manifest.kept, *manifest.files) if manifest else ():
            if path.startswith(KEPT_BELOW) and not (self.folder / new / path).exists():
                _link_kept(self.folder / old, self.folder / new, path)

    def prune(self, keep: int) -> list[str]:
        """Remove all but the newest `keep` releases and the live one; returns the removed ones."""
        names = self.names()
        gone = [name for name in names[: max(0, len(names) - keep)] if name != self.current()]
        for name in gone:
            (self.folder / f"{name}.json").unlink()
            shutil.rmtree(self.folder / name)
        return gone

    def tidy(self) -> list[str]:
        """Remove what an interrupted build left incomplete; returns what it was."""
        # The live release stays, whatever has happened to its manifest.
        whole = {*self.names(), self.current()}
        gone = []
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else []:
            if path.name.removesuffix(".json") in whole:
                continue
            gone.append(path.name)
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        return gone


def clear_site(site: Path, made: Mapping[str, str], live: Mapping[str, str]) -> None:
    """Remove from the folder of the built site what is not in the live release, and what was staged.

    `made` and `live` are files by path with their digests; `made` may lack files of an interrupted build.
    """
    if not live:
        shutil.rmtree(site, ignore_errors=True)
        return
    shutil.rmtree(site / STAGING, ignore_errors=True)
    for folder, _, names in os.walk(site):
        for name in names:
            path = Path(folder, name)
            known = path.relative_to(site).as_posix()
            if known != MARKER and (known not in live or made.get(known, live[known]) != live[known]):
                path.unlink(missing_ok=True)


def _written(path: str | Path) -> float:
    """When a file was last written, in seconds; infinity if that is not known."""
    try:
        return os.stat(path, follow_symlinks=False).st_mtime
    except OSError:
        return inf


def _linked(source: str, target: str) -> bool:
    try:
        os.link(source, target)
    except OSError:
        return False  # somebody has removed it, or it has as many links as the file system allows
    return True


def _link_kept(old: Path, new: Path, path: str) -> bool:
    """Link a file of a former release, unless it is missing, or the place is taken."""
    try:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(old / path, new / path)
    except OSError:
        return False
    return True


def _make_folder(root: Path, folder: str, made: set[str]) -> None:
    if folder not in made:
        os.makedirs(f"{root}/{folder}", exist_ok=True)
        made.add(folder)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
