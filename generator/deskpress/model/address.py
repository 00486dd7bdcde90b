"""Addresses below the site's root: relative, with slashes, as a person writes them (not quoted)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

MAX_SEGMENT = 240
"""Bytes that a part of an address may take; file systems stop at 255."""

MAX_LENGTH, MAX_PARTS = 1000, 50
"""Bytes and parts of a whole address; systems stop at 4,096 bytes, the folder of the site included."""

COMPRESSED = frozenset(".br .bz2 .compress .deflate .gz .lz .lz4 .lzma .xz .z .zst".split())
"""Endings of compressed files. Servers send `a.gz` in place of `a` to whoever understands it (nginx's
`gzip_static`, Caddy's `precompressed`), so that the one is the other's content."""

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "sms", "geo", "irc", "ircs", "xmpp", "magnet"})
"""Where a link may lead besides the site itself."""

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")

# One way to match only: single marks between runs of letters and digits.
_PLAIN = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*/?")
_SAFE = "/:@!$&'()*+,;=~-._"


def problem_of(address: str) -> str:
    """Why `address` cannot be one inside the site; empty if it can."""
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
    """The file in whose place servers may send the one at `path`; empty if there is none."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and f".{ending.lower()}" in COMPRESSED else ""


def forbidden_scheme(target: str) -> str:
    """The scheme of a target that runs something or leads astray, `javascript`; empty if there is none."""
    found = _SCHEME.match(target)
    return found[1] if found and found[1].lower() not in SCHEMES else ""


@lru_cache(maxsize=50_000)
def href(address: str) -> str:
    """`address` as it stands in HTML and feeds: percent-encoded, without a leading slash."""
    return quote(address, safe=_SAFE)
