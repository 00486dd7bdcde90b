"""What lies at a target may have been written by anybody: a list without an end is not read to its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from deskpress.publish import bucket, webspace
from deskpress.publish.bucket import Bucket
from deskpress.publish.remote import RemoteError
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
        [sys.executable, "-c", f"import sys\nwhile True: sys.{output}.write('a' * 999)"]
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


def test_a_web_space_that_lists_names_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webspace, "said_by", lambda command: (-9, b"a" * (MOST + 1), b""))
    with pytest.raises(RemoteError, match=r"desk\.example:/www lists more names than a site can have"):
        WebSpace("desk.example", None, "/www").files()
