"""Text whose UTF-8 a program read as Windows-1252, so that `é` became `Ã©`; sometimes twice."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from deskpress.model.patterns import lazy_pattern

MOST_TIMES = 3
"""How often a text is decoded again: one went through more programs than that hardly ever."""

_AS_READ = {
    **{chr(byte): byte for byte in range(0x80, 0x100)},
    **{bytes((byte,)).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)},
}
"""The byte that a character was, with and without the five that Windows-1252 lacks."""

_LATER = "".join(sorted({character for character, byte in _AS_READ.items() if 0x80 <= byte < 0xC0} - {""}))
_RUN = lazy_pattern(
    f"(?:[\u00c2-\u00df][{_LATER}]|[\u00e0-\u00ef][{_LATER}]{{2}}|[\u00f0-\u00f4][{_LATER}]{{3}})+"
)
_SURE = lazy_pattern(
    f"\u00c3[\u00a0-\u00bf]|\u00e2\u20ac[{_LATER}]|\u00f0\u0178[{_LATER}]{{2}}|(?:[\u00d0\u00d1][{_LATER}]){{3}}"
    "|\u00c2[\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf](?=\\W|$)|(?<=\\d)\u00c2\u00b0"
)
"""What no language has; other runs may be a letter before a quotation mark, as in `Spa\u00df\u201c`."""

_LETTERS = lazy_pattern(
    "[\u00a0-\u0233\u02b0-\u02ff\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2000-\u22ff\u2500-\u27bf\u3000-\u30ff"
    "\u4e00-\u9fff\ufb00-\ufb06\ufeff\U0001f000-\U0001faff]+"
)
"""What such texts are made of: not the scripts that letters before quotation marks give."""


class Misread(Struct, frozen=True):
    """A part of a text at `start`: `written` is what stands there, `meant` what it should be."""

    start: int
    written: str
    meant: str


def misread(text: str) -> Iterator[Misread]:
    """The parts of a text that were read in another encoding; none if it is not certain."""
    if text.isascii() or _SURE.search(text) is None:
        return
    for found in _RUN.finditer(text):
        meant = _decoded(found[0])
        if meant and _LETTERS.fullmatch(meant):
            yield Misread(found.start(), found[0], meant)


def mended(text: str) -> tuple[str, int]:
    """A text as it should be, and how many parts of it were read in another encoding."""
    number = 0
    for _ in range(MOST_TIMES):
        parts, at = [], 0
        for one in misread(text):
            parts += [text[at : one.start], one.meant]
            at = one.start + len(one.written)
        if not parts:
            break
        number = max(number, len(parts) // 2)
        text = "".join((*parts, text[at:]))
    return text, number


def _decoded(written: str) -> str:
    try:
        return bytes(_AS_READ[character] for character in written).decode()
    except ValueError:
        return ""
