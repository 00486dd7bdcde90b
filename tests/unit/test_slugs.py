"""Addresses as MkDocs and Material make them: slugs, dates, files, categories, authors."""

from __future__ import annotations

import re

import pytest
from pymdownx.slugs import slugify

from deskpress.engine.fingerprint import describe, fingerprint
from deskpress.model.slugs import SlugFunction
from deskpress.plan.urls import name_slugs, pattern_problem, slug_of
from tests.conftest import Site, drawn


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (
            "Structured Output / JSON from LLMs & more: 50 % off!",
            "structured-output--json-from-llms--more-50--off",
        ),
        ("Q&amp;A", "qampa"),
        ("A <b>bold</b> word", "a-bold-word"),
        ("Ends with `<code>`", "ends-with-"),
        ("測試 one", "測試-one"),
        ("🚚 Parcels", "-parcels"),
    ],
)
def test_a_slug_is_letter_by_letter_that_of_materials_blog(title: str, slug: str) -> None:
    assert slug_of(title) == slug == slugify(case="lower")(title, "-")


def test_a_slug_of_a_function_that_keeps_too_much_is_still_an_address() -> None:
    assert slug_of("a/b? #c", SlugFunction(lambda text, sep: text)) == "ab c"


def test_names_that_differ_in_a_symbol_have_slugs_of_their_own() -> None:
    found = name_slugs(["C", "C#", "C++", "c", "Don't", "Dont", "🚚", "!!!", "测试"])
    assert found["C"] == found["c"] == "c"
    assert found["C#"] == "c-23"
    assert found["C++"] == "c-2b-2b"
    assert found["Don't"] == found["Dont"] == "dont"
    assert found["测试"] == "测试"
    assert len(set(found.values())) == 7
    # Alone it stands where Material has it.
    assert name_slugs(["C++"]) == {"C++": "c"}


def test_a_title_of_the_file_and_of_later_headings_gives_the_address_that_mkdocs_gives(site: Site) -> None:
    site.write("posts/Some_Odd-name.md", "---\ndate: 2012-03-01\n---\nText first.\n\n# Then a heading\n")
    site.build()
    assert "Then a heading" in site.read("2012/03/some-odd-name.html")


def test_own_functions_make_slugs(site: Site) -> None:
    site.configure(options={"post_slugify_separator": "_", "addresses": {"category": "c/{slug}/"}})
    file = site.folder / "mkdocs.yml"
    own = "categories_slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: none}}"
    file.write_text(re.sub("( +)(post_slugify_separator.*)", rf"\1\2\n\1{own}", file.read_text("utf-8")))
    site.post("2012-03-01-a.md", title="Two words", categories=["Big News"])
    site.build()
    assert "category" not in site.read("2012/03/two_words.html")
    assert "Two words" in site.read("c/Big-News/index.html")


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("blog/{date:yyyy/MM}/{file}/", "blog/2012/03/2012-03-01-a/index.html"),
        ("{categories}/{slug}/", "big-news/a/index.html"),
        ("{categories}/{slug}/", "b/index.html"),
        ("{categories:2}/{slug}/", "big-news/x/a/index.html"),
        ("p/{date}/{slug}/", "p/2012/03/01/a/index.html"),
    ],
)
def test_a_post_lies_where_its_pattern_says(site: Site, pattern: str, address: str) -> None:
    site.configure(options={"addresses": {"post": pattern}})
    site.post("2012-03-01-a.md", categories=["Big News", "X"])
    site.post("2012-03-02-b.md")
    site.build()
    assert site.read(address)


@pytest.mark.parametrize(
    ("name", "pattern", "problem"),
    [
        ("post", "{date:%Y}/x/", "`{slug}` is missing, or `{file}`"),
        ("post", "{slug:x}/", "braces hold a name and nothing else"),
        ("post", "{categories:x}/{slug}/", "`{categories:…}` takes a number"),
        ("post", "{date:yyyy/../MM}/{slug}/", "the address leaves the site"),
        ("blog", ".", ""),
        ("blog", "", ""),
        ("archive", "", "the address is empty"),
    ],
)
def test_patterns_that_give_no_address_are_refused(name: str, pattern: str, problem: str) -> None:
    assert pattern_problem(name, pattern) == problem


def test_the_page_of_an_author_is_called_after_the_key(site: Site) -> None:
    site.write("posts/.authors.yml", "authors:\n  jo_x:\n    name: Jo Doe\n  al: {name: Al, slug: alan}\n")
    site.post("2012-03-01-a.md", authors=["jo_x", "al"])
    site.build()
    assert "Jo Doe" in site.read("author/jo_x/index.html")
    assert "Al" in site.read("author/alan/index.html")


@pytest.mark.parametrize("blog", ["", ".", "/"])
def test_the_blog_can_be_the_home_page(site: Site, blog: str) -> None:
    site.configure(options={"addresses": {"blog": blog}, "posts_per_page": 1})
    site.write("index.md", "# Welcome\n\nHello, all.\n")
    site.post("2012-03-01-a.md", "Text of A.\n")
    site.post("2012-03-02-b.md", "Text of B.\n")
    site.build()
    first, second = site.read("index.html"), site.read("page/2/index.html")
    assert "Hello, all." in first
    assert "Text of B." in first
    assert "Text of A." not in first
    assert "Text of A." in second
    assert "Hello, all." not in second
    assert not (site.output / "blog").exists()


def test_a_picture_beside_a_post_lies_where_materials_blog_has_it(site: Site) -> None:
    site.configure(options={"posts_dir": "blog/posts", "addresses": {"post": "blog/{slug}/"}})
    for path in ("blog/posts/img/x.png", "blog/posts/y.png", "blog/y.png", "other/z.png"):
        site.write(path, drawn(900, 300))
    site.write("blog/posts/a.md", "---\ndate: 2012-03-01\n---\n# A\n\n![x](img/x.png) ![y](y.png)\n")
    site.write("b.md", "# B\n\n[x](blog/posts/img/x.png)\n")
    site.build()
    made = {path for path in site.tree() if ".png" in path and "favicon" not in path}
    assert {"blog/img/x.png", "blog/img/x.png.480w.webp", "blog/posts/y.png", "blog/y.png"} <= made
    assert not any(path.startswith("blog/posts/img") for path in made)
    assert 'src="../../blog/img/x.png"' in site.read("blog/a/index.html")
    assert 'href="../blog/img/x.png"' in site.read("b/index.html")
    assert not [problem for problem in site.problems() if "does not exist" in problem]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("category/news.md", "category/news/index.html"),
        ("tag/blue/index.md", "tag/blue/index.html"),
        ("archive.md", "archive/index.html"),
        ("2012.md", "2012/index.html"),
        ("2012/03.md", "2012/03/index.html"),
        ("author/jo.md", "author/jo/index.html"),
    ],
)
def test_a_page_at_the_address_of_a_list_is_its_head(site: Site, path: str, address: str) -> None:
    site.write(path, "---\ndescription: What is new\n---\n# Of our own\n\nAll of it.\n")
    site.post("2012-03-01-a.md", categories=["News"], tags=["blue"], author="Jo")
    site.build()
    html = site.read(address)
    assert "<title>Of our own – Seller Desk</title>" in html
    assert '<meta name="description" content="What is new">' in html
    assert "<p>All of it.</p>" in html
    assert "2012" in html
    site.write(path, "# Of our own\n\nChanged.\n")
    assert address in site.build().reasons
    assert "Changed." in site.read(address)


def test_an_object_that_holds_itself_has_a_fingerprint() -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself: list[object] = [self, {"key": self}]

    assert fingerprint(describe(Knot())) == fingerprint(describe(Knot()))


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml", "404.html", "_redirects"])
def test_a_file_of_the_site_takes_the_place_of_ours(site: Site, name: str) -> None:
    site.post("2012-03-01-a.md")
    site.write(name, "our own")
    site.build()
    assert site.read(name) == "our own"
    assert [problem for problem in site.problems() if problem.startswith(f"content/{name}:1:1: this takes")]


def test_further_pages_of_a_year_lead_to_it_where_a_site_may_come_from_materials_blog(site: Site) -> None:
    for day in range(1, 6):
        site.post(f"2012-03-0{day}-{day}.md", title=f"Post {day}")
    site.build()
    assert not [path for path in site.tree() if path.startswith("2012/page/")]
    site.configure(options={"posts_per_page": 2, "addresses": {"year": "blog/archive/{year}/"}})
    site.build()
    for number in (2, 3):
        page = site.read(f"blog/archive/2012/page/{number}/index.html")
        assert 'content="0; url=../../../../../blog/archive/2012/"' in page
    assert not (site.output / "blog/archive/2012/page/4").exists()


def test_no_address_is_taken_for_a_scheme(site: Site) -> None:
    """A script of the search, or of a template, may resolve it against the site's root."""
    override = site.folder / "overrides/my.html"
    override.parent.mkdir()
    override.write_text("{% for item in nav %}{{ item.url | url }} {% endfor %}")
    site.configure(theme={"name": "material", "custom_dir": "overrides"}, nav=["p.md"])
    site.write("p.md", '---\ntitle: P\nslug: "javascript:alert(1)"\ntemplate: my.html\n---\nText.\n')
    site.write("a/q.md", '---\ntitle: Q\nslug: "b:c"\n---\n[p](../p.md)\n')
    site.build()
    assert site.read("javascript:alert(1)/index.html") == "../javascript%3Aalert(1)/ "
    assert 'href="../../javascript%3Aalert(1)/"' in site.read("a/b:c/index.html")
    records = site.read("search/help/d0.json")
    assert '"javascript%3Aalert(1)/"' in records
    assert '"a/b:c/"' in records
