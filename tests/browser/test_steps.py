"""Steps of a topic are ticked off, by mouse and by keyboard, and stay so until the window is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.conftest import Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A topic with three steps."""
    site = Site(tmp_path_factory.mktemp("steps"))
    text = "# Pack a parcel\n\n1. Take a box.\n2. Fill it.\n3. Close it.\n"
    site.write("help/pack.md", text)
    site.write("help/other.md", text.replace("parcel", "letter"))
    site.build()
    with serving(site.output) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{url}/help/pack/")
    yield page
    page.close()


def test_a_step_stays_ticked_on_its_own_page(page: Page, url: str) -> None:
    page.get_by_role("checkbox", name="Step 2 is done").check()
    page.reload()
    expect(page.get_by_role("checkbox", name="Step 2 is done")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Step 1 is done")).not_to_be_checked()
    page.goto(f"{url}/help/other/")
    expect(page.get_by_role("checkbox", name="Step 2 is done")).not_to_be_checked()


def test_the_keyboard_ticks_and_the_page_stays_accessible(page: Page) -> None:
    box = page.get_by_role("checkbox", name="Step 3 is done")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    assert not Axe().run(page).response["violations"]


def test_what_another_page_stored_breaks_nothing(page: Page, url: str) -> None:
    page.evaluate("""sessionStorage.setItem("dp:steps:/help/pack/", '{"a": 1}')""")
    page.reload()
    expect(page.get_by_role("checkbox", name="Step 1 is done")).not_to_be_checked()
    assert page.get_by_role("checkbox").count() >= 3
