"""Connections to the public web only, for a limited time.

An export may contain any address, including those of this machine and its network. A name is resolved once,
and the checked address is the one that is connected to: a name that resolves differently the next time (DNS
rebinding) gains nothing.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import threading
import urllib.request
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

SECONDS = 30
"""How long a host may keep silent."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that a network leads on to the one of version 4 in their last bytes (RFC 6052 §2.1)."""


class NotPublicError(OSError):
    """An address must not be requested; the text says why."""


def is_public(address: str) -> bool:
    """Whether an IP address, in text, is one of the public web; what it leads on to counts, too."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        within = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            within = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return found.is_global and not found.is_multicast


def check_scheme(url: str) -> None:
    """Raise `NotPublicError` for an address outside of the public web."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotPublicError("it is not an address of the web")


class Visit:
    """Opens an address, and what it leads on to; all of it is over after so many `seconds` on the clock.

    A host that sends a byte now and then would never be done otherwise. `named` is a host, with its port if
    it has one, that the user named: it may be in a network of the user's, and it alone gets `headers`.
    """

    def __init__(self, seconds: float, named: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.is_over = False
        self.named = named.lower()
        self.headers = dict(headers or {})
        self._connections: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        self._timer.join()
        for connection in self._connections:
            connection.close()

    def open(self, url: str) -> Any:
        """The answer, as `urlopen` gives it. Raises `OSError`, `HTTPException` or `ValueError`."""
        check_scheme(url)
        own = self.headers if urlsplit(url).netloc.lower() == self.named else {}
        headers = {"User-Agent": "deskpress-import", **own}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310  # checked
        plain, secure = _Plain(), _Secure()
        plain.visit = secure.visit = self
        # No proxy: it would connect to what nobody here has looked at.
        opener = urllib.request.build_opener(
            plain, secure, _Redirects(self.headers), urllib.request.ProxyHandler({})
        )
        return opener.open(request, timeout=SECONDS)

    def connect(self, place: tuple[str, int], timeout: float, *_: object) -> socket.socket:
        """A connection to a host and port, as `socket.create_connection` makes one. Raises `OSError`."""
        host, port = place
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        if not found or not (self._is_named(host, port) or all(is_public(str(one[4][0])) for one in found)):
            raise NotPublicError(f"`{host}` is not on the public web")
        failure: OSError | None = None
        for family, kind, protocol, _name, address in found:
            if self.is_over:
                break
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(timeout)
                connection.connect(address)
            except OSError as error:
                connection.close()
                failure = error
                continue
            # The same connection once more: TLS takes the other over.
            self._connections.append(connection.dup())
            return connection
        raise failure or TimeoutError

    def _is_named(self, host: str, port: int) -> bool:
        named = urlsplit(f"//{self.named}")
        return bool(self.named) and host.lower() == named.hostname and port == (named.port or port)

    def _end(self) -> None:
        self.is_over = True
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects; what was sent to one server, such as a token, is sent to no other."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        check_scheme(newurl)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if request is not None and (old.scheme, old.netloc.lower()) != (new.scheme, new.netloc.lower()):
            for name in self._headers:
                request.remove_header(name.capitalize())
        return request


class _Plain(urllib.request.HTTPHandler):
    visit: Visit

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **options: Any) -> http.client.HTTPConnection:
            made = http.client.HTTPConnection(host, **options)
            made._create_connection = self.visit.connect  # type: ignore[attr-defined]  # the only way in
            return made

        return self.do_open(connection, req)


class _Secure(urllib.request.HTTPSHandler):
    visit: Visit

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **options: Any) -> http.client.HTTPSConnection:
            made = http.client.HTTPSConnection(host, **options)
            made._create_connection = self.visit.connect  # type: ignore[attr-defined]  # as above
            return made

        return self.do_open(connection, req)
