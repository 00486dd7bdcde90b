"""Foreign Markdown: its targets are rewritten in place, outside of code; everything else stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import markdown

from deskpress.importers.platforms.extensions import IN_HTML, WANTED
from deskpress.importers.platforms.marked_html import indented_code, mended

_FENCE = re.compile(r"^ {0,12}(`{3,}|~{3,})")
_INLINE = re.compile(
    r"""(?P<code>(?<!`)(`+)(?!`).+?(?<!`)\2(?!`))
    |(?P<bang>!?)\[(?P<text>(?:[^\[\]\\\n]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]|\n(?!\n))*)\]
      \((?P<space>[ \t\n]*)(?P<target><[^<>\n]*>|[^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)
      (?P<title>(?:[ \t\n]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t\n]*)\)
    |(?P<open><(?P<tag>a|img|video|audio|source|area)\b[^<>]*>)
    |^(?P<label>[ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*)(?P<reference><[^<>\n]*>|\S+)
    """,
    re.X | re.M,
)
_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.I)

Target = Callable[[str, str], str]


def rewritten(text: str, lead: Target) -> str:
    """`text` with each target as `lead` gives it, for a `link` or an `image`; code stays as it is."""
    done: list[str] = []
    prose: list[str] = []
    fence = ""
    lines = text.split("\n")
    for line, is_indented in zip(lines, indented_code(lines), strict=True):
        if is_indented and not fence:
            done += [*_led(prose, lead), line]
            prose = []
            continue
        found = _FENCE.match(line)
        if fence:
            done.append(line)
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            continue
        if found:
            done += _led(prose, lead)
            prose = []
            fence = found[1]
            done.append(line)
        else:
            prose.append(line)
    done += _led(prose, lead)
    return "\n".join(done)


def _led(lines: list[str], lead: Target) -> list[str]:
    return _INLINE.sub(lambda found: _one(found, lead), "\n".join(lines)).split("\n") if lines else []


def _one(found: re.Match[str], lead: Target) -> str:
    if found["code"] is not None:
        return found[0]
    if found["open"] is not None:
        kind = "link" if found["tag"].lower() in ("a", "area") else "image"
        return _ATTRIBUTE.sub(lambda one: _attribute(one, kind, lead), found["open"])
    if found["label"] is not None:
        return found["label"] + _bracketed(lead(found["reference"].strip("<>"), "link"))
    kind = "image" if found["bang"] else "link"
    inner = _INLINE.sub(lambda one: _one(one, lead), found["text"])
    target = found["target"].strip("<>")
    new = lead(target, kind) if target else ""
    shown = found["target"] if new == target else _bracketed(new)
    return f"{found['bang']}[{inner}]({found['space']}{shown}{found['title']})"


def _attribute(found: re.Match[str], kind: str, lead: Target) -> str:
    value = found[2].strip("\"'")
    return f'{found[1]}"{lead(value.replace("&amp;", "&"), kind).replace("&", "&amp;")}"'


def _bracketed(target: str) -> str:
    return f"<{target}>" if re.search(r"[()\s]", target) else target


@cache
def _reference() -> markdown.Markdown:
    # Readers write boxes and tabs in our own form, whatever they were there.
    options = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.Markdown(extensions=[*WANTED, IN_HTML], extension_configs=options)


def source_html(text: str) -> str:
    """What a text of Markdown was where it came from, as far as that can be told without its program."""
    converter = _reference()
    converter.reset()
    return converter.convert(mended(text))
