"""The header with many entries, the menu of narrow pages, the bar of a post, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.conftest import Site

pytestmark = pytest.mark.slow

LONG = "A title of some length as titles of news mostly are"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with many entries in the navigation, many topics, long titles."""
    site = Site(Path(tmp_path_factory.mktemp("many")) / "desk")
    entries = [{f"Known topic number {n}": f"t{n}.md"} for n in range(12)]
    site.configure(
        site_name="European Help Desk for Scientific Software (EHD)",
        nav=[*entries, {"Guide": ["g/a.md", "g/b.md"]}],
    )
    for n in range(12):
        site.write(f"t{n}.md", f"# Topic {n}\n")
    for name in ("a", "b"):
        site.write(f"g/{name}.md", f"# Part {name}\n\n## One\n\nText.\n\n## Two\n\nText.\n")
    for n in range(60):
        site.write(f"help/topic-{n}.md", f"# How to do number {n}, with a title that is rather long indeed\n")
    for day in range(1, 4):
        site.post(f"2012-03-0{day}-{day}.md", title=f"{LONG} {day}")
    site.build()
    with serving(site.output) as url:
        yield url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1220, 1280, 1440])
def test_many_entries_leave_the_header_one_line_with_the_search_in_it(
    page: Page, many: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{many}/t3/")
    header = page.locator(".md-header").bounding_box()
    search = page.locator(".dp-search input:visible, .dp-search-link:visible").first.bounding_box()
    assert header is not None
    assert search is not None
    assert header["height"] <= 60
    assert 0 <= search["x"] <= width - search["width"]
    assert search["y"] + search["height"] <= header["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_at_the_end_of_the_header_opens(page: Page, many: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{many}/t3/")
    page.locator(".dp-more summary").click()
    page.get_by_role("link", name="Known topic number 9").click()
    expect(page).to_have_url(f"{many}/t9/")


def test_the_menu_of_narrow_pages_works_by_keyboard(page: Page, many: str) -> None:
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(f"{many}/g/a/")
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className"))
    # The skip link, the button, the brand, the search: nothing of the closed menu.
    assert "md-skip" in stops[0]
    assert "dp-menu" in stops[1]
    opener = page.locator("[data-drawer]")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    inside = page.locator(".md-sidebar--primary")
    expect(inside.get_by_role("link", name="Part b")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(opener).to_be_focused()
    expect(inside.get_by_role("link", name="Part b")).to_be_hidden()


@pytest.mark.parametrize("path", ["/g/a/", "/help/topic-7/"])
def test_the_menu_of_phones_shows_the_branch_and_the_contents(page: Page, many: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(many + path)
    page.locator("[data-drawer]").click()
    for link in (".dp-branch a[aria-current]", ".dp-contents a" if path == "/g/a/" else ".dp-branch a"):
        page.locator(f".md-sidebar--primary {link}").first.click(trial=True)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_middle_of_the_bar_of_a_post_never_breaks(page: Page, many: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{many}/2012/03/a-title-of-some-length-as-titles-of-news-mostly-are-2.html")
    main = page.locator(".dp-bar__main").first.bounding_box()
    assert main is not None
    assert main["height"] < 40
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_of_results_fits_a_narrow_screen(page: Page, many: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{many}/search/?q=number")
    page.locator(".dp-result").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
