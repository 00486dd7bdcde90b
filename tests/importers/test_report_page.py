"""The report as a page: sums, lines, and documents before and after, side by side."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from deskpress.importers.html.measure import measure
from deskpress.importers.platforms.results import DocumentCount, ImportResult
from deskpress.importers.platforms.side_by_side import MOST_LOST, Pairs, Versions, page
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk
from tests.importers.test_hostile import entry, export

Write = Callable[[str, str | bytes], Path]


def test_both_reports_are_written(desk: Desk, source: Write, tmp_path: Path) -> None:
    file = source("e.txt", export(entry("<h2>Jars</h2><p>Keep <b>dry</b>.</p>")))
    desk.keep("mtif", file, "--report", tmp_path / "r.json", "--report", tmp_path / "r.html")

    assert json.loads((tmp_path / "r.json").read_text())["totals"]["words"] == {"before": 3, "kept": 3}
    tree = LexborHTMLParser((tmp_path / "r.html").read_text())
    [document] = tree.css("details.document")
    before, after = document.css("section")
    assert "open" not in document.attributes
    assert [node.text() for node in before.css("h2, b")] == ["Jars", "dry"]
    assert [node.text().rstrip("¶") for node in after.css("h2, strong")] == ["Jars", "dry"]
    assert [cell.text() for cell in tree.css("tr")[1].css("td")] == ["3", "3", "100.00 %"]


def result_of(documents: list[DocumentCount]) -> ImportResult:
    report = ImportReport()
    report.add("lost", "<i>1 word</i>", "<script>alert(1)</script>", "a.txt:3")
    return ImportResult("mtif", report, documents, Counter(new=len(documents)))


def versions(before: str, after: str) -> Versions:
    return Versions.of(before, after, measure(before), measure(after))


def test_losses_are_open_and_name_the_missing_words() -> None:
    pairs = Pairs()
    line = DocumentCount("posts/a.md", "a.txt:3", "Jar", "new", {"words": 3}, {"words": 2})
    pairs.add(line, versions("<p>Keep it dry</p>", "<p>Keep</p>"))
    tree = LexborHTMLParser(page(result_of([line]), pairs))
    document = tree.css_first("details.document")
    assert document is not None
    assert "open" in document.attributes
    assert "missing: 2 words" in document.text()
    assert "Missing words: dry it" in document.text()
    assert [cell.text() for cell in tree.css("tr.lost td")] == ["3", "1", "33.33 %"]


def test_nothing_of_a_source_runs_or_loads() -> None:
    hostile = '<p onclick="x()">a</p><script>x()</script><iframe src="https://x.example"></iframe>'
    hostile += '<a href="javascript:x()">b</a></section></div><style>*{}</style><form><input></form>'
    pairs = Pairs()
    title = '"><img src=x onerror=x()>'
    pairs.add(DocumentCount(title, title, title, "new"), versions(hostile, hostile))
    html = page(result_of([]), pairs)
    tree = LexborHTMLParser(html)
    assert not tree.css("script, iframe, form, input")
    assert not [
        node
        for node in tree.css("main *")
        for name in node.attributes
        if name.startswith("on") or name == "style"
    ]
    assert "javascript:" not in html.replace(title, "")
    assert len(tree.css("style")) == 1
    assert len(tree.css("section")) == 2
    policy = re.search(r'content="(default-src[^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]


def test_many_documents_are_counted_not_shown() -> None:
    pairs = Pairs()
    for number in range(MOST_LOST + 7):
        line = DocumentCount(f"{number}.md", "a.txt:1", "Jar", "new", {"words": 1}, {"words": 1})
        pairs.add(line, versions("<p>a</p>", ""))
    tree = LexborHTMLParser(page(result_of([]), pairs))
    assert len(tree.css("details.document")) == MOST_LOST
    assert "7 more documents with losses" in (tree.body.text() if tree.body else "")
