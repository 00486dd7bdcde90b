"""Converts a cleaned tree to Markdown: markdownify, with the syntax of this site's extensions."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from bs4.element import Tag

from deskpress.importers.html.escaping import escaped_lines, escaped_text, raw, target
from deskpress.importers.html.kinds import callout, language_of
from deskpress.importers.html.shapes import has_block, is_plain_table, is_tight
from deskpress.importers.html.walk import Walk

_BREAKS = re.compile(r"(?: {2}\n[ \t]*){2,}")

INLINE_RAW = frozenset(
    {"kbd", "samp", "var", "mark", "u", "sub", "sup", "small", "abbr", "ins", "cite", "dfn"}
)
"""Elements without Markdown syntax: they stay HTML, with Markdown inside."""


class MarkdownWriter(Walk):
    """Markdown for Python-Markdown with the extensions that `extensions.py` sees to.

    Content without Markdown syntax is lost; the caller compares the result, and keeps HTML.
    """

    def __init__(self) -> None:
        self._counted: Tag | None = None
        self._places: dict[int, int] = {}
        super().__init__(heading_style="atx", bullets="-", wrap=True, wrap_width=None, autolinks=False)

    def escape(self, text: str, parent_tags: Any) -> str:
        """Escape characters that Markdown would interpret."""
        done = escaped_text(text)
        return done.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else done

    # Whole elements

    def whole_pre(self, el: Tag, parent_tags: Any) -> str:
        """A fenced block; with a link or a picture in it, it stays HTML."""
        if el.find(["a", "img", "ul", "ol", "table"]) or "_inline" in parent_tags:
            return f"\n\n{raw(el)}\n\n"
        for br in el.find_all("br"):
            br.replace_with("\n")
        text = el.get_text().strip("\n").rstrip()
        if not text.strip():
            return ""
        longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        lines = "\n".join(line.rstrip() for line in text.split("\n"))
        return f"\n\n{fence}{language_of(el)}\n{lines}\n{fence}\n\n"

    def whole_code(self, el: Tag, parent_tags: Any) -> str:
        """Code in a line; what has elements of its own stays HTML."""
        text = " ".join(el.get_text().split())
        if not text:
            return "" if not el.find("img") else self._children(el, parent_tags)
        if el.find(True) is not None:
            inner = self._children(el, {*parent_tags, "code"})
            return f"<code>{inner}</code>" if "\n" not in inner.strip() else inner
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        mark = "`" * (longest + 1)
        pad = " " if longest else ""
        if ("td" in parent_tags or "th" in parent_tags) and "|" in text:
            return f"<code>{escaped_text(text).replace('|', '&#124;')}</code>"
        lead = " " if el.get_text()[:1].isspace() else ""
        tail = " " if el.get_text()[-1:].isspace() else ""
        return f"{lead}{mark}{pad}{text}{pad}{mark}{tail}"

    whole_tt = whole_code

    def whole_table(self, el: Tag, parent_tags: Any) -> str:
        """A table of Markdown if it has one row of heads, and cells of one line each; else HTML."""
        rows = [row for row in el.find_all("tr") if row.find_parent("table") is el]
        if not rows or "_inline" in parent_tags or not is_plain_table(el, rows):
            return f"\n\n{raw(el)}\n\n"
        lines = []
        for number, row in enumerate(rows):
            cells = [self._cell(cell) for cell in row.find_all(["td", "th"], recursive=False)]
            lines.append("| " + " | ".join(cells) + " |")
            if number == 0:
                lines.append("|" + " --- |" * len(cells))
        return "\n\n" + "\n".join(lines) + "\n\n"

    def _cell(self, cell: Tag) -> str:
        return " ".join(self._children(cell, {"td", "_inline"}).split())

    def whole_figure(self, el: Tag, parent_tags: Any) -> str:
        """A picture with its caption, which becomes a figure; others are split up."""
        caption = el.find("figcaption")
        images = el.find_all("img")
        said = " ".join(caption.get_text().split()) if isinstance(caption, Tag) else ""
        plain = caption is None or not caption.find(["a", "img", "code", "ul", "ol", "p"])
        other = el.get_text().strip() if caption is None else el.get_text().replace(caption.get_text(), "")
        if len(images) == 1 and plain and not other.strip() and not el.find(["a", "iframe", "table", "pre"]):
            title = f' "{_title(escape(said, quote=False))}"' if said else ""
            return f"\n\n{self._image(images[0], title)}\n\n"
        if not said:
            return f"\n\n{self._children(el, parent_tags).strip()}\n\n"
        return f"\n\n{raw(el)}\n\n"

    def whole_details(self, el: Tag, parent_tags: Any) -> str:
        """A collapsible block, with its summary as the title."""
        summary = el.find("summary", recursive=False)
        if not isinstance(summary, Tag) or summary.find(["a", "img", "code"]) or "_inline" in parent_tags:
            return f"\n\n{raw(el)}\n\n"
        title = " ".join(summary.extract().get_text().split())
        mark = "???+" if el.has_attr("open") else "???"
        inner = self._children(el, parent_tags).strip()
        return _block(f'{mark} "{_title(title)}"', inner)

    def whole_div(self, el: Tag, parent_tags: Any) -> str:
        """A callout becomes a box; any other division is its content."""
        kind = callout(el)
        inner = self._children(el, parent_tags)
        if "_inline" in parent_tags:
            return f" {inner.strip()} "
        inner = inner.strip("\n")
        if kind and inner.strip():
            return _block(f'!!! {kind} ""', inner.strip())
        return f"\n\n{inner}\n\n" if inner.strip() else ""

    whole_aside = whole_div

    def whole_blockquote(self, el: Tag, parent_tags: Any) -> str:
        """A quotation, unless its class makes it a callout."""
        return self.whole_div(el, parent_tags) if callout(el) else self._processed(el, parent_tags)

    def whole_iframe(self, el: Tag, parent_tags: Any) -> str:
        """A frame of a host that pages may show."""
        return raw(el) if "_inline" in parent_tags else f"\n\n{raw(el)}\n\n"

    def whole_video(self, el: Tag, parent_tags: Any) -> str:
        """A film or a sound file on a site."""
        return raw(el) if "_inline" in parent_tags else f"\n\n<div>{raw(el)}</div>\n\n"

    whole_audio = whole_video

    def whole_svg(self, el: Tag, parent_tags: Any) -> str:
        """A drawing stays as it is."""
        return raw(el)

    whole_ruby = whole_meter = whole_progress = whole_map = whole_svg

    # Elements whose content is converted first

    def convert_div(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Used by `_children`."""
        return text

    def convert_span(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A span has no meaning here."""
        return text

    def convert_p(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A paragraph; several line breaks in a row part two."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        text = re.sub(r"\n[ \t]+", "\n", text.strip(" \t\n")) + "\n"
        parts = (part.strip(" \t\n") for part in _BREAKS.sub("\n\n", text).split("\n\n"))
        done = "\n\n".join(escaped_lines(_tidy(part)) for part in parts if part)
        return f"\n\n{done}\n\n" if done else ""

    def convert_br(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A line break, in cells and headings as HTML."""
        if "td" in parent_tags or "th" in parent_tags:
            return "<br>"
        return " " if "_inline" in parent_tags else "  \n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Any) -> str:  # noqa: N802  # markdownify's name
        """A heading that keeps its id."""
        text = " ".join(text.split())
        if not text:
            return ""
        if "td" in parent_tags or "th" in parent_tags:
            return text
        text = re.sub(r"(#+)$", r"\\\1", text)
        name = str(el.get("id") or "")
        mark = f" {{: #{name} }}" if re.fullmatch(r"[\w.:-]+", name) else ""
        return f"\n\n{'#' * min(6, max(1, n))} {text}{mark}\n\n"

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A link, or the anchor of one."""
        name = str(el.get("id") or el.get("name") or "")
        anchor = f'<a id="{escape(name)}"></a>' if name else ""
        href = str(el.get("href") or "")
        if not href:
            return anchor + text
        lead = " " if text[:1].isspace() else ""
        tail = " " if text[-1:].isspace() else ""
        text = text.strip()
        if not text:
            return f'{anchor}{lead}<a href="{escape(href)}"></a>{tail}'
        if "\n\n" in text or "\n#" in text:
            return anchor + text
        title = " ".join(str(el.get("title") or "").split())
        said = f' "{_title(escape(title, quote=False))}"' if title else ""
        if {"code", "pre"} & set(parent_tags):
            return f'<a href="{escape(href)}">{text}</a>'
        return f"{anchor}{lead}[{text}]({target(href)}{said}){tail}"

    def convert_img(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A picture with its size."""
        return self._image(el, "")

    def _image(self, el: Tag, title: str) -> str:
        alt = escaped_text(" ".join(str(el.get("alt") or "").split()))
        sizes = " ".join(
            f'{key}="{el[key]}"' for key in ("width", "height") if str(el.get(key) or "").isdigit()
        )
        mark = f"{{: {sizes} }}" if sizes else ""
        return f"![{alt}]({target(str(el.get('src') or ''))}{title}){mark}"

    def convert_li(self, el: Tag, text: str, parent_tags: Any) -> str:
        """An entry, indented by four as Python-Markdown wants it; one without text stays one."""
        text = _tidy(_BREAKS.sub("\n\n", text).strip("\n ")) or "<!-- -->"
        if not text.startswith(("#", ">", "-   ", "1.", "!!!", "???", "[")) and not has_block(el):
            text = escaped_lines(text)
        parent = el.parent
        if parent is not None and parent.name == "ol":
            start = str(parent.get("start") or "1")
            number = (int(start) if start.isdigit() else 1) + self._place_of(el, parent)
            bullet = f"{number}.".ljust(4)
        else:
            bullet = "-   "
        lines = text.split("\n")
        body = "\n".join([bullet + lines[0], *(" " * 4 + line if line.strip() else "" for line in lines[1:])])
        return f"{body}\n"

    def _place_of(self, el: Tag, listed: Tag) -> int:
        """The index of an entry in its list; each list is numbered once."""
        if self._counted is not listed:
            self._counted = listed
            entries = (one for one in listed.children if isinstance(one, Tag) and one.name == "li")
            self._places = {id(one): number for number, one in enumerate(entries)}
        return self._places.get(id(el), 0)

    def convert_list(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A list; within an entry it follows its text."""
        if "_inline" in parent_tags:
            return text
        if "li" in parent_tags and is_tight(el):
            return f"\n{text.rstrip()}"
        return _apart(text)

    convert_ul = convert_ol = convert_list

    def convert_dl(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A list of definitions."""
        return _apart(text)

    def convert_dt(self, el: Tag, text: str, parent_tags: Any) -> str:
        """What is defined."""
        before = el.find_previous_sibling()
        lead = "" if isinstance(before, Tag) and before.name == "dt" else "\n"
        return f"{lead}{' '.join(text.split())}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A definition."""
        lines = (text.strip() or "<!-- -->").split("\n")
        body = [f":   {lines[0]}", *(" " * 4 + line if line.strip() else "" for line in lines[1:])]
        return "\n".join(body) + "\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A quotation."""
        text = text.strip("\n ")
        if "_inline" in parent_tags or not text:
            return f" {text} "
        lines = (f"> {line}" if line.strip() else ">" for line in text.split("\n"))
        return "\n\n" + "\n".join(lines) + "\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A rule."""
        return "\n\n---\n\n"

    def convert_input(self, el: Tag, text: str, parent_tags: Any) -> str:
        """The sign of a task."""
        return "[x] " if el.has_attr("checked") else "[ ] "

    def convert_q(self, el: Tag, text: str, parent_tags: Any) -> str:
        """A quotation in a line."""
        return f"<q>{text}</q>"

    def convert_b(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Strong text; nested strong text needs no further marks."""
        return _marked("**", text, {"b", "strong"} & set(parent_tags))

    convert_strong = convert_b

    def convert_em(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Text with emphasis."""
        return _marked("*", text, {"i", "em"} & set(parent_tags))

    convert_i = convert_em

    def convert_del(self, el: Tag, text: str, parent_tags: Any) -> str:
        """Text that is struck out."""
        return _raw_inline("del", text)

    convert_s = convert_strike = convert_del

    def get_conv_fn(self, tag_name: str) -> Any:
        """The method for an element; those of `INLINE_RAW` keep their tags."""
        if tag_name in INLINE_RAW:
            return lambda el, text, parent_tags: _raw_inline(tag_name, text, str(el.get("title") or ""))
        return super().get_conv_fn(tag_name)


def _marked(mark: str, text: str, nested: object) -> str:
    plain = text.strip()
    if not plain or nested or "\n\n" in plain:
        return text
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    return f"{lead}{mark}{plain}{mark}{tail}"


def _raw_inline(name: str, text: str, title: str = "") -> str:
    if not text.strip() or "\n\n" in text.strip():
        return text
    said = f' title="{escape(title)}"' if title else ""
    return f"<{name}{said}>{text}</{name}>"


def _tidy(text: str) -> str:
    """Lines without white space before them: four spaces would make code of one."""
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines).rstrip() if lines else ""


def _apart(text: str) -> str:
    inner = text.strip("\n")
    return f"\n\n{inner}\n\n"


def _title(text: str) -> str:
    return text.replace('"', "&quot;")


def _block(head: str, inner: str) -> str:
    lines = "\n".join(" " * 4 + line if line.strip() else "" for line in inner.split("\n"))
    return f"\n\n{head}\n{lines}\n\n" if inner else f"\n\n{head}\n\n"
