"""Unknown keys of front matter: each is reported once, unless something else reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from msgspec.structs import replace

from deskpress.model.diagnostic import Diagnostic, Kind, in_order
from deskpress.model.patterns import lazy_pattern

_NAMED = lazy_pattern(r"the key `([^`]+)`")
_READ = lazy_pattern(
    r"""\bmeta\b(?:\s*\.\s*(?:get|pop|setdefault)\(\s*["'](?P<got>[^"']+)|\.(?P<name>\w+)|\[\s*["'](?P<item>[^"']+))"""
    r"""|["'](?P<asked>[\w-]+)["']\s+(?:not\s+)?in\s+[\w.]*\bmeta\b"""
)


def keys_read(source: str) -> set[str]:
    """The keys that a template or a hook reads from the front matter of a page: `page.meta.icon`."""
    return {str(found[found.lastgroup or 0]) for found in _READ.finditer(source)}


def keys_read_in(named: Iterable[str], custom: str | None, hooks: Iterable[Path] = ()) -> frozenset[str]:
    """The `named` keys, and those that templates in the folder `custom` or the files of hooks read."""
    templates = Path(custom).rglob("*.html") if custom else ()
    texts = (path.read_text("utf-8", "replace") for path in (*hooks, *templates) if path.is_file())
    return frozenset(named).union(*map(keys_read, texts))


def told_once(found: tuple[Diagnostic, ...], known: Collection[str]) -> tuple[Diagnostic, ...]:
    """Diagnostics in order, without those about `known` keys; of several about one key only the first."""
    if not any(one.kind is Kind.KEY for one in found):
        return found
    kept: list[Diagnostic] = []
    first: dict[str, int] = {}
    more: dict[str, int] = {}
    for diagnostic in found:
        name = _NAMED.match(diagnostic.problem) if diagnostic.kind is Kind.KEY else None
        if name is None:
            kept.append(diagnostic)
        elif name[1] in first:
            more[name[1]] = more.get(name[1], 0) + 1
        elif name[1] not in known:
            first[name[1]] = len(kept)
            kept.append(diagnostic)
    for key, others in more.items():
        told = kept[first[key]]
        files = f"{others:,} other place{'s' if others > 1 else ''}"
        kept[first[key]] = replace(told, problem=f"{told.problem}, here and in {files}")
    return in_order(kept)
