"""What workbooks and pages that call themselves one write otherwise: durations, cells over several rows."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.tools.conftest import Call
from tests.tools.test_tables import judge, sheet, workbook

HEADINGS = ("Ticket ID", "Created", "First response time (hrs)")
DAY = 46055.375
"""February 2, 2026, 9:00, as a serial number."""


def in_hours(rows: str) -> str:
    """The third column in Excel's format for hours above 24."""
    return rows.replace(' s="1"><v>0.', ' s="2"><v>0.').replace(' s="1"><v>1.', ' s="2"><v>1.')


def test_a_cell_that_shows_hours_tells_how_long_it_took(node: Call) -> None:
    rows = [("1", DAY, 0.0625), ("2", DAY, 1.0), ("3", DAY, 1.0625)]
    found = judge(node, workbook(data=in_hours(sheet([HEADINGS, *rows]))), "messages")
    assert [row[HEADINGS[2]] for row in found["rows"]] == ["1:30:00", "24:00:00", "25:30:00"]
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (2, 3)


def test_a_time_beside_its_day_is_one_moment(node: Call) -> None:
    headings = ("Order ID", "Promised date", "Promised time", "Delivered date", "Delivered time")
    rows = [("1", 46058.0, 0.75, 46058.0, 0.70), ("2", 46058.0, 0.75, 46058.0, 0.80)]
    found = judge(node, workbook(data=in_hours(sheet([headings, *rows]))))
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (1, 2)


def test_durations_of_2003_are_read_and_those_in_text_asked(node: Call) -> None:
    rows = [("1", "1899-12-31T01:30:00.000"), ("2", "1900-01-01T02:10:00.000")]
    cells = "".join(
        f'<Row><Cell><Data ss:Type="String">{name}</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-02-02T09:00:00.000</Data></Cell>'
        f'<Cell><Data ss:Type="DateTime">{answer}</Data></Cell></Row>'
        for name, answer in rows
    )
    head = "".join(f'<Cell><Data ss:Type="String">{heading}</Data></Cell>' for heading in HEADINGS)
    found = judge(
        node,
        '<?xml version="1.0"?><Workbook xmlns:ss="s"><Worksheet ss:Name="S"><Table>'
        f"<Row>{head}</Row>{cells}</Table></Worksheet></Workbook>",
        "messages",
    )
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (1, 2)
    text = "Ticket ID,Created,First reply\n" + "".join(
        f"{name},2026-02-02 09:00,{answer}\n" for name, answer in (*rows, ("3", "2026-02-02 10:00"))
    )
    assert [q["field"] for q in judge(node, text, "messages")["questions"]] == ["answered"]


@pytest.mark.parametrize("again", ["", '<td rowspan="2">1Z1</td>'])
def test_a_cell_that_reaches_over_rows_counts_in_each(node: Call, again: str) -> None:
    heads = ("Order ID", "Promised date", *(["Tracking number"] if again else []), "Item", "Delivered")
    head = "".join(f"<th>{heading}</th>" for heading in heads)
    rows = (
        f'<tr><td rowspan="2">B1</td><td rowspan="2">2026-02-05</td>{again}'
        "<td>a</td><td>2026-02-05</td></tr>"
        "<tr><td>b</td><td>2026-02-05</td></tr>"
        f"<tr><td>B2</td><td>2026-02-05</td>{again and '<td>1Z2</td>'}<td>a</td><td>2026-02-06</td></tr>"
    )
    found = judge(node, f"<html><table><tr>{head}</tr>{rows}</table></html>")
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (1, 2)


FAR = '<worksheet><sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
WIDE = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 1300))


@pytest.mark.slow
@pytest.mark.parametrize(
    "file",
    [
        workbook(**{f"s{n}": FAR for n in range(21)}),
        workbook(data=f"<worksheet><sheetData>{WIDE}</sheetData></worksheet>"),
        '<?xml version="1.0"?><Workbook xmlns:ss="s">'
        + 21 * '<Worksheet><Table><Row ss:Index="1048576"></Row></Table></Worksheet>'
        + "</Workbook>",
        '<?xml version="1.0"?><Workbook xmlns:ss="s"><Worksheet><Table>'
        + 1300 * '<Row><Cell ss:Index="16384"><Data>1</Data></Cell></Row>'
        + "</Table></Worksheet></Workbook>",
        f"<table><tr>{201_000 * '<td colspan=100>'}</tr></table>",
        f"<table><tr>{2100 * '<td colspan=100 rowspan=100>'}</tr>{100 * '<tr></tr>'}</table>",
    ],
    ids=["rows", "columns", "rows of 2003", "columns of 2003", "wide cells", "high cells"],
)
def test_cells_far_away_count_with_all_between(node: Call, file: str | bytes) -> None:
    """A few kilobytes would else fill the memory of a browser."""
    assert "more than 20000000 cells" in judge(node, file)["refusal"].replace(",", "")


def test_a_part_is_one_sheet_however_often_it_is_named(node: Call) -> None:
    book = workbook(data=sheet([HEADINGS, ("1", DAY, 0.0625)]))
    assert judge(node, book, "messages")["sheets"] == ["data"]
    again = 1000 * '<sheet name="data" r:id="r0"/>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<sheets>", b"<sheets>" + again.encode()))
    assert judge(node, made.getvalue(), "messages")["sheets"] == ["data"]
