"""The lists of old addresses that web servers and static hosts read, each in its own format.

Every list is made from addresses below the site's root, not encoded, and from the path of the site on its
host (`/`, `/sub/`). New addresses are percent-encoded down to letters, digits and `-._~/` (RFC 3986 §2.3):
none of the readers gives these a meaning of its own, so no variable, placeholder or comment can come out of
an editor's text. Old addresses are written as each reader compares them.

Addresses that `problem_of` refuses are left out: they cannot have been published, and could lead elsewhere
(`//host`, `\\host`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from deskpress.model.address import problem_of

Move = tuple[str, str]
"""An old address and the new one."""

LONGEST_KEY = 2000
"""Bytes of an old path in nginx's maps; the manual's page `server` gives a bucket of the hash 4,096, an entry
included."""

LONGEST_TOKEN = 4000
"""Bytes of a word in nginx's files, which are read through a buffer of 4,096 (`NGX_CONF_BUFFER`)."""

_AS_SENT = "/!$&'()+,;=@[]~-._"
"""Characters that browsers leave as they are in a path (WHATWG URL), except `:` and `*`."""


def nginx_redirects(moves: Iterable[Move], base: str) -> bytes:
    """`redirects.map`, for `map $uri $deskpress_target { include …; }`.

    A line is a source and a value, quoted, with a semicolon (ngx_http_map_module, 1.22). Between double
    quotes only `\\"` and `\\\\` are escapes, and nothing escapes a `$`: a variable in a source is text, in
    a value it is replaced. So values are percent-encoded, which `Location` wants anyway, and sources are
    what `$uri` holds: decoded, with single slashes. They begin with a slash, so none is `default`,
    `hostnames`, `include`, `volatile`, or a regular expression (`~`). nginx compares without regard to the
    case of ASCII letters, and refuses to start when two sources are equal in that sense: the first of them
    is written.
    """
    lines = (f"{key} {_quoted(_location(base, new))};" for key, new in _nginx(_both(moves), base))
    return _listed("nginx: map $uri $deskpress_target { include redirects.map; }", lines)


def nginx_gone(gone: Iterable[str], base: str) -> bytes:
    """`gone.map`, for `map $uri $deskpress_gone { include …; }`; the grammar of `nginx_redirects`."""
    lines = (f"{key} 1;" for key, _ in _nginx(((address, "") for address in gone), base))
    return _listed("nginx: map $uri $deskpress_gone { include gone.map; }", lines)


def caddy(moves: Iterable[Move], gone: Iterable[str], base: str) -> bytes:
    """`redirects.caddy`, for `map {path} {deskpress_target} {deskpress_gone} { import … }`.

    A line is an input and two outputs; `-` is none (Caddyfile, directive `map`, 2.6). Between double quotes
    only `\\"` is an escape. `{$NAME}`, `{args.0}` and short names of placeholders such as `{path}` are
    replaced in every word, quoted or not, before it is looked at: an input with a brace is therefore
    written as a regular expression (a word that begins with `~`; RE2) in which braces are `\\x7b` and
    `\\x7d`. `{path}` holds the path decoded; it is compared with regard to case, and the first of two equal
    inputs counts.
    """
    moved = (f"{_caddy_input(base, old)} {_quoted(_location(base, new))} -" for old, new in _both(moves))
    lost = (f"{_caddy_input(base, address)} - gone" for address in sorted(set(gone)) if _sane(address))
    comment = "Caddy: map {path} {deskpress_target} {deskpress_gone} { import redirects.caddy }"
    return _listed(comment, (*moved, *lost))


def static_hosts(moves: Iterable[Move], base: str) -> bytes:
    """`_redirects`, as Netlify, Cloudflare Pages and GitLab Pages read it.

    A line is a path, a path and a status, with white space between; a word that begins with `#` begins a
    comment, `*` is a wildcard, and `:` before a letter is a placeholder: for Netlify at the beginning of a
    part of the path, for Cloudflare anywhere. Netlify wants special characters percent-encoded; Cloudflare
    compares with the path as browsers send it. So old paths are encoded as browsers encode them, and `:`
    and `*` as well. Where a host does not take `%3A` for a colon the page at the old address leads on.

    Cloudflare ignores a line of more than 1,000 characters, and what comes after 2,000 lines.
    """
    root = quote(unquote(base), safe=_AS_SENT)
    lines = (f"{root}{quote(old, safe=_AS_SENT)} {_location(base, new)} 301" for old, new in _both(moves))
    return _listed("old address, new address, status", lines)


def _both(moves: Iterable[Move]) -> list[Move]:
    """The redirects, sorted; an address that ends in a slash also without it, as it may have been linked."""
    redirects = {old: new for old, new in moves if _sane(old) and (not new or _sane(new))}
    bare = {old.removesuffix("/"): new for old, new in redirects.items()}
    return sorted({**bare, **redirects}.items())


def _sane(address: str) -> bool:
    return not problem_of(address)


def _nginx(entries: Iterable[Move], base: str) -> Iterator[tuple[str, str]]:
    """Quoted sources with their values; each once, ignoring case."""
    seen = set()
    for old, new in sorted(entries):
        source = unquote(base) + old
        folded = source.encode(errors="replace").lower()
        too_long = len(folded) > LONGEST_KEY or len(_location(base, new)) > LONGEST_TOKEN
        if _sane(old) and folded not in seen and not too_long:
            seen.add(folded)
            yield _quoted(source), new


def _caddy_input(base: str, address: str) -> str:
    source = unquote(base) + address
    if "{" not in source and "}" not in source:
        return _quoted(source)
    pattern = re.escape(source).replace("\\{", "\\x7b").replace("\\}", "\\x7d")
    return f'"~^{pattern}$"'


def _location(base: str, address: str) -> str:
    """The path of an address as `Location` holds it (RFC 9110 §10.2.2): unreserved characters and slashes."""
    return quote(unquote(base) + address, safe="/")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _listed(comment: str, lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in (f"# {comment}", *lines)).encode()
