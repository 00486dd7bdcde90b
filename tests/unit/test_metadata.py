"""What machines are told of a page."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Site


def told(site: Site, path: str) -> Any:
    node = LexborHTMLParser(site.read(path)).css_first('script[type="application/ld+json"]')
    assert node is not None
    return json.loads(node.text())


def properties(site: Site, path: str) -> dict[str, str]:
    nodes = LexborHTMLParser(site.read(path)).css("meta[property]")
    return {n.attributes["property"] or "": n.attributes["content"] or "" for n in nodes}


def test_a_post_tells_what_it_is(site: Site) -> None:
    site.configure()
    title = 'Quotes " and </script><!-- tags'
    site.post("2012-03-05-a.md", title=title, slug="a", author="Jo", updated="2012-03-06", description="S.")
    site.build()
    post = told(site, "2012/03/a.html")
    assert post["@type"] == "BlogPosting"
    assert post["headline"] == title
    assert post["url"] == "https://desk.example/2012/03/a.html"
    assert (post["datePublished"][:10], post["dateModified"][:10]) == ("2012-03-05", "2012-03-06")
    assert post["author"] == [{"@type": "Person", "name": "Jo"}]
    assert properties(site, "2012/03/a.html") == {
        "og:type": "article",
        "og:site_name": "Seller Desk",
        "og:title": title,
        "og:url": "https://desk.example/2012/03/a.html",
        "og:description": "S.",
    }


def test_a_topic_tells_the_way_to_it_and_the_home_page_who_publishes(site: Site) -> None:
    site.configure()
    site.write("help/a/index.md", "# A\n")
    site.write("help/a/b.md", "# B\n")
    site.build()
    steps = told(site, "help/a/b/index.html")["itemListElement"]
    assert [(step["position"], step["name"], step.get("item")) for step in steps] == [
        (1, "Help", "https://desk.example/help/"),
        (2, "A", "https://desk.example/help/a/"),
        (3, "B", None),
    ]
    assert told(site, "index.html")["@type"] == "Organization"


def test_robots_find_the_site_map_unless_the_site_has_its_own(site: Site) -> None:
    site.configure()
    site.build()
    assert "Sitemap: https://desk.example/sitemap.xml\n" in site.read("robots.txt")
    site.write("robots.txt", "User-agent: *\nDisallow: /\n")
    site.build()
    assert "Disallow" in site.read("robots.txt")
