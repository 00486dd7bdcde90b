"""Follows every link of a built site, as a reader's browser would: `python -m tests.links SITE`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

HERE = "http://site.invalid"
_ATTRIBUTES = {"href": "[href]", "src": "[src]", "poster": "[poster]", "action": "form[action]"}
_NOT_FOLLOWED = ("http:", "https:", "mailto:", "data:", "tel:", "javascript:", "//")


@dataclass
class Built:
    """A built site whose root is served at `base` (`/`, or `/sub/`)."""

    root: Path
    base: str = "/"
    _ids: dict[Path, frozenset[str]] = field(default_factory=dict)

    def pages(self) -> list[str]:
        """Every page below the root."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.html"))

    def dangling(self, page: str, selector: str = "html") -> list[str]:
        """The links within `selector` on a page that lead to no file, or to no anchor in it."""
        tree = LexborHTMLParser((self.root / page).read_text("utf-8"))
        found = []
        for part in tree.css(selector):
            found += [target for target in _targets(part) if not self._leads_somewhere(page, target)]
        return found

    def _leads_somewhere(self, page: str, target: str) -> bool:
        if target.startswith(_NOT_FOLLOWED):
            return True
        url = urlsplit(urljoin(f"{HERE}{self.base}{page}", target))
        path = unquote(url.path)
        if not path.startswith(self.base):
            return False
        file = self.root / path.removeprefix(self.base)
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            return False
        return not url.fragment or file.suffix != ".html" or unquote(url.fragment) in self._anchors(file)

    def _anchors(self, file: Path) -> frozenset[str]:
        if file not in self._ids:
            tree = LexborHTMLParser(file.read_text("utf-8"))
            ids = (node.attributes.get("id") for node in tree.css("[id]"))
            names = (node.attributes.get("name") for node in tree.css("a[name]"))
            self._ids[file] = frozenset(filter(None, (*ids, *names)))
        return self._ids[file]


def _targets(part: object) -> Iterator[str]:
    for name, selector in _ATTRIBUTES.items():
        for node in part.css(selector):  # type: ignore[attr-defined]  # a node of the parser, which has no stub
            if target := (node.attributes.get(name) or "").strip():
                yield target
    for node in part.css("[srcset]"):  # type: ignore[attr-defined]  # as above
        for choice in (node.attributes.get("srcset") or "").split(", "):
            yield choice.split(" ")[0]


if __name__ == "__main__":
    built = Built(Path(sys.argv[1]))
    for name in built.pages():
        for dead in built.dangling(name):
            print(f"{name}: {dead}")
