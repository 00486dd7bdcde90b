"""Intercom, Freshdesk and Help Scout: answers of their APIs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]


def _built(desk: Desk) -> bytes:
    desk.build()
    return b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())


def _same_again(desk: Desk, name: str, folder: Path) -> None:
    before = desk.files()
    desk.keep(name, folder)
    assert desk.files() == before


@pytest.mark.slow
def test_intercom(desk: Desk, source: Write) -> None:
    def article(number: int, body: str, **values: object) -> dict[str, object]:
        return {
            "type": "article",
            "id": str(number),
            "title": f"Jar {number}",
            "body": body,
            "state": "published",
            "url": f"https://help.jars.example/en/articles/{number}-jar",
            "parent_id": 7,
            "default_locale": "en",
            "updated_at": 1580702706,
            "tags": {"type": "tag.list", "tags": [{"name": "glass"}]},
            **values,
        }

    german = {"type": "article_content", "title": "Glas", "body": "<p>Ja.</p>", "state": "published"}
    callout = '<div class="intercom-interblocks-callout"><p>Mind.</p></div>'
    link = '<p>See <a href="https://help.jars.example/en/articles/2-whatever#x">two</a>.</p>'
    articles = [
        article(1, callout + link, translated_content={"type": "t", "de": german}),
        article(2, '<h2 id="x">Two</h2>'),
        article(3, "<p>Hiddenword</p>", state="draft"),
    ]
    folder = source("a.json", json.dumps({"type": "list", "data": articles})).parent
    groups = [
        {"type": "collection", "id": "6", "name": "Glass", "parent_id": None},
        {
            "type": "collection",
            "id": "7",
            "name": "Jars",
            "parent_id": "6",
            "url": "https://help.jars.example/en/collections/7-jars",
        },
    ]
    source("b.json", json.dumps({"type": "list", "data": groups}))

    desk.keep("auto", folder)

    assert desk.documents() == [
        "de/help/glass/jars/jar-1.md",
        "help/glass/index.md",
        "help/glass/jars/index.md",
        "help/glass/jars/jar-1.md",
        "help/glass/jars/jar-2.md",
        "help/glass/jars/jar-3.md",
    ]
    text = desk.text("help/glass/jars/jar-1.md")
    assert "updated: 2020-02-03T04:05:06+00:00\ntags: [glass]\n" in text
    assert '!!! note ""\n    Mind.\n\nSee [two](jar-2.md#x).\n' in text
    assert "- /en/articles/1-jar\n  - /en/articles/1\n" in text
    assert "title: Glas\n" in desk.text("de/help/glass/jars/jar-1.md")
    _same_again(desk, "intercom", folder)
    assert b"Hiddenword" not in _built(desk)


@pytest.mark.slow
def test_freshdesk(desk: Desk, source: Write) -> None:
    def article(number: int, text: str, **values: object) -> dict[str, object]:
        return {
            "id": number,
            "folder_id": 5,
            "title": f"Jar {number}",
            "description": text,
            "status": 2,
            "tags": ["glass"],
            "updated_at": "2020-02-03T04:05:06Z",
            **values,
        }

    text = (
        '<blockquote class="fd-callout fd-callout--warning"><p>Mind.</p></blockquote>'
        '<pre class="fd-code" data-code-brush="bash">ls</pre>'
        '<p><a href="https://jars.freshdesk.com/en/support/solutions/articles/2-x">two</a></p>'
    )
    files = [{"name": "list.pdf", "attachment_url": "https://cdn.example/list.pdf"}]
    articles = [
        article(1, text, attachments=files),
        article(2, "<p>Two</p>"),
        article(3, "<p>Hiddenword</p>", status=1),
        article(4, "<p>Hiddenword</p>", folder_id=6),
    ]
    folder = source("a.json", json.dumps(articles)).parent
    source("b.json", json.dumps([{"id": 2, "name": "Glass"}]))
    groups = [
        {"id": 5, "name": "Jars", "category_id": 2, "visibility": 1},
        {"id": 6, "name": "Agents", "category_id": 2, "visibility": 3},
    ]
    source("c.json", json.dumps(groups))
    source("d.json", json.dumps([article(1, "<p>Ja.</p>", title="Glas", language="de")]))

    done = desk.keep("auto", folder)

    assert desk.documents() == [
        "de/help/glass/jars/jar-1.md",
        "help/glass/agents/index.md",
        "help/glass/agents/jar-4.md",
        "help/glass/index.md",
        "help/glass/jars/index.md",
        "help/glass/jars/jar-1.md",
        "help/glass/jars/jar-2.md",
        "help/glass/jars/jar-3.md",
    ]
    body = desk.text("help/glass/jars/jar-1.md")
    assert '!!! warning ""\n    Mind.\n\n```bash\nls\n```\n\n[two](jar-2.md)\n' in body
    assert "[list.pdf](https://cdn.example/list.pdf)" in body
    assert "- /support/solutions/articles/1\n" in body
    assert "only agents" in done.output
    _same_again(desk, "freshdesk", folder)
    assert b"Hiddenword" not in _built(desk)


@pytest.mark.slow
def test_helpscout(desk: Desk, source: Write) -> None:
    def article(number: int, text: str, **values: object) -> str:
        one = {
            "id": f"a{number}",
            "number": number,
            "collectionId": "c1",
            "categories": ["k1"],
            "status": "published",
            "name": f"Jar {number}",
            "text": text,
            "publicUrl": f"https://jars.helpscoutdocs.com/article/{number}-jar",
            "updatedAt": "2020-02-03T04:05:06Z",
            "keywords": ["glass"],
            **values,
        }
        return json.dumps({"article": one})

    def answer(key: str, *items: object) -> str:
        return json.dumps({key: {"page": 1, "items": items}})

    text = (
        '<section class="callout-yellow"><p>Mind.</p></section>'
        '<p><a href="/article/2-other">two</a> <img src="//cdn.example/a.png" alt="A"></p>'
    )
    source("x/1.json", article(1, text, code="<script>x()</script>"))
    source("x/2.json", article(2, "<p>Two</p>"))
    source("x/3.json", article(3, "<p>Hiddenword</p>", status="notpublished"))
    folder = source("x/4.json", article(4, "<p>Hiddenword</p>", collectionId="c2", categories=[])).parents[1]
    collections = [
        {"id": "c1", "name": "Help", "visibility": "public"},
        {"id": "c2", "name": "Own", "visibility": "private"},
    ]
    source("c.json", answer("collections", *collections))
    source("k.json", answer("categories", {"id": "k1", "name": "Jars", "collectionId": "c1", "number": 9}))
    source("r.json", answer("redirects", {"id": "r", "urlMapping": "/old/jar", "documentId": "a1"}))

    done = desk.keep("auto", folder)

    assert desk.documents() == [
        "help/help/index.md",
        "help/help/jars/index.md",
        "help/help/jars/jar-1.md",
        "help/help/jars/jar-2.md",
        "help/help/jars/jar-3.md",
        "help/own/index.md",
        "help/own/jar-4.md",
    ]
    body = desk.text("help/help/jars/jar-1.md")
    assert '!!! warning ""\n    Mind.\n\n[two](jar-2.md) ![A](https://cdn.example/a.png)\n' in body
    assert "- /article/1-jar\n  - /article/1\n  - /old/jar\n" in body
    assert "code of the article" in done.output
    _same_again(desk, "helpscout", folder)
    assert b"Hiddenword" not in _built(desk)
    assert "help/help/jars/jar-1/" in desk.page("old/jar/")
