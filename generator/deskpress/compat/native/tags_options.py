"""The options of Material's `tags` in `mkdocs.yml`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from pymdownx import slugs
from pymdownx.slugs import slugify

from deskpress.compat.native.tag_directives import ListingError, listing_of
from deskpress.model.addons import Tags

_SORTS = {"tag_name": "name", "tag_name_casefold": "casefold", "item_title": "title", "item_url": "url"}
"""Material's own functions for sorting; others run in the full build."""

DEFAULTS: Mapping[str, Any] = {
    "filters": {"include": [], "exclude": []},
    "tags": True,
    "tags_slugify": slugify(case="lower"),
    "tags_slugify_separator": "-",
    "tags_slugify_format": "tag:{slug}",
    "tags_hierarchy": False,
    "tags_hierarchy_separator": "/",
    "tags_sort_by": "tag_name",
    "tags_sort_reverse": False,
    "tags_name_property": "tags",
    "tags_allowed": [],
    "listings": True,
    "listings_map": {},
    "listings_sort_by": "item_title",
    "listings_sort_reverse": False,
    "listings_tags_sort_by": "tag_name",
    "listings_tags_sort_reverse": False,
    "listings_directive": "material/tags",
    "listings_layout": "default",
    "listings_toc": True,
    "shadow": False,
    "shadow_on_serve": True,
    "shadow_tags": [],
    "shadow_tags_prefix": "",
    "shadow_tags_suffix": "",
    "export": True,
    "export_file": "tags.json",
    "export_only": False,
}
"""The options of the plug-in with its defaults; functions that sort are their names."""

_SORTED = ("tags_sort_by", "listings_sort_by", "listings_tags_sort_by")


def read_tags(
    given: Mapping[str, Any], marks: object, toc: Mapping[str, Any], *, serving: bool = False
) -> tuple[Tags | None, str]:
    """The plug-in's options, and which one is not supported.

    `marks` are `extra: tags`, `toc` the options of the Markdown extension of that name.
    """
    given = {**DEFAULTS, **given}
    if not given.get("enabled", True):
        return None, ""
    sorts = {}
    for key in _SORTED:
        function = given[key]
        name = function if isinstance(function, str) else getattr(function, "__name__", "")
        theirs = isinstance(function, str) or getattr(function, "__module__", "") == "material.plugins.tags"
        if not theirs or name not in _SORTS:
            return None, f"`{key}` with a function of the site's own"
        sorts[key] = _SORTS[name]
    how = given["tags_slugify"]
    if not isinstance(how, functools.partial) or how.func is not slugs._uslugify or how.args:
        return None, "`tags_slugify` with a function of the site's own"
    for key, usual in (("listings_layout", "default"), ("tags_name_property", "tags")):
        if given[key] != usual:
            return None, f"`{key}`"
    try:
        listings = {str(name): listing_of(dict(one)) for name, one in (given["listings_map"] or {}).items()}
    except ListingError as error:
        return None, f"`listings_map`: {error}"
    files: dict[str, tuple[str, ...]] = {str(given["tags_file"]): ()} if given.get("tags_file") else {}
    files |= {
        str(path): tuple(map(str, named or ()))
        for path, named in (given.get("tags_extra_files") or {}).items()
    }
    only = bool(given["export_only"])
    filters = given["filters"]
    depth = toc.get("toc_depth", 6)
    permalink = toc.get("permalink", False)
    return Tags(
        include=tuple(filters["include"] or ()),
        exclude=tuple(filters["exclude"] or ()),
        shown=given["tags"] and not only,
        slugify=tuple(sorted((how.keywords or {}).items())),
        separator=given["tags_slugify_separator"],
        slug_format=given["tags_slugify_format"],
        hierarchy=given["tags_hierarchy"],
        hierarchy_separator=given["tags_hierarchy_separator"],
        sort=sorts["tags_sort_by"],
        reverse=given["tags_sort_reverse"],
        allowed=_names(given["tags_allowed"]),
        listings=given["listings"] and not only,
        listings_map=listings,
        listings_sort=sorts["listings_sort_by"],
        listings_reverse=given["listings_sort_reverse"],
        listings_tags_sort=sorts["listings_tags_sort_by"],
        listings_tags_reverse=given["listings_tags_sort_reverse"],
        directive=given["listings_directive"],
        toc=given["listings_toc"],
        shadow=given["shadow"] or (serving and given["shadow_on_serve"]),
        shadow_tags=_names(given["shadow_tags"]),
        shadow_prefix=given["shadow_tags_prefix"],
        shadow_suffix=given["shadow_tags_suffix"],
        export=given["export_file"] if given["export"] else "",
        marks={str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else None,
        depth=int(str(depth).rpartition("-")[2]),
        files=files,
        permalink="¶" if permalink is True else str(permalink or ""),
        permalink_title=str(toc.get("permalink_title", "Permanent link")),
        permalink_class=str(toc.get("permalink_class", "headerlink")),
    ), ""


def _names(given: Any) -> tuple[str, ...]:
    """A set of tags, which Material has checked."""
    return tuple(sorted(map(str, given or ())))
