"""A site in three languages, one of them written from right to left, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.conftest import Site

pytestmark = pytest.mark.slow

PAGES = [
    "/de/",
    "/de/2012/03/",
    "/de/2012/03/zwei-zahlen.html",
    "/de/archive/",
    "/de/help/",
    "/de/help/metrics/",
    "/de/subscribe/",
    "/de/search/",
    "/ar/",
    "/ar/2012/03/",
    "/ar/help/metrics/",
    "/ar/search/",
    "/help/metrics/",
]
TOOLS = "\n\n".join(f"<{name}></{name}>" for name in ("delivery-rate", "response-time", "spoof-checklist"))


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in English, German and Arabic."""
    site = Site(tmp_path_factory.mktemp("languages") / "desk")
    site.configure(options={"languages": {"de": {"name": "Verkäuferpult"}, "ar": {"name": "مكتب البائع"}}})
    site.write("help/metrics.md", f"---\ntitle: Metrics\n---\n## Parcels\n\n{TOOLS}")
    site.write("de/help/metrics.md", f"---\ntitle: Kennzahlen\n---\n## Pakete\n\nHäuser.\n\n{TOOLS}")
    site.write("ar/help/metrics.md", f"---\ntitle: المقاييس\n---\n## الطرود\n\nنص قصير.\n\n{TOOLS}")
    site.post("2012-03-26-two.md", "Two numbers.\n", topics=["metrics"])
    site.write(
        "de/posts/2012-03-26-two.md",
        "---\ntitle: Zwei Zahlen\ndate: 2012-03-26\ncategories: [Neues]\ntopics: [metrics]\n---\n\nZahlen.\n",
    )
    site.write("ar/posts/2012-03-27-marhaban.md", "---\ntitle: مرحبا\ndate: 2012-03-27\n---\n\nأهلا وسهلا.\n")
    site.write("ar/notices/x.md", "---\ntitle: صيانة\nstart: 2012-03-01\nseverity: warning\n---\n\nصيانة.\n")
    site.build()
    with serving(site.output) as url:
        yield url


@pytest.fixture
def page(chromium: Browser, translated: str) -> Iterator[Page]:
    """A wide page that may not complain."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_pages_fit_in_every_language(page: Page, translated: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(translated + path)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["dark", pytest.param("light", marks=pytest.mark.long)])
def test_axe_finds_nothing(chromium: Browser, translated: str, scheme: Any) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(translated + path)
        page.locator(".dp-languages summary").click()
        for violation in Axe().run(page).response["violations"]:
            found += [(path, violation["id"], node["html"]) for node in violation["nodes"]]
    context.close()
    assert found == []


def test_the_switch_works_by_keyboard_and_stays_on_the_page(page: Page, translated: str) -> None:
    page.goto(f"{translated}/help/metrics/")
    switch = page.locator(".dp-languages")
    switch.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(switch.get_by_role("link", name="Deutsch")).to_be_visible()
    page.keyboard.press("Escape")
    expect(switch.get_by_role("link", name="Deutsch")).to_be_hidden()
    expect(switch.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{translated}/de/help/metrics/")
    page.locator(".dp-languages summary").click()
    page.locator("h1").click()
    expect(page.locator(".dp-languages ul")).to_be_hidden()


def test_the_search_finds_and_speaks_the_language(page: Page, translated: str) -> None:
    page.goto(f"{translated}/de/")
    page.keyboard.press("/")
    page.keyboard.type("haus")
    panel = page.locator(".dp-search__panel")
    expect(panel.get_by_role("status")).to_have_text("1 Ergebnis.")
    expect(panel.get_by_role("link", name="Kennzahlen")).to_have_attribute(
        "href", f"{translated}/de/help/metrics/#pakete"
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{translated}/de/search/?q=haus")
    expect(page.locator("#dp\\:found")).to_have_text("1 Ergebnis.")
    page.locator("#dp\\:query").fill("xyzzy")
    expect(page.locator("#dp\\:found")).to_contain_text("„xyzzy“")


def test_a_tool_speaks_and_reckons_in_the_language(page: Page, translated: str) -> None:
    page.goto(f"{translated}/de/help/metrics/")
    tool = page.locator("delivery-rate")
    fields = tool.locator("input")
    fields.nth(0).fill("1940")
    fields.nth(1).fill("60")
    expect(tool.get_by_role("status")).to_contain_text("97 %")
    expect(tool.get_by_role("status")).to_contain_text("2.000")
    for english in ("misses the target", "Delivered on time", "Calculate"):
        expect(tool).not_to_contain_text(english)
    checklist = page.locator("spoof-checklist")
    checklist.scroll_into_view_if_needed()
    expect(checklist.get_by_role("checkbox")).to_have_count(7)
    expect(checklist).not_to_contain_text("Who sent it?")


def test_what_a_worker_asks_is_asked_in_the_language(page: Page, translated: str) -> None:
    page.goto(f"{translated}/de/help/metrics/")
    tool = page.locator("delivery-rate")
    tool.locator("summary").first.click()
    table = b"Promised date,Delivered\n3/1/2012,3/1/2012\n3/2/2012,3/4/2012\n"
    file: Any = {"name": "x.csv", "mimeType": "text/csv", "buffer": table}
    tool.locator("input[type=file]").set_input_files(file)
    expect(tool).to_contain_text("kann Tag 3 in Monat 1 sein")
    expect(tool).to_contain_text("Bevor eine Quote gezeigt werden kann")


def test_arabic_runs_from_right_to_left(page: Page, translated: str) -> None:
    page.goto(f"{translated}/ar/help/metrics/")
    brand, menu = page.locator(".dp-brand").bounding_box(), page.locator(".dp-languages").bounding_box()
    assert brand is not None
    assert menu is not None
    assert brand["x"] > menu["x"]
    title = page.locator("h1")
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    tool = page.locator("delivery-rate .tool, delivery-rate").first
    assert tool.evaluate("node => getComputedStyle(node).direction") == "rtl"
    page.locator(".dp-languages summary").click()
    box = page.locator(".dp-languages ul").bounding_box()
    assert box is not None
    assert box["x"] >= 0
