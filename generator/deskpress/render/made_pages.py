"""Search records of pages without a file: feeds, archive, notices."""

from __future__ import annotations

from deskpress.model.site import Site
from deskpress.plan.search import made_pages
from deskpress.render.records import packed
from deskpress.source.lexicon import terms_in
from deskpress.source.record import record_of_page


def made_records(site: Site) -> dict[str, bytes]:
    """The search's stored records of these pages by their paths; empty without a search."""
    if not site.options.search:
        return {}
    say, known = site.options.words, terms_in(site.options.language)
    texts = {
        "subscribe": (
            say("Subscribe"),
            say("Feeds for a feed reader (RSS, Atom, JSON): follow what is new, as with a newsletter."),
        ),
        "archive": (say("Archive"), say("All posts by year and month, old ones too.")),
        "notices": (
            say("Notices"),
            say("The status: what is out of order, outages, maintenance that is planned, what is past."),
        ),
    }
    return {path: packed(record_of_page(*texts[what], known)) for path, what in made_pages(site).items()}
