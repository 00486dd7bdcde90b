"""The workflows for hosted git: well formed, with actions at an exact commit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from deskpress import __version__
from deskpress.host.scaffold import new_site

NOW = datetime(2012, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ci", "path"), [("github", ".github/workflows/publish.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_site_for_hosted_git_checks_and_builds(tmp_path: Path, ci: str, path: str) -> None:
    new_site(tmp_path / "desk", NOW, ci)
    text = (tmp_path / "desk" / path).read_text()
    assert yaml.safe_load(text)
    assert f"deskpress=={__version__}" in text
    assert text.index("deskpress check") < text.index("deskpress build")
    uses = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in uses)
    assert bool(uses) is (ci == "github")


def test_a_site_without_a_host_has_no_workflow(tmp_path: Path) -> None:
    made = {p.relative_to(tmp_path).as_posix() for p in new_site(tmp_path / "desk", NOW)}
    assert not [path for path in made if "gitlab" in path or "github" in path]


def test_this_repository_names_the_same_actions(tmp_path: Path) -> None:
    new_site(tmp_path / "desk", NOW, "github")
    path = ".github/workflows/publish.yml"
    ours = (Path(__file__).resolve().parents[2] / path).read_text()
    theirs = (tmp_path / "desk" / path).read_text()
    assert yaml.safe_load(ours)
    assert set(re.findall(r"uses: .*", ours)) == set(re.findall(r"uses: .*", theirs))
