"""The order of diagnostics."""

from __future__ import annotations

from itertools import permutations

from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span, in_order, with_more


def _of(path: str, line: int, problem: str = "x") -> Diagnostic:
    return Diagnostic(Span(path, line), Severity.WARNING, Kind.TEXT, problem)


MANY = tuple(_of(path, line) for path in ("b.md", "d.md") for line in range(1, 60))


def test_what_is_added_to_diagnostics_in_order_is_in_order_without_duplicates() -> None:
    more = (_of("a.md", 1), _of("c.md", 7), _of("e.md", 2), MANY[3])
    for some in permutations(more, 3):
        assert with_more(MANY, some) == in_order((*MANY, *some))
    assert with_more(MANY, ()) == MANY
    assert with_more((), more) == in_order(more)
