"""The data of the tools: the rule sets of the theme and of the site, and trusted senders."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from deskpress.build.config import SiteConfig
from deskpress.engine.package_files import theme_folder
from deskpress.model.addons import Addons
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import Layout, RuleSet, TrustedNames
from deskpress.source.tools import Tools

if TYPE_CHECKING:
    from deskpress.lint.text import Dialect
    from deskpress.source.markdown import Converter, Steps


def make_converter(config: SiteConfig) -> Converter:
    """The converter of a site, with the tools that its content may use."""
    # Not needed if no document has changed.
    from deskpress.build.snippets import NAME, readable_of, rebased
    from deskpress.source.included import ANY_FILE
    from deskpress.source.markdown import Converter, Handling

    options = config.options
    tools = Tools(known_rules(), known_checklist(), options.rules, options.trusted, options.words)
    tools = replace(tools, layouts=options.layouts)
    tools = replace(
        tools, others={one.language_dir: replace(tools, say=one.words) for one in options.other_languages}
    )
    given = rebased(config)
    return Converter(
        config.extensions,
        given,
        options.raw_html,
        tools,
        steps=make_steps(options.addons),
        handling=Handling(
            options.search,
            options.policy.frame_host,
            options.max_document_size,
            readable_of(config, given[NAME]) if NAME in given else ANY_FILE,
        ),
    )


def dialect_of(config: SiteConfig) -> Dialect:
    """What the rules of `lint/` need to know about the site's Markdown."""
    # Not needed if no document has changed.
    from deskpress.lint.text import Dialect

    names = {one if isinstance(one, str) else type(one).__module__ for one in config.extensions}
    if config.extension_options.get("pymdownx.snippets", {}).get("auto_append"):
        # Definitions may be in a file that is added to each document.
        names.add("auto_append")
    if config.full_build or config.events:
        # Other plug-ins and hooks may read syntax that Markdown does not have: `{% include … %}`,
        # `[[links]]`.
        names.update(("macros", "wikilinks"))
    return Dialect(frozenset(names))


def make_steps(addons: Addons) -> Steps:
    """How natively supported plug-ins change a document's text; few sites use any of these."""
    from deskpress.source.markdown import Steps

    steps = Steps()
    if (caption := addons.caption) is not None:
        from deskpress.compat.native.caption import CaptionError, captioned, marked
        from deskpress.source.limits import NestingError

        def shape(html: str, meta: Mapping[str, object]) -> str:
            try:
                return captioned(html, caption, meta)
            except CaptionError as error:
                hint = "correct `caption` in the front matter, or the braces after a caption"
                raise NestingError(problem=str(error), hint=hint) from None

        steps = replace(steps, prepare=lambda text, meta: marked(text, caption), shape=shape)
    if (lightbox := addons.lightbox) is not None:
        from deskpress.compat.native.glightbox import with_links

        steps = replace(steps, finish=lambda html, meta: with_links(html, lightbox, meta))
    return steps


_EXPORT = "export default "
_HOST = lazy_pattern(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


@cache
def known_rules() -> Mapping[str, RuleSet]:
    """The rule sets of the theme, from the file that browsers load too: JSON after its comments."""
    return {name: _rule_set(values) for name, values in _data("rules").items()}


@cache
def known_checklist() -> tuple[str, ...]:
    """The steps against spoof e-mails."""
    return tuple(_data("checklist"))


def _data(name: str) -> Any:
    text = theme_folder().joinpath(f"assets/javascripts/tools/{name}.js").read_text("utf-8")
    return json.loads(text[text.index(_EXPORT) + len(_EXPORT) :])


def _rule_set(values: Any) -> RuleSet:
    """Raises `msgspec.ValidationError` or `ValueError`. Names are those of options, or of JavaScript."""
    return msgspec.convert(_renamed(values), RuleSet)


def _renamed(values: Any) -> Any:
    names = {"limitHours": "limit_hours", "from": "since"}
    if isinstance(values, dict):
        return {names.get(key, key): _renamed(value) for key, value in values.items()}
    return [_renamed(value) for value in values] if isinstance(values, list) else values


def rule_problems(given: Mapping[str, Any]) -> tuple[dict[str, RuleSet], list[tuple[str, str]]]:
    """The site's own rule sets, and mistakes in others: (name, problem)."""
    found, problems = {}, []
    for name, values in given.items():
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", str(name)):
            problem = f"`{name}` is not a valid name for rules: use lower-case letters, digits and hyphens"
            problems.append((str(name), problem))
            continue
        if name in known_rules():
            problems.append((name, f"rules called `{name}` come with Deskpress; choose another name"))
            continue
        try:
            found[name] = _rule_set(values)
        except (msgspec.ValidationError, ValueError) as error:
            problems.append((name, f"rules: {name}: {error}".replace("$.", "")))
    return found, problems


def layout_problems(given: list[Any]) -> tuple[tuple[Layout, ...], list[tuple[str, str]]]:
    """The site's own layouts of exports, and mistakes in others: (text, problem)."""
    found, problems = [], []
    for number, values in enumerate(given, 1):
        try:
            found.append(msgspec.convert(values, Layout))
        except (msgspec.ValidationError, ValueError) as error:
            problems.append(("layouts", f"layouts, number {number}: {error}".replace("$.", "")))
    return tuple(found), problems


def trusted_problems(given: Mapping[str, Any]) -> tuple[TrustedNames, list[tuple[str, str]]]:
    """The trusted senders and sites, and mistakes in others: (text, problem)."""
    problems = [(str(key), f"`trusted` has no `{key}`") for key in given if key not in ("senders", "sites")]
    lists: dict[str, tuple[str, ...]] = {}
    for key in ("senders", "sites"):
        values = given.get(key, [])
        if not isinstance(values, list):
            problems.append((key, f"trusted: {key} is a list of domains"))
            continue
        # All hosts below a site are trusted anyway; for senders `*.` says so.
        bare = [str(value).removeprefix("*.") if key == "senders" else str(value) for value in values]
        wrong = [str(value) for value, name in zip(values, bare, strict=True) if not _HOST.fullmatch(name)]
        problems += [(value, f"trusted: `{value}` is not a domain") for value in wrong]
        lists[key] = tuple(map(str, values))
    return TrustedNames(**lists), problems
