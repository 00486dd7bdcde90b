"""What editors may publish: kinds of files, by their extensions. All others need a maintainer.

The list says what is allowed: files that browsers show or save and never run. Missing kinds run somewhere
(code, HTML, XML, style sheets), affect every page, or have not been needed yet. The last extension decides,
as for web servers' media types.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from deskpress.model.address import COMPRESSED, uncompressed
from deskpress.model.document import MARKDOWN
from deskpress.model.patterns import lazy_pattern
from deskpress.plan.reserved import HOSTS, THEME, TOP

KINDS = {
    "pictures": frozenset(".png .jpg .jpeg .gif .webp .avif .svg .ico .bmp .tif .tiff .heic".split()),
    "audio": frozenset(".mp3 .m4a .aac .ogg .oga .opus .flac .wav".split()),
    "video": frozenset(".mp4 .m4v .webm .ogv .mov".split()),
    "subtitles": frozenset(".vtt .srt".split()),
    "papers": frozenset(".pdf .doc .docx .odt .rtf .xls .xlsx .ods .ppt .pptx .odp .epub".split()),
    "data": frozenset(".csv .tsv .txt .json .ics .vcf .zip".split()),
}
"""Published as they are, whatever the case of the extension."""

ALLOWED = frozenset().union(*KINDS.values())

_RUN_BY_SERVERS = lazy_pattern(
    r"\.(?:php\d*|phtml|pht|phps|phar|f?cgi|pl|py|rb|asp|aspx|ashx|jspx?|cfm|[sp]?html?|xhtml|stm|var|asis)(?=\.)",
    re.I,
)
"""Extensions before the last, by which Apache's mod_mime may choose a handler, too ("Files with Multiple
Extensions"). Only a second defence: the last extension must be on the list of allowed ones."""

_LANGUAGE = r"(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/)?"
_OWN = lazy_pattern(
    rf"addresses\.lock|{_LANGUAGE}(?:synonyms|search)\.yml"
    r"|(?:[^./][^/]*/)*(?:\.(?:authors|meta)\.yml|\.gitkeep|\.gitignore)"
)
"""Data of Deskpress (and of Material's `meta` plug-in) by its path. It is never published."""

_HIDDEN = lazy_pattern(r"(?:.*/)?\.[^/]+(?:/.*)?", re.S)
_THEME = lazy_pattern(rf"{THEME}|{_LANGUAGE}search/.*", re.I | re.S)
_TOP = lazy_pattern(TOP, re.I | re.S)
_HOSTS = lazy_pattern(rf"(?:{HOSTS})(?:/.*)?", re.I | re.S)
_OF_THE_THEME = lazy_pattern(rf"(?:{THEME})(?:/.*)?", re.I | re.S)

_ENDING = lazy_pattern(r"\.[a-z][a-z0-9]{0,7}")
_PAGES = frozenset(".html .htm .xhtml .shtml .php .asp .aspx .jsp .cgi .cfm".split())
"""Extensions of old addresses of pages, from any program: they show a redirect."""

_HARMLESS = frozenset({"humans.txt", "license.txt", "readme.txt"})


class KindError(ValueError):
    """A kind that cannot be allowed; the text says why."""


def check_kind(kind: str) -> str:
    """A kind as `--allow-kind` takes it, `.woff2`, in lower case. Raises `KindError`.

    A file whose whole name is the kind, `.pages`, is included, too.
    """
    plain = kind.lower()
    if not re.fullmatch(r"(?:\.[a-z0-9]{1,16}){1,2}", plain):
        raise KindError(f"`{kind}` is not a file extension: a dot, then letters and digits, as in .woff2")
    if f".{plain.rpartition('.')[2]}" in COMPRESSED:
        raise KindError(f"`{kind}` cannot be allowed: servers send such a file in place of another")
    return plain


def why_not(path: str, more: Collection[str] = ()) -> str:
    """Why only maintainers may publish `path`, relative to the content folder; empty if editors may, too.

    `more` are kinds that the owner of the server allows, as returned by `check_kind`.
    """
    folder, _, name = path.rpartition("/")
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name else ""
    if _OWN.fullmatch(path):
        return ""
    if twin := uncompressed(path):
        return f"servers may send it in place of `{twin}`"
    if name.lower() in more and not _HIDDEN.fullmatch(folder):
        return ""
    if _HIDDEN.fullmatch(path):
        return "hidden files are settings of servers and programs, and prove who owns a site"
    if name.endswith(MARKDOWN):
        return ""
    if _THEME.fullmatch(path):
        return "it lies where the theme and the search have their own files"
    if _TOP.fullmatch(path) and path.lower() not in _HARMLESS:
        return "crawlers and services look for such files at the top of a site"
    if _RUN_BY_SERVERS.search(name):
        return "some servers run files with this extension, even before another: use hyphens, not dots"
    if ending in ALLOWED or ending in more:
        return ""
    if ending in MARKDOWN:
        return f"write its extension in lower case, {ending}"
    return (
        f"the kind {ending} is not on the list of what editors publish" if ending else "its kind is unknown"
    )


def why_no_address(address: str) -> str:
    """Why only maintainers may have a page at an address; empty if editors may, too."""
    path = address.removesuffix("/")
    if _HOSTS.fullmatch(path) or _HIDDEN.fullmatch(path):
        return "hosts, services and browsers look for files there"
    if _TOP.fullmatch(path) and path.lower() not in _HARMLESS:
        return "crawlers and services look for such files at the top of a site"
    return ""


def why_no_alias(alias: str) -> str:
    """Why only maintainers may lead an old address of the site elsewhere; empty if editors may, too.

    As `why_not`, except for the kinds: old addresses of pages have the extensions of other programs.
    """
    path = alias.removesuffix("/")
    if reason := why_no_address(alias):
        return reason
    name = path.rpartition("/")[2]
    ending = f".{name.rpartition('.')[2].lower()}" if "." in name and path == alias else ""
    if _OF_THE_THEME.fullmatch(path):
        return "the theme has its own files there"
    if uncompressed(path):
        return f"servers may send it in place of `{uncompressed(path)}`"
    if _ENDING.fullmatch(ending) and ending not in _PAGES and ending not in ALLOWED:
        return f"no page has the extension {ending}"
    return ""


def not_allowed(paths: Iterable[str], content: str, more: Collection[str] = ()) -> dict[str, str]:
    """Those of `paths` that only maintainers may change, each with the reason, in the same order.

    These are paths outside the folder `content`, and those inside for which `why_not` has a reason.
    """
    inside = f"{content}/"
    found = {}
    for path in paths:
        reason = why_not(path[len(inside) :], more) if path.startswith(inside) else f"not in {inside}"
        if reason:
            found[path] = reason
    return found
