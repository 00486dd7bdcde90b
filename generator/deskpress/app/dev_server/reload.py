"""The state for browsers while a site is served: the current build, and errors of the last one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator

EVENTS = "/.deskpress/events"
SCRIPT = "/.deskpress/serve.js"
"""A separate file: the pages' policy does not allow inline scripts."""

STREAMS = 32
"""The most open event streams; one more closes the oldest, whose browser then reconnects."""

BEAT = 15
"""Seconds without a build after which closed streams are detected."""

_CODE = """
(() => {
  const show = (text) => {
    document.getElementById("deskpress-problems")?.remove();
    if (!text) return;
    const box = document.createElement("pre");
    box.id = "deskpress-problems";
    box.setAttribute("role", "alert");
    box.textContent = text;
    box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9999;margin:0;padding:1em;max-height:60vh;" +
      "overflow:auto;background:#3b1219;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
    document.body.append(box);
  };
  // The build that this page is of: another one may be done before the events come.
  let known = Number(new URL(document.currentScript.src).searchParams.get("build"));
  const source = new EventSource("EVENTS");
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.build !== known && !state.problems) location.reload();
    known = state.build;
    show(state.problems);
  };
})();
"""


class BuildState:
    """The state for browsers: the number of the last good build, and the current errors."""

    def __init__(self) -> None:
        self.build = 0
        self.base = "/"
        self.problems = ""
        self.changed = threading.Condition()
        self.closed = False
        self.status: Callable[[], bytes] = lambda: b""
        self._streams: dict[object, None] = {}

    def built(self, base: str, changed: bool = True) -> None:
        """Record a build whose pages are below the path `base`; pages stay current if none `changed`."""
        with self.changed:
            self.base = base
            self.problems = ""
            self.build += changed
            self.changed.notify_all()

    def failed(self, problems: str) -> None:
        """Record a build that failed: the pages are those of the last good one."""
        with self.changed:
            self.problems = problems
            self.changed.notify_all()

    def close(self) -> None:
        """Release every waiting browser."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def message(self) -> str:
        """The state as the browser gets it."""
        return json.dumps({"build": self.build, "problems": self.problems})

    def messages(self) -> Iterator[bytes]:
        """An event stream (WHATWG HTML §9.2): the state, and each following one, until it is closed."""
        stream, sent = object(), None
        with self.changed:
            if len(self._streams) >= STREAMS:
                del self._streams[next(iter(self._streams))]
                self.changed.notify_all()
            self._streams[stream] = None
        try:
            while True:
                with self.changed:
                    if (message := self.message()) == sent:
                        self.changed.wait(BEAT)
                        message = self.message()
                    if self.closed or stream not in self._streams:
                        return
                # An unchanged state becomes a comment, which detects a closed connection.
                yield b":\n\n" if message == sent else f"data: {message}\n\n".encode()
                sent = message
        finally:
            with self.changed:
                self._streams.pop(stream, None)


def tag(build: int) -> str:
    """What is added to a page that was served after that many builds."""
    return f'<script src="{SCRIPT}?build={build}"></script>'


def script() -> str:
    """The script of served pages: it waits for the next build, and shows errors of the last."""
    return _CODE.replace("EVENTS", EVENTS)
