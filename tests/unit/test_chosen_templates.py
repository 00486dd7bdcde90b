"""Templates that content chooses, and what those of Material and of the site show of front matter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.diagnostic import errors
from tests.conftest import Site

EVIL = """a"'></title></script><x-pwn onclick="1"></x-pwn><script>pwn</script>&lt;x-pwn&gt;"""
KEYS = (
    "title description author subtitle status source image location comments revision_date"
    " git_revision_date_localized git_creation_date_localized"
).split()
OWN = {"my.html": '{% extends "main.html" %}', "my-post.html": '{% extends "blog-post.html" %}'}


@pytest.fixture
def own(site: Site) -> Site:
    """A site with templates of its own, whose navigation names all pages."""
    site.configure(
        theme={
            "name": "material",
            "custom_dir": "overrides",
            "features": ["navigation.tabs", "toc.integrate"],
        },
        plugins=["tags", {"deskpress": {"front_matter_keys": KEYS}}],
    )
    (site.folder / "overrides").mkdir()
    for name, text in OWN.items():
        (site.folder / "overrides" / name).write_text(text)
    authors = {"jo": {"name": EVIL, "description": EVIL, "avatar": f"https://a.example/{EVIL}"}}
    site.write("posts/.authors.yml", yaml.safe_dump({"authors": authors}))
    return site


def front_matter(**more: Any) -> str:
    values = {**dict.fromkeys(KEYS, EVIL), "tags": [EVIL], **more}
    return f"---\n{yaml.safe_dump(values)}---\n\n## Part\n\nText.\n"


@pytest.mark.parametrize("template", ["", "main.html", "blog-post.html", "redirect.html", *OWN])
def test_no_template_takes_front_matter_for_html(own: Site, template: str) -> None:
    chosen = {"template": template} if template else {}
    if "post" not in template:
        own.write("page.md", front_matter(**chosen))
        own.write("help/topic.md", front_matter(**chosen))
        own.write("notices/n.md", front_matter(start=date(2012, 3, 1), **chosen))
    own.write(
        "posts/a.md",
        front_matter(date=date(2012, 3, 1), slug="a", authors=["jo"], **chosen).replace("author:", "x:"),
    )
    own.post("2012-03-02-b.md", template="my.html", links=[{EVIL: "posts/a.md"}], categories=[EVIL])
    own.build()
    for path, data in own.tree().items():
        if not path.endswith(".html"):
            continue
        page = LexborHTMLParser(data.decode())
        assert not page.css("x-pwn, [onclick]"), path
        assert not [one for one in page.css("script") if one.text() == "pwn"], path
        assert page.css('head > meta[http-equiv="Content-Security-Policy"]'), path


def test_a_site_whose_content_is_trusted_shows_it_as_it_is(own: Site) -> None:
    plugins = [{"deskpress": {"raw_html": "trusted"}}]
    own.configure(theme={"name": "material", "custom_dir": "overrides"}, plugins=plugins)
    own.write("page.md", "---\ntitle: A\ndescription: a <b>c</b>\ntemplate: my.html\n---\nText.\n")
    own.build()
    assert 'content="a <b>c</b>"' in own.read("page/index.html")


def test_a_template_of_the_sites_own_may_have_scripts(own: Site) -> None:
    script = "<script>document.title = 'Landing'</script>"
    text = f'{{% extends "main.html" %}}{{% block content %}}{script}{{% endblock %}}'
    (own.folder / "overrides/my.html").write_text(text)
    own.write("page.md", "---\ntitle: A\ntemplate: my.html\n---\nText.\n")
    own.build()
    assert (
        "sha256-GpDMuJ7BGj60Ono/eXOTeCcawb95Q/ywe3w6cltgBbs="
        in own.read("page/index.html").partition("Content-Security-Policy")[2]
    )


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "java\\tscript:alert(1)",
        "data:text/html,<script>1</script>",
        "&#106;avascript:1",
    ],
)
def test_a_page_leads_to_nothing_that_runs(own: Site, location: str) -> None:
    own.write("page.md", f'---\ntitle: A\ntemplate: redirect.html\nlocation: "{location}"\n---\n')
    found = errors(own.check().diagnostics)
    assert [(one.span.line, one.problem.partition(" `")[0]) for one in found] == [
        (4, "a page may not lead to")
    ]


def test_where_a_page_leads_is_an_address_and_no_script(own: Site) -> None:
    own.write(
        "page.md", '---\ntitle: A\ntemplate: redirect.html\nlocation: "https://b.example/?a=1&b=2\\"x"\n---\n'
    )
    own.build()
    page = own.read("page/index.html")
    assert 'content="0;url=https://b.example/?a=1&amp;b=2&#34;x"' in page
    assert "<script" not in page
