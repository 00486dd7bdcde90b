"""Resolves the links of a body to addresses of the site, and finds broken ones."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from html import escape
from urllib.parse import unquote

from msgspec import Struct

from deskpress.model.address import cleaned, forbidden_scheme, href
from deskpress.model.body import HERE, ID, REFERENCE, ROOT, Body, Converted, Enclosure, Reference
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import AnyDocument, Post, RelatedLink
from deskpress.model.output import Plan, path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.model.pictures import variants
from deskpress.model.site import Site
from deskpress.plan.feeds import FEED_FILES
from deskpress.plan.urls import document_address
from deskpress.render.advice import Adviser
from deskpress.render.findings import capped
from deskpress.render.link_targets import ENCLOSED, joined, leads_out, own_path
from deskpress.render.pieces import Link
from deskpress.render.places import Places

_OPEN = lazy_pattern(f"{REFERENCE}(\\d+){REFERENCE}")
_SHOWN = lazy_pattern(f'src="{REFERENCE}(\\d+){REFERENCE}"')
_OWN = lazy_pattern(f'{HERE}#{ID}([^"]*)')
_MARKED = lazy_pattern(f'id="{ID}([^"]*)"')
_OF_LISTS = lazy_pattern(rf"(?:^|/)(?:page/[0-9]+/?|{FEED_FILES})$")
ADVISED = 100
"""The most broken links of a document for which the nearest address is searched, which takes long."""

_OWN_PAGES = frozenset({"post", "topic", "page", "notice"})
"""Kinds of outputs about one document; its path is the second part of their subjects."""

COLUMN = "(min-width: 48em) 44em, 100vw"
"""The greatest width of an image: `--dp-measure` of the theme, at the browser's default font size."""


class Resolved(Struct, frozen=True):
    """The target of a reference. `url` is portable; `problem` is empty if it is valid.

    If it is not, the reason may be that its target has `expired`.
    """

    url: str
    address: str | None = None
    problem: str = ""
    hint: str = ""
    expired: bool = False


class Linker:
    """Knows every address of the site. `anchors` are the ids in each document, a line each, by its path."""

    def __init__(self, site: Site, plan: Plan, anchors: Mapping[str, str]) -> None:
        self.site = site
        self.anchors = anchors
        planned = [(s, s.address) for s in plan if s.kind not in ("theme", "sheet", "marker", "gone")]
        self.known = {address for _, address in planned}
        # Shared if possible: building ten thousand addresses again takes longer than a page.
        own = {s.subject[1]: address for s, address in planned if s.kind in _OWN_PAGES}
        self.of_source = {
            d.path: own[d.path] if d.path in own else document_address(d, site.options)
            for d in site.documents
        }
        self.assets = {asset.at: asset for asset in site.assets}
        self.files = {asset.path: asset.at for asset in site.assets}
        self._planned = {s.address for s in plan}
        # Links to one page come together: in its own text, or in a list of its headings.
        self.ids = lru_cache(maxsize=16)(self._ids)

    @cached_property
    def source_at(self) -> dict[str, str]:
        """The file of each document's address."""
        return {address: path for path, address in self.of_source.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each document, by its file."""
        return {document.path: document.title for document in self.site.documents}

    @cached_property
    def book(self) -> object:
        """Everything that resolving depends on besides the document itself and the anchors."""
        return sorted(self.known), self.of_source, sorted(self.assets.values()), self.site.withheld

    def link(self, document: AnyDocument, converted: Converted) -> Body:
        """Resolve every reference of a converted document."""
        resolved = [self.resolve(document, reference, advise=False) for reference in converted.references]
        urls = [found.url for found in resolved]
        own = escape(href(self.of_source[document.path]))

        # The parser has decoded the targets; they must not end the attribute that they are put into.
        def put(match: re.Match[str]) -> str:
            return escape(urls[int(match[1])])

        def show(match: re.Match[str]) -> str:
            number = int(match[1])
            sizes = self._sizes(resolved[number]) if converted.references[number].free else ""
            return f'src="{escape(urls[number])}"{sizes}'

        html, excerpt = (
            _OPEN.sub(put, _SHOWN.sub(show, text)) for text in (converted.html, converted.excerpt)
        )
        if excerpt:
            # The excerpt may link to the rest of the body: footnotes, headings.
            ids = frozenset(_MARKED.findall(excerpt))
            excerpt = _OWN.sub(lambda m: m[0] if m[1] in ids else f"{ROOT}{own}#{m[1]}", excerpt)
        return Body(
            html=html,
            excerpt=excerpt,
            headings=converted.headings,
            words=converted.words,
            beginning=converted.beginning,
            top_level=converted.top_level,
            enclosures=self._enclosures(resolved),
            tools=converted.tools,
        )

    def _sizes(self, image: Resolved) -> str:
        """The attributes for an image's size, so that the layout does not shift, and its smaller variants."""
        asset = self.assets.get(image.address or "")
        if asset is None or not asset.width:
            return ""
        size = f' width="{asset.width}" height="{asset.height}"'
        made = {width: path for width, path in variants(asset).items() if path in self.known}
        if not made:
            return size
        choices = [*made.items(), (asset.width, asset.at)]
        listed = escape(", ".join(f"{ROOT}{href(path)} {width}w" for width, path in choices))
        return f'{size} srcset="{listed}" sizes="{COLUMN}"'

    def label(self, document: AnyDocument) -> str:
        """The document's file as editors know it."""
        return f"{self.site.options.content}/{document.path}"

    def resolve(self, document: AnyDocument, reference: Reference, *, advise: bool = True) -> Resolved:
        """Resolve `reference` from `document`; if it is broken, `advise`, which takes time."""
        target = cleaned(reference.target).strip()
        if leads_out(target):
            # The sanitiser has checked it before, unless all content is trusted.
            if self.site.options.raw_html != "trusted" and (scheme := forbidden_scheme(target)):
                return Resolved("#", None, f"the link leads to `{scheme}:`", "write an address of the web")
            return self._own(document, target, advise=advise) or Resolved(target)
        path, hash_, fragment = target.partition("#")
        path, mark, query = path.partition("?")
        own = self.of_source[document.path]
        address = own if not path else self._address(document.path, own, unquote(path))
        tail = mark + query + hash_ + fragment
        if address is None:
            kind = reference.kind
            return self._broken(document, path, tail, kind, advise=advise)
        source = self.source_at.get(address)
        # An unused footnote is reported at its definition.
        named = fragment and not fragment.startswith("fnref:")
        if named and source is not None and unquote(fragment) not in self.ids(source):
            like = self._nearest_anchor(source, fragment) if advise else ""
            return Resolved(
                f"{ROOT}{href(address)}{tail}" if path else HERE + tail,
                address,
                f"the link `{target}` does not lead to a heading or anchor of that page",
                f"the nearest is `#{like}`" if like else "the page has no anchors",
            )
        return Resolved(f"{ROOT}{href(address)}{tail}" if path else HERE + tail, address)

    def related(self, document: AnyDocument, related: RelatedLink) -> Link:
        """An entry of `links` in front matter; its title is the target's own unless it has one."""
        target = related.target
        if related.children:
            return Link(
                related.title, "", children=tuple(self.related(document, c) for c in related.children)
            )
        if leads_out(target):
            return Link(related.title or target, target, external=True)
        found = self._resolve_related(document, target)
        source = self.source_at.get(found.address) if found.address is not None else None
        title = related.title or (self.titles[source] if source else target)
        return Link(title, found.url.removeprefix(ROOT))

    def related_warnings(self, document: AnyDocument) -> list[Diagnostic]:
        """The broken entries of `links` in a post's front matter."""
        found = []
        pending = list(document.links) if isinstance(document, Post) else []
        while pending:
            related = pending.pop(0)
            pending = [*related.children, *pending]
            link = self._resolve_related(document, related.target or "#")
            if related.target and link.problem:
                kind = Kind.EXPIRED if link.expired else Kind.LINK
                span = Span(f"{self.site.options.content}/{document.path}", related.line)
                found.append(Diagnostic(span, Severity.WARNING, kind, f"`links`: {link.problem}", link.hint))
        return found

    def _resolve_related(self, document: AnyDocument, target: str) -> Resolved:
        """In `links`, Material's blog writes paths from the content folder; paths from the post work too."""
        path = target.partition("#")[0]
        withheld = self.site.withheld
        own = self.site.options.of(document.path).prefix + path
        if own in self.of_source or own in withheld:
            path, target = own, own + target[len(path) :]
        if path in self.of_source or path in self.files or path in withheld:
            target = posixpath.relpath(path, posixpath.dirname(document.path) or ".") + target[len(path) :]
        return self.resolve(document, Reference("link", target))

    def _address(self, source: str, own: str, path: str) -> str | None:
        """The address that `path` means in the file `source`, whose page has the address `own`."""
        if path.startswith("/"):
            base = self.site.options.base_path
            path = path[len(base) :] if path.startswith(base) else path[1:]
            return self._existing(posixpath.normpath(path) + "/" * path.endswith("/") if path else "")
        beside = joined(posixpath.dirname(source), path)
        if beside is not None:
            for name in (beside, f"{beside}/index.md", f"{beside}/README.md"):
                if name in self.of_source:
                    return self.of_source[name]
            if beside in self.files:
                return self.files[beside]
            if not beside.isascii() and (same := self._composed.get(unicodedata.normalize("NFC", beside))):
                # Systems encode the same letters in two ways, which look the same.
                return self.of_source.get(same) or self.files[same]
        linked = joined(posixpath.dirname(path_of(own)), path)
        if linked is None:
            return None
        return self._existing(linked + "/" if path.endswith(("/", "/.", "/..")) and linked else linked)

    def _existing(self, address: str) -> str | None:
        address = address.removesuffix("index.html") if path_of(address).endswith("/index.html") else address
        for candidate in (address, address + "/"):
            if candidate in self.known or candidate in self.assets:
                return candidate
        return "" if address in ("", "index.html", "/", ".") else None

    def _broken(self, document: AnyDocument, path: str, tail: str, kind: str, *, advise: bool) -> Resolved:
        own = self.of_source[document.path]
        beside = joined(posixpath.dirname(document.path), unquote(path)) or ""
        if path.startswith("/"):
            url = ROOT + path.lstrip("/") + tail
        else:
            there = joined(posixpath.dirname(path_of(own)), path)
            url = (ROOT + there + tail) if there is not None else path + tail
        why: str | None = self.site.withheld.get(beside)
        if why is None and path.strip("/") in self._gone:
            why = "expired"
        if why:
            problem, hint = f"`{path}` is not published: it is {why}", "link to it when it is"
            return Resolved(url, None, problem, hint, expired=why == "expired")
        if self.is_shorter(path):
            problem, hint = f"`{path}` is no longer there: something has expired", "link to the list itself"
            return Resolved(url, None, problem, hint, expired=True)
        if not advise:
            return Resolved(url, None, f"`{path}` does not exist")
        problem, hint = self._adviser.advise(document.path, path + tail, kind)
        return Resolved(url, None, problem, hint)

    def is_shorter(self, target: str) -> bool:
        """Whether a missing target may be a page of a list, or a feed, that time has removed."""
        return _OF_LISTS.search(target) is not None and self._has_expired

    @cached_property
    def _has_expired(self) -> bool:
        return self.site.has_expired()

    @cached_property
    def _adviser(self) -> Adviser:
        return Adviser(self.of_source, self.files, self.known, self.site.options.content)

    def _own(self, document: AnyDocument, target: str, *, advise: bool) -> Resolved | None:
        """A link to this site in absolute form; None if it leads to another one, or is valid."""
        path = own_path(target, self.site.options.url)
        if path is None:
            return None
        path = unquote(path.partition("#")[0].partition("?")[0])
        if self._existing(path) is not None or path in self._planned:
            return None
        shown = target.partition("#")[0]
        if path.strip("/") in self._gone or self.is_shorter(path):
            problem, hint = f"`{shown}` is not published any more: it has expired", "remove the link"
            return Resolved(target, None, problem, hint, expired=True)
        if not advise:
            return Resolved(target, None, f"`{shown}` is an address of this site that does not exist")
        problem, hint = self._adviser.absolute(document.path, shown, path)
        return Resolved(target, None, problem, hint)

    @cached_property
    def _gone(self) -> frozenset[str]:
        """The addresses of what has expired, including aliases, without trailing slashes."""
        return frozenset(address.strip("/") for address in self.site.gone)

    @cached_property
    def _composed(self) -> dict[str, str]:
        """The files whose names are not ASCII, by their names in Unicode's composed form (NFC)."""
        names = (path for path in (*self.of_source, *self.files) if not path.isascii())
        return {unicodedata.normalize("NFC", path): path for path in names}

    def _nearest_anchor(self, source: str, fragment: str) -> str:
        from rapidfuzz import fuzz, process

        # Lines of code have ids, too, which are not meant to be linked to.
        named = [one for one in self._listed(source) if not one.startswith("__")]
        found = process.extractOne(fragment, named, scorer=fuzz.ratio)
        return str(found[0]) if found else ""

    def _listed(self, source: str) -> list[str]:
        return self.anchors.get(source, "").split("\n")

    def _ids(self, source: str) -> frozenset[str]:
        return frozenset(self._listed(source))

    def _enclosures(self, resolved: list[Resolved]) -> tuple[Enclosure, ...]:
        found = {}
        for link in resolved:
            asset = self.assets.get(link.address or "")
            kind = ENCLOSED.get(posixpath.splitext(asset.path)[1].lower()) if asset else None
            if asset and kind:
                found[asset.at] = Enclosure(asset.at, kind, asset.size)
        # Sound and film first: RSS allows only one.
        return tuple(sorted(found.values(), key=lambda e: not e.type.startswith(("audio", "video"))))

    def resolve_all(self, document: AnyDocument, references: Iterable[Reference]) -> dict[str, Resolved]:
        """The resolved form of each target that a document names."""
        found = {}
        advised = 0
        for reference in {reference.target: reference for reference in references}.values():
            link = found[reference.target] = self.resolve(document, reference, advise=advised < ADVISED)
            advised += bool(link.problem)
        return found

    def diagnose(
        self, document: AnyDocument, converted: Converted, resolved: Mapping[str, Resolved]
    ) -> tuple[Diagnostic, ...]:
        """The broken references of a converted document, as they were `resolved`."""
        broken = [target for target, link in resolved.items() if link.problem]
        places = Places(converted, self.label(document), broken)
        seen: Counter[str] = Counter()
        found = []
        for reference in converted.references:
            nth = seen[reference.target]
            seen[reference.target] += 1
            if (link := resolved.get(reference.target)) and link.problem:
                usual = Kind.LINK if reference.kind == "link" else Kind.IMAGE
                kind = Kind.EXPIRED if link.expired else usual
                word = {"link": "link", "image": "image", "media": "file"}[reference.kind]
                named = link.problem.startswith("`")
                problem = f"the {word} {link.problem}" if named else link.problem
                found.append(places.warning(reference.target, nth, kind, problem, link.hint))
        return capped(found)
