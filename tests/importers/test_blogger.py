"""Blogger, in both schemas."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import feedparser
import pytest

from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

TAKEOUT = """<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-7</id><title>Jars</title>
{}
</feed>
"""
ENTRY = (
    "<entry><id>tag:blogger.com,1999:blog-7.post-{number}</id><blogger:type>{kind}</blogger:type>"
    "<blogger:status>{status}</blogger:status><author><name>Mo Bell</name><blogger:type>BLOGGER"
    "</blogger:type></author><title>{title}</title><content type='html'>{text}</content>"
    "<published>2016-07-08T09:10:11Z</published><updated>2016-08-01T00:00:00Z</updated>"
    "<category scheme='tag:blogger.com,1999:blog-7' term='Glass'/>"
    "<blogger:filename>{path}</blogger:filename></entry>\n"
)
OLD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'>
<generator uri='http://www.blogger.com'>Blogger</generator>
{}
</feed>
"""
OLD_ENTRY = (
    "<entry><id>tag:blogger.com,1999:blog-7.post-{number}</id><published>2011-02-03T04:05:06-08:00</published>"
    "<category scheme='http://schemas.google.com/g/2005#kind'"
    " term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
    "<category scheme='http://www.blogger.com/atom/ns#' term='Glass'/>"
    "<title type='text'>{title}</title><content type='html'>{text}</content>{more}"
    "<author><name>{author}</name><email>{author}@example.invalid</email></author></entry>\n"
)


def entry(number: int, text: str, **values: str) -> str:
    """An entry of Takeout."""
    usual = {
        "kind": "POST",
        "status": "LIVE",
        "title": f"Jar {number}",
        "path": f"/2016/07/jar-{number}.html",
    }
    return ENTRY.format(number=number, text=escape(text), **{**usual, **values})


def old_entry(number: int, text: str, more: str = "", kind: str = "post", author: str = "Mo") -> str:
    """An entry of the old interface."""
    more = more or f"<link rel='alternate' href='http://jars.blogspot.com/2011/02/jar-{number}.html'/>"
    title = f"Jar {number}"
    return OLD_ENTRY.format(
        number=number, text=escape(text), kind=kind, more=more, title=title, author=author
    )


@pytest.mark.slow
def test_takeout_becomes_posts_with_their_ids(desk: Desk, source: Write) -> None:
    text = '<div class="separator"><a href="https://jars.blogspot.com/2016/07/jar-2.html#x">Two</a></div>A<br><br>B'
    feed = TAKEOUT.format(
        entry(1, text)
        + entry(2, "<p>Second</p>")
        + entry(3, "<p>About</p>", kind="PAGE", path="/p/about-jars.html")
        + entry(4, "Hiddenword", status="DRAFT", path="")
        + entry(5, "Guestword", kind="COMMENT", path="")
    )

    done = desk.keep("auto", source("feed.atom", feed))

    assert desk.documents() == [
        "about-jars.md",
        "posts/2016-07-08-jar-1.md",
        "posts/2016-07-08-jar-2.md",
        "posts/2016-07-08-jar-4.md",
    ]
    first = desk.text("posts/2016-07-08-jar-1.md")
    assert "date: 2016-07-08T09:10:11+00:00\nupdated: 2016-08-01T00:00:00+00:00\n" in first
    assert first.endswith("[Two](2016-07-08-jar-2.md#x)\n\nA\n\nB\n")
    assert "aliases:\n  - /p/about-jars.html\n" in desk.text("about-jars.md")
    assert "1 comments left out" in done.output
    desk.build()
    ids = {one.id for one in feedparser.parse(desk.page("atom.xml")).entries}
    assert ids == {"tag:blogger.com,1999:blog-7.post-1", "tag:blogger.com,1999:blog-7.post-2"}
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    assert b"Guestword" not in everything
    assert b"Hiddenword" not in everything


def test_the_old_schema_is_read(desk: Desk, source: Write) -> None:
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    feed = OLD.format(
        old_entry(1, "<p>One</p>")
        + old_entry(2, "<p>Hiddenword</p>", more=draft)
        + old_entry(3, "Guestword", kind="comment", author="Guest")
        + old_entry(4, "<html></html>", kind="template")
    )

    desk.keep("blogger", source("blog.xml", feed))

    assert desk.documents() == ["posts/2011-02-03-jar-1.md", "posts/2011-02-03-jar-2.md"]
    first = desk.text("posts/2011-02-03-jar-1.md")
    assert "date: 2011-02-03T04:05:06-08:00\n" in first
    assert "categories: [Glass]\n" in first
    assert "authors: [mo]\n" in first
    assert "draft: true" in desk.text("posts/2011-02-03-jar-2.md")
    assert not any(b"@example.invalid" in data for data in desk.files().values())
