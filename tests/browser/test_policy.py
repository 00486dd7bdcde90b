"""No page of ours offends against its own policy, in Chromium; Trusted Types hold there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from deskpress.compat.material.policy import TYPED
from tests.browser.conftest import serving
from tests.conftest import Site, drawn

pytestmark = pytest.mark.slow


class Watched:
    """A page whose complaints are kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on(
            "console", lambda m: self.complaints.append(f"{page.url}: {m.text}") if m.type != "log" else None
        )
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    made = Watched(chromium.new_page())
    yield made
    made.page.close()


def test_no_page_of_the_first_site_offends_against_its_policy(
    watched: Watched, served: str, first_site: Path
) -> None:
    page = watched.page
    names = sorted(path.relative_to(first_site).as_posix() for path in first_site.rglob("*.html"))
    assert len(names) > 30
    for name in names:
        page.goto(f"{served}/{name}", wait_until="load")
        page.mouse.wheel(0, 2000)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert watched.complaints == []


def test_the_search_offends_against_no_policy(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}/search/?q=metrics")
    expect(page.locator(".dp-result a").first).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(f"{served}/help/metrics/")
    page.keyboard.press("/")
    page.keyboard.type("spoof")
    expect(page.locator(".dp-results a").first).to_be_visible()
    assert watched.complaints == []


def test_text_becomes_no_markup_and_no_script(watched: Watched, served: str) -> None:
    page = watched.page
    page.goto(f"{served}/")
    for code in (
        "document.body.innerHTML = '<b>x</b>'",
        "document.createElement('script').src = 'https://evil.example/x.js'",
        "new DOMParser().parseFromString('<p>', 'text/html')",
        "new Worker('x.js')",
        "trustedTypes.createPolicy('other', { createHTML: (text) => text })",
        "trustedTypes.createPolicy('default', { createHTML: (text) => text })",
    ):
        with pytest.raises(Error, match="TypeError"):
            page.evaluate(f"() => {{ {code} }}")


KITCHEN = """\
# Home

HTML and a [title](b.md "A title")

*[HTML]: Hyper Text

``` python
a = 1  # (1)!
```

1.  Note

=== "One"

    First

=== "Two"

    Second

!!! note "Hi"
    Text[^1]

??? tip
    Folded

| a | b |
|---|---|
| 1 | 2 |

- [x] done

![x](a.png "A figure")

[^1]: A footnote
"""
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "footnotes",
    "tables",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
    {"pymdownx.tasklist": {"custom_checkbox": True}},
    {"toc": {"permalink": True}},
]
TOUCHED = (
    "abbr, [title], pre, .footnote-ref, table, summary, .tabbed-labels label, .md-annotation__index,"
    " .md-clipboard, .md-code__button, label.md-header__button"
)


@pytest.mark.parametrize("features", [(), *((one,) for one in sorted(TYPED)), tuple(sorted(TYPED))], ids=str)
def test_material_lives_with_trusted_types(watched: Watched, site: Site, features: tuple[str, ...]) -> None:
    toggles = [
        {"scheme": "default", "toggle": {"icon": "material/weather-sunny", "name": "Dark"}},
        {"scheme": "slate", "toggle": {"icon": "material/weather-night", "name": "Light"}},
    ]
    theme = {"name": "material", "features": list(features), "palette": toggles}
    site.configure(theme=theme, markdown_extensions=EXTENSIONS, repo_url="https://git.example/us/desk")
    site.write("index.md", KITCHEN)
    site.write("a.png", drawn(40, 40))
    site.write("b.md", "# B\n\n## One\n\nText\n\n## Two\n\n" + "More text.\n\n" * 100)
    site.build()
    with serving(site.output) as url:
        page = watched.page
        page.goto(f"{url}/?h=text")
        assert "require-trusted-types-for" in page.content()
        for touched in page.locator(TOUCHED).all():
            if touched.is_visible():
                touched.hover(force=True)
        for clicked in page.locator("summary, .tabbed-labels label, label[for^=__palette]").all():
            if clicked.is_visible():
                clicked.click(force=True)
        page.mouse.wheel(0, 500)
        page.goto(f"{url}/b/#two")
        page.mouse.wheel(0, -100)
        page.locator("article a[href]").first.hover(force=True)
    assert [line for line in watched.complaints if "rusted" in line] == []


def test_a_redirect_leads_on_under_its_policy(watched: Watched, site: Site) -> None:
    site.post("2012-03-12-a.md", aliases=["/old.html"])
    site.build()
    with serving(site.output) as url:
        watched.page.goto(f"{url}/old.html")
        watched.page.wait_for_url(f"{url}/2012/03/a.html")
    assert watched.complaints == []


def test_diagrams_are_drawn_and_videos_wait_for_a_click(watched: Watched, site: Site) -> None:
    site.configure(
        options={"policy": {"frames": ["maps.example"]}},
        markdown_extensions=[
            {
                "pymdownx.superfences": {
                    "custom_fences": [{"name": "mermaid", "class": "mermaid", "format": "FORMAT"}]
                }
            }
        ],
    )
    configuration = site.folder / "mkdocs.yml"
    name = "!!python/name:pymdownx.superfences.fence_code_format"
    configuration.write_text(configuration.read_text().replace("format: FORMAT", f"format: {name}"))
    site.write(
        "page.md",
        "# Page\n\n```mermaid\ngraph LR\n  A --> B\n```\n\n"
        '<iframe src="https://www.youtube.com/embed/x" title="How to"></iframe>\n\n'
        '<iframe src="https://maps.example/"></iframe>\n',
    )
    site.build()
    asked: list[str] = []
    page = watched.page
    with serving(site.output) as base:

        def answer(route: Route) -> None:
            asked.append(route.request.url)
            route.fulfill(body="ok")

        page.route("https://**", answer)
        page.goto(f"{base}/page/", wait_until="load")
        drawn_ = page.locator("div.mermaid")
        expect(drawn_).to_be_visible()
        assert drawn_.evaluate("(one) => one.getBoundingClientRect().height") > 30
        page.locator("iframe[src='https://maps.example/']").wait_for()
        assert asked == ["https://maps.example/"]
        with page.expect_request("https://www.youtube-nocookie.com/embed/x"):
            page.get_by_role("link", name="How to").click()
        page.locator("iframe[title='How to']").wait_for()
    assert watched.complaints == []


MATHJAX = """\
window.MathJax = {
  tex: { inlineMath: [["\\\\(", "\\\\)"]], displayMath: [["\\\\[", "\\\\]"]] },
  options: { ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex" },
}
document$.subscribe(() => {
  MathJax.startup.output.clearCache()
  MathJax.typesetClear()
  MathJax.texReset()
  MathJax.typesetPromise()
})
"""

KATEX = """\
document$.subscribe(({ body }) => {
  renderMathInElement(body, { delimiters: [{ left: "\\\\(", right: "\\\\)", display: false }] })
})
"""


@pytest.mark.parametrize(
    ("own", "named", "sheets", "large", "shown"),
    [
        (
            MATHJAX,
            ["https://unpkg.com/mathjax@3/es5/tex-mml-chtml.js"],
            [],
            "tex-mml-chtml.js",
            "mjx-container mjx-mfrac",
        ),
        (
            KATEX,
            [
                "https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/katex.min.js",
                "https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/contrib/auto-render.min.js",
            ],
            ["https://cdn.jsdelivr.net/npm/katex@0.16.11/dist/katex.min.css"],
            "katex.min.js",
            ".katex .mfrac",
        ),
    ],
    ids=["mathjax", "katex"],
)
def test_formulas_are_shown_by_the_site_itself_where_there_are_any(
    watched: Watched, site: Site, own: str, named: list[str], sheets: list[str], large: str, shown: str
) -> None:
    site.configure(
        theme={"name": "material", "features": ["navigation.instant"]},
        markdown_extensions=[{"pymdownx.arithmatex": {"generic": True}}],
        extra_javascript=["own.js", *named],
        extra_css=sheets,
    )
    site.write("own.js", own)
    site.write("page.md", "# Page\n\nCosts of $\\frac{1}{2}$ a parcel.\n")
    site.write("plain.md", "# Plain\n\nText, then [formulas](page.md).\n")
    site.build()
    page = watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with serving(site.output) as base:
        page.goto(f"{base}/plain/", wait_until="load")
        assert all(one.startswith(base) and large not in one for one in asked)
        page.get_by_role("link", name="formulas").click()
        expect(page.locator(shown).first).to_be_visible()
        page.goto(f"{base}/page/", wait_until="load")
        expect(page.locator(shown).first).to_be_visible()
        expect(page.locator(shown)).to_have_count(1)
        page.evaluate("() => document.fonts.ready")
        assert any(large in one for one in asked)
        assert all(one.startswith(base) for one in asked)
    assert watched.complaints == []


HOSTILE = r"""# Page

A $\mmlToken{mi}[href="javascript:ran=1" id="__config" class="md-overlay"]{x}$
B $\mmlToken{mi}[style="position:fixed;inset:0"]{y}$
C $\smash{\raise 90px{\llap{\mmlToken{mtext}[href="https://other.example/" mathsize="600px"]{█}}}}$
D $\href{javascript:ran=1}{a} \cssId{__search}{b} \require{html} \color{red}{c}$
E $\mmlToken{mi}[style="color: red; padding: 3px"]{z}$ and $\frac{1}{2}$

$$\begin{equation}a = b\label{one}\tag{1}\end{equation}$$ in $\ref{one}$
"""


def test_a_formula_neither_covers_the_page_nor_is_taken_for_a_part_of_it(
    watched: Watched, site: Site
) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.arithmatex": {"generic": True}}],
        extra_javascript=["own.js", "https://unpkg.com/mathjax@3/es5/tex-mml-chtml.js"],
    )
    site.write("own.js", MATHJAX)
    site.write("page.md", HOSTILE)
    site.build()
    page = watched.page
    with serving(site.output) as base:
        page.goto(f"{base}/page/", wait_until="load")
        # One formula that asks for a part that is not there keeps no other from being shown.
        expect(page.locator("mjx-container mjx-mfrac")).to_be_visible()
        formulas = page.locator("main mjx-container")
        for part in ('[id="__config"]', '[id="__search"]', '[class*="md-"]', 'a[href^="javascript:"]'):
            assert formulas.locator(part).count() == 0
        assert formulas.locator('[style*="fixed"]').count() == 0
        assert formulas.locator('mjx-math [style*="padding: 3px"]').count() == 1
        assert formulas.locator("a[href^='#mjx-eqn']").count() == 1
        # The link of C reaches no further than the formula.
        covered = page.evaluate(
            """() => {
              const { left, top } = document.querySelector("main h1").getBoundingClientRect()
              const points = [-100, -50, 2, 20].flatMap((x) => [-20, 10, 30].map((y) => [left + x, top + y]))
              const shown = points.map(([x, y]) => document.elementFromPoint(x, y))
              return shown.filter((one) => one?.closest("mjx-container")).length
            }"""
        )
        assert covered == 0
    assert watched.complaints == []


def test_an_image_is_shown_large_by_glightbox(watched: Watched, site: Site) -> None:
    site.configure(plugins=["deskpress", {"glightbox": {}}])
    site.write("page.md", "# Page\n\n![A](a.png)\n")
    site.write("a.png", drawn(600, 400))
    site.build()
    page = watched.page
    with serving(site.output) as base:
        page.goto(f"{base}/page/", wait_until="load")
        page.locator("a.glightbox img").click()
        expect(page.locator(".glightbox-container .gslide-image img")).to_be_visible()
        page.keyboard.press("Escape")
    assert watched.complaints == []
