"""`minify` (mkdocs-minify-plugin): pages, scripts and style sheets without what browsers do not need.

Done by the libraries that the plug-in depends on, called in the same way.
"""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping
from typing import Any

from deskpress.model.addons import Minify

_HTML: Mapping[str, object] = {
    "remove_comments": False,
    "remove_empty_space": False,
    "remove_all_empty_space": False,
    "reduce_empty_attributes": True,
    "reduce_boolean_attributes": False,
    "remove_optional_attribute_quotes": True,
    "convert_charrefs": True,
    "keep_pre": False,
    "pre_tags": ("pre", "textarea"),
    "pre_attr": "pre",
}
"""The plug-in's default options for `htmlmin`."""

_LIBRARIES = ("htmlmin2", "jsmin", "csscompressor")


def read_minify(given: Mapping[str, Any]) -> tuple[Minify | None, str]:
    """What is to be minified, and which option is not supported."""
    if given.get("cache_safe"):
        return None, "`cache_safe`"
    files: dict[str, tuple[str, ...]] = {}
    for kind in ("js", "css"):
        named = given.get(f"{kind}_files") or []
        listed = tuple(map(str, named if isinstance(named, list) else [named]))
        if any("*" in path for path in listed):
            return None, f"`{kind}_files` with `*`"
        files[kind] = listed if given.get(f"minify_{kind}") else ()
    html = None
    if given.get("minify_html"):
        told = given.get("htmlmin_opts") or {}
        if not isinstance(told, dict) or not told.keys() <= _HTML.keys():
            return None, "`htmlmin_opts`"
        html = {**_HTML, **told}
    return Minify(html, files["js"], files["css"], tuple(map(_version, _LIBRARIES))), ""


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def minified_page(html: str, options: Minify) -> str:
    """A page as the plug-in writes it."""
    import htmlmin

    if options.html is None:
        return html
    told: dict[str, Any] = dict(options.html)
    return str(htmlmin.minify(html, **told))


def minified_file(path: str, text: str) -> str:
    """A script or a style sheet as the plug-in writes it."""
    if path.endswith(".js"):
        import jsmin

        return str(jsmin.jsmin(text, quote_chars="'\"`"))
    import csscompressor

    # The plug-in's own patch of this library, for release 0.9.5: spaces in `url(…)` stay.
    keep, urls = csscompressor._preserve_call_tokens, csscompressor._url_re
    if csscompressor.__version__ == "0.9.5" and keep.__module__ == "csscompressor":

        def kept(*args: Any, **more: Any) -> Any:
            return keep(*args, **(more | {"remove_ws": False} if urls == args[1] else more))

        csscompressor._preserve_call_tokens = kept
    return str(csscompressor.compress(text))


def minified_path(path: str) -> str:
    """The path of a minified file: `a.js` becomes `a.min.js`."""
    return re.sub(r"\.(js|css)", r".min.\1", path) if path.endswith((".js", ".css")) else path
