"""Widths of screens in light and dark: a part in `make test`, the others in `make test-long`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest


def screens(widths: Collection[int], tried: Collection[tuple[int, str]]) -> list[Any]:
    """Each width with each scheme, for `parametrize("width, scheme", …)`; those not `tried` are `long`."""
    return [
        pytest.param(width, scheme, marks=() if (width, scheme) in tried else pytest.mark.long)
        for width in widths
        for scheme in ("light", "dark")
    ]
