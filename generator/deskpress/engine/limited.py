"""Runs one function over many items in forked processes, and bounds the CPU time and the memory of each item.

The kernel ends a process whose item takes too long (`ITIMER_PROF` of setitimer(2), which counts user and
system time; SIGPROF ends a process by default). So nothing can keep running there: neither a long match of
`re`, nor a C or Rust library, nor code that catches every exception. No partial state is left behind either,
since it ends with the process. CPU time counts, not wall-clock time: it does not matter how busy the machine
is.
"""

from __future__ import annotations

import errno
import gc
import math
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct, field

from deskpress.engine.pool import OVER_TIME, Tick, WorkerError, ended_with

if TYPE_CHECKING:
    from multiprocessing.connection import Connection  # loaded in `limited_map`
    from multiprocessing.context import ForkProcess

T = TypeVar("T")
R = TypeVar("R")

DEFAULT_SECONDS = 4.0
"""CPU seconds for a text by default. A text of 200 kB takes half a second at most."""

CHUNK = 16
"""The most items that a worker takes at a time."""

OFTEN = 0.05
"""CPU seconds after which a worker sends its results; results that were not sent are computed again."""

ENDED = -int(getattr(signal, "SIGPROF", 0))
"""The exit code of a process that the kernel ended because its time was up."""


NO_MEMORY = errno.ENOMEM
"""The exit code of a process whose item took more memory than allowed."""


class Limit(Struct, frozen=True):
    """How much CPU time work may take, in seconds: `each` item, and all items in `total`.

    Once `most` items were ended, no further item is started. `memory` is what a process may take in addition
    to what it inherits, in bytes, on systems that can limit it (Linux); 0 for no limit.
    """

    each: float
    total: float = math.inf
    most: int = 5
    memory: int = 0


class Limited(Struct, Generic[R]):
    """The outcome of each item, by its number: its result, or the exit code of the process that was `ended`.

    `seconds` are the CPU seconds of those with a result, `spent` is their sum. An item in neither was not
    done, or its result not sent, when the limit for all of them was reached.
    """

    results: dict[int, R] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)
    spent: float = 0.0

    def is_spent(self, limit: Limit) -> bool:
        """Whether no further item may be started."""
        return len(self.ended) >= limit.most or self.spent + limit.each * len(self.ended) > limit.total


class _Worker(Struct):
    """A process and the items it has to do first: `again` are those that another did but did not send.

    `place` is shared memory, three signed 64-bit numbers: the current item (-1 for none), and the first and
    the last (exclusive) of those that it took.
    """

    process: ForkProcess
    place: Any
    again: Sequence[int]

    def unsent(self, done: Limited[Any]) -> list[int]:
        """The items whose results are lost with the process."""
        at, start, stop = self.place
        return [n for n in (*self.again, *range(start, stop)) if n != at and n not in done.results]


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

    `tick(n)` is called as n more items are done. An exception of `work` is raised here. While the workers
    run, this process calls `meanwhile` to prepare what comes next. Raises `WorkerError` if a result cannot be
    sent.
    """
    # Loaded here, as in `pool`.
    import multiprocessing
    from multiprocessing.connection import Connection, wait

    context = multiprocessing.get_context("fork")
    following = context.Value("q", 0)

    def take(place: Any) -> Sequence[int]:
        """The numbers of the next items, noted at `place`; fewer towards the end, as in `pool`."""
        with following.get_lock():
            begin: int = following.value
            end = min(len(items), begin + max(1, min(CHUNK, (len(items) - begin) // (2 * jobs))))
            following.value = place[2] = end
            place[1] = begin
        return range(begin, end)

    def labour(answers: Connection, readers: list[Connection], place: Any, again: Sequence[int]) -> None:
        # As in `pool`: the parent ends the workers, and no other process holds the reading ends.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        for reader in readers:
            reader.close()
        gc.enable()
        _answer_all(work, items, limit, answers, place, again or take(place), lambda: take(place))

    done: Limited[R] = Limited()
    listening: dict[Connection, _Worker] = {}
    workers: list[_Worker] = []

    def start(again: Sequence[int] = ()) -> None:
        # An interruption has to wait until the worker is in the list of those to end.
        masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            ours, theirs = context.Pipe(duplex=False)
            place = context.RawArray("q", (-1, 0, 0))
            arguments = (theirs, [*listening, ours], place, again)
            process = context.Process(target=labour, args=arguments, daemon=True)
            process.start()
            theirs.close()
            listening[ours] = worker = _Worker(process, place, again)
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
                if worker := _heard(ready, listening, done, tick):
                    start(worker.unsent(done))
    finally:
        gc.unfreeze()
        for worker in workers:
            if listening:
                worker.process.kill()
            worker.process.join()
    return done


def _bound_memory(amount: int) -> None:
    """Let this process take that many bytes more than it has, if the system can limit it."""
    try:
        from resource import RLIMIT_DATA, getrlimit, setrlimit

        # Data, and private mappings of memory (proc_pid_statm(5), `data`), as RLIMIT_DATA counts them.
        taken = int(Path("/proc/self/statm").read_text().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, OSError):
        return
    soft, hard = getrlimit(RLIMIT_DATA)
    allowed = min((one for one in (taken + amount, soft, hard) if one >= 0), default=-1)
    if amount:
        setrlimit(RLIMIT_DATA, (allowed, hard))


def _answer_all(
    work: Callable[[T], R],
    items: Sequence[T],
    limit: Limit,
    answers: Connection,
    place: Any,
    numbers: Sequence[int],
    take: Callable[[], Sequence[int]],
) -> None:
    """Do these items and all that are left to `take`; send their results."""
    _bound_memory(limit.memory)
    while numbers:
        try:
            for answer in _answers(work, items, numbers, limit, place):
                answers.send_bytes(answer)
        except Exception as error:  # it is raised again in the parent
            answers.send(error)
            return
        numbers = take()
    answers.send(None)


def _answers(
    work: Callable[[T], R], items: Sequence[T], numbers: Sequence[int], limit: Limit, place: Any
) -> Iterator[bytes]:
    """What a worker sends: the number, CPU seconds and result of one or several items."""
    import pickle

    batch: list[tuple[int, float, R]] = []
    spent = 0.0
    for number in numbers:
        place[0] = number
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, limit.each)
        try:
            result = work(items[number])
        except MemoryError:
            # Exit at once: anything more would need memory, too. `place` tells the parent the item.
            os._exit(NO_MEMORY)
        except SystemError as error:
            # The message of C code that ran out of memory without setting an exception.
            if "without exception set" in str(error):
                os._exit(NO_MEMORY)
            raise
        finally:
            # A worker that ends here holds neither the lock of the numbers nor half a message in the pipe.
            signal.setitimer(signal.ITIMER_PROF, 0)
            place[0] = -1
        seconds = time.process_time() - began
        batch.append((number, seconds, result))
        spent += seconds
        if spent < OFTEN and number != numbers[-1]:
            continue
        try:
            answer = pickle.dumps(batch)
        except (pickle.PicklingError, TypeError, AttributeError, MemoryError) as error:
            raise WorkerError(f"a result cannot be sent back: {error!r}") from error
        yield answer
        batch, spent = [], 0.0


def _heard(
    ready: Connection, listening: dict[Connection, _Worker], done: Limited[R], tick: Tick
) -> _Worker | None:
    """Add what a worker sent to `done`; return the worker if it was ended and must be replaced."""
    try:
        message = ready.recv()
    except EOFError:
        worker = listening.pop(ready)
        worker.process.join()
        code, number = worker.process.exitcode, worker.place[0]
        # The time of the process (RLIMIT_CPU) is not that of the item at which it is used up.
        if code is None or number < 0 or code == OVER_TIME:
            raise ended_with(code) from None
        done.ended[number] = code
        tick(1)
        return worker
    if message is None:
        del listening[ready]
        return None
    if isinstance(message, Exception):
        raise message
    for number, seconds, result in message:
        done.results[number], done.seconds[number] = result, seconds
        done.spent += seconds
    tick(len(message))
    return None
