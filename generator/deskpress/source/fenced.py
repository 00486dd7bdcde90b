"""Blocks of code in Markdown, as patterns see them."""

from __future__ import annotations

import re

FENCED = r"^ {0,3}(`{3,}+(?![^`\n]*+`)|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
"""A block of code and its fence, for a pattern with `re.S` and `re.M`.

Backticks with others behind them on their line begin code within the text (CommonMark 0.31, 4.5).
"""

_ANYWHERE = re.compile(FENCED.replace("^ {0,3}", "^[ \\t]*"), re.S | re.M)


def without_fenced(markdown: str) -> str:
    """A text without its blocks of code, those in lists and boxes too."""
    return _ANYWHERE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown
