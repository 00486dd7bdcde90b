"""The body of a document: cleaned, with its links and pictures pointed to their new places, and converted."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup
from bs4.element import Tag
from msgspec import Struct

from deskpress.engine.cpu_guard import CpuGuard, TooLongError
from deskpress.importers.html.blocks import BlockConverter
from deskpress.importers.html.clean import Cleaner
from deskpress.importers.html.measure import measure
from deskpress.importers.html.rendering import RefusedTextError
from deskpress.importers.names import NAMED
from deskpress.importers.platforms.downloading import DownloadError
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.limits import LONG, SECONDS, code_block, plain_text
from deskpress.importers.platforms.links import Links, Names, relative
from deskpress.importers.platforms.marked import rewritten, source_html
from deskpress.importers.platforms.marked_html import mended, without_scripts
from deskpress.importers.platforms.media import Media
from deskpress.importers.platforms.opening import SourceError
from deskpress.importers.report import ImportReport
from deskpress.model.address import forbidden_scheme, is_elsewhere

_SHOWN = ("src", "poster")
_FILE = re.compile(r"^(?:[^:?#]*/)?[^:/?#]+\.\w{2,5}$")


class BodyConverter(Struct):
    """Makes the Markdown of documents."""

    cleaner: Cleaner
    converter: BlockConverter
    links: Links
    media: Media
    names: Names
    report: ImportReport

    def markdown(self, item: Item, path: str) -> str:
        """The Markdown of a document that will lie at `path` in the content.

        Where the site would take too long for it, refuses it, nests it too deeply or wants too much memory,
        it is plain text; where even that is too much, a block of code with the text as it is in the source.
        """
        why = f"{LONG}: it is text without form"
        try:
            with CpuGuard(SECONDS):
                return self._converted(item, path)
        except (RecursionError, MemoryError):
            why = "its elements nest too deeply, or it is too large: it is text without form"
        except RefusedTextError as error:
            why = f"the site refuses it ({error}): it is text without form"
        except TooLongError:
            pass
        self.report.add("lost", "the form of the text", why, item.place)
        try:
            with CpuGuard(SECONDS):
                text = plain_text(item.body)
                self.converter.renderer.rendered(text)
                return text
        except (RecursionError, MemoryError, RefusedTextError, TooLongError):
            return code_block(item.body)

    def _converted(self, item: Item, path: str) -> str:
        if item.markup == "markdown":

            def told(what: str) -> None:
                self.report.add("changed", what, "left out: content runs nothing", item.place)

            text = mended(without_scripts(item.body, lambda html: self._frame(html, item), told))
            text = rewritten(text, lambda target, kind: self._target(target, kind, item, path))
            if self._keeps(text):
                return text
            body = source_html(item.body)
        else:
            body = item.body
        return self._from_html(body, item, path)

    def _from_html(self, body: str, item: Item, path: str) -> str:
        cleaned = self.cleaner.clean(body, item.place)
        self._lead(cleaned.soup, item, path)
        done = self.converter.convert(cleaned.soup)
        if done.refused:
            raise RefusedTextError(done.refused)
        return done.markdown

    def _frame(self, html: str, item: Item) -> str:
        """A frame if pages may show it, or a link to its content."""
        return str(self.cleaner.clean(html, item.place).soup).strip()

    def _keeps(self, text: str) -> bool:
        """Whether the site shows all of a text of Markdown unchanged, without HTML that would be removed."""
        try:
            rendered = self.converter.renderer.rendered(text)
        except RefusedTextError:
            return False
        if any(part.startswith("<") for part in rendered.removed):
            return False
        found = measure(rendered.html)
        wanted = self.converter.wanted(source_html(text))
        return all(
            not (getattr(wanted, name) - getattr(found, name)) for name in ("words", "code", "headings")
        ) and all(getattr(found, name) >= getattr(wanted, name) for name in ("items", "cells"))

    def _lead(self, soup: BeautifulSoup, item: Item, path: str) -> None:
        """Point links and pictures to files of the content, and set anchors for links of other documents."""
        for node in soup.find_all(["a", "area", "img", "video", "audio", "source", "track"]):
            for name in ("href", *_SHOWN):
                if node.has_attr(name):
                    kind = "image" if name != "href" else "link"
                    target = self._target(str(node[name]), kind, item, path)
                    if target:
                        node[name] = target
                    else:
                        del node[name]
            if node.name == "img" and not node.has_attr("src"):
                self.report.add("lost", "a picture", "its data cannot be read", item.place)
                node.decompose()
        for node in soup.find_all(id=True):
            if not isinstance(node, Tag) or node.name in ("a", "h1", "h2", "h3", "h4", "h5", "h6"):
                continue
            name = str(node["id"])
            del node["id"]
            if name in self.links.fragments and node.name not in (
                "tr",
                "tbody",
                "thead",
                "table",
                "ul",
                "ol",
                "dl",
            ):
                node.insert(0, soup.new_tag("a", id=name))

    def _target(self, target: str, kind: str, item: Item, path: str) -> str:
        """The new target of a link or a picture of a document."""
        if not target.startswith(("data:", NAMED)) and (scheme := forbidden_scheme(target)):
            self.report.add(
                "changed", f"a link to `{scheme}:`", "left out: it would run something", item.place
            )
            return ""
        if target.startswith("data:"):
            found = self.media.embedded(target)
            return relative(found, path) if found else ""
        if kind == "link":
            file, fragment = self.links.lookup(target, item, self.names)
            if file:
                tail = f"#{fragment}" if fragment else ""
                return tail if file == path and fragment else relative(file, path) + tail
        if not target or target.startswith(("#", "mailto:", "tel:")):
            return target
        absolute = self.links.absolute(target, item)
        try:
            local = self.media.local(target if not is_elsewhere(target) else absolute, item.file_in_source)
        except SourceError as error:
            self.report.add("lost", "a file", str(error), item.place)
            local = ""
        if not local and kind == "image" and is_elsewhere(absolute):
            try:
                local = self.media.fetched(absolute)
            except DownloadError as error:
                self.report.add("lost", f"a copy of {absolute[:200]}", str(error), item.place)
        if local:
            return relative(local, path)
        if target.startswith(NAMED):
            self.report.add(
                "lost", f"a link to `{target.removeprefix(NAMED)}`", "there is no such text", item.place
            )
            # What the source has elsewhere may still be found at the old address.
            path = target.removeprefix(NAMED).partition(":")[2]
            old = self.links.absolute(f"/{path.lstrip('/')}", item)
            return old if is_elsewhere(old) else "#"
        if kind == "image" and not is_elsewhere(absolute):
            why = "it is not in the source: give the folder in which it lies as --media"
            self.report.add("lost", f"the file `{target[:200]}`", why, item.place)
        if absolute.startswith("http://") and kind == "image":
            # Pages load no picture without encryption, and nearly all hosts have it.
            return f"https{absolute[4:]}"
        return absolute if is_elsewhere(absolute) or absolute != target else target


Target = Callable[[str, str], str]
"""The new target of a `link` or an `image`."""
