"""The wheel, theme included, in an empty environment far from this repository."""

from __future__ import annotations

import re
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


@pytest.mark.long
def test_the_workflow_of_a_new_site_installs_this_wheel_and_no_other(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, REPOSITORY, cwd=tmp_path)
    wheel = next(tmp_path.glob("deskpress-*.whl"))
    run(sys.executable, "-m", "venv", tmp_path / "begin", cwd=tmp_path)
    pip: list[str | Path] = [tmp_path / "begin/bin/python", "-m", "pip", "--disable-pip-version-check", "-q"]
    uv: list[str | Path] = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python"]
    run(*uv, pip[0], "--require-hashes", "-r", REPOSITORY / "requirements/site.txt", cwd=tmp_path)
    # pip records the hash of the file that it installs; uv doesn't.
    run(*pip, "install", "--no-deps", wheel, cwd=tmp_path)
    said = run(tmp_path / "begin/bin/deskpress", "new", "site", "demo", "--ci", "github", cwd=tmp_path)
    assert "created demo/requirements.txt" in said
    assert "add the hash" not in said

    workflow = (tmp_path / "demo/.github/workflows/publish.yml").read_text()
    commands = [line.split()[2:] for line in re.findall(r"run: (pip install .*)", workflow)]
    assert len(commands) == 2
    run(sys.executable, "-m", "venv", tmp_path / "ci", cwd=tmp_path)
    pip[0] = tmp_path / "ci/bin/python"
    for options in commands:
        run(*pip, "install", "--find-links", tmp_path, *options, cwd=tmp_path / "demo")
    assert "pages" in run(tmp_path / "ci/bin/deskpress", "build", "--future", cwd=tmp_path / "demo")

    # Another file of the same name and version, as somebody could put it into an index.
    with wheel.open("ab") as file:
        file.write(b"\0")
    command = [*pip, "install", "--force-reinstall", "--no-deps", "--find-links", tmp_path, *commands[1]]
    done = subprocess.run(command, cwd=tmp_path / "demo", capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
