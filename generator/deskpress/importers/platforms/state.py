"""The result of the last import: the next one imports only what changed, and keeps what editors changed.

It lies in `.deskpress-import/FORMAT/` beside `mkdocs.yml` and belongs into the site's repository, where
texts that are still as they came cost nothing: git stores equal files once.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from deskpress.app.content_files import read_text, write_text
from deskpress.importers.changes import is_inside
from deskpress.importers.platforms.merging import merge

FOLDER = ".deskpress-import"

Outcome = Literal["new", "same", "updated", "merged", "conflict", "kept", "deleted here"]
"""The outcome of a document: `kept` as editors changed it, if nothing changed in the source."""


class StateError(Exception):
    """The state of the last import cannot be read; the text says which file."""


class State(Struct):
    """The documents of a format that were imported before: their paths by their keys."""

    root: Path
    content: Path
    format: str
    paths: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    @property
    def folder(self) -> Path:
        """Where all of this lies."""
        return self.root / FOLDER / self.format

    @classmethod
    def load(cls, root: Path, content: Path, name: str) -> State:
        """What was imported before. Raises `StateError`."""
        state = cls(root, content, name)
        index = state.folder / "index.json"
        if not index.exists():
            return state
        try:
            data = json.loads(read_text(index))
            state.paths = {str(key): str(path) for key, path in data["documents"].items()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise StateError(
                f"{index}: it cannot be read ({error}); restore it from the repository"
            ) from None
        outside = next((path for path in state.paths.values() if not is_inside(content, path)), "")
        if outside:
            raise StateError(f"{index}: `{outside}` leads out of the content folder")
        return state

    def save(self) -> None:
        """Write the index, if it is another one. Raises `OSError`."""
        text = (
            json.dumps({"documents": dict(sorted(self.paths.items()))}, indent=0, ensure_ascii=False) + "\n"
        )
        _write(self.folder / "index.json", text)

    def put_aside(self, path: str, text: str) -> str:
        """Keep a text that the site cannot read; returns where, from the site's folder. Raises `OSError`."""
        target = self.folder / "refused" / path
        _write(target, text)
        return target.relative_to(self.root).as_posix()

    def write(self, key: str, path: str, text: str) -> Outcome:
        """Bring a document up to date at its path in the content. Raises `OSError`."""
        if not is_inside(self.content, path):
            raise OSError(f"{path} leads out of {self.content}, so it was not written")
        target, base_file = self.content / path, self.folder / "base" / path
        known = self.paths.get(key) == path and base_file.is_file()
        self.paths[key] = path
        if not known:
            _write(target, text)
            _write(base_file, text)
            return "new"
        base = read_text(base_file)
        there = read_text(target) if target.is_file() else None
        if text == base:
            return "deleted here" if there is None else "same" if there == base else "kept"
        _write(base_file, text)
        if there is None:
            return "deleted here"
        if there == text:
            return "same"
        if there == base:
            _write(target, text)
            return "updated"
        merged, met = merge(base, there, text)
        if met:
            _write(self.folder / "conflicts" / path, merged)
            return "conflict"
        _write(target, merged)
        return "merged"


def _write(path: Path, text: str) -> None:
    if path.is_file() and read_text(path) == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, text)
