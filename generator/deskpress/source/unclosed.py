"""Finds elements without an end tag that would hide the text after them.

A browser takes the rest of a text for the content of such an element: the fallback of a video, the rules of a
style sheet, the inside of a tool. It would be missing without notice.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec.structs import replace

from deskpress.model.body import Swallowing
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import TOOLS
from deskpress.source.still_open import UNSHOWN, End, still_open

RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
"""Elements whose content is not HTML: only their end tag ends them (WHATWG HTML, 13.2.5.2 to 13.2.5.4)."""

FOREIGN = frozenset({"math", "svg"})
"""Elements of other languages, which a slash closes (`<svg/>`), unlike HTML's own (13.1.2.1)."""

HIDING = (
    frozenset({"audio", "canvas", "details", "meter", "object", "progress", "template", "video"})
    | FOREIGN
    | RAW
    | frozenset(TOOLS)
)
"""Elements whose content browsers do not show as text, or not at once, or which we replace."""

# All patterns are ASCII-only, like browsers: Unicode has other spaces, and letters that fold to `k` and `s`.
_MARK = lazy_pattern(r"<(?=[A-Za-z/!?])")
_ATTRIBUTES = (
    r"(?:[\s/]++|(?:(?<=[\s/\"'])=|[^\s/>=])[^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]*+))?+)*+"
)
_TAG = lazy_pattern(rf"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*+){_ATTRIBUTES}>", re.A)
"""A tag as browsers read it (WHATWG HTML, 13.2.5.6 to 13.2.5.40)."""

_IN_SCRIPT = lazy_pattern(r"<!--|-->|<(/?)script(?=[\s/>])", re.I | re.A)
_COMMENT_END = lazy_pattern("--!?>")
_NO_END_TAG = lazy_pattern("</(?![A-Za-z])")
_HIDING = f"(?:{'|'.join(sorted(HIDING))})(?![^\\s/>])"
_QUICK = lazy_pattern(f"<(?:{_HIDING}|(?:{'|'.join(sorted(UNSHOWN))})(?![^\\s/>]))", re.I | re.A)
_HIDDEN = lazy_pattern("[\\s/\"']hidden[\\s=/>]", re.I | re.A)
_OTHERS = lazy_pattern(
    rf"(?:[^<]++|<(?![A-Za-z/!?])|</?+(?!{_HIDING})[A-Za-z][^\s/>]*+{_ATTRIBUTES}>)*+", re.I | re.A
)
"""Text and tags of other elements: nearly all of a document, skipped in one step."""


_QUIET = lazy_pattern("<progress[^<>]*>[^<]*</progress>")
_NESTED = lazy_pattern(r"<(/?)(details|table|progress)\b")


def all_ended(html: str) -> bool:
    """Whether every `<details>` and `<progress>` certainly ends, in HTML with no other element of `HIDING`.

    All its tags must be those that Markdown makes, in lower case. For browsers an end tag of `<details>`
    counts unless a table that began within is open (WHATWG HTML, 13.2.4.2 and 13.2.6.4.7), and one of
    `<progress>` if nothing but text comes before it.
    """
    if "<progress" in html:
        html = _QUIET.sub("", html)
    elif "<details" not in html:
        return True
    tables: list[int] = []
    for end, name in _NESTED.findall(html):
        if name == "progress":
            return False
        if name == "table":
            if tables:
                tables[-1] += -1 if end else 1
                if tables[-1] < 0:
                    return False
        elif not end:
            tables.append(0)
        elif tables and tables.pop():
            return False
    return not tables


def unclosed(html: str) -> tuple[Swallowing, ...]:
    """The unclosed elements in `html` that hide the text after them."""
    if not (_QUICK.search(html) or ("hidden" in html.lower() and _HIDDEN.search(html))):
        return ()
    found = _read(html)
    left = still_open(html, found.names, found.ends)
    last = _last_text(html)
    hiding = [
        (number, found.elements[number], behind)
        for number, behind in {**left.numbers, **found.open_now()}.items()
        if behind <= last
    ]
    told = [
        replace(one, how="crossed") if one.how == "open" and number in left.numbers else one
        for number, one, _ in sorted(hiding)
    ]
    return (*told, *([Swallowing(*left.rest_in, "open")] if left.rest_in else ()))


def _read(html: str) -> _Open:
    """The elements of `HIDING` as their tags are written."""
    found = _Open()
    at = 0
    while mark := _MARK.search(html, _end(_OTHERS.match(html, at))):
        start = mark.start()
        at = _past_comment(html, start)
        if at > start:
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            break  # the text ends within this tag
        at = tag.end()
        name = tag["name"].lower() if tag["name"].isascii() else ""
        if name not in HIDING:
            continue
        if tag["end"]:
            found.end(name, at)
            continue
        found.begin(name, tag.end("name"), at, slashed=html[at - 2] == "/")
        if name in RAW and not found.foreign:
            at = _raw_end(name, html, at)
            if at < 0:
                break
    return found


def _end(found: re.Match[str] | None) -> int:
    """The end of a match that always exists, even if empty."""
    assert found is not None
    return found.end()


class _Open:
    """All elements, with the ends of their names and tags, and which are open."""

    def __init__(self) -> None:
        self.elements: list[Swallowing] = []
        self.names: list[int] = []
        self.ends: list[End] = []
        self._stack: list[tuple[int, int]] = []
        self._seen: Counter[str] = Counter()
        self._open: Counter[str] = Counter()

    @property
    def foreign(self) -> bool:
        """Whether what follows is not HTML."""
        return any(self._open[name] for name in FOREIGN)

    def open_now(self) -> dict[int, int]:
        """The numbers of the open elements, with the positions after their start tags."""
        return dict(self._stack)

    def begin(self, name: str, named: int, behind: int, *, slashed: bool) -> None:
        """Handle a start tag whose name ends before `named`."""
        number = len(self.elements)
        self.elements.append(Swallowing(name, self._seen[name], "slashed" if slashed else "open"))
        self.names.append(named)
        self._seen[name] += 1
        if slashed and (name in FOREIGN or self.foreign):
            self.ends.append(End(behind, (number,)))
        else:
            self._open[name] += 1
            self._stack.append((number, behind))

    def end(self, name: str, behind: int) -> None:
        """Handle an end tag: it closes the innermost element of its name, and those open inside."""
        numbers = []
        closed = "" if self._open[name] else name
        while closed != name:
            number, _ = self._stack.pop()
            closed = self.elements[number].name
            self._open[closed] -= 1
            numbers.append(number)
        if numbers:
            self.ends.append(End(behind, numbers))


def _raw_end(name: str, html: str, at: int) -> int:
    """The position of the end tag of an element of `RAW` that begins before `at`; -1 if there is none.

    In a script, a comment may hide its end tag (WHATWG HTML, 13.2.5.18 to 13.2.5.31).
    """
    if name != "script":
        found = re.compile(rf"</{name}(?=[\s/>])", re.I | re.A).search(html, at)
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
    """The position of the last letter outside of tags; -1 if there is none."""
    end = len(html)
    while end > 0:
        closing = html.rfind(">", 0, end)
        opening = html.rfind("<", 0, max(closing, 0))
        in_no_tag = closing >= 0 and (opening < 0 or html.find(">", opening, closing) >= 0)
        if in_no_tag or html[closing + 1 : end].strip():
            return end if end == len(html) else end - 1
        end = opening
    return -1


def _past_comment(html: str, at: int) -> int:
    """The position after the comment, or what browsers take for one, at `at`; `at` if there is none."""
    if html.startswith("<!--", at):
        if html.startswith((">", "->"), at + 4):
            return html.index(">", at) + 1
        found = _COMMENT_END.search(html, at + 4)
        return found.end() if found else len(html)
    if html.startswith(("<!", "<?"), at) or _NO_END_TAG.match(html, at):
        end = html.find(">", at)
        return end + 1 if end >= 0 else len(html)
    return at
