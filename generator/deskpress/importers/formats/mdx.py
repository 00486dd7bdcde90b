"""MDX as Markdown: admonitions, tabs and code become this site's, components leave what is in them."""

from __future__ import annotations

import re
import textwrap

from deskpress.importers.platforms.marked_html import from_commonmark, mended, outside_code
from deskpress.importers.report import ImportReport

_OPENING = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>:{3,})\s*(?P<kind>[A-Za-z]+)"
    r"(?:\[(?P<title>.*)\]|[ \t]+(?P<plain>\S.*?))?[ \t]*(?:\{[^}]*\})?$"
)
_CLOSING = re.compile(r"^[ \t]*(:{3,})[ \t]*$")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
_KINDS = {
    "note": "note",
    "secondary": "note",
    "tip": "tip",
    "success": "tip",
    "info": "info",
    "important": "info",
    "warning": "warning",
    "caution": "warning",
    "danger": "danger",
    "error": "danger",
}
_MODULE = re.compile(
    r"^(?:import\s[^\n]*?(?:from\s*)?['\"][^'\"\n]+['\"];?|export\s+(?:const|default|function|let)\b[^\n]*)\s*$",
    re.M,
)
_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.S)
_TABS = re.compile(r"<Tabs\b[^>]*>(.*?)</Tabs\s*>", re.S)
_ITEM = re.compile(r"<TabItem\b([^>]*)>(.*?)</TabItem\s*>", re.S)
_LABEL = re.compile(r"\b(?:label|value)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{\s*['\"]([^'\"]*)['\"]\s*\})")
_COMPONENT = re.compile(
    r"</?([A-Z][\w.]*)\b((?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)/?>"
)
_ELEMENT = re.compile(r"<[a-z][\w-]*(?:\s(?:[^<>{}]|\{\{[^{}]*\}\}|\{[^{}]*\})*)?>")
_IMAGE = re.compile(r"\b(?:src|image)\s*=\s*(?:\"([^\"]+)\"|\{\s*(?:require\(\s*)?['\"]([^'\"]+)['\"])")


def markdown_of(text: str, place: str, report: ImportReport) -> str:
    """The Markdown of an MDX file; parts that show nothing here are reported."""
    text = _tabs(text)
    text = outside_code(text, lambda part: _plain(part, place, report))
    return from_commonmark(_boxes(text))


def _plain(text: str, place: str, report: ImportReport) -> str:
    text = _MODULE.sub("", _COMMENT.sub("", text))
    text = _ELEMENT.sub(lambda found: _as_html(found[0]), text)

    def component(found: re.Match[str]) -> str:
        image = _IMAGE.search(found[2])
        if image is not None:
            return f"![]({image[1] or image[2]})"
        name = re.search(r"\bid=[\"']([\w-]+)[\"']", found[2])
        if name is not None and found[0].endswith("/>"):
            return f'<a id="{name[1]}"></a>'
        why = "what it shows is made by a program of the site; what is in it stays"
        report.add("changed", f"the component `<{found[1]}>`", why, place)
        return ""

    return _COMPONENT.sub(component, text)


def _as_html(tag: str) -> str:
    """A tag of JSX as one of HTML: with texts and numbers in brackets, and without styles."""
    tag = re.sub(r"\s\w+=\{\{[^{}]*\}\}", "", tag.replace("className=", "class="))
    tag = re.sub(r"(\s\w+)=\{(['\"])([^'\"]*)\2\}", r'\1="\3"', tag)
    return re.sub(r"(\s\w+)=\{([\w.]+)\}", r'\1="\2"', tag)


def _tabs(text: str) -> str:
    """Tabs of Docusaurus as those of this site."""

    def tabs(found: re.Match[str]) -> str:
        made = []
        for attributes, inner in _ITEM.findall(found[1]):
            labels = {key: next(filter(None, values), "") for key, values in _labels(attributes)}
            label = (labels.get("label") or labels.get("value") or "…").replace('"', "&quot;")
            made.append(f'=== "{label}"\n\n{_indented(inner)}\n')
        return "\n\n" + "\n".join(made) + "\n\n" if made else found[1]

    return _TABS.sub(tabs, text) if "<Tabs" in text else text


def _labels(attributes: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(found[0].partition("=")[0].strip(), found.groups("")) for found in _LABEL.finditer(attributes)]


def _boxes(text: str) -> str:
    """`:::kind` … `:::` as boxes; more colons enclose fewer."""
    lines = text.split("\n")
    done, _ = _until(lines, 0, "")
    return "\n".join(done)


def _until(lines: list[str], at: int, mark: str) -> tuple[list[str], int]:
    """The lines up to the one that closes a box of `mark`, and the number of the next."""
    done: list[str] = []
    fence = ""
    while at < len(lines):
        line = lines[at]
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            done.append(line)
            at += 1
            continue
        if found:
            fence = found[1]
        closing, opening = _CLOSING.match(line), _OPENING.match(line)
        if mark and closing and len(closing[1]) >= len(mark):
            return done, at + 1
        if opening is None or opening["kind"].lower() not in _KINDS:
            done.append(line)
            at += 1
            continue
        inner, at = _until(lines, at + 1, opening["mark"])
        title = (opening["title"] or opening["plain"] or "").replace('"', "&quot;")
        said = f' "{title}"' if title else ' ""'
        box = [f"!!! {_KINDS[opening['kind'].lower()]}{said}", *_indented("\n".join(inner)).split("\n")]
        done += ["", *(opening["indent"] + one if one.strip() else "" for one in box), ""]
    return done, at


def _indented(inner: str) -> str:
    text = mended(textwrap.dedent(inner)).strip("\n")
    return textwrap.indent(text, "    ", lambda line: bool(line.strip()))
