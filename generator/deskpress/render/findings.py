"""Findings in a converted document, with their positions in its Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from msgspec.structs import replace

from deskpress.model.address import cleaned
from deskpress.model.allowed_hosts import ANY_HTTPS
from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Options
from deskpress.render.places import Places, without_code
from deskpress.render.raw_html import SHOWN
from deskpress.render.targets import is_local


def capped(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first warnings about a document, and a count of the rest: each takes memory in every build."""
    found = tuple(found)
    if len(found) <= SHOWN:
        return found
    warnings = [d for d in found if d.severity is Severity.WARNING]
    more = warnings[SHOWN:]
    if not more:
        return found
    errors = [d for d in found if d.severity is not Severity.WARNING]
    problem = f"{len(more):,} more warnings about this document are not shown"
    rest = Diagnostic(more[0].span, Severity.WARNING, more[0].kind, problem, "correct those that are shown")
    return (*errors, *warnings[:SHOWN], rest)


def swallowed_text(label: str, converted: Converted) -> list[Diagnostic]:
    """Elements that hide text: an error if the rest of the text is affected."""
    if not converted.swallowing:
        return []
    places, text = Places(converted, label), without_code(converted.markdown)
    found = []
    tags: dict[str, list[int]] = {}
    for one in converted.swallowing[:SHOWN]:
        name, pair = one.name, f"`<{one.name}></{one.name}>`"
        problem, hint = {
            "open": (
                f"`<{name}>` is not closed: what is below it would be missing",
                f"write `</{name}>` after it",
            ),
            "slashed": (f"`<{name}/>` has no end: what is below it would be missing", f"write {pair}"),
            "crossed": (
                f"`</{name}>` does not close `<{name}>`: what is below it would be missing",
                "first close what is open in there, `<p>` with `</p>`",
            ),
            "filled": (f"the text in `<{name}>` is not shown", f"write {pair}, and the text below it"),
        }[one.how]
        if name not in tags:
            tags[name] = [tag.start() for tag in re.finditer(rf"<{name}(?![^\s/>])", text, re.I)] or [0]
        at = tags[name][min(one.nth, len(tags[name]) - 1)]
        warning = places.warning_at(at, Kind.CONTENT, problem, hint)
        found.append(warning if one.how == "filled" else replace(warning, severity=Severity.ERROR))
    return found


def unknown_rules_warnings(label: str, converted: Converted, known: Sequence[str]) -> list[Diagnostic]:
    """Tools that name unknown rules; they use the default ones."""
    places = Places(converted, label, converted.unknown_rules)
    seen: Counter[str] = Counter()
    found = []
    for name in converted.unknown_rules:
        problem = f"no rules are called `{name}`"
        hint = f"there are: {', '.join(f'`{rules}`' for rules in known)}"
        found.append(places.warning(name, seen[name], Kind.CONTENT, problem, hint))
        seen[name] += 1
    return found


def alt_text_warnings(label: str, converted: Converted) -> list[Diagnostic]:
    """Images without alternative text."""
    places = Places(converted, label, converted.bare_images)
    seen: Counter[str] = Counter()
    found = []
    for target in converted.bare_images:
        if not target and converted.removed:
            continue  # the picture itself was left out, which is reported
        problem = f"the image `{target}` has no alternative text"
        hint = "say in the brackets what it shows: `![A chart of …](…)`"
        found.append(places.warning(target, seen[target], Kind.ALT_TEXT, problem, hint))
        seen[target] += 1
    return found


def image_findings(label: str, converted: Converted, options: Options) -> list[Diagnostic]:
    """Images that browsers may not load because of the policy of the pages.

    By default that is a warning, for images not loaded by `https:`. If `policy` sets allowed
    sources, it is an error.
    """
    policy = options.policy
    refused = [
        one.target
        for one in converted.references
        if one.kind == "image"
        and not policy.allows_image(one.target, options.url)
        and not is_local(one.target)  # which is reported as that
    ]
    places = Places(converted, label, (text for target in refused for text in _spellings(target)))
    seen: Counter[str] = Counter()
    found = []
    for target in refused:
        shown = cleaned(target)[:200]
        if ANY_HTTPS in policy.images:
            severity = Severity.WARNING
            problem = f"the image `{shown}` is not loaded: pages load those of other sites by `https:` only"
            hint = "write its address with `https://`, or put the image into the content folder"
        else:
            severity = Severity.ERROR
            hosts = ", ".join(f"`{host}`" for host in policy.images)
            problem = (
                f"the image `{shown}` is of another site,"
                f" and `policy: images` in {options.config_file} forbids that"
            )
            also = f", or take it from {hosts}" if hosts else ""
            hint = f"put the image into the content folder, and name it there{also}"
        written = next(filter(places.holds, _spellings(target)), target)
        warning = places.warning(written, seen[target], Kind.IMAGE, problem, hint)
        found.append(replace(warning, severity=severity))
        seen[target] += 1
    return found


def _spellings(target: str) -> tuple[str, ...]:
    """The ways to write a target: escaped or not, in a list (`srcset`) or not."""
    plain = dict.fromkeys((target, escape(target, quote=False), escape(target)))
    return (*plain, *(f"{text}," for text in plain))


_NO_PICTURES = {
    **dict.fromkeys(("heic", "heif"), "most browsers do not show HEIC, as phones save it"),
    **dict.fromkeys(("tif", "tiff"), "most browsers do not show TIFF"),
    **dict.fromkeys(("psd", "ai", "eps", "indd", "xcf", "sketch"), "browsers do not show {}"),
    **dict.fromkeys(("raw", "cr2", "cr3", "nef", "arw", "dng"), "browsers do not show raw photos"),
    **dict.fromkeys(("bmp", "wmf", "emf", "pcx", "tga"), "a {} is far too large, or not shown"),
}
_NOT_IMAGES = {
    **dict.fromkeys(
        "pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp key pages numbers txt md zip".split(), ""
    ),
    **dict.fromkeys("mp4 mov avi mkv webm m4v wmv".split(), "video"),
    **dict.fromkeys("mp3 wav m4a ogg aac wma".split(), "audio"),
}


def odd_images(label: str, converted: Converted) -> list[Diagnostic]:
    """Files used as images that browsers cannot show."""
    odd = []
    for reference in converted.references:
        ending = reference.target.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
        if reference.kind == "image" and (ending in _NO_PICTURES or ending in _NOT_IMAGES):
            odd.append((reference.target, ending))
    places = Places(converted, label, (target for target, _ in odd))
    seen: Counter[str] = Counter()
    found = []
    for target, ending in odd:
        if ending in _NO_PICTURES:
            problem = _NO_PICTURES[ending].format(ending.upper())
            hint = "save it as JPEG (photos) or PNG, and write that name"
        else:
            problem = f"a {ending.upper()} is not a picture: readers see a broken one"
            hint = f"link to it: `[What it is]({target})`"
            if element := _NOT_IMAGES[ending]:
                hint = f'write `<{element} src="{target}" controls></{element}>`'
            elif ending in ("pdf", "pptx", "ppt", "docx", "doc"):
                hint += ", or save the page as PNG"
        found.append(places.warning(target, seen[target], Kind.IMAGE, problem, hint))
        seen[target] += 1
    return found


_SHOWS = lazy_pattern(r"<(?:img|video|audio|iframe|svg|object|embed|table|hr|input|picture)\b")


def empty_text(label: str, kind: str, converted: Converted) -> list[Diagnostic]:
    """A document without any text: an empty entry in feeds."""
    if converted.first_line == 1:
        return []  # a file that consists of its title only
    if converted.words or converted.tools or _SHOWS.search(converted.html) or converted.removed:
        return []
    span = Span(label, max(1, converted.first_line - 1))
    problem = f"the {kind} has no text"
    return [Diagnostic(span, Severity.WARNING, Kind.TEXT, problem, "write it below the front matter")]
