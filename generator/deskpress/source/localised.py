"""Texts that Markdown extensions generate, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deskpress.model.patterns import lazy_pattern
from deskpress.model.words import Words

_JUMP = lazy_pattern(r'(?<= title=")Jump back to footnote (\d+) in the text(?=")')
_TITLE = lazy_pattern(
    r'(<div class="admonition ([a-z]+)[^"<>]*">\s*<p class="admonition-title">'
    r'|<details class="([a-z]+)[^<>]*>\s*<summary>)([A-Z][a-z]+)(?=</)'
)


def localised(html: str, say: Words) -> str:
    """HTML of extensions (titles of admonitions, links back from footnotes), in another language."""
    if not say.texts:
        return html
    if 'class="footnote-backref"' in html:
        html = _JUMP.sub(
            lambda found: say.html("Jump back to footnote %(number)s in the text", number=found[1]), html
        )
    if "admonition-title" in html or "<summary>" in html:
        titles = _titles(say)

        def name(found: re.Match[str]) -> str:
            # Without a custom title, an admonition is titled after its kind.
            own = found[4].lower() != (found[2] or found[3])
            return found[0] if own else found[1] + str(titles.get(found[4], found[4]))

        html = _TITLE.sub(name, html)
    return html


def _titles(say: Words) -> Mapping[str, str]:
    """The titles of admonitions without a custom title."""
    return {
        "Note": say.html("Note"),
        "Abstract": say.html("Abstract"),
        "Info": say.html("Info"),
        "Tip": say.html("Tip"),
        "Success": say.html("Success"),
        "Question": say.html("Question"),
        "Warning": say.html("Warning"),
        "Failure": say.html("Failure"),
        "Danger": say.html("Danger"),
        "Bug": say.html("Bug"),
        "Example": say.html("Example"),
        "Quote": say.html("Quote"),
    }
