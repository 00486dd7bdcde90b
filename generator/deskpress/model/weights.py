"""The weights of the search in one table: `make search-weights` finds them on judged queries.

Those of a document say how much a term tells of it and are in the index; browsers read those of a query from
`search/index.json`.
"""

from __future__ import annotations

from msgspec import Struct


class DocumentWeights(Struct, frozen=True):
    """What a term adds to its score in a document by where it stands there (BM25F).

    `title` is that of a word that is the whole title; each other word makes it less, as `title_size` says.
    In the text, a term that stands there `text_half` times has half of `text`, the most that it can have;
    a text of `usual_length` terms is of common length, and `length` (0 to 1) says how much that counts.
    `beginning` counts for the first letters of the text. `acronym` is that of the initials of a title or a
    heading, `whole` that of a query that is a whole title, `whole_heading` a whole heading. A score of
    `saturation` has half of the greatest weight.
    """

    title: float = 20.4
    title_size: float = 1.7
    heading: float = 1.8
    description: float = 3.6
    label: float = 5.6
    text: float = 4.5
    text_half: float = 4.25
    usual_length: float = 300.0
    length: float = 0.8
    beginning: float = 0.85
    acronym: float = 6.0
    whole: float = 18.0
    whole_heading: float = 6.0
    saturation: float = 18.0


class QueryWeights(Struct, frozen=True):
    """What a match is worth beside the word itself, which is 1.

    `synonym` is one of the site's, `common` one that is shipped; `expansion` an acronym for what it stands
    for, or the other way round; `repaired` a word without a slip, `next_repair` times that each further
    guess; `split` what was written together; `compound` one that holds it; `prefixed` a word that begins so,
    `begun` one where what is typed is a word itself. `weak` is what a word of little meaning is worth,
    `phrase` what two words add that follow each other in a title or heading, `whole` what a whole title or
    heading adds, `passage` what words add that are in the same passage. `complete` and `spread` say how
    steeply the score falls with each part of a query that a document lacks: `complete` by what the parts
    tell, `spread` by how many they are. The last are those of kinds.
    """

    synonym: float = 0.7
    common: float = 0.7
    expansion: float = 0.8
    repaired: float = 0.85
    next_repair: float = 0.7
    split: float = 0.9
    compound: float = 0.4
    prefixed: float = 0.7
    begun: float = 0.1
    weak: float = 0.35
    phrase: float = 0.25
    whole: float = 0.5
    passage: float = 0.28
    complete: float = 0.2
    spread: float = 0.2
    topic: float = 2.0
    page: float = 1.2
    post: float = 1.0
    notice: float = 0.8


DOCUMENT_WEIGHTS = DocumentWeights()
QUERY_WEIGHTS = QueryWeights()
