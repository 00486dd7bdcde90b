"""What the search knows of a language: words of a question that tell nothing, and what means the same.

The data are those of browsers, `theme/assets/javascripts/search/words/`: JSON after `export default`.
"""

from __future__ import annotations

import json
from functools import cache

from msgspec import Struct

from deskpress.engine.package_files import theme_folder
from deskpress.source.terms import LONGEST, Stem, short_name, spellings, stemmer, words

_EXPORT = "export default "


class Lexicon(Struct, frozen=True):
    """Folded words: `stop` words tell nothing where there are others, `weak` ones little.

    `same` are groups of words and phrases that mean the same to readers of any help center. `links` are
    letters between the parts of a compound; a language without compounds has none. `endings` are the most
    usual ones of words.
    """

    stop: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    same: tuple[tuple[str, ...], ...] = ()
    links: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


@cache
def lexicon_of(language: str) -> Lexicon:
    """The lexicon of a language; an empty one where none is shipped."""
    path = theme_folder() / f"assets/javascripts/search/words/{short_name(language)}.js"
    if not path.is_file():
        return Lexicon()
    text = path.read_text("utf-8")
    data = json.loads(text[text.index(_EXPORT) + len(_EXPORT) :])
    return Lexicon(
        frozenset(words(" ".join(data["stop"]))),
        frozenset(words(" ".join(data["weak"]))),
        tuple(tuple(group.split(", ")) for group in data["same"]),
        tuple(data.get("links", ())),
        tuple(data.get("endings", ())),
    )


class Terms(dict[str, tuple[str, ...]]):
    """The terms of folded words, in every form; computed when a word first occurs.

    `stop` are the stop words.
    """

    def __init__(self, stem: Stem, stop: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._stem = stem
        self.stop = stop

    def __missing__(self, word: str) -> tuple[str, ...]:
        if word.isascii() and word.isalpha():
            terms: tuple[str, ...] = (self._stem(word)[:LONGEST],)
        else:
            terms = tuple(term for spelling in spellings(word, self._stem) for term in spelling)
        self[word] = terms
        return terms

    def of(self, text: str) -> list[str]:
        """Every term of a text."""
        return [term for word in words(text) for term in self[word]]


@cache
def terms_in(language: str) -> Terms:
    """The terms of a language, cached between builds."""
    return Terms(stemmer(language), lexicon_of(language).stop)
