"""`llmstxt`: copies of pages, and their list."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deskpress.compat.native.llmstxt import chosen
from deskpress.model.addons import LlmsTxt
from tests.compat.conftest import install, ways
from tests.conftest import Site

pytestmark = pytest.mark.slow

PLUGIN = """\
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin


class Options(Config):
    autoclean = c.Type(bool, default=True)
    preprocess = c.Optional(c.Type(str))
    full_output = c.Optional(c.Type(str))
    markdown_description = c.Optional(c.Type(str))
    sections = c.Type(dict, default={})


class Plugin(BasePlugin[Options]):
    def on_files(self, files, config):
        return files

    def on_post_build(self, config):
        raise ValueError("not called")


def _generate_page_markdown(html, *, should_autoclean, preprocess, path):
    return f"{path} {should_autoclean}: {html}"
"""


@pytest.fixture
def listed(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    for name in [one for one in sys.modules if one.startswith("mkdocs_llmstxt")]:
        del sys.modules[name]
    files = {"mkdocs_llmstxt/_internal/plugin.py": PLUGIN, "mkdocs_llmstxt/own.py": ""}
    install(tmp_path, monkeypatch, "llmstxt = mkdocs_llmstxt._internal.plugin:Plugin", files)
    site.write("guide/index.md", "# Guides\n\nText.\n")
    site.write("guide/a.md", "# First & last\n\n[Next](b.md)\n")
    site.write("guide/b.md", "# Second\n\nText.\n")
    site.write("other.md", "# Other\n\nText.\n")
    return site


OPTIONS = {
    "markdown_description": "All about it.",
    "sections": {"Guides": ["guide/*.md"], "More": [{"other.md": "What is left"}, "absent.md"]},
}


def test_copies_are_listed_and_made_anew_with_their_pages(listed: Site) -> None:
    listed.configure(plugins=["deskpress", {"llmstxt": OPTIONS}], site_description="News.")
    ways(listed)
    url = "https://desk.example"
    assert listed.read("llms.txt") == (
        "# Seller Desk\n\n> News.\n\nAll about it.\n\n## Guides\n\n"
        f"- [Guides]({url}/guide/index.md)\n- [First & last]({url}/guide/a/index.md)\n"
        f"- [Second]({url}/guide/b/index.md)\n\n## More\n\n- [Other]({url}/other/index.md): What is left\n\n"
    )
    copy = listed.read("guide/a/index.md")
    assert copy.startswith("guide/a/index.md True: <h1")
    assert "First &amp; last</h1>" in copy
    assert '<a href="../../guide/b/">Next</a>' in copy or 'href="../b/"' in copy
    listed.write("guide/b.md", "# Second\n\nOther text.\n")
    made = set(listed.build().reasons)
    assert {one for one in made if one.endswith((".md", ".txt"))} == {"guide/b/index.md"}
    listed.write("guide/b.md", "# Last\n\nOther text.\n")
    listed.build()
    assert "[Last]" in listed.read("llms.txt")
    ways(listed)


@pytest.mark.parametrize(("name", "value"), [("full_output", "llms-full.txt"), ("preprocess", "own.py")])
def test_what_is_not_done_here_needs_a_full_build(listed: Site, name: str, value: str) -> None:
    listed.configure(plugins=["deskpress", {"llmstxt": {**OPTIONS, name: value}}])
    with pytest.raises(Exception, match="not called"):
        listed.build()


def test_files_come_in_the_order_of_mkdocs() -> None:
    paths = ["b.md", "a/x.md", "a/index.md", "a.md", "a/b/c.md", "index.md"]
    settings = LlmsTxt((("All", (("*.md", ""),)),))
    listed = [path for path, _ in chosen(settings, paths)[0][1]]
    assert listed == ["index.md", "a.md", "b.md", "a/index.md", "a/x.md", "a/b/c.md"]
