"""Documents of Word: a file, or a folder of them; mammoth reads what they mean, not how they look."""

from __future__ import annotations

import base64
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import mammoth
from lxml import etree

from deskpress.engine.cpu_guard import CpuGuard, TooLongError
from deskpress.importers.platforms.items import Item, Person
from deskpress.importers.platforms.limits import LONG, SECONDS
from deskpress.importers.platforms.opening import LARGEST_MEDIA, METHODS, MOST_RATIO, Source, SourceError
from deskpress.importers.platforms.records import moment
from deskpress.importers.report import ImportReport

LARGEST_PART = 100_000_000
"""Bytes of a part of a document once it is unpacked."""

MOST_TOGETHER = 400_000_000
"""Bytes of all parts of a document once they are unpacked: they are in memory together."""

MOST_PARTS = 10_000
_STYLES = """\
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name='Code'] => pre:separator('\\n')
r[style-name='HTML Code'] => code
u => u
strike => del
"""


def fits(source: Source) -> bool:
    """Whether a source is a document of Word, or holds some."""
    return any(name.lower().endswith((".docx", ".docm")) for name in source.names)


def read(source: Source, report: ImportReport) -> Iterator[Item]:
    """The documents. Raises `SourceError` where a source is one document that cannot be read."""
    for name in source.names:
        base = posixpath.basename(name)
        if not base.lower().endswith((".docx", ".docm")) or base.startswith("~$"):
            continue
        try:
            yield _item(source, name, report)
        except SourceError as error:
            if source.is_file:
                raise
            report.add("lost", f"the document {name}", str(error), source.place(name))


def _item(source: Source, name: str, report: ImportReport) -> Item:
    place = source.place(name)
    data = _checked(source.read(name, LARGEST_MEDIA), place)
    try:
        pictures = mammoth.images.img_element(_Pictures().element)
        with CpuGuard(SECONDS):
            found = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=pictures)
    except TooLongError:
        raise SourceError(f"{place}: Word's document cannot be read: {LONG}") from None
    except Exception as error:
        # mammoth raises whatever its parts do.
        raise SourceError(f"{place}: Word's document cannot be read: {error}") from None
    for message in dict.fromkeys(str(one.message) for one in found.messages):
        report.add("changed", "a part of the document", message[:200], place)
    properties = _properties(data)
    stem = posixpath.basename(name).rpartition(".")[0]
    html = str(found.value)
    heading = re.search(r'<h1 class="title">(.*?)</h1>', html, re.S)
    title = properties.get("title") or (re.sub("<[^>]*>", "", heading[1]) if heading else "") or stem
    if heading is not None:
        html = html.replace(heading[0], "", 1)
    author = properties.get("creator", "")
    folder = posixpath.dirname(name)
    return Item(
        key=f"file:{name}",
        kind="topic",
        title=title,
        place=place,
        body=html,
        created=_instant(properties.get("created")),
        updated=_instant(properties.get("modified")) or _instant(properties.get("created")),
        description=properties.get("description", ""),
        tags=tuple(one.strip() for one in re.split("[,;]", properties.get("keywords", "")) if one.strip()),
        sections=tuple(part for part in folder.split("/") if part),
        slug=stem,
        file_in_source=name,
        people=(Person(author, author),) if author else (),
        names=(f"file:{name}", f"file:{posixpath.basename(name)}"),
    )


class _Pictures:
    """The pictures of one document, as data in its HTML; one part may be shown any number of times."""

    def __init__(self) -> None:
        self._size = 0

    def element(self, picture: Any) -> dict[str, str]:
        """The attributes of a picture. Raises `ValueError` where all are too large together."""
        with picture.open() as file:
            data = base64.b64encode(file.read()).decode("ascii")
        self._size += len(data)
        if self._size > LARGEST_MEDIA:
            raise ValueError(f"its pictures have more than {LARGEST_MEDIA:,} bytes together")
        return {"src": f"data:{picture.content_type};base64,{data}"}


def names(target: str, item: Item) -> Iterator[str]:
    """Documents link to one another by the names of their files."""
    if "://" not in target and target.lower().endswith((".docx", ".docm")):
        yield f"file:{posixpath.basename(target.replace(chr(92), '/'))}"


def _checked(data: bytes, place: str) -> bytes:
    """The document, bounded in what it unpacks to, without document types and marks before its XML."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise SourceError(f"{place}: more than {MOST_PARTS:,} parts")
        if sum(info.file_size for info in infos) > MOST_TOGETHER:
            raise SourceError(f"{place}: it becomes more than {MOST_TOGETHER:,} bytes when it is unpacked")
        parts: dict[str, bytes] = {}
        for info in infos:
            ratio = info.file_size > 10_000_000 and info.file_size > MOST_RATIO * max(1, info.compress_size)
            if info.file_size > LARGEST_PART or ratio:
                raise SourceError(f"{place}/{info.filename[:100]}: it becomes too large when it is unpacked")
            if info.compress_type not in METHODS:
                raise SourceError(
                    f"{place}/{info.filename[:100]}: it is packed in a way that Word does not use"
                )
            with archive.open(info) as packed:
                # No more than it claims: else all is unpacked before that is held against the claim.
                parts[info.filename] = packed.read(info.file_size + 1)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise SourceError(f"{place}: this is not a Word document: {error}") from None
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")):
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    raise SourceError(f"{place}/{name}: it declares a document type, which Word does not do")
                part = part.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901  # a mark that readers of XML refuse
            new.writestr(name, part)
    return made.getvalue()


def _properties(data: bytes) -> dict[str, str]:
    """What the document says of itself: `title`, `creator`, `modified`."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    if "docProps/core.xml" not in archive.namelist():
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(archive.read("docProps/core.xml"), parser)
    except etree.XMLSyntaxError:
        return {}
    return {etree.QName(one).localname: (one.text or "").strip() for one in root if isinstance(one.tag, str)}


def _instant(text: str | None) -> datetime | None:
    return moment(text) if text else None
