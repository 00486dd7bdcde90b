"""What is wrong with a converted document, with the place in its Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span


def raw_html_warnings(label: str, converted: Converted) -> list[Diagnostic]:
    """What the sanitiser took out: a warning for each thing, at the first place where it stands."""
    found = []
    # Of those without an end, an error says enough.
    open_ = {f"<{one.name}>" for one in converted.swallowing}
    removed = [what for what in converted.removed if what not in open_]
    for what, times in Counter(removed).items():
        pattern = (
            rf"<{re.escape(what[1:-1])}\b"
            if what.startswith("<")
            else re.escape(what.partition("=")[2] or what)
        )
        first = re.search(pattern, _without_code(converted.markdown), re.I)
        at = first.start() if first else 0
        often = f", {times} times" if times > 1 else ""
        problem = f"`{what}` is left out{often}: it may run something, or reach beyond its text"
        hint = "say it in Markdown; or set `raw_html: trusted` if you answer for all of the content"
        found.append(_warning(converted, label, at, Kind.CONTENT, problem, hint))
    return found


def swallowed_text(label: str, converted: Converted) -> list[Diagnostic]:
    """Elements that would keep text from readers: an error where the rest of the text is behind them."""
    found = []
    for name, nth, how in ((one.name, one.nth, one.how) for one in converted.swallowing):
        tags = f"`<{name}></{name}>`"
        problem, hint = {
            "open": (
                f"`<{name}>` is not closed: what is below it would be missing",
                f"write `</{name}>` after it",
            ),
            "slashed": (f"`<{name}/>` has no end: what is below it would be missing", f"write {tags}"),
            "filled": (f"the text in `<{name}>` is not shown", f"write {tags}, and the text below it"),
        }[how]
        places = re.finditer(rf"<{name}(?![^\s/>])", _without_code(converted.markdown), re.I)
        at = [place.start() for place in places] or [0]
        told = _warning(converted, label, at[min(nth, len(at) - 1)], Kind.CONTENT, problem, hint)
        found.append(told if how == "filled" else replace(told, severity=Severity.ERROR))
    return found


def unknown_rules_warnings(label: str, converted: Converted, known: Sequence[str]) -> list[Diagnostic]:
    """Tools that name rules which there are not; they work with the usual ones."""
    seen: dict[str, int] = {}
    found = []
    for name in converted.unknown_rules:
        nth = seen[name] = seen.get(name, -1) + 1
        problem = f"no rules are called `{name}`"
        hint = f"there are: {', '.join(f'`{rules}`' for rules in known)}"
        found.append(warn_at(converted, label, name, nth, Kind.CONTENT, problem, hint))
    return found


def alt_text_warnings(label: str, converted: Converted) -> list[Diagnostic]:
    """Images without the words that stand for them when they cannot be seen."""
    seen: dict[str, int] = {}
    found = []
    for target in converted.bare_images:
        nth = seen[target] = seen.get(target, -1) + 1
        found.append(
            warn_at(
                converted,
                label,
                target,
                nth,
                Kind.ALT_TEXT,
                f"the image `{target}` has no alternative text",
                "say in the brackets what it shows: `![A chart of …](…)`",
            )
        )
    return found


def warn_at(
    converted: Converted, label: str, target: str, nth: int, kind: Kind, problem: str, hint: str
) -> Diagnostic:
    """A warning at the `nth` (from 0) place where the Markdown writes `target`."""
    return _warning(converted, label, locate(converted.markdown, target, nth), kind, problem, hint)


def _warning(converted: Converted, label: str, at: int, kind: Kind, problem: str, hint: str) -> Diagnostic:
    """A warning at the `at`-th letter of the Markdown."""
    text = converted.markdown
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line, column = text.count("\n", 0, at) + converted.first_line, at - begin + 1
    context = text[begin : end if end >= 0 else len(text)][: column + 200]
    return Diagnostic(Span(label, line, column), Severity.WARNING, kind, problem, hint, context)


def locate(text: str, target: str, nth: int) -> int:
    """Where in Markdown the `nth` link to `target` writes it; at the beginning if it is not found.

    Code is skipped: what looks like a link there is none.
    """
    searched = _without_code(text)
    places = list(_places(searched, target))
    if not places:
        return 0
    # One reference definition (`[x]: target`) may serve many links: then the last place stands for all.
    return places[min(nth, len(places) - 1)]


def _places(text: str, target: str) -> Iterator[int]:
    """Where `target` stands between marks or spaces, as a link's target does."""
    at = text.find(target) if target else -1
    while at >= 0:
        end = at + len(target)
        begins = at and (text[at - 1] in "(<\"'=" or text[at - 1].isspace())
        if begins and (end == len(text) or text[end] in ")>\"'" or text[end].isspace()):
            yield at
            at = end - 1
        at = text.find(target, at + 1)


_CODE = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|(?<!`)(`+)(?!`)[^\n]+?(?<!`)\2(?!`)", re.S | re.M
)
_MARK = re.compile("[`~]")


@lru_cache(maxsize=4)
def _without_code(text: str) -> str:
    """`text` with spaces for all of its code, so that every place stays where it is."""
    parts = []
    done = at = 0
    # Tried only where code can begin: the expression takes long to see that it does not begin anywhere else.
    while mark := _MARK.search(text, at):
        at = mark.start()
        line = text.rfind("\n", 0, at) + 1 if text.startswith(("```", "~~~"), at) else -1
        fenced = line >= done and at - line <= 3 and not text[line:at].strip(" ")
        code = (_CODE.match(text, line) if fenced else None) or _CODE.match(text, at)
        if code is None:
            at += 1
            continue
        blank = "\n".join(" " * len(part) for part in code[0].split("\n"))
        parts += [text[done : code.start()], blank]
        done = at = code.end()
    return "".join((*parts, text[done:]))
