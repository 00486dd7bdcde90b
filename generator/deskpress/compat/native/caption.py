"""`caption` (mkdocs-caption): captions of images, tables and other things, with numbers.

The plug-in's own functions do it, for one document at a time. The plug-in fills in links that name the
caption of another document only if addresses end in `.html`; here they never do.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from string import Formatter
from types import SimpleNamespace
from typing import Any

from deskpress.model.addons import Caption
from deskpress.model.patterns import lazy_pattern

KEY = "caption"
"""The key of front matter with options for one document."""

_PARTS = ("table", "figure", "custom")
_LEFT = lazy_pattern(r"</?(?:table|figure|custom)-caption(?:-end)?\b[^<>]*>")
"""Marks that the plug-in leaves in the text."""

_SIDE = lazy_pattern(r'(<caption) style="caption-side:\s*(top|bottom);?"')


_NAMES = frozenset({"identifier", "Identifier", "index"})
"""Allowed placeholders in braces; Python's own syntax could access attributes, and pad to any width."""


class CaptionError(ValueError):
    """A document's captions cannot be made; the text says why."""


def read_caption(given: Any) -> Caption:
    """The plug-in's options, and its version."""
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
    """HTML of a marked text with its captions, whose names replace empty link texts to them.

    Raises `CaptionError`.
    """
    if not any(mark in html for mark in ("<img", "-caption")):
        return html
    from lxml import etree

    config = _config(options, _checked(meta.get(KEY), options))
    try:
        return _captioned(html, config)
    # The plug-in takes the options of captions for names of attributes, and numbers for format strings.
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, etree.LxmlError) as error:
        raise CaptionError(f"the plug-in `caption` fails: {error}") from None


def _checked(own: object, options: Caption) -> dict[str, Any]:
    """The options in the front matter, with the types of the plug-in's own. Raises `CaptionError`."""
    if own is None:
        return {}
    usual: Any = _config(options, {})
    if not isinstance(own, dict):
        raise CaptionError("`caption` must be a mapping, as in `caption: {figure: {start_index: 2}}`")
    for part in _PARTS:
        given = own.get(part, {})
        if not isinstance(given, dict):
            raise CaptionError(f"`{part}` of `caption` must be a mapping")
        for name, value in given.items():
            known = getattr(usual, part).get(name)
            if known is not None and type(value) is not type(known):
                raise CaptionError(f"`{name}` of `caption` must be of the type {type(known).__name__}")
            if isinstance(value, str):
                _check_text(name, value)
    return own


def _check_text(name: str, text: str) -> None:
    try:
        fields = [found[1:] for found in Formatter().parse(text) if found[1] is not None]
    except ValueError as error:
        raise CaptionError(f"`{name}` of `caption`: {error}") from None
    if any(field not in _NAMES or form or how for field, form, how in fields):
        raise CaptionError(
            f"`{name}` of `caption` may hold {{identifier}}, {{Identifier}} and {{index}} only"
        )


def _captioned(html: str, config: Any) -> str:
    from lxml import etree
    from mkdocs_caption import custom, image, table
    from mkdocs_caption.logger import get_logger
    from mkdocs_caption.post_processor import PostProcessor

    # The plug-in reads the name and the title of a page, for links from others.
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
    # Pages allow no `style`; captions of tables are above by default.
    return _SIDE.sub(lambda found: found[1] + (' class="dp-below"' if found[2] == "bottom" else ""), filled)


def _config(options: Caption, own: Mapping[str, Any]) -> Any:
    from mkdocs_caption.config import CaptionConfig, update_config

    config = CaptionConfig()
    config.load_dict({name: _copied(value) for name, value in options.options.items()})
    config.validate()
    return update_config(config, {name: _copied(value) for name, value in own.items()})


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
