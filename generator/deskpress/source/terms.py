"""Text as terms: the same as in `theme/assets/javascripts/search/terms.js`; a test compares the two.

Case, marks and hyphens do not matter (`E-Mails` is `email`), nor do endings (`metrics` is `metric`: Snowball,
if it supports the language). Scripts without spaces are split into pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from deskpress.model.patterns import lazy_pattern

WORD = lazy_pattern(r"[^\W_]+(?:['’-][^\W_]+)*")
_ELIDED = lazy_pattern(r"^[a-z]{1,7}'(?=[^\W_]{3})")
"""A word before an apostrophe that has lost its vowel: `l'adresse`, `dell'ordine`."""

_CJK = lazy_pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_MARKS = lazy_pattern("[\u0300-\u036f\u0640\u064b-\u0655\u0670]+")
"""Accents, and what Arabic is written without, too: vowels, the hamza of a letter, the lengthening stroke."""
LONGEST = 30
"""The most letters of a term; further letters do not distinguish words."""

RELEASE = "3.0."
"""The version of Snowball: the next one stems some words differently (`internal`)."""

Stem = Callable[[str], str]

_ARABIC_BEFORE = lazy_pattern(
    "^(?:\u0648?(?:\u0627\u0644|\u0628\u0627\u0644|\u0643\u0627\u0644|\u0641\u0627\u0644|\u0644\u0644)|\u0648)(?=..)"
)
_ARABIC_AFTER = lazy_pattern(
    "(?<=..)(?:\u0647\u0627|\u0627\u0646|\u0627\u062a|\u0648\u0646|\u064a\u0646|\u064a\u0647|\u064a\u0629|\u0647|\u0629|\u064a)$"
)
"""Articles and endings that a light stemmer of Arabic takes off (Larkey, Ballesteros and Connell 2007)."""

_SPELT = (
    (re.compile("(?<=[a-z]{3})is(e[ds]?|ers?|ing|ations?)$"), r"iz\1"),
    (re.compile("(?<=[a-z]{2})our(s|ed|ing|ite|ites|al|able|ful)?$"), r"or\1"),
    (re.compile("(?<=[a-z]{2})tre(s|d)?$"), r"ter\1"),
    (re.compile("(?<=[a-z]{3})ogue(s?)$"), r"og\1"),
)
_OTHERWISE = {
    "cheque": "check",
    "cheques": "checks",
    "defence": "defense",
    "enrolment": "enrollment",
    "fulfil": "fulfill",
    "grey": "gray",
    "licence": "license",
    "licences": "licenses",
    "offence": "offense",
    "programme": "program",
    "programmes": "programs",
}
"""British spellings, which readers and writers may not share."""

_IRREGULAR = {
    "began": "begin",
    "begun": "begin",
    "bought": "buy",
    "brought": "bring",
    "built": "build",
    "came": "come",
    "caught": "catch",
    "children": "child",
    "chose": "choose",
    "chosen": "choose",
    "criteria": "criterion",
    "fallen": "fall",
    "fell": "fall",
    "forgot": "forget",
    "forgotten": "forget",
    "froze": "freeze",
    "frozen": "freeze",
    "held": "hold",
    "hid": "hide",
    "hidden": "hide",
    "indices": "index",
    "kept": "keep",
    "lost": "lose",
    "matrices": "matrix",
    "overridden": "override",
    "paid": "pay",
    "ran": "run",
    "sent": "send",
    "shown": "show",
    "sold": "sell",
    "spent": "spend",
    "stole": "steal",
    "stolen": "steal",
    "taught": "teach",
    "undid": "undo",
    "undone": "undo",
    "withdrawn": "withdraw",
    "withdrew": "withdraw",
    "written": "write",
    "wrote": "write",
}
"""Forms that no rule of endings leads back to their word."""


@cache
def stemmer(language: str) -> Stem:
    """The stemmer of a language, which caches words; without one, words stay as they are."""
    names = {
        "en": "english",
        "de": "german",
        "fr": "french",
        "es": "spanish",
        "it": "italian",
        "nl": "dutch",
        "pt": "portuguese",
        "sv": "swedish",
        "da": "danish",
        "no": "norwegian",
        "fi": "finnish",
    }
    short = short_name(language)
    if short == "ar":
        return cache(_arabic)
    name = names.get(short)
    if name is None:
        return lambda word: word
    stem_word = _snowball(name)
    spelt = _american if name == "english" else str

    @cache
    def stem(word: str) -> str:
        return str(stem_word(spelt(word))) if word.isalpha() else word

    return stem


def _american(word: str) -> str:
    """A word in American spelling, and a form without a rule as its word.

    One that only looks British becomes a word that does not exist.
    """
    if other := _OTHERWISE.get(word) or _IRREGULAR.get(word):
        return other
    for pattern, to in _SPELT:
        word = pattern.sub(to, word)
    return word


def _arabic(word: str) -> str:
    """A word of Arabic without articles and endings, where at least two letters are left."""
    return _ARABIC_AFTER.sub("", _ARABIC_BEFORE.sub("", word.replace("\u0649", "\u064a")))


def short_name(language: str) -> str:
    """The language without its region, as files of the search are named: `pt` of `pt-BR`."""
    short = language.partition("-")[0].lower()
    return "no" if short == "nb" else short


def _snowball(name: str) -> Stem:
    """Snowball's stemmer of a language, in C if it is available in the release that browsers get."""
    import importlib.metadata

    with suppress(ImportError):
        if importlib.metadata.version("pystemmer").startswith(RELEASE):
            from Stemmer import Stemmer

            quick: Stem = Stemmer(name, 0).stemWord
            return quick
    module = importlib.import_module(f"snowballstemmer.{name}_stemmer")
    plain: Stem = getattr(module, f"{name.title()}Stemmer")().stemWord
    return plain


def folded(text: str) -> str:
    """Lower-case letters without marks."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text).lower()).replace("’", "'")


def words(text: str) -> list[str]:
    """The words of a text, folded; hyphens and apostrophes are kept."""
    return WORD.findall(folded(text))


def is_unspaced(word: str) -> bool:
    """Whether a word holds letters of a script without spaces, and is cut into pairs."""
    return _CJK.search(word) is not None


def spellings(word: str, stem: Stem) -> list[list[str]]:
    """The forms of a folded word in the index: each a list of terms. The first is that of the word itself."""
    if _CJK.search(word):
        return [[pair for run in _CJK.findall(word) for pair in _pairs(run)] + _others(word, stem)]
    whole = word.replace("’", "'").removesuffix("'s").replace("'", "")
    parts = [part for part in whole.split("-") if part]
    if len(parts) < 2:
        rest = unelided(word)
        elided = [] if rest == word else [[_term(rest.removesuffix("'s").replace("'", ""), stem)]]
        return [*elided, [_term(whole, stem)]] if whole else []
    apart = [_term(part, stem) for part in parts if len(part) > 1]
    return [[_term("".join(parts), stem)], *([apart] if apart else [])]


def unelided(word: str) -> str:
    """A folded word without what has lost its vowel before it: `adresse` of `l'adresse`."""
    return _ELIDED.sub("", word, count=1)


def _others(word: str, stem: Stem) -> list[str]:
    return [_term(part, stem) for part in _CJK.split(word) if len(part) > 1]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(max(1, len(run) - 1))]


def _term(word: str, stem: Stem) -> str:
    return stem(word)[:LONGEST]
