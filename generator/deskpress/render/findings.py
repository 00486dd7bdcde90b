"""What is wrong with a converted document, with the place in its Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from msgspec.structs import replace

from deskpress.model.address import cleaned
from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind, Severity
from deskpress.model.policy import ANY_HTTPS
from deskpress.model.site import Options
from deskpress.render.places import Places, without_code

SHOWN = 100
"""Kinds of HTML of which the place is sought; others of the same text are named in one warning."""

NAMED = 10


def raw_html_warnings(label: str, converted: Converted) -> list[Diagnostic]:
    """What the sanitiser took out: a warning for each thing, at the first place where it stands."""
    found = []
    # Of those without an end, an error says enough.
    open_ = {f"<{one.name}>" for one in converted.swallowing}
    places = Places(converted, label)
    removed = list(Counter(what for what in converted.removed if what not in open_).items())
    for what, times in removed[:SHOWN]:
        pattern = (
            rf"<{re.escape(what[1:-1])}\b"
            if what.startswith("<")
            else re.escape(what.partition("=")[2] or what)
        )
        first = re.search(pattern, without_code(converted.markdown), re.I)
        hint = "say it in Markdown; or set `raw_html: trusted` if you answer for all of the content"
        if what == "<iframe>":
            hint = "name the host under `policy: frames` in mkdocs.yml, as in `frames: [maps.example]`"
        often = f", {times} times" if times > 1 else ""
        problem = f"`{what}` is left out{often}: it may run something, or reach beyond its text"
        found.append(places.warning_at(first.start() if first else 0, Kind.CONTENT, problem, hint))
    if more := [what for what, _ in removed[SHOWN:]]:
        named = ", ".join(f"`{what}`" for what in more[:NAMED]) + (", …" if len(more) > NAMED else "")
        problem = f"{len(more):,} more things are left out: {named}"
        found.append(places.warning_at(0, Kind.CONTENT, problem, hint))
    return found


def capped(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first warnings about a document, and how many more there are: each takes memory in every build."""
    found = tuple(found)
    if len(found) <= SHOWN:
        return found
    warnings = [d for d in found if d.severity is Severity.WARNING]
    more = warnings[SHOWN:]
    if not more:
        return found
    told = [d for d in found if d.severity is not Severity.WARNING]
    problem = f"{len(more):,} more warnings about this document are not shown"
    rest = Diagnostic(more[0].span, Severity.WARNING, more[0].kind, problem, "correct those that are shown")
    return (*told, *warnings[:SHOWN], rest)


def swallowed_text(label: str, converted: Converted) -> list[Diagnostic]:
    """Elements that would keep text from readers: an error where the rest of the text is behind them."""
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
        told = places.warning_at(at, Kind.CONTENT, problem, hint)
        found.append(told if one.how == "filled" else replace(told, severity=Severity.ERROR))
    return found


def unknown_rules_warnings(label: str, converted: Converted, known: Sequence[str]) -> list[Diagnostic]:
    """Tools that name rules which there are not; they work with the usual ones."""
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
    """Images without the words that stand for them when they cannot be seen."""
    places = Places(converted, label, converted.bare_images)
    seen: Counter[str] = Counter()
    found = []
    for target in converted.bare_images:
        problem = f"the image `{target}` has no alternative text"
        hint = "say in the brackets what it shows: `![A chart of …](…)`"
        found.append(places.warning(target, seen[target], Kind.ALT_TEXT, problem, hint))
        seen[target] += 1
    return found


def image_findings(label: str, converted: Converted, options: Options) -> list[Diagnostic]:
    """The images that the policy of the pages lets no browser load.

    By default that is a warning, for those that do not come by `https:`. Where `policy` in `mkdocs.yml` says
    where images may come from, it is an error.
    """
    policy = options.policy
    refused = [
        one.target
        for one in converted.references
        if one.kind == "image" and not policy.allows_image(one.target, options.url)
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
                f"the image `{shown}` is of another site, and `policy: images` in mkdocs.yml forbids that"
            )
            also = f", or take it from {hosts}" if hosts else ""
            hint = f"put the image into the content folder, and name it there{also}"
        written = next(filter(places.holds, _spellings(target)), target)
        told = places.warning(written, seen[target], Kind.IMAGE, problem, hint)
        found.append(replace(told, severity=severity))
        seen[target] += 1
    return found


def _spellings(target: str) -> tuple[str, ...]:
    """How a target may be written: with characters escaped or not, in a list (`srcset`) or not."""
    plain = dict.fromkeys((target, escape(target, quote=False), escape(target)))
    return (*plain, *(f"{text}," for text in plain))
