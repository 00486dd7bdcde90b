"""A bare repository, read by plumbing alone: nothing that it configures or holds is run."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

NOTHING = "0" * 40
"""How git writes that a ref is not there."""

_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "log.showSignature=false")
_OBJECTS = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


class GitError(Exception):
    """Git refused; says what."""


class Entry(Struct, frozen=True):
    """A file in a commit. `mode` as git writes it; `size` in bytes, 0 for what is no file."""

    mode: str
    blob: str
    size: int

    @property
    def is_file(self) -> bool:
        """Whether it is a plain file: neither a link nor a submodule."""
        return self.mode in ("100644", "100755")


class Repository(Struct, frozen=True):
    """A bare repository; `quarantine` names where the objects of a push lie that is not accepted yet."""

    path: Path
    quarantine: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def in_hook(cls, path: Path) -> Repository:
        """The repository as a hook sees it, with what is being pushed."""
        return cls(path, {name: os.environ[name] for name in _OBJECTS if name in os.environ})

    def run(self, *arguments: str, feed: bytes | None = None) -> bytes:
        """What git says. Raises `GitError`."""
        command = [*self.command, *arguments]
        try:
            done = subprocess.run(command, env=self.environment, input=feed, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            said = getattr(error, "stderr", b"") or str(error).encode()
            raise GitError(f"git {arguments[0]}: {said.decode(errors='replace').strip()}") from None
        return done.stdout

    @property
    def command(self) -> list[str]:
        """How git is called on this repository, up to the name of the command."""
        return ["git", *_SETTINGS, f"--git-dir={self.path}"]

    @property
    def environment(self) -> dict[str, str]:
        """The caller's environment without what git reads in it, but for the objects of the push."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        # Who may push refs could else put one object in the place of another.
        return {**plain, "GIT_NO_REPLACE_OBJECTS": "1", **self.quarantine}

    def head(self, branch: str) -> str:
        """The commit of a branch; empty if there is none."""
        try:
            # Not `rev-parse`, which tries other places for a name that it does not find.
            return self.run("show-ref", "--verify", "--hash", f"refs/heads/{branch}").decode().strip()
        except GitError:
            return ""

    def listing(self, commit: str) -> dict[str, Entry]:
        """Every file of a commit by path."""
        found = {}
        for line in self.run("ls-tree", "-r", "-z", "-l", "--full-tree", commit).split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                mode, _, blob, size = about.decode().split()
                found[path.decode("utf-8", "surrogateescape")] = Entry(
                    mode, blob, 0 if size == "-" else int(size)
                )
        return found

    def changed(self, old: str, new: str) -> list[str]:
        """The paths that differ between two commits; all of `new` if there is no `old`."""
        if not old:
            return sorted(self.listing(new))
        names = self.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
        return sorted(name.decode("utf-8", "surrogateescape") for name in names.split(b"\0") if name)

    def bases(self, one: str, other: str) -> list[str]:
        """The commits from which two have gone apart, several if both were merged into each other."""
        try:
            return self.run("merge-base", "--all", one, other).decode().split()
        except GitError:
            return []

    def commit(self, name: str) -> str:
        """The commit that an object is or, if it is a tag, stands for; empty if that is none."""
        try:
            return self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
        except GitError:
            return ""

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` goes on from `old`."""
        try:
            self.run("merge-base", "--is-ancestor", old, new)
        except GitError:
            return False
        return True

    def blobs(self, names: Iterable[str]) -> Iterator[bytes]:
        """The contents of blobs, in order."""
        wanted = list(names)
        if not wanted:
            return
        command = [*self.command, "cat-file", "--batch"]
        with subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for name in wanted:
                # One at a time: neither side can then wait for the other with a full pipe.
                process.stdin.write(f"{name}\n".encode())
                process.stdin.flush()
                about = process.stdout.readline().split()
                if len(about) != 3 or about[1] != b"blob":
                    raise GitError(f"{name} is no file of this repository")
                yield process.stdout.read(int(about[2]))
                process.stdout.read(1)
            process.stdin.close()
