"""What a cell of other people's tables says: dates, spans, durations, nothing."""

from __future__ import annotations

import pytest

from tests.tools.conftest import Call


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2012-03-12", "month-first", "2012-03-12"),
        ("2012/3/2", "month-first", "2012-03-02"),
        ("3/12/2012", "month-first", "2012-03-12"),
        ("3/12/2012", "day-first", "2012-12-03"),
        ("12.03.2012 14:05", "day-first", "2012-03-12T14:05:00"),
        ("12.03.2012 14:05", "month-first", "2012-03-12T14:05:00"),
        ("2012-03-12T14:05:06.789Z", "", "2012-03-12T14:05:06Z"),
        ("2012-03-12 14:05:06 +0100", "", "2012-03-12T14:05:06+01:00"),
        ("Mar 12, 2012 12:05 AM PST", "", "2012-03-12T00:05:00-08:00"),
        ("Monday, March 12, 2012 at 2:05 p.m.", "", "2012-03-12T14:05:00"),
        ("12 March 2012", "", "2012-03-12"),
        ("12-Mar-2012 14:05 UTC", "", "2012-03-12T14:05:00Z"),
        ("", "", None),
        ("N/A", "", None),
        ("soon", "", "soon"),
        ("2012-03-12 14:05 AM", "", "2012-03-12 14:05 AM"),
        ("12345", "", "12345"),
        ("Feb-03-26", "", "2026-02-03"),
        ("02/Feb/26 9:00 AM", "", "2026-02-02T09:00:00"),
        ("2/3/26 16:05", "month-first", "2026-02-03T16:05:00"),
        ("20260203", "", "2026-02-03"),
        ("20260203T160500Z", "", "2026-02-03T16:05:00Z"),
        ("46056", "", "2026-02-03"),
        ("46056.67013888889", "", "2026-02-03T16:05:00"),
        ("'2026-02-03", "", "2026-02-03"),
        ('="2026-02-03"', "", "2026-02-03"),
        ('=""', "", None),
        ("\u00a02026-02-03\u202f", "", "2026-02-03"),
        ("3. Februar 2026 16:05 Uhr", "", "2026-02-03T16:05:00"),
        ("mar. 3 févr. 2026 à 16h05", "", "2026-02-03T16:05:00"),
        ("3 de febrero de 2026 a las 16:05", "", "2026-02-03T16:05:00"),
        ("٣ فبراير ٢٠٢٦", "", "2026-02-03"),
        ("3 كانون الثاني 2026", "", "2026-01-03"),
        ("Tue Feb  3 16:05:00 UTC 2026", "", "2026-02-03T16:05:00Z"),
        ("Tue, 3 Feb 2026 16:05:00 +0000", "", "2026-02-03T16:05:00+00:00"),
        ("16:05 2026-02-03", "", "2026-02-03T16:05:00"),
        ("2026-02-03 16:05 Europe/Berlin", "", "2026-02-03T15:05:00Z"),
        ("2026-02-03 16:05 CET", "", "2026-02-03T16:05:00+01:00"),
        ("1769990400", "", "2026-02-02T00:00:00Z"),
        ("0000-00-00 00:00:00", "", None),
        ("1900-01-00", "", None),
        ("#N/A", "", None),
        ("NaN", "", None),
        ("OUT_FOR_DELIVERY", "", None),
        ("noch nicht zugestellt", "", None),
        ("en cours de livraison", "", None),
        ("no entregado", "", None),
        ("لم يتم التسليم", "", None),
        ("Delivered on Feb 3, 2026", "", "2026-02-03"),
        ("Zugestellt: 03.02.2026", "", "2026-02-03"),
        ("Expected by 2026-02-03", "", "2026-02-03"),
        ("2026-13-03", "", "2026-13-03"),
        ("Feb 3", "", "Feb 3"),
    ],
)
def test_dates_as_people_write_them(node: Call, text: str, order: str, expected: str | None) -> None:
    assert node("table/moments.js", "readMoment", text, order) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Feb 3 - Feb 5, 2026",
        "Feb 3-5, 2026",
        "3-5 Feb 2026",
        "Feb 3 – 5, 2026",
        "2026-02-03 - 2026-02-05",
        "2026-02-03/2026-02-05",
        "03.02.2026 bis 05.02.2026",
        "02/03/2026 to 02/05/2026",
        "3.-5. Februar 2026",
        "between Feb 3 and Feb 5, 2026",
    ],
)
def test_a_span_of_days_counts_by_its_end(node: Call, text: str) -> None:
    assert node("table/moments.js", "readCell", text, "month-first", True)["iso"] == "2026-02-05"
    assert "iso" not in node("table/moments.js", "readCell", text, "month-first", False)


def test_a_span_of_hours_counts_by_its_end(node: Call) -> None:
    for text in ("2026-02-03 10:00-12:00", "2026-02-03 10:00 - 12:00", "Feb 3, 2026 10:00 AM - 12:00 PM"):
        found = node("table/moments.js", "readCell", text, "month-first", True)
        assert found["iso"] == "2026-02-03T12:00:00"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("90", "minutes", 5400),
        ("1,441", "minutes", 86_460),
        ("1.5", "hours", 5400),
        ("01:30:00", "clock", 5400),
        ("24:01:00", "", 86_460),
        ("1 day, 2:03:04", "", 93_784),
        ("1h 30m", "", 5400),
        ("1 day 2 hrs", "", 93_600),
        ("PT90M", "", 5400),
        ("", "minutes", None),
    ],
)
def test_durations_as_helpdesks_write_them(node: Call, text: str, unit: str, expected: int | None) -> None:
    assert node("table/durations.js", "readDuration", text, unit) == expected


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("First reply time (min)", "minutes"),
        ("First reply time in minutes", "minutes"),
        ("First response time (in hrs)", "hours"),
        ("Time to first agent email reply (HH:mm:ss)", "clock"),
        ("First response time [s]", "seconds"),
        ("first_response_time_seconds", "seconds"),
        ("First reply time", ""),
    ],
)
def test_the_unit_stands_in_the_heading(node: Call, heading: str, unit: str) -> None:
    assert node("table/durations.js", "unitOf", heading) == unit
