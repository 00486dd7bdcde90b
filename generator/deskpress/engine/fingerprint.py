"""Short names for values: equal values have equal fingerprints, in every process and on every machine."""

from __future__ import annotations

from functools import partial
from typing import IO, Any

import msgspec
from blake3 import blake3

_PART = 1 << 20


def _described(value: Any) -> Any:
    return describe(value)


# JSON, since MessagePack keeps an instant but not the offset it was written with.
_encoder = msgspec.json.Encoder(order="deterministic", enc_hook=_described)


def digest(data: bytes) -> str:
    """The BLAKE3 digest of `data`, 16 bytes in hexadecimal."""
    return blake3(data).hexdigest(length=16)


def digest_of(file: IO[bytes]) -> str:
    """The digest of the rest of an open file, read in parts."""
    made = blake3()
    while part := file.read(_PART):
        made.update(part)
    return made.hexdigest(length=16)


def code_of(key: bytes, name: str, *parts: bytes | memoryview) -> str:
    """The code of a file `name` (without NUL) that needs the `key`, 32 bytes, to be made; 32 digits."""
    code = blake3(name.encode("utf-8", "surrogateescape") + b"\0", key=key)
    for part in parts:
        code.update(part)
    return code.hexdigest(length=16)


def fingerprint(value: object) -> str:
    """The digest of a value made of plain data, structs, dates and (by their names) functions.

    Never `hash()`, which differs between processes, and never pickle, which differs between versions.
    """
    return digest(_encoder.encode(value))


MOST_NESTED = 2
"""How many levels of nested objects are described; for what lies deeper only the class counts."""


def describe(value: Any, around: frozenset[int] = frozenset(), depth: int = 0) -> Any:
    """`value` with every function and class in it replaced by its name, ready for `fingerprint`.

    `around` are the objects that `value` is part of: a reference to one of these is described by that alone.
    `depth` of them are not plain data. Plug-ins make such: an extension of Markdown may refer to its plug-in,
    and through that to everything.
    """
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return value
    if id(value) in around:
        return "itself"
    within = around | {id(value)}
    if isinstance(value, dict):
        # Templates show keys in their order.
        return ["dict", *([describe(part, within, depth) for part in pair] for pair in value.items())]
    if isinstance(value, list | tuple | set | frozenset):
        items = [describe(item, within, depth) for item in value]
        return sorted(items, key=repr) if isinstance(value, set | frozenset) else items
    if isinstance(value, partial):
        return [describe(part, within, depth) for part in (value.func, value.args, value.keywords)]
    if hasattr(value, "__qualname__"):
        return f"{getattr(value, '__module__', '')}.{value.__qualname__}"
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    if depth == MOST_NESTED:
        return [name]
    held = getattr(value, "__dict__", None)
    if held is None:
        # The default `repr` contains the address in memory, which differs in each process.
        own = any("__repr__" in vars(one) or "__str__" in vars(one) for one in type(value).__mro__[:-1])
        held = str(value) if own else ""
    return [name, describe(held, within, depth + 1)]
