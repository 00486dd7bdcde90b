"""The options of a site from its configuration, checked; mistakes are reported at their line."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

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
from deskpress.build.plugin_options import PluginOptions
from deskpress.build.rules import layout_problems, rule_problems, trusted_problems
from deskpress.compat.configuration import Configuration, site_file, site_folder
from deskpress.compat.material.look import check_look
from deskpress.compat.material.policy import read_policy
from deskpress.compat.material.styles import unused_selectors
from deskpress.compat.plugins.addons import native
from deskpress.model.site import USUAL_SLUGS, FeedFile, NavItem, Options
from deskpress.model.slugs import SlugFunction


def read_options(
    config: Configuration,
    plugin: PluginOptions,
    report: ConfigReport,
    *,
    feeds: Sequence[FeedFile] = (),
    others: bool = False,
) -> Options:
    """The checked options of the site. Raises `ContentError` with every mistake, those in `report` as well.

    `feeds` are those of another program whose addresses stay; `others` is whether plug-ins or hooks run that
    may bring scripts into pages.
    """
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
        report.error(name, problem, "`deskpress docs tools` shows the format")
    footer, nav = read_nav(plugin.footer, report), read_nav(config.nav or [], report)
    widgets = read_widgets(plugin.widgets, report)
    font = read_font(site_file(config).parent, plugin.card_font, report)
    policy = read_policy(config, plugin.policy, report.error, others=others)
    language = str(config.theme.get("language", "en"))
    words = words_of(language, config.theme.dirs, report.error)
    report.fail()
    folder = site_folder(config)
    options = Options(
        name=config.site_name,
        url=url,
        config_file=report.label,
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
        raw_html=plugin.raw_html,
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
        feed_files=tuple(feeds),
        page_files=not config.use_directory_urls,
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


def as_preview(options: Options) -> Options:
    """The options of a site that no search engine may keep."""
    others = tuple(replace(one, noindex=True) for one in options.other_languages)
    return replace(options, noindex=True, other_languages=others)


def _features(config: Configuration) -> tuple[str, ...]:
    """The features of the theme; the section-index plug-in gives sections pages, as one of these does."""
    asked = [str(feature) for feature in config.theme.get("features") or ()]
    return (*asked, *(["navigation.indexes"] if "section-index" in config.plugins else []))


def _slugs(plugin: PluginOptions) -> dict[str, SlugFunction]:
    """The functions that make slugs, by their names in Material's blog, if they are not the default."""
    found = {}
    for kind, name in (("post", "post"), ("category", "categories")):
        function = getattr(plugin, f"{name}_slugify")
        separator = getattr(plugin, f"{name}_slugify_separator")
        if function is not None or separator != USUAL_SLUGS.separator:
            function = function or USUAL_SLUGS.function
            found[kind] = SlugFunction(function, separator, code_digest(function))
    return found


def _site_url(config: Configuration, report: ConfigReport) -> str:
    url = config.site_url or ""
    if not is_url(url):
        report.error(
            "site_url",
            "`site_url` is missing" if not url else f"`{url}` is not a valid URL",
            "feeds and canonical links need it: `site_url: https://help.example/`",
        )
    return url if url.endswith("/") else url + "/"


def _edit_url(config: Configuration) -> str:
    """The address for editing the content folder at the repository's host; MkDocs knows well-known hosts."""
    if not config.repo_url or not config.edit_uri:
        return ""
    url = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri)
    return url.rstrip("/") + "/" if is_url(url.partition("?")[0]) else ""


def _edit_template(config: Configuration) -> str:
    """The same by `edit_uri_template`, which MkDocs has checked."""
    if not config.edit_uri_template:
        return ""
    # MkDocs makes it a subclass of str.
    joined = urljoin((config.repo_url or "").rstrip("/") + "/", str(config.edit_uri_template))
    return joined if is_url(re.split(r"[?#{]", joined)[0]) else ""
