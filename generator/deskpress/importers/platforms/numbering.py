"""Numbers after names that several things would share."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field


class Numbering(Struct):
    """Finds names that are free: `jar`, `jar-2`, `jar-3`.

    A source may have thousands of one name: none looks again through the numbers of those before it.
    """

    following: dict[str, int] = field(default_factory=dict)

    def free(self, name: str, is_taken: Callable[[str], bool]) -> str:
        """`name`, or that with the next number that is not taken."""
        found, number = name, self.following.get(name.lower(), 2)
        while is_taken(found):
            found, number = f"{name}-{number}", number + 1
        self.following[name.lower()] = number
        return found
