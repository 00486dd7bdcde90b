"""Addresses set in front matter: a slug, and old addresses that redirect to the document."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from deskpress.model.address import PLAIN, problem_of
from deskpress.model.diagnostic import Kind
from deskpress.model.site import Options
from deskpress.source.fields import Fields
from deskpress.source.frontmatter import Value


def slug(fields: Fields, options: Options) -> str:
    """The slug as written; an invalid one is an error, an unlikely one a warning."""
    given = fields.text("slug")
    value = fields.values.get("slug")
    if value is None or value.broken:
        return ""
    if given.replace("-", "").isalnum() and given.isascii():
        return given
    from deskpress.source.meant_values import slug_of  # only needed for mistakes

    problem = "holds a slash" if "/" in given else problem_of(given if given else value.raw)
    safe = slug_of("".join(letter for letter in given if letter.isprintable()))
    hint = f"write `slug: {safe}`" if safe else "letters, digits, dots and hyphens are safe"
    if not value.raw:
        hint = "remove this line: the address is made from the title"
    if problem:
        fields.error(value, f"the slug {problem}", hint)
    elif " " in given:
        _warn(fields, value, "the slug holds a space, which addresses show as `%20`", hint)
    elif given.endswith(".html") and options.addresses["post"].endswith(".html"):
        _warn(fields, value, "the address gets its `.html` by itself: it would end in `.html.html`", hint)
    return given


def aliases(fields: Fields, options: Options) -> tuple[str, ...]:
    """Old addresses of this site, below its root."""
    value = fields.values.get("aliases")
    if value is None or value.data is None:
        return ()
    own = urlsplit(options.url)
    found: dict[str, None] = {}
    for item in fields.items(value, "aliases"):
        if isinstance(item.data, list | dict):
            fields.error(item, "an alias must be an address", "for example `/2012/03/old-title.html`")
            continue
        address = item.raw.strip()
        plain = address.partition("://")[2] if address.startswith(PLAIN) else address
        if own.netloc and plain.partition("/")[0].removeprefix("www.") == own.netloc.removeprefix("www."):
            problem = "an alias begins with a slash, not with the name of the site"
            fields.error(item, problem, f"write `/{plain.partition('/')[2]}`")
            continue
        if address.startswith(("//", "www.", *PLAIN)):
            hint = "write an old address of this one, `/2012/03/old.html`"
            fields.error(item, "the alias leads to another site", hint)
            continue
        if address.startswith(options.base_path):
            address = address[len(options.base_path) :]
        address = address.removeprefix("/")
        if address and not address.endswith("/") and "." not in address.rsplit("/", 1)[-1]:
            address += "/"
        if problem := problem_of(address):
            hint = "write an old address of this site, `/2012/03/old.html`"
            if "," in address and not isinstance(value.data, list):
                several = [part.strip() for part in item.raw.split(",") if part.strip()]
                hint = f"for {len(several)} write `aliases: [{', '.join(several)}]`"
            elif (path := re.split(r"[?#]", item.raw)[0].strip()) != item.raw.strip() and path:
                hint = f"write `{path}`"
            fields.error(item, f"the alias {problem}", hint)
        else:
            found[address] = None
    return tuple(found)


def _warn(fields: Fields, value: Value, problem: str, hint: str) -> None:
    fields.report.warning(Kind.ADDRESS, problem, hint, line=value.line, column=value.column)
