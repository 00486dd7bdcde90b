"""Settings of a site that has no blog: nothing that Deskpress makes may take the address of a page."""

from __future__ import annotations

from deskpress.compat.material.setting import Report, Setting


def without_blog(files: frozenset[str], report: Report, place: str) -> list[Setting]:
    """The settings; `files` are the paths in the content folder."""
    settings, addresses = list[Setting](), list[Setting]()
    for name, default in (("posts_dir", "posts"), ("help_dir", "help"), ("notices_dir", "notices")):
        if any(path.startswith(f"{default}/") for path in files):
            free = _free(files, f"{default}-of-the-desk", f"desk/{default}")
            settings.append(Setting(name, free))
            report.add("kept", f"{default}/", f"its files stay pages: `{name}` is another folder", place)
    for name in ("blog", "archive", "subscribe"):
        if not _is_free(files, name):
            free = _free(files, f"desk/{name}", f"deskpress/{name}")
            addresses.append(Setting(name, f"{free}/"))
            report.add(
                "kept", f"/{name}/", f"the page keeps its address: `addresses: {name}: {free}/`", place
            )
    report.add("changed", "plug-in deskpress", "added", place)
    return [*settings, *([Setting("addresses", tuple(addresses))] if addresses else [])]


def _is_free(files: frozenset[str], name: str) -> bool:
    """Whether no page of the content has the address of a name."""
    taken = (f"{name}.md", f"{name}/index.md", f"{name}/README.md", f"{name}.html", f"{name}/index.html")
    return not any(one in files for one in taken)


def _free(files: frozenset[str], *names: str) -> str:
    """The first of the names that no file has."""
    free = (
        name for name in names if _is_free(files, name) and not any(f.startswith(f"{name}/") for f in files)
    )
    return next(free, f"{names[-1]}-2")
