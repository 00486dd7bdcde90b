"""Structured data of a page: JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from deskpress.model.address import href
from deskpress.model.document import Post
from deskpress.model.site import Options
from deskpress.render.pieces import Link


def json_ld(things: Sequence[dict[str, Any]]) -> Markup:
    """Things as one JSON-LD document that is safe in a `script` element; empty for none."""
    if not things:
        return Markup("")
    document: dict[str, Any] = {"@context": "https://schema.org"}
    document |= things[0] if len(things) == 1 else {"@graph": list(things)}
    text = msgspec.json.encode(document).decode()
    # A `<` could end the element or open a comment in it.
    return Markup(text.replace("<", "\\u003c"))


def organization(options: Options) -> dict[str, Any]:
    """The publisher of the site: its author, else the site itself."""
    return {"@type": "Organization", "name": options.author or options.name, "url": options.url}


def blog_posting(
    post: Post, address: str, description: str, options: Options, image: str = ""
) -> dict[str, Any]:
    """A post: https://schema.org/BlogPosting."""
    return {
        "@type": "BlogPosting",
        "headline": post.title,
        "description": description,
        "url": options.url + href(address),
        "datePublished": post.created.isoformat(),
        "dateModified": post.changed.isoformat(),
        "inLanguage": options.language,
        "author": [
            {"@type": "Organization" if author.name == options.author else "Person", "name": author.name}
            for author in post.authors
        ],
        "publisher": organization(options),
        **({"image": image} if image else {}),
    }


def breadcrumb_list(links: Sequence[Link], title: str, options: Options) -> dict[str, Any]:
    """The path to a page: https://schema.org/BreadcrumbList. The page itself comes last, without a link."""
    steps = [{"name": link.title, "item": options.url + link.href} for link in links]
    numbered = enumerate([*steps, {"name": title}], 1)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [{"@type": "ListItem", "position": at, **step} for at, step in numbered],
    }
