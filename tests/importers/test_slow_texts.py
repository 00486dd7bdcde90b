"""Texts that would take minutes: each is bounded, named, and there in full as text."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskpress.importers.formats import docx
from deskpress.importers.platforms import bodies, comparing, limits
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import SourceError
from tests.importers.conftest import Desk
from tests.importers.test_documents import word

N = 20_000
HTML = {
    "elements within one another": "<div>" * N + "amber" + "</div>" * N,
    "elements that never end": "<p>" + "<b>" * N + "amber",
    "quotations": "<blockquote>" * 5000 + "amber",
    "tables": "<table><tr><td>" * 3000 + "amber",
    "shortcodes": "[caption]" * N + " amber",
    "shortcodes within one another": (
        "".join(f"[a{number} b=1]" for number in range(3000))
        + "amber"
        + "".join(f"[/a{number}]" for number in reversed(range(3000)))
    ),
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(N)) + ">amber</p>",
    "brackets": "<p>" + "[" * N + "amber</p>",
}
MARKDOWN = {
    "raw without an end": "{% raw %} " * N + "amber",
    "braces": "{{ " * N + "amber",
    "links without an end": "[a](" * N + "amber",
    "lists": "".join("  " * depth + "- a\n" for depth in range(500)) + "\namber\n",
    "fences": "```\n" * N + "amber",
}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a text that takes seconds takes too long."""
    for module in (limits, bodies, comparing):
        monkeypatch.setattr(module, "SECONDS", 0.5)


def wordpress(folder: Path, body: str) -> Path:
    """A blog of two posts, one of which has this text."""

    def post(number: int, text: str) -> str:
        return (
            f"<item><title>Jar {number}</title><link>https://a.example/jar-{number}/</link>"
            f"<content:encoded><![CDATA[{text}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
            f"<wp:post_date>2012-03-0{number} 10:00:00</wp:post_date>"
            f"<wp:post_name>jar-{number}</wp:post_name>"
            "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>"
        )

    file = folder / "export.xml"
    file.write_text(
        '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Jars</title>'
        "<wp:wxr_version>1.2</wp:wxr_version><link>https://a.example</link>"
        f"{post(1, body)}{post(2, 'A lid.')}</channel></rss>",
        encoding="utf-8",
    )
    return file


def jekyll(folder: Path, body: str) -> Path:
    """A blog of two posts, one of which has this text."""
    posts = folder / "jars" / "_posts"
    posts.mkdir(parents=True)
    (posts.parent / "_config.yml").write_text("title: Jars\nurl: https://a.example\n", encoding="utf-8")
    (posts / "2012-03-01-jar-1.md").write_text(f"---\ntitle: Jar 1\n---\n{body}", encoding="utf-8")
    (posts / "2012-03-02-jar-2.md").write_text("---\ntitle: Jar 2\n---\nA lid.\n", encoding="utf-8")
    return posts.parent


def both(desk: Desk) -> tuple[str, str]:
    """The files of the two posts."""
    files = sorted((desk.content / "posts").rglob("*.md"))
    first, second = (file.read_text("utf-8") for file in files)
    return first, second


@pytest.mark.slow
@pytest.mark.parametrize("kind", HTML)
def test_a_slow_text_of_html_keeps_its_words(desk: Desk, tmp_path: Path, kind: str) -> None:
    done = desk.run("wxr", wordpress(tmp_path, HTML[kind]))

    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    first, second = both(desk)
    assert "amber" in first
    assert second.endswith("---\n\nA lid.\n")


@pytest.mark.slow
@pytest.mark.parametrize("kind", MARKDOWN)
def test_a_slow_text_of_markdown_keeps_its_words(desk: Desk, tmp_path: Path, kind: str) -> None:
    done = desk.run("jekyll", jekyll(tmp_path, MARKDOWN[kind]))

    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    first, second = both(desk)
    assert "amber" in first
    assert second.endswith("---\n\nA lid.\n")


@pytest.mark.slow
def test_what_became_of_a_slow_text_is_said_at_its_place(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("wxr", wordpress(tmp_path, HTML["elements within one another"]))

    assert done.exit_code == 1
    assert "export.xml:1: the form of the text: it takes more than 10 s of CPU time" in done.output


@pytest.mark.slow
def test_many_sections_are_bounded(desk: Desk, tmp_path: Path) -> None:
    sections = [[1, "p", [[0, [], 0, "amber"]]]] * 50_000
    text = {"version": "0.3.1", "markups": [], "atoms": [], "cards": [], "sections": sections}
    post = {"id": "1", "title": "Jar", "slug": "jar", "mobiledoc": json.dumps(text), "status": "published"}
    file = tmp_path / "ghost.json"
    file.write_text(json.dumps({"db": [{"meta": {}, "data": {"posts": [post]}}]}), encoding="utf-8")

    done = desk.run("ghost", file)

    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert "amber" in next((desk.content / "posts").rglob("*.md")).read_text("utf-8")


def test_a_slow_document_of_word_is_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx, "SECONDS", 0.1)
    file = tmp_path / "jars.docx"
    file.write_bytes(word("<w:p><w:r><w:t>amber</w:t></w:r></w:p>" * N))

    done = desk.run("docx", file)

    assert done.exit_code == 2
    assert "jars.docx: Word's document cannot be read: it takes more than 10 s of CPU time" in done.output


@pytest.mark.slow
def test_a_source_that_does_not_go_on_says_after_which_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READING", 0.2)

    def items() -> Iterator[Item]:
        yield Item(key="1", kind="post", title="Jar", place="export.xml:7", body="A lid.")
        while True:
            pass

    with pytest.raises(SourceError, match=r"after “Jar” \(export\.xml:7\): take out what is there"):
        list(limits.in_time(items(), limits.TimeSpent()))


def test_the_time_of_all_texts_together_is_bounded(desk: Desk, tmp_path: Path) -> None:
    source = wordpress(tmp_path, "<p>amber</p>")

    done = desk.run("wxr", source, "--max-seconds", "1e-9")

    assert done.exit_code == 2
    assert "importing takes more than 0 s of CPU time in all, at the beginning: import" in done.output
    assert "a part at a time, or allow more with --max-seconds" in done.output
    assert not list((desk.content / "posts").rglob("*.md"))
    assert desk.run("wxr", source, "--max-seconds", "0").exit_code == 0


def test_each_document_adds_to_the_time_of_an_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WHOLE", 0.2)
    items = (Item(key=str(number), kind="post", title="Jar", place="a", body="") for number in range(3))
    began = limits.cpu_seconds()
    while limits.cpu_seconds() - began < 0.5:
        pass
    assert len(list(limits.in_time(items, limits.TimeSpent(began=began, documents=1)))) == 3


def test_the_time_of_processes_counts_when_they_have_ended() -> None:
    began = limits.cpu_seconds()

    subprocess.run([sys.executable, "-c", "import time\nwhile time.process_time() < 0.5: pass"], check=True)

    assert limits.cpu_seconds() - began >= 0.5


@pytest.mark.slow
def test_the_memory_of_an_import_is_bounded(desk: Desk, tmp_path: Path) -> None:
    """A page of a Notion export, which is read as a whole."""
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive:
        words = "".join(f"{number} " for number in range(20_000_000))
        archive.writestr(f"Jars {'0' * 32}.md", f"# Jars\n\n{words}")
    command = [sys.executable, "-m", "deskpress", "import", "notion", str(file), "--into", str(desk.folder)]

    done = subprocess.run([*command, "--max-memory", "250M"], capture_output=True, text=True, check=False)

    assert done.returncode == 2, done.stderr
    assert "importing takes more than 250 MB of memory: import a part at a time, or allow" in done.stderr
    assert "Traceback" not in done.stderr
