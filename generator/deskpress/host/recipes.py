"""What outputs depend on besides content: our code, tools, configuration, templates. All in fingerprints."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from deskpress.engine.fingerprint import describe, digest, fingerprint
from deskpress.engine.stamps import read_bytes
from deskpress.host.contract import own_icons
from deskpress.host.rules import known_checklist, known_rules
from deskpress.model.output import OutputSpec
from deskpress.model.site import Options
from deskpress.model.words import Words
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, untested, version_of

TOOLS = (
    "babel",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "mkdocs",
    "mkdocs-material",
    "msgspec",
    "nh3",
    "pillow",
    "pygments",
    "pymdown-extensions",
    "pyyaml",
    "rapidfuzz",
    "selectolax",
    "snowballstemmer",
    "tzdata",
)
"""Distributions whose version can change bytes."""

SAFE_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em"
    " md_in_html meta nl2br sane_lists smarty tables toc wikilinks"
    " pymdownx.arithmatex pymdownx.betterem pymdownx.blocks.admonition pymdownx.blocks.details"
    " pymdownx.blocks.tab pymdownx.caret pymdownx.critic pymdownx.details pymdownx.emoji"
    " pymdownx.escapeall pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink"
    " pymdownx.mark pymdownx.saneheaders pymdownx.smartsymbols pymdownx.snippets pymdownx.superfences"
    " pymdownx.tabbed pymdownx.tasklist pymdownx.tilde".split()
)
"""Extensions that make HTML from the text and their options alone.

`pymdownx.snippets` is among them because a text that names a snippet is never kept (see `is_volatile`).
Any other extension may read what we do not know of, so with one of them every document is converted anew.
"""

KNOWN_CODE = frozenset(
    "builtins datetime deskpress markdown material mkdocs pathlib pygments pymdownx re".split()
)
"""Packages whose versions are among the tools, or whose functions change nothing in HTML."""

SHELL = (
    "site_name site_url site_description site_author copyright repo_url repo_name edit_uri"
    " extra extra_css extra_javascript mdx_configs theme"
).split()
"""What templates may see of MkDocs' configuration: these keys, and the names of the plug-ins."""


@cache
def tools() -> str:
    """The versions of everything that runs, our own code among it, as one fingerprint."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = {
        f"{folder.removeprefix(package)}/{name}": digest(read_bytes(f"{folder}/{name}"))
        for folder, _, names in os.walk(package)
        for name in names
        if name.endswith(".py")
    }
    # Follows from versions and code, unless the list of tested releases is changed while this runs.
    stock = (untested(FOR_MARKDOWN), untested(FOR_TEMPLATES))
    return fingerprint((code, {name: version_of(name) for name in TOOLS}, sys.version, stock))


def make_shell(config: MkDocsConfig, options: Options) -> SimpleNamespace:
    """The part of the configuration that templates see in a language; there is no way from it to the rest."""
    values = {name: config[name] for name in SHELL}
    if options.edition:
        # Which way a language is written Material knows itself.
        theme = {key: value for key, value in config.theme.items() if key != "direction"}
        values["theme"] = theme | {"language": options.language, "palette": _palette(theme, options.words)}
    return SimpleNamespace(**values, plugins=dict.fromkeys(config.plugins))


def _palette(theme: Mapping[str, Any], words: Words) -> Any:
    """Material's switch between light and dark, as far as the language has words for it."""
    palette = theme.get("palette")
    if not isinstance(palette, list):
        return palette
    return [
        scheme | {"toggle": scheme["toggle"] | {"name": words(str(scheme["toggle"].get("name", "")))}}
        if isinstance(scheme, dict) and isinstance(scheme.get("toggle"), dict)
        else scheme
        for scheme in palette
    ]


def page_recipe(config: MkDocsConfig, options: Options) -> str:
    """What every page depends on besides its answers."""
    shell = {name: config[name] for name in SHELL if name != "theme"}
    return fingerprint(
        (tools(), options, describe(shell), describe(dict(config.theme)), list(config.plugins))
    )


def output_recipe(spec: OutputSpec, pages: str) -> str:
    """What one output depends on besides its answers."""
    return digest(f"{pages} {spec.kind} {spec.template} {'/'.join(spec.subject)}".encode())


def reading_recipe(config: MkDocsConfig, options: Options, authors: Mapping[str, Any], drafts: object) -> str:
    """What reading and converting a file depends on besides its bytes; empty if that is not known."""
    extensions = [describe(extension) for extension in config.markdown_extensions]
    if unsafe_extensions(config) or (files := _files_of_extensions(config)) is None:
        return ""
    read = (
        options.content,
        options.posts_dir,
        options.help_dir,
        options.notices_dir,
        options.timezone,
        options.author,
        options.base_path,
        options.max_document_size,
        options.raw_html,
        (options.policy.images, options.url),
        describe((known_rules(), known_checklist(), options.rules)),
        options.trusted,
        options.language,
        [(one.edition, one.language, one.words) for one in (options, *options.editions)],
        options.search,
    )
    return fingerprint(
        (tools(), read, dict(authors), drafts, extensions, describe(config.mdx_configs), files)
    )


def template_digest(folders: Sequence[str], name: str) -> str:
    """The digest of the template that Jinja would find, or a word for none: an override may yet come."""
    for folder in folders:
        # As Jinja joins them: no name leads out of a folder.
        path = Path(f"{folder}/{name}")
        if path.is_file():
            return source_digest(path.read_bytes())
    return "missing"


def source_digest(source: bytes) -> str:
    """The digest of a template's source with its line ends in the form in which Jinja reads them."""
    return digest(source.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def unsafe_extensions(config: MkDocsConfig) -> list[str]:
    """The extensions of which we do not know what they read."""
    names = [str(extension) for extension in config.markdown_extensions]
    plain = {name: name.removeprefix("markdown.extensions.") for name in names}
    unsafe = [name for name, short in plain.items() if short not in SAFE_EXTENSIONS]
    # A function that an option names has code of its own, of which we know no version.
    with_code = [name for name in names if _is_foreign(config.mdx_configs.get(name))]
    return sorted({*unsafe, *with_code})


def _is_foreign(value: Any) -> bool:
    """Whether a configuration holds a function or a class from elsewhere than from what is known."""
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
    """Whether a text may pull in other files (`pymdownx.snippets`), so that it must be read anew."""
    return "-8<-" in markdown


def _files_of_extensions(config: MkDocsConfig) -> dict[str, str] | None:
    """The files that options of extensions name and every document may show, with their digests.

    None if there are some of which that is not known.
    """
    found = {}
    snippets = config.mdx_configs.get("pymdownx.snippets", {})
    bases = snippets.get("base_path", ["."])
    for name in snippets.get("auto_append", []):
        paths = [Path(base, name) for base in ([bases] if isinstance(bases, str) else bases)]
        data = next((path.read_bytes() for path in paths if path.is_file()), None)
        # A part of a file, an address, a file that is not there yet, one that names others.
        if data is None or is_volatile(data.decode("utf-8", "replace")):
            return None
        found[str(name)] = digest(data)
    for folder in own_icons(config):
        # As Material looks for them, behind links too.
        for path in sorted(glob.iglob(os.path.join(folder, "**", "*.svg"), recursive=True)):
            found[path] = digest(Path(path).read_bytes())
    return found
