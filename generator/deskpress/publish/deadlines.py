"""Calls that are left when they take too long: libraries of the network bound each wait, not all of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


class LateError(Exception):
    """A call has not returned in time."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """What a call returns or raises. Raises `LateError` after so many seconds; the call is not waited for."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(call())
        except BaseException as error:
            done.set_exception(error)

    # The process may end while it goes on.
    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not done.done():
        raise LateError
    return done.result()
