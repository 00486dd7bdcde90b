"""The vacation planner, across changes of the clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.conftest import Call, ToolError

LA = "America/Los_Angeles"


def plan(node: Call, **values: Any) -> dict[str, str]:
    given = {"lastDay": "2012-03-19", "returnDay": "2012-03-26", "handlingDays": 2, "timeZone": LA}
    found: dict[str, str] = node("vacation.js", "planVacation", {**given, **values})
    return found


def test_the_listings_are_gone_when_the_last_order_comes_in(node: Call) -> None:
    found = plan(node)
    # Of two days of handling, the orders of March 17 are the last that are handled on March 19.
    assert found["lastOrderAt"] == "2012-03-18T07:00:00.000Z"
    assert found["inactiveAt"] == "2012-03-18T06:00:00.000Z"
    assert found["activeAt"] == "2012-03-26T07:00:00.000Z"
    assert found["visibleBy"] == "2012-03-26T08:00:00.000Z"


def test_the_day_of_the_change_of_clocks_has_its_own_length(node: Call) -> None:
    # In Los Angeles, clocks went forward on March 11, 2012, and back on November 4.
    assert plan(node, lastDay="2012-03-10", handlingDays=0)["lastOrderAt"] == "2012-03-11T08:00:00.000Z"
    assert plan(node, lastDay="2012-03-11", handlingDays=0)["lastOrderAt"] == "2012-03-12T07:00:00.000Z"
    assert plan(node, lastDay="2012-03-12", handlingDays=2)["lastOrderAt"] == "2012-03-11T08:00:00.000Z"
    autumn = plan(node, lastDay="2012-11-03", returnDay="2012-11-05", handlingDays=0)
    assert (autumn["lastOrderAt"], autumn["activeAt"]) == (
        "2012-11-04T07:00:00.000Z",
        "2012-11-05T08:00:00.000Z",
    )


def test_the_delay_may_be_another(node: Call) -> None:
    found = plan(node, delayMinutes=0)
    assert (found["inactiveAt"], found["activeAt"]) == (found["lastOrderAt"], found["visibleBy"])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"lastDay": "soon"}, "lastDay is no day"),
        ({"returnDay": "2012-02-30"}, "returnDay is no day"),
        ({"returnDay": None}, "returnDay is no day"),
        ({"returnDay": "2012-03-19"}, "must come after"),
        ({"handlingDays": -1}, "handlingDays"),
        ({"handlingDays": 1.5}, "handlingDays"),
        ({"delayMinutes": -1}, "delayMinutes"),
        ({"timeZone": "Mars/Olympus"}, "RangeError"),
        ({"customerTimeZone": "Mars/Olympus"}, "RangeError"),
    ],
)
def test_what_makes_no_plan_is_said(node: Call, values: dict[str, Any], message: str) -> None:
    with pytest.raises(ToolError, match=message):
        plan(node, **values)


def test_the_calendar_file_tells_both_dates_in_both_zones(node: Call) -> None:
    ics = plan(node, customerTimeZone="Asia/Tokyo")["ics"]
    lines = ics.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = ics.replace("\r\n ", "")
    assert [line for line in whole.split("\r\n") if line.startswith("DTSTART")] == [
        "DTSTART:20120318T060000Z",
        "DTSTART:20120326T070000Z",
    ]
    assert r"2012-03-18 00:00 (America/Los_Angeles)\, 2012-03-18 16:00 (Asia/Tokyo)" in whole
    assert ics == plan(node, customerTimeZone="Asia/Tokyo")["ics"]


days = st.dates(date(2000, 1, 1), date(2037, 12, 1))
zones = st.sampled_from([LA, "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])


@settings(max_examples=100)
@given(days, st.integers(1, 60), st.integers(0, 30), zones)
def test_a_plan_agrees_with_the_calendar(node: Call, last: date, away: int, handling: int, zone: str) -> None:
    back = last + timedelta(days=away)
    found = plan(node, lastDay=str(last), returnDay=str(back), handlingDays=handling, timeZone=zone)
    order, active = (
        datetime.fromisoformat(found[key]).astimezone(ZoneInfo(zone)) for key in ("lastOrderAt", "activeAt")
    )
    skipped = {("Pacific/Apia", date(2011, 12, 30))}
    if (zone, last + timedelta(days=1 - handling)) not in skipped:
        assert order.date() == last + timedelta(days=1 - handling)
    if (zone, back) not in skipped:
        assert active.date() == back
    times = [
        datetime.fromisoformat(found[key]) for key in ("inactiveAt", "lastOrderAt", "activeAt", "visibleBy")
    ]
    assert times == sorted(times)
