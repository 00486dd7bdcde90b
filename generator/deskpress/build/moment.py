"""The moment that a site is built for: what is dated ahead of it is not published yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from deskpress.build.config import MomentOptions
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span
from deskpress.model.site import Moment
from deskpress.source import dates


def read_moment(asked: MomentOptions, timezone: str, environment: Mapping[str, str], now: datetime) -> Moment:
    """The moment to build for: `as_of`, else `SOURCE_DATE_EPOCH`, else `now`.

    Raises `ContentError` if one of them is not valid.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if asked.as_of is not None:
            at = dates.instant(asked.as_of, dates.zone(timezone))
        elif epoch:
            at = dates.instant(datetime.fromtimestamp(int(epoch), dates.zone("UTC")), dates.zone("UTC"))
        else:
            at = now
    except (ValueError, OverflowError, OSError) as error:
        what = "--as-of" if asked.as_of is not None else "SOURCE_DATE_EPOCH"
        value = asked.as_of if asked.as_of is not None else epoch
        raise ContentError(
            [
                Diagnostic(
                    Span(what),
                    Severity.ERROR,
                    Kind.OPTION,
                    f"`{value}` is not a valid time: {error}",
                    "YYYY-MM-DD, YYYY-MM-DD HH:MM, or seconds since 1970 for SOURCE_DATE_EPOCH",
                )
            ]
        ) from None
    at = at.astimezone(dates.zone(timezone))
    return Moment(at, asked.drafts, asked.future, asked.expired)
