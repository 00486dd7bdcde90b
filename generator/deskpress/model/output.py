"""What a build is going to write: the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

Subject = tuple[str, ...]
"""The subject of an output, in words: `("month", "2012-03")`, `("post", "posts/a.md")`."""


MARKER_TEXT = b"This folder is written by Deskpress; whatever else lies in it is removed by the next build.\n"


class OutputSpec(Struct, frozen=True, order=True, array_like=True):
    """One file to write. `path` is relative to the site; `kind` says how it is made.

    `template` is the Jinja template of an HTML page and empty for everything else. `language_dir` is the
    folder of its language, empty for the main one.
    """

    path: str
    kind: str
    subject: Subject = ()
    template: str = ""
    language_dir: str = ""

    def __post_init__(self) -> None:
        parts = self.path.split("/")
        if not all(parts) or ".." in parts or "." in parts:
            raise ValueError(f"an output leaves the site: {self.path!r}")

    @property
    def address(self) -> str:
        """The address below the site's root: `2012/03/` for `2012/03/index.html`."""
        return address_of(self.path)


class Plan(Struct, frozen=True):
    """All outputs, each path once, and old addresses with the new ones."""

    outputs: tuple[OutputSpec, ...]
    redirects: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len({spec.path for spec in self.outputs}) != len(self.outputs):
            raise ValueError("two outputs share a path")

    def __iter__(self) -> Iterator[OutputSpec]:
        return iter(self.outputs)

    def __len__(self) -> int:
        return len(self.outputs)


def address_of(path: str) -> str:
    """The address at which a server shows the file `path`."""
    if path == "index.html":
        return ""
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


def copy_path(page: str) -> str:
    """The path of the Markdown copy of the page at the path `page`."""
    return f"{page.removesuffix('.html')}.md"


def path_of(address: str) -> str:
    """The file that a server shows at `address`."""
    return f"{address}index.html" if not address or address.endswith("/") else address
