"""The search's records, and the index of the shard that was asked for last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deskpress.model.search import Record, SearchFiles, Shard
from deskpress.model.site import Site
from deskpress.plan.search import CHUNK, shards_of


@dataclass
class Records:
    """Records by path, and the fingerprint of each; what editors say of the search."""

    site: Site
    records: Mapping[str, Record]
    marks: Mapping[str, str]
    files: SearchFiles = field(default_factory=SearchFiles)
    _last: tuple[str, Any] = ("", None)

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        """The shards of the site."""
        return shards_of(self.site)

    @cached_property
    def by_name(self) -> dict[str, Shard]:
        """The same by name."""
        return {shard.name: shard for shard in self.shards}

    def state(self, name: str) -> tuple[tuple[str, str], ...]:
        """The documents of the shard `blog-1`, or of a part of it, `blog-1/3`, each with its fingerprint."""
        shard_name, _, chunk = name.partition("/")
        shard = self.by_name[shard_name]
        paths = shard.paths[int(chunk) * CHUNK : (int(chunk) + 1) * CHUNK] if chunk else shard.paths
        return tuple((path, self.marks[path]) for path in paths)

    def made(self, name: str, make: Callable[[Shard, Mapping[str, Record]], Any]) -> Any:
        """What `make` makes of a shard; kept until another shard is asked for."""
        if self._last[0] != name:
            self._last = (name, make(self.by_name[name], self.records))
        return self._last[1]
