"""`deskpress serve`: the page changes as the file does, and a mistake is shown and survived."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import Site

pytestmark = pytest.mark.slow


@pytest.fixture
def server(site: Site) -> Iterator[str]:
    site.configure(site_url="https://desk.example/sub/")
    site.post("2012-03-01-a.md", "Before.\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "deskpress", "serve", "-a", "127.0.0.1:0"],
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
    expect(page.get_by_role("alert")).to_contain_text("content/posts/2012-03-01-a.md:3:7: `date`")
    expect(page.locator(".dp-body")).to_contain_text("After.")
    site.post("2012-03-01-a.md", "Mended.\n")
    expect(page.locator(".dp-body")).to_contain_text("Mended.")
    expect(page.get_by_role("alert")).to_have_count(0)
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


def test_no_script_runs_in_a_drawing(chromium: Browser, site: Site, server: str) -> None:
    """Also one that a maintainer may have put there."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>still</title><script>document.title = "ran"</script></svg>'
    site.write("images/a.svg", svg)
    site.post("2012-03-01-a.md", "With a drawing.\n")
    page = chromium.new_page()
    page.goto(server + "2012/03/a.html")
    expect(page.locator(".dp-body")).to_contain_text("With a drawing.")
    answer = page.goto(server + "images/a.svg")
    assert answer
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-security-policy"] == "script-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    expect(page).to_have_title("still")
    page.close()
