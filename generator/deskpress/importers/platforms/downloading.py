"""Downloads pictures that an export only links to, with `--download`.

From the public web only (`public_web`). Downloaded files are not requested again.
"""

from __future__ import annotations

import http.client
import json
import posixpath
import urllib.error
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from deskpress.app.content_files import read_text, write_text
from deskpress.importers.platforms.opening import LARGEST_MEDIA
from deskpress.importers.platforms.public_web import Visit
from deskpress.importers.platforms.state import FOLDER

ALTOGETHER = 600
"""Seconds on the clock that a file may take."""

MOST_BYTES = 8_000_000_000
"""The most bytes that an import downloads."""

MOST_FAILURES = 20
"""Failed files of one host after which it is skipped."""

_TYPES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
    "video/mp4": ".mp4",
    "audio/mpeg": ".mp3",
    "application/pdf": ".pdf",
}

_TOO_SLOW = f"it takes more than {ALTOGETHER} s"


class DownloadError(Exception):
    """A file cannot be downloaded; the text says why."""


class Downloads(Struct):
    """Files by their addresses: those that were fetched before, and new ones."""

    root: Path
    content: Path
    known: dict[str, str] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    size: int = 0

    @classmethod
    def load(cls, root: Path, content: Path) -> Downloads:
        """What was fetched before; what cannot be read is fetched again."""
        file = root / FOLDER / "downloads.json"
        try:
            known = {str(key): str(path) for key, path in json.loads(read_text(file)).items()}
        except (OSError, ValueError, AttributeError):
            known = {}
        return cls(root, content, known)

    def get(self, url: str, put: Callable[[str, bytes], str]) -> str:
        """The path of a file in the content; `put` gives one to what is new. Raises `DownloadError`."""
        path = self.known.get(url, "")
        if path and (self.content / path).is_file():
            return path
        host = urlsplit(url).hostname or ""
        if self.failures.get(host, 0) >= MOST_FAILURES:
            raise DownloadError(f"`{host}` was asked {MOST_FAILURES} times in vain")
        if self.size > MOST_BYTES:
            raise DownloadError(f"an import fetches {MOST_BYTES:,} bytes: the next one goes on")
        try:
            name, data = fetch(url)
        except DownloadError:
            self.failures[host] = self.failures.get(host, 0) + 1
            raise
        self.size += len(data)
        self.known[url] = put(name, data)
        return self.known[url]

    def save(self) -> None:
        """Remember what was fetched. Raises `OSError`."""
        file = self.root / FOLDER / "downloads.json"
        text = json.dumps(dict(sorted(self.known.items())), indent=0, ensure_ascii=False) + "\n"
        if self.known and not (file.is_file() and read_text(file) == text):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_text(file, text)


def fetch(url: str) -> tuple[str, bytes]:
    """The name and the bytes of a file. Raises `DownloadError`."""
    with Visit(ALTOGETHER) as visit:
        try:
            with visit.open(url) as answer:
                data = answer.read(LARGEST_MEDIA + 1)
                kind = answer.headers.get_content_type()
                # Python tells of a body that breaks off only where all of it is asked for.
                rest = answer.length
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise DownloadError(_TOO_SLOW if visit.is_over else _reason(error)) from None
        if visit.is_over:
            raise DownloadError(_TOO_SLOW)
    if len(data) > LARGEST_MEDIA:
        raise DownloadError(f"it has more than {LARGEST_MEDIA:,} bytes")
    if rest:
        raise DownloadError("the server broke off")
    ending = _TYPES.get(kind, "")
    if not ending:
        raise DownloadError(f"it is not a picture, film or sound, but `{kind}`")
    name = posixpath.basename(unquote(urlsplit(url).path)) or "file"
    stem, own = posixpath.splitext(name)
    same = own.lower() == ending or (ending == ".jpg" and own.lower() == ".jpeg")
    return (name if same else f"{stem}{ending}"), data


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answers {error.code}"
    return str(error.reason if isinstance(error, urllib.error.URLError) else error)
