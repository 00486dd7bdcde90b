"""Where files lie that come with the package and are no Python."""

from __future__ import annotations

from pathlib import Path


def theme_folder() -> Path:
    """The folder of our templates: next to the package in a wheel, at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "theme"
    return inside if inside.is_dir() else package.parents[1] / "theme"
