"""Hugo's shortcodes as Markdown; the site's own are reported, with what of them stays."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from deskpress.importers.names import NAMED
from deskpress.importers.platforms.front import Values, text_of
from deskpress.importers.platforms.marked_html import mended
from deskpress.importers.platforms.opening import Source
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import NAME as TABLE

_SHOWN = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.S)
_CODE = re.compile(
    r"\{\{[<%]\s*(?P<close>/?)\s*(?P<name>[\w./-]+)(?P<given>(?:\s+(?:[\w-]+\s*=\s*)?(?:\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[^\s\"`>%/]+(?:/(?![>%])[^\s\"`>%/]*)*))*)"
    r"\s*(?P<alone>/?)\s*[>%]\}\}",
    re.S,
)
_GIVEN = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s\"`]+))")
_HELD = "\ue006{}\ue007"
_HELD_IN = re.compile("\ue006(\\d+)\ue007")
_BOXES = {
    "note": "note",
    "notice": "note",
    "tip": "tip",
    "hint": "tip",
    "info": "info",
    "warning": "warning",
    "caution": "warning",
    "important": "warning",
    "danger": "danger",
    "error": "danger",
    "alert": "warning",
    "callout": "note",
    "admonition": "note",
    "box": "note",
}
_SAID = ("title", "heading", "intro", "text", "quote", "content", "description", "caption", "cite", "attr")
"""Parameters whose values readers see, in the order in which they are shown."""

Given = dict[str, str]


class Shortcodes:
    """Renders the shortcodes of one file."""

    def __init__(self, source: Source, page: Values, place: str, report: ImportReport, folder: str) -> None:
        self._source, self._page, self._place, self._report = source, page, place, report
        self._folder = folder
        self._held: list[str] = []

    def rendered(self, text: str) -> str:
        """A text with its shortcodes replaced."""
        if "{{" not in text:
            return text
        self._held = []
        text = text.replace("\ue006", "").replace("\ue007", "")
        text = _SHOWN.sub(lambda found: self._hold(f"{{{{{found[1]}{found[2]}{found[3]}}}}}"), text)
        text = self._pairs(text)
        return _HELD_IN.sub(lambda found: self._held[int(found[1])], text)

    def _hold(self, text: str) -> str:
        self._held.append(text)
        return _HELD.format(len(self._held) - 1)

    def _pairs(self, text: str) -> str:
        """From the innermost outwards: an end belongs to the beginning right before it of its name."""
        done: list[str] = []
        open_ones: list[tuple[str, Given, list[str]]] = []
        ends: dict[str, int] = {}
        for found in _CODE.finditer(text):
            if found["close"]:
                ends[found["name"]] = ends.get(found["name"], 0) + 1
        at = 0
        for found in _CODE.finditer(text):
            (open_ones[-1][2] if open_ones else done).append(text[at : found.start()])
            at = found.end()
            name, given = found["name"], _given(found["given"])
            if found["close"]:
                ends[name] -= 1
                number = next((n for n in reversed(range(len(open_ones))) if open_ones[n][0] == name), -1)
                if number < 0:
                    continue
                # What was opened in there and has no end stands alone.
                while len(open_ones) > number + 1:
                    inner_name, inner_given, parts = open_ones.pop()
                    open_ones[-1][2].append(self._one(inner_name, inner_given, None) + "".join(parts))
                _, given, parts = open_ones.pop()
                made = self._one(name, given, "".join(parts))
                (open_ones[-1][2] if open_ones else done).append(made)
            elif ends.get(name, 0) > 0 and not found["alone"]:
                open_ones.append((name, given, []))
            else:
                (open_ones[-1][2] if open_ones else done).append(self._one(name, given, None))
        (open_ones[-1][2] if open_ones else done).append(text[at:])
        while open_ones:
            name, given, parts = open_ones.pop()
            (open_ones[-1][2] if open_ones else done).append(self._one(name, given, None) + "".join(parts))
        return "".join(done)

    def _one(self, name: str, given: Given, inner: str | None) -> str:
        own: dict[str, Callable[[Given, str], str]] = {
            "ref": self._ref,
            "relref": self._ref,
            "figure": _figure,
            "youtube": lambda given, inner: _frame("https://www.youtube.com/embed/", given),
            "vimeo": lambda given, inner: _frame("https://player.vimeo.com/video/", given),
            "tweet": _tweet,
            "x": _tweet,
            "instagram": lambda given, inner: f"<https://www.instagram.com/p/{given.get('0', '')}/>",
            "gist": lambda given, inner: (
                f"<https://gist.github.com/{given.get('0', '')}/{given.get('1', '')}>"
            ),
            "param": self._param,
            "highlight": _highlight,
            "code": _highlight,
            "code-toggle": _toggle,
            "details": _details,
            "expand": _details,
            "quote-block": _quote,
            "blockquote": _quote,
            "quote": _quote,
        }
        table = self._source.shortcodes
        if table.has(name):
            self._report.add("changed", f"the shortcode `{name}`", f"as {TABLE} says", self._place)
            return table.made(name, given, inner or "")
        if name in own:
            return own[name](given, inner or "")
        if name in _BOXES and inner is not None:
            kind = _BOXES.get(given.get("0", given.get("type", "")).lower(), _BOXES[name])
            return _box(kind, given.get("title", given.get("1", "")), inner)
        return self._unknown(name, given, inner)

    def _unknown(self, name: str, given: Given, inner: str | None) -> str:
        """One of the site's own: its text stays, and a picture whose file it names."""
        source = given.get("src", "")
        if re.search(r"\.(?:png|jpe?g|gif|webp|svg|avif)$", source, re.I):
            why = "it is the site's own: replaced by a picture with its text"
            self._report.add("changed", f"the shortcode `{name}`", why, self._place)
            title = f' "{given["caption"]}"' if given.get("caption") and '"' not in given["caption"] else ""
            return f"![{given.get('alt', '')}]({source.replace(' ', '%20').replace(chr(92), '')}{title})"
        said = [given[key] for key in _SAID if given.get(key)]
        shown = "\n\n".join([*said, inner] if inner is not None else said)
        why = "it is the site's own, and what it shows is not in the source" + (
            "; its text stays" if shown else ""
        )
        status = "changed" if inner is not None else "lost"
        self._report.add(status, f"the shortcode `{name}`", why, self._place)  # type: ignore[arg-type]  # one of two
        return shown if inner is None or not said else f"\n\n{shown}\n\n"

    def _ref(self, given: Given, inner: str) -> str:
        target = given.get("0", given.get("path", ""))
        path, _, fragment = target.partition("#")
        path = re.sub(r"(?:/_?index)?\.(?:md|markdown|html)$", "", path.strip("/"), flags=re.I).lower()
        tail = f"#{fragment}" if fragment else ""
        return f"{NAMED}ref:{path.replace(' ', '%20')}{tail}" if path else tail

    def _param(self, given: Given, inner: str) -> str:
        value = text_of(self._page, given.get("0", "").lower())
        if not value:
            self._report.add("lost", f"the value of `{given.get('0', '')}`", "the page has none", self._place)
        return value


def _given(text: str) -> Given:
    """What a shortcode is given: by names, else by their places, from `0`."""
    found: Given = {}
    number = 0
    for name, quoted, ticked, bare in _GIVEN.findall(text):
        value = re.sub(r"\\(.)", r"\1", quoted) if quoted else ticked or bare
        if name:
            found[name.lower()] = value
        else:
            found[str(number)] = value
            number += 1
    return found


def _figure(given: Given, inner: str) -> str:
    caption = " ".join(
        filter(None, (given.get("title", ""), given.get("caption", ""), given.get("attr", "")))
    )
    alt = given.get("alt", "") or given.get("caption", "")
    said = caption.replace('"', "&quot;")
    image = f"![{alt}]({given.get('src', given.get('0', ''))}" + (f' "{said}")' if said else ")")
    return f"[{image}]({given['link']})" if given.get("link") else image


def _frame(host: str, given: Given) -> str:
    key = given.get("id", given.get("0", ""))
    title = f' title="{given["title"]}"' if given.get("title") and '"' not in given["title"] else ""
    return f'<iframe src="{host}{key}"{title}></iframe>' if re.fullmatch(r"[\w-]+", key) else ""


def _tweet(given: Given, inner: str) -> str:
    user, key = given.get("user", "i/web"), given.get("id", given.get("0", ""))
    return f"<https://twitter.com/{user}/status/{key}>" if key else ""


def _highlight(given: Given, inner: str) -> str:
    language = given.get("0", given.get("lang", ""))
    if "\n" not in inner.strip("\n") and not language:
        return f"<mark>{inner}</mark>"
    return _fenced(language, inner)


def _toggle(given: Given, inner: str) -> str:
    """Hugo's own docs show a configuration in three languages; it is written in one."""
    first = inner.strip()
    language = (
        "toml" if re.match(r"\[[\w.\[]|[\w.]+\s*=", first) else "json" if first.startswith("{") else "yaml"
    )
    return _fenced(language, inner)


def _fenced(language: str, inner: str) -> str:
    fence = "````" if "```" in inner else "```"
    return f"\n\n{fence}{language}\n{inner.strip(chr(10))}\n{fence}\n\n"


def _details(given: Given, inner: str) -> str:
    title = given.get("summary", given.get("title", given.get("0", "Details"))).replace('"', "&quot;")
    return f'\n\n??? "{title}"\n{_indented(inner)}\n\n'


def _quote(given: Given, inner: str) -> str:
    said = [
        given.get("text", given.get("quote", "")) or inner.strip(),
        given.get("cite", given.get("author", "")).strip(),
    ]
    lines = "\n\n".join(filter(None, said)).split("\n")
    return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _box(kind: str, title: str, inner: str) -> str:
    said = title.replace('"', "&quot;")
    return f'\n\n!!! {kind} "{said}"\n{_indented(inner)}\n\n'


def _indented(inner: str) -> str:
    return textwrap.indent(
        mended(textwrap.dedent(inner)).strip("\n"), "    ", lambda line: bool(line.strip())
    )
