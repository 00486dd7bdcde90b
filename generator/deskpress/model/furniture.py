"""Page furniture in a body's HTML: parts that are of use on a page only.

Heading permalinks (`toc: permalink`), line numbers with their links (`pymdownx.highlight`) and buttons belong
on pages only. In feeds, excerpts and the search they are noise; icons without a size fill a feed reader's
window, as only the theme's style sheet makes them small.
"""

from __future__ import annotations

import re

from deskpress.model.markup import hidden, shown

SIGNS = ("headerlink", "linenos", "__codelineno", "<button")
"""Text in any HTML that has furniture."""

_MARK = re.compile(r"<a\b[^<>]*\bclass=\"[^\"<>]*\bheaderlink\b[^<>]*>(?:(?!</?a\b).)*</a>", re.S)
_LINE_LINK = re.compile(r"<a\b[^<>]*__codelineno[^<>]*>([^<>]*)</a>")
_NUMBERS = re.compile(
    r"<td\b[^<>]*\bclass=\"[^\"<>]*\blinenos\b[^<>]*>(?:(?!</?td\b).)*</td>"
    r"|<span\b[^<>]*\bclass=\"[^\"<>]*\blinenos\b[^<>]*>[^<>]*</span>",
    re.S,
)
_BUTTON = re.compile(
    r"<button\b[^<>]*\bclass=\"[^\"<>]*(?:clipboard|copy|md-code__)[^<>]*>(?:(?!</?button\b).)*</button>",
    re.S,
)
_UNSIZED = re.compile(r"<svg(?![^<>]*\s(?:width|height)=)(?=[\s>])")


def without_furniture(html: str) -> str:
    """`html` without heading permalinks, line numbers, links of lines and copy buttons."""
    if not any(sign in html for sign in SIGNS):
        return html
    html = hidden(html)
    for pattern in (_MARK, _NUMBERS, _BUTTON):
        html = pattern.sub("", html)
    return shown(_LINE_LINK.sub(r"\1", html))


def for_readers_of_feeds(html: str) -> str:
    """The same, with a size on each icon that has none."""
    html = without_furniture(html)
    if "<svg" not in html:
        return html
    return shown(_UNSIZED.sub('<svg width="20" height="20"', hidden(html)))
