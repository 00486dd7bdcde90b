"""Hints for addresses that became invalid: a command or a line, depending on what happened to the file."""

from __future__ import annotations

from deskpress.model.published import Published


def remedy(address: str, file: str, now: Published, content: str) -> str:
    """The hint for `address`, which was that of the document `file` in the folder `content`.

    If the file still exists, it has another address, or is withheld. If not, it may be retired.
    """
    if not file:
        return f"add `aliases: [/{address}]` to what takes its place"
    path = f"{content}/{file}"
    retire = f"`deskpress retire {path}`"
    if why := now.withheld.get(file):
        if why == "a draft":
            return (
                f"it is a draft now: remove its line `draft: true`; to take it back for good, then {retire}"
            )
        return f"it is dated ahead now: give it back its date; to take it back for good, then {retire}"
    here = next((other for other, shown in now.addresses.items() if shown == file), None)
    if here is None:
        again = "with `--to FILE` it leads them to what takes its place"
        return f"if it went on purpose, {retire} tells readers that it is gone; {again}"
    if slug := _slug(address, here):
        return (
            f"it is at /{here} now: write `slug: {slug}` in {path}, or `aliases: [/{address}]` to keep both"
        )
    return f"it is at /{here} now: write `aliases: [/{address}]` in {path}"


def _slug(old: str, new: str) -> str:
    """The slug that restores an address; empty if more than the slug has changed."""
    before, after = old.rstrip("/").split("/"), new.rstrip("/").split("/")
    if before[:-1] != after[:-1] or old.endswith("/") != new.endswith("/"):
        return ""
    return before[-1].removesuffix(".html")
