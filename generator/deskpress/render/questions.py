"""What makes a method a question, whose asking is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def question(compute: Callable[[Any, str], T]) -> Callable[..., T]:
    """Make a method a question: asked by name, noted, answered once.

    A question is answered from the site and its lists, never by asking another: only what was noted
    itself counts as read.
    """
    kind = compute.__name__

    def ask(self: Any, name: str = "") -> T:
        key = f"{kind}:{name}"
        if self.asked is not None:
            self.asked.add(key)
        try:
            answer: T = self.answers[key]
        except KeyError:
            answer = self.answers[key] = compute(self, name)
        return answer

    ask.__name__ = kind
    ask.__doc__ = compute.__doc__
    return ask
