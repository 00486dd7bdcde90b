"""`open-in-new-tab` (mkdocs-open-in-new-tab): a script of the plug-in, and an icon by a style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SCRIPT = "js/open_in_new_tab.js"
STYLE = "css/open_in_new_tab.css"


def new_tab_files(given: Mapping[str, Any]) -> dict[str, str]:
    """The plug-in's files by their path in the site, as it copies them."""
    spec = find_spec("open_in_new_tab")
    folder = Path(next(iter((spec.submodule_search_locations if spec else None) or ()), ""))
    wanted = (SCRIPT, STYLE) if given.get("add_icon") else (SCRIPT,)
    return {path: str(folder / path) for path in wanted}
