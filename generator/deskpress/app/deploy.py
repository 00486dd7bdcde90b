"""Builds a site and uploads it to another host, unless that would mislead subscribers of its feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.app.push import checked_of
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request
from deskpress.plan.promises import promises
from deskpress.publish.branch import Branch
from deskpress.publish.bucket import SCHEME, Bucket
from deskpress.publish.builder import RemoteError, Say
from deskpress.publish.checks import feed_problems
from deskpress.publish.live_addresses import is_placeholder, live_addresses, told_lost
from deskpress.publish.live_feeds import shown
from deskpress.publish.targets import Folder, PublishTarget, send
from deskpress.publish.webspace import SCHEME as SSH
from deskpress.publish.webspace import WebSpace
from deskpress.source.addresses import lock_text, read_lock
from deskpress.write.site_folder import MARKER

SHOWN = 20

FEEDS, ADDRESSES = "feed changes", "lost addresses"
"""What `publish` refuses unless it is allowed."""


def publish(
    request: Request,
    target: str,
    remote: str,
    branch: str,
    say: Say,
    *,
    dry: bool = False,
    allow: frozenset[str] = frozenset(),
) -> bool:
    """Build and publish to a folder, here or by `ssh://…`, a bucket (`s3://…`) or a branch (`gh-pages`).

    Returns whether anything changed. What was published may be dropped if that is in `allow`: `FEEDS`,
    `ADDRESSES`.
    Raises what `build` raises, `RemoteError`, `GitError`.
    """
    place: PublishTarget | Branch
    if target.startswith(SCHEME):
        place = Bucket.at(target)
    elif target.startswith(SSH):
        place = WebSpace.at(target)
    elif target == "gh-pages":
        place = Branch.fetched(request.config_file.resolve().parent, remote, branch, say)
    else:
        place = Folder(Path(target).resolve())
    result = build(request)
    site = result.site_dir
    if isinstance(place, Folder) and place.root.is_relative_to(site.resolve()):
        raise RemoteError(f"{target} is the site itself")
    prepared = result.prepared or check(request)
    checked = checked_of(prepared)
    if ADDRESSES not in allow:
        _keep_addresses(prepared, place.read)
    if place.read(MARKER) is None and is_placeholder(checked.url):
        say(f"`site_url` of the configuration is {checked.url}: is that where readers will find the site?")
    if FEEDS not in allow:
        live = shown(place.read, checked.published, checked.url)
        if problems := feed_problems(live, checked.published):
            hint = "If you mean it: --allow-feed-changes"
            lines = [f"  {problem}" for problem in problems[:SHOWN]]
            raise RemoteError("\n".join(["Subscribers of the feeds would be misled:", *lines, hint]))
    if isinstance(place, Branch):
        return bool(place.send(site, say, dry=dry))
    return bool(send(site, place, say, dry=dry, progress=request.progress))


def _keep_addresses(prepared: Prepared, read: Callable[[str], bytes | None]) -> None:
    """Raise `RemoteError` if an address would be lost that is live, or in `addresses.lock`."""
    options = prepared.site.options
    published = promises(prepared.site, prepared.plan)
    live = live_addresses(read, options.url, options.addresses)
    known = read_lock(lock_text(prepared.bodies.reader.root))
    files = {line.address: line.path for line in known if not line.is_list}
    lost = published.lost(dict.fromkeys([*live, *(line.address for line in known)]))
    # Everything that leads elsewhere now: a list that became empty leads to the archive.
    planned = {spec.address for spec in prepared.plan}
    if lost := [address for address in lost if address not in planned]:
        lines = told_lost(lost[:SHOWN], files, published, options.content)
        more = [f"  and {len(lost) - SHOWN} more"] if len(lost) > SHOWN else []
        hint = "If you mean it: --allow-lost-addresses"
        head = "Addresses that were published would lead nowhere:"
        raise RemoteError("\n".join([head, *lines, *more, hint]))
