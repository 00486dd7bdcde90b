"""Further slips of each kind: front matter, dates, links, pictures, pasted text, snippets."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from deskpress.model.furniture import for_readers_of_feeds, without_furniture
from deskpress.publish.live_addresses import is_placeholder, live_addresses
from deskpress.source.front_matter_keys import KEYS
from deskpress.source.meant_dates import meant_day
from deskpress.source.slips import explain
from tests.conftest import Site, drawn


@pytest.mark.parametrize(
    ("text", "place", "problem", "mended"),
    [
        ("title:New\n", (0, 6), "a space is missing after `title:`", "title: New"),
        ("title = New\n", (0, 7), "`=` is after `title`", "title: New"),
        ("title：New\n", (0, 6), "`：` is after `title`", "title: New"),
        ("title: New\n date: 2012-03-01\n", (1, 1), "the line begins with a space", "date: 2012-03-01"),
        ("title: @desk\n", (0, 8), "text that begins with `@` needs quotes", 'title: "@desk"'),
        ("title: 'It's late'\n", (0, 11), "a `'` within the text ends it", 'title: "It\'s late"'),
        ('title: "A" and B\n', (0, 11), "text follows the closing quotation mark", "title: '\"A\" and B'"),
        ("title: [Update] late\n", (0, 16), "text follows the closing bracket", 'title: "[Update] late"'),
        ('title: "New”\n', (0, 12), "`”` is curly", 'title: "New"'),
        ("tags:\n- a\n-b\n", (2, 1), "a list needs a space after `-`", "- b"),
        ("\u00a0title: A\n", (0, 1), "an invisible character", "title: A"),
        ("<<<<<<< HEAD\ntitle: A\n", (0, 1), "a mark of a merge conflict", ""),
    ],
)
def test_front_matter_is_explained(text: str, place: tuple[int, int], problem: str, mended: str) -> None:
    slip = explain(text, KEYS)
    assert slip is not None
    assert ((slip.line, slip.column), slip.mended) == (place, mended)
    assert problem in slip.problem


def test_long_front_matter_is_not_read_for_long() -> None:
    assert explain("a: [" * 100_000, KEYS) is not None
    assert explain("".join(f"a{n}: [\n" for n in range(100_000)), KEYS) is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-13-03", "2012-03-13"),
        ("13.03.2012", "2012-03-13"),
        ("03.04.2012", "2012-04-03"),
        ("3/13/2012", "2012-03-13"),
        ("3/4/2012", ""),
        ("March 13, 2012", "2012-03-13"),
        ("13th March 2012", "2012-03-13"),
        ("2012/03/13", "2012-03-13"),
        ("“2012-03-13”", "2012-03-13"),
        ("2012-02-30", ""),
        ("soon", ""),
    ],
)
def test_a_date_is_told_as_it_should_be(text: str, day: str) -> None:
    assert meant_day(text) == day


def test_dates_are_told_with_the_right_way_of_writing(site: Site) -> None:
    site.write("posts/a.md", "---\ntitle: A\ndate: 13.03.2012\n---\n\nText.\n")
    site.write("posts/b.md", "---\ntitle: B\ndate: 2012-20-03\n---\n\nText.\n")
    site.write("posts/c.md", "---\ntitle: C\ndate: 1212-03-01\n---\n\nText.\n")
    found = [(d.span.path[-4:], d.hint) for d in site.check().diagnostics]
    assert found == [
        ("a.md", "write `2012-03-13`"),
        ("b.md", "write `2012-03-20`"),
        ("c.md", "is the year right? Did you mean `2012-03-01`?"),
    ]


@pytest.mark.slow
def test_a_key_like_one_that_is_missing_is_taken_for_it(site: Site) -> None:
    site.write("posts/a.md", "---\ntitel: A\ndate: 2012-03-01\n---\n\nText.\n")
    assert site.problems() == ["content/posts/a.md:2:1: the key is `title`, not `titel`"]
    site.build()
    assert "<h1" in site.read("2012/03/a.html")


def test_a_text_that_is_cut_off_is_said(site: Site) -> None:
    site.write(
        "posts/a.md", "---\ntitle: Ticket #5 is solved\ndate: 2012-03-01\nslug: a # short\n---\n\nText.\n"
    )
    (found,) = site.check().diagnostics
    assert (str(found.span), found.hint) == (
        "content/posts/a.md:2:15",
        'write `title: "Ticket #5 is solved"`',
    )


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("www.other.example", "write `https://www.other.example`"),
        ("+49 30 1234567", "write `tel:+49301234567`"),
        ("file:///home/jo/a.pdf", "copy the file to content/files/ and write `../files/a.pdf`"),
        ("/content/help/metrics.md", "write `../help/metrics.md`"),
        (
            "../help/Metrics.md#top",
            "the file is called `../help/metrics.md#top`: upper and lower case matter",
        ),
        ("../metrics/", "write `../help/metrics.md`"),
        ("../help/metriks.md", "the nearest is `../help/metrics.md`"),
        ("https://desk.example/help/metriks/", "the nearest is `../help/metrics.md`"),
        ("htp://other.example", "write `http://other.example`"),
        ("nothing-like-it.xyz", "correct or remove it"),
    ],
)
def test_hints_on_links_work_as_they_are_typed(site: Site, target: str, hint: str) -> None:
    site.write("help/metrics.md", "# Metrics\n\nText.\n")
    site.post("2012-03-01-a.md", f"See [it](<{target}>).\n", topics=["metrics"])
    (found,) = site.check().diagnostics
    assert found.hint == hint


def test_links_to_the_own_site_that_lead_somewhere_pass(site: Site) -> None:
    site.write("help/metrics.md", "# Metrics\n\nText.\n")
    body = "".join(
        f"[x]({url}) "
        for url in (
            "https://desk.example/",
            "http://desk.example/help/metrics/?a=b#top",
            "https://desk.example/feed.xml",
            "https://desk.example.other.example/x",
        )
    )
    site.post("2012-03-01-a.md", f"{body}\n")
    assert site.problems() == []


def test_names_that_differ_in_their_unicode_form_are_the_same(site: Site) -> None:
    composed, parted = (unicodedata.normalize(form, "über") for form in ("NFC", "NFD"))
    site.write(f"posts/{parted}.png", drawn(20, 10))
    site.write(f"help/{parted}.md", "# Ueber\n\nText.\n")
    site.post("2012-03-01-a.md", f"![A]({composed}.png) [b](../help/{composed}.md)\n")
    assert site.problems() == []
    site.build()
    assert "u%CC%88ber.png" in site.read("2012/03/a.html")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('<p class="MsoNormal" style="x:y">A <o:p></o:p></p>\n', "formatting from Word was dropped"),
        ('<b id="docs-internal-guid-1" style="x:y">A</b>\n', "formatting from Google Docs was dropped"),
    ],
)
def test_pasted_formatting_is_one_message(site: Site, text: str, problem: str) -> None:
    site.post("2012-03-01-a.md", f"{text}\nText.\n")
    (found,) = site.check().diagnostics
    assert found.problem == problem
    assert "trusted" not in found.hint


def test_files_that_are_no_pictures_are_said(site: Site) -> None:
    for name in ("a.pdf", "b.tiff", "c.mp4", "d.docx"):
        site.write(f"files/{name}", b"x")
    site.write("posts/report.docx", b"x")
    images = " ".join(f"![A](../files/{name})" for name in ("a.pdf", "b.tiff", "c.mp4", "d.docx"))
    site.post("2012-03-01-a.md", f"{images}\n")
    found = [(d.span.column, d.problem) for d in site.check().diagnostics]
    assert found == [
        (6, "a PDF is not a picture: readers see a broken one"),
        (27, "most browsers do not show TIFF"),
        (49, "a MP4 is not a picture: readers see a broken one"),
        (70, "a DOCX is not a picture: readers see a broken one"),
        (1, "an office document is not shown: only names that end in .md are read"),
    ]


@pytest.mark.slow
def test_snippets_are_found_from_the_configuration_and_missed_at_their_place(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    (site.folder / "parts").mkdir()
    (site.folder / "parts/a.md").write_text('SHARED\n\n--8<-- "gone.md"\n')
    (site.folder / "parts/b.md").write_text("SHARED TEXT\n")
    post = (
        'Text.\n\n--8<-- "b.md"\n\n;--8<-- "not.md"\n\n  --8<-- "none.md"\n\n--8<--\nb.md\nnor.md\n--8<--\n'
    )
    site.post("2012-03-01-a.md", post)
    for strict in (False, True):
        options = {"pymdownx.snippets": {"base_path": ["parts"], "check_paths": strict}}
        site.configure(markdown_extensions=[options])
        found = [(d.span.line, d.span.column, d.problem, d.severity.name) for d in site.check().diagnostics]
        word = "ERROR" if strict else "WARNING"
        assert found == [
            (12, 11, "there is no snippet `none.md`", word),
            (16, 1, "there is no snippet `nor.md`", word),
        ]
    site.post("2012-03-01-a.md", 'Text.\n\n--8<-- "a.md"\n')
    (within,) = site.check().diagnostics
    assert within.problem.startswith("a snippet includes another one that does not exist")
    site.post("2012-03-01-a.md", 'Text.\n\n--8<-- "b.md"\n')
    site.build()
    assert "SHARED TEXT" in site.read("2012/03/a.html")


def test_furniture_of_pages_is_left_out() -> None:
    html = (
        '<h2 id="a">A<a class="headerlink" href="#a" title="Link">¶</a></h2>'
        '<table><tr><td class="linenos"><pre><a href="#__codelineno-0-1">1</a></pre></td><td>x</td></tr>'
        "</table>"
        '<pre><a id="__codelineno-0-1" name="l"></a>y</pre>'
        '<button class="md-clipboard" title="Copy">c</button><button>Keep</button><a href="b">b</a>'
    )
    assert without_furniture(html) == (
        '<h2 id="a">A</h2><table><tr><td>x</td></tr></table><pre>y</pre><button>Keep</button>'
        '<a href="b">b</a>'
    )
    sized = '<svg width="4"></svg>'
    assert for_readers_of_feeds(f"<svg viewBox></svg>{sized}") == (
        f'<svg width="20" height="20" viewBox></svg>{sized}'
    )


def test_marks_of_headings_stay_on_pages(site: Site) -> None:
    site.configure(markdown_extensions=[{"toc": {"permalink": True}}])
    site.post("2012-03-01-a.md", "Before.\n\n## What changes\n\nText.\n\n<!-- more -->\n\nMore.\n")
    site.build()
    assert "¶" in site.read("2012/03/a.html")
    for path in ("feed.xml", "atom.xml", "feed.json", "blog/index.html"):
        assert "¶" not in site.read(path)
    assert not [path for path, data in site.tree().items() if "search/" in path and "¶".encode() in data]


def test_live_addresses_are_those_of_documents() -> None:
    url = "https://desk.example/base/"
    paths = ("2012/03/a.html", "help/a%20b/", "category/fees/", "2012/03/", "blog/page/2/", "")
    sitemap = "".join(f"<loc>http://desk.example/base/{path}</loc>" for path in paths).encode()
    read: Callable[[str], bytes | None] = {"sitemap.xml": sitemap}.get
    lists = {
        "post": "{year}/{month}/{slug}.html",
        "month": "{year}/{month}/",
        "blog": "blog/",
        "category": "category/{slug}/",
    }
    assert live_addresses(read, url, lists) == ["2012/03/a.html", "help/a b/"]
    assert live_addresses(lambda path: None, url, lists) == []


@pytest.mark.parametrize(
    ("url", "wanted"),
    [("https://desk.example/", True), ("http://localhost:8000/", True), ("https://desk.com/", False)],
)
def test_a_placeholder_is_known(url: str, wanted: bool) -> None:
    assert is_placeholder(url) is wanted


def test_where_other_plug_ins_read_texts_their_signs_are_no_slips(site: Site) -> None:
    from deskpress.build.request import Request
    from deskpress.build.rules import dialect_of
    from deskpress.host.load import load

    site.post("2012-03-01-a.md", '{% include "part.md" %}\n')
    assert len(site.problems()) == 1
    config = load(Request(site.folder / "mkdocs.yml")).project.config
    assert not dialect_of(config).has_like("macro")
    assert dialect_of(replace(config, full_build="the plug-in macros")).has_like("macro")


def test_several_authors_in_one_text_are_told_as_a_list(site: Site) -> None:
    site.configure()
    site.write("posts/.authors.yml", "authors:\n  jo:\n    name: Jo\n  max:\n    name: Max\n")
    site.post("2012-03-01-a.md", authors="jo, max")
    (told,) = [one for one in site.check().diagnostics if "authors.yml" in one.problem]
    assert told.hint == "for 2 write `authors: [jo, max]`"
