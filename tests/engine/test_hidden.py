"""What a plug-in or hook takes away in `on_files` is published nowhere, however the site is built."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import Any

import pytest

from deskpress.model.diagnostic import ContentError
from tests.conftest import AS_OF, Site

pytestmark = pytest.mark.slow

REMOVES = """
    def on_files(files, config):
        for file in list(files):
            if "secret" in file.src_uri:
                files.remove(file)
        return files
"""
EXCLUDES = """
    from mkdocs.structure.files import InclusionLevel
    def on_files(files, config):
        for file in files:
            if "secret" in file.src_uri:
                file.inclusion = InclusionLevel.EXCLUDED
"""
LATE = """
    from mkdocs.plugins import event_priority
    from mkdocs.structure.files import Files
    @event_priority(-100)
    def on_files(files, config):
        return Files([file for file in files if "secret" not in file.src_uri])
"""


@pytest.fixture
def site(site: Site) -> Site:
    site.post("2012-03-01-a.md", "See [the other](2012-03-02-secret.md).\n")
    site.post("2012-03-02-secret.md", "Arcane words.\n", categories=["Arcane"])
    site.write("help/secret.md", "# Topic\n\nArcane words.\n")
    site.write("secret/page.md", "# Page\n\nArcane words.\n")
    site.write("secret.txt", "Arcane words.\n")
    return site


def hooked(site: Site, code: str, **keys: Any) -> None:
    (site.folder / "hook.py").write_text(dedent(code))
    site.configure(hooks=["hook.py"], **keys)


def mkdocs(site: Site) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(site.folder / "other")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1338508800"}  # AS_OF
    return subprocess.run(
        command, cwd=site.folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("code", [REMOVES, EXCLUDES, LATE], ids=["removed", "excluded", "late"])
def test_what_a_hook_hides_is_in_no_page_no_list_no_feed_and_no_search(site: Site, code: str) -> None:
    assert AS_OF == "2012-06-01"
    hooked(site, code)
    result = site.build()
    built = site.tree()
    assert not [
        path for path, data in built.items() if b"rcane" in data or "secret" in path.replace("secrets.js", "")
    ]
    assert "2012/03/a.html" in built
    assert [d.problem for d in result.diagnostics] == ["the link `2012-03-02-secret.md` does not exist"]
    done = mkdocs(site)
    assert done.returncode == 0, done.stderr
    assert site.tree(site.folder / "other") == built
    for diagnostic in result.diagnostics:
        assert done.stderr.count(diagnostic.problem) == 1
    # Shown again as soon as nobody hides it.
    site.configure()
    site.build()
    assert "Arcane words." in site.read("feed.xml")


def test_a_hidden_document_leaves_what_needs_it_with_a_mistake_and_the_old_site(site: Site) -> None:
    site.build()
    before = site.tree()
    hooked(site, REMOVES, strict=True)
    with pytest.raises(ContentError, match="does not exist"):
        site.build()
    assert site.tree() == before


def test_a_file_that_a_hook_replaces_is_not_hidden(site: Site) -> None:
    hooked(
        site,
        """
        from mkdocs.structure.files import File
        def on_files(files, config):
            old = files.get_file_from_path("help/secret.md")
            files.remove(old)
            files.append(File(old.src_uri, config.docs_dir, config.site_dir, True))
        """,
    )
    site.build()
    assert "Arcane words." in site.read("help/secret/index.html")


def test_a_draft_by_a_plug_in_is_refused(site: Site) -> None:
    site.build()
    before = site.tree()
    hooked(
        site,
        """
        def on_page_markdown(markdown, page, config, files):
            if page.file.src_uri == "posts/2012-03-02-secret.md":
                page.meta["draft"] = True
        """,
    )
    with pytest.raises(ContentError, match=r"2012-03-02-secret.md:\d+:1: error: a plug-in holds this back"):
        site.build()
    assert site.tree() == before
    done = mkdocs(site)
    assert done.returncode
    assert "a plug-in holds this back" in done.stderr
    assert not [path for path, data in site.tree(site.folder / "other").items() if b"Arcane" in data]
