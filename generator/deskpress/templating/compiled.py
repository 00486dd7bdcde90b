"""Compiled templates: compiling takes a tenth of a second, more than the rest of a small build."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from deskpress.engine.cache_key import private_folder
from deskpress.source.versions import tools

SUM = 32
"""Bytes of the checksum before what is kept."""

MANY = 4000
"""Files after which all are dropped: most are then of templates and versions that are gone."""


class Compiled(jinja2.BytecodeCache):
    """Those of a process that builds again and again; Jinja checks that they are the same.

    What is not known here is looked for `below`, among those that are kept.
    """

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}
        self.below: CompiledOnDisk | None = None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key under which a template is kept."""
        return (
            self.below.get_cache_key(name, filename) if self.below else super().get_cache_key(name, filename)
        )

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template is known."""
        if found := self.known.get(bucket.key):
            bucket.bytecode_from_string(found)
        elif self.below:
            self.below.load_bytecode(bucket)
            if bucket.code is not None:
                self.known[bucket.key] = bucket.bytecode_to_string()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what is in `bucket`."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        if self.below:
            self.below.dump_bytecode(bucket)


class CompiledOnDisk(jinja2.FileSystemBytecodeCache):
    """Those that earlier builds of this user compiled, of whatever site, under the same tools."""

    def __init__(self, folder: Path, escapes: Callable[[str], bool]) -> None:
        super().__init__(str(folder))
        self.escapes = escapes
        self.tools = tools()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Whether a template escapes what it is given depends on where else one of its name lies."""
        what = (name, filename or "", str(self.escapes(name)), self.tools)
        return sha256("\0".join(what).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template is kept, whole."""
        try:
            data = Path(self._get_cache_filename(bucket)).read_bytes()
        except OSError:
            return
        if data[:SUM] == sha256(data[SUM:]).digest():
            bucket.bytecode_from_string(data[SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in `bucket`, if there is room."""
        path = Path(self._get_cache_filename(bucket))
        data = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.write_bytes(sha256(data).digest() + data)
            os.replace(fresh, path)


def kept(escapes: Callable[[str], bool]) -> CompiledOnDisk | None:
    """What earlier builds compiled; None where nothing can be kept that only this user can write.

    `escapes` tells of a template whether it does.

    Never beside the site: a cache may come from elsewhere, and who could write compiled code could have
    anything run.
    """
    folder = private_folder("templates")
    if folder is None:
        return None
    found = CompiledOnDisk(folder, escapes)
    try:
        if sum(1 for _ in os.scandir(folder)) > MANY:
            found.clear()
    except OSError:
        return None
    return found
