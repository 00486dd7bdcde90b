"""Docusaurus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.formats import docusaurus
from deskpress.importers.formats.mdx import markdown_of
from deskpress.importers.platforms.opening import open_source
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]

CONFIG = """// url: 'https://wrong.example',
module.exports = {
  url: 'https://jars.example', baseUrl: '/',
  presets: [['classic', {blog: {path: './news', routeBasePath: 'news'}, docs: {routeBasePath: '/'}}]],
};
throw new Error('never run');
"""


@pytest.mark.slow
def test_a_blog_and_docs(desk: Desk, source: Write) -> None:
    folder = source("docusaurus.config.js", CONFIG).parent
    source("news/authors.yml", "mo:\n  name: Mo Bell\n  title: Packer\n")
    source(
        "news/2020-1-2-two-jars.mdx",
        "---\ntitle: Two jars\nauthors: [mo]\ntags: [glass]\n---\n"
        "import X from './x';\n\nFirst, [care](../docs/01-guide/02-care.md#wash).\n\n{/* truncate */}\n\n"
        "<X>Shown</X>\n\n```js {1,3-4} title=\"a.js\" showLineNumbers\nimport y from 'y';\n```\n",
    )
    source("docs/01-guide/_category_.json", '{"label": "The guide"}')
    source(
        "docs/01-guide/02-care.md",
        "# Care\n\n:::warning[Hot water]\n\nGlass *breaks*.\n\n::::tip\n\n- a\n  - b\n\n::::\n\n:::\n\n"
        '<Tabs>\n<TabItem value="x" label="Cold">\n\nOne\n\n</TabItem>\n'
        '<TabItem value="Warm">Two</TabItem>\n</Tabs>\n\n'
        "## Wash {#wash}\n\n![](./img/jar.png)\n",
    )
    source("docs/01-guide/img/jar.png", b"\x89PNG")
    source("docs/hidden.md", "---\nunlisted: true\n---\nHiddenword\n")
    source("src/pages/about.md", "# About\n\nUs, and [the news](/news/2020/01/02/two-jars).\n")

    done = desk.keep("auto", folder)

    assert desk.documents() == [
        "about.md",
        "help/guide/care.md",
        "help/hidden.md",
        "posts/2020-01-02-two-jars.md",
    ]
    post = desk.text("posts/2020-01-02-two-jars.md")
    assert "date: 2020-01-02\n" in post
    assert "authors: [mo-bell]\naliases:\n  - /news/2020/01/02/two-jars\n" in post
    assert "First, [care](../help/guide/care.md#wash).\n\n<!-- more -->\n\nShown\n" in post
    assert '```js hl_lines="1 3-4" title="a.js"\nimport y from \'y\';\n```' in post
    assert "import X" not in post
    assert "`<X>`" in done.output
    care = desk.text("help/guide/care.md")
    assert "title: Care\naliases:\n  - /guide/care\n" in care
    assert (
        '!!! warning "Hot water"\n    Glass *breaks*.\n\n\n    !!! tip ""\n        - a\n            - b\n'
        in care
    )
    assert '=== "Cold"\n\n    One\n' in care
    assert '=== "Warm"\n\n    Two\n' in care
    assert "![](../../media/jar.png)" in care
    assert desk.text("about.md").endswith("Us, and [the news](posts/2020-01-02-two-jars.md).\n")
    assert "draft: true" in desk.text("help/hidden.md")
    before = desk.files()
    desk.keep("docusaurus", folder)
    assert desk.files() == before


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("blog/2019/03/04/jar/index.md", "", "/blog/2019/03/04/jar"),
        ("blog/2019-03-04-jar.md", "slug: other", "/blog/other"),
        ("docs/a/index.md", "", "/docs/a"),
        ("docs/a/a.md", "", "/docs/a"),
        ("docs/01-x/03. y.md", "id: z", "/docs/x/z"),
        ("docs/x/y.md", "slug: /top", "/docs/top"),
        ("docs/x/y.md", "slug: near", "/docs/x/near"),
    ],
)
def test_addresses_are_those_that_docusaurus_gives(
    source: Write, path: str, front: str, address: str
) -> None:
    folder = source("docusaurus.config.ts", "export default {url: 'https://jars.example'};\n").parent
    source(path, f"---\n{front}\n---\nText\n")

    assert [one.addresses for one in docusaurus.read(open_source(folder), ImportReport())] == [(address,)]


def test_code_is_no_mdx() -> None:
    text = "```jsx\nimport a from 'b';\n<Foo>{/* c */}</Foo>\n:::note\n```\n\n`<Bar/>`\n\n:::\n"

    assert markdown_of(text, "", ImportReport()) == text


MORE = """export default {
  url: 'https://jars.example', baseUrl: '/',
  presets: [['classic', {docs: {path: '../docs'}, blog: {path: 'blog'}}]],
  plugins: [['content-docs', {id: 'team', path: 'team', routeBasePath: '/us'}],
    ['@docusaurus/plugin-content-blog', {id: 'news', path: './news'}]],
};
"""


def test_a_site_in_a_folder_and_further_docs_and_blogs(source: Write) -> None:
    folder = source("website/docusaurus.config.ts", MORE).parents[1]
    source("docs/care.md", "# Care\n\nWarm water.\n")
    source("website/blog/2020-01-02-red.md", "# Red\n\nA jar.\n")
    source("website/team/who.md", "# Who\n\nUs.\n")
    source("website/news/2020-01-03-new.md", "# New\n\nA lid.\n")

    found = {item.key: item for item in docusaurus.read(open_source(folder), ImportReport())}

    assert {key: (item.kind, item.addresses, item.file) for key, item in found.items()} == {
        "docs/care.md": ("topic", ("/docs/care",), "care"),
        "website/blog/2020-01-02-red.md": ("post", ("/blog/2020/01/02/red",), ""),
        "website/team/who.md": ("topic", ("/us/who",), "team/who"),
        "website/news/2020-01-03-new.md": ("post", ("/news/2020/01/03/new",), ""),
    }


def test_docs_outside_of_the_source_are_named(source: Write) -> None:
    folder = source("website/docusaurus.config.ts", MORE).parent
    report = ImportReport()
    assert not [*docusaurus.read(open_source(folder), report)]
    assert [(line.what, line.why) for line in report.of("lost")] == [
        ("the docs in `../docs`", "it lies outside of SOURCE: give the folder that holds both")
    ]


def test_a_first_heading_that_is_the_title_stands_once(source: Write) -> None:
    folder = source("docusaurus.config.js", "module.exports = {};\n").parent
    source("docs/a.md", "---\ntitle: Two jars\n---\n\n# Two Jars!\n\nText.\n")
    source("docs/b.md", "---\ntitle: Two jars\n---\n\n# Lids\n\nText.\n")
    found = {item.key: item for item in docusaurus.read(open_source(folder), ImportReport())}
    assert found["docs/a.md"].body.strip() == "Text."
    assert found["docs/b.md"].body.strip() == "# Lids\n\nText."


def test_attributes_of_jsx_become_those_of_html() -> None:
    text = "<p style={{textAlign: 'center'}}>\n  <img width={70} src={'/a.png'}\n  /></p>\n\n`<p a={1}>`\n"
    assert markdown_of(text, "a", ImportReport()) == (
        '<p>\n  <img width="70" src="/a.png"\n  /></p>\n\n`<p a={1}>`\n'
    )


def test_a_mark_of_the_excerpt_in_code_is_code(source: Write) -> None:
    folder = source("docusaurus.config.js", "module.exports = {};\n").parent
    source("docs/a.md", "One\n\n<!--truncate-->\n\n```\n<!--truncate-->\n```\n")
    body = next(iter(docusaurus.read(open_source(folder), ImportReport()))).body
    assert body == "One\n\n<!-- more -->\n\n```\n<!--truncate-->\n```\n"
