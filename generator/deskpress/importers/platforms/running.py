"""`deskpress import FORMAT`: reads a source, converts it, writes it into a site, and compares the result."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.app.loading import config_in, load
from deskpress.app.new import unchanged_examples
from deskpress.build.config import SiteConfig
from deskpress.build.request import Progress, Request
from deskpress.importers.changes import is_inside
from deskpress.importers.copying import copy_site
from deskpress.importers.html.blocks import BlockConverter
from deskpress.importers.html.clean import Cleaner
from deskpress.importers.html.rendering import SiteConverter
from deskpress.importers.platforms.authors import Authors
from deskpress.importers.platforms.bodies import BodyConverter
from deskpress.importers.platforms.counting import Count
from deskpress.importers.platforms.documents import Aliases, DocumentFiles, document, front_matter, slug_for
from deskpress.importers.platforms.downloading import Downloads
from deskpress.importers.platforms.encodings import in_one_encoding
from deskpress.importers.platforms.extensions import missing
from deskpress.importers.platforms.feeds import OLD_FEEDS
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.left_out import accepted, left_out_before, left_out_documents
from deskpress.importers.platforms.limits import TimeSpent, in_time
from deskpress.importers.platforms.links import Links, address_key
from deskpress.importers.platforms.media import Media
from deskpress.importers.platforms.opening import Source, SourceError, open_source
from deskpress.importers.platforms.results import DocumentCount, ImportResult
from deskpress.importers.platforms.saved_feeds import saved_ids
from deskpress.importers.platforms.settings import add_extensions, add_redirects
from deskpress.importers.platforms.side_by_side import Pairs
from deskpress.importers.platforms.state import Outcome as Written
from deskpress.importers.platforms.state import State
from deskpress.importers.platforms.table import Format, format_named
from deskpress.importers.platforms.titles import titled_once
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import ShortcodesError, ShortcodeTable
from deskpress.importers.yaml_text import YamlTextError
from deskpress.plan.urls import document_address
from deskpress.source.dates import zone
from deskpress.source.read import Context, read

_IN_HTML = re.compile(r"<[a-z][^<>]*\smarkdown\s*=\s*[\"']?(?:1|block|span)", re.I)
"""An element that says that its content is Markdown."""


class ImportRequest(Struct, frozen=True):
    """What is to be imported: `format` may be `auto`; `into` is a site's folder, `media` one of old files.

    `seconds` of CPU time are allowed in all.
    """

    format: str
    source: Path
    into: Path = Path()
    media: Path | None = None
    language: str = ""
    dry: bool = False
    download: bool = False
    seconds: float | None = None


class _Import(Struct):
    """An import while it runs."""

    format: Format
    source: Source
    config: SiteConfig
    root: Path
    report: ImportReport
    default_language: str
    home_language: str = ""
    in_html: bool = False
    spent: TimeSpent = field(default_factory=TimeSpent)
    links: Links = field(default_factory=Links)
    paths: dict[str, str] = field(default_factory=dict)
    examples: set[str] = field(default_factory=set)
    feed_ids: dict[str, str] = field(default_factory=dict)
    """The ids of entries by their addresses, from saved feeds."""
    left_out: dict[str, Item] = field(default_factory=dict)
    """What the public could read, and the site does not get."""

    def items(self, report: ImportReport) -> Iterator[Item]:
        """The documents that the site has a language for; keys that stand twice get a number."""
        seen: Counter[str] = Counter()
        for given in in_time(self.format.read(self.source, report), self.spent):
            item = titled_once(in_one_encoding(given, report))
            if self.feed_ids and item.kind == "post" and not item.id:
                keys = map(address_key, item.addresses)
                item = replace(item, id=next(filter(None, map(self.feed_ids.get, keys)), ""))
            if item.is_left_out:
                self.left_out[item.key] = item
                continue
            seen[item.key] += 1
            if seen[item.key] > 1:
                item = replace(item, key=f"{item.key} ({seen[item.key]})")
            language = item.language or self.default_language or self.home_language
            language_dir = self.language_dir(language)
            if language_dir is None and language.lower() == self.home_language.lower():
                # All of the source is in one language, that of the site, whatever the site calls it.
                language_dir = ""
            if language_dir is None:
                why = f"the site has no language `{language}`: add it to `languages` of the configuration"
                report.add("lost", f"“{item.title[:60]}”", why, item.place)
                if not item.hidden:
                    self.left_out[item.key] = Item.left_out(item.place, *item.addresses)
                continue
            yield replace(item, language=language_dir)

    def language_dir(self, language: str) -> str | None:
        """The folder of a language in the content, empty for the site's own; None if the site has none."""
        options = self.config.options
        code = language.lower().replace("_", "-")
        if code in ("", options.language.lower()):
            return ""
        for one in options.other_languages:
            if one.language_dir.lower() == code:
                return one.language_dir
        short = code.partition("-")[0]
        if short == options.language.lower().partition("-")[0]:
            return ""
        return next(
            (one.language_dir for one in options.other_languages if one.language_dir.lower() == short), None
        )

    def place(self, state: State) -> int:
        """Give each document its file, and note where links lead; returns how many there are."""
        content = self.config.content_dir
        places = DocumentFiles(self.config.options, state.paths)
        places.taken = {path.relative_to(content).as_posix().lower() for path in content.rglob("*.md")}
        places.taken |= {path.lower() for path in state.paths.values()}
        # What only says that something is to be written there gives way.
        self.examples = unchanged_examples(content)
        places.taken -= self.examples
        for item in self.items(ImportReport()):
            path = self.paths[item.key] = places.path_of(item, item.language)
            self.links.add(item, path)
            self.in_html = self.in_html or (item.markup == "markdown" and bool(_IN_HTML.search(item.body)))
        return len(self.paths)


class _PageHead(Struct):
    lines: list[str]
    address: str


def run(
    request: ImportRequest, progress: Progress, say: Callable[[str], None], pairs: Pairs | None = None
) -> ImportResult:
    """Import a source. Raises `SourceError`, `StateError`, `SetupError`, `ContentError`, `OSError`.

    All of the source is read once before anything is written. Documents before and after go into `pairs`.
    """
    report = ImportReport()
    source = open_source(request.source)
    form = format_named(request.format, source)
    try:
        source.shortcodes = ShortcodeTable.of(request.into)
    except ShortcodesError as error:
        raise SourceError(str(error)) from error
    with ExitStack() as stack:
        root = stack.enter_context(_copy(request.into)) if request.dry else request.into
        config = load(Request(config_in(root))).config
        task = _Import(form, source, config, root, report, request.language, spent=TimeSpent(request.seconds))
        task.home_language = form.language(source)
        state = State.load(root, config.content_dir, form.name)
        task.feed_ids = saved_ids(source, report)
        say(f"Reading {source.label} as {form.title}")
        number = task.place(state)
        _extend(task)
        lines, outcomes, media, drafts = _write(task, request, state, progress("Importing", number))
        say("Building, to count what readers get")
        _keep_feeds(task)
        keys = {path: key for key, path in task.paths.items()}
        by_path = {line.path: line for line in lines}
        count = Count(
            config_in(root), config.options.content, by_path, keys, task.paths, report, state, pairs
        )
        count.run(lambda: task.items(ImportReport()), progress)
        return ImportResult(form.name, report, lines, outcomes, media, drafts)


@contextmanager
def _copy(folder: Path) -> Iterator[Path]:
    """A copy of the site, for a run that writes nothing."""
    load(Request(config_in(folder)))
    with tempfile.TemporaryDirectory(prefix="deskpress-import-") as name:
        target = Path(name, "site")
        copy_site(folder, target)
        state = folder / ".deskpress-import"
        if state.is_dir() and not (target / state.name).exists():
            shutil.copytree(state, target / state.name, symlinks=True)
        yield target


def _extend(task: _Import) -> None:
    """Give the site the extensions that imported texts need."""
    lacking = missing(task.config.extensions, in_html=task.in_html)
    if not lacking:
        return
    try:
        place = add_extensions(task.root, lacking)
    except YamlTextError as error:
        task.report.note(str(error))
        return
    task.report.add("changed", "Markdown extensions", f"added: {', '.join(lacking)}", place)
    task.config = load(Request(task.root / place)).config


def _keep_feeds(task: _Import) -> None:
    """Lead the old addresses of feeds to the new ones, if there are posts at all."""
    options = task.config.options
    posts = any(path.startswith(f"{options.posts_dir}/") for path in task.paths.values())
    known = {old.strip("/") for old in options.redirects}
    feeds = OLD_FEEDS.get(task.format.name, {}) if posts else {}
    wanted = {old: new for old, new in feeds.items() if old.strip("/") not in known}
    if not wanted:
        return
    try:
        place, new = add_redirects(task.root, wanted)
    except YamlTextError as error:
        task.report.note(str(error))
        return
    task.report.add("changed", "old addresses of feeds", f"lead to ours: {', '.join(new)}", place)


def _write(
    task: _Import, request: ImportRequest, state: State, tick: Callable[[int], None]
) -> tuple[list[DocumentCount], Counter[str], int, int]:
    options, content = task.config.options, task.config.content_dir
    renderer = SiteConverter.of(task.config)
    host = options.policy.frame_host
    downloads = Downloads.load(task.root, content) if request.download else None
    media = Media(task.source, content, request.media, downloads)
    bodies = BodyConverter(
        Cleaner(task.report, lambda address: bool(host(address))),
        BlockConverter(renderer, host),
        task.links,
        media,
        task.format.names,
        task.report,
    )
    authors, aliases = Authors.of(content, options), Aliases()
    context = Context(options, zone(options.timezone), {})
    _reserve(task, aliases, context, left_out_before(state.paths))
    lines: list[DocumentCount] = []
    outcomes: Counter[str] = Counter()
    files = drafts = 0
    for item in task.items(task.report):
        path = task.paths.get(item.key)
        if path is None:
            continue  # the source changed while it was read
        item.id = aliases.id_of(item, path, task.report)
        body = bodies.markdown(item, path)
        head = _head(item, path, task, authors, aliases, context)
        text = document(head.lines, aliases.of(item, path, head.address, task.report), body)
        text = accepted(path, text, context, item, state, task.report)
        for place, data in media.take().items():
            if not is_inside(content, place):
                raise OSError(f"{place} leads out of {content}, so it was not written")
            (content / place).parent.mkdir(parents=True, exist_ok=True)
            (content / place).write_bytes(data)
            files += 1
        if path in task.examples:
            why = "the example of a new site gives way to the imported text"
            task.report.add("changed", path, why, item.place)
        outcome = state.write(item.key, path, text)
        outcomes[outcome] += 1
        _tell(outcome, item, path, state, task.report)
        if item.hidden:
            drafts += 1
            task.report.add("kept", f"“{item.title[:60]}” as a draft", item.hidden, item.place)
        else:
            lines.append(DocumentCount(path, item.place, item.title, outcome))
        tick(1)
    gone = [*task.left_out.values()]
    for key, path, text in left_out_documents(gone, aliases, task.format.title, task.report):
        outcomes[state.write(key, path, text)] += 1
        task.report.add("changed", path, "the addresses of what is left out answer 410 (gone)", path)
    authors.write()
    state.save()
    if downloads is not None:
        downloads.save()
    return lines, outcomes, files, drafts


def _reserve(task: _Import, aliases: Aliases, context: Context, before: set[str]) -> None:
    """Keep the addresses of documents that are not of this import for them."""
    content = task.config.content_dir
    imported = {*task.paths.values(), *task.examples, *before}
    for file in sorted(content.rglob("*.md")):
        path = file.relative_to(content).as_posix()
        found = None if path in imported else read(path, file.read_bytes(), context).document
        if found is not None:
            for address in (document_address(found, context.options), *found.aliases):
                aliases.reserve(address, path)


def _head(
    item: Item, path: str, task: _Import, authors: Authors, aliases: Aliases, context: Context
) -> _PageHead:
    """The front matter of a document, and its address, which no other document has."""
    names = [*map(authors.name, item.people)]
    own = slug_for(item) if item.kind == "post" else ""
    slug, number, first = own, 2, ""
    while True:
        lines = front_matter(item, slug, names, task.report)
        address = _address(path, document(lines, [], ""), context)
        first = first or address
        if not own or aliases.addresses.setdefault(address, path) == path:
            aliases.following[first] = number
            return _PageHead(lines, address)
        number = max(number, aliases.following.get(first, 2))
        slug, number = f"{own}-{number}", number + 1


def _address(path: str, text: str, context: Context) -> str:
    found = read(path, text.encode(), context).document
    return "" if found is None else document_address(found, context.options)


def _tell(outcome: Written, item: Item, path: str, state: State, report: ImportReport) -> None:
    if outcome == "conflict":
        shown = (state.folder / "conflicts" / path).relative_to(state.root).as_posix()
        why = f"changed here and at the source: {shown} holds both; {path} is as it was"
        report.add("lost", f"a change of “{item.title[:60]}”", why, item.place)
    elif outcome == "deleted here":
        report.add("changed", path, "it was deleted here, and stays so", item.place)
