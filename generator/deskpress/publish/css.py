"""Styles in drawings: CSS that refers to nothing outside of the drawing.

Read with tinycss2, which follows CSS Syntax Module Level 3 (W3C CR 2021-12-24), escapes included. The tokens
are checked, not the rules: an address can only come from a `url` token, from some functions and from some
at-rules, so those that are known to have no address are allowed, wherever they are.
"""

from __future__ import annotations

import re
from typing import Any

import tinycss2

from deskpress.model.patterns import lazy_pattern

MOST_CHARACTERS = 200_000
"""The most characters of CSS in a drawing, without embedded data; tinycss2 takes up to 10 µs for each."""

_AT_RULES = frozenset({"-webkit-keyframes", "font-face", "keyframes", "media", "supports"})
_FUNCTIONS = frozenset(
    # Colours, numbers.
    "color color-mix device-cmyk hsl hsla hwb icc-color lab lch light-dark oklab oklch rgb rgba abs acos asin"
    " atan atan2 calc clamp cos exp hypot log max min mod pow rem round sign sin sqrt tan env var"
    # Transformations, filters, shapes, gradients, timing.
    " matrix matrix3d perspective rotate rotate3d rotatex rotatey rotatez scale scale3d scalex scaley scalez"
    " skew skewx skewy translate translate3d translatex translatey translatez blur brightness contrast"
    " drop-shadow grayscale hue-rotate invert opacity saturate sepia circle ellipse inset path polygon ray"
    " rect xywh conic-gradient linear-gradient radial-gradient repeating-conic-gradient"
    " repeating-linear-gradient repeating-radial-gradient cubic-bezier linear steps"
    # Fonts, selectors.
    " format local tech has is lang not nth-child nth-last-child nth-last-of-type nth-of-type where".split()
)
_DATA = lazy_pattern(
    r"data:(?:font/(?:woff2?|ttf|otf|sfnt)|application/(?:x-)?font-(?:woff2?|ttf|otf|truetype)"
    r"|application/font-sfnt|image/(?:png|jpe?g|gif|webp|avif))(?:;charset=utf-8)?;base64,[a-z0-9+/=\s]*",
    re.I,
)
_PAYLOAD = lazy_pattern(r"(?<=;base64,)[A-Za-z0-9+/=]{64,}(?=[\"')])")
"""Embedded data. In any context it does not begin a token with a meaning, and its end is kept."""

_STRINGS = lazy_pattern(r"'[^'\\\n\r\f]*'|\"[^\"\\\n\r\f]*\"")
_CALLS = lazy_pattern(
    r"(?<![\w-])(?:(?:rgba?|hsla?|matrix|translate|scale|rotate|skew[XY])\([^()\\\"'@/{}]*\)|url\(#[\w.-]+\))"
)
_PLAIN = lazy_pattern(r"[\w\s.,#%+:;!-]*")


def is_plain(text: str) -> bool:
    """Whether CSS is so simple that no tokenizer is needed.

    That is: words, numbers, strings, usual functions, `url(#name)`; no comment, escape, at-rule or block.
    """
    if "'" in text or '"' in text:
        text = _STRINGS.sub(" ", text)
    return bool(_PLAIN.fullmatch(_CALLS.sub(" ", text) if "(" in text else text))


def without_data(text: str) -> str:
    """CSS with shortened embedded data: the tokens are the same."""
    return _PAYLOAD.sub("AAAA", text)


def css_problems(text: str) -> list[str]:
    """Everything that is not allowed in a style sheet, a `style` attribute or the value of a property."""
    found: dict[str, None] = {}
    waiting: list[Any] = [*reversed(tinycss2.parse_component_value_list(text, skip_comments=True))]
    while waiting:
        token = waiting.pop()
        if problem := _problem(token):
            found[problem] = None
        # The content of blocks and functions, however deep: no recursion.
        waiting += reversed(getattr(token, "content", None) or getattr(token, "arguments", None) or ())
    return list(found)


def _problem(token: Any) -> str:
    if token.type == "error":
        return f"the style cannot be read: {token.message}"
    if token.type == "at-keyword" and token.lower_value not in _AT_RULES:
        return f"`@{token.value}` is not allowed in a style"
    if token.type == "url":
        return _url_problem(token.value)
    if token.type != "function":
        return ""
    if token.lower_name == "url":
        inside = [part for part in token.arguments if part.type != "whitespace"]
        simple = len(inside) == 1 and inside[0].type == "string"
        return _url_problem(inside[0].value) if simple else "`url()` holds more than an address"
    return "" if token.lower_name in _FUNCTIONS else f"`{token.name}()` is not allowed in a style"


def _url_problem(address: str) -> str:
    if address.startswith("#") or _DATA.fullmatch(address):
        return ""
    return f"`url({address[:60]})` leads out of the drawing"
