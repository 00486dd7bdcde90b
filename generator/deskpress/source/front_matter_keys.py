"""The keys of front matter, and other names for them."""

from __future__ import annotations

from typing import Any

KEYS = frozenset(
    # Material's blog plug-in.
    "date categories tags authors draft pin slug description readtime links"
    # Ours.
    " id series topics aliases expires review_by supersedes effective updated author order keywords"
    # Of notices.
    " start end severity updates"
    # What MkDocs and Material read themselves.
    " title template hide icon status subtitle search social comments inline".split()
)
"""Every key that front matter may hold."""

LISTS = frozenset("categories tags authors topics aliases links keywords".split())
"""Keys whose value is a list."""

_ELSEWHERE = {
    "aliases": "alias redirect redirects redirect_from redirect_to old_url old_urls",
    "slug": "permalink url",
    "description": "summary excerpt abstract teaser lead meta_description",
    "date": "datum fecha pubdate pub_date publishdate publish_date published_date published_at published_on"
    " created created_at day",
    "start": "begin begins starts from",
    "end": "until ends to",
    "categories": "category kategorie kategorien section",
    "tags": "tag labels label schlagworte",
    "keywords": "keyword search_terms search_words stichworte",
    "order": "weight position nav_order sidebar_position menu_order sort_order",
    "author": "writer by autor written_by",
    "expires": "expire expiry expiry_date expirydate expires_at unpublish unpublish_date valid_until",
    "updated": "lastmod last_mod last_modified modified updated_at last_updated updated_on",
    "review_by": "review review_date reviewdate next_review",
    "topics": "topic",
    "pin": "pinned sticky featured",
    "title": "headline titel titre titulo heading name",
}
"""Keys of other programs, and in other languages, by ours."""

_MEANT = {name: key for key, names in reversed(_ELSEWHERE.items()) for name in names.split()}

REQUIRED = {"posts": ("title", "date"), "notices": ("title", "start"), "": ("title",)}
"""Keys that a document of a kind must have."""

_LIKE = 75
"""How similar a key must be to a missing one, of 100, to be taken for it: `titel`, `dat`."""


def nearest(word: str, known: object) -> str:
    """The entry of `known` (an iterable of text) that is spelt most like `word`, or an empty text."""
    from rapidfuzz import fuzz, process  # only needed for mistakes

    words = sorted(known)  # type: ignore[call-overload]  # any iterable of str
    found = process.extractOne(word, words, scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else ""


def canonical(name: str, present: Any) -> str:
    """The key that `name` spells in another way, unless that is `present`; empty if there is none."""
    if name in KEYS:
        return ""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    return plain if plain in KEYS and plain not in present else ""


def elsewhere(name: str) -> str:
    """Our name for a key of another program; empty if there is none."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    return _MEANT.get(plain, "")


def meant(name: str, missing: tuple[str, ...]) -> str:
    """Which of the `missing` keys an unknown key is meant to be; empty if none."""
    if name in KEYS or not missing:
        return ""
    from rapidfuzz import fuzz, process  # only needed for mistakes

    found = process.extractOne(name.lower(), missing, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return str(found[0]) if found else ""
