"""Every old address answers: those of what is left out, with 410 (gone)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.platforms import counting
from tests.importers.conftest import Desk
from tests.importers.test_wxr import HEAD, blog, item
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


HOOK = """
def on_page_markdown(markdown, page, config, files):
    if "amber" in markdown:
        raise ValueError("no resin here")
    while "slow" in markdown:
        pass
    return markdown
"""


def gone(desk: Desk) -> str:
    desk.build()
    return (desk.folder / "site/gone.map").read_text()


@pytest.mark.slow
def test_a_text_that_the_site_cannot_read_is_put_aside_and_its_addresses_are_gone(
    desk: Desk, source: Write
) -> None:
    desk.configure("  - deskpress:\n", "  - deskpress:\n      max_document_size: 3000\n")
    long = f"<p>{'Resin. ' * 1000}</p>"
    folder = center(source, article(1, "<p>A jar.</p>"), article(2, long), article(3, long, draft=True))

    done = desk.run("zendesk", folder)

    assert done.exit_code == 1
    aside = ".deskpress-import/zendesk/refused/help/glass/jars-lids/jar-2.md"
    assert "“Jar 2” is not published: the site refuses it: the file has " in done.output
    assert f"it is in {aside}, and its addresses answer 410 (gone)" in done.output
    assert "Resin. Resin." in (desk.folder / aside).read_text()
    assert "words            1,002         2    0.20 %" in done.output
    found = gone(desk)
    assert "/hc/en-gb/articles/2-Jar-2" in found
    assert "/help/glass/jars-lids/jar-2" in found
    assert "jar-1" not in found
    assert "jar-3" not in found
    assert "draft: true" in desk.text("help/glass/jars-lids/jar-3.md")
    before = desk.files()
    assert desk.run("zendesk", folder).exit_code == 1
    assert desk.files() == before


@pytest.mark.slow
def test_a_text_that_the_site_cannot_convert_is_not_published_and_its_addresses_are_gone(
    desk: Desk, source: Write
) -> None:
    source("../desk/hook.py", HOOK)
    desk.configure("plugins:\n", "hooks: [hook.py]\nplugins:\n")
    export = source("shop.xml", blog(item(1, "A jar.", path="a/"), item(2, "An amber jar.", path="b/")))

    done = desk.run("wxr", export)

    assert done.exit_code == 1
    assert "“Text 2” is not published: the site refuses it: hook.py: `on_page_markdown`" in done.output
    assert "until the line `expires` is taken out" in done.output
    assert "/b" in gone(desk)
    before = desk.files()
    assert desk.run("wxr", export).exit_code == 1
    assert desk.files() == before


@pytest.mark.slow
def test_texts_that_are_refused_a_few_at_a_time_are_all_found(
    desk: Desk, source: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "DEFAULT_SECONDS", 0.3)
    source("../desk/hook.py", HOOK)
    desk.configure("plugins:\n", "hooks: [hook.py]\nplugins:\n")
    slow = [article(number, "<p>A slow jar.</p>") for number in range(2, 30)]
    folder = center(source, article(1, "<p>A jar.</p>"), *slow)

    done = desk.run("zendesk", folder)

    assert done.output.count("is not published: the site refuses it: the text takes more than 0.3 s") == 28
    found = gone(desk)
    assert all(f"/hc/en-gb/articles/{number}-Jar-{number}" in found for number in range(2, 30))


@pytest.mark.slow
def test_old_addresses_at_which_pages_of_the_site_stand_lead_to_these(desk: Desk, source: Write) -> None:
    names = ("blog", "search", "subscribe", "series", "category/glass", "kept")
    pages = [item(n, f"Jar {n}.", path=f"{name}/", name=name, kind="page") for n, name in enumerate(names, 1)]
    export = source("shop.xml", blog(*pages))

    done = desk.run("wxr", export)

    assert done.exit_code == 1
    assert "the address /blog/: the main page of the blog is there" in done.output
    assert "the address /search/: the search page is there" in done.output
    assert "words               12        12  100.00 %" in done.output
    desk.build()
    assert "Jar 1." in desk.page("blog-page/")
    assert "Jar 4." in desk.page("series-page/")
    assert "url=../series-page/" in desk.page("series/")
    before = desk.files()
    desk.run("wxr", export)
    assert desk.files() == before


@pytest.mark.parametrize("marks", ["[ " * 700, "[^1] " * 2500, "](a " * 2500, "=" * 3000, "~" * 3000])
@pytest.mark.parametrize("name", ["p", "pre"])
def test_a_text_with_too_many_marks_for_markdown_is_kept(
    desk: Desk, source: Write, marks: str, name: str
) -> None:
    folder = center(source, article(1, f"<p>A <b>jar</b>.</p><{name}>{marks}</{name}>"))
    desk.keep("zendesk", folder)
    desk.build()
    assert "<b>jar</b>" in desk.body("help/glass/jars-lids/jar-1/")
