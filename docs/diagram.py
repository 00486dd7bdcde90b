"""Draws which folder imports which into docs/content/architecture.md, from the code's own imports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PACKAGE = DOCS.parent / "generator/deskpress"
BEGIN, END = "<!-- diagram: made by `make diagram` -->\n", "<!-- end of the diagram -->"


def edges() -> set[tuple[str, str]]:
    """The pairs of folders of which the first imports the second."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        *folders, _ = path.relative_to(PACKAGE).parts
        if folders:
            folder = _folder(folders)
            found |= {(folder, other) for other in _imported(path) if other != folder}
    return found


def _folder(names: list[str]) -> str:
    """The node of a folder; the parts of `compat` belong to different layers."""
    if names[0] != "compat":
        return names[0]
    return "compat/native" if names[1:2] == ["native"] else "compat"


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("deskpress."):
            yield _folder((node.module or "").split(".")[1:])


def without_detours(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs without those that follow from others: whoever may import `build` may import `plan`, too."""

    def reachable(start: str, skipped: tuple[str, str]) -> set[str]:
        seen: set[str] = set()
        pending = [start]
        while pending:
            at = pending.pop()
            for pair in pairs - {skipped}:
                if pair[0] == at and pair[1] not in seen:
                    seen.add(pair[1])
                    pending.append(pair[1])
        return seen

    return {pair for pair in pairs if pair[1] not in reachable(pair[0], pair)}


def diagram() -> str:
    """The diagram, in Mermaid."""
    lines = [f"  {one} --> {other}" for one, other in sorted(without_detours(edges()))]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```", ""])


def main() -> None:
    """Write it."""
    path = DOCS / "architecture.md"
    text = path.read_text("utf-8")
    pattern = re.escape(BEGIN) + ".*" + re.escape(END)
    path.write_text(re.sub(pattern, lambda _: BEGIN + diagram() + END, text, flags=re.S), "utf-8")


if __name__ == "__main__":
    main()
