"""Plain web space: a folder of another machine, to which rsync goes over ssh.

Nothing but rsync has to be there. Files are compared by checksums that the other machine takes itself, so
that only what changed goes over the line; each file is replaced whole, as rsync does by itself.
"""

from __future__ import annotations

import os
import selectors
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from functools import cached_property
from hashlib import md5
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deskpress.model.patterns import lazy_pattern
from deskpress.publish.builder import RemoteError
from deskpress.publish.inventory import MAX_READ
from deskpress.write.site_folder import KEPT, STAGING

SCHEME = "ssh://"

SILENCE = 600
"""Seconds for which the other machine may say nothing. All files there are read before it names one."""

WHOLE = 3600
"""Seconds for which one call of rsync may last: for the list, or for one file."""

_ALIVE = "-o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=4"
"""For ssh: seconds to connect, and after a minute without an answer the line counts as dead."""

_HOST = lazy_pattern(r"(?:[\w.][\w.-]*@)?[\w][\w.-]*")
_ESCAPED = lazy_pattern(r"\\#(\d{3})")
"""How rsync prints a byte that is no letter on a terminal."""

_WILD = lazy_pattern(r"([\\*?\[])")
_NOT_THERE = lazy_pattern(r"change_dir .* failed: No such file|link_stat .* failed: No such file")


class WebSpace:
    """The folder at `ssh://[USER@]HOST[:PORT]/PATH`; `/~/PATH` begins at the user's home."""

    workers = 4

    def __init__(self, host: str, port: int | None, path: str) -> None:
        self.host = host
        self.path = path
        self._port = port

    @classmethod
    def at(cls, url: str) -> WebSpace:
        """The folder that a URL names. Raises `RemoteError`."""
        try:
            parts = urlsplit(url)
            host, port = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc, parts.port
        except ValueError as error:
            raise RemoteError(f"`{url}`: {error}") from None
        path = unquote(parts.path)
        path = path.removeprefix("/~/") if path.startswith("/~/") else path
        if not _HOST.fullmatch(host) or path in ("", "/") or "\n" in path:
            raise RemoteError(f"`{url}` is not a folder of another machine: write ssh://you@host/var/www")
        if not shutil.which("rsync"):
            raise RemoteError(
                "rsync is needed to publish over ssh: install it here, and on the other machine"
            )
        return cls(host, port, path.rstrip("/"))

    @property
    def name(self) -> str:
        """Where it is."""
        return f"{self.host}:{self.path}"

    @cached_property
    def _own(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for what is on its way; it goes when this does."""
        return tempfile.TemporaryDirectory(prefix="dp-")

    @cached_property
    def _shell(self) -> str:
        # One connection for all files; who has to type a password types it once.
        socket = shlex.quote(f"{self._own.name}/%C")
        options = f"{_ALIVE} -o ControlMaster=auto -o ControlPersist=30 -o ControlPath={socket}"
        port = f" -p {self._port}" if self._port else ""
        return f"{os.environ.get('RSYNC_RSH', 'ssh')} {options}{port}"

    def _rsync(self, *arguments: str, missing: bool = False) -> str | None:
        """What rsync prints; None where the source is `missing` and may be. Raises `RemoteError`."""
        # `-s`: no shell there reads the paths.
        command = ["rsync", "-s", "-8", f"--timeout={SILENCE}", "-e", self._shell, *arguments]
        try:
            status, printed, errors = said_by(command, WHOLE)
        except TimeoutError:
            raise RemoteError(f"{self.name} has not finished within {WHOLE:,} s") from None
        if len(printed) > MAX_READ or len(errors) > MAX_READ:
            raise RemoteError(f"{self.name} lists more names than a site can have")
        said = errors.decode("utf-8", "replace")
        if status == 0:
            return printed.decode("utf-8", "surrogateescape")
        if missing and status == 23 and _NOT_THERE.search(said):
            return None
        lines = [line for line in said.splitlines() if line.strip()]
        raise RemoteError("\n".join([f"{self.name}: rsync has failed", *lines[-4:]]))

    def files(self) -> dict[str, str]:
        """What lies there, with checksums; an empty one for what is no file."""
        with tempfile.TemporaryDirectory(dir=self._own.name) as empty:
            listed = self._rsync(
                "-rlnc",
                "--checksum-choice=md5",
                "--out-format=%C|%i|%n",
                f"{self.host}:{self.path}/",
                f"{empty}/",
                missing=True,
            )
        found = {}
        for line in filter(None, (listed or "").split("\n")):
            checksum, _, rest = line.partition("|")
            kind, _, path = rest.partition("|")
            path = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), path)
            if kind[1:2] == "d" or any(part in (*KEPT, STAGING) for part in path.split("/")):
                continue
            found[path] = checksum.strip() if kind[1:2] == "f" else ""
        return found

    def mark(self, data: bytes) -> str:
        """The checksum that rsync takes."""
        return md5(data, usedforsecurity=False).hexdigest()

    def read(self, path: str) -> bytes | None:
        """A file; None if there is none, or a larger one than is read."""
        with tempfile.TemporaryDirectory(dir=self._own.name) as folder:
            copy = Path(folder, "copy")
            largest = f"--max-size={MAX_READ}"
            self._rsync(largest, f"{self.host}:{self.path}/{path}", str(copy), missing=True)
            return copy.read_bytes() if copy.is_file() else None

    def put(self, path: str, data: bytes) -> None:
        """Write a file, whole."""
        with tempfile.TemporaryDirectory(dir=self._own.name) as folder:
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            # What is before `/./` is not made there. Times are left alone: what tells files apart is in them.
            mode = "--chmod=D755,F644"
            self._rsync("-Rp", mode, "--force", f"{folder}/./{path}", f"{self.host}:{self.path}/")

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files, and the folders that become empty."""
        with tempfile.TemporaryDirectory(dir=self._own.name) as folder:
            empty, names = Path(folder, "empty"), Path(folder, "names")
            empty.mkdir()
            above = {f"{parent}/" for path in paths for parent in Path(path).parents if str(parent) != "."}
            rules = ["+ /" + _WILD.sub(r"\\\1", name) for name in sorted({*above, *paths})]
            # Names at the other machine may hold newlines, behind which others could write rules.
            names.write_text("\0".join([*rules, "- *", ""]), encoding="utf-8", errors="surrogateescape")
            # All that no rule names is as if it were not there.
            rule = f"--filter=merge {names}"
            self._rsync("-r", "--delete", "--from0", rule, f"{empty}/", f"{self.host}:{self.path}/")


def said_by(command: Sequence[str], seconds: float) -> tuple[int, bytes, bytes]:
    """The exit code of a command, and what it writes to both of its outputs.

    It is ended as soon as it writes more than `MAX_READ` bytes to one of them. Raises `TimeoutError` after
    `seconds`; what it has started is not waited for.
    """
    ends = time.monotonic() + seconds
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process,
        selectors.DefaultSelector() as waiting,
    ):
        assert process.stdout is not None  # piped above
        assert process.stderr is not None  # as well
        written = {process.stdout.fileno(): bytearray(), process.stderr.fileno(): bytearray()}
        for number in written:
            waiting.register(number, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(max(0, ends - time.monotonic()))
            if not ready:
                process.kill()
                raise TimeoutError
            for key, _ in ready:
                text = written[key.fd]
                data = os.read(key.fd, MAX_READ + 1 - len(text))
                text += data
                if not data:
                    waiting.unregister(key.fd)
                if len(text) > MAX_READ:
                    process.kill()
                    waiting.unregister(key.fd)
        printed, errors = map(bytes, written.values())
        return process.wait(), printed, errors
