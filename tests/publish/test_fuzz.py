"""Random pushes of an editor who means harm; after each, an ordinary push goes live."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deskpress.publish.remote import Remote
from tests.conftest import Site
from tests.publish.attacks import ATTACKS, World
from tests.publish.conftest import ENVIRONMENT, deskpress
from tests.publish.objects import FILE, Objects, measure, peaks

pytestmark = pytest.mark.slow
PUSHES = int(os.environ.get("DESKPRESS_PUSHES", "15"))
SEED = int(os.environ.get("DESKPRESS_SEED", "18"))
A_SERVER = 50
"""Pushes to one server: what is accepted stays there, and a site of thousands of odd pages is slow."""

MEMORY = 300
"""MiB that the hook, or a process that it starts, may take."""

CPU_SECONDS = 60
EVE = {**ENVIRONMENT, "DESKPRESS_PUSHER": "eve"}


@dataclass
class Figures:
    """What the pushes came to; memory in MiB of the largest process, times in seconds of a push."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    memory: float = 0.0
    cpu: float = 0.0
    wall: float = 0.0
    ordinary: float = 0.0

    def __str__(self) -> str:
        kinds = sorted({*self.accepted, *self.refused})
        rows = [f"  {kind}: {self.accepted[kind]} accepted, {self.refused[kind]} refused" for kind in kinds]
        return "\n".join(
            [
                f"{self.accepted.total()} accepted, {self.refused.total()} refused",
                f"largest process {self.memory:.0f} MiB; slowest push {self.cpu:.1f} s of CPU time,"
                f" {self.wall:.1f} s; slowest ordinary push {self.ordinary:.1f} s of CPU time",
                *rows,
            ]
        )


@dataclass(frozen=True)
class Pushed:
    """A push, with what it took."""

    ok: bool
    said: str
    cpu: float
    wall: float


def push(objects: Objects, url: Path, refs: list[str]) -> Pushed:
    """Push as the editor; the figures are those of git and of all that it started."""
    begun = time.monotonic()
    with subprocess.Popen(
        ["git", f"--git-dir={objects.path}", "push", str(url), *refs],
        env=EVE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    cpu = used.ru_utime + used.ru_stime
    return Pushed(process.returncode == 0, said, cpu, time.monotonic() - begun)


class Fuzz:
    """A server, the editor's repository, and what was measured."""

    def __init__(self, folder: Path, figures: Figures, chance: random.Random) -> None:
        self.figures = figures
        self.chance = chance
        self.canary = folder / "canary"
        self.folder = folder
        folder.mkdir()
        deskpress("remote", "init", folder / "srv")
        self.server = Remote.open(folder / "srv")
        self.peaks = folder / "peaks"
        measure(self.server, self.peaks)
        self.url = self.server.root / "repo.git"
        site = Site(folder / "desk")
        site.post("2012-03-05-home.md", "At home.")
        site.write("about.md", "# About\n")
        site.write("help/metrics.md", "---\ntitle: Metrics\n---\nText.\n")
        for command in (
            ["init", "-q", "-b", "main"],
            ["add", "-A"],
            ["commit", "-q", "-m", "Begin"],
            ["push", "-q", str(self.url), "main"],
        ):
            subprocess.run(
                ["git", *command], cwd=site.folder, env=ENVIRONMENT, check=True, capture_output=True
            )
        self.objects = Objects(site.folder / ".git")
        self.posted: list[str] = []

    def step(self, number: int) -> None:
        attack = self.chance.choice(ATTACKS)
        world = World(self.objects, self.head, self.canary, self.chance, number, self.posted)
        refs = attack(world)
        pushed = push(self.objects, self.url, refs)
        kind = attack.__name__
        (self.figures.accepted if pushed.ok else self.figures.refused)[kind] += 1
        self._hold(pushed, f"{number} {kind} {refs[:3]}")
        self.figures.cpu = max(self.figures.cpu, pushed.cpu)
        self.figures.wall = max(self.figures.wall, pushed.wall)
        self._ordinary(number, f"after {number} {kind} {refs[:3]}:\n{pushed.said[-1500:]}")

    @property
    def head(self) -> str:
        """The published commit, with its objects here."""
        self.objects.git("fetch", "-q", "--no-tags", str(self.url), "main")
        return self.objects.git("rev-parse", "FETCH_HEAD").decode().strip()

    def _hold(self, pushed: Pushed, what: str) -> None:
        assert not self.canary.exists(), f"{what}: code ran\n{pushed.said}"
        assert "Traceback" not in pushed.said, f"{what}:\n{pushed.said}"
        # A push that git itself refuses starts no hook.
        memory = max(peaks(self.peaks)) if self.peaks.exists() else 0.0
        self.peaks.unlink(missing_ok=True)
        assert memory < MEMORY, f"{what}: {memory:.0f} MiB\n{pushed.said}"
        self.figures.memory = max(self.figures.memory, memory)
        assert pushed.cpu < CPU_SECONDS, f"{what}: {pushed.cpu:.1f} s\n{pushed.said}"

    def _ordinary(self, number: int, what: str) -> None:
        """A new body of the first post is accepted and live."""
        head = self.head
        body = f"---\ntitle: Home\ndate: 2012-03-05\nslug: home\n---\n\nAt home, {number} times.\n"
        entry = (FILE, self.objects.blob(body.encode()))
        tree = self.objects.with_file(head, "content/posts/2012-03-05-home.md", entry)
        pushed = push(self.objects, self.url, [f"{self.objects.commit(tree, [head])}:refs/heads/main"])
        assert pushed.ok, f"{what}\nthe ordinary push:\n{pushed.said}"
        self._hold(pushed, what)
        page = (self.server.root / "current/2012/03/home.html").read_text("utf-8")
        assert f"At home, {number} times." in page, f"{what}\nnot live:\n{pushed.said}"
        self.figures.ordinary = max(self.figures.ordinary, pushed.cpu)


@pytest.mark.long
def test_after_any_push_of_an_editor_an_ordinary_one_goes_live(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    figures = Figures()
    try:
        for first in range(0, PUSHES, A_SERVER):
            fuzz = Fuzz(tmp_path / str(first), figures, chance)
            for number in range(first, min(first + A_SERVER, PUSHES)):
                fuzz.step(number)
            subprocess.run(["rm", "-rf", fuzz.folder], check=True)
            print(f"{min(first + A_SERVER, PUSHES)} pushes: {str(figures).splitlines()[0]}", flush=True)
    finally:
        print(figures)
