"""What assistants and chat programs leave in pasted text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_SOURCE = lazy_pattern(
    "【\\d+(?::\\d+)?†[^【】\n]{0,80}】"
    "|:contentReference\\[oaicite:\\d+\\](?:\\{index=\\d+\\})?"
    "|\\[oaicite:\\d+\\]"
    "|\ue200?cite(?:[\ue202]?turn\\d+(?:search|view|news|file)\\d+)+\ue201?"
    "|\\[cite(?:_start|: ?[\\d, ]+)\\]"
)
"""How assistants name their sources: numbers in brackets, which lead nowhere elsewhere."""

_ASSISTANT = lazy_pattern(
    r"(https?://[^\s<>()\[\]\"']*?)[?&]utm_source=(chatgpt\.com|openai|copilot\.com|perplexity)"
)
_PREFACE = lazy_pattern(
    r"(?:(?:Sure|Certainly|Of course|Absolutely|Great)\b[!,.][^\n]{0,20}?"
    r"(?:[Hh]ere(?:'s|’s| is| are)|I(?:'ve|’ve| have) (?:written|drafted))[^\n]{0,120}[:.]"
    r"|(?:Gerne|Natürlich|Klar)\b[!,.][^\n]{0,10}?[Hh]ier (?:ist|sind)[^\n]{0,120}[:.])$"
)
_LABELLED = lazy_pattern(r"<(https?://[^\s<>|]+)\|([^<>\n|]{1,200})>")
_MENTION = lazy_pattern(
    r"<(?:@[UW][A-Z0-9]{6,12}(?:\|[^<>\n]*)?|#C[A-Z0-9]{6,12}(?:\|([^<>\n]*))?|!(?:here|channel|everyone))>"
)
_FIELD = lazy_pattern(r"\bHYPERLINK[ ]+[\"“]([^\"”\n]+)[\"”]")
_REMARK = lazy_pattern(r"^\[([a-z]{1,2})\](?=[A-Z“\"])", re.M)

_SIGNS = lazy_pattern(
    "†|oaicite|turn\\d|\\[cite|utm_source=(?:chatgpt|openai|copilot|perplexity)|<https?:[^\\s<>]*\\||<[@#!][A-Zhce]"
    "|HYPERLINK|\n\\[[a-z]{1,2}\\]|[!,.] ?(?:[Hh]ere|I|[Hh]ier)\\b"
)


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Source marks, prefaces, links and mentions in the syntax of chat programs."""
    bare = text.bare
    for found in _SOURCE.finditer(bare):
        problem = "this is how an assistant marks its source: readers see it, and it leads nowhere"
        hint = f"remove `{_shown(found[0])}`, or link to the source"
        yield text.finding(found.start(), problem, hint)
    for found in _ASSISTANT.finditer(bare) if "utm_source" in bare else ():
        problem = f"the address tells its site that the link comes from {found[2]}"
        yield text.finding(found.start(), problem, f"write `{found[1]}`")
    first = next((number for number, body in enumerate(text.body) if body), -1)
    if first >= 0 and text.is_text(first) and _PREFACE.match(text.body[first]):
        problem = "this is the answer of an assistant, not the text that was asked for"
        yield Finding(first + 1, text.column(first), problem, "remove this line")
    for found in _LABELLED.finditer(bare) if "|" in bare else ():
        hint = f"write `[{found[2].strip()}]({found[1]})`"
        yield text.finding(found.start(), "a link is written as in chats: it leads nowhere here", hint)
    for found in _MENTION.finditer(bare):
        hint = f"write `#{found[1]}`" if found[1] else "write the name"
        yield text.finding(found.start(), f"`{found[0]}` means somebody in a chat program only", hint)
    for found in _FIELD.finditer(bare):
        hint = f"write `[What it is]({found[1]})`"
        yield text.finding(found.start(), "a link of Word's has become text: readers see this", hint)
    for found in _REMARK.finditer(bare) if "\n[" in bare else ():
        if f"[{found[1]}]" in bare[: found.start()] and found[1] not in text.definitions:
            problem = "this is a remark from the margin of a document: readers see it"
            hint = f"remove it, and the `[{found[1]}]` that it is about"
            yield text.finding(found.start(), problem, hint)


def _shown(mark: str) -> str:
    return mark if mark.isprintable() else "".join(one for one in mark if one.isprintable())
