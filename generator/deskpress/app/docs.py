"""The manual: Markdown pages in the wheel, or in `docs/` of a checkout."""

from __future__ import annotations

from pathlib import Path

from deskpress.source.frontmatter import split
from deskpress.source.report import Report


def docs_folder() -> Path:
    """The folder of the pages: inside the package in a wheel, else in the content of the documentation."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parents[1] / "docs" / "content" / "help"


def manual() -> dict[str, Path]:
    """The pages by name, in alphabetical order."""
    found = {path.stem: path for path in docs_folder().glob("*/*.md") if path.stem != "index"}
    return {name: found[name] for name in sorted(found)}


def heading(path: Path) -> str:
    """The title of a page."""
    return _parts(path)[0]


def text(path: Path) -> str:
    """A page as a reader of a terminal sees it: its title, and its text without the front matter."""
    title, body = _parts(path)
    return f"# {title}\n\n{body.lstrip()}"


def _parts(path: Path) -> tuple[str, str]:
    """The title and the Markdown of a page."""
    found = split(path.read_text("utf-8"), Report(path.name))
    assert found is not None  # `make docs` checks the front matter
    return found.values["title"].raw, found.text
