"""Stored answers of APIs in JSON: records are found by keys in files, not by the names of files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from deskpress.importers.platforms.opening import Source, SourceError

Record = dict[str, Any]

MOST_LISTS, MOST_COMMAS = 5_000_000, 20_000_000
"""Lists and mappings, and commas, in a file of JSON: what is between them takes up to thirty times as much
memory as its characters."""


def decoded_json(source: Source, name: str, data: bytes) -> Any:
    """A file of JSON. Raises `SourceError` with the line where it is none."""
    if data.count(b"[") + data.count(b"{") > MOST_LISTS or data.count(b",") > MOST_COMMAS:
        raise SourceError(f"{source.place(name)}: it holds more records than can be read: split the export")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        said = str(error)
        at = int(said.rpartition("(byte ")[2].rstrip(")")) if "(byte " in said else len(data)
        line = data.count(b"\n", 0, at) + 1
        raise SourceError(f"{source.place(name, line)}: this is not JSON: {said}") from None


def records(source: Source, *keys: str) -> Iterator[tuple[Record, str]]:
    """The records in lists of these keys, and where they stand, a file at a time. Raises `SourceError`."""
    wanted = [f'"{key}"'.encode() for key in keys]
    for name in source.names:
        if not name.lower().endswith(".json"):
            continue
        data = source.read(name)
        if not any(key in data for key in wanted):
            continue
        answer = decoded_json(source, name, data)
        if not isinstance(answer, dict):
            continue
        for key in keys:
            found = answer.get(key)
            if isinstance(found, dict) and isinstance(found.get("items"), list):
                found = found["items"]
            # One record stands by itself, several in a list.
            for record in found if isinstance(found, list) else [found]:
                if isinstance(record, dict):
                    yield record, source.place(name)


def listed(source: Source) -> Iterator[tuple[Record, str]]:
    """The records of files that are lists of them, and where they stand. Raises `SourceError`."""
    for name in source.names:
        if not name.lower().endswith(".json"):
            continue
        data = source.read(name)
        if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            continue
        answer = decoded_json(source, name, data)
        for record in answer if isinstance(answer, list) else []:
            if isinstance(record, dict):
                yield record, source.place(name)


def has(source: Source, *keys: str) -> bool:
    """Whether any file has one of these keys at its top."""
    try:
        return next(records(source, *keys), None) is not None
    except SourceError:
        return False


def text(record: Record, *keys: str) -> str:
    """The first of some values that is text or a number; empty without one."""
    for key in keys:
        value = record.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def texts(record: Record, key: str) -> tuple[str, ...]:
    """A list of texts."""
    value = record.get(key)
    listed = value if isinstance(value, list) else []
    return tuple(str(one) for one in listed if isinstance(one, str | int) and str(one).strip())


def rows(record: object, key: str) -> list[Record]:
    """The records in a list of a record; none where either is something else."""
    value = record.get(key) if isinstance(record, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def number(record: Record, key: str) -> int | None:
    """A whole number."""
    value = record.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def instant(record: Record, *keys: str) -> datetime | None:
    """The first of some values that is an instant: ISO 8601, or seconds or milliseconds since 1970."""
    for key in keys:
        found = moment(record.get(key))
        if found is not None:
            return found
    return None


def utc(when: datetime | None) -> datetime | None:
    """An instant of a platform whose clock is that of the world, whether it says so or not."""
    return when.replace(tzinfo=UTC) if when is not None and when.tzinfo is None else when


def moment(value: object) -> datetime | None:
    """An instant in ISO 8601, or in seconds or milliseconds since 1970; text without a zone has none."""
    try:
        if isinstance(value, str) and value.strip():
            return datetime.fromisoformat(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool) and value:
            return datetime.fromtimestamp(value / 1000 if value > 100_000_000_000 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None
