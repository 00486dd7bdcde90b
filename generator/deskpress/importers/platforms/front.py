"""Foreign front matter: YAML, TOML or JSON above a text; limited, and read as far as possible."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any

import msgspec
import yaml

from deskpress.importers.platforms.opening import SourceError
from deskpress.importers.report import ImportReport

LARGEST = 200_000
"""Characters of a front matter, and of a configuration file."""

_YAML = re.compile(r"\ufeff?---[ \t]*\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(.*?)(?<=\n)\+\+\+[ \t]*(?:\n|\Z)", re.S)
MOST_ALIASES = 1
"""The most aliases in YAML: with many of them a few lines become millions."""

MOST_DIGITS = 1000
"""Characters of a number; a longer one is text."""

MOST_DOTS = 100
"""Dots before a `=` of TOML, or in the name of a table: the time for keys of keys grows with their square."""

_LINE = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_DATE = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?"
    r"[ ]*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?.*"
)

Values = dict[str, Any]


def split(text: str, place: str, report: ImportReport) -> tuple[Values | None, str, int]:
    """The values above a text (None if it has none), the text, and the line on which it begins."""
    lead = len(text) - len(text.lstrip("\n"))
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        found = pattern.match(text, lead)
        if found is not None:
            line = text.count("\n", 0, found.end()) + 1
            return read(found[1], place, report), text[found.end() :], line
    if text.startswith("{"):
        try:
            values, end = _json(text)
        except (ValueError, msgspec.DecodeError, RecursionError):
            return None, text, 1
        return values, text[end:], text.count("\n", 0, end) + 1
    return None, text, 1


def _json(text: str) -> tuple[Values, int]:
    import json

    values, end = json.JSONDecoder().raw_decode(text[:LARGEST])
    if not isinstance(values, dict):
        raise ValueError("no mapping")
    return _lowered(values), end


def _yaml(text: str, place: str, report: ImportReport) -> Values:
    try:
        return configuration(text, "yaml")
    except SourceError as error:
        why = f"{error}; each `key: value` of it is read by itself"
        report.add("changed", "front matter that is not YAML", why, place)
        return _lowered({key: value.strip("\"'") for key, value in _LINE.findall(text[:LARGEST])})


def _toml(text: str, place: str, report: ImportReport) -> Values:
    try:
        return configuration(text, "toml")
    except SourceError as error:
        report.add("lost", "the front matter", str(error), place)
        return {}


def configuration(text: str, kind: str) -> Values:
    """A mapping in YAML, TOML or JSON; keys of the first level in small letters. Raises `SourceError`."""
    if len(text) > LARGEST:
        raise SourceError(f"more than {LARGEST:,} characters")
    try:
        if kind == "toml":
            if any(map(_is_dotted, text.split("\n"))):
                raise SourceError(f"a key of more than {MOST_DOTS} parts")
            values: Any = tomllib.loads(text)
        elif kind == "json":
            values = msgspec.json.decode(text)
        else:
            values = yaml.load(text, Loader=_Loader)  # noqa: S506  # safe, and with fewer types
    except (
        yaml.YAMLError,
        tomllib.TOMLDecodeError,
        msgspec.DecodeError,
        ValueError,
        RecursionError,
    ) as error:
        first = str(error).partition("\n")[0]
        raise SourceError(f"it cannot be read: {first}") from None
    return _lowered(values) if isinstance(values, dict) else {}


def _is_dotted(line: str) -> bool:
    """Whether a line of TOML has a key of too many keys."""
    named = line.split("=")[:-1] or [line] * line.lstrip().startswith("[")
    return any(part.count(".") > MOST_DOTS for part in named)


class _Loader(yaml.SafeLoader):
    """As `SafeLoader`, for which an impossible day and a number without end are text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._aliases = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose a node, of which few may stand for others. Raises `SourceError`."""
        if self.check_event(yaml.AliasEvent):
            self._aliases += 1
            if self._aliases > MOST_ALIASES:
                raise SourceError("it has aliases, by which a few lines can become millions")
        found: yaml.Node | None = super().compose_node(parent, index)
        return found


def _timestamp(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return str(node.value)


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_int(node) if len(node.value) <= MOST_DIGITS else str(node.value)
    except ValueError:
        return str(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
_Loader.add_constructor("tag:yaml.org,2002:int", _number)


def _lowered(values: dict[Any, Any]) -> Values:
    return {str(key).lower(): value for key, value in values.items()}


def when(value: object) -> datetime | date | None:
    """A date as people write it in front matter: ISO 8601, with one digit, with an offset behind a space."""
    if isinstance(value, datetime | date):
        return value
    found = _DATE.fullmatch(str(value).strip()) if value is not None else None
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups()[:3])
    try:
        if found[4] is None:
            return date(year, month, day)
        zone = (found[7] or "").replace("UTC", "Z").replace("GMT", "Z").replace("Z", "+00:00")
        zone = f"{zone[:3]}:{zone[-2:]}" if zone else ""
        clock = f"{int(found[4]):02}:{int(found[5]):02}:{int(found[6] or 0):02}"
        return datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{clock}{zone}")
    except ValueError:
        return None


def words(value: object, *, spaces: bool = False) -> tuple[str, ...]:
    """A list of names: a list, or text with commas, or with `spaces` between its words."""
    if isinstance(value, str):
        listed: list[Any] = value.split() if spaces else value.split(",")
    elif isinstance(value, list):
        listed = [one.get("label", one.get("name")) if isinstance(one, dict) else one for one in value]
    else:
        listed = [value]
    return tuple(dict.fromkeys(str(one).strip() for one in listed if one is not None and str(one).strip()))


def text_of(values: Values, *keys: str) -> str:
    """The first value that is text, or can be written as such."""
    for key in keys:
        value = values.get(key)
        if value is not None and not isinstance(value, list | dict) and str(value).strip():
            return str(value).strip()
    return ""
