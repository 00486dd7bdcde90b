"""Other people's tables: what is understood of them, what is asked, and that no rate is shown on a guess."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.conftest import HERE, TOOLS, Call

FILES = str(HERE / "files.mjs")
CASES = sorted(path.parent for path in (HERE / "cases/tables").glob("*/expected.json"))
AS_OF = "2026-03-01T12:00:00"
PACKAGES = (
    ("B1", "2026-02-03", "2026-02-03 16:05", "1Z0001"),
    ("B2", "2026-02-05", "2026-02-06 09:00", "1Z0002"),
    ("B3", "2026-02-10", "2026-02-09 11:30", "1Z0003"),
    ("B4", "2026-02-12", "", "1Z0004"),
    ("B5", "2026-03-10", "", "1Z0005"),
    ("B6", "2026-02-07", "2026-02-07 18:00", ""),
)
"""Two of four that count are in time."""
MESSAGES = (
    ("100", "2026-02-02 09:00", "2026-02-02 10:30"),
    ("101", "2026-02-03 22:00", "2026-02-04 22:00"),
    ("102", "2026-02-05 08:00", "2026-02-06 08:01"),
    ("103", "2026-02-10 08:00", ""),
    ("104", "2026-03-01 08:00", ""),
)
HEADINGS = ("Order ID", "Promised date", "Delivered", "Tracking number")

Rows = Sequence[Sequence[str]]


def text_of(headings: Sequence[str], rows: Rows, separator: str = ",") -> str:
    def cell(value: str) -> str:
        quoted = any(letter in value for letter in (separator, '"', "\n"))
        return '"' + value.replace('"', '""') + '"' if quoted else value

    return "".join(separator.join(map(cell, row)) + "\r\n" for row in (headings, *rows))


def judge(node: Call, data: str | bytes, kind: str = "packages", **options: Any) -> Any:
    content = data.encode() if isinstance(data, str) else data
    told = {"kind": kind, "rules": "amazon-2012", "asOf": AS_OF, "timeZone": "UTC", **options}
    return node(FILES, "judge", base64.b64encode(content).decode(), told)


def reasons(entries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((entry["id"]["name"], entry["reason"]) for entry in entries)


def is_half(found: Any) -> bool:
    """Whether a rate of two in four is shown."""
    if found["status"] != "rate":
        return False
    rate = found["rate"]
    return (rate["rate"], rate["numerator"], rate["denominator"]) == (0.5, 2, 4)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_exports_of_many_programs(node: Call, case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text())
    told = {"rules": expected["rules"], "asOf": expected["asOf"], "timeZone": expected["timeZone"]}
    found = judge(node, (case / expected["file"]).read_bytes(), expected["kind"], **told)
    wanted = [*expected["wanted"], *(["refusal"] if "question" in expected["wanted"] else [])]
    assert found["status"] in wanted, found["refusal"] or found["questions"]
    for name, heading in expected["columns"].items():
        assert found["columns"].get(name, "") == heading, name
    if found["status"] == "rate":
        assert found["rate"]["rate"] == expected["rate"]
        for name in ("numerator", "denominator"):
            assert found["rate"][name] == expected.get(name, found["rate"][name])
        assert reasons(found["rate"]["late"]) == sorted((e["id"], e["reason"]) for e in expected["late"])
        excluded = sorted((e["id"], e["reason"]) for e in expected["excluded"])
        assert reasons(found["rate"]["excluded"]) == excluded


def us(moment: str) -> str:
    day, _, time = moment.partition(" ")
    return f"{datetime.fromisoformat(day):%m/%d/%Y} {time}".strip() if day else ""


@pytest.mark.parametrize(
    "headings",
    [
        ("Bestellnummer", "Voraussichtliches Lieferdatum", "Zugestellt am", "Sendungsnummer"),
        ("Bestell-Nr.", "Liefertermin", "Lieferdatum", "Tracking-Nr."),
        ("Numéro de commande", "Date de livraison prévue", "Livré le", "Numéro de suivi"),
        ("Commande", "Date de livraison promise", "Date de livraison réelle", "N° de suivi"),
        ("Número de pedido", "Fecha de entrega prevista", "Fecha de entrega", "Número de seguimiento"),
        ("رقم الطلب", "تاريخ التسليم المتوقع", "تاريخ التسليم الفعلي", "رقم التتبع"),
        ("Order #", "Estimated delivery date", "Delivery date", "Tracking #"),
        ("order_id", "promised_delivery_date", "delivered_at", "tracking_code"),
        ("orderId", "promisedDate", "deliveredAt", "trackingNumber"),
        ("Order", "EDD", "Delivered on", "Tracking ID"),
        ("Order", "Deliver by", "Date delivered", "Tracking no."),
        ("order id", "latest-delivery-date", "actual-delivery-date", "tracking-id"),
    ],
)
def test_headings_of_five_languages(node: Call, headings: tuple[str, ...]) -> None:
    assert is_half(judge(node, text_of(headings, PACKAGES)))


@pytest.mark.parametrize(
    "headings",
    [
        ("Ticketnummer", "Erstellt am", "Erste Antwort am"),
        ("Ticket", "Reçu le", "Première réponse"),
        ("Ticket", "Fecha de creación", "Primera respuesta"),
        ("رقم التذكرة", "تاريخ الإنشاء", "أول رد"),
        ("Case Number", "Date/Time Opened", "First Response Date/Time"),
        ("Conversation ID", "Conversation started at (UTC)", "First admin reply at (UTC)"),
    ],
)
def test_headings_of_helpdesks(node: Call, headings: tuple[str, ...]) -> None:
    assert is_half(judge(node, text_of(headings, MESSAGES), "messages"))


def test_a_day_that_can_be_read_in_two_ways_is_asked(node: Call) -> None:
    rows = [(a, us(b), us(c), d) for a, b, c, d in PACKAGES]
    text = text_of(HEADINGS, rows)
    found = judge(node, text)
    assert (found["status"], [q["field"] for q in found["questions"]]) == ("question", ["dateOrder"])
    assert "rate" not in found
    assert is_half(judge(node, text, answers={"dateOrder": "month-first"}))
    told = judge(node, text_of(HEADINGS, [*rows, ("B7", "12/31/2026", "", "1Z7")]))
    assert (told["dateOrder"], told["status"]) == ("month-first", "rate")
    other = judge(node, text_of((*HEADINGS, "Sale date"), [(*row, "1/25/2026") for row in rows]))
    assert (other["dateOrder"], other["status"]) == ("month-first", "rate")
    both = judge(node, text_of(HEADINGS, [*rows, ("B7", "31/12/2026", "12/31/2026", "1Z7")]))
    assert both["status"] == "question"


@pytest.mark.parametrize(
    ("headings", "field"),
    [
        (("Order ID", "Ship by date", "Delivered", "Tracking number"), "promised"),
        (("Order ID", "Delivery date", "Ship date", "Tracking number"), "delivered"),
        (("Order ID", "Promised date", "Delivered to carrier date", "Tracking number"), "delivered"),
        (("Order ID", "Promised date", "Delivery address", "Tracking number"), "delivered"),
    ],
)
def test_what_is_not_told_is_asked_and_never_late(node: Call, headings: tuple[str, ...], field: str) -> None:
    found = judge(node, text_of(headings, PACKAGES))
    assert found["status"] in ("question", "refusal")
    assert found["status"] == "refusal" or field in [question["field"] for question in found["questions"]]


def test_a_column_without_a_word_in_it_is_asked(node: Call) -> None:
    rows = [(a, b, "", d) for a, b, _, d in PACKAGES]
    assert [q["field"] for q in judge(node, text_of(HEADINGS, rows))["questions"]] == ["delivered"]
    confirmed = judge(node, text_of(HEADINGS, rows), answers={"delivered": "Delivered"})
    assert confirmed["rate"]["rate"] == 0


def test_one_column_never_serves_two_fields(node: Call) -> None:
    answers = {"promised": "Promised date", "delivered": "Promised date"}
    found = judge(node, text_of(HEADINGS, PACKAGES), answers=answers)
    assert found["status"] == "question"
    used = [heading for heading in found["columns"].values() if heading]
    assert len(used) == len(set(used))


def test_words_that_nobody_knows_are_asked(node: Call) -> None:
    rows = [(a, b, c or "Zzz", d) for a, b, c, d in PACKAGES]
    found = judge(node, text_of(HEADINGS, rows))
    assert (found["status"], found["questions"][0]["field"]) == ("question", "delivered")
    left = judge(node, text_of(HEADINGS, rows), answers={"unread": "left-out"})
    assert left["rate"]["denominator"] == 3


def test_zones_with_several_meanings_are_asked(node: Call) -> None:
    rows = [(a, b, f"{c} CST" if c else "", d) for a, b, c, d in PACKAGES]
    assert [q["field"] for q in judge(node, text_of(HEADINGS, rows))["questions"]] == ["timeZone"]
    assert is_half(judge(node, text_of(HEADINGS, rows), answers={"timeZone": "America/Chicago"}))
    unknown = [(a, b, f"{c} XQT" if c else "", d) for a, b, c, d in PACKAGES]
    assert judge(node, text_of(HEADINGS, unknown))["status"] == "question"


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("Earliest delivery date", "Latest delivery date"),
        ("Estimated delivery (min)", "Estimated delivery (max)"),
        ("Estimated delivery from", "Estimated delivery to"),
    ],
)
def test_a_promised_span_in_two_columns_counts_by_its_end(node: Call, early: str, late: str) -> None:
    rows = [(a, "2026-01-01", b, c, d) for a, b, c, d in PACKAGES]
    found = judge(node, text_of(("Order ID", early, late, "Delivered at", "Tracking number"), rows))
    assert is_half(found)
    assert found["columns"]["promised"] == late


def test_called_off_and_delivered_on_an_unknown_day_are_left_out(node: Call) -> None:
    rows = [(*row, "") for row in PACKAGES]
    rows += [("B7", "2026-02-05", "", "1Z7", "Delivered"), ("B8", "2026-02-05", "", "1Z8", "Cancelled")]
    found = judge(node, text_of((*HEADINGS, "Status"), rows))
    assert is_half(found)
    assert ("B7", "invalid") in reasons(found["rate"]["excluded"])
    assert ("B8", "invalid") in reasons(found["rate"]["excluded"])


def test_a_package_on_two_rows_counts_once_and_its_units_twice(node: Call) -> None:
    rows = [row for row in PACKAGES for _ in range(2)]
    assert is_half(judge(node, text_of(HEADINGS, rows)))
    untracked = [(a, b, c) for a, b, c, _ in rows]
    assert judge(node, text_of(HEADINGS[:3], untracked))["rate"]["denominator"] == 5
    units = judge(node, text_of(HEADINGS, rows), rules="amazon-2024", asOf="2026-02-20T12:00:00")
    assert units["rate"]["denominator"] % 2 == 0
    twice = [*PACKAGES, ("B1", "2026-02-03", "2026-02-09 10:00", "1Z0001")]
    assert ("B1", "invalid") in reasons(judge(node, text_of(HEADINGS, twice))["rate"]["excluded"])


@pytest.mark.parametrize(
    ("headings", "kind", "program"),
    [
        (("order-id", "order-item-id", "promise-date", "days-past-promise", "sku"), "packages", "Amazon"),
        (("Datum/Uhrzeit", "Abrechnungsnummer", "Typ", "Bestellnummer", "SKU"), "packages", "Amazon"),
        (("date/heure", "numéro de versement", "type", "numéro de la commande"), "packages", "Amazon"),
        (("Order Number", "Order Status", "Order Date", "First Name (Billing)"), "packages", "WooCommerce"),
        (("Order - Number", "Date - Shipped Date", "Carrier - Service Selected"), "packages", "ShipStation"),
        (("id", "tracking_code", "est_delivery_date", "status", "carrier"), "packages", "EasyPost"),
        (("Number", "Opened", "Short description", "Caller", "Priority"), "messages", "ServiceNow"),
        (("Betreff", "Von: (Name)", "An: (Name)", "Wichtigkeit"), "messages", "Outlook"),
        (
            ("Issue key", "Issue id", "Created", "Status", "Custom field (Time to first response)"),
            "messages",
            "Jira",
        ),
    ],
)
def test_reports_that_cannot_answer_are_refused_by_name(
    node: Call, headings: tuple[str, ...], kind: str, program: str
) -> None:
    row = [
        "2026-02-03 10:00" if "date" in h.lower() or h in ("Created", "Opened") else "1:30" for h in headings
    ]
    found = judge(node, text_of(headings, [row, row]), kind)
    assert found["status"] == "refusal"
    assert program in found["layout"]
    assert program in found["refusal"]


@pytest.mark.parametrize(
    ("headings", "factor"),
    [
        (("Ticket id", "Initial channel", "Creation date", "First response time (s)"), 60),
        (("Number", "Mailbox", "Created", "First Response Time (sec)"), 60),
        (("conversation_id", "last_admin_reply_at", "created_at", "time_to_admin_reply"), 60),
        (("Ticket ID", "Group", "Ticket created - Timestamp", "First reply time (min)"), 1),
    ],
)
def test_answers_told_as_durations(node: Call, headings: tuple[str, ...], factor: int) -> None:
    rows = []
    for name, came, answered in MESSAGES:
        span = datetime.fromisoformat(answered) - datetime.fromisoformat(came) if answered else None
        rows.append((name, "x", came, str(int(span.total_seconds() / 60 * factor)) if span else ""))
    assert is_half(judge(node, text_of(headings, rows), "messages"))


def test_a_duration_without_its_unit_is_asked(node: Call) -> None:
    rows = [(a, b, "90" if c else "") for a, b, c in MESSAGES]
    text = text_of(("Ticket", "Created", "First reply time"), rows)
    assert [q["field"] for q in judge(node, text, "messages")["questions"]] == ["answered"]
    assert judge(node, text, "messages", answers={"unit": "minutes"})["rate"]["numerator"] == 3
    business = text_of(("Ticket", "Created", "First reply time within business hours (min)"), rows)
    assert judge(node, business, "messages")["status"] == "question"
    days = text_of(("Ticket", "Created", "First reply"), [(a, b[:10], c[:10]) for a, b, c in MESSAGES])
    assert judge(node, days, "messages")["status"] == "question"


def sheet(rows: Sequence[Sequence[str | float]]) -> str:
    cells = []
    for y, row in enumerate(rows, 1):
        line = ""
        for x, value in enumerate(row):
            place = f'r="{chr(65 + x)}{y}"'
            if isinstance(value, str):
                line += f'<c {place} t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
            else:
                line += f'<c {place} s="1"><v>{value}</v></c>'
        cells.append(f'<row r="{y}">{line}</row>')
    return f'<worksheet xmlns="x"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def workbook(**parts: str) -> bytes:
    """A workbook of sheets by name; `hidden` names are hidden."""
    file = io.BytesIO()
    names = list(parts)
    state = {name: ' state="hidden"' if name.startswith("hidden") else "" for name in names}
    sheets = "".join(f'<sheet name="{n}" r:id="r{i}"{state[n]}/>' for i, n in enumerate(names))
    related = "".join(f'<Relationship Id="r{i}" Target="worksheets/s{i}.xml"/>' for i in range(len(names)))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="y"><sheets>{sheets}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{related}</Relationships>")
        archive.writestr(
            "xl/styles.xml",
            '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs>'
            "</styleSheet>",
        )
        for at, name in enumerate(names):
            archive.writestr(f"xl/worksheets/s{at}.xml", parts[name])
    return file.getvalue()


SERIALS = (
    HEADINGS,
    ("B1", 46056, 46056.67, "1Z1"),
    ("B2", 46058, 46059.375, "1Z2"),
    ("B3", 46063, 46062.4, "1Z3"),
    ("B4", 46065, "", "1Z4"),
    ("B5", 46091, "", "1Z5"),
    ("B6", 46060, 46060.75, ""),
)


def test_a_workbook_is_read_by_its_visible_sheet_with_the_dates(node: Call) -> None:
    other = sheet([("Title", "Text"), ("a", "b")])
    found = judge(node, workbook(hidden=sheet(SERIALS), cover=other, data=sheet(SERIALS)))
    assert is_half(found)
    assert (found["sheet"], found["sheets"]) == ("data", ["cover", "data"])
    assert found["rows"][0]["Promised date"] == "2026-02-03"
    chosen = judge(node, workbook(cover=other, data=sheet(SERIALS)), answers={"sheet": "cover"})
    assert chosen["status"] == "refusal"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04" + b"\0" * 100, "damaged|ZIP archive"),
        (workbook(a="<worksheet><sheetData><row r='9999999'>"), "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old or encrypted Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\0\0\0\0", "no text"),
        (b"", "no row"),
        (b"Promised Date,Delivered\n", "no row"),
        (b"just one line of text\nand another\n", "only one column"),
        (b"2026-02-03,2026-02-03\n2026-02-03,2026-02-03\n", "no row of headings"),
        (b'Promised Date,Delivered\n"2012-03-01,2012-03-01\n2012-03-01,2012-03-01\n', "Row 2: a quotation"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(node: Call, content: bytes, message: str) -> None:
    found = judge(node, content)
    assert found["status"] == "refusal"
    assert re.search(message, found["refusal"]), found["refusal"]


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_too_much_is_refused(node: Call) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/s.xml", "w", force_zip64=True) as part:
            for _ in range(450):
                part.write(b" " * 1_000_000)
    assert "more than 400 MB" in judge(node, file.getvalue())["refusal"]


def test_pages_and_xml_that_call_themselves_workbooks_are_read(node: Call) -> None:
    rows = (HEADINGS, *PACKAGES)
    page = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    assert is_half(judge(node, f"<html><body><table>{page}</table></body></html>"))
    xml = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:Index="{at}"><Data ss:Type="String">{cell}</Data></Cell>'
            for at, cell in enumerate(row, 1)
            if cell
        )
        + "</Row>"
        for row in rows
    )
    assert is_half(
        judge(
            node,
            '<?xml version="1.0"?>\n<Workbook xmlns:ss="s"><Worksheet ss:Name="S">'
            f"<Table>{xml}</Table></Worksheet></Workbook>",
        )
    )


def test_rows_keep_their_numbers_over_empty_lines_and_line_breaks_in_cells(node: Call) -> None:
    text = (
        'Promised date,Delivered\n\n"2012-03-01","2012-03-02"\n'
        '2012-03-01,"2012-03-01\n"\n2012-13-01,2012-03-01\n'
    )
    found = judge(node, text, asOf="2012-03-20T12:00:00")
    assert [entry["id"]["row"] for entry in found["rate"]["late"]] == [3]
    assert [entry["id"]["row"] for entry in found["rate"]["excluded"]] == [5]
    assert (found["rowCount"], found["rate"]["numerator"]) == (3, 1)


@pytest.mark.slow
def test_a_long_table_is_read_whole(node: Call) -> None:
    text = "Promised date,Delivered\n" + '"2012-03-01","2012-03-01"\n' * 50_000
    found = judge(node, text, asOf="2012-03-20T12:00:00")
    assert (found["rowCount"], found["rate"]["numerator"]) == (50_000, 50_000)
    assert found["weeks"] == [["2012-02-27", 50_000, 0]]


def test_a_file_that_is_far_too_large_is_not_read(node: Call) -> None:
    assert "larger than 100 MB" in node("judge.js", "judgeFile", {"size": 200_000_000})["refusal"]


def test_a_row_with_more_cells_than_headings_is_left_out(node: Call) -> None:
    text = text_of(HEADINGS, PACKAGES) + "B7,a,2026-02-05,2026-02-05,1Z7\r\n"
    found = judge(node, text)
    assert is_half(found)
    assert ("B7", "invalid") in reasons(found["rate"]["excluded"])


def test_rows_that_are_left_out_are_saved_with_their_reason(node: Call) -> None:
    told = {"kind": "packages", "rules": "amazon-2012", "asOf": AS_OF, "timeZone": "UTC"}
    data = base64.b64encode(text_of(HEADINGS, PACKAGES).encode()).decode()
    saved = node(FILES, "leftOut", data, told, ["Row", "Why"], {"pending": "still ahead"})
    assert saved.splitlines() == [
        "Row,Why,Order ID,Promised date,Delivered,Tracking number",
        "6,still ahead,B5,2026-03-10,,1Z0005",
        "7,untracked,B6,2026-02-07,2026-02-07 18:00,",
    ]


@settings(max_examples=60)
@given(
    rows=st.permutations(PACKAGES),
    columns=st.permutations(range(5)),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    note=st.sampled_from(["", "Größe", 'a "b" c', "x, y; z", "two\nlines"]),
    above=st.sampled_from(["", "\r\n", "Report\r\n\r\n"]),
)
def test_order_separators_and_encodings_never_change_a_rate(
    node: Call, rows: list[Any], columns: list[int], separator: str, encoding: str, note: str, above: str
) -> None:
    def turned(row: Sequence[str]) -> list[str]:
        return [row[at] for at in columns]

    text = text_of(turned((*HEADINGS, "Note")), [turned((*row, note)) for row in rows], separator)
    assert is_half(judge(node, (above + text).encode(encoding)))


def test_a_sites_own_layout_counts_first(node: Call) -> None:
    layout = {
        "program": "Our shop",
        "report": "Parcels",
        "kind": "packages",
        "headings": ["Parcel", "Due|Due on"],
        "columns": {"promised": ["Due"], "delivered": ["Came on"], "tracked": ["Code"], "id": ["Parcel"]},
    }
    text = text_of(("Parcel", "Due", "Came on", "Code"), PACKAGES)
    found = judge(node, text, layouts=[layout])
    assert is_half(found)
    assert found["layout"] == "Our shop: Parcels"


def test_a_number_that_stands_with_many_orders_is_no_tracking_number(node: Call) -> None:
    rows = [(f"B{n}", "2026-02-03", "2026-02-03", "1Z1") for n in range(20)]
    assert judge(node, text_of(HEADINGS, rows))["rate"]["denominator"] == 20
    together = [(f"B{n}", "2026-02-03", "2026-02-03", "1Z1") for n in range(3)]
    assert judge(node, text_of(HEADINGS, together))["rate"]["denominator"] == 1


def test_of_a_row_with_far_too_many_cells_few_are_looked_at() -> None:
    script = f"""
      import {{ MAX_COLUMNS, tableOf }} from {json.dumps((TOOLS / "table/grid.js").as_uri())}
      let asked = 0
      const wide = Array.from({{ length: 100_000 }}, (_, at) => `c${{at}}`)
      try {{
        tableOf(Array(20).fill(wide), () => {{ asked += 1; return false }})
      }} catch ({{ message }}) {{
        console.log(JSON.stringify([message, asked <= 20 * (MAX_COLUMNS + 1)]))
      }}
    """
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["The table has more than 2000 columns.", True]
