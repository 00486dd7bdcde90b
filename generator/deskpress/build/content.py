"""The files of the content folder, scanned but not yet read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pathspec.gitignore import GitIgnoreSpec

from deskpress.build.config import ConfigReport, SiteConfig
from deskpress.build.recipes import reading_recipe
from deskpress.build.request import Project
from deskpress.compat.native.exclude import excluder
from deskpress.compat.native.git_dates import counts
from deskpress.compat.native.meta import DefaultsError, default_files
from deskpress.engine.cache_key import cache_key
from deskpress.engine.fingerprint import digest
from deskpress.model.addons import Commit, Commits
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import Author
from deskpress.model.search import SearchFiles
from deskpress.model.site import Options
from deskpress.source.addresses import MOST_LISTS, lists_in, lock_problem, lock_text
from deskpress.source.addresses import NAME as LOCK
from deskpress.source.authors import read_authors
from deskpress.source.commits import read_commits
from deskpress.source.defaults import Defaults, read_defaults
from deskpress.source.history import read_history
from deskpress.source.report import Report
from deskpress.source.scan import ScannedFiles, scan
from deskpress.source.searchfiles import QUERIES, SYNONYMS, read_search_files


class Content(Struct, frozen=True):
    """The files below `root`, the authors, and the recipe of reading documents.

    `diagnostics` are about the authors and the search's files; `committed` is when topics and pages were last
    committed; `search` is by language; `lists` are the addresses of lists in `addresses.lock`; `defaults` are
    those of front matter; `commits` are those of documents, `newest` that of the content.
    """

    root: Path
    found: ScannedFiles
    authors: dict[str, Author]
    recipe: str
    diagnostics: tuple[Diagnostic, ...]
    committed: dict[str, datetime]
    search: dict[str, SearchFiles]
    lists: tuple[str, ...] = ()
    defaults: Defaults = Defaults()
    commits: dict[str, Commits] = {}
    newest: Commit | None = None


def find_content(project: Project, moment: datetime) -> Content:
    """Scan the content folder; `moment` is that of the build, in the site's time zone."""
    timezone = moment.tzinfo
    assert timezone is not None  # a moment is in the site's time zone
    config, options = project.config, project.options
    root = config.content_dir
    found = scan(root, options.content, _excluded_by_all(config, options), config.folder)
    if config.drafts and not config.moment.drafts:
        found = _without_drafts(found, config.drafts)
    authors, diagnostics = _authors(root, options, config)
    patterns = [str(pattern.pattern) for pattern in config.drafts.patterns] if config.drafts else []
    files, wrong = _default_files(root, options, found.documents)
    diagnostics = [*diagnostics, *wrong]
    defaults, wrong = read_defaults(files, options.content)
    diagnostics = [*diagnostics, *wrong]
    recipe = reading_recipe(config, authors, (patterns, {path: digest(data) for path, data in files.items()}))
    committed = {}
    if config.git_dates:
        memory = config.cache_dir / "history"
        known = read_history(
            root, options.posts_dir, memory, cache_key(), timezone, project.say, project.past
        )
        committed = {path: instant for path, instant in known.items() if path in found.documents}
    search = {}
    for one in (options, *options.other_languages):
        search[one.language_dir], wrong = read_search_files(
            root / one.language_dir, f"{options.content}/{one.prefix}"
        )
        diagnostics = [*diagnostics, *wrong]
    lists = lists_in(lock_text(root))
    diagnostics += _lock_problems(root, lists, options)
    commits, newest, wrong = _commits(project, found, moment)
    diagnostics = [*diagnostics, *wrong]
    return Content(
        root, found, authors, recipe, tuple(diagnostics), committed, search, lists, defaults, commits, newest
    )


def _lock_problems(root: Path, lists: tuple[str, ...], options: Options) -> list[Diagnostic]:
    """The problem with `addresses.lock` as a file, which names the `lists`."""
    report = Report(f"{options.content}/{LOCK}")
    problem = lock_problem(root)
    if len(lists) > MOST_LISTS:
        problem = f"the file names more than {MOST_LISTS:,} lists; each is a page that leads to the archive"
    if problem:
        is_link = (root / LOCK).is_symlink()
        hint = "put the file itself there" if is_link else "remove those that were never published"
        report.error(Kind.ADDRESS, problem, hint)
    return report.found


def _default_files(
    root: Path, options: Options, documents: Collection[str]
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """The files of defaults, and the problem if there are too many."""
    if not options.addons.meta:
        return {}, []
    try:
        return default_files(root, options.addons.meta, documents), []
    except DefaultsError as error:
        report = Report(f"{options.content}/{error.path}")
        report.error(Kind.FRONT_MATTER, str(error), "keep what documents have in common, and no more")
        return {}, report.found


def _commits(
    project: Project, found: ScannedFiles, moment: datetime
) -> tuple[dict[str, Commits], Commit | None, list[Diagnostic]]:
    """The commits of the documents for a plug-in that shows them, and the newest of the whole content.

    Documents that were never committed get the day of the build, as in the plug-in.
    """
    config, settings = project.config, project.options.addons.git_dates
    if settings is None:
        # Front matter may give a feed its dates, but some page may not have them.
        if not any(one.pages for one in project.options.feed_files):
            return {}, None, []
        kept = read_commits(config.content_dir, config.cache_dir / "commits", cache_key(), past=project.past)
        return (
            ({path: kept.files[path] for path in found.documents if path in kept.files}, None, [])
            if kept
            else ({}, None, [])
        )
    memory = config.cache_dir / "commits"
    kept = read_commits(
        config.content_dir,
        memory,
        cache_key(),
        follow=settings.follow,
        ignored=settings.ignored,
        past=project.past,
    )
    if kept is None and not settings.fallback:
        report = ConfigReport(config.file)
        name = "git-revision-date" if settings.plain else "git-revision-date-localized"
        problem = f"`{name}`: git tells no dates here (no repository, or not the whole past of it)"
        report.warning(name, problem, "fetch the whole history, or set `fallback_to_build_date: true`")
        return {}, None, report.found
    files = kept.files if kept else {}
    day = Commit(moment.replace(hour=0, minute=0, second=0, microsecond=0))
    wanted = (path for path in found.documents if counts(path, settings))
    commits = {}
    for path in wanted:
        known = files.get(path, Commits())
        commits[path] = Commits(known.last or day, known.created or known.last or day)
    return commits, (kept.newest if kept else None) or day, []


def _authors(root: Path, options: Options, config: SiteConfig) -> tuple[dict[str, Author], list[Diagnostic]]:
    """The first place where `.authors.yml` exists: as configured, next to the posts, above them."""
    above = options.posts_dir.rpartition("/")[0]
    places = [f"{options.posts_dir}/.authors.yml", f"{above}/.authors.yml".lstrip("/")]
    for place in [options.authors_file] if options.authors_file else dict.fromkeys(places):
        path = root / place
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            label = f"{options.content}/{place}"
            authors, diagnostics = read_authors(path.read_bytes(), label, options)
            return authors, list(diagnostics)
    if options.authors_file:
        report = ConfigReport(config.file)
        problem = f"`{options.authors_file}` does not exist"
        report.error("authors_file", problem, "it is sought in the content folder")
        return {}, report.found
    return {}, _misnamed_authors(root, options, [place.rpartition("/")[0] for place in places])


def _misnamed_authors(root: Path, options: Options, folders: list[str]) -> list[Diagnostic]:
    """Files that are probably meant as the list of authors, in the folders where it is sought."""
    for folder in dict.fromkeys(folders):
        for name in ("authors.yml", "authors.yaml", ".authors.yaml", "_authors.yml"):
            if (root / folder / name).is_file():
                report = Report(f"{options.content}/{folder}/{name}".replace("//", "/"))
                public = ", and published as it is" if not name.startswith(".") else ""
                problem = f"this is not read as the list of authors{public}: that is called `.authors.yml`"
                report.warning(Kind.CONTENT, problem, "rename it to `.authors.yml`, with the dot")
                return list(report.found)
    return []


def _without_drafts(found: ScannedFiles, patterns: GitIgnoreSpec) -> ScannedFiles:
    """The files without those excluded by `draft_docs`; for documents, `Reader` handles it."""
    kept = {path: seen for path, seen in found.asset_statuses.items() if not patterns.match_file(path)}
    return replace(found, assets=tuple(a for a in found.assets if a.path in kept), asset_statuses=kept)


def _excluded_by_all(config: SiteConfig, options: Options) -> Callable[[str], bool]:
    """What MkDocs leaves out, and what plug-ins exclude."""
    addons = options.addons
    is_excluded = _excluded(config, options)
    others = excluder(addons.excluded) if any(addons.excluded) else None
    defaults = addons.meta
    if others is None and not defaults:
        return is_excluded

    def is_left_out(path: str) -> bool:
        if defaults and path.rpartition("/")[2] == defaults:
            return True
        return is_excluded(path) or (others is not None and others(path))

    return is_left_out


def _excluded(config: SiteConfig, options: Options) -> Callable[[str], bool]:
    """What MkDocs leaves out: hidden files, `templates/`, `exclude_docs`; and the authors' data."""
    lines = [
        ".*",
        "/templates/",
        f"/{LOCK}",
        *(
            f"/{one.prefix}{name}"
            for one in (options, *options.other_languages)
            for name in (SYNONYMS, QUERIES)
        ),
        *([f"/{options.authors_file}"] if options.authors_file else []),
    ]
    if not config.excluded:
        # A fast path without patterns, which take too long for ten thousand files.
        data = {line[1:] for line in lines[1:]}
        return lambda path: path.startswith((".", "templates/")) or "/." in path or path in data
    patterns = GitIgnoreSpec.from_lines(lines) + config.excluded
    return lambda path: bool(patterns.match_file(path))
