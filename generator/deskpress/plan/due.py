"""What is published at a given moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from msgspec.structs import replace

from deskpress.model.document import AnyDocument, Document, Notice, Post, Withheld
from deskpress.model.output import address_of, path_of
from deskpress.model.site import Moment, Site, newest_first
from deskpress.plan.language_sites import language_sites
from deskpress.plan.lists import Lists, list_addresses, names_of
from deskpress.plan.redirects import further_pages, path_of_file
from deskpress.plan.urls import document_address, named_address


def due(site: Site, moment: Moment) -> Site:
    """The site without drafts, posts dated ahead and what has expired, unless `moment` wants them.

    Also determines which documents are overdue for review.
    """
    late = tuple(d.path for d in site.documents if d.review_by is not None and d.review_by < moment.today)
    site = replace(
        site,
        overdue=late,
        standing={notice.path: notice.standing(moment.at) for notice in site.notices},
        notices=tuple(_as_known(notice, moment.at) for notice in site.notices),
    )
    reasons = {d.path: why for d in site.documents if (why := why_withheld(d, moment))}
    if not reasons:
        return site
    expired = [d for d in site.documents if reasons.get(d.path) == "expired"]
    posts = tuple(d for d in site.posts if d.path not in reasons)
    return replace(
        site,
        posts=posts,
        topics=tuple(d for d in site.topics if d.path not in reasons),
        pages=tuple(d for d in site.pages if d.path not in reasons),
        notices=tuple(d for d in site.notices if d.path not in reasons),
        withheld=reasons,
        promised=tuple(sorted({*site.promised, *_lost_lists(site, posts, expired)})),
        gone=tuple(sorted(_gone(site, posts, expired))),
        former=frozenset(
            name for d in expired for name in (*names_of(d, site.options.of(d.path)), d.id) if name
        ),
    )


def _gone(site: Site, published: tuple[Post, ...], expired: Sequence[AnyDocument]) -> set[str]:
    """The addresses of what has expired, and all that only led there."""
    options = site.options
    found = {address for d in expired for address in (document_address(d, options), *d.aliases)}
    former = tuple(d for d in expired if isinstance(d, Post))
    found |= {named for post in former if (named := named_address(post, options.of(post.path)))}
    if former:
        found |= _further(site, (*published, *former)).keys() - _further(site, published).keys()
    files = {d.path for d in expired}
    maps = options.addons.redirects
    found |= {address_of(path_of_file(old)) for old, new in maps if new.partition("#")[0] in files}
    paths = {path_of(address) for address in found}
    # In the order of the plan: one redirect may lead to another.
    for old, new in options.redirects.items():
        if path_of(new) in paths:
            found.add(old)
            paths.add(path_of(old))
    return found


def _further(site: Site, posts: tuple[Post, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language_site in language_sites(replace(site, posts=posts)):
        found |= further_pages(language_site)
    return found


def _lost_lists(site: Site, published: tuple[Post, ...], expired: Iterable[AnyDocument]) -> set[str]:
    """The lists that contained expired documents and have another address now, or none.

    Under the names of that time: two names may share a slug, and then one has another address.
    """
    former = [d for d in expired if isinstance(d, Post)]
    if not former:
        return set()
    before = newest_first([*published, *former])
    return _lists(replace(site, posts=before)) - _lists(replace(site, posts=published))


def _lists(site: Site) -> set[str]:
    return {
        one
        for language_site in language_sites(site)
        for one in list_addresses(Lists(language_site), language_site.options)
    }


def _as_known(notice: Notice, at: datetime) -> Notice:
    """The notice without later updates."""
    known = tuple(update for update in notice.updates if update.at <= at)
    return notice if known == notice.updates else replace(notice, updates=known)


def why_withheld(document: Document, moment: Moment) -> Withheld | None:
    """Why the document is not published at `moment`; None if it is."""
    if document.draft and not moment.drafts:
        return "a draft"
    if isinstance(document, Post) and document.created > moment.at and not moment.future:
        return "dated ahead"
    if document.expires is not None and document.expires <= moment.at and not moment.expired:
        return "expired"
    return None


def next_due(site: Site, moment: Moment) -> datetime | None:
    """The next instant at which a document is published or expires."""
    instants = [d.expires for d in site.documents if d.expires is not None and not moment.expired]
    if not moment.future:
        # The newest come first.
        instants += [post.created for post in takewhile(lambda post: post.created > moment.at, site.posts)]
    return min((i for i in instants if i > moment.at), default=None)


def next_change(site: Site, moment: Moment) -> datetime | None:
    """The next instant at which any page changes: a due document, a notice, an overdue review."""
    turns = [at for n in site.notices for at in n.turns if at > moment.at]
    days = [d.review_by for d in site.documents if d.review_by is not None and d.review_by >= moment.today]
    if days:
        day = min(days) + timedelta(days=1)
        turns.append(datetime(day.year, day.month, day.day, tzinfo=moment.at.tzinfo))
    if due := next_due(site, moment):
        turns.append(due)
    return min(turns, default=None)
