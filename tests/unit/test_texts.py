"""Texts for programs that read: `llms.txt`, full texts by section and month, Markdown copies of pages."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from selectolax.lexbor import LexborHTMLParser

from deskpress.render.as_markdown import as_markdown
from tests.conftest import Site


@pytest.fixture
def desk(site: Site) -> Site:
    site.write("help/hours.md", "---\ntitle: Hours\n---\n\nFrom 9 to 5. <!-- not on Fridays? -->\n")
    site.write("help/orders/index.md", "---\ntitle: Orders [all]\ndescription: Of orders.\n---\n\nAll.\n")
    site.write("help/orders/late.md", "---\ntitle: Late\n---\n\n## Why\n\nSee [hours](../hours.md).\n")
    site.write("help/orders/far/customs.md", "---\ntitle: Customs\n---\n\nAbroad.\n")
    site.write("help/secret.md", "---\ntitle: Secret\ndraft: true\n---\n\nHidden.\n")
    site.post("2012-03-05-home.md", "At **home**.", title="Home")
    site.post("2012-04-02-more.md", "More.", title="More")
    return site


def files(site: Site) -> set[str]:
    return {path for path in site.tree() if path.startswith("llms") or path.endswith(".md")}


def test_topics_are_listed_with_their_full_texts_by_section(desk: Site) -> None:
    desk.configure(site_url="https://d.example/x/", site_description="We help.")
    desk.build()
    assert files(desk) == {"llms.txt", "llms/help.txt", "llms/help/orders.txt"}
    assert desk.read("llms.txt") == (
        "# Seller Desk\n\n> We help.\n\n"
        "## Help\n\n- [Hours](https://d.example/x/help/hours/)\n\n"
        "## Orders \\[all\\]\n\n- [Orders \\[all\\]](https://d.example/x/help/orders/): Of orders.\n"
        "- [Customs](https://d.example/x/help/orders/far/customs/)\n"
        "- [Late](https://d.example/x/help/orders/late/)\n\n"
        "## Full texts\n\n- [Help](https://d.example/x/llms/help.txt)\n"
        "- [Orders \\[all\\]](https://d.example/x/llms/help/orders.txt)\n"
    )
    assert desk.read("llms/help.txt") == "# Hours\n\n<https://d.example/x/help/hours/>\n\nFrom 9 to 5.\n"
    text = desk.read("llms/help/orders.txt")
    assert re.findall(r"^#.*", text, re.M) == ["# Orders \\[all\\]", "# Customs", "# Late", "## Why"]
    assert "See [hours](https://d.example/x/help/hours/)." in text
    assert 'type="text/markdown"' not in desk.read("help/hours/index.html")


def test_a_title_leads_nowhere_else_and_is_no_html(site: Site) -> None:
    title = "'Kettles \\](https://evil.example/) <img src=x onerror=alert(1)> \\[a'"
    site.write("help/kettles.md", f"---\ntitle: {title}\n---\nText.\n")
    site.build()
    read = LexborHTMLParser(Markdown().convert(site.read("llms.txt")))
    targets = [link.attributes["href"] for link in read.css("a")]
    assert targets == ["https://desk.example/help/kettles/", "https://desk.example/llms/help.txt"]
    assert not read.css("img")


def test_posts_by_month_and_copies_of_pages_are_options(desk: Site) -> None:
    desk.configure(options={"llms": ["help", "blog", "pages"]})
    desk.build()
    assert {"llms/2012-03.txt", "llms/2012-04.txt", "help/hours/index.md", "2012/03/home.md"} <= files(desk)
    assert "At **home**." in desk.read("2012/03/home.md")
    assert "[March 2012](https://desk.example/llms/2012-03.txt)" in desk.read("llms.txt")
    assert "(https://desk.example/help/hours/index.md)" in desk.read("llms.txt")
    page = LexborHTMLParser(desk.read("2012/03/home.html"))
    [link] = page.css('link[type="text/markdown"]')
    assert link.attributes["href"] == "home.md"
    assert not LexborHTMLParser(desk.read("2012/03/index.html")).css('link[type="text/markdown"]')


@pytest.mark.parametrize("wanted", [[], ["pages"], ["blog"], ["help", "blog", "pages"]])
def test_an_edit_changes_one_file_and_gives_what_a_clean_build_gives(desk: Site, wanted: list[str]) -> None:
    desk.configure(options={"llms": wanted})
    desk.build()
    assert bool(files(desk)) is bool(wanted)
    before = desk.tree()
    desk.write("help/orders/late.md", "---\ntitle: Late\n---\n\nOther words.\n")
    desk.build()
    edited = desk.tree()
    changed = {path for path in files(desk) if edited[path] != before[path]}
    assert changed == {
        *(["llms/help/orders.txt"] if "help" in wanted else []),
        *(["help/orders/late/index.md"] if "pages" in wanted else []),
    }
    shutil.rmtree(desk.folder / ".cache")
    shutil.rmtree(desk.output)
    desk.build()
    assert desk.tree() == edited


def test_the_text_of_a_section_depends_on_no_other_section(desk: Site) -> None:
    desk.write("help/fees/monthly.md", "---\ntitle: Monthly\n---\n\nTen.\n")
    desk.build()
    desk.write("help/fees/yearly.md", "---\ntitle: Yearly\n---\n\nA hundred.\n")
    reasons = desk.build().reasons
    assert {path for path in reasons if path.startswith("llms")} == {"llms.txt", "llms/help/fees.txt"}
    assert "A hundred." in desk.read("llms/help/fees.txt")


def test_a_list_of_the_sites_own_stays(desk: Site) -> None:
    desk.write("llms.txt", "Ours.\n")
    desk.build()
    assert desk.read("llms.txt") == "Ours.\n"
    assert "llms/help.txt" in files(desk)


def test_each_language_has_its_own(desk: Site) -> None:
    desk.configure(options={"languages": ["de"]})
    desk.write("de/help/zeiten.md", "---\ntitle: Zeiten\n---\n\nVon 9 bis 17 Uhr.\n")
    desk.build()
    assert "## Hilfe\n\n- [Zeiten](https://desk.example/de/help/zeiten/)" in desk.read("de/llms.txt")
    assert "Von 9 bis 17 Uhr." in desk.read("de/llms/help.txt")
    assert "Zeiten" not in desk.read("llms.txt")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h2 id="x">Fees &amp; co<a class="headerlink" href="#x">¶</a></h2>', "## Fees & co"),
        ("<p>One <strong>two </strong>three<br>four</p>", "One **two** three\\\nfour"),
        ('<p><a href="a(b) c.html">x <em>y</em></a></p>', "[x *y*](a%28b%29%20c.html)"),
        (
            "<p># no</p><p>1. no</p><p>- no</p><p>a * b _ c</p>",
            "\\# no\n\n1\\. no\n\n\\- no\n\na \\* b \\_ c",
        ),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li><p>p</p><p>q</p></li><li>r</li></ol>", "3. p\n\n   q\n\n4. r"),
        ("<pre><code class=language-py>a\n\nb```\n</code></pre>", "````py\na\n\nb```\n````"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><tr><th>A<th>B</tr><tr><td>1|2</tr></table>", "| A | B |\n| --- | --- |\n| 1\\|2 |  |"),
        (
            '<div class="admonition note"><p class="admonition-title">Note</p><p>x</p></div>',
            "> **Note**\n>\n> x",
        ),
        ("<details><summary>More</summary><p>x</p></details>", "> **More**\n>\n> x"),
        (
            '<figure><img src="a.png" alt="An [a]"><figcaption>Cap</figcaption></figure>',
            "![An \\[a\\]](a.png)\n\nCap",
        ),
        ("<p>a</p><script>x</script><style>y</style><p hidden>b</p><button>c</button><!-- d -->", "a"),
        ("", ""),
    ],
)
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert as_markdown(html).rstrip("\n") == text


@example("&#1 : Python-Markdown reads a reference here")
@example("&#x2")
@given(st.text("ab \n*_`[]()<>#\\|!&;-+.1", max_size=40))
def test_text_stays_text(text: str) -> None:
    """What Markdown makes of the result reads as the HTML did."""
    tree = LexborHTMLParser("<p></p>")
    [paragraph] = tree.css("p")
    paragraph.insert_child(text or "a")
    html = tree.body.inner_html if tree.body else ""
    again = Markdown().convert(as_markdown(html or ""))
    words = "".join(re.sub(r"\s", "", LexborHTMLParser(again).text() or "").split())
    assert words == re.sub(r"\s", "", text or "a")


@pytest.mark.parametrize("tag", ["div", "span", "em"])
def test_what_lies_too_deep_keeps_its_text(site: Site, tag: str) -> None:
    """Python would come to the end of its levels, and nobody could publish any more."""
    site.configure(options={"llms": ["help", "pages"]})
    deep = f"{f'<{tag}>' * 900}*Deep* & [down]{f'</{tag}>' * 900}"
    site.write("help/deep.md", f"---\ntitle: Deep\n---\n\n{deep}\n")
    site.build()
    assert "Deep" in site.read("llms/help.txt")
    assert "Deep" in site.read("help/deep/index.md")
    assert as_markdown(f"{'<div>' * 90}<p><b>x</b></p>") == "**x**\n"
    assert as_markdown(f"{'<div>' * 900}<p>1. <b>x</b>") == "1\\. x\n"
