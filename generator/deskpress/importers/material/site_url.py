"""Finds the site's own address where the configuration does not tell it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from deskpress.importers.changes import Changes
from deskpress.importers.material.sources import ConfigFiles, Stock, rewrite
from deskpress.importers.report import ImportReport
from deskpress.importers.yaml_text import written


def set_url(sources: ConfigFiles, stock: Stock, report: ImportReport, changes: Changes) -> None:
    """Feeds and canonical links need the site's own address, which MkDocs can do without."""
    given = str(stock.data.get("site_url") or "")
    if urlsplit(given).scheme in ("http", "https") and urlsplit(given).netloc:
        return
    file = next((one for one in sources.files if one.pair("site_url")), sources.main)
    pair = file.pair("site_url")
    url, why = _guess(stock, changes)
    report.add("changed", "site_url", f"`{url}`: {why}", file.place("site_url"))
    lines = list(file.lines)
    if pair is not None and getattr(pair[1], "tag", "") == "!ENV":
        # The variable still decides where it is set.
        names = [pair[1]] if not isinstance(pair[1].value, list) else [n for n in pair[1].value if n.value]
        text = f"!ENV [{', '.join(str(name.value) for name in names)}, {written(url)}]"
    else:
        text = written(url)
    if pair is not None:
        first, last = pair[0].start_mark.line, file.last_line(pair[1], pair[0].start_mark.line)
        lines[first : last + 1] = [f"site_url: {text}"]
    else:
        at = file.pair("site_name")
        after = file.last_line(at[1], at[0].start_mark.line) + 1 if at else 0
        lines.insert(after, f"site_url: {text}")
    rewrite(changes, file, "\n".join(lines))


def _guess(stock: Stock, changes: Changes) -> tuple[str, str]:
    """The address at which the site is likely to be, and how that was found."""
    folder = str(stock.data.get("docs") or "docs")
    if "CNAME" in stock.files:
        name = changes.read(f"{folder}/CNAME").strip()
        if re.fullmatch(r"[A-Za-z0-9.-]+", name):
            return f"https://{name}/", f"from {folder}/CNAME; correct it if the site is elsewhere"
    found = re.fullmatch(
        r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", str(stock.data.get("repo_url") or "")
    )
    if found:
        return (
            f"https://{found[1].lower()}.github.io/{found[2]}/",
            "from `repo_url`; correct it if the site is elsewhere",
        )
    return "https://example.com/", "feeds and canonical links need it: write the site's own address here"
