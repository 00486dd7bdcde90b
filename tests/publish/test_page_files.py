"""With `use_directory_urls: false`, nobody takes the address `a.html` from the page at `a/`."""

from __future__ import annotations

import pytest

from deskpress.publish.remote import Remote

from .conftest import Editor, live


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("help/x.md", "aliases: [/help/metrics.html]"),
        ("help/x.md", "slug: metrics.html"),
        ("help/metrics.html.md", "description: Its file has the name."),
    ],
)
def test_the_file_of_a_page_is_not_taken(editor: Editor, server: Remote, name: str, line: str) -> None:
    settings = editor.folder / "mkdocs.yml"
    settings.write_text(settings.read_text() + "use_directory_urls: false\n")
    assert editor.push().ok
    before = live(server)["help/metrics.html"]
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    editor.write(name, f"---\ntitle: X\n{line}\n---\nText.\n")
    pushed = editor.push()
    assert not pushed.ok
    assert "help/metrics.html" in pushed.said
    assert live(server)["help/metrics.html"] == before


def test_an_alias_that_leads_to_the_same_page_is_allowed(editor: Editor) -> None:
    settings = editor.folder / "mkdocs.yml"
    settings.write_text(settings.read_text() + "use_directory_urls: false\n")
    editor.write("help/metrics.md", "---\ntitle: Metrics\naliases: [/help/metrics.html]\n---\nText.\n")
    pushed = editor.push()
    assert pushed.ok, pushed.said
