"""The keyboard's shortcuts work on the page, and never while somebody types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.slow

KEYS = ("s", "f", "/", "p", ",", "n", ".")
"""The shortcuts: three that lead to the search, and Material's to the page before and the next one."""

PAGES = {
    "help/metrics/": ("delivery-rate", "response-time"),
    "help/vacation-settings/": ("vacation-planner",),
    "help/security/": ("spoof-checklist",),
    "": ("delivery-rate", "response-time", "vacation-planner", "spoof-checklist"),
}

FIELDS = """(tool) => {
  for (const details of tool.shadowRoot.querySelectorAll("details")) details.open = true
  return new Promise((done) => setTimeout(() => {
    const fields = [...tool.shadowRoot.querySelectorAll("input, textarea, select, [contenteditable]")]
    done(fields.filter((field) => field.checkVisibility() && !field.disabled && field.type !== "file").length)
  }, 300))
}"""
FOCUS = """(tool, number) => {
  const fields = [...tool.shadowRoot.querySelectorAll("input, textarea, select, [contenteditable]")]
  const field = fields.filter((f) => f.checkVisibility() && !f.disabled && f.type !== "file")[number]
  field.focus()
  return field.matches("textarea, input[type=text], input:not([type])")
}"""
STATE = """(tool) => ({
  focused: document.activeElement === tool,
  index: [...tool.shadowRoot.querySelectorAll("*")].indexOf(tool.shadowRoot.activeElement),
  value: tool.shadowRoot.activeElement?.value ?? null,
})"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("address", PAGES)
def test_no_letter_typed_into_a_tool_leaves_it(page: Page, served: str, address: str) -> None:
    page.goto(f"{served}/{address}")
    moved: list[str] = []
    page.on("framenavigated", lambda frame: moved.append(frame.url))
    for name in PAGES[address]:
        if not address:
            page.locator(f"[data-tool={name}]").click()
        tool = page.locator(name)
        tool.scroll_into_view_if_needed()
        expect(tool.locator("input, select, textarea").first).to_be_attached()
        fields = tool.evaluate(FIELDS)
        assert fields >= 1
        for number in range(fields):
            takes_letters = tool.evaluate(FOCUS, number)
            before = tool.evaluate(STATE)
            assert before["focused"]
            for key in KEYS:
                page.keyboard.press(key)
            after = tool.evaluate(STATE)
            assert (after["focused"], after["index"]) == (True, before["index"]), (name, number)
            if takes_letters:
                assert "".join(KEYS) in after["value"], (name, number)
    assert moved == []
    boxes = page.locator("[data-search] input")
    assert "".join(box.input_value() for box in boxes.all()) == ""


@pytest.mark.parametrize(
    "typed_into",
    [
        "<input>",
        "<textarea></textarea>",
        "<select><option>finest<option>slow</select>",
        "<p contenteditable><b tabindex=0>x</b></p>",
        "<p contenteditable=plaintext-only>x</p>",
        "<div role=textbox tabindex=0>x</div>",
    ],
)
@pytest.mark.parametrize("shadowed", [False, True], ids=["on the page", "in two roots"])
def test_whoever_types_anywhere_is_not_led_to_the_search(
    chromium: Browser, served: str, typed_into: str, shadowed: bool
) -> None:
    # The page's own policy would let nobody put in what is typed into here.
    page = chromium.new_page(bypass_csp=True)
    page.goto(f"{served}/help/metrics/")
    page.evaluate(
        """([html, shadowed]) => {
          let root = document.querySelector("article")
          for (const _ of shadowed ? [1, 2] : []) {
            const host = document.createElement("div")
            root.append(host)
            root = host.attachShadow({ mode: "open" })
          }
          const box = document.createElement("div")
          root.append(box)
          box.innerHTML = html
          ;(box.querySelector("[tabindex]") ?? box.firstElementChild).focus()
        }""",
        [typed_into, shadowed],
    )
    for key in ("s", "f", "/"):
        page.keyboard.press(key)
        expect(page.locator("[data-search] input")).not_to_be_focused()
    page.close()


@pytest.mark.parametrize("key", ["s", "f", "/"])
def test_on_the_page_a_key_leads_to_the_search(page: Page, served: str, key: str) -> None:
    page.goto(f"{served}/help/metrics/")
    search = page.locator("[data-search] input")
    # What opens and closes takes no letters.
    page.locator("delivery-rate").scroll_into_view_if_needed()
    page.locator("delivery-rate summary").first.focus()
    page.keyboard.press(key)
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("metrics")
    expect(page.locator(".dp-results a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".dp-results a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(search).to_be_focused()
    expect(page.locator(".dp-search__panel")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(search).not_to_be_focused()
    page.keyboard.press("Control+f")
    expect(search).not_to_be_focused()


def test_on_the_page_keys_lead_to_the_neighbours(page: Page, served: str) -> None:
    page.goto(f"{served}/help/metrics/")
    neighbours = {
        rel: page.locator(f"nav a[rel={rel}]").evaluate("(link) => link.href") for rel in ("prev", "next")
    }
    for rel, keys in (("prev", "p,"), ("next", "n.")):
        for key in keys:
            page.goto(f"{served}/help/metrics/")
            page.keyboard.press(key)
            page.wait_for_url(neighbours[rel])
