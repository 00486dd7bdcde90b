"""Copies a site to another folder, for `--into`."""

from __future__ import annotations

from pathlib import Path

from deskpress.importers.copying import copy_site


class OccupiedError(Exception):
    """The folder cannot be used; the text says why."""


def check_target(source: Path, target: Path) -> None:
    """Raise `OccupiedError` unless `target` is new or empty, and outside of `source`."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OccupiedError(f"{target} is not empty. Name a new folder.")
    if target.resolve().is_relative_to(source.resolve()):
        raise OccupiedError(f"{target} lies in {source}. Name a folder outside of it.")


def fill(source: Path, target: Path) -> None:
    """Copy the site, without its history, its caches and what builds have made. Raises `OSError`."""
    built = source / "site"
    skipped = frozenset({built}) if (built / "sitemap.xml").is_file() else frozenset()
    copy_site(source, target, skipped)
