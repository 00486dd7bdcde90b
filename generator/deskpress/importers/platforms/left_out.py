"""Old addresses of what an import leaves out: expired documents answer for them, with 410 (gone)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from deskpress.importers.platforms.documents import Aliases, document, name_for, quoted
from deskpress.importers.platforms.items import Item
from deskpress.importers.report import ImportReport
from deskpress.source.fields import MAX_ITEMS

FOLDER, KEY = "left-out", "left out:"
EXPIRED = "2000-01-01"
"""Any day that is past: the same one in each import, so that importing again changes nothing."""

_BODY = """\
Readers who open one of the addresses above are told that it is gone (410).
Remove the line of an address before something else gets it.
"""


def left_out_documents(
    items: list[Item], aliases: Aliases, title: str, report: ImportReport
) -> Iterator[tuple[str, str, str]]:
    """The documents that answer for what is left out of `title`, with as many addresses as one may have.

    Each with its key, its path and its text.
    """
    hosts = sorted(filter(None, {_host(address) for item in items for address in item.addresses}))
    name = name_for(hosts[0].replace(".", "-") if hosts else title, "source")
    path = f"{FOLDER}/{name}"
    found = sorted({alias for item in items for alias in aliases.of(item, path, path, report)})
    for number, start in enumerate(range(0, len(found), MAX_ITEMS), 1):
        lines = [f"title: {quoted(f'Left out of {title}, {number}')}", f"expires: {EXPIRED}"]
        text = document(lines, found[start : start + MAX_ITEMS], _BODY)
        yield f"{KEY}{name}-{number}", f"{path}-{number}.md", text


def left_out_before(paths: Mapping[str, str]) -> set[str]:
    """The paths of such documents among those of former imports, by their keys."""
    return {path for key, path in paths.items() if key.startswith(KEY)}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
