"""From saving a post to the browser's reload: `deskpress serve` in a real Chromium.

python bench/serve.py --posts 1000 --rounds 5 --from DIR
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from chromium import launch
from peers import PEERS
from playwright.sync_api import sync_playwright
from posts import fill

BEGUN = "performance.timeOrigin"
SHOWN = f"{BEGUN} + performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
"""When the browser began to load the page, and when it stood there, in milliseconds since 1970."""

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Measure and print: the start with a warm cache, then each edit of a body."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer", default="deskpress-search", help="as in bench/run.py")
    parser.add_argument("--from", dest="source", type=Path, help="a folder of posts; else they are made")
    options = parser.parse_args()
    folder = HERE / "work" / "serve"
    shutil.rmtree(folder, ignore_errors=True)
    fill(folder / "posts", options.posts, options.source)
    PEERS[options.peer].prepare(folder / "site", folder / "posts")
    for way in ("cold", "warm"):
        server, url, took = start(folder / "site")
        print(f"start, {way}: {took:.2f} s", flush=True)
        if way == "cold":
            stop(server)
    try:
        taken = edits(folder / "site", url, options.rounds)
    finally:
        stop(server)
        shutil.rmtree(folder)
    for what, seconds in zip(
        ("to the reload", "until the page stands there"), zip(*taken, strict=True), strict=True
    ):
        listed = ", ".join(f"{one:.2f}" for one in seconds)
        print(f"{options.posts} posts, from saving {what}: {statistics.median(seconds):.2f} s (of {listed})")


def start(site: Path) -> tuple[subprocess.Popen[str], str, float]:
    """The server, its address, and how long it took to serve."""
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "deskpress", "serve", "-a", "127.0.0.1:0"],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"Serving at (\S+)", line):
            return server, found[1], time.perf_counter() - began
    raise SystemExit("the server did not start")


def stop(server: subprocess.Popen[str]) -> None:
    """End the server."""
    server.terminate()
    server.wait()


def edits(site: Path, url: str, rounds: int) -> list[tuple[float, float]]:
    """Seconds from saving a post until the browser loads it and until it shows it, a pair for each round."""
    post = sorted((site / "content/posts").glob("*.md"))[-1]
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"{url}blog/")
        page.locator("article h2 a, article h3 a").first.click()
        page.wait_for_load_state("networkidle")
        taken = []
        for number in range(rounds):
            began = time.time()
            post.write_text(f"{post.read_text()}\nSaved for the {number}th time.\n")
            page.get_by_text(f"Saved for the {number}th time.").wait_for()
            page.wait_for_load_state("load")
            # The page's own clock: Playwright looks every half second only.
            taken.append((page.evaluate(BEGUN) / 1000 - began, page.evaluate(SHOWN) / 1000 - began))
            page.wait_for_load_state("networkidle")
        browser.close()
    return taken


if __name__ == "__main__":
    main()
