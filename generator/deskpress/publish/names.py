"""Names of files that every system can hold: clones on Windows and macOS break on others.

Sources: Microsoft, "Naming Files, Paths, and Namespaces" (2024-08-28); Apple, TN1150 "HFS Plus Volume Format"
(case-insensitive, canonically decomposed names, ignorable characters); git's `core.protectNTFS` and
`core.protectHFS`, which refuse to check out `.git` in disguise.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from deskpress.model.address import MAX_LENGTH, MAX_SEGMENT
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.patterns import lazy_pattern

SPECIAL = frozenset('<>:"|?*\\')
"""Characters that Windows forbids, including the separators of its paths."""

_DEVICE = lazy_pattern(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\..*)?", re.I | re.S
)
_SHORT = lazy_pattern(r"[^.]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?", re.S)
_USUAL = lazy_pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
"""Names without any of the faults below but one, for a quick test: there may be ten thousand of them."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", "com", "lpt"})
"""How the names of devices begin."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories of invisible characters: controls, direction marks, joiners, private ones."""


def name_problems(paths: Iterable[str], known: Collection[str] = ()) -> list[Diagnostic]:
    """Mistakes in the names of `paths`, relative to the project, with undecodable bytes as surrogates.

    Those in `known` existed before: they get warnings, the others errors. Sorted by path.
    """
    paths = sorted(paths, key=(lambda path: (path not in known, path)) if known else None)
    if _all_usual(paths):
        return []
    found = []
    parents: dict[str, str] = {}
    reported: set[str] = set()
    # Existing names come first: of two twins the new one is reported.
    for path in paths:
        problems = list(_path_problems(path, parents, reported))
        if not problems:
            continue
        severity = Severity.WARNING if path in known else Severity.ERROR
        found += [Diagnostic(Span(path), severity, Kind.CONTENT, *problem) for problem in problems]
    return sorted(found)


def _all_usual(paths: Collection[str]) -> bool:
    """Whether all parts of the paths are usual, and no two of them differ only in case."""
    new = wholes = set(paths)
    if max(map(len, new), default=0) > MAX_SEGMENT:
        return False  # and the parts of a path of megabytes are not checked
    while new:
        names = [path.rpartition("/")[2] for path in new]
        if not all(map(_USUAL.fullmatch, names)):
            return False
        if any(name[:3].lower() in _DEVICES and _DEVICE.fullmatch(name) for name in names):
            return False
        new = {path.rpartition("/")[0] for path in new} - {""} - wholes
        wholes = wholes | new
    return len({one.lower() for one in wholes}) == len(wholes)


def _path_problems(path: str, spelt: dict[str, str], reported: set[str]) -> Iterator[tuple[str, str]]:
    """Problems with hints; each folder's name is reported once."""
    # A character has at most four bytes.
    if len(path) > MAX_LENGTH // 4 and len(os.fsencode(path)) > MAX_LENGTH:
        # Its parts are not checked: a path of megabytes has too many.
        yield f"the path has more than {MAX_LENGTH:,} bytes", "use fewer folders, or shorter names"
        return
    at = 0
    while at >= 0:
        at = path.find("/", at + 1)
        whole = path if at < 0 else path[:at]
        if whole not in reported:
            reported.add(whole)
            name = whole.rpartition("/")[2]
            if problem := _name_problem(name):
                yield f"the name `{name}` {problem}", "rename it, and what refers to it"
            twin = spelt.setdefault(folded(whole), whole)
            if twin != whole:
                yield _twin_problem(whole, twin), "keep one of them: macOS and Windows hold only one"


def _twin_problem(path: str, other: str) -> str:
    if unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path):
        # They look alike: the difference has to be spelt out.
        name, twin = (ascii(each.rpartition("/")[2])[1:-1] for each in (path, other))
        return f"the name is there twice, with letters of other code points (NFC, NFD): {name}, {twin}"
    return f"`{path}` and `{other}` differ only in upper and lower case"


def _name_problem(name: str) -> str:
    """The problem with a name of a file or folder; empty if there is none."""
    if len(name) <= MAX_SEGMENT and _USUAL.fullmatch(name) and not _DEVICE.fullmatch(name):
        return ""
    if len(os.fsencode(name)) > MAX_SEGMENT:
        return f"has more than {MAX_SEGMENT} bytes"
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return "is not UTF-8"
    if unseen := [c for c in name if _is_unseen(c)]:
        return f"holds an invisible character (U+{ord(unseen[0]):04X})"
    if special := SPECIAL.intersection(name):
        return f"holds {' '.join(sorted(special))}, which Windows forbids"
    if name != name.strip(" ") or name.endswith("."):
        return "begins or ends with a space, or ends with a dot, which Windows drops"
    if name.casefold() == ".git":
        return "is git's own"
    if _DEVICE.fullmatch(name):
        return "is a device of Windows"
    if _SHORT.fullmatch(name):
        return "is how Windows shortens other names"
    return ""


def _is_unseen(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in _UNSEEN or (kind == "Zs" and character != " ") or ord(character) & 0xFFFE == 0xFFFE


def folded(path: str) -> str:
    """The form in which paths are equal for some system (Unicode 15, D145: canonical caseless)."""
    if path.isascii():
        return path.lower()
    decomposed = unicodedata.normalize("NFD", path)
    return unicodedata.normalize("NFD", decomposed.casefold())
