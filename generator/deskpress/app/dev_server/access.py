"""Which requests the server of `deskpress serve` answers.

A page of another site may resolve its name to this machine after it was loaded (DNS rebinding); for the
browser it then has the same origin as this server, and could read drafts. The name is in `Host` (RFC 9110
§7.2), so only names that belong to this machine are answered.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from msgspec import Struct

_NAME = re.compile(r"(?:\*\.)?(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_AUTHORITY = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_.-]{1,253})(?::([0-9]{1,5}))?")
"""A host and a port as in `Host`, in lower case; None for user names and the like."""

_HTTP, _HTTPS = 80, 443


def host_problem(name: str) -> str:
    """Why `name` is not valid as a host; empty if it is."""
    if _ip(name.strip("[]")) or (len(name) <= 253 and _NAME.fullmatch(name.lower())):
        return ""
    return "it must be a name or an address without a port, as in `desk.example` or `*.desk.example`"


def split_address(text: str) -> tuple[str, int]:
    """`HOST:PORT` as its parts; an IPv6 address is in brackets. Raises `ValueError`."""
    host, _, port = text.rpartition(":")
    inner = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not inner or (":" in inner and inner == host) or not port.isdecimal() or int(port) > 65535:
        raise ValueError(f"{text!r} is not HOST:PORT")
    return inner, int(port)


def in_url(host: str) -> str:
    """A host as it is written in a URL."""
    return f"[{host}]" if ":" in host else host


class Access(Struct, frozen=True):
    """The allowed hosts: `served` is that of the server's address, `allowed` are more names, at any port."""

    served: str
    port: int
    allowed: tuple[str, ...] = ()
    machine: str = ""

    def admits(self, authority: str, local: str, *, secure: bool = False) -> bool:
        """Whether a request to `authority` (`Host`) that arrived at the address `local` is answered.

        The default port is that of the scheme, `secure` or not.
        """
        found = _AUTHORITY.fullmatch(authority.lower())
        if not found:
            return False
        name = found[1].strip("[]").removesuffix(".")
        port = int(found[2] or (_HTTPS if secure else _HTTP))
        return self._is_allowed(name) or (port == self.port and self._is_own(name, local))

    def admits_origin(self, origin: str, local: str) -> bool:
        """Whether `origin` (RFC 6454 §7) is that of a page from this server."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.scheme not in ("http", "https") or f"{parts.scheme}://{parts.netloc}" != origin:
            return False
        return self.admits(parts.netloc, local, secure=parts.scheme == "https")

    def refusal(self, authority: str) -> str:
        """The message for a refused `authority`."""
        shown = "".join(c for c in authority[:100] if c.isascii() and c.isprintable())
        own = f"http://{in_url(self.served)}:{self.port}/ and http://localhost:{self.port}/"
        found = _AUTHORITY.fullmatch(authority.lower())
        name = found[1].strip("[]") if found and not host_problem(found[1]) else "NAME"
        return (
            f"Not answered: {shown or 'a request without a host'}. This server answers {own};"
            f" for another name begin it with --allow-host {name}"
        )

    def _is_allowed(self, name: str) -> bool:
        return any(
            name.endswith(one[1:]) if one.startswith("*.") else _same(name, one)
            for one in map(str.lower, self.allowed)
        )

    def _is_own(self, name: str, local: str) -> bool:
        if name == "localhost" or name.endswith(".localhost"):  # RFC 6761 §6.3: resolved by browsers
            return True
        address = _ip(name)
        if address and address.is_loopback:
            return True
        if _same(name, self.served.lower()):
            return True
        if _is_loopback(self.served):
            return False
        # Served to others, too: by the machine's name, and at any of its addresses.
        machine = self.machine.lower()
        return _same(name, local) or (machine != "" and name in (machine, f"{machine}.local"))


def make_access(host: str, port: int, allowed: tuple[str, ...] = ()) -> Access:
    """The access to a server on this machine."""
    return Access(host, port, allowed, socket.gethostname())


def _is_loopback(host: str) -> bool:
    address = _ip(host)
    return address.is_loopback if address else host.lower() == "localhost"


def _same(name: str, other: str) -> bool:
    address = _ip(name)
    return name == other or (address is not None and address == _ip(other.strip("[]")))


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address in `text`; an IPv4 address mapped to IPv6 as the former."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address
