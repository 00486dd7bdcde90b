"""Every old address answers: those of what is left out, with 410 (gone)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Desk
from tests.importers.test_wxr import HEAD, item
from tests.importers.test_zendesk import article, center

Write = Callable[[str, str | bytes], Path]


@pytest.mark.slow
def test_types_of_plugins_are_gone(desk: Desk, source: Write) -> None:
    items = (
        item(1, "A jar.", path="a/"),
        item(2, "A lid.", path="lids/blue/", kind="lid"),
        item(3, "Hidden.", path="lids/red/", kind="lid", status="draft"),
    )
    export = source("shop.xml", f"{HEAD}{''.join(items)}</channel></rss>")
    desk.keep("wxr", export)
    before = desk.files()
    desk.build()
    gone = (desk.folder / "site/gone.map").read_text()
    assert "/lids/blue" in gone
    assert "/lids/red" not in gone
    assert not [path for path in (desk.folder / "site").rglob("*.html") if "A lid" in path.read_text()]

    desk.keep("wxr", export)
    assert desk.files() == before


@pytest.mark.slow
def test_texts_in_a_language_that_the_site_lacks_are_gone(desk: Desk, source: Write) -> None:
    french = {
        "html_url": "https://jars.zendesk.com/hc/fr/articles/7-Bocal",
        "locale": "fr",
        "source_locale": "fr",
    }
    folder = center(source, article(1, "<p>A jar.</p>"), article(7, "<p>Un bocal.</p>", **french))
    done = desk.run("zendesk", folder)
    assert done.exit_code == 1
    assert "the site has no language `fr`" in done.output
    desk.build()
    assert "/hc/fr/articles/7-Bocal" in (desk.folder / "site/gone.map").read_text()
