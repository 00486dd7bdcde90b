"""Code blocks in Markdown, as regular expressions can match them."""

from __future__ import annotations

import re

from deskpress.model.patterns import lazy_pattern

FENCED = r"^ {0,3}(`{3,}+(?![^`\n]*+`)|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
"""A code block with its fence, for a pattern with `re.S` and `re.M`.

Backticks followed by others on the same line begin inline code (CommonMark 0.31, 4.5).
"""

_ANYWHERE = lazy_pattern(FENCED.replace("^ {0,3}", "^[ \\t]*"), re.S | re.M)


def without_fenced(markdown: str) -> str:
    """A text without its code blocks, including those in lists and boxes."""
    return _ANYWHERE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown
