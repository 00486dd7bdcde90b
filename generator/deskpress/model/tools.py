"""The tools of the help center, and the rule sets that their figures are compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from deskpress.model.markup import hidden, shown

TOOLS = ("delivery-rate", "response-time", "vacation-planner", "spoof-checklist")
"""Our custom elements, written directly in Markdown."""

_OPEN = re.compile(rf"<(?:{'|'.join(TOOLS)})(?:\s[^<>]*)?>")
_CLOSE = re.compile(rf"</(?:{'|'.join(TOOLS)})>")


def has_tools(html: str) -> bool:
    """Whether HTML contains one of the tools."""
    return any(f"<{name}" in html for name in TOOLS)


def as_text(html: str) -> str:
    """HTML with each tool replaced by its text: for feeds and excerpts."""
    return shown(_CLOSE.sub("</div>", _OPEN.sub("<div>", hidden(html)))) if has_tools(html) else html


Treatment = Literal["always-late", "late-after-limit"]


class Target(Struct, frozen=True):
    """A share between 0 and 1; `inclusive` says whether the value itself meets it."""

    value: float
    inclusive: bool

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"a target is a share from 0 to 1, not {self.value}")


class Window(Struct, frozen=True):
    """Days that count, up to the day of the report, without the last `less`."""

    days: int
    less: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.less < self.days:
            raise ValueError(f"a window has more days than it leaves out: {self.days} less {self.less}")


class Unanswered(Struct, frozen=True):
    """How messages without an answer count, from a day on; `since` is None for the first rule."""

    value: Treatment
    since: date | None = None


class Delivery(Struct, frozen=True):
    """On-time delivery: what is counted, and which share must be in time."""

    target: Target
    counts: Literal["packages", "units"] = "packages"
    window: Window | None = None


class Response(Struct, frozen=True):
    """Contact response: within how many hours, and which share of messages must be answered by then."""

    target: Target
    limit_hours: float
    unanswered: tuple[Unanswered, ...]
    window: Window | None = None


class RuleSet(Struct, frozen=True):
    """Rules of one marketplace from one day on, and their source."""

    name: str
    date: date
    source: str
    delivery: Delivery
    response: Response

    def for_browsers(self) -> Mapping[str, Any]:
        """The same object as in `theme/assets/javascripts/tools/rules.js`."""
        delivery, response = self.delivery, self.response
        return {
            "name": self.name,
            "date": self.date.isoformat(),
            "source": self.source,
            "delivery": {
                "counts": delivery.counts,
                "target": _target(delivery.target),
                "window": _window(delivery.window),
            },
            "response": {
                "limitHours": response.limit_hours,
                "target": _target(response.target),
                "window": _window(response.window),
                "unanswered": [
                    {"from": u.since.isoformat() if u.since else None, "value": u.value}
                    for u in response.unanswered
                ],
            },
        }


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """What a program's export holds, as in `theme/assets/javascripts/tools/table/layouts.js`.

    It is recognised by its `headings` (`a|b` for either). `columns` are the fields it has, each with headings
    of which the first that is present counts, `lacks` the fields that it does not have, `instead` the report
    that has them.
    """

    program: str
    report: str
    kind: Literal["packages", "messages"]
    date: date
    source: str
    headings: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    lacks: tuple[str, ...] = ()
    instead: str = ""
    units: Mapping[str, Literal["seconds", "minutes", "hours", "days"]] = {}

    def __post_init__(self) -> None:
        fields = LAYOUT_FIELDS[self.kind]
        if unknown := [name for name in (*self.columns, *self.lacks) if name not in fields]:
            raise ValueError(f"{self.kind} have no field `{unknown[0]}`; there are: {', '.join(fields)}")
        if not self.headings:
            raise ValueError("a layout needs `headings` to be known by")


LAYOUT_FIELDS: Mapping[str, tuple[str, ...]] = {
    "packages": ("promised", "delivered", "tracked", "units", "timeZone", "status", "cancelled", "id"),
    "messages": ("received", "answered", "noResponseNeeded", "id"),
}
"""The fields of `table/headings.js`."""


class TrustedNames(Struct, frozen=True):
    """Senders that a site's readers may trust: exact domains, and sites with all their subdomains."""

    senders: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def _target(target: Target) -> Mapping[str, Any]:
    return {"value": target.value, "inclusive": target.inclusive}


def _window(window: Window | None) -> Mapping[str, int] | None:
    return {"days": window.days, "less": window.less} if window else None
