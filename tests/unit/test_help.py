"""The help center: sections, neighbours, the age of a text, ways to answer."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.app.judged import index_of
from deskpress.model.diagnostic import ContentError, Severity
from tests.conftest import Site


def page(site: Site, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.read(path))


def texts(site: Site, path: str, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page(site, path).css(selector)]


@pytest.fixture
def sections(site: Site) -> Site:
    """Two topics at the top, a section with a page, and one below it without."""
    site.configure()
    site.write("help/basics.md", "# Basics\n")
    site.write("help/selling/index.md", "---\ndescription: How to sell.\n---\n# Selling\n")
    site.write("help/selling/fees.md", "# Fees\n")
    site.write("help/selling/far-away/customs.md", "# Customs\n")
    site.write("help/zebra.md", "# Zebra\n")
    site.build()
    return site


def test_the_index_groups_topics_by_section_at_any_depth(sections: Site) -> None:
    assert texts(sections, "help/index.html", "h2") == ["Selling"]
    assert texts(sections, "help/index.html", "h3") == ["Far away"]
    assert texts(sections, "help/index.html", ".dp-lead") == ["How to sell."]
    assert texts(sections, "help/index.html", ".dp-cards a") == ["Basics", "Zebra", "Fees", "Customs"]


def test_the_home_page_shows_sections_with_what_lies_in_them_first(sections: Site) -> None:
    cards = page(sections, "index.html").css(".dp-grid__card")
    assert [" ".join(card.text().split()) for card in cards] == [
        "Basics",
        "Selling How to sell. Far away Fees",
        "Zebra",
    ]
    assert [link.attributes["href"] for link in cards[1].css("ul:not(.dp-grid) a")] == [
        "./help/selling/far-away/customs/",
        "./help/selling/fees/",
    ]
    for number in range(4):
        sections.write(f"help/selling/far-away/t{number}.md", f"# T{number}\n")
    sections.build()
    assert texts(sections, "index.html", ".dp-grid .dp-topics__count") == ["6 topics"]


def test_an_index_of_many_topics_is_folded(sections: Site) -> None:
    index = "help/index.html"
    assert texts(sections, index, "details") == []
    for number in range(30):
        sections.write(f"help/selling/far-away/t{number}.md", f"# T{number}\n")
    sections.build()
    assert texts(sections, index, "summary") == ["Selling 32 topics How to sell."]
    assert texts(sections, index, "details h3") == ["Far away"]
    assert len(texts(sections, index, ".dp-cards a")) == 34
    assert texts(sections, index, "details > p a") == ["About this section: Selling"]
    assert len(texts(sections, "search/index.html", "#dp\\:topics details .dp-cards a")) == 32


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("help/basics.md", "../../help/basics/"),
        (
            "mailto:desk@help.example",
            "mailto:desk@help.example?subject=Fees&body=https%3A%2F%2Fdesk.example%2Fhelp%2Fselling%2Ffees%2F",
        ),
        (
            "https://help.example/new?kind=1",
            "https://help.example/new?kind=1&title=Fees&body=https%3A%2F%2Fdesk.example%2Fhelp%2Fselling%2Ffees%2F",
        ),
    ],
)
def test_who_finds_no_answer_is_led_to_a_human(sections: Site, contact: str, expected: str) -> None:
    sections.configure(options={"contact": contact})
    assert not list(sections.build().diagnostics)
    (link,) = page(sections, "help/selling/fees/index.html").css(".dp-contact a")
    assert str(link.attributes["href"]).endswith(expected)
    assert texts(sections, "index.html", ".dp-contact") == ["Still stuck? Contact us"]


def test_a_contact_that_leads_nowhere_is_told(sections: Site) -> None:
    sections.configure(options={"contact": "help/basic.md"})
    (told,) = sections.build().diagnostics
    assert told.problem == "`contact` leads to `help/basic.md`, which does not exist"
    assert told.hint == "the nearest is `help/basics.md`"
    sections.configure(options={"contact": "javascript:alert(1)"})
    with pytest.raises(ContentError, match="is not a page, a URL or a `mailto:` address"):
        sections.build()


def test_a_topic_shows_its_branch_and_its_neighbours(sections: Site) -> None:
    fees = "help/selling/fees/index.html"
    assert texts(sections, fees, ".dp-tree a") == ["Basics", "Selling", "Far away", "Fees", "Zebra"]
    assert texts(sections, fees, ".dp-tree a[aria-current]") == ["Fees"]
    assert texts(sections, fees, ".dp-crumbs a") == ["Help", "Selling"]
    assert texts(sections, "help/basics/index.html", ".dp-tree a") == ["Basics", "Selling", "Zebra"]
    assert texts(sections, "help/basics/index.html", "nav[aria-label=Topics] a") == ["Next Selling"]
    customs = "help/selling/far-away/customs/index.html"
    assert texts(sections, customs, "nav[aria-label=Topics] a") == ["Previous Selling", "Next Fees"]
    assert texts(sections, "help/selling/index.html", "#dp\\:below ~ section h3") == ["Far away"]


def test_of_many_topics_only_the_nearest_stand_beside(site: Site) -> None:
    site.configure()
    for number in range(100):
        site.write(f"help/t{number:03}.md", f"# T{number}\n")
    site.build()
    beside = texts(site, "help/t050/index.html", ".dp-tree a")
    assert len(beside) == 40
    assert {"T31", "T50", "T69"} <= set(beside)


def test_a_replaced_text_leads_to_the_newer_one_everywhere(site: Site) -> None:
    site.configure()
    site.write("help/a.md", "# The rate\n")
    site.post("2012-02-01-old.md", "Old.\n", topics=["a"])
    newer = {"supersedes": "posts/2012-02-01-old.md", "effective": "2024-09-25"}
    site.post("2012-03-01-new.md", "New.\n", **newer)
    site.build()
    notice = "This rule changed in September 2024; the newer text is here: New."
    assert texts(site, "2012/02/old.html", ".dp-notice") == [notice]
    assert texts(site, "2012/03/new.html", ".dp-notice") == [
        "What this says applies from September 25, 2024.",
        "This takes the place of Old.",
    ]
    assert texts(site, "help/a/index.html", ".dp-note") == ["There is a newer text."]
    (entry,) = feedparser.parse(site.read("2012/02/atom.xml")).entries
    paragraphs = [node.text() for node in LexborHTMLParser(entry.content[0].value).css("p")]
    assert paragraphs == ["There is a newer text on this: New.", "Old."]


@pytest.mark.slow
def test_a_review_that_did_not_come_is_told_when_its_day_has_passed(site: Site) -> None:
    site.configure()
    site.write("help/a.md", "---\nreview_by: 2012-06-10\n---\n# A\n")
    site.build(as_of="2012-06-10")
    assert texts(site, "help/a/index.html", ".dp-notice") == []
    result = site.build(as_of="2012-06-11")
    assert texts(site, "help/a/index.html", ".dp-notice") == [
        "This text was to be reviewed by June 10, 2012; some of it may have changed since."
    ]
    assert result.reasons.keys() == {"help/a/index.html"}


def commit(folder: Path, day: str) -> None:
    moment = f"{day}T12:00:00+00:00"
    who = {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+00:00"}
    for name in ("AUTHOR", "COMMITTER"):
        who |= {f"GIT_{name}_NAME": "Editor", f"GIT_{name}_EMAIL": "editor@desk.example"}
    for arguments in (["add", "-A"], ["commit", "-qm", day]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **who})


@pytest.mark.slow
def test_the_last_change_is_what_editors_say_else_the_last_commit(site: Site, tmp_path: Path) -> None:
    site.configure()
    site.write("help/a.md", "# A\n")
    site.write("help/b b.md", "---\nupdated: 2012-01-05\n---\n# B\n")
    site.write("help/ü.md", "# U\n")
    (site.folder / ".gitignore").write_text(".cache/\nsite/\n")
    subprocess.run(["git", "init", "-q"], cwd=site.folder, check=True)
    commit(site.folder, "2012-02-01")
    site.write("help/ü.md", "# Uu\n")
    commit(site.folder, "2012-03-01")
    site.build()
    assert texts(site, "help/a/index.html", ".dp-colophon") == ["Last changed February 1, 2012"]
    assert texts(site, "help/b b/index.html", ".dp-colophon") == ["Last changed January 5, 2012"]
    assert texts(site, "help/ü/index.html", ".dp-colophon") == ["Last changed March 1, 2012"]
    assert "<lastmod>2012-02-01" in site.read("sitemap.xml")
    site.write("help/a.md", "# A\n\nMore.\n")
    commit(site.folder, "2012-04-01")
    assert "help/a/index.html" in site.build().reasons
    assert texts(site, "help/a/index.html", ".dp-colophon") == ["Last changed April 1, 2012"]
    # What is no post any more has such a date too, without a new commit.
    site.write("posts/2012-01-01-p.md", "---\ndate: 2012-01-01\n---\n# P\n")
    commit(site.folder, "2012-05-01")
    site.build()
    site.configure(options={"posts_dir": "news"})
    site.build()
    assert texts(site, "posts/2012-01-01-p/index.html", ".dp-colophon") == ["Last changed May 1, 2012"]
    site.configure()
    site.build()
    clone = Site.__new__(Site)
    clone.folder = tmp_path / "clone"
    clone.content = clone.folder / "content"
    subprocess.run(["git", "clone", "-q", site.folder, clone.folder], check=True)
    clone.build()
    assert clone.tree() == site.tree()
    shallow = Site.__new__(Site)
    shallow.folder = tmp_path / "shallow"
    shallow.content = shallow.folder / "content"
    url = f"file://{site.folder}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", url, shallow.folder], check=True)
    said: list[str] = []
    shallow.build(say=said.append)
    assert texts(shallow, "help/a/index.html", ".dp-colophon") == []
    assert any("shallow" in line for line in said)


def test_readers_can_answer_where_the_site_says_so(site: Site) -> None:
    site.configure(repo_url="https://github.com/us/help", options={"helpful": "mailto:desk@desk.example"})
    site.write("help/a.md", "# A & B\n")
    site.build()
    html = page(site, "help/a/index.html")
    edit = html.css_first(".dp-colophon a")
    assert edit is not None
    assert edit.attributes["href"] == "https://github.com/us/help/edit/master/docs/help/a.md"
    yes, no = html.css(".dp-helpful a")
    url = "https%3A%2F%2Fdesk.example%2Fhelp%2Fa%2F"
    assert yes.attributes["href"] == f"mailto:desk@desk.example?subject=Helpful%3A%20A%20%26%20B&body={url}"
    assert "Not%20helpful" in (no.attributes["href"] or "")


def test_without_a_repository_nothing_is_asked(site: Site) -> None:
    site.configure()
    site.write("help/a.md", "# A\n")
    site.build()
    assert texts(site, "help/a/index.html", ".dp-colophon, .dp-helpful") == []


@pytest.mark.slow
def test_a_topic_names_the_next_topics_of_its_section(site: Site) -> None:
    for name in "abcdef":
        site.write(f"help/sale/{name}.md", f"# {name.upper()}\n\nText.\n")
    site.write("help/sale/deep/g.md", "# G\n\nText.\n")
    site.write("help/alone.md", "# Alone\n\nText.\n")
    site.build()
    assert texts(site, "help/sale/c/index.html", ".dp-beside a") == ["D", "E", "F", "A"]
    assert texts(site, "help/sale/deep/g/index.html", ".dp-beside a") == []
    site.write("help/sale/d.md", "# Delta\n\nText.\n")
    site.build()
    assert texts(site, "help/sale/c/index.html", ".dp-beside a") == ["Delta", "E", "F", "A"]


def test_an_endpoint_takes_the_place_of_links_and_is_allowed(site: Site) -> None:
    options = {"helpful": "mailto:a@b.example", "helpful_endpoint": "https://told.example/helpful"}
    site.configure(options=options)
    site.write("help/a.md", "# A\n\nText.\n")
    site.build()
    html = page(site, "help/a/index.html")
    assert len(html.css(".dp-helpful[data-helpful][hidden] button")) == 2
    assert "connect-src &#39;self&#39; https://told.example;" in site.read("help/a/index.html")
    site.configure(options={"helpful_endpoint": "told.example"})
    with pytest.raises(ContentError, match="not a valid URL"):
        site.check()


@pytest.mark.slow
def test_topics_and_sections_come_in_the_order_that_editors_give(site: Site) -> None:
    lines = {"a": "", "b": "order: 20\n", "c": "order: 3\n", "d": "pin: true\n"}
    lines |= {"e": "", "e/x": "", "f": "order: 2\n", "f/y": ""}
    for key, line in lines.items():
        site.write(f"help/{key}.md", f"---\ntitle: Topic {key[-1]}\n{line}---\n\nText.\n")

    def shown() -> tuple[list[str], list[str]]:
        site.build()
        return texts(site, "help/index.html", ".dp-cards a"), texts(site, "help/index.html", "h2")

    assert shown() == ([f"Topic {key}" for key in "dcbayx"], ["Topic f", "Topic e"])
    site.write("help/a.md", "---\ntitle: Topic a\norder: 1\n---\n\nText.\n")
    site.write("help/e.md", "---\ntitle: Topic e\norder: 1\n---\n\nText.\n")
    assert shown() == ([f"Topic {key}" for key in "dacbxy"], ["Topic e", "Topic f"])
    edited = site.tree()
    shutil.rmtree(site.folder / ".cache")
    shutil.rmtree(site.output)
    site.build()
    assert site.tree() == edited


def test_an_order_that_is_not_a_number_is_a_warning(site: Site) -> None:
    site.write("help/a.md", "---\ntitle: A\norder: first\n---\n\nText.\n")
    [problem] = site.build().diagnostics
    assert problem.severity is Severity.WARNING
    assert "`order` must be a whole number" in problem.problem


def test_the_search_finds_keywords_and_does_not_show_them(site: Site) -> None:
    site.write("help/a.md", "---\ntitle: Returns\nkeywords: [send back, refundable]\n---\n\nThirty days.\n")
    site.write("help/b.md", "---\ntitle: Fees\n---\n\nPer item.\n")
    site.build()
    hits = index_of(site.check().records[""]).search("refundable")
    assert [hit.shown.title for hit in hits] == ["Returns"]
    assert "refundable" not in site.read("help/a/index.html")
