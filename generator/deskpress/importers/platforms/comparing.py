"""Compares texts of a source with the pages that readers get, in several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser

from deskpress.app.pages import PageOf
from deskpress.engine.cpu_guard import CpuGuard, TooLongError
from deskpress.engine.pool import default_jobs, fork_map
from deskpress.importers.html.measure import Measure, lost, measure, measure_node
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.limits import LONG, SECONDS
from deskpress.importers.platforms.marked import source_html
from deskpress.importers.platforms.side_by_side import Versions

BATCH, MOST_CHARACTERS = 256, 4_000_000
"""The documents, and the characters of their texts, that are compared before the processes end.

What rendering keeps of each page ends with them.
"""


LARGE = "it nests too deeply, or it is too large"


class Compared(Struct):
    """How much of each part a text had, and how much is missing on its page.

    `failed` says why that is unknown. `versions` are both, if somebody wants to see them.
    """

    before: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    failed: str = ""
    has_page: bool = True
    versions: Versions | None = None


def compared(
    items: Iterable[tuple[Item, str]], page: PageOf, *, with_versions: bool
) -> Iterator[tuple[Item, Compared]]:
    """Each document, with what is kept of it on the page of its path. Raises what `page` raises."""

    def work(one: tuple[Item, str]) -> Compared:
        try:
            return _compared(one[0], page(one[1]), with_versions=with_versions)
        except MemoryError:
            return Compared(failed=LARGE)

    jobs = 1  # what pages have in common is made ready here, for all processes
    for batch in _batches(items):
        yield from zip((item for item, _ in batch), fork_map(work, batch, jobs), strict=True)
        jobs = default_jobs()


def _batches(items: Iterable[tuple[Item, str]]) -> Iterator[list[tuple[Item, str]]]:
    """The first document alone, the others some hundred at a time."""
    batch: list[tuple[Item, str]] = []
    size, most = 0, 1
    for one in items:
        batch.append(one)
        size += len(one[0].body)
        if len(batch) >= most or size > MOST_CHARACTERS:
            yield batch
            batch, size, most = [], 0, BATCH
    if batch:
        yield batch


def _compared(item: Item, page: str | None, *, with_versions: bool) -> Compared:
    try:
        with CpuGuard(SECONDS):
            html = item.body if item.markup == "html" else source_html(item.body)
            before = measure(html)
    except (RecursionError, TooLongError) as error:
        return Compared(failed=LONG if isinstance(error, TooLongError) else LARGE)
    counts = before.counts()
    if page is None:
        return Compared(counts, {name: number for name, number in counts.items() if number}, has_page=False)
    body = LexborHTMLParser(page).css_first(".dp-body")
    after = Measure() if body is None else measure_node(body)
    shown = (body.inner_html or "") if body is not None else ""
    versions = Versions.of(html, shown, before, after) if with_versions else None
    return Compared(counts, lost(before, after), versions=versions)
