"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

from deskpress.model.patterns import lazy_pattern


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    pattern = lazy_pattern(r"(\w+)-(\d+)", re.I)
    for _ in range(2):
        found = pattern.fullmatch("Page-12")
        assert found is not None
        assert found.groups() == ("Page", "12")
    assert pattern.sub(r"\2", "a-1 b-2") == "1 2"
    assert pattern.pattern == r"(\w+)-(\d+)"
