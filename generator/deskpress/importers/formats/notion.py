"""Notion's export as Markdown and CSV: pages in folders, databases as tables with a folder of pages."""

from __future__ import annotations

import csv
import io
import posixpath
import re
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import unquote

from deskpress.importers.platforms.documents import name_for
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.limits import converted
from deskpress.importers.platforms.marked_html import mended, outside_code
from deskpress.importers.platforms.opening import Source
from deskpress.importers.report import ImportReport

_ID = re.compile(r"[ -]?([0-9a-f]{32})(?=$|[./?#])")
_PROPERTY = re.compile(r"^([A-Z][^:\n]{0,60}): (.*)$")
_ASIDE = re.compile(r"^<aside>\n(.*?)\n</aside>$", re.S | re.M)
_DATES = (
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y %H:%M",
    "%B %d, %Y",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M",
    "%d/%m/%Y %H:%M",
)
_CREATED = frozenset({"created", "created time", "created at", "date created"})
_EDITED = frozenset({"last edited", "last edited time", "updated", "last updated"})
_TAGS = frozenset({"tags", "labels", "topics", "tag", "label"})
MOST_ROWS = 5000
"""Rows of a database that become a table."""


def fits(source: Source) -> bool:
    """Whether the names of a source hold the ids of Notion."""
    return any(_ID.search(name) for name in source.names if name.lower().endswith((".md", ".csv")))


def names(target: str, item: Item) -> Iterable[str]:
    """Each name, and each address, ends with an id."""
    found = _ID.findall(unquote(target))
    if found:
        yield f"id:{found[-1]}"
    elif "://" not in target:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(item.file_in_source), unquote(target)))
        yield f"file:{path}"


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The pages and databases. Raises `SourceError`."""
    folders = {posixpath.dirname(name) for name in source.names}
    for name in list(folders):
        while name:
            name = posixpath.dirname(name)  # noqa: PLW2901  # upwards
            folders.add(name)
    for name in source.names:
        if name.lower().endswith(".md"):
            yield _page(source, name, folders, report)
        elif name.lower().endswith(".csv") and _is_whole(source, name):
            yield _database(source, name, report)


def _is_whole(source: Source, name: str) -> bool:
    """Whether a table is the one with all rows: beside that, Notion writes those of a view."""
    stem = name[: -len(".csv")]
    return stem.endswith("_all") or not source.has(f"{stem}_all.csv")


def _file(name: str, folders: set[str]) -> str:
    """The path of a page without ids; one with pages below it is the index of their folder."""
    stem = re.sub(r"(_all)?\.\w+$", "", name)
    parts = [name_for(_ID.sub("", part), "page") for part in stem.split("/")]
    if len(parts) > 1 and re.match(r"export-|private|[0-9a-f-]{36}", parts[0]):
        parts = parts[1:]
    path = "/".join(parts)
    return f"{path}/index" if stem in folders or _ID.sub("", stem) in folders else path


def _page(source: Source, name: str, folders: set[str], report: ImportReport) -> Item:
    text = source.text(name)
    stem = posixpath.basename(name).rpartition(".")[0]
    found = re.match(r"\s*# (.*)\n?", text)
    title = found[1].strip() if found else _ID.sub("", stem)
    body = text[found.end() :] if found else text
    properties, body = _properties(body)
    shown = [(key, value) for key, value in properties if key.lower() not in _TAGS | _CREATED | _EDITED]
    head = "  \n".join(f"**{key}:** {value}" for key, value in shown)
    body = converted(body, _callouts, report, source.place(name))
    return _item(
        name,
        title,
        f"{head}\n\n{body.lstrip(chr(10))}" if head else body,
        _file(name, folders),
        source.place(name),
        {key.lower(): value for key, value in properties},
    )


def _item(name: str, title: str, body: str, file: str, place: str, values: dict[str, str]) -> Item:
    number = _ID.search(posixpath.basename(re.sub(r"(_all)?\.\w+$", "", name)))
    tags = next((values[key] for key in _TAGS if key in values), "")
    return Item(
        key=f"id:{number[1]}" if number else f"file:{name}",
        kind="topic",
        title=title,
        place=place,
        body=body,
        markup="markdown",
        created=next((_when(values[key]) for key in sorted(_CREATED) if key in values), None),
        updated=next((_when(values[key]) for key in sorted(_EDITED) if key in values), None),
        file=file,
        file_in_source=name,
        tags=tuple(tag.strip() for tag in tags.split(",") if tag.strip()),
        names=(f"file:{name}", *((f"id:{number[1]}",) if number else ())),
    )


def _properties(body: str) -> tuple[list[tuple[str, str]], str]:
    """The lines `Key: value` right below the title, if nothing else stands among them."""
    found = re.match(r"\n*((?:[^\n]+\n?)+)", body)
    lines = found[1].rstrip("\n").split("\n") if found else []
    pairs = [_PROPERTY.match(line) for line in lines]
    if not pairs or not all(pairs) or found is None:
        return [], body
    return [(pair[1], pair[2].strip()) for pair in pairs if pair], body[found.end() :]


def _callouts(body: str) -> str:
    """Asides as boxes; their text is Markdown."""

    def box(found: re.Match[str]) -> str:
        inner = mended(found[1].strip("\n"))
        return '!!! note ""\n' + textwrap.indent(inner, "    ", lambda line: bool(line.strip()))

    return outside_code(body, lambda text: _ASIDE.sub(box, text))


def _database(source: Source, name: str, report: ImportReport) -> Item:
    """A table of the rows, whose first column leads to their pages."""
    rows = [row for row in csv.reader(io.StringIO(source.text(name))) if row]
    stem = re.sub(r"(_all)?\.csv$", "", name)
    title = _ID.sub("", posixpath.basename(stem))
    if len(rows) - 1 > MOST_ROWS:
        what = f"{len(rows) - 1 - MOST_ROWS} rows of the database “{title}”"
        report.add("lost", what, f"a table has {MOST_ROWS:,} at most", source.place(name))
    pages = _pages_of(source, stem)
    lines = []
    for number, row in enumerate(rows[: MOST_ROWS + 1]):
        cells = [" ".join(cell.split()).replace("|", "\\|") for cell in row]
        cells += [""] * (len(rows[0]) - len(cells))
        if number and cells and (page := pages.get(name_for(row[0], ""))):
            cells[0] = f"[{cells[0]}]({_quoted(posixpath.relpath(page, posixpath.dirname(name) or '.'))})"
        lines.append(f"| {' | '.join(cells)} |")
        if number == 0:
            lines.append(f"|{' --- |' * len(cells)}")
    return _item(name, title, "\n".join(lines), f"{_file(name, set())}/index", source.place(name), {})


def _pages_of(source: Source, stem: str) -> dict[str, str]:
    """The pages in the folder beside a table by their titles."""
    beside = (stem, _ID.sub("", stem))
    return {
        name_for(_ID.sub("", posixpath.basename(name)[:-3]), ""): name
        for name in source.names
        if name.lower().endswith(".md") and posixpath.dirname(name) in beside
    }


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _when(text: str) -> datetime | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
