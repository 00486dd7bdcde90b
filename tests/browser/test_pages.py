"""Every kind of page, on a phone and a desk, in light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, expect

from deskpress.build.request import Request
from deskpress.host.load import load
from tests.browser.conftest import serving
from tests.browser.screens import screens
from tests.conftest import AS_OF, Site, drawn

pytestmark = pytest.mark.slow

PAGES = [
    "/",
    "/blog/",
    "/2012/",
    "/2012/03/",
    "/2012/03/a-tale-of-two-orders-part-2.html",
    "/2012/03/two-numbers-to-watch.html",
    "/archive/",
    "/category/metrics/",
    "/tag/feedback/",
    "/author/seller-support-team/",
    "/series/a-tale-of-two-orders/",
    "/help/",
    "/help/metrics/",
    "/about/",
    "/subscribe/",
    "/notices/",
    "/notices/account-pages-closed/",
    "/search/",
]


# 1,280 pixels magnified four times and twice are 320 and 640 (WCAG 2.2, 1.4.10 and 1.4.4).
@pytest.mark.parametrize(
    ("width", "scheme"),
    screens(
        [320, 360, 640, 768, 1280],
        {(320, "light"), (360, "dark"), (640, "light"), (768, "dark"), (1280, "light")},
    ),
)
def test_pages_fit_and_load_without_complaint(
    chromium: Browser, served: str, width: int, scheme: Any
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda r: complaints.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", lambda r: None if r.url.startswith(served) else complaints.append(r.url))
    for path in PAGES:
        page.goto(served + path)
        expect(page.locator("h1")).to_have_count(1)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            complaints.append(f"{path} scrolls sideways")
    context.close()
    assert complaints == []


def test_a_phone_takes_the_small_image_and_keeps_room_for_it(chromium: Browser, site: Site) -> None:
    site.write("posts/wide.png", drawn(1600, 800))
    site.post("2012-03-05-home.md", "Text.\n\n![Wide](wide.png)\n\nMore text.\n")
    site.build()
    with serving(site.output) as url:
        context = chromium.new_context(viewport={"width": 390, "height": 800}, device_scale_factor=1)
        page = context.new_page()
        page.route("**/*.webp", lambda route: None)  # it is still on its way
        page.goto(f"{url}/2012/03/home.html", wait_until="domcontentloaded")
        image = page.get_by_role("img", name="Wide")
        box = image.bounding_box()
        assert box is not None
        assert 300 < box["width"] <= 390
        assert abs(box["width"] / box["height"] - 2) < 0.02
        page.unroute("**/*.webp")
        page.goto(f"{url}/2012/03/home.html")
        expect(image).to_have_js_property("complete", True)
        assert str(image.evaluate("image => image.currentSrc")).endswith("/posts/wide.png.480w.webp")
        assert image.bounding_box() == box
        context.close()


@pytest.mark.parametrize(("width", "scheme"), screens([360, 1280], {(360, "light"), (1280, "dark")}))
def test_axe_finds_nothing(chromium: Browser, served: str, width: int, scheme: Any) -> None:
    # The checker itself is a script that no page's policy knows.
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    for path in [*PAGES, "/404.html"]:
        page.goto(served + path)
        for violation in Axe().run(page).response["violations"]:
            found += [(path, violation["id"], node["html"]) for node in violation["nodes"]]
    context.close()
    assert found == []


def test_no_script_of_the_content_runs_even_past_the_sanitiser(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    violations: list[str] = []
    page.on("console", lambda m: violations.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(served + "/2012/03/")
    assert violations == []
    # As it would stand in the page; text that a script makes HTML of is held back by Trusted Types before.
    evil = "<script>window.ran = true</script><img src=x onerror='window.ran = true'>"
    path = "/2012/03/two-numbers-to-watch.html"

    def inject(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer,
            body=answer.text().replace("</article>", f"<div class=dp-body>{evil}</div></article>"),
        )

    page.route(f"**{path}", inject)
    page.goto(served + path)
    # Not `wait_for_function`: it evaluates text in the page, which the policy forbids.
    page.evaluate(
        """() => new Promise((done) => {
          const image = document.querySelector(".dp-body img[src=x]")
          if (image.complete) done()
          else image.addEventListener("error", () => done())
        })"""
    )
    assert page.evaluate("window.ran") is None
    assert violations
    page.close()


def test_the_drawer_leads_to_the_help_on_a_phone(chromium: Browser, served: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto(served + "/2012/03/")
    page.locator("label.dp-menu").click()
    page.locator(".md-sidebar--primary").get_by_role("link", name="Help").click()
    expect(page.locator("h1")).to_have_text("Help")
    page.close()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    page.goto(served + "/help/metrics/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#dp:content"
    page.close()


def test_a_feed_address_is_copied(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served)
    page = context.new_page()
    page.goto(served + "/subscribe/")
    page.get_by_role("button", name="Copy the address of the Atom feed of Everything").click()
    expect(page.locator("#dp\\:copied")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://sellerdesk.example/atom.xml"
    context.close()


def test_a_footnote_leads_to_its_note_on_the_month_page(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    page.goto(served + "/2012/03/")
    page.locator("sup a.footnote-ref").click()
    expect(page.locator(":target")).to_contain_text("Nor does it take much time")
    page.close()


def test_lost_readers_find_home_from_any_depth(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    page.goto(served + "/2012/13/nowhere/at/all.html")
    expect(page.locator("h1")).to_have_text("Page not found")
    page.locator("article").get_by_role("link", name="Help").click()
    expect(page.locator("h1")).to_have_text("Help")
    page.close()


def test_without_javascript_everything_can_be_read(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "/2012/03/")
    expect(page.locator("article h3")).to_have_count(5)
    page.goto(served + "/subscribe/")
    expect(page.locator("button.dp-copy:visible")).to_have_count(0)
    context.close()


# What Material itself makes of these can be read (not of all: white on `orange` cannot).
@pytest.mark.parametrize("scheme", [{}, {"scheme": "slate"}], ids=["light", "dark"])
@pytest.mark.parametrize(
    "colours",
    [
        {},
        {"primary": "black", "accent": "amber"},
        {"primary": "indigo"},
        {"primary": "lime"},
        {"scheme": "brand"},
    ],
    ids=lambda colours: "-".join(colours.values()),
)
def test_the_header_can_be_read_in_the_sites_colours(
    chromium: Browser, site: Site, scheme: dict[str, str], colours: dict[str, str]
) -> None:
    palette = scheme | colours
    theme = {"name": "material"} | ({"palette": palette} if palette else {})
    site.configure(theme=theme, extra_css=["brand.css"])
    brand = "--md-primary-fg-color: #7a003c; --md-primary-bg-color: #fff"
    site.write("brand.css", f'[data-md-color-scheme="brand"] {{ {brand} }}')
    site.write("help/metrics.md", "---\ntitle: Metrics\n---\nText.\n")
    site.build()
    with serving(site.output) as url:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        page = context.new_page()
        page.goto(f"{url}/help/metrics/")
        found = Axe().run(page, ".dp-header").response["violations"]
        assert [(v["id"], node["html"]) for v in found for node in v["nodes"]] == []
        style = "(node, name) => getComputedStyle(node)[name]"
        ground = page.locator(".dp-header").evaluate(style, "backgroundColor")
        assert (ground != page.locator("body").evaluate(style, "backgroundColor")) == bool(colours)
        link = page.locator(".dp-header").get_by_role("link", name="Help")
        link.focus()
        assert link.evaluate(style, "outlineColor") != ground
        context.close()


def test_paper_stays_light(chromium: Browser, site: Site) -> None:
    site.configure(theme={"name": "material", "palette": {"scheme": "slate"}})
    site.post("2012-03-05-home.md", "At home.")
    site.build()
    with serving(site.output) as url:
        page = chromium.new_page()
        page.goto(f"{url}/2012/03/home.html")
        expect(page.locator("body")).to_have_css("background-color", "rgb(20, 25, 30)")
        expect(page.locator(".dp-post__date")).to_have_css("color", "rgb(169, 179, 188)")
        page.emulate_media(media="print")
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator(".dp-post__date")).to_have_css("color", "rgb(89, 98, 107)")
        page.close()


def test_paper_tells_where_a_page_is_from_and_holds_no_empty_form(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    page.goto(f"{served}/help/metrics/")
    tool = page.locator("delivery-rate .tool")
    page.locator("delivery-rate").scroll_into_view_if_needed()
    expect(tool).to_be_visible()
    page.emulate_media(media="print")
    expect(tool).to_be_hidden()
    source = page.locator("article").evaluate("(node) => getComputedStyle(node, '::after').content")
    address = page.locator("link[rel=canonical]").get_attribute("href")
    assert source == f'"{address}"'
    page.emulate_media(media="screen")
    tool.locator("input").first.fill("97")
    tool.locator("input").nth(1).fill("3")
    page.emulate_media(media="print")
    expect(tool).to_contain_text("97")
    expect(tool).to_be_visible()
    page.goto(served)
    expect(page.locator("form:visible")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_fields_line_up_whatever_stands_above_and_below_them(
    chromium: Browser, served: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{served}/help/metrics/")
    page.locator("delivery-rate").scroll_into_view_if_needed()
    # A label of several lines, and a hint below one field only.
    page.locator("delivery-rate label").first.evaluate("(label) => { label.textContent = 'Late '.repeat(9) }")
    tops = page.locator("delivery-rate .fields").evaluate(
        """(fields) => {
          const tops = (nodes) => [...nodes].map((node) => Math.round(node.getBoundingClientRect().top))
          const controls = tops(fields.querySelectorAll("input, select"))
          return tops(fields.children).map((top, number) => [top, controls[number]])
        }"""
    )
    rows: dict[int, set[int]] = {}
    for box, control in tops:
        rows.setdefault(box, set()).add(control)
    assert all(len(controls) == 1 for controls in rows.values()), tops
    assert len(rows) == (len(tops) if width == 320 else len(tops) - 2)
    page.close()


def test_no_page_has_what_style_sheets_leave_out(chromium: Browser, served: str, first_site: Path) -> None:
    options = load(Request(first_site.parent / "mkdocs.yml", as_of=AS_OF)).project.options
    classes = [name[1:] for name in options.unused_selectors if name.startswith(".")]
    assert "md-search" in classes
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    found = []
    for path in PAGES:
        page.goto(served + path)
        names = page.evaluate(
            "[...document.querySelectorAll('[class]')].flatMap((node) => [...node.classList])"
        )
        found += [(path, name) for name in set(names) if name.startswith(tuple(classes))]
    page.close()
    assert found == []
