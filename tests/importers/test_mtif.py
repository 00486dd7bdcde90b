"""TypePad and Movable Type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.formats import mtif
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import SourceError, open_source
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

EXPORT = """\
AUTHOR: Kim Lee
AUTHOR EMAIL: kim@example.invalid
TITLE: How we pack & send
STATUS: Publish
CONVERT BREAKS: wysiwyg
BASENAME: how-we-pack
CATEGORY: Parcels
CATEGORY: News

UNIQUE URL: https://desk.typepad.com/parcels/2009/05/how-we-pack.html\x20
DATE: 05/06/2009 12:07:08 AM
TAGS: "glass, jars",boxes
-----
BODY:
<h2>Boxes</h2><p>Two <b>sizes</b>:</p><ul><li>small<ul><li>very small</li></ul></li><li>large</li></ul>
<p>See <a href="/parcels/2009/06/returns.html#who">returns</a>.</p>
-----
of which the second is large.
<pre>a = 1<br>if a:
    b</pre><script>alert(1)</script>
-----
EXTENDED BODY:
<p onclick="x()">And <a href="javascript:x()">more</a>.</p>
-----
EXCERPT:
What goes into what.
-----
COMMENT:
AUTHOR: Visitor Nine
EMAIL: nine@example.invalid
IP: 192.0.2.9
URL: http://nine.example/
DATE: 05/07/2009 01:02:03 PM
A word of mine.
-----
--------
TITLE: Returns
STATUS: Publish
CONVERT BREAKS: 1
UNIQUE URL: https://desk.typepad.com/parcels/2009/06/returns.html
DATE: 06/01/2009 13:00:00
-----
BODY:
First line
second line

<h3 id="who">Who pays</h3>
We do.
-----
--------
TITLE: Not yet
STATUS: Draft
CONVERT BREAKS: 0
BASENAME: not-yet
DATE: 06/02/2009 01:00:00 PM
-----
BODY:
<p>Secretplan</p>
-----
--------
"""


def _items(path: Path) -> list[Item]:
    return [*mtif.read(open_source(path), ImportReport())]


@pytest.mark.slow
def test_a_typepad_blog_becomes_posts(desk: Desk, source: Write) -> None:
    export = source("export.txt", EXPORT)

    done = desk.keep("mtif", export)

    assert desk.documents() == [
        "posts/2009-05-06-how-we-pack.md",
        "posts/2009-06-01-returns.md",
        "posts/2009-06-02-not-yet.md",
    ]
    text = desk.text("posts/2009-05-06-how-we-pack.md")
    assert text.startswith(
        '---\ntitle: "How we pack & send"\ndate: 2009-05-06 00:07:08\nslug: how-we-pack\n'
        "description: What goes into what.\ncategories: [Parcels, News]\n"
        'tags: ["glass, jars", boxes]\nauthors: [kim-lee]\naliases:\n'
        "  - /parcels/2009/05/how-we-pack.html\n---\n"
    )
    assert "-   small\n    -   very small\n-   large" in text
    assert "[returns](2009-06-01-returns.md#who)" in text
    assert "-----\n" not in text
    assert "&#45;----" in text or "\\-----" in text
    assert "<!-- more -->" in text
    assert "draft: true" in desk.text("posts/2009-06-02-not-yet.md")
    assert "1 comments left out" in done.output
    desk.build()
    body = desk.body("2009/05/how-we-pack.html")
    assert "a = 1\nif a:\n    b" in body.replace("<span></span>", "")
    assert "First line<br>" in desk.body("2009/06/returns.html").replace("<br />", "<br>")
    assert "2009/05/how-we-pack.html" in desk.page("parcels/2009/05/how-we-pack.html")
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    for private in (b"Secretplan", b"nine@", b"192.0.2.9", b"Visitor Nine", b"alert(1)", b"kim@"):
        assert private not in everything


@pytest.mark.slow
def test_a_second_import_changes_nothing(desk: Desk, source: Write) -> None:
    export = source("export.txt", EXPORT)
    desk.keep("mtif", export)
    before = desk.files()

    desk.keep("mtif", export)

    assert desk.files() == before


@pytest.mark.slow
def test_what_changes_at_the_source_meets_what_changed_here(desk: Desk, source: Write) -> None:
    export = source("export.txt", EXPORT)
    desk.keep("mtif", export)
    post = desk.content / "posts/2009-06-01-returns.md"
    post.write_text(post.read_text("utf-8").replace("We do.", "You do."), encoding="utf-8")
    (desk.content / "posts/2009-06-02-not-yet.md").unlink()

    source("export.txt", EXPORT.replace("First line", "The first line").replace("Secretplan", "Plan"))
    desk.keep("mtif", export)
    text = post.read_text("utf-8")
    assert "The first line" in text
    assert "You do." in text
    assert not (desk.content / "posts/2009-06-02-not-yet.md").exists()

    source("export.txt", EXPORT.replace("We do.", "They do."))
    done = desk.run("mtif", export)
    assert done.exit_code == 1
    assert "You do." in post.read_text("utf-8")
    conflict = (desk.folder / ".deskpress-import/mtif/conflicts/posts/2009-06-01-returns.md").read_text(
        "utf-8"
    )
    assert "<<<<<<< changed here\nYou do.\n=======\nThey do.\n>>>>>>> at the source\n" in conflict
    assert "conflicts/posts/2009-06-01-returns.md" in done.output


@pytest.mark.slow
def test_a_dry_run_writes_nothing(desk: Desk, source: Write) -> None:
    export = source("export.txt", EXPORT)
    before = desk.files()

    done = desk.keep("mtif", export, "--dry-run")

    assert desk.files() == before
    assert "3 new" in done.output


def test_lines_of_hyphens_are_text_where_no_part_follows(source: Write) -> None:
    text = EXPORT.replace("of which the second", "--------\n-----\n--------\nof which the second")

    first, *rest = _items(source("export.txt", text))

    assert "-----\n--------\n-----\n--------\nof which" in first.body
    assert len(rest) == 2


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_old_encodings_are_read(source: Write, ending: str) -> None:
    data = (
        EXPORT.replace("We do.", "Wir zahlen \u201eviel\u201c f\u00fcr \u20ac.")
        .replace("\n", ending)
        .encode("cp1252")
    )

    items = _items(source("export.txt", data))

    assert "Wir zahlen \u201eviel\u201c f\u00fcr \u20ac." in items[1].body


@pytest.mark.slow
def test_a_file_that_is_cut_off_says_where_it_ends(desk: Desk, source: Write) -> None:
    export = source("export.txt", EXPORT[: EXPORT.index("Who pays")])

    done = desk.run("mtif", export)

    assert done.exit_code == 1
    line = EXPORT[: EXPORT.index("TITLE: Returns")].count("\n") + 1
    assert f"export.txt:{line}: the rest of the file" in done.output
    assert "First line" in desk.text("posts/2009-06-01-returns.md")


def test_a_line_without_an_end_is_refused(source: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mtif, "LONGEST_LINE", 100)
    export = source("export.txt", EXPORT.replace("First line", "x" * 200))

    with pytest.raises(SourceError, match=r"export\.txt:\d+: a line of more than 100 bytes"):
        _items(export)


def test_what_is_no_export_is_refused(desk: Desk, source: Write, tmp_path: Path) -> None:
    before = desk.files()

    for done in (desk.run("mtif", tmp_path / "no"), desk.run("auto", source("a.txt", "Dear all,\n"))):
        assert done.exit_code == 2
        assert "Traceback" not in done.output
    assert desk.files() == before
