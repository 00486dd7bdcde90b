"""Finds the files below the content folder, and refuses those that cannot be published safely.

What nobody means to publish (`leftovers`) is left out, with a warning.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import MARKDOWN
from deskpress.model.site import Asset
from deskpress.source.leftovers import Leftover, leftover, misnamed
from deskpress.source.report import Report

_CONTROL = re.compile("[\x00-\x1f\x7f]")
MAX_FOLDERS = 50
DATA = frozenset({"addresses.lock", "search.yml", "synonyms.yml"})
"""Data at the top of the content folder that belongs to Deskpress and is not published.
"""


class SeenFile(Struct, frozen=True):
    """What identifies a file, by the names of `os.stat_result`, of which ten thousand take much memory."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


class ScannedFiles(Struct, frozen=True):
    """The content folder's files by path relative to it, sorted, with what the system says of them."""

    documents: dict[str, SeenFile]
    assets: tuple[Asset, ...]
    asset_statuses: dict[str, SeenFile]
    diagnostics: tuple[Diagnostic, ...]


def scan(root: Path, label: str, excluded: Callable[[str], bool], within: Path | None = None) -> ScannedFiles:
    """List what lies below `root` and is not `excluded`; `label` is the folder's name in diagnostics.

    Links may lead to files in the folder `within`, which is `root` unless told.
    """
    documents: dict[str, SeenFile] = {}
    assets: list[Asset] = []
    statuses: dict[str, SeenFile] = {}
    diagnostics: list[Diagnostic] = []
    spelt: dict[str, str] = {}

    def refuse(path: str, problem: str, hint: str) -> None:
        report = Report(f"{label}/{path}")
        report.error(Kind.CONTENT, problem, hint)
        diagnostics.extend(report.found)

    def warn(path: str, problem: str, hint: str) -> None:
        report = Report(f"{label}/{path}")
        report.warning(Kind.CONTENT, problem, hint)
        diagnostics.extend(report.found)

    def leave_out(path: str, found: Leftover) -> None:
        warn(path, found.problem, found.hint)

    def visit(folder: Path, prefix: str) -> None:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            path = prefix + entry.name
            # As in .gitignore, a folder is named with a slash at its end.
            if path in DATA or excluded(path + "/" * entry.is_dir()):
                continue
            if found := leftover(entry.name, folder=entry.is_dir()):
                leave_out(path, found)
                continue
            problem, hint, harmless = _refused(entry, path, root, within or root)
            if problem:
                (warn if harmless else refuse)(path, problem, hint)
                continue
            twin = spelt.setdefault(path.casefold(), path)
            if twin != path:
                problem = f"{label}/{path} and {label}/{twin} differ only in upper and lower case"
                hint = "rename one: on many machines they are the same file"
                if not entry.name.endswith(MARKDOWN) and (entry.is_dir() or twin in statuses):
                    warn(path, problem, hint)
                else:
                    refuse(path, problem, hint)
                    continue
            if entry.is_dir(follow_symlinks=False):
                visit(Path(entry.path), path + "/")
                continue
            status = os.stat(entry.path)  # `entry.stat` would keep all of it until the folder is done
            seen = SeenFile(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            if not stat.S_ISREG(status.st_mode):
                refuse(path, "neither a file nor a folder", "remove it from the content folder")
            elif entry.name.endswith(MARKDOWN):
                documents[path] = seen
            elif not os.access(entry.path, os.R_OK):
                refuse(path, "the file cannot be read", "check its permissions")
            elif found := misnamed(entry.name, entry.path):
                leave_out(path, found)
            else:
                assets.append(Asset(path, status.st_size))
                statuses[path] = seen

    visit(root, "")
    ordered = {path: documents[path] for path in sorted(documents)}
    return ScannedFiles(ordered, tuple(sorted(assets)), statuses, tuple(diagnostics))


def _refused(entry: os.DirEntry[str], path: str, root: Path, within: Path) -> tuple[str, str, bool]:
    """What forbids to publish a file or a folder, what to do, and whether it can be left out.

    The problem is empty if nothing forbids it.
    """
    if problem := _bad_name(entry.name) or ("" if "/" in path else _reserved(entry.name)):
        return problem, "rename it", False
    if entry.is_symlink() and (problem := _bad_link(entry.path, root, within)):
        return problem, "put the file itself into the content folder", problem != _OUT
    if path.count("/") > MAX_FOLDERS:
        return f"folders nest deeper than {MAX_FOLDERS} levels", "use fewer", False
    return "", "", False


def _bad_name(name: str) -> str:
    if _CONTROL.search(name):
        return "the file's name holds a control character"
    if "\\" in name:
        return "the file's name holds a backslash"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "the file's name is not UTF-8"
    return ""


def _reserved(name: str) -> str:
    """Why a name at the top of the site is not the content's: file systems may take others for it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    if plain == ".git" or plain.startswith(".deskpress"):
        return f"the site's folder needs the name `{name}` itself"
    return ""


_OUT = "a symbolic link that leads out of the site's folder"


def _bad_link(path: str, root: Path, within: Path) -> str:
    """Why the file behind a link cannot be published; empty if it can.

    It may lie elsewhere in the folder of the site's sources, but for what is hidden there.
    """
    target = Path(os.path.realpath(path))
    inside = Path(os.path.realpath(root))
    if not target.is_relative_to(inside):
        above = Path(os.path.realpath(within))
        if not target.is_relative_to(above):
            return _OUT
        if any(part.startswith(".") for part in target.relative_to(above).parts):
            return _OUT
    if not target.exists():
        return "a symbolic link that leads nowhere is left out"
    return "a symbolic link to a folder is left out" if target.is_dir() else ""
