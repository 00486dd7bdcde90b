"""Addresses below the site's root: relative, with slashes, as a person writes them (not quoted).

Also targets: what a link in content leads to, which may be another site. Only this module checks them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import quote

MAX_SEGMENT = 240
"""The most bytes in a part of an address; file systems stop at 255."""

MAX_LENGTH, MAX_PARTS = 1000, 50
"""The most bytes and parts of a whole address; systems stop at 4,096 bytes, including the site's folder."""

COMPRESSED = frozenset(".br .bz2 .compress .deflate .gz .lz .lz4 .lzma .xz .z .zst".split())
"""Extensions of compressed files. Servers send `a.gz` in place of `a` to clients that accept it (nginx's
`gzip_static`, Caddy's `precompressed`), so that one file would become the content of the other."""

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "sms", "geo", "irc", "ircs", "xmpp", "magnet"})
"""Schemes that a link may have."""

_AROUND = "".join(map(chr, range(0x21)))
"""C0 controls and the space, which URL parsers drop at both ends."""
_WITHIN = str.maketrans("", "", "\t\n\r")
_BEFORE_PATH = re.compile(r"[^/\\?#]*")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")

# One way to match only: single marks between runs of letters and digits.
_PLAIN = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*/?")
_SAFE = "/:@!$&'()*+,;=~-._"


def problem_of(address: str) -> str:
    """Why `address` is not valid inside the site; empty if it is."""
    if address.count("/") > MAX_PARTS or len(address.encode(errors="replace")) > MAX_LENGTH:
        return f"has more than {MAX_PARTS} parts or {MAX_LENGTH:,} bytes"
    if _PLAIN.fullmatch(address) and len(address) <= MAX_SEGMENT:
        return ""
    if not address.strip():
        return "is empty"
    if any(not c.isprintable() for c in address):
        return "holds a control character"
    if "\\" in address:
        return "holds a backslash"
    if any(c in address for c in '?#%"<>|*'):
        return 'holds one of ? # % " < > | *'
    parts = address.removesuffix("/").split("/")
    if address.startswith("/") or not all(parts):
        return "is absolute or has an empty part"
    if any(part in (".", "..") for part in parts):
        return "leaves the site"
    if any(part.startswith(".") and part != ".well-known" for part in parts):
        return "has a part that begins with a dot, which servers hide"
    if any(part != part.strip() for part in parts):
        return "has a part that no server can show"
    if any(len(part.encode(errors="replace")) > MAX_SEGMENT for part in parts):
        return f"has a part longer than {MAX_SEGMENT} bytes"
    return ""


def uncompressed(path: str) -> str:
    """The file that servers may replace with the one at `path`; empty if there is none."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending.lower()}" in COMPRESSED else ""


PLAIN = ("https://", "http://")
"""How nearly all targets in other sites begin: a quick test for the common case."""

_ALLOWED = (*PLAIN, "#", "/")
"""Beginnings of targets that are always allowed, whatever follows."""


def cleaned(target: str) -> str:
    """`target` as browsers read it: without what the basic URL parser drops first.

    That is C0 controls and spaces at both ends, and each tab and newline within (WHATWG URL Standard §4.4,
    steps 1 to 3 of the basic URL parser).
    """
    text = target.strip(_AROUND)
    # `translate` takes ten times as long, and each page has some links.
    return text if text.isprintable() else text.translate(_WITHIN)


def is_elsewhere(target: str) -> bool:
    """Whether a target names another site: it has a scheme, or begins with two slashes.

    Browsers take a backslash for a slash there (WHATWG URL Standard §4.4, "special authority slashes state").
    """
    return target.startswith(PLAIN) or _ELSEWHERE.match(cleaned(target)) is not None


def forbidden_scheme(target: str) -> str:
    """The scheme of a target that is not allowed, such as `javascript`; empty if the target may be linked to.

    Everything before a colon in front of the path is taken for a scheme (RFC 3986 §4.2: the first part of
    a relative reference holds no colon), and only `SCHEMES` are allowed. Both the text and its decoded
    character references are checked: feed readers may decode them once more.
    """
    if target.startswith(_ALLOWED):
        return ""
    for text in (target, unescape(target)) if "&" in target else (target,):
        scheme, colon, _ = _before_path(text).partition(":")
        if colon and scheme.lower() not in SCHEMES:
            return scheme
    return ""


def _before_path(text: str) -> str:
    found = _BEFORE_PATH.match(cleaned(text))
    return found[0] if found else ""


@lru_cache(maxsize=50_000)
def href(address: str) -> str:
    """`address` as it is written in HTML and feeds: percent-encoded, without a leading slash.

    A colon in the first part, too: what is before it would be taken for a scheme (RFC 3986 §4.2).
    """
    first, slash, rest = address.partition("/")
    if ":" in first:
        return quote(first, safe=_SAFE.replace(":", "")) + slash + quote(rest, safe=_SAFE)
    return quote(address, safe=_SAFE)
