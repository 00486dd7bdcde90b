"""The ledger after a build: what is asked again, and what is settled."""

from __future__ import annotations

from deskpress.engine.build_log import Ledger, Recall, Settled, Trace, marks, write_ledger
from deskpress.engine.stamps import Stamp

STAMP = Stamp(1, 1, 1, 1, "digest", settled=True)
ANSWERS = {"body:a": "1", "head:a": "2", "head:b": "3"}


def ledger(*questions: str) -> Ledger:
    """Twenty outputs that have asked these questions."""
    trace = Trace("recipe", marks(questions), STAMP)
    return Ledger({f"{n}.html": trace for n in range(20)}, {"body:a": "0"}, "same")


def written(old: Ledger, recall: Recall, *questions: str) -> tuple[Ledger, Settled | None]:
    """The ledger after one of them was rendered again."""
    fresh = {path: trace for path, trace in old.outputs.items() if path != "3.html"}
    rendered = {"3.html": Trace("recipe", marks(questions), STAMP)}
    asked = {question: ANSWERS[question] for question in questions}
    return write_ledger(fresh, rendered, asked, old, recall, "same", ("body:",), {})


def never() -> Settled:
    raise AssertionError("nobody needs it")


def test_what_is_settled_stays_unread_where_nothing_new_was_asked() -> None:
    now, settled = written(ledger("body:a", "head:a"), never, "body:a", "head:a")
    assert settled is None
    assert len(now.outputs) == 20
    assert now.given == {"body:a": "1"}


def test_a_question_that_is_asked_for_the_first_time_joins_what_is_settled() -> None:
    _, settled = written(ledger("head:a"), lambda: Settled({"head:a": "2"}, "same"), "head:a", "head:b")
    assert settled == Settled({"head:a": "2", "head:b": "3"}, "same")


def test_without_what_is_settled_nobody_vouches_for_the_others() -> None:
    now, settled = written(ledger("head:a"), lambda: None, "head:a", "head:b")
    assert now.outputs.keys() == {"3.html"}
    assert settled == Settled({"head:a": "2", "head:b": "3"}, "same")
