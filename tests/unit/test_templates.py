"""Templates of the site's own see what MkDocs and Material give them, and pages depend on what they read."""

from __future__ import annotations

import pytest

from tests.conftest import Site

THEME = {"name": "material", "custom_dir": "overrides"}


def override(site: Site, name: str, text: str) -> None:
    path = site.folder / "overrides" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def own(site: Site) -> Site:
    """A site with templates of its own, and some pages."""
    site.configure(theme=THEME, nav=["index.md", {"Guide": ["g/a.md", {"Deep": "g/b.md"}]}])
    site.write("index.md", "# Home\n")
    site.write(
        "g/a.md",
        "---\ntemplate: look.html\nmine: {of: us}\ndate: 2012-01-02\n---\n"
        "# A & B\n\n## One {#one}\n\nText.\n",
    )
    site.write("g/b.md", "---\nicon: material/truck\n---\n# B\n")
    return site


def look(site: Site, text: str) -> str:
    """What a template makes of `text` on the page `g/a.md`."""
    override(site, "look.html", text)
    site.build()
    return site.read("g/a/index.html")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ page.meta.mine.of }} {{ page.meta.date }}", "us 2012-01-02"),
        (
            "{{ page.title }}|{{ page.url }}|{{ page.canonical_url }}",
            "A &amp; B|g/a/|https://desk.example/g/a/",
        ),
        ("{{ page.content }}", '<h2 id="one">One</h2>\n<p>Text.</p>'),
        ("{% for t in page.toc %}{{ t.url }} {{ t.title }}{% endfor %}", "#one One"),
        ("{{ 'one' in page.present_anchor_ids }} {{ page.is_homepage }}", "True False"),
        ("{{ page.file.src_uri }} {{ page.edit_url }}", "g/a.md "),
        ("{{ page.previous_page.title }} {{ page.next_page.url | url }}", "Home ../../g/b/"),
        (
            "{% for i in nav %}{{ i.title }}:{{ i.active }}:{{ i.is_section }} {% endfor %}",
            "Home:False:False Guide:True:True ",
        ),
        (
            "{% for i in nav.items[1].children %}{{ i.title }}{{ i.meta.icon }};{% endfor %}",
            "A &amp; B;Deepmaterial/truck;",
        ),
        ("{{ nav.homepage.url | url }} {{ nav.pages | length }}", "../../. 3"),
        (
            "{{ config.site_name }} {{ 'deskpress' in config.plugins }} {{ base_url }}",
            "Seller Desk True ../..",
        ),
    ],
)
def test_what_a_template_sees(own: Site, text: str, shown: str) -> None:
    assert look(own, text) == shown


def test_a_template_of_a_post_sees_what_materials_blog_gives(site: Site) -> None:
    site.configure(theme=THEME)
    site.write("posts/.authors.yml", "authors:\n  jo: {name: Jo Doe, avatar: /jo.png}\n")
    site.post("2012-03-01-a.md", authors=["jo"], categories=["C++"], tags=["x"], template="p.html")
    override(
        site,
        "p.html",
        "{{ page.config.date.created | date }} {{ page.config.readtime }} {{ page.authors[0].name }}"
        " {{ page.authors[0].url }} {{ page.categories[0].title }} {{ page.categories[0].url }}",
    )
    site.build()
    assert site.read("2012/03/a.html") == "March 1, 2012 1 Jo Doe author/jo/ C++ category/c/"


def test_a_landing_page_that_extends_materials_is_built(own: Site) -> None:
    own.write("index.md", "---\ntemplate: home.html\n---\n# Home\n")
    override(
        own,
        "home.html",
        '{% extends "main.html" %}{% block tabs %}{{ super() }}<h1>Landing</h1>{% endblock %}',
    )
    override(own, "look.html", "")
    own.build()
    html = own.read("index.html")
    assert "<h1>Landing</h1>" in html
    assert 'href="./g/b/"' in html


def test_a_page_is_stale_when_what_its_template_read_changes(own: Site) -> None:
    look(own, "{% for i in nav.pages %}{{ i.title }}{{ i.meta.icon }};{% endfor %}")
    own.write("g/b.md", "---\nicon: material/car\n---\n# B\n")
    assert "g/a/index.html" in own.build().reasons
    assert "material/car" in own.read("g/a/index.html")
    own.write("g/b.md", "---\nicon: material/car\n---\n# B\n\nMore text.\n")
    assert "g/a/index.html" not in own.build().reasons


def test_comments_stand_below_the_text_of_posts_pages_and_topics(site: Site) -> None:
    site.configure(theme=THEME)
    text = "{% if page.meta.comments %}<div id='comments'>Say {{ page.canonical_url }}</div>{% endif %}"
    override(site, "partials/comments.html", text)
    site.post("2012-03-01-a.md", comments=True)
    site.post("2012-03-02-b.md")
    site.write("p.md", "---\ncomments: true\n---\n# P\n")
    site.write("help/t.md", "---\ncomments: true\n---\n# T\n")
    site.build()
    for page in ("2012/03/a.html", "p/index.html", "help/t/index.html"):
        assert "<div id='comments'>Say https://desk.example/" in site.read(page)
    assert "comments" not in site.read("2012/03/b.html")
    site.post("2012-03-02-b.md", comments=True)
    site.build()
    assert "<div id='comments'>" in site.read("2012/03/b.html")


def test_what_hooks_put_into_the_front_matter_reaches_templates(own: Site) -> None:
    (own.folder / "hook.py").write_text(
        "def on_page_markdown(markdown, page, **_):\n"
        "    page.meta['more'] = page.meta.get('mine', {}).get('of')\n"
    )
    own.configure(theme=THEME, nav=["index.md", "g/a.md", "g/b.md"], hooks=["hook.py"])
    assert look(own, "{{ page.meta.more }}") == "us"


NOTEBOOKS = """
from mkdocs.structure.files import File, Files

class Notebook(File):
    def is_documentation_page(self):
        return True

def on_files(files, config):
    return Files([made(file, config) if file.src_uri.endswith(".ipynb") else file for file in files])

def made(file, config):
    return Notebook(file.src_uri, config.docs_dir, config.site_dir, True, dest_uri="nb/index.html")

def on_pre_page(page, config, files):
    if page.file.src_uri.endswith(".ipynb"):
        page.markdown, page.meta = "# Of the notebook", {}
        page.read_source = lambda config: None
    return page
"""


def test_what_a_plug_in_makes_a_page_of_is_a_page_and_no_file(site: Site) -> None:
    (site.folder / "hook.py").write_text(NOTEBOOKS)
    site.configure(hooks=["hook.py"])
    site.write("index.md", "# Home\n")
    site.write("nb.ipynb", "{}")
    site.build()
    assert "Of the notebook" in site.read("nb/index.html")
    assert "nb.ipynb" not in site.tree()


def test_templates_know_the_day_of_the_build(own: Site) -> None:
    assert "on 1 06 2012 00:00" in look(own, "on {{ build_date_utc.strftime('%-d %m %Y %H:%M') }}")
    assert own.build().written == 0
    own.build(as_of="2012-06-02T13:00")
    assert "on 2 06 2012 00:00" in own.read("g/a/index.html")
