"""Builds a site and takes it to another host, unless subscribers of its feeds there would be misled."""

from __future__ import annotations

from pathlib import Path

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.app.push import checked_of
from deskpress.build.request import Request
from deskpress.publish.branch import Branch
from deskpress.publish.bucket import SCHEME, Bucket
from deskpress.publish.checks import feed_problems
from deskpress.publish.live_feeds import shown
from deskpress.publish.remote import RemoteError, Say
from deskpress.publish.targets import Folder, send

SHOWN = 20


def publish(
    request: Request,
    target: str,
    remote: str,
    branch: str,
    say: Say,
    *,
    dry: bool = False,
    allow_feed_changes: bool = False,
) -> bool:
    """Build and publish to a folder, a bucket (`s3://…`) or a branch (`gh-pages`); whether anything changed.

    Raises what `build` raises, `RemoteError`, `GitError`.
    """
    place: Folder | Bucket | Branch
    if target.startswith(SCHEME):
        place = Bucket.at(target)
    elif target == "gh-pages":
        place = Branch.fetched(request.config_file.resolve().parent, remote, branch, say)
    else:
        place = Folder(Path(target).resolve())
    result = build(request)
    site = result.site_dir
    if isinstance(place, Folder) and place.root.is_relative_to(site.resolve()):
        raise RemoteError(f"{target} is the site itself")
    checked = checked_of(result.prepared or check(request))
    if not allow_feed_changes:
        live = shown(place.read, checked.published, checked.url)
        if problems := feed_problems(live, checked.published):
            hint = "If you mean it: --allow-feed-changes"
            lines = [f"  {problem}" for problem in problems[:SHOWN]]
            raise RemoteError("\n".join(["Subscribers of the feeds would be misled:", *lines, hint]))
    if isinstance(place, Branch):
        return bool(place.send(site, say, dry=dry))
    return bool(send(site, place, say, dry=dry, progress=request.progress))
