"""Which templates of a site's own, written for Material, take no part in Deskpress' pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

BLOCKS = frozenset(
    "config container content fonts footer header htmltitle site_meta site_nav styles tabs".split()
)
"""Blocks of Material's `base.html` that `deskpress/layout.html` replaces: a test compares the two."""

PARTIALS = frozenset(
    "actions alternate content copyright feedback footer header icons nav nav-item pagination path path-item"
    " post search tabs tabs-item toc toc-item".split()
)
"""Partials of Material that nothing shows where these blocks are replaced: a test compares the two."""

_INSTEAD = {
    "copyright": "`copyright` and `plugins: deskpress: footer` say what stands there",
    "footer": "`plugins: deskpress: footer` has its links",
    "styles": "`extra_css` brings style sheets",
    "fonts": "`theme: font` names them",
}
"""What does the same here, by the name of a block or partial."""

_USUAL = "`deskpress/page.html` and `deskpress/post.html` may be overridden"

_BLOCK = re.compile(r"\{%[-+]?\s*block\s+(\w+)")
_EXTENDS = re.compile(r"""\{%[-+]?\s*extends\s+["'](?:main|base)\.html["']""")

MAX_TEMPLATE = 1_000_000
"""Bytes of a template that are looked at."""


def unused_templates(folder: Path) -> Iterator[str]:
    """What of the templates in the site's `custom_dir` has no effect, a line each."""
    texts = {
        path.relative_to(folder).as_posix(): path.read_bytes()[:MAX_TEMPLATE].decode("utf-8", "replace")
        for path in sorted(folder.rglob("*.html"))
        if path.is_file()
    }
    # With `template: home.html` in its front matter a page is made by that, upon Material's own.
    whole = {name for name in texts if name not in ("main.html", "404.html") and _EXTENDS.search(texts[name])}
    where = " but for pages with `template` in their front matter" if whole else ""
    for block in dict.fromkeys(_BLOCK.findall(texts.get("main.html", ""))):
        if block in BLOCKS:
            yield f"`main.html`: the block `{block}` has no effect{where}: {_INSTEAD.get(block, _USUAL)}"
    for name in texts:
        partial = name.removeprefix("partials/").removesuffix(".html")
        named = any(name in text for other, text in texts.items() if other != name)
        if name.startswith("partials/") and partial in PARTIALS and not named:
            yield f"`{name}` has no effect{where}: {_INSTEAD.get(partial, _USUAL)}"
    if "404.html" in texts:
        yield "`404.html` has no effect: `deskpress/not_found.html` may be overridden"
