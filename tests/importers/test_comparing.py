"""Texts are compared with their pages in processes that end: memory does not grow with their number."""

from __future__ import annotations

import os
from collections.abc import Iterator

from deskpress.importers.platforms.comparing import BATCH, compared
from deskpress.importers.platforms.items import Item


def items(number: int) -> Iterator[tuple[Item, str]]:
    for one in range(number):
        yield Item(key=str(one), kind="topic", title="Jar", place="a", body="<p>Keep it dry</p>"), f"{one}.md"


def page(path: str) -> str | None:
    """A page that says which process has rendered it."""
    return None if path == "2.md" else f'<div class="dp-body"><p>Keep dry {os.getpid()}</p></div>'


def test_no_process_compares_more_than_some_hundred_texts() -> None:
    found = [*compared(items(2 * BATCH + 1), page, with_versions=True)]

    assert [item.key for item, _ in found] == [str(one) for one in range(2 * BATCH + 1)]
    makers = [one.versions.after.split()[-1].removesuffix("</p>") if one.versions else "" for _, one in found]
    assert makers[0] == str(os.getpid())
    first, second = {*makers[1 : BATCH + 1]} - {""}, {*makers[BATCH + 1 :]}
    assert str(os.getpid()) not in first | second or os.cpu_count() == 1
    assert not first & second or os.cpu_count() == 1


def test_what_is_missing_is_counted() -> None:
    found = [one for _, one in compared(items(3), page, with_versions=False)]

    assert found[1].before["words"] == 3
    assert found[1].missing == {"words": 1}
    assert found[1].has_page
    assert found[1].versions is None
    assert not found[2].has_page
    assert found[2].missing == {"words": 3}
