"""Caches pictures: what is known of each, and what was made from it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from hmac import compare_digest
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deskpress.build.request import Project
from deskpress.engine.blob_store import CODE, is_led_away, opened, write_by
from deskpress.engine.fingerprint import code_of, digest, fingerprint
from deskpress.engine.pool import fork_map
from deskpress.engine.stamps import Stamp
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.output import OutputSpec
from deskpress.model.pictures import MEASURED, Picture, ending, is_drawn
from deskpress.model.site import Asset
from deskpress.render.cards import Card, draw
from deskpress.render.dates import day_text
from deskpress.render.library import Library
from deskpress.render.pictures import scaled
from deskpress.source.pictures import look_at
from deskpress.source.versions import tools

FEWEST = 8
"""Pictures that justify another process."""

SPARE = 100
"""Unused pictures from which on they are removed; and then only if they are more than half."""


def look_at_all(
    root: Path, stamps: Mapping[str, Stamp], known: Mapping[str, Picture], jobs: int
) -> dict[str, Picture]:
    """What is known of each picture, by path; each content is read only once."""
    wanted = {path: s.digest for path, s in stamps.items() if ending(path) in MEASURED}
    found = {path: known[path] for path in wanted if path in known and known[path].digest == wanted[path]}
    new = [path for path in wanted if path not in found]
    seen = fork_map(lambda path: look_at(root / path, wanted[path]), new, jobs, fewest=FEWEST)
    found.update(zip(new, seen, strict=True))
    return {path: found[path] for path in wanted}


def measured(assets: Iterable[Asset], pictures: Mapping[str, Picture]) -> tuple[Asset, ...]:
    """The assets with the sizes of those that are pictures."""
    return tuple(
        replace(asset, width=seen.width, height=seen.height, simple=seen.simple)
        if (seen := pictures.get(asset.path)) is not None
        else asset
        for asset in assets
    )


def picture_warnings(pictures: Mapping[str, Picture], content: str) -> list[Diagnostic]:
    """Warnings about pictures that will not be shown as intended."""
    hint = "save it again, or put the whole file there"
    return [
        Diagnostic(Span(f"{content}/{path}"), Severity.WARNING, Kind.IMAGE, picture.problem, hint)
        for path, picture in pictures.items()
        if picture.problem
    ]


class ImageCache(Struct, frozen=True):
    """Generated pictures in a folder of the cache, each under the fingerprint of its inputs.

    `folder` is None if nothing is cached. Files that are damaged, or were not written with the `key`, are
    made again.
    """

    folder: Path | None
    key: bytes

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The picture with this fingerprint."""
        if self.folder is None or is_led_away(self.folder):
            return make()
        path = self.folder / key
        stored = b""
        with contextlib.suppress(OSError), opened(path) as file:
            stored = file.read()
        if compare_digest(stored[:CODE], code_of(self.key, key, stored[CODE:]).encode()):
            return stored[CODE:]
        data = make()
        # If the cache cannot be written, that costs time only.
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{key}.{os.getpid()}")
            write_by(fresh, path, code_of(self.key, key, data).encode(), data)
        return data

    def sweep(self, needed: Callable[[], set[str]], count: int) -> None:
        """Remove pictures that none of the `count` planned ones needs, once that is worth it."""
        if self.folder is None or is_led_away(self.folder) or not self.folder.is_dir():
            return
        kept = os.listdir(self.folder)
        if len(kept) <= 2 * count + SPARE:
            return
        keys = needed()
        for name in kept:
            if name not in keys:
                (self.folder / name).unlink(missing_ok=True)


class ImageRenderer(Struct, frozen=True):
    """Makes pictures, or takes them from the cache. `stamps` are those of the content's files by path."""

    project: Project
    image_cache: ImageCache
    stamps: Mapping[str, Stamp]

    def draw(self, spec: OutputSpec, library: Library) -> bytes:
        """The bytes of a variant or a card."""
        if spec.kind == "card":
            card = self._card(spec, library)
            return self.image_cache.get(self._key(spec, library), lambda: draw(card, self._font()))
        _, path, width = spec.subject
        return self.image_cache.get(self._key(spec, library), lambda: scaled(self._data(path), int(width)))

    def _data(self, path: str) -> bytes:
        """The bytes that were hashed when the build began: the variant is cached under their digest."""
        return _unchanged(self.project.config.content_dir, path, self.stamps[path].digest)

    def sweep(self, plan: Iterable[OutputSpec], library: Library) -> None:
        """Remove pictures that are not planned any more from the cache."""
        drawn = [spec for spec in plan if spec.kind in ("variant", "card")]
        self.image_cache.sweep(lambda: {self._key(spec, library) for spec in drawn}, len(drawn))

    def _key(self, spec: OutputSpec, library: Library) -> str:
        if spec.kind == "card":
            return fingerprint((tools(), self._card(spec, library), library.options.card_font_digest))
        _, path, width = spec.subject
        return fingerprint((tools(), self.stamps[path].digest, width))

    def _card(self, spec: OutputSpec, library: Library) -> Card:
        post, options = library.post(spec.subject[1]), library.options
        day = day_text(post.created.date(), options.language)
        if not options.card_font and not is_drawn(day):
            day = post.created.date().isoformat()
        return Card(post.title, day, options.name)

    def _font(self) -> bytes:
        options = self.project.options
        if not options.card_font:
            return b""
        return _unchanged(self.project.config.folder, options.card_font, options.card_font_digest)


def _unchanged(folder: Path, path: str, wanted: str) -> bytes:
    """The bytes of a file, which must still have this digest."""
    data = (folder / path).read_bytes()
    if digest(data) != wanted:
        raise OSError(f"{path} was changed while the site was built; build again")
    return data
