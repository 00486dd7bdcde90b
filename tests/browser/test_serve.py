"""`deskpress serve`: the page changes as the file does, and a mistake is shown and survived."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.browser.conftest import serving as plainly
from tests.conftest import Site, drawn

pytestmark = pytest.mark.slow

SHOTS = os.environ.get("DESKPRESS_SHOTS", "")
"""A folder for pictures of what is looked at; none are taken without."""


@pytest.fixture
def server(site: Site) -> Iterator[str]:
    site.configure(site_url="https://desk.example/sub/")
    site.post("2012-03-01-a.md", "Before.\n")
    with serving(site) as url:
        yield url


@contextmanager
def serving(site: Site, *options: str) -> Iterator[str]:
    """The address of `deskpress serve`, which runs meanwhile."""
    process = subprocess.Popen(
        [sys.executable, "-m", "deskpress", "serve", "-a", "127.0.0.1:0", *options],
        cwd=site.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"Serving at (\S+)", line):
                yield found[1]
                break
        else:
            pytest.fail("the server did not start")
    finally:
        process.terminate()
        process.wait()


def test_a_change_reloads_and_a_mistake_is_shown(chromium: Browser, site: Site, server: str) -> None:
    assert server.endswith("/sub/")
    page = chromium.new_page()
    page.goto(server + "2012/03/a.html")
    expect(page.locator(".dp-body")).to_contain_text("Before.")
    site.post("2012-03-01-a.md", "After.\n")
    expect(page.locator(".dp-body")).to_contain_text("After.")
    site.post("2012-03-01-a.md", "Never.\n", date="never")
    expect(page.get_by_role("alert")).to_contain_text("content/posts/2012-03-01-a.md:3:7: error: `date`")
    expect(page.locator(".dp-body")).to_contain_text("After.")
    site.post("2012-03-01-a.md", "Mended.\n")
    expect(page.locator(".dp-body")).to_contain_text("Mended.")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.close()


def test_a_build_that_is_done_before_the_page_listens_reloads_it(
    chromium: Browser, site: Site, server: str
) -> None:
    address = f"{server}2012/03/a.html"
    held: list[str] = []

    def hold(route: Route) -> None:
        """Build once more between the page and its script."""
        if not held:
            held.append(route.request.url)
            site.post("2012-03-01-a.md", "After.\n")
            while b"After." not in urllib.request.urlopen(address).read():
                time.sleep(0.05)
        route.continue_()

    page = chromium.new_page()
    page.route("**/serve.js*", hold)
    page.goto(address)
    expect(page.locator(".dp-body")).to_contain_text("After.")
    page.close()


def test_a_folder_that_the_configuration_names_later_is_watched(
    chromium: Browser, site: Site, server: str
) -> None:
    page = chromium.new_page()
    page.goto(server + "2012/03/a.html")
    template = site.folder / "overrides/main.html"
    template.parent.mkdir()
    for text in ("First notice", "Second notice"):
        template.write_text('{% extends "base.html" %}{% block announce %}' + text + "{% endblock %}")
        if text.startswith("First"):
            site.configure(
                site_url="https://desk.example/sub/", theme={"name": "material", "custom_dir": "overrides"}
            )
        expect(page.locator("body")).to_contain_text(text)
    page.close()


def test_an_edited_hook_shows_at_once(chromium: Browser, site: Site) -> None:
    hook = site.folder / "hooks/greet.py"
    hook.parent.mkdir()
    code = "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\n{}\\n'\n"
    hook.write_text(code.format("Hello."))
    site.configure(hooks=["hooks/greet.py"])
    site.post("2012-03-01-a.md", "A text.\n")
    with serving(site) as url:
        page = chromium.new_page()
        page.goto(f"{url}2012/03/a.html")
        expect(page.locator(".dp-body")).to_contain_text("Hello.")
        hook.write_text(code.format("Good morning."))
        expect(page.locator(".dp-body")).to_contain_text("Good morning.")
        page.close()


def test_nothing_outside_the_site_is_served(site: Site, server: str) -> None:
    for path in ("../mkdocs.yml", "%2e%2e/mkdocs.yml", "..%2fmkdocs.yml", "%2e%2e%2f%2e%2e%2fetc%2fpasswd"):
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(server + path)
        assert caught.value.code == 404
        assert b"site_name" not in caught.value.read()


def test_what_has_not_changed_is_not_sent_again(server: str) -> None:
    found = urllib.request.urlopen(server + "assets/stylesheets/deskpress.css")
    assert found.headers["Cache-Control"] == "no-cache"
    again = urllib.request.Request(found.url, headers={"If-None-Match": found.headers["ETag"]})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(again)
    assert (caught.value.code, caught.value.read()) == (304, b"")
    another = urllib.request.urlopen(server + "2012/03/a.html", timeout=60)
    assert another.headers["ETag"] != found.headers["ETag"]
    old = urllib.request.Request(found.url, headers={"If-None-Match": '"other"'})
    assert urllib.request.urlopen(old).read() == found.read()


REBOUND = "--host-resolver-rules=MAP evil.example 127.0.0.1, MAP desk.example 127.0.0.1"


@pytest.fixture
def rebound(chromium: Browser) -> Iterator[Page]:
    """A page of a browser for which other sites' names lead to this machine, as after DNS rebinding."""
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=[*ARGUMENTS, REBOUND])
    yield browser.new_page()
    browser.close()


def test_no_other_site_reads_drafts_by_having_its_name_lead_here(site: Site, rebound: Page) -> None:
    site.post("2012-03-01-a.md", "The plan for April.\n", draft=True)
    with serving(site, "--drafts", "--allow-host", "desk.example") as url:
        port = url.rpartition(":")[2]
        answer = rebound.goto(url + "2012/03/a.html")
        assert answer is not None
        assert answer.status == 200
        expect(rebound.locator(".dp-body")).to_contain_text("The plan for April.")
        # A page of `evil.example`, as it stands there after its name has begun to lead here.
        answer = rebound.goto(f"http://evil.example:{port}2012/03/a.html")
        assert answer is not None
        assert answer.status == 421
        expect(rebound.locator("body")).to_contain_text("begin it with --allow-host evil.example")
        read = """(path) => fetch(path).then(async (answer) => [answer.status, await answer.text()])"""
        for path in ("/2012/03/a.html", "/feed.json", "/.deskpress/serve.js", "/.deskpress/events"):
            status, text = rebound.evaluate(read, path)
            assert status == 421
            assert "April" not in text
        answer = rebound.goto(f"http://desk.example:{port}2012/03/a.html")
        assert answer is not None
        assert answer.status == 200


def test_a_page_of_another_site_hears_of_no_builds_and_loads_nothing(chromium: Browser, site: Site) -> None:
    site.post("2012-03-01-a.md", "Text.\n")
    site.write("a.png", drawn(4, 4))
    other = """([url, kind]) => new Promise((done) => {
      if (kind === "events") {
        const source = new EventSource(url)
        source.onmessage = () => done("heard")
        source.onerror = () => done("refused")
      } else {
        const image = new Image()
        image.onload = () => done("heard")
        image.onerror = () => done("refused")
        image.src = url
      }
    })"""
    elsewhere = site.folder / "elsewhere"
    elsewhere.mkdir()
    elsewhere.joinpath("index.html").write_text("<!doctype html><title>Another site</title>")
    with serving(site) as url, plainly(elsewhere) as another:
        for visited, expected in ((url, "heard"), (f"{another}/", "refused")):
            # A page of the site goes on by itself when there is a new build.
            page = chromium.new_page()
            page.goto(visited)
            for path, kind in ((".deskpress/events", "events"), ("a.png", "image")):
                assert page.evaluate(other, [url + path, kind]) == expected, (visited, kind)
            page.close()


def test_a_drawing_that_is_opened_runs_nothing(chromium: Browser, site: Site) -> None:
    # As a maintainer may publish it; the server does not rely on what others have checked.
    text = "<svg xmlns='http://www.w3.org/2000/svg'><script>document.documentElement.id='ran'</script></svg>"
    site.post("2012-03-01-a.md", "Text.\n")
    site.write("a.svg", text)
    with serving(site) as url:
        page = chromium.new_page()
        page.goto(url + "a.svg")
        assert page.evaluate("document.documentElement.id") == ""
        page.close()


def test_the_status_is_a_page_that_all_can_read(chromium: Browser, site: Site) -> None:
    site.configure(site_url="https://desk.example/sub/")
    site.post("2012-03-01-a.md", title="A", review_by="2012-05-01")
    site.post("2012-03-02-b.md", title="B <i>", draft=True)
    site.write("files/a-rather-long-name-of-a-file-that-is-large-enough-to-be-listed.bin", b"\0" * 2_000_001)
    found = []
    with serving(site) as url:
        address = url.removesuffix("/sub/") + "/.deskpress/status"
        for width in (320, 1280):
            for scheme in ("light", "dark"):
                context = chromium.new_context(
                    viewport={"width": width, "height": 700},
                    color_scheme=scheme,
                    bypass_csp=True,
                )
                page = context.new_page()
                page.goto(address)
                found += [one["id"] for one in Axe().run(page).response["violations"]]
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                if SHOTS:
                    page.screenshot(path=f"{SHOTS}/status-{width}-{scheme}.png")
                context.close()
        assert found == []
        page = chromium.new_page()
        page.goto(address)
        expect(page.locator("h2")).to_have_text(["drafts (1)", "reviews overdue (1)", "large files (1)"])
        expect(page.locator("td").first).to_have_text("B <i>")
        # It is as the site is now.
        site.post("2012-03-02-b.md", title="B", draft=False)
        expect(page.locator("h2").first).to_have_text("reviews overdue (1)")
        page.get_by_role("link", name="content/posts/2012-03-01-a.md").click()
        expect(page.locator("h1")).to_have_text("A")
        page.close()
