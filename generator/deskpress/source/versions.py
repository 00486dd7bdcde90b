"""The versions of everything that runs and can change a byte, including our own code."""

from __future__ import annotations

import os
import sys
from functools import cache

from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.stamps import read_bytes
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
"""Distributions whose version can change output bytes."""


@cache
def tools() -> str:
    """The versions of everything that runs, including our own code, as one fingerprint."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    code = {
        f"{folder.removeprefix(package)}/{name}": digest(read_bytes(f"{folder}/{name}"))
        for folder, _, names in os.walk(package)
        for name in names
        if name.endswith(".py")
    }
    # Determined by versions and code, unless the list of tested releases is changed at run time.
    stock = (untested(FOR_MARKDOWN), untested(FOR_TEMPLATES))
    return fingerprint((code, {name: version_of(name) for name in TOOLS}, sys.version, stock))
