"""The tools' modules in a real Node, as browsers load them: without a bundler."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
TOOLS = HERE.parents[1] / "theme/assets/javascripts/tools"

Call = Callable[..., Any]


class ToolError(Exception):
    """What a tool threw."""


@pytest.fixture(scope="session")
def node() -> Iterator[Call]:
    """`node("metrics.js", "onTimeDelivery", …)` calls an exported function; raises `ToolError`."""
    executable = shutil.which("node") or shutil.which("nodejs")
    assert executable, "no Node: `make test` installs one where it may"
    with subprocess.Popen(
        [executable, HERE / "node.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout

        def call(module: str, name: str, *arguments: Any) -> Any:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps([(TOOLS / module).as_uri(), name, arguments]) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            if "error" in answer:
                raise ToolError(answer["error"])
            return answer["value"]

        yield call
        process.stdin.close()
