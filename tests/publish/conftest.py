"""A server of one's own, and editors with clones: real git, real hooks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskpress.publish.remote import Remote
from tests.conftest import Site

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Team",
    "GIT_AUTHOR_EMAIL": "team@desk.example",
    "GIT_COMMITTER_NAME": "Team",
    "GIT_COMMITTER_EMAIL": "team@desk.example",
}


def speak_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have boto3 take the server at `url` for S3, and nothing from the machine's own settings."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "name",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)


@dataclass
class Done:
    """What a push came to: whether it was let in, and all that was said."""

    ok: bool
    said: str


class Editor(Site):
    """A site in a clone, whose owner pushes."""

    url: str
    environment: dict[str, str]

    def git(self, *arguments: str, check: bool = True) -> Done:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout
        return Done(done.returncode == 0, done.stdout)

    def commit(self, message: str = "Edit") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def push(self, *options: str, ref: str = "HEAD:main") -> Done:
        """Commit what changed, and push."""
        self.commit()
        return self.git("push", *options, self.url, ref, check=False)


def deskpress(*arguments: object, check: bool = True, environment: Mapping[str, str] = ENVIRONMENT) -> Done:
    """The real command."""
    done = subprocess.run(
        [sys.executable, "-m", "deskpress", *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert not check or done.returncode == 0, done.stdout
    return Done(done.returncode == 0, done.stdout)


@pytest.fixture
def server(tmp_path: Path) -> Remote:
    """A server that was just set up by the command."""
    deskpress("remote", "init", tmp_path / "srv")
    return Remote.open(tmp_path / "srv")


@pytest.fixture
def make_editor(server: Remote, tmp_path: Path) -> Callable[[str], Editor]:
    """Makes clones; the first holds the site, the others fetch it."""

    def make(name: str) -> Editor:
        url = str(server.root / "repo.git")
        first = not server.repository.head("main")
        editor = Editor.__new__(Editor)
        editor.folder = tmp_path / name
        editor.content = editor.folder / "content"
        editor.url = url
        editor.environment = dict(ENVIRONMENT)
        if first:
            editor.__init__(editor.folder)  # type: ignore[misc]  # a site begins as one does
            editor.git("init", "-q", "-b", "main")
            (editor.folder / ".gitignore").write_text(".cache/\nsite/\n")
        else:
            subprocess.run(["git", "clone", "-q", url, editor.folder], env=ENVIRONMENT, check=True)
        return editor

    return make


@pytest.fixture
def editor(make_editor: Callable[[str], Editor]) -> Editor:
    """A clone with two posts and a topic, pushed."""
    made = make_editor("ana")
    made.post("2012-03-05-home.md", "At home.")
    made.post("2012-03-12-metrics.md", "Two numbers.")
    made.write("help/metrics.md", "---\ntitle: Metrics\n---\nText.\n")
    pushed = made.push()
    assert pushed.ok, pushed.said
    return made


def live(server: Remote) -> dict[str, bytes]:
    """Every file that readers can get."""
    root = server.root / "current"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
