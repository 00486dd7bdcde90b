"""Sources that mean harm, or that nobody thought of."""

from __future__ import annotations

import json
import os
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from deskpress.app import content_files
from deskpress.build.request import Request
from deskpress.host.load import load
from deskpress.importers.formats import docx, freshdesk, intercom
from deskpress.importers.html.blocks import BlockConverter
from deskpress.importers.html.clean import Cleaner
from deskpress.importers.html.measure import measure
from deskpress.importers.html.rendering import SiteConverter
from deskpress.importers.platforms import opening, records, running, xml_pieces
from deskpress.importers.platforms.links import alias_of
from deskpress.importers.platforms.media import Media
from deskpress.importers.platforms.numbering import Numbering
from deskpress.importers.platforms.opening import SourceError, open_source
from deskpress.importers.platforms.xml_pieces import Piece, pieces
from deskpress.importers.report import ImportReport
from tests.growth import check_linear
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

ENTRY = (
    "TITLE: {title}\nSTATUS: Publish\nCONVERT BREAKS: 0\nUNIQUE URL: {url}\nDATE: {date}\n-----\n"
    "BODY:\n{body}\n-----\n--------\n"
)


def export(*entries: str) -> str:
    """An export of TypePad."""
    return "".join(entries)


def entry(
    body: str,
    title: str = "A jar",
    url: str = "https://a.example/2010/01/jar.html",
    date: str = "01/02/2010 03:04:05",
) -> str:
    """An entry of it."""
    return ENTRY.format(title=title, url=url, date=date, body=body)


def _zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return path


@pytest.mark.parametrize("name", ["../../etc/x.md", "/etc/x.md", "a/../../x.md", "..\\x.md", "C:/x.md"])
def test_paths_that_leave_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="leads out of the zip"):
        open_source(_zip(tmp_path / "a.zip", {name: b"x"}))


def test_zips_have_a_bound_before_they_are_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = _zip(tmp_path / "a.zip", {"a.md": b"\0" * 30_000_000})
    with pytest.raises(SourceError, match="200 times as large"):
        open_source(bomb)

    monkeypatch.setattr(opening, "MOST_UNPACKED", 1000)
    with pytest.raises(SourceError, match="more than may be unpacked"):
        open_source(_zip(tmp_path / "b.zip", {"a": os.urandom(600), "b": os.urandom(600)}))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_ways_of_packing_are_read_that_unpack_within_bounds(tmp_path: Path, method: int) -> None:
    """Python unpacks others as a whole: four kilobytes that claim to be small became gigabytes."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("a.md", b"x")
    with pytest.raises(SourceError, match="pack it with Deflate"):
        open_source(path)
    with pytest.raises(SourceError, match="packed in a way that Word does not use"):
        docx._checked(path.read_bytes(), "a.docx")


def test_parts_of_word_are_as_long_as_they_claim(tmp_path: Path) -> None:
    data = bytearray(_zip(tmp_path / "a.zip", {"a.xml": b" " * 100_000_000}).read_bytes())
    at = data.rfind(b"PK\x01\x02") + 24
    data[at : at + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(SourceError, match="not a Word document"):
        docx._checked(bytes(data), "a.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_parts_of_word_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are in memory at once: three megabytes became six gigabytes."""
    monkeypatch.setattr(docx, "MOST_TOGETHER", 1000)
    data = _zip(tmp_path / "a.zip", dict.fromkeys(("a.bin", "b.bin", "c.bin"), b" " * 400)).read_bytes()
    with pytest.raises(SourceError, match="more than 1,000 bytes when it is unpacked"):
        docx._checked(data, "a.docx")


def test_pictures_of_word_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document may show one picture thousands of times."""
    monkeypatch.setattr(docx, "LARGEST_MEDIA", 1000)
    pictures, shown = (
        docx._Pictures(),
        SimpleNamespace(content_type="image/png", open=lambda: BytesIO(b"a" * 300)),
    )
    for _ in range(2):
        assert pictures.element(shown)["src"].startswith("data:image/png;base64,YWFh")
    with pytest.raises(ValueError, match="its pictures have more than 1,000 bytes together"):
        pictures.element(shown)


def test_tags_of_an_element_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """An export of half a megabyte took four gigabytes of memory."""
    monkeypatch.setattr(xml_pieces, "MOST_TAGS", 10)
    report = ImportReport()
    for text, known in (("<a/>" * 8, True), ("<![CDATA[" + "<" * 99 + "]]>", True), ("<a/>" * 9, False)):
        assert (
            xml_pieces.element(Piece("item", f"<item>{text}</item>", 3), "a.xml:3", report) is not None
        ) is known
    assert [(one.place, one.why) for one in report.lines] == [("a.xml:3", "it has more than 10 tags")]


@pytest.mark.parametrize("what", ["[]", "{}", "1"])
def test_records_of_a_file_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """What they become takes up to thirty times as much memory as their characters."""
    monkeypatch.setattr(records, "MOST_LISTS", 10)
    monkeypatch.setattr(records, "MOST_COMMAS", 10)
    (tmp_path / "a.json").write_text(f"[{','.join([what] * 9)}]")
    assert list(records.listed(open_source(tmp_path))) == (
        [({}, f"{tmp_path.name}/a.json")] * 9 if what == "{}" else []
    )
    (tmp_path / "a.json").write_text(f"[{','.join([what] * 12)}]")
    with pytest.raises(SourceError, match="more records than can be read"):
        list(records.listed(open_source(tmp_path)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "what", ["<![CDATA[", "<!---->", "<item></item>", "<!--", "<item><!--", "<![CDATA[]]>"]
)
def test_xml_is_looked_at_once_whatever_has_no_end(tmp_path: Path, what: str) -> None:
    def made(times: int) -> Path:
        path = tmp_path / f"{times}.xml"
        path.write_text(what * times)
        return path

    def read(path: Path) -> None:
        list(pieces(open_source(path), path.name, ("item",)))

    check_linear(read, made, 64_000)


@pytest.mark.parametrize(
    "encoding", ["zlib", "base64", "idna", "punycode", "rot13", "unicode_escape", "nope"]
)
def test_encodings_that_are_none_of_texts(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.xml").write_text(f'<?xml version="1.0" encoding="{encoding}"?><item/>')
    with pytest.raises(SourceError, match=f"a.xml:1: the encoding `{encoding}` is not known"):
        list(pieces(open_source(tmp_path / "a.xml"), "a.xml", ("item",)))


def test_thousands_of_one_name(tmp_path: Path) -> None:
    def name(times: int) -> None:
        taken: set[str] = set()
        numbering = Numbering()
        for _ in range(times):
            taken.add(numbering.free("jar", taken.__contains__))
        assert len(taken) == times
        assert {"jar", "jar-2", f"jar-{times}"} <= taken

    check_linear(name, lambda times: times, 16_000)


def test_zips_in_zips_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST_ZIPS", 3)
    data = b""
    for number in range(6):
        data = _zip(tmp_path / f"{number}.zip", {"inner.zip" if data else "a.md": data or b"x"}).read_bytes()

    with pytest.raises(SourceError, match="too many zips"):
        open_source(tmp_path / "5.zip")


@pytest.mark.slow
@pytest.mark.parametrize("cut", [30, 200, -30])
def test_zips_that_are_cut_off_are_told(desk: Desk, tmp_path: Path, cut: int) -> None:
    whole = _zip(
        tmp_path / "a.zip", {f"{number:032x}.md": os.urandom(300) for number in range(1, 4)}
    ).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:cut])
    before = desk.files()

    done = desk.run("notion", tmp_path / "a.zip")

    assert done.exit_code in (0, 2)
    assert "Traceback" not in done.output
    assert desk.files() == before or done.exit_code == 0


def test_links_of_the_machine_bring_in_no_files(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.md").write_text("x")
    (tmp_path / "source/b.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "source/c").symlink_to(tmp_path)

    assert open_source(tmp_path / "source").names == ["a.md"]


def test_media_are_found_in_their_folder_only(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    folder = tmp_path / "media"
    folder.mkdir()
    source = open_source(folder)
    media = Media(source, tmp_path / "content", folder)

    for target in (
        "../secret.png",
        "%2e%2e/secret.png",
        "/etc/passwd",
        "file:///etc/passwd.png",
        "a/../../secret.png",
    ):
        assert media.local(target) == ""


def test_pictures_of_one_name_are_told_apart_and_equal_ones_are_one(tmp_path: Path) -> None:
    for name, data in {"a/x.png": b"1", "b/x.png": b"2", "c/x.png": b"1"}.items():
        (tmp_path / "m" / name).parent.mkdir(parents=True)
        (tmp_path / "m" / name).write_bytes(data)
    media = Media(open_source(tmp_path / "m"), tmp_path / "content")

    paths = [media.local(f"https://old.example/{name}/x.png") for name in "abc"]

    assert paths[0] == paths[2] == "media/x.png"
    assert paths[1].startswith("media/x-")
    assert set(media.take().values()) == {b"1", b"2"}


@pytest.mark.slow
def test_nothing_of_a_text_runs_or_reaches_beyond_it(desk: Desk, source: Write) -> None:
    body = (
        '<script>alert(1)</script><img src="x.png" onerror="alert(1)">'
        '<a href="jav&#x61;script:alert(1)">a</a>'
        '<a href=" java\tscript:alert(1)">b</a><svg onload="alert(1)"><script>alert(1)</script></svg>'
        '<iframe src="javascript:alert(1)"></iframe><object data="data:text/html,x"></object>'
        '<base href="https://e.example">'
        '<form action="https://e.example"><input name="x"><button onclick="alert(1)">go</button></form>'
        '<meta http-equiv="refresh" content="0"><link rel="stylesheet" href="x">'
        '<p style="position:fixed">p</p>'
        '<a href="data:text/html,alert(1)">c</a><img src="data:text/html;base64,AAAA"><math><mi>m</mi></math>'
        "<plaintext>rest"
    )

    desk.run("mtif", source("e.txt", export(entry(body))))

    text = desk.text("posts/2010-01-02-jar.md")
    for sign in (
        "alert",
        "onerror",
        "javascript",
        "iframe",
        "object",
        "<base",
        "<form",
        "<meta",
        "style",
        "data:",
    ):
        assert sign not in text
    desk.build()
    assert "rest" in desk.body("2010/01/jar.html")


def test_a_text_may_say_what_front_matter_says(desk: Desk, source: Write) -> None:
    body = "<p>draft: true</p><p>a<br>published: false</p><pre>draft: true</pre><p>---</p><p>title: x</p>"

    desk.keep("mtif", source("e.txt", export(entry(body, title='"]: - x\\u0000 {% a %} # y'))))

    desk.build()
    assert "draft: true" in desk.body("2010/01/jar.html")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + "deep" + "</div>" * 5000,
        "<ul><li>" * 5000 + "deep",
        "<blockquote>" * 5000 + "deep",
        "<b>" * 5000 + "deep",
        "<table><tr><td>" * 3000 + "deep",
        "<ol>" + "<li>x</li>" * 20_000 + "</ol><p>deep</p>",
        "<p>" + "[" * 3000 + "deep</p>",
        "<p>" + "*" * 5000 + "deep</p>",
        "<h2>x</h2>" * 3000 + "<p>deep</p>",
        '<a href="x">' * 3000 + "deep",
        "<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">deep</p>",
    ],
    ids=["div", "ul", "blockquote", "b", "table", "ol", "brackets", "stars", "headings", "a", "attributes"],
)
@pytest.mark.slow
def test_odd_shapes_have_an_end_and_lose_no_text(desk: Desk, source: Write, body: str) -> None:
    done = desk.run(
        "mtif",
        source("e.txt", export(entry(body), entry("<p>Other</p>", url="https://a.example/b/other.html"))),
    )

    assert done.exit_code in (0, 1)
    assert "Traceback" not in done.output
    assert "deep" in desk.text("posts/2010-01-02-jar.md")
    desk.build()
    assert "Other" in desk.body("2010/01/other.html")


@pytest.mark.slow
@pytest.mark.parametrize(
    "date", ["01/01/1970 00:00:00", "02/30/2010 00:00:00", "01/01/0001 00:00:00", "12/31/9999 23:59:59", ""]
)
def test_odd_dates_are_told_and_posts_stay(desk: Desk, source: Write, date: str) -> None:
    done = desk.run("mtif", source("e.txt", export(entry("<p>Text</p>", date=date))))

    assert done.exit_code in (0, 1)
    desk.build()
    assert [path for path in desk.documents() if path.startswith("posts/")]


def test_two_documents_with_one_address_are_both_kept(desk: Desk, source: Write) -> None:
    done = desk.run("mtif", source("e.txt", export(entry("<p>One</p>"), entry("<p>Two</p>"))))

    desk.build()
    assert done.exit_code == 1
    assert "One" in desk.body("2010/01/jar.html")
    assert "Two" in desk.body("2010/01/jar-2.html")


@pytest.mark.slow
def test_files_that_are_there_stay(desk: Desk, source: Write) -> None:
    post = desk.content / "posts/2010-01-02-jar.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: Mine\ndate: 2010-01-02\nslug: mine\n---\n\nMine.\n")

    desk.keep("mtif", source("e.txt", export(entry("<p>Theirs</p>"))))

    assert post.read_text().endswith("Mine.\n")
    assert "Theirs" in desk.text("posts/2010-01-02-jar-2.md")


def test_what_an_import_left_may_not_lead_out_of_the_site(desk: Desk, source: Write) -> None:
    index = desk.folder / ".deskpress-import/mtif/index.json"
    index.parent.mkdir(parents=True)
    index.write_text('{"documents": {"https://a.example/2010/01/jar.html": "../../stolen.md"}}')

    done = desk.run("mtif", source("e.txt", export(entry("<p>Text</p>"))))

    assert done.exit_code == 2
    assert "leads out of the content folder" in done.output
    assert not (desk.folder.parent / "stolen.md").exists()


@pytest.mark.parametrize(
    ("address", "alias"),
    [
        ("https://a.example/2010/a.html", "/2010/a.html"),
        ("https://a.example//2010//a", "/2010/a"),
        ("/a%20b/", "/a b/"),
        ("https://a.example/?p=1", ""),
        ("https://a.example/", ""),
        ("/../../x", ""),
        ("/a%00b", ""),
        ("/.hidden", ""),
        ("http://[", ""),
    ],
)
def test_old_addresses_are_aliases_or_told(address: str, alias: str) -> None:
    found, problem = alias_of(address)

    assert found == alias
    assert bool(problem) == (not alias)


@pytest.fixture(scope="module")
def converter(tmp_path_factory: pytest.TempPathFactory) -> BlockConverter:
    desk = Desk(tmp_path_factory.mktemp("converter") / "desk")
    desk.configure(
        "  - toc\n",
        "  - toc\n  - def_list\n  - md_in_html\n  - pymdownx.superfences\n  - pymdownx.tasklist\n",
    )
    config = load(Request(desk.folder / "mkdocs.yml")).project.config
    return BlockConverter(SiteConverter.of(config), config.options.policy.frame_host)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>1. a<br>- b<br># c<br>&gt; d</p>", "1\\. a  \n\\- b  \n\\# c  \n\\> d\n"),
        ("<p>a<br><br>b</p>", "a\n\nb\n"),
        (
            "<p>*a* _b_ c_d [e](f) `g` &lt;h&gt; &amp;amp; \\i</p>",
            "\\*a\\* \\_b\\_ c_d \\[e\\](f) \\`g\\` &lt;h> &amp;amp; \\\\i\n",
        ),
        (
            "<ul><li>a<ul><li>b</li></ul></li></ul><ol><li>c</li></ol>",
            "-   a\n    -   b\n\n<!-- -->\n\n1.  c\n",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "-   a\n    -   b\n"),
        ("<ul><li></li><li>a</li></ul>", "-   <!-- -->\n-   a\n"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3.  a\n4.  b\n"),
        ("<p>a</p><pre>x\n\n\n```\ny</pre>", "a\n\n````\nx\n\n\n```\ny\n````\n"),
        ("<p>x <b>a</b><i>b</i> <code>a`b</code></p>", "x **a***b* `` a`b ``\n"),
        ("<dl><dt>t</dt><dd>d</dd></dl>", "t\n:   d\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<p>a<sup>2</sup> <u>b</u> <kbd>c</kbd></p>", "a<sup>2</sup> <u>b</u> <kbd>c</kbd>\n"),
        ("<p><b> a </b>b</p>", "**a** b\n"),
        ('<p><a href="a b(c).html" title=\'x "y"\'>t</a></p>', '[t](<a%20b(c).html> "x &quot;y&quot;")\n'),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c|d</td><td>e<br>f</td></tr></table>",
            "| a | b |\n| --- | --- |\n| c\\|d | e<br>f |\n",
        ),
    ],
)
def test_html_becomes_markdown_that_shows_it(converter: BlockConverter, html: str, markdown: str) -> None:
    cleaned = Cleaner(ImportReport(), lambda address: True).clean(html, "")

    done = converter.convert(cleaned.soup)

    assert done.markdown == markdown
    assert converter.renderer.measure(done.markdown).text == measure(html).text


@pytest.mark.parametrize(
    "html",
    [
        '<table><tr><td colspan="2">a</td></tr><tr><td>b</td><td><table><tr><td>c</td></tr></table></td></tr>'
        "</table>",
        '<pre>a <a href="x.html">b</a></pre>',
        "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
        "<ul><li><table><tr><td>a</td></tr></table></li></ul>",
    ],
)
def test_what_markdown_has_no_form_for_stays_html(converter: BlockConverter, html: str) -> None:
    cleaned = Cleaner(ImportReport(), lambda address: True).clean(html, "")

    done = converter.convert(cleaned.soup)

    wanted, found = measure(html), converter.renderer.measure(done.markdown)
    assert (found.text, found.items, found.cells, found.spans, found.links, found.code) == (
        wanted.text,
        wanted.items,
        wanted.cells,
        wanted.spans,
        wanted.links,
        wanted.code,
    )


def test_no_time_goes_into_what_came_before(
    desk: Desk, source: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, written = Mock(wraps=running._address), Mock(wraps=content_files.write_text)
    monkeypatch.setattr(running, "_address", read)
    monkeypatch.setattr("deskpress.importers.platforms.authors.write_text", written)
    many = [f"AUTHOR: Kim {n}\n{entry('<p>x</p>', date=f'01/02/2010 03:04:{n:02}')}" for n in range(30)]

    desk.run("mtif", source("e.txt", export(*many)))

    assert read.call_count < 3 * len(many)
    assert written.call_count == 1
    assert "slug: jar-30\n" in desk.text("posts/2010-01-02-jar-30.md")
    assert desk.text("posts/.authors.yml").count("name:") == len(many)


def test_sections_without_end_are_cut(desk: Desk, tmp_path: Path) -> None:
    crumbs = "<li>Space</li>" + "<li>u</li>" * 10_000
    page = f'<!-- confluence --><ol id="breadcrumbs">{crumbs}</ol><div id="main-content"><p>Text</p></div>'
    export = _zip(tmp_path / "c.zip", {"Jar_1.html": page.encode()})

    desk.keep("confluence", export)

    assert "Text" in desk.text(f"help/{'u/' * 20}jar.md")


@pytest.mark.parametrize("value", [5, "x", [], {}, [5], {"tags": 5}, None, True], ids=repr)
def test_fields_of_another_type_stop_no_import(source: Write, value: object) -> None:
    fields = ("visibility", "attachments", "seo_data", "tags", "status", "created_at", "name")
    folder = {"id": 3, "category_id": 2, **dict.fromkeys(fields, value)}
    article = {**folder, "id": 1, "folder_id": 3, "title": "T", "description": "<p>Text</p>"}
    found = freshdesk.read(open_source(source("f.json", json.dumps([article, folder]))), ImportReport())
    assert "<p>Text</p>" in [item.body[:11] for item in found]

    fields = ("tags", "translated_content", "url", "audience_ids", "parent_id", "created_at", "description")
    talk = {"type": "article", "state": "published", "id": "1", "title": "T", "body": "<p>Text</p>"}
    answer = {"data": [{**talk, **dict.fromkeys(fields, value)}]}
    found = intercom.read(open_source(source("i.json", json.dumps(answer))), ImportReport())
    assert [item.body for item in found] == ["<p>Text</p>"]
