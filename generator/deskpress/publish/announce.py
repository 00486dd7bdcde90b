"""Announces a live release to a WebSub hub, and to search engines by IndexNow. Failures are only reported."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException

from deskpress.publish.builder import Say
from deskpress.publish.deadlines import LateError, within

SECONDS = 10
"""How long an answer may take: the pusher waits for it."""

INDEXNOW = "https://api.indexnow.org/indexnow"
MOST = 10_000
"""The most addresses of one announcement (IndexNow, documentation of 2024)."""


def announce(
    hub: str, feeds: Iterable[str], key: str, pages: Iterable[str], say: Say, endpoint: str = INDEXNOW
) -> None:
    """Announce changed `feeds` to a WebSub hub and changed `pages` to search engines; both as full URLs.

    Without a `hub` or a `key` that part is left out.
    """
    changed = list(feeds)
    if hub and changed:
        # W3C WebSub does not specify publishing; hubs have understood this since PubSubHubbub 0.4 §7.1.
        form = [("hub.mode", "publish"), *(("hub.url", url) for url in changed)]
        _post(hub, urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded", say)
    shown = list(pages)[:MOST]
    if key and shown:
        told = {"host": urllib.parse.urlsplit(shown[0]).hostname, "key": key, "urlList": shown}
        _post(endpoint, json.dumps(told).encode(), "application/json; charset=utf-8", say)


def _post(url: str, body: bytes, kind: str, say: Say) -> None:
    headers = {"Content-Type": kind}
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310  # checked to be http

    def ask() -> None:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  # checked to be http
            answer.read(1000)

    try:
        within(SECONDS, ask)
    except LateError:
        say(f"{url} has not answered within {SECONDS} s. The site is live all the same.")
    except (urllib.error.URLError, HTTPException, OSError, ValueError) as error:
        say(f"{url} could not be notified: {error}. The site is live all the same.")
