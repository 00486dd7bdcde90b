"""What outputs depend on besides content: our code, tools, configuration, templates. All as fingerprints."""

from __future__ import annotations

import glob
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

from deskpress.build.config import SiteConfig
from deskpress.build.rules import known_checklist, known_rules
from deskpress.build.snippets import based
from deskpress.engine.fingerprint import describe, digest, fingerprint
from deskpress.model.output import OutputSpec
from deskpress.source.lexicon import lexicon_of
from deskpress.source.tested import version_of
from deskpress.source.versions import tools

SAFE_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em"
    " md_in_html meta nl2br sane_lists smarty tables toc wikilinks"
    " pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.caption"
    " pymdownx.blocks.definition pymdownx.blocks.details pymdownx.blocks.html pymdownx.blocks.tab"
    " pymdownx.bracketspan pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji"
    " pymdownx.escapeall pymdownx.extra pymdownx.fancylists pymdownx.highlight pymdownx.inlinehilite"
    " pymdownx.keys pymdownx.magiclink pymdownx.mark pymdownx.progressbar pymdownx.quotes"
    " pymdownx.saneheaders pymdownx.smartsymbols pymdownx.snippets pymdownx.striphtml"
    " pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde".split()
)
"""Extensions that make HTML only from the text and their options.

`pymdownx.snippets` is included because a text that names a snippet is never cached (see `is_volatile`).
Any other extension may read unknown files, so with one of them every document is converted in each build.
"""

OTHERS_EXTENSIONS: Mapping[str, str] = {
    "callouts": "markdown-callouts",
    "github-callouts": "markdown-callouts",
    "mdx_breakless_lists": "mdx-breakless-lists",
    "mdx_truly_sane_lists": "mdx-truly-sane-lists",
}
"""Such extensions of other authors, with the packages whose versions count."""

KNOWN_CODE = frozenset(
    "builtins datetime deskpress markdown material mkdocs pathlib pygments pymdownx re".split()
)
"""Packages whose versions are among the tools, or whose functions do not change HTML."""


def page_recipe(config: SiteConfig) -> str:
    """What every page depends on besides its answers."""
    shell = {name: value for name, value in config.theme.shell.items() if name != "theme"}
    theme = describe(dict(config.theme.settings))
    return fingerprint(
        (
            tools(),
            config.options,
            describe(shell),
            theme,
            describe(dict(config.theme.plugins)),
            config.theme.more_context,
            config.theme.events.recipe if config.theme.events else "",
        )
    )


def output_recipe(spec: OutputSpec, pages: str) -> str:
    """What one output depends on besides its answers."""
    return digest(f"{pages} {spec.kind} {spec.template} {'/'.join(spec.subject)}".encode())


def reading_recipe(config: SiteConfig, authors: Mapping[str, Any], drafts: object) -> str:
    """What reading and converting a file depends on besides its bytes; empty if that is not known."""
    options = config.options
    if unsafe_extensions(config) or (files := _files_of_extensions(config)) is None:
        return ""
    extensions = [describe(extension) for extension in config.extensions]
    read = (
        [_version(name) for name in OTHERS_EXTENSIONS if name in config.extensions],
        options.config_file,
        options.content,
        options.posts_dir,
        options.help_dir,
        options.notices_dir,
        options.timezone,
        options.author,
        options.base_path,
        options.max_document_size,
        options.raw_html,
        (options.policy.images, options.policy.sources("frames"), options.url),
        describe((known_rules(), known_checklist(), options.rules)),
        options.trusted,
        options.layouts,
        options.language,
        [(one.language_dir, one.language, one.words) for one in (options, *options.other_languages)],
        options.search
        and [sorted(lexicon_of(one.language).stop) for one in (options, *options.other_languages)],
        options.addons.for_reading,
        config.events.recipe if config.events else "",
    )
    return fingerprint(
        (tools(), read, dict(authors), drafts, extensions, describe(config.extension_options), files)
    )


def unsafe_extensions(config: SiteConfig) -> list[str]:
    """The extensions that may read unknown files."""
    names = [str(extension) for extension in config.extensions]
    plain = {name: name.removeprefix("markdown.extensions.") for name in names}
    unsafe = [name for name, short in plain.items() if short not in SAFE_EXTENSIONS and not _version(name)]
    # A function named in an option has code of its own, of unknown version.
    with_code = [name for name in names if _is_foreign(config.extension_options.get(name))]
    return sorted({*unsafe, *with_code})


def _version(extension: str) -> str:
    """The version of one of `OTHERS_EXTENSIONS`; empty if its package is not installed."""
    with suppress(KeyError, PackageNotFoundError):
        return version_of(OTHERS_EXTENSIONS[extension])
    return ""


def _is_foreign(value: Any) -> bool:
    """Whether a configuration holds a function or a class from an unknown package."""
    if value is None or isinstance(value, bool | int | float | str | bytes):
        return False
    if isinstance(value, dict):
        return any(map(_is_foreign, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_is_foreign, value))
    if hasattr(value, "func"):  # functools.partial
        return _is_foreign([value.func, value.args, value.keywords])
    kind = value if hasattr(value, "__qualname__") else type(value)
    return kind.__module__.partition(".")[0] not in KNOWN_CODE


def is_volatile(markdown: str) -> bool:
    """Whether a text may include other files (`pymdownx.snippets`), so that it must be read in each build."""
    return "-8<-" in markdown


def _files_of_extensions(config: SiteConfig) -> dict[str, str] | None:
    """The files that options of extensions name and every document may show, with their digests.

    None if some of them are not known.
    """
    found = {}
    snippets = config.extension_options.get("pymdownx.snippets", {})
    bases = based(config.folder, snippets.get("base_path", ["."]))
    for name in snippets.get("auto_append", []):
        paths = [Path(base, name) for base in bases]
        data = next((path.read_bytes() for path in paths if path.is_file()), None)
        if data is None and ":" not in str(name) and not any(Path(base).is_file() for base in bases):
            found[str(name)] = "absent"  # creating it changes the result
            continue
        # A section of a file, an address, or a file that includes others.
        if data is None or is_volatile(data.decode("utf-8", "replace")):
            return None
        found[str(name)] = digest(data)
    for folder in config.own_icons:
        # In the same way as Material, following links.
        for path in sorted(glob.iglob(os.path.join(folder, "**", "*.svg"), recursive=True)):
            found[path] = digest(Path(path).read_bytes())
    return found
