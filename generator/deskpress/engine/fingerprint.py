"""Short names for values: equal values have equal fingerprints, in every process and on every machine."""

from __future__ import annotations

from typing import Any

import msgspec
from blake3 import blake3


def _described(value: Any) -> Any:
    return describe(value)


# JSON, since MessagePack keeps an instant but not the offset it was written with.
_encoder = msgspec.json.Encoder(order="deterministic", enc_hook=_described)


def digest(data: bytes) -> str:
    """The BLAKE3 digest of `data`, 16 bytes in hexadecimal."""
    return blake3(data).hexdigest(length=16)


def code_of(key: bytes, name: str, *parts: bytes | memoryview) -> str:
    """The code of a file `name` (without NUL) that only who has the `key`, 32 bytes, can make; 32 digits."""
    code = blake3(name.encode("utf-8", "surrogateescape") + b"\0", key=key)
    for part in parts:
        code.update(part)
    return code.hexdigest(length=16)


def fingerprint(value: object) -> str:
    """The digest of a value made of plain data, structs, dates and (by their names) functions.

    Never `hash()`, which differs between processes, and never pickle, which differs between versions.
    """
    return digest(_encoder.encode(value))


def describe(value: Any, seen: set[int] | None = None) -> Any:
    """`value` with every function and class in it replaced by its name, ready for `fingerprint`.

    Objects may hold one another, as extensions of Markdown hold what made them: each is described once, where
    it is met first; `seen` are those that were.
    """
    seen = set() if seen is None else seen
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return value
    if isinstance(value, dict):
        # Templates show keys in their order.
        return ["dict", *([describe(key, seen), describe(item, seen)] for key, item in value.items())]
    if isinstance(value, list | tuple | set | frozenset):
        items = [describe(item, seen) for item in value]
        return sorted(items, key=repr) if isinstance(value, set | frozenset) else items
    if hasattr(value, "func"):  # functools.partial
        return [describe(value.func, seen), describe(value.args, seen), describe(value.keywords, seen)]
    if hasattr(value, "__qualname__"):
        return f"{value.__module__}.{value.__qualname__}"
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    if id(value) in seen:
        return [name]
    seen.add(id(value))
    return [name, describe(getattr(value, "__dict__", str(value)), seen)]
