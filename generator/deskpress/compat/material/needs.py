"""Hosts that the configuration makes pages load from, as far as Material and services are known.

The policy of the pages (`templating/content_security_policy.py`) allows what is listed here and what the
theme's templates name themselves. Each entry says which feature it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deskpress.compat.configuration import Configuration
from deskpress.model.allowed_hosts import Need

MERMAID = "assets/javascripts/mermaid/"
"""The path of our copy of Mermaid: sites without diagrams do not get it."""

GOOGLE_FONTS = Need(
    "theme.font", styles=("https://fonts.googleapis.com",), fonts=("https://fonts.gstatic.com",)
)

_MATERIALS_FONT = {"text": "Roboto", "code": "Roboto Mono"}

_ANALYTICS = {
    "google": Need(
        "extra.analytics",
        scripts=("https://*.googletagmanager.com",),
        images=("https://*.google-analytics.com", "https://*.googletagmanager.com"),
        connect=(
            "https://*.google-analytics.com",
            "https://*.analytics.google.com",
            "https://*.googletagmanager.com",
        ),
    )
}
"""By provider; from Google's guide to Content Security Policy for Tag Manager."""

_LIBRARIES = {
    "mathjax": Need("MathJax", inline_styles=True),
    "katex": Need("KaTeX", inline_styles=True),
    "mermaid": Need("Mermaid", inline_styles=True),
}
"""Scripts that write styles into pages, by parts of their addresses."""

_SERVICES = {
    "giscus.app": Need(
        "giscus",
        scripts=("https://giscus.app",),
        styles=("https://giscus.app",),
        frames=("https://giscus.app",),
        connect=("https://giscus.app",),
    ),
    "utteranc.es": Need("utterances", scripts=("https://utteranc.es",), frames=("https://utteranc.es",)),
    "plausible.io": Need("Plausible", connect=("https://plausible.io",)),
    "fonts.googleapis.com": GOOGLE_FONTS,
}
"""Further hosts of a service whose script or style sheet a site uses, by its host."""

_DISQUS = Need(
    "Disqus",
    scripts=("https://c.disquscdn.com",),
    styles=("https://c.disquscdn.com",),
    frames=("https://disqus.com",),
    inline_styles=True,
)

MAX_TEMPLATE = 1_000_000
"""The most bytes of a site's own template that are read."""

_SOURCE = re.compile(
    r"""<(script|link|iframe)\b[^<>]*?\b(?:src|href)\s*=\s*["']?(https://[^"'\s<>]+)[^<>]*>"""
)
_BY_SCRIPT = re.compile(r"""\.src\s*=\s*["'`](?:https?:)?//([A-Za-z0-9.-]+)/""")
"""How a script of a template adds another one; the host of a variable address is unknown."""

_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]+)?")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_CSS_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?(https://[^"'\s)]+)""", re.I)
_CSS_URL = re.compile(r"""url\(\s*["']?(https://[^"'\s)]+)""", re.I)
_GITLAB = re.compile(r"^.+?([^/]*gitlab[^/]+)/(.+?)/?$", re.I)
"""As Material's script recognises a repository at GitLab."""


def needs(config: Configuration) -> tuple[Need, ...]:
    """What the configuration and the site's own templates make pages load, by feature."""
    return tuple(_needs(config))


def has_diagrams(config: Configuration) -> bool:
    """Whether Markdown makes Mermaid's diagrams: a fence of that class."""
    fences = config.mdx_configs.get("pymdownx.superfences", {}).get("custom_fences") or ()
    return any(isinstance(one, dict) and one.get("class") == "mermaid" for one in fences)


def brings_mermaid(config: Configuration) -> bool:
    """Whether the site has a Mermaid of its own among its scripts; Material then uses that."""
    return any("mermaid" in str(script) for script in config.extra_javascript)


def names_font(config: Configuration) -> bool:
    """Whether the configuration sets fonts; Material's own default does not count."""
    return config.theme.get("font") not in (None, False, _MATERIALS_FONT)


def _needs(config: Configuration) -> Iterator[Need]:
    if names_font(config):
        yield GOOGLE_FONTS
    provider = (_mapping(config.extra.get("analytics"))).get("provider")
    if provider in _ANALYTICS:
        yield _ANALYTICS[provider]
    if config.repo_url and (api := _facts_of(config.repo_url)):
        yield Need("repo_url", connect=(api,))
    if has_diagrams(config):
        yield _LIBRARIES["mermaid"]
    if "glightbox" in config.plugins:
        yield Need("glightbox", inline_styles=True)
    scripts = [str(script) for script in config.extra_javascript]
    for script in scripts:
        host = urlsplit(script).netloc
        for name, need in _LIBRARIES.items():
            if name in script.lower():
                yield (
                    need
                    if not host
                    else Need(
                        need.feature,
                        styles=(f"https://{host}",),
                        fonts=(f"https://{host}",),
                        connect=(f"https://{host}",),
                        inline_styles=True,
                    )
                )
    for sheet in map(str, config.extra_css):
        if host := urlsplit(sheet).netloc:
            yield Need("extra_css", fonts=(f"https://{host}",))
    yield from _of_style_sheets(config)
    named = [*scripts, *map(str, config.extra_css)]
    for one in named:
        if found := _SERVICES.get(urlsplit(one).netloc):
            yield found
    yield from _of_templates(config)


def _of_style_sheets(config: Configuration) -> Iterator[Need]:
    """Hosts that the site's own style sheets load from."""
    for name in map(str, config.extra_css):
        path = Path(config.docs_dir, name.partition("?")[0])
        if "://" in name or not path.is_file():
            continue
        with path.open("rb") as file:
            text = file.read(MAX_TEMPLATE).decode("utf-8", "replace")
        text = _CSS_COMMENT.sub("", text)
        imported = {urlsplit(url).netloc for url in _CSS_IMPORT.findall(text)}
        shown = {urlsplit(url).netloc for url in _CSS_URL.findall(text)} - imported
        for host in sorted(filter(_HOST.fullmatch, imported)):
            yield Need(f"extra_css: {name}", styles=(f"https://{host}",), fonts=(f"https://{host}",))
            if host in _SERVICES:
                yield _SERVICES[host]
        for host in sorted(filter(_HOST.fullmatch, shown)):
            yield Need(f"extra_css: {name}", fonts=(f"https://{host}",), images=(f"https://{host}",))


def _of_templates(config: Configuration) -> Iterator[Need]:
    """Hosts in the templates of `custom_dir`: their authors are responsible for them."""
    folder = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for path in sorted(folder.rglob("*.html")) if folder else ():
        if not path.is_file():
            continue
        with path.open("rb") as file:
            text = file.read(MAX_TEMPLATE).decode("utf-8", "replace")
        for host in dict.fromkeys(_BY_SCRIPT.findall(text)):
            yield Need(f"the template {path.name}", scripts=(f"https://{host}",))
            if host.endswith(".disqus.com"):
                yield _DISQUS
        for found in _SOURCE.finditer(text):
            parts = urlsplit(found[2])
            if not _HOST.fullmatch(parts.netloc):
                continue  # made by the template
            host = f"https://{parts.netloc}"
            feature = f"the template {path.name}"
            if found[1] == "script":
                yield Need(feature, scripts=(host,))
            elif found[1] == "iframe":
                yield Need(feature, frames=(host,))
            elif "stylesheet" in found[0]:
                yield Need(feature, styles=(host,), fonts=(host,))
            if parts.netloc in _SERVICES:
                yield _SERVICES[parts.netloc]


def _facts_of(repository: str) -> str:
    """The API from which Material's script loads the stars and versions of a repository; empty for others."""
    if re.search(r"(?:^|[/.])github\.com/", repository, re.I):
        return "https://api.github.com"
    if found := _GITLAB.match(repository):
        return f"https://{found[1]}"
    return ""


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
