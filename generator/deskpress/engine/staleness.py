"""Decides whether an output has to be made again, and says why."""

from __future__ import annotations

from collections.abc import Mapping

from deskpress.engine.build_log import OutputRecord
from deskpress.engine.stamps import Stamp

MANY = 20
"""Up to this many changed questions are searched for one by one."""


def why_stale(
    trace: OutputRecord | None, recipe: str, changed: Mapping[str, str], on_disk: Stamp | None
) -> str | None:
    """Say why an output must be rendered again, or None if it is fresh."""
    if trace is None:
        return "never rendered"
    if trace.recipe != recipe:
        return "the recipe changed (code, options or tool versions)"
    # Usually few have changed: splitting thousands of records for them takes longer than searching.
    if len(changed) > MANY or any(read in trace.reads for read in changed):
        for read in trace.reads.split():
            if read in changed:
                return changed[read]
    if on_disk is None:
        return "the file is gone"
    if on_disk.digest != trace.stamp.digest:
        return "the file was changed by somebody else"
    return None
