"""`deskpress status` as a page of `deskpress serve`."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from deskpress.app.status import Row, StatusSection
from deskpress.model.address import href

STATUS = "/.deskpress/status"

_HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Status – {name}</title>
<style>
:root {{ color-scheme: light dark; --ink: #1d2733; --soft: #5a6675; --line: #dde3ea; --back: #fff;
  --link: #1a56b0; background: var(--back) }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e6ebf1; --soft: #a3afbd; --line: #333d4a; --back: #14191f; --link: #8ab8ff }}
}}
body {{ margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif }}
a {{ color: var(--link) }}
h1 {{ font-size: 1.5rem; margin: 0 0 .25rem }}
h2 {{ font-size: 1.1rem; margin: 2rem 0 .25rem }}
h2::first-letter {{ text-transform: uppercase }}
h2 span, td span, p {{ color: var(--soft); font-weight: normal }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0; overflow-wrap: anywhere;
  border-top: 1px solid var(--line); font-weight: normal }}
th {{ width: 50%; font-family: ui-monospace, monospace; font-size: .875rem }}
td span {{ display: block; font-size: .875rem }}
@media (max-width: 40rem) {{
  tr {{ display: block; border-top: 1px solid var(--line); padding: .5rem 0 }}
  th, td {{ display: block; width: auto; border: 0; padding: 0 }}
}}
</style>
<body>
<main>
<h1>Status</h1>
<p>What is not live, and what needs an editor. <a href="{base}">The site</a></p>
"""


def page(name: str, base: str, sections: Iterable[StatusSection]) -> bytes:
    """The page for a site called `name` that is served below `base`."""
    parts = [_HEAD.format(name=escape(name), base=escape(base))]
    for one in sections:
        rows = "\n".join(_row(row, base) for row in one.rows)
        head = f"<h2>{escape(one.title)} <span>({len(one.rows)})</span></h2>"
        parts.append(f"<section>\n{head}\n<table>\n{rows}\n</table>\n</section>\n")
    if len(parts) == 1:
        parts.append("<p>Everything is live, and nothing needs an editor.</p>\n")
    return "".join((*parts, "</main>\n")).encode()


def _row(row: Row, base: str) -> str:
    path = escape(row.path)
    if row.address is not None:
        path = f'<a href="{escape(base + href(row.address))}">{path}</a>'
    # A note begins with dates and names, two spaces after each, and ends with the title.
    *notes, title = map(escape, row.told.split("  "))
    told = f"{title}<span>{' · '.join(notes)}</span>" if notes else title
    return f'<tr><th scope="row">{path}</th><td>{told}</td></tr>'
