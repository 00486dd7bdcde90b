"""A text that takes too long on the server is refused; nobody else is held up."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from deskpress.publish.remote import Remote, Settings
from tests.publish.conftest import Editor, deskpress, live
from tests.unit.test_limits import UNKNOWN

pytestmark = pytest.mark.slow


def test_a_text_that_takes_too_long_is_refused_and_the_next_push_passes(
    server: Remote, editor: Editor
) -> None:
    settings = server.root / "settings.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "document_seconds": 0.4}))
    editor.configure(markdown_extensions=["pymdownx.caret", "pymdownx.smartsymbols"])
    assert editor.push().ok
    before = live(server)
    editor.environment["DESKPRESS_PUSHER"] = "eve"

    editor.post("2012-04-01-slow.md", UNKNOWN)
    refused = editor.push()
    assert not refused.ok
    assert (
        "content/posts/2012-04-01-slow.md:6:1: error: the text takes more than 0.4 s of CPU time"
        in refused.said
    )
    assert "“^” stands in it" in refused.said
    assert live(server) == before

    editor.post("2012-04-01-slow.md", "Quick.\n")
    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert "2012/04/slow.html" in pushed.said
    assert deskpress("remote", "due", "-C", server.root).ok


def test_a_preview_is_bound_too(server: Remote, editor: Editor) -> None:
    settings = server.root / "settings.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "document_seconds": 0.4}))
    editor.configure(markdown_extensions=["pymdownx.caret", "pymdownx.smartsymbols"])
    assert editor.push().ok
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    editor.post("2012-04-01-slow.md", UNKNOWN)
    said = editor.push(ref="HEAD:refs/heads/preview/slow").said
    assert "content/posts/2012-04-01-slow.md:6:1: error: the text takes more than 0.4 s of CPU time" in said
    assert not (server.root / "previews" / "slow" / "index.html").exists()


def test_a_server_that_was_set_up_before_has_the_usual_limit(server: Remote) -> None:
    known = json.loads((server.root / "settings.json").read_text())
    known.pop("document_seconds")
    (server.root / "settings.json").write_text(json.dumps(known))
    assert Remote.open(server.root).settings == replace(Settings(), document_seconds=4.0)
