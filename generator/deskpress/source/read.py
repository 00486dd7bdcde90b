"""Turns the bytes of a Markdown file into a `Post`, a `Topic` or a `Page`."""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.address import problem_of
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import (
    AnyDocument,
    Author,
    Notice,
    Page,
    Post,
    SeriesPart,
    Severity,
    Topic,
    Update,
)
from deskpress.model.site import Options
from deskpress.source.fields import Fields, nearest
from deskpress.source.frontmatter import split
from deskpress.source.misplaced import refuse_misplaced
from deskpress.source.report import Report
from deskpress.source.titles import Spoken, Title, find_title, plain_text

_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_RARE = bytes({*range(1, 32), 0x7F, 0xEF} - {9, 10})
"""Bytes of which one stands in the UTF-8 form of every such character."""

MAX_CONTROLS = 100
"""Control characters that are told one by one."""


def _spoken(line: str) -> str:
    """A heading as text, by Markdown without extensions."""

    def convert(text: str) -> str:
        import markdown  # most titles are plain

        return markdown.markdown(f"# {text}")

    return plain_text(line, convert)


class Context(Struct, frozen=True):
    """What reading a file depends on besides its bytes; `spoken` gives the text of a heading."""

    options: Options
    timezone: ZoneInfo
    authors: dict[str, Author]
    spoken: Spoken = _spoken


class Read(Struct, frozen=True):
    """What a file says: no document after an error. The Markdown begins on line `first_line`."""

    document: AnyDocument | None
    diagnostics: tuple[Diagnostic, ...]
    markdown: str = ""
    first_line: int = 1


def read(path: str, data: bytes, context: Context) -> Read:
    """Read the file at `path`, relative to the content folder."""
    label = f"{context.options.content}/{path}"
    text, report = decode(data, label, context.options.max_document_size)
    if text is None:
        return Read(None, tuple(report.found))
    parts = split(text, report)
    if parts is None:
        return Read(None, tuple(report.found))
    if refuse_misplaced(parts.text, parts.text_line, report):
        # All else that could be said follows from it: that there is no date, no title.
        return Read(None, tuple(report.found))
    fields = Fields(parts.values, report, context.timezone)
    fields.warn_unknown()
    title = find_title(path, fields, parts.text, parts.text_line, context.spoken)
    if title.from_file and path != "index.md":
        problem = f"there is no title: `{title.text}` is taken from the name of the file"
        hint = "add `title: …` to the front matter, or begin with `# …`"
        report.warning(Kind.TITLE, problem, hint)
    document = _document(path, title, fields, context)
    if document is not None and parts.front:
        document = replace(document, front=parts.front)
    return Read(None if report.failed else document, tuple(report.found), title.body, parts.text_line)


def decode(data: bytes, label: str, max_size: int) -> tuple[str | None, Report]:
    """Decode UTF-8 (a byte-order mark and CRLF are fine); control characters are taken out."""
    if len(data) > max_size:
        report = Report(label)
        report.error(
            Kind.CONTENT,
            f"the file has {len(data):,} bytes, more than the {max_size:,} that a page may have",
            "split it, or raise `max_document_size` in mkdocs.yml",
        )
        return None, report
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        report = Report(label, data.decode("utf-8", "replace"))
        report.error(
            Kind.CONTENT,
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
            line=before.count("\n") + 1,
            column=len(before) - before.rfind("\n"),
        )
        return None, report
    report = Report(label, text)
    if "\0" in text:
        at = text.index("\0")
        report.error(Kind.CONTENT, "the file holds a NUL character", "is it really text?", **_place(text, at))
        return None, report
    # Hardly any text holds one, and its bytes tell that several times as fast.
    suspect = len(data.translate(None, _RARE)) != len(data)
    controls = list(_CONTROL.finditer(text)) if suspect else []
    hint = "delete it; it often comes from copying out of a PDF"
    for found in controls[:MAX_CONTROLS]:
        problem = f"the control character U+{ord(found[0]):04X} is left out"
        report.warning(Kind.CONTENT, problem, hint, **_place(text, found.start()))
    if more := controls[MAX_CONTROLS:]:
        problem = f"{len(more):,} more control characters are left out"
        report.warning(Kind.CONTENT, problem, hint, **_place(text, more[0].start()))
    return (_CONTROL.sub("", text) if report.found else text), report


def _place(text: str, at: int) -> dict[str, int]:
    return {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}


def _document(path: str, title: Title, fields: Fields, context: Context) -> AnyDocument | None:
    options = context.options.of(path)
    dated = path.startswith((f"{options.posts_dir}/", f"{options.notices_dir}/"))
    with nullcontext() if dated else fields.softly():
        created, updated = fields.created_and_updated()
    if created and updated and updated < created:
        fields.report.warning(
            Kind.FRONT_MATTER,
            "`updated` lies before `date`",
            "is one of them mistyped?",
            line=fields.line("updated"),
        )
    boost, excluded = fields.search()
    with fields.softly():
        ours: dict[str, Any] = {
            "id": fields.text("id"),
            "effective": fields.day("effective"),
            "review_by": fields.day("review_by"),
            "supersedes": fields.text("supersedes"),
        }
    common: dict[str, Any] = {
        **ours,
        "path": path,
        "title": title.text,
        "line_of": fields.lines(),
        "slug": _slug(fields),
        "description": fields.text("description"),
        "updated": updated,
        "expires": fields.instant("expires"),
        "draft": fields.flag("draft"),
        "aliases": _aliases(fields, options),
        "tags": fields.texts("tags"),
        "hide": (*fields.texts("hide"), *(["search"] if excluded else [])),
        "boost": boost,
        "template": fields.text("template"),
    }
    if path.startswith(options.posts_dir + "/"):
        return _post(common, title, created, fields, context)
    if path.startswith(options.help_dir + "/") and path != f"{options.help_dir}/index.md":
        return Topic(**common, key=_topic_key(path, options.help_dir))
    if path.startswith(options.notices_dir + "/") and path != f"{options.notices_dir}/index.md":
        return _notice(common, created, fields)
    return Page(**common)


def _notice(common: dict[str, Any], created: datetime | None, fields: Fields) -> Notice | None:
    start, end = fields.instant("start"), fields.instant("end")
    given = fields.values.get("start")
    if start is None:
        if given is None or (given.data is None and not given.broken):
            hint = "add `start: YYYY-MM-DD HH:MM` to the front matter"
            fields.report.error(Kind.FRONT_MATTER, "the notice has no start", hint)
        return None
    if end is not None and end <= start:
        fields.error(fields.values["end"], "the notice ends before it starts", "is one of them mistyped?")
    severity = cast("Severity", fields.choice("severity", ("info", "warning", "critical")))
    updates = tuple(Update(at, text) for at, text in fields.updates())
    return Notice(
        **common, created=created or start, start=start, end=end, severity=severity, updates=updates
    )


def _post(
    common: dict[str, Any], title: Title, created: datetime | None, fields: Fields, context: Context
) -> Post | None:
    with fields.softly():
        series, topics = fields.series(), fields.texts("topics")
    rest: dict[str, Any] = {
        "categories": fields.texts("categories"),
        "authors": _authors(fields, context),
        "pin": fields.flag("pin"),
        "readtime": fields.number("readtime", least=0),
        "links": fields.links(),
        "series": SeriesPart(*series) if series else None,
        "topics": topics,
        "slug_text": title.slug_text if title.slug_text != title.text else "",
        "named": title.named,
    }
    if created is None:
        given = fields.values.get("date")
        if given is None or (given.data is None and not given.broken):
            fields.report.error(
                Kind.FRONT_MATTER, "the post has no date", "add `date: YYYY-MM-DD` to the front matter"
            )
        return None
    return Post(**common, created=created, **rest)


def _slug(fields: Fields) -> str:
    slug = fields.text("slug")
    value = fields.values.get("slug")
    if value is None or value.broken:
        return ""
    problem = "holds a slash" if "/" in slug else problem_of(slug if slug else value.raw)
    if problem:
        fields.error(value, f"the slug {problem}", "letters, digits, dots and hyphens are safe")
    return slug


def _aliases(fields: Fields, options: Options) -> tuple[str, ...]:
    value = fields.values.get("aliases")
    if value is None or value.data is None:
        return ()
    found: dict[str, None] = {}
    for item in fields.items(value, "aliases"):
        if isinstance(item.data, list | dict):
            fields.error(item, "an alias must be an address", "for example `/2012/03/old-title.html`")
            continue
        address = item.raw.strip()
        if address.startswith("//"):
            fields.error(item, "the alias leads to another site", "write an old address of this one")
            continue
        if address.startswith(options.base_path):
            address = address[len(options.base_path) :]
        address = address.removeprefix("/")
        if address and not address.endswith("/") and "." not in address.rsplit("/", 1)[-1]:
            address += "/"
        if problem := problem_of(address):
            fields.error(
                item, f"the alias {problem}", "write an old address of this site, `/2012/03/old.html`"
            )
        else:
            found[address] = None
    return tuple(found)


def _authors(fields: Fields, context: Context) -> tuple[Author, ...]:
    known = context.authors
    value = fields.values.get("authors")
    keys = fields.texts("authors")
    for key in keys if known else ():
        if key not in known and value is not None:
            like = nearest(key, known)
            hint = f"did you mean `{like}`?" if like else "add the author to .authors.yml"
            fields.error(value, f"the author `{key}` is not in .authors.yml", hint)
    if not keys:
        keys = fields.names("author")
    if not keys and context.options.author:
        keys = (context.options.author,)
    return tuple(known.get(key) or Author(key, key) for key in keys)


def _topic_key(path: str, help_dir: str) -> str:
    key = path.removeprefix(help_dir + "/").rpartition(".")[0]
    for index in ("/index", "/README"):
        key = key.removesuffix(index)
    return key
