"""Runs one function over many items in forked processes.

Forked, so that workers inherit everything that was read without pickling; only results are sent.
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
"""Below this many items, forking costs more than it saves, unless the caller knows better."""

CHUNK = 64
"""The most items that a worker takes at a time; fewer if fewer are worth a process.

Neighbouring items often depend on the same values, which one worker then computes once.
"""

ROOM = 8 << 20
"""Blocks up to this many bytes are reused; the largest texts of a build are smaller."""

Tick = Callable[[int], None]


OVER_TIME = -int(getattr(signal, "SIGXCPU", 24))
"""The exit code of a process that has used up its CPU time (RLIMIT_CPU of setrlimit(2))."""


class WorkerError(OSError):
    """A worker died without a result; the text says how."""


class LimitReachedError(WorkerError):
    """Work has used up what the system lets a process take; the text says what."""


class CpuTimeError(LimitReachedError):
    """A worker has used up the CPU time that its process may take (RLIMIT_CPU of setrlimit(2))."""


class NoMemoryError(LimitReachedError):
    """An item takes more memory than its process may have; the text is the item's path, or what it is."""


def done(work: Callable[[T], R], item: T) -> R:
    """`work(item)`. Raises `NoMemoryError`, which names the item, where memory runs out."""
    try:
        return work(item)
    except MemoryError:
        raise NoMemoryError(str(getattr(item, "path", item))) from None


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

    `tick(n)` is called as n more items are done. An exception of `work` is raised here. While the workers
    run, this process calls `meanwhile` to prepare what comes next.
    """
    if jobs < 2 or len(items) < fewest or not hasattr(os, "fork"):
        results = []
        for item in items:
            results.append(done(work, item))
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
        """The numbers of the next items; fewer towards the end, when one worker would wait for another."""
        with following.get_lock():
            start: int = following.value
            following.value = end = start + max(1, min(chunk, (len(items) - start) // (2 * jobs)))
        return range(start, min(end, len(items)))

    def labour(answers: Connection, readers: list[Connection]) -> None:
        # Ctrl-C is handled by the parent, which ends the workers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # Let a limit of the CPU time end a worker at once.
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        # Only the parent may hold the reading ends: if it dies, writing to the pipe ends the worker.
        for reader in readers:
            reader.close()
        gc.enable()
        while numbers := take():
            try:
                answers_of = [done(work, items[number]) for number in numbers]
            except Exception as error:  # it is raised again in the parent
                answers.send((numbers[0], error))
                return
            try:
                answers.send_bytes(pickle.dumps((numbers[0], answers_of)))
            except (pickle.PicklingError, TypeError, AttributeError) as error:
                answers.send((numbers[0], WorkerError(f"a result cannot be sent back: {error}")))
                return
        answers.send(None)

    listening: dict[Connection, Any] = {}
    # From the first free on, the C library keeps up to twice as much freed memory for reuse, instead of
    # returning it after each page and asking again (M_MMAP_THRESHOLD in mallopt(3)).
    bytes(ROOM)
    # Inherited objects are never garbage of a worker; looking at them would also copy their pages.
    gc.freeze()
    workers: list[Any] = []
    try:
        # An interruption has to wait until every worker is in the list of those to end.
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
    if code == OVER_TIME:
        return CpuTimeError("a worker has used up its CPU time")
    return WorkerError(f"a worker ended with exit code {code}; has memory run out?")


def _listen(listening: dict[Connection, Any], tick: Tick) -> dict[int, list[Any]]:
    """The results of all workers by the number of their first item; removes workers that are done."""
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
