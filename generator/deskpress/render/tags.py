"""Pages with the tags of Material's plug-in `tags`: their own above the text, and listings in it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape
from msgspec.structs import replace

from deskpress.compat.native.tag_directives import UNCONFIGURED, directive_pattern
from deskpress.compat.native.tags import TagLink, TagNode
from deskpress.model.addons import Tags
from deskpress.model.address import href
from deskpress.model.body import Heading
from deskpress.model.markup import hidden, shown
from deskpress.model.output import OutputSpec
from deskpress.model.patterns import lazy_pattern
from deskpress.render.frame import root_from
from deskpress.render.library import Library
from deskpress.render.views import RedirectView, View

_HEADING = lazy_pattern(r"<h([1-6])\b")


def with_tags(view: View | RedirectView, spec: OutputSpec, library: Library) -> View | RedirectView:
    """A view with the tags of its document, and the listings in its text."""
    if isinstance(view, RedirectView):
        return view
    tags = library.options.addons.tags
    html = _html_of(view)
    if tags is None and UNCONFIGURED.directive not in html:
        return view
    links, listings = library.tags_at(spec.address)
    frame = replace(view.frame, tags=tuple(_safe(link) for link in links))
    if listings and tags is not None and not tags.listings:
        html = shown(directive_pattern(tags.directive).sub("", hidden(html)))
    elif listings:
        html, headings = _listed(html, view.frame.headings, listings, tags or UNCONFIGURED, spec)
        frame = replace(frame, headings=headings)
    return _with(view, html, frame)


def _safe(link: TagLink) -> TagLink:
    """A tag as Material's template shows it, which does not escape anything."""
    address, mark, anchor = link.url.partition("#")
    return TagLink(str(escape(link.name)), link.hidden, f"{href(address)}{mark}{escape(anchor)}")


def _html_of(view: Any) -> str:
    return str(getattr(view, "html", "") or getattr(getattr(view, "entry", None), "html", ""))


def _with(view: Any, html: str, frame: Any) -> View:
    entry = getattr(view, "entry", None)
    if entry is not None and not hasattr(view, "html"):
        made: View = replace(view, entry=replace(entry, html=Markup(html)), frame=frame)
        return made
    if hasattr(view, "html"):
        return replace(view, html=Markup(html), frame=frame)  # type: ignore[no-any-return]
    return replace(view, frame=frame)  # type: ignore[no-any-return]


def _listed(
    html: str,
    headings: tuple[Heading, ...],
    listings: tuple[tuple[tuple[TagNode, ...], bool], ...],
    tags: Tags,
    spec: OutputSpec,
) -> tuple[str, tuple[Heading, ...]]:
    """The text with its listings in place of the directives, and the headings with those of the tags."""
    parts, found, done, seen = [], list(headings), 0, 0
    root = root_from(spec.address)
    # Blanked to the same length: in a title or a comment a directive is text.
    tagged = hidden(html)
    for match, (nodes, in_toc) in zip(
        directive_pattern(tags.directive).finditer(tagged), listings, strict=False
    ):
        before = html[done : match.start()]
        levels = _HEADING.findall(tagged[: match.start()])
        level = min(6, (int(levels[-1]) if levels else 1) + 1)
        parts += [before, "\n".join(_node(node, level, tags, root) for node in nodes)]
        done = match.end()
        # After the last heading before the directive, and after those that were inserted already.
        above = sum(f'id="{heading.id}"' in html[: match.start()] for heading in headings)
        if in_toc:
            new = [Heading(level + node.depth, node.slug, escape(node.name)) for node in _all(nodes)]
            found[above + seen : above + seen] = new
            seen += len(new)
    return "".join((*parts, html[done:])), tuple(found)


def _all(nodes: tuple[TagNode, ...]) -> list[TagNode]:
    return [one for node in nodes for one in (node, *_all(node.children))]


def _node(node: TagNode, level: int, tags: Tags, root: str) -> str:
    """As Material's `fragments/tags/default/listing.html`; a class replaces its inline style."""
    items = "".join(
        f'<li><a href="{root}{escape(href(url))}">{escape(title)}</a></li>\n' for title, url in node.items
    )
    below = "".join(f'<li class="dp-nested">{_node(one, level, tags, root)}</li>\n' for one in node.children)
    slug = escape(node.slug)
    link = ""
    if tags.permalink:
        title = escape(tags.permalink_title)
        link = (
            f'<a class="{escape(tags.permalink_class)}" href="#{slug}" title="{title}">'
            f"{escape(tags.permalink)}</a>"
        )
    heading = f'<h{level} id="{slug}">{_tag(node, tags)}{link}</h{level}>'
    return f"{heading}\n<ul>\n{items}{below}</ul>"


def _tag(node: TagNode, tags: Tags) -> str:
    """As Material's `fragments/tags/default/tag.html`."""
    names = ["md-tag", *(["md-tag-shadow"] if node.hidden else [])]
    if tags.marks:
        names.append("md-tag-icon")
        if node.name in tags.marks:
            names.append(f"md-tag--{tags.marks[node.name]}")
    return f'<span class="{escape(" ".join(names))}">{escape(node.name)}</span>'
