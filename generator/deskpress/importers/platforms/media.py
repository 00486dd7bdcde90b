"""Pictures and other files of a source: found next to it, named, and copied once for each content."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from blake3 import blake3
from msgspec import Struct, field

from deskpress.importers.platforms.downloading import Downloads
from deskpress.importers.platforms.opening import LARGEST_MEDIA, Source, SourceError
from deskpress.model.address import cleaned
from deskpress.source.leftovers import leftover

FOLDER = "media"
"""Where files of imports lie below the content folder."""

_ENDINGS = frozenset(
    "apng avif bmp csv doc docx epub gif ico jpeg jpg key m4a m4v mov mp3 mp4 mpeg odp ods odt oga ogg ogv"
    " pages pdf png ppt pptx rtf svg tar tgz gz tif tiff txt wav webm webp xls xlsx xml zip 7z json".split()
)
"""Files that may be published beside texts; others (programs, pages) are not."""

_VARIANT = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
_DATA = re.compile(r"data:image/(png|jpe?g|gif|webp|avif);base64,(.*)", re.S | re.I)


class Media(Struct):
    """The files that documents show or link to. `found` are paths in the content by where they lie.

    `contents` tells which content stands at a path, by its digest.
    """

    source: Source
    content: Path
    folder: Path | None = None
    downloads: Downloads | None = None
    found: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    _suffixes: dict[str, list[str]] | None = None
    _beside: dict[str, list[str]] | None = None

    def local(self, target: str, beside: str = "") -> str:
        """The path in the content of a file that a target names; empty if it is not there.

        `beside` is the file of the source in which the target stands. Raises `SourceError`.
        """
        try:
            path = unquote(urlsplit(cleaned(target)).path)
        except ValueError:
            return ""
        if posixpath.splitext(path)[1].lower().removeprefix(".") not in _ENDINGS:
            return ""
        if self.source.folder is not None or self.source.packed:
            near = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path.lstrip("/")))
            inner = near if self.source.has(near) else self._by_suffix(self._in_source(), path)
            if inner:
                return self._put(inner, inner, lambda: self.source.read(inner, LARGEST_MEDIA))
        if self.folder is not None:
            inner = self._by_suffix(self._in_folder(), path)
            if inner:
                file = self.folder / inner
                return self._put(str(file), inner, lambda: _bounded(file))
        # WordPress makes smaller variants of pictures, `a-300x200.png`, which people seldom take along.
        whole = _VARIANT.sub("", path)
        return self.local(whole, beside) if whole != path else ""

    def embedded(self, target: str) -> str:
        """The path in the content of a picture that is written out in a target; empty if it is none."""
        found = _DATA.fullmatch(target)
        if found is None:
            return ""
        try:
            data = base64.b64decode(re.sub(r"\s|%0A", "", unquote(found[2])), validate=True)
        except (binascii.Error, ValueError):
            return ""
        name = f"picture-{blake3(data).hexdigest()[:8]}.{found[1].lower().replace('jpeg', 'jpg')}"
        return self._put(name, name, lambda: data)

    def add(self, name: str, data: bytes) -> str:
        """The path in the content of a file that a format holds within its documents."""
        return self._put(f"{name}:{blake3(data).hexdigest()}", name, lambda: data)

    def fetched(self, url: str) -> str:
        """The path in the content of a picture of the web. Raises `DownloadError`."""
        return self.downloads.get(url, self.add) if self.downloads is not None else ""

    def _put(self, where: str, path: str, read: object) -> str:
        if where not in self.found:
            data: bytes = read()  # type: ignore[operator]  # given above
            self.found[where] = self._placed(path, data)
        return self.found[where]

    def _placed(self, path: str, data: bytes) -> str:
        """The path for some bytes: a file that has them already, or one with a free name."""
        digest = blake3(data).hexdigest()
        stem, ending = posixpath.splitext(posixpath.basename(path))
        stem = re.sub(r"[^\w.-]+", "-", stem).strip("-._")[:80] or "file"
        ending = ending.lower()
        for name in (f"{stem}{ending}", f"{stem}-{digest[:8]}{ending}"):
            place = f"{FOLDER}/{name if leftover(name) is None else f'file-{digest[:8]}{ending}'}"
            there = self.contents.get(place)
            if there is None and (self.content / place).is_file():
                there = self.contents[place] = blake3((self.content / place).read_bytes()).hexdigest()
            if there is None:
                self.contents[place] = digest
                self.new[place] = data
                return place
            if there == digest:
                return place
        return place

    def take(self) -> dict[str, bytes]:
        """The files that are to be written, by path, and forget them."""
        new, self.new = self.new, {}
        return new

    def _by_suffix(self, listed: dict[str, list[str]], path: str) -> str:
        """The file whose path ends as this one does, with the most parts; empty if none has the same name."""
        parts = [part for part in path.split("/") if part and part != ".."]
        candidates = listed.get(parts[-1].lower(), []) if parts else []
        best, most = "", 0
        for one in candidates:
            other = one.split("/")
            same = 0
            for a, b in zip(reversed(parts), reversed(other), strict=False):
                if a.lower() != b.lower():
                    break
                same += 1
            if same > most:
                best, most = one, same
        whole = most >= min(len(parts), len(best.split("/"))) if best else False
        return best if most >= 2 or whole or len(candidates) == 1 else ""

    def _in_source(self) -> dict[str, list[str]]:
        if self._beside is None:
            self._beside = _by_name(self.source.names)
        return self._beside

    def _in_folder(self) -> dict[str, list[str]]:
        if self._suffixes is None:
            assert self.folder is not None
            listed = open_folder(self.folder)
            self._suffixes = _by_name(listed)
        return self._suffixes


def open_folder(folder: Path) -> list[str]:
    """The files of a folder of media, none that a link brings in from elsewhere. Raises `SourceError`."""
    from deskpress.importers.platforms.opening import open_source

    source = open_source(folder)
    if source.folder is None:
        raise SourceError(f"{folder}: a folder of media is a folder")
    return source.names


def _by_name(names: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(posixpath.basename(name).lower(), []).append(name)
    return found


def _bounded(file: Path) -> bytes:
    if file.stat().st_size > LARGEST_MEDIA:
        raise SourceError(f"{file}: more than {LARGEST_MEDIA:,} bytes")
    return file.read_bytes()
