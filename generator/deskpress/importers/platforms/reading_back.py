"""Builds the site after an import, and counts what readers get of each text."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskpress.app.build import build
from deskpress.build.cpu_limit import cpu_limit
from deskpress.build.request import Request, Result
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.model.diagnostic import ContentError
from deskpress.model.output import path_of

Progress = Callable[[str, int], Callable[[int], None]]


class Built(Struct):
    """A site as it was built beside the real one."""

    folder: Path
    addresses: dict[str, str]

    def body(self, path: str) -> LexborNode | None:
        """The text of a document's page; None if it has no page."""
        address = self.addresses.get(path)
        if address is None:
            return None
        file = self.folder / path_of(address)
        if not file.is_file():
            return None
        tree = LexborHTMLParser(file.read_text("utf-8"))
        return tree.css_first(".dp-body") or LexborHTMLParser("<body></body>").body


def built(config_file: Path, progress: Progress) -> Iterator[Built]:
    """Build a site into a temporary folder, once, for as long as it is looked at. Raises `ContentError`."""
    with tempfile.TemporaryDirectory(prefix="deskpress-import-") as name:
        folder = Path(name)
        request = Request(
            config_file,
            site_dir=folder / "site",
            memory=folder / "cache",
            future=True,
            lenient=True,
            limit=cpu_limit(DEFAULT_SECONDS, lambda message: None),
            progress=progress,
        )
        result: Result = build(request)
        addresses = dict(result.prepared.linker.of_source) if result.prepared else {}
        # All that the build has read would stay in memory for as long as pages are compared.
        del result
        yield Built(folder / "site", addresses)


__all__ = ["Built", "ContentError", "built"]
