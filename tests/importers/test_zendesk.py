"""Zendesk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]
Records = dict[str, Any]

BIG = 9007199254740993
"""One more than a number of JavaScript can tell."""


def article(number: int, body: str | None, **values: object) -> Records:
    """An article as the API gives it."""
    return {
        "id": number,
        "html_url": f"https://jars.zendesk.com/hc/en-gb/articles/{number}-Jar-{number}",
        "title": f"Jar {number}",
        "body": body,
        "section_id": 31,
        "draft": False,
        "promoted": False,
        "position": 0,
        "user_segment_id": None,
        "label_names": ["glass"],
        "locale": "en-gb",
        "source_locale": "en-gb",
        "created_at": "2019-01-02T03:04:05Z",
        "updated_at": "2020-02-03T04:05:06Z",
        **values,
    }


def center(source: Write, *articles: Records, **more: object) -> Path:
    """A folder of answers, whose files are called as somebody liked."""
    answers: dict[str, object] = {
        "a/1.json": {"articles": articles, "next_page": None},
        "b.json": {
            "sections": [{"id": 31, "name": "Jars & lids", "category_id": 21, "parent_section_id": None}]
        },
        "c.json": {
            "categories": [
                {
                    "id": 21,
                    "name": "Glass",
                    "html_url": "https://jars.zendesk.com/hc/en-gb/categories/21-Glass",
                }
            ]
        },
        **{f"{key}.json": {key: value} for key, value in more.items()},
    }
    paths = [source(name, json.dumps(answer)) for name, answer in answers.items()]
    return paths[1].parent


@pytest.mark.slow
def test_a_help_center_becomes_topics(desk: Desk, source: Write) -> None:
    body = (
        f'<p>See <a href="/hc/en-gb/articles/{BIG}">the other</a>, <a href="https://jars.zendesk.com/hc/de/articles/'
        f'{BIG}-Anything#x">in German</a>, <a href="/hc/en-gb/categories/21">all</a>.</p>'
        '<div class="callout callout--warning"><p>Mind the <b>edge</b>.</p></div>'
        '<p><img src="/hc/article_attachments/55" alt="A jar"></p>'
    )
    folder = center(
        source,
        article(1, body, promoted=True),
        article(BIG, '<h2 id="x">Other</h2>'),
        article(3, "<p>Hiddenword</p>", draft=True),
        article(4, "<p>Hiddenword</p>", user_segment_id=7),
        article(5, None, title="Jar 1"),
        translations=[
            {
                "source_id": BIG,
                "source_type": "Article",
                "locale": "de",
                "title": "Glas",
                "body": '<p id="x">Ja</p>',
            }
        ],
        article_attachments=[
            {
                "id": 55,
                "article_id": 1,
                "file_name": "jar.pdf",
                "content_url": "/hc/article_attachments/55",
                "inline": True,
            },
            {
                "id": 56,
                "article_id": BIG,
                "file_name": "list.pdf",
                "content_url": "/x/56/list.pdf",
                "inline": False,
            },
        ],
    )
    source("files/article_attachments/55/jar.pdf", b"%PDF-1")
    source("files/x/56/list.pdf", b"%PDF-2")

    done = desk.keep("zendesk", folder)

    assert desk.documents() == [
        "de/help/glass/jars-lids/jar-9007199254740993.md",
        "help/glass/index.md",
        "help/glass/jars-lids/index.md",
        "help/glass/jars-lids/jar-1-5.md",
        "help/glass/jars-lids/jar-1.md",
        "help/glass/jars-lids/jar-3.md",
        "help/glass/jars-lids/jar-4.md",
        "help/glass/jars-lids/jar-9007199254740993.md",
    ]
    text = desk.text("help/glass/jars-lids/jar-1.md")
    assert "updated: 2020-02-03T04:05:06+00:00\n" in text
    assert "tags: [glass]\n" in text
    assert "  - /hc/en-gb/articles/1-Jar-1\n  - /hc/en-gb/articles/1\n" in text
    assert (
        "[the other](jar-9007199254740993.md),"
        " [in German](../../../de/help/glass/jars-lids/jar-9007199254740993.md#x), [all](../index.md)."
    ) in text
    assert '!!! warning ""\n    Mind the **edge**.' in text
    assert "![A jar](../../../media/jar.pdf)" in text
    assert "[list.pdf](../../../media/list.pdf)" in desk.text("help/glass/jars-lids/jar-9007199254740993.md")
    assert "a draft" in done.output
    assert "only some users" in done.output
    desk.build()
    assert "help/glass/jars-lids/jar-1/" in desk.page("hc/en-gb/articles/1/")
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    assert b"Hiddenword" not in everything
    before = desk.files()
    desk.keep("zendesk", folder)
    assert desk.files() == before


def test_sections_that_lie_in_themselves_have_an_end(desk: Desk, source: Write) -> None:
    circle = [
        {"id": 31, "name": "A", "parent_section_id": 32},
        {"id": 32, "name": "B", "parent_section_id": 31},
    ]
    source("z.json", json.dumps({"sections": circle}))
    folder = source("y.json", json.dumps({"articles": [article(1, "<p>Text</p>")]})).parent

    desk.keep("zendesk", folder)

    assert "help/b/a/jar-1.md" in desk.documents()


def test_a_broken_answer_is_told_with_its_line_and_nothing_is_written(desk: Desk, source: Write) -> None:
    folder = center(source, article(1, "<p>Text</p>"))
    source("d.json", '{\n"articles": [\n{"id": 1,]}\n')
    before = desk.files()

    done = desk.run("zendesk", folder)

    assert done.exit_code == 2
    assert "source/d.json:3: this is not JSON" in done.output
    assert desk.files() == before
