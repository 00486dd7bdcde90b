"""Accessors of MkDocs' configuration that all modules here share."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

NAME = "deskpress"
"""The name of the plug-in in `mkdocs.yml`."""


def site_file(config: MkDocsConfig) -> Path:
    """The configuration file."""
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml"))


def site_folder(config: MkDocsConfig) -> Path:
    """The folder of the site's sources, with the configuration file."""
    return site_file(config).resolve().parent
