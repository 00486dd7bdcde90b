"""Places that Deskpress, its theme and the hosts of sites need: who takes one stops others from publishing.

An output may be wanted there only later: by the first notice, the thousandth post, another language.
"""

from __future__ import annotations

import re

from deskpress.model.output import path_of
from deskpress.model.pictures import CARDS
from deskpress.model.site import Options
from deskpress.model.words import locale_of

THEME = r"assets/(?:javascripts|stylesheets)/.*|assets/images/favicon\.png"
"""A pattern for the theme's files."""

TOP = r"[^/]*\.(?:txt|json)"
"""What crawlers, services and programs look for at the top of a site: robots.txt, ads.txt, manifest.json."""

HOSTS = r"\.well-known(?:/.*)?|CNAME|_[^/]*|favicon\.ico"
"""What hosts of sites, certificates and browsers look for."""

SEARCH = r"search/(?:index\.html|index\.json|[^/]+/[dt][0-9]+\.json)"
"""The search's files below the home page of their language (`plan_search`)."""

PICTURES = rf"{re.escape(CARDS)}.*\.png|.*\.(?:png|jpe?g)\.[0-9]+w\.webp"
"""The cards of posts, and the smaller variants of pictures; the content may hold its own."""

_LANGUAGE = re.compile(r"([a-z]{2}(?:-[A-Za-z0-9]{2,8})?)/(.*)", re.S)


def own_pattern(options: Options) -> str:
    """A pattern for the paths that outputs of a language may have besides lists and feeds."""
    prefix = re.escape(options.prefix)
    folders = (options.help_dir, options.notices_dir)
    indexes = "|".join(re.escape(path_of(f"{folder}/")) for folder in folders)
    return f"{prefix}(?:{SEARCH}|words\\.json|opensearch\\.xml)|{indexes}|{THEME}|{PICTURES}"


def in_language(place: str) -> str:
    """The path below the folder of a language that the site may yet be translated to; empty for none."""
    found = _LANGUAGE.fullmatch(place)
    if found is None or locale_of(found[1]).language != found[1][:2]:
        return ""
    return found[2]
