"""Further slips, tried in one site: each is said once, at its place, with a hint that works as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.lint import left_slips, more_slips, pasted_slips
from tests.lint.test_slips import Base, messages

HEAD = "---\ntitle: {0}\ndate: 2026-11-20\nslug: {0}\ncategories: [News]\n---\n\n"
BODIES = {**more_slips.BODIES, **pasted_slips.BODIES, **left_slips.BODIES}
RIGHT = {**pasted_slips.RIGHT, **left_slips.RIGHT}
SLIPS = {**BODIES, **more_slips.WHOLE, **pasted_slips.WHOLE, **left_slips.WHOLE}
_MESSAGE = re.compile(r"content/(?:posts|notices)/2026-11-20-([\w-]+)\.md:(\d+:\d+): (.*)", re.S)


def place(name: str) -> str:
    """Where the file of a slip lies."""
    folder = "notices" if name.startswith("notice-") else "posts"
    return f"content/{folder}/2026-11-20-{name}.md"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What one check of a site says of each slip in it."""
    base = Base(tmp_path_factory.mktemp("more") / "base")
    base.write("content/images/film.mp4", b"x")
    for name, (text, _) in SLIPS.items():
        base.write(place(name), HEAD.format(name) + str(text) if name in BODIES else text)
    for name, text in RIGHT.items():
        base.write(place(name), HEAD.format(name) + text)
    found: dict[str, list[str]] = {}
    for message in messages(base.check()):
        told = _MESSAGE.fullmatch(message)
        assert told is not None, message
        found.setdefault(told[1], []).append(f"{told[2]} {told[3]}")
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_said_with_all_that_there_is_to_say(said: Mapping[str, list[str]], name: str) -> None:
    _, wanted = SLIPS[name]
    assert "\n".join(said.get(name, [])).replace("\n  hint: ", "\nhint: ") == wanted


@pytest.mark.parametrize("name", RIGHT)
def test_of_a_right_text_nothing_is_said(said: Mapping[str, list[str]], name: str) -> None:
    assert said.get(name) is None


def test_hints_name_no_words_of_programs() -> None:
    for name, (_, wanted) in SLIPS.items():
        assert not re.search(r"raw_html|Traceback|Error:|expected|codec|node|token", wanted), name
