"""Tools, search, light and dark, copying, menu, policy in Firefox and WebKit; Chromium has its own.

What runs in `make test` is one test of each kind; `make browsers` runs those on all pages and tools.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.bidi import Firefox
from tests.browser.desk import (
    CONTRAST,
    DROP,
    NEAR,
    Desk,
    from_file,
    give_file,
    load_each,
    no_key_leaves,
    verdicts_can_be_read,
    watching,
)
from tests.browser.drivers import Driver
from tests.browser.test_shortcuts import PAGES
from tests.browser.test_tools import MESSAGES, PACKAGES, SPOOF
from tests.browser.webdriver import WebKit
from tests.conftest import Site
from tests.tools.test_tables import SERIALS, sheet, workbook

pytestmark = pytest.mark.slow

BROWSERS: dict[str, type[Driver]] = {kind.name: kind for kind in (Firefox, WebKit)}


@pytest.fixture(scope="module", params=sorted(BROWSERS))
def browser(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Each of the two, where the system prefers light."""
    made = BROWSERS[request.param]()
    made.resize(1280, 900)
    yield made
    made.close()


@pytest.fixture
def desk(browser: Driver, first_site: Path) -> Iterator[Desk]:
    """This repository's own site in a browser that may not complain."""
    yield from watching(browser, first_site)


TOGETHER = ("delivery-rate", "response-time")


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in English and German with tools on a page, near enough to be loaded together."""
    site = Site(tmp_path_factory.mktemp("translated") / "desk")
    site.configure(options={"languages": {"de": {"name": "Verkäuferpult"}}})
    tools = "\n\n".join(f"<{name} compact></{name}>" for name in TOGETHER)
    for folder, title in (("", "Metrics"), ("de/", "Kennzahlen")):
        site.write(f"{folder}help/metrics.md", f"---\ntitle: {title}\n---\n{tools}\n")
    site.build()
    return site.output


@pytest.fixture(scope="module", params=sorted(BROWSERS))
def dark(request: pytest.FixtureRequest) -> Iterator[Driver]:
    """Each of the two, where the system prefers dark."""
    made = BROWSERS[request.param](dark=True)
    made.resize(1280, 900)
    yield made
    made.close()


def test_no_letter_typed_into_a_tool_leaves_it(desk: Desk) -> None:
    for tool in PAGES["help/metrics/"]:
        no_key_leaves(desk, desk.opened("help/metrics/", tool))


def test_the_search_works_by_keyboard(desk: Desk) -> None:
    browser = desk.browser
    desk.open("help/metrics/")
    browser.press("/", "phising")
    desk.says(".dp-search__panel li", "Security")
    assert browser.evaluate("() => text(one('.dp-search__panel mark'))") == "Phishing"
    browser.press("ArrowDown")
    assert browser.evaluate("() => text(focused())") == "Security"
    browser.press("ArrowUp", "Escape")
    assert not browser.evaluate("() => one('.dp-search__panel').checkVisibility()")
    browser.press("x", "Control+a", "phising")
    desk.says(".dp-search__panel li", "Security")
    browser.press("ArrowDown", "Enter")
    browser.wait("() => location.pathname === '/help/security/'")


def test_keys_lead_to_the_neighbours(desk: Desk) -> None:
    address = "2012/03/two-numbers-to-watch.html"
    for key, rel in ((".", "next"), ("n", "next"), ("p", "prev"), (",", "prev")):
        desk.open(address)
        there = desk.browser.evaluate("(rel) => one(`a[rel=${rel}]`).pathname", rel)
        desk.browser.press(key)
        desk.browser.wait("(path) => location.pathname === path", there)


def test_all_tools_of_a_translated_page_stand_there(browser: Driver, translated: Path) -> None:
    for desk in watching(browser, translated):
        desk.open("de/help/metrics/")
        for tool in TOGETHER:
            desk.says(f"{tool} >>> button", "Berechnen")
        browser.click("delivery-rate >>> input")
        browser.press("97", "Tab", "3")
        desk.says("delivery-rate >>> [role=status]", "97 %")


def test_the_first_click_on_copy_copies(desk: Desk) -> None:
    browser = desk.browser
    desk.open("subscribe/")
    browser.click("button[data-copy]")
    desk.says("#dp\\:copied", "Copied")
    address = browser.evaluate("() => one('button[data-copy]').dataset.copy")
    browser.click("[data-search] input")
    browser.press("Control+v")
    browser.wait("(address) => one('[data-search] input').value === address", address)


def test_a_table_that_is_pasted_or_dropped_gives_its_rate(desk: Desk) -> None:
    browser = desk.browser
    tool = desk.opened("help/metrics/", "delivery-rate")
    from_file(desk, tool)
    browser.click(f"{tool} >>> textarea")
    for line in PACKAGES.splitlines():
        browser.press(line, "Enter")
    browser.click(f"{tool} >>> button :: Read what is pasted")
    desk.says(f"{tool} >>> .verdict", "2 of 4 packages on time.")
    browser.click(f"{tool} >>> button :: Copy the result")
    desk.says(f"{tool} >>> [role=status]", "Copied")
    # The drawing is on its way; who leaves before it comes makes Firefox complain.
    browser.wait("(path) => one(path)", f"{tool} >>> canvas")
    desk.opened("help/metrics/", "delivery-rate")
    from_file(desk, tool)
    browser.evaluate(DROP, f"{tool} >>> .drop", PACKAGES)
    desk.says(f"{tool} >>> .verdict", "2 of 4 packages on time.")
    browser.wait("(path) => one(path)", f"{tool} >>> canvas")


def test_a_mail_gets_its_verdict(desk: Desk) -> None:
    browser = desk.browser
    tool = desk.opened("help/security/", "spoof-checklist")
    browser.click(f"{tool} >>> summary :: Inspect a mail")
    browser.click(f"{tool} >>> textarea")
    browser.press("From: support@amazon.com", "Enter", "Enter", "See https://www.facebook.com/amazon")
    browser.click(f"{tool} >>> form button")
    desk.says(f"{tool} >>> [role=status]", "Look closer (1)")
    browser.evaluate("(path, text_) => { one(path).value = text_ }", f"{tool} >>> textarea", SPOOF)
    browser.click(f"{tool} >>> form button")
    desk.says(f"{tool} >>> [role=status]", "Bad signs (3)")
    assert browser.evaluate("() => document.title") != "run"


def test_verdicts_and_errors_can_be_read_in_the_sites_own_light_and_dark(desk: Desk) -> None:
    assert not desk.browser.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    for scheme in ("slate", "default"):
        verdicts_can_be_read(desk, scheme)


def test_the_menu_leads_to_the_help_on_a_narrow_page(desk: Desk) -> None:
    browser = desk.browser
    browser.resize(320, 800)
    desk.open("2012/03/")
    assert browser.evaluate("() => innerWidth") == 320
    browser.click("label.dp-menu")
    browser.click(".md-sidebar--primary a :: Help")
    browser.wait("() => location.pathname === '/help/'")
    desk.open("2012/03/")
    browser.evaluate("() => one('[data-drawer]').focus()")
    browser.press("Enter")
    browser.wait("() => document.getElementById('__drawer').checked")
    browser.press("Escape")
    browser.wait("() => !document.getElementById('__drawer').checked")
    browser.resize(1280, 900)


@pytest.mark.parametrize("address", [address for address in PAGES if address])
def test_a_tool_fits_a_narrow_page(desk: Desk, address: str) -> None:
    browser = desk.browser
    browser.resize(320, 800)
    desk.open(address)
    # All of a page: one that is left while a tool is on its way makes Firefox complain.
    for tool in PAGES[address]:
        browser.evaluate(NEAR, tool)
        inner = f"{tool} >>> .tool"
        assert browser.evaluate("(path) => one(path).scrollWidth <= one(path).clientWidth", inner), tool
    assert browser.evaluate("() => document.documentElement.scrollWidth") <= 320
    browser.resize(1280, 900)


FEW = (
    "index.html",
    "2012/03/index.html",
    "help/metrics/index.html",
    "2012/03/two-numbers-to-watch.html",
    "404.html",
)


def test_pages_complain_of_nothing_and_feeds_are_found(desk: Desk) -> None:
    load_each(desk, FEW)
    for name in FEW[:2]:
        desk.open(name)
        feeds = desk.browser.evaluate("() => all('link[rel=alternate]').map(({ type }) => type)")
        assert {"application/rss+xml", "application/atom+xml", "application/feed+json"} <= set(feeds)


@pytest.mark.browsers
def test_no_page_complains(desk: Desk, first_site: Path) -> None:
    names = sorted(path.relative_to(first_site).as_posix() for path in first_site.rglob("*.html"))
    assert len(names) > 30
    load_each(desk, names)


@pytest.mark.browsers
@pytest.mark.parametrize("address", sorted(PAGES))
def test_no_letter_leaves_any_field_of_any_tool(desk: Desk, address: str) -> None:
    for tool in PAGES[address]:
        if address:
            desk.opened(address, tool)
        else:
            desk.open(address)
            desk.browser.click(f"[data-tool={tool}]")
            desk.browser.wait("(path) => one(path)", f"{tool} >>> input, select, textarea")
        if desk.browser.evaluate("(path) => Boolean(one(path))", f"{tool} >>> summary :: From a file"):
            from_file(desk, tool)
        no_key_leaves(desk, tool)


@pytest.mark.browsers
def test_the_sites_own_choice_counts_where_the_system_prefers_dark(dark: Driver, first_site: Path) -> None:
    for desk in watching(dark, first_site):
        desk.open("")
        assert dark.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
        for scheme in ("default", "slate"):
            verdicts_can_be_read(desk, scheme)
            assert dark.evaluate(CONTRAST, "h1") >= 4.5


@pytest.mark.browsers
def test_files_are_read_and_what_is_asked_is_answered(desk: Desk) -> None:
    browser = desk.browser
    tool = desk.opened("help/metrics/", "delivery-rate")
    give_file(desk, tool, "book.xlsx", workbook(data=sheet(SERIALS)))
    desk.says(f"{tool} >>> .verdict", "2 of 5 packages on time.")
    rows = b"Order ID,Promised date,Delivered\nA1,3/1/2012,3/1/2012\nA2,3/2/2012,3/4/2012\n"
    give_file(desk, tool, "x.csv", rows)
    desk.says(f"{tool} >>> .problem", "can be day 3 of month 1, or day 1 of month 3")
    assert not browser.evaluate("(path) => Boolean(one(path))", f"{tool} >>> .indicator")
    assert browser.evaluate(CONTRAST, f"{tool} >>> .problem") >= 4.5
    browser.evaluate("(path) => one(path).control.focus()", f"{tool} >>> label :: Dates with slashes")
    browser.press("m")
    browser.click(f"{tool} >>> .understood button :: Calculate")
    desk.says(f"{tool} >>> .verdict", "1 of 2 packages on time.")
    long = "".join(f"A{n},2012-03-{n % 28 + 1:02},2012-03-{n % 27 + 1:02},1Z{n}\n" for n in range(20_000))
    give_file(desk, tool, "long.csv", ("Order,Promised date,Delivered,Tracking\n" + long).encode())
    desk.says(f"{tool} >>> .result", "20,000 rows read")
    tool = desk.opened("help/metrics/", "response-time")
    give_file(desk, tool, "tickets.csv", MESSAGES.encode())
    desk.says(f"{tool} >>> .verdict", "1 of 3 messages answered in time.")
    browser.wait("(path) => one(path)", f"{tool} >>> canvas")


@pytest.mark.browsers
def test_the_vacation_is_planned(desk: Desk) -> None:
    browser = desk.browser
    tool = desk.opened("help/vacation-settings/", "vacation-planner")
    for label, day in (("Last day at work", "2012-03-19"), ("First day back", "2012-03-26")):
        browser.evaluate(
            """(path, day) => {
              const { control } = one(path)
              control.value = day
              control.dispatchEvent(new Event("input", { bubbles: true }))
              control.dispatchEvent(new Event("change", { bubbles: true }))
            }""",
            f"{tool} >>> label :: {label}",
            day,
        )
    desk.says(f"{tool} >>> [role=status]", "March 17, 2012 at 11:00")


@pytest.mark.browsers
def test_the_page_of_results_and_the_checklist_work(desk: Desk) -> None:
    browser = desk.browser
    desk.open("search/?q=spoof+e-mails")
    desk.says("#dp\\:results > li", "Security")
    browser.click("#dp\\:filters label :: Posts")
    desk.says("#dp\\:results > li:first-child", "How to spot a spoof")
    tool = desk.opened("help/security/", "spoof-checklist")
    browser.evaluate("(path) => one(path).focus()", f"{tool} >>> input[type=checkbox]")
    browser.press("Space", "Tab", "Space")
    desk.says(f"{tool} >>> [role=status]", "2 of 7 done.")
    desk.opened("help/security/", "spoof-checklist")
    desk.says(f"{tool} >>> [role=status]", "2 of 7 done.")
    browser.click(f"{tool} >>> button :: Start again")
    desk.says(f"{tool} >>> [role=status]", "0 of 7 done.")
