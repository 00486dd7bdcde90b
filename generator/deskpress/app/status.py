"""`deskpress status`: what is not live, and what needs an editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from deskpress.app.endpoint_logs import read_logs, unhelpful, without_results
from deskpress.build.pipeline import Prepared
from deskpress.model.document import AnyDocument, Post
from deskpress.plan.odd import large_pictures

MOST_SEARCHES = 50
"""The most searches that are listed."""

LARGE = 2_000_000
"""The size in bytes from which on a file of the content is listed."""


class Row(Struct, frozen=True):
    """A row of the table: a file or a query, and a note; `address` if it is live."""

    path: str
    told: str
    address: str | None = None


class StatusSection(Struct, frozen=True):
    """A section of the table."""

    title: str
    rows: tuple[Row, ...]


def status(prepared: Prepared, logs: Sequence[Path] = ()) -> list[StatusSection]:
    """The sections of the table that have rows. `prepared` is a site as `check` reads it.

    `logs` are those of the web server. Raises `SetupError`.
    """
    site = prepared.everything
    withheld = prepared.site.withheld
    at = prepared.moment.at
    by_path = {document.path: document for document in site.documents}

    def of(why: str) -> list[AnyDocument]:
        return [by_path[path] for path, reason in withheld.items() if reason == why and path in by_path]

    label = site.options.content
    scheduled = sorted((d for d in of("dated ahead") if isinstance(d, Post)), key=lambda d: d.created)
    expired = sorted(of("expired"), key=lambda d: (d.expires or at, d.path))
    parts = {
        "drafts": [(d.path, d.title) for d in of("a draft")],
        "scheduled": [(d.path, f"{d.created:%Y-%m-%d %H:%M}  {d.title}") for d in scheduled],
        "expired": [(d.path, f"{d.expires:%Y-%m-%d}  {d.title}") for d in expired],
        "notices that do not show": list(_past_notices(prepared)),
        "reviews overdue": list(_overdue(prepared)),
        "translations missing": list(_missing_translations(prepared)),
        "translations behind their original": list(_behind(prepared)),
        "topics that nobody links to": list(_lonely(prepared)),
        "large files": list(_large(prepared)),
    }
    at_address = prepared.linker.of_source
    logged = read_logs(logs, site.options)
    parts["pages that did not help"] = list(unhelpful(logged, prepared))
    queries = tuple(
        Row(f"“{query}”", f"{times} time{'s' if times != 1 else ''}")
        for query, times in without_results(logged, prepared)
    )
    sections = {
        title: tuple(Row(f"{label}/{path}", told, at_address.get(path)) for path, told in rows)
        for title, rows in parts.items()
    }
    found = {**sections, "searches without results": queries[:MOST_SEARCHES]}
    return [StatusSection(title, rows) for title, rows in found.items() if rows]


def _past_notices(prepared: Prepared) -> Iterator[tuple[str, str]]:
    for notice in prepared.site.notices:
        if notice.standing(prepared.moment.at) == "past" and notice.end is not None:
            yield notice.path, f"over since {notice.end:%Y-%m-%d %H:%M}  {notice.title}"


def _overdue(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Overdue reviews by owner: a document's authors, else that of the site."""
    site = prepared.site
    found = []
    for document in site.documents:
        if document.review_by is None or document.review_by >= prepared.moment.today:
            continue
        names = [author.name for author in getattr(document, "authors", ())]
        owner = ", ".join(names) or site.options.author or "nobody"
        found.append((owner, document.review_by, document.path, document.title))
    for owner, day, path, title in sorted(found):
        yield path, f"{owner}, by {day}  {title}"


def _missing_translations(prepared: Prepared) -> Iterator[tuple[str, str]]:
    site = prepared.everything
    prefixes = {one.prefix: one.language for one in site.options.other_languages if one.prefix}
    if not prefixes:
        return
    paths = {document.path for document in site.documents if not document.draft}
    for document in (*site.topics, *site.pages):
        if document.draft or document.path.startswith(tuple(prefixes)):
            continue
        lacking = [language for prefix, language in prefixes.items() if prefix + document.path not in paths]
        if lacking:
            yield document.path, f"{', '.join(lacking)}  {document.title}"


def _behind(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Translations that are older than their original, by `updated` or else by git."""
    site = prepared.everything
    committed = prepared.site.committed

    def changed(document: AnyDocument) -> datetime | None:
        return document.updated or committed.get(document.path)

    documents: tuple[AnyDocument, ...] = (*site.topics, *site.pages)
    originals = {document.path: document for document in documents}
    for one in site.options.other_languages:
        for path, document in originals.items():
            if not one.prefix or not path.startswith(one.prefix):
                continue
            original = originals.get(path.removeprefix(one.prefix))
            theirs, ours = changed(original) if original else None, changed(document)
            if theirs and ours and ours < theirs:
                yield path, f"{ours:%Y-%m-%d}, the original {theirs:%Y-%m-%d}  {document.title}"


def _lonely(prepared: Prepared) -> Iterator[tuple[str, str]]:
    """Topics that no text links to and no post is about."""
    linker, site = prepared.linker, prepared.site
    led: set[str] = set()
    for document in site.documents:
        for reference in prepared.readings[document.path].references:
            address = linker.resolve(document, reference, advise=False).address
            if address is not None and address != linker.of_source[document.path]:
                led.add(address)
    told = {key for post in site.posts for key in post.topics}
    for topic in site.topics:
        if linker.of_source[topic.path] not in led and topic.key not in told:
            yield topic.path, topic.title


def _large(prepared: Prepared) -> Iterator[tuple[str, str]]:
    site = prepared.site
    odd = {one.span.path for one in large_pictures(site)}
    for asset in sorted(site.assets, key=lambda asset: -asset.size):
        if asset.size > LARGE or f"{site.options.content}/{asset.path}" in odd:
            yield asset.path, f"{asset.size / 1e6:.1f} MB"
