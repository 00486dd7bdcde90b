"""A workbook of 20 MB is read while the page goes on: `-s` prints how long its longest task took."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_tools import near
from tests.tools.test_tables import HEADINGS, sheet, workbook

pytestmark = [pytest.mark.slow, pytest.mark.long]

ROWS = 120_000
SIZE = 20_000_000
LONG_TASKS = """
window.longTasks = []
new PerformanceObserver((seen) => longTasks.push(...seen.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask", buffered: true })
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose comments can hardly be compressed: every fifth of its packages came a day late."""
    chance = random.Random(1)
    rows = [
        (
            f"B{n}",
            45_000 + n % 900,
            45_000 + n % 900 + (n % 5 == 0),
            f"1Z{n}",
            f"{chance.getrandbits(1250):x}",
        )
        for n in range(ROWS)
    ]
    path = tmp_path_factory.mktemp("large") / "large.xlsx"
    path.write_bytes(workbook(data=sheet([(*HEADINGS, "Comment"), *rows])))
    assert path.stat().st_size > SIZE
    return path


def test_who_types_while_a_workbook_is_read_sees_it_at_once(
    chromium: Browser, served: str, large: Path
) -> None:
    page = chromium.new_page(timezone_id="UTC", locale="en-US")
    page.add_init_script(LONG_TASKS)
    page.goto(f"{served}/help/metrics/")
    tool = near(page, "delivery-rate")
    tool.get_by_text("From a file").click()
    expect(tool.locator("input[type=file]")).to_be_visible()
    # What the page itself takes to load is not asked here.
    page.evaluate("longTasks.length = 0")
    tool.locator("input[type=file]").set_input_files(large)
    report = tool.locator("details[open] > div").first
    expect(report).to_contain_text("Reading")
    tool.get_by_label("Late or lost").press("5")
    expect(tool.get_by_role("status").first).to_contain_text("misses the target")
    # The file is still being read: it did not have to be waited for.
    assert "rows read" not in report.inner_text()
    expect(report).to_contain_text("96,000 of 120,000 packages on time.", timeout=300_000)
    tasks = page.evaluate("longTasks.map(Math.round).sort((a, b) => b - a)")
    print(f"\n{large.stat().st_size / 1e6:.1f} MB, {ROWS:,} rows: tasks above 50 ms on the page: {tasks}")
    page.close()
