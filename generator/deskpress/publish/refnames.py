"""Names of branches and tags that do not conflict with git's own, a clone's, or another ref's.

Source: gitrevisions(7), "<refname>": of several refs that a short name may mean git takes the first of `X`,
`refs/X`, `refs/tags/X`, `refs/heads/X`, `refs/remotes/X`. Refs are files in clones, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from deskpress.model.diagnostic import errors
from deskpress.model.patterns import lazy_pattern
from deskpress.publish.names import folded, name_problems

HEADS, TAGS = "refs/heads/", "refs/tags/"

_REMOTES = frozenset({"heads", "tags", "remotes", "refs", "origin", "upstream", "live"})
"""Prefixes of remote branches in a clone: parts of git's own, and usual names of servers."""

_COMMIT = lazy_pattern(r"(?=.*[0-9])(?=.*[a-f])[0-9a-f]{7,}|[0-9a-f]{40,}")
_GITS = lazy_pattern(r"@|(?:[A-Z]+_)*HEAD")


def ref_problems(new: Iterable[str], known: Collection[str], branch: str) -> dict[str, str]:
    """Problems with new refs of an editor, by ref.

    `known` are the existing refs, `branch` is the published branch.
    """
    made = sorted(set(new))
    # Also if there is no preview yet.
    taken = {*known, HEADS + branch, f"{HEADS}preview"}
    meant: dict[str, set[str]] = {}
    for ref in (*taken, *made):
        meant.setdefault(folded(_short(ref)), set()).add(ref)
    odd = {problem.span.path: problem for problem in errors(name_problems({*taken, *made}, taken))}
    found = {}
    for ref in made:
        if problem := _own_problem(ref):
            found[ref] = problem
        elif ref in odd:
            found[ref] = odd[ref].problem
        elif twins := meant[folded(_short(ref))] - {ref}:
            found[ref] = f"git could take it for {min(twins)}"
    return found


def _own_problem(ref: str) -> str:
    short = _short(ref)
    parts = short.split("/")
    if ref.startswith(TAGS) and len(parts) > 1:
        return "a tag with a slash may be taken for a branch of a server: use a hyphen"
    if parts[0].casefold() in _REMOTES:
        return f"in clones, {parts[0]}/… names what others have"
    if _GITS.fullmatch(parts[-1]) or _GITS.fullmatch(parts[0]):
        return "git has such names itself"
    if any(part.startswith("-") for part in parts):
        return "a name that begins with a hyphen is taken for an option"
    if _COMMIT.fullmatch(short):
        return "git could take it for a commit"
    return ""


def _short(ref: str) -> str:
    return ref.removeprefix(HEADS).removeprefix(TAGS)
