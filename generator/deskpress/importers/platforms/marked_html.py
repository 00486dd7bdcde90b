"""What other programs' Markdown has that ours would not show: fences, lists, HTML that may not stay."""

from __future__ import annotations

import re
from collections.abc import Callable

from deskpress.lint.fix import fix
from deskpress.lint.text import Dialect

_FENCE = re.compile(r"^(?P<indent>[ \t>]*(?:[-*+] +|\d+[.)] +)?)(?P<mark>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_LINES = re.compile(r"\{\s*([\d\s,-]+)\}|hl_lines\s*=\s*[\"\[]([\d\s,\"-]+)[\"\]]")
_TITLE = re.compile(r"""(?:title|file|filename)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_GONE = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)
_FRAME = re.compile(r"<(iframe|object|embed)\b[^>]*>(?:(?:(?!<\1\b).)*?</\1\s*>)?", re.S | re.I)
_HANDLER = re.compile(r"(<[a-zA-Z][^<>]*?)\s+on[a-z]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
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
    before_is_blank = True

    def flush() -> None:
        if prose:
            done.extend(_held("\n".join(prose), change).split("\n"))
            prose.clear()

    for line in text.split("\n"):
        found = _FENCE.match(line)
        if mark:
            done.append(line)
            if found and found["mark"].startswith(mark) and not found["info"].strip():
                mark = ""
        elif found:
            flush()
            mark = found["mark"]
            done.append(line)
        elif line.startswith(("    ", "\t")) and before_is_blank and not _in_list(prose):
            flush()
            done.append(line)
            continue
        else:
            prose.append(line)
        before_is_blank = not line.strip()
    flush()
    return "\n".join(done)


def _in_list(lines: list[str]) -> bool:
    """Whether the block before belongs to a list, so that what is indented does, too."""
    for line in reversed(lines):
        if line.strip() and not line.startswith((" ", "\t")):
            return re.match(r"(?:[-*+]|\d+[.)])\s|\[\^", line) is not None
    return bool(lines) and any(re.match(r"\s+(?:[-*+]|\d+[.)])\s", line) for line in lines)


def _held(text: str, change: Callable[[str], str]) -> str:
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[0])
        return _HELD.format(len(held) - 1)

    done = change(_CODE.sub(hold, text.replace("\ue002", "").replace("\ue003", "")))
    return _HELD_IN.sub(lambda found: held[int(found[1])], done)


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
