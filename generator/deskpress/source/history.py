"""When files were last committed, according to git: the same in every full clone."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from datetime import MAXYEAR, UTC, datetime, tzinfo
from pathlib import Path

from msgspec import Struct

from deskpress.engine.blob_store import load, save
from deskpress.model.patterns import lazy_pattern

_COMMIT = lazy_pattern("[0-9a-f]{40}(?:[0-9a-f]{24})?")

_CHUNK = 1 << 18
"""Bytes of git's log that are read at a time."""

SECONDS = 60
"""Seconds that git may take; after that, the build goes on without dates."""


class History(Struct, frozen=True):
    """The committer's time of the last commit on each file, by path, as of the commit `head`.

    `scope` identifies the folder whose files they are, and what was left out of it.
    """

    head: str
    scope: str
    commits: dict[str, datetime]


class Past(Struct, frozen=True):
    """A bare repository whose commit `head` has the files of `tree`, and the environment for git there."""

    repository: Path
    head: str
    tree: Path
    environment: Mapping[str, str]


def read_history(
    root: Path,
    left_out: str,
    memory: Path,
    key: bytes,
    timezone: tzinfo,
    say: Callable[[str], None],
    past: Past | None = None,
) -> dict[str, datetime]:
    """The last commit on each file below `root` except in the folder `left_out`; empty without git.

    The result is stored in `memory`, under the `key`, until there is another commit. A shallow clone knows
    too little of the past, so the result is empty there, and the log says so.
    """
    folder = root.resolve()
    if past is not None:
        return _localised(_bare_history(past, folder, left_out, memory, key), timezone)
    above = (path / ".git" for path in (folder, *folder.parents))
    git = next((path for path in above if path.exists()), None)
    head, shallow = head_of(git) if git else ("", False)
    if not head:
        return {}
    if shallow:
        say("This clone is shallow: pages show no last change. Fetch the whole history to show it.")
        return {}
    assert git is not None  # there is a commit
    scope = _scope(folder.relative_to(git.parent).as_posix(), left_out)
    known = _remembered(memory, key, scope)
    if known is None or known.head != head:
        commits = _commits(
            folder,
            *("log", "--no-renames", "--relative", "--name-only", "-z", "--format=%x01%ct", "--", "."),
            f":(exclude){left_out}",
        )
        if commits is None:
            return {}
        known = History(head, scope, commits)
        save(memory, known, key)
    return _localised(known.commits, timezone)


def _scope(folder: str, left_out: str) -> str:
    return f"{folder}\n{left_out}"


def _remembered(memory: Path, key: bytes, scope: str) -> History | None:
    """The stored result, if it is for these files."""
    known = load(memory, History, key)
    return known if known and known.scope == scope else None


def _localised(commits: Mapping[str, datetime], timezone: tzinfo) -> dict[str, datetime]:
    return {path: instant.astimezone(timezone) for path, instant in commits.items()}


def _bare_history(past: Past, folder: Path, left_out: str, memory: Path, key: bytes) -> dict[str, datetime]:
    """The same from a bare repository; if the new commits are a straight line, only these are read."""
    inside = folder.relative_to(past.tree.resolve()).as_posix()
    where = f"{inside}/" if inside != "." else ""
    scope = _scope(inside, left_out)
    known = _remembered(memory, key, scope)
    if known is not None and known.head == past.head:
        return known.commits

    def log(commits: str) -> dict[str, datetime] | None:
        return _commits(
            past.repository,
            *("log", "--no-renames", f"--relative={where}", "--name-only", "-z", "--format=%x01%ct"),
            *(commits, "--", f":(top){where}", f":(top,exclude){where}{left_out}"),
            environment=past.environment,
        )

    commits: dict[str, datetime] = {}
    if known is not None and _is_line(past, known.head):
        new = log(f"{known.head}..{past.head}")
        commits = known.commits | new if new is not None else {}
    if not commits:
        whole = log(past.head)
        if whole is None:
            return {}
        commits = whole
    save(memory, History(past.head, scope, commits), key)
    return commits


def _is_line(past: Past, old: str) -> bool:
    """Whether the commits since `old` form a straight line: then the known result can be extended."""
    merges = _git(
        past.repository,
        *("rev-list", "--count", "--min-parents=2", f"{old}..{past.head}"),
        environment=past.environment,
    )
    base = _git(past.repository, "merge-base", old, past.head, environment=past.environment)
    return (merges or "").strip() == "0" and (base or "").strip() == old


def head_of(git: Path) -> tuple[str, bool]:
    """The commit that is checked out, nothing if there is none, and whether the clone is shallow."""
    # Running git takes longer than the rest of a build with nothing to do; mostly reading one file is enough.
    try:
        branch = git / (git / "HEAD").read_text().strip().removeprefix("ref: ")
        head = branch.read_text().strip()
    except OSError:  # a worktree, a packed or a detached head
        head = ""
    if _COMMIT.fullmatch(head):
        return head, (git / "shallow").exists()
    answer = _git(git.parent, "rev-parse", "HEAD", "--is-shallow-repository") or ""
    head, _, shallow = answer.strip().partition("\n")
    return (head, shallow == "true") if shallow else ("", False)


def _commits(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> dict[str, datetime] | None:
    """The time of the last commit on each path in git's log, read as it comes; None if git cannot tell."""
    from subprocess import SubprocessError

    try:
        with closing(git_parts(folder, arguments, environment)) as parts:
            return _parsed(parts)
    except (OSError, SubprocessError):
        return None


def _parsed(parts: Iterable[str]) -> dict[str, datetime]:
    """The first, and so newest, time listed before each path."""
    found: dict[str, datetime] = {}
    instant: datetime | None = None
    for part in parts:
        name = part.removeprefix("\n")
        if name.startswith("\x01"):
            time, _, name = name[1:].partition("\n")
            instant = instant_of(time)
        if name and instant is not None:
            found.setdefault(name, instant)
    return found


def instant_of(seconds: str) -> datetime | None:
    """The time of a commit, which can be any number; None for one outside of the calendar."""
    try:
        found = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if 1 < found.year < MAXYEAR else None


def git_parts(
    folder: Path, arguments: tuple[str, ...], environment: Mapping[str, str] | None
) -> Generator[str, None, None]:
    """The output of git, split at NUL. Raises `OSError` or `SubprocessError`, also when it takes too long."""
    import subprocess  # loads slowly, and git is seldom run
    from threading import Timer

    command = _command(arguments)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment or _environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        timer = Timer(SECONDS, process.kill)
        timer.start()
        rest = b""
        try:
            assert process.stdout is not None
            while chunk := process.stdout.read(_CHUNK):
                *whole, rest = (rest + chunk).split(b"\0")
                yield from (part.decode("utf-8", "surrogateescape") for part in whole)
        except BaseException:
            process.kill()
            raise
        finally:
            timer.cancel()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


def _git(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> str | None:
    """The output of git, if it is short; None if git fails."""
    import subprocess

    try:
        done = subprocess.run(
            _command(arguments),
            cwd=folder,
            env=environment or _environment(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "surrogateescape")


def _environment() -> dict[str, str]:
    # Only the repository itself counts, not the user's settings.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**plain, "GIT_NO_REPLACE_OBJECTS": "1"}


def _command(arguments: tuple[str, ...]) -> list[str]:
    # Run nothing that the repository configures.
    settings = ("-c", "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
    return ["git", *settings, *arguments]
