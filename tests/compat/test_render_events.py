"""Events of hooks that run as pages are rendered: for each page, and again when what they read changes."""

from __future__ import annotations

import pytest

from tests.compat.conftest import ways
from tests.compat.test_page_events import load_anew, rendered, write
from tests.conftest import Site

pytestmark = pytest.mark.slow

HOOK = """\
import json
from functools import lru_cache
from pathlib import Path

from jinja2 import pass_context

DATA = Path(__file__).parent / "data"


def on_env(env, config, files):
    table = json.loads((DATA / "table.json").read_text("utf-8"))
    env.globals["colours"] = table
    env.globals["guides"] = sorted(file.src_uri for file in files if file.src_uri.startswith("guide/"))
    env.filters["loud"] = lambda text: str(text).upper()
    env.globals["price"] = price
    env.globals["here"] = here
    return env


@lru_cache
def price(name):
    path = DATA / f"{name}.json"
    return json.loads(path.read_text("utf-8"))["price"] if path.exists() else "unknown"


@pass_context
def here(context):
    return context["page"].url


def on_page_context(context, page, config, nav):
    page.badge = f"badge of {page.file.src_uri}"
    context["newest"] = page.meta.get("newest", "-")
    context["up"] = [item.title for item in nav.items]
    if page.meta.get("note"):
        context["note"] = (DATA / page.meta["note"]).read_text("utf-8")
    return context


def on_post_page(output, page, config):
    return output.replace("</main>", f"<!-- {page.title} at {page.url} --></main>")


def on_pre_build(config):
    config.extra["begun"] = "begun"
"""

MAIN = """\
{% extends "base.html" %}
{% block announce %}
{{ super() }}
<p class="own">{{ colours.red }} {{ "loud" | loud }} {{ here() }} {{ newest }} {{ note }} {{ page.badge }}
{{ config.extra.begun }}</p>
{% if page.meta.item %}<p class="price">{{ page.meta.item }}: {{ price(page.meta.item) }}</p>{% endif %}
{% if page.meta.all %}<p class="all">{{ guides | join(" ") }}; {{ up | join(" ") }}</p>{% endif %}
{% endblock %}
"""


@pytest.fixture
def hooked(site: Site) -> Site:
    load_anew()
    write(site, "hooks/own.py", HOOK)
    write(site, "hooks/data/table.json", '{"red": "#f00"}')
    write(site, "hooks/data/box.json", '{"price": 3}')
    write(site, "hooks/data/note.txt", "A note.")
    write(site, "theme/main.html", MAIN)
    site.write("guide/a.md", "---\ntitle: A\nitem: box\n---\n\nText.\n")
    site.write("guide/b.md", "---\ntitle: B\nitem: bag\nnote: note.txt\nnewest: yes\n---\n\nText.\n")
    site.write("list.md", "---\ntitle: L\nall: true\n---\n\nText.\n")
    site.post("2012-03-01-p.md", "A post.\n", aliases=["old/p.html"])
    theme = {"name": "material", "custom_dir": "theme"}
    site.configure(hooks=["hooks/own.py"], plugins=["search", "deskpress"], theme=theme)
    return site


ALL = {"guide/a/index.html", "guide/b/index.html", "list/index.html", "2012/03/p.html"}


def test_events_run_as_pages_are_rendered_and_again_when_what_they_read_changes(hooked: Site) -> None:
    assert rendered(hooked) == ALL
    page = hooked.read("guide/a/index.html")
    assert "#f00 LOUD guide/a/ -  badge of guide/a.md\nbegun</p>" in page
    assert "box: 3" in page
    assert "<!-- A at guide/a/ --></main>" in page
    assert "True A note." in hooked.read("guide/b/index.html")
    assert "bag: unknown" in hooked.read("guide/b/index.html")
    assert "guide/a.md guide/b.md; " in hooked.read("list/index.html")
    assert "<!--" not in hooked.read("old/p.html")
    assert rendered(hooked) == set()

    write(hooked, "hooks/data/box.json", '{"price": 4}')
    assert rendered(hooked) == {"guide/a/index.html"}
    assert "box: 4" in hooked.read("guide/a/index.html")
    write(hooked, "hooks/data/bag.json", '{"price": 1}')
    assert rendered(hooked) == {"guide/b/index.html"}
    write(hooked, "hooks/data/note.txt", "Another.")
    assert rendered(hooked) == {"guide/b/index.html"}
    assert "True Another." in hooked.read("guide/b/index.html")
    hooked.write("guide/a.md", "---\ntitle: A\nitem: box\n---\n\nOther text.\n")
    assert rendered(hooked) == {"guide/a/index.html"}
    write(hooked, "hooks/data/table.json", '{"red": "#e00"}')
    assert rendered(hooked) == ALL
    assert "#e00" in hooked.read("list/index.html")
    hooked.write("guide/c.md", "---\ntitle: C\n---\n\nText.\n")
    rendered(hooked)
    assert "guide/b.md guide/c.md; " in hooked.read("list/index.html")
    write(hooked, "hooks/own.py", HOOK.replace("upper()", "lower().strip()"))
    assert rendered(hooked) >= ALL
    assert "#e00 loud" in hooked.read("guide/a/index.html")


def test_each_way_gives_the_same(hooked: Site) -> None:
    ways(hooked)
    one, two = hooked.folder / "one", hooked.folder / "two"
    for number in range(320):
        hooked.write(f"many/{number}.md", f"---\ntitle: M{number}\nitem: box\n---\n\nText.\n")
    hooked.build(jobs=1, site_dir=one, clean=True)
    load_anew()
    hooked.build(jobs=2, site_dir=two, clean=True)
    assert hooked.tree(one) == hooked.tree(two)
