"""The Markdown extensions that imported texts need; a site that lacks one gets it."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from deskpress.importers.yaml_text import YamlText, YamlTextError

WANTED = {
    "admonition": "",
    "attr_list": "",
    "def_list": "",
    "footnotes": "",
    "tables": "",
    "pymdownx.details": "",
    "pymdownx.superfences": "",
    "pymdownx.tabbed": "{alternate_style: true}",
    "pymdownx.tasklist": "",
}
"""Names, with the options that each is to have."""

IN_HTML = "md_in_html"
"""Needed where elements of HTML say that their content is Markdown, and by no other text."""

_BUNDLES = {
    "extra": "attr_list def_list footnotes md_in_html tables",
    "markdown.extensions.extra": "attr_list def_list footnotes md_in_html tables",
    "pymdownx.extra": "attr_list def_list footnotes md_in_html tables pymdownx.superfences",
}


def missing(present: Iterable[object], *, in_html: bool) -> list[str]:
    """The wanted extensions that a site lacks, with that for Markdown `in_html` if there is any."""
    names = {one if isinstance(one, str) else type(one).__module__ for one in present}
    for name in [*names]:
        names.update(_BUNDLES.get(name, "").split())
        names.add(name.removeprefix("markdown.extensions."))
    return [name for name in (*WANTED, *([IN_HTML] if in_html else ())) if name not in names]


def with_extensions(label: str, text: str, names: list[str]) -> str:
    """The text of `mkdocs.yml` with further extensions. Raises `YamlTextError` for unknown forms."""
    if not names:
        return text
    file = YamlText(label, text)
    found = file.pair("markdown_extensions")
    if found is None or (isinstance(found[1], yaml.ScalarNode) and not found[1].value):
        if found is not None:
            lines = [*file.lines]
            lines[found[0].start_mark.line + 1 : found[0].start_mark.line + 1] = _items(names, "  ")
            return "\n".join(lines)
        return f"{text.rstrip()}\n\nmarkdown_extensions:\n" + "".join(
            f"{line}\n" for line in _items(names, "  ")
        )
    node = found[1]
    if isinstance(node, yaml.CollectionNode) and node.flow_style and isinstance(node, yaml.SequenceNode):
        at = text.rindex("]", 0, node.end_mark.index)
        inner = ", ".join(name if not WANTED.get(name) else f"{name}: {WANTED[name]}" for name in names)
        return text[:at].rstrip().rstrip(",") + (", " if node.value else "") + inner + text[at:]
    if isinstance(node, yaml.SequenceNode) and node.value:
        last = file.last_line(node, found[0].start_mark.line)
        first = node.value[0]
        indent = file.lines[first.start_mark.line].partition("-")[0]
        return "\n".join([*file.lines[: last + 1], *_items(names, indent), *file.lines[last + 1 :]])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        last = file.last_line(node, found[0].start_mark.line)
        indent = " " * node.value[0][0].start_mark.column
        lines = [f"{indent}{name}: {WANTED.get(name) or '{}'}" for name in names]
        return "\n".join([*file.lines[: last + 1], *lines, *file.lines[last + 1 :]])
    raise YamlTextError(f"{file.place('markdown_extensions')}: add these yourself: {', '.join(names)}")


def _items(names: list[str], indent: str) -> list[str]:
    return [f"{indent}- {name}" + (f": {WANTED[name]}" if WANTED.get(name) else "") for name in names]
