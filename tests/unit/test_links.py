"""Every link of a built site leads somewhere; where content's do not, `check` has said just that."""

from __future__ import annotations

from pathlib import Path

from deskpress.model.diagnostic import Kind
from tests.conftest import Site, drawn
from tests.links import Built


def test_every_link_of_the_first_site_leads_somewhere(first_site: Path) -> None:
    built = Built(first_site)
    pages = built.pages()
    assert len(pages) > 40
    assert [(page, target) for page in pages for target in built.dangling(page)] == []


def test_the_links_that_lead_nowhere_are_those_that_check_tells(site: Site) -> None:
    site.configure(site_url="https://desk.example/sub/", options={"languages": ["de"]})
    site.write("help/metrics.md", "# Metrics\n\n## Häufig & selten\n\n## Part\n\nText.\n")
    site.write(
        "de/help/metrics.md", "# Zahlen\n\n[da](../../help/metrics.md#part) [fort](../../help/gone.md)\n"
    )
    site.write("posts/pic one.png", drawn(9, 9))
    site.post(
        "2012-03-01-a.md",
        "[topic](../help/metrics.md) [part](../help/metrics.md#part) [no part](../help/metrics.md#nope)\n\n"
        "[gone](gone.md) [gone too](/2012/03/gone.html) ![there](<pic one.png>) ![not there](no.png)\n\n"
        "[page](/2012/03/) [rooted](/sub/help/metrics/) [here](#own) [nowhere](#other)\n\n## Own\n\n"
        "[old](/old/) [out](https://example.org/x) [up](../../../x.md) [feed](/feed.xml)\n",
        aliases=["/old/"],
    )
    checked = site.check()
    told: dict[str, int] = {}
    for found in checked.diagnostics:
        assert found.kind in (Kind.LINK, Kind.IMAGE)
        told[found.span.path] = told.get(found.span.path, 0) + 1
    site.build()
    built = Built(site.output, "/sub/")
    dead = {}
    for path, address in checked.linker.of_source.items():
        page = address + "index.html" * address.endswith("/")
        if targets := built.dangling(page, ".dp-body"):
            dead[f"content/{path}"] = len(targets)
    assert dead == told
    assert told == {"content/posts/2012-03-01-a.md": 6, "content/de/help/metrics.md": 1}


def test_of_many_broken_links_a_hundred_are_told(site: Site) -> None:
    site.post("2012-03-12-a.md", "[x](y.md)\n\n" * 500)
    told = [problem for problem in site.problems() if "2012-03-12-a.md" in problem]
    assert len(told) == 101
    assert any("400 more warnings about this document are not shown" in problem for problem in told)


def test_a_link_may_lead_to_the_heading_that_is_the_title(site: Site) -> None:
    site.configure(markdown_extensions=[{"toc": {"permalink": True}}, "attr_list"])
    site.write("a.md", "# All *tags*\n\n[Up](#all-tags), [b](b.md#own), [c](c.md#c), [none](d.md#d).\n")
    site.write("b.md", "# B {#own}\n\nText.\n")
    site.write("c.md", "# C\n\n## C\n\nText.\n")
    site.write("d.md", "---\ntitle: D\n---\nText.\n")
    site.post("2012-03-12-p.md", "# P one\n\nText.\n", title="P one")
    told = [one for one in site.problems() if "anchor" in one]
    assert [one.partition("`")[2].partition("`")[0] for one in told] == ["d.md#d"]
    site.build()
    assert '<h1 id="all-tags">All tags</h1>' in site.read("a/index.html")
    assert '<h1 id="own">B</h1>' in site.read("b/index.html")
    assert "<h1>C</h1>" in site.read("c/index.html")
    assert '<h1 id="p-one">P one</h1>' in site.read("2012/03/p-one.html")
