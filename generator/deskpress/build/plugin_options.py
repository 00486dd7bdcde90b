"""The options under `plugins: deskpress` (or `[project.plugins.deskpress]`): their names, types and defaults.

Their meanings are in the manual (`deskpress docs options`). Each adapter checks them with its own means:
`host/options.py` makes the schema of the MkDocs plug-in from this class, `read_plugin_options` is for
configurations that are data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import Struct, field

from deskpress.build.config import ConfigReport
from deskpress.model.look import LOOKS
from deskpress.model.site import HOME_ZONES, MAX_DOCUMENT_SIZE, HomeZone
from deskpress.plan.lists import Taxonomy
from deskpress.source.front_matter_keys import nearest


class PluginOptions(Struct, frozen=True):
    """The values as the site gives them; `build/option_values.py` and others check what they say.

    A plain `list` or `dict` may contain anything; of a `list[…]` the items are checked.
    """

    timezone: str = "UTC"
    languages: list[Any] | dict[str, Any] = field(default_factory=list)
    trademark: str = ""
    look: str = LOOKS[0]
    accent: str = ""
    footer: list[Any] = field(default_factory=list)
    posts_dir: str = "posts"
    help_dir: str = "help"
    notices_dir: str = "notices"
    authors_file: str = ""
    authors_profiles: bool = True
    addresses: dict[str, Any] = field(default_factory=dict)
    redirects: dict[str, Any] = field(default_factory=dict)
    front_matter_keys: list[str] = field(default_factory=list)
    page_local: list[str] = field(default_factory=list)
    post_slugify: Callable[..., Any] | None = None
    post_slugify_separator: str = "-"
    categories_slugify: Callable[..., Any] | None = None
    categories_slugify_separator: str = "-"
    posts_per_page: int = 10
    blog_pages: int = 100
    entries_per_page: int = 100
    month_posts: int = 0
    feed_length: int = 20
    list_feeds: list[Taxonomy] = field(default_factory=lambda: ["category"])
    websub_hub: str = ""
    indexnow_key: str = ""
    id_authority: str = ""
    max_document_size: int = MAX_DOCUMENT_SIZE
    git_dates: bool = True
    helpful: str = ""
    helpful_endpoint: str = ""
    contact: str = ""
    home: list[HomeZone] = field(default_factory=lambda: list(HOME_ZONES))
    raw_html: Literal["safe", "trusted", "none"] = "safe"
    search: bool = True
    search_missed: str = ""
    llms: list[Literal["help", "blog", "pages"]] = field(default_factory=lambda: ["help"])
    images: bool = True
    cards: bool = False
    card_font: str = ""
    widgets: list[Any] = field(default_factory=list)
    rules: dict[str, Any] = field(default_factory=dict)
    trusted: dict[str, Any] = field(default_factory=dict)
    layouts: list[Any] = field(default_factory=list)
    policy: dict[str, Any] = field(default_factory=dict)
    drafts: bool = False
    future: bool = False
    expired: bool = False
    as_of: str | datetime | date | None = None


TYPES: Mapping[str, Any] = get_type_hints(PluginOptions)
"""The type of each option."""

_OBJECTS = {name: hint for name, hint in TYPES.items() if name == "as_of" or name.endswith("_slugify")}
"""Options whose values are no plain data: dates and functions."""

_WORDS = {
    "int": "a whole number",
    "str": "text",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def read_plugin_options(given: Mapping[str, Any], report: ConfigReport) -> PluginOptions:
    """The options that a configuration gives; those that are unknown or of another type are reported."""
    values = {}
    for name, value in given.items():
        if name not in TYPES:
            like = nearest(name, TYPES)
            hint = f"did you mean `{like}`?" if like else "remove the line"
            report.warning(name, f"there is no option `{name}`", hint)
        elif problem := _problem(name, value):
            report.error(name, problem)
        else:
            values[name] = value
    return PluginOptions(**values)


def _problem(name: str, value: object) -> str:
    """Why a value is not one of this option; empty if it is."""
    if name in _OBJECTS:
        fits = isinstance(value, str | datetime | date) if name == "as_of" else callable(value)
        return "" if fits else f"`{name}` must be {'a date' if name == 'as_of' else 'a function'}"
    try:
        msgspec.convert(value, TYPES[name])
    except msgspec.ValidationError as error:
        if expected := expected_in(error):
            return f"`{name}` must be {expected}"
        choices = get_args(TYPES[name])
        allowed = get_args(choices[0]) if choices and get_args(choices[0]) else choices
        return f"`{name}` must be one of {', '.join(map(str, allowed))}"
    return ""


def expected_in(error: msgspec.ValidationError) -> str:
    """The type that a value should have had, in words; empty if something else is wrong."""
    found = re.match(r"Expected `(\w+)", str(error))
    return _WORDS.get(found[1], found[1]) if found else ""
