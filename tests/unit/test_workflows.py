"""The workflows for hosted git: well formed, with actions at an exact commit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from deskpress import __version__
from deskpress.app.ci_requirements import is_whole, requirement_files
from deskpress.app.new import new_site

NOW = datetime(2012, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ci", "path"), [("github", ".github/workflows/publish.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_site_for_hosted_git_checks_and_builds(tmp_path: Path, ci: str, path: str) -> None:
    new_site(tmp_path / "desk", NOW, ci)
    text = (tmp_path / "desk" / path).read_text()
    assert yaml.safe_load(text)
    for line in re.findall(r"pip install.*", text):
        assert "--require-hashes" in line
        assert re.search(r"-r requirements(-build)?\.txt$", line)
        assert ("--no-build-isolation" in line) is ("--only-binary setuptools" not in line)
    assert text.count("pip install") == 2
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


DIGEST = "0" * 63 + "1"


def requirements(text: str) -> dict[str, list[str]]:
    """Each requirement with the hashes it may have."""
    joined = re.sub(r"^#.*$", "", text.replace("\\\n", " "), flags=re.M)
    lines = [line.split(" #")[0].split("--hash=") for line in joined.splitlines() if line.strip()]
    return {line[0].split(";")[0].strip(): [h.strip() for h in line[1:]] for line in lines if line[0].strip()}


@pytest.mark.parametrize(
    ("record", "own"),
    [
        (
            f'{{"url": "file:///x.whl", "archive_info": {{"hash": "sha256={DIGEST}"}}}}',
            f"deskpress=={__version__}",
        ),
        (
            f'{{"url": "https://a.example/d.whl#x", "archive_info": {{"hashes": {{"sha256": "{DIGEST}"}}}}}}',
            "deskpress @ https://a.example/d.whl",
        ),
    ],
)
def test_what_came_from_a_wheel_is_installed_with_its_hash(record: str, own: str) -> None:
    files = requirement_files(record)
    found = requirements(files["requirements.txt"])
    assert found[own] == [f"sha256:{DIGEST}"]
    assert all(found.values())
    assert len(found) > 30
    assert is_whole(files)


@pytest.mark.parametrize(
    "record",
    [
        None,
        "",
        "[]",
        '{"url": "file:///x", "dir_info": {"editable": true}}',
        '{"url": "file:///x.whl", "archive_info": {}}',
        '{"url": "https://a.example/x.whl", "archive_info": {"hash": "md5=00"}}',
        '{"url": "https://a.example/x.whl", "archive_info": {"hash": "sha256=0 --hash"}}',
        '{"url": "https://a.example/x.whl", "archive_info": "none"}',
    ],
)
def test_without_a_hash_of_deskpress_nothing_is_installed(record: str | None) -> None:
    files = requirement_files(record)
    found = requirements(files["requirements.txt"])
    assert [name for name, hashes in found.items() if not hashes] == [f"deskpress=={__version__}"]
    assert "pip hash" in files["requirements.txt"]
    assert not is_whole(files)


def test_what_builds_packages_without_a_wheel_has_a_hash_too() -> None:
    files = requirement_files(None)
    build = requirements(files["requirements-build.txt"])
    assert [name.split("==")[0] for name in build] == ["setuptools"]
    assert all(build.values())
    assert build.items() <= requirements(files["requirements.txt"]).items()
