"""Old addresses of what an import leaves out: expired documents answer for them, with 410 (gone)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from deskpress.importers.platforms.documents import Aliases, document, name_for, quoted
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.state import State
from deskpress.importers.report import ImportReport
from deskpress.model.diagnostic import Severity
from deskpress.source.fields import MAX_ITEMS
from deskpress.source.read import Context, read

FOLDER, KEY = "left-out", "left out:"
EXPIRED = "2000-01-01"
"""Any day that is past: the same one in each import, so that importing again changes nothing."""

_BODY = """\
Readers who open one of the addresses above are told that it is gone (410).
Remove the line of an address before something else gets it.
"""
_REFUSED = """\
The site cannot read the text of this page. It is in `{place}`.
"""
_DATE = re.compile(r"^date: (.+)$", re.M)


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


def accepted(path: str, text: str, context: Context, item: Item, state: State, report: ImportReport) -> str:
    """The file as the site can read it: a text that it cannot read is put aside, and not published."""
    found = read(path, text.encode(), context).diagnostics
    problem = next((one.problem for one in found if one.severity is Severity.ERROR), "")
    if not problem:
        return text
    place = state.put_aside(path, text)
    why = f"the site refuses it: {problem}; it is in {place}, and its addresses answer 410 (gone)"
    report.add("lost", f"“{item.title[:60]}” is not published", why, item.place)
    text = stub(text, place)
    return text if item.hidden else withheld(text)


def withheld(text: str) -> str:
    """A document that is not published, and whose addresses, old and new, answer 410 (gone)."""
    dated = _DATE.search(text)
    # A post that expires before its date would be one more mistake.
    return text.replace("\n---\n", f"\nexpires: {dated[1] if dated else EXPIRED}\n---\n", 1)


def without_alias(text: str, alias: str) -> str:
    """A document without one of its old addresses, at which the site has something else."""
    head, mark, body = text.partition("\n---\n")
    lines = [line for line in head.split("\n") if line != f"  - {quoted(alias)}"]
    if lines[-1] == "aliases:":
        lines.pop()
    return "\n".join(lines) + mark + body


def stub(text: str, place: str) -> str:
    """A document with the front matter of one that cannot be read, and in place of its text where that is."""
    return text.partition("\n---\n")[0] + f"\n---\n\n{_REFUSED.format(place=place)}"


def left_out_before(paths: Mapping[str, str]) -> set[str]:
    """The paths of such documents among those of former imports, by their keys."""
    return {path for key, path in paths.items() if key.startswith(KEY)}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
