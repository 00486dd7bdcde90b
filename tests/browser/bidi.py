"""The system's Firefox, which speaks WebDriver BiDi itself (https://w3c.github.io/webdriver-bidi/)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.drivers import PATIENCE, Driver, PageError, PageLeftError


class Firefox(Driver):
    """The system's Firefox, by WebDriver BiDi over its own socket."""

    name = "firefox"

    def start(self) -> None:
        executable = shutil.which("firefox-esr") or shutil.which("firefox")
        assert executable, "no Firefox: `make test` installs one where it may"
        profile = Path(self.folder())
        # 0 is dark, 1 is light; and nothing of the browser's own that asks for other hosts.
        preferences = {
            "layout.css.prefers-color-scheme.content-override": 0 if self.dark else 1,
            # A page that is left answers nothing any more while Firefox keeps it for the way back.
            "browser.sessionhistory.max_total_viewers": 0,
            "browser.startup.page": 0,
            "browser.search.update": False,
            "app.normandy.enabled": False,
            "services.settings.server": "data:,",
            "datareporting.policy.dataSubmissionEnabled": False,
            "network.captive-portal-service.enabled": False,
        }
        lines = [f'user_pref("{key}", {json.dumps(value)});\n' for key, value in preferences.items()]
        (profile / "user.js").write_text("".join(lines))
        command = [executable, "--headless", "--no-remote", "--remote-debugging-port", "0"]
        process = self.spawn(
            [*command, "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        found = (re.search(r"ws://\S+", line) for line in process.stderr)
        address = next(filter(None, found))
        threading.Thread(target=process.stderr.read, daemon=True).start()
        self.number = 0
        self.events: list[dict[str, Any]] = []
        # BiDi §5: a session over a socket of the browser itself.
        socket_ = connect(f"{address[0]}/session", max_size=None, proxy=None)
        self.socket: ClientConnection = self.cleanup.enter_context(socket_)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        # In the window that it starts with the address has the focus, and pages hear of none.
        self.page = self.call("browsingContext.create", type="window")["context"]
        self.cleanup.callback(self.leave)

    def leave(self) -> None:
        with suppress(ConnectionClosed, PageError):
            self.call("browser.close")

    def call(self, method: str, **parameters: Any) -> Any:
        """A command and its answer (BiDi §3.4); events that come before it are kept."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv(timeout=4 * PATIENCE / 1000))).get("id") != self.number:
            self.events.append(answer)
        if answer["type"] == "error":
            kind = PageLeftError if answer["error"] in ("no such frame", "unknown error") else PageError
            raise kind(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, url: str) -> None:
        self.call("browsingContext.navigate", context=self.page, url=url, wait="complete")

    def act(self, *sources: dict[str, Any]) -> None:
        self.call("input.performActions", context=self.page, actions=list(sources))

    def resize(self, width: int, height: int) -> None:
        viewport = {"width": width, "height": height}
        self.call("browsingContext.setViewport", context=self.page, viewport=viewport)

    def run(self, body: str) -> str:
        got = self.call(
            "script.callFunction",
            functionDeclaration=f"async () => {{ {body} }}",
            target={"context": self.page},
            awaitPromise=True,
        )
        if got["type"] == "exception":
            raise PageError(got["exceptionDetails"]["text"])
        return str(got["result"]["value"])

    def complaints(self) -> list[str]:
        """What the console said since it was last asked, the policy's complaints among it (BiDi §7.7)."""
        self.call("session.status")
        entries = [event["params"] for event in self.events if event["method"] == "log.entryAdded"]
        self.events.clear()
        return [
            f"{entry['level']}: {entry['text']}" for entry in entries if entry["level"] in ("error", "warn")
        ]
