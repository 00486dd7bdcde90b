"""Collects outputs and finds conflicts between their addresses."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from deskpress.model.address import problem_of
from deskpress.model.diagnostic import Diagnostic, Kind, Severity, Span
from deskpress.model.document import Document
from deskpress.model.output import OutputSpec, Subject, path_of
from deskpress.model.site import Site

REPLACED = frozenset(
    "rss atom json atom_archive home not_found opensearch redirects_list sitemap_xml".split()
)
"""Kinds of outputs that a file of the site may replace, such as `404.html`, unless a document makes them."""


class Owner(Struct, frozen=True):
    """The owner of an address: a name for messages, and the place in the content that sets it, if any."""

    name: str
    span: Span | None = None


def owner_of(site: Site, document: Document) -> Owner:
    """The file of a document, at the line that determines its address."""
    label = f"{site.options.content}/{document.path}"
    return Owner(label, Span(label, document.line("slug")))


class Draft(Struct):
    """A plan being made. Outputs that share an address become errors, not outputs.

    What is added belongs to the language of `language_dir`. `config_file` is the place of what no file of the
    content sets. `own_files` are those of the content by their path in the site, with their names for
    messages: some take the place of what Deskpress makes.
    """

    config_file: str
    outputs: dict[str, OutputSpec] = field(default_factory=dict)
    language_dir: str = ""
    addresses: dict[Subject, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    own_files: Mapping[str, str] = field(default_factory=dict)
    _owners: dict[str, Owner] = field(default_factory=dict)
    _folders: dict[str, Owner] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)

    def add(self, spec: OutputSpec, owner: Owner) -> bool:
        """Add an output unless its address is taken; return whether it was added."""
        key = spec.path.casefold()
        folders = _folders(key)
        if spec.kind in REPLACED and owner.span is None and spec.path in self.own_files:
            self._tell_replaced(spec.path, owner)
            return False
        # Two files of the content may differ only in case: the scan has reported that.
        alike = spec.kind == "asset" and key in self._files and spec.path not in self.outputs
        if (taken := self._taken(key, folders)) and not alike:
            self._clash(spec, owner, taken)
            return False
        self._owners[key] = owner
        if spec.kind == "asset":
            self._files.add(key)
        for folder in folders:
            self._folders.setdefault(folder, owner)
        self.outputs[spec.path] = replace(spec, language_dir=self.language_dir) if self.language_dir else spec
        return True

    def _tell_replaced(self, path: str, owner: Owner) -> None:
        span, problem = Span(self.own_files[path]), f"this takes the place of {owner.name}"
        hint = "remove it to have that of Deskpress again"
        self.diagnostics.append(Diagnostic(span, Severity.WARNING, Kind.ADDRESS, problem, hint))

    def reserve(self, path: str, owner: Owner) -> None:
        """Reserve an address for a future output: a conflict is reported today."""
        spec = OutputSpec(path, "reserved")
        if self.add(spec, owner):
            del self.outputs[path]

    def owner(self, path: str) -> Owner | None:
        """The owner of this path, or of one above or below it."""
        key = path.casefold()
        return self._taken(key, _folders(key))

    def _taken(self, key: str, folders: list[str]) -> Owner | None:
        taken = self._owners.get(key) or self._folders.get(key)
        for folder in folders:
            taken = taken or self._owners.get(folder)
        return taken

    def page(self, address: str, kind: str, subject: Subject, owner: Owner, template: str = "") -> None:
        """Add an HTML page at `address`."""
        if address and (problem := problem_of(address)):
            self.error(owner.span, f"the address /{address} of {owner.name} {problem}", "set another `slug`")
            return
        spec = OutputSpec(path_of(address), kind, subject, template or f"deskpress/{kind}.html")
        if self.add(spec, owner):
            self.addresses[subject] = address

    def error(self, span: Span | None, problem: str, hint: str = "") -> None:
        """Report an error about addresses, at the configuration if no file of the content has caused it."""
        span = span or Span(self.config_file)
        self.diagnostics.append(Diagnostic(span, Severity.ERROR, Kind.ADDRESS, problem, hint))

    def _clash(self, spec: OutputSpec, owner: Owner, taken: Owner) -> None:
        # The error is reported at the editor's file; generated outputs have none.
        self.error(
            owner.span or taken.span,
            f"{owner.name} and {taken.name} both want the address /{spec.address}",
            "give one of them another `slug`, file name or alias",
        )


def _folders(path: str) -> list[str]:
    found, at = [], path.find("/")
    while at >= 0:
        found.append(path[:at])
        at = path.find("/", at + 1)
    return found
