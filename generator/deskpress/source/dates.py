"""Dates as editors write them, in the time zone of the site."""

from __future__ import annotations

import importlib.resources
from datetime import date, datetime, time, timedelta
from datetime import timezone as timezone_of
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskpress.model.patterns import lazy_pattern

MIN_YEAR, MAX_YEAR = 1000, 9998
"""Years that fit `/2012/03/`, with room for time zones."""


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone `name`, from the `tzdata` package.

    Not from the machine's own database: that differs between machines, and so would the bytes of a
    site. Raises `ZoneInfoNotFoundError`.
    """
    parts = name.split("/")
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        raise ZoneInfoNotFoundError(f"no time zone is called {name!r}")
    found = importlib.resources.files("tzdata").joinpath("zoneinfo", *parts)
    if not found.is_file():
        raise ZoneInfoNotFoundError(f"no time zone is called {name!r}")
    with found.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@cache
def zones_known() -> tuple[str, ...]:
    """The names of all time zones."""
    listed = importlib.resources.files("tzdata").joinpath("zones").read_text("utf-8")
    return tuple(sorted(listed.split()))


def instant(value: object, timezone: ZoneInfo) -> datetime:
    """Read a YAML date, datetime or ISO 8601 text as an instant with the offset of `timezone`.

    A date is its midnight; an instant without an offset belongs to `timezone`. Raises `ValueError`.
    """
    if isinstance(value, str):
        value = _from_text(value.strip())
    if isinstance(value, datetime):
        _check_year(value.year)
        moment = value.replace(tzinfo=timezone) if value.tzinfo is None else value.astimezone(timezone)
    elif isinstance(value, date):
        _check_year(value.year)
        moment = datetime.combine(value, time(), timezone)
    else:
        raise ValueError(f"`{value}` is not a valid date")
    # The offset of that instant: it is all that is shown, and unlike a zone it can be stored.
    return moment.replace(microsecond=0, tzinfo=timezone_of(moment.utcoffset() or timedelta()))


def day(value: object, timezone: ZoneInfo) -> date:
    """Read a value as a calendar day in `timezone`. Raises `ValueError`."""
    return instant(value, timezone).date()


_DOTTED = lazy_pattern(r"[T ]\d\d\.")
"""A time with a dot between hour and minutes: `fromisoformat` would read fractions of a second."""


def _from_text(text: str) -> datetime:
    try:
        if _DOTTED.search(text):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a valid date") from None


def _check_year(year: int) -> None:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise ValueError(f"the year {year} is out of range")
