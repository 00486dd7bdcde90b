"""What others wrote and readers load is what was reviewed: nobody edits a bundle by hand."""

from __future__ import annotations

import hashlib
import json

from tests.tools.conftest import TOOLS

ROOT = TOOLS.parents[3]


def test_bundles_have_the_digests_that_were_noted() -> None:
    lines = (ROOT / "vendor/sha256sums").read_text().splitlines()
    noted = {name: digest for digest, name in map(str.split, lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (TOOLS / "vendor").iterdir()
    }
    assert found == noted


def test_mermaid_has_the_digest_that_was_noted() -> None:
    folder = ROOT / "theme/assets/javascripts/mermaid"
    digest, name = (ROOT / "vendor/mermaid-11.17.2.sha256").read_text().split()
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_versions_are_exact_and_locked_without_a_host() -> None:
    package = json.loads((ROOT / "vendor/package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    locked = json.loads((ROOT / "vendor/package-lock.json").read_text())["packages"]
    assert all(locked[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
    assert all(entry["integrity"].startswith("sha512-") for path, entry in locked.items() if path)
    assert not [path for path, entry in locked.items() if "resolved" in entry]
