"""Branches `preview/NAME`: built with drafts into `previews/NAME`, never indexed, gone with the branch."""

from __future__ import annotations

import re
import shutil

from deskpress.publish.checkout import Checkout
from deskpress.publish.remote import Remote, Say, Workshop

PREFIX = "refs/heads/preview/"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def preview_name(ref: str) -> str:
    """The name of the preview that a ref stands for; empty for any other ref."""
    return ref.removeprefix(PREFIX) if ref.startswith(PREFIX) else ""


def is_name(name: str) -> bool:
    """Whether a name can be that of a folder."""
    return bool(_NAME.fullmatch(name)) and not name.endswith((".lock", "."))


def renew_preview(remote: Remote, name: str, workshop: Workshop, say: Say) -> None:
    """Build the preview of a branch as it is now, or remove it with the branch.

    Raises `ContentError` or `RemoteError`; the old preview then stays.
    """
    with remote.lock(say):
        commit = remote.repository.head(f"preview/{name}")
        if not commit:
            _remove(remote, name, say)
            return
        checkout = _checkout(remote, name)
        checkout.bring(remote.repository, remote.repository.listing(commit))
        site = remote.root / "previews" / name
        built = workshop.build(checkout.folder, site, remote.repository, commit, say, preview=True)
    say(f"Preview: {site} ({built.pages} pages)")


def _remove(remote: Remote, name: str, say: Say) -> None:
    for folder in (remote.root / "previews" / name, _checkout(remote, name).folder.parent):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"The preview {name} is gone.")


def _checkout(remote: Remote, name: str) -> Checkout:
    return Checkout(remote.root / "work" / "previews" / name / "tree")
