"""`deskpress import material`: reads a site, edits a copy, builds it both ways, reports the changes."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from deskpress.importers.changes import Changes
from deskpress.importers.copying import TooLargeError, copy_history, copy_site, repository_of
from deskpress.importers.material import building
from deskpress.importers.material.addresses import New, Old, Remedies, apply, old_site, remedies, tell
from deskpress.importers.material.configuration import take_over
from deskpress.importers.material.content import files_of, latest, mend_content, replace_separator
from deskpress.importers.material.sources import Stock
from deskpress.importers.material.verdict import tell_build
from deskpress.importers.report import ImportReport
from deskpress.importers.yaml_text import YamlTextError
from deskpress.plan.make import MARKER

Progress = Callable[[str, int], Callable[[int], None]]
ROUNDS = 3
"""How often addresses are compared: what keeps one may take another's place."""


class ImportFailedError(Exception):
    """The site cannot be imported; the text says why. Nothing was written."""


class MaterialRequest(Struct, frozen=True):
    """What is wanted: `into` another folder, or in place; `old` is the site as it was built elsewhere."""

    folder: Path
    config_file: str = "mkdocs.yml"
    into: Path | None = None
    old: Path | None = None
    build: bool = True


class Outcome(Struct):
    """What is to be written, and the report. `full` is why builds need MkDocs' own loop."""

    changes: Changes
    report: ImportReport
    full: str = ""
    failed: bool = False


def import_material(request: MaterialRequest, progress: Progress, say: Callable[[str], None]) -> Outcome:
    """Determine the changes. Writes nothing to the site. Raises `ImportFailedError`, `OSError`."""
    if "/" in request.config_file or not (request.folder / request.config_file).is_file():
        raise ImportFailedError(
            f"{request.folder / request.config_file} does not exist: is this a site's folder?"
        )
    with tempfile.TemporaryDirectory(prefix="deskpress-import-") as name:
        try:
            return _MaterialImport(request, Path(name), progress, say).outcome()
        except YamlTextError as error:
            raise ImportFailedError(f"{error}. Nothing was changed.") from None
        except building.BuildFailedError as error:
            raise ImportFailedError(f"The configuration could not be read:\n{error}") from None


def _without_us(folder: Path) -> list[str]:
    """Files that say what to install, and do not name us."""
    found = []
    for path in sorted([*folder.glob("*requirements*.txt"), *folder.glob("pyproject.toml")]):
        text = path.read_text("utf-8", "replace").lower()
        if "mkdocs" in text and "deskpress" not in text:
            found.append(path.name)
    return found


class _MaterialImport:
    """One import, in a temporary folder `room`."""

    def __init__(
        self, request: MaterialRequest, room: Path, progress: Progress, say: Callable[[str], None]
    ) -> None:
        self.request, self.room, self.progress, self.say = request, room, progress, say
        self.report = ImportReport()
        self.changes = Changes(request.folder)
        self.content = ""
        self.files: frozenset[str] = frozenset()
        self.stock: dict[str, Any] = {}

    def outcome(self) -> Outcome:
        """All steps: copy, read, edit, build, compare."""
        self.say("Copying the site …")
        config = self._copied(self.room / "copy")
        self.stock = building.stock(config, self.room / "stock.json")
        if "blogs" not in self.stock:  # the last thing that is known of a configuration
            raise ImportFailedError("\n".join(self.stock["errors"]) or "The configuration could not be read.")
        theme = str(self.stock["theme"]).lower()
        if theme != "material":
            place = f"{self.request.config_file}:1"
            raise ImportFailedError(
                f"{place}: the theme is `{theme}`; only sites of Material can be taken over"
            )
        self._find_content(config)
        old = self._built_stock()
        posts = self._edit_content()
        ahead = (
            latest(self.request.folder / self.content, posts) > date.today().isoformat() if posts else False
        )
        taken = self._configure(Remedies(), ahead=ahead)
        outcome = Outcome(self.changes, self.report)
        if self.request.build:
            self._compare(config, old, outcome, ahead=ahead, taken=taken)
        else:
            self.report.note("nothing was built (--no-build): addresses are not compared")
        return outcome

    def _copied(self, target: Path) -> Path:
        """The configuration file in a copy of the site, or of the repository in which it lies."""
        top = repository_of(self.request.folder)
        built = self.request.folder.resolve() / "site"
        skipped = frozenset({built}) if (built / "sitemap.xml").is_file() else frozenset[Path]()
        try:
            copy_site(top, target, skipped)
        except TooLargeError as error:
            raise ImportFailedError(f"{error}: take a copy of the site's own folder over") from None
        copy_history(top, target)
        return target / self.request.folder.resolve().relative_to(top) / self.request.config_file

    def _find_content(self, config: Path) -> None:
        """Where the content lies, and what is in there."""
        docs = Path(os.path.join(config.parent, str(self.stock.get("docs_dir") or "docs")))
        self.content = Path(os.path.relpath(docs, config.parent)).as_posix()
        self.files = files_of(docs)
        self.stock["docs"] = self.content
        name = os.path.relpath(
            os.path.join(config.parent, str(self.stock.get("site_dir") or "site")), config.parent
        )
        built = self.request.folder / name
        if built.is_dir() and any(built.iterdir()) and not (built / MARKER).exists():
            hint = "the first `deskpress build` wants `--clean`"
            self.report.note(f"{name}/ holds what another program has built: {hint}")
        for path in _without_us(self.request.folder):
            self.report.note(
                f"{path} names MkDocs and not deskpress: add it, or the site cannot be built from there"
            )

    def _built_stock(self) -> Old | None:
        """The site as stock builds it, or as it was built elsewhere."""
        if self.request.old:
            return old_site(self.request.old, building.files_in(self.request.old), [])
        if not self.request.build or any(name == "deskpress" for name, _ in self.stock["given"]):
            return None
        for error in self.stock["errors"]:
            self.report.note(f"{self.request.config_file}: stock MkDocs refuses this: {error}")
        if self.stock["errors"]:
            self.report.note("stock cannot be built here: addresses are not compared")
            return None
        if self.stock["missing"]:
            names = ", ".join(self.stock["missing"])
            self.report.note(f"stock is built without plug-ins that are not installed: {names}")
        # In a copy of its own: Material writes into the content folder, and hooks may do so.
        apart = self.room / "stock-copy"
        config, folder = self._copied(apart), self.room / "stock"
        self.say("Building the site as it is …")
        begun = time.monotonic()
        try:
            found = building.stock(config, self.room / "stock-built.json", folder)
        except building.BuildFailedError as error:
            found = {"built": False, "errors": [str(error)]}
        self.say(f"… {time.monotonic() - begun:.0f} s")
        shutil.rmtree(apart, ignore_errors=True)
        if not found["built"]:
            why = found["errors"][-1] if found["errors"] else "unknown"
            self.report.note(f"stock MkDocs does not build this site, so addresses are not compared: {why}")
            return None
        return old_site(folder, building.files_in(folder), found["files"])

    def _edit_content(self) -> list[str]:
        """Repair mechanical mistakes; returns the paths of the posts in the content folder."""
        blog = next((one["options"] for one in self.stock["blogs"]), None)
        posts: list[str] = []
        if blog:
            folder = os.path.normpath(str(blog["post_dir"]).format(blog=blog["blog_dir"]))
            posts = sorted(p for p in self.files if p.startswith(f"{folder}/") and p.endswith(".md"))
        if self.content.startswith("../"):
            self.report.note(f"the content folder {self.content} lies outside: nothing is changed there")
            return posts
        paths = sorted(self.files)
        tick = self.progress("reading the content", len(paths))
        mend_content(self.changes, self.content, paths, self.report, tick)
        if blog and blog["post_excerpt_separator"] != "<!-- more -->":
            replace_separator(self.changes, self.content, posts, blog["post_excerpt_separator"], self.report)
        return posts

    def _configure(self, found: Remedies, *, ahead: bool) -> bool:
        """Write the configuration anew, from what it is on the disk; whether there was anything to do."""
        for path in [one for one in self.changes.after if one.endswith((".yml", ".yaml"))]:
            if not path.startswith(f"{self.content}/"):
                del self.changes.after[path]
        stock = Stock(self.stock, self.files, ahead, found.redirects)
        return take_over(self.changes, self.request.config_file, stock, self.report)

    def _compare(self, config: Path, old: Old | None, outcome: Outcome, *, ahead: bool, taken: bool) -> None:
        """Build the new site, keep the old addresses, and report the result."""
        total, built = Remedies(), dict[str, Any]()
        for turn in range(ROUNDS):
            self.say("Building the new site …" if not turn else "Building it again, with the old addresses …")
            built = self._built_new(config)
            if not built:
                outcome.failed = True
                return
            folder = None if built["errors"] else self.room / "new"
            new = New(frozenset(built["paths"]), {d[0]: d[1] for d in built["documents"]}, folder)
            if old is None:
                break
            found = remedies(old, new, self.files)
            # A configuration that was taken over before is not written again.
            more = {k: v for k, v in found.redirects.items() if k not in total.redirects and taken}
            if turn == ROUNDS - 1 or not (found.slugs or found.aliases or found.apart or more):
                break
            if self.content.startswith("../"):
                found.slugs.clear()
                found.aliases.clear()
                found.apart.clear()
            apply(found, self.changes, self.content, self.report)
            total.redirects.update(more)
            self._configure(total, ahead=ahead)
        for address, target in sorted(total.redirects.items()):
            self.report.add(
                "changed", f"/{address}", f"leads to /{target}: `redirects`", f"{self.request.config_file}:1"
            )
        if old is not None:
            tell(old, new, self.content, self.request.config_file, self.report)
        outcome.full, outcome.failed = str(built["full"]), bool(built["errors"])
        tell_build(built, self.report, strict=bool(self.stock.get("strict")))

    def _built_new(self, config: Path) -> dict[str, Any]:
        self.changes.apply(config.parent)
        shutil.rmtree(self.room / "new", ignore_errors=True)
        begun = time.monotonic()
        try:
            done = building.deskpress(config, self.room / "new.json", self.room / "new", self.room / "cache")
        except building.BuildFailedError as error:
            self.report.note(f"the new site cannot be built: {error}")
            return {}
        self.say(f"… {time.monotonic() - begun:.0f} s")
        return done
