"""What lies in the content folder, looked at but not yet read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pathspec.gitignore import GitIgnoreSpec

from deskpress.build.config import ConfigReport, SiteConfig
from deskpress.build.recipes import reading_recipe
from deskpress.build.request import Project
from deskpress.engine.cache_key import cache_key
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import Author
from deskpress.model.search import SearchFiles
from deskpress.model.site import Options
from deskpress.source.addresses import MOST_LISTS, lists_in
from deskpress.source.addresses import NAME as LOCK
from deskpress.source.authors import read_authors
from deskpress.source.history import read_history
from deskpress.source.report import Report
from deskpress.source.scan import ScannedFiles, scan
from deskpress.source.searchfiles import QUERIES, SYNONYMS, read_search_files


class Content(Struct, frozen=True):
    """The files below `root`, the authors, and the recipe by which documents are read.

    `diagnostics` are about the authors and the search's files; `committed` is when topics and pages were last
    committed; `search` goes by language; `lists` are the addresses of lists in `addresses.lock`.
    """

    root: Path
    found: ScannedFiles
    authors: dict[str, Author]
    recipe: str
    diagnostics: tuple[Diagnostic, ...]
    committed: dict[str, datetime]
    search: dict[str, SearchFiles]
    lists: tuple[str, ...] = ()


def find_content(project: Project, timezone: tzinfo) -> Content:
    """Look at the content folder."""
    config, options = project.config, project.options
    root = config.content_dir
    found = scan(root, options.content, _excluded(config, options), config.folder)
    if config.drafts and not config.moment.drafts:
        found = _without_drafts(found, config.drafts)
    authors, diagnostics = _authors(root, options, config)
    patterns = [str(pattern.pattern) for pattern in config.drafts.patterns] if config.drafts else []
    recipe = reading_recipe(config, authors, patterns)
    committed = {}
    if config.git_dates:
        memory = config.cache_dir / "history"
        known = read_history(
            root, options.posts_dir, memory, cache_key(), timezone, project.say, project.past
        )
        committed = {path: instant for path, instant in known.items() if path in found.documents}
    search = {}
    for one in (options, *options.editions):
        search[one.edition], wrong = read_search_files(root / one.edition, f"{options.content}/{one.prefix}")
        diagnostics = [*diagnostics, *wrong]
    lock = root / LOCK
    lists = lists_in(lock.read_text("utf-8", "replace")) if lock.is_file() else ()
    if len(lists) > MOST_LISTS:
        report = Report(f"{options.content}/{LOCK}")
        problem = f"the file names more than {MOST_LISTS:,} lists; each is a page that leads to the archive"
        report.error(Kind.ADDRESS, problem, "remove those that were never published")
        diagnostics = [*diagnostics, *report.found]
    return Content(root, found, authors, recipe, tuple(diagnostics), committed, search, lists)


def _authors(root: Path, options: Options, config: SiteConfig) -> tuple[dict[str, Author], list[Diagnostic]]:
    """The first of the places where `.authors.yml` may lie: given, with the posts, above them."""
    above = options.posts_dir.rpartition("/")[0]
    places = [f"{options.posts_dir}/.authors.yml", f"{above}/.authors.yml".lstrip("/")]
    for place in [options.authors_file] if options.authors_file else dict.fromkeys(places):
        path = root / place
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            label = f"{options.content}/{place}"
            authors, diagnostics = read_authors(path.read_bytes(), label, options.max_document_size)
            return authors, list(diagnostics)
    if options.authors_file:
        report = ConfigReport(config.file)
        problem = f"`{options.authors_file}` does not exist"
        report.error("authors_file", problem, "it is sought in the content folder")
        return {}, report.found
    return {}, []


def _without_drafts(found: ScannedFiles, patterns: GitIgnoreSpec) -> ScannedFiles:
    """The files without those that `draft_docs` holds back; of documents, `Reader` knows."""
    kept = {path: seen for path, seen in found.asset_statuses.items() if not patterns.match_file(path)}
    return replace(found, assets=tuple(a for a in found.assets if a.path in kept), asset_statuses=kept)


def _excluded(config: SiteConfig, options: Options) -> Callable[[str], bool]:
    """What MkDocs leaves out: hidden files, `templates/`, `exclude_docs`; and the authors' data."""
    lines = [
        ".*",
        "/templates/",
        f"/{LOCK}",
        *(f"/{one.prefix}{name}" for one in (options, *options.editions) for name in (SYNONYMS, QUERIES)),
        *([f"/{options.authors_file}"] if options.authors_file else []),
    ]
    if not config.excluded:
        # The same without patterns, for which ten thousand files are too many.
        data = {line[1:] for line in lines[1:]}
        return lambda path: path.startswith((".", "templates/")) or "/." in path or path in data
    patterns = GitIgnoreSpec.from_lines(lines) + config.excluded
    return lambda path: bool(patterns.match_file(path))
