"""The looks of the theme, and what an accent of the site's own becomes in each, so that it can be read."""

from __future__ import annotations

import colorsys
import re

LOOKS = ("quiet", "warm", "bold")
"""The looks; the first one is that of a site that names none."""

GROUNDS = {
    "quiet": (("#ffffff", "#f1f5f8"), ("#14191e", "#22333f")),
    "warm": (("#fdfbf7", "#f5e9d8"), ("#1b1714", "#43291b")),
    "bold": (("#ffffff", "#f3f1fc"), ("#0e0c1b", "#2a2260")),
}
"""The grounds on which each look writes the accent: of light pages the page itself and the darkest, of dark
ones the page itself and the lightest. `theme/assets/stylesheets` has the same; a test holds them together."""

CONTRAST = 4.5
"""What text needs against its ground (WCAG 2.2, 1.4.3)."""

MARGIN = 0.1
"""What is added to it, as browsers round."""

INK, PAPER = "#15112c", "#ffffff"
"""What is written on an accent."""

Colour = tuple[float, float, float]


def read_colour(text: str) -> str:
    """`#abc` or `#aabbcc` in small letters and six digits; empty if it is neither."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
        return ""
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (`#aabbcc`), 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def accent_style(look: str, accent: str) -> str:
    """The styles that give a look the accent `#aabbcc`, as light or dark as each scheme needs it."""
    (paper, darkest), (_, lightest) = GROUNDS[look]
    light, dark = _readable(accent, darkest, darker=True), _readable(accent, lightest, darker=False)
    tokens = {
        '[data-md-color-scheme="default"]': _tokens(light, _mark(light, paper)),
        '[data-md-color-scheme="slate"]': _tokens(dark, lightest),
    }
    if look == "bold":
        tokens['[data-md-color-scheme="default"]'] |= {"hero": _at(accent, 0.16)}
        tokens['[data-md-color-scheme="slate"]'] |= {"hero": _at(accent, 0.2)}
        for scheme in tokens.values():
            scheme |= {"hero-button": _readable(accent, scheme["hero"], darker=False, least=7)}
    light_rule, dark_rule = (
        f"{selector}{{{';'.join(f'--dp-{name}:{value}' for name, value in scheme.items())}}}"
        for selector, scheme in tokens.items()
    )
    return f"{light_rule}@media screen{{{dark_rule}}}"


def _mark(accent: str, paper: str) -> str:
    """The accent's own ground: as much of the accent on the page as lets it be read."""
    shades = (_mixed(accent, paper, share / 100) for share in range(12, -1, -2))
    return next(shade for shade in shades if contrast(accent, shade) >= CONTRAST)


def _tokens(accent: str, mark: str) -> dict[str, str]:
    on = PAPER if contrast(accent, PAPER) >= CONTRAST else INK
    return {"accent": accent, "on-accent": on, "mark": mark}


def _readable(accent: str, ground: str, *, darker: bool, least: float = CONTRAST) -> str:
    """The accent, darker or lighter until it can be read on a ground."""
    red, green, blue = _rgb(accent)
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    while contrast(found := _hex(colorsys.hls_to_rgb(hue, lightness, saturation)), ground) < least + MARGIN:
        lightness += -0.01 if darker else 0.01
        if not 0 < lightness < 1:
            return "#000000" if darker else "#ffffff"
    return found


def _at(accent: str, lightness: float) -> str:
    """The accent's hue at a lightness (0 to 1)."""
    hue, _, saturation = colorsys.rgb_to_hls(*_rgb(accent))
    return _hex(colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.6)))


def _mixed(colour: str, ground: str, share: float) -> str:
    """So much of a colour on a ground."""
    red, green, blue = (
        own * share + below * (1 - share) for own, below in zip(_rgb(colour), _rgb(ground), strict=True)
    )
    return _hex((red, green, blue))


def _rgb(text: str) -> Colour:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
