"""What `import material` makes of `mkdocs.yml`, in the forms in which people write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.utils.yaml import get_yaml_loader

from deskpress.compat import stock
from deskpress.host.options import PluginSchema
from deskpress.importers.changes import Changes
from deskpress.importers.material.configuration import take_over
from deskpress.importers.material.content import files_of
from deskpress.importers.material.sources import Stock
from deskpress.importers.report import ImportReport

HEAD = "site_name: Parcel desk\nsite_url: https://desk.example/\ntheme: material\n"


class Taken:
    """A configuration that was taken over."""

    def __init__(self, folder: Path, redirects: dict[str, str] | None = None) -> None:
        out = folder / "out.json"
        stock.main(str(folder / "mkdocs.yml"), str(out))
        data = json.loads(out.read_text("utf-8"))
        out.unlink()
        self.changes, self.report = Changes(folder), ImportReport()
        wanted = Stock(data, files_of(folder / "docs"), redirects=redirects or {})
        self.changed = take_over(self.changes, "mkdocs.yml", wanted, self.report)
        self.text = self.changes.read("mkdocs.yml")

    @property
    def config(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.load(self.text, get_yaml_loader())
        return found

    @property
    def options(self) -> dict[str, Any]:
        """What stands under `deskpress`, which has to be valid."""
        plugins = self.config["plugins"]
        if isinstance(plugins, dict):
            found = plugins["deskpress"]
        else:
            found = next(
                (one["deskpress"] for one in plugins if isinstance(one, dict) and "deskpress" in one), {}
            )
        options = PluginSchema()
        options.load_dict(found or {})
        assert options.validate() == ([], [])
        return found or {}

    def lines(self, status: str) -> dict[str, str]:
        return {line.what: line.why for line in self.report.lines if line.status == status}

    def place(self, what: str) -> str:
        return next(line.place for line in self.report.lines if line.what == what)


@pytest.fixture
def take(tmp_path: Path) -> Any:
    """Takes a configuration over; further files by their paths."""

    def take(text: str, files: dict[str, str] | None = None, **options: Any) -> Taken:
        for path, body in {"mkdocs.yml": text, "docs/index.md": "# Home\n", **(files or {})}.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(body.encode())
        return Taken(tmp_path, **options)

    return take


def test_the_blog_gives_way_and_every_other_byte_stays(take: Any) -> None:
    text = f"""\
{HEAD}
# What we add

plugins:
    - search
    # The blog, since 2021.
    - blog:
        blog_dir: news   # was: blog
        # ours
        post_url_format: "{{slug}}"  # short

    # All tags
    - tags:
        tags_file: tags.md
extra:   {{a:   1}}
"""
    taken = take(text)

    assert (
        taken.text
        == f"""\
{HEAD}
# What we add

plugins:
    - search
    # The blog, since 2021.
    - deskpress:
        posts_dir: news/posts  # was: blog
        entries_per_page: 10
        addresses:
          # ours
          post: "news/{{slug}}/"  # short
          blog: news/
          archive: news/archive/
          year: "news/archive/{{year}}/"
          month: "news/archive/{{year}}/{{month}}/"
          category: "news/category/{{slug}}/"
          tag: "news/tag/{{slug}}/"
          author: "news/author/{{slug}}/"
          series: "news/series/{{slug}}/"
          subscribe: news/subscribe/

    # All tags
    - tags:
        tags_file: tags.md
extra:   {{a:   1}}
""".replace(
            "        # was: blog\n        posts_dir: news/posts", "        posts_dir: news/posts  # was: blog"
        )
    )
    assert taken.place("post_url_format") == "mkdocs.yml:13"


@pytest.mark.parametrize(
    ("plugins", "names"),
    [
        ("plugins: [search, blog]\n", ["search", "deskpress"]),
        ("plugins: ['search', {blog: {blog_dir: .}}, tags] # all\n", ["search", "deskpress", "tags"]),
        ("plugins:\n- blog\n- search:\n    lang: en\n", ["deskpress", "search"]),
        ("plugins:\n  search: {}\n  blog:\n    blog_toc: true\n  tags:\n", ["search", "deskpress", "tags"]),
        ("plugins: {search: {}, blog: {}}\n", ["search", "deskpress"]),
        (
            "plugins:\n  - material/search\n  - material/blog:\n      enabled: true\n",
            ["material/search", "deskpress"],
        ),
        ("plugins: []\n", ["deskpress"]),
        ("plugins:\n", ["deskpress"]),
        ("", ["deskpress"]),
        ("plugins:\n  - search\n  - tags\n", ["deskpress", "search", "tags"]),
        (
            "plugins:\n  - search\n  - gen-files:\n      scripts: [a.py]\n  - blog\n",
            ["deskpress", "search", "gen-files"],
        ),
    ],
)
def test_lists_and_mappings_in_blocks_and_brackets(take: Any, plugins: str, names: list[str]) -> None:
    taken = take(f"{HEAD}{plugins}extra:\n  note: kept\n")

    found = taken.config["plugins"]
    assert [next(iter(one)) if isinstance(one, dict) else one for one in found] == names
    assert taken.config["extra"] == {"note": "kept"}
    assert taken.changed
    taken.options  # noqa: B018  # checks them


def test_a_second_time_changes_nothing(take: Any) -> None:
    taken = take(f"{HEAD}plugins:\n  - blog:\n      post_url_format: '{{file}}'\n")

    again = take(taken.text)

    assert not again.changed
    assert again.text == taken.text
    assert again.lines("kept") == {"plug-in deskpress": "the site is taken over already"}


@pytest.mark.parametrize(
    ("options", "post"),
    [
        ("{}", "blog/{year}/{month}/{day}/{slug}/"),
        ("{post_url_format: '{date}/{file}'}", "blog/{year}/{month}/{day}/{file}/"),
        ("{post_url_date_format: yyyy/MMM}", "blog/{date:yyyy/MMM}/{slug}/"),
        (
            "{post_url_format: '{categories}/{slug}', post_url_max_categories: 2}",
            "blog/{categories:2}/{slug}/",
        ),
        (
            "{blog_dir: ., post_url_format: '{date}/{slug}', post_url_date_format: yyyy-MM}",
            "{year}-{month}/{slug}/",
        ),
        ("{blog_dir: ./news/, post_url_format: '/{slug}/'}", "news/{slug}/"),
    ],
)
def test_addresses_of_posts(take: Any, options: str, post: str) -> None:
    taken = take(f"{HEAD}plugins:\n  - blog: {options}\n")

    assert taken.options["addresses"]["post"] == post
    assert "lost" not in {line.status for line in taken.report.lines}


def test_the_blog_can_be_the_home_page(take: Any) -> None:
    addresses = take(f"{HEAD}plugins:\n  - blog: {{blog_dir: .}}\n").options["addresses"]

    assert addresses["blog"] == ""
    assert addresses["year"] == "archive/{year}/"
    assert "archive" not in addresses


def test_addresses_of_archives(take: Any) -> None:
    blog = "{archive_url_format: 'old/{date}', archive_url_date_format: yyyy/MM}"
    addresses = take(f"{HEAD}plugins:\n  - blog: {blog}\n").options["addresses"]

    assert addresses["month"] == "blog/old/{year}/{month}/"
    assert addresses["year"] == "blog/old/{year}/"
    assert addresses["archive"] == "blog/old/"


@pytest.mark.parametrize(
    "lines", ["use_directory_urls: false\nplugins:\n  - blog\n", "plugins:\n  - offline\n  - blog\n"]
)
def test_addresses_that_end_in_html(take: Any, lines: str) -> None:
    taken = take(HEAD + lines)

    assert taken.options["addresses"]["post"] == "blog/{year}/{month}/{day}/{slug}.html"


def test_functions_of_slugs_and_variables_go_over_with_their_tags(take: Any) -> None:
    text = f"""{HEAD}plugins:
  - blog:
      post_slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds:
          case: lower-ascii
      categories_slugify: !!python/name:markdown.extensions.toc.slugify
  - social:
      enabled: !ENV [CI, false]
      cards_layout_options: {{color: red}}
"""
    taken = take(text)

    assert "      post_slugify: !!python/object/apply:pymdownx.slugs.slugify\n        kwds:\n" in taken.text
    assert taken.options["post_slugify"].keywords["case"] == "lower-ascii"
    assert "      cards: !ENV [CI, false]\n" in taken.text
    assert taken.lines("lost")["social: cards_layout_options"]
    assert taken.place("social: cards_layout_options") == "mkdocs.yml:12"


EVERY_OPTION = """\
blog_toc: true
post_date_format: yyyy
post_excerpt: required
post_excerpt_max_authors: 2
post_excerpt_max_categories: 2
post_excerpt_separator: <!-- cut -->
post_readtime: false
post_readtime_words_per_minute: 200
archive: true
archive_name: Old
archive_date_format: yy
archive_pagination: false
archive_pagination_per_page: 3
archive_toc: true
categories: true
categories_name: Kinds
categories_sort_reverse: true
categories_allowed: [a]
categories_pagination: true
categories_pagination_per_page: 7
categories_toc: true
authors: true
authors_file: people.yml
authors_profiles: true
authors_profiles_name: People
authors_profiles_pagination: true
authors_profiles_pagination_per_page: 4
authors_profiles_toc: true
pagination: true
pagination_per_page: 5
pagination_url_format: p/{page}
pagination_format: "$link_first"
pagination_if_single_page: true
pagination_keep_content: true
draft: false
draft_on_serve: false
draft_if_future_date: true
enabled: true
"""


def test_every_option_has_a_line_with_its_place(take: Any) -> None:
    options = "".join(f"      {line}\n" for line in EVERY_OPTION.splitlines())
    taken = take(f"{HEAD}plugins:\n  - blog:\n{options}", {"docs/people.yml": "authors: {}\n"})

    places = {line.what: line.place for line in taken.report.lines}
    first = len(HEAD.splitlines()) + 3
    for number, line in enumerate(EVERY_OPTION.splitlines(), first):
        assert places[line.partition(":")[0]] == f"mkdocs.yml:{number}"
    assert taken.options["posts_per_page"] == 5
    assert taken.options["entries_per_page"] == 4
    assert taken.options["authors_file"] == "people.yml"


def test_an_option_of_a_later_release_is_told_as_lost(take: Any) -> None:
    taken = take(f"{HEAD}plugins:\n  - blog:\n      post_shine: true\n")

    assert "post_shine" in taken.lines("lost")


def test_plug_ins_that_stay_and_that_are_not_installed(take: Any) -> None:
    taken = take(
        f"{HEAD}plugins:\n  - redirects:\n      redirect_maps: {{a.md: b.md}}\n  - blog\n  - nobodys\n"
    )

    assert taken.lines("kept")["plug-in nobodys"] == "stays in the list"
    assert "redirects:\n      redirect_maps: {a.md: b.md}\n" in taken.text
    assert any("`nobodys` is not installed" in note for note in taken.report.notes)


def test_options_of_search(take: Any) -> None:
    taken = take(f"{HEAD}plugins:\n  - search:\n      lang: en\n      separator: '[-]'\n  - blog\n")

    assert "search: lang" in taken.lines("kept")
    assert "search: separator" in taken.lines("lost")


@pytest.mark.parametrize(
    ("plugins", "what"),
    [("[blog, tags]", "search"), ("[{search: {enabled: false}}, blog]", "search: enabled")],
)
def test_a_site_without_a_search_is_told_that_it_gets_one(take: Any, plugins: str, what: str) -> None:
    assert "`search: false`" in take(f"{HEAD}plugins: {plugins}\n").lines("changed")[what]
    assert what not in take(f"{HEAD}plugins: [search, blog]\n").lines("changed")


def test_what_is_inherited_is_edited_where_it_stands(take: Any) -> None:
    base = f"{HEAD}plugins:\n  - search\n  - blog  # ours\n"
    taken = take("INHERIT: base.yml\nextra: {a: 1}\n", {"base.yml": base})

    assert taken.text == "INHERIT: base.yml\nextra: {a: 1}\n"
    assert "  - deskpress:\n" in taken.changes.read("base.yml")
    assert taken.place("plug-in blog") == "base.yml:6"


def test_mappings_of_several_files_are_one(take: Any) -> None:
    base = f"{HEAD}plugins:\n  blog:\n    blog_toc: true\n  social:\n"
    taken = take("INHERIT: base.yml\nplugins:\n  search:\n    lang: en\n", {"base.yml": base})

    assert "social" not in taken.changes.read("base.yml")
    assert "  deskpress:\n    posts_dir: blog/posts\n" in taken.changes.read("base.yml")
    assert "deskpress" not in taken.text


def test_a_list_outside_the_folder_is_copied(tmp_path: Path, take: Any) -> None:
    outside = f"{HEAD}plugins:\n  # first\n  - search\n  - blog\n\nextra: {{b: 1}}\n"
    (tmp_path.parent / "outer.yml").write_text(outside, encoding="utf-8")

    taken = take("INHERIT: ../outer.yml\nextra: {a: 1}\n")

    assert taken.text.startswith("INHERIT: ../outer.yml\nextra: {a: 1}\n\nplugins:\n  # first\n  - search\n")
    assert (tmp_path.parent / "outer.yml").read_text("utf-8") == outside


def test_windows_line_ends_stay(take: Any) -> None:
    taken = take(f"{HEAD}plugins:\n  - blog\n".replace("\n", "\r\n"))

    assert "\n" not in taken.text.replace("\r\n", "")


@pytest.mark.parametrize(
    ("lines", "files", "url"),
    [
        ("repo_url: https://github.com/Parcel/Desk\n", {}, "https://parcel.github.io/Desk/"),
        ("", {"docs/CNAME": "desk.example\n"}, "https://desk.example/"),
        ("", {}, "https://example.com/"),
        ("site_url: !ENV DESK_URL_OF_NOBODY\n", {}, "https://example.com/"),
        ("site_url: ''  # later\n", {}, "https://example.com/"),
    ],
)
def test_a_missing_address_of_the_site_is_filled_in(
    take: Any, lines: str, files: dict[str, str], url: str
) -> None:
    taken = take(f"site_name: A\n{lines}theme: material\nplugins: [blog]\n", files)

    assert taken.config["site_url"] == url
    assert url in taken.lines("changed")["site_url"]
    assert ("!ENV [DESK_URL_OF_NOBODY, " in taken.text) == ("!ENV" in lines)


def test_a_site_without_a_blog_keeps_its_folders_and_pages(take: Any) -> None:
    files = {"docs/help/a.md": "# A\n", "docs/archive.md": "# B\n", "docs/posts/c.md": "# C\n"}
    taken = take(f"{HEAD}plugins:\n  - search\n", files)

    assert taken.options["help_dir"] != "help"
    assert taken.options["posts_dir"] != "posts"
    assert taken.options["addresses"]["archive"] != "archive/"
    assert "blog" not in taken.options["addresses"]


def test_a_further_blog_is_told_as_lost(take: Any) -> None:
    taken = take(f"{HEAD}plugins:\n  - blog\n  - blog:\n      blog_dir: news\n")

    assert [next(iter(one)) for one in taken.config["plugins"]] == ["deskpress"]
    assert "`news`" in taken.lines("lost")["a further blog"]
    assert taken.place("a further blog") == "mkdocs.yml:6"


def test_redirects_of_lists_stand_among_the_options(take: Any) -> None:
    taken = take(f"{HEAD}plugins: [blog]\n", redirects={"blog/old/page/2/": "blog/old/"})

    assert taken.options["redirects"] == {"/blog/old/page/2/": "/blog/old/"}
