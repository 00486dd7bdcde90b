"""Turns the bytes of a Markdown file into a `Post`, a `Topic` or a `Page`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from deskpress.compat.native.git_dates import asks_for_dates, filled, site_variables, variables
from deskpress.compat.native.tag_directives import directives, with_directives
from deskpress.model.addons import Commit, Commits
from deskpress.model.address import forbidden_scheme
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import (
    SEVERITIES,
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
from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import Options
from deskpress.source.decoding import decode
from deskpress.source.defaults import Defaults
from deskpress.source.fenced import without_fenced
from deskpress.source.fields import Fields
from deskpress.source.front_matter_keys import REQUIRED, nearest
from deskpress.source.frontmatter import Value, split
from deskpress.source.given_addresses import aliases, slug
from deskpress.source.report import Report
from deskpress.source.slips import as_value, quote
from deskpress.source.titles import HeadingText, Title, find_title, first_heading, plain_text


def _heading_text(line: str) -> str:
    """A heading as text, by Markdown without extensions."""

    def convert(text: str) -> str:
        import markdown  # most titles are plain text

        return markdown.markdown(f"# {text}")

    return plain_text(line, convert)


def _no_id(line: str) -> str:
    return ""


class Context(Struct, frozen=True):
    """What reading a file depends on besides its bytes.

    `heading_text` returns the text of a heading, `heading_id` the id that it has in MkDocs.
    """

    options: Options
    timezone: ZoneInfo
    authors: dict[str, Author]
    heading_text: HeadingText = _heading_text
    defaults: Defaults = Defaults()
    commits: Mapping[str, Commits] = {}
    newest: Commit | None = None
    heading_id: HeadingText = _no_id


class Read(Struct, frozen=True):
    """The content of a file: no document after an error. The Markdown begins on line `first_line`.

    `heads` are the level-1 headings above it: 1 if that was the title, 0 if the title is in the text, None if
    it is only in the front matter. `values` are those of the front matter, `head` its text with the lines
    around it. What is `volatile` depends on more than the file, and is read anew in each build.
    """

    document: AnyDocument | None
    diagnostics: tuple[Diagnostic, ...]
    markdown: str = ""
    first_line: int = 1
    volatile: bool = False
    heads: int | None = None
    values: Mapping[str, Value] = {}
    head: str = ""


def read(path: str, data: bytes, context: Context) -> Read:
    """Read the file at `path`, relative to the content folder."""
    label = f"{context.options.content}/{path}"
    text, report = decode(data, label, context.options)
    if text is None:
        return Read(None, tuple(report.found))
    parts = split(text, report)
    if parts is None:
        return Read(None, tuple(report.found))
    # Imported late: compiling its patterns takes longer than most of a build in which nothing is read.
    from deskpress.source.misplaced import refuse_misplaced

    if refuse_misplaced(parts.text, parts.text_line, report):
        # Other errors would only follow from it: a missing date, a missing title.
        return Read(None, tuple(report.found))
    fields = Fields(context.defaults.under(path, parts.values, report), report, context.timezone)
    options = context.options.of(path)
    is_post = path.startswith(f"{options.posts_dir}/")
    is_notice = path.startswith(f"{options.notices_dir}/") and path != f"{options.notices_dir}/index.md"
    if parts.text_line == 1 and (is_post or is_notice):
        _without_front_matter(path, "post" if is_post else "notice", report)
        return Read(None, tuple(report.found))
    fields.take_as_meant(REQUIRED["posts" if is_post else "notices" if is_notice else ""])
    keys = context.options.addons.keys
    fields.warn_unknown(keys, context.options.config_file)
    title = find_title(path, fields, parts.text, parts.text_line, context.heading_text)
    if title.from_file and path != "index.md":
        empty = fields.values.get("title")
        what = "`title` is empty" if empty else "there is no title"
        problem = f"{what}: `{title.text}` is taken from the name of the file"
        hint = "write `title: …`" if empty else "add `title: …` to the front matter, or begin with `# …`"
        line = text.split("\n")[empty.key_line - 1] if empty else ""
        if comment := re.fullmatch(r"title:[ \t]+#+[ \t]*(\S.*)", line):
            written = comment[1] if line.partition("#")[2][:1] in (" ", "#") else f"#{comment[1]}"
            problem = f"`#` begins a comment: {problem}"
            hint = f"write `title: {quote(written) if written[0] == '#' else as_value(written)}`"
        report.warning(Kind.TITLE, problem, hint, line=empty.key_line if empty else 1)
    document = _document(path, title, fields, context)
    given = "title" in fields.values
    heads = 1 if title.body != parts.text else None if given else 0
    head = text[: len(text) - len(parts.text)]
    tags, body = context.options.addons.tags, title.body
    body = with_directives(path, body, tags) if tags else body
    if document and (said := {key: _plain_value(fields.values[key]) for key in keys if key in fields.values}):
        document = replace(document, for_plugins=said)
    if document and (listings := directives(without_fenced(body), tags)):
        document = replace(document, listings=listings)
    volatile = context.options.addons.git_dates is not None and asks_for_dates(body)
    if volatile:
        body = _dated(path, body, context)
    if document is not None and parts.front:
        document = replace(document, front=parts.front)
    return Read(
        None if report.failed else document,
        tuple(report.found),
        body,
        parts.text_line,
        volatile,
        heads,
        fields.values,
        head,
    )


def _plain_value(value: Value) -> Any:
    """A value as plug-ins read it: numbers and texts as they were written, or as YAML converts them."""
    if isinstance(value.data, dict):
        return {key: _plain_value(one) for key, one in value.data.items()}
    if isinstance(value.data, list):
        return [_plain_value(one) for one in value.data]
    return value.data if isinstance(value.data, bool | int | float | None) else value.raw


def _dated(path: str, text: str, context: Context) -> str:
    """A text with the dates of its commits in place of their names."""
    settings, language = context.options.addons.git_dates, context.options.of(path).language
    commits = context.commits.get(path)
    if settings is None or commits is None:
        return text
    values = variables(commits, settings, language) | site_variables(context.newest, settings, language)
    return filled(text, values, settings)


_DAY = lazy_pattern(r"(\d{4}-\d\d-\d\d)")


def _without_front_matter(path: str, kind: str, report: Report) -> None:
    """Report a post or a notice without front matter; its name may contain the day."""
    named = _DAY.match(path.rpartition("/")[2])
    day = named[1] if named else "YYYY-MM-DD"
    key = "date" if kind == "post" else "start"
    title = "" if first_heading(report.text) else ", `title: …`"
    hint = f"begin the file with the lines `---`, `{key}: {day}`{title}, `---`"
    report.error(Kind.FRONT_MATTER, f"the {kind} has no front matter", hint)


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
    expires = fields.instant("expires")
    if created and expires and expires < created:
        problem, hint = "`expires` lies before `date`: nobody ever sees this", "is one of them mistyped?"
        fields.report.warning(Kind.FRONT_MATTER, problem, hint, line=fields.line("expires"))
    boost, excluded = fields.search()
    with fields.softly():
        ours: dict[str, Any] = {
            "id": fields.text("id"),
            "effective": fields.day("effective"),
            "review_by": fields.day("review_by"),
            "supersedes": fields.text("supersedes"),
            "keywords": fields.texts("keywords"),
        }
    common: dict[str, Any] = {
        **ours,
        "path": path,
        "title": title.text,
        "heading_id": context.heading_id(title.heading) if title.heading else "",
        "line_of": fields.lines(),
        "slug": slug(fields, options),
        "description": fields.text("description"),
        "updated": updated,
        "expires": expires,
        "draft": fields.flag("draft"),
        "aliases": aliases(fields, options),
        "tags": fields.texts("tags"),
        "hide": (*fields.keys("hide"), *(["search"] if excluded else [])),
        "boost": boost,
        "template": _template(fields, context),
        "icon": _icon(fields),
    }
    if path.startswith(options.posts_dir + "/"):
        return _post(common, title, created, fields, context)
    if path.startswith(options.help_dir + "/") and path != f"{options.help_dir}/index.md":
        with fields.softly():
            pin, order = fields.flag("pin"), fields.number("order", least=0)
        return Topic(**common, key=_topic_key(path, options.help_dir), pin=pin, order=order)
    if path.startswith(options.notices_dir + "/") and path != f"{options.notices_dir}/index.md":
        return _notice(common, created, fields)
    return Page(**common)


USUAL = frozenset({"main.html", "blog-post.html"})
"""Material's names for the templates that pages and posts have anyway."""


def _template(fields: Fields, context: Context) -> str:
    """The template that a document asks for; empty for the usual one."""
    name = fields.text("template")
    if name == "redirect.html" and context.options.raw_html != "trusted":
        location = fields.text("location")
        if scheme := forbidden_scheme(location):
            problem = f"a page may not lead to `{scheme}:`"
            fields.error(fields.values["location"], problem, "write an address that begins with `https://`")
    return "" if name in USUAL else name


def _icon(fields: Fields) -> str:
    """The name of an icon (`material/truck-outline`); empty, with a warning, for what cannot be one."""
    with fields.softly():
        name = fields.text("icon")
        if name and not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", name):
            fields.error(
                fields.values["icon"], f"no icon is called `{name}`", "as in `material/truck-outline`"
            )
            return ""
    return name


def _notice(common: dict[str, Any], created: datetime | None, fields: Fields) -> Notice | None:
    start, end = fields.instant("start"), fields.instant("end")
    given = fields.values.get("start")
    if start is None:
        dated = fields.values.get("date")
        if given is None and dated is not None and dated.raw:
            problem, hint = "a notice has `start` in place of `date`", f"write `start: {dated.raw}`"
            fields.report.error(Kind.FRONT_MATTER, problem, hint, line=dated.key_line)
        else:
            _missing("start", "the notice has no start", "YYYY-MM-DD HH:MM", fields)
        return None
    if end is not None and end <= start:
        fields.error(fields.values["end"], "the notice ends before it starts", "is one of them mistyped?")
    severity = cast("Severity", fields.choice("severity", SEVERITIES))
    updates = tuple(Update(at, text) for at, text in fields.updates())
    return Notice(
        **common, created=created or start, start=start, end=end, severity=severity, updates=updates
    )


def _missing(key: str, problem: str, form: str, fields: Fields) -> None:
    """Report a required date that is missing: no key, or no value."""
    given = fields.values.get(key)
    if given is None:
        fields.report.error(Kind.FRONT_MATTER, problem, f"add `{key}: {form}` to the front matter")
    elif given.data is None and not given.broken:
        hint = f"write `{key}: {form}`"
        fields.report.error(Kind.FRONT_MATTER, f"`{key}` is empty: {problem}", hint, line=given.key_line)


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
        _missing("date", "the post has no date", "YYYY-MM-DD", fields)
        return None
    return Post(**common, created=created, **rest)


def _authors(fields: Fields, context: Context) -> tuple[Author, ...]:
    known = context.authors
    value = fields.values.get("authors")
    keys = fields.texts("authors")
    for key in keys if known else ():
        if key not in known and value is not None:
            like = nearest(key, known)
            hint = f"did you mean `{like}`?" if like else "add the author to .authors.yml"
            if len(several := [part.strip() for part in re.split("[,;]", key) if part.strip()]) > 1:
                hint = f"for {len(several)} write `authors: [{', '.join(several)}]`"
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
