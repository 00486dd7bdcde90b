"""What some browsers cannot do, and no script may want."""

from __future__ import annotations

import re

from tests.tools.conftest import TOOLS

SCRIPTS = [path for path in TOOLS.parent.rglob("*.js") if "vendor" not in path.parts]


def test_no_module_waits_at_its_top() -> None:
    # WebKit leaves one of two modules unrun that import a third which waits.
    top = re.compile(r"^(?:export )?(?:const|let|var|await)\b(?!.*\basync\b).*\bawait\b", re.M)
    assert [path.name for path in SCRIPTS if top.search(path.read_text("utf-8"))] == []


def test_no_style_asks_for_its_host() -> None:
    # Firefox and WebKit have no `:host-context()`.
    assert [path.name for path in SCRIPTS if ":host-context" in path.read_text()] == []
