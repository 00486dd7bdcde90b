"""A site in several languages: each is a site of its own, with its own months, lists and feeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from deskpress.model.document import AnyDocument
from deskpress.model.site import Options, Site

WORDS = "words.json"
"""The texts of scripts, below the home page of a language."""

D = TypeVar("D", bound=AnyDocument)


def language_sites(site: Site) -> tuple[Site, ...]:
    """The site in its main language, then in each of the others; with one language, the whole site."""
    options = site.options
    if not options.other_languages:
        return (site,)
    return tuple(_language_site(site, one) for one in (options, *options.other_languages))


def _language_site(site: Site, options: Options) -> Site:
    def own(documents: Iterable[D]) -> tuple[D, ...]:
        return tuple(d for d in documents if site.options.of(d.path) is options)

    # Files are shared, and a tombstone is one page for all: both belong to the main language.
    main = not options.language_dir
    return replace(
        site,
        options=options,
        posts=own(site.posts),
        topics=own(site.topics),
        pages=own(site.pages),
        notices=own(site.notices),
        assets=site.assets if main else (),
        gone=site.gone if main else (),
    )


def neutral(subject: tuple[str, ...], options: Options) -> str:
    """A subject as all languages name it: `post/posts/a.md` for `("post", "de/posts/a.md")`."""
    return "/".join(part.removeprefix(options.prefix) for part in subject)
