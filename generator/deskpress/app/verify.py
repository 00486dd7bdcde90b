"""`deskpress build --verify`: compares the fast build with MkDocs' own for plug-ins' events."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deskpress.build.request import Result, SetupError
from deskpress.model.output import MARKER_TEXT
from deskpress.write.site_folder import MARKER, Tree

OF_SEARCH = "search/"
"""Not compared: in the full build the search uses the text before plug-ins."""


def differing(result: Result, arguments: Sequence[str]) -> list[str]:
    """The paths of files that differ in a full build, or are missing there.

    `arguments` are those of `deskpress build` that the site was built with. Raises `SetupError`.
    """
    with tempfile.TemporaryDirectory(prefix="deskpress-verify-") as folder:
        site = Path(folder, "site")
        command = [sys.executable, "-m", "deskpress", "build", *arguments, "--full", "-q", "-d", str(site)]
        # In a separate process: plug-ins may keep state.
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise SetupError(f"The full build has failed, so nothing is compared:\n{done.stderr.strip()}")
        theirs, ours = _files(site), _files(result.site_dir)
        paths = sorted(path for path in {*theirs, *ours} if not path.startswith(OF_SEARCH) and path != MARKER)
        return [
            path
            for path in paths
            if path not in theirs
            or path not in ours
            or (site / path).read_bytes() != (result.site_dir / path).read_bytes()
        ]


def _files(site: Path) -> set[str]:
    return {path for path, seen in Tree(site, MARKER_TEXT).listing().items() if seen}
