"""Reads `policy` of the configuration, and determines why pages go without Trusted Types."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deskpress.compat.configuration import Configuration
from deskpress.compat.material.needs import has_diagrams, needs
from deskpress.model.allowed_hosts import ANY_HTTPS, VIDEOS, PagePolicy

_HOST = re.compile(r"(?:\*\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?::[0-9]{1,5})?")
_LISTS = ("connect", "frames", "scripts")
_KEYS = frozenset({"images", "trusted_types", *_LISTS})

TYPED = frozenset(
    "announce.dismiss content.action.edit content.action.view content.code.copy content.code.select"
    " content.tabs.link header.autohide navigation.expand navigation.footer navigation.indexes"
    " navigation.path navigation.prune navigation.sections navigation.tabs navigation.tabs.sticky"
    " navigation.top navigation.tracking search.highlight search.share search.suggest toc.follow"
    " toc.integrate".split()
)
"""Features of Material with which its script works under Trusted Types; a test tries each in Chromium."""

_SCRIPTED = ("analytics", "consent", "version")
"""Keys of `extra` for which Material loads or writes more."""

MAX_TEMPLATE = 1_000_000
"""The most bytes of a site's own template that are searched for scripts."""

_SCRIPT = re.compile(rb"<script\b", re.I)

Complain = Callable[[str, str, str], None]
"""Reports a mistake: the key, the problem, a hint."""


def read_policy(
    config: Configuration, given: Mapping[str, Any], complain: Complain, *, others: bool
) -> PagePolicy:
    """The `policy` of the plug-in's options, and why pages go without Trusted Types if they do.

    `others` is whether plug-ins or hooks run that may bring scripts.
    """
    for key in given:
        if key not in _KEYS:
            complain(str(key), f"policy: `{key}` is not known", f"there are: {', '.join(sorted(_KEYS))}")
    wanted = given.get("trusted_types", True)
    if not isinstance(wanted, bool):
        complain("trusted_types", "policy: `trusted_types` must be true or false", "`trusted_types: false`")
    untyped = _why_untyped(config, others) if wanted else "`trusted_types` is false"
    lists = {key: _hosts(key, given.get(key, []), complain) for key in _LISTS}
    if not untyped and lists["scripts"]:
        untyped = "`policy: scripts` allows other scripts"
    return PagePolicy(
        _images(given.get("images", "https"), complain),
        untyped,
        lists["scripts"],
        tuple(sorted({*VIDEOS, *lists["frames"]})) if given.get("frames") != "self" else (),
        lists["connect"],
        needs(config),
    )


def _hosts(key: str, given: object, complain: Complain) -> tuple[str, ...]:
    """The hosts that `policy` lists under a key; `self` stands for only the site itself."""
    found = []
    for host in given if isinstance(given, list) else [given]:
        if isinstance(host, str) and _HOST.fullmatch(host.lower().removeprefix("https://").rstrip("/")):
            found.append(host.lower().removeprefix("https://").rstrip("/"))
        elif host != "self":
            hint = f'a list of hosts, as in `{key}: [a.example, "*.b.example"]`'
            complain(str(host), f"policy: {key} cannot be of `{host}`", hint)
    return tuple(sorted(set(found)))


def _images(given: object, complain: Complain) -> tuple[str, ...]:
    if given in ("https", "self"):
        return (ANY_HTTPS,) if given == "https" else ()
    hosts: list[object] = given if isinstance(given, list) else [given]
    for host in hosts:
        if not isinstance(host, str) or not _HOST.fullmatch(host.lower()):
            hint = '`self`, `https`, or a list of hosts, as in `[images.example, "*.cdn.example"]`'
            complain(str(host), f"policy: images cannot come from `{host}`", hint)
            return ()
    return tuple(sorted({str(host).lower() for host in hosts}))


def _why_untyped(config: Configuration, others: bool) -> str:
    """Why pages go without Trusted Types: there are scripts that may not support them."""
    if config.extra_javascript:
        return "`extra_javascript` names scripts"
    if others:
        return "other plug-ins or hooks may bring scripts"
    if "glightbox" in config.plugins:
        return "the plug-in glightbox writes HTML"
    if has_diagrams(config):
        return "Mermaid writes its drawings as HTML"
    if named := [key for key in _SCRIPTED if config.extra.get(key)]:
        return f"`extra` has `{named[0]}`"
    if odd := sorted(set(map(str, config.theme.get("features", []) or [])) - TYPED):
        return f"Material's script writes HTML for `{odd[0]}`, or may"
    folder = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for path in sorted(folder.rglob("*.html")) if folder else ():
        if path.is_file() and _has_script(path):
            return f"the template `{path.name}` of the site has a script"
    return ""


def _has_script(path: Path) -> bool:
    with path.open("rb") as file:
        data = file.read(MAX_TEMPLATE + 1)
    return len(data) > MAX_TEMPLATE or _SCRIPT.search(data) is not None
