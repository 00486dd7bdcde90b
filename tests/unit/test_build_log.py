"""The build log after a build: what is asked again, and what is settled."""

from __future__ import annotations

from deskpress.engine.build_log import (
    BuildLog,
    LastBuild,
    OutputRecord,
    Recall,
    StableValues,
    Structure,
    marks,
    write_build_log,
)
from deskpress.engine.stamps import Stamp

STAMP = Stamp(1, 1, 1, 1, "digest", settled=True)
ANSWERS = {"body:a": "1", "head:a": "2", "head:b": "3"}


def build_log(*questions: str) -> BuildLog:
    """Twenty outputs that have asked these questions."""
    trace = OutputRecord("recipe", marks(questions), STAMP)
    return BuildLog({f"{n}.html": trace for n in range(20)}, {"body:a": "0"}, "same")


def written(old: BuildLog, recall: Recall, *questions: str) -> tuple[BuildLog, StableValues | None]:
    """The build log after one of them was rendered again."""
    fresh = {path: trace for path, trace in old.outputs.items() if path != "3.html"}
    rendered = {"3.html": OutputRecord("recipe", marks(questions), STAMP)}
    asked = {question: ANSWERS[question] for question in questions}
    return write_build_log(fresh, rendered, asked, LastBuild(old, recall), Structure("same", {}), ("body:",))


def never() -> StableValues:
    raise AssertionError("nobody needs it")


def test_what_is_settled_stays_unread_where_nothing_new_was_asked() -> None:
    now, settled = written(build_log("body:a", "head:a"), never, "body:a", "head:a")
    assert settled is None
    assert len(now.outputs) == 20
    assert now.given == {"body:a": "1"}


def test_a_question_that_is_asked_for_the_first_time_joins_what_is_settled() -> None:
    _, settled = written(
        build_log("head:a"), lambda: StableValues({"head:a": "2"}, "same"), "head:a", "head:b"
    )
    assert settled == StableValues({"head:a": "2", "head:b": "3"}, "same")


def test_without_what_is_settled_nobody_vouches_for_the_others() -> None:
    now, settled = written(build_log("head:a"), lambda: None, "head:a", "head:b")
    assert now.outputs.keys() == {"3.html"}
    assert settled == StableValues({"head:a": "2", "head:b": "3"}, "same")
