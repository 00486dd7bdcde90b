"""Reads options that are more than one plain value: addresses, redirects, navigation, fonts.

Mistakes are reported under the option's key.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfoNotFoundError

from deskpress.build.config import ConfigReport
from deskpress.engine.fingerprint import digest
from deskpress.model.address import forbidden_scheme, problem_of
from deskpress.model.address_patterns import DEFAULT_ADDRESSES
from deskpress.model.site import NavItem
from deskpress.model.tools import TOOLS
from deskpress.plan.urls import blog_folder, pattern_problem
from deskpress.source import dates
from deskpress.source.front_matter_keys import nearest


def is_url(text: str) -> bool:
    """Whether this is an `http` or `https` URL without query and fragment."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isprintable() and not any(c in text for c in ' "<>?#')
    return parts.scheme in ("http", "https") and bool(parts.netloc) and plain


def is_form(text: str) -> bool:
    """Whether this is the address of a mail, or of a form, which may have a query."""
    return text.startswith("mailto:") or is_url(text.replace("?", "", 1))


def check_zone(name: str, report: ConfigReport) -> None:
    """Report a time zone that the IANA database does not have."""
    try:
        dates.zone(name)
    except (ZoneInfoNotFoundError, ValueError):
        report.error("timezone", f"no time zone is called `{name}`", "as in `America/Los_Angeles`")


def read_addresses(given: Mapping[str, Any], report: ConfigReport) -> dict[str, str]:
    """The pattern of each kind of address: the site's own, else the default."""
    addresses = dict(DEFAULT_ADDRESSES)
    for name, pattern in given.items():
        if name not in addresses:
            like = nearest(str(name), addresses)
            report.error(
                str(name), f"no address is called `{name}`", f"did you mean `{like}`?" if like else ""
            )
        elif problem := pattern_problem(name, str(pattern)):
            report.error(name, f"addresses: {name}: {problem}", f"the default is `{addresses[name]}`")
        else:
            addresses[name] = blog_folder(str(pattern)) if name == "blog" else str(pattern).removeprefix("/")
    return addresses


def read_redirects(given: Mapping[str, Any], report: ConfigReport) -> dict[str, str]:
    """Old addresses with their targets, both below the site's root and without a leading slash."""
    found = {}
    for old, new in given.items():
        pair = [str(one or "").strip().removeprefix("/") for one in (old, new)]
        for address in pair if pair[1] else pair[:1]:
            if problem := problem_of(address):
                hint = "as in `/blog/2012/: /blog/archive/2012/`"
                report.error(str(old), f"redirects: the address /{address} {problem}", hint)
                break
        else:
            found[pair[0]] = pair[1]
    return found


def read_nav(items: Any, report: ConfigReport) -> tuple[NavItem, ...]:
    """The entries of a navigation as `mkdocs.yml` writes it: paths, `title: path`, or `title: [entries]`."""
    found = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            found.append(NavItem("", _linked(item, report)))
            continue
        for title, target in item.items() if isinstance(item, dict) else ():
            # MkDocs writes a title into pages as it is, so that `&amp;` is shown as `&`.
            name = unescape(str(title))
            if isinstance(target, list):
                found.append(NavItem(name, "", read_nav(target, report)))
            elif isinstance(target, str):
                found.append(NavItem(name, _linked(target, report)))
            else:
                report.error(str(title), f"`{title}` leads nowhere", "give it a file or an address")
    return tuple(found)


def _linked(target: str, report: ConfigReport) -> str:
    """A target of the navigation; reported if it is not allowed in links."""
    if scheme := forbidden_scheme(target):
        report.error(scheme, f"a link may not lead to `{scheme}:`", "write a file of the site or an address")
    return target


def read_widgets(given: list[Any], report: ConfigReport) -> tuple[tuple[str, str], ...]:
    """The tools on the home page; in the syntax of `nav`, so that each names its page."""
    found = []
    for item in read_nav(given, report):
        if item.title in TOOLS:
            found.append((item.title, item.target))
        else:
            name = item.title or item.target
            report.error(name, f"widgets: no tool is called `{name}`", f"there are: {', '.join(TOOLS)}")
    return tuple(found)


def read_font(folder: Path, name: str, report: ConfigReport) -> str:
    """The digest of the font of cards; empty without one. Its path is relative to `folder`, the project's."""
    if not name:
        return ""
    from PIL import ImageFont

    try:
        data = (folder / name).read_bytes()
        ImageFont.truetype(BytesIO(data), 12)
    except OSError as error:
        report.error(
            "card_font", f"`{name}` is not a font: {error}", f"name a .ttf or .otf beside {report.label}"
        )
        return ""
    return digest(data)


def code_digest(function: Any) -> str:
    """The digest of the file in which a function is defined."""
    module = sys.modules.get(getattr(function, "func", function).__module__)
    file = getattr(module, "__file__", None)
    return digest(Path(file).read_bytes()) if file else ""
