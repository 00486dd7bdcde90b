"""Imports into a project of Zensical: its own file gets what they need."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskpress.app.new import new_site
from deskpress.cli.main import main
from tests.importers.test_wxr import blog, item


@pytest.mark.slow
def test_a_blog_of_another_platform_is_imported(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    new_site(folder, datetime(2012, 6, 1, tzinfo=UTC), form="zensical")
    file = folder / "zensical.toml"
    file.write_text(file.read_text().replace("timezone", "# Where we are.\ntimezone"))
    export = tmp_path / "blog.xml"
    export.write_text(blog(item(1, "One")), "utf-8")
    done = CliRunner().invoke(main, ["import", "wxr", str(export), "--into", str(folder)])
    assert done.exit_code == 0, done.output
    assert "zensical.toml: Markdown extensions: added: " in done.output
    project = tomllib.loads(file.read_text())["project"]
    assert project["plugins"]["deskpress"]["redirects"]["/feed/"] == "/feed.xml"
    assert project["markdown_extensions"]["pymdownx.tabbed"] == {"alternate_style": True}
    assert "# Where we are." in file.read_text()
    before = file.read_bytes()
    assert CliRunner().invoke(main, ["import", "wxr", str(export), "--into", str(folder)]).exit_code == 0
    assert file.read_bytes() == before


def test_a_project_needs_no_import_of_its_own(tmp_path: Path) -> None:
    new_site(tmp_path / "desk", datetime(2012, 6, 1, tzinfo=UTC), form="zensical")
    done = CliRunner().invoke(main, ["import", "material", str(tmp_path / "desk")])
    assert done.exit_code == 0
    assert "a project of Zensical builds as it is; nothing was changed." in done.output
