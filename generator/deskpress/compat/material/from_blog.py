"""The options of a site that was not written for Deskpress, from those of Material's `blog` and `social`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from deskpress.compat.configuration import NAME
from deskpress.compat.material.blog import DEFAULTS, SLUGS, Blog, translate
from deskpress.compat.material.setting import Setting, Status
from deskpress.compat.material.untranslated import tell_untranslated
from deskpress.compat.material.without_blog import without_blog


class _Line(Struct, frozen=True):
    what: str
    status: Status
    why: str


class _Outcome(Struct):
    """What became of each option; only what is not as before is remarked upon."""

    lines: list[_Line] = field(default_factory=list)

    def add(self, status: Status, what: str, why: str, place: str) -> None:
        self.lines.append(_Line(what, status, why))


def options_from(
    plugins: Mapping[str, dict[str, Any]], content: Path, *, urls: bool = True
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Our options, with those that other plug-ins set, and remarks on what will be different.

    What the site says under `deskpress` itself counts first. `content` is the content folder, `urls`
    is `use_directory_urls`.
    """
    outcome, found = _Outcome(), dict[str, Any]()
    blog = plugins.get("blog")
    if blog is not None and blog.get("enabled", True):
        files = _files_in(content)
        given = Blog({**DEFAULTS, **blog}, frozenset(blog), lambda _: "", files=files, urls=urls)
        found = _values(translate(given, outcome))
        found |= {key: blog[key] for key in SLUGS if key in blog}
        outcome.lines += [_Line(key, "kept", "") for key in SLUGS]
        # Posts dated ahead are shown unless the site says otherwise.
        if not blog.get("draft_if_future_date", False):
            found["future"] = True
        tell_untranslated(given, outcome)
    elif NAME not in plugins:
        found = _values(without_blog(_files_in(content), outcome, ""))
        outcome.lines.clear()
    if plugins.get("social", {"enabled": False}).get("enabled", True):
        found["cards"] = bool(plugins["social"].get("cards", True))
    remarks = [f"`plugins: blog: {one.what}`: {one.why}" for one in outcome.lines if one.status != "kept"]
    found |= plugins.get(NAME, {})
    return {key: value for key, value in found.items() if value is not None}, tuple(dict.fromkeys(remarks))


def _values(settings: list[Setting]) -> dict[str, Any]:
    return {
        one.key: {each.key: each.value for each in one.value} if isinstance(one.value, tuple) else one.value
        for one in settings
    }


def _files_in(content: Path) -> frozenset[str]:
    """The files in the content folder and in the folders in it: those that settings may refer to."""
    found = set()
    for entry in os.scandir(content) if content.is_dir() else ():
        if entry.is_file():
            found.add(entry.name)
        else:
            found.update(f"{entry.name}/{name}" for name in os.listdir(entry.path))
    return frozenset(found)
