"""Writes `mkdocs.yml` as `zensical.toml`, and the other way round, with comments where the form has room."""

from __future__ import annotations

from msgspec import Struct


class Converted(Struct, frozen=True):
    """The text of the other file; `notes` say what differs, or could not be written."""

    text: str
    notes: tuple[str, ...] = ()


class ConversionError(Exception):
    """The file cannot be converted; the text says where and why."""
