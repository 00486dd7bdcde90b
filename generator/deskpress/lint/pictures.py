"""Alternative texts that say nothing about the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_IMAGE = lazy_pattern(r"!\[([^\[\]\n]{1,200})\]\([^()\s]")
_FILE = lazy_pattern(
    r"(?:[\w ().-]+\.(?:png|jpe?g|gif|webp|svg|heic|bmp)|(?:IMG|DSC|DSCN|PXL|MVIMG|Screenshot|Bildschirmfoto)"
    r"[ _-]?\d[\w .-]*)",
    re.I,
)
_INSIDE = lazy_pattern(
    r"(?<!\])\[!(?!\[)([^\[\]\n]{1,200})\]\(([^()\s]+\.(?:png|jpe?g|gif|webp|svg|avif))\)", re.I
)
_UNLINKED = lazy_pattern(r"^ {0,3}!\[([^\[\]\n]{1,200})\](?::[ \t]*(\S+))?[ \t]*$", re.M)
_FILM = lazy_pattern(r"<(video|audio)\b(?![^<>]*\b(?:controls|autoplay)\b)([^<>]*)>")
_NOTHING = frozenset("image img picture pic photo alt alternative bild foto text untitled unnamed".split())
_EMPTY = ("alt text", "alternative text", "image alt text", "image description", "description", "image here")


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return "![" in text or "[!" in text or "<video" in text or "<audio" in text


def check(text: Text) -> Iterator[Finding]:
    """Names of files, and placeholder words of programs."""
    bare = text.bare
    for found in _INSIDE.finditer(bare) if "[!" in bare else ():
        hint = f"write `![{found[1].strip()}]({found[2]})`"
        yield text.finding(
            found.start(), "the `!` is inside the bracket: this is a link, not a picture", hint
        )
    for found in _UNLINKED.finditer(bare):
        if " ".join(found[1].lower().split()) not in text.definitions:
            problem = f"the picture `![{found[1]}]` has no file: readers see the brackets"
            target = found[2] or "…"
            yield text.finding(found.start(), problem, f"write `![{found[1]}]({target})`")
    for found in _FILM.finditer(bare) if "<video" in bare or "<audio" in bare else ():
        what = "film" if found[1] == "video" else "recording"
        hint = f"write `<{found[1]} controls{found[2]}>`"
        yield text.finding(found.start(), f"the {what} has no controls: readers cannot start it", hint)
    for found in _IMAGE.finditer(bare) if "![" in bare else ():
        words = found[1].strip()
        plain = re.sub(r"[\d\s_-]+$", "", words.lower())
        if _FILE.fullmatch(words):
            problem = f"`{words}` is the name of a file: readers who cannot see the picture learn nothing"
        elif plain in _NOTHING or plain in _EMPTY:
            problem = f"`{words}` says nothing about the picture to readers who cannot see it"
        else:
            continue
        hint = "say in the brackets what it shows, as in `![A chart of …](…)`"
        yield text.finding(found.start(1), problem, hint)
