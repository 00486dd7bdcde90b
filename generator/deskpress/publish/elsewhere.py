"""Takes a built site to other hosts: a folder, or a branch that Pages shows. Only what changed goes.

What pages need comes before the pages, and what is gone is removed last: whoever reads meanwhile finds whole
pages.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from deskpress.engine.fingerprint import digest
from deskpress.publish.git import GitError, Repository
from deskpress.publish.remote import RemoteError, Say
from deskpress.write.tree import KEPT, MARKER, STAGING

ATTEMPTS = 4
"""How often a transfer is tried; the pause doubles from one second."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do at the target."""

    what: Literal["put", "remove"]
    path: str


def steps(site: Mapping[str, str], there: Mapping[str, str]) -> list[Step]:
    """What turns the files `there` into those of the site, in a safe order; both by path with digests."""
    changed = [path for path, wanted in site.items() if there.get(path) != wanted]
    gone = sorted(there.keys() - site.keys())
    ordered = sorted(changed, key=lambda path: (_rank(path), path))
    return [*(Step("put", path) for path in ordered), *(Step("remove", path) for path in gone)]


def _rank(path: str) -> int:
    """Files that pages need, pages, and what leads to pages."""
    if path.endswith(".html"):
        return 1
    return 2 if path.endswith((".xml", ".xml.gz", "feed.json")) or path.startswith("search/") else 0


def files_of(folder: Path) -> dict[str, str]:
    """Every file of a folder with its digest; links are none."""
    found = {}
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in (*KEPT, STAGING))
        for name in sorted(names):
            path = Path(root, name)
            if not path.is_symlink():
                found[path.relative_to(folder).as_posix()] = digest(path.read_bytes())
    return found


def to_folder(site: Path, target: Path, say: Say, *, dry: bool) -> list[Step]:
    """Make the folder `target` hold the site. Raises `RemoteError` for a folder that is not ours."""
    if target.exists() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise RemoteError(f"{target} holds files that Deskpress has not written")
    if target.resolve() == site.resolve() or target.resolve().is_relative_to(site.resolve()):
        raise RemoteError(f"{target} is the site itself")
    todo = steps(files_of(site), files_of(target) if target.is_dir() else {})
    for step in todo:
        say(f"{step.what} {step.path}")
        if dry:
            continue
        path = target / step.path
        if step.what == "put":
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name[:100]}.new")
            shutil.copyfile(site / step.path, temporary)
            os.replace(temporary, path)
        else:
            path.unlink()
            for parent in path.parents:
                if parent == target or any(parent.iterdir()):
                    break
                parent.rmdir()
    return todo


def to_branch(site: Path, project: Path, remote: str, branch: str, say: Say, *, dry: bool) -> str:
    """Push the site as the next commit of a branch; the commit, or nothing where nothing changed.

    Raises `RemoteError` or `GitError`.
    """
    repository = _repository(project)
    ref = f"refs/heads/{branch}"
    known = repository.run("ls-remote", remote, ref).decode().split("\t")[0].strip()
    if known:
        _again(lambda: repository.run("fetch", "-q", "--no-tags", remote, ref), say)
    with tempfile.TemporaryDirectory() as folder:
        tree = _tree(repository, site, Path(folder, "index"))
    before = repository.run("rev-parse", f"{known}^{{tree}}").decode().strip() if known else ""
    if tree == before:
        return ""
    empty = repository.run("hash-object", "-t", "tree", os.devnull).decode().strip()
    for line in _names(repository.run("diff-tree", "-r", "-z", "--name-status", before or empty, tree)):
        say(line)
    if dry:
        return tree
    head = repository.run("rev-parse", "HEAD").decode().strip()
    parents = ("-p", known) if known else ()
    commit = repository.run("commit-tree", tree, *parents, "-m", f"Publish {head[:10]}").decode().strip()
    _again(lambda: repository.run("push", "-q", remote, f"{commit}:{ref}"), say)
    return commit


def _repository(project: Path) -> Repository:
    found = next((path / ".git" for path in (project, *project.parents) if (path / ".git").exists()), None)
    if found is None:
        raise RemoteError(f"{project} lies in no git repository")
    return Repository(found)


def _tree(repository: Repository, site: Path, index: Path) -> str:
    """The site as a tree of git's, byte for byte; `.nojekyll` tells GitHub to show it as it is."""
    inside = Repository(repository.path, {"GIT_INDEX_FILE": str(index), "GIT_WORK_TREE": str(site)})
    paths = list(files_of(site))
    listed = "".join(f"{site / path}\n" for path in paths).encode("utf-8", "surrogateescape")
    names = inside.run("hash-object", "-w", "--no-filters", "--stdin-paths", feed=listed).decode().split()
    lines = [f"100644 {name}\t{path}\0" for name, path in zip(names, paths, strict=True)]
    empty = inside.run("hash-object", "-w", "--stdin", feed=b"").decode().strip()
    lines.append(f"100644 {empty}\t.nojekyll\0")
    inside.run("update-index", "-z", "--index-info", feed="".join(lines).encode("utf-8", "surrogateescape"))
    return inside.run("write-tree").decode().strip()


def _names(listed: bytes) -> Iterator[str]:
    parts = listed.decode("utf-8", "replace").split("\0")
    words = {"A": "put", "M": "put", "D": "remove"}
    for status, path in zip(parts[::2], parts[1::2], strict=False):
        yield f"{words.get(status, status)} {path}"


def _again(what: Callable[[], object], say: Say) -> None:
    """Try, and try again: networks fail."""
    for attempt in range(ATTEMPTS):
        try:
            what()
        except GitError as error:
            # Somebody else was faster: trying again would not help.
            if attempt == ATTEMPTS - 1 or "rejected" in str(error):
                raise
            say(f"{error}; trying again")
            time.sleep(2**attempt)
        else:
            return
