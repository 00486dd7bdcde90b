"""What of a site's own templates takes no part in the pages is told."""

from __future__ import annotations

from pathlib import Path

import jinja2
import material
from jinja2 import meta, nodes

from deskpress.compat.material.unused import BLOCKS, PARTIALS, unused_templates
from deskpress.engine.package_files import theme_folder
from tests.conftest import Site

OURS = theme_folder()
STOCK = Path(material.__file__).parent / "templates"
ENV = jinja2.Environment()
MAIN = """{% extends "base.html" %}
{%- block content %}x{% endblock %}
{% block hero %}{% endblock %}
"""


def parsed(path: Path) -> nodes.Template:
    return ENV.parse(path.read_text("utf-8"))


def names_super(block: nodes.Block) -> bool:
    calls = [one.node for one in block.find_all(nodes.Call)]
    return any(isinstance(one, nodes.Name) and one.name == "super" for one in calls)


def test_the_blocks_are_those_that_the_layout_replaces() -> None:
    base = {block.name for block in parsed(STOCK / "base.html").find_all(nodes.Block)}
    layout = parsed(OURS / "deskpress/layout.html").find_all(nodes.Block)
    assert {block.name for block in layout if not names_super(block)} & base == BLOCKS


def test_the_partials_are_those_that_no_page_shows() -> None:
    seen: set[str] = set()
    waiting = ["base.html", *(path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html"))]
    while waiting:
        name = waiting.pop()
        found = [folder / name for folder in (OURS, STOCK) if (folder / name).is_file()]
        if name in seen or not found:
            continue
        seen.add(name)
        tree = parsed(found[0])
        for block in tree.find_all(nodes.Block) if name == "base.html" else ():
            if block.name in BLOCKS:
                block.body = []
        waiting += filter(None, meta.find_referenced_templates(tree))
    there = {path.stem for path in (STOCK / "partials").glob("*.html")}
    assert {one for one in there if f"partials/{one}.html" not in seen} == PARTIALS


def test_what_has_no_effect_is_told_once(site: Site) -> None:
    folder = site.folder / "overrides"
    for name, text in (
        (
            "main.html",
            "{% extends 'base.html' %}{%- block content %}x{% endblock %}{% block hero %}{% endblock %}",
        ),
        ("partials/copyright.html", "(c)"),
        ("partials/comments.html", "Comments"),
        ("partials/toc.html", "{% include 'partials/toc-item.html' %}"),
        ("partials/toc-item.html", "item"),
        ("404.html", "lost"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    instead = "`deskpress/page.html` and `deskpress/post.html` may be overridden"
    assert list(unused_templates(folder)) == [
        f"`main.html`: the block `content` has no effect: {instead}",
        "`partials/copyright.html` has no effect: "
        "`copyright` and `plugins: deskpress: footer` say what stands there",
        f"`partials/toc.html` has no effect: {instead}",
        "`404.html` has no effect: `deskpress/not_found.html` may be overridden",
    ]
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    said: list[str] = []
    site.build(say=said.append)
    assert f"overrides: `main.html`: the block `content` has no effect: {instead}." in said
    (folder / "landing.html").write_text("{% extends 'main.html' %}", "utf-8")
    told = next(iter(unused_templates(folder)))
    assert "has no effect but for pages with `template` in their front matter" in told
