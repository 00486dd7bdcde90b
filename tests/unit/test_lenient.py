"""What MkDocs builds is built here, too, with a warning at its place; what would be lost stays an error."""

from __future__ import annotations

from typing import Any

import pytest

from deskpress.model.diagnostic import ContentError, Severity
from deskpress.source.quoting import quoted
from tests.conftest import Site

EMOJI: dict[str, Any] = {
    "markdown_extensions": [
        {"toc": {"permalink": True}},
        "attr_list",
        {
            "pymdownx.emoji": {
                "emoji_index": "!!python/name:material.extensions.emoji.twemoji",
                "emoji_generator": "!!python/name:material.extensions.emoji.to_svg",
            }
        },
    ]
}


def with_emoji(site: Site) -> None:
    site.configure(**EMOJI)
    file = site.folder / "mkdocs.yml"
    file.write_text(
        file.read_text("utf-8")
        .replace("'!!", "!!")
        .replace("twemoji'", "twemoji ''")
        .replace("svg'", "svg ''")
    )


def told(site: Site, path: str) -> list[str]:
    """What `check` says of a file, where and what."""
    return [problem for problem in site.problems() if problem.startswith(f"content/{path}:")]


@pytest.mark.parametrize(
    ("path", "title"),
    [("how_to-reset.md", "How to reset"), ("help/FAQ-old.md", "FAQ old"), ("guide/index.md", "Index")],
)
def test_a_page_without_a_title_is_named_after_its_file(site: Site, path: str, title: str) -> None:
    site.write(path, "Just text.\n")
    site.build()
    address = path.removesuffix("index.md").removesuffix(".md").rstrip("/")
    assert f"<title>{title} – Seller Desk</title>" in site.read(f"{address}/index.html")
    (found,) = told(site, path)
    assert found == f"content/{path}:1:1: there is no title: `{title}` is taken from the name of the file"


def test_a_key_that_stands_twice_with_one_value_is_a_warning(site: Site) -> None:
    site.write("posts/a.md", "---\ndate: 2012-03-01\ntags: [a, b]\ntags:\n- a\n- b\ntitle: A\n---\nText.\n")
    assert told(site, "posts/a.md") == ["content/posts/a.md:4:1: `tags` appears a second time, as on line 3"]
    site.build()


def test_a_key_that_stands_twice_with_two_values_shows_both_lines(site: Site) -> None:
    site.write("posts/a.md", "---\ndate: 2012-03-01\ntitle: A\ntitle: B\n---\nText.\n")
    with pytest.raises(ContentError) as caught:
        site.build()
    (found,) = caught.value.diagnostics
    assert str(found.span) == "content/posts/a.md:4:1"
    assert found.problem == "`title` appears a second time, with another value than on line 3"
    assert found.hint == "remove `title: A` on line 3, or this; MkDocs takes the last one"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("author:\n- Jo\n- Al", ["Jo", "Al"]),
        ("author: {name: Jo, url: /jo}", ["Jo"]),
        ("author:\n- name: Jo\n- {key: x}", ["Jo"]),
    ],
)
def test_an_author_that_is_more_than_a_name(site: Site, written: str, names: list[str]) -> None:
    site.write("posts/a.md", f"---\ndate: 2012-03-01\ntitle: A\n{written}\n---\nText.\n")
    (found,) = [d for d in site.check().diagnostics if d.span.path == "content/posts/a.md"]
    assert (found.severity, found.span.line) == (Severity.WARNING, 4)
    assert "`authors: [jo]`" in found.hint
    site.build()
    page = site.read("2012/03/a.html")
    assert all(f">{name}</a>" in page for name in names)


@pytest.mark.parametrize(("boost", "taken"), [("0.01", "0.1"), ("100", "10"), ("much", None)])
def test_a_boost_out_of_bounds_is_a_warning(site: Site, boost: str, taken: str | None) -> None:
    site.write("a.md", f"---\ntitle: A\nsearch: {{boost: {boost}}}\n---\nText.\n")
    (found,) = told(site, "a.md")
    assert ("must be a number" if taken is None else f"is taken as {taken}") in found
    site.build()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("title: A: b\ndate: x\n", {0: 'title: "A: b"'}),
        ("date: x\ntitle: @home\n", {1: 'title: "@home"'}),
        ("title: 'it's'\n", {0: 'title: "it\'s"'}),
        ("tags:\n  - C: a: b\n  - `x`\n", {1: '  - C: "a: b"', 2: '  - "`x`"'}),
        ('description: He said: "so: it is"\n', {0: 'description: "He said: \\"so: it is\\""'}),
        ("title: [Draft] One\n", {0: 'title: "[Draft] One"'}),
        ("tags: [a\n", {}),
        ("title: fine\n", {}),
    ],
)
def test_front_matter_as_it_should_be(text: str, mended: dict[int, str]) -> None:
    assert quoted(text) == mended


def test_a_colon_in_a_title_is_told_with_the_line_that_works(site: Site) -> None:
    site.write("a.md", "---\ntitle: Caching: three ways\n---\nText.\n")
    with pytest.raises(ContentError) as caught:
        site.build()
    (found,) = caught.value.diagnostics
    assert str(found.span) == "content/a.md:2:15"
    assert found.hint == 'write `title: "Caching: three ways"`'


def test_a_title_is_the_heading_as_it_is_rendered(site: Site) -> None:
    with_emoji(site)
    site.write(
        "posts/a.md",
        "---\ndate: 2012-03-01\ntags: [x]\n---\n# Parcels :truck: with *care* `<now>` soon\n\nText.\n",
    )
    site.write("help/b.md", "# 1. Set :material-truck: up {#top}\n\nText.\n")
    site.build()
    address = "2012/03/parcels-with-care--soon.html"
    assert "<title>Parcels 🚚 with care &lt;now&gt; soon – Seller Desk</title>" in site.read(address)
    assert "Parcels 🚚 with care" in site.read("tag/x/index.html")
    assert "<title>1. Set up – Seller Desk</title>" in site.read("help/b/index.html")
    # Where MkDocs has it.
    assert f'url=../../{address}"' in site.read("2012/03/parcels-truck-with-care--soon.html")


def test_a_key_that_nobody_knows_is_told_once(site: Site) -> None:
    for name in "abc":
        site.write(f"{name}.md", "---\ntitle: A\nodd: 1\n---\nText.\n")
    assert [p for p in site.problems() if "`odd`" in p] == [
        "content/a.md:3:1: the key `odd` is not known, here and in 2 other places"
    ]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("overrides/main.html", '{% extends "base.html" %}{% if page.meta.odd %}x{% endif %}'),
        ("overrides/partials/x.html", "{{ page.meta['odd'] }}"),
        ("hook.py", "def on_page_markdown(markdown, page, **_):\n    page.meta.get('odd')\n"),
        ("hook.py", "def on_page_markdown(markdown, page, **_):\n    'odd' in page.meta\n"),
    ],
)
def test_a_key_that_the_sites_own_code_reads_is_known(site: Site, path: str, source: str) -> None:
    (site.folder / "overrides" / "partials").mkdir(parents=True)
    (site.folder / path).write_text(source)
    hooks: dict[str, Any] = {"hooks": ["hook.py"]} if path.endswith(".py") else {}
    site.configure(theme={"name": "material", "custom_dir": "overrides"}, **hooks)
    site.write("a.md", "---\ntitle: A\nodd: 1\n---\nText.\n")
    assert not [p for p in site.problems() if "`odd`" in p]


def test_a_key_that_mkdocs_yml_names_is_known(site: Site) -> None:
    site.configure(options={"front_matter_keys": ["odd"]})
    site.write("a.md", "---\ntitle: A\nodd: 1\n---\nText.\n")
    assert not [p for p in site.problems() if "`odd`" in p]


@pytest.mark.parametrize(
    "written",
    ["series: a tale", "series: {name: A, part: 0}", "topics: {a: b}", "id: [x]", "review_by: soon"],
)
def test_a_key_of_ours_that_means_something_else_elsewhere_is_a_warning(site: Site, written: str) -> None:
    site.write("posts/a.md", f"---\ndate: 2012-03-01\ntitle: A\n{written}\n---\nText.\n")
    assert told(site, "posts/a.md")
    site.build()
    assert site.read("2012/03/a.html")


def test_a_date_of_a_page_that_cannot_be_read_is_a_warning(site: Site) -> None:
    site.write("a.md", "---\ndate: someday\n---\n# A\n")
    assert told(site, "a.md")
    site.build()


def test_links_to_files_of_the_site_are_published_and_others_left_out(site: Site) -> None:
    (site.folder / "talks").mkdir()
    (site.folder / "talks/one.pdf").write_bytes(b"%PDF")
    (site.content / "one.pdf").symlink_to("../talks/one.pdf")
    (site.content / "gone.pdf").symlink_to("../talks/gone.pdf")
    (site.content / "loop").symlink_to(site.content)
    site.build()
    assert site.read("one.pdf") == "%PDF"
    assert told(site, "gone.pdf") == ["content/gone.pdf:1:1: a symbolic link that leads nowhere is left out"]
    assert told(site, "loop") == ["content/loop:1:1: a symbolic link to a folder that holds it is left out"]


def test_the_slug_of_an_author_that_is_no_part_of_an_address_is_a_warning(site: Site) -> None:
    site.write("posts/.authors.yml", "authors:\n  jo:\n    name: Jo\n    slug: https://code.example/jo\n")
    site.post("2012-03-01-a.md", authors=["jo"])
    site.build()
    assert site.read("author/jo/index.html")
    assert told(site, "posts/.authors.yml")


def test_a_page_may_use_materials_template_for_redirects(site: Site) -> None:
    site.write("a.md", "---\ntitle: A\ntemplate: redirect.html\nlocation: /b/\n---\n")
    site.build()
    assert 'content="0;url=/b/"' in site.read("a/index.html")


def test_files_that_differ_in_upper_and_lower_case_alone_are_both_published(site: Site) -> None:
    site.write("img/map.png", b"1")
    site.write("img/Map.PNG", b"2")
    site.write("Img/other.txt", b"3")
    warnings = [str(one) for one in site.build().diagnostics if "upper and lower case" in one.problem]
    assert [one.partition(": content")[0] for one in warnings] == [
        "content/img:1:1: warning",
        "content/img/map.png:1:1: warning",
    ]
    assert [site.read(path) for path in ("img/map.png", "img/Map.PNG", "Img/other.txt")] == ["1", "2", "3"]


def test_links_to_folders_of_the_site_are_followed_and_none_without_end(site: Site) -> None:
    (site.folder / "examples/deep").mkdir(parents=True)
    (site.folder / "examples/first.md").write_text("# First\n\n![m](m.png)\n", "utf-8")
    (site.folder / "examples/m.png").write_bytes(b"1")
    (site.folder / "examples/deep/back").symlink_to("..")
    (site.content / "linked").symlink_to("../examples")
    site.build()
    assert "<title>First" in site.read("linked/first/index.html")
    assert site.read("linked/m.png") == "1"
    assert told(site, "linked/deep/back") == [
        "content/linked/deep/back:1:1: a symbolic link to a folder that holds it is left out"
    ]
    (site.folder / "examples/first.md").write_text("# Second\n", "utf-8")
    site.build()
    assert "<title>Second" in site.read("linked/first/index.html")
    made = site.tree()
    site.build(clean=True)
    assert site.tree() == made


def test_links_to_folders_are_followed_a_bounded_number_of_times(site: Site) -> None:
    for number in range(12):
        (site.folder / f"f{number}").mkdir()
        (site.folder / f"f{number}/x").symlink_to(f"../f{number + 1}")
        (site.folder / f"f{number}/y").symlink_to(f"../f{number + 1}")
    (site.folder / "f12").mkdir()
    (site.content / "linked").symlink_to("../f0")
    (found,) = [one for one in site.problems() if "symbolic links" in one]
    assert found.endswith("more than 200 symbolic links lead to folders")


def test_of_a_mapping_of_what_to_hide_the_keys_count(site: Site) -> None:
    site.write("a.md", "---\ntitle: A\nhide:\n  toc: true\n---\nText.\n\n## Part\n")
    assert told(site, "a.md") == ["content/a.md:4:1: `hide` is a list: of this mapping its keys count"]
    site.build()
    plain = site.read("a/index.html")
    site.write("a.md", "---\ntitle: A\nhide: [toc]\n---\nText.\n\n## Part\n")
    assert site.build().written == 0
    assert site.read("a/index.html") == plain
