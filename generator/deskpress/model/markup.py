"""Lets regular expressions for tags match tags only.

In comments and attribute values the same characters are text. A pattern that took them for a tag would break
the comment or the value open after the HTML was sanitised.
"""

from __future__ import annotations

import re

_RAW = "script|style|xmp|iframe|noembed|noframes|noscript|textarea|title|plaintext"
_ATTRIBUTES = r'(?:[\s/]+[^\s/>][^\s/>=]*(?:="[^"]*")?)*[\s/]*'
_TOKEN = re.compile(
    rf"<!--(?P<comment>.*?)-->"
    rf"|<[?](?P<instruction>[^>]*)>"
    rf"|<(?P<raw>{_RAW}){_ATTRIBUTES}>(?P<text>.*?)</(?P=raw)>"
    rf"|</?[a-zA-Z](?P<inside>[^\s/>]*{_ATTRIBUTES})>",
    re.S,
)
"""HTML as a parser writes it (HTML Standard, 13.3): values are in double quotes; `<` may be text in them.

Names of attributes may hold `<` and quotes, too (13.2.5.33).
"""

_RISKS = tuple(
    map(
        re.compile,
        (
            r'="[^"<>]*[<>]',  # a value that holds `<` or `>`
            r'<[^\s/>=]*="',  # a name that holds `<`
            r'"[^\s/>="]*="',  # a name that holds a quote
        ),
    )
)
_IN_COMMENT = re.compile(r"<!--[^<>]*(?:<|(?<!--)>)")

_HIDDEN = str.maketrans("<>", "\x16\x17")
"""Temporary replacements: as with the marks of bodies, our HTML never holds these characters."""
_SHOWN = str.maketrans("\x16\x17", "<>")


def hidden(html: str) -> str:
    """HTML, as a parser wrote it, in which each `<` and `>` belongs to a tag, or encloses a comment.

    Others are replaced, each by one character; `shown` brings them back.
    """
    # Browsers take an XML processing instruction for a comment.
    if "<?" in html or ("<!--" in html and _IN_COMMENT.search(html)) or any(r.search(html) for r in _RISKS):
        return _TOKEN.sub(_hide, html)
    return html


def shown(html: str) -> str:
    """HTML with the characters that were `hidden` restored."""
    return html.translate(_SHOWN) if "\x16" in html or "\x17" in html else html


def _hide(found: re.Match[str]) -> str:
    name = next(name for name in ("comment", "instruction", "text", "inside") if found[name] is not None)
    start, end = (at - found.start() for at in found.span(name))
    whole = found[0]
    return whole[:start] + whole[start:end].translate(_HIDDEN) + whole[end:]


ELEMENTS = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink"
    " blockquote body br button canvas caption center cite code col colgroup command content data"
    " datalist dd del details dfn dialog dir div dl dt element em embed fieldset figcaption figure font"
    " footer form frame frameset head header hgroup hr html i iframe image img input ins isindex kbd"
    " keygen label legend li link listing main map mark marquee math menu menuitem meta meter multicol"
    " nav nextid nobr noembed noframes noscript object ol optgroup option output p param picture"
    " plaintext portal pre progress q rb rp rt rtc ruby s samp script search section select shadow slot"
    " small source spacer span strike strong style sub summary sup svg table tbody td template textarea"
    " tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
"""The names of HTML's elements, obsolete ones included. Other names in brackets are not markup."""
