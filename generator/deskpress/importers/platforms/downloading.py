"""Pictures that an export only names are fetched from where they are, with `--download`.

From the public web only: an export may name any address, those of this machine and its network, too. What was
fetched once is not asked for again.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import posixpath
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from deskpress.app.content_files import read_text, write_text
from deskpress.importers.platforms.opening import LARGEST_MEDIA
from deskpress.importers.platforms.state import FOLDER

SECONDS = 30
"""How long a host may keep silent."""

MOST_FAILURES = 20
"""Files of one host that cannot be had; then it is asked no more."""

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


class DownloadError(Exception):
    """A file cannot be fetched; says why."""


def is_public(host: str) -> bool:
    """Whether all addresses of a host are of the public web."""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one[4][0]).is_global for one in found)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to where files may be fetched from."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DownloadError("it is no address of the web")
    if not is_public(parts.hostname):
        raise DownloadError(f"`{parts.hostname}` is not on the public web")


class Downloads(Struct):
    """Files by their addresses: those that were fetched before, and new ones."""

    root: Path
    content: Path
    known: dict[str, str] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

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
        try:
            name, data = fetch(url)
        except DownloadError:
            self.failures[host] = self.failures.get(host, 0) + 1
            raise
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
    try:
        _check(url)
        opener = urllib.request.build_opener(_Redirects(), urllib.request.ProxyHandler({}))
        request = urllib.request.Request(url, headers={"User-Agent": "deskpress-import"})  # noqa: S310  # checked
        with opener.open(request, timeout=SECONDS) as answer:
            data = answer.read(LARGEST_MEDIA + 1)
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        raise DownloadError(f"the server answers {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise DownloadError(str(error)) from None
    if len(data) > LARGEST_MEDIA:
        raise DownloadError(f"it has more than {LARGEST_MEDIA:,} bytes")
    ending = _TYPES.get(kind, "")
    if not ending:
        raise DownloadError(f"it is no picture, film or sound, but `{kind}`")
    name = posixpath.basename(unquote(urlsplit(url).path)) or "file"
    stem, own = posixpath.splitext(name)
    same = own.lower() == ending or (ending == ".jpg" and own.lower() == ".jpeg")
    return (name if same else f"{stem}{ending}"), data
