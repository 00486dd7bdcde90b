"""Regular expressions that are compiled when they are first used.

Compiling those of all checks takes a twentieth of a second, and one changed document needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern: each of its attributes is taken over when it is first used."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        # `re` caches what it has compiled, by source and flags.
        found = getattr(re.compile(self._source, self._flags), name)
        # From now on the attribute is found before this method is called.
        setattr(self, name, found)
        return found


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, as `re.compile` makes it, that is compiled on first use.

    Functions of `re` do not take it as an argument (`re.sub(pattern, …)`): call its methods.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))
