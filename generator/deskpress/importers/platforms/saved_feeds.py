"""Saved copies of the old feeds: they name the ids of entries where the export of a platform does not."""

from __future__ import annotations

from deskpress.importers.platforms.links import address_key
from deskpress.importers.platforms.opening import Source
from deskpress.importers.platforms.xml_pieces import child_text, element, name_of, pieces
from deskpress.importers.report import ImportReport

FOLDER = "feeds/"
"""Where they lie in a source."""

_ENDINGS = (".xml", ".atom", ".rss", ".rdf")


def saved_ids(source: Source, report: ImportReport) -> dict[str, str]:
    """The id of each entry of saved feeds (RSS, Atom), by its address. Raises `SourceError`."""
    found: dict[str, str] = {}
    for name in source.names:
        if not name.startswith(FOLDER) or not name.lower().endswith(_ENDINGS):
            continue
        for piece in pieces(source, name, ("item", "entry")):
            node = element(piece, source.place(name, piece.line), report) if piece.name else None
            if node is None:
                continue
            own = child_text(node, "id") or child_text(node, "guid")
            links = [
                child.get("href") or (child.text or "").strip()
                for child in node
                if name_of(child) in ("link", "feedburner:origLink")
                and child.get("rel") in (None, "alternate")
            ]
            for address in filter(None, links if own else ()):
                found.setdefault(address_key(address), own)
    return found
