"""MathJax and KaTeX from the site itself, where `mkdocs.yml` names them elsewhere; and what they may write.

The theme has a copy of each with its fonts, which a page loads when it has a formula. Other versions, and
MathJax that draws SVG, stay where they are.
"""

from __future__ import annotations

import re

from deskpress.compat.configuration import Configuration

MATHJAX, KATEX = "assets/javascripts/mathjax/", "assets/javascripts/katex/"
"""The paths of our copies: sites without formulas do not get them."""

SAFE = "assets/javascripts/formulas.js"
"""The script that bounds what texts may have MathJax write, which is loaded before each MathJax."""

LEFT_OUT = "left_out"
"""The setting of the theme with the scripts that `mkdocs.yml` names and no page loads."""

_SCRIPTS = {"mathjax": f"{MATHJAX}mathjax.js", "katex": f"{KATEX}katex.js"}

_MATHJAX = re.compile(r"https://[^?#]*/mathjax[@/]3[\d.]*/es5/tex(?:-mml)?-chtml(?:\.min)?\.js")
_KATEX = re.compile(r"https://[^?#]*/katex[@/]0[\d.]*/(?:dist/)?katex(?:\.min)?\.js", re.I)
_KATEX_RENDER = re.compile(
    r"https://[^?#]*/katex[@/]0[\d.]*/(?:dist/)?contrib/auto-render(?:\.min)?\.js", re.I
)
_KATEX_STYLE = re.compile(r"https://[^?#]*/katex[@/]0[\d.]*/(?:dist/)?katex(?:\.min)?\.css", re.I)


_ANY_MATHJAX = re.compile(r"^(?:https?:)?//.*mathjax|/mathjax/mathjax\.js$|/tex-(?:mml-)?(?:chtml|svg)", re.I)
"""MathJax at another host, our copy, or one of the site's own by the names of its files."""

_POLYFILL = re.compile(r"(?:https?:)?//(?:cdn\.)?polyfill\.io/.*")
"""A host that was sold and then sent other scripts, in 2024; no browser of today needs what it was for."""


def use_own_copies(config: Configuration) -> None:
    """Let pages load MathJax and KaTeX from the site, in the place where they are named."""
    gone = [str(one) for one in config.extra_javascript if _POLYFILL.fullmatch(str(one))]
    if gone:
        config.theme[LEFT_OUT] = gone
    config.extra_javascript[:] = [one for one in config.extra_javascript if str(one) not in gone]
    _replace(config, _MATHJAX, _SCRIPTS["mathjax"])
    _bound(config)
    named = list(map(str, config.extra_javascript))
    # Without its function for whole elements nobody knows when it is asked for.
    if any(map(_KATEX.fullmatch, named)) and any(map(_KATEX_RENDER.fullmatch, named)):
        _replace(config, _KATEX, _SCRIPTS["katex"])
        config.extra_javascript[:] = [
            one for one in config.extra_javascript if not _KATEX_RENDER.fullmatch(str(one))
        ]
        config.extra_css[:] = [one for one in config.extra_css if not _KATEX_STYLE.fullmatch(str(one))]


def unused_copies(config: Configuration) -> tuple[str, ...]:
    """The paths of copies that no page loads."""
    named = set(map(str, config.extra_javascript))
    copies = ((KATEX, _SCRIPTS["katex"]), (MATHJAX, _SCRIPTS["mathjax"]), (SAFE, SAFE))
    return tuple(path for path, script in copies if script not in named)


def _bound(config: Configuration) -> None:
    """Name the script that bounds MathJax before each script that may be MathJax."""
    named = list(map(str, config.extra_javascript))
    places = [at for at, name in enumerate(named) if _ANY_MATHJAX.search(name)]
    if places and SAFE not in named:
        first = config.extra_javascript[places[0]]
        config.extra_javascript.insert(places[0], SAFE if isinstance(first, str) else type(first)(SAFE))


def _replace(config: Configuration, pattern: re.Pattern[str], path: str) -> None:
    for number, script in enumerate(config.extra_javascript):
        if pattern.fullmatch(str(script)):
            if isinstance(script, str):
                config.extra_javascript[number] = path
            else:
                script.path = path
