"""How well the search answers, beside others: `make search-bench SETS="SITE=FILE SITE=FILE"`.

Each set is the folder of a site and a list of queries as in `search.yml`. All engines get the same pages (the
article of each page in our index, and its title) and the same queries:

- Deskpress: what readers load, in Chromium;
- Material for MkDocs: its own index and its own worker, which is lunr, in Chromium;
- Pagefind, in Chromium;
- BM25 of SQLite's FTS5 (Porter's stems, a title ten times the text).

Bytes are those that a server sends, compressed, for one query of a reader who comes for the first time,
without the engine's own code; milliseconds are the median of a query.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

from chromium import launch
from playwright.sync_api import Page, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from deskpress.app.check import check
from deskpress.app.judged import wanted_paths
from deskpress.build.request import Request
from deskpress.source.searchfiles import read_queries

HERE = Path(__file__).resolve().parent
PAGEFIND = HERE / ".venv/search/bin/python"
MOST = 10
"""Results that are looked at."""

TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".html": "text/html",
    ".wasm": "application/wasm",
}
PACKED = {".js", ".json", ".html"}


@dataclass
class Document:
    """A page: its address below the site, its title, its article as HTML and as text."""

    address: str
    title: str
    html: str
    text: str


@dataclass
class Set:
    """A site that is built, its pages, and the queries with the address that must come first."""

    name: str
    output: Path
    language: str
    documents: list[Document]
    queries: list[tuple[str, str]]


@dataclass
class Answer:
    """What an engine answers to a query: addresses, best first, bytes that it loaded and milliseconds."""

    found: list[str]
    size: int = 0
    milliseconds: float = 0.0


@dataclass
class Row:
    """An engine's answers to the queries of a set."""

    engine: str
    answers: list[Answer]
    places: list[int] = field(default_factory=list)

    def judge(self, queries: list[tuple[str, str]]) -> Row:
        """Find at which place each page came; 0 for one that did not among the first ten."""
        for (_, wanted), answer in zip(queries, self.answers, strict=True):
            found = list(dict.fromkeys(answer.found))[:MOST]
            self.places.append(found.index(wanted) + 1 if wanted in found else 0)
        return self

    def line(self) -> str:
        """A line of the table."""
        number = len(self.places)
        first, three = (sum(0 < place <= most for place in self.places) for most in (1, 3))
        rank = sum(1 / place for place in self.places if place) / number
        gain = sum(1 / math.log2(place + 1) for place in self.places if place) / number
        size = statistics.mean(answer.size for answer in self.answers) / 1000
        took = statistics.median(answer.milliseconds for answer in self.answers)
        loaded = f"{size:,.1f}" if size else "–"
        return (
            f"| {self.engine} | {first}/{number} ({first / number:.0%})"
            f" | {three}/{number} ({three / number:.0%})"
            f" | {rank:.3f} | {gain:.3f} | {loaded} | {took:.1f} |"
        )


def read(site: Path, file: Path) -> Set:
    """Build a site, and read its pages and queries."""
    config = site / "mkdocs.yml"
    subprocess.run([sys.executable, "-m", "deskpress", "build", "-q", "-f", str(config)], check=True)
    prepared = check(Request(config, None, 2, judging=0))
    records, options = prepared.records[""], prepared.site.options
    judgments, wrong = read_queries(file, str(file))
    if wrong:
        raise SystemExit("\n".join(map(str, wrong)))
    addresses = prepared.linker.of_source
    paths = [path for shard in records.shards for path in shard.paths]
    known = {path: addresses.get(path, path.removeprefix("/")) for path in paths}
    output = site / _site_dir(config)
    documents = [_document(output, known[path], records.shown(path).title) for path in paths]
    queries = [(judged.query, known[path]) for judged, path in wanted_paths(records, judgments) if path]
    return Set(f"{options.name}, {file.name}", output, options.language, documents, queries)


def _site_dir(config: Path) -> str:
    found = re.search(r"^site_dir: *(\S+)", config.read_text(), re.M)
    return found[1] if found else "site"


def _document(output: Path, address: str, title: str) -> Document:
    path = output / address
    page = LexborHTMLParser(
        (path / "index.html" if address.endswith("/") or not address else path).read_text()
    )
    article = page.css_first("article")
    assert article is not None, address
    for node in article.css("script, style, nav, form"):
        node.decompose()
    return Document(address, title, article.html or "", " ".join(article.text(separator=" ").split()))


class Counting(ThreadingHTTPServer):
    """Serves folders by the first part of a path, compressed as a web server would; counts what it sends.

    `uncounted` are paths of code, which is loaded once for all queries.
    """

    def __init__(self, folders: dict[str, Path], uncounted: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folders, self.uncounted, self.sent = folders, re.compile(uncounted), 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Counting

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        name, _, rest = path.lstrip("/").partition("/")
        folder = self.server.folders.get(name)
        file = folder / rest if folder else Path("/nothing")
        if not file.is_file():
            self.send_error(404)
            return
        data = file.read_bytes()
        self.send_response(200)
        if file.suffix in PACKED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        if not self.server.uncounted.search(path):
            self.server.sent += len(data)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


OURS = """async ([url, query]) => {
  window.engine ??= (await import(`${url}/ours/assets/javascripts/search/query.js`)).Index
  const loaded = async (path) => {
    const answer = await fetch(`${url}/ours/search/${path}`, { cache: "no-store" })
    return answer.json()
  }
  const began = performance.now()
  const index = await new window.engine(loaded).open()
  const hits = await index.search(query)
  const shown = await Promise.all(hits.slice(0, 10).map((hit) => index.shown(hit)))
  return [shown.map(({ href }) => href), performance.now() - began]
}"""

MATERIAL = """async ([url, query, worker]) => {
  const ask = (type, data) => new Promise((done) => {
    window.lunr.onmessage = ({ data: answer }) => done(answer.data)
    window.lunr.postMessage({ type, data })
  })
  if (!window.lunr) {
    window.lunr = new Worker(`${url}/material/workers/${worker}`)
    const index = await (await fetch(`${url}/peers/search_index.json`)).json()
    await ask(0, { ...index, options: { suggest: false } })
  }
  const began = performance.now()
  const { items } = await ask(2, query)
  return [items.slice(0, 10).map((group) => group[0].location.split("#")[0]), performance.now() - began]
}"""

PAGEFIND_QUERY = """async ([url, query]) => {
  const pagefind = await import(`${url}/peers/pages/pagefind/pagefind.js`)
  const began = performance.now()
  const { results } = await pagefind.search(query)
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()))
  return [shown.map(({ url: found }) => found), performance.now() - began]
}"""


def ours(page: Page, server: Counting, given: Set) -> list[Answer]:
    """The answers of Deskpress, as for a reader who comes for the first time each time."""
    page.goto(f"{server.url}/peers/empty.html")
    page.evaluate(OURS, [server.url, "warm up"])

    def ask(query: str) -> tuple[list[str], float]:
        found: tuple[list[str], float] = page.evaluate(OURS, [server.url, query])
        return found

    return _asked(given, server, ask)


def material(page: Page, server: Counting, given: Set, folder: Path) -> list[Answer]:
    """The answers of Material's worker; its index is loaded once, and counted for each reader."""
    from material.plugins.search.plugin import SearchIndex

    index = SearchIndex(
        lang=[given.language],
        separator=r"[\s\-]+",
        pipeline=["stopWordFilter"],
        fields={"title": {"boost": 1e3}, "text": {"boost": 1e0}, "tags": {"boost": 1e6}},
    )
    for one in given.documents:
        html = one.html if "<h1" in one.html else f"<h1>{one.title}</h1>{one.html}"
        index.add_entry_from_context(
            SimpleNamespace(content=html, toc=[], url=one.address, meta={}, title=one.title)
        )
    (folder / "search_index.json").write_text(index.generate_search_index(None))
    size = len(gzip.compress((folder / "search_index.json").read_bytes(), 6))
    worker = next((_material() / "workers").glob("search.*.min.js")).name
    page.goto(f"{server.url}/peers/empty.html")

    def ask(query: str) -> tuple[list[str], float]:
        found: tuple[list[str], float] = page.evaluate(MATERIAL, [server.url, query, worker])
        return found

    answers = _asked(given, server, ask)
    for answer in answers:
        answer.size = size
    return answers


def _material() -> Path:
    import material as package

    return Path(next(iter(package.__path__))) / "templates/assets/javascripts"


def pagefind(page: Page, server: Counting, given: Set, folder: Path) -> list[Answer]:
    """The answers of Pagefind, its index built from the same articles; a new page for each query."""
    pages = folder / "pages"
    for one in given.documents:
        path = pages / one.address
        path = path / "index.html" if one.address.endswith("/") or not one.address else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'<!doctype html><html lang="{given.language}"><title>{one.title}</title>'
            f"<body><main data-pagefind-body>{one.html}</main>"
        )
    command = [str(PAGEFIND), "-m", "pagefind", "--site", str(pages), "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def ask(query: str) -> tuple[list[str], float]:
        page.goto(f"{server.url}/peers/empty.html")
        found, took = page.evaluate(PAGEFIND_QUERY, [server.url, query])
        before = "/peers/pages/"
        return [url.removeprefix(before).removesuffix("index.html").lstrip("/") for url in found], took

    return _asked(given, server, ask)


def fts5(given: Set) -> list[Answer]:
    """The answers of SQLite's FTS5 with its BM25; words are joined by OR."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE pages USING fts5(address UNINDEXED, title, text, tokenize='porter unicode61')"
    )
    rows = [(one.address, one.title, one.text) for one in given.documents]
    base.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows)
    found = []
    for query, _ in given.queries:
        terms = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        began = time.perf_counter()
        hits = base.execute(
            "SELECT address FROM pages WHERE pages MATCH ? ORDER BY bm25(pages, 0, 10, 1) LIMIT ?",
            (terms, MOST),
        ).fetchall()
        found.append(Answer([hit[0] for hit in hits], 0, 1000 * (time.perf_counter() - began)))
    return found


def _asked(given: Set, server: Counting, ask: Callable[[str], tuple[list[str], float]]) -> list[Answer]:
    found = []
    for query, _ in given.queries:
        server.sent = 0
        addresses, took = ask(query)
        found.append(Answer([unquote(address) for address in addresses], server.sent, took))
    return found


@contextmanager
def browser() -> Iterator[Page]:
    """A page of the system's Chromium."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started.new_page()
        started.close()


def measure(given: Set, page: Page) -> list[Row]:
    """All engines on one set."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty.html").write_text("<!doctype html><title>empty</title>")
        folders = {"ours": given.output, "peers": folder, "material": _material()}
        code = r"^/ours/assets/|/empty\.html$|^/material/|/pagefind/(pagefind\.js|pagefind-worker\.js|wasm\.)"
        server = Counting(folders, code)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            rows = [Row("Deskpress", ours(page, server, given))]
            rows.append(Row("Material (lunr)", material(page, server, given, folder)))
            if PAGEFIND.is_file():
                rows.append(Row("Pagefind", pagefind(page, server, given, folder)))
        finally:
            server.shutdown()
            server.server_close()
    rows.append(Row("SQLite FTS5 (BM25)", fts5(given)))
    return [row.judge(given.queries) for row in rows]


def main() -> None:
    """Measure every set; print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="SITE=FILE")
    parser.add_argument("--json", type=Path, help="write the place of each query's page, too")
    given = parser.parse_args()
    places: dict[str, Any] = {}
    with browser() as page:
        for one in given.sets:
            site, _, file = one.rpartition("=")
            judged = read(Path(site), Path(file))
            print(f"\n{judged.name}: {len(judged.queries)} queries, {len(judged.documents)} pages\n")
            print("| engine | first | among three | MRR | nDCG@10 | kB a query | ms |")
            print("|---|---|---|---|---|---|---|")
            for row in measure(judged, page):
                print(row.line(), flush=True)
                told = zip(judged.queries, row.places, strict=True)
                places.setdefault(judged.name, {})[row.engine] = [
                    (query, place) for (query, _), place in told
                ]
    if given.json:
        given.json.write_text(json.dumps(places, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
