"""The commits of a document for templates: `page.meta`, for plug-ins that show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskpress.model.output import OutputSpec
from deskpress.render.library import Library
from deskpress.render.views import RedirectView, View


class CommitMeta(Mapping[str, object]):
    """The variables of one page. Only those that a template uses are queried, and so recorded."""

    def __init__(self, library: Library, address: str) -> None:
        self._library = library
        self._address = address

    def __getitem__(self, name: str) -> str:
        found: dict[str, str] = {}
        if name.startswith("git_site_"):
            found = self._library.site_dates()
        elif name.startswith(("git_", "revision_date")):
            found = self._library.dates_at(self._address)
        return found[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._library.dates_at(self._address), *self._library.site_dates()))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return True


def with_dates(view: View | RedirectView, spec: OutputSpec, library: Library) -> View | RedirectView:
    """A view with the variables of its document's commits, if a plug-in shows them."""
    if isinstance(view, RedirectView) or library.options.addons.git_dates is None:
        return view
    if view.frame.page is not None:
        view.frame.page.added = CommitMeta(library, spec.address)
    return view
