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
"""Bytes of the checksum at the beginning of a cached file."""

MANY = 4000
"""The number of files after which all are deleted: most then belong to old templates and versions."""


class Compiled(jinja2.BytecodeCache):
    """Compiled templates of a process that builds repeatedly; Jinja checks that they are current.

    Unknown ones are looked up `below`, in the cache on disk.
    """

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}
        self.below: CompiledOnDisk | None = None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key of a template in the cache."""
        return (
            self.below.get_cache_key(name, filename) if self.below else super().get_cache_key(name, filename)
        )

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template is cached."""
        if found := self.known.get(bucket.key):
            bucket.bytecode_from_string(found)
        elif self.below:
            self.below.load_bytecode(bucket)
            if bucket.code is not None:
                self.known[bucket.key] = bucket.bytecode_to_string()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Cache the content of `bucket`."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        if self.below:
            self.below.dump_bytecode(bucket)


class CompiledOnDisk(jinja2.FileSystemBytecodeCache):
    """Templates compiled by earlier builds of this user, for any site, with the same versions of tools."""

    def __init__(self, folder: Path, escapes: Callable[[str], bool]) -> None:
        super().__init__(str(folder))
        self.escapes = escapes
        self.tools = tools()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key also says whether the template escapes values, which depends on where its name is found."""
        what = (name, filename or "", str(self.escapes(name)), self.tools)
        return sha256("\0".join(what).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template is cached and intact."""
        try:
            data = Path(self._get_cache_filename(bucket)).read_bytes()
        except OSError:
            return
        if data[:SUM] == sha256(data[SUM:]).digest():
            bucket.bytecode_from_string(data[SUM:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the content of `bucket` to the cache, if there is room."""
        path = Path(self._get_cache_filename(bucket))
        data = bucket.bytecode_to_string()
        with contextlib.suppress(OSError):
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.write_bytes(sha256(data).digest() + data)
            os.replace(fresh, path)


def kept(escapes: Callable[[str], bool]) -> CompiledOnDisk | None:
    """The cache of earlier builds; None if there is no folder that only this user can write.

    `escapes` returns whether a template escapes values.

    Never next to the site: that cache may come from elsewhere, and whoever could write compiled code could
    run anything.
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
