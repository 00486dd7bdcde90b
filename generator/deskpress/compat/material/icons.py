"""Icons that a configuration names and this theme does not have."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

_LIKE = {
    "lucide/sun-moon": "material/brightness-auto",
    "lucide/sun": "material/weather-sunny",
    "lucide/moon": "material/weather-night",
}
"""Icons of Zensical's own set in the configuration of a new project, and those of Material like them."""


def replace_icons(
    settings: MutableMapping[str, Any], folders: Sequence[str], remark: Callable[[str], None]
) -> None:
    """Put others in the place of icons that are not in `folders`; leave out what has no counterpart."""
    icons = dict(settings.get("icon") or {})
    for name, icon in list(icons.items()):
        if isinstance(icon, str) and not _exists(icon, folders):
            remark(f"`theme: icon: {name}` has no effect: there is no icon `{icon}` here")
            del icons[name]
    settings["icon"] = icons
    schemes = settings.get("palette")
    for scheme in schemes if isinstance(schemes, list) else ():
        toggle = scheme.get("toggle") if isinstance(scheme, dict) else None
        if isinstance(toggle, dict) and not _exists(icon := str(toggle.get("icon", "")), folders):
            toggle["icon"] = _LIKE.get(icon, "material/brightness-6")


def _exists(icon: str, folders: Sequence[str]) -> bool:
    return any(Path(folder, ".icons", f"{icon}.svg").is_file() for folder in folders)
