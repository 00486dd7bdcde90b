"""Hints for invalid values of front matter: what to write instead, so that it works as typed."""

from __future__ import annotations

import re
from collections.abc import Container

from deskpress.model.patterns import lazy_pattern
from deskpress.model.slugs import SAFE
from deskpress.source.front_matter_keys import KEYS, LISTS, elsewhere, nearest
from deskpress.source.frontmatter import Value
from deskpress.source.slips import as_item, as_value

_AT = lazy_pattern(r"(\d{4}-\d\d-\d\d(?:[T ]\d{1,2}:\d\d(?::\d\d)?)?)[\s:,–—-]+(\S.*)")
LONGEST = 120
"""Characters of a line that is shown in full."""


def key_hint(key: str, value: Value, line: str, present: Container[str], config_file: str) -> str:
    """The line with the intended key in place of an unknown one; `line` is the line in the file.

    Keys that are `present` are not suggested.
    """
    meant = elsewhere(key)
    if meant == "date" in present and value.raw:
        return f"write `date: {value.raw}` if that is the day of publishing, and remove this line"
    meant = "" if meant in present else meant
    like = meant or nearest(key, KEYS)
    if not like:
        return f"remove it, or name it in `front_matter_keys` in {config_file}"
    if like == "slug":
        return _address_hint(value)
    written = line.replace(key, like, 1).strip()
    if value.raw and like in LISTS:
        written = f"{like}: [{as_item(value.raw)}]"
    mended = written if written.startswith(like) and len(written) <= LONGEST else like
    mended = mended.rstrip(":")
    return f"write `{mended}`" if meant else f"did you mean `{mended}`?"


def _address_hint(value: Value) -> str:
    """For `permalink` and `url`: a slug is the last part of an address, an alias a whole one."""
    address = "/" + value.raw.partition("://")[2].partition("/")[2] if "://" in value.raw else value.raw
    slug = slug_of(address.rstrip("/").rpartition("/")[2])
    old = f"`aliases: [/{address.lstrip('/')}]`" if address.strip("/") else "`aliases`"
    return f"write `slug: {slug or '…'}`; if readers know the old address: {old}"


def slug_of(text: str) -> str:
    """A safe slug made from an invalid one; empty if nothing of it is left."""
    plain = re.sub(r"\.(?:html?|md|php|aspx?)$", "", text.strip(), flags=re.I)
    return re.sub(SAFE, "-", plain.lower()).strip("-.")


def list_hint(key: str, value: Value) -> str:
    """A mapping (`{News, Fees}`) as the intended list."""
    names = ", ".join(as_item(name) for name in value.data)
    mended = f"{key}: [{names}]"
    return f"write `{mended}`" if len(mended) <= LONGEST else f"for example `{key}: [News, Fees]`"


def update_hint(item: Value) -> str:
    """A notice's update that is a single text, in the right form; empty if it does not begin with a time."""
    found = _AT.fullmatch(item.raw.strip())
    if found is None:
        return ""
    return f"write `- {{at: {found[1]}, text: {_flow(found[2])}}}`"


def _flow(text: str) -> str:
    return as_value(text) if not re.search(r"[,{}\[\]#]", text) else '"' + text.replace('"', "'") + '"'
