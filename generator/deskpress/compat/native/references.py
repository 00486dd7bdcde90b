"""`mkdocstrings` and `autorefs`, for sites that list them but do not use them.

Both extend Markdown: `::: name` shows the documentation of code, `[text][name]` links to a heading of any
page. A document without either is converted as if they were not there; one that uses them needs their own
code, which knows all pages.
"""

from __future__ import annotations

import re

from deskpress.model.patterns import lazy_pattern

CODE, HEADINGS = "mkdocstrings", "autorefs"

_FENCE = lazy_pattern(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)", re.S | re.M)
_IDENTIFIER = lazy_pattern(r"^[ \t>]*(?:#{1,6} *)?::: ?\S", re.M)
_LITERAL = lazy_pattern(r"<(pre|code|script|style)\b.*?</\1>|<!--.*?-->", re.S)
_REFERENCE = lazy_pattern(r"\]\[[^\]\[<>]*\]|<autoref\b|\bdata-autorefs-")


def why_of_text(markdown: str) -> str:
    """Syntax in a text for the documentation of code; empty if there is none."""
    if ":::" not in markdown:
        return ""
    found = _IDENTIFIER.search(_FENCE.sub("", markdown))
    return f"`{found[0].strip()}…` shows the documentation of code" if found else ""


def why_of_html(html: str) -> str:
    """A possible link to a heading of another page in the HTML of a text; empty if there is none."""
    if "][" not in html and "autoref" not in html:
        return ""
    found = _REFERENCE.search(_LITERAL.sub("", html))
    return f"`{found[0].strip('<')}` may lead to a heading of another page" if found else ""
