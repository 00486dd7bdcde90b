"""A site's own table of shortcodes: the text that replaces each of them in imported documents.

`shortcodes.yml`, next to `mkdocs.yml`, names a shortcode in each line, with the HTML or Markdown that takes
its place: `{url}` is an attribute, `{0}` the first value without a name, `{inner}` what is between the
beginning and the end of a shortcode.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import yaml
from msgspec import Struct, field

NAME = "shortcodes.yml"
MOST_BYTES = 1_000_000
MOST_LETTERS = 2_000_000
"""The most characters that a shortcode becomes: within one another, each may repeat what is in it."""

_PART = re.compile(r"\{([\w-]+)\}")


class ShortcodesError(Exception):
    """The table cannot be read; the text says why, and where."""


class GrowthError(Exception):
    """A shortcode would become more than `MOST_LETTERS`."""


class ShortcodeTable(Struct):
    """The texts that take the place of shortcodes, by their names."""

    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> ShortcodeTable:
        """The table of a site in `folder`, empty if there is none. Raises `ShortcodesError`, `OSError`."""
        file = folder / NAME
        if not file.is_file():
            return cls()
        if file.stat().st_size > MOST_BYTES:
            raise ShortcodesError(f"{NAME}: more than {MOST_BYTES:,} bytes")
        try:
            found = yaml.safe_load(file.read_text("utf-8"))
        except (yaml.YAMLError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            place = f"{NAME}:{mark.line + 1}" if mark else NAME
            raise ShortcodesError(f"{place}: this is not a list of `name: 'text'`") from error
        if not isinstance(found or {}, dict):
            raise ShortcodesError(
                f"{NAME}:1: begin each line with the name of a shortcode, as in `button: '…'`"
            )
        for name, text in (found or {}).items():
            if not isinstance(name, str) or not isinstance(text, str):
                raise ShortcodesError(
                    f"{NAME}: `{name}` needs a text in quotation marks, `''` to leave it out"
                )
        return cls({name.lower(): text for name, text in (found or {}).items()})

    def has(self, name: str) -> bool:
        """Whether the site's table has a shortcode."""
        return name.lower() in self.texts

    def has_inner(self, name: str) -> bool:
        """Whether what is between its beginning and its end is a part of that."""
        return "{inner}" in self.texts.get(name.lower(), "")

    def made(self, name: str, given: Mapping[str, str], inner: str) -> str:
        """The text for a shortcode; values that are missing are empty. Values are escaped, `inner` is not.

        Raises `GrowthError`.
        """
        text = self.texts[name.lower()]
        if len(text) + text.count("{inner}") * len(inner) > MOST_LETTERS:
            raise GrowthError

        def value(found: re.Match[str]) -> str:
            return inner if found[1] == "inner" else escape(given.get(found[1].lower(), ""))

        return _PART.sub(value, text)
