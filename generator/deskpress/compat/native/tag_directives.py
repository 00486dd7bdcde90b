"""Directives of Material's `tags`: the listings of tags in a text, and their options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from deskpress.model.addons import TagListing, Tags

UNCONFIGURED = Tags(shown=False, export="")
"""The default meaning of a directive without the plug-in."""

MOST_ASKED, MOST_LISTS = 2000, 50
"""The most characters of a directive, and lists and mappings in it: PyYAML's loader is slow on nesting."""

MOST_REMEMBERED = 600
"""A cache of parsed directives."""


class ListingError(ValueError):
    """A directive that cannot be parsed; the text says why."""


@lru_cache(maxsize=16)
def directive_pattern(name: str) -> re.Pattern[str]:
    """The pattern of a directive of this name; its group is the value."""
    return re.compile(rf"<!--\s*?{name}(.*?)\s*-->", re.I | re.S)


def directives(markdown: str, tags: Tags | None) -> tuple[str, ...]:
    """The value of each directive in a text."""
    name = (tags or UNCONFIGURED).directive
    if name not in markdown:
        return ()
    return tuple(found[1].strip() for found in directive_pattern(name).finditer(markdown))


def with_directives(path: str, markdown: str, tags: Tags) -> str:
    """A text with directives for the former options `tags_file` and `tags_extra_files`."""
    if path not in tags.files:
        return markdown
    named = ", ".join(tags.files[path])
    directive = f"{tags.directive} {{ include: [{named}] }}" if named else tags.directive
    markdown = markdown.replace("[TAGS]", f"<!-- {directive} -->")
    if not re.search(rf"<!--\s+{re.escape(directive)}", markdown):
        markdown += f"\n<!-- {directive} -->"
    return markdown


def read_listing(asked: str, tags: Tags) -> TagListing:
    """How the listing of a directive is made. Raises `ListingError`."""
    found = _parsed(asked)
    if isinstance(found, TagListing):
        return found
    if isinstance(found, ListingError):
        raise ListingError(str(found))
    if found not in tags.listings_map:
        known = ", ".join(tags.listings_map) or "none"
        raise ListingError(f"no listing is called `{found}` (there are: {known})")
    return tags.listings_map[found]


@lru_cache(maxsize=MOST_REMEMBERED)
def _parsed(asked: str) -> TagListing | str | ListingError:
    """The listing that a directive describes, or the name of one, or the mistake.

    Cached, since each page looks up each one; mistakes are cached, too.
    """
    try:
        data = _loaded(asked)
        if isinstance(data, str):
            return data
        if not isinstance(data, dict | None):
            raise ListingError(f"`{asked}` is neither a name nor `{{ option: value }}`")
        return listing_of(data or {})
    except ListingError as error:
        return error


def _loaded(asked: str) -> Any:
    """The value of a directive, as data. Raises `ListingError`."""
    if len(asked) > MOST_ASKED:
        raise ListingError(f"a directive has at most {MOST_ASKED:,} characters, this one has {len(asked):,}")
    if asked.count("[") + asked.count("{") > MOST_LISTS:
        raise ListingError(f"a directive has at most {MOST_LISTS} lists and mappings")
    try:
        repeats = any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(asked))
        data = None if repeats else yaml.safe_load(asked)
    except (yaml.YAMLError, ValueError, AttributeError, OverflowError, RecursionError):
        # An invalid number, date or character makes PyYAML fail in all these ways.
        raise ListingError(f"`{asked}` is not valid YAML") from None
    if repeats:
        raise ListingError("anchors and aliases are not allowed: quote a leading `&` or `*`")
    return data


def listing_of(data: Mapping[str, Any]) -> TagListing:
    """A listing's options, checked. Raises `ListingError`."""
    sets = {}
    for key in ("include", "exclude"):
        value = data.get(key)
        if value is not None and not isinstance(value, list | tuple | set | frozenset):
            raise ListingError(f"`{key}` must be a list of tags")
        sets[key] = frozenset(str(one) for one in value or ())
    if (layout := data.get("layout")) not in (None, "default"):
        raise ListingError(f"there is no layout `{layout}`")
    flags = {key: data.get(key) for key in ("scope", "shadow", "toc")}
    if wrong := [key for key, value in flags.items() if not isinstance(value, bool | None)]:
        raise ListingError(f"`{wrong[0]}` must be true or false")
    return TagListing(bool(flags["scope"]), flags["shadow"], flags["toc"], sets["include"], sets["exclude"])
