"""The wheel, theme included, in an empty environment far from this repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


def run(*arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_makes_a_styled_site_elsewhere(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, REPOSITORY, cwd=tmp_path)
    wheel = next(tmp_path.glob("deskpress-*.whl"))
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv/bin/python"
    uv: list[str | Path] = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", python]
    run(*uv, "--require-hashes", "-r", REPOSITORY / "requirements/site.txt", cwd=tmp_path)
    run(*uv, "--no-deps", wheel, cwd=tmp_path)
    command = tmp_path / "venv/bin/deskpress"
    run(command, "new", "site", "demo", cwd=tmp_path)
    assert "files written" in run(command, "build", "--strict", "--future", cwd=tmp_path / "demo")
    site = tmp_path / "demo/site"
    for page in ("index.html", "blog/index.html", "help/getting-help/index.html"):
        assert "assets/stylesheets/deskpress.css" in (site / page).read_text()
    assert "--dp-measure" in (site / "assets/stylesheets/deskpress.css").read_text()
    assert run(python, "-m", "mkdocs", "build", "-q", "-d", tmp_path / "again", cwd=tmp_path / "demo") == ""
    run("diff", "-r", site, tmp_path / "again", cwd=tmp_path)
