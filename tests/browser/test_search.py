"""The search box and the page of results, in a real browser."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Quiet, serving
from tests.conftest import Site

pytestmark = pytest.mark.slow


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A wide page that may not complain."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(served) else complaints.append(r.url))
    yield page
    context.close()
    assert complaints == []


def test_the_box_works_by_keyboard_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    page.keyboard.press("/")
    page.keyboard.type("phising")
    panel = page.locator(".dp-search__panel")
    expect(panel.get_by_role("status")).to_have_text("2 results.")
    expect(panel.locator("li").first).to_contain_text("Security")
    expect(panel.locator("mark").first).to_have_text("Phishing")
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("link", name="Security")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#dp\\:search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.keyboard.type("phising")
    expect(panel.locator("li").first).to_contain_text("Security")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/help/security/")


def test_nothing_is_loaded_before_the_box_is_used(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{served}/help/metrics/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/" in url]


def test_an_address_of_a_query_can_be_shared(page: Page, served: str) -> None:
    page.goto(f"{served}/search/?q=spoof+e-mails")
    expect(page.locator("#dp\\:results > li").first).to_contain_text("Security")
    expect(page.locator("#dp\\:topics")).to_be_hidden()
    page.get_by_label("Posts").check()
    expect(page.locator("#dp\\:results > li").first).to_contain_text("How to spot a spoof")
    page.get_by_label("All").check()
    page.get_by_label("What are you looking for?").fill("going away")
    expect(page.locator("#dp\\:results > li").first).to_contain_text("Vacation settings")
    expect(page).to_have_url(f"{served}/search/?q=going+away")


def test_results_can_be_narrowed_down_to_a_topic(page: Page, served: str) -> None:
    page.goto(f"{served}/search/?q=order")
    results = page.locator("#dp\\:results > li")
    expect(results.first).to_be_visible()
    everything = results.count()
    page.get_by_label("Topic", exact=True).select_option("Customer service")
    expect(results).not_to_have_count(everything)
    expect(results.filter(has_text="Customer service").first).to_be_visible()
    page.get_by_label("What are you looking for?").fill("maiden")
    expect(page.get_by_text("Nothing on this topic. On all topics: 2 results.")).to_be_visible()
    page.get_by_label("What are you looking for?").fill("order")
    page.get_by_label("Topic", exact=True).select_option("All topics")
    expect(results).to_have_count(everything)


@pytest.mark.parametrize("asked", [True, False])
def test_what_nobody_finds_is_told_only_if_asked(chromium: Browser, site: Site, asked: bool) -> None:
    told: list[str] = []

    class Desk(Quiet):
        def do_POST(self) -> None:  # noqa: N802  # the base class names it so
            told.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

    handler = functools.partial(Desk, directory=str(site.output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        site.configure(options={"search_missed": f"{url}/missed"} if asked else {})
        site.post("2012-03-05-home.md", "At home.")
        site.build()
        page = chromium.new_page()
        page.goto(f"{url}/search/?q=zebra")
        nothing = page.get_by_text("Nothing is found")
        expect(nothing).to_be_visible()
        field = page.get_by_label("What are you looking for?")
        field.fill("giraffe")
        expect(page.get_by_text("Nothing is found for “giraffe”")).to_be_visible()
        field.press("Enter")
        field.press("Enter")
        field.fill("home")
        field.press("Enter")
        expect(page.locator("#dp\\:results > li").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.close()
        server.shutdown()
    assert told == (["q=zebra", "q=giraffe"] if asked else [])


def test_where_nothing_is_found_the_topics_help(page: Page, served: str) -> None:
    for query in ("zzzzqqq", "注文", "x" * 500):
        page.goto(f"{served}/search/?q={query}")
        expect(page.get_by_text("Nothing is found for")).to_be_visible()
        expect(page.get_by_role("link", name="Vacation settings")).to_be_visible()


def test_where_nothing_is_found_words_are_suggested_then_the_way_to_a_human(
    chromium: Browser, site: Site
) -> None:
    site.configure(options={"contact": "mailto:desk@help.example"})
    site.write("help/a.md", "# Feedback\n\nOn what you sell.\n")
    site.build()
    with serving(site.output) as url:
        page = chromium.new_page()
        page.goto(f"{url}/search/?q=fedbakc")
        meant = page.locator("#dp\\:meant")
        expect(meant).to_have_text("Did you mean: feedback")
        expect(page.get_by_role("link", name="Contact us")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        meant.get_by_role("link").click()
        expect(page.locator("#dp\\:results > li").first).to_contain_text("Feedback")
        expect(page.get_by_role("link", name="Contact us")).to_be_hidden()
        page.goto(url)
        page.keyboard.press("/")
        page.keyboard.type("fedbakc")
        panel = page.locator(".dp-search__panel")
        expect(panel.get_by_role("link", name="feedback")).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(panel.get_by_role("link", name="feedback")).to_be_focused()
        page.close()


def test_markup_in_a_query_stays_text(page: Page, served: str) -> None:
    page.goto(f"{served}/search/?q=<b onx=qqqq>zzzz")
    expect(page.locator("#dp\\:found")).to_contain_text("<b onx=qqqq>")
    expect(page.locator("#dp\\:found b")).to_have_count(0)


def test_a_sub_path_and_a_missing_shard(chromium: Browser, first_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "sub"
    shutil.copytree(first_site, site)
    shutil.rmtree(site / "search/blog-0")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/sub/search/?q=spoof")
        expect(page.locator("#dp\\:results > li").first).to_contain_text("Security")
        expect(page.locator("#dp\\:found")).to_contain_text("A part of the search could not be loaded")
        shutil.rmtree(site / "search")
        page.get_by_label("What are you looking for?").fill("metrics")
        expect(page.locator("#dp\\:results > li").first).to_contain_text("Metrics")
        page.close()
        server.shutdown()


def test_results_lead_to_pages_of_the_site_whatever_a_changed_file_says(
    chromium: Browser, first_site: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(first_site, folder)
    others = iter(["javascript:document.title='ran'", "//other.example/", "data:text/html,ran"])
    for path in sorted((folder / "search").glob("*/d*.json")):
        shown = json.loads(path.read_text("utf-8"))
        for document in shown:
            if "metrics" in str(document).lower():
                document[0] = next(others, document[0])
                document[1] = f"<img src=x onerror=\"document.title='ran'\"> {document[1]}"
        path.write_text(json.dumps(shown), "utf-8")
    assert next(others, "") == ""
    with serving(folder) as base:
        page = chromium.new_page()
        page.goto(f"{base}/search/?q=metrics")
        results = page.locator("#dp\\:results a")
        expect(results.first).to_be_visible()
        links = results.evaluate_all("links => links.map((link) => link.href)")
        assert all(link.startswith(f"{base}/") for link in links)
        assert page.title() != "ran"
        page.close()


def test_offline_the_box_says_so(chromium: Browser, served: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{served}/blog/")
    page.get_by_role("searchbox", name="Search").first.fill("metrics")
    expect(page.locator(".dp-search__panel")).to_contain_text("Are you offline?")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_results(chromium: Browser, served: str, width: int, scheme: Any) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{served}/search/?q=spoof+mail")
    expect(page.locator("#dp\\:results > li").first).to_contain_text("Security")
    found = Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 1000:
        page.goto(served)
        page.keyboard.press("s")
        page.keyboard.type("metrics")
        expect(page.locator(".dp-search__panel li").first).to_be_visible()
        found += Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], node["html"]) for v in found for node in v["nodes"]] == []


def test_without_javascript_the_page_lists_the_topics(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/search/?q=spoof")
    expect(page.get_by_role("link", name="Security", exact=True)).to_be_visible()
    context.close()
