"""WordPress' texts: paragraphs that are implied, comments of blocks, shortcodes, several languages in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from msgspec import Struct, field

from deskpress.importers.html.paragraphs import implied
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import NAME as TABLE
from deskpress.importers.shortcodes import ShortcodeTable

_BLOCK = re.compile(r"<!--\s*/?wp:.*?-->\s?", re.S)
_LANGUAGE = re.compile(r"(?:<!--:([a-z]{2})?-->|\[:([a-z]{2})?\])")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))|"([^"]*)"|(\S+)""")
_FILM = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com/watch\?(?:[^\s\"<]*&(?:amp;)?)?v=|youtu\.be/)([\w-]{6,20})[^\s\"<]*"
)
_VIMEO = re.compile(r"https?://(?:www\.)?vimeo\.com/(\d+)[^\s\"<]*")
_ALONE = re.compile(r"^[ \t]*(?:<p>)?(https?://[^\s<>\"]+)(?:</p>)?[ \t]*$", re.M)
_WRAPPED = re.compile(r"(<div class=\"wp-block-embed__wrapper\">)\s*(https?://[^\s<>\"]+)\s*(</div>)")
_SHORT = re.compile(
    r"(?<!\[)\[(?P<name>[a-z][\w-]*)(?P<given>(?:\s[^\[\]]*)?)\](?!\()(?:(?P<inner>.*?)\[/(?P=name)\])?", re.S
)
_CODE = frozenset(
    "code sourcecode source php python ruby css html js javascript sql bash shell xml java".split()
)


class Attachment(Struct, frozen=True):
    """A file of the blog: its address, what stands for it, its caption."""

    address: str
    alt: str = ""
    caption: str = ""


class Attachments(Struct):
    """The files of a blog by their numbers, and those that each text brought."""

    of_number: dict[str, Attachment] = field(default_factory=dict)
    of_text: dict[str, list[str]] = field(default_factory=dict)

    def add(self, number: str, text: str, attachment: Attachment) -> None:
        """Note a file."""
        self.of_number[number] = attachment
        self.of_text.setdefault(text, []).append(number)


def spoken(title: str, text: str) -> Iterator[tuple[str, str, str]]:
    """A text in each of its languages: code (empty if there is only one), title, text (qTranslate)."""
    titles, texts = _parts(title), _parts(text)
    codes = [code for code in dict.fromkeys([*texts, *titles]) if code]
    if not codes:
        yield "", title, text
    for code in codes:
        yield code, titles.get(code, titles.get("", "")) or title, texts.get(code, "")


def _parts(text: str) -> dict[str, str]:
    """What stands between marks of languages; what stands in none is for all of them."""
    found: dict[str, str] = {}
    code, at = "", 0
    for mark in _LANGUAGE.finditer(text):
        found[code] = found.get(code, "") + text[at : mark.start()]
        code, at = mark[1] or mark[2] or "", mark.end()
    found[code] = found.get(code, "") + text[at:]
    shared = found.pop("", "") if len(found) > 1 else ""
    return {one: shared + own for one, own in found.items()} if shared.strip() else found


def content(
    text: str,
    number: str,
    attachments: Attachments,
    report: ImportReport,
    place: str,
    table: ShortcodeTable | None = None,
) -> str:
    """The HTML that readers got of a text; a `table` has the texts of other shortcodes."""
    is_block = "<!-- wp:" in text
    text = _WRAPPED.sub(lambda found: f"{found[1]}{embed(found[2])}{found[3]}", text)
    text = _BLOCK.sub("", text)
    text = re.sub(r"<!--\s*nextpage\s*-->", "\n\n", text)
    shorts = _Shortcodes(number, attachments, report, place, table or ShortcodeTable())
    text = _SHORT.sub(shorts.replaced, text)
    text = _ALONE.sub(lambda found: embed(found[1]), text)
    return text if is_block else implied(text)


def embed(address: str) -> str:
    """WordPress' result for an address on its own line: a film, else a link."""
    address = unescape(address.strip())
    said = escape(address)
    if found := _FILM.fullmatch(address):
        return f'<iframe src="https://www.youtube.com/embed/{found[1]}" title="{said}"></iframe>'
    if found := _VIMEO.fullmatch(address):
        return f'<iframe src="https://player.vimeo.com/video/{found[1]}" title="{said}"></iframe>'
    return f'<a href="{said}">{said}</a>'


class _Shortcodes:
    """WordPress' own shortcodes as HTML; others stay as text, and are reported."""

    def __init__(
        self,
        number: str,
        attachments: Attachments,
        report: ImportReport,
        place: str,
        table: ShortcodeTable,
    ) -> None:
        self._number, self._attachments = number, attachments
        self._report, self._place, self._table = report, place, table

    def replaced(self, found: re.Match[str]) -> str:
        name = found["name"]
        given = _attributes(found["given"])
        inner = found["inner"]
        if self._table.has(name):
            self._report.add("changed", f"the shortcode `[{name}]`", f"as {TABLE} says", self._place)
            values = {key or "0": value for key, value in given.items()}
            return self._table.made(name, values, _SHORT.sub(self.replaced, inner or ""))
        if name in _CODE and inner is not None:
            return _code(name, given, inner)
        own: dict[str, Callable[[dict[str, str], str], str]] = {
            "caption": self._caption,
            "wp_caption": self._caption,
            "gallery": self._gallery,
            "embed": lambda given, inner: embed(inner or given.get("src", "")),
            "youtube": lambda given, inner: embed(_first(given) or inner),
            "vimeo": lambda given, inner: embed(_first(given) or inner),
            "video": lambda given, inner: _played("video", given),
            "audio": lambda given, inner: _played("audio", given),
        }
        if name in own:
            return own[name](given, (inner or "").strip())
        if given or inner is not None:
            why = "it is not WordPress' own, and stays as it is"
            self._report.add("changed", f"the shortcode `[{name}]`", why, self._place)
        if inner is not None and "[" in inner:
            start = found.start("inner") - found.start()
            whole = found[0]
            return whole[:start] + _SHORT.sub(self.replaced, inner) + whole[start + len(inner) :]
        return found[0]

    def _caption(self, given: dict[str, str], inner: str) -> str:
        """Both forms: the caption is an attribute, or what follows the picture."""
        parts = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", inner, re.S)
        if parts is None:
            return inner
        said = given.get("caption", "") or parts[2].strip()
        return f"<figure>{parts[1]}<figcaption>{said}</figcaption></figure>" if said else f"<p>{parts[1]}</p>"

    def _gallery(self, given: dict[str, str], inner: str) -> str:
        numbers = re.findall(r"\d+", given.get("ids", "")) or self._attachments.of_text.get(self._number, [])
        known = [self._attachments.of_number[one] for one in numbers if one in self._attachments.of_number]
        if len(known) < len(numbers) or not numbers:
            why = "the export does not say which files these are"
            self._report.add(
                "lost", f"{max(1, len(numbers) - len(known))} pictures of a gallery", why, self._place
            )
        images = (f'<img src="{escape(one.address)}" alt="{escape(one.alt)}">' for one in known)
        return "\n\n" + "\n".join(f"<p>{image}</p>" for image in images) + "\n\n"


def _code(name: str, given: dict[str, str], inner: str) -> str:
    language = (
        given.get("lang")
        or given.get("language")
        or ("" if name in ("code", "sourcecode", "source") else name)
    )
    # In the export it is HTML already, unless the author wrote it as it was.
    text = inner if "&lt;" in inner or "<" not in inner else escape(inner, quote=False)
    return f'\n\n<pre class="language-{escape(language.lower())}">{text.strip(chr(10))}</pre>\n\n'


def _played(kind: str, given: dict[str, str]) -> str:
    files = [
        given[key] for key in ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav") if key in given
    ]
    return f'<{kind} controls src="{escape(files[0])}"></{kind}>' if files else ""


def _first(given: dict[str, str]) -> str:
    first = given.get("id") or given.get("") or next(iter(given.values()), "")
    return (
        f"https://www.youtube.com/watch?v={first}"
        if re.fullmatch(r"[\w-]{6,20}", first)
        else first.strip("= ")
    )


def _attributes(text: str) -> dict[str, str]:
    """The attributes of a shortcode; one without a name has an empty one."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(unescape(text).replace("\u201c", '"').replace("\u201d", '"')):
        if match[1]:
            found[match[1].lower()] = match[2] or match[3] or match[4] or ""
        else:
            found.setdefault("", match[5] or match[6] or "")
    return found
