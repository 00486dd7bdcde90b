"""Explains what the sanitiser removed from a text: pasted formatting, pictures, paths."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from urllib.parse import unquote

from deskpress.lint.extensions import has_macro
from deskpress.lint.tools import is_like_tool
from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.markup import ELEMENTS
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Options
from deskpress.model.tools import TOOLS
from deskpress.render.places import Places, without_code

SHOWN = 100
"""Kinds of HTML that are reported at their places; others of the same text are named in one warning."""

NAMED = 10

_OFFICE = lazy_pattern(
    r"\bmso-|\bMso[A-Z]\w+|</?[ovwm]:[a-z]+|urn:schemas-microsoft|docs-internal-guid|<!--\[if |StartFragment"
    r"|class=\"?(?:Apple-|gmail_|OutlineElement|TextRun|NormalTextRun|western\b)|google-docs|<font\b|\bkix-",
    re.I,
)
"""Traces of Word, Outlook, LibreOffice, Pages and Google Docs in HTML."""

_FORMATTING = lazy_pattern(
    r"<(?:[a-z]+:[a-z-]+|style|meta|link|xml|font|center|title|head|html|body)>|style|[a-z]+:[a-z-]+"
    r"|lang|class|bgcolor|border|width|height|valign|align|start|dir|xmlns.*|data-.*",
    re.I,
)
_TARGET = lazy_pattern(r"(?:href|src|srcset|poster|cite)=(.*)", re.S)
_DRIVE = lazy_pattern(r"[A-Za-z]:[\\/]|\\\\")
_WEB = lazy_pattern(r"(?:hh?tt?p?s?s?|htt?p?s?|h?tps?|https?)[:;.,]*[\\/]+", re.I)
_UNCLOSED_TITLE = lazy_pattern(r"(\S+)\s+[\"“]([^\"”]*)")
_NEAR_HTTP = (
    "htp",
    "htps",
    "htpp",
    "htpps",
    "hhtp",
    "hhtps",
    "ttp",
    "ttps",
    "httpp",
    "httpps",
    "httsp",
    "http",
    "https",
    "hppts",
    "hptts",
    "hpps",
    "htttp",
    "htttps",
    "httos",
    "httpa",
    "nttp",
    "nttps",
    "httpx",
)

_OURS = "|".join(TOOLS)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))

PLAIN_HINT = "write it in Markdown: `**bold**`, `*italic*`, `## Heading`"


def local_path(target: str) -> str:
    """The name of the file if a target is a path on somebody's own computer; else empty."""
    target = unquote(target.strip())
    if target.lower().startswith("file:") or _DRIVE.match(target):
        return posixpath.basename(target.replace("\\", "/").rstrip("/")) or target
    if re.match(r"(?:~|/(?:Users|home|mnt|Volumes))/[^/]+/", target):
        return posixpath.basename(target.rstrip("/"))
    return ""


def raw_html_warnings(label: str, converted: Converted, options: Options, folder: str) -> list[Diagnostic]:
    """What the sanitiser removed: a warning for each kind, at its first place.

    `folder` is the document's in the content folder, to which paths are relative.
    """
    if not converted.removed:
        return []
    found = []
    # Of unclosed ones, an error is reported anyway.
    open_ = {f"<{one.name}>" for one in converted.swallowing}
    places = Places(converted, label)
    removed = list(Counter(what for what in converted.removed if what not in open_).items())
    text = without_code(converted.markdown)
    office = _OFFICE.search(converted.markdown)
    pasted = [what for what, _ in removed if office and _FORMATTING.fullmatch(what)]
    if office and pasted:
        whose = "Google Docs" if "google-docs" in text or "docs-internal-guid" in text else "Word"
        problem = f"formatting from {whose} was dropped"
        found.append(places.warning_at(office.start(), Kind.CONTENT, problem, PLAIN_HINT))
        removed = [(what, times) for what, times in removed if what not in pasted]
    for what, times in removed[:SHOWN]:
        target = _TARGET.match(what)
        pattern = (
            rf"<{re.escape(what[1:-1])}\b"
            if what.startswith("<")
            else re.escape(target[1] if target else what)
        )
        first = re.search(pattern, text, re.I)
        at = first.start() if first else 0
        if target and (known := _of_target(target[1], what.startswith("src"), options.content, folder)):
            found.append(places.warning_at(at, Kind.LINK, *known))
            continue
        if _told_elsewhere(what, text, at if first else -1):
            continue
        often = f", {times} times" if times > 1 else ""
        problem = f"`{what}` is left out{often}: it could run code, or affect the page around it"
        hint = "write it in Markdown; or set `raw_html: trusted` if you trust all of the content"
        if what.startswith("<") and first and what[1:-1].lower() not in ELEMENTS | _HEADINGS:
            problem, hint = _no_element(what[1:-1], text, at)
        elif what in ("<script>", "<form>"):
            hint = "remove it" if what == "<script>" else "link to the form: `[The form](https://…)`"
        elif _FORMATTING.fullmatch(what):
            hint = PLAIN_HINT
        elif what == "<iframe>":
            where = f"`policy: frames` in {options.config_file}"
            hint = f"name the host under {where}, as in `frames: [maps.example]`"
        found.append(places.warning_at(at, Kind.CONTENT, problem, hint))
    if more := [what for what, _ in removed[SHOWN:]]:
        named = ", ".join(f"`{what}`" for what in more[:NAMED]) + (", …" if len(more) > NAMED else "")
        problem = f"{len(more):,} more things are left out: {named}"
        hint = "write it in Markdown; or set `raw_html: trusted` if you trust all of the content"
        found.append(places.warning_at(0, Kind.CONTENT, problem, hint))
    return found


def _told_elsewhere(what: str, text: str, at: int) -> bool:
    """Whether another rule reports what was removed at a place; -1 if the place is not known."""
    if not what.startswith("<") and has_macro(text, what):
        return True
    if what == "_" and "{%" in text:
        return True  # what the extension attr_list makes of the percent signs of `{% raw %}`
    if what in ("<http:>", "<https:>", "<mailto:>"):
        return True  # an unclosed link
    if what.startswith("<"):
        name = what[1:-1]
        return bool(is_like_tool(name)) and ("-" in name or "_" in name)  # an unknown tool
    if re.search(rf"<(?:{_OURS})\b[^<>]*\s{re.escape(what)}=", text, re.I):
        return True  # an unknown attribute of a tool
    return _in_template(text, at)


def _in_template(text: str, at: int) -> bool:
    """Whether a place is inside `{% … %}`, which is taken for an attribute list."""
    if "{%" not in text:
        return False
    return at < 0 or text.rfind("{%", 0, at + 1) > text.rfind("%}", 0, at)


def _no_element(name: str, text: str, at: int) -> tuple[str, str]:
    """Text between `<` and `>` that is not an HTML element: words, a placeholder, an address."""
    end = text.find(">", at)
    written = text[at : end + 1] if 0 < end - at < 100 else f"<{name}>"
    if like := is_like_tool(name):
        return f"there is no tool `{name}`", f"did you mean `<{like}></{like}>`?"
    if written[1:].startswith("www.") and " " not in written:
        return f"`{written}` is not a link, and is left out", f"write `<https://{written[1:]}`"
    problem = f"`{written}` is taken for HTML, and left out: readers do not see it"
    return problem, f"between backticks it is shown: `` `{written}` ``"


def _of_target(target: str, image: bool, content: str, folder: str) -> tuple[str, str] | None:
    """The problem with a removed target, and the hint; None if it is of another kind."""
    if target.lower().startswith("data:"):
        problem = "the picture is inside the text, as Google Docs and mail programs write it"
        return (
            problem,
            f"save it as a file in {content}/images/, and link to that: `{_to('images', folder)}NAME.png`",
        )
    if name := local_path(target):
        what, where = ("picture", "images") if image else ("file", "files")
        problem = "this is a path on your own computer, which readers do not have"
        return problem, f"copy the {what} to {content}/{where}/ and write `{_to(where, folder)}{name}`"
    scheme, colon, rest = target.partition(":")
    if colon and scheme.lower() in ("cid", "blob"):
        where = "in a mail" if scheme.lower() == "cid" else "in the memory of a browser"
        hint = f"save it as a file in {content}/images/, and link to that: `{_to('images', folder)}NAME.png`"
        return f"this picture is only {where}, where readers cannot see it", hint
    if colon and scheme.lower() in ("phone", "call", "mobile", "telephone", "callto"):
        number = "".join(c for c in rest if c.isdigit() or c == "+")
        return f"`{scheme}:` is not a kind of address", f"write `tel:{number}`"
    if colon and scheme.lower() in ("javascript", "vbscript"):
        return f"a link may not run `{scheme}:`", "write an address that begins with `https://`, or remove it"
    if titled := _UNCLOSED_TITLE.fullmatch(target):
        mended = f'{titled[1]} "{titled[2]}"'
        return "the quotation mark of the link's title is not closed", f"write `{mended}`"
    if colon and scheme.lower() in _NEAR_HTTP:
        right = "https" if "s" in scheme.lower() else "http"
        return f"`{scheme}:` is not a kind of address", f"write `{right}://{rest.lstrip('/').lstrip()}`"
    return None


def _to(where: str, folder: str) -> str:
    """The relative path from a document's folder to another one of the content."""
    return posixpath.relpath(where, folder or ".") + "/"
