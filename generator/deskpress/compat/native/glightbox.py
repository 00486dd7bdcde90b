"""`glightbox` (mkdocs-glightbox): a click on an image shows it large.

Each image becomes a link to itself with the attributes that the plug-in's script reads; the script and its
style sheet are the plug-in's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, create_tag

from deskpress.model.addons import Lightbox

KEYS = ("glightbox", "glightbox-manual", "glightbox.auto_caption")
"""Keys of front matter that the plug-in reads."""

STYLE = "assets/stylesheets/glightbox.min.css"
SCRIPT = "assets/javascripts/glightbox.min.js"

_SKIPPED = frozenset({"emojione", "twemoji", "gemoji", "off-glb"})

DEFAULTS: Mapping[str, Any] = {
    "touchNavigation": True,
    "loop": False,
    "effect": "zoom",
    "slide_effect": "slide",
    "width": "auto",
    "height": "auto",
    "zoomable": True,
    "draggable": True,
    "skip_classes": [],
    "auto_themed": False,
    "auto_caption": False,
    "caption_position": "bottom",
    "background": "white",
    "shadow": True,
    "manual": False,
}
"""The options of the plug-in with its defaults."""


def read_lightbox(given: Mapping[str, Any]) -> tuple[Lightbox | None, str]:
    """The plug-in's options, and which one is not supported."""
    if unknown := [name for name in given if name not in DEFAULTS]:
        return None, f"`{unknown[0]}`"
    return Lightbox({**DEFAULTS, **given}), ""


def lightbox_files() -> dict[str, str]:
    """The plug-in's files by their path in the site."""
    spec = find_spec("mkdocs_glightbox")
    folder = Path(next(iter((spec.submodule_search_locations if spec else None) or ()), "")) / "glightbox"
    return {path: str(folder / path.rpartition("/")[2]) for path in (STYLE, SCRIPT)}


def style_of(options: Lightbox) -> str:
    """The styles that the plug-in writes into pages of Material."""
    given = options.options
    flat = ".glightbox-clean .gslide-media { -webkit-box-shadow: none; box-shadow: none; }"
    slate = 'body[data-md-color-scheme="slate"]'
    rules = (
        "html.glightbox-open { overflow: initial; height: 100%; }",
        ".gslide-title { margin-top: 0px; user-select: text; }",
        ".gslide-desc { color: #666; user-select: text; }",
        f".gslide-image img {{ background: {given['background']}; }}",
        "" if given["shadow"] else flat,
        ".gscrollbar-fixer { padding-right: 15px; }",
        ".gdesc-inner { font-size: 0.75rem; }",
        f"{slate} .gdesc-inner {{ background: var(--md-default-bg-color); }}",
        f"{slate} .gslide-title {{ color: var(--md-default-fg-color); }}",
        f"{slate} .gslide-desc {{ color: var(--md-default-fg-color); }}",
    )
    return "\n".join(filter(None, rules))


def script_of(options: Lightbox) -> str:
    """The script that the plug-in writes into pages of Material."""
    given = options.options
    told = {name: given[name] for name in ("touchNavigation", "loop", "zoomable", "draggable")}
    effect = given["effect"]
    told |= {"openEffect": effect, "closeEffect": effect, "slideEffect": given["slide_effect"]}
    begin = f"const lightbox = GLightbox({json.dumps(told)});"
    return f"{begin}\ndocument$.subscribe(()=>{{ lightbox.reload(); }});\n"


def with_links(html: str, options: Lightbox, meta: Mapping[str, object]) -> str:
    """HTML with a link around each image that can be enlarged; `meta` are the values of the front matter."""
    if "<img" not in html or meta.get("glightbox", True) is False:
        return html
    given = options.options
    skipped = _SKIPPED.union(map(str, _listed(given["skip_classes"])))
    caption = bool(given["auto_caption"] or meta.get("glightbox.auto_caption"))
    # With the tag everything after it is part of the body, including comments and scripts.
    tree = LexborHTMLParser(f"<!doctype html><body>{html}")
    found = False
    for image in tree.css("img"):
        names = set((image.attributes.get("class") or "").split())
        above = image.parent
        if (above is not None and above.tag == "a") or names & skipped or _waits(names, given, meta):
            continue
        link = create_tag("a")
        for name, value in _attributes(image, given, caption=caption).items():
            link.attrs[name] = value
        # A copy: moving a node into its own replacement loses both (selectolax 1.0.1).
        copy = LexborHTMLParser(image.html or "").css_first("img")
        assert copy is not None  # it is the image, parsed again
        link.insert_child(copy)
        image.replace_with(link)
        found = True
    body = tree.body
    return (body.inner_html or "") if found and body is not None else html


def _waits(names: set[str], given: Mapping[str, object], meta: Mapping[str, object]) -> bool:
    """Whether only marked images are enlarged, and this one is not marked."""
    if given["manual"] and meta.get("glightbox") is True:
        return False
    return bool(meta.get("glightbox-manual") or given["manual"]) and "on-glb" not in names


def _attributes(image: LexborNode, given: Mapping[str, object], *, caption: bool) -> dict[str, str]:
    said = {name: value or "" for name, value in image.attributes.items()}
    source = said.get("data-src") or said.get("src", "")
    title = said.get("data-title", "") or (said.get("alt", "") if caption else "")
    gallery = said.get("data-gallery", "")
    if given["auto_themed"]:
        for theme in ("light", "dark"):
            if f"#only-{theme}" in source or f"#gh-{theme}-mode-only" in source:
                gallery = theme
    more = {
        "data-title": title,
        "data-description": said.get("data-description", ""),
        "data-desc-position": said.get("data-caption-position") or str(given["caption_position"]),
        "data-gallery": gallery,
    }
    return {
        "class": "glightbox",
        "data-type": "image",
        "data-width": str(given["width"]),
        "data-height": str(given["height"]),
        "href": source,
        **{name: value for name, value in more.items() if value},
    }


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
