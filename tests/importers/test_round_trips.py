"""Random exports of each format: what stood in them is on the pages, and importing again changes nothing."""

from __future__ import annotations

import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.importers.conftest import Desk
from tests.importers.test_blogger import ENTRY, TAKEOUT
from tests.importers.test_documents import PAGE as CONFLUENCE
from tests.importers.test_ghost import export, post
from tests.importers.test_medium import DATED
from tests.importers.test_medium import PAGE as MEDIUM
from tests.importers.test_wxr import blog, item
from tests.importers.test_zendesk import article
from tests.real.import_report import count, html, kept, read_pages

PARTS = ("words", "links", "images", "items", "cells", "code", "headings")
HARD = (
    "* _a_ ` # > + - 1. | \\ [a] (b) <c> &amp; ~ ^ $ {d} ! :e: ==f== **g** !!!"
    " http://x.example/ a@b.example ’ é ß 中 🙂"
)
"""What Markdown, or an extension of it, might take for a mark."""

WORDS = [*HARD.split(" "), *"jar lid glass blue round care wash seal order shop".split()]
PLAIN = "jar lid glass blue round care wash seal order shop".split()


class Writer:
    """A random text, in HTML or in Markdown; the same one from the same seed."""

    def __init__(self, seed: int, words: Sequence[str]) -> None:
        self.choose = random.Random(seed)
        self.words = words

    def line(self, most: int = 12) -> str:
        """Some words."""
        return " ".join(self.choose.choices(self.words, k=self.choose.randint(1, most)))

    def html(self) -> str:
        """Some blocks of HTML."""
        return "".join(self._block() for _ in range(self.choose.randint(1, 8)))

    def _block(self) -> str:
        kind = self.choose.randrange(8)
        if kind == 0:
            level = self.choose.randint(2, 4)
            return f"<h{level}>{escape(self.line(4))} jar</h{level}>"
        if kind == 1:
            return self._list(self.choose.randint(0, 2))
        if kind == 2:
            rows = ["".join(f"<td>{self.inline(3)}</td>" for _ in range(3)) for _ in range(3)]
            return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
        if kind == 3:
            lines = "\n".join(escape(self.line()) for _ in range(self.choose.randint(1, 4)))
            return f"<pre><code>{lines}</code></pre>"
        if kind == 4:
            return f"<blockquote><p>{self.inline()}</p></blockquote>"
        if kind == 5:
            address = f"https://img.example/{self.choose.randrange(99)}.png"
            return f'<p><img src="{address}" alt="{escape(self.line(3))}"></p>'
        return f"<p>{self.inline()}</p>"

    def _list(self, deeper: int) -> str:
        name = self.choose.choice(["ul", "ol"])
        inner = self._list(deeper - 1) if deeper else ""
        return f"<{name}><li>{self.inline(5)}{inner}</li><li>{self.inline(5)}</li></{name}>"

    def inline(self, most: int = 12) -> str:
        """Words, one of them in bold, a link or code."""
        said = escape(self.line(most))
        kind = self.choose.randrange(5)
        more = escape(self.line(3))
        if kind == 0:
            address = f"https://x.example/{self.choose.randrange(99)}?a=1&amp;b=(2)"
            said += f' <a href="{address}">jar {more}</a> {said}'
        elif kind == 1:
            said += f" <strong>{more}</strong>, {said}"
        elif kind == 2:
            said += f" <code>{more}</code> {said}"
        return said

    def markdown(self) -> tuple[str, str]:
        """The same in Markdown, and in HTML to count."""
        blocks = [self._marked() for _ in range(self.choose.randint(1, 8))]
        return "\n\n".join(one for one, _ in blocks), "".join(other for _, other in blocks)

    def _marked(self) -> tuple[str, str]:
        kind, said, more = self.choose.randrange(6), self.line(), self.line(3)
        if kind == 0:
            return f"## {said}", f"<h2>{said}</h2>"
        if kind == 1:
            return f"- {said}\n- {more}", f"<ul><li>{said}</li><li>{more}</li></ul>"
        if kind == 2:
            table = f"<table><tr><th>a</th><th>b</th></tr><tr><td>{said}</td><td>{more}</td></tr></table>"
            return f"| a | b |\n|---|---|\n| {said} | {more} |", table
        if kind == 3:
            return f"```\n{said}\n{more}\n```", f"<pre>{said}\n{more}</pre>"
        if kind == 4:
            return (
                f"{said} [{more}](https://x.example/a) end.",
                f'{said} <a href="https://x.example/a">{more}</a> end.',
            )
        return f"{said} **{more}**.", f"<p>{said} {more}.</p>"


Texts = list[tuple[str, str]]
"""Titles and texts."""


def _mtif(folder: Path, texts: Texts) -> Path:
    entries = (
        f"TITLE: {title}\nSTATUS: Publish\nCONVERT BREAKS: 0\nDATE: 01/02/2010 03:04:05\n-----\n"
        f"BODY:\n{text}\n-----\n--------\n"
        for title, text in texts
    )
    return _file(folder / "export.txt", "".join(entries))


def _wxr(folder: Path, texts: Texts) -> Path:
    # In the classic editor a blank line would be a paragraph.
    blocks = (f"<!-- wp:html -->{text.replace('[', '&#91;')}<!-- /wp:html -->" for _, text in texts)
    items = (item(n, text, title=texts[n][0]) for n, text in enumerate(blocks))
    return _file(folder / "blog.xml", blog(*items))


def _blogger(folder: Path, texts: Texts) -> Path:
    entries = (
        ENTRY.format(
            number=n, kind="POST", status="LIVE", title=title, text=escape(text), path=f"/2016/07/{n}.html"
        )
        for n, (title, text) in enumerate(texts)
    )
    return _file(folder / "feed.atom", TAKEOUT.format("".join(entries)))


def _ghost(folder: Path, texts: Texts) -> Path:
    posts = (post(n, title=title, html=text) for n, (title, text) in enumerate(texts))
    return _file(folder / "blog.json", export(*posts))


def _zendesk(folder: Path, texts: Texts) -> Path:
    articles = [article(n + 1, text, title=title, section_id=None) for n, (title, text) in enumerate(texts)]
    _file(folder / "zendesk/a.json", json.dumps({"articles": articles}))
    return folder / "zendesk"


def _intercom(folder: Path, texts: Texts) -> Path:
    data = [
        {
            "type": "article",
            "id": str(n),
            "title": title,
            "body": text,
            "state": "published",
            "created_at": 1_500_000_000,
            "updated_at": 1_500_000_000,
            "url": f"https://help.jars.example/en/articles/{n}-a",
        }
        for n, (title, text) in enumerate(texts, 1)
    ]
    _file(folder / "intercom/a.json", json.dumps({"type": "list", "data": data}))
    return folder / "intercom"


def _freshdesk(folder: Path, texts: Texts) -> Path:
    articles = [
        {
            "id": n,
            "folder_id": 5,
            "title": title,
            "description": text,
            "status": 2,
            "updated_at": "2020-02-03T04:05:06Z",
        }
        for n, (title, text) in enumerate(texts, 1)
    ]
    _file(folder / "freshdesk/a.json", json.dumps(articles))
    _file(folder / "freshdesk/b.json", json.dumps([{"id": 2, "name": "Glass"}]))
    groups = [{"id": 5, "name": "Jars", "category_id": 2, "visibility": 1}]
    _file(folder / "freshdesk/c.json", json.dumps(groups))
    return folder / "freshdesk"


def _helpscout(folder: Path, texts: Texts) -> Path:
    for n, (title, text) in enumerate(texts, 1):
        one = {
            "id": f"a{n}",
            "number": n,
            "collectionId": "c1",
            "status": "published",
            "name": title,
            "text": text,
            "publicUrl": f"https://jars.helpscoutdocs.com/article/{n}-jar",
            "updatedAt": "2020-02-03T04:05:06Z",
        }
        _file(folder / f"helpscout/{n}.json", json.dumps({"article": one}))
    collections = {"items": [{"id": "c1", "name": "Help", "visibility": "public"}]}
    _file(folder / "helpscout/c.json", json.dumps({"collections": collections}))
    return folder / "helpscout"


def _medium(folder: Path, texts: Texts) -> Path:
    for n, (title, text) in enumerate(texts):
        key = f"0123456789a{n}"
        page = MEDIUM.format(title=title, body=text, slug=f"jar-{key}", more=DATED.format(key))
        _file(folder / f"medium/posts/2018-08-11_Jar-{key}.html", page)
    return folder / "medium"


def _confluence(folder: Path, texts: Texts) -> Path:
    _file(folder / "space/JAR/index.html", '<div id="main-content">confluence</div>')
    for n, (title, text) in enumerate(texts, 11):
        page = CONFLUENCE.format(title=title, crumbs="", body=text)
        _file(folder / f"space/JAR/Jar_{n}.html", page)
    return folder / "space"


def _jekyll(folder: Path, texts: Texts) -> Path:
    _file(folder / "jekyll/_config.yml", "url: https://jars.example\n")
    for n, (title, text) in enumerate(texts):
        _file(folder / f"jekyll/_posts/2014-03-04-jar-{n}.md", f"---\ntitle: {title}\n---\n{text}\n")
    return folder / "jekyll"


def _hugo(folder: Path, texts: Texts) -> Path:
    _file(folder / "hugo/hugo.toml", 'baseURL = "https://jars.example/"\n')
    for n, (title, text) in enumerate(texts):
        head = f'+++\ntitle = "{title}"\ndate = 2014-03-04T05:06:07Z\n+++\n'
        _file(folder / f"hugo/content/posts/jar-{n}.md", f"{head}{text}\n")
    return folder / "hugo"


def _docusaurus(folder: Path, texts: Texts) -> Path:
    _file(
        folder / "docusaurus/docusaurus.config.js",
        "export default {title: 'Jars', url: 'https://jars.example'};\n",
    )
    for n, (title, text) in enumerate(texts):
        _file(folder / f"docusaurus/blog/2014-03-04-jar-{n}.md", f"---\ntitle: {title}\n---\n\n{text}\n")
    return folder / "docusaurus"


def _notion(folder: Path, texts: Texts) -> Path:
    for n, (title, text) in enumerate(texts):
        _file(folder / f"notion/Jar {n} {n:032x}.md", f"# {title}\n\n{text}\n")
    return folder / "notion"


FORMATS: dict[str, tuple[Callable[[Path, Texts], Path], bool]] = {
    "mtif": (_mtif, False),
    "wxr": (_wxr, False),
    "blogger": (_blogger, False),
    "ghost": (_ghost, False),
    "zendesk": (_zendesk, False),
    "intercom": (_intercom, False),
    "freshdesk": (_freshdesk, False),
    "helpscout": (_helpscout, False),
    "medium": (_medium, False),
    "confluence": (_confluence, False),
    "jekyll": (_jekyll, True),
    "hugo": (_hugo, True),
    "docusaurus": (_docusaurus, True),
    "notion": (_notion, True),
}
"""What writes an export of a format, and whether its texts are Markdown."""


def _file(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _counted(text: str) -> dict[str, Counter[str]]:
    top: Any = html.fromstring(f"<div>{text}</div>")
    return count(top)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32))
def test_what_stands_in_an_export_is_on_the_pages(name: str, seed: int) -> None:
    write, is_marked = FORMATS[name]
    texts, wanted = [], {}
    for number in range(6):
        writer = Writer(seed + number, PLAIN if is_marked else WORDS)
        title = f"Text number {number}"
        text, shown = writer.markdown() if is_marked else [writer.html()] * 2
        texts.append((title, text))
        wanted[title] = shown
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder, "desk"))
        source = write(Path(folder, "source"), texts)
        done = desk.run(name, source)
        assert done.exit_code in (0, 1), done.output
        before = desk.files()
        desk.run(name, source)
        assert desk.files() == before
        desk.build()
        pages = {page.title: page for page in read_pages(desk.folder / "site")}
    for title, shown in wanted.items():
        expected, found = _counted(shown), _counted(html.tostring(pages[title].body, encoding="unicode"))
        for part in PARTS:
            lost = expected[part].total() - kept(part, expected[part], found[part], found)
            assert not lost, (title, part, expected[part] - found[part], shown)
