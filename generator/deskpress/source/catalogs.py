"""Catalogs of translations: gettext's `.po`, the format of translation programs."""

from __future__ import annotations

from codecs import BOM_UTF8
from gettext import c2py
from io import BytesIO
from typing import TYPE_CHECKING

from deskpress.model.patterns import lazy_pattern
from deskpress.model.words import NUMBERS, Words, locale_of

if TYPE_CHECKING:
    from babel.messages.catalog import Message

_PLACE = lazy_pattern(r"%\((\w+)\)s")


def read_catalog(data: bytes, language: str) -> Words:
    """The texts of a catalog; what is untranslated or marked fuzzy stays English.

    Raises `ValueError` for an invalid catalog, and for a text that does not take its values.
    """
    # Loaded here: a site in English does not need it.
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalog = read_po(
            BytesIO(data.removeprefix(BOM_UTF8)),
            str(locale_of(language)),
            ignore_obsolete=True,
            abort_invalid=True,
        )
    except (PoFileError, UnicodeDecodeError, LookupError) as error:
        raise ValueError(str(error)) from None
    texts: dict[str, str] = {}
    forms: dict[str, tuple[str, ...]] = {}
    scripts: set[str] = set()
    placed = False
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        placed = placed or bool(message.locations)
        if any(path.endswith(".js") for path, _ in message.locations):
            scripts.add(message.id if isinstance(message.id, str) else message.id[0])
        _check(message)
        if isinstance(message.id, str):
            if message.string:
                texts[message.id] = str(message.string)
        elif message.string and all(message.string):
            forms[message.id[0]] = tuple(message.string)
    _check_rule(catalog.plural_expr)
    return Words(language, texts, forms, catalog.plural_expr, frozenset(scripts) if placed else None)


def _check_rule(rule: str) -> None:
    """Raise `ValueError` unless gettext's rule returns an index for every number."""
    place = c2py(rule)
    try:
        if min(place(number) for number in NUMBERS) < 0:
            raise ValueError(f"the plural rule `{rule}` gives a negative place")
    except ZeroDivisionError:
        raise ValueError(f"the plural rule `{rule}` divides by zero") from None


def _check(message: Message) -> None:
    """Raise `ValueError` unless every form takes the same values as the original."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    values = dict.fromkeys(_PLACE.findall(" ".join(ids)), "")
    for form in [message.string] if isinstance(message.string, str) else message.string or ():
        try:
            if values and form:
                form % values
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"`{form}` cannot be filled as `{ids[0]}` is: {error}") from None
