"""The time limit for a text of a source, and the fallback for one that takes longer."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import TypeVar

from msgspec import Struct, field

from deskpress.engine.cpu_guard import CpuGuard, TooLongError
from deskpress.engine.fingerprint import digest
from deskpress.importers.html.escaping import escaped_lines, escaped_text
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import SourceError
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import MOST_LETTERS, GrowthError

T = TypeVar("T")

SECONDS = 10.0
"""CPU seconds for converting a text; one of 200 kB takes two at most."""

READING = 6 * SECONDS
"""CPU seconds that a source may take from one text to the next."""

WHOLE = 600.0
EACH = 0.5
"""CPU seconds that an import may take in all: these, and these for each document, whenever it is read.

A usual text takes a tenth of that.
"""

LONG = f"it takes more than {SECONDS:g} s of CPU time"

_SLOW: set[str] = set()
"""The digests of texts that took too long: a source is read several times, and they would do so again."""


def cpu_seconds() -> float:
    """The CPU time of this process, and of those that it has started and that have ended."""
    return time.process_time() + sum(os.times()[2:4])


class TimeSpent(Struct):
    """The CPU time of an import since it `began` (as of `cpu_seconds`), and the documents read so far.

    It may take `most` seconds; without that, `WHOLE` and `EACH`. 0 sets no limit.
    """

    most: float | None = None
    began: float = field(default_factory=cpu_seconds)
    documents: int = 0

    def check(self, after: str) -> None:
        """Raise `SourceError` if all is used up `after` a document."""
        allowed = WHOLE + EACH * self.documents if self.most is None else self.most
        if allowed and cpu_seconds() - self.began > allowed:
            raise SourceError(
                f"importing takes more than {allowed:,.0f} s of CPU time in all, {after}: import a part at a"
                " time, or allow more with --max-seconds"
            )


def in_time(items: Iterator[Item], spent: TimeSpent) -> Iterator[Item]:
    """The texts of a source. Raises `SourceError` if one of them takes too long, or all together."""
    after = "at the beginning"
    while True:
        spent.check(after)
        try:
            with CpuGuard(READING):
                item = next(items, None)
        except TooLongError:
            raise SourceError(
                f"reading it takes more than {READING:g} s of CPU time, {after}: take out what is there"
            ) from None
        if item is None:
            return
        spent.documents += 1
        yield item
        after = f"after “{item.title[:60]}” ({item.place})"


def converted(text: str, convert: Callable[[str], str], report: ImportReport, place: str) -> str:
    """A format's result for a text at `place`; the text itself, with a report, if that takes too long.

    The same if its parts are too deep within one another, or if it would become far longer.
    """
    key = digest(text.encode("utf-8", "replace"))
    try:
        if key in _SLOW:
            raise TooLongError
        with CpuGuard(SECONDS):
            return convert(text)
    except TooLongError:
        _SLOW.add(key)
        why = LONG
    except GrowthError:
        why = f"with the site's own shortcodes it becomes longer than {MOST_LETTERS:,} characters"
    except RecursionError:
        why = "they are too deep within one another"
    report.add("lost", "shortcodes in the text", f"{why}: it stays as it is", place)
    return text


def plain_text(html: str) -> str:
    """The text of HTML without any form, as Markdown."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    lines = (line.strip() for line in "".join(reader.parts).split("\n"))
    return "\n\n".join(escaped_lines(escaped_text(line)) for line in lines if line)


def code_block(text: str) -> str:
    """A text as a block of code, as it is."""
    return "\n".join(f"    {line}" for line in text.splitlines()) + "\n"


class _Text(HTMLParser):
    """Collects the text of HTML: elements are line breaks, scripts and styles go."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append("\n")
        if tag in ("script", "style"):
            self._hidden = tag

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("\n")
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
