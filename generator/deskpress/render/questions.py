"""Turns methods into questions that are recorded when they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec import Struct, field

from deskpress.model.site import Options
from deskpress.render.navigation import Navigation
from deskpress.render.records import Records
from deskpress.render.sources import Sources

T = TypeVar("T")


class DependencyRecorder(Struct):
    """Cached answers, in all languages. While `asked` is a set, questions are added to it."""

    asked: set[str] | None = None
    answers: dict[str, Any] = field(default_factory=dict)


class Questions:
    """The source of answers: the data of one language, and the recorder.

    `mark` precedes the names of questions in another language than the main one.
    """

    notes: DependencyRecorder
    mark: str
    options: Options
    records: Records
    _sources: Sources
    _navigation: Navigation


def question(compute: Callable[[Any, str], T]) -> Callable[..., T]:
    """Make a method a question: asked by name, recorded, answered once.

    A question is answered from the site and its lists, never by asking another one: only recorded questions
    count as read.
    """
    kind = compute.__name__

    def ask(self: Any, name: str = "") -> T:
        notes = self.notes
        key = f"{kind}:{self.mark}{name}"
        if notes.asked is not None:
            notes.asked.add(key)
        try:
            answer: T = notes.answers[key]
        except KeyError:
            answer = notes.answers[key] = compute(self, name)
        return answer

    ask.__name__ = kind
    ask.__doc__ = compute.__doc__
    return ask
