"""Liquid, as far as it can be evaluated from the source alone; the rest is reported and left out."""

from __future__ import annotations

import posixpath
import re
from functools import partial
from typing import Any

from deskpress.importers.names import NAMED
from deskpress.importers.platforms.front import Values, when
from deskpress.importers.platforms.opening import Source
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import NAME as TABLE

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.S)
_HIGHLIGHT = re.compile(
    r"\{%-?\s*(?:highlight|codeblock)\s*([^%]*?)\s*-?%\}\n?(.*?)\n?[ \t]*"
    r"\{%-?\s*end(?:highlight|codeblock)\s*-?%\}",
    re.S,
)
_TAG = re.compile(r"\{%-?\s*(\w+)\s*((?:[^%]|%(?!\}))*?)\s*-?%\}", re.S)
_OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.S)
_NAME = re.compile(r"(?:site|page|include|jekyll)(?:\.[\w-]+)+")
_PARAMETER = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))""")
_HELD = "\ue004{}\ue005"
_HELD_IN = re.compile("\ue004(\\d+)\ue005")
_CONTROL = frozenset(
    "if elsif else endif unless endunless case when endcase for endfor break continue cycle tablerow"
    " endtablerow assign capture endcapture increment decrement render layout".split()
)
DEEPEST = 10
"""Includes within includes."""

MOST_INCLUDED = 500
"""Files that are included in one text, those of included files too."""


class Liquid:
    """Renders the texts of one file. `url` is the address of its page."""

    def __init__(
        self, source: Source, config: Values, page: Values, place: str, report: ImportReport
    ) -> None:
        self._source, self._config, self._page = source, config, page
        self._place, self._report = place, report
        self.url = ""
        self._held: list[str] = []
        self._included = 0

    def rendered(self, text: str, given: Values | None = None, depth: int = 0) -> str:
        """A text with its tags replaced."""
        if "{%" not in text and "{{" not in text:
            return text
        if depth == 0:
            self._held, self._included = [], 0
            text = text.replace("\ue004", "").replace("\ue005", "")
        text = _COMMENT.sub("", text)
        text = _RAW.sub(lambda found: self._hold(found[1]), text)
        text = _HIGHLIGHT.sub(self._code, text)
        text = self._own_blocks(text)
        text = _OUTPUT.sub(lambda found: self._output(found, given or {}), text)
        text = _TAG.sub(lambda found: self._tag(found, given or {}, depth), text)
        if depth:
            return text
        while (done := _HELD_IN.sub(lambda found: self._held[int(found[1])], text)) != text:
            text = done
        return text

    def _hold(self, text: str) -> str:
        self._held.append(text)
        return _HELD.format(len(self._held) - 1)

    def _code(self, found: re.Match[str]) -> str:
        language = found[1].split()[0] if found[1].split() else ""
        language = re.sub(r"^lang:", "", language)
        inner = found[2]
        fence = "````" if "```" in inner else "```"
        return f"\n\n{fence}{language}\n{inner}\n{fence}\n\n"

    def _output(self, found: re.Match[str], given: Values) -> str:
        first, *filters = (part.strip() for part in found[1].split("|"))
        value = self._value(first, given)
        for one in filters:
            value = None if value is None else self._filtered(value, one)
        if value is None:
            self._report.add("lost", f"`{found[0][:80]}`", "its result is not in the source", self._place)
            # In a link it must not part the address.
            return self._hold("".join(found[0].split()))
        return value

    def _value(self, name: str, given: Values) -> str | None:
        if (quoted := re.fullmatch(r"\"([^\"]*)\"|'([^']*)'", name)) is not None:
            return quoted[1] or quoted[2] or ""
        if name == "page.url":
            return self.url
        if not _NAME.fullmatch(name):
            return None
        where, *parts = name.split(".")
        value: Any = {"site": self._config, "page": self._page, "include": given}.get(where)
        for part in parts:
            value = value.get(part) if isinstance(value, dict) else None
        if name in ("site.baseurl", "site.url") and value is None:
            return ""
        return str(value) if isinstance(value, str | int | float) or (value and when(value)) else None

    def _filtered(self, value: str, one: str) -> str | None:
        name, _, argument = one.partition(":")
        said = argument.strip().strip("\"'")
        base = str(self._config.get("baseurl") or "")
        match name.strip():
            case "relative_url" | "absolute_url":
                return value if "://" in value else f"{base.rstrip('/')}/{value.lstrip('/')}"
            case "append":
                return value + (self._value(argument.strip(), {}) or said)
            case "prepend":
                return (self._value(argument.strip(), {}) or ("" if "site." in argument else said)) + value
            case "downcase":
                return value.lower()
            case "upcase":
                return value.upper()
            case "escape" | "strip" | "xml_escape" | "uri_escape" | "url_encode" | "cgi_escape":
                return value.strip()
            case "date_to_string" | "date_to_long_string" | "date":
                found = when(value)
                return found.strftime("%d %b %Y") if found else None
        return None

    def _tag(self, found: re.Match[str], given: Values, depth: int) -> str:
        name, rest = found[1], found[2].strip()
        if self._source.shortcodes.has(name):
            return self._own(name, rest, "")
        match name:
            case "post_url":
                return f"{NAMED}post:{rest.strip('/').rpartition('/')[2]}"
            case "link":
                return f"{NAMED}file:{rest.strip(' /')}"
            case "include" | "include_relative" | "include_cached":
                return self._include(name, rest, given, depth)
            case "youtube" | "vimeo":
                key = rest.strip("\"'").split()[0] if rest else ""
                host = (
                    "https://www.youtube.com/embed/"
                    if name == "youtube"
                    else "https://player.vimeo.com/video/"
                )
                return f'<iframe src="{host}{key.rpartition("/")[2]}"></iframe>'
            case "gist":
                return f"<https://gist.github.com/{rest.split()[0]}>" if rest else ""
            case "img":
                return _octopress_image(rest)
        if name not in _CONTROL and not name.startswith("end"):
            self._report.add(
                "lost", f"`{found[0][:80]}`", "a tag of a plug-in that is not known", self._place
            )
        elif name in ("if", "for", "case", "unless", "capture"):
            why = "what it chooses or repeats is not in the source; what is in it stays, once"
            self._report.add("lost", f"`{found[0][:80]}`", why, self._place)
        return ""

    def _own_blocks(self, text: str) -> str:
        """The tags of the site's table that enclose a text, from the innermost outwards."""
        for name in filter(self._source.shortcodes.has_inner, self._source.shortcodes.texts):
            word = re.escape(name)
            block = re.compile(
                rf"\{{%-?\s*{word}\b((?:[^%]|%(?!\}}))*?)-?%\}}((?:(?!\{{%-?\s*{word}\b).)*?)\{{%-?\s*end{word}\s*-?%\}}",
                re.S,
            )
            for _ in range(DEEPEST):
                text, number = block.subn(partial(self._own_block, name), text)
                if not number:
                    break
        return text

    def _own_block(self, name: str, found: re.Match[str]) -> str:
        return self._own(name, found[1].strip(), found[2])

    def _own(self, name: str, rest: str, inner: str) -> str:
        """A tag of the site's table."""
        self._report.add("changed", f"the tag `{name}`", f"as {TABLE} says", self._place)
        given = {key.lower(): next(filter(None, choices), "") for key, *choices in _PARAMETER.findall(rest)}
        plain = _PARAMETER.sub("", rest).split()
        given |= {str(number): word.strip("\"'") for number, word in enumerate(plain)}
        return self._source.shortcodes.made(name, given, inner)

    def _include(self, name: str, rest: str, given: Values, depth: int) -> str:
        file = rest.split(maxsplit=1)[0] if rest.split() else ""
        folder = "_includes" if name != "include_relative" else "_posts"
        path = posixpath.normpath(posixpath.join(folder, file.strip("\"'")))
        if not file or depth >= DEEPEST or not path.startswith(f"{folder}/") or not self._source.has(path):
            self._report.add("lost", f"`{{% {name} {rest[:60]} %}}`", "it is not in the source", self._place)
            return ""
        self._included += 1
        if self._included > MOST_INCLUDED:
            why = f"more than {MOST_INCLUDED:,} files are included"
            self._report.add("lost", f"`{{% {name} {rest[:60]} %}}`", why, self._place)
            return ""
        values: Values = {}
        for key, *choices in _PARAMETER.findall(rest.partition(file)[2]):
            values[key] = next(filter(None, choices), "")
        return self.rendered(self._source.text(path), values, depth + 1)


def _octopress_image(rest: str) -> str:
    """`{% img left /a.png 350 200 title %}`, of Octopress."""
    found = re.search(r"(\S+\.\w+)\s*(?:(\d+)\s*)?(?:(\d+)\s*)?(.*)", rest)
    if found is None:
        return ""
    alt = found[4].strip().strip("\"'")
    return f"![{alt}]({found[1]})"
