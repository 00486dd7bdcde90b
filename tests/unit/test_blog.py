"""The blog: months, posts, the main page, taxonomies, redirects."""

from __future__ import annotations

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.diagnostic import ContentError
from tests.conftest import Site, drawn


def texts(html: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in LexborHTMLParser(html).css(selector)]


def bar(html: str) -> list[str]:
    first = LexborHTMLParser(html).css_first(".dp-bar")
    return [] if first is None else " ".join(first.text().split()).split(" | ")


@pytest.mark.slow
def test_a_month_has_a_bar_a_count_and_whole_posts_newest_first(site: Site) -> None:
    site.post("2012-02-20-before.md")
    site.post("2012-03-05-first.md", "The whole body.\n\n<!-- more -->\n\nTo its end.\n")
    site.post("2012-03-26-second.md")
    site.post("2012-04-09-after.md")
    site.build()
    month = site.read("2012/03/index.html")
    assert bar(month) == ["February 2012", "Main", "April 2012"]
    assert texts(month, "h1") == ["2 posts from March 2012"]
    assert texts(month, "h2") == ["March 26, 2012", "March 5, 2012"]
    assert texts(month, ".dp-entry__title") == ["Second", "First"]
    assert "To its end." in month


@pytest.mark.slow
def test_one_post_is_counted_as_one(site: Site) -> None:
    site.post("2012-03-05-only.md")
    site.build()
    assert texts(site.read("2012/03/index.html"), "h1") == ["1 post from March 2012"]


@pytest.mark.slow
def test_the_bar_skips_empty_months_and_leaves_out_missing_ends(site: Site) -> None:
    site.post("2011-11-30-old.md")
    site.post("2012-03-01-new.md")
    site.build()
    assert bar(site.read("2011/11/index.html")) == ["Main", "March 2012"]
    assert bar(site.read("2012/03/index.html")) == ["November 2011", "Main"]


def test_posts_of_one_day_stand_under_one_date(site: Site) -> None:
    site.post("2012-03-05-a.md", date="2012-03-05 09:00:00")
    site.post("2012-03-05-b.md", date="2012-03-05 17:00:00")
    site.build()
    month = site.read("2012/03/index.html")
    assert texts(month, "h2") == ["March 5, 2012"]
    assert texts(month, ".dp-entry__title") == ["B", "A"]


def test_a_post_has_a_bar_of_titles(site: Site) -> None:
    for day, name in (("01", "one"), ("02", "two"), ("03", "three")):
        site.post(f"2012-03-{day}-{name}.md")
    site.build()
    assert bar(site.read("2012/03/two.html")) == ["One", "Main", "Three"]
    assert bar(site.read("2012/03/one.html")) == ["Main", "Two"]


def test_a_date_with_a_zone_stands_where_the_site_is(site: Site) -> None:
    site.configure(options={"timezone": "America/Los_Angeles"})
    site.post("2012-04-01-late.md", date="2012-04-01T02:00:00Z")
    site.build()
    assert texts(site.read("2012/03/index.html"), "h2") == ["March 31, 2012"]


def test_the_main_page_is_paginated_and_cuts_at_more(site: Site) -> None:
    site.configure(options={"posts_per_page": 2})
    for day in range(1, 6):
        site.post(f"2012-03-0{day}-n{day}.md", f"Start {day}.\n\n<!-- more -->\n\nRest {day}.\n")
    site.build()
    main = site.read("blog/index.html")
    assert texts(main, ".dp-entry__title") == ["N5", "N4"]
    assert "Start 5." in main
    assert "Rest 5." not in main
    assert texts(site.read("blog/page/2/index.html"), ".dp-entry__title") == ["N3", "N2"]
    assert texts(site.read("blog/page/3/index.html"), ".dp-entry__title") == ["N1"]
    assert not (site.output / "blog/page/4").exists()


def test_the_blog_ends_after_so_many_pages(site: Site) -> None:
    site.configure(options={"posts_per_page": 1, "blog_pages": 2})
    for day in range(1, 5):
        site.post(f"2012-03-0{day}-n{day}.md")
    site.build()
    assert texts(site.read("blog/page/2/index.html"), ".dp-entry__title") == ["N3"]
    assert not (site.output / "blog/page/3").exists()
    assert "blog/page/3" not in site.read("blog/page/2/index.html")
    assert "N1" in texts(site.read("2012/03/index.html"), ".dp-entry__title")


def test_a_pinned_post_comes_first_on_the_main_page_only(site: Site) -> None:
    site.post("2012-03-01-pinned.md", pin=True)
    site.post("2012-03-02-newer.md")
    site.build()
    assert texts(site.read("blog/index.html"), ".dp-entry__title") == ["Pinned", "Newer"]
    assert texts(site.read("2012/03/index.html"), ".dp-entry__title") == ["Newer", "Pinned"]


def test_the_archive_counts_every_year_and_month(site: Site) -> None:
    site.post("2011-03-01-a.md")
    site.post("2012-03-01-b.md")
    site.post("2012-03-02-c.md")
    site.build()
    archive = site.read("archive/index.html")
    assert texts(archive, ".dp-year h2") == ["2012 2 posts", "2011 1 post"]
    assert texts(site.read("2012/index.html"), ".dp-cards a") == ["C", "B"]


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("categories", ["Customer service"], "category/customer-service/index.html"),
        ("tags", ["E-mail"], "tag/e-mail/index.html"),
        ("author", "Jo Doe", "author/jo-doe/index.html"),
    ],
)
def test_each_taxonomy_has_pages(site: Site, key: str, value: Any, path: str) -> None:
    site.post("2012-03-01-a.md", **{key: value})
    site.post("2012-03-02-b.md")
    site.build()
    assert texts(site.read(path), ".dp-cards a") == ["A"]


def test_categories_that_share_an_address_are_one_page_and_a_warning(site: Site) -> None:
    site.post("2012-03-01-a.md", categories=["Metrics"])
    site.post("2012-03-02-b.md", categories=["metrics"])
    assert any("has the address of" in problem for problem in site.problems())
    site.build()
    assert texts(site.read("category/metrics/index.html"), ".dp-cards a") == ["B", "A"]


def test_a_series_shows_all_parts_with_this_one_marked(site: Site) -> None:
    site.post("2012-03-01-a.md", series={"name": "A tale", "part": 1})
    site.post("2012-03-09-b.md", series={"name": "A tale", "part": 2})
    site.build()
    assert texts(site.read("2012/03/b.html"), ".dp-series li") == ["A", "B"]
    assert texts(site.read("2012/03/b.html"), ".dp-series [aria-current=page]") == ["B"]
    assert texts(site.read("series/a-tale/index.html"), ".dp-cards a") == ["A", "B"]


@pytest.mark.slow
def test_authors_come_from_the_file_beside_the_posts_and_it_is_not_published(site: Site) -> None:
    site.write("posts/.authors.yml", "authors:\n  jo:\n    name: Jo Doe\n    description: Sells lamps\n")
    site.post("2012-03-01-a.md", authors=["jo"])
    site.build()
    assert texts(site.read("author/jo/index.html"), "h1") == ["Jo Doe"]
    assert "Sells lamps" in site.read("author/jo/index.html")
    assert not list(site.output.rglob("*authors.yml"))


def test_authors_without_pages_of_their_own_are_named_all_the_same(site: Site) -> None:
    site.configure(options={"authors_profiles": False})
    site.post("2012-03-01-a.md", author="Jo & Co", categories=["Fees"])
    site.build()
    post = site.read("2012/03/a.html")
    assert "By Jo & Co" in texts(post, ".dp-byline")[0]
    assert texts(post, ".dp-byline a") == ["Fees"]
    assert texts(site.read("2012/03/index.html"), ".dp-byline a") == ["Fees"]
    assert "<name>Jo &amp; Co</name>" in site.read("2012/03/atom.xml")
    assert not (site.output / "author").exists()
    assert "/author/" not in site.read("sitemap.xml")


def test_a_post_without_author_is_by_the_team(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.build()
    assert "By The Team" in texts(site.read("2012/03/a.html"), ".dp-byline")[0]


def test_reading_time_is_calculated_or_given(site: Site) -> None:
    site.post("2012-03-01-short.md")
    site.post("2012-03-02-long.md", "word " * 531)
    site.post("2012-03-03-given.md", readtime=7)
    site.build()
    times = [texts(site.read(f"2012/03/{n}.html"), ".dp-byline")[0][-10:] for n in ("short", "long", "given")]
    assert times == ["1 min read", "3 min read", "7 min read"]


def test_an_alias_redirects(site: Site) -> None:
    site.post("2012-03-01-new.md", aliases=["/2010/old.html", "older/"])
    site.build()
    old = site.read("2010/old.html")
    assert '<link rel="canonical" href="https://desk.example/2012/03/new.html">' in old
    assert 'content="0; url=../2012/03/new.html"' in old
    assert '<a href="../2012/03/new.html">' in old
    assert "older/index.html" in site.tree()
    assert "/2010/old.html /2012/03/new.html 301\n" in site.read("_redirects")
    assert '"/2010/old.html" "/2012/03/new.html";\n' in site.read("redirects.map")


def test_address_patterns_are_options(site: Site) -> None:
    site.configure(
        options={"addresses": {"post": "news/{year}-{month}-{day}/{slug}/", "month": "m/{year}/{month}/"}}
    )
    site.post("2012-03-01-a.md")
    site.build()
    assert {"news/2012-03-01/a/index.html", "m/2012/03/index.html"} <= site.tree().keys()


def test_two_posts_with_one_address_are_an_error_that_names_both(site: Site) -> None:
    site.post("2012-03-01-a.md", slug="same")
    site.post("2012-03-09-b.md", slug="same")
    with pytest.raises(ContentError) as caught:
        site.build()
    message = str(caught.value)
    assert "content/posts/2012-03-01-a.md" in message
    assert "content/posts/2012-03-09-b.md" in message
    assert "/2012/03/same.html" in message


def test_a_page_at_the_address_of_the_feeds_is_an_error(site: Site) -> None:
    site.write("subscribe.md", "# Our feeds\n")
    with pytest.raises(ContentError, match=r"the feeds' page and content/subscribe\.md both want"):
        site.build()


def test_a_page_at_the_blogs_address_introduces_it(site: Site) -> None:
    site.configure(options={"posts_per_page": 1})
    site.write("blog/index.md", "# What is new\n\nWelcome, and [see all](/archive/).\n")
    site.post("2012-03-01-a.md")
    site.post("2012-03-02-b.md")
    site.build()
    assert texts(site.read("blog/index.html"), "h1") == ["What is new"]
    assert 'Welcome, and <a href="../archive/">' in site.read("blog/index.html")
    assert "Welcome" not in site.read("blog/page/2/index.html")


def test_ids_of_several_bodies_on_one_page_differ_and_footnotes_work(site: Site) -> None:
    body = "## Same\n\nText.[^1] See [above](#same).\n\n[^1]: Note.\n"
    site.post("2012-03-01-a.md", body)
    site.post("2012-03-02-b.md", body)
    site.build()
    for path in ("2012/03/index.html", "blog/index.html", "2012/03/a.html"):
        html = site.read(path)
        article = LexborHTMLParser(html).css_first("article")
        assert article is not None
        ids = [node.attributes["id"] for node in article.css("[id]")]
        assert len(ids) == len(set(ids))
        for link in article.css("a[href^='#']"):
            assert (link.attributes["href"] or "")[1:] in ids, path


def test_links_between_posts_are_right_on_every_page(site: Site) -> None:
    site.write("posts/shot.png", b"\x89PNG")
    site.post("2012-03-01-a.md", "![A shot](shot.png) [next](2012-04-01-b.md#part)\n")
    site.post("2012-04-01-b.md", "## Part\n")
    site.build()
    for path, root in (
        ("2012/03/a.html", "../../"),
        ("2012/03/index.html", "../../"),
        ("blog/index.html", "../"),
    ):
        html = site.read(path)
        assert f'src="{root}posts/shot.png"' in html
        assert f'href="{root}2012/04/b.html#part"' in html


@pytest.mark.slow
def test_a_link_from_an_excerpt_into_the_rest_leads_to_the_post(site: Site) -> None:
    site.post("2012-03-01-a.md", "See [below](#later).\n\n<!-- more -->\n\n## Later\n")
    site.build()
    assert 'href="../2012/03/a.html#later"' in site.read("blog/index.html")
    assert 'href="#later"' in site.read("2012/03/a.html")


@pytest.mark.slow
def test_raw_html_cannot_break_out_of_its_place(site: Site) -> None:
    site.post("2012-03-01-a.md", "</div></article></main>\n\n<div><b>never closed\n")
    site.post("2012-03-02-b.md")
    site.build()
    month = LexborHTMLParser(site.read("2012/03/index.html"))
    assert len(month.css("article .dp-entry")) == 2
    assert len(month.css("article > .dp-bar")) == 2


def test_titles_are_shown_as_written(site: Site) -> None:
    title = """<script>alert("1")</script> & 'quotes' ]]> 🎉 {{ config }}"""
    site.post("2012-03-01-a.md", title=title, slug="a", categories=["<b>x</b>"])
    site.build()
    for path in (
        "2012/03/a.html",
        "2012/03/index.html",
        "blog/index.html",
        "archive/index.html",
        "index.html",
    ):
        html = site.read(path)
        assert not re.search(r"<script>alert", html)
        assert "<b>x" not in html
    page = LexborHTMLParser(site.read("2012/03/a.html"))
    heading, head = page.css_first("h1"), page.css_first("title")
    assert heading is not None
    assert head is not None
    assert heading.text() == title
    assert head.text() == f"{title} – Seller Desk"


def test_the_first_heading_is_the_title_and_is_not_repeated(site: Site) -> None:
    site.write("posts/a.md", "---\ndate: 2012-03-01\n---\n# Hello *you* {#x}\n\n## Then\n")
    site.build()
    html = site.read("2012/03/hello-you-x.html")
    assert texts(html, "article h1") == ["Hello you"]
    assert texts(html, "article h2") == ["Then"]


def test_code_in_a_line_hides_no_title(site: Site) -> None:
    site.write("posts/a.md", "---\ndate: 2012-03-01\n---\n```x``` is code.\n\n# Hello\n")
    site.build()
    # As in MkDocs, only a heading at the very beginning makes an address.
    assert texts(site.read("2012/03/a.html"), "article h1") == ["Hello"]


def test_headings_of_bodies_stand_below_those_of_the_page(site: Site) -> None:
    site.post("2012-03-01-a.md", "# Big\n\n## Small\n")
    site.build()
    assert texts(site.read("2012/03/a.html"), ".dp-body h2") == ["Big"]
    assert texts(site.read("2012/03/index.html"), ".dp-body h4") == ["Big"]
    assert texts(site.read("2012/03/index.html"), ".dp-body h5") == ["Small"]


def test_a_site_without_posts_builds(site: Site) -> None:
    site.build()
    assert {"index.html", "blog/index.html", "archive/index.html", "404.html"} <= site.tree().keys()
    assert "feed.xml" not in site.tree()


def test_a_site_under_a_sub_path_leads_lost_readers_home(site: Site) -> None:
    site.configure(site_url="https://desk.example/sub/")
    site.post("2012-03-01-a.md", "[blog](/sub/blog/) [also](/blog/)\n", aliases=["/sub/old.html"])
    site.build()
    assert 'href="/sub/assets/stylesheets/deskpress.css"' in site.read("404.html")
    assert '<link rel="canonical" href="https://desk.example/sub/2012/03/a.html">' in site.read(
        "2012/03/a.html"
    )
    assert site.read("2012/03/a.html").count('href="../../blog/"') >= 2
    assert "/sub/old.html /sub/2012/03/a.html 301" in site.read("_redirects")


def test_a_post_shows_its_authors_picture_where_pages_may_load_it(site: Site) -> None:
    authors = (
        "authors:\n  jo: {name: Jo, avatar: /jo.png}\n  al: {name: Al, avatar: https://a.example/al.png}\n"
    )
    site.write("posts/.authors.yml", authors + "  bo: {name: Bo, avatar: missing.png}\n")
    site.write("jo.png", drawn(8, 8))
    site.post("2012-03-05-a.md", authors=["jo", "al", "bo"])
    site.build()
    shown = r'<img class="dp-author" src="([^"]+)"'
    assert re.findall(shown, site.read("2012/03/a.html")) == ["../../jo.png", "https://a.example/al.png"]
    assert re.findall(shown, site.read("2012/03/index.html")) == []
    site.configure(options={"policy": {"images": "self"}})
    site.build()
    assert re.findall(shown, site.read("2012/03/a.html")) == ["../../jo.png"]
