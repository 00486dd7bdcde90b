"""Addresses that are written out but not links: `www.…`, `https://…` and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text

_WWW = re.compile(r"(?<![\w/.@:-])www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[^\s<>()\[\]\"'|]*)?", re.I)
_MAIL = re.compile(
    r"(?<![\w/.@:+=-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w@:/-])"
)
_INLINE = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:.*(?:\n[ \t]+[\"'(].*)?", re.M)
_REFERENCE = re.compile(r"\[[^\[\]]{0,500}\][ ]?\[[^\[\]\n]*\]")
_SHORTCUT = re.compile(r"\[([^\[\]]{1,500})\]")
_HTML_LINK = re.compile(r"<a\b[^<]*(?:<(?!a\b|/a>)[^<]*)*</a>", re.I)


def check(text: Text) -> Iterator[Finding]:
    """Addresses that readers cannot click."""
    if text.dialect.has("magiclink") or text.dialect.has_like("autolink", "linkify", "urlize"):
        return
    bare = text.bare
    for pattern in (_HTML_LINK, _INLINE, _DEFINED, _REFERENCE):
        bare = pattern.sub(_blanked, bare)
    if text.definitions:
        known = text.definitions
        bare = _SHORTCUT.sub(lambda found: _blanked(found) if _key(found[1]) in known else found[0], bare)
    bare = re.sub(r"</?[A-Za-z][^<>]*>|<[^<>\s]+>", _blanked, bare)
    for found in _WWW.finditer(bare) if "www." in bare.lower() else ():
        address = found[0].rstrip(".,;:!?*_")
        hint = f"write `[{address}](https://{address})`"
        yield text.finding(found.start(), f"`{address}` is not a link: readers cannot click it", hint)
    for found in _MAIL.finditer(bare) if "@" in bare else ():
        hint = f"write `<{found[0]}>`"
        yield text.finding(found.start(), f"`{found[0]}` is not a link: readers cannot click it", hint)


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def may_hold(markdown: str) -> bool:
    """Whether there may be an address: checking around each mark is faster than searching for patterns."""
    if "www." in markdown or "WWW." in markdown:
        return True
    at = markdown.find("@")
    while at >= 0:
        if markdown[at - 1 : at].isalnum() and markdown[at + 1 : at + 2].isalnum():
            return True
        at = markdown.find("@", at + 1)
    return False
