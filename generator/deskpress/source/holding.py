"""Keys that are meant to withhold a document, in spellings that do not."""

from __future__ import annotations

import unicodedata

from deskpress.source.frontmatter import Value

HOLDING = dict.fromkeys(("draft", "private", "hidden", "unpublished", "unlisted"), True) | {
    "published": False,
    "publish": False,
    "public": False,
}
"""Keys, in the form of `_plain`, that withhold a document elsewhere or by mistake, at these values."""

_WORDS = {True: ("true", "yes", "on", "y", "t", "1"), False: ("false", "no", "off", "n", "f", "0")}
_HELD = ("draft", "private", "hidden", "secret")
"""Values of `status` and `visibility` that other programs use for what is not public."""

_LIKE_DRAFT = 75
"""How similar a key must be to `draft`, of 100, to be taken for it: `darft`, `drafts`, `is_draft`."""


def _plain(text: str) -> str:
    """A key or word in normal form: without invisible characters, marks around it, and upper case."""
    shown = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(shown).casefold().strip(" \t-_\"'`*:.#")


def holds_back(key: str, value: Value) -> bool:
    """Whether a key that has no effect is meant to withhold the document, or one below it is."""
    if isinstance(value.data, dict):
        return any(holds_back(name, item) for name, item in value.data.items())
    if isinstance(value.data, list):
        return any(holds_back(key, item) for item in value.data)
    name, said = _plain(key), _plain(value.raw)
    if name in ("visibility", "state", "status"):
        return said in _HELD
    wanted = HOLDING.get(name)
    if wanted is None:
        from rapidfuzz import fuzz  # only needed for mistakes

        return said in _WORDS[True] and fuzz.ratio(name, "draft") >= _LIKE_DRAFT
    return said in _WORDS[wanted]
