"""Asks one server's API for JSON and files: at a bounded rate, and again after a failure.

The token is sent to that server alone.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from deskpress.importers.platforms.opening import LARGEST_MEDIA
from deskpress.importers.platforms.public_web import Visit

LARGEST_ANSWER = 100_000_000
"""Bytes of an answer in JSON."""

MOST_BYTES = 100_000_000_000
"""Bytes that a download may bring in all, so that no server can fill the disk."""

SECONDS = 120
"""How long an answer may take altogether; a file may take `FILE_SECONDS`."""

FILE_SECONDS = 600
TRIES = 6
LONGEST_WAIT = 600
"""Seconds that a server may ask for before it is asked again."""


class DownloadFailedError(Exception):
    """The download ends here; says why and what to do."""


class NotThereError(DownloadFailedError):
    """The server has nothing at this address."""


def origin_of(url: str, *, token: bool = False) -> str:
    """The scheme and host of a URL, as in `https://desk.zendesk.com`. Raises `DownloadFailedError`."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = parts.hostname or ""
        found = f"{parts.scheme}://{parts.netloc.lower()}"
    except ValueError:
        host = found = ""
    if not host or "@" in found or not found.isprintable() or parts.scheme not in ("http", "https"):
        raise DownloadFailedError(f"`{url}` is not a valid URL; as in `https://desk.zendesk.com`")
    if token and parts.scheme == "http" and host not in ("localhost", "127.0.0.1", "::1"):
        raise DownloadFailedError(f"`{url}`: a token is sent by https alone; write `https://{host}`")
    return found


class Api:
    """The server at `origin`, as in `https://desk.zendesk.com`, asked at most `per_minute` times a minute.

    `authorization` is the header's value, or empty. `wait` and `now` are those of the clock.
    """

    def __init__(
        self,
        origin: str,
        authorization: str = "",
        per_minute: int = 200,
        *,
        say: Callable[[str], None] = lambda message: None,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.origin = origin
        self._headers = {"Authorization": authorization} if authorization else {}
        self._pause = 60 / per_minute
        self._say, self._wait, self._now = say, wait, now
        self._next = 0.0
        self._answered = False
        self._bytes = 0

    def json(self, address: str) -> dict[str, Any]:
        """What the server answers at an address of its own, below its root or whole.

        Raises `DownloadFailedError`.
        """
        data = self._get(address, LARGEST_ANSWER, SECONDS)
        try:
            answer = msgspec.json.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise DownloadFailedError(f"{self._url(address)}: the answer is not JSON: {error}") from None
        if not isinstance(answer, dict):
            raise DownloadFailedError(f"{self._url(address)}: the answer is not an object of JSON")
        return answer

    def file(self, address: str) -> bytes:
        """A file, which may lie on another server of the public web. Raises `DownloadFailedError`."""
        return self._get(address, LARGEST_MEDIA, FILE_SECONDS, elsewhere=True)

    def _url(self, address: str, *, elsewhere: bool = False) -> str:
        url = urljoin(f"{self.origin}/", address)
        if not elsewhere and not url.startswith(f"{self.origin}/"):
            raise DownloadFailedError(f"{url}: the next page is on another server than {self.origin}")
        return url

    def _get(self, address: str, largest: int, seconds: int, *, elsewhere: bool = False) -> bytes:
        url = self._url(address, elsewhere=elsewhere)
        why = ""
        for number in range(TRIES):
            self._keep_pace()
            try:
                data = self._once(url, largest, seconds)
            except urllib.error.HTTPError as error:
                self._answered = True
                why = f"the server answers {error.code}"
                error.close()
                if error.code in (401, 403):
                    raise DownloadFailedError(
                        f"{url}: {why}: the token is missing, or may not read this"
                    ) from None
                if error.code in (404, 410):
                    raise NotThereError(f"{url}: {why}") from None
                if error.code != 429 and error.code < 500:
                    raise DownloadFailedError(f"{url}: {why}") from None
                pause = _asked_for(error.headers.get("Retry-After"), number)
            except (OSError, http.client.HTTPException, ValueError) as error:
                why = str(getattr(error, "reason", None) or error) or type(error).__name__
                if not self._answered:
                    # Most likely the name is wrong, or the network is off.
                    raise DownloadFailedError(f"{self.origin} cannot be reached: {why}") from None
                pause = 2.0**number
            else:
                self._answered = True
                return data
            if number < TRIES - 1:
                self._say(f"{url}: {why}; asked again in {pause:.0f} s")
                self._wait(pause)
        raise DownloadFailedError(f"{url}: {why}, {TRIES} times")

    def _once(self, url: str, largest: int, seconds: int) -> bytes:
        own = urlsplit(self.origin)
        parts = urlsplit(url)
        # The name alone is not enough: the same server by http would get the token in the clear.
        is_own = (parts.scheme, parts.netloc.lower()) == (own.scheme, own.netloc)
        with Visit(seconds, named=own.netloc, headers=self._headers if is_own else {}) as visit:
            with visit.open(url) as answer:
                data: bytes = answer.read(largest + 1)
                rest = answer.length
            if visit.is_over:
                raise TimeoutError(f"it takes more than {seconds} s")
        if len(data) > largest:
            raise DownloadFailedError(f"{url}: it has more than {largest:,} bytes")
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise DownloadFailedError(f"{self.origin} sends more than {MOST_BYTES:,} bytes in all")
        if rest:
            raise ConnectionError("the server broke off")
        return data

    def _keep_pace(self) -> None:
        now = self._now()
        if now < self._next:
            self._wait(self._next - now)
        self._next = max(now, self._next) + self._pause


def _asked_for(header: str | None, number: int) -> float:
    """The seconds of `Retry-After` (RFC 9110 §10.2.3), or twice as many each time."""
    asked = (header or "").strip()
    if asked.isascii() and asked.isdecimal():
        return float(min(int(asked[:9]), LONGEST_WAIT))
    if header:
        try:
            at = parsedate_to_datetime(header).timestamp()
        except (ValueError, OverflowError):
            pass
        else:
            return min(max(at - time.time(), 1.0), LONGEST_WAIT)
    return 2.0**number
