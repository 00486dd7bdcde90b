"""What Markdown extensions say by themselves, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deskpress.model.words import Words

_JUMP = re.compile(r'(?<= title=")Jump back to footnote (\d+) in the text(?=")')
_TITLE = re.compile(r'(<p class="admonition-title">|<summary>)([A-Z][a-z]+)(?=<)')


def localised(html: str, say: Words) -> str:
    """HTML as extensions make it (titles of admonitions, ways back from footnotes), in another language."""
    if not say.texts:
        return html
    if 'class="footnote-backref"' in html:
        html = _JUMP.sub(
            lambda found: say.html("Jump back to footnote %(number)s in the text", number=found[1]), html
        )
    if "admonition-title" in html or "<summary>" in html:
        titles = _titles(say)
        html = _TITLE.sub(lambda found: found[1] + str(titles.get(found[2], found[2])), html)
    return html


def _titles(say: Words) -> Mapping[str, str]:
    """The titles of admonitions that an editor gave none."""
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
