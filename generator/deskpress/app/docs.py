"""The manual: Markdown pages in the wheel, or in `docs/` of a checkout."""

from __future__ import annotations

from pathlib import Path

DEVELOPERS = frozenset({"architecture", "look"})
"""Pages about the program itself."""


def docs_folder() -> Path:
    """The folder of the pages: inside the package in a wheel, at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parents[1] / "docs"


def manual() -> dict[str, Path]:
    """The pages by name, in alphabetical order."""
    found = {path.stem: path for path in sorted(docs_folder().glob("*.md"))}
    return {name: path for name, path in found.items() if name not in DEVELOPERS}


def heading(path: Path) -> str:
    """The title of a page."""
    return path.read_text("utf-8").partition("\n")[0].lstrip("# ")
