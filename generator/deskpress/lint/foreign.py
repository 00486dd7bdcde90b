"""Syntax of other programs that this site shows as text; letters with a wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import TOOLS
from deskpress.source.misread import misread

_BBCODE = lazy_pattern(r"\[(b|i|u|s|url|img|quote|size|color)(=[^\[\]\n]*)?\]([^\[\]\n]{1,200})\[/\1\]", re.I)
_AS_MARKDOWN = {"b": "**{}**", "i": "*{}*", "u": "<u>{}</u>", "s": "<del>{}</del>", "img": "![…]({})"}
_WIKI = lazy_pattern(r"(!?)\[\[([^\[\]\n|#]{1,100})(#[^\[\]\n|]*)?(?:\|([^\[\]\n]*))?\]\](?!\()")
_EXTERNAL = lazy_pattern(r"(?<![\]!\\])\[(https?://[^\s\[\]]+)[ \t]+([^\[\]\n]{1,100})\](?![\[(:])")
_HUGO = lazy_pattern(r"\{\{[<%]\s*/?\s*([\w-]+).{0,400}?[%>]\}\}")
_INCLUDE = lazy_pattern(r"\{!\s*([^\s!{}]+)\s*!\}|\{%-?\s*include\s+[\"']?([^\s\"'%]+)[\"']?\s*-?%\}")
_LIQUID = lazy_pattern(r"\{%-?\s*(?!include\b|end)[a-z]\w*.*?%\}")
_SNIPPET = lazy_pattern(r" {0,3}-+8<-+(?:[ \t]+\S.*)?$")
_TOC = lazy_pattern(r"\[\[?_?toc_?\]\]?|\{\{?\s*toc\s*\}?\}|<!--\s*toc\s*-->", re.I)
_NAMED = "|".join(sorted(re.escape(name) for name in TOOLS))
_TOOL = lazy_pattern(rf"(?:\[|\{{\{{?%?\s*|&lt;|<\s+)({_NAMED})(?:\s*%?\}}\}}?|\]|&gt;|>)(?:.*)")
_FIELD = lazy_pattern(
    r"Error! (?:Reference source not found|Bookmark not defined|Hyperlink reference not valid)\.?"
    r"|Fehler! (?:Verweisquelle konnte nicht gefunden werden|Textmarke nicht definiert)\.?"
)
_LOST = lazy_pattern("\ufffd")
_TWICE = lazy_pattern(
    r"&amp;(?:amp;)*(amp|nbsp|quot|apos|lt|gt|[lr][sd]quo|[nm]dash|hellip|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_SIGNS = lazy_pattern(
    r"&amp;[\w#]+;|\[/\w+\]|\[\[|\[https?://|\{\{|\{[!%]|-8<-|\[_?toc|<!--\s*toc|Error!|Fehler!|\ufffd|Ã|â€|Â|ðŸ|Ð|&lt;\w|<\s|\[\w+-",
    re.I,
)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Check for each kind, in turn."""
    bare = text.bare
    yield from _letters(text, bare)
    yield from _links(text, bare)
    for number, body in enumerate(text.body):
        if body[:1] in ("[", "{", "-", "&", "<") and text.is_text(number):
            yield from _lines(text, number, body)
    hugo = "{{" in bare and not text.dialect.has_like("macro", "jinja", "hugo")
    if hugo and (found := _HUGO.search(bare)):
        problem = f"`{found[0][:40]}` is a short code of Hugo: readers see it"
        yield text.finding(found.start(), problem, "say it in Markdown: a box is `!!! note`")


def _letters(text: Text, bare: str) -> Iterator[Finding]:
    if found := _LOST.search(bare):
        problem = "a letter was lost here when the text was saved: readers see `\ufffd`"
        yield text.finding(found.start(), problem, "type it again, and check what else of the text is lost")
    if part := next(misread(bare), None):
        problem = f"`{part.written}` is `{part.meant}` that a program has read in another encoding"
        hint = f"write `{part.meant}`; there may be more of that in the text"
        yield text.finding(part.start, problem, hint)
    told = 0
    for found in _TWICE.finditer(bare) if "&amp;" in bare else ():
        line, _ = text.place(found.start())
        if line == told:
            continue  # one message for a line
        told = line
        shown = unescape(f"&{found[1]};")
        hint = f"write `&{found[1]};`" if shown in "\xa0<>" else f"write `{shown}`"
        yield text.finding(found.start(), f"this is escaped twice: readers see `&{found[1]};`", hint)
    for found in _FIELD.finditer(bare) if "!" in bare else ():
        yield text.finding(
            found.start(), "a reference of Word's is broken: readers see this", "write what it names"
        )


def _links(text: Text, bare: str) -> Iterator[Finding]:
    for found in _BBCODE.finditer(bare) if "[/" in bare else ():
        kind, value, words = found[1].lower(), (found[2] or "").lstrip("="), found[3]
        mended = _AS_MARKDOWN.get(kind, "{}").format(words)
        if kind == "url":
            mended = f"[{words}]({value})" if value else f"<{words}>"
        elif kind == "quote":
            mended = f"> {words}"
        problem = f"`[{found[1]}]` is the code of forums: readers see it"
        yield text.finding(found.start(), problem, f"write `{mended}`")
    if "[[" in bare and not text.dialect.has_like("wikilink", "roam", "obsidian", "ezlink"):
        for found in _WIKI.finditer(bare):
            if _TOC.fullmatch(found[0]):
                continue
            name = found[2].strip()
            words = (found[4] or "").strip() or ("What it shows" if found[1] else name)
            mended = f"{found[1]}[{words}]({name if found[1] else name + '.md'})"
            kind = "picture" if found[1] else "link"
            problem = f"`{found[1]}[[…]]` is not a {kind} here: readers see the brackets"
            yield text.finding(found.start(), problem, f"write `{mended}`, with the path of the file")
    for found in _EXTERNAL.finditer(bare) if "[http" in bare else ():
        if found[2].strip():
            hint = f"write `[{found[2].strip()}]({found[1]})`"
            yield text.finding(
                found.start(), "a link is not written like this: readers see the brackets", hint
            )


def _lines(text: Text, number: int, body: str) -> Iterator[Finding]:
    place = (number + 1, text.column(number))
    if body[0] == "-":
        if not text.dialect.has("snippets") and _SNIPPET.match(body):
            hint = "add `pymdownx.snippets` to `markdown_extensions`"
            yield Finding(*place, "no snippet is included here: readers see this line", hint)
    elif tool := _TOOL.fullmatch(body):
        hint = f"write `<{tool[1]}></{tool[1]}>`"
        yield Finding(*place, f"the tool `{tool[1]}` is not written like this: readers see this line", hint)
    elif _TOC.fullmatch(body) and body != "[TOC]" and text.dialect.has("toc"):
        yield Finding(*place, f"`{body}` is not a table of contents", "write `[TOC]`, in capitals")
    elif body[0] == "{" and (tag := _LIQUID.match(body)):
        if not text.dialect.has_like("include", "macro", "jinja"):
            problem = f"`{tag[0][:40]}` is a tag of another program: readers see it"
            yield Finding(*place, problem, "remove it; a box is `!!! note`, with its text indented below")
    elif body[0] == "{" and (found := _INCLUDE.match(body)):
        if text.dialect.has_like("include", "macro", "jinja"):
            return
        hint = (
            f'add `pymdownx.snippets` to `markdown_extensions`, and write `--8<-- "{found[1] or found[2]}"`'
        )
        yield Finding(*place, "nothing is included here: readers see this line", hint)
