"""A site in several languages: addresses, lists, feeds, links between them, the words of the interface."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from deskpress.cli.main import main
from deskpress.model.diagnostic import ContentError
from deskpress.model.words import Words
from deskpress.source.catalogs import read_catalog
from tests.conftest import Site

GERMAN = {"de": {"name": "Pult", "nav": [{"Start": "/de/"}, {"Zahlen": "help/metrics.md"}]}}


@pytest.fixture
def bilingual(site: Site) -> Site:
    site.configure(options={"languages": GERMAN, "widgets": [{"delivery-rate": "help/metrics.md"}]})
    site.post("2012-03-01-one.md", "See [numbers](../help/metrics.md).\n", topics=["metrics"])
    site.post("2012-03-02-two.md", "Only in English.\n")
    site.write("help/metrics.md", "# Metrics\n\nParcels.\n")
    site.write(
        "de/posts/2012-03-01-one.md",
        "---\ntitle: Eins\ndate: 2012-03-01\ncategories: [Neues]\ntopics: [metrics]\n---\n\n"
        "Siehe [Zahlen](../help/metrics.md) und [das Original](../../posts/2012-03-01-one.md).\n",
    )
    site.write("de/help/metrics.md", "# Zahlen\n\nPakete, Häuser.\n")
    return site


def attributes(site: Site, path: str, selector: str, name: str) -> list[str]:
    return [node.attributes[name] or "" for node in LexborHTMLParser(site.read(path)).css(selector)]


def text(site: Site, path: str, selector: str) -> str:
    node = LexborHTMLParser(site.read(path)).css_first(selector)
    assert node is not None
    return " ".join(node.text().split())


def test_a_translation_lies_below_its_language_with_lists_of_its_own(bilingual: Site) -> None:
    bilingual.build()
    assert text(bilingual, "de/2012/03/index.html", "h1") == "1 Beitrag aus dem März 2012"
    assert text(bilingual, "2012/03/index.html", "h1") == "2 posts from March 2012"
    assert "Eins" in bilingual.read("de/blog/index.html")
    assert "Eins" not in bilingual.read("blog/index.html")
    assert "Two" not in bilingual.read("de/archive/index.html")
    assert text(bilingual, "de/help/metrics/index.html", ".dp-related h2") == "Beiträge dazu"
    assert (bilingual.output / "de/category/neues/index.html").is_file()
    assert not (bilingual.output / "de/404.html").exists()


def test_each_language_has_its_own_feeds(bilingual: Site) -> None:
    bilingual.build()
    feed = feedparser.parse(bilingual.read("de/feed.xml"))
    assert (feed.feed.title, feed.feed.language) == ("Pult", "de")
    assert [entry.title for entry in feed.entries] == ["Eins"]
    assert feed.entries[0].link == "https://desk.example/de/2012/03/eins.html"
    assert {e.title for e in feedparser.parse(bilingual.read("feed.xml")).entries} == {"One", "Two"}
    own = "link[type='application/atom+xml']"
    assert attributes(bilingual, "de/2012/03/eins.html", own, "href") == ["../../../de/atom.xml"]


def test_links_lead_within_a_language_and_across(bilingual: Site) -> None:
    assert bilingual.problems() == []
    bilingual.build()
    assert attributes(bilingual, "de/2012/03/eins.html", ".dp-body a", "href") == [
        "../../../de/help/metrics/",
        "../../../2012/03/one.html",
    ]


def test_the_navigation_and_front_matter_find_their_own_language_first(bilingual: Site) -> None:
    german = {"nav": [{"Zahlen": "help/metrics.md"}, {"Nur englisch": "help/only.md"}]}
    bilingual.configure(options={"languages": {"de": german}}, nav=[{"Deutsch": "de/help/metrics.md"}])
    bilingual.write("help/only.md", "# Only\n")
    bilingual.write(
        "de/posts/2012-03-03-drei.md",
        "---\ntitle: Drei\ndate: 2012-03-03\nlinks:\n  - help/metrics.md\n  - help/only.md\n---\n\nText.\n",
    )
    assert bilingual.problems() == []
    bilingual.build()
    assert attributes(bilingual, "index.html", ".dp-topnav a", "href") == ["./de/help/metrics/"]
    assert attributes(bilingual, "de/index.html", ".dp-topnav a", "href") == [
        "../de/help/metrics/",
        "../help/only/",
    ]
    assert attributes(bilingual, "de/2012/03/drei.html", ".dp-related a", "href") == [
        "../../../de/help/metrics/",
        "../../../help/only/",
    ]


@pytest.mark.parametrize(
    ("language", "name"), [("de", "Deutsch"), ("fr", "Français"), ("ka", "ქართული"), ("sh", "sh")]
)
def test_a_language_is_listed_under_its_own_name(site: Site, language: str, name: str) -> None:
    site.configure(options={"languages": [language]})
    site.build()
    assert text(site, "index.html", f".dp-languages a[lang={language}]") == name


def test_pages_name_their_translations_and_only_those(bilingual: Site) -> None:
    bilingual.build()
    hreflang = "link[hreflang]"
    for path in ("help/metrics/index.html", "de/help/metrics/index.html"):
        assert attributes(bilingual, path, hreflang, "href") == [
            "https://desk.example/help/metrics/",
            "https://desk.example/de/help/metrics/",
        ]
    assert attributes(bilingual, "2012/03/one.html", hreflang, "hreflang") == ["en", "de"]
    assert attributes(bilingual, "2012/03/two.html", hreflang, "href") == []
    assert attributes(bilingual, "404.html", hreflang, "href") == []


def test_the_switch_stays_on_the_page_or_leads_home(bilingual: Site) -> None:
    bilingual.build()
    switch = ".dp-languages a"
    assert attributes(bilingual, "2012/03/one.html", switch, "href") == [
        "../../2012/03/one.html",
        "../../de/2012/03/eins.html",
    ]
    assert attributes(bilingual, "2012/03/two.html", switch, "href")[1] == "../../de/"
    assert attributes(bilingual, "de/2012/03/eins.html", switch, "lang") == ["en", "de"]
    assert text(bilingual, "2012/03/one.html", ".dp-languages a[lang=de]") == "Deutsch"
    assert text(bilingual, "de/index.html", ".dp-languages a[aria-current]") == "Deutsch"


def test_the_interface_speaks_the_language(bilingual: Site) -> None:
    bilingual.build()
    page = LexborHTMLParser(bilingual.read("de/2012/03/eins.html"))
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == "de"
    assert text(bilingual, "de/2012/03/eins.html", ".dp-brand") == "Pult"
    assert [node.text() for node in page.css(".dp-topnav a")] == ["Start", "Zahlen"]
    assert attributes(bilingual, "de/2012/03/eins.html", ".dp-topnav a", "href") == [
        "../../../de/",
        "../../../de/help/metrics/",
    ]
    assert text(bilingual, "de/2012/03/eins.html", "time") == "1. März 2012"
    assert (
        text(bilingual, "de/index.html", "#dp\\:widgets + .dp-widgets a")
        == "Mehr: Quote pünktlicher Lieferungen"
    )
    said = json.loads(bilingual.read("de/words.json"))
    assert said["texts"]["More results"] == "Weitere Ergebnisse"
    assert set(said["forms"]["%(number)s result."]) == {"one", "other"}
    assert "Subscribe" not in said["texts"]
    assert attributes(bilingual, "de/index.html", "meta[name='dp:words']", "content") == ["../de/words.json"]
    assert attributes(bilingual, "index.html", "meta[name='dp:words']", "content") == []


def test_a_language_without_the_page_of_a_tool_has_not_the_tool_on_its_home_page(site: Site) -> None:
    site.configure(options={"languages": ["de"], "widgets": [{"delivery-rate": "help/metrics.md"}]})
    site.write("help/metrics.md", "# Metrics\n")
    site.write("de/help/other.md", "# Anderes\n")
    site.build()
    assert "<delivery-rate" in site.read("index.html")
    assert "<delivery-rate" not in site.read("de/index.html")


def test_tools_say_their_rules_in_the_language_of_the_page(site: Site) -> None:
    site.configure(options={"languages": ["de"]})
    site.write(
        "de/help/a.md", "# A\n\n<delivery-rate></delivery-rate>\n\n<spoof-checklist></spoof-checklist>\n"
    )
    site.build()
    page = site.read("de/help/a/index.html")
    assert "12. März 2012" in page
    assert "97&nbsp;%" in page
    assert "Who sent it?" not in page


def test_what_extensions_say_is_said_in_the_language_of_the_page(site: Site) -> None:
    site.configure(
        options={"languages": ["de"]},
        markdown_extensions=["footnotes", "admonition", "pymdownx.details"],
    )
    body = (
        '!!! note\n    A.\n\n!!! tip "Mine"\n    B.\n\n??? warning\n    C.\n\n!!! note "Tip"\n    F.\n\n'
        "<details><summary>Bug</summary>G.</details>\n\nD.[^1]\n\n[^1]: E.\n"
    )
    site.write("help/a.md", f"# A\n\n{body}")
    site.write("de/help/a.md", f"# A\n\n{body}")
    site.build()
    titles = ".admonition-title, summary:not(.md-icon)"
    english, german = (
        [node.text().strip() for node in LexborHTMLParser(site.read(path)).css(titles)]
        for path in ("help/a/index.html", "de/help/a/index.html")
    )
    assert english == ["Note", "Mine", "Warning", "Tip", "Bug"]
    assert german == ["Hinweis", "Mine", "Warnung", "Tip", "Bug"]
    assert "Jump back" not in site.read("de/help/a/index.html")
    assert "Jump back to footnote 1 in the text" in site.read("help/a/index.html")


@pytest.mark.slow
def test_each_language_is_searched_by_itself(bilingual: Site) -> None:
    bilingual.write("de/synonyms.yml", "- [Sendung, Paket]\n")
    bilingual.write("de/search.yml", "- {query: Sendung, page: help/metrics.md}\n")
    bilingual.build()
    assert json.loads(bilingual.read("de/search/index.json"))["language"] == "de"
    assert attributes(bilingual, "de/index.html", "form[data-search]", "action") == ["../de/search/"] * 2
    assert bilingual.problems() == []
    config = ["-f", str(bilingual.folder / "mkdocs.yml"), "-q", "--as-of", "2012-06-01"]
    found = CliRunner().invoke(main, ["search", "Haus", "--language", "de", *config])
    assert found.stdout.startswith("/de/help/metrics/  Zahlen")
    assert CliRunner().invoke(main, ["search", "Haus", *config]).stdout == ""
    wrong = CliRunner().invoke(main, ["search", "Haus", "--language", "fr", *config])
    assert wrong.exit_code == 1
    assert "it has en, de" in wrong.stderr


def test_one_site_map_lists_all_languages(bilingual: Site) -> None:
    bilingual.build()
    addresses = [node.text() for node in LexborHTMLParser(bilingual.read("sitemap.xml")).css("loc")]
    assert {
        "https://desk.example/",
        "https://desk.example/de/",
        "https://desk.example/de/help/metrics/",
    } <= set(addresses)
    assert len(addresses) == len(set(addresses))


def test_a_post_and_its_translation_want_ids_of_their_own(bilingual: Site) -> None:
    for path in ("posts/2012-03-05-x.md", "de/posts/2012-03-05-x.md"):
        bilingual.write(path, "---\ntitle: X\ndate: 2012-03-05\nid: x\n---\nText.\n")
    (problem,) = bilingual.problems()
    assert "have the same id in feeds" in problem


@pytest.mark.slow
def test_an_edit_of_a_translation_renders_its_own_language_only(bilingual: Site) -> None:
    bilingual.build()
    bilingual.write("de/help/metrics.md", "# Zahlen\n\nPakete, andere Häuser.\n")
    rendered = bilingual.build().reasons
    assert rendered
    assert all(path.startswith("de/") for path in rendered)


@pytest.mark.slow
def test_a_new_translation_is_named_by_its_original(bilingual: Site) -> None:
    bilingual.build()
    bilingual.write(
        "de/posts/2012-03-02-two.md", "---\ntitle: Zwei\ndate: 2012-03-02\n---\n\nJetzt auch so.\n"
    )
    assert "2012/03/two.html" in bilingual.build().reasons
    assert attributes(bilingual, "2012/03/two.html", "link[hreflang]", "hreflang") == ["en", "de"]


@pytest.mark.slow
def test_a_language_that_goes_takes_its_pages_along(bilingual: Site, tmp_path: Path) -> None:
    bilingual.write("de/notices/x.md", "---\ntitle: Wartung\nstart: 2012-05-01\n---\n\nText.\n")
    bilingual.build()
    bilingual.configure(options={"languages": []})
    bilingual.build()
    tree = bilingual.tree()
    assert "de/2012/03/index.html" not in tree
    shutil.rmtree(bilingual.folder / ".cache")
    bilingual.build(site_dir=tmp_path / "clean", jobs=1)
    assert bilingual.tree(tmp_path / "clean") == tree


@pytest.mark.slow
def test_incremental_and_mkdocs_equal_clean(bilingual: Site, tmp_path: Path) -> None:
    bilingual.build()
    bilingual.write("de/posts/2012-04-02-neu.md", "---\ntitle: Neu\ndate: 2012-04-02\n---\n\nNeu.\n")
    bilingual.build()
    tree = bilingual.tree()
    shutil.rmtree(bilingual.folder / ".cache")
    bilingual.build(site_dir=tmp_path / "clean", jobs=1)
    assert bilingual.tree(tmp_path / "clean") == tree


@pytest.mark.parametrize(
    ("languages", "problem"),
    [
        (["xx"], "Material knows no language `xx`"),
        (["en"], "`en` is the site's own language"),
        ({"de": {"nmae": "Pult"}}, "there is no `nmae`"),
        ({"de": ["x"]}, "texts of its own by name"),
        ({"de": {"name": ["Pult"]}}, "`name` is a text"),
        ({"de": {"nav": "help/metrics.md"}}, "`nav` is a list"),
        (["../de"], "Material knows no language `../de`"),
    ],
)
def test_a_wrong_language_is_told_at_its_line(site: Site, languages: object, problem: str) -> None:
    site.configure(options={"languages": languages})
    with pytest.raises(ContentError) as caught:
        site.build()
    (found,) = caught.value.diagnostics
    assert problem in found.problem
    assert found.span.line > 1


def test_a_language_without_words_stays_english_and_says_so(site: Site) -> None:
    site.configure(options={"languages": ["lv"]})
    site.write("lv/help/a.md", "# A\n")
    (problem,) = site.problems()
    assert "the interface has no translation to `lv`" in problem
    site.build()
    assert "On this page" not in site.read("lv/help/a/index.html")
    assert "Help" in site.read("lv/help/index.html")


def test_a_site_may_have_words_of_its_own(site: Site) -> None:
    (site.folder / "over/locales").mkdir(parents=True)
    site.configure(options={"languages": ["de"]}, theme={"name": "material", "custom_dir": "over"})
    site.post("2012-03-01-one.md")
    site.write("de/posts/2012-03-01-one.md", "---\ntitle: Eins\ndate: 2012-03-01\n---\n\nText.\n")
    site.build()
    catalog = site.folder / "over/locales/de.po"
    catalog.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Main"\nmsgstr "Zum <Pult> & mehr"\n'
    )
    result = site.build()
    assert "de/2012/03/eins.html" in result.reasons
    assert "Zum &lt;Pult&gt; &amp; mehr" in site.read("de/2012/03/eins.html")
    assert "1 Beitrag aus" in site.read("de/2012/03/index.html")
    catalog.write_text("this is no catalog\n")
    with pytest.raises(ContentError):
        site.build()


def test_right_to_left(site: Site) -> None:
    site.configure(options={"languages": ["ar"]})
    site.write("ar/help/a.md", "# مساعدة\n\nنص.\n")
    site.build()
    assert attributes(site, "ar/help/a/index.html", "body", "dir") == ["rtl"]
    assert attributes(site, "index.html", "body", "dir") == ["ltr"]


@pytest.mark.slow
def test_a_site_in_another_language_speaks_it_from_the_start(site: Site) -> None:
    site.configure(theme={"name": "material", "language": "fr"}, options={"languages": ["en"]})
    site.post("2012-03-01-one.md")
    site.write("en/help/a.md", "# A\n")
    site.build()
    assert attributes(site, "index.html", "html", "lang") == ["fr"]
    assert attributes(site, "en/index.html", "html", "lang") == ["en"]
    assert "words.json" in site.tree()
    assert "en/words.json" not in site.tree()


def test_new_begins_a_translation(site: Site) -> None:
    site.configure(options={"languages": ["de"]})
    config = ["-f", str(site.folder / "mkdocs.yml")]
    done = CliRunner().invoke(main, ["new", "topic", "Zahlen", "--language", "de", *config])
    assert done.exit_code == 0, done.stderr
    assert (site.content / "de/help/zahlen.md").is_file()
    wrong = CliRunner().invoke(main, ["new", "topic", "Zahlen", "--language", "fr", *config])
    assert wrong.exit_code == 1


def test_forms_follow_the_rule_of_the_catalog() -> None:
    catalog = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"\n\n'
        '#: x.js:1\nmsgid "%(number)s post"\nmsgid_plural "%(number)s posts"\n'
        'msgstr[0] "%(number)s пост"\nmsgstr[1] "%(number)s поста"\nmsgstr[2] "%(number)s постов"\n\n'
        '#, fuzzy\nmsgid "Archive"\nmsgstr "?"\n'
    )
    words = read_catalog(catalog.encode(), "ru")
    told = [words.many("%(number)s post", "%(number)s posts", number) for number in (1, 3, 5, 21)]
    assert told == ["1 пост", "3 поста", "5 постов", "21 пост"]
    assert words("Archive") == "Archive"
    assert json.loads(words.for_scripts())["forms"]["%(number)s post"] == {
        "one": "%(number)s пост",
        "few": "%(number)s поста",
        "many": "%(number)s постов",
    }


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


@pytest.mark.parametrize(
    ("catalog", "problem"),
    [
        (b"this is no catalog\n", ""),
        (b"\xff\xfe", ""),
        (HEAD.encode() + b'"Plural-Forms: nplurals=2; plural=__import__(1);\\n"\n', "plural form"),
        (HEAD.encode() + b'"Plural-Forms: nplurals=2; plural=n/0;\\n"\n', "divides by zero"),
        (HEAD.encode() + b'"Plural-Forms: nplurals=2; plural=n-9;\\n"\n', "negative place"),
        (
            HEAD.replace("utf-8", "bogus-charset").encode() + '\nmsgid "a"\nmsgstr "ü"\n'.encode(),
            "bogus-charset",
        ),
        (HEAD.encode() + b'\nmsgid "Page %(number)s"\nmsgstr "Seite %(nummer)s"\n', "Page %(number)s"),
        (HEAD.encode() + b'\nmsgid "Page %(number)s"\nmsgstr "Seite %(number)"\n', "Page %(number)s"),
    ],
)
def test_a_catalog_that_would_fail_later_is_refused(catalog: bytes, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem) if problem else None):
        read_catalog(catalog, "de")


def test_values_are_escaped_in_html() -> None:
    assert Words().html("By %(name)s", name="<b>") == "By &lt;b&gt;"
