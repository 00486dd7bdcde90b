"""What lies at a target may have been written by anybody: a list without an end is not read to its end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskpress.publish import branch, bucket, webspace
from deskpress.publish.branch import Branch
from deskpress.publish.bucket import Bucket
from deskpress.publish.builder import RemoteError
from deskpress.publish.git import GitError
from deskpress.publish.webspace import WebSpace, said_by

MOST = 100_000


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Targets of which no more than `MOST` bytes are read."""
    monkeypatch.setattr(bucket, "MAX_READ", MOST)
    monkeypatch.setattr(webspace, "MAX_READ", MOST)


@pytest.mark.parametrize("folder", ["", "/"])
def test_a_bucket_that_lists_names_without_end_is_left(folder: str) -> None:
    def pages(**_: object) -> Iterator[object]:
        for number in count():
            yield {"Contents": [{"Key": f"a{number}{folder}", "ETag": '"x"'}]}

    endless = Bucket("desk")
    vars(endless)["_client"] = SimpleNamespace(get_paginator=lambda _: SimpleNamespace(paginate=pages))
    with pytest.raises(RemoteError, match="s3://desk/ lists more names than a site can have"):
        endless.files()


@pytest.mark.parametrize("output", ["stdout", "stderr"])
def test_a_command_that_prints_without_end_is_ended(output: str) -> None:
    status, *printed = said_by(
        [sys.executable, "-c", f"import sys\nwhile True: sys.{output}.write('a' * 999)"], 60
    )
    assert status != 0
    assert max(map(len, printed)) == MOST + 1


@pytest.mark.slow
def test_a_web_space_that_says_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 600\n")
    silent.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(silent))
    monkeypatch.setattr(webspace, "SILENCE", 1)
    with pytest.raises(RemoteError, match="timeout"):
        WebSpace("desk.example", None, "/www").files()


@pytest.mark.slow
def test_a_web_space_that_never_comes_to_an_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers each second, and what it has started holds the pipes."""
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nwhile printf . >&2; do sleep 1; done\n")
    slow.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(slow))
    monkeypatch.setattr(webspace, "WHOLE", 2)
    with pytest.raises(RemoteError, match=r"desk\.example:/www has not finished within 2 s"):
        WebSpace("desk.example", None, "/www").files()


def test_a_branch_of_a_silent_remote_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexec sleep 600\n")
    silent.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(silent))
    monkeypatch.setattr(branch, "SECONDS", 1)
    # Git's own variables are not handed on, the user's choice of an ssh is in the configuration.
    subprocess.run(["git", "-C", tmp_path, "config", "core.sshCommand", str(silent)], check=True)
    with pytest.raises(GitError, match="git ls-remote: it has not finished within 1 s"):
        Branch.fetched(tmp_path, "ssh://desk.example/repo.git", "gh-pages", print)


def test_a_web_space_that_lists_names_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webspace, "said_by", lambda command, seconds: (-9, b"a" * (MOST + 1), b""))
    with pytest.raises(RemoteError, match=r"desk\.example:/www lists more names than a site can have"):
        WebSpace("desk.example", None, "/www").files()
