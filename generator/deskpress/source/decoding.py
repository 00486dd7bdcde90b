"""The bytes of a file as text."""

from __future__ import annotations

from deskpress.model.diagnostic import Kind
from deskpress.model.site import Options
from deskpress.source.controls import CONTROL, may_hold_controls
from deskpress.source.report import Report

MAX_CONTROLS = 100
"""Control characters that are reported one by one."""


def decode(data: bytes, label: str, options: Options) -> tuple[str | None, Report]:
    """Decode UTF-8 (a byte-order mark and CRLF are fine); control characters are removed."""
    if len(data) > (max_size := options.max_document_size):
        report = Report(label)
        report.error(
            Kind.CONTENT,
            f"the file has {len(data):,} bytes, more than the {max_size:,} that a page may have",
            f"split it, or raise `max_document_size` in {options.config_file}",
        )
        return None, report
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report = Report(label)
        problem = "the file is saved as UTF-16, which Windows calls “Unicode”: it cannot be read"
        report.error(Kind.CONTENT, problem, "save it as UTF-8")
        return None, report
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        report = Report(label, data.decode("utf-8", "replace"))
        meant = data[error.start : error.start + 1].decode("cp1252", "replace")
        report.error(
            Kind.CONTENT,
            f"the file is not saved as UTF-8: a letter cannot be read here (in Windows-1252 it is `{meant}`)",
            "open the file in an editor, and save it as UTF-8",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
        return None, report
    report = Report(label, text)
    if "\0" in text:
        at = text.index("\0")
        report.error(Kind.CONTENT, "the file holds a NUL character", "is it really text?", **_place(text, at))
        return None, report
    controls = list(CONTROL.finditer(text)) if may_hold_controls(data) else []
    hint = "delete it; it often comes from copying out of a PDF"
    for found in controls[:MAX_CONTROLS]:
        problem = f"the control character U+{ord(found[0]):04X} is left out"
        report.warning(Kind.CONTENT, problem, hint, **_place(text, found.start()))
    if more := controls[MAX_CONTROLS:]:
        problem = f"{len(more):,} more control characters are left out"
        report.warning(Kind.CONTENT, problem, hint, **_place(text, more[0].start()))
    return (CONTROL.sub("", text) if report.found else text), report


def _place(text: str, at: int) -> dict[str, int]:
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}
