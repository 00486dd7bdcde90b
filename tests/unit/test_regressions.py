"""What once went wrong, or nearly did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.build.request import SetupError
from deskpress.model.diagnostic import ContentError
from tests.conftest import Site


def test_a_heading_may_be_called_as_our_own_ids_would_be(site: Site) -> None:
    site.write("index.md", "# Home\n\n## Content\n\n## Headlines\n\n## Help\n")
    site.post("2012-03-01-a.md")
    site.build()
    ids = [node.attributes["id"] for node in LexborHTMLParser(site.read("index.html")).css("[id]")]
    assert len(ids) == len(set(ids))


def test_equal_slugs_on_two_days_of_a_month_share_no_ids(site: Site) -> None:
    site.configure(options={"addresses": {"post": "{year}/{month}/{day}/{slug}.html"}})
    for day in ("01", "08"):
        site.post(f"2012-03-{day}-x.md", "## Part\n\nText.[^1]\n\n[^1]: Note.\n", slug="weekly")
    site.build()
    ids = [node.attributes["id"] for node in LexborHTMLParser(site.read("2012/03/index.html")).css("[id]")]
    assert len(ids) == len(set(ids))


def test_an_rss_description_is_escaped_once_more(site: Site) -> None:
    site.post("2012-03-01-a.md", "Compare `Vec<String>` with &lt;script&gt;.\n")
    site.build()
    entry = feedparser.parse((site.output / "feed.xml").read_bytes()).entries[0]
    assert "Vec&lt;String&gt;" in entry.summary
    assert entry.author == "The Team"


def test_two_posts_with_one_feed_id_are_an_error(site: Site) -> None:
    site.post("2012-03-01-a.md", id="same")
    site.post("2012-03-02-b.md", id="same")
    with pytest.raises(ContentError, match="have the same id in feeds") as caught:
        site.build()
    assert "2012-03-01-a.md" in str(caught.value)
    assert "2012-03-02-b.md:4:1" in str(caught.value)


def test_drafts_of_mkdocs_are_drafts_and_its_exclusions_count(site: Site) -> None:
    site.configure(draft_docs="about.md", exclude_docs="!.well-known\nsecret/")
    for path in ("about.md", "secret/x.md", "templates/x.md", "shown.md"):
        site.write(path, "# X\n")
    site.write(".well-known/security.txt", "x")
    site.write(".hidden/x.txt", "x")
    site.build()
    tree = site.tree()
    assert "shown/index.html" in tree
    assert ".well-known/security.txt" in tree
    assert not [p for p in tree if p.startswith(("about", "secret", "templates", ".hidden"))]


def test_a_given_authors_file_is_private_and_must_exist(site: Site) -> None:
    site.configure(options={"authors_file": "people.yml"})
    with pytest.raises(ContentError, match=r"mkdocs\.yml:\d+:\d+: error: `people\.yml` does not exist"):
        site.build()
    site.write("people.yml", "authors:\n  jo:\n    name: Jo\n    slug: joanna\n")
    site.post("2012-03-01-a.md", authors=["jo"])
    site.build()
    assert "people.yml" not in site.tree()
    assert "author/joanna/index.html" in site.tree()


def override(site: Site, name: str, text: str) -> None:
    path = site.folder / "overrides" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    site.configure(theme={"name": "material", "custom_dir": "overrides"})


def test_templates_of_a_site_escape_unless_they_are_materials(site: Site) -> None:
    override(site, "mine.html", "<h1>{{ view.frame.title }}</h1>")
    site.post("2012-03-01-a.md", title="<b>x</b>", slug="a", template="mine.html")
    site.build()
    assert site.read("2012/03/a.html") == "<h1>&lt;b&gt;x&lt;/b&gt;</h1>"


def test_materials_own_extension_point_works(site: Site) -> None:
    text = '{% extends "base.html" %}{% block announce %}<b>Hear ye</b>{% endblock %}'
    override(site, "main.html", text)
    site.build()
    assert "<b>Hear ye</b>" in site.read("index.html")


def test_the_copyright_may_hold_html_as_with_material(site: Site) -> None:
    site.configure(copyright='&copy; <a href="https://x.example/">X</a>')
    site.build()
    assert '<p>&copy; <a href="https://x.example/">X</a></p>' in site.read("index.html")


def test_an_encoded_fragment_finds_its_heading_on_every_page(site: Site) -> None:
    site.post("2012-03-01-a.md", "[go](#caf%C3%A9)\n\n## Café {#café}\n")
    site.build()
    assert 'href="#2012-03-01-a:café"' in site.read("2012/03/index.html")
    assert not site.check().diagnostics


def test_a_short_text_is_a_whole_description(site: Site) -> None:
    site.post("2012-03-01-a.md", "Hello brave world.\n")
    site.build()
    assert 'content="Hello brave world."' in site.read("2012/03/a.html")


def test_what_is_superseded_must_exist(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.post("2012-03-02-b.md", supersedes="posts/2012-03-01-a.md")
    site.post("2012-03-03-c.md", supersedes="nothing.md", updated="2012-01-01")
    found = "\n".join(site.problems())
    assert "content/posts/2012-03-03-c.md:4:1: `supersedes`: there is no document `nothing.md`" in found
    assert "`updated` lies before `date`" in found
    assert "b.md" not in found
    site.build()
    assert "There is a newer text" in site.read("2012/03/a.html")


def test_a_value_that_cannot_be_made_hides_no_other_mistake(site: Site) -> None:
    site.write("posts/a.md", "---\ntitle: A\ndate: 2012-13-45\nslug: ../x\naliases: [../y]\n---\n")
    found = [str(d.span) for d in site.check().diagnostics]
    assert found == [f"content/posts/a.md:{place}" for place in ("3:7", "4:7", "5:11")]


def test_a_site_without_navigation_gets_the_usual_one(site: Site) -> None:
    site.write("help/a.md", "# A\n")
    site.build()
    links = LexborHTMLParser(site.read("index.html")).css(".dp-topnav a")
    assert [link.text() for link in links] == ["Home", "Blog", "Archive", "Help", "Subscribe"]


def test_a_heading_in_a_comment_or_a_list_is_no_title(site: Site) -> None:
    site.write("a.md", "<!--\n# Not this\n-->\n\n- item\n---\n\n# This\n")
    site.build()
    assert "<h1>This</h1>" in site.read("a/index.html")


def test_an_alias_without_extension_is_mapped_as_it_was_linked(site: Site) -> None:
    site.post("2012-03-01-a.md", aliases=["/2010/alt"])
    site.build()
    for old in ("/2010/alt", "/2010/alt/"):
        assert f"{old} /2012/03/a.html 301\n" in site.read("_redirects")


def test_a_pinned_post_says_so_on_the_main_page(site: Site) -> None:
    site.post("2012-03-01-a.md", pin=True)
    site.build()
    assert "Pinned" in site.read("blog/index.html")
    assert "Pinned" not in site.read("2012/03/index.html")


def test_a_plug_in_sees_html_as_it_stands_on_the_page(site: Site, tmp_path: Path) -> None:
    (site.folder / "hook.py").write_text(
        "def on_page_content(html, page, **kwargs):\n"
        f"    open({str(tmp_path / 'seen')!r}, 'a').write(html + str(page.meta.get('tags')))\n"
        "    return html.replace('</p>', ' <a href=\"gone.html\">x</a></p>')\n"
    )
    site.configure(hooks=["hook.py"])
    site.post("2012-03-01-a.md", "[b](../about.md) and [here](#p)\n\n## P\n", tags=["t"])
    site.write("about.md", "# About\n")
    site.build()
    seen = (tmp_path / "seen").read_text()
    assert 'href="../../about/"' in seen
    assert 'id="p"' in seen
    assert "['t']" in seen
    assert 'id="2012-03-01-a:p"' in site.read("2012/03/index.html")


@pytest.mark.parametrize("event", ["on_page_markdown(markdown", "on_page_content(html"])
def test_a_tag_that_a_plug_in_crowds_is_refused_with_its_document(site: Site, event: str) -> None:
    text = "<b ' + ' '.join(f'a{n}' for n in range(1500)) + '>x</b>"
    (site.folder / "hook.py").write_text(f"def {event}, **kwargs):\n    return '{text}'\n")
    site.configure(hooks=["hook.py"])
    site.post("2012-03-01-a.md", "Text.")
    with pytest.raises(ContentError) as stopped:
        site.build()
    (told,) = stopped.value.diagnostics
    assert "content/posts/2012-03-01-a.md" in str(told)
    assert "what a plug-in made of this: a tag has more than 1,000 attributes" in told.problem


def test_an_alias_may_not_take_what_is_ours(site: Site) -> None:
    for alias in ("/.git/hooks/x.html", "/.htaccess", "/.deskpress-staging/5/"):
        site.post("2012-03-01-a.md", aliases=[alias])
        with pytest.raises(ContentError, match="begins with a dot"):
            site.build()
    site.post("2012-03-01-a.md", aliases=["/assets/stylesheets/deskpress.css"])
    with pytest.raises(ContentError, match="both want the address"):
        site.build()


def test_a_date_without_its_day_does_not_make_a_post_vanish(site: Site) -> None:
    site.write("posts/a.md", "---\ntitle: A\ndate: {created: , updated: 2012-03-05}\n---\n")
    with pytest.raises(ContentError, match="`date` has no `created`"):
        site.build()


def test_marks_cannot_be_forged_from_nested_references(site: Site) -> None:
    site.post("2012-03-01-a.md", "<div>&#&#20;20;999&#&#20;20; &#&#17;17;X</div>\n")
    site.build()
    assert "../../X" not in site.read("2012/03/a.html")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<plaintext>",
        "<script><!--<script></script></script>",
        '<base href="https://evil.example/">',
        '<meta http-equiv="refresh">',
    ],
)
def test_nothing_in_a_body_reaches_beyond_it(site: Site, text: str) -> None:
    site.post("2012-03-02-a.md", f"{text}\n\nMore.\n")
    site.post("2012-03-01-b.md")
    site.build()
    month = LexborHTMLParser(site.read("2012/03/index.html"))
    assert len(month.css("article .dp-entry")) == 2
    assert month.css("footer")
    assert not month.css("base, plaintext, article meta")


def test_numbers_beyond_reason_are_refused(site: Site) -> None:
    site.post("2012-03-01-a.md")
    path = site.content / "posts/2012-03-01-a.md"
    whole = path.read_text()
    path.write_text(whole.replace("title:", f"readtime: 0x{'f' * 50}\ntitle:"))
    with pytest.raises(ContentError, match="at most 100000"):
        site.build()
    path.write_text(whole.replace("title:", f"readtime: 0x{'f' * 5000}\ntitle:"))
    with pytest.raises(ContentError, match="is not a valid value"):
        site.build()


@pytest.mark.slow
@pytest.mark.long
def test_a_long_post_reaches_the_feeds(site: Site) -> None:
    site.configure(options={"max_document_size": 20_000_000})
    site.post("2012-03-01-a.md", "word " * 2_200_000)
    site.build()
    assert "atom.xml" in site.tree()


@pytest.mark.parametrize(
    "pattern", ["{slug:d}.html", "{slug!z}", "{year:x}/{slug}.html", "{slug:{year}}.html"]
)
def test_patterns_hold_names_only(site: Site, pattern: str) -> None:
    site.configure(options={"addresses": {"post": pattern}})
    with pytest.raises(ContentError, match="braces hold a name"):
        site.build()


@pytest.mark.parametrize("url", ["https://[bad/", "https://x.example/?a=b", "https://x.example/\x01"])
def test_a_site_url_is_a_plain_url(site: Site, url: str) -> None:
    site.configure(site_url=url)
    with pytest.raises((ContentError, SetupError), match=r"site_url|URL"):
        site.build()


def test_planted_links_are_not_written_through(site: Site, tmp_path: Path) -> None:
    site.post("2012-03-01-a.md")
    site.build()
    (tmp_path / "victim").mkdir()
    (site.output / ".deskpress").unlink()
    (site.output / ".deskpress").symlink_to(tmp_path / "victim/marker")
    site.build()
    assert not list((tmp_path / "victim").iterdir())
    assert (site.output / ".deskpress").is_file()


def test_bytes_that_are_not_utf8_are_placed_right_after_a_mark(site: Site) -> None:
    site.write("posts/a.md", b"\xef\xbb\xbf---\r\ntitle: caf\xe9\r\n---\r\n")
    (told,) = site.problems()
    assert told.startswith("content/posts/a.md:2:11: the file is not saved as UTF-8")
    assert told.endswith("(in Windows-1252 it is `é`)")


@pytest.mark.parametrize(
    "heading", ["# a" + " " * 3000 + "b", "# " + "#" * 30000 + "b", "x {" + "{" * 50000 + "\n==="]
)
def test_headings_made_to_be_slow_are_not(site: Site, heading: str) -> None:
    site.write("a.md", f"---\ntitle: A\n---\n\nText.\n\n{heading}\n")
    site.build()


def test_unknown_options_are_named(site: Site) -> None:
    site.configure(options={"timezon": "UTC"})
    found = site.build().diagnostics
    assert [str(one.span) for one in found] == ["mkdocs.yml:14:5"]
    assert (found[0].problem, found[0].hint) == ("there is no option `timezon`", "did you mean `timezone`?")


@pytest.mark.parametrize(
    "plugins",
    [["search", {"deskpress": {"search": False}}], ["deskpress", {"material/blog": {"blog_dir": "b"}}]],
)
def test_other_plugins_find_the_templates_that_they_load_themselves(site: Site, plugins: list[Any]) -> None:
    site.configure(plugins=plugins)
    site.post("2012-03-01-a.md")
    assert site.build().full
    assert "Some text." in site.read("2012/03/a.html")


def test_mistakes_in_content_are_told_before_a_template_that_fails(site: Site) -> None:
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    (site.folder / "overrides").mkdir()
    (site.folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% block announce %}{{ 1 // 0 }}{% endblock %}'
    )
    for day in range(1, 31):
        site.post(f"2012-03-{day:02}-a{day}.md")
    for number in range(5):
        site.post(f"2012-04-01-b{number}.md")
    site.write("posts/2012-04-02-bad.md", "---\ntitle: [\n---\n")
    with pytest.raises(ContentError) as caught:
        site.build(jobs=2)
    assert "2012-04-02-bad.md" in str(caught.value.diagnostics)


def test_objects_that_hold_one_another_have_a_fingerprint() -> None:
    # Extensions of Markdown that plug-ins add hold the plug-in, which holds the extension.
    from types import SimpleNamespace

    from deskpress.engine.fingerprint import describe, fingerprint

    def made(level: int) -> SimpleNamespace:
        plugin = SimpleNamespace(level=level)
        plugin.extensions = [SimpleNamespace(plugin=plugin)]
        return plugin

    assert fingerprint(describe(made(1))) == fingerprint(describe(made(1)))
    assert fingerprint(describe(made(1))) != fingerprint(describe(made(2)))


def test_an_attribute_without_a_value_ends_no_build(site: Site) -> None:
    site.post(
        "2012-03-01-a.md", "## Title {#my id}\n\n### More {data-toc-label}\n\nText.\n\n## Other {class .b}\n"
    )
    site.build()
    page = site.read("2012/03/a.html")
    assert "Title</h2>" in page
    # Python-Markdown before 3.11 takes the name for the value.
    assert 'class="b"' in page or 'class="class b"' in page
