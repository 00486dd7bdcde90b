"""Catalogs of translations: gettext's `.po`, the format that translators' programs know."""

from __future__ import annotations

from io import BytesIO

from deskpress.model.words import Words, locale_of


def read_catalog(data: bytes, language: str) -> Words:
    """The words of a catalog; what is not translated, or only fuzzily, stays English.

    Raises `ValueError` for what is no catalog.
    """
    # Loaded here: a site in English needs none of it.
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalog = read_po(BytesIO(data), str(locale_of(language)), ignore_obsolete=True, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
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
        if isinstance(message.id, str):
            if message.string:
                texts[message.id] = str(message.string)
        elif message.string and all(message.string):
            forms[message.id[0]] = tuple(message.string)
    return Words(language, texts, forms, catalog.plural_expr, frozenset(scripts) if placed else None)
