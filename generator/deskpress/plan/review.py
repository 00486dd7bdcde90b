"""Warnings about content that can be published but should be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Post
from deskpress.model.site import Site
from deskpress.plan.lists import Lists, Named


def unknown_references(site: Site) -> Iterator[Diagnostic]:
    """References to a help topic, or by `supersedes` to a document, that does not exist."""
    # Looked up once each: thousands of documents may name thousands of others.
    named = Named(site)
    for document in site.documents:
        if document.supersedes and named.find(document.supersedes) is None:
            problem = f"`supersedes`: there is no document `{document.supersedes}`"
            hint = "name its file below the content folder, its address or its `id`"
            kind = Kind.FRONT_MATTER
            if {document.supersedes, document.supersedes.removeprefix("/")} & site.former:
                kind, hint = Kind.EXPIRED, "it has expired: remove the key, or name another document"
            yield _warn(site, document, "supersedes", kind, problem, hint)
    known = {topic.key for topic in site.topics}
    titles = {topic.title.casefold(): topic.key for topic in site.topics}
    listed = ", ".join(sorted(known)[:8]) or "there are none yet"
    hidden = {path.removeprefix(f"{site.options.help_dir}/").rpartition(".")[0] for path in site.withheld}
    for post in site.posts:
        for key in post.topics:
            # Several topics in one text are reported as that.
            if key not in known and key not in hidden and not re.search("[,;]", key):
                yield _warn(
                    site,
                    post,
                    "topics",
                    Kind.FRONT_MATTER,
                    f"there is no help topic `{key}`",
                    _topic_hint(key, known, titles, site) or f"topics: {listed}",
                )


def _topic_hint(key: str, known: set[str], titles: Mapping[str, str], site: Site) -> str:
    """The topic that is probably meant: by file, title or a similar name; empty if none."""
    plain = key.strip("/").removeprefix(f"{site.options.content}/").removeprefix(f"{site.options.help_dir}/")
    plain = plain.removesuffix(".md")
    like = plain if plain in known else titles.get(key.casefold(), "")
    if not like:
        from difflib import get_close_matches  # only needed for mistakes

        like = next(iter(get_close_matches(plain, sorted(known), 1)), "")
    return f"did you mean `{like}`?" if like else ""


def review(site: Site, lists: Lists, today: date) -> Iterator[Diagnostic]:
    """Duplicate titles in a month, series with gaps, review dates that have passed."""
    yield from _duplicate_titles(site, lists.months.values())
    yield from _series_gaps(site, lists)
    for document in site.documents:
        if document.review_by is not None and document.review_by < today:
            yield _warn(
                site,
                document,
                "review_by",
                Kind.REVIEW,
                f"was to be reviewed by {document.review_by}",
                "check it, correct it, and set the next date",
            )


def _duplicate_titles(site: Site, months: Iterable[tuple[Post, ...]]) -> Iterator[Diagnostic]:
    for posts in months:
        first: dict[str, Post] = {}
        for post in reversed(posts):
            twin = first.setdefault(post.title.casefold(), post)
            if twin is not post:
                yield _warn(
                    site,
                    post,
                    "title",
                    Kind.TITLE,
                    f"{site.options.content}/{twin.path} of the same month has the title “{post.title}” too",
                    "readers tell posts apart by their titles",
                )


def _series_gaps(site: Site, lists: Lists) -> Iterator[Diagnostic]:
    for listing in lists.series.values():
        expected = 1
        for post in listing.posts:
            part = post.series.part if post.series else 0
            if part > expected:
                missing = f"part {expected}" if part == expected + 1 else f"parts {expected} to {part - 1}"
                problem, hint = f"the series `{listing.name}` has no {missing}", "number its parts from 1"
            elif part < expected:
                problem, hint = (
                    f"the series `{listing.name}` has two parts {part}",
                    "give each its own number",
                )
            else:
                problem = hint = ""
            if problem:
                yield _warn(site, post, "series", Kind.SERIES, problem, hint)
            expected = max(expected, part + 1)


def _warn(site: Site, document: AnyDocument, key: str, kind: Kind, problem: str, hint: str) -> Diagnostic:
    span = Span(f"{site.options.content}/{document.path}", document.line(key))
    return Diagnostic(span, Severity.WARNING, kind, problem, hint)
