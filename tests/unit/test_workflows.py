"""The workflows for hosted git: well formed, with actions at an exact commit."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml

from deskpress import __version__
from deskpress.app.ci_requirements import is_whole, requirement_files
from deskpress.app.new import new_site
from tests.conftest import REPOSITORY

NOW = datetime(2012, 3, 12, tzinfo=UTC)


HOSTS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
BIN = Path(sys.executable).parent


def made(folder: Path, host: str) -> dict[str, str]:
    """The workflows of a new site, by path."""
    paths = new_site(folder, NOW, host)
    return {
        p.relative_to(folder).as_posix(): p.read_text()
        for p in paths
        if p.suffix == ".yml" and p.name != "mkdocs.yml"
    }


@pytest.mark.parametrize("host", HOSTS)
def test_a_site_for_hosted_git_checks_and_builds(tmp_path: Path, host: str) -> None:
    texts = made(tmp_path / "desk", host)
    assert (
        sorted(texts)
        == {
            "github": [".github/workflows/due.yml", ".github/workflows/publish.yml"],
            "gitlab": [".gitlab-ci.yml"],
        }[host]
    )
    text = "".join(texts.values())
    for line in re.findall(r"pip install.*", text):
        assert "--require-hashes" in line
        assert re.search(r"-r requirements(-build)?\.txt$", line)
        assert ("--no-build-isolation" in line) is ("--only-binary setuptools" not in line)
    assert text.count("pip install") == 2
    assert text.index("deskpress check") < text.index("deskpress build")
    uses = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in uses)
    assert bool(uses) is (host == "github")
    # Whatever the default branch is called.
    assert not re.search(r"\b(?:main|master)\b", text)


@pytest.mark.parametrize("host", HOSTS)
def test_the_workflows_are_what_the_hosts_own_schema_allows(tmp_path: Path, host: str) -> None:
    texts = made(tmp_path / "desk", host)
    files = [str(tmp_path / "desk" / path) for path in texts]
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", HOSTS[host], *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_site_without_a_host_has_no_workflow(tmp_path: Path) -> None:
    paths = {p.relative_to(tmp_path).as_posix() for p in new_site(tmp_path / "desk", NOW)}
    assert not [path for path in paths if "gitlab" in path or "github" in path]


def test_this_repository_names_the_same_actions(tmp_path: Path) -> None:
    texts = made(tmp_path / "desk", "github")
    root = Path(__file__).resolve().parents[2]
    for path, text in texts.items():
        assert set(re.findall(r"uses: .*", (root / path).read_text())) == set(re.findall(r"uses: .*", text))


@pytest.mark.parametrize("name", ["matrix.yml", "release.yml"])
def test_workflows_of_this_repository_are_well_formed(name: str) -> None:
    file = REPOSITORY / ".github/workflows" / name
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", HOSTS["github"], str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    text = file.read_text()
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in uses)
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    # What a step calls is there: targets of make, files, commands and their options.
    targets = set(re.findall(r"^([\w-]+):", (REPOSITORY / "Makefile").read_text(), re.M))
    assert set(re.findall(r"run: make ([\w-]+)", text)) <= targets
    assert all((REPOSITORY / path).is_file() for path in re.findall(r"requirements/[\w.]+", text))
    for line in re.findall(r"pip install.*", text):
        assert "--require-hashes" in line or "--no-deps" in line


def test_the_matrix_has_every_python_that_is_supported() -> None:
    matrix = yaml.safe_load((REPOSITORY / ".github/workflows/matrix.yml").read_text())
    versions = matrix["jobs"]["linux"]["strategy"]["matrix"]["python"]
    least = re.search(r'requires-python = ">=([\d.]+)"', (REPOSITORY / "pyproject.toml").read_text())
    assert least
    assert versions[0] == least[1]


class Api(ThreadingHTTPServer):
    """What the hosts' interfaces are asked for: method, path and body of each request."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        super().__init__(("127.0.0.1", 0), _Asked)
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Asked(BaseHTTPRequestHandler):
    server: Api

    def _note(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.asked.append((self.command, self.path, body))
        self.send_response(204)
        self.end_headers()

    do_PUT = do_POST = _note  # noqa: N815  # as the library names them

    def log_message(self, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def api() -> Iterator[Api]:
    server = Api()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Clone:
    """A clean clone of a new site, in which the steps of its workflows are run by their shell."""

    def __init__(self, folder: Path, host: str, api: Api) -> None:
        source = folder / "source"
        self.texts = made(source, host)
        (source / "content/posts/2026-11-20-slip.md").write_text(SLIP)
        identity = ("-c", "user.name=a", "-c", "user.email=a@desk.example")
        for command in (("init", "-q", "-b", "trunk"), ("add", "-A"), ("commit", "-q", "-m", "All")):
            subprocess.run(["git", *identity, *command], cwd=source, check=True)
        self.folder = folder / "clone"
        subprocess.run(["git", "clone", "-q", str(source), str(self.folder)], check=True)
        self.output = folder / "output"
        self.environment = {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(folder),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_API_URL": api.url,
            "GITHUB_REPOSITORY": "desk/site",
            "GITHUB_REF_NAME": "trunk",
            "TOKEN": "secret",
            "CI_API_V4_URL": f"{api.url}/api/v4",
            "CI_PROJECT_ID": "7",
            "CI_JOB_TOKEN": "secret",
            "CI_DEFAULT_BRANCH": "trunk",
        }

    def steps(self, path: str, job: str) -> dict[str, str]:
        """The shell of each step of a job but those that install, by its first words."""
        found = yaml.safe_load(self.texts[path])
        lines = found["jobs"][job]["steps"] if "jobs" in found else found[job]["script"]
        shells = [line.get("run", "") if isinstance(line, dict) else line for line in lines]
        return {
            " ".join(shell.split()[:2]): shell for shell in shells if shell and "pip install" not in shell
        }

    def run(self, shell: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", shell],
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )


SLIP = "---\ntitle: Slip\ndate: 2026-11-20\n---\n\nYou need:\n- a\n- b\n"


@pytest.mark.slow
@pytest.mark.long
def test_the_steps_for_github_run_in_a_clean_clone(tmp_path: Path, api: Api) -> None:
    clone = Clone(tmp_path, "github", api)
    publish, due = ".github/workflows/publish.yml", ".github/workflows/due.yml"
    build = clone.steps(publish, "build")
    checked = clone.run(build["deskpress check"])
    assert checked.returncode == 0, checked.stderr
    assert "::warning file=content/posts/2026-11-20-slip.md,line=7,col=1," in checked.stdout
    (ahead := clone.folder / "content/posts/2999-01-01-ahead.md").write_text(SLIP.replace("2026", "2999"))
    assert clone.run(build["deskpress build"]).returncode == 0
    assert clone.output.read_text() == f"due={datetime(2999, 11, 20, tzinfo=UTC).timestamp():.0f}\n"
    assert (clone.folder / "site/index.html").is_file()
    look = clone.steps(due, "due")["due=.cache/next-due if"]
    assert clone.run(look).stdout == "Nothing is due yet.\n"
    ahead.unlink()
    assert clone.run(build["deskpress build"]).returncode == 0
    assert clone.output.read_text().endswith("due=\n")
    assert clone.run(look).stdout == "Nothing is due yet.\n"
    assert api.asked == []
    (clone.folder / ".cache/next-due").write_text("1\n")
    assert clone.run(look).returncode == 0
    switch = clone.steps(publish, "publish")["curl --fail"]
    assert clone.run(switch, STATE="disable").returncode == 0
    workflows = "/repos/desk/site/actions/workflows"
    assert api.asked == [
        ("POST", f"{workflows}/publish.yml/dispatches", '{"ref": "trunk"}'),
        ("PUT", f"{workflows}/due.yml/disable", ""),
    ]


@pytest.mark.slow
@pytest.mark.long
def test_the_steps_for_gitlab_run_in_a_clean_clone(tmp_path: Path, api: Api) -> None:
    clone = Clone(tmp_path, "gitlab", api)
    for job in ("preview", "pages"):
        for shell in clone.steps(".gitlab-ci.yml", job).values():
            done = clone.run(shell)
            assert done.returncode == 0, done.stderr
    (found,) = json.loads((clone.folder / "gl-code-quality-report.json").read_text())
    assert found["location"] == {"path": "content/posts/2026-11-20-slip.md", "lines": {"begin": 7}}
    assert (clone.folder / "public/index.html").is_file()
    (look,) = clone.steps(".gitlab-ci.yml", "due").values()
    assert clone.run(look).stdout == "Nothing is due yet.\n"
    (clone.folder / ".cache/next-due").unlink()
    done = clone.run(look)
    assert done.returncode == 0, done.stderr
    assert api.asked == [("POST", "/api/v4/projects/7/trigger/pipeline", "token=secret&ref=trunk")]


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
