"""The report of an import as a page: what was kept and lost, and documents before and after, side by side.

It is opened from the disk, and shows texts of others: it loads and runs nothing (its policy forbids both),
and both versions have passed a sanitiser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import nh3
from msgspec import Struct, field

from deskpress.importers.html.measure import PARTS, Measure
from deskpress.importers.platforms.results import DocumentCount, ImportResult
from deskpress.importers.report import HEADINGS, Line

MOST_LOST = 100
"""Documents with losses that are shown side by side."""

MOST_WHOLE = 20
"""Documents without, for comparison."""

LARGEST = 200_000
"""Characters of a text that are shown."""

MOST_WORDS = 40
MOST_LINES = 2_000

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 90rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; }
td, th { padding: .25rem .75rem; border-bottom: 1px solid #8886; text-align: start; vertical-align: top; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; padding: .5rem 0; }
details.document { border-top: 1px solid #8886; }
.lost { color: light-dark(#a40e26, #ff8a8a); }
.both { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 1rem; }
.both > section { border: 1px solid #8886; padding: 0 1rem 1rem; overflow: auto; max-height: 80vh; }
.both h3 { position: sticky; top: 0; margin: 0 -1rem; padding: .5rem 1rem; background: Canvas; }
.both img { display: inline-block; min-width: 4rem; padding: .25rem; border: 1px dashed #888a; }
@media print { .both > section { max-height: none; } }
"""


class Versions(Struct):
    """A document as it was at the source, and as readers get it, in HTML; `words` are missing."""

    before: str
    after: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, before: str, after: str, old: Measure, new: Measure) -> Versions:
        """What is shown of them."""
        words = tuple(sorted((old.words - new.words).elements()))[:MOST_WORDS]
        return cls(before[:LARGEST], after[:LARGEST], words)


class Pairs(Struct):
    """Documents that the page shows: those with losses, and some others."""

    lost: list[tuple[DocumentCount, Versions]] = field(default_factory=list)
    whole: list[tuple[DocumentCount, Versions]] = field(default_factory=list)
    left_out: int = 0

    def add(self, document: DocumentCount, versions: Versions) -> None:
        """Add a document that was counted, while there is room."""
        into, most = (self.lost, MOST_LOST) if document.missing else (self.whole, MOST_WHOLE)
        if len(into) >= most:
            self.left_out += bool(document.missing)
            return
        into.append((document, versions))


def page(result: ImportResult, pairs: Pairs) -> str:
    """The page, whole."""
    title = f"Import report: {result.format}"
    body = "".join((*_sums(result), *_lines(result), *_documents(pairs)))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )


def _sums(result: ImportResult) -> Iterator[str]:
    outcomes = ", ".join(f"{number:,} {name}" for name, number in sorted(result.outcomes.items())) or "none"
    yield f"<p>Documents: {escape(outcomes)}. Drafts: {result.drafts:,}. New files: {result.media:,}.</p>"
    heads = "".join(f'<th scope="col">{name}' for name in ("Part", "Before", "Kept", "Share"))
    yield f"<table><tr>{heads}</tr>"
    for name, (before, kept) in result.totals().items():
        share = f"{100 * kept / before:.2f} %" if before else "–"
        mark = ' class="lost"' if kept < before else ""
        yield (
            f'<tr{mark}><th scope="row">{name}<td class="number">{before:,}'
            f'<td class="number">{kept:,}<td class="number">{share}</tr>'
        )
    yield "</table>"


def _lines(result: ImportResult) -> Iterator[str]:
    for status, heading in reversed(HEADINGS.items()):
        lines = result.report.of(status)
        opened = " open" if status == "lost" and lines else ""
        yield f"<details{opened}><summary>{heading}: {len(lines):,}</summary>"
        yield from _table(lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield f"<p>{len(lines) - MOST_LINES:,} more are in the report as JSON.</p>"
        yield "</details>"
    for note in result.report.notes:
        yield f"<p>{escape(note)}</p>"


def _table(lines: Iterable[Line]) -> Iterator[str]:
    yield '<table><tr><th scope="col">What<th scope="col">Why<th scope="col">Place</tr>'
    for line in lines:
        yield f"<tr><td>{escape(line.what)}<td>{escape(line.why)}<td><code>{escape(line.place)}</code></tr>"
    yield "</table>"


def _documents(pairs: Pairs) -> Iterator[str]:
    for heading, some in (("Documents with losses", pairs.lost), ("Documents without losses", pairs.whole)):
        if some:
            yield f"<h2>{heading}</h2>"
            yield from (_both(document, versions) for document, versions in some)
    if pairs.left_out:
        yield f"<p>{pairs.left_out:,} more documents with losses are in the report as JSON.</p>"


def _both(document: DocumentCount, versions: Versions) -> str:
    missing = ", ".join(f"{document.missing[name]:,} {name}" for name in PARTS if name in document.missing)
    told = f' <span class="lost">missing: {missing}</span>' if missing else ""
    words = f"<p>Missing words: {escape(' '.join(versions.words))}</p>" if versions.words and missing else ""
    opened = " open" if missing else ""
    return (
        f'<details class="document"{opened}><summary>{escape(document.title)}'
        f" <code>{escape(document.path)}</code>{told}</summary>{words}"
        f'<div class="both">{_version("Before", document.place, versions.before)}'
        f"{_version('After', document.path, versions.after)}</div></details>"
    )


def _version(name: str, place: str, html: str) -> str:
    return (
        f'<section tabindex="0" aria-label="{name}"><h3>{name}: <code>{escape(place)}</code></h3>'
        f"{nh3.clean(html)}</section>"
    )
