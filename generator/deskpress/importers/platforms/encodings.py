"""Documents whose text was read in another encoding on its way: they are mended, and that is reported."""

from __future__ import annotations

from msgspec.structs import replace

from deskpress.importers.platforms.items import Item
from deskpress.importers.report import ImportReport
from deskpress.source.misread import mended


def in_one_encoding(item: Item, report: ImportReport) -> Item:
    """A document as it was meant (`é` for `Ã©`), with a line in the report if it was not so."""
    texts = (item.title, item.body, item.description)
    names = (item.categories, item.tags, item.sections)
    if all(text.isascii() for text in (*texts, *(one for listed in names for one in listed))):
        return item
    (title, first), (body, second), (description, third) = map(mended, texts)
    categories, tags, sections = (tuple(mended(one)[0] for one in listed) for listed in names)
    if number := first + second + third:
        what = f"{number} part{'s' if number > 1 else ''} of “{title[:60]}”"
        why = "UTF-8 had been read as Windows-1252 (`Ã©` for `é`): mended"
        report.add("changed", what, why, item.place)
    elif (categories, tags, sections) == names:
        return item
    return replace(
        item,
        title=title,
        body=body,
        description=description,
        categories=categories,
        tags=tags,
        sections=sections,
    )
