"""What pages may load: images by the site's rule, text never as markup where scripts can live with that."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from hashlib import sha256
from typing import Any

import pytest

from deskpress.model.allowed_hosts import PagePolicy
from deskpress.model.diagnostic import ContentError
from tests.conftest import Site


def policy_of(site: Site, page: str = "2012/03/a.html") -> dict[str, str]:
    """The directives of a built page."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', site.read(page))
    assert found
    directives = (part.partition(" ") for part in found[1].replace("&#39;", "'").split("; "))
    return {name: values for name, _, values in directives}


TEXT = """A first line.

![one](https://images.example/1.png "One") and ![two](https://elsewhere.example/2.png)

![three][ref] ![own](a.png) ![own too](https://desk.example/a.png) [a link](https://elsewhere.example/2.png)

<img alt="four" src="//elsewhere.example/4.png?a=1&amp;b=2">
<picture><source srcset="https://images.example/5.webp 1x, https://elsewhere.example/5.webp 2x"></picture>
<video poster="https://elsewhere.example/6.png" src="https://elsewhere.example/6.mp4"></video>
`![code](https://elsewhere.example/7.png)`
<img alt="eight" src="HTTPS:\\\\images.example@elsewhere.example/8.png">

[ref]: https://images.example:8443/3.png
"""


def judged(site: Site, images: Any) -> list[str]:
    """The images that are named, with their places."""
    site.configure(options={"policy": {"images": images}})
    site.post("2012-03-12-a.md", TEXT)
    site.write("posts/a.png", b"")
    told = [d for d in site.check().diagnostics if "of another site" in d.problem]
    assert all(d.span.path == "content/posts/2012-03-12-a.md" for d in told)
    names = [re.search(r"(\d)\.\w+(\?.*)?`", d.problem) for d in told]
    return [f"{d.span.line}:{d.span.column} {name[1]}" for d, name in zip(told, names, strict=True) if name]


def test_each_image_from_elsewhere_is_named_with_its_place(site: Site) -> None:
    assert judged(site, "self") == [
        "8:8 1",
        "8:55 2",
        "12:22 4",
        "13:26 5",
        "13:60 5",
        "14:16 6",
        "16:23 8",
        "18:8 3",
    ]
    with pytest.raises(ContentError) as caught:
        site.build()
    first = str(caught.value.diagnostics[0])
    assert first.startswith(
        "content/posts/2012-03-12-a.md:8:8: error: the image `https://images.example/1.png` is of another"
        " site, and `policy: images` in mkdocs.yml forbids that\n"
    )
    assert first.endswith("  hint: put the image into the content folder, and name it there")


def test_images_may_come_from_the_hosts_that_are_named(site: Site) -> None:
    assert judged(site, ["images.example"]) == [
        "8:55 2",
        "12:22 4",
        "13:60 5",
        "14:16 6",
        "16:23 8",
        "18:8 3",
    ]
    assert judged(site, ["images.example", "elsewhere.example"]) == ["18:8 3"]
    assert judged(site, ["images.example", "elsewhere.example", "images.example:8443"]) == []
    assert judged(site, "https") == []


@pytest.mark.parametrize(
    ("images", "sources"),
    [
        ("https", "'self' https: data:"),
        ("self", "'self' data:"),
        (["b.example", "*.A.example:444"], "'self' https://*.a.example:444 https://b.example data:"),
    ],
)
def test_the_pages_say_whence_images_come(site: Site, images: Any, sources: str) -> None:
    site.configure(options={"policy": {"images": images}})
    site.post("2012-03-12-a.md")
    site.build()
    assert policy_of(site)["img-src"] == sources
    assert f"img-src {sources};" in site.read("_headers")


def test_a_change_of_the_rule_is_seen_with_a_warm_cache(site: Site) -> None:
    site.post("2012-03-12-a.md", "![x](https://images.example/1.png)\n")
    site.build()
    site.configure(options={"policy": {"images": "self"}})
    with pytest.raises(ContentError):
        site.build()
    site.configure(options={"policy": {"images": ["images.example"]}})
    site.build()
    assert policy_of(site)["img-src"] == "'self' https://images.example data:"


def test_an_image_that_no_page_loads_by_default_is_warned_of(site: Site) -> None:
    site.post("2012-03-12-a.md", "![x](http://images.example/1.png) ![y](http://desk.example/1.png)\n")
    assert [line for line in site.problems() if "is not loaded" in line] == [
        "content/posts/2012-03-12-a.md:6:6: the image `http://images.example/1.png` is not loaded:"
        " pages load those of other sites by `https:` only"
    ]


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("a.png", True),
        ("/a.png", True),
        ("data:image/png;base64,x", True),
        ("https://desk.example/a.png", True),
        ("http://desk.example/a.png", True),
        ("https://desk.example:444/a.png", False),
        ("https://i.example/a.png", True),
        ("HTTPS://I.EXAMPLE/a.png", True),
        ("//i.example/a.png", True),
        ("\thttps:\n//i.example/a.png ", True),
        ("https:\\\\i.example\\a.png", True),
        ("https://i.example:443/a.png", True),
        ("https://i.example:444/a.png", False),
        ("http://i.example/a.png", False),
        ("https://i.example.evil.example/a.png", False),
        ("https://evil.example/i.example", False),
        ("https://i.example@evil.example/", False),
        ("https://evil.example\\@i.example/", False),
        ("https://evil.example#@i.example/", False),
        ("https:i.example/a.png", False),
        ("https:///i.example/a.png", False),
        ("https://[/a.png", False),
        ("https://i.example:99999/a.png", False),
        ("https://xi.example/a.png", False),
        ("https://a.c.example/x", True),
        ("https://c.example/x", False),
        ("ftp://i.example/a.png", False),
    ],
)
def test_hosts_are_compared_as_browsers_do(target: str, allowed: bool) -> None:
    policy = PagePolicy(images=("i.example", "*.c.example"))
    assert policy.allows_image(target, "https://desk.example/") is allowed


@pytest.mark.parametrize(
    ("policy", "problem"),
    [
        ({"images": "all"}, "policy: images cannot come from `all`"),
        ({"images": ["https://i.example"]}, "policy: images cannot come from `https://i.example`"),
        ({"images": ["i.example; script-src *"]}, "policy: images cannot come from"),
        ({"images": ["*.com"]}, "policy: images cannot come from `*.com`"),
        ({"images": ["*"]}, "policy: images cannot come from `*`"),
        ({"images": 5}, "policy: images cannot come from `5`"),
        ({"trusted_types": "no"}, "policy: `trusted_types` must be true or false"),
        ({"image": "self"}, "policy: `image` is not known"),
    ],
)
def test_what_cannot_be_read_is_said(site: Site, policy: dict[str, Any], problem: str) -> None:
    site.configure(options={"policy": policy})
    site.post("2012-03-12-a.md")
    with pytest.raises(ContentError) as caught:
        site.check()
    assert caught.value.diagnostics[0].problem.startswith(problem)
    assert caught.value.diagnostics[0].span.path == "mkdocs.yml"


TYPES = ("require-trusted-types-for", "trusted-types")


def test_pages_want_trusted_types(site: Site) -> None:
    site.post("2012-03-12-a.md")
    assert site.build().notes == ()
    found = policy_of(site)
    assert [found.get(name) for name in TYPES] == ["'script'", "deskpress"]
    assert (
        "; require-trusted-types-for 'script'; trusted-types deskpress; frame-ancestors 'self'\n"
        in site.read("_headers")
    )


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"extra_javascript": ["https://cdn.example/x.js"]}, "`extra_javascript` names scripts"),
        ({"extra_javascript": ["x.js"]}, "`extra_javascript` names scripts"),
        ({"hooks": ["hook.py"]}, "other plug-ins or hooks may bring scripts"),
        ({"extra": {"analytics": {"provider": "google"}}}, "`extra` has `analytics`"),
        (
            {"theme": {"name": "material", "features": ["toc.follow", "navigation.instant"]}},
            "Material's script writes HTML for `navigation.instant`, or may",
        ),
        (
            {"theme": {"name": "material", "custom_dir": "overrides"}},
            "the template `main.html` of the site has a script",
        ),
        ({"options": {"policy": {"trusted_types": False}}}, "`trusted_types` is false"),
    ],
    ids=["foreign", "own", "hook", "extra", "feature", "template", "option"],
)
@pytest.mark.slow
def test_pages_go_without_where_scripts_may_not_live_with_them(
    site: Site, keys: dict[str, Any], why: str
) -> None:
    site.configure(**keys)
    site.post("2012-03-12-a.md")
    site.write("x.js", "")
    (site.folder / "hook.py").write_text("")
    (site.folder / "overrides").mkdir()
    (site.folder / "overrides/main.html").write_text(
        '{% extends "base.html" %}{% block libs %}<SCRIPT src="x.js"></script>{% endblock %}'
    )
    assert site.build().notes == (f"Pages go without Trusted Types, because {why}.",)
    assert not policy_of(site).keys() & set(TYPES)
    command = [sys.executable, "-m", "deskpress", "build", "--as-of", "2012-06-01"]
    loud = subprocess.run([*command, "-v"], cwd=site.folder, capture_output=True, text=True, check=True)
    assert f"Pages go without Trusted Types, because {why}.\n" in loud.stdout
    still = subprocess.run(command, cwd=site.folder, capture_output=True, text=True, check=True)
    assert "Trusted Types" not in still.stdout + still.stderr


def test_a_template_that_brings_no_script_changes_nothing_and_one_that_does_reaches_all(site: Site) -> None:
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    site.post("2012-03-12-a.md")
    template = site.folder / "overrides/sub/extra.html"
    template.parent.mkdir(parents=True)
    template.write_text("<p>plain</p>")
    site.build()
    assert policy_of(site).keys() >= set(TYPES)
    template.write_text("<script>1</script>")
    site.build()
    assert not policy_of(site).keys() & set(TYPES)
    assert not policy_of(site, "index.html").keys() & set(TYPES)


def test_redirects_carry_a_policy_that_allows_nothing(site: Site) -> None:
    site.post("2012-03-12-a.md", aliases=["/old.html"])
    site.post("2012-03-01-b.md", expires="2012-04-01")
    site.build()
    assert policy_of(site, "old.html") == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert site.read("old.html").index("Content-Security-Policy") < site.read("old.html").index("<title>")


def test_policy_lists_hosts_of_scripts_frames_and_connections(site: Site) -> None:
    site.configure(
        options={"policy": {"scripts": ["a.example"], "frames": ["*.b.example"], "connect": ["c.example"]}}
    )
    site.post("2012-03-12-a.md")
    site.build()
    policy = policy_of(site)
    assert policy["script-src"].endswith(" https://a.example")
    assert "https://*.b.example" in policy["frame-src"]
    assert "https://www.youtube-nocookie.com" in policy["frame-src"]
    assert policy["connect-src"] == "'self' https://c.example"
    site.configure(options={"policy": {"frames": ["not a host"]}})
    with pytest.raises(ContentError, match="policy: frames cannot be of `not a host`"):
        site.check()


def test_frames_of_allowed_hosts_become_links_and_others_are_told(site: Site) -> None:
    site.configure(options={"policy": {"frames": ["maps.example"]}})
    site.post(
        "2012-03-12-a.md",
        '<iframe src="https://www.youtube.com/embed/x?start=3" title="How to" width="560" height="315">'
        "</iframe>\n\n"
        '<iframe src="//maps.example/?q=1&amp;z=2"></iframe>\n\n'
        '<iframe src="https://evil.example/"></iframe>\n\n'
        '<iframe src="https://maps.example.evil.example/"></iframe>\n',
    )
    assert [p for p in site.problems() if "iframe" in p] == [
        "content/posts/2012-03-12-a.md:6:1: `<iframe>` is left out, 2 times: it could run code, or affect"
        " the page around it"
    ]
    site.build()
    page = site.read("2012/03/a.html")
    assert (
        '<a href="https://www.youtube-nocookie.com/embed/x?start=3" data-dp-frame="video" data-width="560"'
        ' data-height="315">How to</a>'
    ) in page
    assert '<a href="https://maps.example/?q=1&amp;z=2" data-dp-frame="frame">maps.example</a>' in page
    assert "evil.example" not in page
    assert "<iframe" not in page


@pytest.mark.parametrize(
    ("target", "kind", "kept"),
    [
        ("https://maps.example/", "frame", True),
        ("https://evil.example/", "frame", False),
        ("https://evil.example/", "video", False),
        ("/drawing.svg", "frame", False),
        ("https://player.vimeo.com/video/1", "video", True),
        # It would be loaded without a click.
        ("https://player.vimeo.com/video/1", "frame", False),
        ("https://maps.example\\@evil.example/", "video", False),
    ],
)
def test_a_link_of_the_text_becomes_a_frame_only_as_one_of_ours(
    site: Site, target: str, kind: str, kept: bool
) -> None:
    site.configure(options={"policy": {"frames": ["maps.example"]}})
    site.post("2012-03-12-a.md", f'<a data-dp-frame="{kind}" href="{target}">x</a>\n')
    site.build()
    assert ("data-dp-frame" in site.read("2012/03/a.html")) == kept


DIAGRAMS = [
    {
        "pymdownx.superfences": {
            "custom_fences": [
                {"name": "mermaid", "class": "mermaid", "format": "FORMAT"},
            ]
        }
    }
]


def with_diagrams(site: Site, **keys: Any) -> None:
    """Configure Mermaid as Material's documentation says."""
    site.configure(markdown_extensions=DIAGRAMS, **keys)
    path = site.folder / "mkdocs.yml"
    name = "!!python/name:pymdownx.superfences.fence_code_format"
    path.write_text(path.read_text().replace("format: FORMAT", f"format: {name}"))


def test_diagrams_come_from_the_site_itself(site: Site) -> None:
    site.post("2012-03-12-a.md", "```mermaid\ngraph LR\n  A --> B\n```\n")
    site.build()
    assert "mermaid/mermaid.js" not in site.read("2012/03/a.html")
    assert not [path for path in site.tree() if "mermaid" in path]
    with_diagrams(site)
    site.build()
    assert '<script src="../../assets/javascripts/mermaid/mermaid.js">' in site.read("2012/03/a.html")
    assert policy_of(site)["style-src"] == "'self' 'unsafe-inline'"
    assert policy_of(site)["script-src"].startswith("'self' 'sha256-")
    assert "assets/javascripts/mermaid/mermaid.min.js" in site.tree()
    with_diagrams(site, extra_javascript=["js/mermaid.min.js"])
    site.build()
    assert "mermaid/mermaid.js" not in site.read("2012/03/a.html")
    assert policy_of(site)["style-src"] == "'self' 'unsafe-inline'"


def test_formulas_come_from_the_site_itself(site: Site) -> None:
    polyfill = "https://polyfill.io/v3/polyfill.min.js?features=es6"
    other = [
        "https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-svg.js",
        "https://cdn.example/mathjax@2/MathJax.js",
    ]
    own = {"path": "https://unpkg.com/mathjax@3.2.2/es5/tex-mml-chtml.js", "async": True}
    site.post("2012-03-12-a.md", "Text.\n")
    site.configure(extra_javascript=[polyfill, *other])
    told: list[str] = []
    site.check(say=told.append)
    said = next(one for one in told if "polyfill" in one)
    assert said.startswith(f"mkdocs.yml: `extra_javascript: {polyfill}` is left out: the host was sold")
    site.build()
    page = site.read("2012/03/a.html")
    assert "polyfill" not in page
    assert all(one in page for one in other)
    # What bounds the formulas of texts comes before the script from elsewhere, too.
    assert page.index("assets/javascripts/formulas.js") < page.index(other[0])
    assert not [path for path in site.tree() if "mathjax/" in path or "katex/" in path]
    site.configure(extra_javascript=[own])
    site.build()
    page = site.read("2012/03/a.html")
    script = '<script src="../../assets/javascripts/mathjax/mathjax.js" async>'
    assert page.index("assets/javascripts/formulas.js") < page.index(script)
    assert policy_of(site)["style-src"] == "'self' 'unsafe-inline'"
    assert "unpkg" not in site.read("2012/03/a.html")
    assert "assets/javascripts/mathjax/tex-mml-chtml.js" in site.tree()
    assert not [path for path in site.tree() if "katex/" in path]


def test_what_the_theme_is_asked_for_is_shown_and_allowed(site: Site) -> None:
    site.post("2012-03-12-a.md")
    overrides = site.folder / "overrides"
    overrides.mkdir()
    (overrides / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}Closed on Monday{% endblock %}'
        '{% block extrahead %}<script src="https://chat.example/x.js"></script>{% endblock %}'
    )
    site.configure(
        theme={
            "name": "material",
            "custom_dir": "overrides",
            "logo": "logo.svg",
            "font": {"text": "Inter"},
            "icon": {"repo": "fontawesome/brands/github", "admonition": {"note": "octicons/tag-16"}},
        },
        repo_url="https://github.com/desk/help",
        edit_uri_template="blob/main/{path_noext!q}.md?plain=1",
        extra={
            "social": [{"icon": "fontawesome/brands/mastodon", "link": "https://social.example/@desk"}],
            "analytics": {"provider": "google", "property": "G-1"},
            "consent": {"title": "Cookies", "description": "May we?"},
        },
        extra_css=["https://cdn.example/a.css"],
    )
    site.build()
    page, policy = site.read("2012/03/a.html"), policy_of(site)
    for shown in (
        'src="../../logo.svg"',
        'href="https://social.example/@desk"',
        '--md-text-font:"Inter"',
        'href="https://github.com/desk/help" title="Go to repository"',
        'href="https://github.com/desk/help/blob/main/posts%2F2012-03-12-a.md?plain=1"',
        "Closed on Monday",
        'id="__consent"',
        "gtag/js?id=G-1",
    ):
        assert shown in page, shown
    assert "https://fonts.googleapis.com" in policy["style-src"]
    assert "https://cdn.example" in policy["style-src"]
    assert policy["font-src"] == "'self' https://cdn.example https://fonts.gstatic.com"
    assert "https://api.github.com" in policy["connect-src"]
    assert "https://*.google-analytics.com" in policy["connect-src"]
    assert {"https://chat.example", "https://*.googletagmanager.com"} <= set(policy["script-src"].split())
    # The styles that the theme itself writes into pages are allowed by their hashes.
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.S)
    hashes = [base64.b64encode(sha256(text.encode()).digest()).decode() for text in styles]
    assert len(hashes) == 2
    assert all(f"'sha256-{one}'" in policy["style-src"] for one in hashes)


def test_no_font_is_loaded_that_nobody_asks_for(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.build()
    assert "fonts.googleapis.com" not in site.read("2012/03/a.html")
    assert policy_of(site)["font-src"] == "'self'"
    assert policy_of(site)["style-src"] == "'self'"


def test_what_has_no_effect_is_told_once(site: Site) -> None:
    site.configure(
        plugins=["deskpress", {"search": {"lang": "de", "separator": "x"}}],
        theme={"name": "material", "features": ["search.suggest", "content.code.copy"]},
        extra={
            "version": {"provider": "mike"},
            "analytics": {"provider": "none", "feedback": {"title": "?"}},
        },
    )
    (site.folder / "content/index.md").write_text("# Home\n")
    said: list[str] = []
    site.check(say=said.append)
    assert [line.partition(" has no effect")[0] for line in said] == [
        "mkdocs.yml: `theme: features: search.suggest`",
        "mkdocs.yml: `extra: version`",
        "mkdocs.yml: `extra: analytics: feedback`",
        "mkdocs.yml: `plugins: search: lang`",
        "mkdocs.yml: `plugins: search: separator`",
    ]


def test_what_style_sheets_of_the_site_load_is_allowed(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.write(
        "css/extra.css",
        "@import url('https://fonts.googleapis.com/css2?family=X');\n"
        "/* @import 'https://never.example/' */\n"
        "@font-face { src: url(https://cdn.example/x.woff2) }\n",
    )
    site.configure(extra_css=["css/extra.css"], options={"policy": {"images": "self"}})
    site.build()
    policy = policy_of(site)
    assert policy["style-src"] == "'self' https://fonts.googleapis.com"
    assert "https://fonts.gstatic.com" in policy["font-src"]
    assert "https://cdn.example" in policy["font-src"]
    assert policy["img-src"] == "'self' https://cdn.example data:"
    site.write("css/extra.css", "a {}")
    site.build()
    assert policy_of(site)["font-src"] == "'self'"


def test_a_template_whose_script_adds_another_one_is_seen(site: Site) -> None:
    path = site.folder / "overrides/partials/comments.html"
    path.parent.mkdir(parents=True)
    path.write_text(
        "<div id='disqus_thread'></div>\n<script>\n  var d = document, s = d.createElement('script');\n"
        "  s.src = 'https://parcel-desk.disqus.com/embed.js';\n  d.body.appendChild(s);\n</script>\n"
    )
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    site.post("2012-03-01-a.md", "Text.\n")
    site.build()
    policy = policy_of(site, "2012/03/a.html")
    assert "https://parcel-desk.disqus.com" in policy["script-src"]
    assert "https://c.disquscdn.com" in policy["script-src"]
    assert "https://disqus.com" in policy["frame-src"]
