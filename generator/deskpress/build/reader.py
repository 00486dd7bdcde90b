"""Reads documents, and caches the result: a file is parsed and converted once for each content."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.build.cpu_limit import CpuLimit, Work
from deskpress.build.editorial import editorial
from deskpress.build.events import EventFailedError, EventRun, PageEvents, accepted, said, with_run
from deskpress.build.reading import Reading, reading_of, refused_reading
from deskpress.build.recipes import is_volatile
from deskpress.build.snippets import Snippets
from deskpress.compat.native.references import why_of_html
from deskpress.engine.blob_store import BlobStore
from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.pool import Tick, fork_map
from deskpress.engine.reads import NotLocalError, unchanged
from deskpress.engine.stamps import Stamp, Status, read_bytes, stamp, stamped
from deskpress.lint.check import mistakes
from deskpress.lint.text import Dialect
from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind, errors
from deskpress.model.document import AnyDocument
from deskpress.model.site import Moment
from deskpress.plan.due import why_withheld
from deskpress.render.findings import (
    capped,
    image_findings,
    odd_images,
    swallowed_text,
    unknown_rules_warnings,
)
from deskpress.render.link_targets import leads_out, own_path
from deskpress.render.raw_html import raw_html_warnings
from deskpress.render.records import packed
from deskpress.render.targets import odd_targets
from deskpress.source.lexicon import Terms
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter, SnippetError
from deskpress.source.read import Context, Read, read
from deskpress.source.record import record_of
from deskpress.source.report import Report

_encoder = msgspec.msgpack.Encoder()


class Reader(Struct):
    """How files are read in this build; `terms` are by language, empty without a search.

    Without a `limit` a document may take any time. With `reviews` findings of `check` are collected.
    """

    root: Path
    context: Context
    converter: Converter
    moment: Moment
    recipe: str
    is_draft: Callable[[str], bool]
    rules: tuple[str, ...] = ()
    terms: Mapping[str, Terms] = field(default_factory=dict)
    limit: CpuLimit | None = None
    dialect: Dialect = Dialect()
    snippets: Snippets | None = None
    events: PageEvents | None = None
    answers: dict[str, str] = field(default_factory=dict)
    reviews: bool = False

    @property
    def most_seconds(self) -> float:
        """The CPU seconds that a cached document may have taken."""
        return self.limit.remembered if self.limit else math.inf

    def holds(self, reading: Reading) -> bool:
        """Whether what events have read for a document is unchanged."""
        if not reading.reads:
            return True
        return self.events is not None and unchanged(reading.reads, self.events.root, self.answers)

    def record(self, document: AnyDocument | None, converted: Converted | None) -> bytes:
        """The stored search record of a document; empty without a search."""
        if document is None or converted is None or not self.terms:
            return b""
        terms = self.terms[self.context.options.of(document.path).language_dir]
        return packed(record_of(document, converted, terms))

    def _failed(
        self, mark: Stamp, report: Report, found: Read, error: EventFailedError | SnippetError
    ) -> tuple[Reading, None]:
        """The reading of a document that could not be converted; it is read again next time."""
        hint = error.hint if isinstance(error, EventFailedError) else ""
        report.error(Kind.CONTENT, str(error), hint, line=found.first_line)
        return reading_of(mark, "", None, (*found.diagnostics, *report.found)), None

    def _convert(self, text: str, document: AnyDocument, found: Read, run: EventRun | None) -> Converted:
        """Convert a text. Raises as `accepted` does, `NestingError` and `SnippetError`."""
        language_dir, then = self.context.options.of(document.path).language_dir, run.content if run else None
        converted = self.converter.convert(text, found.first_line, language_dir, document.for_plugins, then)
        unused = self.context.options.addons.unused
        if unused and (why := why_of_html(converted.html)):
            raise NotLocalError(f"{unused[0]}: {why} ({document.path})")
        return converted

    def _converts(self, document: AnyDocument, found: Read) -> bool:
        """Whether a text can be converted as it was written, before plug-ins."""
        try:
            self._convert(found.markdown, document, found, None)
        except (NestingError, SnippetError):
            return False
        return True

    def read(self, path: str, known: Stamp | None = None) -> tuple[Reading, Converted | None]:
        """Read one file, and convert it if it is going to be published."""
        label = f"{self.context.options.content}/{path}"
        report = Report(label)
        try:
            # Its status is taken before reading: a change in between is then noticed next time.
            status = os.stat(f"{self.root}/{path}")
            data = read_bytes(f"{self.root}/{path}")
            content = digest(data)
            # The known status was taken earlier; the file may have been changed and restored since.
            mark = known if known and known.digest == content else stamped(status, content)
        except OSError as error:
            report.error(Kind.CONTENT, f"the file cannot be read: {error.strerror}")
            return Reading(Stamp(0, 0, 0, 0, "", settled=False), "", diagnostics=tuple(report.found)), None
        found = read(path, data, self.context)
        document = found.document
        if document and self.is_draft(path):
            document = replace(document, draft=True)
        reading = reading_of(mark, self.recipe, document, found.diagnostics)
        if document is None or why_withheld(document, self.moment):
            return reading, None
        try:
            run = self.events.run(document, found.markdown) if self.events else None
            text = accepted(run, document, found.markdown, self.context.options, drafts=self.moment.drafts)
        except EventFailedError as error:
            return self._failed(mark, report, found, error)
        if run:
            document = with_run(document, run)
            reading = reading_of(mark, self.recipe, document, found.diagnostics)
        absent: list[Diagnostic] = []
        if self.snippets and is_volatile(text):
            absent = self.snippets.missing(label, text, found.first_line)
            if errors(absent):
                # Read again next time, when the file may exist.
                return reading_of(mark, "", None, (*found.diagnostics, *absent)), None
        try:
            converted = self._convert(text, document, found, run)
        except (EventFailedError, SnippetError) as error:
            return self._failed(mark, report, found, error)
        except NestingError as error:
            report = Report(label, data.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
            problem, line = error.problem, found.first_line + error.line
            if run and self._converts(document, found):
                problem, line = f"what a plug-in made of this: {problem}", 1
            report.error(Kind.CONTENT, problem, error.hint, line=line)
            # Read again next time: it is valid while it is withheld.
            return reading_of(mark, "", None, (*found.diagnostics, *report.found)), None
        if document.heading_id in converted.ids:
            document = replace(document, heading_id="")
            reading = reading_of(mark, self.recipe, document, found.diagnostics)
        url = self.context.options.url
        own = tuple(
            r for r in converted.references if not leads_out(r.target) or own_path(r.target, url) is not None
        )
        return (
            replace(
                reading,
                reads=run.reads if run else {},
                inside=capped(
                    [
                        *mistakes(label, found.markdown, found.first_line, self.dialect),
                        *absent,
                        *raw_html_warnings(label, converted, self.context.options, path.rpartition("/")[0]),
                        *swallowed_text(label, converted),
                        *unknown_rules_warnings(label, converted, self.rules),
                        *image_findings(label, converted, self.context.options),
                        *odd_images(label, converted),
                        *odd_targets(label, converted, self.context.options.content),
                        *said(label, run),
                    ]
                ),
                recipe="" if found.volatile or is_volatile(converted.markdown) else self.recipe,
                content=fingerprint((converted.html, converted.headings)),
                editorial=editorial(label, found, converted, self.dialect) if self.reviews else None,
                ids="\n".join(sorted(converted.ids | ({document.heading_id} - {""}))),
                references=own,
            ),
            converted,
        )


def read_all(
    reader: Reader,
    listed: Mapping[str, Status],
    known: Mapping[str, Reading],
    blobs: BlobStore,
    jobs: int,
    progress: Callable[[str, int], Tick],
    meanwhile: Callable[[], None],
) -> dict[str, Reading]:
    """Every document by path, from the cache if its file and the recipe are unchanged.

    What rendering needs may be prepared `meanwhile`. A document that takes longer than the reader's limit
    has a reading that only says so. Raises `ContentError` if reading stops for that.
    """
    readings: dict[str, Reading] = {}
    wanted: list[str] = []
    marks: dict[str, Stamp | None] = {}
    recipe, most = reader.recipe, reader.most_seconds
    root = f"{reader.root}/"  # joining ten thousand paths takes longer than `stat`
    for path, status in listed.items():
        before = known.get(path)
        known_well = before is not None and before.recipe == recipe != "" and before.seconds <= most
        if before and known_well and before.place and before.stamp.fits(status) and reader.holds(before):
            readings[path] = before  # the usual case
            continue
        # Files without a known status are checked by the processes that read them.
        mark = _stamp(root + path, status, before.stamp) if before else None
        if before and mark and _still_good(before, mark, reader):
            readings[path] = before if before.stamp is mark else replace(before, stamp=mark)
        else:
            wanted.append(path)
            marks[path] = mark

    def work(path: str) -> tuple[Reading, bytes, bytes]:
        """The reading, with what could not be put into the blob store: the body and the search record."""
        began = time.process_time()
        reading, converted = reader.read(path, marks[path])
        record = reader.record(reading.document, converted)
        if converted is None:
            return reading, b"", b""
        # The record is made from the sections, which are not needed elsewhere.
        body = _encoder.encode(replace(converted, sections=()))
        places = (blobs.lay(body), blobs.lay(record) if record else None)
        reading = replace(
            reading,
            mark=digest(record) if record else "",
            place=places[0],
            record=places[1],
            seconds=round(time.process_time() - began, 1),
        )
        return reading, b"" if places[0] else body, b"" if places[1] else record

    if wanted:
        reader.converter.warm_up()
    tick = progress("Reading", len(wanted)) if wanted else lambda done: None
    if reader.limit:
        # An accepted document may be read again (snippets, other authors), and then takes a little longer.
        spared = reader.limit.margin > 1.0
        again = {path: None for path in wanted if spared and _is_known(known.get(path), marks[path])}
        fresh = [path for path in wanted if path not in again]
        label = reader.context.options.content
        done, refused = Work(reader.root, label, fresh, reader.limit).run(work, jobs, tick, meanwhile)
        if again:
            more, more_refused = Work(reader.root, label, [*again], reader.limit.for_known).run(
                work, jobs, tick
            )
            done, refused = done | more, refused | more_refused
        readings |= {path: refused_reading(diagnostic) for path, diagnostic in refused.items()}
    else:
        done = dict(zip(wanted, fork_map(work, wanted, jobs, tick, meanwhile=meanwhile), strict=True))
    for path, (reading, body, record) in done.items():
        readings[path] = reading
        if body:
            readings[path] = replace(readings[path], place=blobs.put(body))
        if record:
            readings[path] = replace(readings[path], record=blobs.put(record))
    blobs.flush()
    return {path: readings[path] for path in listed}


def _is_known(before: Reading | None, mark: Stamp | None) -> bool:
    """Whether a document was read before in its current state."""
    return before is not None and mark is not None and before.stamp.digest == mark.digest


def _stamp(path: str, status: Status, known: Stamp) -> Stamp | None:
    try:
        return stamp(path, status, known)
    except OSError:
        return None


def _still_good(before: Reading, mark: Stamp, reader: Reader) -> bool:
    if not before.recipe or before.recipe != reader.recipe or before.stamp.digest != mark.digest:
        return False
    # A warm cache refuses the same documents as a cold one.
    if before.seconds > reader.most_seconds:
        return False
    if not reader.holds(before):
        return False
    document = before.document
    published = document is not None and not why_withheld(document, reader.moment)
    return before.place is not None or not published
