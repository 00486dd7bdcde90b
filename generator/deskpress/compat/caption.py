"""`caption` (mkdocs-caption): captions of images, tables and other things, with numbers.

The plug-in's own functions do it, for one document at a time. Links that name the caption of another document
are filled in by the plug-in only where addresses end in `.html`; here they never are.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from deskpress.model.addons import Caption

KEY = "caption"
"""The key of front matter with options for one document."""

_PARTS = ("table", "figure", "custom")
_LEFT = re.compile(r"</?(?:table|figure|custom)-caption(?:-end)?\b[^<>]*>")
"""Marks of the plug-in that it leaves in the text."""

_SIDE = re.compile(r'(<caption) style="caption-side:\s*(top|bottom);?"')


def read_caption(given: Any) -> Caption:
    """What the plug-in is asked for, and its version."""
    options: dict[str, Any] = {name: dict(given[name]) for name in _PARTS}
    options |= {name: given[name] for name in ("additional_identifier", "cross_reference_text")}
    return Caption(options, importlib.metadata.version("mkdocs-caption"))


def marked(markdown: str, options: Caption) -> str:
    """A text in which lines that are captions are marked."""
    from mkdocs_caption import custom, image, table

    config = _config(options, {})
    markdown = table.preprocess_markdown(markdown, config=config.table)
    markdown = image.preprocess_markdown(markdown, config=config.figure)
    identifiers = config.additional_identifier
    return str(custom.preprocess_markdown(markdown, config=config.custom, identifiers=identifiers))


def captioned(html: str, options: Caption, meta: Mapping[str, object]) -> str:
    """HTML of a marked text with its captions, and with their names in empty links to them."""
    if not any(mark in html for mark in ("<img", "-caption")):
        return html
    from lxml import etree
    from mkdocs_caption import custom, image, table
    from mkdocs_caption.logger import get_logger
    from mkdocs_caption.post_processor import PostProcessor

    own = meta.get(KEY)
    config = _config(options, own if isinstance(own, dict) else {})
    # The plug-in asks a page for its name and its title, for links from others.
    page = SimpleNamespace(file=SimpleNamespace(src_path="page.md", src_uri="page.md"), title="")
    filler = PostProcessor("{local_ref}")
    tree = etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser())
    for module, part in ((table, config.table), (custom, config.custom), (image, config.figure)):
        module.postprocess_html(
            tree=tree, config=part, page=page, post_processor=filler, logger=get_logger("content")
        )
    written = etree.tostring(tree, encoding="unicode", method="html")
    begin, end = len("<html><body>"), -len("</body></html>")
    filled = str(filler.post_process(page, written[begin:end]))
    filled = _LEFT.sub("", filled)
    # Pages allow no `style`; above is where captions of tables stand anyhow.
    return _SIDE.sub(lambda found: found[1] + (' class="dp-below"' if found[2] == "bottom" else ""), filled)


def _config(options: Caption, own: Mapping[str, Any]) -> Any:
    from mkdocs_caption.config import CaptionConfig, update_config

    config = CaptionConfig()
    config.load_dict({name: _copied(value) for name, value in options.options.items()})
    config.validate()
    return update_config(config, {name: _copied(value) for name, value in own.items()})


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
