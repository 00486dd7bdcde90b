"""Runs one function over many items in forked processes, and bounds the CPU time of each item.

The kernel ends a process whose item takes too long (`ITIMER_PROF` of setitimer(2), which counts user and
system time; SIGPROF ends a process by default). So nothing that runs there can go on: neither a long match
of `re`, nor a library in C or Rust, nor code that catches every exception. Nothing half done is left behind,
either, since the process goes with all of its state. It is CPU time, not the time on the clock: how busy the
machine is does not count.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct, field

from deskpress.engine.pool import Tick, WorkerError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection  # loaded in `limited_map`
    from multiprocessing.context import ForkContext, ForkProcess

T = TypeVar("T")
R = TypeVar("R")

DEFAULT_SECONDS = 4.0
"""CPU seconds for a text, where nobody says otherwise. One of 200 kB takes a quarter of one."""

ENDED = -int(getattr(signal, "SIGPROF", 0))
"""The exit code of a process that the kernel ended because its time was over."""


class Limit(Struct, frozen=True):
    """How much CPU time work may take, in seconds: `each` item, and all items in `total`.

    When `most` items were ended, nothing more is begun.
    """

    each: float
    total: float = math.inf
    most: int = 5


class Limited(Struct, Generic[R]):
    """What came of each item, by its number: its result, or the exit code of the process that was `ended`.

    `seconds` are the CPU seconds of those with a result. What is in neither was not begun, or not finished
    when the limit for all of them was reached.
    """

    results: dict[int, R] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)

    def is_spent(self, limit: Limit) -> bool:
        """Whether nothing more may be begun."""
        spent = sum(self.seconds.values()) + limit.each * len(self.ended)
        return len(self.ended) >= limit.most or spent > limit.total


class _Worker(Struct):
    """A process, and the shared memory (a signed 64-bit number) with the item that it is at; -1 for none."""

    process: ForkProcess
    at: Any


def can_limit() -> bool:
    """Whether this system can bound the CPU time of work: it has processes that fork, and timers."""
    return hasattr(os, "fork") and hasattr(signal, "setitimer")


def limited_map(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    limit: Limit,
    tick: Tick = lambda n: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Limited[R]:
    """`work(item)` for every item, by `jobs` processes, also if that is one; see `Limited`.

    `tick(n)` is called as n more items are done. An exception of `work` is raised here. What others will need
    is made ready `meanwhile` by this process. Raises `WorkerError` if a result cannot be sent back.
    """
    # Loaded here, as in `pool`.
    import multiprocessing
    from multiprocessing.connection import Connection, wait

    context = multiprocessing.get_context("fork")
    following = context.Value("q", 0)

    def take() -> int:
        """The number of the next item."""
        with following.get_lock():
            number: int = following.value
            following.value = number + 1
        return number

    def labour(answers: Connection, readers: list[Connection], at: Any) -> None:
        # As in `pool`: the parent ends the workers, and nobody else holds the reading ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        for reader in readers:
            reader.close()
        gc.enable()
        while (number := take()) < len(items):
            try:
                answers.send_bytes(_answer(work, items[number], number, limit, at))
            except Exception as error:  # it is raised again in the parent
                answers.send(error)
                return
        answers.send(None)

    done: Limited[R] = Limited()
    listening: dict[Connection, _Worker] = {}
    workers: list[_Worker] = []

    def start() -> None:
        # An interruption waits until the worker is known to those who end it.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            ours, theirs = context.Pipe(duplex=False)
            at = context.RawValue("q", -1)
            worker = _Worker(_process(context, labour, theirs, [*listening, ours], at), at)
            theirs.close()
            listening[ours] = worker
            workers.append(worker)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)

    gc.freeze()
    try:
        for _ in range(min(jobs, len(items))):
            start()
        meanwhile()
        while listening and not done.is_spent(limit):
            for ready in wait(list(listening)):
                assert isinstance(ready, Connection)
                if _heard(ready, listening, done, tick):
                    start()
    finally:
        gc.unfreeze()
        for worker in workers:
            if listening:
                worker.process.kill()
            worker.process.join()
    return done


def _process(context: ForkContext, labour: Callable[..., None], *arguments: Any) -> ForkProcess:
    process = context.Process(target=labour, args=arguments, daemon=True)
    process.start()
    return process


def _answer(work: Callable[[T], R], item: T, number: int, limit: Limit, at: Any) -> bytes:
    """What a worker sends of one item: its number, CPU seconds and result. Its time runs only meanwhile."""
    import pickle

    at.value = number
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, limit.each)
    try:
        result = work(item)
    finally:
        # Whoever is ended holds neither the lock of the numbers nor half a message in the pipe.
        signal.setitimer(signal.ITIMER_PROF, 0)
        at.value = -1
    try:
        return pickle.dumps((number, time.process_time() - began, result))
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise WorkerError(f"a result cannot be sent back: {error}") from error


def _heard(ready: Connection, listening: dict[Connection, _Worker], done: Limited[R], tick: Tick) -> bool:
    """Take what a worker says into `done`; whether it was ended, so that another has to take its place."""
    try:
        message = ready.recv()
    except EOFError:
        worker = listening.pop(ready)
        worker.process.join()
        code, number = worker.process.exitcode, worker.at.value
        if code is None or number < 0:
            raise WorkerError(f"a worker ended with exit code {code}; has memory run out?") from None
        done.ended[number] = code
        tick(1)
        return True
    if message is None:
        del listening[ready]
    elif isinstance(message, Exception):
        raise message
    else:
        number, seconds, result = message
        done.results[number], done.seconds[number] = result, seconds
        tick(1)
    return False
