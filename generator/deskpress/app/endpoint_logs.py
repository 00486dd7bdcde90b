"""Failed searches of readers, and pages that did not help them, from logs of a web server.

A log is text: requests as written by nginx, Apache (Combined Log Format) or Caddy (JSON), or a line for each
body that was sent to the address of `search_missed`, `q=…`. Anybody can write into it, so everything is
limited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct, field

from deskpress.app.judged import index_of
from deskpress.build.pipeline import Prepared
from deskpress.build.request import SetupError
from deskpress.model.diagnostic import printable
from deskpress.model.site import Options
from deskpress.render.link_targets import own_path

MOST_BYTES = 200_000_000
"""The most bytes of all logs that are read, from the end of each."""

LONGEST = 4_000
"""The most characters of a line that are read."""

MOST_QUERIES = 10_000
MOST_TRIED = 500
"""The most queries that are tried with the site's own search: the most frequent ones."""

LONGEST_QUERY = 100

_REQUEST = re.compile(r"\"(?:GET|POST) (\S+) HTTP/|\"uri\":\s*\"((?:[^\"\\]|\\.)*)\"")
_BODY = re.compile(r"(?:^|[\s\"'])(q=[^\s\"'&]{1,400})(?:[\s\"']|$)")


class Votes(Struct):
    """How many readers said that a page helped, and that it did not."""

    yes: int = 0
    no: int = 0


class Logged(Struct):
    """The content of logs: queries that found nothing, queries of result pages, votes by address."""

    missed: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    votes: dict[str, Votes] = field(default_factory=dict)


def read_logs(paths: Iterable[Path], options: Options) -> Logged:
    """Read the logs at `paths` of a site. Raises `SetupError`."""
    found = Logged()
    left = MOST_BYTES
    for path in paths:
        try:
            size = path.stat().st_size
            with path.open("rb") as file:
                file.seek(max(0, size - left))
                for line in file:
                    _note(line[:LONGEST].decode("utf-8", "replace"), options, found)
        except OSError as error:
            raise SetupError(f"{path} cannot be read: {error.strerror}") from None
        left = max(0, left - size)
    return found


def without_results(logged: Logged, prepared: Prepared) -> list[tuple[str, int]]:
    """The queries that find nothing, with their frequency, the most frequent first."""
    missed = Counter(logged.missed)
    if prepared.site.options.search:
        indexes = [index_of(records) for records in prepared.records.values()]
        for query, times in logged.asked.most_common(MOST_TRIED):
            if query not in missed and not any(index.search(query) for index in indexes):
                missed[query] += times
    return sorted(missed.items(), key=lambda one: (-one[1], one[0]))


def _note(line: str, options: Options, found: Logged) -> None:
    request = _REQUEST.search(line)
    if request is None:
        if options.search_missed and (body := _BODY.search(line)):
            _count(found.missed, parse_qs(body[1]).get("q", [""])[0])
        return
    target = request[1] or request[2].replace("\\u0026", "&").replace("\\/", "/")
    try:
        parts = urlsplit(target)
        query = parse_qs(parts.query, max_num_fields=20)
    except ValueError:
        return
    said = query.get("q", [""])[0]
    if said and _is_at(parts.path, options.search_missed):
        _count(found.missed, said)
    elif said and parts.path.removeprefix(options.base_path).endswith("search/"):
        _count(found.asked, said)
    elif _is_at(parts.path, options.helpful):
        _vote(query.get("title", [""])[0], query.get("body", [""])[0], options, found)


def _is_at(path: str, url: str) -> bool:
    return url.startswith(("https://", "http://")) and urlsplit(url).path.rstrip("/") == path.rstrip("/")


def _count(queries: Counter[str], query: str) -> None:
    plain = printable(" ".join(query.split()).lower())[:LONGEST_QUERY]
    if plain and (plain in queries or len(queries) < MOST_QUERIES):
        queries[plain] += 1


def _vote(title: str, url: str, options: Options, found: Logged) -> None:
    """A form that `helpful` filled in: the title says yes or no, the body is the page's address."""
    address = own_path(url, options.url)
    if not address or (address not in found.votes and len(found.votes) >= MOST_QUERIES):
        return
    said = title.partition(":")[0]
    votes = found.votes.setdefault(address, Votes())
    for words in (options.words, *(one.words for one in options.other_languages)):
        if said == words("Not helpful"):
            votes.no += 1
            return
        if said == words("Helpful"):
            votes.yes += 1
            return


def unhelpful(logged: Logged, prepared: Prepared) -> Iterator[tuple[str, str]]:
    """The files of pages with more negative than positive votes, the worst first."""
    source_at = prepared.linker.source_at
    worst = sorted(logged.votes.items(), key=lambda one: (one[1].yes - one[1].no, one[0]))
    for address, votes in worst:
        if votes.no > votes.yes and (path := source_at.get(address)):
            yield path, f"{votes.no} no, {votes.yes} yes"
