"""Plug-ins whose work Deskpress does itself, with their options in `mkdocs.yml`.

If one has an option that is not supported, the plug-in runs in MkDocs' loop, and the build says which option
it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from deskpress.compat.configuration import Configuration
from deskpress.compat.native import caption, glightbox
from deskpress.compat.native.caption import read_caption
from deskpress.compat.native.exclude import read_exclude
from deskpress.compat.native.git_dates import TIMEAGO, read_localized, read_plain, timeago_files
from deskpress.compat.native.glightbox import lightbox_files, read_lightbox, script_of, style_of
from deskpress.compat.native.llmstxt import read_llmstxt
from deskpress.compat.native.minify import minified_path, read_minify
from deskpress.compat.native.open_in_new_tab import SCRIPT, STYLE, new_tab_files
from deskpress.compat.native.references import CODE, HEADINGS
from deskpress.compat.native.tags_options import read_tags
from deskpress.compat.plugins.settings import versions
from deskpress.model.addons import Addons, Minify


class Native(Struct, frozen=True):
    """What is done here: the plug-ins by name, and for the others, the unsupported options.

    `files` are files of theirs that the site needs, by their path in it.
    """

    addons: Addons = Addons()
    names: frozenset[str] = frozenset()
    refused: Mapping[str, str] = {}
    files: Mapping[str, str] = {}


Reader = Callable[[Native, Mapping[str, Any], Configuration], tuple[Native, str]]
"""Adds the options of a plug-in; or says which of them is not supported."""


def native(config: Configuration) -> Native:
    """Which of the site's plug-ins are replaced here."""
    found = Native()
    for name in config.plugins:
        read = READERS.get(name)
        if read is None:
            continue
        options: Mapping[str, Any] = config.plugins[name].config
        made, why = read(found, options, config)
        if why:
            found = replace(found, refused={**found.refused, name: why})
        else:
            found = replace(made, names=made.names | {name})
    return found


def _exclude(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    patterns, why = read_exclude(options)
    return _with(known, excluded=patterns), why


def _redirects(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    maps = options.get("redirect_maps") or {}
    return _with(known, redirects=tuple((str(old), str(new)) for old, new in maps.items())), ""


def _minify(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    made, why = read_minify(options)
    return _with(known, minify=made), why


def _new_tab(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    return replace(known, files={**known.files, **new_tab_files(options)}), ""


def _meta(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    name = str(options.get("meta_file", ".meta.yml"))
    return _with(known, meta=name if options.get("enabled", True) else ""), ""


def _tags(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    own = Path(config.theme.custom_dir or "") / "fragments/tags"
    if config.theme.custom_dir and own.is_dir():
        return known, "templates of the site's own in `fragments/tags`"
    made, why = read_tags(options, config.extra.get("tags"), config.mdx_configs.get("toc") or {})
    return _with(known, tags=made), why


def _git_dates(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    made, why = read_localized(options, Path(config.config_file_path or "mkdocs.yml").parent)
    files = timeago_files() if made and made.kind == "timeago" else {}
    return replace(_with(known, git_dates=made), files={**known.files, **files}), why


def _plain_dates(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    made, why = read_plain(options, os.environ)
    return _with(known, git_dates=made), why


def _caption(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    return _with(known, caption=read_caption(options), keys=(*known.addons.keys, caption.KEY)), ""


def _llmstxt(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    if not config.site_url:
        return known, "there is no `site_url`"
    made, why = read_llmstxt(options, versions(("llmstxt",)))
    return _with(known, llmstxt=made), why


def _unused(name: str) -> Reader:
    """A plug-in without effect unless a document uses it; that is detected when documents are read."""

    def read(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
        ours: Any = config.plugins["deskpress"]
        if ours.unhosted:
            return known, "its own code is needed"
        return _with(known, unused=(*known.addons.unused, name)), ""

    return read


def _lightbox(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    made, why = read_lightbox(options)
    known = _with(known, lightbox=made, keys=(*known.addons.keys, *glightbox.KEYS))
    return replace(known, files={**known.files, **lightbox_files()}), why


def _navigation(known: Native, options: Mapping[str, Any], config: Configuration) -> tuple[Native, str]:
    return known, ""  # made as the configuration is loaded (`navigating.py`)


READERS: Mapping[str, Reader] = {
    "autorefs": _unused(HEADINGS),
    "awesome-nav": _navigation,
    "awesome-pages": _navigation,
    "caption": _caption,
    "exclude": _exclude,
    "git-revision-date": _plain_dates,
    "git-revision-date-localized": _git_dates,
    "glightbox": _lightbox,
    "literate-nav": _navigation,
    "llmstxt": _llmstxt,
    "material/meta": _meta,
    "material/tags": _tags,
    "minify": _minify,
    "mkdocstrings": _unused(CODE),
    "open-in-new-tab": _new_tab,
    "redirects": _redirects,
    "section-index": _navigation,
}
"""By MkDocs' names of the plug-ins."""


def _with(known: Native, **values: Any) -> Native:
    return replace(known, addons=replace(known.addons, **values))


def apply(config: Configuration, found: Native) -> None:
    """Apply what the plug-ins do to the configuration before a build."""
    if SCRIPT in found.files:
        _add(config.extra_javascript, SCRIPT)
    if STYLE in found.files:
        _add(config.extra_css, STYLE)
    if TIMEAGO[0] in found.files and TIMEAGO[0] not in map(str, config.extra_javascript):
        config.extra_javascript[:0] = TIMEAGO[:2]
        config.extra_css[:0] = TIMEAGO[2:]
    # The plug-in loads it, even when it is not enabled.
    if "material/tags" in found.names and not _has_attributes(config):
        config.markdown_extensions.append("attr_list")
    if lightbox := found.addons.lightbox:
        config.theme["lightbox"] = {"style": style_of(lightbox), "script": script_of(lightbox)}
    if found.addons.minify:
        _rename_minified(config, found.addons.minify)


def _rename_minified(config: Configuration, minify: Minify) -> None:
    """Refer to minified scripts and style sheets by their new names."""
    for number, script in enumerate(config.extra_javascript):
        if str(script) in minify.scripts:
            if isinstance(script, str):
                config.extra_javascript[number] = minified_path(script)
            else:
                script.path = minified_path(script.path)
    for number, sheet in enumerate(config.extra_css):
        if sheet in minify.styles:
            config.extra_css[number] = minified_path(sheet)


def _has_attributes(config: Configuration) -> bool:
    return any(isinstance(one, str) and one.endswith("attr_list") for one in config.markdown_extensions)


def _add(entries: list[Any], path: str) -> None:
    if path not in map(str, entries):
        entries.append(path)


def mute(config: Configuration, names: Iterable[str]) -> None:
    """Keep MkDocs from calling events of these plug-ins, whose work is done here."""
    muted = [config.plugins[name] for name in names]
    for methods in config.plugins.events.values():
        methods[:] = [one for one in methods if getattr(one, "__self__", None) not in muted]
