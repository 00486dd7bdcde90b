"""A browser as tests drive it: pages, keys, clicks, and functions that run in the page.

`bidi.py` drives Firefox, `webdriver.py` WebKit. Playwright's builds of both would have to be downloaded from
elsewhere, and it drives no Firefox of a distribution.

Selectors go through shadow roots with `>>>`, and may end in a text that the element holds:
`delivery-rate >>> button :: Copy`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from typing import Any

PATIENCE = 30_000
"""Milliseconds after which what is waited for has not come. A machine that is busy answers late."""

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Control": "\ue009", "Escape": "\ue00c"} | {
    "Space": " ", "ArrowUp": "\ue013", "ArrowDown": "\ue015"
}  # fmt: skip
"""Keys that write nothing, by their names in UI Events (WebDriver §17.4.2 says their numbers)."""

# Runs in the page: finds elements, and waits until a function gives something.
PRELUDE = """
const text = (node) => (node?.innerText ?? node?.textContent ?? "").replace(/\\s+/g, " ")
const all = (path) => {
  const [selector, held = ""] = path.split(" :: ")
  const below = (part) => (root) => [...(root.shadowRoot ?? root).querySelectorAll(part)]
  const found = selector.split(" >>> ").reduce((roots, part) => roots.flatMap(below(part)), [document])
  return found.filter((node) => text(node).includes(held))
}
const one = (path) => all(path)[0]
const pause = (time) => new Promise((done) => setTimeout(done, time))
const until = async (check, said) => {
  for (const end = Date.now() + PATIENCE; ; await pause(25)) {
    const got = await check()
    if (got) return got
    if (Date.now() > end) throw new Error(`this did not come: ${said ?? check}`)
  }
}
const focused = () => {
  let node = document.activeElement
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
  return node
}
""".replace("PATIENCE", str(PATIENCE))
PLACE = """async (path) => {
  const node = await until(() => all(path).find((node) => node.checkVisibility()), path)
  node.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" })
  const at = () => {
    const { left, top, width, height } = node.getBoundingClientRect()
    return [Math.round(left + Math.min(width / 2, 80)), Math.round(top + height / 2)]
  }
  // What lies over it would be clicked instead.
  return until(() => {
    let hit = document.elementFromPoint(...at())
    while (hit?.shadowRoot && hit !== node) {
      const inner = hit.shadowRoot.elementFromPoint(...at())
      if (!inner || inner === hit) break
      hit = inner
    }
    return hit && (node === hit || node.contains(hit) || hit.contains(node)) && at()
  }, `${path} uncovered`)
}"""


class PageError(AssertionError):
    """What a function that ran in the page threw."""


class Driver:
    """A browser with one page. `name` says which it is; `dark` is what the system prefers."""

    name: str

    def __init__(self, *, dark: bool = False) -> None:
        self.dark = dark
        self.cleanup = ExitStack()
        try:
            self.start()
        except BaseException:
            self.cleanup.close()
            raise

    def start(self) -> None:
        """Start the browser; what ends it goes into `cleanup`."""
        raise NotImplementedError

    def open(self, url: str) -> None:
        """Load an address, with all that belongs to it."""
        raise NotImplementedError

    def act(self, *sources: dict[str, Any]) -> None:
        """Perform input actions, which both protocols write alike (WebDriver §15, BiDi §7.6)."""
        raise NotImplementedError

    def resize(self, width: int, height: int) -> None:
        """Give the page that much room, in CSS pixels."""
        raise NotImplementedError

    def run(self, body: str) -> str:
        """What an async function with that body gives, which must be a string."""
        raise NotImplementedError

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a function gives in the page, async or not; values travel as JSON. It may use `PRELUDE`."""
        given = json.dumps(arguments)
        return json.loads(
            self.run(f"{PRELUDE}; return JSON.stringify((await ({function})(...{given})) ?? null)")
        )

    def wait(self, function: str, *arguments: Any) -> Any:
        """Evaluate a function until it gives something, on this page or those that follow it."""
        waiting = f"(...given) => until(() => ({function})(...given), {json.dumps(function)})"
        for _ in range(5):
            with suppress(PageLeftError):
                return self.evaluate(waiting, *arguments)
        return self.evaluate(waiting, *arguments)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other: names of `KEYS`, or texts; `Control+v` holds the first."""
        steps: list[dict[str, str]] = []
        for key in keys:
            *held, last = key.split("+") if key.startswith(("Control+", "Shift+")) else [key]
            written = [KEYS[last]] if last in KEYS else list(last)
            steps += [{"type": "keyDown", "value": KEYS[name]} for name in held]
            for value in written:
                steps += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
            steps += [{"type": "keyUp", "value": KEYS[name]} for name in reversed(held)]
        self.act({"type": "key", "id": "keyboard", "actions": steps})

    def click(self, path: str) -> None:
        """Click the first visible element that a selector finds, once nothing covers it."""
        x, y = self.evaluate(PLACE, path)
        move = {"type": "pointerMove", "x": x, "y": y, "origin": "viewport", "duration": 0}
        steps = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}
        self.act(mouse)

    def complaints(self) -> list[str]:
        """What the console said since it was last asked, where the protocol tells it."""
        return []

    def close(self) -> None:
        """End the browser and what was started for it."""
        self.cleanup.close()

    def spawn(self, command: list[str], *, env: dict[str, str] | None = None, **options: Any) -> Any:
        """Start a program that ends with the browser."""
        process = subprocess.Popen(
            command, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, **options
        )
        self.cleanup.callback(_end, process)
        return process

    def folder(self) -> str:
        """An empty folder that goes away with the browser."""
        made = tempfile.mkdtemp(prefix="deskpress-browser-")
        self.cleanup.callback(shutil.rmtree, made, ignore_errors=True)
        return made


class PageLeftError(PageError):
    """The page was left while something was asked of it."""


def _end(process: subprocess.Popen[Any]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
