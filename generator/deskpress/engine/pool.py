"""Runs one function over many items in forked processes.

Forked, so that workers inherit all that was read and nothing of it is pickled; only results travel.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection  # loaded in `_fork`

T = TypeVar("T")
R = TypeVar("R")

FEWEST = 32
"""Below so many items, forking costs more than it saves, unless the caller knows better."""

CHUNK = 64
"""Items that a worker takes at a time at the most; fewer where fewer are worth a process.

What stands together is often made of the same, which one worker then makes once.
"""

ROOM = 8 << 20
"""Bytes that are freed in one piece; the largest texts of a build are smaller."""

Tick = Callable[[int], None]


class WorkerError(OSError):
    """A worker died without an answer; the text says how."""


class CpuTimeError(WorkerError):
    """A worker has used up the CPU time that its process may take (RLIMIT_CPU of setrlimit(2))."""


def default_jobs() -> int:
    """One job for each core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fork_map(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    tick: Tick = lambda n: None,
    fewest: int = FEWEST,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """`[work(item) for item in items]`, in that order, by `jobs` processes if there are `fewest` items.

    `tick(n)` is called as n more items are done. An exception of `work` is raised here. What others will need
    is made ready `meanwhile` by this process, if it would else wait.
    """
    if jobs < 2 or len(items) < fewest or not hasattr(os, "fork"):
        results = []
        for item in items:
            results.append(work(item))
            tick(1)
        return results
    return _fork(work, items, jobs, tick, min(CHUNK, fewest), meanwhile)


def _fork(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    tick: Tick,
    chunk: int,
    meanwhile: Callable[[], None],
) -> list[R]:
    # Loaded here: most builds have too little to do for several processes.
    import multiprocessing
    import pickle

    context = multiprocessing.get_context("fork")
    following = context.Value("q", 0)

    def take() -> Sequence[int]:
        """The numbers of the next items; fewer towards the end, where one would wait for the other."""
        with following.get_lock():
            start: int = following.value
            following.value = end = start + max(1, min(chunk, (len(items) - start) // (2 * jobs)))
        return range(start, min(end, len(items)))

    def labour(answers: Connection, readers: list[Connection]) -> None:
        # Whoever interrupts a build speaks to the parent, which ends the workers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # A limit of the CPU time ends a worker at once, wherever it is.
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        # Nobody but the parent may hold the reading ends: when it is gone, writing ends the worker.
        for reader in readers:
            reader.close()
        gc.enable()
        while numbers := take():
            try:
                done = [work(items[number]) for number in numbers]
            except Exception as error:  # it is raised again in the parent
                answers.send((numbers[0], error))
                return
            try:
                answers.send_bytes(pickle.dumps((numbers[0], done)))
            except (pickle.PicklingError, TypeError, AttributeError) as error:
                answers.send((numbers[0], WorkerError(f"a result cannot be sent back: {error}")))
                return
        answers.send(None)

    listening: dict[Connection, Any] = {}
    # Freed at once. From then on the C library keeps up to twice as much of what is freed for what comes
    # next, instead of giving it back after each page and asking again (M_MMAP_THRESHOLD in mallopt(3)).
    bytes(ROOM)
    # What workers inherit is never garbage of theirs; looking at it would also copy its pages.
    gc.freeze()
    workers: list[Any] = []
    try:
        # An interruption waits until every worker is known to those who end them.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(jobs):
                ours, theirs = context.Pipe(duplex=False)
                worker = context.Process(target=labour, args=(theirs, [*listening, ours]), daemon=True)
                worker.start()
                theirs.close()
                listening[ours] = worker
                workers.append(worker)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        meanwhile()
        results = _listen(listening, tick)
    finally:
        gc.unfreeze()
        for worker in workers:
            if listening:
                worker.terminate()
            worker.join()
    return [result for start in sorted(results) for result in results[start]]


def ended_with(code: int | None) -> WorkerError:
    """The error for a worker that ended with this exit code and without an answer."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return CpuTimeError("a worker has used up its CPU time")
    return WorkerError(f"a worker ended with exit code {code}; has memory run out?")


def _listen(listening: dict[Connection, Any], tick: Tick) -> dict[int, list[Any]]:
    """The results of all workers by the number of their first item; takes out whoever has no more."""
    from multiprocessing.connection import Connection, wait

    results: dict[int, list[Any]] = {}
    while listening:
        for ready in wait(list(listening)):
            assert isinstance(ready, Connection)
            try:
                message = ready.recv()
            except EOFError:
                worker = listening[ready]
                worker.join()
                raise ended_with(worker.exitcode) from None
            if message is None:
                del listening[ready]
            elif isinstance(message[1], Exception):
                raise message[1]
            else:
                results[message[0]] = message[1]
                tick(len(message[1]))
    return results
