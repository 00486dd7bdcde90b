"""Syntax of Markdown extensions or other programs that this site does not use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_MEANING = lazy_pattern(r":[ \t]+(\S.*)")
_ABBREVIATION = lazy_pattern(r"\*\[([^\[\]\n]{1,40})\]:[ \t]+\S")
_FORMULA = lazy_pattern(r"(?<![\\$\w])\$(?!\s)[^$\n]*?\\[a-zA-Z]{2,}[^$\n]*?(?<!\s)\$(?![\d$])")
_DISPLAYED = lazy_pattern(r"\$\$|\\\[[ \t]*$|\\begin\{(?:align|equation|gather)\*?\}")
_HIDDEN = lazy_pattern(r"(?<![%\w])%%(?=[^\s%])([^%\n]{1,300}?)%%(?![%\w])")
_BLOCK = lazy_pattern(r"(?<=\S)[ ]\^([a-z0-9]{6})$")
_NOTE = lazy_pattern(r"(?<![\w\]])\^\[([^\[\]\n]{3,400})\](?![(\[])")
_MACRO = lazy_pattern(
    r"\{(?:code|noformat|panel|quote|info|note|tip|warning|expand|color|toc|anchor|children|section|column"
    r"|excerpt)(?::[^{}\n]*)?\}|\{:toc\}",
)
_JIRA_LINE = lazy_pattern(r"(?:h([1-6])|bq)\.[ \t]+(\S.*)")
_SIGNS = lazy_pattern(
    r"\n:[ \t]|\n\*\[|\$|%%|[ ]\^[a-z0-9]{6}\n|\^\[|\{:?[a-z]+[:}]|\n(?:h[1-6]|bq)\. |\\\["
    r"|\\begin"
)
_NO_MATH = "write it in words, or as a picture"


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return _SIGNS.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """Definition lists, abbreviations, formulas, notes of other programs."""
    bare, like = text.bare, text.dialect.has_like
    sets_formulas = like("arithmatex", "katex", "math", "latex")
    for number, body in enumerate(text.body):
        if body and text.is_text(number):
            yield from _of_line(text, number, body)
    yield from _meanings(text)
    if "$" in bare and not sets_formulas:
        for found in _FORMULA.finditer(bare):
            yield text.finding(found.start(), _unset(found[0]), _NO_MATH)
    if not sets_formulas:
        displayed = [n for n, body in enumerate(text.body) if text.is_text(n) and _DISPLAYED.match(body)]
        for number in displayed[:1]:
            yield Finding(number + 1, text.column(number), _unset(text.body[number]), _NO_MATH)
    if "%%" in bare:
        for found in _HIDDEN.finditer(bare):
            hint = f"write `<!-- {found[1].strip()} -->`"
            yield text.finding(found.start(), "`%%` hides nothing here: readers see this", hint)
    if "^[" in bare and not like("inline_note", "inlinefoot", "inline_foot"):
        for found in _NOTE.finditer(bare):
            hint = f"write `[^1]` here, and a line `[^1]: {found[1].strip()}` at the end"
            yield text.finding(found.start(), "`^[…]` is not a footnote here: readers see it", hint)


def _unset(formula: str) -> str:
    shown = formula if len(formula) <= 40 else f"{formula[:40]}…"
    return f"`{shown}` is not set as a formula: readers see it"


def _of_line(text: Text, number: int, body: str) -> Iterator[Finding]:
    """Syntax at the beginning of a line, or of a whole line."""
    has, place = text.dialect.has, (number + 1, text.column(number))
    if body.startswith("*["):
        if not has("abbr") and (found := _ABBREVIATION.match(body)):
            problem = f"the abbreviation `{found[1]}` is not explained by this line here: readers see it"
            yield Finding(*place, problem, "remove it, or add `abbr` to `markdown_extensions`")
    elif body[0] in "hb" and (found := _JIRA_LINE.fullmatch(body)):
        hint = f"write `{'#' * int(found[1])} {found[2]}`" if found[1] else f"write `> {found[2]}`"
        yield Finding(*place, f"`{body.partition('.')[0]}.` is a mark of Jira's: readers see it", hint)
    elif "{" in body and "`" not in body and not text.dialect.has_like("macro", "jinja", "jira"):
        found = _MACRO.search(text.lines[number])
        # Each is reported once: most have an end that looks like their beginning.
        if found and re.split("[:}]", found[0], maxsplit=1)[0] not in "\n".join(text.body[:number]):
            yield Finding(number + 1, found.start() + 1, *_macro(found[0]))
    elif "^" in body and (found := _BLOCK.search(body)) and not text.is_text(number + 1):
        problem = f"`^{found[1]}` is a mark of Obsidian's: readers see it"
        yield Finding(number + 1, text.lines[number].rfind("^") + 1, problem, "remove it")


def _meanings(text: Text) -> Iterator[Finding]:
    """Terms with their definitions; the first is reported."""
    if text.dialect.has("def_list") or text.dialect.has_like("deflist", "definition"):
        return
    for number, body in enumerate(text.body):
        above = text.body[number - 1] if text.is_text(number - 1) else ""
        if body[:1] != ":" or not text.is_text(number) or above[:1] in ("", ":", "|"):
            continue
        if found := _MEANING.match(body):
            problem = "a colon at the start of a line explains nothing here: readers see it"
            meaning = f"**{above.strip('*')}** – {found[1]}"
            hint = f"write `{meaning}`, or add `def_list` to `markdown_extensions`"
            yield Finding(number + 1, text.column(number), problem, hint)
            return


def has_macro(text: str, name: str) -> bool:
    """Whether a text has another program's macro of this name, which looks like an attribute list."""
    named = _MACRO.fullmatch(f"{{{name}}}") is not None
    return named and (f"{{{name}" in text or f"{{:{name}" in text)


def _macro(mark: str) -> tuple[str, str]:
    name = re.split("[:}]", mark.strip("{:"))[0]
    hint = "say it in Markdown: a box is `!!! note`, with its text indented by four spaces below"
    if name in ("code", "noformat"):
        hint = "write three backticks (```) above the code and below it"
    elif name == "toc":
        hint = "write `[TOC]` on a line of its own"
    elif name == "quote":
        hint = "begin each line with `> `"
    return f"`{mark[:40]}` is a mark of another program", hint
