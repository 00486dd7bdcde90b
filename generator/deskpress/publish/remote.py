"""A self-hosted server: `repo.git`, `releases/`, `current`, and the state between pushes."""

from __future__ import annotations

import re
import shlex
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.engine.fingerprint import digest
from deskpress.engine.limited import DEFAULT_SECONDS
from deskpress.publish import trusted
from deskpress.publish.builder import BuiltSite, RemoteError, Review, Say, SiteBuilder
from deskpress.publish.checkout import Checkout
from deskpress.publish.checks import PublishedRecord
from deskpress.publish.git import Repository
from deskpress.publish.limits import Limits, Tally, check_built, check_room
from deskpress.publish.releases import Releases, clear_site
from deskpress.publish.trusted import Accepted, TrustError, listing_of
from deskpress.publish.turns import BusyError, hold
from deskpress.write.atomic import write_whole

T = TypeVar("T")
HOOKS = ("pre-receive", "post-receive")


class Settings(Limits, frozen=True):
    """The settings of a server: its limits and these.

    A push waits for another for `wait` seconds; `kinds` are files that editors may publish besides the usual
    ones; `document_seconds` is the CPU time for reading and converting a document (0: any); `preview_url` is
    the address of previews on a web server, with `{name}` in place of a preview's name.
    """

    branch: str = "main"
    strict: bool = False
    keep: int = 20
    wait: int = 600
    kinds: tuple[str, ...] = ()
    document_seconds: float = DEFAULT_SECONDS
    preview_url: str = ""


class LiveState(Struct, frozen=True):
    """The live commit, the folder of its content, and whether a former release was restored.

    `seconds` is the CPU time that checking the live site took in one process when it was pushed.
    """

    commit: str = ""
    content: str = "content"
    held: bool = False
    next_due: str = ""
    seconds: float = 0.0


class Noted(Struct, frozen=True):
    """The commit of the built site, and the one of its configuration."""

    commit: str
    built: BuiltSite
    configuration: str = ""


class Remote(Struct, frozen=True):
    """The folder of a server."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def open(cls, root: Path) -> Remote:
        """A server that was set up. Raises `RemoteError`."""
        path = root.resolve()
        if not (path / "repo.git").is_dir():
            raise RemoteError(f"{root} is not a Deskpress server: `deskpress remote init {root}` makes one")
        return cls(path, _load(path / "settings.json", Settings) or Settings())

    @classmethod
    def init(cls, root: Path, settings: Settings, maintainers: str) -> Remote:
        """Set up a server in an empty or absent folder. Raises `RemoteError` or `GitError`."""
        if root.exists() and any(root.iterdir()):
            raise RemoteError(f"{root} is not empty")
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", settings.branch) or ".." in settings.branch:
            raise RemoteError(f"`{settings.branch}` is not a valid branch name")
        root.mkdir(parents=True, exist_ok=True)
        remote = cls(root.resolve(), settings)
        for name in ("releases", "work", "keys"):
            (remote.root / name).mkdir()
        (remote.root / "maintainers").write_text(
            maintainers or "# One line each: the name of a user or of a key, or an ssh key.\n"
        )
        _save(remote.root / "settings.json", settings)
        trusted.begin(remote.root)
        remote.repository.run("init", "-q", "--bare", f"--initial-branch={settings.branch}")
        remote.equip()
        return remote

    @property
    def repository(self) -> Repository:
        """The bare repository."""
        return Repository(
            self.root / "repo.git", memory=self.settings.git_memory, seconds=self.settings.git_seconds
        )

    @property
    def releases(self) -> Releases:
        """The releases."""
        return Releases(self.root)

    @property
    def checkout(self) -> Checkout:
        """The folder in which the pushed site is read and built."""
        return Checkout(self.root / "work" / "tree")

    @property
    def site(self) -> Path:
        """The built site that releases are made from."""
        return self.root / "work" / "site"

    def build(
        self,
        builder: SiteBuilder,
        repository: Repository,
        accepted: Accepted,
        say: Say,
        *,
        review: Review = Review.NONE,
    ) -> BuiltSite:
        """Build a commit into `site`, and record its contents. Raises `ContentError` or `RemoteError`."""
        self._noted.unlink(missing_ok=True)
        listing = listing_of(repository, accepted, Tally(self.settings))
        self.checkout.bring(repository, listing, self.check_room)
        commit = accepted.commit
        built = builder.build(self.checkout.folder, self.site, repository, commit, say, review=review)
        if review:
            before = self.releases.current()
            changed = self.releases.changed(before, built.files)
            check_built(self.site, built.files, changed, self.settings)
            # Its messages are printed now.
            quiet = replace(built, checked=replace(built.checked, diagnostics=()))
            write_whole(self._noted, msgspec.json.encode(Noted(commit, quiet, accepted.configuration)))
        return built

    def built(self, accepted: Accepted) -> BuiltSite | None:
        """The build of a commit that was made during its review, if `site` still contains it."""
        try:
            noted = msgspec.json.decode(self._noted.read_bytes(), type=Noted)
        except (OSError, ValueError):
            return None
        same = (noted.commit, noted.configuration) == (accepted.commit, accepted.configuration)
        return noted.built if same else None

    def standing(self, head: str) -> Accepted:
        """The configuration for a head of the published branch. Raises `RemoteError`."""
        state = self.state
        try:
            return trusted.standing(self.root, self.repository, head, state.commit, state.content)
        except TrustError as error:
            raise RemoteError(str(error)) from None

    def pushed_to(self) -> Repository:
        """The repository as a hook sees it, with the pushed objects."""
        return Repository.in_hook(
            self.repository.path, memory=self.settings.git_memory, seconds=self.settings.git_seconds
        )

    def check_room(self, needed: int) -> None:
        """Raise `LimitError` unless the disk has room for new files of `needed` bytes."""
        check_room(self.root, needed, self.settings)

    def check_staged(self, size: int) -> None:
        """Raise `LimitError` unless the disk has room for the next `size` bytes of a site that is built."""
        check_room(self.root, size, self.settings, copies=1)

    @contextmanager
    def unless_refused(self, repository: Repository) -> Iterator[None]:
        """Remove from `work/` what a push has brought there if it is refused in this block."""
        before = self.checkout.noted()
        try:
            yield
        except BaseException as error:
            # Where memory has run out: the calls that failed still hold what they have read.
            traceback.clear_frames(error.__traceback__)
            # The reason of the refusal matters more than a failed removal: the next push retries it.
            with suppress(OSError):
                self.checkout.restore(repository, before)
                self._clear_site()
            raise

    def _clear_site(self) -> None:
        """Remove what differs from the live release from the built site; the next build restores it."""
        try:
            made = msgspec.json.decode(self._noted.read_bytes(), type=Noted).built.files
        except (OSError, ValueError):
            made = {}
        self._noted.unlink(missing_ok=True)
        clear_site(self.site, made, self.releases.files(self.releases.current()))

    @property
    def _noted(self) -> Path:
        return self.root / "work" / "built.json"

    @property
    def state(self) -> LiveState:
        """The state of the live site."""
        return _load(self.root / "state.json", LiveState) or LiveState()

    def remember(self, **changes: Any) -> None:
        """Change the state of the live site."""
        _save(self.root / "state.json", replace(self.state, **changes))

    @property
    def record(self) -> PublishedRecord:
        """Everything that was ever published here."""
        return _load(self.root / "published.json", PublishedRecord) or PublishedRecord()

    def keep(self, record: PublishedRecord) -> None:
        """Save the record of what was published."""
        _save(self.root / "published.json", record)

    def equip(self) -> None:
        """Write the hooks and git's settings: also after Deskpress has moved."""
        for name, value in self._configuration().items():
            self.repository.run("config", name, value)
        hooks = self.repository.path / "hooks"
        hooks.mkdir(exist_ok=True)
        for sample in hooks.glob("*.sample"):
            sample.unlink()
        for name in HOOKS:
            path = hooks / name
            path.write_text(f"#!/bin/sh\nexec {command()} remote hook {name} {shlex.quote(str(self.root))}\n")
            path.chmod(0o755)

    def stale_configuration(self) -> list[str]:
        """The settings of git that differ from `settings.json`, by name."""
        listed = self.repository.run("config", "--local", "--list", "-z").decode("utf-8", "replace")
        there = dict(line.partition("\n")[::2] for line in listed.split("\0") if line)
        return [name for name, value in self._configuration().items() if there.get(name.lower()) != value]

    def _configuration(self) -> dict[str, str]:
        return {
            "receive.advertisePushOptions": "true",
            "receive.fsckObjects": "true",
            "receive.maxInputSize": str(max(self.settings.push, 1)),
            # Larger files are streamed, not held in memory, unless they are stored as deltas.
            "core.bigFileThreshold": str(max(self.settings.largest, 1)),
            "pack.windowMemory": "100m",
            "pack.deltaCacheSize": "64m",
            "core.useReplaceRefs": "false",
            "receive.denyDeletes": "false",
            "core.hooksPath": "hooks",
            "core.logAllRefUpdates": "true",
            "gc.auto": "0",
        }

    @contextmanager
    def lock(
        self, say: Say, doing: str = "a command is run on the server", *, name: str = "lock", times: int = 1
    ) -> Iterator[None]:
        """Run one at a time; others get a message with what is running, and wait `times` as long as set.

        Raises `RemoteError`. Each `name` is a lock of its own.
        """
        try:
            with hold(self.root / name, doing, times * self.settings.wait, say):
                yield
        except BusyError as error:
            raise RemoteError(f"the server is busy: {error}. Try again in a moment.") from None

    @contextmanager
    def turn(self, say: Say, pusher: str, *, times: int = 1) -> Iterator[None]:
        """One push of a person at a time, so that many pushes do not block others. Raises `RemoteError`.

        One more may wait. Accepted pushes (`times` is more than 1) are not limited.
        """
        folder = self.root / "work" / "turns"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"work/turns/{digest(pusher.encode('utf-8', 'surrogateescape'))[:16]}"
        doing = f"another push by {pusher} is being worked on"
        with ExitStack() as working:
            with ExitStack() as waiting:
                if times == 1:
                    both = f"two pushes by {pusher} are being worked on"
                    waiting.enter_context(self.lock(say, both, name=f"{name}.next", times=0))
                working.enter_context(self.lock(say, doing, name=name, times=times))
            yield


def command() -> str:
    """The command of this Deskpress; without the current folder, which might contain modules."""
    return f"{shlex.quote(sys.executable)} -I -m deskpress"


def _load(path: Path, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as error:
        raise RemoteError(f"{path} is damaged: {error}") from None


def _save(path: Path, value: object) -> None:
    write_whole(path, msgspec.json.format(msgspec.json.encode(value)))
