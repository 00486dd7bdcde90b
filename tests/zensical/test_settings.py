"""What `zensical.toml` says is taken, or said to have no effect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskpress.app.build import build
from deskpress.app.loading import config_in, load
from deskpress.app.new import new_site
from deskpress.build.request import Request
from deskpress.model.diagnostic import ContentError
from tests.conftest import AS_OF, files_in
from tests.zensical.conftest import USUAL, ZensicalSite


@pytest.mark.slow
def test_a_project_is_built_as_it_is(project: ZensicalSite) -> None:
    project.configure(
        'nav = ["index.md", {"Guide" = ["guide/index.md", "guide/two.md"]}, {"News" = "blog/index.md"}]\n'
        "[project.plugins.blog]\npost_url_date_format = 'yyyy/MM'\n"
        "[project.plugins.rss]\n[project.plugins.tags]\n"
        "[project.plugins.redirects.redirect_maps]\n'old.md' = 'guide/two.md'\n"
    )
    project.write("guide/index.md", "# Guide\n")
    project.write("guide/two.md", "---\ntags: [Setup]\n---\n# Two\n\n!!! note\n    Inside.\n")
    project.write("blog/index.md", "# News\n")
    project.write(
        "blog/posts/one.md", "---\ndate: 2012-03-04\ncategories: [Fees]\n---\n# New fees\n\nText.\n"
    )
    project.build()
    pages = project.pages()
    expected = {"", "guide/", "guide/two/", "blog/", "blog/2012/03/new-fees/", "blog/category/fees/", "old/"}
    assert expected <= pages
    assert '<div class="admonition note">' in project.read("guide/two/index.html")
    assert "New fees" in project.read("feed_rss_created.xml")
    assert "<xsl:stylesheet" in project.read("rss.xsl")
    assert project.build().written == 0


def test_a_project_without_a_blog_keeps_the_addresses_of_its_pages(project: ZensicalSite) -> None:
    for name in ("posts/a", "help/b", "blog", "archive/index", "subscribe"):
        project.write(f"{name}.md", f"# Page {name}\n")
    options = load(project.request()).options
    folders = {options.posts_dir, options.help_dir}
    assert folders.isdisjoint({"posts", "help"})
    assert {options.addresses[name] for name in ("blog", "archive", "subscribe")}.isdisjoint(
        {"blog/", "archive/", "subscribe/"}
    )


def test_options_of_our_own_are_in_a_table_of_plug_ins(project: ZensicalSite) -> None:
    project.configure(
        "[project.plugins.blog]\npagination_per_page = 5\n"
        '[project.plugins.deskpress]\ntimezone = "Europe/Berlin"\nposts_per_page = 7\n'
    )
    options = load(project.request()).options
    assert (options.timezone, options.posts_per_page, options.posts_dir) == ("Europe/Berlin", 7, "blog/posts")


def test_functions_are_named(project: ZensicalSite) -> None:
    project.configure(
        '[project.plugins.blog]\npost_slugify = {object = "pymdownx.slugs.slugify", kwds = {case = "none"}}\n'
    )
    function = load(project.request()).options.slug_function("post")
    assert function.function("Two Words", "-") == "Two-Words"


def test_icons_of_zensical_are_shown(project: ZensicalSite) -> None:
    project.configure(
        'markdown_extensions = {pymdownx = {emoji = {emoji_index = "zensical.extensions.emoji.twemoji",'
        ' emoji_generator = "zensical.extensions.emoji.to_svg"}}}\n'
        '[project.theme]\nicon.logo = "lucide/book-open"\n'
        '[[project.theme.palette]]\ntoggle.icon = "lucide/moon"\ntoggle.name = "Dark"\n'
    )
    project.write("index.md", "# Home\n\n:material-account:\n")
    project.build()
    assert "<svg" in project.read("index.html").partition("<h1")[2]
    assert project.remarks() == (
        "zensical.toml: `theme: icon: logo` has no effect: there is no icon `lucide/book-open` here.",
    )


def test_what_has_no_effect_is_named_once(project: ZensicalSite) -> None:
    project.configure(
        'validation = true\n[project.extra]\npolyfills = ["a.js"]\n'
        '[project.theme]\nvariant = "classic"\n[project.plugins.macros]\n'
        "[project.plugins.search]\nseparator = ' '\n"
        "[project.plugins.rss]\nmatch_path = '.*'\nimage = 'a.png'\nfeed_ttl = 1440\nuse_git = true\n"
        "[project.plugins.rss.url_parameters]\na = 'b'\n"
        "[project.plugins.offline]\nenabled = false\n[project.plugins.mystery]\n"
        "[project.markdown_extensions.zensical.extensions.preview]\n"
    )
    assert project.remarks() == (
        "zensical.toml: `validation` has no effect: `deskpress check` reports links and anchors.",
        "zensical.toml: `theme: variant` has no effect: pages have the looks of Deskpress (`look`).",
        "zensical.toml: `plugins: macros` has no effect: texts show what is written for it as it is.",
        "zensical.toml: `plugins: mystery` has no effect: it is not known.",
        "zensical.toml: the extension `zensical.extensions.preview` has no effect: it is a part of Zensical.",
        "zensical.toml: `plugins: search: separator` has no effect: words end at what is neither letter nor"
        " digit; parts of words with hyphens are found, too.",
        "zensical.toml: `extra: polyfills` has no effect: name scripts under `extra_javascript`.",
        "zensical.toml: `plugins: rss: image` has no effect: feeds have no picture.",
        "zensical.toml: `plugins: rss: url_parameters` has no effect: links are those of the pages.",
    )


def test_addresses_of_files_are_kept_for_posts_and_lead_to_pages_and_lists(project: ZensicalSite) -> None:
    project.configure(
        "use_directory_urls = false\n[project.plugins.blog]\n"
        "[project.plugins.redirects.redirect_maps]\n'old.md' = 'guide/two.md'\n'out.md' = 'https://a.example'\n"
    )
    project.write("guide/two.md", "# Two\n")
    project.write("guide/three.html", "<!doctype html><title>Three</title>")
    project.write("guide/three.md", "# Three\n")
    project.write("blog/index.md", "# News\n")
    project.write("blog/posts/one.md", "---\ndate: 2012-03-04\ncategories: [Fees]\n---\n# New fees\n")
    project.build()
    for page, target in {
        "guide/two.html": "https://desk.example/guide/two/",
        "old.html": "https://desk.example/guide/two/",
        "out.html": "https://a.example",
        "blog/category/fees.html": "https://desk.example/blog/category/fees/",
        "blog/archive/2012.html": "https://desk.example/blog/archive/2012/",
    }.items():
        assert f">{target}</a>" in project.read(page)
    assert "<title>Three</title>" in project.read("guide/three.html")
    assert {"guide/two/", "blog/2012/03/04/new-fees.html", "blog.html"} <= project.pages()
    config = load(project.request()).config
    assert config.options.addresses["post"] == "blog/{year}/{month}/{day}/{slug}.html"
    (told,) = (one for one in config.remarks if "use_directory_urls" in one)
    assert told == "zensical.toml: `use_directory_urls: false`: pages are at `a/`, and `a.html` leads there."


def test_options_of_the_blog_that_differ_are_named(project: ZensicalSite) -> None:
    project.configure("[project.plugins.blog]\npost_readtime = false\ncategories_allowed = ['Fees']\n")
    told = [one for one in project.remarks() if "`plugins: blog:" in one]
    assert [one.split("`")[1] for one in told] == [
        "plugins: blog: categories_allowed",
        "plugins: blog: post_readtime",
    ]


def test_extensions_are_those_of_a_new_project_unless_named(project: ZensicalSite) -> None:
    assert "pymdownx.superfences" in load(project.request()).config.extensions
    project.configure('markdown_extensions = ["footnotes", {toc = {permalink = true}}]\n')
    config = load(project.request()).config
    # Fences in lists need it; Zensical adds it to any list, too.
    assert config.extensions == ["toc", "tables", "fenced_code", "footnotes", "pymdownx.superfences"]
    assert config.extension_options == {"toc": {"permalink": True}}


def test_the_file_of_mkdocs_comes_first_if_it_is_for_us(project: ZensicalSite) -> None:
    assert config_in(project.folder).name == "zensical.toml"
    other = project.folder / "mkdocs.yml"
    other.write_text("site_name: Desk\n")
    assert config_in(project.folder).name == "zensical.toml"
    other.write_text("site_name: Desk\nplugins: [deskpress]\n")
    assert config_in(project.folder).name == "mkdocs.yml"


def test_an_address_that_is_missing_is_questioned(project: ZensicalSite) -> None:
    project.configure(usual='[project]\nsite_name = "Desk"\n')
    (found,) = (one for one in project.problems() if "site_url" in one)
    assert found == (
        "zensical.toml:2:1: warning: `site_url` is missing: links in feeds begin with https://example.com/"
        ' (write `site_url = "https://help.example/"` with the address of the site)'
    )


BROKEN = "this is not TOML: "
UNCLOSED = "a list ends with `]`, a table on a line with `}`"
OURS = "[project.plugins.deskpress]\n"
LIKE = "did you mean `timezone`?"


@pytest.mark.parametrize(
    ("text", "place", "problem", "hint"),
    [
        (
            USUAL + "nav = [\n",
            "5:1",
            BROKEN + "Invalid value",
            "a list ends with `]`, a table on a line with `}`",
        ),
        (
            "[project]\nsite_name = Desk\n",
            "2:13",
            BROKEN + "Invalid value",
            'text needs quotes, as in `site_name = "Help"`',
        ),
        (
            USUAL + 'site_name = "Again"\n# end\n',
            "4:20",
            BROKEN + "Cannot overwrite a value",
            "the key is there twice: keep one",
        ),
        (USUAL + "nav = 3\n", "4:1", "`nav` must be a list", ""),
        (USUAL + 'strict = "yes"\n', "4:1", "`strict` must be true or false", ""),
        (USUAL + "site_nam = 1\n", "4:1", "there is no setting `site_nam`", "did you mean `site_name`?"),
        (
            USUAL + OURS + "timezon = 'UTC'\n",
            "5:1",
            "there is no option `timezon`",
            "did you mean `timezone`?",
        ),
        (USUAL + OURS + "posts_per_page = 'ten'\n", "5:1", "`posts_per_page` must be a whole number", ""),
        (USUAL + OURS + "raw_html = 'all'\n", "5:1", "`raw_html` must be one of safe, trusted, none", ""),
        (USUAL + OURS + "llms = ['news']\n", "5:1", "`llms` must be one of help, blog, pages", ""),
        (USUAL + 'docs_dir = "content"\n', "4:1", "the folder `content` does not exist", ""),
        (
            USUAL + 'theme = "readthedocs"\n',
            "4:1",
            "the theme `readthedocs` is not supported",
            "remove it: Material's is the default",
        ),
        (
            USUAL + "[project.plugins.blog]\npost_slugify = 'no.such.thing'\n",
            "5:1",
            "`no.such.thing` cannot be used: ModuleNotFoundError: No module named 'no'",
            "",
        ),
        ("project = 3\n", "1:1", "`project` must be a table", "as in `[project]`"),
        ("\ufeff[project]\n", "1:1", "`site_name` is missing", 'as in `site_name = "Help"`'),
    ],
)
def test_mistakes_have_a_place_and_a_hint(
    project: ZensicalSite, text: str, place: str, problem: str, hint: str
) -> None:
    project.configure(usual=text)
    found = [line.replace(": warning: ", ": error: ") for line in project.problems()]
    assert f"zensical.toml:{place}: error: {problem} ({hint})" in found


def test_mistakes_in_texts_name_the_file_of_the_project(project: ZensicalSite) -> None:
    project.configure(
        "nav = ['index.md']\n[project.markdown_extensions.pymdownx.snippets]\ncheck_paths = true\n"
        "[project.plugins.deskpress]\nmax_document_size = 400\nredirects = {'old/' = 'gone/'}\n"
        "policy = {images = 'self'}\n"
    )
    project.write("index.md", '# Home\n\n--8<-- "none.md"\n')
    project.write("image.md", "# Image\n\n![A chart](https://a.example/b.png)\n")
    project.write("long.md", "# Long\n\n" + "word " * 100)
    project.write("lost.md", "---\nxyzzy: 1\n---\n# Lost\n")
    project.write("frame.md", '# Frame\n\n<iframe src="https://maps.example/a"></iframe>\n')
    found = project.problems()
    told = [one for one in found if "zensical.toml" in one]
    for part in (
        "docs/index.md:3:9: error: there is no snippet `none.md`",
        "docs/image.md:3:12: error: the image `https://a.example/b.png` is of another site",
        "docs/long.md:1:1: error: the file has 508 bytes",
        "docs/lost.md:2:1: warning: the key `xyzzy` is not known",
        "docs/lost.md:1:1: warning: no page leads here",
        "docs/frame.md:3:1: warning: `<iframe>` is left out",
        "zensical.toml:1:1: warning: redirects: /old/ leads to /gone/, which does not exist",
    ):
        assert any(part in one for one in told), (part, "\n".join(found))
    assert not any("mkdocs.yml" in one for one in found)
    with pytest.raises(ContentError) as raised:
        project.build()
    assert not any("mkdocs.yml" in f"{one.span} {one.problem} {one.hint}" for one in raised.value.diagnostics)


@pytest.mark.slow
def test_a_new_site_is_the_same_in_both_forms(tmp_path: Path) -> None:
    now = datetime(2012, 5, 1, tzinfo=UTC)
    sites = []
    for form in ("mkdocs", "zensical"):
        folder = tmp_path / form / 'my "desk"'
        new_site(folder, now, form=form)
        build(Request(config_in(folder), as_of=AS_OF))
        sites.append(files_in(folder / "site"))
    assert sites[0] == sites[1]
