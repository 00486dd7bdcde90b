"""Resolves links of a source: by the old address of a document, or by a name for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from urllib.parse import quote, unquote, urljoin, urlsplit

from msgspec import Struct, field

from deskpress.importers.names import NAMED
from deskpress.importers.platforms.items import Item
from deskpress.model.address import cleaned, is_elsewhere, problem_of

Names = Callable[[str, Item], Iterable[str]]
"""The names that a target in a document may mean."""


def no_names(target: str, item: Item) -> Iterable[str]:
    """For platforms whose links are addresses."""
    return ()


def _host(address: str) -> str:
    try:
        return (urlsplit(cleaned(address)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def address_key(address: str) -> str:
    """The common form of different spellings of an address; empty if it is none."""
    try:
        parts = urlsplit(cleaned(address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/")
    for name in ("/index.html", "/index.htm", "/index.php"):
        path = path.removesuffix(name)
    return f"{host}{path.lower()}" + (f"?{parts.query}" if parts.query else "")


def old_path(address: str) -> str:
    """The path of an old address, as an alias has it: `/2012/03/a.html`; empty if it is the root."""
    try:
        path = unquote(urlsplit(cleaned(address)).path)
    except ValueError:
        return ""
    path = re.sub("/{2,}", "/", path if path.startswith("/") else f"/{path}")
    return "" if path == "/" else path


def is_query(address: str) -> bool:
    """Whether an address identifies its page in its query, so that it cannot be a file: `/?p=12`."""
    try:
        parts = urlsplit(cleaned(address))
    except ValueError:
        return False
    return bool(parts.query) and parts.path.strip("/") in ("", "index.php")


class Links(Struct):
    """The target of each old address and each name: a file of the content. `hosts` are the source's."""

    of_address: dict[str, str] = field(default_factory=dict)
    of_name: dict[str, str] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    fragments: set[str] = field(default_factory=set)

    def add(self, item: Item, path: str) -> None:
        """Record the new path of a document; the first one keeps an address that two claim."""
        for address in (item.base, *item.addresses):
            if host := _host(address):
                self.hosts.add(host)
        for address in item.addresses:
            if key := address_key(address):
                self.of_address.setdefault(key, path)
            if not is_query(address):
                self.of_address.setdefault(address_key(old_path(address) or "/"), path)
        for name in item.names:
            self.of_name.setdefault(name, path)
            self.of_name.setdefault(f"{name}@{item.language}", path)
        self.fragments.update(re.findall(r"#([\w.:-]{1,200})[\"')\s>]", item.body))

    def absolute(self, target: str, item: Item) -> str:
        """A target as an absolute address, relative to the document's old one."""
        base = item.base or next(iter(item.addresses), "")
        try:
            return urljoin(base, target) if base else target
        except ValueError:
            return target

    def _named(self, name: str, item: Item) -> str:
        """The file of a name: of the document's own language, if there are several."""
        return self.of_name.get(f"{name}@{item.language}") or self.of_name.get(name, "")

    def lookup(self, target: str, item: Item, names: Names) -> tuple[str, str]:
        """The file that a target of a document means, and the fragment after it; no file if none."""
        path, _, fragment = target.partition("#")
        if not path:
            return "", fragment
        if path.startswith(NAMED):
            return self._named(unquote(path.removeprefix(NAMED)), item), fragment
        for name in names(path, item):
            if found := self._named(name, item):
                return found, fragment
        absolute = self.absolute(path, item)
        host = (urlsplit(absolute).hostname or "").removeprefix("www.") if is_elsewhere(absolute) else ""
        key = address_key(absolute)
        if host and host not in self.hosts and (self.hosts or not _is_telling(key)):
            return "", fragment
        plain = key.partition("?")[0]
        candidates = [key, key.removeprefix(host), plain, plain.removeprefix(host)]
        for one in candidates[: 2 if "?" in key and plain in ("", host) else 4]:
            if one in self.of_address:
                return self.of_address[one], fragment
        return "", fragment


def _is_telling(key: str) -> bool:
    """Whether a path is hardly one of another site, too, where the source does not say what its host is."""
    return key.count("/") >= 2 or key.endswith((".html", ".htm"))


def relative(path: str, own: str) -> str:
    """The relative path from the file `own` to the file `path`, for a link."""
    return quote(posixpath.relpath(path, posixpath.dirname(own) or "."), safe="/:@!$&'*+,;=~-._()")


def alias_of(address: str) -> tuple[str, str]:
    """An old address as an alias, and why it is not valid: one of the two is empty."""
    path = old_path(address).removeprefix("/")
    if not path:
        return "", "it is the home page"
    if is_query(address):
        return "", "it is told apart by its query, and no file can stand there"
    if problem := problem_of(path):
        return "", f"an alias may not be so: it {problem}"
    return f"/{path}", ""
