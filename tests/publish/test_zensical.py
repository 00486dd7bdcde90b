"""A project of Zensical is published by `git push`, and no code of it comes from its content."""

from __future__ import annotations

import pytest

from deskpress.publish.remote import Remote
from tests.publish.conftest import Editor, live

PROJECT = """\
[project]
site_name = "Desk"
site_url = "https://desk.example/"
site_author = "The Team"
docs_dir = "content"
"""


@pytest.fixture
def zensical(editor: Editor) -> Editor:
    """The editor's site with the other form of configuration."""
    (editor.folder / "mkdocs.yml").unlink()
    (editor.folder / "zensical.toml").write_text(PROJECT + "[project.plugins.deskpress]\n")
    return editor


@pytest.mark.slow
def test_a_project_is_published(zensical: Editor, server: Remote) -> None:
    pushed = zensical.push()
    assert pushed.ok, pushed.said
    zensical.post("2012-05-02-may.md", "In May.")
    pushed = zensical.push()
    assert pushed.ok, pushed.said
    assert b"In May." in live(server)["2012/05/may.html"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "place"),
    [
        ('[project.theme]\ncustom_dir = "content/theme"\n', "zensical.toml:7:15"),
        (
            '[project.markdown_extensions.pymdownx.emoji.options]\ncustom_icons = ["content/icons"]\n',
            "zensical.toml:7:",
        ),
        ("[project]\n", "zensical.toml:1:1: error: this is not TOML"),
    ],
)
def test_code_in_the_content_is_refused(zensical: Editor, more: str, place: str) -> None:
    zensical.write("theme/main.html", "{{ config }}")
    zensical.write("icons/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    (zensical.folder / "zensical.toml").write_text(PROJECT + more)
    pushed = zensical.push()
    assert not pushed.ok
    assert place in pushed.said


@pytest.mark.slow
def test_the_content_folder_is_one_beside_the_file(zensical: Editor) -> None:
    (zensical.folder / "zensical.toml").write_text(PROJECT.replace('"content"', '"../elsewhere"'))
    assert "on a server `docs_dir` is the name of a folder beside `zensical.toml`" in zensical.push().said
