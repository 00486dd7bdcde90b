"""MkDocs' page and list of files, for code that runs while one document is read and no other is known.

Access to other pages ends the recording: the code is then run by MkDocs' own loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page

from deskpress.engine.reads import Recording, Stop, recording
from deskpress.model.document import AnyDocument, Post
from deskpress.model.output import path_of


def _refuse(what: str) -> NoReturn:
    raise Stop(f"it asks for `{what}`, which depends on other pages")


class BlogAuthor(dict[str, str]):
    """An author as Material's blog has it: its values are items and attributes."""

    def __getattr__(self, name: str) -> str:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def authors_of(document: AnyDocument | None) -> list[BlogAuthor]:
    """The authors of a post. Raises `AttributeError` for a page, which has none in Material's blog."""
    if not isinstance(document, Post):
        raise AttributeError("authors")
    names = ("name", "description", "avatar", "slug", "url")
    return [BlogAuthor({name: getattr(one, name) for name in names}) for one in document.authors]


class DocumentPage(Page):
    """A document for events before it is converted; its addresses are those of the plan."""

    def __init__(
        self, document: AnyDocument, address: str, meta: Mapping[str, Any], config: MkDocsConfig
    ) -> None:
        self._document = document
        # Not MkDocs' own, which uses today's date and other addresses.
        self.file = File(document.path, config.docs_dir, config.site_dir, True, dest_uri=path_of(address))
        self.file.page = self
        self.title = document.title
        self.meta = dict(meta)
        self.markdown: str | None = None
        self.content: str | None = None
        self.present_anchor_ids = None
        self.links_to_anchors = None
        self._set_canonical_url(config.get("site_url", None))
        self._set_edit_url(config.get("repo_url"), config.get("edit_uri"), config.get("edit_uri_template"))

    @property
    def parent(self) -> None:
        """The section in the navigation."""
        _refuse("page.parent")

    @parent.setter
    def parent(self, value: object) -> None:
        """Never set."""

    @property
    def authors(self) -> list[BlogAuthor]:
        """The authors of a post."""
        return authors_of(self._document)

    @property
    def is_homepage(self) -> bool:
        """Whether it is the home page."""
        return self.file.url in ("", ".", "./")

    @property
    def active(self) -> bool:
        """Whether it is shown: it is."""
        return True

    @active.setter
    def active(self, value: bool) -> None:
        """Never set."""

    def __getattr__(self, name: str) -> Any:
        if name in ("previous_page", "next_page", "toc", "update_date"):
            _refuse(f"page.{name}")
        raise AttributeError(name)


class ListedFile(File):
    """A file of the content for other code: the address of its page is not known yet."""

    @property
    def page(self) -> Any:
        """Its page."""
        _refuse("file.page")

    @page.setter
    def page(self, value: object) -> None:
        """Set by MkDocs when it makes the file."""

    @property
    def dest_uri(self) -> str:
        """The path of its page."""
        _refuse("file.url")

    @dest_uri.setter
    def dest_uri(self, value: str) -> None:
        """Set by MkDocs when it makes the file."""


class SiteFiles(Files):
    """The files of the content folder. Reading any of them depends on the whole list."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._made: dict[str, File] | None = None
        self._folders: dict[str, str] = {}
        self.watch: Recording | None = None

    @property
    def _src_uris(self) -> dict[str, File]:  # type: ignore[override]  # made when it is asked for
        if self._made is None:
            with recording(self.watch.root if self.watch else "") as seen:
                found = list(get_files(self._config))
            self._folders = {one: said for one, said in seen.answers.items() if one.startswith("folder:")}
            for file in found:
                file.__class__ = ListedFile
                for name in ("dest_uri", "url", "page"):
                    file.__dict__.pop(name, None)
            self._made = {file.src_uri: file for file in found}
        if self.watch:
            self.watch.answers.update(self._folders)
        return self._made

    def append(self, file: File) -> None:
        """A hook adds a file to the site."""
        raise Stop("it adds a file to the site")

    def remove(self, file: File) -> None:
        """A hook removes a file."""
        raise Stop("it takes a file out of the site")
