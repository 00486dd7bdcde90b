"""Reads typed values from front matter; each mistake is reported at its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from deskpress.model.address import cleaned, forbidden_scheme
from deskpress.model.diagnostic import Kind
from deskpress.model.document import RelatedLink
from deskpress.source import dates
from deskpress.source.front_matter_keys import KEYS, canonical, elsewhere, meant
from deskpress.source.frontmatter import Value
from deskpress.source.holding import HOLDING, holds_back
from deskpress.source.report import Report

T = TypeVar("T")


LEAST_BOOST, MOST_BOOST = 0.1, 10.0
MAX_ITEMS = 100
"""The most items of a list, and of the front matter's lists of links together: most of them become pages with
feeds, or lines on each page."""

MAX_NUMBER = 100_000
"""The limit for a reading time and for the part of a series."""


class Fields:
    """The front matter of one file, read key by key."""

    def __init__(self, values: Mapping[str, Value], report: Report, timezone: ZoneInfo) -> None:
        self.values = values
        self.report = report
        self.timezone = timezone
        self._soft = False

    @contextmanager
    def softly(self) -> Iterator[None]:
        """Warn of a value that cannot be read, and ignore it: MkDocs has no such key, or does not read it."""
        self._soft = True
        try:
            yield
        finally:
            self._soft = False

    def warn_unknown(self, others: Collection[str], config_file: str) -> None:
        """Warn of unknown keys, with a similar known key; plug-ins read the `others`.

        It is an error if such a key is meant to withhold the document, which would be published.
        """
        for key, value in self.values.items():
            # Sites may use any `status`, except words that mean it is not public.
            if (key not in KEYS or key == "status") and holds_back(key, value):
                what = "does not hold this back" if key in KEYS else "is not a known key"
                problem = f"`{key}` {what}, so this would be published"
                hint = "write `draft: true` to hold it back"
                self.report.error(Kind.FRONT_MATTER, problem, hint, line=value.key_line)
            elif key not in KEYS and key not in others:
                from deskpress.source.meant_values import key_hint  # only needed for mistakes

                hint = key_hint(key, value, self._line_of(value), self.values, config_file)
                self.report.warning(Kind.KEY, f"the key `{key}` is not known", hint, line=value.key_line)

    def take_as_meant(self, required: tuple[str, ...]) -> None:
        """Accept keys in other spellings, and those similar to a missing key, with a warning."""
        for key in [*self.values]:
            value = self.values[key]
            missing = tuple(one for one in required if one not in self.values)
            wanted = canonical(key, self.values) or meant(key, missing)
            if not wanted and (other := elsewhere(key)) in missing:
                wanted = other
            if not wanted or holds_back(key, value):
                continue
            self.values = {wanted if one == key else one: held for one, held in self.values.items()}
            problem = f"the key is `{wanted}`, not `{key}`"
            if "".join(c for c in key if c.isprintable() and not c.isspace()) == wanted:
                problem = f"there is an invisible character in the key `{wanted}`"
            mended = self._line_of(value).replace(key, wanted, 1).strip() or f"{wanted}: …"
            self.report.warning(Kind.FRONT_MATTER, problem, f"write `{mended}`", line=value.key_line)

    def _line_of(self, value: Value) -> str:
        """The line of the file with a value's key."""
        lines = self.report.lines
        return lines[value.key_line - 1] if value.key_line <= len(lines) else ""

    def lines(self) -> tuple[tuple[str, int], ...]:
        """The line of each key."""
        return tuple((key, value.key_line) for key, value in self.values.items())

    def line(self, key: str) -> int:
        """The line of `key`, or of `date` if the key is below it."""
        value = self.values.get(key) or self.values.get("date")
        return value.key_line if value else 1

    def error(self, value: Value, problem: str, hint: str = "") -> None:
        """Report a mistake at `value`."""
        told = self.report.warning if self._soft else self.report.error
        told(Kind.FRONT_MATTER, problem, hint, line=value.line, column=value.column)

    def text(self, key: str) -> str:
        """A scalar as written, stripped; empty if absent."""
        value = self.values.get(key)
        if value is None or value.data is None:
            return ""
        return self._text(value, key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of scalars; one scalar counts as a list of one."""
        value = self.values.get(key)
        if value is None or value.data is None:
            return ()
        if isinstance(value.data, dict):
            from deskpress.source.meant_values import list_hint  # only needed for mistakes

            self.error(value, f"`{key}` is a list: it needs square brackets", list_hint(key, value))
            return ()
        read = (self._text(item, key) for item in self.items(value, key))
        return tuple(dict.fromkeys(text for text in read if text))

    def keys(self, key: str) -> tuple[str, ...]:
        """A list of scalars, or the keys of a mapping: templates ask either whether a name is in there."""
        value = self.values.get(key)
        if value is None or not isinstance(value.data, dict):
            return self.texts(key)
        from deskpress.source.meant_values import list_hint  # only needed for mistakes

        problem = f"`{key}` is a list: of this mapping its keys count"
        self.report.warning(Kind.FRONT_MATTER, problem, list_hint(key, value), line=value.line)
        return tuple(map(str, value.data))

    def items(self, value: Value, key: str) -> list[Value]:
        """The items of a list, or the single value; empty, with a report, if they are too many."""
        items = value.data if isinstance(value.data, list) else [value]
        if len(items) <= MAX_ITEMS:
            return items
        self._too_many(items[MAX_ITEMS], key, len(items))
        return []

    def _too_many(self, at: Value, key: str, number: int) -> None:
        problem = f"`{key}` has {number:,} entries, more than the {MAX_ITEMS} that it may have"
        self.error(at, problem, "keep those that help readers most")

    def names(self, key: str) -> tuple[str, ...]:
        """The names in `author`: text, a list of it, or mappings with a `name`; warns of anything else."""
        value = self.values.get(key)
        if value is None or value.data is None:
            return ()
        if isinstance(value.data, list | dict):
            hint = "the key is `authors`: `authors: [jo]`"
            self.report.warning(
                Kind.FRONT_MATTER, f"`{key}` holds more than a name", hint, line=value.key_line
            )
        found = []
        for item in self.items(value, key):
            named = item.data.get("name") if isinstance(item.data, dict) else item
            if named is not None and not isinstance(named.data, list | dict):
                found.append(" ".join(named.raw.split()))
        return tuple(dict.fromkeys(name for name in found if name))

    def _warn(self, value: Value, problem: str, hint: str) -> None:
        self.report.warning(Kind.FRONT_MATTER, problem, hint, line=value.line, column=value.column)

    def flag(self, key: str) -> bool:
        """True or false; absent means false, and a key without a value is a mistake."""
        value = self.values.get(key)
        if value is None or value.broken:
            return False
        if not isinstance(value.data, bool):
            self.error(value, f"`{key}` must be true or false", f"for example `{key}: true`")
            return False
        return value.data

    def number(self, key: str, *, least: int) -> int | None:
        """A whole number of at least `least`."""
        return self._number(self.values.get(key), key, least)

    def instant(self, key: str) -> datetime | None:
        """An instant in the site's time zone."""
        return self._dated(self.values.get(key), key, dates.instant)

    def day(self, key: str) -> date | None:
        """A calendar day."""
        return self._dated(self.values.get(key), key, dates.day)

    def created_and_updated(self) -> tuple[datetime | None, datetime | None]:
        """`date` in both forms; an `updated` key at the top level takes precedence."""
        updated = self.instant("updated")
        value = self.values.get("date")
        if value is None or not isinstance(value.data, dict):
            return self._dated(value, "date", dates.instant), updated
        for key, part in value.data.items():
            if key not in ("created", "updated"):
                if holds_back(key, part) or key in HOLDING:
                    self.error(
                        part, f"`date: {key}` is not a known key", f"write `{key}` below `date`, not in it"
                    )
                    continue
                self.report.warning(
                    Kind.FRONT_MATTER,
                    f"the key `date: {key}` is not known",
                    "`created` and `updated` are",
                    line=part.line,
                )
        created = self._dated(value.data.get("created"), "date: created", dates.instant)
        given = value.data.get("created")
        if given is None or (given.data is None and not given.broken):
            self.error(value, "`date` has no `created`", "for example `created: 2012-03-12`")
        return created, updated or self._dated(value.data.get("updated"), "date: updated", dates.instant)

    def series(self) -> tuple[str, int] | None:
        """`series: {name, part}`."""
        value = self.values.get("series")
        if value is None or value.data is None:
            return None
        named = value.data.get("name") if isinstance(value.data, dict) else value
        name = named.raw if named and named.raw else "A tale of two orders"
        hint = f"for example `series: {{name: {name}, part: 1}}`"
        if not isinstance(value.data, dict) or set(value.data) != {"name", "part"}:
            self.error(value, "`series` needs a `name` and a `part`, and nothing else", hint)
            return None
        name = self._text(value.data["name"], "series: name")
        part = self._number(value.data["part"], "series: part", 1)
        if not name:
            self.error(value, "the series has no name", hint)
        return (name, part) if name and part else None

    def search(self) -> tuple[float, bool]:
        """`search: {boost, exclude}`: the ranking of the page, and whether it is left out of the search.

        Warns of what Material accepts and we do not; a mistake never leaves a page out of the search.
        """
        value = self.values.get("search")
        if value is None or value.data is None:
            return 1.0, False
        span = f"{LEAST_BOOST:g} to {MOST_BOOST:g}"
        hint = f"for example `search: {{boost: 2}}` ({span}), or `search: {{exclude: true}}`"
        if not isinstance(value.data, dict):
            self._warn(value, "`search` holds a `boost` or an `exclude`, and nothing else", hint)
            return 1.0, False
        for key in sorted(set(value.data) - {"boost", "exclude"}):
            self._warn(value.data[key], f"the key `search: {key}` is not known", hint)
        boost = value.data["boost"].data if "boost" in value.data else 1.0
        exclude = value.data["exclude"].data if "exclude" in value.data else False
        if not isinstance(exclude, bool | None):
            self.error(value, "`search` cannot be read", hint)
            return 1.0, False
        if not isinstance(boost, int | float) or isinstance(boost, bool):
            self._warn(value, "`search: boost` must be a number", hint)
            boost = 1.0
        # Compared as an integer: a large one does not fit a float, and `.nan` is never less.
        taken = float(min(max(LEAST_BOOST, boost), MOST_BOOST))
        if taken != boost:
            self._warn(value, f"`search: boost` is taken as {taken:g}: it may be {span}", hint)
        return taken, bool(exclude)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first if absent."""
        value = self.values.get(key)
        text = self.text(key)
        if not text or value is None:
            return choices[0]
        if text not in choices:
            same = text.lower() in choices
            hint = f"write `{key}: {text.lower()}`" if same else f"it is one of: {', '.join(choices)}"
            self.error(value, f"`{key}` cannot be `{text}`", hint)
            return choices[0]
        return text

    def updates(self) -> tuple[tuple[datetime, str], ...]:
        """`updates` of a notice: a list of `{at, text}`, newest first."""
        value = self.values.get("updates")
        if value is None or value.data is None:
            return ()
        hint = "for example `- {at: 2012-03-10 23:15, text: Work goes on.}`"
        if not isinstance(value.data, list):
            self.error(value, "`updates` must be a list", hint)
            return ()
        found = []
        for item in self.items(value, "updates"):
            if not isinstance(item.data, dict) or set(item.data) != {"at", "text"}:
                from deskpress.source.meant_values import update_hint  # only needed for mistakes

                told = update_hint(item) or hint
                self.error(item, "an update needs `at` and `text`, and nothing else", told)
                continue
            at = self._dated(item.data["at"], "updates: at", dates.instant)
            text = self._text(item.data["text"], "updates: text")
            if at is not None and text:
                found.append((at, text))
        return tuple(sorted(found, reverse=True))

    def links(self) -> tuple[RelatedLink, ...]:
        """`links` as Material's blog plug-in has them: targets, `title: target`, nested lists."""
        value = self.values.get("links")
        if value is None or value.data is None:
            return ()
        if (number := _scalars(value)) > MAX_ITEMS:
            self._too_many(value, "links", number)
            return ()
        return self._links(value)

    def _links(self, value: Value) -> tuple[RelatedLink, ...]:
        if not isinstance(value.data, list):
            hint = "for example `- Metrics: ../help/metrics.md`"
            self.error(
                value, "`links` must be a list", f"write `links: [{value.raw}]`" if value.raw else hint
            )
            return ()
        found: list[RelatedLink] = []
        for item in value.data:
            if not isinstance(item.data, dict):
                found.append(RelatedLink("", self._target(item), line=item.line))
                continue
            for title, target in item.data.items():
                if isinstance(target.data, list):
                    found.append(RelatedLink(title, "", self._links(target), line=item.line))
                else:
                    found.append(RelatedLink(title, self._target(target), line=target.line))
        return tuple(found)

    def _target(self, value: Value) -> str:
        # The value in the file is checked: the text has spaces in place of what browsers drop.
        if not isinstance(value.data, list | dict) and (scheme := forbidden_scheme(value.raw)):
            self.error(value, f"a link may not lead to `{scheme}:`", "write an address or a file of the site")
            return ""
        target = cleaned(self._text(value, "links"))
        if scheme := forbidden_scheme(target):
            self.error(value, f"a link may not lead to `{scheme}:`", "write an address or a file of the site")
            return ""
        return target

    def _text(self, value: Value, key: str) -> str:
        if isinstance(value.data, list | dict):
            kind = "a list" if isinstance(value.data, list) else "a mapping"
            self.error(value, f"`{key}` must be text, not {kind}", "quote it if it begins with [ or {")
            return ""
        return " ".join(value.raw.split())

    def _number(self, value: Value | None, key: str, least: int) -> int | None:
        if value is None or value.data is None:
            return None
        if isinstance(value.data, bool) or not isinstance(value.data, int):
            self.error(value, f"`{key}` must be a whole number of at least {least}")
            return None
        if not least <= value.data <= MAX_NUMBER:
            self.error(value, f"`{key}` must be a whole number of at least {least}, at most {MAX_NUMBER}")
            return None
        return value.data

    def _dated(self, value: Value | None, key: str, read: Callable[[object, ZoneInfo], T]) -> T | None:
        if value is None or value.data is None:
            return None
        try:
            if isinstance(value.data, list | dict):
                raise ValueError("a list or a mapping is not a valid date")
            return read(value.data, self.timezone)
        except (ValueError, OverflowError) as error:
            from deskpress.source.meant_dates import date_hint  # only needed for mistakes

            problem = f"`{value.raw}` is not a valid date" if isinstance(value.data, int) else str(error)
            self.error(value, f"`{key}`: {problem}", date_hint(value.raw))
            return None


def _scalars(value: Value) -> int:
    """The number of scalars in a value, however deep; each list and mapping counts as at least one."""
    if isinstance(value.data, list):
        return max(1, sum(map(_scalars, value.data)))
    if isinstance(value.data, dict):
        return max(1, sum(map(_scalars, value.data.values())))
    return 1
