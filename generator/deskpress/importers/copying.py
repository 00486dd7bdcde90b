"""A copy of a site to build in, so that plug-ins and hooks never write to the site itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

SKIPPED = frozenset(
    ".git .hg .svn node_modules __pycache__ .cache .mypy_cache .pytest_cache .ruff_cache .tox .nox"
    " .deskpress".split()
)
"""Folders that no build reads."""

LARGEST = 4_000_000_000
"""The most bytes that are copied."""


class TooLargeError(Exception):
    """The site is larger than the limit."""


def copy_site(source: Path, target: Path, skipped: frozenset[Path] = frozenset()) -> None:
    """Copy the files below `source`, with links as links; `skipped` are folders that are left out.

    Virtual environments are left out, too. Raises `TooLargeError`, `OSError`.
    """
    total = 0
    target.mkdir(parents=True, exist_ok=True)
    for folder, folders, files in os.walk(source):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name not in SKIPPED
            and (here / name) not in skipped
            and not (here / name / "pyvenv.cfg").exists()
        )
        there = target / here.relative_to(source)
        there.mkdir(exist_ok=True)
        for name in [one for one in folders if (here / one).is_symlink()]:
            folders.remove(name)
            files.append(name)
        for name in files:
            if name in SKIPPED:
                continue
            path = here / name
            if not path.is_symlink():
                if not path.is_file():
                    continue  # sockets and pipes
                total += path.stat().st_size
                if total > LARGEST:
                    raise TooLargeError(f"{source} has more than {LARGEST:,} bytes")
            shutil.copy2(path, there / name, follow_symlinks=False)


def copy_history(source: Path, target: Path) -> None:
    """Give the copy at `target` the history of the repository at `source`, if it is one, without its objects.

    Plug-ins read dates and authors from it. What they write there is the copy's own.
    """
    beside = target.with_name(f"{target.name}.git-copy")
    try:
        _git("clone", "-q", "--shared", "--no-checkout", str(source), str(beside))
        shutil.move(beside / ".git", target / ".git")
        _git("-C", str(target), "reset", "-q")
        origin = _git("-C", str(source), "config", "--get", "remote.origin.url", check=False)
        if origin:
            _git("-C", str(target), "remote", "set-url", "origin", origin)
    except (OSError, subprocess.CalledProcessError):
        # Without a history dates are missing; addresses are the same.
        shutil.rmtree(target / ".git", ignore_errors=True)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def repository_of(folder: Path) -> Path:
    """The top folder of the repository in which a folder lies; the folder itself if it lies in none."""
    top = _git("-C", str(folder), "rev-parse", "--show-toplevel", check=False)
    return Path(top) if top and folder.resolve().is_relative_to(Path(top).resolve()) else folder.resolve()


def without_git(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without git's variables about another repository."""
    return {name: value for name, value in environment.items() if not name.startswith("GIT_")}


def _git(*arguments: str, check: bool = True) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], capture_output=True, text=True, check=check, env=without_git(os.environ)
        )
    except OSError:
        if check:
            raise
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
