"""Texts whose UTF-8 was read as Windows-1252."""

from __future__ import annotations

import pytest

from deskpress.importers.platforms.encodings import in_one_encoding
from deskpress.importers.platforms.items import Item
from deskpress.importers.report import ImportReport
from deskpress.source.misread import mended


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("caf\u00c3\u00a9 \u00e2\u20ac\u0153jar\u00e2\u20ac\x9d", "café “jar”"),
        ("caf\u00c3\u0192\u00c2\u00a9", "café"),
        ("\u00e2\u201a\u00ac5 \u00c3\u00a9", "€5 é"),
        ("\u00f0\u0178\u02dc\u20ac", "\U0001f600"),
        ("\u00c2\u00a9 2012", "© 2012"),
        ("\u00d0\u00bf\u00d1\u20ac\u00d0\u00b8\u00d0\u00b2\u00d0\u00b5\u00d1\u201a", "привет"),
    ],
)
def test_what_was_read_twice_is_mended(written: str, meant: str) -> None:
    assert mended(written)[0] == meant
    assert mended(meant) == (meant, 0)


@pytest.mark.parametrize(
    "text", ["Spaß“ und Menü\u00a0– „Ö“", "CAFÉ’S", "IRMÃ”", "«Â»", "à l’Î…", "größe, naïve, ½ ³"]
)
def test_letters_before_quotation_marks_stay(text: str) -> None:
    assert mended(text) == (text, 0)


def test_a_document_is_mended_with_a_line_in_the_report() -> None:
    report = ImportReport()
    item = Item(
        key="1",
        kind="post",
        title="Caf\u00c3\u00a9",
        place="a:1",
        body="<p>\u00c3\u00bc</p>",
        tags=("\u00c3\u00a4",),
    )
    found = in_one_encoding(item, report)
    assert (found.title, found.body, found.tags) == ("Café", "<p>ü</p>", ("ä",))
    assert [(one.what, one.place) for one in report.lines] == [("2 parts of “Café”", "a:1")]
    assert in_one_encoding(found, report) is found
