"""`meta`: defaults of front matter by folder, merged as Material's plug-in merges them."""

from __future__ import annotations

import re

import pytest
from mergedeep import Strategy, merge

from deskpress.compat.native import meta
from tests.compat.conftest import ways
from tests.conftest import Site

pytestmark = pytest.mark.slow


def tags(page: str) -> list[str]:
    found = re.search(r"Tags: (.*)</p>", page)
    return re.findall(r">([^<]+)</a>", found[1]) if found else []


def test_defaults_reach_what_lies_below_and_give_way_to_the_document(site: Site) -> None:
    site.configure(plugins=["deskpress", {"meta": {}}])
    outer = {"tags": ["one"], "description": "From above", "categories": ["News"]}
    inner = {"tags": ["two"], "description": "From beside"}
    site.write("posts/.meta.yml", "tags: [one]\ndescription: From above\ncategories: [News]\n")
    site.write("posts/old/.meta.yml", "tags: [two]\ndescription: From beside\n")
    site.post("2012-03-01-a.md", tags=["three"])
    site.write("posts/old/b.md", "---\ntitle: B\ndate: 2012-03-02\ntags: [three]\n---\nText\n")
    site.write("posts/old/c.md", "---\ntitle: C\ndate: 2012-03-03\ndescription: My own\n---\nText\n")
    built = ways(site)
    merged = merge({}, outer, inner, {"tags": ["three"]}, strategy=Strategy.TYPESAFE_ADDITIVE)
    page = built["2012/03/b.html"].decode()
    assert tags(page) == merged["tags"]
    assert f'name="description" content="{merged["description"]}"' in page
    assert tags(built["2012/03/a.html"].decode()) == ["one", "three"]
    assert 'content="My own"' in built["2012/03/c.html"].decode()
    assert "category/news/index.html" in built
    assert not [path for path in built if "meta" in path]


def test_a_default_that_changes_is_seen_with_a_warm_cache(site: Site) -> None:
    site.configure(plugins=["deskpress", {"meta": {"meta_file": "_defaults.yml"}}])
    site.write("posts/_defaults.yml", "tags: [one]\n")
    site.post("2012-03-01-a.md")
    site.build()
    assert "_defaults.yml" not in " ".join(site.tree())
    site.write("posts/_defaults.yml", "tags: [two]\ndraft: true\n")
    site.post("2012-03-02-b.md", draft=False)
    site.build()
    assert "2012/03/a.html" not in site.tree()
    assert tags(site.read("2012/03/b.html")) == ["two"]


def test_values_of_two_types_and_broken_files_are_told_at_their_place(site: Site) -> None:
    site.configure(plugins=["deskpress", {"meta": {}}])
    site.write("posts/.meta.yml", "tags: [one]\n")
    site.post("2012-03-01-a.md", tags="two")
    assert site.problems() == [
        "content/posts/2012-03-01-a.md:4:1: `tags` is of another type here than in a file of defaults"
    ]
    site.write("posts/.meta.yml", "tags: [one\n")
    assert [p.partition(": ")[0] for p in site.problems()] == ["content/posts/.meta.yml:1:7"]


def test_files_of_defaults_are_bounded(site: Site) -> None:
    """Each build reads them all, in the process that builds, whatever has changed."""
    site.configure(plugins=["deskpress", {"meta": {}}])
    site.post("2012-03-01-a.md")
    site.write("posts/.meta.yml", "description: Short\n")
    site.write("help/.meta.yml", "more:\n" + "- a\n" * 125_000)
    assert site.problems() == [
        "content/help/.meta.yml:1:1: all files of defaults have 500,025 bytes; 500,000 are allowed"
        " (this one has 500,006)"
    ]
    (site.content / "help/.meta.yml").unlink()
    for number in range(2000):
        site.write(f"help/{number}/.meta.yml", "")
    assert site.problems() == ["content/help/0/.meta.yml:1:1: there are 2,001 such files; 2,000 are allowed"]


def test_what_files_of_defaults_add_to_documents_is_bounded(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few lines, and a thousand documents below them, took gigabytes of memory and of pages."""
    monkeypatch.setattr(meta, "ADDED_BEFORE", 10_000)
    site.configure(plugins=["deskpress", {"meta": {}}])
    site.write("help/.meta.yml", f"description: {'word ' * 600}\n")
    site.write("help/a/.meta.yml", "tags: [one]\n")
    for number in range(9):
        site.write(f"help/a{number}.md", "# A\n\nText.\n")
    assert site.problems() == []
    for number in range(9):
        site.write(f"help/a/{number}.md", "# A\n\nText.\n")
    assert site.problems() == [
        "content/help/.meta.yml:1:1: files of defaults add 54,468 bytes to all documents; 46,000 are allowed"
        " (this one adds 54,252)"
    ]
