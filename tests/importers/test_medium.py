"""Medium."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.importers.conftest import Desk

PAGE = """<!DOCTYPE html><html><head><title>x</title></head><body><article class="h-entry">
<header><h1 class="p-name">{title}</h1></header>
<section data-field="subtitle" class="p-summary">In short</section>
<section data-field="body" class="e-content"><section class="section"><div class="section-content">
{body}</div></section></section>
<footer><p class="p-tags">Tagged in <a href="https://medium.com/tag/glass" class="p-tag">Glass</a></p>
<p>By <a href="https://medium.com/@mo" class="p-author h-card">Mo Bell</a>{more}</p>
<p><a href="https://medium.com/@mo/{slug}" class="p-canonical">Canonical link</a></p></footer>
</article></body></html>
"""
DATED = (
    ' on <a href="https://medium.com/p/{}"><time class="dt-published" datetime="2018-08-11T11:23:34.123Z">'
    "x</time></a>"
)


def test_an_archive_becomes_posts(desk: Desk, tmp_path: Path) -> None:
    code = '<pre><code>a = 1<br>b = 2</code></pre><p>See <a href="https://mo.medium.com/red-jar-0123456789ab">red</a>.</p>'
    pages = {
        "posts/2018-08-11_Two-jars-aaaabbbbcccc.html": PAGE.format(
            title="Two jars", body=code, slug="two-jars-aaaabbbbcccc", more=DATED.format("aaaabbbbcccc")
        ),
        "posts/2018-08-11_Red-jar-0123456789ab.html": PAGE.format(
            title="Red jar",
            body="<p>Red.</p>",
            slug="red-jar-0123456789ab",
            more=DATED.format("0123456789ab"),
        ),
        "posts/draft_Idea-ddddeeeeffff.html": PAGE.format(
            title="Idea", body="<p>Hiddenword</p>", slug="idea-ddddeeeeffff", more=""
        ),
        "claps/claps-0001.html": "<html><body>Claps</body></html>",
    }
    archive = tmp_path / "medium.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in pages.items():
            file.writestr(name, text)

    desk.keep("auto", archive)

    assert desk.documents() == [
        "posts/1970-01-01-idea.md",
        "posts/2018-08-11-red-jar.md",
        "posts/2018-08-11-two-jars.md",
    ]
    text = desk.text("posts/2018-08-11-two-jars.md")
    assert "description: In short\ntags: [Glass]\nauthors: [mo-bell]\n" in text
    assert 'id: "https://medium.com/p/aaaabbbbcccc"\n' in text
    assert "```\na = 1\nb = 2\n```" in text
    assert "[red](2018-08-11-red-jar.md)" in text
    assert "draft: true" in desk.text("posts/1970-01-01-idea.md")


@pytest.mark.slow
def test_twins_get_addresses_of_their_own_and_are_told(desk: Desk, tmp_path: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"posts/2018-08-11_a{number}.html"
        path.parent.mkdir(exist_ok=True)
        page = PAGE.format(
            title=f"Jar {number}", body="<p>x</p>", slug="jar-aaaabbbbcccc", more=DATED.format("aaaa")
        )
        path.write_text(page)

    done = desk.run("medium", tmp_path / "posts")

    assert done.exit_code == 1
    assert "which claims it too" in done.output
    desk.build()
    assert "Jar 1" in desk.page("2018/08/jar.html")
    assert "Jar 2" in desk.page("2018/08/jar-2.html")
