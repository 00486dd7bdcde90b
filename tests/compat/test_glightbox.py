"""`glightbox`: images become links as the plug-in makes them, and its script and styles are on the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html as lxml_html
from mkdocs_glightbox.plugin import LightboxPlugin

from deskpress.compat.native.glightbox import read_lightbox, with_links
from tests.compat.conftest import Stock, ways
from tests.conftest import Site, drawn

HTML = """<!-- more -->
<p>Text <img alt="One &amp; two" src="a.png"> and <a href="b.png"><img src="b.png"></a></p>
<p><img class="off-glb" src="c.png"> <img class="twemoji" src="d.svg"> <img class="mine" src="e.png"></p>
<p><img class="on-glb" src="f.png#only-light" data-title="F" data-gallery="g"></p>
<p><img src="h.png" data-caption-position="left"></p>
<p><span><img data-src="lazy.png" data-description="D" src="g.png"></span></p>
<script>1</script>
"""


def plug_in(options: dict[str, Any]) -> LightboxPlugin:
    plugin = LightboxPlugin()
    plugin.load_config(options)
    plugin.using_material_privacy = False
    return plugin


def links(html: str) -> list[dict[str, str]]:
    """The attributes of what images are wrapped in, and of the images."""
    tree: Any = lxml_html.fromstring(f"<div>{html}</div>")
    return [dict(one.attrib) | {"img": str(dict(one[0].attrib))} for one in tree.xpath("//a[img]")]


@pytest.mark.parametrize(
    "meta", [{}, {"glightbox": True}, {"glightbox-manual": True}, {"glightbox.auto_caption": True}]
)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"manual": True},
        {"auto_caption": True, "auto_themed": True, "width": "50%", "height": "80vh"},
        {"skip_classes": ["mine"], "caption_position": "top"},
    ],
)
def test_images_are_wrapped_as_by_the_plug_in(options: dict[str, Any], meta: dict[str, Any]) -> None:
    plugin = plug_in(options)
    made, why = read_lightbox(plugin.config)
    assert made is not None, why
    skipped = ["emojione", "twemoji", "gemoji", "off-glb", *plugin.config["skip_classes"]]
    theirs = plugin.wrap_img_with_anchor_selectolax(HTML, plugin.config, meta, skipped)
    ours = with_links(HTML, made, meta)
    assert links(ours) == links(theirs)
    assert ours.startswith("<!-- more -->")
    assert "<script>1</script>" in ours
    assert with_links(HTML, made, {"glightbox": False}) == HTML


SLIDES = """\
![<img src=x onerror=alert(1)> & <b>two</b>](a.png){ data-description="<svg onload=alert(1)>" }

<a class="glightbox" data-content="<img src=x onerror=alert(2)>" href="a.png">A</a>
<a class="x glightbox" data-type="image" data-href="b.mp4" href="a.png">B</a>
<a class="glightbox" title="&lt;img src=x onerror=alert(3)&gt;" href="a.png">C</a>
<a class="glightbox" href='c.mp4"><img src=x onerror=alert(4)>.mp4'>D</a>
<a class="glightbox" data-glightbox="type: inline; content: <img onerror=alert(5)>" href="a.png">E</a>
<b class="glightbox" data-title="&lt;img src=x onerror=alert(6)&gt;">F</b>
<img class="on-glb glightbox" alt="&lt;img src=x onerror=alert(7)&gt;" src="a.png">
<a class="glightbox" data-type="image" data-title="&lt;em&gt;O&lt;/em&gt; &lt;i on=a()&gt;" href="a.png">G</a>
"""


def test_no_text_gives_the_script_markup_to_write(site: Site) -> None:
    site.configure(plugins=["deskpress", {"glightbox": {"auto_caption": True}}])
    site.write("a.png", drawn(60, 40))
    site.post("2012-03-12-a.md", SLIDES, title="Slides")
    built = site.build()
    page = lxml_html.fromstring(site.read("2012/03/slides.html"))
    slides: Any = page.xpath("//article//*[contains(concat(' ', @class, ' '), ' glightbox ')]")
    assert [one.tag for one in slides] == ["a"] * 3
    assert {name for one in slides for name in one.attrib} <= {
        *("class", "href", "data-type", "data-title", "data-description"),
        *("data-width", "data-height", "data-desc-position"),
    }
    assert slides[0].get("data-title") == "&lt;img src=x onerror=alert(1)> & <b>two</b>"
    assert slides[0].get("data-description") == "&lt;svg onload=alert(1)>"
    assert slides[2].get("data-title") == "<em>O</em> &lt;i on=a()>"
    assert sum("class=glightbox" in one.problem for one in built.diagnostics) >= 1


def script(page: str) -> str:
    found = re.search(r'<script id="init-glightbox">(.*?)</script>', page, re.S)
    assert found
    return found[1].strip()


def style(page: str) -> str:
    found = re.search(r'<style id="glightbox-style">(.*?)</style>', page, re.S)
    assert found
    return "".join(found[1].split())


OPTIONS = {"effect": "fade", "shadow": False, "background": "none", "loop": True}


@pytest.mark.slow
def test_pages_have_the_script_and_the_styles_of_the_plug_in(site: Site, stock: Stock) -> None:
    site.write("index.md", '# Home\n\n![A](a.png)\n\n![B](a.png "A figure")\n')
    site.write("a.png", drawn(1200, 800))
    site.write("off.md", "---\nglightbox: false\n---\n# Off\n\n![A](a.png)\n")
    theirs = stock(site, [{"glightbox": OPTIONS}])
    site.configure(plugins=["deskpress", {"glightbox": OPTIONS}])
    ours = ways(site)
    page = ours["index.html"].decode()
    assert script(page) == script(theirs["index.html"])
    assert style(page) == style(theirs["index.html"])
    for path in ("assets/stylesheets/glightbox.min.css", "assets/javascripts/glightbox.min.js"):
        assert ours[path].decode() == theirs[path]
        assert f'{path}"' in page
    # Images keep their variants, and figures their captions.
    wrapped = re.findall(r'<a class="glightbox"[^>]* href="\./a\.png"[^>]*><img [^>]*srcset=', page)
    assert len(wrapped) == 2
    assert "<figcaption>A figure</figcaption>" in page
    assert 'class="glightbox"' not in ours["off/index.html"].decode()
    assert site.problems() == []


@pytest.mark.slow
def test_an_option_that_changes_reaches_the_pages(site: Site) -> None:
    site.write("index.md", "# Home\n\n![A](a.png)\n")
    site.write("a.png", drawn(60, 40))
    for options, expected in ({}, 1), ({"manual": True}, 0), ({"manual": False, "width": "7%"}, 1):
        site.configure(plugins=["deskpress", {"glightbox": options}])
        site.build()
        assert site.read("index.html").count('class="glightbox"') == expected
    tree = site.tree()
    site.build(clean=True)
    assert site.tree() == tree
