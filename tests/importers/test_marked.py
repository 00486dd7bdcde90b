"""Foreign Markdown: its targets are rewritten, and nothing in code."""

from __future__ import annotations

import pytest

from deskpress.importers.html.measure import lost, measure
from deskpress.importers.platforms.marked import rewritten


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
