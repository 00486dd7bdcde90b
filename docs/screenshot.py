"""Takes the README's picture: the March 2012 page of the first site, on a desk and on a phone."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).resolve().parent


def main() -> None:
    """Serve `site/` and write `docs/screenshot.png`."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(DOCS.parent / "site"))
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/2012/03/")
        page.screenshot(path=DOCS / "screenshot.png")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
