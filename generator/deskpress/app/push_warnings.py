"""`deskpress check`'s warnings about files that a server would refuse when an editor pushes them."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from deskpress.build.pipeline import Prepared
from deskpress.model.diagnostic import Diagnostic, Severity
from deskpress.publish.names import name_problems


def acceptance(prepared: Prepared, content: Path) -> list[Diagnostic]:
    """Warnings about names that break clones and drawings that may run code.

    `content` is the content folder. A server refuses both if they are new; published ones stay.
    """
    label = prepared.site.options.content
    documents = (document.path for document in prepared.everything.documents)
    assets = [asset.path for asset in prepared.site.assets]
    found = name_problems([f"{label}/{path}" for path in (*documents, *assets)])
    for path in assets:
        if path.lower().endswith(".svg"):
            found += _drawing(content / path, f"{label}/{path}")
    return [replace(problem, severity=Severity.WARNING) for problem in found]


def _drawing(path: Path, label: str) -> list[Diagnostic]:
    # Most sites have none, and XML and CSS parsers take time to load.
    from deskpress.publish.drawings import MOST_BYTES, drawing_problems, too_large

    try:
        size = path.stat().st_size
        return [too_large(label, size)] if size > MOST_BYTES else drawing_problems(label, path.read_bytes())
    except OSError:
        # Reported when the content is listed.
        return []
