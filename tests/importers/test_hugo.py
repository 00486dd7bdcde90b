"""Hugo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from deskpress.importers.formats import hugo
from deskpress.importers.formats.hugo_shortcodes import Shortcodes
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import open_source
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

CONFIG = """baseURL = "https://jars.example/"
[permalinks]
news = "/:year/:month/:slug/"
[languages.en]
contentDir = "content/en"
[languages.de]
contentDir = "content/de"
"""


def _items(folder: Path, report: ImportReport | None = None) -> dict[str, Item]:
    return {item.key: item for item in hugo.read(open_source(folder), report or ImportReport())}


def _site(source: Write, config: str = CONFIG) -> Path:
    folder = source("hugo.toml", config).parent
    source(
        "content/en/news/2015-06-07-red.md",
        '---\ntitle: Red jar\nslug: red\ndate: 2015-06-07T08:09:10-04:00\naliases: [old, "/older/"]\n'
        "topics: [glass]\n---\n"
        'See [care]({{< ref "docs/care.md#wash" >}} "Care") and [gone]({{< relref "nothing" >}}).\n\n'
        "{{% note %}}\nMind **this**.\n\n- a\n  - b\n{{% /note %}}\n\n"
        '```go {hl_lines=[2] linenos=true}\nx := "{{</* figure */>}}"\n```\n\n'
        '{{< figure src="jar.png" alt="A jar" caption="Ours" >}}\n\n{{< youtube abc_123 >}}\n\n'
        '{{< chart data="x" >}}\n',
    )
    source("content/en/docs/_index.md", '+++\ntitle = "Docs"\n+++\nAll of it.\n')
    source(
        "content/en/docs/care.md",
        '+++\ntitle = "Care"\nlastmod = 2016-01-02\n+++\n## Wash {#wash}\n\nWarm water.\n',
    )
    source("content/en/docs/lids/index.md", "---\ntitle: Lids\n---\n![](lid.png)\n")
    source("content/en/docs/lids/lid.png", b"\x89PNG-lid")
    source("content/en/about.md", "---\ntitle: About\ndraft: true\n---\nHiddenword\n")
    source("content/de/docs/care.md", "---\ntitle: Pflege\n---\nWarmes Wasser.\n")
    source("static/jar.png", b"\x89PNG-jar")
    return folder


@pytest.mark.slow
def test_a_site_keeps_its_sections_and_its_markdown(desk: Desk, source: Write) -> None:
    done = desk.run("auto", _site(source))

    assert done.exit_code == 1  # the chart, and what is not there
    assert desk.documents() == [
        "about.md",
        "de/help/docs/care.md",
        "help/docs/care.md",
        "help/docs/index.md",
        "help/docs/lids.md",
        "posts/2015-06-07-red.md",
    ]
    text = desk.text("posts/2015-06-07-red.md")
    assert "date: 2015-06-07T08:09:10-04:00\n" in text
    assert "aliases:\n  - /2015/06/red/\n  - /news/old\n  - /older/\n" in text
    assert '[care](../help/docs/care.md#wash "Care") and [gone](https://jars.example/nothing)' in text
    assert '!!! note ""\n    Mind **this**.\n\n    - a\n        - b\n' in text
    assert '```go hl_lines="2"\nx := "{{< figure >}}"\n```' in text
    assert '![A jar](../media/jar.png "Ours")' in text
    assert "abc_123" in text
    assert "`chart`" in done.output
    assert "updated: 2016-01-02\n" in desk.text("help/docs/care.md")
    assert "![](../../media/lid.png)" in desk.text("help/docs/lids.md")
    before = desk.files()
    desk.run("hugo", source("hugo.toml", CONFIG).parent)
    assert desk.files() == before
    desk.build()
    assert "help/docs/care/" in desk.page("docs/care/")
    assert "Warmes Wasser" in desk.page("de/help/docs/care/")


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("posts/Two Jars-1.0.md", "", "/posts/two-jars-1.0/"),
        ("posts/a/index.md", "slug: B c", "/posts/b-c/"),
        ("docs/_index.md", "title: D", "/docs/"),
        ("docs/x/y.md", "url: /z/", "/z/"),
        ("news/a.md", "title: A & B\ndate: 2014-01-02", "/2014/01/a-b/"),
        ("news/_index.md", "title: N", "/news/"),
    ],
)
def test_addresses_are_those_that_hugo_gives(source: Write, path: str, front: str, address: str) -> None:
    folder = source("hugo.toml", '[permalinks]\nnews = "/:year/:month/:slug/"\n').parent
    source(f"content/{path}", f"---\n{front}\n---\nText\n")

    assert _items(folder)[f"content/{path}"].addresses == (address,)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("{{< ref a.md >}}", "import:ref:a"),
        ('{{< quote-block text="Say" cite="Me" >}}', "> Say\n>\n> Me"),
        ('{{< tip title="T" >}}x{{< /tip >}}', '!!! tip "T"\n    x'),
        ("a {{< mine >}}b {{% note %}}c{{% /note %}}{{< /mine >}}", 'a b \n\n!!! note ""\n    c'),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```"),
        ("{{< highlight >}}x{{< /highlight >}}", "<mark>x</mark>"),
        ("{{< a >}}1{{< b >}}2{{< /a >}}", "12"),
        ("{{< /a >}}1", "1"),
        ('{{< img src="2014/a.png" alt="A" >}}', "![A](2014/a.png)"),
        ("{{< code-toggle >}}\na = 1\n{{< /code-toggle >}}", "```toml\na = 1\n```"),
        ("{{</* ref x */>}} `{{%/* y */%}}`", "{{< ref x >}} `{{% y %}}`"),
    ],
)
def test_shortcodes(source: Write, text: str, markdown: str) -> None:
    shortcodes = Shortcodes(open_source(source("a.md", "")), {}, "a.md", ImportReport(), "")

    assert shortcodes.rendered(text).strip() == markdown


def test_languages_and_addresses_in_a_folder_of_configuration(source: Write) -> None:
    base = 'baseURL = "https://jars.example/"\n[permalinks]\npost = "/:year/:month/:slug/"\n'
    folder = source("config/_default/hugo.toml", f"{base}[uglyURLs]\npost = true\n").parents[2]
    source("config/_default/languages.en.toml", 'contentDir = "content/en"\n')
    source("config/_default/languages.de.toml", 'contentDir = "content/de"\n')
    source("content/en/post/red.md", "---\ntitle: Red\nslug: red\ndate: 2015-06-07\n---\nA jar.\n")
    source("content/de/docs/care.md", "---\ntitle: Pflege\n---\nWarm.\n")

    items = _items(folder)

    assert items["content/en/post/red.md"].kind == "post"
    assert items["content/en/post/red.md"].addresses == ("/2015/06/red.html",)
    assert items["content/en/post/red.md"].language == "en"
    assert items["content/de/docs/care.md"].addresses == ("/de/docs/care/",)


@pytest.mark.slow
def test_markdown_behind_a_blank_line_in_html_stays_markdown(desk: Desk, source: Write) -> None:
    folder = source("hugo.toml", 'baseURL = "https://jars.example/"\n').parent
    text = '<div class="box">\n\n## Wash\n\nWith **care**:\n\n- a\n- b\n\n</div>\n\n<div>*plain*</div>\n'
    text += "\n<figure>\n\n![A jar](/jar.png)\n\n<figcaption>A *jar*</figcaption>\n</figure>\n"
    more = "\n<details>\n<summary>More</summary>\n\n```sh\nls <div>\n```\n\n</details>\n"
    source("content/docs/care.md", f"---\ntitle: Care\n---\n{text}{more}")
    source("static/jar.png", b"\x89PNG-jar")

    desk.keep("hugo", folder)

    desk.build()
    body = desk.body("help/docs/care/")
    assert "<strong>care</strong>" in body
    assert body.count("<li>") == 2
    assert "## Wash" not in body
    assert "<div>*plain*</div>" in body
    assert len(LexborHTMLParser(body).css("figure img")) == 1
    assert "<figcaption>A *jar*</figcaption>" in body
    assert [pre.text().strip() for pre in LexborHTMLParser(body).css("details pre")] == ["ls <div>"]


def test_a_mark_of_the_excerpt_in_code_is_code(source: Write) -> None:
    folder = source("hugo.toml", 'baseURL = "https://jars.example/"\n').parent
    source(
        "content/docs/a.md", "---\ntitle: A\n---\nOne <!--more-->\n\n```\n<!--more-->\n```\n`<!--more-->`\n"
    )
    body = _items(folder)["content/docs/a.md"].body
    assert body == "One <!-- more -->\n\n```\n<!--more-->\n```\n`<!--more-->`\n"


@pytest.mark.slow
def test_sections_of_a_blog_are_pages_and_not_posts_without_a_date(desk: Desk, source: Write) -> None:
    folder = source("hugo.toml", 'baseURL = "https://jars.example/"\n').parent
    source("content/posts/_index.md", "---\ntitle: Posts\n---\nAll.\n")
    source("content/posts/glass/_index.md", "---\ntitle: Glass\n---\nOf glass.\n")
    source("content/posts/glass/red.md", "---\ntitle: Red\ndate: 2015-06-07\n---\nA jar.\n")
    desk.keep("hugo", folder)
    desk.build()
    assert "Of glass." in desk.body("posts-page/glass/")
    assert desk.documents() == ["posts-page.md", "posts-page/glass.md", "posts/2015-06-07-red.md"]
