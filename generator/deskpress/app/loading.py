"""Loads the configuration of a site, whichever program it is written for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deskpress.build.request import Project, Request

if TYPE_CHECKING:
    from deskpress.host.load import Loaded

MKDOCS, ZENSICAL = "mkdocs.yml", "zensical.toml"


def config_in(folder: Path) -> Path:
    """The configuration file in a folder: `mkdocs.yml`, or `zensical.toml` if the former is not for us."""
    ours, theirs = folder / MKDOCS, folder / ZENSICAL
    if theirs.is_file() and not (ours.is_file() and b"deskpress" in ours.read_bytes()):
        return theirs
    return ours


def is_zensical(config_file: Path) -> bool:
    """Whether a configuration file is one of Zensical's: all others are MkDocs' own."""
    return config_file.suffix == ".toml"


def load(request: Request, unhosted: str = "") -> Project:
    """Load the configuration. `unhosted` is why MkDocs has to run all events of plug-ins, if it has to.

    Raises `SetupError`, `ContentError` or `OSError`.
    """
    if not is_zensical(request.config_file):
        return load_for_mkdocs(request, unhosted).project
    # Only one of the two is imported: MkDocs takes a quarter of a second.
    from deskpress.zensical.load import load as load_zensical

    return load_zensical(request)


def load_for_mkdocs(request: Request, unhosted: str = "") -> Loaded:
    """The same of `mkdocs.yml`, with MkDocs' own configuration."""
    from deskpress.host.load import load as load_mkdocs

    return load_mkdocs(request, unhosted)
