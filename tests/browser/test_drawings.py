"""Drawings that are accepted run nothing in the real Chromium, even without the policy of the web server."""

from __future__ import annotations

import http.server
import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

from deskpress.publish.drawings import drawing_problems
from tests.drawings import ATTACKS, DRAWN, RAN, built, mutated

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("DESKPRESS_DRAWINGS", "600"))
"""Random drawings that are judged; those that pass are opened."""

RUNNING = {
    "an attribute by a list",
    "an entity",
    "animate",
    "foreignObject",
    "HTML without foreignObject",
    "javascript with a reference",
    "javascript with a tab",
    "onbegin",
    "onload",
    "script",
    "script by a prefix of other letters",
    "script of XHTML in metadata",
    "set",
    "set of another prefix",
    "the whole in XHTML",
    "UTF-16",
}
"""Attacks that run for sure in today's Chromium: they show that the test sees what runs."""

# Lets animations begin, then does what may set something off; tells what the browser itself sees.
LOOK = """
async (press) => {
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve))
  await frame()
  await frame()
  const all = [...document.querySelectorAll("*")]
  const seen = { events: [], addresses: [], foreign: [] }
  for (const element of all) {
    if (element.namespaceURI === "http://www.w3.org/1999/xhtml") seen.foreign.push(element.localName)
    for (const { localName, value } of element.attributes)
      if (/^on/i.test(localName)) seen.events.push(localName)
    const address = element.href?.animVal ?? element.href ?? ""
    if (address) seen.addresses.push([element.localName, new URL(address, document.baseURI).href])
  }
  for (const element of all)
    for (const type of ["load", "error", "click", "focusin", "mouseover", "begin", "end", "repeat"])
      element.dispatchEvent(new Event(type))
  if (press)
    for (const link of document.querySelectorAll("a"))
      link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))
  await frame()
  await fetch("/looked")
  return seen
}
"""


class BlobStore:
    """A server that shows one drawing at a time, with no header that holds it back."""

    def __init__(self) -> None:
        self.body = b""
        self.ran = threading.Event()

    @contextmanager
    def serving(self) -> Iterator[str]:
        shelf = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path.startswith(RAN):
                    shelf.ran.set()
                body = shelf.body if self.path.startswith("/drawing.svg") else b""
                self.send_response(200)
                self.send_header("Content-Type", "image/svg+xml" if body else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class has it
                pass

        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}"
            server.shutdown()

    def open(self, page: Page, url: str, drawing: bytes, *, press: bool = False) -> dict[str, Any]:
        """What the browser sees of a drawing, once all is done that may set something off."""
        self.body = drawing
        self.ran.clear()
        page.goto(f"{url}/drawing.svg")
        seen: dict[str, Any] = page.evaluate(LOOK, press)
        return seen


@pytest.fixture
def shelf() -> BlobStore:
    return BlobStore()


def check_open(shelf: BlobStore, page: Page, url: str, drawing: bytes) -> None:
    """Open a drawing that was accepted: nothing runs, nothing is asked of others."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((url, "data:")):
            asked.append(request.url)

    page.on("request", note)
    seen = shelf.open(page, url, drawing)
    page.remove_listener("request", note)
    assert not shelf.ran.is_set(), drawing
    assert not asked, (asked, drawing)
    assert not seen["events"], drawing
    assert not seen["foreign"], drawing
    for element, address in seen["addresses"]:
        allowed = ("http:", "https:", "mailto:", "tel:") if element == "a" else (f"{url}/", "data:image/")
        assert address.startswith(allowed), (address, drawing)
        assert not address.startswith("data:image/svg"), drawing


def test_what_is_known_to_run_is_seen(chromium: Browser, shelf: BlobStore) -> None:
    page = chromium.new_page()
    running = set()
    with shelf.serving() as url:
        for name in sorted(RUNNING):
            # Where a script has navigated away there is nothing left to look at.
            shelf.open(page, url, ATTACKS[name], press=True)
            # An address with a script runs some time after the click.
            if shelf.ran.wait(30):
                running.add(name)
    page.close()
    assert running == RUNNING


def test_no_attack_is_accepted() -> None:
    assert [name for name, drawing in ATTACKS.items() if not drawing_problems("a.svg", drawing)] == []


@pytest.mark.long
def test_accepted_drawings_run_nothing(chromium: Browser, shelf: BlobStore) -> None:
    page = chromium.new_page()
    chooser = random.Random(20120312)
    drawings = [*DRAWN.values()]
    for _ in range(ROUNDS):
        drawings += (mutated(chooser), built(chooser))
    accepted = [drawing for drawing in drawings if not drawing_problems("a.svg", drawing)]
    with shelf.serving() as url:
        for drawing in accepted:
            check_open(shelf, page, url, drawing)
    page.close()
    assert len(accepted) > ROUNDS / 4
