"""A bucket of Amazon S3, or of any server with the same API, through boto3."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlsplit

from deskpress.model.diagnostic import printable
from deskpress.publish.builder import RemoteError
from deskpress.publish.deadlines import LateError, within
from deskpress.publish.inventory import MAX_READ

SCHEME = "s3://"
AT_ONCE = 1000
"""The most objects that one request may remove (S3 API, DeleteObjects)."""

ENTRY = 100
"""Bytes that a listing takes for each name besides the name."""

ATTEMPTS = 6
"""How often boto3 tries a request; it waits longer each time."""

WHOLE = 3600
"""Seconds for which one call may last: for the list of all objects, or for one object."""

MAX_ANSWER = 8_000_000
"""The most bytes of an answer that is no object: XML, of a thousand names of 1,024 bytes at most."""

T = TypeVar("T")

_TYPES = mimetypes.MimeTypes(filenames=())
"""Python's own types, not those of the machine."""

_TEXT = {
    "feed.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "opensearch.xml": "application/opensearchdescription+xml",
}
_ENDINGS = {
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
    ".gz": "application/gzip",
    ".svgz": "application/gzip",
}
"""Types that Python 3.11 does not know, or has wrong for this purpose."""


def type_of(path: str) -> str:
    """The media type of a file; our texts are UTF-8."""
    name = path.rpartition("/")[2]
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    known = _TEXT.get(name) or _ENDINGS.get(ending) or _TYPES.guess_type(name)[0]
    if known is None:
        return "text/plain; charset=utf-8" if "." not in name else "application/octet-stream"
    textual = known.startswith("text/") or known.endswith(("+xml", "/xml", "json", "javascript"))
    return f"{known}; charset=utf-8" if textual else known


@dataclass
class Bucket:
    """The objects of a bucket below `prefix`, which is empty or ends with a slash.

    Keys, regions and endpoints are those of boto3: `AWS_PROFILE`, `AWS_ENDPOINT_URL` and so on.
    """

    bucket: str
    prefix: str = ""
    workers: int = 16

    @property
    def name(self) -> str:
        """Its address."""
        return f"{SCHEME}{self.bucket}/{self.prefix}"

    @classmethod
    def at(cls, address: str) -> Bucket:
        """The bucket of `s3://NAME/PREFIX`. Raises `RemoteError`."""
        parts = urlsplit(address)
        if not parts.netloc or parts.query or parts.fragment or "@" in parts.netloc:
            raise RemoteError(f"`{address}` names no bucket: s3://NAME or s3://NAME/FOLDER")
        folder = parts.path.strip("/")
        return cls(parts.netloc, f"{folder}/" if folder else "")

    @cached_property
    def _client(self) -> Any:
        try:
            import boto3
            from botocore.config import Config
        except ImportError:
            raise RemoteError("s3:// needs boto3: pip install 'deskpress[s3]'") from None
        retries = {"mode": "standard", "total_max_attempts": ATTEMPTS}
        with _told(self.bucket):
            config = Config(retries=retries, max_pool_connections=self.workers)
            client = boto3.client("s3", config=config)
        _bound_answers(client, self.name)
        return client

    def files(self) -> dict[str, str]:
        """The objects with their entity tags."""
        return self._within(self._listed)

    def _listed(self) -> dict[str, str]:
        found: dict[str, str] = {}
        size = 0
        client = self._client
        with _told(self.bucket):
            pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
            for page in pages:
                for listed in page.get("Contents", ()):
                    key = listed.get("Key", "")
                    # A key that ends with a slash stands for a folder: consoles create such.
                    if key and not key.endswith("/"):
                        found[key.removeprefix(self.prefix)] = listed.get("ETag", "").strip('"')
                    size += len(key) + ENTRY
                    if size > MAX_READ:
                        raise RemoteError(f"{self.name} lists more names than a site can have")
        return found

    def mark(self, data: bytes) -> str:
        """The entity tag that S3 gives to a file uploaded in one part: its MD5.

        Buckets with customer-managed keys (SSE-KMS) use others; there, everything is sent each time.
        """
        return hashlib.md5(data, usedforsecurity=False).hexdigest()

    def read(self, path: str) -> bytes | None:
        """An object; None if there is none, or it is larger than the limit."""
        return self._within(lambda: self._read(path))

    def _read(self, path: str) -> bytes | None:
        client = self._client
        with _told(self.bucket):
            try:
                body = client.get_object(Bucket=self.bucket, Key=self.prefix + path)["Body"]
                found: bytes = body.read(MAX_READ + 1)
            except client.exceptions.NoSuchKey:
                return None
        return found if len(found) <= MAX_READ else None

    def put(self, path: str, data: bytes) -> None:
        """Write an object; readers see the old one until the new one is complete."""
        key, type_ = self.prefix + path, type_of(path)
        client = self._client

        def put() -> None:
            with _told(self.bucket):
                client.put_object(Bucket=self.bucket, Key=key, Body=data, ContentType=type_)

        self._within(put)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects."""
        self._within(lambda: self._remove(paths))

    def _remove(self, paths: Sequence[str]) -> None:
        client = self._client
        for start in range(0, len(paths), AT_ONCE):
            keys = [{"Key": self.prefix + path} for path in paths[start : start + AT_ONCE]]
            with _told(self.bucket):
                done = client.delete_objects(Bucket=self.bucket, Delete={"Objects": keys, "Quiet": True})
            if failed := done.get("Errors"):
                told = printable(f"{failed[0].get('Key', '')}: {failed[0].get('Message', '')}")
                raise RemoteError(f"s3://{self.bucket}: {told}")

    def _within(self, call: Callable[[], T]) -> T:
        """What a call returns or raises. Raises `RemoteError` after `WHOLE` seconds; it is not waited for.

        boto3 bounds the silence between two parts of an answer, and neither all of it nor the number of
        answers.
        """
        try:
            return within(WHOLE, call)
        except LateError:
            raise RemoteError(f"{self.name} has not finished within {WHOLE:,} s") from None


class _Bounded:
    """urllib3's response to `name`, of which no more than `MAX_ANSWER` bytes are taken as a whole."""

    def __init__(self, raw: Any, name: str) -> None:
        self._raw, self._name = raw, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)

    def stream(self, *given: Any, **named: Any) -> Iterator[bytes]:
        """As urllib3's. Raises `RemoteError`."""
        size = 0
        for chunk in self._raw.stream(*given, **named):
            size += len(chunk)
            if size > MAX_ANSWER:
                raise RemoteError(f"{self._name} answers with more than S3 does")
            yield chunk


def _bound_answers(client: Any, name: str) -> None:
    """Bound what is read of the answers to a client's requests; objects are streams, and read in parts."""
    from botocore.awsrequest import AWSResponse
    from botocore.exceptions import ConnectionClosedError
    from urllib3.exceptions import HTTPError

    def send(request: Any, **_: Any) -> Any:
        is_stream, request.stream_output = request.stream_output, True
        raw = client._endpoint.http_session.send(request)
        answer = AWSResponse(raw.url, raw.status_code, raw.headers, _Bounded(raw.raw, name))
        if not is_stream:
            try:
                _ = answer.content  # it is read here, where boto3 tries again
            except HTTPError as error:
                raise ConnectionClosedError(error=error, request=request, endpoint_url=request.url) from None
        return answer

    client.meta.events.register("before-send.s3", send)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Report boto3's error in one line."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise RemoteError(f"s3://{name}: {error}") from None
