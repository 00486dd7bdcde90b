"""What only `check` tells: looked for when somebody asks, and remembered then."""

from __future__ import annotations

from typing import Any

import pytest

from deskpress.build import reader, reviewing
from deskpress.build.editorial import editorial
from deskpress.engine.blob_store import BlobStore
from tests.conftest import Site

SLIP = "Text\n- one\n- two\n"


def told(site: Site) -> list[str]:
    return [str(one) for one in site.check().diagnostics]


def test_check_after_a_build_tells_what_a_first_check_does(site: Site) -> None:
    site.configure()
    site.post("2012-03-01-a.md", SLIP)
    site.post("2012-03-02-b.md", "Text. ![](a.png)\n")
    site.write("posts/a.png", b"")
    first = told(site)
    assert any("list" in one for one in first)
    assert any("no alternative text" in one for one in first)
    site.build(clean=True)
    assert told(site) == first


def test_a_text_is_reviewed_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.configure()
    for number in range(3):
        site.post(f"2012-03-0{number + 1}-{number}.md", SLIP)
    reviewed = []

    def counted(label: str, *rest: Any) -> Any:
        reviewed.append(label)
        return editorial(label, *rest)

    for module in (reader, reviewing):
        monkeypatch.setattr(module, "editorial", counted)
    site.build()
    assert reviewed == []
    first = told(site)
    assert len(reviewed) == 3
    assert told(site) == first
    assert len(reviewed) == 3
    site.post("2012-03-02-1.md", "Text\n- three\n- four\n")
    # A build forgets what was known of the old text, and nothing of the others.
    site.build()
    assert len(told(site)) == len(first)
    assert reviewed[3:] == ["content/posts/2012-03-02-1.md"]


def test_a_text_that_is_saved_while_it_is_reviewed_is_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.configure()
    site.post("2012-03-01-a.md", "Text.\n")
    site.build()
    reviewed = reviewing._reviewed

    def late(*given: Any) -> Any:
        site.post("2012-03-01-a.md", SLIP)
        return reviewed(*given)

    monkeypatch.setattr(reviewing, "_reviewed", late)
    site.check()
    monkeypatch.undo()
    assert any("list" in one for one in told(site))


def test_a_damaged_body_is_read_again(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.configure()
    site.post("2012-03-01-a.md", SLIP)
    first = told(site)
    site.build(clean=True)
    monkeypatch.setattr(BlobStore, "get", lambda self, place: None)
    assert told(site) == first
