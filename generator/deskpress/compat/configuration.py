"""What the modules here read of a site's configuration, whichever program it is written for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

NAME = "deskpress"
"""The name of the plug-in in `mkdocs.yml`."""

_HOSTS = {
    "github.com": ("GitHub", "edit/master/{0}/"),
    "gitlab.com": ("GitLab", "edit/master/{0}/"),
    "bitbucket.org": ("Bitbucket", "src/default/{0}/"),
}
"""The name of a repository's host, and where a file is edited there."""


class Configuration(Protocol):
    """Keys of MkDocs' configuration with its types: `MkDocsConfig` itself, or what another adapter makes.

    `plugins` maps the names of plug-ins to objects whose `config` has their options, defaults included;
    `theme` is a mapping with `custom_dir`, `dirs` and `static_templates`. Scripts are text or have a `path`.
    """

    config_file_path: Any
    copyright: Any
    docs_dir: Any
    edit_uri: Any
    edit_uri_template: Any
    extra: Any
    extra_css: Any
    extra_javascript: Any
    extra_templates: Any
    hooks: Any
    markdown_extensions: Any
    mdx_configs: Any
    nav: Any
    plugins: Any
    repo_url: Any
    site_author: Any
    site_description: Any
    site_name: Any
    site_url: Any
    theme: Any
    use_directory_urls: Any


def site_file(config: Configuration) -> Path:
    """The configuration file."""
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml"))


def site_folder(config: Configuration) -> Path:
    """The folder of the site's sources, with the configuration file."""
    return site_file(config).resolve().parent


def known_host(repo_url: str, content: str) -> tuple[str | None, str | None]:
    """The name of a repository's host, and where files of the content are edited there, as MkDocs has it."""
    host = urlsplit(repo_url).netloc.lower()
    name, edit = _HOSTS.get(host, (host.split(".")[0].title(), ""))
    return name or None, edit.format(content) or None
