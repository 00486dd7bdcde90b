"""Reads `mkdocs.yml` into `Options`; mistakes are reported at their line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urljoin

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from msgspec.structs import replace

from deskpress.build.config import ConfigReport
from deskpress.build.languages import read_other_languages, words_of
from deskpress.build.option_values import (
    check_zone,
    code_digest,
    is_form,
    is_url,
    read_addresses,
    read_font,
    read_nav,
    read_redirects,
    read_widgets,
)
from deskpress.build.rules import layout_problems, rule_problems, trusted_problems
from deskpress.compat.configuration import NAME, site_file, site_folder
from deskpress.compat.material.look import check_look
from deskpress.compat.material.policy import read_policy
from deskpress.compat.material.styles import unused_selectors
from deskpress.compat.plugins.addons import native
from deskpress.model.look import LOOKS
from deskpress.model.site import (
    HOME_ZONES,
    MAX_DOCUMENT_SIZE,
    USUAL_SLUGS,
    NavItem,
    Options,
)
from deskpress.model.slugs import SlugFunction
from deskpress.plan.lists import TAXONOMIES

_FUNCTION: Any = Callable  # MkDocs tests with `isinstance`, which accepts it


class PluginOptions(Config):  # type: ignore[no-untyped-call]  # MkDocs does not annotate its hook
    """The keys under `plugins: - deskpress:`. Their meanings are in docs/options.md."""

    timezone = c.Type(str, default="UTC")
    languages = c.Type((list, dict), default=[])
    trademark = c.Type(str, default="")
    look = c.Type(str, default=LOOKS[0])
    accent = c.Type(str, default="")
    footer = c.Type(list, default=[])
    posts_dir = c.Type(str, default="posts")
    help_dir = c.Type(str, default="help")
    notices_dir = c.Type(str, default="notices")
    authors_file = c.Type(str, default="")
    authors_profiles = c.Type(bool, default=True)
    addresses = c.Type(dict, default={})
    redirects = c.Type(dict, default={})
    front_matter_keys = c.ListOfItems(c.Type(str), default=[])
    page_local = c.ListOfItems(c.Type(str), default=[])
    post_slugify = c.Optional(c.Type(_FUNCTION))
    post_slugify_separator = c.Type(str, default="-")
    categories_slugify = c.Optional(c.Type(_FUNCTION))
    categories_slugify_separator = c.Type(str, default="-")
    posts_per_page = c.Type(int, default=10)
    blog_pages = c.Type(int, default=100)
    entries_per_page = c.Type(int, default=100)
    month_posts = c.Type(int, default=0)
    feed_length = c.Type(int, default=20)
    list_feeds = c.ListOfItems(c.Choice(TAXONOMIES), default=["category"])
    websub_hub = c.Type(str, default="")
    indexnow_key = c.Type(str, default="")
    id_authority = c.Type(str, default="")
    max_document_size = c.Type(int, default=MAX_DOCUMENT_SIZE)
    git_dates = c.Type(bool, default=True)
    helpful = c.Type(str, default="")
    helpful_endpoint = c.Type(str, default="")
    contact = c.Type(str, default="")
    home = c.ListOfItems(c.Choice(HOME_ZONES), default=list(HOME_ZONES))
    raw_html = c.Choice(("safe", "trusted", "none"), default="safe")
    search = c.Type(bool, default=True)
    search_missed = c.Type(str, default="")
    llms = c.ListOfItems(c.Choice(("help", "blog", "pages")), default=["help"])
    images = c.Type(bool, default=True)
    cards = c.Type(bool, default=False)
    card_font = c.Type(str, default="")
    widgets = c.Type(list, default=[])
    rules = c.Type(dict, default={})
    trusted = c.Type(dict, default={})
    layouts = c.Type(list, default=[])
    policy = c.Type(dict, default={})
    drafts = c.Type(bool, default=False)
    future = c.Type(bool, default=False)
    expired = c.Type(bool, default=False)
    as_of = c.Optional(c.Type((str, datetime, date)))


def read_options(config: MkDocsConfig, plugin: PluginOptions) -> Options:
    """The checked options of the site. Raises `ContentError` with every mistake."""
    report = ConfigReport(site_file(config))
    url = _site_url(config, report)
    addresses = read_addresses(plugin.addresses, report)
    redirects = read_redirects(plugin.redirects, report)
    check_zone(plugin.timezone, report)
    for name in ("posts_per_page", "blog_pages", "entries_per_page", "feed_length", "max_document_size"):
        if getattr(plugin, name) < 1:
            report.error(name, f"`{name}` must be at least 1")
    if plugin.month_posts < 0:
        report.error("month_posts", "`month_posts` must be 0, for all posts, or more")
    for name in ("posts_dir", "help_dir", "notices_dir"):
        folder = getattr(plugin, name).strip("/")
        if not folder or ".." in folder.split("/"):
            report.error(name, f"`{name}` must be a folder below the content folder")
    if plugin.id_authority and not re.fullmatch(r"[a-z0-9.@-]+,\d{4}(-\d\d){0,2}", plugin.id_authority):
        report.error("id_authority", "`id_authority` must be a name and a date", "as in `desk.example,2012`")
    if plugin.indexnow_key and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", plugin.indexnow_key):
        report.error("indexnow_key", "`indexnow_key` is 8 to 128 letters, digits and hyphens")
    if plugin.helpful and not is_form(plugin.helpful):
        hint = "as in `mailto:desk@help.example` or `https://github.com/us/help/issues/new`"
        report.error("helpful", f"`{plugin.helpful}` is not a URL or a `mailto:` address", hint)
    if ":" in plugin.contact and not is_form(plugin.contact):
        hint = "as in `help/contact.md`, `mailto:desk@help.example` or `https://desk.example/contact`"
        report.error("contact", f"`{plugin.contact}` is not a page, a URL or a `mailto:` address", hint)
    examples = {"websub_hub": "hub.example/", "helpful_endpoint": "desk.example/helpful"}
    for name, example in (examples | {"search_missed": "desk.example/missed"}).items():
        if (given := getattr(plugin, name)) and not is_url(given):
            report.error(name, f"`{given}` is not a valid URL", f"as in `https://{example}`")
    check_look(config, plugin.look, plugin.accent, report)
    rules, wrong_rules = rule_problems(plugin.rules)
    trusted, wrong_names = trusted_problems(plugin.trusted)
    layouts, wrong_layouts = layout_problems(plugin.layouts)
    for name, problem in (*wrong_rules, *wrong_names, *wrong_layouts):
        report.error(name, problem, "see docs/tools.md for the format")
    footer, nav = read_nav(plugin.footer, report), read_nav(config.nav or [], report)
    widgets = read_widgets(plugin.widgets, report)
    font = read_font(site_file(config).parent, plugin.card_font, report)
    policy = read_policy(config, plugin.policy, report.error)
    language = str(config.theme.get("language", "en"))
    words = words_of(language, config.theme.dirs, report.error)
    report.fail()
    folder = site_folder(config)
    options = Options(
        name=config.site_name,
        url=url,
        language=language,
        words=words,
        timezone=plugin.timezone,
        description=config.site_description or "",
        author=config.site_author or "",
        copyright=config.copyright or "",
        trademark=plugin.trademark,
        footer=footer,
        nav=nav,
        content=Path(os.path.relpath(config.docs_dir, folder)).as_posix(),
        posts_dir=plugin.posts_dir.strip("/"),
        help_dir=plugin.help_dir.strip("/"),
        notices_dir=plugin.notices_dir.strip("/"),
        authors_file=plugin.authors_file,
        authors_profiles=plugin.authors_profiles,
        addresses=addresses,
        redirects=redirects,
        posts_per_page=plugin.posts_per_page,
        blog_pages=plugin.blog_pages,
        entries_per_page=plugin.entries_per_page,
        month_posts=plugin.month_posts,
        feed_length=plugin.feed_length,
        list_feeds=tuple(plugin.list_feeds),
        websub_hub=plugin.websub_hub,
        indexnow_key=plugin.indexnow_key,
        id_authority=plugin.id_authority,
        max_document_size=plugin.max_document_size,
        edit_url=_edit_url(config),
        edit_template=_edit_template(config),
        helpful=plugin.helpful,
        helpful_endpoint=plugin.helpful_endpoint,
        contact=plugin.contact,
        home=tuple(plugin.home),
        raw_html=cast("Literal['safe', 'trusted', 'none']", plugin.raw_html),
        search=plugin.search,
        search_missed=plugin.search_missed,
        llms=tuple(plugin.llms),
        images=plugin.images,
        cards=plugin.cards,
        card_font=plugin.card_font,
        card_font_digest=font,
        widgets=widgets,
        rules=rules,
        trusted=trusted,
        layouts=layouts,
        policy=policy,
        slugs=_slugs(plugin),
        features=_features(config),
        addons=native(config).addons,
        unused_selectors=unused_selectors(config),
        feed_files=getattr(config.plugins.get(NAME), "feeds", ()),
    )
    languages = plugin.languages

    def nav_of(items: Any) -> tuple[NavItem, ...]:
        return read_nav(items or [], report)

    options = replace(
        options,
        other_languages=read_other_languages(options, languages, config.theme.dirs, nav_of, report.error),
    )
    report.fail()
    return options


def _features(config: MkDocsConfig) -> tuple[str, ...]:
    """The features of the theme; the section-index plug-in gives sections pages, as one of these does."""
    asked = [str(feature) for feature in config.theme.get("features") or ()]
    return (*asked, *(["navigation.indexes"] if "section-index" in config.plugins else []))


def _slugs(plugin: PluginOptions) -> dict[str, SlugFunction]:
    """The functions that make slugs, by their names in Material's blog, if they are not the default."""
    found = {}
    for kind, name in (("post", "post"), ("category", "categories")):
        function, separator = plugin[f"{name}_slugify"], plugin[f"{name}_slugify_separator"]
        if function is not None or separator != USUAL_SLUGS.separator:
            function = function or USUAL_SLUGS.function
            found[kind] = SlugFunction(function, separator, code_digest(function))
    return found


def _site_url(config: MkDocsConfig, report: ConfigReport) -> str:
    url = config.site_url or ""
    if not is_url(url):
        report.error(
            "site_url",
            "`site_url` is missing" if not url else f"`{url}` is not a valid URL",
            "feeds and canonical links need it: `site_url: https://help.example/`",
        )
    return url if url.endswith("/") else url + "/"


def _edit_url(config: MkDocsConfig) -> str:
    """The address for editing the content folder at the repository's host; MkDocs knows well-known hosts."""
    if not config.repo_url or not config.edit_uri:
        return ""
    url = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri)
    return url.rstrip("/") + "/" if is_url(url.partition("?")[0]) else ""


def _edit_template(config: MkDocsConfig) -> str:
    """The same by `edit_uri_template`, which MkDocs has checked."""
    if not config.edit_uri_template:
        return ""
    # MkDocs makes it a subclass of str.
    joined = urljoin((config.repo_url or "").rstrip("/") + "/", str(config.edit_uri_template))
    return joined if is_url(re.split(r"[?#{]", joined)[0]) else ""
