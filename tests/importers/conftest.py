"""A new site to import into, and what its readers get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser

from deskpress.app.build import build
from deskpress.app.new import new_site
from deskpress.build.request import Request
from deskpress.cli.main import main

EXAMPLES = ("posts/2012-06-01-hello.md", "help/getting-help.md", "about.md")


class Desk:
    """A site without the examples that a new one has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        new_site(folder, datetime(2012, 6, 1, tzinfo=UTC))
        for name in EXAMPLES:
            (self.content / name).unlink()
        self.configure("      footer:\n        - About: about.md\n", "      languages: [de]\n")

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def configure(self, old: str, new: str) -> None:
        """Put `new` in the place of `old` in `mkdocs.yml`."""
        file = self.folder / "mkdocs.yml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, *arguments: object) -> Result:
        """Run `deskpress import`."""
        return CliRunner().invoke(main, ["import", *map(str, arguments), "--into", str(self.folder)])

    def keep(self, *arguments: object) -> Result:
        """Run it where nothing is lost."""
        done = self.run(*arguments)
        assert done.exit_code == 0, done.output
        return done

    def text(self, path: str) -> str:
        """A file of the content."""
        return (self.content / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """All files of the folder but what is built."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not re.match(r"(site|\.cache)/", path.relative_to(self.folder).as_posix())
        }

    def documents(self) -> list[str]:
        """The paths of documents, but for those that a new site has."""
        found = {path.relative_to(self.content).as_posix() for path in self.content.rglob("*.md")}
        return sorted(found - {"index.md", "help/index.md"})

    def build(self) -> None:
        """Build into `site/`, with what is dated ahead."""
        build(Request(self.folder / "mkdocs.yml", future=True))

    def page(self, address: str) -> str:
        """A page or another file as it was built."""
        path = self.folder / "site" / address
        return (path / "index.html" if address.endswith("/") or not address else path).read_text("utf-8")

    def body(self, address: str) -> str:
        """The text of a page, as HTML."""
        found = LexborHTMLParser(self.page(address)).css_first(".dp-body")
        assert found is not None
        return found.html or ""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


@pytest.fixture
def source(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a source, a file at a time; returns the file."""

    def write(name: str, text: str | bytes) -> Path:
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write
