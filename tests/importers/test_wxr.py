"""WordPress."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner

from deskpress.app.new import new_site
from deskpress.cli.main import main
from deskpress.importers.formats import wxr
from deskpress.importers.formats.wordpress import Attachments, content
from deskpress.importers.platforms import xml_pieces
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import SourceError, open_source
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360000002000001"
    "0500 01 0d0a2db40000000049454e44ae426082".replace(" ", "")
)

ITEM = """\
<item>
<title>{title}</title>
<link>https://shop.example/{path}</link>
<pubDate>Tue, 03 Apr 2018 20:15:16 +0000</pubDate>
<dc:creator><![CDATA[mo]]></dc:creator>
<guid isPermaLink="false">https://shop.example/?p={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded>
<excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date><![CDATA[2018-04-03 22:15:16]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{gmt}]]></wp:post_date_gmt>
<wp:post_name><![CDATA[{name}]]></wp:post_name>
<wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type>
<wp:post_password><![CDATA[{password}]]></wp:post_password>
<category domain="category" nicename="jars"><![CDATA[Jars]]></category>
<category domain="post_tag" nicename="red"><![CDATA[red]]></category>
{more}
</item>
"""
HEAD = """\
<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Shop</title><link>https://shop.example</link><language>en-GB</language>
<wp:base_blog_url>https://shop.example</wp:base_blog_url>
<wp:author><wp:author_login>mo</wp:author_login><wp:author_email>mo@example.invalid</wp:author_email>
<wp:author_display_name><![CDATA[Mo Bell]]></wp:author_display_name></wp:author>
"""
COMMENT = """<wp:comment><wp:comment_author>Guest Four</wp:comment_author><wp:comment_author_email>
four@example.invalid</wp:comment_author_email><wp:comment_author_IP>192.0.2.4</wp:comment_author_IP></wp:comment>"""
FILE = """<item><title>A red jar</title><wp:attachment_url>https://shop.example/wp-content/uploads/2018/jar.png
</wp:attachment_url><wp:post_id>9</wp:post_id><wp:post_parent>1</wp:post_parent>
<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>"""


def item(number: int, text: str, **values: str) -> str:
    """An item of an export."""
    usual = {
        "title": f"Text {number}",
        "path": f"2018/04/text-{number}/",
        "name": f"text-{number}",
        "gmt": "2018-04-03 20:15:16",
        "status": "publish",
        "kind": "post",
        "password": "",
        "more": "",
    }
    return ITEM.format(number=number, text=text, **{**usual, **values})


def blog(*items: str) -> str:
    """A whole export."""
    return f"{HEAD}{''.join(items)}</channel></rss>\n"


def _items(path: Path, report: ImportReport | None = None) -> list[Item]:
    return [*wxr.read(open_source(path), report or ImportReport())]


@pytest.mark.slow
def test_a_blog_becomes_posts_and_pages(desk: Desk, source: Write) -> None:
    text = (
        "Jars, and <b>lids</b>.\nSecond line.\n\n"
        '[caption id="x" width="9"]<img src="https://shop.example/wp-content/uploads/2018/jar-9x9.png"'
        ' alt="Jar"> Ours[/caption]\n\n[gallery ids="9"]\n\n<!--more-->\n\n'
        '[code lang="py"]\na = 1\n\nb = 2\n[/code]\n'
        'See <a href="https://shop.example/?p=2">the page</a> and <a href="/2018/04/text-3/#b">that</a>.'
    )
    block = (
        '<!-- wp:paragraph {"a":1} -->\n<p>One\nparagraph</p>\n<!-- /wp:paragraph -->\n\n'
        "<!-- wp:heading -->\n<h2>H</h2>"
    )
    export = source(
        "blog.xml",
        blog(
            item(1, text, more=COMMENT, title="Jars &amp; lids"),
            item(2, block, kind="page", path="about/jars/"),
            item(3, '<p id="b">Here.</p>'),
            item(4, "Hiddenword", status="private"),
            item(5, "Hiddenword", password="x"),
            item(6, "Hiddenword", status="draft", gmt="0000-00-00 00:00:00"),
            item(7, "left out", kind="product"),
            FILE,
        ),
    )
    media = source("media/wp-content/uploads/2018/jar.png", PNG).parents[3]

    done = desk.keep("wxr", export, "--media", media)

    first = desk.text("posts/2018-04-03-text-1.md")
    assert "date: 2018-04-03T22:15:16+02:00\n" in first
    assert 'id: "https://shop.example/?p=1"\n' in first
    assert "authors: [mo-bell]\n" in first
    assert '![Jar](../media/jar.png "Ours")' in first
    assert "```py\na = 1\n\nb = 2\n```" in first
    assert "[the page](../about/jars.md) and [that](2018-04-03-text-3.md#b)" in first
    assert "Jars, and **lids**.  \nSecond line." in first
    assert desk.text("about/jars.md").endswith("One paragraph\n\n## H\n")
    for number in (4, 5, 6):
        assert "draft: true" in desk.text(f"posts/2018-04-03-text-{number}.md")
    assert "“Text 7” is left out" in done.output
    desk.build()
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    for private in (b"Hiddenword", b"four@", b"192.0.2.4", b"Guest Four", b"mo@"):
        assert private not in everything
    entries = feedparser.parse(desk.page("feed.xml")).entries
    assert {entry.id for entry in entries} == {"https://shop.example/?p=1", "https://shop.example/?p=3"}
    before = desk.files()
    desk.keep("wxr", export, "--media", media)
    assert desk.files() == before


def test_paragraphs_are_implied_as_wordpress_makes_them() -> None:
    text = (
        "One\ntwo\n\n<ul>\n<li>a</li>\n</ul>\nthree <em>four\nfive</em>\n<pre>x\n\n\ny</pre>\n\n<!-- six -->"
    )

    html = content(text, "1", Attachments(), ImportReport(), "")

    assert re.sub(r"\s*\n\s*", " ", html) == (
        "<p>One<br> two</p> <ul> <li>a</li> </ul> <p>three <em>four<br> five</em></p> <pre>x y</pre>"
        " <!-- six -->"
    )
    assert "x\n\n\ny" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[embed]https://youtu.be/abcdefghijk[/embed]", 'src="https://www.youtube.com/embed/abcdefghijk"'),
        ("a\n\nhttps://vimeo.com/123456\n\nb", 'src="https://player.vimeo.com/video/123456"'),
        ("https://shop.example/x", '<a href="https://shop.example/x">'),
        ('[caption caption="Say"]<a href="x"><img src="y"></a>[/caption]', "<figcaption>Say</figcaption>"),
        ("[sourcecode language='c']a<b[/sourcecode]", '<pre class="language-c">a&lt;b</pre>'),
        ('[video mp4="a.mp4"][/video]', '<video controls src="a.mp4">'),
        ("[form id=7] [1] [x](y)", "[form id=7] [1] [x](y)"),
    ],
)
def test_shortcodes(text: str, html: str) -> None:
    assert html in content(text, "1", Attachments(), ImportReport(), "")


@pytest.mark.slow
def test_several_languages_share_a_text(desk: Desk, source: Write) -> None:
    text = "<!--:en-->English words<!--:--><!--:de-->Deutsche Worte<!--:-->"
    export = source("blog.xml", blog(item(1, text, title="[:en]A jar[:de]Ein Glas[:]")))

    desk.keep("wxr", export)

    assert "English words" in desk.text("posts/2018-04-03-text-1.md")
    assert "title: Ein Glas" in desk.text("de/posts/2018-04-03-text-1.md")


def test_files_that_are_not_well_formed_are_read_with_a_report(source: Write) -> None:
    good, bad = (
        item(1, "First ]]]]><![CDATA[> mark"),
        item(2, "Second").replace("</title>", "</titel>&nbsp;&foo;"),
    )
    report = ImportReport()

    items = _items(
        source("blog.xml", blog(good, bad.replace("Second", "Sec\x0bond"), item(3, "Third"))), report
    )

    assert [one.body for one in items] == ["<p>First ]]> mark</p>", "<p>Second</p>", "<p>Third</p>"]
    assert any(
        "not well-formed" in line.what and line.place.startswith("blog.xml:") for line in report.of("changed")
    )


def test_a_lone_item_without_namespaces_is_read(source: Write) -> None:
    items = _items(source("blog.xml", item(1, "Alone", name="", path="2018/04/own-name.html")))

    assert items[0].slug == "own-name"
    assert items[0].body == "<p>Alone</p>"


@pytest.mark.parametrize("size", [7, 50, 1 << 20])
def test_elements_are_found_wherever_a_file_is_split(
    source: Write, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(xml_pieces, "STEP", size)
    text = "Ümläute <item> </item> <!-- --> \N{SNOWMAN}"

    items = _items(source("blog.xml", blog(item(1, text), item(2, "Two"))))

    assert [one.key for one in items] == ["https://shop.example/?p=1#1", "https://shop.example/?p=2#2"]
    assert items[0].body.startswith("<p>Ümläute <item> </item> <!-- -->")
    assert items[0].place == "blog.xml:9"


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.slow
def test_document_types_are_never_read(desk: Desk, source: Write) -> None:
    text = blog(item(1, "Text")).replace("?>\n", f"?>\n{BOMB}\n", 1).replace("Text 1", "T &b; &c; &eacute;")

    desk.keep("wxr", source("blog.xml", text))

    assert 'title: "T &b; &c; é"' in desk.text("posts/2018-04-03-text-1.md")


@pytest.mark.slow
def test_an_export_that_is_cut_off_says_where(desk: Desk, source: Write) -> None:
    whole = blog(item(1, "First"), item(2, "Second"))

    done = desk.run("wxr", source("blog.xml", whole[: whole.index("Second") + 6]))

    assert done.exit_code == 1
    assert re.search(r"blog\.xml:\d+: the rest of the file", done.output)
    assert "First" in desk.text("posts/2018-04-03-text-1.md")


def test_an_element_without_an_end_has_a_bound(source: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_pieces, "LARGEST_PIECE", 10_000)
    monkeypatch.setattr(xml_pieces, "STEP", 1000)

    with pytest.raises(SourceError, match=r"blog\.xml:\d+: an element of more than 10,000"):
        _items(source("blog.xml", blog(item(1, "x" * 50_000))))


@pytest.mark.slow
def test_the_examples_of_a_new_site_give_way_and_pages_that_were_written_do_not(
    tmp_path: Path, source: Write
) -> None:
    export = source("blog.xml", blog(item(2, "We sell jars.", kind="page", path="about/", name="about")))
    for written in (False, True):
        site = tmp_path / f"desk-{written}"
        new_site(site, datetime(2012, 6, 1, tzinfo=UTC))
        about = site / "content/about.md"
        if written:
            about.write_text("---\ntitle: About\n---\n\nSomething of ours.\n")
        done = CliRunner().invoke(main, ["import", "wxr", str(export), "--into", str(site)])
        if written:
            assert about.read_text().endswith("Something of ours.\n")
            imported = (site / "content/about-2.md").read_text()
            assert "We sell jars." in imported
            assert "draft" not in imported
            assert "the address /about/: it leads to about.md, which claims it too" in done.output
            assert done.exit_code == 1
        else:
            assert done.exit_code == 0, done.output
            assert "about.md: the example of a new site gives way" in done.output
            assert "We sell jars." in about.read_text()
            again = CliRunner().invoke(main, ["import", "wxr", str(export), "--into", str(site)])
            assert "1 document: 1 same" in again.output
