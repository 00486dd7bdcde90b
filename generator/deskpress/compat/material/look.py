"""The look that a site asks for, and its accent."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from deskpress.build.config import ConfigReport
from deskpress.compat.configuration import Configuration
from deskpress.model.look import LOOKS, accent_style, read_colour
from deskpress.source.front_matter_keys import nearest


def set_look(theme: MutableMapping[str, Any], plugin: Mapping[str, Any]) -> None:
    """Tell templates which look has a style sheet, and the styles of the accent; mistakes count as none.

    The first look is that of our style sheet itself.
    """
    look = plugin["look"] if plugin["look"] in LOOKS else LOOKS[0]
    accent = read_colour(plugin["accent"])
    theme["look"] = look if look != LOOKS[0] else ""
    theme["accent"] = accent_style(look, accent) if accent else ""


def unused_looks(theme: MutableMapping[str, Any]) -> tuple[str, ...]:
    """The style sheets of the looks that the site has not."""
    return tuple(f"assets/stylesheets/looks/{look}.css" for look in LOOKS if look != theme["look"])


def check_look(config: Configuration, look: str, accent: str, report: ConfigReport) -> None:
    """Report a look that there is not, and an accent that is no colour or would not be seen."""
    if look not in LOOKS:
        like = nearest(look, LOOKS)
        hint = f"did you mean `{like}`?" if like else f"there are: {', '.join(LOOKS)}"
        report.error("look", f"no look is called `{look}`", hint)
    if accent and not read_colour(accent):
        report.error("accent", f"`{accent}` is not a colour", 'six digits, as in `accent: "#0b5c8a"`')
    for line in report.lines if not accent else ():
        if comment := re.match(r"\s*accent:\s+(#\w+)\s*$", line):
            report.error("accent", "`#` begins a comment here", f'write `accent: "{comment[1]}"`')
    given = config.theme.get("palette")
    for scheme in given if isinstance(given, list) else [given]:
        primary = scheme.get("primary") if isinstance(scheme, Mapping) else None
        if accent and primary not in (None, "deskpress"):
            problem = f"`accent` has no effect beside `primary: {primary}` of `palette`"
            report.error("accent", problem, "remove one of them")
            break
