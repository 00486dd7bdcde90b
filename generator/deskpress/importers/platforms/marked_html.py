"""What other programs' Markdown has that ours would not show: fences, lists, HTML that may not stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from deskpress.lint.fix import fix
from deskpress.lint.text import Dialect

_FENCE = re.compile(r"^(?P<indent>[ \t>]*(?:[-*+] +|\d+[.)] +)?)(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_LINES = re.compile(r"\{\s*([\d\s,-]+)\}|hl_lines\s*=\s*[\"\[]([\d\s,\"-]+)[\"\]]")
_TITLE = re.compile(r"""(?:title|file|filename)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_GONE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_FRAME = re.compile(r"<(iframe|object|embed)\b[^>]*>(?:(?:(?!<\1\b).)*?</\1\s*>)?", re.S | re.I)
_HANDLER = re.compile(r"(<[a-zA-Z][^<>]*?)\s+on[a-z]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_ENTRY = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)")
_BRACKET = re.compile(
    r"(?:\A|(?<=\n\n)|(?<=[ \t]\n)) *\d{1,9}\) +(?=\S)[^\n]*(?:\n(?: *\d{1,9}\) +(?=\S)| {2,}\S)[^\n]*)*"
)
_NUMBER = re.compile(r"^( *\d{1,9})\)(?= )", re.M)
_OPENED = re.compile(
    r"^(?P<tag> {0,3}<(?P<name>div|section|article|aside|details|center|blockquote|figure|main|header|footer)"
    r"\b(?:[^<>{}]|\{[^{}]*\})*)>"
    r"(?P<more>[ \t]*(?:\n?[ \t]*<summary\b[^<>]*>.*?</summary>[ \t]*)?)(?=\n[ \t]*\n)",
    re.M | re.I,
)
_HELD = "\ue002{}\ue003"
_HELD_IN = re.compile("\ue002(\\d+)\ue003")


def mended(text: str) -> str:
    """Markdown whose lists and fences are read here as CommonMark reads them."""
    text = "\n".join(_fences(text.split("\n")))
    # The blank line keeps a rule at its top from being taken for front matter.
    return fix(f"\n{text}", Dialect()).text.removeprefix("\n")


def _fences(lines: list[str]) -> list[str]:
    """Fences whose first line says what superfences reads: language, lines, title."""
    done = []
    mark = ""
    for line in lines:
        found = _FENCE.match(line)
        if found is None:
            done.append(line)
        elif mark:
            done.append(line)
            if found["mark"].startswith(mark) and not found["info"].strip():
                mark = ""
        else:
            mark = found["mark"]
            done.append(f"{found['indent']}{mark}{_info(found['info'])}")
    return done


def _info(info: str) -> str:
    info = info.strip()
    if not info or re.fullmatch(r"[\w+#.-]+", info):
        return info
    language = re.match(r"\{?\s*\.?([\w+#-]+)", info)
    said = "" if language is None or re.match(r"\d|title|hl_lines", language[1]) else language[1]
    lines, title = _LINES.search(info), _TITLE.search(info)
    more = ""
    if lines:
        numbers = re.findall(r"\d+(?:-\d+)?", lines[1] or lines[2])
        more += f' hl_lines="{" ".join(numbers)}"'
    if title:
        more += f' title="{title[1] or title[2] or ""}"'
    # Without a language only a title is no fence.
    return f"{said or ('text' if more else '')}{more}"


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with what stands in no code changed: fences, code by indentation, code in lines stay."""
    done: list[str] = []
    prose: list[str] = []
    mark = ""

    def flush() -> None:
        if prose:
            done.extend(_held("\n".join(prose), change).split("\n"))
            prose.clear()

    lines = text.split("\n")
    for line, is_indented in zip(lines, indented_code(lines), strict=True):
        found = _FENCE.match(line)
        if mark:
            done.append(line)
            if found and found["mark"].startswith(mark) and not found["info"].strip():
                mark = ""
        elif is_indented:
            flush()
            done.append(line)
        elif found:
            flush()
            mark = found["mark"]
            done.append(line)
        else:
            prose.append(line)
    flush()
    return "\n".join(done)


def indented_code(lines: list[str]) -> Iterator[bool]:
    """Whether each line is one of a block of code that is told by its indentation, in a list or outside."""
    inner, after_blank, in_code = 0, True, False
    for line in lines:
        if not line.strip():
            after_blank = True
            yield False
            continue
        shown = line.expandtabs(4)
        indent = len(shown) - len(shown.lstrip(" "))
        entry = _ENTRY.match(shown)
        if indent < inner and (after_blank or entry):
            inner = indent // 4 * 4  # an entry of a list has ended, or of several
        in_code = indent >= inner + 4 and (after_blank or in_code)
        if entry and not in_code:
            inner = len(entry[0])
        after_blank = False
        yield in_code


def _held(text: str, change: Callable[[str], str]) -> str:
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return _HELD.format(len(held) - 1)

    done = change(_CODE.sub(hold, text.replace("\ue002", "").replace("\ue003", "")))
    return _HELD_IN.sub(lambda found: held[int(found[1])], done)


def markdown_in_html(text: str) -> str:
    """Markdown in which elements say that their content is Markdown.

    In CommonMark a blank line ends HTML, so that what follows it is Markdown (0.31.2, 4.6).
    """
    counts: Counter[str] = Counter()

    def counted(part: str) -> str:
        counts.update(name.lower() for name in re.findall(r"</?[a-z]+", part, re.I))
        return part

    outside_code(text, counted)

    def opened(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if re.search(r"\smarkdown\s*=", found["tag"], re.I) or counts[f"<{name}"] != counts[f"</{name}"]:
            return found[0]
        return f'{found["tag"]} markdown="1">{found["more"]}'

    return outside_code(text, lambda part: _OPENED.sub(opened, part))


def from_commonmark(text: str) -> str:
    """Markdown as CommonMark reads it, for Python-Markdown: in HTML, and with numbers before a bracket."""

    def dotted(part: str) -> str:
        return _BRACKET.sub(lambda found: _NUMBER.sub(r"\1.", found[0]), part)

    return markdown_in_html(outside_code(text, dotted))


def without_scripts(text: str, framed: Callable[[str], str], told: Callable[[str], None]) -> str:
    """Markdown without scripts and handlers; what `framed` makes of a frame stands in its place."""

    def gone(found: re.Match[str]) -> str:
        told(f"a {found[1].lower()}")
        return ""

    def handler(found: re.Match[str]) -> str:
        told("an event handler")
        return found[1]

    def change(part: str) -> str:
        part = _GONE.sub(gone, part)
        while (done := _HANDLER.sub(handler, part)) != part:
            part = done
        return _FRAME.sub(lambda found: framed(found[0]), part)

    return outside_code(text, change)
