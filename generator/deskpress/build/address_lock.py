"""Compares a site with `addresses.lock`, and adds what is published now."""

from __future__ import annotations

from pathlib import Path

from deskpress.build.pipeline import Prepared
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.published import Published
from deskpress.model.site import Options
from deskpress.plan.promises import promised_addresses, promises
from deskpress.plan.remedies import remedy
from deskpress.source.addresses import (
    NAME,
    LockLine,
    addresses_in,
    lock_problem,
    lock_text,
    read_lock,
    write_lock,
)


def lock_review(prepared: Prepared, root: Path) -> list[Diagnostic]:
    """Errors for addresses in the lock that are broken now; a warning about those that are missing in it."""
    if not (root / NAME).is_file():
        return []
    label = f"{prepared.site.options.content}/{NAME}"
    text = lock_text(root)
    published = promised_addresses(prepared.site, prepared.plan, prepared.linker.source_at)
    if addresses_in(text) == published.addresses.keys():
        return []  # the usual case
    lines = read_lock(text)
    if not lines:
        return []  # a new site has an empty lock
    lost = set(published.lost(line.address for line in lines))
    found = [
        Diagnostic(
            Span(label, line.number),
            Severity.ERROR,
            Kind.ADDRESS,
            *_lost(line, published, prepared.site.options),
        )
        for line in lines
        if line.address in lost
    ]
    known = {line.address for line in lines}
    if new := sum(1 for address in published.addresses if address not in known):
        problem = f"{new} published address{'es are' if new != 1 else ' is'} not in the file"
        hint = "`deskpress check --fix` adds them"
        found.append(Diagnostic(Span(label), Severity.WARNING, Kind.ADDRESS, problem, hint))
    return found


def _lost(line: LockLine, published: Published, options: Options) -> tuple[str, str]:
    """The problem with a broken address, and the hint."""
    problem = f"/{line.address} was published and leads nowhere now"
    if line.is_list:
        return problem, "a list leads to the archive by itself; remove the line if no list was ever there"
    was = f": it was {options.content}/{line.path}" if line.path else ""
    return problem + was, remedy(line.address, line.path, published, options.content)


def fix_lock(prepared: Prepared, root: Path) -> int:
    """Add what is published now to the lock; returns the number of added lines. Writes no other file."""
    if lock_problem(root):
        return 0
    lines = read_lock(lock_text(root))
    missing = _missing(lines, promises(prepared.site, prepared.plan))
    if missing:
        (root / NAME).write_text(write_lock([*lines, *missing]), "utf-8")
    return len(missing)


def _missing(lines: list[LockLine], published: Published) -> list[LockLine]:
    known = {line.address for line in lines}
    ids = {item.address: item.id for feed in published.feeds.values() for item in feed}
    return [
        LockLine(0, address, path, ids.get(address, ""))
        for address, path in published.addresses.items()
        if address not in known
    ]
