"""The meaning of an element's classes: the kind of a callout, the language of code."""

from __future__ import annotations

import re

from bs4.element import Tag

_CALLOUT = re.compile(
    r"callout|note|notice|warn|info|tip|hint|important|danger|alert|caution|admonition", re.I
)
_KINDS = (
    ("danger", ("danger", "error", "critical", "stop")),
    ("warning", ("warn", "caution", "important", "attention", "alert")),
    ("tip", ("tip", "hint", "success", "idea")),
    ("info", ("info",)),
)
"""Kinds of callouts by parts of foreign classes; `note` for all others."""

_COLOUR = re.compile(r"callout-(red|yellow|green|blue)")
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*|highlight-source-|sourceCode\s+)([\w+#.-]+)")


def language_of(pre: Tag) -> str:
    """The language of a code block, from its classes or those of its content."""
    for node in (pre, pre.find("code"), pre.parent):
        if isinstance(node, Tag):
            said = (
                " ".join(node.get_attribute_list("class"))
                + " "
                + " ".join(
                    f"lang-{node[key]}"
                    for key in ("lang", "data-language", "data-code-brush")
                    if node.has_attr(key)
                )
            )
            if found := _LANGUAGE.search(said):
                return found[1].lower() if found[1].lower() not in ("none", "plain", "plaintext") else ""
    return ""


def callout(el: Tag) -> str:
    """The kind of box of a division; empty if it is none."""
    said = " ".join(el.get_attribute_list("class")) if el.has_attr("class") else ""
    if el.name == "aside":
        said += " note"
    if not _CALLOUT.search(said):
        return ""
    words = said.lower()
    if colour := _COLOUR.search(words):
        return {"red": "danger", "yellow": "warning", "green": "tip"}.get(colour[1], "info")
    return next((kind for kind, signs in _KINDS if any(sign in words for sign in signs)), "note")
