"""Plug-ins whose events for pages are known to depend on the page, on files they open, and on options.

The code of each was checked for that. Anything else is made inaccessible while pages are read: using it ends
the recording, and the site is built by MkDocs' own loop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from msgspec import Struct

from deskpress.compat.plugins import macros


class Known(Struct, frozen=True):
    """A known plug-in: its events that need not be run, and why that of a site is not as it is known to be.

    `around` puts out of reach what pages may not ask for, `own` gives the site's functions that it has
    loaded, `kept` what it knows before the first page, `code` the files of the site that it runs. `starting`
    is around the events before the build.
    """

    idle: frozenset[str] = frozenset()
    refused: Callable[[Any, Path], str] = lambda plugin, root: ""
    around: Callable[[Any], Any] | None = None
    own: Callable[[Any], list[object]] = lambda plugin: []
    kept: Callable[[Any], Any] = lambda plugin: None
    code: Callable[[Any, Path], frozenset[Path]] = lambda plugin, root: frozenset()
    starting: Callable[[], Any] = nullcontext


KNOWN: Mapping[str, Known] = {
    "include-markdown": Known(),
    "macros": Known(
        macros.IDLE,
        macros.refused,
        macros.out_of_reach,
        macros.own,
        macros.kept,
        macros.code,
        macros.without_git,
    ),
    "table-reader": Known(frozenset({"pre_page"})),
}
"""By MkDocs' names of the plug-ins."""
