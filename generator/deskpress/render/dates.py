"""Dates as readers see them, in the site's language (CLDR, through Babel)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time

from deskpress.model.document import Month


@cache
def locale(language: str) -> Locale:
    """The CLDR locale of an MkDocs language (`en`, `pt-BR`); English for one that CLDR lacks."""
    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


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
    return format_date(date(month.year, month.number, 1), "MMMM y", locale(language))


@cache
def month_name(month: Month, language: str) -> str:
    """`March`."""
    return format_date(date(month.year, month.number, 1), "LLLL", locale(language))


def month_of(text: str) -> Month:
    """Read a month as `str(Month)` writes it."""
    year, number = text.split("-")
    return Month(int(year), int(number))
