"""`deskpress retire`: withdraws a published document, with correct answers to readers and feeds.

Without a replacement the document gets `expires`: its address answers 410 (gone), feeds drop the entry. With
one, its addresses become aliases there, and the file is removed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from deskpress.app.check import check
from deskpress.app.content_files import read_text, write_text
from deskpress.app.loading import load
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request, SetupError
from deskpress.lint.fix_keys import with_aliases, with_key
from deskpress.model.document import AnyDocument
from deskpress.plan.urls import document_address
from deskpress.source.addresses import addresses_in, lock_text

SECONDS = 60
"""Seconds that git may take to restore a file."""


def retire(request: Request, file: Path, to: Path | None) -> list[str]:
    """Withdraw `file`, replaced by `to` if given; returns what was done, a line each.

    A deleted file is restored from git. Raises `SetupError`, and what `check` raises.
    """
    project = load(request)
    root, label = project.config.content_dir, project.options.content
    path = _inside(root, project.config.folder, file)
    target = _inside(root, project.config.folder, to) if to else ""
    if target and not (root / target).is_file():
        raise SetupError(f"{label}/{target} does not exist; nothing was changed.")
    if target == path:
        raise SetupError("A document cannot take its own place; nothing was changed.")
    done = []
    if not (root / path).is_file():
        _bring_back(root / path, f"{label}/{path}")
        done.append(f"{label}/{path} is back as git has it")
    prepared = check(request)
    document = _document(prepared, path, label)
    if document.draft:
        # It was published: it is in addresses.lock. An expired document need not be a draft as well.
        write_text(root / path, with_key(read_text(root / path), "draft", "false"))
        done.append(f"{label}/{path} is no draft any more")
    options = prepared.everything.options
    addresses = [f"/{document_address(document, options)}", *(f"/{alias}" for alias in document.aliases)]
    if not target:
        return [*done, *_expire(root / path, f"{label}/{path}", document, prepared, addresses)]
    write_text(root / target, with_aliases(read_text(root / target), addresses))
    (root / path).unlink()
    led = ", ".join(addresses)
    return [*done, f"{led}: leads to {label}/{target} from the next build on", f"removed {label}/{path}"]


def _expire(
    path: Path, label: str, document: AnyDocument, prepared: Prepared, addresses: list[str]
) -> list[str]:
    if prepared.site.withheld.get(document.path) == "expired":
        return [f"{label} has expired already; {addresses[0]} answers 410 (gone)"]
    now = f"{prepared.moment.at:%Y-%m-%d %H:%M}"
    write_text(path, with_key(read_text(path), "expires", now))
    return [f"{label} has `expires: {now}`; {', '.join(addresses)} answers 410 (gone) from the next build on"]


def _document(prepared: Prepared, path: str, label: str) -> AnyDocument:
    reading = prepared.readings.get(path)
    if reading is None:
        raise SetupError(f"{label}/{path} is not a document of the site; nothing was changed.")
    if reading.document is None:
        raise SetupError(f"{label}/{path} has mistakes; `deskpress check` shows them. Nothing was changed.")
    if reading.document.draft and not _was_published(prepared, reading.document):
        raise SetupError(
            f"{label}/{path} is a draft: nobody has seen it. Delete it; nothing was changed."
            " If readers had it, remove its line `draft: true`, and retire it then."
        )
    if prepared.site.withheld.get(path) == "dated ahead":
        raise SetupError(
            f"{label}/{path} is not out yet: nobody has seen it. Delete it; nothing was changed."
        )
    return reading.document


def _was_published(prepared: Prepared, document: AnyDocument) -> bool:
    """Whether the address of a document is in `addresses.lock`."""
    text = lock_text(prepared.bodies.reader.root)
    return document_address(document, prepared.everything.options) in addresses_in(text)


def _inside(root: Path, folder: Path, given: Path) -> str:
    """The path of a file in the content folder, relative to it or to the folder of mkdocs.yml."""
    for start in (Path.cwd(), folder):
        candidate = (start / given).resolve()
        if candidate.is_relative_to(root.resolve()):
            return candidate.relative_to(root.resolve()).as_posix()
    raise SetupError(f"{given} is not a file of the content folder; nothing was changed.")


def _bring_back(path: Path, label: str) -> None:
    """Write a deleted file from the last commit that had it."""
    folder = next(parent for parent in path.parents if parent.is_dir())

    def git(*arguments: str) -> bytes:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, timeout=SECONDS, check=False
        )
        return done.stdout if done.returncode == 0 else b""

    top = git("rev-parse", "--show-toplevel").decode(errors="replace").strip()
    name = path.relative_to(Path(top).resolve()).as_posix() if top and path.is_relative_to(top) else ""
    there = f":(top,literal){name}"
    last = git("log", "-1", "--format=%H", "--diff-filter=AMR", "--", there) if name else b""
    data = git("show", f"{last.decode().strip()}:{name}") if last.strip() else b""
    if not data:
        raise SetupError(f"{label} does not exist, and git does not know it; nothing was changed.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
