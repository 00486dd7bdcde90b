"""Redirects old addresses of feeds to the new ones, so that subscriptions keep working.

Ids are kept, too, if a source has them; a feed reader that follows the redirect then sees nothing new.
"""

from __future__ import annotations

import yaml

from deskpress.importers.yaml_text import PluginEntry, YamlText, YamlTextError, plugins_of, written

RSS, ATOM = "/feed.xml", "/atom.xml"

OLD_FEEDS = {
    "wxr": {"/feed/": RSS, "/feed/rss2/": RSS, "/feed/atom/": ATOM},
    "mtif": {"/rss.xml": RSS, "/index.rdf": RSS, "/index.xml": RSS},
    "blogger": {"/feeds/posts/default": ATOM, "/rss.xml": RSS},
    "ghost": {"/rss/": RSS},
    "hugo": {"/index.xml": RSS, "/posts/index.xml": RSS},
    "docusaurus": {"/blog/rss.xml": RSS, "/blog/atom.xml": ATOM},
    "jekyll": {},
    "medium": {"/feed": RSS},
}
"""The feeds of each platform, and ours in their place. Jekyll has its feed at our address."""


def with_redirects(label: str, text: str, wanted: dict[str, str]) -> tuple[str, list[str]]:
    """The text of `mkdocs.yml` with further `redirects` of Deskpress, and which are new.

    Raises `YamlTextError` for a form that is not known.
    """
    file = YamlText(label, text)
    plugins = plugins_of(file)
    own = next((one for one in plugins.entries if one.name == "deskpress"), None) if plugins else None
    options = own.options if own is not None else None
    if own is None or not isinstance(options, yaml.MappingNode) or options.flow_style:
        raise YamlTextError(_advice(file.place("plugins"), wanted))
    found = next((pair for pair in options.value if pair[0].value == "redirects"), None)
    if found is None:
        return _added(file, own, options, wanted)
    key, node = found
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        raise YamlTextError(_advice(f"{label}:{key.start_mark.line + 1}", wanted))
    there = {str(pair[0].value).strip("/") for pair in node.value}
    new = [old for old in wanted if old.strip("/") not in there]
    last = file.last_line(node, key.start_mark.line)
    indent = " " * node.value[0][0].start_mark.column
    lines = [f"{indent}{written(old)}: {wanted[old]}" for old in new]
    return "\n".join([*file.lines[: last + 1], *lines, *file.lines[last + 1 :]]), new


def _added(
    file: YamlText, own: PluginEntry, options: yaml.MappingNode, wanted: dict[str, str]
) -> tuple[str, list[str]]:
    indent = " " * options.value[0][0].start_mark.column
    lines = [f"{indent}redirects:", *(f"{indent}  {written(old)}: {new}" for old, new in wanted.items())]
    return "\n".join([*file.lines[: own.last + 1], *lines, *file.lines[own.last + 1 :]]), [*wanted]


def _advice(place: str, wanted: dict[str, str]) -> str:
    listed = ", ".join(f"{old}: {new}" for old, new in wanted.items())
    return f"{place}: old feeds: add these to `redirects` of deskpress yourself: {listed}"
