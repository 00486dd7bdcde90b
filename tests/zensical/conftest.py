"""A project of Zensical to try things on."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.app.loading import load
from deskpress.build.request import Request, Result
from deskpress.model.diagnostic import ContentError

USUAL = '[project]\nsite_name = "Desk"\nsite_url = "https://desk.example/"\n'


class ZensicalSite:
    """A project in a folder of its own; the content folder is `docs`, as it is by default."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "zensical.toml"
        self.write("index.md", "# Home\n\nText.\n")
        self.configure()

    def configure(self, more: str = "", *, usual: str = USUAL) -> None:
        """Write `zensical.toml`."""
        self.file.write_text(usual + more, encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file below the content folder."""
        target = self.folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def request(self) -> Request:
        """The site of June 2012."""
        return Request(self.file, as_of="2012-06-01")

    def build(self) -> Result:
        """`deskpress build`."""
        return build(self.request())

    def problems(self) -> list[str]:
        """What `check` says, or what is wrong with the configuration, a line each with its hint."""
        try:
            found = check(self.request()).diagnostics
        except ContentError as error:
            found = tuple(error.diagnostics)
        return [f"{d.span}: {d.severity.name.lower()}: {d.problem} ({d.hint})" for d in found]

    def remarks(self) -> tuple[str, ...]:
        """What has no effect."""
        return load(self.request()).config.remarks

    def pages(self) -> set[str]:
        """The addresses of the pages."""
        root = self.folder / "site"
        return {path.relative_to(root).as_posix().removesuffix("index.html") for path in root.rglob("*.html")}

    def read(self, path: str) -> str:
        """A built file."""
        return (self.folder / "site" / path).read_text("utf-8")


@pytest.fixture
def project(tmp_path: Path) -> ZensicalSite:
    """A project with a home page."""
    return ZensicalSite(tmp_path)
