"""Markdown to portable HTML: Python-Markdown converts it, harmful parts are removed, links and ids marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from html import unescape
from types import MappingProxyType
from typing import Any, Literal

import markdown
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.body import Converted, Heading
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import MAX_DOCUMENT_SIZE
from deskpress.model.tools import has_tools
from deskpress.source.attributes import with_values
from deskpress.source.controls import without_controls
from deskpress.source.frames import FrameHost, framed
from deskpress.source.growth import Growth, most_html, refuse_grown
from deskpress.source.included import ANY_FILE, Readable, bound_snippets
from deskpress.source.limits import NestingError, refuse_crowded, refuse_deep, refuse_long_tags
from deskpress.source.localised import localised
from deskpress.source.portable import make_portable, without_references_to_controls
from deskpress.source.sanitize import Clean, look, sanitized
from deskpress.source.tested import FOR_MARKDOWN, untested
from deskpress.source.titles import is_plain, plain_text
from deskpress.source.tools import Filled, Tools, enable

RawHtml = Literal["safe", "trusted", "none"]
"""How HTML in Markdown is treated: sanitised, left as it is, or shown as text."""

Step = Callable[[str, Mapping[str, object]], str]
"""What other plug-ins change in a document's text, given their values in its front matter."""


class Steps(Struct, frozen=True):
    """Steps before the Markdown is converted, after that, and after figures are made."""

    prepare: Step = lambda text, meta: text
    shape: Step = lambda html, meta: html
    finish: Step = lambda html, meta: html


NO_STEPS = Steps()

NO_VALUES: Mapping[str, object] = MappingProxyType({})

_ALIGN = lazy_pattern(r'(<t[hd]\b[^<>]*?) style="text-align: ?(left|center|right);?"')


def _aligned(html: str) -> str:
    """Tables' alignment as classes: a page's policy allows no `style`."""
    return _ALIGN.sub(r'\1 class="dp-\2"', html) if " style=" in html else html


_FIGURE = lazy_pattern(r'<p>\s*(<img\b[^<>]*?) title="([^"<>]+)"([^<>]*>)\s*</p>')
_IMAGE = lazy_pattern(r"<img\b(?![^<>]*\sloading=)")


def _figures(html: str) -> str:
    """Make an image that stands alone and has a title a figure with a caption.

    All images but the first, which may be visible at once, are loaded lazily.
    """
    if "<img" not in html:
        return html
    html = _FIGURE.sub(r"<figure>\1\3<figcaption>\2</figcaption></figure>", html)
    first, image, rest = html.partition("<img")
    return first + image + _IMAGE.sub('<img loading="lazy" decoding="async"', rest)


class SnippetError(Exception):
    """A snippet does not exist; says which."""


class Handling(Struct, frozen=True):
    """What is made of the HTML of texts: whether the search needs their sections, and which frames are kept.

    A text may have `largest` characters, with its snippets, which are `readable` files.
    """

    search: bool = True
    frame_host: FrameHost = lambda target: ""
    largest: int = MAX_DOCUMENT_SIZE
    readable: Readable = ANY_FILE


USUAL = Handling()


class Converter:
    """Python-Markdown with one set of extensions; `convert` may be called any number of times."""

    def __init__(
        self,
        extensions: Sequence[Any],
        configs: Mapping[str, Any],
        raw_html: RawHtml = "safe",
        tools: Tools | None = None,
        *,
        steps: Steps = NO_STEPS,
        handling: Handling = USUAL,
    ) -> None:
        self._extensions = list(extensions)
        self._configs = dict(configs)
        self._raw_html = raw_html
        self._tools = tools
        self._handling = handling
        self._steps = steps

    @cached_property
    def _growth(self) -> Growth:
        return Growth(self._markdown)

    @cached_property
    def _markdown(self) -> markdown.Markdown:
        # Made when the first document needs it: loading the extensions takes longer than most builds.
        md = markdown.Markdown(extensions=self._extensions, extension_configs=self._configs)
        if not untested(FOR_MARKDOWN):
            # Not before: another release may lack what the module names.
            from deskpress.accel.markdown_blocks import optimize

            optimize(md)
        bound_snippets(md, self._handling.largest, self._begin, self._handling.readable)
        with_values(md)
        if self._tools:
            enable(md)
        if self._raw_html == "none":
            # The way to show raw HTML as text in Python-Markdown's own manual.
            md.preprocessors.deregister("html_block", strict=False)
            md.inlinePatterns.deregister("html", strict=False)
        return md

    def _begin(self, size: int) -> None:
        self._growth.begin(size)

    def warm_up(self) -> None:
        """Load the extensions before forking, so that not every process has to."""
        self._reset()

    def _reset(self) -> None:
        """Forget the previous document. Footnotes count documents if their ids are `UNIQUE_IDS`."""
        for extension in self._markdown.registeredExtensions:
            if hasattr(extension, "unique_prefix"):
                extension.unique_prefix = 0
        self._markdown.reset()

    def _converted(self, text: str) -> str:
        try:
            html: str = self._markdown.convert(text)
        except BaseException:
            # An error within a list, for example, leaves a state that `reset` keeps: the next document would
            # be taken for a continuation of that list.
            vars(self).pop("_markdown", None)
            vars(self).pop("_growth", None)
            raise
        return html

    def convert(
        self,
        text: str,
        first_line: int = 1,
        language_dir: str = "",
        meta: Mapping[str, object] = NO_VALUES,
        then: Callable[[str], str] | None = None,
    ) -> Converted:
        """Convert one document, in one of the site's languages, to a portable body. Raises `NestingError`.

        `meta` holds its front-matter values for other plug-ins. These may change the HTML `then`.
        """
        html, headings = self.html(text, meta)
        html = then(html) if then else html
        converted = self.portable(html, headings, language_dir, meta)
        # A tool's text is longer than its tag.
        refuse_grown(converted.html, self._growth.most)
        return replace(converted, markdown=text, first_line=first_line)

    def portable(
        self,
        html: str,
        headings: tuple[Heading, ...],
        language_dir: str = "",
        meta: Mapping[str, object] = NO_VALUES,
    ) -> Converted:
        """HTML from any source as a portable body, sanitised unless all content is trusted.

        Raises `NestingError`.
        """
        # Documents hold no marks, but included snippets and plug-ins may. Our marks are replaced after the
        # HTML was sanitised: foreign ones could then end a comment or an attribute.
        html = without_controls(html)
        said = "".join([heading.id + heading.title for heading in headings])
        if without_controls(said) != said:
            headings = tuple(
                Heading(h.level, without_controls(h.id), without_controls(h.title)) for h in headings
            )
        refuse_long_tags(html)
        html = self._steps.finish(_figures(_aligned(html)), meta)
        if self._tools:
            html = localised(html, self._tools.of(language_dir).say)
        trusted = self._raw_html == "trusted"
        html = html if trusted else framed(html, self._handling.frame_host)
        seen = look(html)
        if not seen.plain:
            refuse_crowded(html)
        clean = Clean(html) if seen.plain or trusted else sanitized(html)
        # Before any mark is set: references must not become marks.
        safe = without_references_to_controls(clean.html)
        # Imported late: compiling its patterns takes longer than most of a build in which nothing is
        # converted.
        from deskpress.source.unclosed import all_ended, unclosed

        # Markdown does not make tools' elements itself.
        may_hide = not (seen.plain and all_ended(html))
        filled = self._tools.of(language_dir).fill(safe) if self._tools and not seen.plain else Filled(safe)
        # Plug-ins' output has not been measured yet.
        refuse_grown(filled.html, most_html(self._handling.largest))
        body = clean.body if filled.html == clean.html else None
        portable = make_portable(
            filled.html,
            headings,
            seen,
            search=self._handling.search,
            trusted=trusted,
            body=body,
            frame_host=self._handling.frame_host,
        )
        return replace(
            portable,
            removed=(*clean.removed, *portable.removed),
            unknown_rules=filled.unknown_rules,
            swallowing=(unclosed(html) if may_hide else ()) or filled.swallowing,
            tools=not seen.plain and has_tools(portable.html),
        )

    def heading_text(self, line: str) -> str:
        """The text of a heading, given as a line of Markdown, as readers see it."""
        return plain_text(line, self._heading)

    def heading_id(self, line: str) -> str:
        """The id that MkDocs gives a heading, given as a line of Markdown; empty without the extension."""
        if "toc" not in self._markdown.treeprocessors:
            return ""
        toc: Any = self._markdown.treeprocessors["toc"]
        if is_plain(line):
            return str(toc.slugify(line.strip(), toc.sep))
        found = re.search(r'<h1[^>]*\bid="([^"]*)"', self._heading(line))
        return unescape(found[1]) if found else ""

    def _heading(self, line: str) -> str:
        try:
            return self.html(f"# {line}")[0]
        except NestingError:
            return line

    def html(self, text: str, meta: Mapping[str, object] = NO_VALUES) -> tuple[str, tuple[Heading, ...]]:
        """Python-Markdown's HTML, and the headings in it. Raises `NestingError` or `SnippetError`."""
        text = self._steps.prepare(text, meta)
        refuse_deep(text)
        self._reset()
        self._begin(len(text))
        try:
            html = self._converted(text)
            refuse_grown(html, self._growth.most)
        except RecursionError:
            raise NestingError from None
        except Exception as error:
            if type(error).__name__ != "SnippetMissingError":
                raise
            # Named in another snippet: those of the text itself are checked before.
            raise SnippetError(f"a snippet includes another one that does not exist: {error}") from None
        html = self._steps.shape(html, meta)
        return html, tuple(_headings(getattr(self._markdown, "toc_tokens", ())))


def _headings(tokens: Any) -> list[Heading]:
    found = []
    for token in tokens:
        found += [Heading(token["level"], token["id"], token["name"]), *_headings(token["children"])]
    return found
