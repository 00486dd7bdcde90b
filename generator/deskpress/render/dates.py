"""Dates as readers see them, in the site's language (CLDR, through Babel)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from babel.dates import format_date, format_skeleton, format_time

from deskpress.model.document import Month
from deskpress.model.words import locale_of as locale


@cache
def day_text(day: date, language: str) -> str:
    """`March 26, 2012`, the day unpadded."""
    return format_date(day, "long", locale(language))


@cache
def instant_text(at: datetime, language: str) -> str:
    """`March 10, 2012, 10:00 PM`, in the zone that `at` is in."""
    time = format_time(at.time(), "short", locale=locale(language))
    return f"{day_text(at.date(), language)}, {time}".replace("\u202f", " ")


@cache
def month_text(month: Month, language: str) -> str:
    """`March 2012`."""
    return format_skeleton("yMMMM", date(month.year, month.number, 1), locale=locale(language))


@cache
def month_name(month: Month, language: str) -> str:
    """`March`."""
    return format_date(date(month.year, month.number, 1), "LLLL", locale(language))


def month_of(text: str) -> Month:
    """Read a month as `str(Month)` writes it."""
    year, number = text.split("-")
    return Month(int(year), int(number))
