"""Other people's files: which column is which, and what a date says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.conftest import Call, ToolError


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2012-03-12", "month-first", "2012-03-12"),
        ("2012/3/2", "month-first", "2012-03-02"),
        ("3/12/2012", "month-first", "2012-03-12"),
        ("3/12/2012", "day-first", "2012-12-03"),
        ("12.03.2012 14:05", "day-first", "2012-03-12T14:05:00"),
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
    ],
)
def test_dates_as_people_write_them(node: Call, text: str, order: str, expected: str | None) -> None:
    assert node("records.js", "readMoment", text, order) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["3/12/2012", "13/1/2012"], "day-first"),
        (["3/12/2012", "1/13/2012"], "month-first"),
        (["3/12/2012"], ""),
        (["2012-03-13"], ""),
    ],
)
def test_which_way_round_days_and_months_stand(node: Call, values: list[str], expected: str) -> None:
    assert node("records.js", "dateOrder", values) == expected


@pytest.mark.parametrize(
    ("kind", "headings", "expected"),
    [
        (
            "packages",
            ["amazon-order-id", "Promise_Date", "Actual Delivery Date", "tracking-id", "quantity"],
            ["Promise_Date", "Actual Delivery Date", "tracking-id", "quantity", "", "amazon-order-id"],
        ),
        ("packages", ["a", "b"], ["", "", "", "", "", ""]),
        (
            "messages",
            ["Ticket ID", "Created at", "First response at (UTC)", "Subject"],
            ["Created at", "First response at (UTC)", "", "Ticket ID"],
        ),
    ],
)
def test_columns_are_found_by_their_usual_names(
    node: Call, kind: str, headings: list[str], expected: list[str]
) -> None:
    assert list(node("records.js", "guessColumns", kind, headings).values()) == expected


def test_rows_become_what_is_judged(node: Call) -> None:
    mapping = {"promised": "P", "delivered": "D", "tracked": "T", "units": "U", "timeZone": "", "id": ""}
    row = {"P": "3/12/2012", "D": "", "T": "1Z", "U": "2"}
    found = node("records.js", "toRecord", "packages", row, mapping, "month-first", 7)
    assert found == {"id": 7, "promised": "2012-03-12", "delivered": None, "tracked": True, "units": 2}
    assert not node("records.js", "toRecord", "packages", {**row, "T": "no"}, mapping, "", 7)["tracked"]


def judged(node: Call, text: str, mapping: dict[str, str], **more: Any) -> Any:
    """`judgeTable` with what a page tells it."""
    rules = node("metrics.js", "ruleSet", "amazon-2012")
    options = {"rules": rules, "asOf": "2012-03-20T12:00:00", "timeZone": "UTC"}
    job = {
        "kind": "packages",
        "mapping": mapping,
        "order": "month-first",
        "delimiter": ",",
        "options": options,
    }
    return node("judge.js", "judgeTable", text, {**job, **more})


def test_rows_keep_their_numbers_over_empty_lines_and_line_breaks_in_cells(node: Call) -> None:
    text = 'P,D\n\n"2012-03-01","2012-03-02"\n2012-03-01,"2012-03-01\n"\nsoon,\n'
    found = judged(node, text, {"promised": "P", "delivered": "D"})
    assert [entry["id"]["row"] for entry in found["late"]] == [3]
    assert [entry["id"]["row"] for entry in found["excluded"]] == [5]
    assert (found["rows"], found["numerator"]) == (3, 1)


def test_a_table_longer_than_a_slice_is_read_whole(node: Call) -> None:
    text = "P,D\n" + '"2012-03-01","2012-03-01"\n' * 50_000
    found = judged(node, text, {"promised": "P", "delivered": "D"})
    assert (found["rows"], found["numerator"], found["weeks"]) == (
        50_000,
        50_000,
        [["2012-02-27", 50_000, 0]],
    )


def test_a_file_that_is_far_too_large_is_not_read(node: Call) -> None:
    with pytest.raises(ToolError, match="larger than 100 MB"):
        node("judge.js", "readTable", {"size": 200_000_000})
