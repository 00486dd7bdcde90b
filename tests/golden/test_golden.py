"""Whole files of the first site, as they should be; `pytest --update-golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = [
    "2012/03/index.html",
    "2012/03/two-numbers-to-watch.html",
    "2012/03/atom.xml",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "sitemap.xml",
]


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_as_it_was(first_site: Path, path: str, request: pytest.FixtureRequest) -> None:
    golden = HERE / path.replace("/", "-")
    built = (first_site / path).read_bytes()
    if request.config.getoption("--update-golden"):
        golden.write_bytes(built)
    assert built == golden.read_bytes()
