"""Notes about a document's age and status, and ways to give feedback."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from deskpress.model.address import href
from deskpress.model.document import AnyDocument, Month, Post
from deskpress.render.dates import day_text, month_text
from deskpress.render.library import Library
from deskpress.render.pieces import Freshness, Link


def freshness(document: AnyDocument, library: Library) -> Freshness:
    """The notes about a document's age."""
    changed = document.updated
    if isinstance(document, Post):
        changed = changed if changed and changed.date() != document.day else None
    elif changed is None and library.options.addons.git_dates is None:
        changed = library.committed(document.path)
    newer = library.superseding(document.path)
    since = newer[1] if newer else None
    late = document.review_by if document.review_by and library.overdue(document.path) else None
    return Freshness(
        changed=_day(changed.date() if changed else None, library),
        effective=_day(document.effective, library),
        overdue=_day(late, library),
        supersedes=library.found(document.supersedes) if document.supersedes else None,
        superseded_by=newer[0] if newer else None,
        replaced=month_text(Month(since.year, since.month), library.options.language) if since else "",
    )


def edit_link(document: AnyDocument, library: Library) -> str:
    """The address for editing the document; empty without a repository."""
    options, path = library.options, document.path
    if not options.edit_template:
        return options.edit_url + href(path) if options.edit_url else ""
    noext = path.rpartition(".")[0]
    values = {
        "{path}": href(path),
        "{path!q}": quote(path, safe=""),
        "{path_noext}": href(noext),
        "{path_noext!q}": quote(noext, safe=""),
    }
    return re.sub(r"\{path(?:_noext)?(?:!q)?\}", lambda found: values[found[0]], options.edit_template)


def helpful_links(title: str, url: str, library: Library) -> tuple[Link, ...]:
    """Links by which a reader says whether the page at `url` helped.

    A mail, or a form whose `title` and `body` are filled in.
    """
    target, say = library.options.helpful, library.options.words
    if not target:
        return ()
    return tuple(
        Link(word, _filled_in(target, f"{said}: {title}", url), external=True)
        for word, said in ((say("Yes"), say("Helpful")), (say("No"), say("Not helpful")))
    )


def contact_link(title: str, url: str, library: Library) -> Link | None:
    """The contact link: a page of the site, or a mail or form that names the page at `url`."""
    target, say = library.options.contact, library.options.words
    if not target:
        return None
    if ":" in target:
        return Link(say("Contact us"), _filled_in(target, title or library.options.name, url), external=True)
    page = library.found(target)
    if page is None and library.options.language_dir:
        return None  # a translation may lack it
    return Link(say("Contact us"), page.href if page else target.removeprefix("/"))


def _filled_in(target: str, subject: str, url: str) -> str:
    """The address of a mail or a form with its subject, and the page that it is about."""
    key = "subject" if target.startswith("mailto:") else "title"
    mark = "&" if "?" in target else "?"
    return f"{target}{mark}{key}={quote(subject, safe='')}&body={quote(url, safe='')}"


def _day(day: date | None, library: Library) -> tuple[str, str] | None:
    return (day_text(day, library.options.language), day.isoformat()) if day else None
