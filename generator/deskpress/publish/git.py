"""A bare repository, read with plumbing commands only: nothing that it configures or holds is run."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from msgspec import Struct, field

from deskpress.publish.bounds import bound
from deskpress.publish.limits import LimitError, Limits, Tally

NOTHING = "0" * 40
"""Git's id for a ref that does not exist."""

_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "log.showSignature=false")
_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")

_CHUNK = 1 << 18
"""Bytes that are read at a time."""

_RECORD = 1 << 14
"""The most bytes of one record of git's output: paths have at most 4,096 bytes on supported systems."""

_TREE = "040000"


class GitError(Exception):
    """Git reported an error."""


class TreeEntry(Struct, frozen=True):
    """A file in a commit. `mode` as in git; `size` in bytes, 0 if it is not a file."""

    mode: str
    blob: str
    size: int

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file: neither a link nor a submodule."""
        return self.mode in ("100644", "100755")


class Repository(Struct, frozen=True):
    """A bare repository; `quarantine` is the folder with the objects of a push that is not accepted yet.

    `memory` (bytes) and `seconds` (CPU time) limit each git process; 0 means no limit.
    """

    path: Path
    quarantine: Mapping[str, str] = field(default_factory=dict)
    memory: int = 0
    seconds: int = 0

    @classmethod
    def in_hook(cls, path: Path, *, memory: int = 0, seconds: int = 0) -> Repository:
        """The repository as a hook sees it, with what is being pushed."""
        return cls(path, {name: os.environ[name] for name in _OBJECTS if name in os.environ}, memory, seconds)

    def run(self, *arguments: str, feed: bytes | None = None, within: float | None = None) -> bytes:
        """The output of git, if it is short. It may last `within` so many seconds. Raises `GitError`."""
        try:
            stdin = subprocess.DEVNULL if feed is None else subprocess.PIPE
            with self._start(arguments, stdin) as process:
                try:
                    said, complaint = process.communicate(feed, within)
                except subprocess.TimeoutExpired:
                    # What it has started, such as ssh, is not waited for.
                    process.kill()
                    raise GitError(f"git {arguments[0]}: it has not finished within {within:,} s") from None
                except BaseException:
                    process.kill()
                    raise
        except OSError as error:
            raise GitError(f"git {arguments[0]}: {error}") from None
        self._check(process, arguments[0], complaint)
        return said

    def records(self, *arguments: str, feed: bytes = b"") -> Generator[bytes, None, None]:
        """The output of git for the input `feed`, a record at a time, each ended by NUL.

        When the caller stops reading, git is ended. Raises `GitError`, and `LimitError` for a record that is
        longer than any path may be.
        """
        return self._split(b"\0", arguments, feed)

    def lines(self, *arguments: str, feed: bytes = b"") -> Generator[bytes, None, None]:
        """The same for commands that end their records by a newline."""
        return self._split(b"\n", arguments, feed)

    def _split(self, end: bytes, arguments: tuple[str, ...], feed: bytes) -> Generator[bytes, None, None]:
        rest = b""
        with contextlib.closing(self._stream(arguments, feed)) as chunks:
            for chunk in chunks:
                *whole, rest = (rest + chunk).split(end)
                yield from whole
                if len(rest) > _RECORD:
                    raise LimitError("A path is longer than systems can hold.")
        if rest:
            raise GitError(f"git {arguments[0]}: the answer is cut off")

    def _stream(self, arguments: tuple[str, ...], feed: bytes) -> Generator[bytes, None, None]:
        with _given(feed) as stdin:
            process = self._start(arguments, stdin)
        with process:
            assert process.stdout is not None
            assert process.stderr is not None
            complaint: list[bytes] = []
            drain = threading.Thread(target=_drain, args=(process.stderr, complaint), daemon=True)
            drain.start()
            try:
                while chunk := process.stdout.read1(_CHUNK):  # type: ignore[attr-defined]  # it is buffered
                    yield chunk
            except BaseException:
                process.kill()
                raise
            finally:
                drain.join()
        self._check(process, arguments[0], b"".join(complaint))

    def _start(self, arguments: tuple[str, ...], stdin: int | IO[bytes]) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [*self.command, *arguments],
            env=self.environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        bound(process.pid, self.memory, self.seconds)
        return process

    def _check(self, process: subprocess.Popen[bytes], name: str, complaint: bytes) -> None:
        code = process.returncode
        if code == 0:
            return
        said = complaint.decode(errors="replace").strip()
        if code == -getattr(signal, "SIGXCPU", 24):
            said = f"took more than {self.seconds} seconds of CPU time"
        raise GitError(f"git {name}: {said or f'ended with {code}'}")

    @property
    def command(self) -> list[str]:
        """How git is called on this repository, up to the name of the command."""
        return ["git", *_SETTINGS, f"--git-dir={self.path}"]

    @property
    def environment(self) -> dict[str, str]:
        """The caller's environment without git's variables, except for the objects of the push."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        # Otherwise pushed refs (refs/replace) could substitute objects.
        return {**plain, "GIT_NO_REPLACE_OBJECTS": "1", **self.quarantine}

    def head(self, branch: str) -> str:
        """The commit of a branch; empty if it does not exist."""
        try:
            # Not `rev-parse`, which tries other places for a missing name.
            return self.run("show-ref", "--verify", "--hash", f"refs/heads/{branch}").decode().strip()
        except GitError:
            return ""

    def listing(
        self, commit: str, tally: Tally | None = None, keep: Callable[[str], bool] = lambda path: True
    ) -> dict[str, TreeEntry]:
        """The files of a commit by path, those selected by `keep`, counted by `tally` while they are read.

        Folders count, too: a few objects may describe any number of empty ones. Several listings that make
        one site share a tally. Raises `LimitError` as soon as a limit is passed, and `GitError`.
        """
        counted = tally or Tally(Limits())
        # Files that are not selected do not count, but reading them takes time.
        unwanted = Tally(counted.limits)
        found: dict[str, TreeEntry] = {}
        modes: dict[bytes, str] = {}
        with contextlib.closing(
            self.records("ls-tree", "-r", "-t", "-z", "-l", "--full-tree", commit)
        ) as records:
            for record in records:
                about, _, name = record.partition(b"\t")
                mode, _, blob, size = about.split()
                path = name.decode("utf-8", "surrogateescape")
                if not keep(path):
                    unwanted.add(name)
                    continue
                if size != b"-" and not size.isdigit():
                    raise GitError(f"{path}: the object {blob.decode()} is missing")
                entry_size = 0 if size == b"-" else int(size)
                counted.add(name, entry_size)
                kind = modes.setdefault(mode, mode.decode())
                if kind != _TREE:
                    found[path] = TreeEntry(kind, blob.decode(), entry_size)
        return found

    def bases(self, one: str, other: str) -> list[str]:
        """The merge bases of two commits; several if both were merged into each other."""
        try:
            return self.run("merge-base", "--all", one, other).decode().split()
        except GitError:
            return []

    def commit(self, name: str) -> str:
        """The commit that an object is or, for a tag, points to; empty if there is none."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
        except GitError:
            return ""

    def tree(self, commit: str) -> str:
        """The tree of a commit: equal if all files are; empty if there is no such commit."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", f"{commit}^{{tree}}").decode().strip()
        except GitError:
            return ""

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` is a descendant of `old`."""
        try:
            self.run("merge-base", "--is-ancestor", old, new)
        except GitError:
            return False
        return True

    def blobs(self, names: Iterable[str]) -> Iterator[bytes]:
        """The contents of blobs, in order, each whole in memory."""
        for chunks in self.contents(names):
            yield b"".join(chunks)

    def contents(self, names: Iterable[str]) -> Iterator[Iterator[bytes]]:
        """The contents of blobs, in order, each in chunks. Raises `GitError`."""
        process: subprocess.Popen[bytes] | None = None
        with contextlib.ExitStack() as stack:
            for name in names:
                if process is None:
                    process = stack.enter_context(self.batch())
                kind, size = ask(process, name)
                if kind != "blob":
                    raise GitError(f"{name} is not a file of this repository")
                assert process.stdout is not None
                chunks = _chunks(process.stdout, name, size)
                yield chunks
                for _ in chunks:
                    pass  # what the caller did not want

    def batch(self, seconds: int = 0) -> subprocess.Popen[bytes]:
        """`cat-file --batch`, ended by the caller; it may take that many `seconds` of CPU time, or any."""
        command = [*self.command, "cat-file", "--batch"]
        process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        bound(process.pid, self.memory, seconds)
        return process


@contextlib.contextmanager
def _given(feed: bytes) -> Iterator[int | IO[bytes]]:
    """The input of a process; a file, because both sides of a pipe could wait for each other."""
    if not feed:
        yield subprocess.DEVNULL
        return
    with TemporaryFile() as file:
        file.write(feed)
        file.seek(0)
        yield file


def ask(process: subprocess.Popen[bytes], name: str) -> tuple[str, int]:
    """Ask `cat-file --batch` for an object: its kind (empty if there is none) and size; its bytes follow."""
    assert process.stdin is not None
    assert process.stdout is not None
    # One at a time: then neither side waits for the other with a full pipe.
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(f"{name}\n".encode())
        process.stdin.flush()
    about = process.stdout.readline().decode(errors="replace").split()
    return (about[1], int(about[2])) if len(about) == 3 else ("", 0)


def answer(process: subprocess.Popen[bytes], size: int) -> bytes:
    """The `size` bytes that follow what `ask` returns, for objects that memory holds."""
    assert process.stdout is not None
    data = process.stdout.read(size)
    process.stdout.read(1)
    return data


def _chunks(stream: IO[bytes], name: str, size: int) -> Iterator[bytes]:
    """`size` bytes and the newline that `cat-file` writes after them."""
    while size:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            raise GitError(f"{name} cannot be read to its end")
        size -= len(chunk)
        yield chunk
    stream.read(1)


def _drain(stream: IO[bytes], into: list[bytes]) -> None:
    """Keep the first thousands of bytes and discard the rest, so that the writer does not block."""
    into.append(stream.read(4096))
    while stream.read(_CHUNK):
        pass
