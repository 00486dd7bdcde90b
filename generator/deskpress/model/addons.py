"""The options of other people's plug-ins whose work Deskpress does itself (`compat/`).

Plain data, read from `mkdocs.yml`: the fingerprint of the options is part of every page's recipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field


class Minify(Struct, frozen=True):
    """`minify`: options of `htmlmin` (None: pages stay as they are), files by path, versions used."""

    html: Mapping[str, object] | None = None
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


class TagListing(Struct, frozen=True, omit_defaults=True):
    """How one listing of tags is made; None stands for the plug-in's own option."""

    scope: bool = False
    shadow: bool | None = None
    toc: bool | None = None
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()


class Tags(Struct, frozen=True):
    """`tags` of Material; the names are those of its options.

    Sorting is by `name` or `casefold` of tags, by `title` or `url` of pages. `slugify` holds the options of
    `pymdownx.slugs.slugify`; `marks` are `extra: tags`, `depth` is the lowest level of headings.
    `files` end in a listing, of some tags or of all; `permalink` and what follows are those of headings.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shown: bool = True
    slugify: tuple[tuple[str, object], ...] = (("case", "lower"),)
    separator: str = "-"
    slug_format: str = "tag:{slug}"
    hierarchy: bool = False
    hierarchy_separator: str = "/"
    sort: str = "name"
    reverse: bool = False
    allowed: tuple[str, ...] = ()
    listings: bool = True
    listings_map: Mapping[str, TagListing] = field(default_factory=dict)
    listings_sort: str = "title"
    listings_reverse: bool = False
    listings_tags_sort: str = "name"
    listings_tags_reverse: bool = False
    directive: str = "material/tags"
    toc: bool = True
    shadow: bool = False
    shadow_tags: tuple[str, ...] = ()
    shadow_prefix: str = ""
    shadow_suffix: str = ""
    export: str = "tags.json"
    marks: Mapping[str, str] | None = None
    depth: int = 6
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    permalink: str = ""
    permalink_title: str = ""
    permalink_class: str = ""


class Commit(Struct, frozen=True):
    """A commit: its author date, and its hash (`name`), empty if there is none."""

    at: datetime
    name: str = ""


class Commits(Struct, frozen=True):
    """The last commit that changed a file, and the one that added it."""

    last: Commit | None = None
    created: Commit | None = None


class GitDates(Struct, frozen=True):
    """`git-revision-date-localized` and `git-revision-date` (`plain`): how days of commits are written.

    Commits whose hashes begin with one of the `ignored` are skipped. Marks in Markdown are `fills`-ed.
    """

    kind: str = "date"
    custom: str = "%d. %B %Y"
    zone: str = "UTC"
    locale: str = ""
    exclude: tuple[str, ...] = ()
    creation: bool = False
    fallback: bool = False
    plain: bool = False
    follow: bool = True
    ignored: tuple[str, ...] = ()
    fills: bool = True


class Lightbox(Struct, frozen=True):
    """`glightbox`: the names are those of its options."""

    options: Mapping[str, object]


class Caption(Struct, frozen=True):
    """`caption`: the names are those of its options; `version` is that of the plug-in."""

    options: Mapping[str, object]
    version: str


class LlmsTxt(Struct, frozen=True):
    """`llmstxt`: patterns of files by the titles of sections, each with what is said of the pages.

    `versions` are of the plug-in and of what it needs.
    """

    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    description: str = ""
    autoclean: bool = True
    versions: tuple[str, ...] = ()


class Addons(Struct, frozen=True):
    """The options of all of them; None if a plug-in is not used.

    `excluded` are the globs and the regular expressions of `exclude`. `redirects` are pairs of an old file
    and a target. `meta` is the name of Material's files of defaults for front matter. `keys` are front-matter
    keys that a plug-in reads. Plug-ins that are `unused` need their own code once a document asks for it.
    """

    excluded: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    redirects: tuple[tuple[str, str], ...] = ()
    meta: str = ""
    minify: Minify | None = None
    tags: Tags | None = None
    git_dates: GitDates | None = None
    lightbox: Lightbox | None = None
    caption: Caption | None = None
    llmstxt: LlmsTxt | None = None
    keys: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def for_reading(self) -> object:
        """What the reading of a document depends on."""
        listings = (self.tags.directive, self.tags.files) if self.tags else ()
        return (self.meta, listings, self.git_dates, self.lightbox, self.caption, self.keys, self.unused)
