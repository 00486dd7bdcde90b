"""Reports the build of the new site: errors, losses for readers, other warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from deskpress.importers.report import ImportReport

SHOWN = 5
"""Warnings of a kind that are listed with their places; more are counted."""

_LOSSES = ("left out", "no effect", "does not use", "not used", "it is not published")
"""Words in warnings about losses for readers. Each of these is listed."""

_HTML = "or affect the page around it"


def tell_build(built: Mapping[str, Any], report: ImportReport, *, strict: bool) -> None:
    """Report the findings of a build. `built` is written by `building.main`; `strict` is a site setting."""
    for one in built["errors"]:
        hint = f" ({one['hint']})" if one.get("hint") else ""
        report.add("lost", "the build", f"{one['problem']}{hint}", one["place"])
    seen: Counter[str] = Counter()
    for one in built["warnings"]:
        if any(words in one["problem"] for words in _LOSSES):
            report.add("lost", one["kind"], one["problem"], one["place"])
            continue
        seen[one["kind"]] += 1
        if seen[one["kind"]] <= SHOWN:
            report.add("changed", one["kind"], one["problem"], one["place"])
    for kind, times in seen.items():
        if times > SHOWN:
            report.note(f"{times - SHOWN} more warnings about: {kind} (`deskpress build -v`)")
    if html := sum(_HTML in one["problem"] for one in built["warnings"]):
        hint = "`raw_html: trusted` under `deskpress` keeps it, if you trust all content"
        report.note(f"HTML is left out at {html} places: {hint}")
    if strict and built["warnings"]:
        report.note(f"`strict: true` stays, so `deskpress build` refuses {len(built['warnings'])} warnings")
    if built["full"]:
        report.note(f"each build runs MkDocs' own loop, because {built['full']}")
