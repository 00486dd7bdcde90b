"""`git-revision-date-localized` and `git-revision-date`: days of commits as text, for templates and Markdown.

The names of variables, the formats of dates and the markup around them are the plug-ins' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime, get_timezone

from deskpress.model.addons import Commit, Commits, GitDates
from deskpress.model.patterns import lazy_pattern

_BABEL = {
    "%a": "EEE",
    "%A": "EEEE",
    "%b": "MMM",
    "%B": "MMMM",
    "%c": "",
    "%d": "dd",
    "%-d": "d",
    "%e": "d",
    "%f": "SSSSSS",
    "%H": "HH",
    "%-H": "H",
    "%I": "hh",
    "%-I": "h",
    "%j": "DDD",
    "%m": "MM",
    "%-m": "M",
    "%M": "mm",
    "%-M": "m",
    "%p": "a",
    "%S": "ss",
    "%-S": "s",
    "%w": "e",
    "%W": "w",
    "%x": "",
    "%X": "",
    "%y": "yy",
    "%Y": "yyyy",
    "%z": "Z",
    "%Z": "z",
}
"""Directives of `strftime` as patterns of CLDR (UTS #35), as in the plug-in."""

_SPLIT = lazy_pattern(r"%%|%-?[A-Za-z]|[^%]+|%")

TIMEAGO = ("js/timeago.min.js", "js/timeago_mkdocs_material.js", "css/timeago.css")
"""Files of the plug-in for `type: timeago`."""

DEFAULTS: Mapping[str, Any] = {
    "type": "date",
    "custom_format": "%d. %B %Y",
    "timezone": "UTC",
    "locale": None,
    "exclude": [],
    "enable_creation_date": False,
    "fallback_to_build_date": False,
    "enable_git_follow": True,
    "ignored_commits_file": None,
}
"""The options of `git-revision-date-localized` with its defaults."""

NAMES = ("git_revision_date_localized", "git_site_revision_date_localized", "git_creation_date_localized")


def read_localized(given: Mapping[str, Any], folder: Path) -> tuple[GitDates | None, str]:
    """The options of `git-revision-date-localized`; `folder` is that of `mkdocs.yml`."""
    given = {**DEFAULTS, **given}
    if not given.get("enabled", True):
        return None, ""
    ignored: tuple[str, ...] = ()
    if name := given.get("ignored_commits_file"):
        try:
            lines = (folder / name).read_text("utf-8").split("\n")
        except OSError as error:
            return None, f"`ignored_commits_file`: {error.strerror}"
        ignored = tuple(filter(None, (line.partition("#")[0].strip() for line in lines)))
    return GitDates(
        kind=given["type"],
        custom=given["custom_format"] or "%d. %B %Y",
        zone=given["timezone"] or "UTC",
        locale=str(given.get("locale") or ""),
        exclude=tuple(map(str, given["exclude"] or ())),
        creation=given["enable_creation_date"],
        fallback=given["fallback_to_build_date"],
        follow=given["enable_git_follow"],
        ignored=ignored,
    ), ""


def timeago_files() -> dict[str, str]:
    """The plug-in's files for `type: timeago`, by their path in the site."""
    spec = find_spec("mkdocs_git_revision_date_localized_plugin")
    folder = Path(next(iter((spec.submodule_search_locations if spec else None) or ()), ""))
    return {path: str(folder / path) for path in TIMEAGO}


def read_plain(given: Mapping[str, Any], environment: Mapping[str, str]) -> tuple[GitDates | None, str]:
    """The options of `git-revision-date`."""
    if (name := given.get("enabled_if_env")) and environment.get(name) != "1":
        return None, ""
    if given.get("as_datetime"):
        return None, "`as_datetime`"
    return GitDates(plain=True, follow=False, fills=bool(given.get("modify_md", True))), ""


def counts(path: str, settings: GitDates) -> bool:
    """Whether a document gets dates."""
    return not any(fnmatchcase(path, pattern) for pattern in settings.exclude)


def variables(commits: Commits, settings: GitDates, language: str) -> dict[str, str]:
    """The commits of a document for templates, under the plug-in's names."""
    if settings.plain:
        return {"revision_date": commits.last.at.date().isoformat()} if commits.last else {}
    found = dict(_of(NAMES[0], commits.last, settings, language))
    if settings.creation:
        first = commits.created or commits.last
        # A file may look older than its first commit if its name was used by another file before.
        if first and commits.last and first.at > commits.last.at:
            first = commits.last
        found |= dict(_of(NAMES[2], first, settings, language))
    return found


def site_variables(newest: Commit | None, settings: GitDates, language: str) -> dict[str, str]:
    """The newest commit of the whole content, for templates."""
    return {} if settings.plain else dict(_of(NAMES[1], newest, settings, language))


def filled(markdown: str, values: Mapping[str, str], settings: GitDates) -> str:
    """A text with dates in place of their names in double braces."""
    if settings.plain:
        pattern, name = r"\{\{\s*(?:page\.meta\.)?git_revision_date\s*\}\}", "revision_date"
        if not settings.fills or name not in values:
            return markdown
        return re.sub(pattern, lambda _: values[name], markdown, flags=re.I)
    known = "|".join(name for name in NAMES if name in values)
    if not known:
        return markdown
    pattern = rf"\{{\{{\s*({known})\s*\}}\}}"
    return re.sub(pattern, lambda found: values[found[1].lower()], markdown, flags=re.I)


def asks_for_dates(markdown: str) -> bool:
    """Whether a text may name dates, so that it must be read again when they change."""
    return "{{" in markdown and "git_" in markdown.lower()


def _of(name: str, commit: Commit | None, settings: GitDates, language: str) -> Iterator[tuple[str, str]]:
    if commit is None:
        return
    forms = dict(_forms(commit.at, settings, settings.locale or language))
    whole = forms["datetime-timezone"]
    marked = {
        kind: f'<span class="git-revision-date-localized-plugin git-revision-date-localized-plugin-{kind}"'
        f' title="{whole}">{text}</span>'
        for kind, text in forms.items()
    }
    # A date that scripts write is followed by a printable one.
    yield name, marked[settings.kind] + (marked["iso_date"] if settings.kind == "timeago" else "")
    yield f"{name}_hash", commit.name
    for kind, text in forms.items():
        yield f"{name}_raw_{kind}", text


def _forms(at: datetime, settings: GitDates, language: str) -> Iterator[tuple[str, str]]:
    """A moment in all formats."""
    locale = language.replace("-", "_")
    local = at.replace(microsecond=0).astimezone(get_timezone(settings.zone))
    day = format_date(local, format="long", locale=locale)
    yield "date", day
    yield "datetime", f"{day} {local:%H:%M:%S}"
    yield "datetime-timezone", f"{day} {local:%H:%M:%S %Z}"
    yield "iso_date", f"{local:%Y-%m-%d}"
    yield "iso_datetime", f"{local:%Y-%m-%d %H:%M:%S}"
    yield "timeago", f'<span class="timeago" datetime="{local.isoformat()}" locale="{locale}"></span>'
    yield "custom", format_datetime(local, format=_pattern(settings.custom), locale=locale)


def _pattern(custom: str) -> str:
    """A format of `strftime` as a pattern of CLDR, with quoted letters."""
    parts, text = [], ""
    for one in _SPLIT.findall(custom):
        if one in _BABEL:
            parts += [_quoted(text), _BABEL[one]]
            text = ""
        else:
            text += "%" if one == "%%" else one
    return "".join((*parts, _quoted(text)))


def _quoted(text: str) -> str:
    text = text.replace("'", "''")
    return f"'{text}'" if any(char.isascii() and char.isalpha() for char in text) else text
