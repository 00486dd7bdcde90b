"""On-Time Delivery Rate and Contact Response Time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.conftest import Call, ToolError

LA = "America/Los_Angeles"
AS_OF = "2012-03-20T12:00:00-07:00"
DELIVERY = {"rules": "amazon-2012", "asOf": AS_OF, "timeZone": LA}


def package(**values: Any) -> dict[str, Any]:
    return {"id": "p", "tracked": True, "promised": "2012-03-10", "delivered": "2012-03-10", **values}


def verdict(node: Call, item: dict[str, Any], **options: Any) -> str:
    found = node("metrics.js", "onTimeDelivery", [item], {**DELIVERY, **options})
    if found["excluded"]:
        return str(found["excluded"][0]["reason"])
    return "on time" if found["numerator"] else "late"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "on time"),
        ({"delivered": "2012-03-11"}, "late"),
        ({"delivered": "2012-03-09"}, "on time"),
        ({"tracked": False}, "untracked"),
        ({"tracked": None, "promised": "nonsense"}, "untracked"),
        ({"delivered": None}, "late"),
        ({"delivered": None, "promised": "2012-03-20"}, "pending"),
        ({"delivered": None, "promised": "2012-03-19"}, "late"),
        ({"delivered": None, "promised": "2012-03-21"}, "pending"),
        ({"delivered": "2012-03-19", "promised": "2012-03-25"}, "on time"),
        ({"promised": None}, "invalid"),
        ({"promised": ""}, "invalid"),
        ({"promised": "2012-02-30"}, "invalid"),
        ({"promised": "10/03/2012"}, "invalid"),
        ({"delivered": "soon"}, "invalid"),
        ({"delivered": 5}, "invalid"),
        ({"timeZone": "Mars/Olympus"}, "invalid"),
        # A day ends at its end, in the package's own zone.
        ({"delivered": "2012-03-10T23:59:59-08:00"}, "on time"),
        ({"delivered": "2012-03-11T00:00:00-08:00"}, "late"),
        ({"delivered": "2012-03-10T23:59:59"}, "on time"),
        ({"delivered": "2012-03-11T04:00:00Z"}, "on time"),
        ({"delivered": "2012-03-11T04:00:00Z", "timeZone": "America/New_York"}, "on time"),
        ({"delivered": "2012-03-11T05:00:00Z", "timeZone": "America/New_York"}, "late"),
        ({"delivered": "2012-03-10T15:00:00Z", "timeZone": "Asia/Tokyo"}, "late"),
        # An instant is still in time.
        ({"promised": "2012-03-10T12:00:00Z", "delivered": "2012-03-10T12:00:00Z"}, "on time"),
        ({"promised": "2012-03-10T12:00:00Z", "delivered": "2012-03-10T12:00:00.001Z"}, "late"),
        ({"promised": "2012-03-10T12:00:00+02:00", "delivered": "2012-03-10T10:30:00Z"}, "late"),
        # The clocks went forward on March 11, 2012, at two: that day had 23 hours.
        ({"promised": "2012-03-11", "delivered": "2012-03-12T06:59:59Z"}, "on time"),
        ({"promised": "2012-03-11", "delivered": "2012-03-12T07:00:00Z"}, "late"),
        ({"promised": "2012-03-11T02:30:00", "delivered": "2012-03-11T10:30:00Z"}, "on time"),
        # What happened after the day of the report is not known on it.
        ({"promised": "2012-03-19", "delivered": "2012-03-21"}, "late"),
        ({"promised": "2012-03-20", "delivered": "2012-03-21"}, "pending"),
    ],
)
def test_how_a_package_counts(node: Call, values: dict[str, Any], expected: str) -> None:
    assert verdict(node, package(**values)) == expected


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        ("2024-10-13", "on time"),
        ("2024-10-14", "outside-window"),
        ("2024-09-30", "on time"),
        ("2024-09-29", "outside-window"),
        ("2024-10-21", "outside-window"),
    ],
)
def test_amazon_2024_looks_at_21_days_less_the_last_7(node: Call, promised: str, expected: str) -> None:
    item = package(promised=promised, delivered="2024-09-01")
    assert verdict(node, item, rules="amazon-2024", asOf="2024-10-20T12:00:00-07:00") == expected


def test_amazon_2024_counts_units(node: Call) -> None:
    options = {"rules": "amazon-2024", "asOf": "2024-10-20T12:00:00Z"}
    items = [
        package(promised="2024-10-05", delivered="2024-10-05", units=8),
        package(promised="2024-10-05", delivered="2024-10-06", units=2),
        package(promised="2024-10-05", delivered="2024-10-05", units=-1),
    ]
    found = node("metrics.js", "onTimeDelivery", items, options)
    assert (found["numerator"], found["denominator"], found["meets"], found["neededToMeet"]) == (
        8,
        10,
        False,
        10,
    )
    assert found["excluded"] == [{"id": "p", "reason": "invalid"}]


def test_the_example_of_the_help_page(node: Call) -> None:
    items = [package(id=n) for n in range(176)] + [package(delivered="2012-03-11") for _ in range(4)]
    items += [package(tracked=False) for _ in range(20)]
    found = node("metrics.js", "onTimeDelivery", items, DELIVERY)
    assert (found["numerator"], found["denominator"], round(found["rate"], 3)) == (176, 180, 0.978)
    assert (found["meets"], found["neededToMeet"], len(found["excluded"]), len(found["late"])) == (
        True,
        0,
        20,
        4,
    )


def test_no_package_is_no_rate(node: Call) -> None:
    found = node("metrics.js", "onTimeDelivery", [package(tracked=False)], DELIVERY)
    assert (found["rate"], found["meets"], found["neededToMeet"]) == (None, None, 1)


@pytest.mark.parametrize(
    ("numbers", "target", "expected"),
    [
        ((97, 100), {"value": 0.97, "inclusive": False}, 1),
        ((97, 100), {"value": 0.97, "inclusive": True}, 0),
        ((0, 1), {"value": 0.97, "inclusive": False}, 33),
        ((9, 10), {"value": 0.9, "inclusive": True}, 0),
        ((8, 10), {"value": 0.9, "inclusive": True}, 10),
        ((9, 10), {"value": 1, "inclusive": True}, None),
        ((10, 10), {"value": 1, "inclusive": True}, 0),
        ((10, 10), {"value": 1, "inclusive": False}, None),
        ((0, 0), {"value": 1, "inclusive": True}, 1),
        ((0, 100_000), {"value": 0.999, "inclusive": False}, 99_900_001),
    ],
)
def test_how_many_in_a_row_bring_the_rate_back(
    node: Call, numbers: tuple[int, int], target: dict[str, Any], expected: int | None
) -> None:
    assert node("metrics.js", "neededToMeet", *numbers, target) == expected


RESPONSE = {"rules": "amazon-2012", "asOf": "2012-08-20T12:00:00Z", "timeZone": "UTC"}


def message(**values: Any) -> dict[str, Any]:
    return {"id": "m", "received": "2012-08-10T12:00:00Z", "answered": "2012-08-10T13:00:00Z", **values}


def answer(node: Call, item: dict[str, Any], **options: Any) -> str:
    found = node("metrics.js", "responseTime", [item], {**RESPONSE, **options})
    if found["excluded"]:
        return str(found["excluded"][0]["reason"])
    return "in time" if found["numerator"] else "late"


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        ({}, {}, "in time"),
        ({"answered": "2012-08-11T12:00:00Z"}, {}, "in time"),
        ({"answered": "2012-08-11T12:00:00.001Z"}, {}, "late"),
        ({"answered": "2012-08-11T13:00:00Z"}, {}, "late"),
        ({"answered": "2012-08-10T11:59:59Z"}, {}, "invalid"),
        ({"received": "yesterday"}, {}, "invalid"),
        ({"received": None}, {}, "invalid"),
        ({"noResponseNeeded": True, "answered": None}, {}, "no-response-needed"),
        ({"answered": None}, {}, "late"),
        ({"answered": None, "received": "2012-08-20T00:00:00Z"}, {}, "pending"),
        ({"answered": None, "received": "2012-08-19T12:00:00Z"}, {}, "pending"),
        ({"answered": None, "received": "2012-08-19T11:59:59Z"}, {}, "late"),
        ({"answered": None, "received": "2012-08-20T00:00:00Z"}, {"unanswered": "always-late"}, "late"),
        # Before July 2012 every unanswered message was late.
        ({"answered": None, "received": "2012-06-30T00:00:00Z"}, {"asOf": "2012-06-30T12:00:00Z"}, "late"),
        ({"answered": None, "received": "2012-07-01T00:00:00Z"}, {"asOf": "2012-07-01T12:00:00Z"}, "pending"),
        # The night on which clocks go forward is an hour shorter; the limit is not.
        (
            {"received": "2012-03-10T12:00:00", "answered": "2012-03-11T13:00:00"},
            {"timeZone": LA},
            "in time",
        ),
        (
            {"received": "2012-03-10T12:00:00", "answered": "2012-03-11T13:00:01"},
            {"timeZone": LA},
            "late",
        ),
        ({"answered": "2012-08-12T12:00:00Z"}, {"rules": "walmart"}, "in time"),
        (
            {"received": "2012-07-01T00:00:00Z", "answered": "2012-07-01T01:00:00Z"},
            {"rules": "walmart"},
            "outside-window",
        ),
    ],
)
def test_how_a_message_counts(
    node: Call, values: dict[str, Any], options: dict[str, Any], expected: str
) -> None:
    assert answer(node, message(**values), **options) == expected


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"rules": "nobody"}, "no rules are called"),
        ({"rules": "toString"}, "no rules are called"),
        ({"asOf": "now"}, "asOf is no instant"),
        ({"asOf": "2012-03-20"}, "asOf is no instant"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(node: Call, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ToolError, match=problem):
        node("metrics.js", "onTimeDelivery", [], {**DELIVERY, **options})


def test_nothing_in_a_list_stops_the_rest(node: Call) -> None:
    found = node("metrics.js", "onTimeDelivery", [None, 7, "x", [], {}, package()], DELIVERY)
    assert (found["numerator"], found["denominator"], len(found["excluded"])) == (1, 1, 5)


days = st.dates(datetime(2012, 2, 20).date(), datetime(2012, 3, 30).date()).map(lambda day: day.isoformat())
packages = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.integers(),
            "tracked": st.booleans(),
            "promised": days | st.none() | st.text(max_size=5),
            "delivered": days | st.none() | st.just("2012-03-10T10:00:00Z"),
        }
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(packages, st.randoms(use_true_random=False))
def test_what_always_holds(node: Call, items: list[dict[str, Any]], random: Any) -> None:
    found = node("metrics.js", "onTimeDelivery", items, DELIVERY)
    assert len(found["excluded"]) + found["denominator"] == len(items)
    assert len(found["late"]) + found["numerator"] == found["denominator"]
    assert found["rate"] is None or 0 <= found["rate"] <= 1
    shuffled = items[:]
    random.shuffle(shuffled)
    again = node("metrics.js", "onTimeDelivery", shuffled, DELIVERY)
    assert {k: again[k] for k in ("rate", "numerator", "denominator", "neededToMeet")} == {
        k: found[k] for k in ("rate", "numerator", "denominator", "neededToMeet")
    }
    more = node("metrics.js", "onTimeDelivery", [*items, package()], DELIVERY)
    assert more["rate"] >= (found["rate"] or 0)
    needed = found["neededToMeet"]
    enough = node("metrics.js", "onTimeDelivery", [*items, *[package()] * needed], DELIVERY)
    assert enough["meets"] is (True if needed or found["denominator"] else None)
    if needed:
        short = node("metrics.js", "onTimeDelivery", [*items, *[package()] * (needed - 1)], DELIVERY)
        assert short["meets"] is not True


@settings(max_examples=60)
@given(
    st.datetimes(datetime(1971, 1, 2), datetime(2037, 12, 30)),
    st.sampled_from(
        ["UTC", LA, "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Monrovia"]
    ),
)
def test_local_times_are_those_of_the_zone(node: Call, local: datetime, zone: str) -> None:
    from deskpress.source.dates import zone as of_name

    aware = local.replace(microsecond=0, tzinfo=of_name(zone))
    there = aware.astimezone(of_name("UTC"))
    if there.astimezone(of_name(zone)).replace(tzinfo=None) != aware.replace(tzinfo=None):
        return  # a time that clocks skip
    ms = node("time.js", "instant", aware.replace(tzinfo=None).isoformat(), zone)
    assert datetime.fromtimestamp(0, of_name("UTC")) + timedelta(milliseconds=ms) == there
