"""Finds the files below the content folder, and refuses those that cannot be published safely.

Files that are not meant to be published (`leftovers`) are left out, with a warning.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import MARKDOWN
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Asset
from deskpress.source.leftovers import USUAL, leftover, misnamed
from deskpress.source.report import Report

_CONTROL = lazy_pattern("[\x00-\x1f\x7f]")
_USUAL = lazy_pattern(r"[A-Za-z0-9._-]+")
"""Names without any fault, for a quick test: there may be ten thousand of them."""

MAX_FOLDERS = 50
MAX_LINKS = 200
"""The most symbolic links to folders that are followed."""

DATA = frozenset({"addresses.lock", "search.yml", "synonyms.yml"})
"""Data at the top of the content folder that Deskpress reads and does not publish.
"""


class SeenFile(Struct, frozen=True):
    """What identifies a file, by the names of `os.stat_result`, which takes much memory for ten thousand."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


class ScannedFiles(Struct, frozen=True):
    """The content folder's files by path relative to it, sorted, with their file status."""

    documents: dict[str, SeenFile]
    assets: tuple[Asset, ...]
    asset_statuses: dict[str, SeenFile]
    diagnostics: tuple[Diagnostic, ...]


def scan(root: Path, label: str, excluded: Callable[[str], bool], within: Path | None = None) -> ScannedFiles:
    """List what lies below `root` and is not `excluded`; `label` is the folder's name in diagnostics.

    Links may lead to files and folders in the folder `within`, by default `root`.
    """
    found = _Scan(root, label, excluded, within or root)
    found.visit(root, "")
    documents = {path: found.documents[path] for path in sorted(found.documents)}
    return ScannedFiles(documents, tuple(sorted(found.assets)), found.statuses, tuple(found.diagnostics))


class _Scan:
    """One scan of a content folder."""

    def __init__(self, root: Path, label: str, excluded: Callable[[str], bool], within: Path) -> None:
        self.root, self.label, self.excluded, self.within = root, label, excluded, within
        self.documents: dict[str, SeenFile] = {}
        self.assets: list[Asset] = []
        self.statuses: dict[str, SeenFile] = {}
        self.diagnostics: list[Diagnostic] = []
        self.spelt: dict[str, str] = {}
        self.linked = 0

    def tell(self, path: str, problem: str, hint: str, *, harmless: bool = False) -> None:
        """Refuse a file, or report something about it."""
        report = Report(f"{self.label}/{path}")
        (report.warning if harmless else report.error)(Kind.CONTENT, problem, hint)
        self.diagnostics += report.found

    def visit(self, folder: Path, prefix: str) -> None:
        """List a folder, and those below it."""
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        usual, is_shallow = USUAL.fullmatch, prefix.count("/") <= MAX_FOLDERS
        for entry in listed:
            path = prefix + entry.name
            # Most are files under usual names, of which nothing else has to be known.
            if usual(entry.name) and is_shallow and entry.is_file(follow_symlinks=False):
                if not self.excluded(path) and not self._is_twin(path, entry):
                    self._take(entry, path)
                continue
            is_folder = entry.is_dir()
            # As in .gitignore, a folder name ends in a slash.
            if path in DATA or self.excluded(path + "/" * is_folder):
                continue
            if found := leftover(entry.name, folder=is_folder):
                self.tell(path, found.problem, found.hint, harmless=True)
                continue
            problem, hint, harmless = _refused(entry, path, self.root, self.within)
            if problem:
                self.tell(path, problem, hint, harmless=harmless)
            elif not self._is_twin(path, entry):
                if not is_folder:
                    self._take(entry, path)
                elif not entry.is_symlink() or self._may_follow(path):
                    self.visit(Path(entry.path), path + "/")

    def _may_follow(self, path: str) -> bool:
        """Whether a link to a folder may be followed: links may lead to the same folder again and again."""
        self.linked += 1
        if self.linked == MAX_LINKS + 1:
            self.tell(path, f"more than {MAX_LINKS} symbolic links lead to folders", "use fewer")
        return self.linked <= MAX_LINKS

    def _is_twin(self, path: str, entry: os.DirEntry[str]) -> bool:
        """Whether a file's name differs from another's only in case; two plain assets may."""
        twin = self.spelt.setdefault(path.casefold(), path)
        if twin == path:
            return False
        harmless = not entry.name.endswith(MARKDOWN) and (entry.is_dir() or twin in self.statuses)
        problem = f"{self.label}/{path} and {self.label}/{twin} differ only in upper and lower case"
        self.tell(path, problem, "rename one: on many machines they are the same file", harmless=harmless)
        return not harmless

    def _take(self, entry: os.DirEntry[str], path: str) -> None:
        status = os.stat(entry.path)  # `entry.stat` caches all of it until the folder is done
        seen = SeenFile(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if not stat.S_ISREG(status.st_mode):
            self.tell(path, "neither a file nor a folder", "remove it from the content folder")
        elif path.endswith(MARKDOWN):
            self.documents[path] = seen
        elif not os.access(entry.path, os.R_OK):
            self.tell(path, "the file cannot be read", "check its permissions")
        elif found := misnamed(entry.name, entry.path):
            self.tell(path, found.problem, found.hint, harmless=True)
        else:
            self.assets.append(Asset(path, status.st_size))
            self.statuses[path] = seen


def _refused(entry: os.DirEntry[str], path: str, root: Path, within: Path) -> tuple[str, str, bool]:
    """Why a file or folder cannot be published, the hint, and whether it can be left out.

    The problem is empty if it can be published.
    """
    if problem := _bad_name(entry.name) or ("" if "/" in path else _reserved(entry.name)):
        return problem, "rename it", False
    if entry.is_symlink() and (problem := _bad_link(entry.path, root, within)):
        return problem, "put the file itself into the content folder", problem != _OUT
    if path.count("/") > MAX_FOLDERS:
        return f"folders nest deeper than {MAX_FOLDERS} levels", "use fewer", False
    return "", "", False


def _bad_name(name: str) -> str:
    if _USUAL.fullmatch(name):
        return ""
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
    """Why a name at the top of the site is reserved: file systems may take other spellings for it."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    if plain == ".git" or plain.startswith(".deskpress"):
        return f"the site's folder needs the name `{name}` itself"
    return ""


_OUT = "a symbolic link that leads out of the site's folder"


def _bad_link(path: str, root: Path, within: Path) -> str:
    """Why the file that a link leads to cannot be published; empty if it can.

    It may be elsewhere in the folder of the site's sources, except hidden files there.
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
    # Or the folder would contain itself.
    here = Path(os.path.realpath(os.path.dirname(path)))
    if target.is_dir() and (inside.is_relative_to(target) or here.is_relative_to(target)):
        return "a symbolic link to a folder that holds it is left out"
    return ""
