"""Ghost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskpress.importers.formats.ghost_texts import lexical_html, mobiledoc_html
from deskpress.importers.platforms.opening import SourceError
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]


def post(number: int, **values: object) -> dict[str, Any]:
    """A row of the table of posts."""
    return {
        "id": f"p{number}",
        "uuid": f"u{number}",
        "title": f"Jar {number}",
        "slug": f"jar-{number}",
        "status": "published",
        "visibility": "public",
        "type": "post",
        "published_at": "2021-02-03T04:05:06.000Z",
        "updated_at": "2021-02-03T04:05:06.000Z",
        **values,
    }


def export(*posts: dict[str, Any], **tables: object) -> str:
    """A whole export."""
    return json.dumps({"db": [{"meta": {"exported_on": 1}, "data": {"posts": posts, **tables}}]})


def _lexical(*nodes: dict[str, Any]) -> str:
    return json.dumps({"root": {"type": "root", "children": nodes}})


@pytest.mark.slow
def test_a_blog_in_all_its_forms(desk: Desk, source: Write) -> None:
    lexical = _lexical(
        {
            "type": "paragraph",
            "children": [{"type": "text", "text": "Red & ", "format": 1}, {"type": "linebreak"}],
        },
        {
            "type": "image",
            "src": "https://x.example/jar.png",
            "caption": "A <b>jar</b>",
            "width": 9,
        },
        {"type": "callout", "calloutText": "Mind the edge.", "calloutEmoji": ""},
    )
    mobiledoc = json.dumps(
        {
            "version": "0.3.1",
            "markups": [["a", ["href", "__GHOST_URL__/jar-1/"]]],
            "atoms": [["soft-return", "", {}]],
            "cards": [["code", {"code": "a = 1\n", "language": "py"}]],
            "sections": [[1, "p", [[0, [0], 1, "One"], [1, [], 0, 0], [0, [], 0, "two"]]], [10, 0]],
        }
    )
    text = export(
        post(
            1,
            html='<p>See <a href="__GHOST_URL__/jar-2/#x">two</a>.</p>',
            featured=1,
            codeinjection_foot="<b>x",
        ),
        post(2, lexical=lexical),
        post(3, mobiledoc=mobiledoc, type="page"),
        post(4, markdown="# Old\n\n*One*\n", published_at=1400000000000),
        post(5, html="<p>Hiddenword</p>", visibility="members"),
        post(
            6, html="<p>Hiddenword</p>", status="draft", published_at=None, created_at="2021-01-01 00:00:00"
        ),
        tags=[{"id": "t1", "name": "Glass"}, {"id": "t2", "name": "#theme"}],
        posts_tags=[
            {"post_id": "p1", "tag_id": "t2", "sort_order": 0},
            {"post_id": "p1", "tag_id": "t1", "sort_order": 1},
        ],
        users=[{"id": "1", "name": "Mo Bell", "slug": "mo", "email": "mo@example.invalid", "bio": "Packs."}],
        posts_authors=[{"post_id": "p1", "author_id": "1"}],
    )

    done = desk.keep("auto", source("blog.json", text))

    first = desk.text("posts/2021-02-03-jar-1.md")
    assert "date: 2021-02-03T04:05:06+00:00\n" in first
    assert "tags: [Glass]\nauthors: [mo-bell]\npin: true\n" in first
    assert first.endswith("See [two](2021-02-03-jar-2.md#x).\n")
    assert "code of the post" in done.output
    second = desk.text("posts/2021-02-03-jar-2.md")
    assert "**Red &**" in second
    assert '![](https://x.example/jar.png "A jar")' in second
    assert '!!! note ""\n    Mind the edge.' in second
    assert desk.text("jar-3.md").endswith("[One](posts/2021-02-03-jar-1.md)  \ntwo\n\n```py\na = 1\n```\n")
    assert desk.text("posts/2014-05-13-jar-4.md").endswith("# Old\n\n*One*\n")
    for name in ("posts/2021-02-03-jar-5.md", "posts/2021-01-01-jar-6.md"):
        assert "draft: true" in desk.text(name)
    desk.build()
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    assert b"Hiddenword" not in everything
    assert b"mo@" not in everything


@pytest.mark.parametrize(
    ("node", "html"),
    [
        (
            {"type": "extended-heading", "tag": "h3", "children": [{"type": "text", "text": "a<b"}]},
            "<h3>a&lt;b</h3>",
        ),
        (
            {
                "type": "list",
                "listType": "number",
                "start": 3,
                "children": [{"type": "listitem", "children": []}],
            },
            '<ol start="3"><li></li></ol>',
        ),
        ({"type": "text", "text": "x", "format": 3}, "<em><strong>x</strong></em>"),
        (
            {"type": "bookmark", "url": "https://x.example", "metadata": {"title": "X"}},
            '<p><a href="https://x.example">X</a></p>',
        ),
        (
            {"type": "toggle", "heading": "H", "content": "<p>c</p>"},
            "<details><summary>H</summary><p>c</p></details>",
        ),
        ({"type": "file", "src": "a.pdf", "fileTitle": "A"}, '<p><a href="a.pdf">A</a></p>'),
        ({"type": "paywall"}, ""),
    ],
)
def test_lexical(node: dict[str, Any], html: str) -> None:
    assert lexical_html(_lexical(node), lambda what: None) == html


def test_what_is_not_known_is_told() -> None:
    told: list[str] = []

    assert lexical_html(_lexical({"type": "hologram"}), told.append) == ""
    assert told == ["a card `hologram`"]


@pytest.mark.parametrize("data", ["[1]", "{", '{"sections": [[1]]}', '{"sections": [[10, 7]], "cards": []}'])
def test_a_broken_mobiledoc_is_told(data: str) -> None:
    with pytest.raises(SourceError):
        mobiledoc_html(data, lambda what: None)


def test_deep_lexical_has_an_end() -> None:
    node: dict[str, Any] = {"type": "text", "text": "x"}
    for _ in range(300):
        node = {"type": "quote", "children": [node]}

    assert lexical_html(_lexical(node), lambda what: None).count("<blockquote>") <= 101
