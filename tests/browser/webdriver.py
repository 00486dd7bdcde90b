"""WebKit, through WebKitGTK's driver by the classic protocol (https://www.w3.org/TR/webdriver2/)."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.browser.drivers import PATIENCE, Driver, PageError, PageLeftError

SMALL = """
button, entry, image { min-width: 0; margin: 0; padding: 0; border-width: 0; font-size: 1px; }
"""
"""A style for the bar above the page, which would keep the window wider than a phone."""


class WebKit(Driver):
    """WebKitGTK's own small browser on a screen that nobody sees, by the classic protocol."""

    name = "webkit"

    def start(self) -> None:
        driver, browser = shutil.which("WebKitWebDriver"), next(iter(_mini_browsers()), None)
        assert driver, "no WebKitWebDriver: `make test` installs webkit2gtk-driver where it may"
        assert browser, "WebKitGTK without its MiniBrowser"
        home = self.folder()
        env = {
            "DISPLAY": self.screen(),
            "GDK_BACKEND": "x11",
            "GTK_THEME": "Adwaita:dark" if self.dark else "Adwaita",
            "LC_ALL": "en_US.UTF-8",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            **{f"XDG_{kind}_HOME": f"{home}/{kind}" for kind in ("CACHE", "CONFIG", "DATA")},
        }
        for toolkit in ("gtk-3.0", "gtk-4.0"):
            style = Path(home, "CONFIG", toolkit, "gtk.css")
            style.parent.mkdir(parents=True)
            style.write_text(SMALL, "utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = subprocess.DEVNULL
        self.spawn([driver, f"--port={port}"], env=env, stdout=log, stderr=log)
        self.root = f"http://127.0.0.1:{port}"
        _listening(port)
        options = {"binary": str(browser), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        # WebDriver §8.1.
        session = self.call("POST", "/session", capabilities=wanted)
        self.root += f"/session/{session['sessionId']}"
        self.call("POST", "/timeouts", script=2 * PATIENCE)
        self.cleanup.callback(self.call, "DELETE", "")

    def screen(self) -> str:
        """An X server of its own, which finds a free number itself."""
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
        self.spawn(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as told:
            return f":{told.readline().strip()}"

    def call(self, method: str, path: str, **parameters: Any) -> Any:
        """A command and its answer (WebDriver §6)."""
        body = json.dumps(parameters).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.root + path, method=method, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=4 * PATIENCE / 1000) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            # What a function throws is caught in `run`.
            kind = (
                PageLeftError
                if told["error"] in ("javascript error", "no such frame", "no such window")
                else PageError
            )
            raise kind(f"{path}: {told['error']}: {told['message']}") from error

    def open(self, url: str) -> None:
        self.call("POST", "/url", url=url)

    def act(self, *sources: dict[str, Any]) -> None:
        self.call("POST", "/actions", actions=list(sources))

    def resize(self, width: int, height: int) -> None:
        for _ in range(2):
            # The window's own frame takes room, which the page tells.
            inner = self.evaluate("() => [innerWidth, innerHeight]")
            window = self.call("GET", "/window/rect")
            width_, height_ = window["width"] + width - inner[0], window["height"] + height - inner[1]
            self.call("POST", "/window/rect", width=width_, height=height_)
            self.wait("(before) => innerWidth !== before[0] || innerHeight !== before[1] || true", inner)

    def run(self, body: str) -> str:
        # `execute/async` (§13.2.2): the last argument takes the result.
        script = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {body} }})()"
            ".then((value) => done([value]), (error) => done([null, String(error)]))"
        )
        value, *problem = self.call("POST", "/execute/async", script=script, args=[])
        if problem:
            raise PageError(problem[0])
        return str(value)


def _mini_browsers() -> list[Path]:
    places = ("lib/*/webkit*gtk-*", "lib*/webkit*gtk-*", "libexec/webkit*gtk-*")
    return [path for place in places for path in sorted(Path("/usr").glob(f"{place}/MiniBrowser"))]


def _listening(port: int) -> None:
    """Return once somebody listens there."""
    for _ in range(PATIENCE // 50):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.05)
    raise AssertionError("WebKitWebDriver does not listen")
