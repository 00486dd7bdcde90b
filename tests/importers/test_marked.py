"""Foreign Markdown: its targets are rewritten, and nothing in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.html.measure import lost, measure
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.marked import rewritten
from deskpress.importers.platforms.marked_html import from_commonmark
from deskpress.importers.platforms.titles import titled_once
from tests.importers.conftest import Desk


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("\n# Two jars #\n\nText.\n", "\nText.\n"),
        ("Two jars\n========\nText.\n", "Text.\n"),
        ("# Two lids\n\nText.\n", "# Two lids\n\nText.\n"),
        ("Text.\n\n# Two jars\n", "Text.\n\n# Two jars\n"),
        ("## Two jars\n", "## Two jars\n"),
    ],
)
def test_a_first_heading_that_is_the_title_is_not_counted(body: str, left: str) -> None:
    item = Item(key="1", kind="post", title="Two jars", place="a", body=body, markup="markdown")
    assert titled_once(item).body == left


@pytest.mark.slow
def test_a_title_that_stands_in_the_text_too_is_not_lost(desk: Desk, source: Callable[..., Path]) -> None:
    folder = source("_config.yml", "url: https://jars.example\n").parent
    source("_posts/2015-06-07-red.md", "---\ntitle: Red jar\n---\n{{ page.title }}\n====\n\nGlass.\n")
    desk.keep("jekyll", folder)
    desk.build()
    assert desk.page("2015/06/red.html").count("<h1") == 1


@pytest.mark.parametrize(
    "text",
    [
        'Text:\n\n    [a](/b) <img src="/c">\n',
        '*   An entry\n\n    Before:\n\n        [a](/b) <img src="/c">\n\n        [a](/b)\n',
        "- An entry\n\n      [a](/b)\n",
        "1. One\n    - Two\n\n            [a](/b)\n",
    ],
)
def test_targets_in_code_by_indentation_stay(text: str) -> None:
    assert rewritten(text, lambda target, kind: "changed") == text


@pytest.mark.parametrize(
    "text",
    [
        "- An entry\n\n    [a](/b)\n",
        "- An entry\n    [a](/b)\n",
        "- One\n    - [a](/b)\n",
        "Text\n    [a](/b)\n",
    ],
)
def test_targets_in_lists_are_led(text: str) -> None:
    assert rewritten(text, lambda target, kind: "changed") == text.replace("/b", "changed")


def test_a_film_that_is_a_file_may_be_moved() -> None:
    old = measure('<video src="/img/a.mp4"></video><video><source src="../b.mp4"></video>')
    new = measure('<video src="https://jars.example/img/a.mp4"></video>')
    assert lost(old, new) == {"embeds": 1}
    assert lost(
        measure('<iframe src="https://a.example/f"></iframe>'),
        measure('<iframe src="https://b.example/f"></iframe>'),
    ) == {"embeds": 1}


def test_a_film_is_kept_as_a_link_however_its_address_is_written() -> None:
    old = measure('<iframe src="https://jars.example/embed?file=%2Fsrc%2Fa.js"></iframe>')
    assert lost(old, measure('<a href="https://jars.example/embed?file=%2Fsrc%2Fa.js">A jar</a>')) == {}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (
            "Text:\n\n1) One\n2) Two\n\n   More.\n\n3) Three\n",
            "Text:\n\n1. One\n2. Two\n\n   More.\n\n3. Three\n",
        ),
        ("Text (see\n2) and more.\n", "Text (see\n2) and more.\n"),
        ("```\n\n1) One\n```\n", "```\n\n1) One\n```\n"),
    ],
)
def test_numbers_before_a_bracket_are_those_of_lists(text: str, mended: str) -> None:
    assert from_commonmark(text) == mended
