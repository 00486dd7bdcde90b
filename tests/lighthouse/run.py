"""Lighthouse on every kind of page: performance at least 95, accessibility, best practices and SEO 100.

`make lighthouse` calls it with the built site of this repository. Pages are served compressed, as the web
servers in the manual do.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import mimetypes
import shutil
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = (
    "",
    "help/",
    "help/metrics/",
    "help/security/",
    "2012/03/",
    "2012/03/spoof-e-mails.html",
    "blog/",
    "archive/",
    "search/?q=vacation",
    "subscribe/",
)
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
"""The lowest score of each category, of 100."""

CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files of a folder, compressed where that helps."""

    def do_GET(self) -> None:
        """Send a file, or `index.html` of a folder."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind, data = mimetypes.guess_type(path)[0] or "application/octet-stream", path.read_bytes()
        self.send_response(200)
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")):
            kind += "; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                data = gzip.compress(data, 6)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Requests are not logged."""


def scores(address: str, preset: str) -> tuple[dict[str, int], list[str]]:
    """The scores of a page by category, and the audits that it does not pass."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    command = ["node_modules/.bin/lighthouse", address, "--quiet", "--output=json"]
    command += [f"--chrome-path={chromium}", f"--chrome-flags={CHROMIUM}", *([preset] if preset else [])]
    done = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    failed = [
        f"{one['title']} {one.get('displayValue', '')}".rstrip()
        for one in report["audits"].values()
        if one["score"] is not None and one["score"] < 0.9 and one["scoreDisplayMode"] == "binary"
    ]
    return {name: round(one["score"] * 100) for name, one in report["categories"].items()}, failed


def main(site: Path) -> int:
    """Print a line for each page and width; 1 if a score is too low."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    status = 0
    print(f"{'page':28} {'width':6} {'  '.join(LEAST)}")
    for page in PAGES:
        for width, preset in (("phone", ""), ("desk", "--preset=desktop")):
            found, failed = scores(f"http://127.0.0.1:{server.server_address[1]}/{page}", preset)
            print(f"/{page:27} {width:6} " + "  ".join(f"{found[name]:{len(name)}}" for name in LEAST))
            if any(found[name] < least for name, least in LEAST.items()):
                status = 1
                print("\n".join(f"    {line}" for line in failed))
    server.shutdown()
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
