"""The home page and the index of the help: sections first, a search at hand, colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]  # has no types

from deskpress.model.look import LOOKS
from tests.browser.conftest import serving
from tests.conftest import Site

pytestmark = pytest.mark.slow

AREAS = ("Accounts", "Billing", "Über uns")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of 300 topics in three sections, and a page with code."""
    site = Site(tmp_path_factory.mktemp("door"))
    site.configure(
        options={"contact": "mailto:desk@help.example"},
        markdown_extensions=["pymdownx.highlight", "pymdownx.superfences"],
    )
    for number in range(300):
        area = AREAS[number % 3]
        site.write(f"help/{area.lower()[:4]}/t{number}.md", f"# {area}: question {number}\n")
    for area in AREAS:
        icon = "icon: material/credit-card-outline\n" if area == "Billing" else ""
        site.write(f"help/{area.lower()[:4]}/index.md", f"---\ndescription: On it.\n{icon}---\n# {area}\n")
    site.write("code.md", "# Code\n\n```python\nfor a in b: pass\n```\n")
    site.build()
    with serving(site.output) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    yield page
    page.close()


def test_the_index_of_many_topics_is_short_and_opens(page: Page, url: str) -> None:
    page.goto(f"{url}/help/")
    assert page.evaluate("document.documentElement.scrollHeight") < 3 * 844
    last = page.get_by_role("link", name="Accounts: question 297")
    expect(last).to_be_hidden()
    # By keyboard: a summary is a stop, and opens by Enter.
    page.locator("summary").filter(has_text="Accounts").focus()
    page.keyboard.press("Enter")
    expect(last).to_be_visible()


def test_the_filter_shows_topics_whose_titles_have_all_words(page: Page, url: str) -> None:
    page.goto(f"{url}/help/")
    field = page.get_by_label("Filter the topics")
    field.press_sequentially("uber 299")
    expect(page.get_by_role("link", name="Über uns: question 299")).to_be_visible()
    expect(page.locator("#dp\\:filtered")).to_have_text("1 topic")
    assert page.locator(".dp-cards > li:visible").count() == 1
    assert page.locator("details:visible").count() == 1
    field.fill("")
    assert page.locator("details:visible").count() == 3
    assert page.locator("details[open]").count() == 0


def test_the_home_page_answers_in_place(page: Page, url: str) -> None:
    page.goto(f"{url}/")
    field = page.get_by_label("What are you looking for?")
    field.press_sequentially("billing 298")
    expect(page.locator(".dp-ask .dp-results a").first).to_contain_text("298")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".dp-ask .dp-results a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}/help/bill/t298/")


def test_an_address_that_leads_nowhere_names_the_nearest_pages(page: Page, url: str) -> None:
    page.goto(f"{url}/old/support/billing_question-298.html?a=1")
    expect(page.get_by_role("heading", name="Perhaps you mean")).to_be_visible()
    expect(page.locator("[data-lost] a").first).to_have_text("Billing: question 298")
    field = page.get_by_label("What are you looking for?")
    expect(field).to_have_value("support billing question 298")
    page.locator("[data-lost] a").first.click()
    expect(page).to_have_url(f"{url}/help/bill/t298/")
    for nowhere in ("/zzzzqqqq/", "/%FF%C0/", "/2012/"):
        page.goto(url + nowhere)
        expect(page.get_by_role("heading", name="Perhaps you mean")).to_be_hidden()
        expect(field).to_be_visible()


def test_sections_have_their_icon_or_the_letter_that_they_begin_with(page: Page, url: str) -> None:
    for address in ("/", "/help/"):
        page.goto(url + address)
        icons = page.locator(".dp-icon")
        letters = icons.evaluate_all("(icons) => icons.map((icon) => icon.dataset.letter ?? null)")
        assert letters == ["A", None, "Ü"]
        expect(icons.nth(1).locator("svg")).to_be_visible()


def test_a_card_leads_to_its_section_wherever_it_is_pressed(page: Page, url: str) -> None:
    page.goto(f"{url}/")
    card = page.locator(".dp-grid__card").first
    card.click(position={"x": 60, "y": 20})
    expect(page).to_have_url(f"{url}/help/acco/")
    page.goto(f"{url}/")
    card.get_by_role("link", name="question 0").click()
    expect(page).to_have_url(f"{url}/help/acco/t0/")


def test_without_javascript_the_home_page_leads_to_the_results(chromium: Browser, url: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/")
    page.get_by_label("What are you looking for?").fill("billing")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(f"{url}/search/?q=billing")
    page.goto(f"{url}/help/")
    page.locator("summary").first.click()
    expect(page.get_by_role("link", name="Accounts: question 297")).to_be_visible()
    expect(page.get_by_label("Filter the topics")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_door(chromium: Browser, url: str, scheme: Any) -> None:
    found = []
    for width in (320, 1280):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for address in ("/", "/help/"):
            page.goto(url + address)
            if address == "/help/":
                page.locator("summary").first.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found += Axe().run(page).response["violations"]
        context.close()
    assert [(v["id"], node["html"]) for v in found for node in v["nodes"]] == []


CONTRAST = """(classes) => {
  const code = document.querySelector(".highlight code")
  const luminance = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0)
  const over = ([r, g, b, a = 1], below) => [r, g, b].map((v, n) => v * a + below[n] * (1 - a))
  const read = (value, below) => over(value.match(/[\\d.]+/g).map(Number), below)
  const ground = read(getComputedStyle(code).backgroundColor, [255, 255, 255])
  return classes.map((name) => {
    const mark = document.createElement("span")
    mark.className = name
    code.append(mark)
    const style = getComputedStyle(mark)
    const below = read(style.backgroundColor, ground)
    const [low, high] = [luminance(below), luminance(read(style.color, below))].sort((a, b) => a - b)
    return [name, (high + .05) / (low + .05)]
  })
}"""


@pytest.mark.parametrize(
    ("look", "scheme"),
    [
        pytest.param(look, scheme, marks=() if number % 2 == (scheme == "slate") else pytest.mark.long)
        for number, look in enumerate(LOOKS)
        for scheme in ("default", "slate")
    ],
)
def test_every_look_can_be_read(chromium: Browser, site: Site, look: str, scheme: str) -> None:
    # WCAG 2.2, 1.4.3, text of less than 18 points; 1.4.10.
    site.configure(
        theme={"name": "material", "palette": {"scheme": scheme}},
        options={"look": look, "contact": "mailto:a@b.example", "helpful": "mailto:a@b.example"},
        markdown_extensions=["admonition", "tables", "pymdownx.highlight", "pymdownx.superfences"],
    )
    code = "```python\nfor a in b: pass\n```\n"
    text = f"# One\n\n1. A\n2. B\n\n!!! warning\n    Text.\n\n{code}\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    site.write("help/area/index.md", "---\ntitle: Area\ndescription: On it.\n---\nText.\n")
    site.write("help/area/one.md", f"{text}\n[Link](two.md)\n")
    site.write("help/area/two.md", "# Two\n\nText.\n")
    site.post("2012-05-02-a.md", categories=["News"], series={"name": "S", "part": 1})
    notice = "title: Slow\nstart: 2012-05-31 08:00\nseverity: "
    for severity in ("warning", "critical"):
        site.write(f"notices/{severity}.md", f"---\n{notice}{severity}\n---\nText.\n")
    site.build()
    with serving(site.output) as url:
        page = chromium.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        found = []
        for address in ("/", "/help/", "/help/area/one/", "/2012/05/a.html", "/search/?q=one"):
            page.goto(url + address)
            violations = Axe().run(page).response["violations"]
            found += [(address, one["id"], node["html"]) for one in violations for node in one["nodes"]]
        page.goto(f"{url}/help/area/one/")
        classes = sorted(filter(None, STANDARD_TYPES.values()))
        found += [pair for pair in page.evaluate(CONTRAST, classes) if pair[1] < 4.5]
        page.close()
    assert found == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site that asks whether topics helped, and has a page of contacts."""
    site = Site(tmp_path_factory.mktemp("desk"))
    options = {"contact": "help/contact.md", "helpful_endpoint": "https://told.example/helpful"}
    site.configure(options=options)
    site.write("help/contact.md", "# Contact\n\n[Write](mailto:a@b.example) or [call](tel:1).\n")
    site.write("help/labels.md", "# Labels\n\nText.\n")
    site.write("help/rates.md", "# Rates\n\nText.\n")
    site.build()
    with serving(site.output) as address:
        yield address


def test_one_press_tells_whether_a_topic_helped(page: Page, desk: str) -> None:
    told = []

    def hear(route: Route) -> None:
        told.append((route.request.method, route.request.post_data, route.request.headers.get("referer")))
        route.fulfill(status=204)

    page.route("https://told.example/**", hear)
    page.goto(f"{desk}/help/labels/")
    page.get_by_role("button", name="No", exact=True).click()
    status = page.locator(".dp-helpful [role=status]")
    expect(status).to_have_text("Thank you.")
    expect(status).to_be_focused()
    expect(page.get_by_role("button", name="Yes")).to_have_count(0)
    page.get_by_role("button", name="It is hard to understand").click()
    expect(page.locator("[data-reasons]")).to_have_count(0)
    first = "page=%2Fhelp%2Flabels%2F&answer=no"
    assert told == [("POST", first, None), ("POST", f"{first}&reason=unclear", None)]
    assert page.context.cookies() == []


def test_an_answer_that_cannot_be_sent_can_be_given_again(page: Page, desk: str) -> None:
    page.route("https://told.example/**", lambda route: route.abort())
    page.goto(f"{desk}/help/labels/")
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".dp-helpful [role=status]")).to_contain_text("could not be sent")
    expect(page.get_by_role("button", name="Yes")).to_be_visible()


def test_the_page_of_contacts_knows_where_the_reader_was_stuck(page: Page, desk: str) -> None:
    page.goto(f"{desk}/")
    page.get_by_label("What are you looking for?").press_sequentially("labels")
    page.locator(".dp-ask .dp-results a").first.click()
    expect(page).to_have_url(f"{desk}/help/labels/")
    page.get_by_role("link", name="Contact us").click()
    expect(page).to_have_url(f"{desk}/help/contact/?from=%2Fhelp%2Flabels%2F&sought=labels")
    mail = page.get_by_role("link", name="Write")
    text = f"{desk}/help/labels/\nSearched for: labels"
    expect(mail).to_have_attribute("href", f"mailto:a@b.example?body={quote(text, safe='')}")
    expect(page.locator(".dp-contact")).to_have_count(0)
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "//["):
        page.goto(f"{desk}/help/contact/?from={quote(elsewhere, safe='')}")
        expect(mail).to_have_attribute("href", "mailto:a@b.example")


def test_the_systems_sheet_shares_a_post(chromium: Browser, served: str) -> None:
    page = chromium.new_page()
    page.add_init_script(
        "navigator.share = async (given) => { document.documentElement.dataset.shared = given.url }"
    )
    page.goto(f"{served}/2012/03/two-numbers-to-watch.html")
    page.get_by_role("button", name="Share").click()
    address = "https://sellerdesk.example/2012/03/two-numbers-to-watch.html"
    expect(page.locator("html")).to_have_attribute("data-shared", address)
    page.close()
