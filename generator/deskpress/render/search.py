"""The files of the search: an index in buckets of terms, and what results show.

A posting is written as two or more letters: the distance from the previous document, the weight, and in a
shard of help the passages that hold the term.
"""

from __future__ import annotations

import json

from msgspec import structs

from deskpress.model.address import href
from deskpress.model.document import Notice, Page, Topic
from deskpress.model.output import OutputSpec
from deskpress.model.search import WEIGHT, WEIGHT_BITS, Shard
from deskpress.model.weights import QUERY_WEIGHTS
from deskpress.plan.search import CHUNK, FOLDER, HELP, buckets_of
from deskpress.render.library import Library
from deskpress.render.records import columns_in

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PLACES = LETTERS + "-_"
"""A letter for each set of passages."""

FAR = "~"
"""Precedes a distance of two letters; twice, one of three."""

_DISTANCES = [*LETTERS, *(FAR + high + low for high in LETTERS[1:] for low in LETTERS)]


def postings_in(bucket: bytes) -> dict[str, list[tuple[int, int]]]:
    """Each term of a bucket with its postings (number of the document, weight and passages), in order."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column in columns_in(bucket):
        for number, terms in enumerate(column):
            for term, weight in terms.items():
                found.setdefault(term, []).append((number, weight))
    return found


def texts_in(bucket: bytes, *, placed: bool) -> dict[str, str]:
    """Each term of a bucket with its postings as text, terms in order; `placed` with the passages."""
    texts: dict[str, str] = {}
    last: dict[str, int] = {}
    # One pass without lists: a full build does it for each term of each document.
    for column in columns_in(bucket):
        for number, terms in enumerate(column):
            for term, weight in terms.items():
                between = number - last.get(term, -1) - 1
                distance = _DISTANCES[between] if between < len(_DISTANCES) else _very_far(between)
                place = PLACES[weight >> WEIGHT_BITS] if placed else ""
                texts[term] = texts.get(term, "") + distance + LETTERS[weight & WEIGHT] + place
                last[term] = number
    return dict(sorted(texts.items()))


def _very_far(distance: int) -> str:
    """A distance of three letters: a help center may have 40,000 topics."""
    rest, low = divmod(distance, len(LETTERS))
    high, middle = divmod(rest, len(LETTERS))
    return FAR + FAR + LETTERS[high] + LETTERS[middle] + LETTERS[low]


def index_file(library: Library) -> bytes:
    """The configuration: shards with their sizes, the language, the synonyms, the weights of matches."""
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
            "weights": structs.asdict(QUERY_WEIGHTS),
        }
    )


def terms_file(spec: OutputSpec, library: Library) -> bytes:
    """A bucket of terms."""
    _, name, number = spec.subject
    return _json(texts_in(library.bucket(f"{name}/{number}"), placed=name == HELP))


def docs_file(spec: OutputSpec, library: Library) -> bytes:
    """What results show of some documents."""
    _, name, number = spec.subject
    return _json([_shown(path, library) for path in library.shard(f"{name}/{number}")[0]])


def _kinds(shard: Shard, library: Library) -> str:
    """The kind of each document of a shard, a letter each; empty if all are posts."""
    if shard.name != HELP:
        return ""
    kinds: dict[type, str] = {Topic: "t", Page: "p", Notice: "n"}
    return "".join(kinds.get(type(library.document(path)), "p") for path in shard.paths)


def _shown(path: str, library: Library) -> list[object]:
    shown = library.records.shown(path)
    found = library.head(path)
    address = found.href if found else href(path.removeprefix("/"))
    sections = [[section.id, section.title, section.text] for section in shown.sections]
    return [address, shown.title, shown.kind, shown.day, list(shown.labels), sections]


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
