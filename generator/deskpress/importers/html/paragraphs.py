"""Implied paragraphs of a text: a blank line separates them, a newline is a line break."""

from __future__ import annotations

import re

_BLOCK = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote"
    "|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption"
    "|details|menu|summary|center|script|noscript|iframe|object|embed|video|audio|head|link|meta"
)
_OPEN = re.compile(rf"(<(?:{_BLOCK})(?=[\s/>])[^>]*>)", re.I)
_CLOSE = re.compile(rf"(</(?:{_BLOCK})>)", re.I)
_BEGINS = re.compile(rf"\s*</?(?:{_BLOCK})(?=[\s/>])", re.I)
_ENDS = re.compile(rf"(?:</?(?:{_BLOCK})[^>]*>|<hr\s*/?>)\s*$", re.I)
_PRE = re.compile(r"<(pre|script|style|textarea)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"<(?:!--.*?-->|[^<>]*>)", re.S)
_HELD = "\ue000{}\ue001"
_HELD_IN = re.compile("\ue000(\\d+)\ue001")


def implied(text: str) -> str:
    """HTML with the paragraphs and line breaks that `text` implies, but for code and where blocks stand.

    As WordPress makes them (`wpautop`) and Movable Type ("convert breaks").
    """
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return f"\n\n{_HELD.format(len(held) - 1)}\n\n"

    # Signs of ours that stand in the text itself would bring something back twice.
    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _PRE.sub(hold, text.replace("\r\n", "\n").replace("\r", "\n"))
    # A newline inside a tag does not count.
    text = _TAG.sub(lambda found: found[0].replace("\n", " "), text)
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text, flags=re.I)
    text = _OPEN.sub(r"\n\n\1", text)
    text = _CLOSE.sub(r"\1\n\n", text)
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", text) if part.strip()]
    done = []
    for part in parts:
        if _HELD_IN.fullmatch(part.strip()):
            done.append(part.strip())
        elif _BEGINS.match(part):
            done.append(_within(part))
        else:
            done.append(f"<p>{_broken(part)}</p>")
    whole = "\n".join(done)
    # A comment alone is no paragraph.
    whole = re.sub(r"<p>\s*(<!--.*?-->)\s*</p>", r"\1", whole, flags=re.S)
    return _HELD_IN.sub(lambda found: held[int(found[1])], whole)


def _within(part: str) -> str:
    """A part that begins with a block: the text in it has line breaks, and none beside tags of blocks."""
    lines = part.split("\n")
    done = lines[:1]
    for line in lines[1:]:
        joint = "\n" if _ENDS.search(done[-1]) or _BEGINS.match(line) or not line.strip() else "<br>\n"
        done.append(f"{joint}{line}")
    return "".join(done)


def _broken(part: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)[ \t]*\n", "<br>\n", part.strip())
