"""Mechanical changes of content: repaired front matter, and different spellings of marks and keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from deskpress.importers.changes import Changes, is_inside
from deskpress.importers.report import ImportReport
from deskpress.source.mending import mend

MORE = "<!-- more -->"


def mend_content(
    changes: Changes, content: str, paths: list[str], report: ImportReport, tick: Callable[[int], None]
) -> None:
    """Repair the front matter of Markdown files; `paths` are relative to the folder `content`."""
    for path in paths:
        tick(1)
        if not path.lower().endswith((".md", ".markdown")):
            continue
        label = f"{content}/{path}"
        if not is_inside(changes.root, label):
            continue
        try:
            text = changes.read(label)
        except UnicodeDecodeError:
            report.add(
                "lost", "a file that is not UTF-8", "save it as UTF-8, or it is not read", f"{label}:1"
            )
            continue
        mended = mend(text, as_stock=True)
        if not mended.changes:
            continue
        changes.write(label, mended.text)
        for change in mended.changes:
            what = f"`{change.before.strip()}`"
            became = (
                f"`{change.after.strip()}`: {change.reason}" if change.after else f"removed: {change.reason}"
            )
            report.add("changed", what, became, f"{label}:{change.line}")


def replace_separator(
    changes: Changes, content: str, posts: list[str], separator: str, report: ImportReport
) -> None:
    """Have `<!-- more -->` where another mark ends the excerpt of a post."""
    for path in posts:
        label = f"{content}/{path}"
        try:
            text = changes.read(label)
        except UnicodeDecodeError:
            continue  # reported when front matter is repaired
        if separator not in text or MORE in text:
            continue
        line = text.count("\n", 0, text.index(separator)) + 1
        # Stock cuts at the first one; others show as what they are.
        changes.write(label, text.replace(separator, MORE, 1))
        report.add("changed", f"`{separator}`", f"`{MORE}` ends the excerpt", f"{label}:{line}")


def files_of(folder: Path) -> frozenset[str]:
    """The files of a content folder, relative to it; of hidden ones those that Material reads."""
    found = set()
    for path in folder.rglob("*") if folder.is_dir() else ():
        relative = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in relative.split("/"))
        if path.is_file() and (not hidden or path.name in (".authors.yml", ".meta.yml")):
            found.add(relative)
    return frozenset(found)


_DATED = re.compile(r"^(?:date:\s*\n?\s*(?:created:\s*)?)[\"']?(\d{4}-\d{2}-\d{2})", re.M)


def latest(folder: Path, posts: list[str]) -> str:
    """The latest day on which a post is dated, `2024-01-31`; empty if none says a day."""
    days = [""]
    for path in posts:
        with (folder / path).open(encoding="utf-8", errors="replace") as file:
            found = _DATED.search(file.read(5000))
        days.append(found[1] if found else "")
    return max(days)
