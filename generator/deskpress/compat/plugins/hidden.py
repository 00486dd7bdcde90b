"""Files that another plug-in or a hook removes in `on_files`, so that they are not published.

MkDocs then shows no such page. Lists, feeds, the search and the site map are planned before, from the content
folder, so the site is planned once more, without the removed files.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from msgspec.structs import replace

from deskpress.build.content import Content
from deskpress.build.inputs import Inputs
from deskpress.compat.native.exclude import excluder
from deskpress.model.addons import Addons


def included(files: Files) -> dict[str, str]:
    """The paths in the content folder of the files that MkDocs publishes, with their paths on disk."""
    return {file.src_uri: file.abs_src_path or "" for file in files if not _is_excluded(file)}


def leave_out(files: Files, addons: Addons) -> None:
    """Remove from `files` what replaced plug-ins leave out (`exclude`)."""
    is_excluded = excluder(addons.excluded)
    for file in [file for file in files if is_excluded(file.src_uri)]:
        files.remove(file)


def hidden(listed: dict[str, str], files: Files) -> frozenset[str]:
    """The paths that were `listed` before the other plug-ins, and are not among `files` now.

    A plug-in may replace a file by another one, or give it another path: that does not hide it.
    """
    now = included(files)
    places = {*filter(None, now.values())}
    return frozenset(path for path, place in listed.items() if path not in now and place not in places)


def is_made(file: File, documents: Container[str]) -> bool:
    """Whether a plug-in has made a page of a file that is not Markdown, such as a notebook."""
    return file.is_documentation_page() and file.src_uri not in documents and not _is_excluded(file)


def is_brought(file: File, config: MkDocsConfig) -> bool:
    """Whether a plug-in has added a file that is no page, from neither the content nor the theme."""
    if file.is_documentation_page() or not file.src_dir:
        return False
    known = {os.path.abspath(folder) for folder in (config.docs_dir, *config.theme.dirs)}
    return os.path.abspath(file.src_dir) not in known


def without(inputs: Inputs, paths: Iterable[str]) -> Inputs:
    """The same inputs, without these files of the content."""
    gone = frozenset(paths)
    content: Content = inputs.content
    found = content.found
    kept = replace(
        found,
        documents={path: seen for path, seen in found.documents.items() if path not in gone},
        assets=tuple(asset for asset in found.assets if asset.path not in gone),
        asset_statuses={path: seen for path, seen in found.asset_statuses.items() if path not in gone},
    )
    return replace(inputs, content=replace(content, found=kept))


def _is_excluded(file: File) -> bool:
    excluded: bool = file.inclusion.is_excluded()  # type: ignore[no-untyped-call]  # MkDocs does not annotate it
    return excluded
