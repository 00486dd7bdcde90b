"""Confluence, Notion and Word: exports of documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

PAGE = """<!DOCTYPE html><html><head><title>Jars : {title}</title></head><body class="theme-default">
<ol id="breadcrumbs"><li><a href="index.html">Jars</a></li>{crumbs}</ol>
<h1 id="title-heading"><span id="title-text">  Jars : {title} </span></h1>
<div id="content"><div class="page-metadata">Created by <span class='author'> Mo Bell</span> on Mar 04, 2019,
last modified on Nov 02, 2021</div><div id="main-content" class="wiki-content group">{body}</div>
<div class="pageSection">confluence</div></div></body></html>
"""


@pytest.mark.slow
def test_confluence(desk: Desk, tmp_path: Path) -> None:
    body = (
        '<div class="confluence-information-macro confluence-information-macro-tip"><p class="title">Heed</p>'
        '<span class="confluence-information-macro-icon"></span>'
        '<div class="confluence-information-macro-body"><p>Mind.</p></div></div>'
        '<div class="code panel pdl"><div class="codeContent panelContent pdl">'
        '<pre class="syntaxhighlighter-pre" '
        'data-syntaxhighlighter-params="brush: bash; gutter: false">ls\n\npwd</pre></div></div>'
        '<ul class="inline-task-list"><li class="checked" data-inline-task-id="1">done</li>'
        '<li data-inline-task-id="2">open</li></ul>'
        '<p><a href="Lids_12.html#x">lids</a>, <a href="/pages/viewpage.action?pageId=12">again</a></p>'
        '<p><img src="attachments/11/jar.png" alt="A jar"></p>'
    )
    archive = tmp_path / "space.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("JAR/index.html", '<div id="main-content">confluence</div>')
        file.writestr("JAR/Glass-jars_11.html", PAGE.format(title="Glass : jars", crumbs="", body=body))
        lids = PAGE.format(title="Lids", crumbs="<li>Parts</li>", body='<h2 id="x">Lids</h2>')
        file.writestr("JAR/Lids_12.html", lids)
        file.writestr("JAR/attachments/11/jar.png", b"\x89PNG")

    desk.keep("auto", archive)

    assert desk.documents() == ["help/glass-jars.md", "help/parts/lids.md"]
    text = desk.text("help/glass-jars.md")
    assert 'title: "Glass : jars"\nupdated: 2021-11-02\n' in text
    assert (
        '!!! tip ""\n    Heed\n\n    Mind.\n\n```bash\nls\n\npwd\n```\n\n-   [x] done\n-   [ ] open\n' in text
    )
    assert "[lids](parts/lids.md#x), [again](parts/lids.md)" in text
    assert "![A jar](../media/jar.png)" in text
    before = desk.files()
    desk.keep("confluence", archive)
    assert desk.files() == before


@pytest.mark.slow
def test_notion(desk: Desk, tmp_path: Path) -> None:
    ids = [f"{number:032x}" for number in range(1, 6)]
    page = (
        "# Glass jars\n\nOwner: Mo Bell\nTags: red, blue\nLast edited: November 2, 2021 4:40 PM\n\nText.\n\n"
        "<aside>\n💡 Mind **this**.\n\n- a\n  - b\n\n</aside>\n\n- [ ]  open\n- [x]  done\n\n"
        f"![A jar](Glass%20jars%20{ids[0]}/jar.png)\n\n[Lids](Glass%20jars%20{ids[0]}/Lids%20{ids[1]}.md)\n\n"
        f"[Rows](Glass%20jars%20{ids[0]}/Rows%20{ids[2]}.csv) [on the web](https://www.notion.so/Lids-{ids[1]})\n"
    )
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr(f"Glass jars {ids[0]}.md", page)
        file.writestr(f"Glass jars {ids[0]}/jar.png", b"\x89PNG")
        file.writestr(f"Glass jars {ids[0]}/Lids {ids[1]}.md", "# Lids\n\nNo: property\nbut text.\n")
        file.writestr(f"Glass jars {ids[0]}/Rows {ids[2]}.csv", "Name,No\nRed,1\n")
        file.writestr(f"Glass jars {ids[0]}/Rows {ids[2]}_all.csv", '\ufeffName,No\nRed,1\n"B|ue",2\n')
        file.writestr(f"Glass jars {ids[0]}/Rows {ids[2]}/Red {ids[3]}.md", "# Red\n\nNo: 1\n\nIt is red.\n")
    archive = tmp_path / "notion.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("Export-part-1.zip", inner.getvalue())

    desk.keep("auto", archive)

    assert desk.documents() == [
        "help/glass-jars/index.md",
        "help/glass-jars/lids.md",
        "help/glass-jars/rows/index.md",
        "help/glass-jars/rows/red.md",
    ]
    text = desk.text("help/glass-jars/index.md")
    assert "updated: 2021-11-02 16:40:00\ntags: [red, blue]\n" in text
    assert (
        '**Owner:** Mo Bell\n\nText.\n\n!!! note ""\n    💡 Mind **this**.\n\n    - a\n        - b\n' in text
    )
    assert (
        "![A jar](../../media/jar.png)\n\n[Lids](lids.md)\n\n[Rows](rows/index.md) [on the web](lids.md)"
        in text
    )
    assert "| [Red](red.md) | 1 |\n| B\\|ue | 2 |" in desk.text("help/glass-jars/rows/index.md")
    assert "No: property\nbut text." in desk.text("help/glass-jars/lids.md")
    before = desk.files()
    desk.keep("notion", archive)
    assert desk.files() == before


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    "</Types>"
)
TOP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{TOP}" Target="word/document.xml"/></Relationships>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Jars</dc:title><dcterms:modified>2021-02-03T04:05:06Z</dcterms:modified></cp:coreProperties>"
)


def word(body: str, head: str = "<?xml version='1.0'?>") -> bytes:
    """A document of Word."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr("docProps/core.xml", CORE)
        file.writestr("word/document.xml", f"{head}<w:document {W} {R}><w:body>{body}</w:body></w:document>")
    return made.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _cell(inner: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inner}</w:tc>"


def test_word(desk: Desk, source: Write) -> None:
    inner = f"<w:tbl><w:tr>{_cell(_paragraph('inner'))}</w:tr></w:tbl>"
    span = '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{_cell(_paragraph('wide'), span)}</w:tr>"
        f"<w:tr>{_cell(_paragraph('a'))}{_cell(inner + _paragraph('b'))}</w:tr></w:tbl>"
    )
    changed = (
        "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r>"
        "<w:delText>gone</w:delText></w:r></w:del></w:p>"
    )
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r></w:p>"

    desk.keep("auto", source("jars.docx", word(bold + table + changed, "\ufeff<?xml version='1.0'?>")))

    text = desk.text("help/jars.md")
    assert "title: Jars\nupdated: 2021-02-03T04:05:06+00:00\n" in text
    assert "**Bold**" in text
    assert '<td colspan="2"><p>wide</p></td>' in text
    assert "<p>inner</p></td></tr></tbody></table><p>b</p>" in text
    assert "\nnew\n" in text
    assert "gone" not in text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no zip",
        word("<w:p/>", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        word("<w:p>"),
        word(_paragraph("a") * 400_000),
    ],
    ids=["broken", "entity", "not well-formed", "bomb"],
)
def test_bad_documents_of_word_are_refused(desk: Desk, source: Write, data: bytes) -> None:
    before = desk.files()

    done = desk.run("docx", source("jars.docx", data))

    assert done.exit_code == 2
    assert "jars.docx" in done.output
    assert "Traceback" not in done.output
    assert desk.files() == before
