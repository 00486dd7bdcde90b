"""The documentation shows the folders as they are."""

from __future__ import annotations

import runpy

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "generator/deskpress"
TEXT = (REPOSITORY / "docs/content/architecture.md").read_text("utf-8")


@pytest.mark.slow
def test_the_diagram_shows_what_the_folders_import() -> None:
    # `make diagram` writes it anew.
    drawn = runpy.run_path(str(REPOSITORY / "docs/diagram.py"))
    assert drawn["BEGIN"] + drawn["diagram"]() + drawn["END"] in TEXT


def test_every_folder_is_explained() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert len(folders) > 10
    assert [name for name in sorted(folders) if f"| `{name}/` |" not in TEXT] == []
