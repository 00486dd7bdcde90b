"""Files in the content folder that are not meant to be published: leftovers of programs, misnamed documents.

They are left out of the site, with a warning. Names are compared without regard to case. A document under
another name is recognised by that name (`a.md.txt`) or by the front matter at its beginning: a draft must not
become available as a download.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from msgspec import Struct

from deskpress.model.document import MARKDOWN
from deskpress.model.patterns import lazy_pattern

PATTERNS = {
    # Emacs, Vim, nano and others keep the former version, or unsaved changes, next to a file.
    "*~": "a backup that an editor made",
    "#*#": "an unsaved version that an editor kept",
    ".#*": "a lock that an editor made",
    "*.sw[op]": "an unsaved version that an editor kept",
    ".*.sw[a-z]": "an unsaved version that an editor kept",
    "*.kate-swp": "an unsaved version that an editor kept",
    "*.autosave": "an unsaved version that an editor kept",
    "*.save": "an unsaved version that an editor kept",
    "*.save.[0-9]*": "an unsaved version that an editor kept",
    # LibreOffice and Microsoft Office, while a file is open.
    "~$*": "a lock that an office program made",
    ".~lock.*": "a lock that an office program made",
    "~wr[ldac][0-9]*.*": "a temporary file of an office program",
    # Backups and partial copies, by any program.
    "*.bak": "a backup",
    "*.bak[0-9]*": "a backup",
    "*.bck": "a backup",
    "*.backup": "a backup",
    "*.old": "a backup",
    "*.tmp": "a temporary file",
    "*.temp": "a temporary file",
    "*.part": "a download that is not complete",
    "*.partial": "a download that is not complete",
    "*.crdownload": "a download that is not complete",
    # Merges, patches and programs that synchronise folders between machines.
    "*.orig": "a version that a merge left",
    "*.rej": "a part of a patch that could not be applied",
    "*.mine": "a version that a merge left",
    "*.sync-conflict-*": "a version that two machines did not agree on",
    "*conflicted copy*": "a version that two machines did not agree on",
    # Operating systems.
    "thumbs.db": "a file that the operating system made",
    "ehthumbs.db": "a file that the operating system made",
    "desktop.ini": "a file that the operating system made",
    "__macosx": "a folder that the operating system made",
}
"""Patterns of names, as in the shell, in lower case, with a description of such a file or folder."""

FILES = {
    # Vim creates a file of this name to test whether it can, and adds 123 if it exists.
    "4913": "a test file that an editor made",
    "5036": "a test file that an editor made",
    "5159": "a test file that an editor made",
}
"""Patterns for files only, not folders."""

OPAQUE = frozenset(
    "avif bmp eot flac gif heic ico jpeg jpg m4a mkv mov mp3 mp4 ogg otf pdf png tif tiff ttf wav webm webp"
    " woff woff2 yaml yml".split()
)
"""Extensions of files that are not read: pictures, media, fonts, and YAML, which begins like front matter."""

EXPORTS = frozenset("avif epub gif jpeg jpg pdf png svg webp".split())
"""Extensions of formats that readers use: `guide.md.pdf` is not a copy of its text."""

LOOKED_AT = 65_536
"""Bytes at the beginning of a file that are searched for front matter."""

_DOCUMENT = lazy_pattern(r"(?<=.)\.(?:md|markdown|mdown|mkdn|mkd)(?![a-z0-9])", re.I)
"""Where the extension of a document is in a name: not in `sum.md5`."""

_MERGE = lazy_pattern(r".+_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(?:\.[^.]*)?")
"""How `git mergetool` names its versions, in capitals only: `knowledge_base_2.png` is a picture."""

_ENDINGS = {pattern[2:]: what for pattern, what in PATTERNS.items() if re.fullmatch(r"\*\.[\w-]+", pattern)}
_OTHERS = {pattern: what for pattern, what in PATTERNS.items() if pattern[2:] not in _ENDINGS}
"""The patterns that are more than an extension."""

_PART = lazy_pattern(
    "|".join(sorted({re.escape(max(re.split(r"[*?]|\[.*?\]", name), key=len)) for name in _OTHERS}))
)
"""The longest literal part of each of them."""

USUAL = lazy_pattern(r"[A-Za-z0-9-]+(?:\.\d[A-Za-z0-9-]*)*\.(?:md|png|jpe?g|webp)")
"""Names of files without any of the above, and without any other fault.

This test takes a tenth of the time, and there may be ten thousand. What is between two dots begins with a
digit, as in a version number.
"""


class Leftover(Struct, frozen=True):
    """The message about a file or folder that is left out, and the hint."""

    problem: str
    hint: str


def leftover(name: str, *, folder: bool = False) -> Leftover | None:
    """Why the file or folder of this name is left out; None if it is not."""
    if USUAL.fullmatch(name):
        return None
    lowered = name.lower()
    what = _ENDINGS.get(lowered.rpartition(".")[2], "") if "." in lowered else ""
    if _PART.search(lowered):
        what = next((other for pattern, other in _OTHERS.items() if fnmatchcase(lowered, pattern)), what)
    if not folder:
        what = what or FILES.get(lowered, "")
        if "_" in name and _MERGE.fullmatch(name):
            what = "a version that a merge left"
    if what:
        hint = "delete it, or give it another name if readers are to have it"
        return Leftover(f"this is {what}: it is not published", hint)
    if folder or name.endswith(MARKDOWN) or lowered.rpartition(".")[2] in EXPORTS:
        return None
    if not _DOCUMENT.search(name):
        return None
    problem = "this is not read as a document, because its name does not end in .md: it is not published"
    return Leftover(problem, _rename(name))


def misnamed(name: str, path: str) -> Leftover | None:
    """Why the file at `path`, not a document by its `name`, is left out because of its content; else None.

    Raises `OSError`.
    """
    if name.lower().rpartition(".")[2] in OPAQUE:
        return None
    with open(path, "rb", buffering=0) as file:
        data = file.read(LOOKED_AT)
    # Imported late: compiling its patterns takes longer than testing ten thousand names.
    from deskpress.source.misplaced import begins_with_front_matter

    if not begins_with_front_matter(data):
        return None
    problem = (
        "this begins with front matter, but is not read as a document, because its name does not end in .md:"
        " it is not published"
    )
    return Leftover(problem, _rename(name))


def _rename(name: str) -> str:
    found = _DOCUMENT.search(name)
    stem = name[: found.start()] if found else name.rpartition(".")[0] or name
    return f"rename it to `{stem}.md`, or delete it"
