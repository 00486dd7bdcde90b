"""The feeds, as subscribers' programs read them."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from deskpress.render.xml_feeds import as_html
from tests.conftest import Site

NAMES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}


def parsed(site: Site, path: str) -> Any:
    feed = feedparser.parse((site.output / path).read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def links(element: Any) -> dict[str, str]:
    return {str(link.get("rel")): str(link.get("href")) for link in element.findall("a:link", NAMES)}


@pytest.fixture
def three_months(site: Site) -> Site:
    site.post("2012-01-05-one.md", "First.\n", categories=["News"])
    site.post("2012-03-05-two.md", "Second, with [a link](2012-01-05-one.md).\n", categories=["News"])
    site.post("2012-03-06-three.md", "Third.\n", topics=["metrics"])
    site.post("2012-04-01-four.md", "Fourth.\n", updated="2012-04-03")
    site.write("help/metrics.md", "# Metrics\n")
    site.build()
    return site


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml"])
def test_a_feed_lists_the_newest_first(three_months: Site, path: str) -> None:
    assert [e.title for e in parsed(three_months, path).entries] == ["Four", "Three", "Two", "One"]


def test_only_the_newest_are_in_the_main_feed(site: Site) -> None:
    site.configure(options={"feed_length": 2})
    for day in range(1, 6):
        site.post(f"2012-03-0{day}-n{day}.md")
    site.build()
    assert [e.title for e in parsed(site, "atom.xml").entries] == ["N5", "N4"]
    assert len(parsed(site, "2012/03/atom.xml").entries) == 5


def test_the_feed_was_updated_when_its_newest_entry_was(three_months: Site) -> None:
    # feedgen would say: now.
    assert parsed(three_months, "atom.xml").feed.updated == "2012-04-03T00:00:00+00:00"
    rss = parsed(three_months, "feed.xml")
    assert rss.feed.updated == "Tue, 03 Apr 2012 00:00:00 +0000"
    assert parsed(three_months, "atom.xml").entries[1].updated == "2012-03-06T00:00:00+00:00"


def test_an_atom_entry_keeps_rel_and_type_of_its_links(three_months: Site) -> None:
    root = etree.fromstring(three_months.read("atom.xml").encode())
    link = root.find("a:entry/a:link", NAMES)
    assert link is not None
    assert {str(name): value for name, value in link.attrib.items()} == {
        "href": "https://desk.example/2012/04/four.html",
        "rel": "alternate",
        "type": "text/html",
    }


def test_rss_names_its_hub_and_its_archive(site: Site) -> None:
    site.configure(options={"websub_hub": "https://hub.example/"})
    site.post("2012-03-05-a.md")
    site.build()
    channel = etree.fromstring(site.read("feed.xml").encode())[0]
    assert links(channel) == {
        "self": "https://desk.example/feed.xml",
        "hub": "https://hub.example/",
        "prev-archive": "https://desk.example/2012/03/atom.xml",
    }
    assert channel.findtext("link") == "https://desk.example/blog/"
    assert links(etree.fromstring(site.read("atom.xml").encode()))["hub"] == "https://hub.example/"
    assert json.loads(site.read("feed.json"))["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_links_and_images_in_content_are_absolute(site: Site) -> None:
    site.write("posts/shot.png", b"\x89PNG1234")
    body = (
        "![A shot](shot.png) [one](2012-01-05-one.md) [here](#part) <img src='shot.png' alt='x'>\n\n## Part\n"
    )
    site.post("2012-01-05-one.md")
    site.post("2012-03-05-two.md", body)
    site.build()
    for content in (
        parsed(site, "atom.xml").entries[0].content[0].value,
        parsed(site, "feed.xml").entries[0].content[0].value,
        json.loads(site.read("feed.json"))["items"][0]["content_html"],
    ):
        assert content.count('src="https://desk.example/posts/shot.png"') == 2
        assert 'href="https://desk.example/2012/01/one.html"' in content
        assert 'href="https://desk.example/2012/03/two.html#part"' in content


def test_media_become_enclosures_sound_first(site: Site) -> None:
    site.write("posts/shot.png", b"12345678")
    site.write("posts/talk.mp3", b"123")
    site.post("2012-03-05-two.md", "![A shot](shot.png)\n\n[listen](talk.mp3)\n")
    site.build()
    rss = parsed(site, "feed.xml").entries[0].enclosures
    assert [(e.href, e.type, e.length) for e in rss] == [
        ("https://desk.example/posts/talk.mp3", "audio/mpeg", "3")
    ]
    root = etree.fromstring(site.read("atom.xml").encode())
    atom = [link.get("href") for link in root.findall("a:entry/a:link[@rel='enclosure']", NAMES)]
    assert atom == ["https://desk.example/posts/talk.mp3", "https://desk.example/posts/shot.png"]
    attachment = json.loads(site.read("feed.json"))["items"][0]["attachments"][0]
    assert attachment == {
        "url": "https://desk.example/posts/talk.mp3",
        "mime_type": "audio/mpeg",
        "size_in_bytes": 3,
    }


def test_a_walk_through_the_archive_sees_every_post_once(three_months: Site) -> None:
    seen = []
    root = etree.fromstring(three_months.read("atom.xml").encode())
    url = links(root)["prev-archive"]
    while url:
        root = etree.fromstring(three_months.read(url.removeprefix("https://desk.example/")).encode())
        assert root.find("fh:archive", NAMES) is not None
        assert links(root)["self"] == url
        assert links(root)["current"] == "https://desk.example/atom.xml"
        assert links(root)["alternate"] == url.removesuffix("atom.xml")
        seen += [e.findtext("a:title", namespaces=NAMES) for e in root.findall("a:entry", NAMES)]
        url = links(root).get("prev-archive", "")
    assert seen == ["Four", "Three", "Two", "One"]


def test_a_closed_month_changes_only_by_the_link_to_the_next(three_months: Site) -> None:
    before = three_months.read("2012/04/atom.xml")
    march = three_months.read("2012/03/atom.xml")
    three_months.post("2012-05-01-five.md")
    three_months.build()
    added = (
        '<link href="https://desk.example/2012/05/atom.xml" rel="next-archive" type="application/atom+xml"/>'
    )
    after = three_months.read("2012/04/atom.xml")
    assert added in after
    assert [line for line in after.splitlines() if added not in line] == before.splitlines()
    assert three_months.read("2012/03/atom.xml") == march


def test_category_and_topic_have_feeds_without_archives(three_months: Site) -> None:
    assert [e.title for e in parsed(three_months, "category/news/atom.xml").entries] == ["Two", "One"]
    assert [e.title for e in parsed(three_months, "help/metrics/feed.xml").entries] == ["Three"]
    root = etree.fromstring(three_months.read("category/news/atom.xml").encode())
    assert links(root).keys() == {"alternate", "self"}
    assert 'href="../../category/news/feed.xml"' in three_months.read("category/news/index.html")


def test_json_feed_says_what_the_others_say(three_months: Site) -> None:
    feed = json.loads(three_months.read("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://desk.example/feed.json"
    assert [i["id"] for i in feed["items"]] == [e.id for e in parsed(three_months, "atom.xml").entries]
    assert feed["items"][0]["date_published"] == "2012-04-01T00:00:00+00:00"


def ids(site: Site) -> list[str]:
    site.build()
    return [e.id for e in parsed(site, "atom.xml").entries]


@pytest.mark.slow
def test_an_id_is_a_tag_uri_that_survives_a_new_title_and_slug(site: Site) -> None:
    site.post("2012-03-05-a.md", title="Old title", slug="old")
    before = ids(site)
    assert before == ["tag:desk.example,2012:/2012/03/old.html"]
    site.post("2012-03-05-a.md", title="New title", slug="new", aliases=["/2012/03/old.html"])
    assert ids(site) == before
    site.post("2012-03-05-a.md", slug="newest", aliases=["/2012/03/old.html", "/2012/03/new.html"])
    assert ids(site) == before


def test_an_id_survives_a_move_to_another_year(site: Site) -> None:
    site.post("2012-01-01-a.md", slug="a")
    before = ids(site)
    site.post("2012-01-01-a.md", date="2011-12-31", slug="a", aliases=["/2012/01/a.html"])
    assert ids(site) == before


def test_an_id_in_front_matter_wins(site: Site) -> None:
    site.configure(options={"id_authority": "team@old.example,2010"})
    site.post("2012-03-05-a.md", id="a-tale")
    site.post("2012-03-04-b.md", id="urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6")
    assert ids(site) == [
        "tag:team@old.example,2010:a-tale",
        "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6",
    ]


def test_what_xml_forbids_reaches_no_feed(site: Site) -> None:
    site.write(
        "posts/a.md", "---\ndate: 2012-03-05\ntitle: A \x08 bell\n---\nText \x1b &#11; &#xFFFF; end ]]> 🎉\n"
    )
    site.build()
    for path in ("feed.xml", "atom.xml", "2012/03/atom.xml"):
        entry = parsed(site, path).entries[0]
        assert entry.title == "A bell"
        assert "end ]]&gt; 🎉" in entry.content[0].value


def test_a_title_of_markup_reads_as_written(site: Site) -> None:
    title = "<script>alert('x')</script> ]]> & \"q\""
    site.post("2012-03-05-a.md", title=title, slug="a")
    site.build()
    root = etree.fromstring(site.read("atom.xml").encode())
    assert root.findtext("a:entry/a:title", namespaces=NAMES) == title
    in_rss = etree.fromstring(site.read("feed.xml").encode()).findtext("channel/item/title")
    assert in_rss == "&#x3C;script>alert('x')&#x3C;/script> ]]> & \"q\""


MARKUP = "T <img src=x onerror=alert(1)> &lt;b>"


def test_nothing_in_rss_is_markup_to_programs_that_take_all_for_html(site: Site) -> None:
    site.configure(site_name=MARKUP)
    site.post("2012-03-05-a.md", title=MARKUP, slug="a", categories=[MARKUP], authors=[MARKUP])
    site.build()
    root = etree.fromstring(site.read("feed.xml").encode())
    assert not [text for text in root.itertext() if "<img" in text or "&lt;b" in text]
    assert html.unescape(str(root.findtext("channel/item/title"))) == MARKUP
    feed = parsed(site, "feed.xml")
    (entry,) = feed.entries
    for said in (feed.feed.title, entry.title, entry.author, entry.tags[0].term):
        assert "<img" not in said
        assert "<img" in html.unescape(said)
    # Atom says what its titles are: text.
    atom = etree.fromstring(site.read("atom.xml").encode())
    assert atom.findtext("a:entry/a:title", namespaces=NAMES) == MARKUP


@pytest.mark.parametrize("title", ["Q&A: 1 < 2", "I <3 R&D", "a <= b & c"])
def test_marks_that_are_no_markup_stay_as_written(site: Site, title: str) -> None:
    site.post("2012-03-05-a.md", title=title, slug="a")
    site.build()
    assert parsed(site, "feed.xml").entries[0].title == title


@given(st.lists(st.sampled_from(["&", "amp", "AMP", "lt", "not", "#", "x", "3C", ";", "<", " ", "b", "é"])))
def test_as_html_reads_as_the_same_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert html.unescape(as_html(text)) == text
    assert not re.search("<[A-Za-z/!?]", as_html(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Use <fast> now", "Use <fast> now"),
        ("Use </fast> now", "Use </fast> now"),
        ("Use <b> now", "Use &#x3C;b> now"),
        ("Use <fast onclick=x> now", "Use &#x3C;fast onclick=x> now"),
        ("Use <h1> now", "Use &#x3C;h1> now"),
    ],
)
def test_a_name_in_brackets_that_is_no_element_stays_as_written_in_rss(text: str, written: str) -> None:
    assert as_html(text) == written


def test_pages_point_to_their_feeds(three_months: Site) -> None:
    page = three_months.read("2012/03/two.html")
    for kind, path in (("rss", "feed.xml"), ("atom", "atom.xml"), ("feed", "feed.json")):
        assert f'type="application/{kind}+' in page
        assert f'href="../../{path}"' in page
    subscribe = three_months.read("subscribe/index.html")
    assert "https://desk.example/category/news/atom.xml" in subscribe
    assert "https://desk.example/help/metrics/feed.json" in subscribe


@pytest.mark.parametrize("tag", ["delivery-rate", "DELIVERY-RATE"])
@pytest.mark.parametrize("where", ["{}\n", "Text {} here.\n"])
def test_a_tool_is_nothing_but_its_text_in_feeds(site: Site, tag: str, where: str) -> None:
    site.post("2012-03-01-a.md", where.format(f"<{tag}></{tag}>"))
    site.build()
    for path in ("atom.xml", "feed.xml", "feed.json", "2012/03/atom.xml"):
        assert "delivery-rate" not in site.read(path).lower()
    assert "<delivery-rate" in site.read("2012/03/a.html")
