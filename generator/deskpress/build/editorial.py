"""Findings that only `check` reports: the text can be published, but should be checked by an editor."""

from __future__ import annotations

from deskpress.lint.check import in_front_matter, slips
from deskpress.lint.text import Dialect
from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.document import Post, Topic
from deskpress.render.findings import alt_text_warnings, capped, empty_text
from deskpress.source.read import Read


def editorial(label: str, found: Read, converted: Converted, dialect: Dialect) -> tuple[Diagnostic, ...]:
    """The warnings about the file `label` as it was read and converted."""
    warnings = slips(label, found.markdown, found.first_line, dialect, found.heads)
    warnings += in_front_matter(label, found.values, found.head)
    if isinstance(found.document, Post | Topic) and not (warnings or found.diagnostics):
        warnings += empty_text(label, "post" if isinstance(found.document, Post) else "topic", converted)
    return capped([*alt_text_warnings(label, converted), *warnings])
