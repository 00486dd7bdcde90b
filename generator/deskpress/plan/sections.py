"""The tree of the help center: topics in nested sections, following the folders. Pure, from the site."""

from __future__ import annotations

from math import inf

from msgspec import Struct, field

from deskpress.model.document import Topic
from deskpress.model.site import Site


class TopicGroup(Struct):
    """A topic, or a folder of topics. `topic` is None for a folder without a page of its own.

    `key` is its path (`selling/fees`, empty for the root); `children` are in order: pinned ones first, then
    those with an `order`, then by the names of their files.
    """

    key: str
    topic: Topic | None = None
    children: dict[str, TopicGroup] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The topic's title; for a folder without a page its name in readable form."""
        if self.topic is not None:
            return self.topic.title
        return readable(self.key.rpartition("/")[2])

    def first(self) -> Topic | None:
        """The topic itself, else the first below it."""
        if self.topic is not None or not self.children:
            return self.topic
        return next(iter(self.children.values())).first()

    def leads_to(self, key: str) -> bool:
        """Whether the topic `key` is this section or below it."""
        return key == self.key or key.startswith(f"{self.key}/")


def readable(folder: str) -> str:
    """The name of a folder in readable form."""
    name = folder.replace("-", " ").replace("_", " ")
    return name[:1].upper() + name[1:]


def make_sections(site: Site) -> dict[str, TopicGroup]:
    """Every section by its key; the empty key is the whole help center."""
    sections = {"": TopicGroup("")}

    def section(key: str) -> TopicGroup:
        if key not in sections:
            above, _, name = key.rpartition("/")
            sections[key] = section(above).children[name] = TopicGroup(key)
        return sections[key]

    for topic in site.topics:
        section(topic.key).topic = topic
    if any(topic.pin or topic.order is not None for topic in site.topics):
        for group in sections.values():
            group.children = dict(sorted(group.children.items(), key=_rank))
    return sections


def _rank(child: tuple[str, TopicGroup]) -> tuple[bool, float, str]:
    """Where a topic, or a folder by its own page, comes in its section."""
    name, group = child
    topic = group.topic
    if topic is None:
        return True, inf, name
    return not topic.pin, inf if topic.order is None else topic.order, name


def in_order(section: TopicGroup) -> list[Topic]:
    """The topics of a section in reading order: its own, then those of each subsection."""
    found = [section.topic] if section.topic is not None else []
    for child in section.children.values():
        found += in_order(child)
    return found
