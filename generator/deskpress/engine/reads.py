"""Records what other people's code reads while it runs: files, folders, file statuses, variables.

The interpreter reports each file that is opened (`sys.addaudithook`, PEP 578); functions that it does not
report are replaced during the recording. If the code does anything besides reading, or reads something that
cannot be checked again later (programs, the network), the recording ends with `NotLocalError`.
"""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from deskpress.engine.fingerprint import digest, fingerprint

ABSENT = "absent"
"""The answer for something that does not exist."""


class NotLocalError(Exception):
    """The code reads what cannot be checked again, or does more than read; the text says what it does."""


class Stop(BaseException):
    """The same, raised while that code runs, which may catch every `Exception`."""


_OF_PYTHON = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
"""Where installed code lies, whose versions are known."""

_WRITES = frozenset(
    "os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.symlink os.truncate os.utime"
    " shutil.copyfile shutil.copytree shutil.move shutil.rmtree tempfile.mkdtemp tempfile.mkstemp".split()
)
_RUNS = frozenset("os.exec os.fork os.forkpty os.posix_spawn os.spawn os.system subprocess.Popen".split())
_ASKS = ("socket.", "http.client.", "urllib.", "ftplib.", "smtplib.", "sqlite3.")

_variables = os.environ

_recording: Recording | None = None
"""The active recording; code of others runs one piece at a time in a process."""

_told = False


class Recording:
    """What has been read: answers by their questions, `file:`, `folder:`, `status:`, `variable:`.

    Paths are relative to `root` if they are below it. In the folder `scratch`, if there is one, files may be
    written, and then only that is checked; whatever else lies there may not be read. What lies in the folder
    `own` is this program's cache, and not recorded.
    """

    def __init__(self, root: str, scratch: str = "", own: str = "") -> None:
        self.root = root
        self.scratch = scratch
        self.own = own
        self.answers: dict[str, str] = {}

    def note(self, kind: str, path: object) -> None:
        """Note a question with its current answer; the first answer of a question is kept."""
        if isinstance(path, int) or path is None:
            return
        name = os.fsdecode(path)  # type: ignore[arg-type]  # whatever else it is, it is no path
        full = os.path.abspath(name)
        if self.own and _is_in(full, self.own):
            return
        if full.startswith(_OF_PYTHON) or full.endswith(".pyc") or full.startswith(("/proc/", "/dev/")):
            return
        inside = os.path.relpath(full, self.root) if full.startswith(f"{self.root}{os.sep}") else full
        question = f"{kind}:{inside}"
        if question not in self.answers:
            self.answers[question] = answer(question, self.root)


def answer(question: str, root: str) -> str:
    """The current answer to a question of a recording with the same `root`."""
    kind, _, name = question.partition(":")
    if kind == "variable":
        value = _variables.get(name)
        return ABSENT if value is None else digest(value.encode("utf-8", "surrogateescape"))
    path = os.path.join(root, name)
    with paused():
        try:
            if kind == "file":
                with open(path, "rb") as file:
                    return digest(file.read())
            if kind == "folder":
                return fingerprint(sorted(os.listdir(path)))
            found = os.stat(path)
        except OSError:
            return ABSENT
    if stat.S_ISREG(found.st_mode):
        return f"{found.st_mode} {found.st_size} {found.st_mtime_ns}"
    return str(found.st_mode)


def unchanged(answers: Mapping[str, str], root: str, known: dict[str, str]) -> bool:
    """Whether all answers are unchanged; `known` caches current answers and grows."""
    for question, before in answers.items():
        now = known.get(question)
        if now is None:
            now = known[question] = answer(question, root)
        if now != before:
            return False
    return True


@contextmanager
def recording(root: str, scratch: str = "", own: str = "") -> Iterator[Recording]:
    """Record what the block reads, but for what lies in the folder `own`.

    Raises `NotLocalError` where the block must not be believed.
    """
    global _recording, _told  # noqa: PLW0603  # one hook for the process; it cannot be taken away again
    if not _told:
        sys.addaudithook(_hear)
        _told = True
    made, before = Recording(root, scratch, own), _recording
    originals = _replace(scratch)
    _recording = made
    try:
        yield made
    except Stop as error:
        raise NotLocalError(str(error)) from None
    finally:
        _recording = before
        _put_back(originals)


@contextmanager
def writing(scratch: str) -> Iterator[None]:
    """Let the block write files into the empty folder `scratch`, in place of the built site.

    Raises `NotLocalError` if it does anything else there.
    """
    with recording("", scratch):
        yield


@contextmanager
def paused() -> Iterator[None]:
    """Record nothing in the block."""
    global _recording  # noqa: PLW0603  # as above
    before, _recording = _recording, None
    try:
        yield
    finally:
        _recording = before


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    heard = _recording
    if heard is None:
        return
    if heard.scratch:
        _hear_writing(event, arguments, heard.scratch)
        return
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, int) or _is_byte_code(path):
            return  # a file that is open already was told of when it was opened
        if _writes(mode, flags) and not (heard.own and _is_in(path, heard.own)):
            raise Stop(f"it writes `{_shown(path, heard.root)}`")
        heard.note("file", path)
    elif event in ("os.listdir", "os.scandir"):
        heard.note("folder", arguments[0] if arguments[0] is not None else ".")
    elif event in _WRITES and not _is_byte_code(arguments[0]):
        raise Stop(f"it writes `{_shown(arguments[0], heard.root)}`")
    elif event in _RUNS:
        raise Stop("it runs a program")
    elif event.startswith(_ASKS):
        raise Stop("it asks the network or a database")


def _hear_writing(event: str, arguments: tuple[Any, ...], scratch: str) -> None:
    """Check code that writes to `scratch`: it may read anything but files there that it did not write."""
    if event == "open":
        path, mode, flags = arguments
        if _is_in(path, scratch) and not _writes(mode, flags):
            with paused():
                there = os.path.exists(path)
            if not there:
                raise Stop("it reads the site that was built")
        elif _writes(mode, flags) and not _is_in(path, scratch) and isinstance(path, str | os.PathLike):
            raise Stop(f"it writes `{os.fspath(path)}`")
    elif event in ("os.listdir", "os.scandir") and _is_in(arguments[0], scratch):
        raise Stop("it reads the site that was built")
    elif event in ("os.remove", "os.rename", "os.rmdir", "shutil.rmtree") and _is_in(arguments[0], scratch):
        raise Stop("it changes the site that was built")
    elif event in ("os.symlink", "os.link"):
        raise Stop("it makes links")
    elif event in _RUNS:
        raise Stop("it runs a program")


def _is_in(path: object, folder: str) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    full = os.path.abspath(os.fsdecode(path))
    return full == folder or full.startswith(f"{folder}{os.sep}")


def _is_byte_code(path: object) -> bool:
    """Whether Python keeps there what it compiles as it imports a module."""
    return isinstance(path, str | bytes | os.PathLike) and "__pycache__" in os.fsdecode(path).split(os.sep)


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _shown(path: object, root: str) -> str:
    name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path)
    full = os.path.abspath(name)
    return os.path.relpath(full, root) if full.startswith(root) else name


def _noting(function: Callable[..., Any]) -> Callable[..., Any]:
    def asked(path: Any, *arguments: Any, **keywords: Any) -> Any:
        if _recording is not None and not _recording.scratch:
            _recording.note("status", path)
        elif _recording is not None and _is_in(path, _recording.scratch) and _is_missing_file(path, function):
            raise Stop("it asks for a file of the site that was built")
        return function(path, *arguments, **keywords)

    return asked


def _is_missing_file(path: Any, function: Callable[..., Any]) -> bool:
    """Whether this is a missing file (it has an extension); folders are tested before they are made."""
    name = os.path.basename(os.fsdecode(path))
    try:
        with paused():
            function(path)
    except TypeError:  # `os.access` checks more
        return False
    except OSError:
        return "." in name
    return False


class _Variables(dict[Any, Any]):
    """The environment as the recorded code sees it."""

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        self.given = given

    def __getitem__(self, name: Any) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def get(self, name: Any, default: Any = None) -> Any:
        self._note(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def copy(self) -> dict[Any, Any]:
        raise Stop("it reads all variables of the environment")

    def __iter__(self) -> Iterator[Any]:
        raise Stop("it reads all variables of the environment")

    def _note(self, name: object) -> None:
        if _recording is not None and not _recording.scratch:
            question = f"variable:{name}"
            _recording.answers.setdefault(question, answer(question, ""))

    def __setitem__(self, name: Any, value: Any) -> None:
        raise Stop(f"it sets the variable `{name}` of the environment")


def _replace(scratch: str) -> dict[str, Any]:
    before = {name: getattr(os, name) for name in ("stat", "lstat", "access", "environ")}
    for name in ("stat", "lstat", "access"):
        setattr(os, name, _noting(before[name]))
    if not scratch and not isinstance(before["environ"], _Variables):
        os.environ = _Variables(before["environ"])  # type: ignore[assignment]  # noqa: B003  # put back below
    return before


def _put_back(originals: dict[str, Any]) -> None:
    for name, function in originals.items():
        setattr(os, name, function)
