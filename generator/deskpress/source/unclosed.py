"""Elements without an end tag that would keep what is behind them from being shown.

A browser takes the rest of a text for what such an element holds: for the fallback of a video, the rules of a
style sheet, the inside of a tool. It would be missing without a word.
"""

from __future__ import annotations

import re
from collections import Counter

from deskpress.model.body import Swallowing
from deskpress.model.tools import TOOLS

RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
"""Elements whose content is no HTML: only their own end tag ends them (WHATWG HTML, 13.2.5.2 to 13.2.5.4)."""

FOREIGN = frozenset({"math", "svg"})
"""Elements of other languages, which a slash closes (`<svg/>`), unlike all of HTML's own (13.1.2.1)."""

HIDING = (
    frozenset({"audio", "canvas", "details", "meter", "object", "progress", "template", "video"})
    | FOREIGN
    | RAW
    | frozenset(TOOLS)
)
"""Elements whose content browsers do not show as text, or not at once, or which we replace."""

_MARK = re.compile(r"<(?=[A-Za-z/!?])")
_ATTRIBUTES = (
    r"(?:[\s/]++|(?:(?<=[\s/\"'])=|[^\s/>=])[^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))?+)*+"
)
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+){_ATTRIBUTES}>")
"""A tag as browsers read it (WHATWG HTML, 13.2.5.6 to 13.2.5.40)."""

_IN_SCRIPT = re.compile(r"<!--|-->|<(/?)script(?=[\s/>])", re.I)
_ANY_TAG = re.compile("<[^<>]*>")
_HIDING = f"(?:{'|'.join(sorted(HIDING))})(?![^\\s/>])"
_QUICK = re.compile(f"<{_HIDING}", re.I)
_OTHERS = re.compile(rf"(?:[^<]++|<(?![A-Za-z/!?])|</?+(?!{_HIDING})[A-Za-z][^\s/>]*+{_ATTRIBUTES}>)*+", re.I)
"""Text and tags of other elements: nearly all of a document, which is passed over in one step."""


def unclosed(html: str) -> tuple[Swallowing, ...]:
    """The elements with text behind them that hide it, as they have no end in `html`."""
    if not _QUICK.search(html):
        return ()
    found = _Open()
    at = 0
    while mark := _MARK.search(html, _end(_OTHERS.match(html, at))):
        start = mark.start()
        at = _past_comment(html, start)
        if at > start:
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            if html.startswith("</", start) and not html[start + 2 : start + 3].isalpha():
                at = start + 2
                continue
            break  # the text ends within this tag
        at = tag.end()
        name = tag["name"].lower()
        if name not in HIDING:
            continue
        if tag["end"]:
            found.end(name)
            continue
        found.begin(name, at, slashed=html[at - 2] == "/")
        if name in RAW and not found.foreign:
            at = _raw_end(name, html, at)
            if at < 0:
                break
    if not found.elements:
        return ()
    last = _last_text(html)
    return tuple(one for one, behind in found.elements if behind <= last)


def _end(found: re.Match[str] | None) -> int:
    """Where a match ends that there always is, be it empty."""
    assert found is not None
    return found.end()


class _Open:
    """The elements that are open, innermost last, with the place behind each start tag."""

    def __init__(self) -> None:
        self.elements: list[tuple[Swallowing, int]] = []
        self._seen: Counter[str] = Counter()
        self._open: Counter[str] = Counter()

    @property
    def foreign(self) -> bool:
        """Whether what comes now is no HTML."""
        return any(self._open[name] for name in FOREIGN)

    def begin(self, name: str, behind: int, *, slashed: bool) -> None:
        """Take a start tag."""
        one = Swallowing(name, self._seen[name], "slashed" if slashed else "open")
        self._seen[name] += 1
        if not (slashed and (name in FOREIGN or self.foreign)):
            self._open[name] += 1
            self.elements.append((one, behind))

    def end(self, name: str) -> None:
        """Take an end tag: it ends the innermost element of its name, and what is open in there."""
        closed = "" if self._open[name] else name
        while closed != name:
            closed = self.elements.pop()[0].name
            self._open[closed] -= 1


def _raw_end(name: str, html: str, at: int) -> int:
    """Where the end tag of an element of `RAW` is that begins before `at`; -1 without one.

    In a script, a comment may hide its end tag (WHATWG HTML, 13.2.5.18 to 13.2.5.31).
    """
    if name != "script":
        found = re.compile(rf"</{name}(?=[\s/>])", re.I).search(html, at)
        return found.start() if found else -1
    commented = nested = False
    while part := _IN_SCRIPT.search(html, at):
        # In `<!-->` the comment ends at once.
        at = part.start() + 2 if part[0] == "<!--" else part.end()
        if part[0] == "<!--":
            commented = True
        elif part[0] == "-->":
            commented = nested = False
        elif not part[1]:
            nested = commented
        elif not nested:
            return part.start()
        else:
            nested = False
    return -1


def _last_text(html: str) -> int:
    """Where the last letter is that stands in no tag; -1 if there is none."""
    last, at = -1, 0
    for tag in _ANY_TAG.finditer(html):
        if html[at : tag.start()].strip():
            last = tag.start() - 1
        at = tag.end()
    return len(html) if html[at:].strip() else last


def _past_comment(html: str, at: int) -> int:
    """Behind the comment or declaration that begins at `at`; `at` if none does."""
    if html.startswith("<!--", at):
        if html.startswith((">", "->"), at + 4):
            return html.index(">", at) + 1
        end = html.find("-->", at + 4)
        return end + 3 if end >= 0 else len(html)
    if html.startswith(("<!", "<?"), at):
        end = html.find(">", at)
        return end + 1 if end >= 0 else len(html)
    return at
