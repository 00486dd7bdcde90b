"""Addresses that are written out but not links: `www.…`, `https://…` and mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_WWW = lazy_pattern(r"(?<![\w/.@:-])www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[^\s<>()\[\]\"'|]*)?", re.I)
_WEB = lazy_pattern(
    r"(?<![\w/.@:=-])https?://(?!localhost\b|127\.|0\.0\.0\.0)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#:][^\s<>()\[\]\"'|]*)?"
)
_UNLINKED = lazy_pattern(r"(?:[\s>*_]|(?<!\])\()https?://")
LONGEST = 80
"""Characters of an address that are shown."""
_MAIL = lazy_pattern(
    r"(?<![\w/.@:+=-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w@:/-])"
)
_INLINE = lazy_pattern(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_DEFINED = lazy_pattern(r"^ {0,3}\[[^\[\]\n]+\]:.*(?:\n[ \t]+[\"'(].*)?", re.M)
_REFERENCE = lazy_pattern(r"\[[^\[\]]{0,500}\][ ]?\[[^\[\]\n]*\]")
_SHORTCUT = lazy_pattern(r"\[([^\[\]]{1,500})\]")
_HTML_LINK = lazy_pattern(r"<a\b[^<]*(?:<(?!a\b|/a>)[^<]*)*</a>", re.I)


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
    for found in _WEB.finditer(bare) if "://" in bare else ():
        before = bare[max(0, found.start() - LONGEST) : found.start()]
        if before[-1:].strip() and (before[-1] not in "*_(" or before[:-1].rstrip().endswith("]")):
            continue  # in brackets or quotation marks: a link that is written wrongly, and reported as that
        if text.markdown[found.end() : found.end() + 1] == "<":
            continue  # an example with a part to fill in
        address = found[0].rstrip(".,;:!?*_")
        problem = f"`{_shown(address)}` is not a link: readers cannot click it"
        yield text.finding(found.start(), problem, f"write `<{address}>`")
    for found in _MAIL.finditer(bare) if "@" in bare else ():
        hint = f"write `<{found[0]}>`"
        yield text.finding(found.start(), f"`{found[0]}` is not a link: readers cannot click it", hint)


def _blanked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _shown(address: str) -> str:
    return address if len(address) <= LONGEST else f"{address[: LONGEST - 1]}…"


def may_hold(markdown: str) -> bool:
    """Whether there may be an address: checking around each mark is faster than searching for patterns."""
    if "www." in markdown or "WWW." in markdown:
        return True
    if _UNLINKED.search(markdown):
        return True
    at = markdown.find("@")
    while at >= 0:
        if markdown[at - 1 : at].isalnum() and markdown[at + 1 : at + 2].isalnum():
            return True
        at = markdown.find("@", at + 1)
    return False
