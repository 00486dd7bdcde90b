"""A built site before a browser, which may not complain, and what readers do there."""

from __future__ import annotations

import base64
import functools
import http.server
import re
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from tests.browser.conftest import Quiet
from tests.browser.drivers import Driver
from tests.browser.test_shortcuts import FIELDS, FOCUS, KEYS, PAGES, STATE

# Runs in the page before all else: errors and complaints go to the server, since WebKit's driver tells none.
LISTENER = b"""{
  let left = false
  // What was on its way to a page that is left fails; what is missing is noted by the server.
  addEventListener("beforeunload", () => { left = true })
  const tell = (...said) => {
    if (left) return
    fetch("/complaints", { method: "POST", body: said.map(String).join(" "), keepalive: true })
  }
  addEventListener("error", ({ message, target }) => {
    // What changes its size while sizes are told is told again in the next frame (Resize Observer 3.4.6).
    if (!message?.startsWith("ResizeObserver loop")) tell(message ?? `no ${target.src ?? target.href}`)
  }, true)
  addEventListener("unhandledrejection", ({ reason }) => tell(reason))
  for (const kind of ["error", "warn"]) {
    const said = console[kind]
    console[kind] = (...words) => { tell(...words); said.apply(console, words) }
  }
};
"""
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

CONTRAST = """(path) => {
  const node = all(path).find((node) => node.checkVisibility())
  const parsed = (color) => color.match(/[\\d.]+/g).map(Number)
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  const light = (color) => {
    const [r, g, b] = parsed(color).map((part) => linear(part / 255))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  let ground = node
  const clear = (color) => parsed(color)[3] === 0
  while (clear(getComputedStyle(ground).backgroundColor)) {
    ground = ground.assignedSlot ?? ground.parentElement ?? ground.getRootNode().host
  }
  const both = [getComputedStyle(node).color, getComputedStyle(ground).backgroundColor].map(light)
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05)
}"""
GIVE = """async (path, name, bytes) => {
  const input = await until(() => one(path))
  const data = new DataTransfer()
  data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt())], name))
  input.files = data.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}"""
DROP = """(path, text) => {
  const data = new DataTransfer()
  data.items.add(new File([text], "packages.csv"))
  one(path).dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
}"""
SAYS = "(path, words) => all(path).some((node) => text(node).includes(words))"
# A tool is loaded when the reader comes near it.
NEAR = """async (name) => {
  one(name).scrollIntoView({ block: "start", behavior: "instant" })
  await until(() => one(`${name} >>> input, select, textarea`))
}"""


# Tools that are near are loaded; and what a browser loads ahead, it loads when nothing else is to be done.
SETTLED = """async (tools) => {
  scrollTo(0, 2000)
  await pause(0)
  const near = (node) => {
    const { top, bottom } = node.getBoundingClientRect()
    return top < innerHeight + 200 && bottom > -200 && !node.closest(".dp-widget")
  }
  await until(() => all(tools).filter(near).every((tool) => tool.shadowRoot), "the tools")
  await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(() => done()))
}"""
TOOLS = ", ".join(sorted({name for names in PAGES.values() for name in names}))


class Watched(Quiet):
    """Serves a built site; what the page complains of comes back to it."""

    complaints: list[str]

    def do_GET(self) -> None:  # noqa: N802  # the base class names it so
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.name == "words.json":
            # As over a network, and not before the modules that wait for them are there.
            time.sleep(0.3)
        if not path.is_file() or path.suffix not in (".html", ".js"):
            super().do_GET()
            return
        body = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        if policy := _POLICY.search(body):
            told = policy[1].decode().replace("&#39;", "'")
            self.send_header("Content-Security-Policy", f"{told}; report-uri /complaints")
        if path.name == "deskpress.js":
            body = LISTENER + body
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.complaints.append(f"{code} for {self.path}")
        super().send_error(code, message, explain)

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.complaints.append(f"{self.headers['Referer']}: {body}")
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()


@dataclass
class Desk:
    """A browser before a built site."""

    browser: Driver
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.browser.open(f"{self.url}/{path}")

    def path(self) -> str:
        """Where the page is, below the site's address."""
        return str(self.browser.evaluate("() => location.href")).removeprefix(f"{self.url}/")

    def says(self, path: str, text: str) -> None:
        """Wait until an element that is found holds a text."""
        self.browser.wait(SAYS, path, text)

    def opened(self, address: str, tool: str) -> str:
        """Open the page of a tool, with the tool and what it folds away; gives the tool's name."""
        self.open(address)
        self.browser.evaluate(NEAR, tool)
        return tool


def watching(browser: Driver, folder: Path) -> Iterator[Desk]:
    told: list[str] = []
    kind = type("Told", (Watched,), {"complaints": told})
    handler = functools.partial(kind, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Desk(browser, f"http://127.0.0.1:{server.server_address[1]}", told)
        # What is still on its way belongs to the page that is left.
        browser.open("about:blank")
        # Firefox complains of a module that was on its way; the server notes those that are missing.
        found = [one for one in browser.complaints() if "dynamically imported module" not in one]
        server.shutdown()
    assert told + found == [], told + found


def no_key_leaves(desk: Desk, tool: str) -> None:
    """Press the shortcuts in each field of a tool that is open."""
    browser = desk.browser
    before_all = desk.path()
    fields = browser.evaluate(f"(name) => ({FIELDS})(one(name))", tool)
    assert fields >= 1
    for number in range(fields):
        takes_letters = browser.evaluate(f"(name, at) => ({FOCUS})(one(name), at)", tool, number)
        before = browser.evaluate(f"(name) => ({STATE})(one(name))", tool)
        assert before["focused"]
        # Where nothing takes letters Firefox's own search in the page begins with `/`.
        browser.press(*(key for key in KEYS if takes_letters or key != "/"))
        after = browser.evaluate(f"(name) => ({STATE})(one(name))", tool)
        assert (after["focused"], after["index"]) == (True, before["index"]), (tool, number)
        if takes_letters:
            assert "".join(KEYS) in after["value"], (tool, number)
    assert desk.path() == before_all
    assert browser.evaluate("() => all('[data-search] input').every(({ value }) => value === '')")


def from_file(desk: Desk, tool: str) -> None:
    desk.browser.click(f"{tool} >>> summary :: From a file")
    desk.browser.wait("(path) => one(path)", f"{tool} >>> .drop")


def choose(desk: Desk, scheme: str) -> None:
    """Turn the site's own light or dark by its button until it is the one that is wanted."""
    for _ in range(3):
        if desk.browser.evaluate("() => document.body.dataset.mdColorScheme") == scheme:
            return
        desk.browser.click("label[for^=__palette]")
    assert desk.browser.evaluate("() => document.body.dataset.mdColorScheme") == scheme


def verdicts_can_be_read(desk: Desk, scheme: str) -> None:
    """Verdicts and errors have a contrast of 4.5:1 (WCAG 2.2, 1.4.3) in the site's own light or dark."""
    browser = desk.browser
    tool = desk.opened("help/metrics/", "delivery-rate")
    choose(desk, scheme)
    browser.click(f"{tool} >>> label :: Late or lost")
    browser.press("5")
    desk.says(f"{tool} >>> .verdict.bad", "misses the target")
    assert browser.evaluate(CONTRAST, f"{tool} >>> .verdict.bad strong") >= 4.5
    browser.click(f"{tool} >>> label :: Delivered on time")
    browser.press("995")
    desk.says(f"{tool} >>> .verdict.good", "meets the target")
    assert browser.evaluate(CONTRAST, f"{tool} >>> .verdict.good strong") >= 4.5
    browser.press("x")
    desk.says(f"{tool} >>> .problem", "wants a whole number")
    assert browser.evaluate(CONTRAST, f"{tool} >>> .problem") >= 4.5


def load_each(desk: Desk, names: Iterable[str]) -> None:
    for name in names:
        desk.open(name)
        desk.browser.evaluate(SETTLED, TOOLS)


def give_file(desk: Desk, tool: str, name: str, content: bytes) -> None:
    """Choose a file in a tool that is open."""
    if not desk.browser.evaluate("(path) => Boolean(one(path))", f"{tool} >>> input[type=file]"):
        from_file(desk, tool)
    given = base64.b64encode(content).decode()
    desk.browser.evaluate(GIVE, f"{tool} >>> input[type=file]", name, given)
