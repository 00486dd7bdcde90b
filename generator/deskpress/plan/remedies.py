"""What brings an address right that would lead nowhere: a command or a line, by what became of its file."""

from __future__ import annotations

from deskpress.model.published import Published


def remedy(address: str, file: str, now: Published, content: str) -> str:
    """What to do about `address`, at which the document `file` of the folder `content` was shown.

    A file that is there still has another address, or is held back. One that is gone may be taken back.
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
    """The slug by which an address was what it was; empty where more than that has changed."""
    before, after = old.rstrip("/").split("/"), new.rstrip("/").split("/")
    if before[:-1] != after[:-1] or old.endswith("/") != new.endswith("/"):
        return ""
    return before[-1].removesuffix(".html")
