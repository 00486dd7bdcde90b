"""The part of a site's configuration that templates see."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from deskpress.model.site import Options
from deskpress.model.words import Words
from deskpress.templating.theme import ThemeConfig


def make_shell(theme: ThemeConfig, options: Options) -> SimpleNamespace:
    """The part of the configuration that templates see in a language; the rest cannot be reached from it."""
    values = dict(theme.shell)
    if options.language_dir:
        # Material knows the direction of each language itself.
        settings = {key: value for key, value in theme.settings.items() if key != "direction"}
        palette = _palette(settings, options.words)
        values["theme"] = settings | {"language": options.language, "palette": palette}
    plugins = {name: SimpleNamespace(config=config) for name, config in theme.plugins.items()}
    return SimpleNamespace(**values, plugins=plugins)


def _palette(settings: Mapping[str, Any], words: Words) -> Any:
    """Material's switch between light and dark, with its texts in the language if there are any."""
    palette = settings.get("palette")
    if not isinstance(palette, list):
        return palette
    return [
        scheme | {"toggle": scheme["toggle"] | {"name": words(str(scheme["toggle"].get("name", "")))}}
        if isinstance(scheme, dict) and isinstance(scheme.get("toggle"), dict)
        else scheme
        for scheme in palette
    ]
