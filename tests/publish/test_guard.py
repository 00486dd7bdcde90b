"""What subscribers of the feeds must not be shown, in every language."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from msgspec.structs import replace

from deskpress.model.published import FeedItem, Published
from deskpress.publish.checks import PublishedRecord, feed_problems
from deskpress.publish.live_feeds import shown

URL = "https://desk.example/"


def items(*numbers: int, folder: str = "") -> tuple[FeedItem, ...]:
    return tuple(
        FeedItem(f"tag:x:{folder}{n}", f"{folder}{n}.html", datetime(2012, 3, n, tzinfo=UTC)) for n in numbers
    )


def published(**feeds: tuple[FeedItem, ...]) -> Published:
    named = {"" if name == "main" else f"{name}/": found for name, found in feeds.items()}
    ids = {item.id: item.published for found in named.values() for item in found}
    return Published({}, {}, (), named, ids, ("", "de/"))


def test_a_language_that_begins_floods_nobody() -> None:
    record = PublishedRecord().after(published(main=items(*range(1, 9))))
    german = items(*range(1, 8), folder="de/")
    assert feed_problems(record, published(main=items(*range(1, 9)), de=german)) == []


def test_old_posts_that_come_into_a_feed_with_subscribers_are_a_flood() -> None:
    record = PublishedRecord().after(published(main=items(20), de=items(1, 2, folder="de/")))
    more = published(main=items(20), de=items(*range(1, 9), folder="de/"))
    (problem,) = feed_problems(record, more)
    assert "6 posts with old dates would appear as new" in problem


def test_what_vanishes_from_the_feed_of_a_language_is_told_and_so_is_its_end() -> None:
    record = PublishedRecord().after(published(main=items(1), de=items(1, 5, folder="de/")))
    assert feed_problems(record, published(main=items(1), de=items(1, folder="de/"))) == [
        "/de/5.html vanishes from the feed"
    ]
    assert "the main feed is gone: /de/" in feed_problems(record, published(main=items(1)))


def test_an_id_of_a_day_to_come_makes_no_flood_of_what_is_new() -> None:
    record = PublishedRecord().after(published(main=items(1)))
    record = replace(record, ids={**record.ids, "tag:x:notice": datetime(2099, 1, 1, tzinfo=UTC)})
    assert feed_problems(record, published(main=items(*range(1, 9)))) == []


def test_a_feed_of_which_all_has_expired_misleads_nobody() -> None:
    record = PublishedRecord().after(published(main=items(1, 2)))
    gone = replace(published(), gone=("1.html", "2.html"))
    assert feed_problems(record, gone) == []
    assert "the main feed is gone: /" in feed_problems(record, replace(gone, gone=("1.html",)))


def test_a_post_whose_page_is_there_was_shown_before() -> None:
    live = {
        "feed.json": json.dumps(
            {
                "items": [
                    {"id": "tag:x:9", "url": f"{URL}9.html", "date_published": "2012-03-09T00:00:00+00:00"}
                ]
            }
        ).encode(),
        **{f"{n}.html": b"" for n in range(1, 9)},
    }
    site = published(main=items(*range(1, 10)))
    assert feed_problems(shown(live.get, site, URL), site) == []
    only_the_feed = {"feed.json": live["feed.json"]}
    assert feed_problems(shown(only_the_feed.get, site, URL), site)
