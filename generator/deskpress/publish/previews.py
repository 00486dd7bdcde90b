"""Branches `preview/NAME`: built with drafts into `previews/NAME`, never indexed, removed with the branch."""

from __future__ import annotations

import shutil

from deskpress.model.address import PLAIN
from deskpress.model.patterns import lazy_pattern
from deskpress.publish.builder import RemoteError, Say, SiteBuilder
from deskpress.publish.checkout import Checkout
from deskpress.publish.git import TreeEntry
from deskpress.publish.limits import Tally
from deskpress.publish.pushed import check_previews
from deskpress.publish.refusal import listed
from deskpress.publish.remote import Remote
from deskpress.publish.trusted import TrustError, is_maintainers_preview, preview_listing

PREFIX = "refs/heads/preview/"
PATIENT = 10
"""How many times longer a preview waits than a push: it is accepted already."""

_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def preview_name(ref: str) -> str:
    """The name of the preview of a ref; empty for any other ref."""
    return ref.removeprefix(PREFIX) if ref.startswith(PREFIX) else ""


def is_name(name: str) -> bool:
    """Whether a name is valid for a folder."""
    return bool(_NAME.fullmatch(name)) and not name.endswith((".lock", "."))


def address(url: str, name: str) -> str:
    """The address of a preview: its name replaces `{name}` in `url`, or is appended; empty if `url` is."""
    if not url:
        return ""
    shown = url.replace("{name}", name) if "{name}" in url else f"{url.rstrip('/')}/{name}"
    return f"{shown.rstrip('/')}/"


def check_url(url: str) -> str:
    """`url` if it is valid for previews. Raises `RemoteError`."""
    plain = url.replace("{name}", "x")
    if url and not (plain.startswith(PLAIN) and plain.isprintable() and not set(plain) & set(' {}<>"')):
        raise RemoteError(
            f"`{url}` is not a valid URL: write one like `https://preview.desk.example/{{name}}/`"
        )
    return url


def renew_preview(remote: Remote, name: str, builder: SiteBuilder, say: Say) -> None:
    """Build the preview of a branch in its current state, or remove it with the branch.

    It is built with the configuration of its commit if a maintainer pushed that, else with the published
    one. Previews have a lock of their own, so that they do not delay publishing. Raises `ContentError` or
    `RemoteError`; the old preview then stays.
    """
    with remote.lock(say, f"the preview {name} is being built", name="previews.lock", times=PATIENT):
        commit = remote.repository.head(f"preview/{name}")
        if not commit:
            _remove(remote, name, say)
            return
        check_previews(remote.root / "previews", name, remote.settings)
        listing = _listing(remote, name, commit, say)
        checkout = _checkout(remote, name)
        site = remote.root / "previews" / name
        before = checkout.noted()
        try:
            checkout.bring(remote.repository, listing, remote.check_room)
            built = builder.build(checkout.folder, site, remote.repository, commit, say, preview=True)
        except BaseException:
            checkout.restore(remote.repository, before)
            raise
    say(f"Preview: {address(remote.settings.preview_url, name) or site} ({built.pages} pages)")


def _listing(remote: Remote, name: str, commit: str, say: Say) -> dict[str, TreeEntry]:
    """The files that a preview is built from. Raises `RemoteError`."""
    try:
        if is_maintainers_preview(remote.root, name, commit):
            return remote.repository.listing(commit, Tally(remote.settings))
    except TrustError as error:
        raise RemoteError(str(error)) from None
    head = remote.repository.head(remote.settings.branch)
    if not head:
        raise RemoteError("nothing is published yet: only a maintainer's preview can be built")
    standing = remote.standing(head)
    if not standing.content:
        raise RemoteError("what is published was never built: on the server, `deskpress remote repair`")
    listing, left_out = preview_listing(
        remote.repository, commit, standing, remote.settings, remote.settings.kinds
    )
    if left_out:
        say("Only a maintainer may change these; the preview has them as they are published:")
        say(listed(left_out))
    return listing


def _remove(remote: Remote, name: str, say: Say) -> None:
    for folder in (remote.root / "previews" / name, _checkout(remote, name).folder.parent):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"The preview {name} is gone.")


def _checkout(remote: Remote, name: str) -> Checkout:
    return Checkout(remote.root / "work" / "previews" / name / "tree")
