"""Builds the site both ways, each in a separate process, to isolate hooks and plug-ins.

As a program: `python -m deskpress.importers.material.building mkdocs.yml SITE_DIR OUT.json CACHE`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request, SetupError
from deskpress.engine.pool import default_jobs
from deskpress.importers.copying import without_git
from deskpress.model.diagnostic import ContentError, Diagnostic
from deskpress.model.output import address_of
from deskpress.plan.urls import document_address


class BuildFailedError(Exception):
    """A process has ended without a result; the text is its last output."""


def stock(config_file: Path, out: Path, site_dir: Path | None = None) -> dict[str, Any]:
    """Stock MkDocs' result for a configuration; built into `site_dir` if that is given."""
    extra = [str(site_dir)] if site_dir else []
    return _run("deskpress.compat.stock", config_file, out, [config_file.name, str(out), *extra])


def deskpress(config_file: Path, out: Path, site_dir: Path, cache: Path) -> dict[str, Any]:
    """Deskpress' result for it: see `main`."""
    arguments = [config_file.name, str(site_dir), str(out), str(cache)]
    return _run("deskpress.importers.material.building", config_file, out, arguments)


def _run(module: str, config_file: Path, out: Path, arguments: list[str]) -> dict[str, Any]:
    out.unlink(missing_ok=True)
    done = subprocess.run(
        # -P: a folder of the site may be called `mkdocs`.
        [sys.executable, "-P", "-m", module, *arguments],
        cwd=config_file.parent,
        env={**without_git(os.environ), "GIT_OPTIONAL_LOCKS": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    try:
        found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    except (OSError, ValueError):
        last = "\n".join(done.stdout.strip().splitlines()[-5:])
        raise BuildFailedError(last or f"the process ended with status {done.returncode}") from None
    return found


def main(config_file: str, site_dir: str, out: str, cache: str) -> None:
    """Build, and write the result to `out`.

    `errors` are those that forbid publishing; the plan is told all the same where there is one. `documents`
    are `[path, address, date]`, `paths` the files of the site, `full` is why MkDocs' own loop was needed.
    """
    said: list[str] = []
    request = Request(
        Path(config_file),
        Path(site_dir),
        default_jobs(),
        lenient=True,
        memory=Path(cache),
        say=said.append,
    )
    found: dict[str, Any] = {
        "errors": [],
        "warnings": [],
        "documents": [],
        "paths": [],
        "full": "",
        "said": said,
    }
    try:
        found |= _built(request)
    except ContentError as error:
        found |= _told(error.diagnostics)
        found |= _planned(request)
    except (Exception, SystemExit) as error:
        # Plug-ins and hooks of the site may raise anything.
        told = (str(error) or type(error).__name__).replace(f"{Path.cwd()}{os.sep}", "")
        found["errors"].append({"place": f"{config_file}:1", "problem": told})
    Path(out).write_text(json.dumps(found), encoding="utf-8")


def _built(request: Request) -> dict[str, Any]:
    result = build(request)
    if result.prepared is None:
        raise SetupError("there was nothing to build")
    found = {"full": result.full, **_told(result.diagnostics), **_documents(result.prepared)}
    # Files of plug-ins are not in the plan.
    found["paths"] = files_in(result.site_dir)
    return found


def _planned(request: Request) -> dict[str, Any]:
    try:
        return _documents(check(request))
    except (ContentError, SetupError, OSError):
        return {}


def _documents(prepared: Prepared) -> dict[str, Any]:
    options = prepared.site.options
    return {
        "paths": [spec.path for spec in prepared.plan],
        "redirects": dict(prepared.plan.redirects),
        "documents": [
            [one.path, document_address(one, options), _day(one)] for one in prepared.site.documents
        ],
    }


def _day(document: Any) -> str:
    created = getattr(document, "created", None)
    return created.strftime("%Y-%m-%d") if created else ""


def _told(diagnostics: tuple[Diagnostic, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {"errors": [], "warnings": []}
    for one in diagnostics:
        told = {"place": f"{one.span.path}:{one.span.line}", "problem": one.problem, "kind": str(one.kind)}
        told["hint"] = one.hint
        found["errors" if one.severity > 1 else "warnings"].append(told)
    return found


def files_in(folder: Path) -> list[str]:
    """The paths of all files below a folder, sorted."""
    found = []
    for here, _, names in os.walk(folder):
        found += [Path(here, name).relative_to(folder).as_posix() for name in names]
    return sorted(found)


def addresses(paths: Mapping[str, Any] | list[str]) -> frozenset[str]:
    """The addresses at which files are shown."""
    return frozenset(map(address_of, paths))


if __name__ == "__main__":
    main(*sys.argv[1:])
