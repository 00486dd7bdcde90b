"""Limits the size of converted texts: a few lines can repeat something long a thousand times.

The repetitions of references, abbreviations, tables and tables of contents are counted before they are made;
the total is measured after the conversion.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from deskpress.source.limits import NestingError

SMALL, TIMES = 1_000_000, 20
LARGE = 32_000_000
"""HTML that any text may become; the greatest ratio of HTML to text; and a limit beyond which no HTML may be
more than twice as long. Of 750 long posts none doubles in length or exceeds 140,000 characters."""

_CELL = len("<td></td>\n")


def most_html(size: int) -> int:
    """How many characters of HTML a text of `size` characters may become."""
    return max(SMALL, min(TIMES * size, LARGE + 2 * size))


def refuse_grown(html: str, most: int) -> None:
    """Raise `NestingError` if the HTML is longer than allowed."""
    if len(html) > most:
        raise _grown(most)


def _grown(most: int, what: str = "") -> NestingError:
    problem = f"this text becomes more than {most:,} characters of HTML" + (f", by {what}" if what else "")
    return NestingError(problem=problem, hint="split the text, and shorten what it repeats")


class Growth:
    """How much more HTML a text may become during its conversion."""

    def __init__(self, md: Markdown) -> None:
        self.most = self._left = 0
        references: Any = _CountedTargets(self)
        md.references = references
        trees, blocks = md.treeprocessors, md.parser.blockprocessors
        if "abbr" in trees:
            self._count_abbreviations(trees["abbr"])
        if "toc" in trees:
            self._count_contents(trees["toc"])
        if "table" in blocks:
            self._count_cells(blocks["table"])

    def begin(self, size: int) -> None:
        """Begin with a text of `size` characters."""
        self.most = self._left = most_html(size)

    def add(self, size: int, what: str) -> None:
        """Count what the text repeats. Raises `NestingError`."""
        self._left -= size
        if self._left < 0:
            raise _grown(self.most, what)

    def _count_abbreviations(self, stage: Any) -> None:
        make = stage.create_element

        def create_element(title: str, text: str, tail: str) -> Any:
            self.add(len(title), f"the abbreviation `{_short(text)}`")
            return make(title, text, tail)

        stage.create_element = create_element

    def _count_contents(self, stage: Any) -> None:
        put = stage.replace_marker

        def replace_marker(root: Any, table: Any) -> None:
            places = (
                sum((node.text or "").strip() == stage.marker for node in root.iter()) if len(table) else 0
            )
            if places > 1:
                parts = (
                    part for node in table.iter() for part in (node.tag, node.text, *node.attrib.values())
                )
                self.add(places * sum(len(part or "") for part in parts), "its tables of contents")
            put(root, table)

        stage.replace_marker = replace_marker

    def _count_cells(self, stage: Any) -> None:
        make = stage._build_row

        def build_row(row: str, parent: Any, align: Any) -> Any:
            # Cells that are missing in the row, since the table is wider.
            self.add(_CELL * max(0, len(align) - 1 - row.count("|")), "empty cells of tables")
            return make(row, parent, align)

        stage._build_row = build_row


class _CountedTargets(dict[str, tuple[str, str | None]]):
    """The targets of a text's references; each use of one counts."""

    def __init__(self, growth: Growth) -> None:
        super().__init__()
        self._growth = growth

    def __getitem__(self, name: str) -> tuple[str, str | None]:
        found = super().__getitem__(name)
        self._growth.add(len(found[0]) + len(found[1] or ""), f"the reference `[{_short(name)}]`")
        return found


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:40] + "…"
