"""A site's own table of shortcodes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.formats import hugo, jekyll
from deskpress.importers.formats.wordpress import Attachments, content
from deskpress.importers.platforms.opening import open_source
from deskpress.importers.report import ImportReport
from deskpress.importers.shortcodes import ShortcodesError, ShortcodeTable
from tests.importers.conftest import Desk
from tests.importers.test_wxr import HEAD, item

Write = Callable[[str, str | bytes], Path]

TABLE = """\
button: '<a href="{url}">{inner}</a>'
jar: '<em>jar {0}</em>'
spacer: ''
"""


def _table(source: Write, text: str = TABLE) -> ShortcodeTable:
    return ShortcodeTable.of(source("desk/shortcodes.yml", text).parent)


def test_wordpress(source: Write) -> None:
    report = ImportReport()
    text = 'A [button url="/x" size=3]the [jar 7] of [b]jars[/b][/button] here. [spacer] [other a=1]'
    made = content(text, "1", Attachments(), report, "a.xml:3", _table(source))
    assert '<a href="/x">the <em>jar 7</em> of [b]jars[/b]</a> here.  [other a=1]' in made
    assert ("the shortcode `[button]`", "as shortcodes.yml says") in {
        (one.what, one.why) for one in report.lines
    }


def test_values_end_no_attribute(source: Write) -> None:
    made = content("[jar '\"><b x=\"']", "1", Attachments(), ImportReport(), "a.xml:3", _table(source))
    assert "<b" not in made


def test_hugo(source: Write) -> None:
    folder = source("site/hugo.toml", 'baseURL = "https://jars.example/"\n').parent
    source(
        "site/content/posts/a.md",
        '---\ntitle: A\ndate: 2020-01-02\n---\n{{< button url="/x" >}}the {{< jar 7 >}}{{< /button >}}'
        "{{< spacer >}}.\n",
    )
    opened = open_source(folder)
    opened.shortcodes = _table(source)
    (found,) = hugo.read(opened, ImportReport())
    assert found.body.strip() == '<a href="/x">the <em>jar 7</em></a>.'


def test_jekyll(source: Write) -> None:
    folder = source("site/_config.yml", "url: https://jars.example\n").parent
    source(
        "site/_posts/2020-01-02-a.md",
        '---\ntitle: A\n---\n{% button url="/x" %}the {% jar 7 %}{% endbutton %}{% spacer %}.\n',
    )
    opened = open_source(folder)
    opened.shortcodes = _table(source)
    (found,) = jekyll.read(opened, ImportReport())
    assert found.body.strip() == '<a href="/x">the <em>jar 7</em></a>.'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a\n", "begin each line with the name"),
        ("a: 1\n", "`a` needs a text"),
        ("a: 'x\n", "shortcodes.yml:2: this is not a list"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_with_its_place(source: Write, text: str, why: str) -> None:
    with pytest.raises(ShortcodesError, match=why):
        _table(source, text)


@pytest.mark.slow
def test_a_site_says_what_stands_for_its_shortcodes(desk: Desk, source: Write) -> None:
    export = source("shop.xml", f"{HEAD}{item(1, 'A [jar 7] here.', path='a/')}</channel></rss>")
    (desk.folder / "shortcodes.yml").write_text(TABLE)
    desk.keep("wxr", export)
    assert "*jar 7*" in desk.text("posts/2018-04-03-text-1.md")

    (desk.folder / "shortcodes.yml").write_text("jar: 7\n")
    done = desk.run("wxr", export)
    assert done.exit_code == 2
    assert "shortcodes.yml: `jar` needs a text in quotation marks" in done.output


@pytest.mark.parametrize("text", ["{inner}{inner}", "{0}" * 3 + "{inner}" * 9])
def test_shortcodes_that_repeat_what_is_in_them_do_not_grow_without_end(source: Write, text: str) -> None:
    folder = source("site/hugo.toml", 'baseURL = "https://jars.example/"\n').parent
    body = "{{< box 7 >}}" * 60 + "amber" + "{{< /box >}}" * 60
    source("site/content/posts/a.md", f"---\ntitle: A\ndate: 2020-01-02\n---\n{body}\n")
    opened = open_source(folder)
    opened.shortcodes = _table(source, f"box: '{text}'\n")
    report = ImportReport()
    (found,) = hugo.read(opened, report)
    assert found.body.strip() == body
    assert any("longer than 2,000,000 characters: it stays as it is" in one.why for one in report.lines)
