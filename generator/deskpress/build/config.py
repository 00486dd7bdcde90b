"""A site's configuration for the rest of the program: one frozen value, independent of its source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from pathspec.gitignore import GitIgnoreSpec

from deskpress.build.events import PageEvents
from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span
from deskpress.model.site import Options
from deskpress.templating.theme import ThemeConfig


class MomentOptions(Struct, frozen=True):
    """What a build publishes: drafts, posts dated ahead, expired documents; `as_of` is its moment.

    None is the present.
    """

    drafts: bool = False
    future: bool = False
    expired: bool = False
    as_of: object = None


class SiteConfig(Struct, frozen=True):
    """Everything that the program needs of a site's configuration. Paths are absolute.

    `extensions` and `extension_options` are those of Markdown, `own_icons` folders of icons that Markdown may
    show. `drafts` and `excluded` are patterns of files in `content_dir` that are not published, `unlisted` of
    pages that the navigation leaves out; `watched` are further files that a site depends on; `keys` of front
    matter are read by the site's own code. `events` run as documents are read. `full_build` says why the site
    cannot be built without the loop of the generator that it is configured for; empty if it can. `remarks`
    are about options without effect.
    """

    file: Path
    content_dir: Path
    site_dir: Path
    cache_dir: Path
    options: Options
    theme: ThemeConfig
    moment: MomentOptions = MomentOptions()
    strict: bool = False
    git_dates: bool = True
    extensions: Sequence[Any] = ()
    extension_options: Mapping[str, Any] = field(default_factory=dict)
    own_icons: tuple[str, ...] = ()
    drafts: GitIgnoreSpec | None = None
    excluded: GitIgnoreSpec | None = None
    unlisted: GitIgnoreSpec | None = None
    watched: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()
    events: PageEvents | None = None
    full_build: str = ""
    remarks: tuple[str, ...] = ()
    on_server: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the site's sources, with the configuration file."""
        return self.file.resolve().parent

    @property
    def reach(self) -> Path:
        """The folder in which texts may name files: that of the sources, or the repository that it is in."""
        return self.folder if self.on_server else repository_of(self.folder)


def repository_of(folder: Path) -> Path:
    """The repository of git that a folder is in; the folder itself if there is none."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


class ConfigReport:
    """Collects mistakes in the configuration file at `path`, which need not exist."""

    def __init__(self, path: Path) -> None:
        self.label = path.name
        self.lines = path.read_text("utf-8", "replace").split("\n") if path.is_file() else []
        self.found: list[Diagnostic] = []

    def error(self, key: str, problem: str, hint: str = "") -> None:
        """Report a mistake in the value of `key`."""
        self._add(Severity.ERROR, key, problem, hint)

    def warning(self, key: str, problem: str, hint: str = "", kind: Kind = Kind.OPTION) -> None:
        """Report something odd about `key`, or about any text."""
        self._add(Severity.WARNING, key, problem, hint, kind)

    def fail(self) -> None:
        """Raise `ContentError` if there was any mistake."""
        if any(found.severity is Severity.ERROR for found in self.found):
            raise ContentError(self.found)

    def _add(self, severity: Severity, key: str, problem: str, hint: str, kind: Kind = Kind.OPTION) -> None:
        pattern = re.compile(rf"(?:^|[\s\"'\[{{,-]){re.escape(key)}(?=[\s\"':,\]}}]|$)")
        line, column = 1, 1
        for number, text in enumerate(self.lines, 1):
            if found := pattern.search(text.partition(" #")[0]):
                line, column = number, text.index(key, found.start()) + 1
                break
        context = self.lines[line - 1] if self.lines else ""
        self.found.append(Diagnostic(Span(self.label, line, column), severity, kind, problem, hint, context))
