"""Authors: names in `.authors.yml`, to which an import only adds."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct, field

from deskpress.app.content_files import read_text, write_text
from deskpress.importers.platforms.documents import plain, quoted
from deskpress.importers.platforms.items import Person
from deskpress.importers.platforms.numbering import Numbering
from deskpress.model.site import Options
from deskpress.plan.urls import name_slug
from deskpress.source.authors import read_authors


class Authors(Struct):
    """The authors of a site. A missing `.authors.yml` is created, unless posts name authors already."""

    content: Path
    options: Options
    known: dict[str, str] = field(default_factory=dict)
    file: Path | None = None
    new: dict[str, Person] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    _keys: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, content: Path, options: Options) -> Authors:
        """The authors that a site has."""
        above = options.posts_dir.rpartition("/")[0]
        places = (
            [options.authors_file]
            if options.authors_file
            else [
                f"{options.posts_dir}/.authors.yml",
                f"{above}/.authors.yml".lstrip("/"),
            ]
        )
        for place in places:
            path = content / place
            if path.is_file():
                found, _ = read_authors(path.read_bytes(), place, options)
                return cls(content, options, {one.name: key for key, one in found.items()}, path)
        posts = sorted((content / options.posts_dir).glob("*.md"))
        named = any(re.search(r"^authors?:", read_text(post)[:5000], re.M) for post in posts)
        return cls(content, options, {}, None if named else content / places[0])

    def name(self, person: Person) -> str:
        """How posts name a person."""
        name = plain(person.name)
        if self.file is None or not name:
            return name
        if name not in self.known:
            # Not made of all for each one: a source may have a hundred thousand.
            self._keys = self._keys or {*self.known.values()}
            key = self.numbering.free(name_slug(name), self._keys.__contains__)
            self._keys.add(key)
            self.known[name] = key
            self.new[key] = person
        return self.known[name]

    def write(self) -> None:
        """Add the new ones to the file. Raises `OSError`."""
        if self.file is None or not self.new:
            return
        text = read_text(self.file) if self.file.is_file() else "authors:\n"
        lines = []
        for key, person in sorted(self.new.items()):
            lines += [f"  {quoted(key)}:", f"    name: {quoted(plain(person.name))}"]
            if about := plain(person.about)[:500]:
                lines.append(f"    description: {quoted(about)}")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        write_text(self.file, text.rstrip("\n") + "\n" + "\n".join(lines) + "\n")
        self.new = {}
