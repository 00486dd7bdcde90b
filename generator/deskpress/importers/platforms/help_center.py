"""Foreign help centers: nested sections, each with a page of its own here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from deskpress.importers.platforms.documents import name_for
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.numbering import Numbering
from deskpress.plan.urls import name_slug

DEEPEST = 20
"""The most nested sections; more is a cycle."""


class Section(Struct):
    """A section: its name, what it lies in (another's key), and the page about it."""

    key: str
    name: str
    parent: str = ""
    description: str = ""
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    place: str = ""
    language: str = ""
    order: int | None = None
    hidden: str = ""
    updated: object = None
    slug: str = ""


class Sections(Struct):
    """The sections of a help center by their keys."""

    known: dict[str, Section] = field(default_factory=dict)
    _slugs: dict[str, set[str]] = field(default_factory=dict)
    _numbering: dict[str, Numbering] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)

    def add(self, section: Section) -> None:
        """Add a section, the first of a key."""
        if section.key in self.known:
            return
        slugs = self._slugs.setdefault(section.parent, set())
        numbering = self._numbering.setdefault(section.parent, Numbering())
        section.slug = numbering.free(name_for(section.name, name_slug(section.key)), slugs.__contains__)
        slugs.add(section.slug)
        self.known[section.key] = section

    def way(self, key: str) -> list[Section]:
        """The sections from the outermost to one; cycles are cut."""
        found: list[Section] = []
        while key in self.known and len(found) < DEEPEST and self.known[key] not in found:
            found.insert(0, self.known[key])
            key = found[0].parent
        return found

    def hidden(self, key: str) -> str:
        """Why a section is not public; empty if it is."""
        return next((one.hidden for one in self.way(key) if one.hidden), "")

    def file(self, key: str, title: str, number: str) -> str:
        """A file for an article in a section, without its ending; texts of one title get their number."""
        folder = "".join(f"{one.slug}/" for one in self.way(key))
        name = name_for(title, f"article-{number}")
        path = f"{folder}{name}"
        if path in self._files or name == "index":
            path = f"{folder}{name}-{number}"
        self._files.add(path)
        return path

    def items(self) -> Iterator[Item]:
        """The pages about sections."""
        for section in self.known.values():
            way = self.way(section.key)
            yield Item(
                key=f"section:{section.key}",
                kind="topic",
                title=section.name,
                place=section.place,
                body=section.description,
                file="".join(f"{one.slug}/" for one in way) + "index",
                addresses=section.addresses,
                names=(f"section:{section.key}", *section.names),
                language=section.language,
                order=section.order,
                hidden=self.hidden(section.key),
            )
