"""The tools as readers use them: by hand, by keyboard, from files, on other sites, without JavaScript."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Quiet
from tests.browser.screens import screens
from tests.tools.test_tables import SERIALS, sheet, workbook

pytestmark = pytest.mark.slow

PACKAGES = """Order ID,Promised Date,Delivered,Tracking Number
A1,2012-03-01,2012-03-01,1Z1
A2,2012-03-01,2012-03-02,1Z2
A3,2012-03-08,2012-03-08,1Z3
A4,2012-03-08,2012-03-08,
A5,soon,2012-03-08,1Z5
A6,2012-03-08,,1Z6
A7,3012-03-08,,1Z7
"""
MESSAGES = """Ticket;Created at;First reply;No reply needed
7;03/01/2012 09:00 AM;03/01/2012 05:00 PM;
8;03/01/2012 09:00 AM;03/03/2012 09:00 AM;
9;03/13/2012 09:00 AM;;yes
10;03/02/2012 09:00 AM;;
"""
SPOOF = """From: Amazon <support@amazon.com.evil.example>
Content-Type: text/html

<p>Confirm your password at <a href="https://evil.example/">www.amazon.com</a><img src="/pixel.png">
<script>document.title = "run"</script>
"""


@pytest.fixture
def page(chromium: Browser, served: str) -> Iterator[Page]:
    """A page that may ask for nothing but the site's own files, and may not complain."""
    context = chromium.new_context(timezone_id="America/Los_Angeles", locale="en-US")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((served, "blob:")) else complaints.append(r.url))
    yield page
    context.close()
    assert complaints == []


def near(page: Page, name: str) -> Locator:
    """A tool, with the page scrolled to it: nothing of it is loaded before."""
    tool = page.locator(name)
    tool.scroll_into_view_if_needed()
    return tool


def open_file(tool: Locator, name: str, content: bytes | str) -> None:
    if not tool.locator("input[type=file]").is_visible():
        tool.get_by_text("From a file").click()
    data = content if isinstance(content, bytes) else content.encode()
    tool.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def test_the_worked_examples_come_out_as_the_page_says(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    text = page.locator("article").inner_text()
    said = re.search(r"of these (\d+) came in time: \d+ of (\d+) is ([\d.]+%)", text)
    assert said
    on_time, tracked, rate = said.groups()
    tool = near(page, "delivery-rate")
    tool.get_by_label("Delivered on time").fill(on_time)
    tool.get_by_label("Late or lost").fill(str(int(tracked) - int(on_time)))
    tool.get_by_label("Without tracking").fill("20")
    expect(tool.get_by_role("status").first).to_contain_text(f"{rate} ✓ meets the target (above 97%)")

    said = re.search(r"answered (\d+) of the other (\d+) within a day: (\d+%)", text)
    assert said
    answered, messages, rate = said.groups()
    tool = near(page, "response-time")
    tool.get_by_label("Answered in time").fill(answered)
    tool.get_by_label("Answered too late").fill(str(int(messages) - int(answered)))
    expect(tool.get_by_role("status").first).to_contain_text(f"{rate} ✓ meets the target (at least 90%)")


def test_the_vacation_of_the_example_is_planned_as_the_page_says(page: Page, served: str) -> None:
    page.goto(f"{served}/help/vacation-settings/")
    said = page.locator("article").inner_text()
    tool = near(page, "vacation-planner")
    tool.get_by_label("Last day at work").fill("2012-03-19")
    tool.get_by_label("First day back").fill("2012-03-26")
    result = tool.get_by_role("status")
    expect(result).to_contain_text("Set InactiveSaturday, March 17, 2012 at 11:00")
    assert "set them to Inactive at 11 p.m." in said
    expect(result).to_contain_text("Back in search byMonday, March 26, 2012 at 1:00")
    assert "by 1 a.m." in said
    with page.expect_download() as download:
        tool.get_by_text("Save both dates").click()
    saved = Path(download.value.path()).read_text()
    assert saved.startswith("BEGIN:VCALENDAR")
    tool.get_by_label("First day back").fill("2012-03-19")
    expect(result).to_have_text("The first day back comes after the last day at work.")


def test_nothing_is_no_data_and_nonsense_is_said(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    tool.get_by_role("button", name="Calculate").click()
    expect(tool.get_by_role("status")).to_contain_text("No data")
    for nonsense in ("-1", "1.5", "many", "<b>"):
        tool.get_by_label("Late or lost").fill(nonsense)
        expect(tool.get_by_role("status")).to_contain_text("“Late or lost” wants a whole number")


def test_a_file_of_packages_is_judged_row_by_row(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(tool, "packages.csv", PACKAGES)
    report = tool.locator("details[open] > div")
    expect(report).to_contain_text("50% ✗ misses the target (above 97%): 2 of 4 packages on time.")
    expect(report).to_contain_text(
        "7 rows read; 1 delivered late; 1 not tracked; 1 cannot be judged; 1 not delivered"
    )
    late = report.get_by_role("group", name="Counted as late")
    assert late.locator("tbody tr").all_inner_texts() == ["3\tA2\tdelivered late", "7\tA6\tnot delivered"]
    # The drawing is loaded when a report wants one.
    expect(report.locator("canvas")).to_have_count(1)
    # The columns can be taken for something else.
    tool.get_by_text("Read it otherwise").click()
    tool.get_by_label("Tracked (or tracking number)").select_option("– none –")
    report.get_by_role("button", name="Calculate").last.click()
    expect(report).to_contain_text("3 of 5 packages on time.")


def test_a_report_of_late_packages_alone_asks_for_the_total(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(
        tool,
        "late.tsv",
        "order-id\tpromised date\tdelivered\n1\t2012-03-01\t2012-03-04\n2\t2012-03-01\t2012-03-05\n",
    )
    tool.get_by_label("All tracked packages").fill("100")
    tool.get_by_label("All tracked packages").press("Enter")
    expect(tool.locator("details[open]").first).to_contain_text(
        "98% ✓ meets the target (above 97%): 98 of 100 packages"
    )


def test_a_helpdesks_file_tells_what_to_answer_next(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "response-time")
    open_file(tool, "tickets.csv", MESSAGES)
    report = tool.locator("details[open] > div")
    expect(report).to_contain_text("1 of 3 messages answered in time.")
    expect(report.get_by_role("group", name="To be answered")).to_contain_text(
        "Saturday, March 3, 2012 at 9:00"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "a ZIP archive, not a table"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\0\0\0\0", "This is no text"),
        (b"", "There is no row"),
        (b"Promised Date,Delivered\n", "There is no row"),
        (b"just one line of text\nand another\n", "There is only one column"),
        (b"a,b\n1,2\n", "neither a promised date nor a date of delivery"),
        (b"Promised date,b\n2012-03-01,2\n", "No column looks like “Delivered”"),
        (
            b'Promised Date,Delivered\n"2012-03-01,2012-03-01\n2012-03-01,2012-03-01\n',
            "a quotation mark is opened",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_reason(
    page: Page, served: str, content: bytes, message: str
) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(tool, "x.csv", content)
    expect(tool.locator("details[open] > div")).to_contain_text(message)


def test_a_long_file_is_read_beside_the_page(page: Page, served: str) -> None:
    rows = "".join(f"A{n},2012-03-{n % 28 + 1:02},2012-03-{n % 27 + 1:02},1Z\n" for n in range(100_000))
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    open_file(tool, "long.csv", "Order,Promised date,Delivered,Tracking\n" + rows)
    expect(tool.locator("details[open] > div")).to_contain_text("100,000 rows read", timeout=60_000)
    assert [url for url in workers if url.endswith("/judge-worker.js")]


COUNTED = """
window.made = 0
for (const name of ["NumberFormat", "DateTimeFormat"]) {
  Intl[name] = new Proxy(Intl[name], {
    construct(kind, given) { window.made += 1; return Reflect.construct(kind, given) },
  })
}
"""


def test_the_numbers_of_a_long_result_are_written_by_a_few_writers(page: Page, served: str) -> None:
    page.add_init_script(COUNTED)
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    rows = "".join(f"B{n},2012-03-01,2012-03-05\n" for n in range(600))
    open_file(tool, "long.csv", f"Order ID,Promised date,Delivered\n{rows}")
    expect(tool.get_by_role("table", name="Counted as late (the first 500 of 600)")).to_be_visible()
    assert page.evaluate("made") < 50


def test_a_spoof_has_bad_signs_and_nothing_of_it_runs(page: Page, served: str) -> None:
    page.goto(f"{served}/help/security/")
    tool = near(page, "spoof-checklist")
    tool.get_by_text("Inspect a mail").click()
    tool.get_by_label("Source of the mail").fill(SPOOF)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url) if "/tools/" not in r.url else None)
    tool.get_by_role("button", name="Inspect").click()
    result = tool.get_by_role("status").last
    expect(result).to_contain_text("Bad signs (3)")
    expect(result).to_contain_text("amazon.com.evil.example, which is not a trusted sender")
    tool.get_by_label("Source of the mail").fill("From: support@amazon.com\n\nSee https://www.amazon.com/")
    tool.get_by_role("button", name="Inspect").click()
    expect(result).to_contain_text("No bad signs found")
    expect(result).to_contain_text("That does not make it genuine")
    tool.locator("input[type=file]").set_input_files(
        {"name": "a.eml", "mimeType": "message/rfc822", "buffer": SPOOF.encode()}
    )
    expect(result).to_contain_text("Bad signs (3)")
    assert tool.locator("script, img, [href^=http]").count() == 0
    assert page.title() != "run"
    assert asked == []


def test_the_checklist_remembers_and_works_by_keyboard(page: Page, served: str) -> None:
    page.goto(f"{served}/help/security/")
    first = near(page, "spoof-checklist").get_by_role("checkbox").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(near(page, "spoof-checklist").get_by_text("2 of 7 done.")).to_be_visible()
    page.reload()
    expect(near(page, "spoof-checklist").get_by_text("2 of 7 done.")).to_be_visible()


def test_no_request_is_made_once_a_tool_is_loaded(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(tool, "packages.csv", PACKAGES)
    expect(tool.locator("canvas")).to_have_count(1)
    other = near(page, "response-time")
    expect(other.get_by_label("Answered in time")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    tool.get_by_label("Delivered on time").fill("5")
    other.get_by_label("Answered in time").fill("5")
    expect(other.get_by_role("status").first).to_contain_text("100%")
    assert asked == []


@pytest.mark.parametrize(("width", "scheme"), screens([360, 1280], {(360, "light"), (1280, "dark")}))
def test_axe_finds_nothing_in_tools_that_are_filled_in(
    chromium: Browser, served: str, width: int, scheme: Any
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    page.goto(f"{served}/help/metrics/")
    near(page, "delivery-rate").get_by_label("Late or lost").fill("3")
    open_file(near(page, "delivery-rate"), "packages.csv", PACKAGES)
    open_file(near(page, "response-time"), "tickets.csv", MESSAGES)
    expect(page.locator("response-time canvas")).to_have_count(1)
    found += Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{served}/help/security/")
    near(page, "spoof-checklist").get_by_text("Inspect a mail").click()
    near(page, "spoof-checklist").get_by_label("Source of the mail").fill(SPOOF)
    near(page, "spoof-checklist").get_by_role("button", name="Inspect").click()
    expect(near(page, "spoof-checklist").get_by_text("Bad signs")).to_be_visible()
    found += Axe().run(page).response["violations"]
    page.goto(f"{served}/help/vacation-settings/")
    near(page, "vacation-planner").get_by_label("Last day at work").fill("2012-03-19")
    near(page, "vacation-planner").get_by_label("First day back").fill("2012-03-26")
    found += Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], node["html"]) for v in found for node in v["nodes"]] == []


def test_without_javascript_the_text_stands_there(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/help/metrics/")
    expect(page.locator("delivery-rate")).to_contain_text("Only tracked packages count.")
    expect(page.locator("delivery-rate")).to_contain_text("Rules: Amazon, 2012 (from March 12, 2012")
    expect(page.locator("delivery-rate .dp-tool-link")).to_be_hidden()
    context.close()


class Open(Quiet):
    """Sends the header with which `_headers` opens the tools' folder."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


def test_another_site_uses_a_tool_by_one_script_tag(
    chromium: Browser, first_site: Path, tmp_path: Path
) -> None:
    servers = []
    for folder in (first_site, tmp_path):
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Open, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    ours, theirs = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    tool = f"{ours}/assets/javascripts/tools/delivery-rate.js"
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>x</title><script type="module" src="{tool}"></script>'
        "<delivery-rate></delivery-rate>"
    )
    page = chromium.new_page()
    page.goto(f"{theirs}/index.html")
    open_file(near(page, "delivery-rate"), "packages.csv", PACKAGES)
    expect(page.locator("delivery-rate details[open] > div").first).to_contain_text(
        "2 of 4 packages on time."
    )
    page.close()
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_table_can_be_dropped_or_pasted(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    tool.get_by_text("From a file").click()
    tool.get_by_label("Or paste the table").fill(PACKAGES)
    tool.get_by_role("button", name="Read what is pasted").click()
    report = tool.locator("details[open] > div")
    expect(report).to_contain_text("2 of 4 packages on time.")
    page.reload()
    tool.get_by_text("From a file").click()
    drop = """(zone, text) => {
      const data = new DataTransfer()
      data.items.add(new File([text], "packages.csv"))
      zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
    }"""
    tool.locator(".drop").evaluate(drop, PACKAGES)
    expect(report).to_contain_text("2 of 4 packages on time.")


def test_on_paper_the_list_stands_without_its_buttons(page: Page, served: str) -> None:
    page.goto(f"{served}/help/security/")
    tool = near(page, "spoof-checklist")
    expect(tool.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(tool.get_by_role("button", name="Print")).to_be_hidden()
    expect(tool.get_by_role("checkbox").first).to_be_visible()


def test_in_forced_colours_the_indicator_speaks_in_words(chromium: Browser, served: str) -> None:
    context = chromium.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{served}/help/metrics/")
    near(page, "delivery-rate").get_by_label("Late or lost").fill("5")
    expect(near(page, "delivery-rate").get_by_role("status").first).to_contain_text("✗ misses the target")
    context.close()


def test_a_tool_is_loaded_when_the_reader_comes_near(chromium: Browser, served: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 400})
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url.rpartition("/")[2]))
    page.goto(f"{served}/help/vacation-settings/", wait_until="networkidle")
    assert "vacation-planner.js" not in asked
    expect(near(page, "vacation-planner").get_by_label("Last day at work")).to_be_visible()
    assert "vacation-planner.js" in asked
    page.close()


def test_a_tool_on_the_home_page_takes_a_click(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{served}/", wait_until="networkidle")
    page.locator(".dp-widgets").scroll_into_view_if_needed()
    assert not [url for url in asked if "/tools/" in url]
    page.get_by_role("button", name="Open here: On-time delivery rate").focus()
    page.keyboard.press("Enter")
    tool = page.locator("delivery-rate")
    expect(tool.get_by_label("Delivered on time")).to_be_focused()
    page.keyboard.type("98")
    expect(tool.get_by_role("status")).to_contain_text("100%")
    expect(page.get_by_role("heading", name="Contact response time")).to_be_visible()


def test_what_is_asked_is_answered_by_keyboard(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(tool, "x.csv", "Order ID,Promised date,Delivered\nA1,3/1/2012,3/1/2012\nA2,3/2/2012,3/4/2012\n")
    report = tool.locator("details[open] > div").first
    expect(report).to_contain_text("can be day 3 of month 1, or day 1 of month 3")
    expect(report.locator(".indicator")).to_have_count(0)
    assert Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"] == []
    tool.get_by_label("Dates with slashes").focus()
    page.keyboard.type("month")
    tool.get_by_role("button", name="Calculate").last.focus()
    page.keyboard.press("Enter")
    expect(report).to_contain_text("1 of 2 packages on time.")
    expect(report).to_contain_text("“3/1/2012” is March 1, 2012")
    expect(report).to_contain_text("Promised date: column “Promised date”")


def test_rows_left_out_are_saved_and_the_result_is_copied(chromium: Browser, served: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"], locale="en-US")
    page = context.new_page()
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    open_file(tool, "packages.csv", PACKAGES)
    with page.expect_download() as download:
        tool.get_by_role("button", name="Save all rows that are left out").click()
    saved = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert saved[0] == "Row,Why,Order ID,Promised Date,Delivered,Tracking Number"
    assert len(saved) == 4
    tool.get_by_role("button", name="Copy the result").click()
    expect(tool.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2 of 4 packages on time." in copied
    assert "Rules: Amazon, 2012, from 2012-03-12" in copied
    context.close()


def test_a_workbook_is_read(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url.rpartition("/")[2]))
    open_file(tool, "book.xlsx", workbook(data=sheet(SERIALS)))
    expect(tool.locator("details[open] > div").first).to_contain_text("2 of 5 packages on time.")
    assert "workbook.js" in asked


def test_foreign_links_alone_ask_to_look_closer(page: Page, served: str) -> None:
    page.goto(f"{served}/help/security/")
    tool = near(page, "spoof-checklist")
    tool.get_by_text("Inspect a mail").click()
    source = "From: support@amazon.com\n\nSee https://www.facebook.com/amazon"
    tool.get_by_label("Source of the mail").fill(source)
    tool.get_by_role("button", name="Inspect").click()
    result = tool.get_by_role("status").last
    expect(result).to_contain_text("Look closer (1)")
    expect(result).to_contain_text("go to the site yourself")
    expect(result).to_contain_text("www.facebook.com (a social network)")


def test_a_verdict_follows_the_sites_own_choice_of_light_or_dark(page: Page, served: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    tool.get_by_label("Late or lost").fill("5")
    verdict = tool.locator(".verdict.bad strong")
    for scheme, color in (("default", "rgb(179, 38, 30)"), ("slate", "rgb(255, 138, 128)")):
        page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        expect(verdict).to_have_css("color", color)
