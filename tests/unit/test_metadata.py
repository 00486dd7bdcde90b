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


def test_a_topic_of_steps_is_instructions_whose_steps_can_be_linked(site: Site) -> None:
    steps = "1. Open **Orders**.\n2. Press *Buy* & pay.\n\n    - Or not.\n    - And\n\n3. Print.\n"
    site.write("help/a.md", f"# Print a label\n\nFirst:\n\n{steps}\nThen go.\n")
    site.write("help/two.md", f"# Two\n\n{steps}\nOr:\n\n{steps}\n")
    site.build()
    instructions = told(site, "help/a/index.html")["@graph"][1]
    assert instructions["@type"] == "HowTo"
    assert [(one["position"], one["text"]) for one in instructions["step"]] == [
        (1, "Open Orders."),
        (2, "Press Buy & pay. Or not. And"),
        (3, "Print."),
    ]
    assert instructions["step"][2]["url"] == "https://desk.example/help/a/#step-3"
    html = site.read("help/a/index.html")
    assert '<li id="step-3"><a class="dp-step" href="#step-3" aria-label="Link to step 3"></a>' in html
    assert html.count('id="step-') == 3
    assert told(site, "help/two/index.html")["@type"] == "BreadcrumbList"
    assert "step-1" not in site.read("help/two/index.html")


def test_a_topic_of_questions_is_one_with_answers(site: Site) -> None:
    site.configure(markdown_extensions=[{"toc": {"permalink": True}}])
    asked = "# Fees\n\nAll of them.\n\n## How much?\n\nA *lot*.\n\n### More\n\nYes.\n\n## When?\n\nNow.\n"
    site.write("help/a.md", asked)
    site.write("help/b.md", asked.replace("## When?", "## Then"))
    site.build()
    questions = told(site, "help/a/index.html")["@graph"][1]
    assert questions["@type"] == "FAQPage"
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in questions["mainEntity"]] == [
        ("How much?", "A lot. More Yes."),
        ("When?", "Now."),
    ]
    assert told(site, "help/b/index.html")["@type"] == "BreadcrumbList"


def test_what_a_topic_is_changes_with_its_text(site: Site) -> None:
    site.write("help/a.md", "# A\n\n1. One\n2. Two\n")
    site.build()
    assert "HowTo" in site.read("help/a/index.html")
    site.write("help/a.md", "# A\n\nOne, two.\n")
    site.build()
    assert "HowTo" not in site.read("help/a/index.html")


def test_a_site_may_have_a_home_page_and_a_site_map_of_its_own(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.write("index.html", "<!doctype html><title>Own</title>")
    site.write("sitemap.xml", "<urlset/>")
    told = [one for one in site.problems() if "takes the place of" in one]
    assert told == [
        "content/index.html:1:1: this takes the place of the home page",
        "content/sitemap.xml:1:1: this takes the place of the sitemap.xml",
    ]
    site.build()
    assert "<title>Own</title>" in site.read("index.html")
    assert site.read("sitemap.xml") == "<urlset/>"
    assert not (site.output / "sitemap.xml.gz").exists()
    site.write("index.md", "# Home\n")
    assert any("both want the address /" in one for one in site.problems())
