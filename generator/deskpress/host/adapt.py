"""Changes MkDocs' configuration so that its loop leaves to Deskpress what Deskpress does."""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig

from deskpress.compat.configuration import NAME
from deskpress.compat.material.prepare import prepare_theme
from deskpress.compat.plugins.addons import apply, native
from deskpress.compat.plugins.full_build import switch_off
from deskpress.compat.plugins.navigating import navigate


def adapt(config: MkDocsConfig) -> None:
    """Put our theme on top of Material, and disable what Deskpress does itself."""
    prepare_theme(config, config.plugins[NAME].config)
    switch_off(config)
    # Links, anchors and the navigation are checked before the first write, by our own rules.
    quiet = logging.DEBUG
    config.validation.nav.omitted_files = quiet
    config.validation.nav.not_found = quiet
    config.validation.nav.absolute_links = quiet
    config.validation.links.not_found = quiet
    config.validation.links.anchors = quiet
    config.validation.links.absolute_links = quiet
    config.validation.links.unrecognized_links = quiet
    found = native(config)
    navigate(config, found.names, found.addons)
    apply(config, found)
