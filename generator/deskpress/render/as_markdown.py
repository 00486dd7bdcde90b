"""HTML of a text as Markdown, for programs that read it: CommonMark 0.31 with tables (GitHub's form of them).

What a reader cannot read is left out: scripts, buttons, links to a heading itself. Of what has no form in
Markdown the text is kept, and the addresses in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from deskpress.model.patterns import lazy_pattern

_LEFT_OUT = frozenset("script style template button input select textarea svg nav".split())
_HEADINGS = {f"h{number}": number for number in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body details dd div dl dt fieldset figcaption figure footer form"
    " header hr li main ol p pre section summary table ul".split()
) | frozenset(_HEADINGS)
DEEPEST = 100
"""Levels of elements that keep their form: readers can follow a few."""

_SPACE = lazy_pattern(r"[ \t\r\n\f]+")
_SPECIAL = lazy_pattern(r"([\\`*_\[\]])")
_REFERENCE = lazy_pattern(r"&(?=#[\dxX]|\w+;)")
_BREAK = "\0"
"""Stands for a line break; no parser of HTML lets the character through."""

_AT_START = lazy_pattern(r"^(\d{0,9})([#.)>+~-])")
_LANGUAGE = lazy_pattern(r"\b(?:language|highlight)-([\w+#-]+)")


def as_markdown(html: str) -> str:
    """The Markdown of `html`, with a line break at its end; empty for nothing."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    if is_deep(body):
        # Its text alone: what goes down level by level would come to an end of Python's own.
        text = _paragraph_of(" ".join(body.text(separator=" ").split()))
    else:
        text = "\n\n".join(_blocks(body))
    return f"{text}\n" if text else ""


def is_deep(body: LexborNode) -> bool:
    """Whether elements lie more than `DEEPEST` levels within one another."""
    level = [body]
    for _ in range(DEEPEST):
        level = [child for node in level for child in node.iter()]
        if not level:
            return False
    return True


def _paragraph_of(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _escaped(text))


def _escaped(text: str) -> str:
    return _REFERENCE.sub("&amp;", _SPECIAL.sub(r"\\\1", text)).replace("<", "&lt;")


def _blocks(node: LexborNode) -> list[str]:
    """The blocks below a node, without empty ones."""
    found: list[str] = []
    inline: list[LexborNode] = []

    def end_paragraph() -> None:
        text = _paragraph(inline)
        if text:
            found.append(text)
        inline.clear()

    for child in _children(node):
        tag = child.tag or ""
        if tag in _BLOCKS or (tag not in ("-text", "a", "img", "br") and _has_blocks(child)):
            end_paragraph()
            found += [block for block in _block(child, tag) if block]
        else:
            inline.append(child)
    end_paragraph()
    return found


def _children(node: LexborNode) -> list[LexborNode]:
    return [
        child
        for child in node.iter(include_text=True, skip_empty=False)
        if child.tag not in _LEFT_OUT
        and child.tag != "-comment"
        and "headerlink" not in (child.attributes.get("class") or "" if child.tag != "-text" else "")
        and (child.tag == "-text" or "hidden" not in child.attributes)
    ]


def _has_blocks(node: LexborNode) -> bool:
    return any(child.tag in _BLOCKS or _has_blocks(child) for child in node.iter())


def _block(node: LexborNode, tag: str) -> list[str]:
    if tag in _HEADINGS:
        text = _text(_children(node))
        return [f"{'#' * _HEADINGS[tag]} {text}"] if text else []
    match tag:
        case "hr":
            return ["---"]
        case "pre":
            return [_code(node)]
        case "ul" | "ol":
            return [_list(node, numbered=tag == "ol")]
        case "blockquote":
            return [_indented("\n\n".join(_blocks(node)), "> ", "> ")]
        case "table":
            return _table(node)
        case "dt" | "summary":
            text = _text(_children(node))
            return [f"**{text}**"] if text else []
        case "dd":
            return [_indented("\n\n".join(_blocks(node)), ": ", "  ")]
        case "p" if "admonition-title" in (node.attributes.get("class") or ""):
            return [f"**{_text(_children(node))}**"]
        case _:
            if "admonition" in (node.attributes.get("class") or "").split() or tag == "details":
                return [_indented("\n\n".join(_blocks(node)), "> ", "> ")]
            return _blocks(node)


def _indented(text: str, first: str, others: str) -> str:
    """Lines below each other, the first with another beginning."""
    lines = text.split("\n")
    marked = [
        f"{first}{lines[0]}",
        *(f"{others}{line}" if line or others.strip() else "" for line in lines[1:]),
    ]
    return "\n".join(line.rstrip() for line in marked) if text else ""


def _list(node: LexborNode, *, numbered: bool) -> str:
    items = []
    # As Markdown has it: items of a loose list are paragraphs.
    loose = any(child.tag == "p" for item in node.iter() if item.tag == "li" for child in item.iter())
    start = node.attributes.get("start") or "1"
    number = int(start) if start.isdecimal() and len(start) < 10 else 1
    for item in _children(node):
        if item.tag != "li":
            continue
        mark = f"{number}. " if numbered else "- "
        between = "\n\n" if loose else "\n"
        items.append(_indented(between.join(_blocks(item)), mark, " " * len(mark)) or mark.rstrip())
        number += 1
    return ("\n\n" if loose else "\n").join(items)


def _code(node: LexborNode) -> str:
    text = (node.text(deep=True) or "").strip("\n")
    inner = node.css_first("code") or node
    outer = node.parent.parent if node.parent is not None else None
    classes = " ".join(one.attributes.get("class") or "" for one in (inner, node, node.parent, outer) if one)
    found = _LANGUAGE.search(classes)
    language = found[1] if found else ""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"


def _table(node: LexborNode) -> list[str]:
    """A table of GitHub's form; its caption stands above it."""
    rows = [
        [_text(_children(cell)).replace("|", "\\|") for cell in row.iter() if cell.tag in ("td", "th")]
        for row in node.css("tr")
    ]
    rows = [row for row in rows if row]
    if not rows:
        return []
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    lines.insert(1, f"|{' --- |' * width}")
    caption = node.css_first("caption")
    return [*([_text(_children(caption))] if caption is not None else []), "\n".join(lines)]


def _paragraph(nodes: Iterable[LexborNode]) -> str:
    """A run of inline nodes; what looks like the beginning of a block is escaped."""
    lines = _text(nodes).split("\n")
    return "\n".join(_AT_START.sub(r"\1\\\2", line) for line in lines)


def _text(nodes: Iterable[LexborNode]) -> str:
    """Inline nodes as Markdown, white space collapsed; a line break is a backslash at the end of a line."""
    text = _SPACE.sub(" ", "".join(map(_inline, nodes)))
    return re.sub(f" *{_BREAK} *", _BREAK, text).strip(f" {_BREAK}").replace(_BREAK, "\\\n")


def _inline(node: LexborNode) -> str:
    tag = node.tag or ""
    if tag == "-text":
        return _escaped(node.text(deep=False) or "")
    if tag == "br":
        return _BREAK
    if tag == "img":
        alt = _SPECIAL.sub(r"\\\1", node.attributes.get("alt") or "")
        return f"![{alt}]({_target(node.attributes.get('src') or '')})"
    if tag == "code":
        return _inline_code(node.text(deep=True) or "")
    inner = "".join(map(_inline, _children(node)))
    mark = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}.get(tag, "")
    if mark and inner.strip():
        # Marks stand at words: CommonMark takes `** a **` for text.
        before, core, after = _edges(inner)
        return f"{before}{mark}{core}{mark}{after}"
    if tag == "a" and (href := node.attributes.get("href")) and inner.strip():
        before, core, after = _edges(inner)
        return f"{before}[{core}]({_target(href)}){after}"
    return inner


def _edges(text: str) -> tuple[str, str, str]:
    core = text.strip()
    before, _, after = text.partition(core)
    return before, core, after


def _inline_code(text: str) -> str:
    text = _SPACE.sub(" ", text)
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else ""


def _target(address: str) -> str:
    """An address as Markdown has it: without white space, and with parentheses that do not end it."""
    return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", address)
