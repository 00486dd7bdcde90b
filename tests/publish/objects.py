"""Objects of git that no usual command makes: trees of any entries, and commits of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deskpress.publish.remote import Remote
from tests.publish.conftest import Editor


def store(editor: Editor, kind: str, data: bytes) -> str:
    """An object of these bytes, whatever git thinks of them; its name."""
    done = subprocess.run(
        ["git", "hash-object", "-w", "--literally", "-t", kind, "--stdin"],
        cwd=editor.folder,
        env=editor.environment,
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def tree(editor: Editor, *entries: tuple[str, bytes, str]) -> str:
    """A tree of entries: mode, name, object."""
    ordered = sorted(entries, key=lambda e: e[1] + b"/" * (e[0].lstrip("0") == "40000"))
    lines = (f"{mode} ".encode() + name + b"\0" + bytes.fromhex(blob) for mode, name, blob in ordered)
    return store(editor, "tree", b"".join(lines))


def entries(editor: Editor, name: str) -> list[tuple[str, bytes, str]]:
    """The entries of a tree of usual names."""
    found = []
    for line in editor.git("ls-tree", name).said.splitlines():
        about, _, path = line.partition("\t")
        mode, _, blob = about.split()
        found.append((mode.lstrip("0"), path.encode(), blob))
    return found


def commit_with(editor: Editor, *more: tuple[str, bytes, str], where: str = "content") -> str:
    """A commit on HEAD whose content folder holds `more`, which is not in the work tree."""
    new = {name for _, name, _ in more}
    kept = [entry for entry in entries(editor, f"HEAD:{where}") if entry[1] not in new]
    inside = tree(editor, *kept, *more)
    top = [entry for entry in entries(editor, "HEAD") if entry[1] != where.encode()]
    whole = tree(editor, *top, ("40000", where.encode(), inside))
    return editor.git("commit-tree", whole, "-p", "HEAD", "-m", "Objects").said.strip()


def nested(editor: Editor, leaf: tuple[str, bytes, str], levels: int) -> str:
    """A tree in which `leaf` is found 2^levels times; 31 levels of it are 32 small objects."""
    made = tree(editor, leaf)
    for _ in range(levels):
        made = tree(editor, ("40000", b"a", made), ("40000", b"b", made))
    return made


WHO = b"Eve <eve@desk.example> 1333000000 +0000"
FILE, RUNS, LINK, FOLDER, MODULE = "100644", "100755", "120000", "40000", "160000"

Tree = dict[str | bytes, tuple[str, str]]
"""The entries of a folder: mode and object by name."""


@dataclass(frozen=True)
class Objects:
    """A repository whose objects are written as they are given, valid or not."""

    path: Path

    def git(self, *arguments: str, feed: bytes = b"") -> bytes:
        done = subprocess.run(
            ["git", f"--git-dir={self.path}", *arguments], input=feed, capture_output=True, check=True
        )
        return done.stdout

    def write(self, kind: str, data: bytes) -> str:
        return self.git("hash-object", "-w", "--literally", "-t", kind, "--stdin", feed=data).decode().strip()

    def blob(self, data: bytes) -> str:
        return self.write("blob", data)

    def tree(self, entries: Mapping[str | bytes, tuple[str, str]]) -> str:
        """A tree in git's order; names may be anything."""
        raw = {os.fsencode(name): entry for name, entry in entries.items()}
        ordered = sorted(raw.items(), key=lambda item: item[0] + (b"/" if item[1][0] == FOLDER else b""))
        return self.write(
            "tree",
            b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(at) for name, (mode, at) in ordered),
        )

    def commit(self, tree: str, parents: Iterable[str], message: bytes = b"Edit\n") -> str:
        lines = [f"tree {tree}".encode(), *(f"parent {one}".encode() for one in parents)]
        return self.write("commit", b"\n".join([*lines, b"author " + WHO, b"committer " + WHO, b"", message]))

    def entries(self, tree: str) -> Tree:
        found: Tree = {}
        for line in self.git("ls-tree", "-z", tree).split(b"\0"):
            if line:
                about, _, name = line.partition(b"\t")
                mode, _, at = about.decode().split()
                found[os.fsdecode(name)] = (mode.lstrip("0") if mode == "040000" else mode, at)
        return found

    def with_file(self, commit: str, path: str, entry: tuple[str, str]) -> str:
        """The tree of a commit with one path set to `entry`, whatever was there."""
        return self._set(self.entries(f"{commit}^{{tree}}"), path.split("/"), entry)

    def _set(self, entries: Tree, parts: list[str], entry: tuple[str, str]) -> str:
        first, *others = parts
        if others:
            inside = entries.get(first)
            below = self.entries(inside[1]) if inside and inside[0] == FOLDER else {}
            entry = (FOLDER, self._set(below, others, entry))
        return self.tree({**entries, first: entry})


MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "a") as file:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
sys.exit(code)
"""


def measure(server: Remote, into: Path) -> None:
    """Have the hook before a push tell the most memory that it or a process of its took."""
    script = into.with_suffix(".py")
    script.write_text(MEASURE)
    hook = server.repository.path / "hooks/pre-receive"
    usual = hook.read_text().replace("exec ", f"exec {sys.executable} -S {script} {into} ")
    hook.write_text(usual)


def peaks(into: Path) -> list[float]:
    """What was told, in MiB."""
    return [int(line) / 1024 for line in into.read_text().split()]
