"""Characters that readers do not see, and letters that only look like letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import normalize

from deskpress.lint.text import Finding, Text
from deskpress.model.patterns import lazy_pattern

_ANY = lazy_pattern("[\u0085\u200b-\u200d\u2028\u2029\u202d\u202e\u2060\ufeff]|[\U0001d400-\U0001d7ff]{3}")
_UNSEEN = lazy_pattern(
    "[\u0085\u2028\u2029]|[\u202d\u202e]"
    # Scripts without spaces need them between words, Arabic and those of India within.
    "|(?<![\u0590-\u1fff])[\u200b\u2060\ufeff](?![\u0590-\u1fff])|(?<=[A-Za-z])[\u200c\u200d](?=[A-Za-z])"
)
_LIKE_LETTERS = lazy_pattern("[\U0001d400-\U0001d7ff]{3,}(?:[ ,.-]+[\U0001d400-\U0001d7ff]{2,})*")
_REPORTED = lazy_pattern(r"\]\([^()\s]*\Z")
"""In a target, where it is reported with the file that is meant."""

_WORD = lazy_pattern(r"\S*")
_NAMES = {
    "\u0085": "a line separator",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u202d": "a mark that turns the direction of the text",
    "\u202e": "a mark that turns the direction of the text",
}


def may_hold(text: str) -> bool:
    """Whether a text may have such mistakes: a fast test without false negatives."""
    return not text.isascii() and _ANY.search(text) is not None


def check(text: Text) -> Iterator[Finding]:
    """The first of a line; in code, too, which readers copy."""
    yield from in_lines(text.lines)
    if text.dialect.has("arithmatex"):
        return
    for found in _LIKE_LETTERS.finditer(text.bare):
        plain = normalize("NFKC", found[0])
        problem = f"`{found[0]}` is made of signs for formulas, which screen readers and search cannot read"
        yield text.finding(found.start(), problem, f"write `**{plain}**`")


def in_lines(lines: Sequence[str], skipped: tuple[str, ...] = ()) -> Iterator[Finding]:
    """Invisible characters in lines, but for those that begin with what is to be `skipped`."""
    for number, line in enumerate(lines):
        if line.isascii() or (skipped and line.startswith(skipped)) or not (found := _UNSEEN.search(line)):
            continue
        if _REPORTED.search(line, 0, found.start()):
            continue
        name = _NAMES.get(found[0], "an invisible character")
        space = " " if found[0] in "\u0085\u2028\u2029" else ""
        before = line[: found.start()].rpartition(" ")[2]
        after = _WORD.match(line, found.end())
        mended = _UNSEEN.sub(space, f"{before}{found[0]}{after[0] if after else ''}").strip()
        hint = f"write `{mended}`" if mended and len(mended) < LONGEST else "delete it"
        yield Finding(number + 1, found.start() + 1, f"{name} (U+{ord(found[0]):04X}) is in the text", hint)


LONGEST = 60
"""Characters of a corrected word that a hint shows."""
