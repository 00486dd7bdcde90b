"""The documentation is a site of Deskpress without a warning, and each release is a post of it."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.build.request import Request
from tests.conftest import AS_OF, REPOSITORY

CHANGELOG = """# Changes

## Unreleased

- Not yet.

## 1.1.0 - 2027-03-01

- A topic has steps ([writing](docs/content/help/writing/front-matter.md)).

## 1.0.0 - 2027-01-15

First version.
"""


def copied(tmp_path: Path) -> Path:
    """The documentation without what a build there has written."""
    ignored = shutil.ignore_patterns("site", ".cache", "posts")
    shutil.copytree(REPOSITORY / "docs", tmp_path / "docs", ignore=ignored)
    return tmp_path / "docs"


def test_the_documentation_is_built_without_a_warning(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    spec = importlib.util.spec_from_file_location("releases", folder / "releases.py")
    assert spec
    assert spec.loader
    releases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(releases)
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    releases.main()
    request = Request(config_file=folder / "mkdocs.yml", as_of="2027-04-01")
    assert [str(one) for one in check(request).diagnostics] == []
    site = build(request).site_dir
    feed = (site / "feed.xml").read_text("utf-8")
    assert feed.index("Deskpress 1.1.0") < feed.index("Deskpress 1.0.0")
    assert "Not yet" not in feed
    assert 'href="../../help/writing/front-matter/"' in (site / "2027/03/1-1-0.html").read_text("utf-8")
    assert (site / "help/publishing/server/index.html").is_file()


def test_the_tools_run_in_the_documentation(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    site = build(Request(config_file=folder / "mkdocs.yml", as_of=AS_OF)).site_dir
    page = (site / "help/writing/tools/index.html").read_text("utf-8")
    for tool in ("delivery-rate", "response-time", "vacation-planner", "spoof-checklist"):
        assert f"<{tool}" in page
