"""Parses foreign HTML and removes what pages may not contain; everything removed is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, PageElement, PreformattedString, Tag
from msgspec import Struct

from deskpress.importers.html.kinds import callout
from deskpress.importers.html.measure import BLOCKS
from deskpress.importers.names import NAMED
from deskpress.importers.report import ImportReport
from deskpress.model.address import cleaned, forbidden_scheme
from deskpress.model.tools import TOOLS
from deskpress.source.controls import without_controls
from deskpress.source.parsed import body_of
from deskpress.source.sanitize import ANYWHERE, ATTRIBUTES, TAGS

MAX_DEPTH = 80
"""The most nested elements; deeper elements are removed, and their text stays."""

MORE = "more"
"""The comment that ends an excerpt."""

_GONE = ("script", "style", "template", "head", "title", "meta", "link", "base", "param", "frameset")
"""Elements that are removed with their content."""

_FORM = ("select", "textarea", "datalist")
_OPENED = (
    "form fieldset legend noscript center font main header footer section article nav hgroup label address"
    " big tt basefont marquee blink nobr body html"
).split()
"""Elements that are removed, but not their content."""

_KEPT_ATTRIBUTES = frozenset({"id", "title", "lang", "dir", "class", "width", "height", "hidden"})
_DROPPED_ATTRIBUTES = frozenset(
    {"align", "valign", "tabindex", "role", "rel", "target", "loading", "decoding"}
)


_YOUTUBE = re.compile(r"^https?://(?:www\.)?youtube\.com/embed/", re.I)


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")


class Cleaned(Struct):
    """A cleaned text. `embeds` are the addresses of films that became links."""

    soup: BeautifulSoup
    embeds: tuple[str, ...] = ()


class Cleaner(Struct):
    """How texts are cleaned: `allows_frame` says whether pages may have a frame of an address."""

    report: ImportReport
    allows_frame: Callable[[str], bool]

    def clean(self, html: str, place: str) -> Cleaned:
        """Parse and clean a text at `place` in the source. Raises `MemoryError`."""
        soup = parsed(html)
        self._flatten(soup, place)
        for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
            if not (isinstance(comment, Comment) and comment.strip() == MORE):
                comment.extract()
        for node in soup.find_all(_GONE):
            if node.name == "script":
                self.report.add("changed", "a script", "left out: content may not run code", place)
            node.decompose()
        self._open(soup, place)
        embeds = tuple(self._embeds(soup, place))
        for node in soup.find_all(True):
            self._attributes(node, place)
        _mend_lists(soup)
        return Cleaned(soup, embeds)

    def _flatten(self, soup: BeautifulSoup, place: str) -> None:
        """Flatten what nests deeper than readable text does."""
        deep: list[Tag] = []
        pending = [(child, 1) for child in soup.contents]
        while pending:
            node, depth = pending.pop()
            if not isinstance(node, Tag):
                continue
            if depth > MAX_DEPTH:
                deep.append(node)
            pending += [(child, depth + 1) for child in node.contents]
        for node in reversed(deep):
            node.unwrap()
        if deep:
            why = f"taken out of what it stands in: more than {MAX_DEPTH} elements within one another"
            self.report.add("changed", f"{len(deep)} elements", why, place)

    def _open(self, soup: BeautifulSoup, place: str) -> None:
        for node in soup.find_all(True):
            name = node.name
            if name == "input":
                self._input(node)
            elif name in _FORM:
                self.report.add("lost", f"a form's `<{name}>`", "pages hold no forms", place)
                node.decompose()
            elif name in _OPENED or (name not in TAGS and name not in ("iframe", "embed", "object")):
                if callout(node):
                    node.name = "div"
                elif name in BLOCKS and not isinstance(node.parent, BeautifulSoup):
                    node.name = "div"
                    node.attrs.clear()
                else:
                    node.unwrap()
            elif name in TOOLS or name == "button":
                node.unwrap()

    def _input(self, node: Tag) -> None:
        """Keep the checkbox of a task list; other fields have no use on a page."""
        if node.get("type") == "checkbox" and node.find_parent("li"):
            checked = {"checked": ""} if node.has_attr("checked") else {}
            node.attrs.clear()
            node.attrs.update({"type": "checkbox", "disabled": "", **checked})
        else:
            node.decompose()

    def _embeds(self, soup: BeautifulSoup, place: str) -> Iterator[str]:
        for node in soup.find_all(["iframe", "embed", "object"]):
            if node.decomposed:
                continue
            source = cleaned(str(node.get("src") or node.get("data") or ""))
            inner = node.find(["embed", "iframe"]) if node.name == "object" else None
            if not source and inner is not None:
                source = cleaned(str(inner.get("src") or ""))
            if source.startswith("//"):
                source = f"https:{source}"
            if not source.startswith(("http://", "https://")):
                if source:
                    self.report.add("lost", f"an embedded `{source[:80]}`", "it has no address", place)
                node.unwrap() if node.name == "object" else node.decompose()
                continue
            yield source
            if node.name == "iframe":
                source = _YOUTUBE.sub("https://www.youtube-nocookie.com/embed/", source)
                if source.startswith("http://") and self.allows_frame(f"https{source[4:]}"):
                    source = f"https{source[4:]}"
            if node.name == "iframe" and self.allows_frame(source):
                attributes = {
                    key: str(node[key]) for key in ("width", "height", "title") if node.has_attr(key)
                }
                node.clear()
                node.attrs = {"src": source, **attributes}
                continue
            said = str(node.get("title") or "").strip() or urlsplit(source).netloc
            link = soup.new_tag("a", href=source, string=said)
            self.report.add(
                "changed", f"a frame of {source[:80]}", "it is a link: its host may show none", place
            )
            node.replace_with(link)

    def _attributes(self, node: Tag, place: str) -> None:
        allowed = ATTRIBUTES.get(node.name, set()) | ANYWHERE
        for name in [*node.attrs]:
            value = " ".join(node.get_attribute_list(name)) if name == "class" else str(node[name] or "")
            if name.startswith("on"):
                self.report.add("changed", f"`{name}`", "left out: content runs nothing", place)
                del node[name]
            elif name in ("href", "src", "poster", "cite") and node.name != "iframe":
                target = cleaned(value).strip()
                if (scheme := forbidden_scheme(target)) and not _SCHEME.fullmatch(scheme):
                    # A colon in the first part of a path, which browsers take for just that.
                    target = target.replace(":", "%3A", 1)
                if target.startswith(NAMED):
                    continue
                if forbidden_scheme(target) and not (name == "src" and target.startswith("data:image/")):
                    self._refused(node, name, target, place)
                else:
                    node[name] = target
            elif name in _DROPPED_ATTRIBUTES or name.startswith(("data-", "aria-", "item")):
                if name not in ("data-language", "data-code-brush") or node.name not in ("pre", "code"):
                    del node[name]
            elif _is_odd(name, value) or (name not in allowed and node.name != "iframe"):
                del node[name]
        if node.has_attr("class") and node.name not in ("pre", "code") and not callout(node):
            # Without its style it would look different here.
            del node["class"]
        if node.name == "img" and not str(node.get("src") or "").strip():
            node.decompose()

    def _refused(self, node: Tag, name: str, target: str, place: str) -> None:
        scheme = forbidden_scheme(target) or "data"
        self.report.add("changed", f"a link to `{scheme}:`", "left out: it would run something", place)
        del node[name]


def _is_odd(name: str, value: str) -> bool:
    return name in ("width", "height") and not re.fullmatch(r"\d{1,5}%?", value.strip())


def parsed(html: str) -> BeautifulSoup:
    """The tree of a text, with the corrections that browsers make. Raises `MemoryError`."""
    body = body_of(without_controls(html))
    # What lexbor has written is in order, so that the parser of Python's library has nothing to correct.
    text = (body.inner_html or "") if body is not None else ""
    # A text that is one address looks like a mistake to the parser, and it says so.
    return BeautifulSoup(f"{text}\n", "html.parser", multi_valued_attributes={"*": ["class"]})


def _mend_lists(soup: BeautifulSoup) -> None:
    """Move lists directly inside lists into the entry before them, as in Markdown; also stray text."""
    for listed in soup.find_all(["ul", "ol"]):
        for child in [*listed.children]:
            if isinstance(child, Tag) and child.name == "li":
                continue
            if isinstance(child, NavigableString) and not child.strip():
                continue
            before = _entry_before(child)
            if before is not None:
                before.append(child.extract())
    for item in soup.find_all("li"):
        if item.parent is not None and item.parent.name not in ("ul", "ol"):
            new = soup.new_tag("ul")
            item.insert_before(new)
            follower: PageElement | None = item
            while isinstance(follower, Tag) and follower.name == "li":
                after = follower.find_next_sibling()
                new.append(follower.extract())
                follower = after


def _entry_before(node: PageElement) -> Tag | None:
    before = node.find_previous_sibling("li")
    return before if isinstance(before, Tag) else None
