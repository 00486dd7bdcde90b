"""The parameters of a build, and its result."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from deskpress.build.config import SiteConfig
from deskpress.build.cpu_limit import CpuLimit
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.site import Options
from deskpress.source.history import Past
from deskpress.write.site_folder import Room, any_room

if TYPE_CHECKING:
    from deskpress.build.pipeline import Prepared
    from deskpress.templating.compiled import Compiled

Progress = Callable[[str, int], Callable[[int], None]]
"""`progress(what, total)` begins a stage and returns the function to call as work is done."""


def no_progress(what: str, total: int) -> Callable[[int], None]:
    """Report no progress."""
    return lambda done: None


class SetupError(Exception):
    """The site cannot be built for a reason outside of its content; the text says which."""


def spoken(options: Options, language: str) -> Options:
    """The options of one language of a site, the main one if empty. Raises `SetupError`."""
    known = {one.language: one for one in (options, *options.other_languages)}
    if language and language not in known:
        raise SetupError(f"The site has no language `{language}`; it has {', '.join(known)}.")
    return known[language or options.language]


Reviewed = Literal["nothing", "what is read", "all"]


class Request(Struct, frozen=True):
    """The parameters of a build. None keeps what `mkdocs.yml` says.

    `limit` bounds the CPU time of each document; without one a build's result never depends on the machine.
    Warnings stop no `lenient` build, even if the configuration is strict. `past` is where git's dates
    are, if not in the folder itself; `memory` the folder in which the cache lies, if not beside
    `mkdocs.yml`; `fix` adds to `addresses.lock`; no search engine may keep a `preview`; `compiled` are
    templates that a former build of this process used. `placed` is told the base path and whether a file
    was written or removed, when the pages can be read, before what they were made from is remembered. A
    `checkout` in the site's folder (`.git`) stays there. `judging` is how many CPU seconds a check may
    take to judge queries: 0 judges none, None sets no limit. `room` is asked for what is staged. `review`
    says which documents are looked at for what only `check` tells: none, those that are read now, or all.
    A `full` build is made by MkDocs' own loop. On a `server` texts bring in nothing from outside of the
    site's folder. `most_files` is how many files the site may become, 0 for any number.
    """

    config_file: Path = Path("mkdocs.yml")
    site_dir: Path | None = None
    jobs: int = 1
    clean: bool = False
    strict: bool = False
    lenient: bool = False
    drafts: bool = False
    future: bool = False
    expired: bool = False
    as_of: str | None = None
    progress: Progress = no_progress
    say: Callable[[str], None] = lambda message: None
    past: Past | None = None
    memory: Path | None = None
    fix: bool = False
    preview: bool = False
    checkout: bool = True
    compiled: Compiled | None = None
    placed: Callable[[str, bool], None] = lambda base_path, changed: None
    limit: CpuLimit | None = None
    judging: float | None = None
    review: Reviewed = "nothing"
    room: Room = any_room
    full: bool = False
    server: bool = False
    most_files: int = 0


class Result(Struct, frozen=True):
    """The result of a build. `full` says why MkDocs' own loop was needed, empty if it was not.

    `reasons` say why each output was rendered, `seconds` how long each stage took. `prepared` is the site as
    it was read, unless there was nothing to do. `digests` are those of the site's files by path; empty if
    they are not known. `notes` are details for `--verbose`. `left_out` summarises in one line what is not
    live, `moved` which addresses have no page any more, a line each.
    """

    pages: int
    written: int
    removed: int
    site_dir: Path
    diagnostics: tuple[Diagnostic, ...]
    base_path: str
    next_due: datetime | None = None
    full: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    prepared: Prepared | None = None
    digests: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    left_out: str = ""
    moved: tuple[str, ...] = ()


class Project(Struct, frozen=True):
    """A site's configuration, loaded and checked; `odd` are warnings about its file."""

    config: SiteConfig
    say: Callable[[str], None] = lambda message: None
    past: Past | None = None
    limit: CpuLimit | None = None
    lenient: bool = False
    odd: tuple[Diagnostic, ...] = ()
    most_files: int = 0

    @property
    def options(self) -> Options:
        """What the site should be."""
        return self.config.options


class Clock:
    """How long each stage took, in seconds."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """End a stage."""
        now = time.perf_counter()
        self.laps[stage] = round(self.laps.get(stage, 0) + now - self.last, 4)
        self.last = now
