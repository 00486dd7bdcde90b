"""Notices: planned, current, past; on the home page, on every page, in their feed."""

from __future__ import annotations

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.diagnostic import ContentError
from tests.conftest import Site

NOTICE = """---
title: Pages closed
description: For some hours.
start: 2012-06-02 22:00
end: 2012-06-03 02:00
severity: warning
updates:
  - {at: 2012-06-02 23:00, text: It goes on.}
  - {at: 2012-06-03 01:00, text: Nearly done.}
---

We move.
"""


def texts(site: Site, path: str, selector: str) -> list[str]:
    return [" ".join(n.text().split()) for n in LexborHTMLParser(site.read(path)).css(selector)]


@pytest.fixture
def noticed(site: Site) -> Site:
    site.configure()
    site.post("2012-03-01-a.md")
    site.write("notices/pages-closed.md", NOTICE)
    return site


def test_a_planned_notice_stands_on_the_home_page_only(noticed: Site) -> None:
    noticed.build(as_of="2012-06-02")
    (card,) = texts(noticed, "index.html", ".dp-notice-card")
    assert card.startswith(
        "Warning: Pages closed Planned for June 2, 2012, 10:00 PM to June 3, 2012, 2:00 AM"
    )
    assert texts(noticed, "2012/03/a.html", ".dp-banner") == []
    assert texts(noticed, "notices/index.html", "section h2") == ["Now", "Planned"]


def test_the_feed_holds_the_text_as_html_before_its_updates(noticed: Site) -> None:
    noticed.build(as_of="2012-06-03 01:30")
    (entry,) = feedparser.parse(noticed.read("notices/atom.xml")).entries
    told = [" ".join(node.text().split()) for node in LexborHTMLParser(entry.content[0].value).css("p, li")]
    assert told[0] == "We move."
    assert told[1:] == ["June 3, 2012, 1:00 AM: Nearly done.", "June 2, 2012, 11:00 PM: It goes on."]


def test_a_current_notice_stands_on_every_page_with_its_last_update(noticed: Site) -> None:
    noticed.build(as_of="2012-06-03 01:30")
    assert texts(noticed, "2012/03/a.html", ".dp-banner") == [
        "Warning: Pages closed until June 3, 2012, 2:00 AM"
    ]
    card = texts(noticed, "index.html", ".dp-notice-card")[0]
    assert "Update of June 3, 2012, 1:00 AM: Nearly done." in card
    noticed.build(as_of="2012-06-03 00:59")
    assert "Nearly done." not in noticed.read("index.html") + noticed.read("notices/atom.xml")
    noticed.build(as_of="2012-06-03 01:00")
    updates = texts(noticed, "notices/pages-closed/index.html", ".dp-updates li")
    assert updates == ["June 3, 2012, 1:00 AM Nearly done.", "June 2, 2012, 11:00 PM It goes on."]


def test_of_current_notices_the_most_severe_comes_first_then_the_latest(noticed: Site) -> None:
    for name, start, severity in (
        ("calm", "2012-06-03 01:00", "info"),
        ("broken", "2012-06-01", "critical"),
        ("slow", "2012-06-03 00:30", "warning"),
    ):
        noticed.write(
            f"notices/{name}.md", f"---\ntitle: {name}\nstart: {start}\nseverity: {severity}\n---\n\nText.\n"
        )
    noticed.build(as_of="2012-06-03 01:30")
    expected = ["broken", "slow", "Pages closed", "calm"]
    assert texts(noticed, "index.html", ".dp-notice-card > a") == expected
    assert texts(noticed, "2012/03/a.html", ".dp-banner a") == expected
    assert texts(noticed, "notices/index.html", "section:first-of-type .dp-notice-card > a") == expected
    # Both ends are known, or one.
    spans = texts(noticed, "index.html", ".dp-notice-card > p:first-of-type")
    assert spans[0] == "Since June 1, 2012, 12:00 AM"
    assert spans[2] == "June 2, 2012, 10:00 PM to June 3, 2012, 2:00 AM"


def test_a_past_notice_stands_in_the_list_only(noticed: Site) -> None:
    noticed.build(as_of="2012-06-03 01:59")
    again = noticed.build(as_of="2012-06-03 02:00")
    assert "2012/03/a.html" in again.reasons
    assert texts(noticed, "2012/03/a.html", ".dp-banner") == []
    assert texts(noticed, "index.html", ".dp-notice-card") == []
    assert texts(noticed, "notices/index.html", "section h2") == ["Now", "Past"]
    assert "Nothing is out of order." in noticed.read("notices/index.html")


def test_notices_have_a_feed_that_an_update_changes(noticed: Site) -> None:
    noticed.build(as_of="2012-06-03 01:30")
    feed = feedparser.parse(noticed.read("notices/atom.xml"))
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == "Pages closed"
    assert entry.updated == "2012-06-03T01:00:00+00:00"
    assert "Nearly done." in entry.content[0].value
    assert "Notices" in noticed.read("subscribe/index.html")


def test_a_site_without_notices_has_no_page_for_them(site: Site) -> None:
    site.configure()
    site.post("2012-03-01-a.md")
    site.build()
    assert not (site.output / "notices").exists()
    assert "Notices" not in site.read("index.html")


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("title: A", "the notice has no start"),
        ("title: A\nstart: 2012-06-02\nend: 2012-06-01", "the notice ends before it starts"),
        ("title: A\nstart: 2012-06-02\nseverity: loud", "`severity` cannot be `loud`"),
        ("title: A\nstart: 2012-06-02\nupdates: soon", "`updates` must be a list"),
        ("title: A\nstart: 2012-06-02\nupdates: [soon]", "an update needs `at` and `text`"),
        ("title: A\nstart: 2012-06-02\nupdates: [{at: never, text: x}]", "`updates: at`"),
    ],
)
def test_a_mistake_in_a_notice_is_told(site: Site, head: str, problem: str) -> None:
    site.configure()
    site.write("notices/a.md", f"---\n{head}\n---\n\nText.\n")
    with pytest.raises(ContentError) as caught:
        site.build()
    assert any(d.problem.startswith(problem) for d in caught.value.diagnostics), caught.value


def test_the_site_chooses_what_its_home_page_shows(noticed: Site) -> None:
    noticed.configure(options={"home": ["headlines", "notices"]})
    noticed.build(as_of="2012-06-03")
    assert texts(noticed, "index.html", "h2") == ["Headlines", "Notices"]


def test_the_feed_of_all_posts_comes_first_among_the_feeds(noticed: Site) -> None:
    noticed.build()
    assert texts(noticed, "subscribe/index.html", "h2")[:2] == ["Everything", "Notices"]
