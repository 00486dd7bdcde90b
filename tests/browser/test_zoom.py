"""Pictures with more to show than their place has room for open large, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving
from tests.conftest import Site

pytestmark = pytest.mark.slow


def png(width: int, height: int) -> bytes:
    """A picture of this size in pixels."""
    file = BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with a large picture, one that fits, one in a link and one without words."""
    site = Site(tmp_path_factory.mktemp("zoom"))
    for name, size in (("large", (2400, 1200)), ("small", (200, 100)), ("plain", (1800, 900))):
        site.write(f"{name}.png", png(*size))
    pictures = ("![The fields](large.png)", "![A key](small.png)", "[![Home](large.png)](index.md)")
    text = "\n\n".join((*pictures, "![](plain.png)"))
    site.write("index.md", "# Home\n")
    site.write("page.md", f"# Page\n\n{text}")
    site.build()
    with serving(site.output) as address:
        yield address


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def page(chromium: Browser, url: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.goto(f"{url}/page/")
    # What is far below is loaded when a reader comes near it.
    page.get_by_alt_text("The fields").scroll_into_view_if_needed()
    yield page
    page.close()


def test_a_large_picture_opens_by_a_click_and_closes(page: Page) -> None:
    expect(page.locator("img.dp-zooms").first).to_be_visible()
    shown = page.get_by_alt_text("The fields").bounding_box()
    page.get_by_alt_text("The fields").click()
    dialog = page.get_by_role("dialog", name="The fields")
    expect(dialog).to_be_visible()
    picture = dialog.get_by_role("img", name="The fields")
    assert (picture.get_attribute("src") or "").endswith("large.png")
    large = picture.bounding_box()
    assert shown
    assert large
    assert large["width"] > shown["width"]
    size = page.viewport_size
    assert size
    assert large["height"] <= size["height"]
    if size["width"] > 1000:
        assert 0 <= large["x"] <= size["width"] - large["width"]
    else:  # a phone: as high as the window, and moved sideways
        assert large["width"] > size["width"]
        dialog.evaluate("it => it.scrollTo(it.scrollWidth, 0)")
        moved = picture.bounding_box()
        assert moved
        assert moved["x"] + moved["width"] <= size["width"]
        expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport()
    assert not Axe().run(page).response["violations"]
    dialog.click(position={"x": 5, "y": 5})
    expect(dialog).to_be_hidden()


def test_the_keyboard_opens_it_and_comes_back(page: Page) -> None:
    button = page.get_by_role("button", name="Enlarge the picture: The fields")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(button).to_be_focused()


def test_pictures_that_fit_or_lead_elsewhere_have_no_button(page: Page, url: str) -> None:
    page.get_by_role("button", name="Enlarge the picture: The fields").wait_for(state="attached")
    assert page.locator("button.dp-zoom:not([hidden])").count() == 2
    page.get_by_alt_text("A key").click()
    expect(page.locator("dialog")).to_be_hidden()
    page.get_by_alt_text("Home").click()
    page.wait_for_url(f"{url}/")


def test_many_pictures_do_not_have_the_page_laid_out_for_each(chromium: Browser, site: Site) -> None:
    """Some thousands kept a page from answering for minutes."""
    many = 400
    site.write("large.png", png(2400, 1200))
    picture = '<img src="large.png" alt="" width="2400" height="1200">'
    site.write("index.md", "# Home\n\n" + f"{picture}\n\n" * many)
    site.build()
    page = chromium.new_page()
    with serving(site.output) as url:
        page.goto(f"{url}/")
        expect(page.locator("img.dp-zooms")).to_have_count(many)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        metrics = session.send("Performance.getMetrics")["metrics"]
        assert next(one["value"] for one in metrics if one["name"] == "LayoutCount") < many / 2
    page.close()


def test_an_address_with_a_fragment_has_nothing_to_complain_about(chromium: Browser, url: str) -> None:
    """A button that asks for the focus asks for it while its dialog is closed, too."""
    page = chromium.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{url}/page/#page")
    expect(page.locator("img.dp-zooms").first).to_be_visible()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert told == []
    page.close()
