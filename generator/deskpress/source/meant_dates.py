"""Dates in other formats, and how to write them here."""

from __future__ import annotations

import re
import unicodedata
from calendar import month_name, monthrange
from datetime import date

from deskpress.model.patterns import lazy_pattern

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DASHES = lazy_pattern("[\u2010-\u2015\u2212]")
_MARKS = " \t\"'“”„‘’«»,;"
_WEEKDAY = lazy_pattern(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I)
_TIME = lazy_pattern(
    r"(?:T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::\d{2})?\s*"
    r"(?P<half>[ap]\.?m\.?)?(?:\s*(?:uhr|o'clock|h|Z|\(?[A-Z]{2,5}\)?))?$",
    re.I,
)
_NUMBERS = lazy_pattern(r"(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})\.?")
_RUN = lazy_pattern(r"(\d{4})(\d\d)(\d\d)")
_MONTH = lazy_pattern(r"(\d{4})[-/.](\d{1,2})")
_NAMED = lazy_pattern(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?[ -]+(?:of )?)?([A-Za-z]{3,9})\.?"
    r"(?:[ -]+(\d{1,2})(?:st|nd|rd|th)?)?[ ,-]+(\d{4})"
)


def date_hint(text: str, otherwise: str = "write YYYY-MM-DD or YYYY-MM-DD HH:MM") -> str:
    """What to write in place of an invalid date; `otherwise` if that is ambiguous."""
    days, time = _read(text)
    if days:
        return "write " + " or ".join(f"`{day}{time}`" for day in days)
    if re.search("yyyy|jjjj", text, re.I):
        return "write the day, as in `2012-03-12`"
    plain, _ = _parted(text)
    if re.fullmatch(r"\d{1,2}:\d\d", plain):
        return f"the day is missing, as in `2012-03-12 {plain:0>5}`"
    if found := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", plain):
        year, month, day = map(int, found.groups())
        if 1 <= month <= 12 and day and year >= 1000:
            last = monthrange(year, month)[1]
            return f"{month_name[month]} has {last} days: did you mean `{date(year, month, last)}`?"
        if year < 1000:
            return "is the year right?"
    if (found := _MONTH.fullmatch(plain)) and (first := _day_of(int(found[1]), int(found[2]), 1)):
        return f"the day is missing, as in `{first}`"
    return otherwise


def meant_day(text: str) -> str:
    """The intended day of a date, YYYY-MM-DD; empty if that is ambiguous."""
    days, _ = _read(text)
    return days[0] if len(days) == 1 else ""


def _read(text: str) -> tuple[list[str], str]:
    """The days that a date may stand for, and its time (` HH:MM`), if it has one."""
    plain, time = _parted(text)
    return list(dict.fromkeys(day for day in _days(plain) if day)), time


def _parted(text: str) -> tuple[str, str]:
    """A date in plain digits and hyphens, and its time as ` HH:MM`; without it if the time is invalid."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip(_MARKS)
    if re.fullmatch(r"[\dOol][\dOol./ -]+(?:[T ][\d:]+)?", plain):
        plain = plain.replace("O", "0").replace("o", "0").replace("l", "1")
    plain = _WEEKDAY.sub("", plain)
    found = _TIME.search(plain)
    if found is None or (found["minute"] is None and not found["half"] and found.end("hour") == len(plain)):
        return plain, ""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    time = f" {hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
    return plain[: found.start()].strip(_MARKS), time


def _days(plain: str) -> list[str]:
    if named := _NAMED.fullmatch(plain):
        number = named[2][:3].lower()
        day = named[1] or named[3]
        if number not in _MONTHS or not day:
            return []
        return [_day_of(int(named[4]), _MONTHS.index(number) + 1, int(day))]
    if run := _RUN.fullmatch(plain):
        return [_day_of(int(run[1]), int(run[2]), int(run[3]))]
    found = _NUMBERS.fullmatch(plain)
    if found is None:
        return []
    first, middle, last = map(int, found.groups())
    if len(found[1]) == 4:
        # The day may come before the month.
        return [_day_of(first, middle, last) or _day_of(first, last, middle)]
    if len(found[1]) == 2 and len(found[3]) == 2 and "-" in plain:
        return [_day_of(2000 + first, middle, last), _day_of(2000 + last, middle, first)]
    if len(found[3]) != 4:
        return []
    if "." in plain:
        # With dots, the day always comes before the month.
        return [_day_of(last, middle, first)]
    return [_day_of(last, middle, first), _day_of(last, first, middle)]


def _day_of(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if year >= 1000 else ""
    except ValueError:
        return ""
