"""Addresses reserved for Deskpress, its theme and web hosts: using one would prevent later publishing.

An output may need one only later: with the first notice, the thousandth post, another language.
"""

from __future__ import annotations

import re

from deskpress.model.output import path_of
from deskpress.model.patterns import lazy_pattern
from deskpress.model.pictures import CARDS
from deskpress.model.site import Options
from deskpress.model.words import locale_of

THEME = r"assets/(?:javascripts|stylesheets)/.*|assets/images/favicon\.png"
"""A pattern for the theme's files."""

TOP = r"[^/]*\.(?:txt|json)"
"""Files that crawlers, services and programs look for at the root of a site: robots.txt, ads.txt."""

HOSTS = r"\.well-known(?:/.*)?|CNAME|_[^/]*|favicon\.ico"
"""Folders that web hosts, certificate authorities and browsers look for."""

SEARCH = r"search/(?:index\.html|index\.json|[^/]+/[dt][0-9]+\.json)"
"""The search's files below the home page of their language (`plan_search`)."""

TEXTS = r"llms(?:/.*)?\.txt"
"""Texts for programs that read (`plan_texts`)."""

PICTURES = rf"{re.escape(CARDS)}.*\.png|.*\.(?:png|jpe?g)\.[0-9]+w\.webp"
"""The cards of posts, and the smaller variants of pictures; the content may contain its own."""

_LANGUAGE = lazy_pattern(r"([a-z]{2}(?:-[A-Za-z0-9]{2,8})?)/(.*)", re.S)


def own_pattern(options: Options) -> str:
    """A pattern for the paths of a language's outputs other than lists and feeds."""
    prefix = re.escape(options.prefix)
    folders = (options.help_dir, options.notices_dir)
    indexes = "|".join(re.escape(path_of(f"{folder}/")) for folder in folders)
    return f"{prefix}(?:{SEARCH}|{TEXTS}|words\\.json|opensearch\\.xml)|{indexes}|{THEME}|{PICTURES}"


def in_language(place: str) -> str:
    """The path below the folder of a possible future language; empty if there is none."""
    found = _LANGUAGE.fullmatch(place)
    if found is None or locale_of(found[1]).language != found[1][:2]:
        return ""
    return found[2]
