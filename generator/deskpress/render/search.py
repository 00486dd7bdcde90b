"""The files of the search: an index in buckets of terms, and what results show.

A posting is written as two or more letters: how far its document is from the one before, and its weight.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from zlib import crc32

from deskpress.model.address import href
from deskpress.model.document import Notice, Page, Topic
from deskpress.model.output import OutputSpec
from deskpress.model.search import Record, Shard
from deskpress.plan.search import CHUNK, FOLDER, buckets_of
from deskpress.render.library import Library

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FAR = "~"
"""Stands before a distance of two letters."""

PREFIX = 3
"""Letters of a term that choose its bucket."""


def bucket_of(term: str, buckets: int) -> int:
    """The bucket of a term."""
    return crc32(term[:PREFIX].encode()) % buckets


def invert(shard: Shard, records: Mapping[str, Record]) -> dict[str, list[tuple[int, int]]]:
    """Each term with its postings (number of the document, weight), in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, path in enumerate(shard.paths):
        for term, weight in records[path].terms.items():
            postings = found.get(term)
            if postings is None:
                found[term] = [(number, weight)]
            else:
                postings.append((number, weight))
    return found


_DISTANCES = [*LETTERS, *(FAR + high + low for high in LETTERS[1:] for low in LETTERS)]


def buckets(shard: Shard, records: Mapping[str, Record]) -> list[dict[str, str]]:
    """The buckets of a shard: terms with their postings as text."""
    texts: dict[str, str] = {}
    last: dict[str, int] = {}
    # One pass without lists: an edit waits for this.
    for number, path in enumerate(shard.paths):
        for term, weight in records[path].terms.items():
            if term in last:
                texts[term] += _DISTANCES[number - last[term] - 1] + LETTERS[weight]
            else:
                texts[term] = _DISTANCES[number] + LETTERS[weight]
            last[term] = number
    count = buckets_of(shard)
    made: list[dict[str, str]] = [{} for _ in range(count)]
    places: dict[str, dict[str, str]] = {}
    for term in sorted(texts):
        start = term[:PREFIX]
        place = places.get(start)
        if place is None:
            place = places[start] = made[bucket_of(term, count)]
        place[term] = texts[term]
    return made


def index_file(library: Library) -> bytes:
    """What there is: shards with their sizes, the language, the synonyms."""
    shards = [
        [shard.name, len(shard.paths), buckets_of(shard), _kinds(shard, library), dict(shard.boosts)]
        for shard in library.shards()
    ]
    return _json(
        {
            "language": library.options.language,
            "shards": shards,
            "chunk": CHUNK,
            "synonyms": library.synonyms(),
        }
    )


def terms_file(spec: OutputSpec, library: Library) -> bytes:
    """A bucket of terms."""
    _, name, number = spec.subject
    library.shard(name)
    return _json(library.records.made(name, buckets)[int(number)])


def docs_file(spec: OutputSpec, library: Library) -> bytes:
    """What results show of some documents."""
    _, name, number = spec.subject
    return _json([_shown(path, library) for path, _ in library.shard(f"{name}/{number}")])


def _kinds(shard: Shard, library: Library) -> str:
    """The kind of each document of a shard, a letter each; empty where all are posts."""
    if shard.name != "help":
        return ""
    kinds: dict[type, str] = {Topic: "t", Page: "p", Notice: "n"}
    return "".join(kinds[type(library.document(path))] for path in shard.paths)


def _shown(path: str, library: Library) -> list[object]:
    record = library.records.records[path]
    found = library.head(path)
    assert found is not None  # shards name what is published
    sections = [[section.id, section.title, section.text] for section in record.sections]
    return [found.href, record.title, record.kind, record.day, list(record.labels), sections]


def opensearch(library: Library) -> bytes:
    """OpenSearch 1.1: lets browsers offer the search."""
    from lxml import etree

    options = library.options
    root = etree.Element("OpenSearchDescription", nsmap={None: "http://a9.com/-/spec/opensearch/1.1/"})  # type: ignore[dict-item]  # the stubs know no default namespace
    etree.SubElement(root, "ShortName").text = options.name[:16]
    etree.SubElement(root, "LongName").text = options.name[:48]
    etree.SubElement(root, "Description").text = options.words("Search %(site)s", site=options.name)
    etree.SubElement(root, "InputEncoding").text = "UTF-8"
    template = f"{options.url}{href(options.prefix + FOLDER)}?q={{searchTerms}}"
    etree.SubElement(root, "Url", type="text/html", template=template)
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
