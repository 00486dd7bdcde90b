"""Imports a made-up help center of Zendesk, and measures seconds and memory: bench/import_zendesk.py 40000.

Zendesk's own limit is 40,000 articles. They are written as its API gives them, a hundred to a file, with
links among one another, lists, tables and boxes, and imported into a new site on a terminal, so that the
progress is seen, too.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import re
import sys
import tempfile
import threading
import time
from pathlib import Path

WORDS = "parcel label refund order message seller buyer address fee day form account picture answer".split()
PER_FILE, PER_SECTION = 100, 200


def main() -> None:
    """Write the articles, import them, print a line of figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int, nargs="?", default=40_000)
    parser.add_argument("--folder", type=Path, help="where to work, and what to keep")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = chosen.folder or Path(folder)
        source, site = root / "source", root / "site"
        if not source.is_dir():
            source.mkdir(parents=True)
            write_articles(source, chosen.articles)
        command = [sys.executable, "-m", "deskpress"]
        if not site.is_dir():
            run([*command, "new", "site", str(site)])
        seconds, peak, shown, code = run([*command, "import", "zendesk", str(source), "--into", str(site)])
        steps = ", ".join(dict.fromkeys(re.findall(r"([A-Z]\w+)\s+\[[#-]+\]", shown)))
        figures = f"{seconds:.0f} s, at most {peak:,.0f} MB, exit code {code}"
        print(f"{chosen.articles:,} articles: {figures}; progress: {steps}")
        if code:
            print(shown[-5000:])


def write_articles(folder: Path, count: int) -> None:
    """The articles, a section for each two hundred, and their categories."""
    chance = random.Random(2012)  # the same articles on every machine
    sections = range(1, count // PER_SECTION + 2)
    listed = [{"id": 9_000_000 + n, "name": f"Section {n}", "category_id": n % 8 + 1} for n in sections]
    (folder / "sections.json").write_text(json.dumps({"sections": listed}))
    categories = [{"id": n, "name": f"Category {n}"} for n in range(1, 9)]
    (folder / "categories.json").write_text(json.dumps({"categories": categories}))
    for start in range(0, count, PER_FILE):
        articles = [article(n, count, chance) for n in range(start, min(start + PER_FILE, count))]
        (folder / f"articles-{start:06}.json").write_text(json.dumps({"articles": articles}))


def article(number: int, count: int, chance: random.Random) -> dict[str, object]:
    """An article as the API gives it."""
    own = 360_000_000_000 + number
    return {
        "id": own,
        "html_url": f"https://desk.zendesk.com/hc/en-us/articles/{own}-How-to-{number}",
        "title": f"How to {chance.choice(WORDS)} {number}",
        "body": "".join(block(count, chance) for _ in range(chance.randint(4, 12))),
        "section_id": 9_000_001 + number // PER_SECTION,
        "draft": number % 500 == 0,
        "promoted": number % 97 == 0,
        "position": number % PER_SECTION,
        "user_segment_id": None,
        "label_names": chance.sample(WORDS, 2),
        "locale": "en-us",
        "source_locale": "en-us",
        "created_at": f"2019-{number % 12 + 1:02}-{number % 28 + 1:02}T03:04:05Z",
        "updated_at": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T05:06:07Z",
    }


def block(count: int, chance: random.Random) -> str:
    """A paragraph with a link, a list, a table, a box or a heading."""
    text = " ".join(chance.choices(WORDS, k=chance.randint(15, 60)))
    kind = chance.randrange(6)
    if kind == 0:
        return f"<h2>{text[:40]}</h2>"
    if kind == 1:
        return "<ul>" + "".join(f"<li>{word}</li>" for word in text.split()[:6]) + "</ul>"
    if kind == 2:
        cells = "".join(f"<td>{word}</td>" for word in text.split()[:3])
        return f"<table><tbody><tr>{cells}</tr><tr>{cells}</tr></tbody></table>"
    if kind == 3:
        return f'<div class="callout"><p>{text}</p></div>'
    other = 360_000_000_000 + chance.randrange(count)
    return f'<p>{text} <a href="/hc/en-us/articles/{other}">another one</a> <strong>{text[:20]}</strong>.</p>'


def run(command: list[str]) -> tuple[float, float, str, int]:
    """Run a command on a terminal: seconds, most megabytes with its children, what it showed, exit code."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(command[0], command)
    shown: list[bytes] = []

    def read() -> None:
        while True:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                return
            if not data:
                return
            shown.append(data)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    peak = 0.0
    while (ended := os.waitpid(process, os.WNOHANG))[0] == 0:
        peak = max(peak, megabytes(process))
        time.sleep(0.2)
    reader.join(2)
    return (
        time.perf_counter() - began,
        peak,
        b"".join(shown).decode(errors="replace"),
        os.waitstatus_to_exitcode(ended[1]),
    )


def megabytes(process: int) -> float:
    """What a process and those that it started have in memory, shared pages counted once (`Pss`)."""
    total = 0
    for one in [process, *children(process)]:
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue  # it has ended meanwhile
        total += int(found[1]) if found else 0
    return total / 1024


def children(process: int) -> list[int]:
    """The processes that one has started, and those of these."""
    try:
        own = [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
    return [*own, *(more for one in own for more in children(one))]


if __name__ == "__main__":
    main()
