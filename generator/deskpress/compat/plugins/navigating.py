"""Lets other plug-ins make the navigation, within limits: editors write the files that it is made from.

It is made in each build, so a slow one would slow down everybody.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from msgspec import Struct

from deskpress.build.cpu_limit import MEMORY, CpuLimit
from deskpress.compat.native.navigation import (
    NavigationError,
    awesome_nav,
    awesome_pages,
    check_size,
    literate_nav,
    navigation_files,
)
from deskpress.engine.blob_store import load, save
from deskpress.engine.cache_key import cache_key
from deskpress.engine.fingerprint import digest
from deskpress.engine.limited import Limit, limited_map
from deskpress.model.addons import Addons
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span

MAKERS = {"awesome-nav": awesome_nav, "awesome-pages": awesome_pages, "literate-nav": literate_nav}
"""By the name of the plug-in, in the order in which they run."""

TIMES = 30
"""The limit for the navigation, in multiples of that for one document: two minutes by default."""

KEPT = 1000
"""How many states of the files that define the navigation are remembered as within the limit."""


class KnownNavigations(Struct, frozen=True):
    """Digests of the files that define a navigation, of those that were within the limit, oldest first."""

    digests: tuple[str, ...] = ()


def navigate(config: MkDocsConfig, names: Collection[str], addons: Addons) -> None:
    """Make the navigation as plug-ins do, once for a configuration: some modify the former one.

    Raises `ContentError`.
    """
    ours: Any = config.plugins["deskpress"]
    if ours.navigated is config:
        return
    ours.navigated = config
    wanted = [name for name in MAKERS if name in names]
    try:
        if not wanted:
            return
        if ours.limit is None:
            config.nav = _made(config, wanted, addons)
        else:
            config.nav = _in_time(config, wanted, addons, ours.limit, ours.memory)
    except NavigationError as error:
        span = Span(Path(config.config_file_path or "mkdocs.yml").name)
        raise ContentError([Diagnostic(span, Severity.ERROR, Kind.OPTION, f"nav: {error}")]) from None


def _made(config: MkDocsConfig, wanted: Sequence[str], addons: Addons) -> Any:
    for name in wanted:
        config.nav = MAKERS[name](config, addons)
    check_size(config.nav, config, addons)
    return config.nav


def _in_time(
    config: MkDocsConfig, wanted: Sequence[str], addons: Addons, limit: CpuLimit, memory: Path | None
) -> Any:
    """The same in a process with limited CPU time and memory. Raises `NavigationError`.

    Who adds documents below files of the navigation that kept to the limit before may take longer, by the
    margin of `limit`: else somebody could go just up to it, and all others would be refused. On a server
    these files are known from the folder `memory`.
    """
    usual = limit.seconds * TIMES
    known = _Known(memory, _state(config, wanted)) if memory else None
    allowed = usual * limit.margin if known is None or known.is_known else usual
    bounds = Limit(allowed, inf, 1, MEMORY)
    done = limited_map(lambda names: _made(config, names, addons), [wanted], 1, bounds)
    if 0 not in done.results:
        raise NavigationError(
            f"`{wanted[-1]}` takes more than {allowed:g} s of CPU time, or too much memory:"
            " write simpler files for it, or fewer"
        )
    if known is not None and done.seconds[0] <= usual:
        known.keep()
    return done.results[0]


class _Known:
    """Whether a state of the files of the navigation was within the limit before."""

    def __init__(self, memory: Path, state: str) -> None:
        self._path, self._state, self._key = memory / "navigation", state, cache_key()
        self._found = load(self._path, KnownNavigations, self._key) or KnownNavigations()

    @property
    def is_known(self) -> bool:
        return self._state in self._found.digests

    def keep(self) -> None:
        if not self.is_known:
            save(self._path, KnownNavigations((*self._found.digests, self._state)[-KEPT:]), self._key)


def _state(config: MkDocsConfig, wanted: Sequence[str]) -> str:
    """A digest of all files that define the navigation, and of its configuration."""
    parts = [repr((sorted(wanted), config.nav, [dict(config.plugins[name].config) for name in wanted]))]
    files = navigation_files(config, wanted)
    parts += [f"{path.as_posix()}\0{digest(path.read_bytes())}" for path in files]
    return digest("\0\0".join(parts).encode("utf-8", "surrogateescape"))
