"""The search in the browser and at the prompt: two short modules that find the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from deskpress.app.check import check
from deskpress.app.judged import index_of
from deskpress.build.request import Request
from deskpress.render.query import Index
from deskpress.render.spelling import edits
from deskpress.source import terms
from deskpress.source.terms import spellings, stemmer, words
from tests.conftest import AS_OF, REPOSITORY, Site
from tests.tools.conftest import TOOLS, Call

SEARCH = TOOLS.parent / "search"
QUERIES = [entry["query"] for entry in yaml.safe_load((REPOSITORY / "content/search.yml").read_text())]
ODD = [
    "", " ", "the", "the of", "e", "x" * 100_000, "<script>alert(1)</script>", "--", "'", "e-mail's",
    "\u05e9\u05dc\u05d5\u05dd", "\U0001f600", "注文の遅延", "ＦＵＬＬ width", "constructor", "__proto__",
    "met", "metr ", "On-Time", "spoof OR phishing", "\u202emoc.nozama", "tale of two", "CAFÉ café", "0123 24",
]  # fmt: skip


@pytest.fixture(scope="module")
def index(first_site: Path) -> Index:
    request = Request(first_site.parent / "mkdocs.yml", as_of=AS_OF)
    return index_of(check(request).records[""])


def found_by_browser(node: Call, site: Path, query: str) -> list[tuple[str, float, int]]:
    """Addresses with their scores and the passages that answer best."""
    return [tuple(hit) for hit in node(HELPER, "find", str(site), query)]


HELPER = Path(__file__).with_name("search.mjs")


def found_by_python(index: Index, hrefs: dict[str, str], query: str) -> list[tuple[str, float, int]]:
    return [
        (hrefs.get(hit.path, hit.path.removeprefix("/")), hit.score, hit.passage)
        for hit in index.search(query)
    ]


@pytest.fixture(scope="module")
def hrefs(first_site: Path) -> dict[str, str]:
    request = Request(first_site.parent / "mkdocs.yml", as_of=AS_OF)
    return dict(check(request).linker.of_source)


@pytest.mark.parametrize("query", [*QUERIES, *ODD], ids=lambda query: query[:20])
def test_browser_and_prompt_find_the_same(
    node: Call, first_site: Path, index: Index, hrefs: dict[str, str], query: str
) -> None:
    assert found_by_browser(node, first_site, query) == found_by_python(index, hrefs, query)


def test_what_is_boosted_comes_sooner_in_both(node: Call, site: Site) -> None:
    site.post("2012-03-05-a.md", "Parcels and parcels, parcels.", title="Parcels")
    site.post("2012-03-06-b.md", "A parcel.", title="Other parcels", slug="b")

    def found() -> list[str]:
        site.build()
        hits = index_of(site.check().records[""]).search("parcel")
        return [hit.path.rpartition("/")[2] for hit in hits]

    assert found() == ["2012-03-05-a.md", "2012-03-06-b.md"]
    site.post("2012-03-06-b.md", "A parcel.", title="Other parcels", slug="b", search={"boost": 8})
    assert found() == ["2012-03-06-b.md", "2012-03-05-a.md"]
    hrefs = [href for href, *_ in found_by_browser(node, site.output, "parcel")]
    assert hrefs == ["2012/03/b.html", "2012/03/parcels.html"]
    site.post("2012-03-06-b.md", "A parcel.", title="Other parcels", slug="b", search={"exclude": True})
    assert found() == ["2012-03-05-a.md"]


def test_both_look_for_as_many_synonyms(node: Call, site: Site) -> None:
    groups = [["fee", *(f"aa{n}" for n in range(60))], ["fees", *(f"bb{n}" for n in range(60))]]
    site.write("synonyms.yml", "".join(f"- [{', '.join(group)}]\n" for group in groups))
    for number, word in enumerate(("aa5", "bb5", "bb55", "fee")):
        site.post(f"2012-03-0{number + 1}-p.md", f"On {word}.\n", title=f"P{number}", slug=word)
    site.build()
    prepared = site.check()
    found = found_by_python(index_of(prepared.records[""]), dict(prepared.linker.of_source), "fee")
    posts = [href.rpartition("/")[2] for href, *_ in found if href.endswith(".html")]
    assert posts == ["fee.html", "bb5.html", "aa5.html"]
    assert found_by_browser(node, site.output, "fee") == found


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Index, dict[str, str]]:
    """Topics whose words are common, and one that a question is about."""
    site = Site(tmp_path_factory.mktemp("sentences"))
    site.configure()
    for number in range(12):
        site.write(
            f"help/n{number}.md", f"# Fees and parcels {number}\n\n{'You get a parcel, and use it. ' * 9}\n"
        )
    site.write("help/memory.md", "# What to do when memory runs out\n\nAsk for more.\n")
    site.write("help/pass.md", "# A pass\n\nFor the warehouse.\n")
    site.write("help/passports.md", "# Passports\n\nPassports, passports. Passports.\n")
    site.write("help/login.md", "# Login\n\nYour name and password.\n")
    site.write("help/colour.md", "# Colours\n\nOrganised by name.\n")
    site.write("help/rate.md", "# Delivery rate\n\nIt counts.\n")
    site.write(
        "help/rates.md", "# The rate of things after their delivery\n\nThe rate, delivery, the rate.\n"
    )
    site.post("2012-01-01-a.md", "Text.\n")
    site.build()
    prepared = site.check()
    return site, index_of(prepared.records[""]), dict(prepared.linker.of_source)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("how can I get my memory to work", "help/memory.md"),
        ("pass", "help/pass.md"),
        ("log in", "help/login.md"),
        ("organize colors", "help/colour.md"),
        ("delivery rate", "help/rate.md"),
        ("rss", "/subscribe/"),
        ("atom feed", "/subscribe/"),
        ("newsletter", "/subscribe/"),
        ("archive", "/archive/"),
        ("parcels 305-1234567-7654321 fees 7", "help/n7.md"),
    ],
)
def test_questions_as_people_type_them(
    node: Call, sentences: tuple[Site, Index, dict[str, str]], query: str, first: str
) -> None:
    site, index, hrefs = sentences
    assert index.search(query)[0].path == first
    assert found_by_browser(node, site.output, query) == found_by_python(index, hrefs, query)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Index, dict[str, str]]:
    """A site with a shard of many buckets, only one post of which is about deliveries."""
    site = Site(tmp_path_factory.mktemp("large"))
    for number in range(60):
        text = "Delivery of dials, devils and erasers.\n" if number == 7 else "Nothing.\n"
        site.post(f"2012-01-01-n{number}.md", text, title=f"Number {number}")
    site.build()
    prepared = site.check()
    return site, index_of(prepared.records[""]), dict(prepared.linker.of_source)


@settings(max_examples=60)
@given(st.text(st.sampled_from("amtecslvr iop'-e"), max_size=30))
def test_so_they_do_for_words_that_nobody_planned(
    node: Call, first_site: Path, index: Index, hrefs: dict[str, str], query: str
) -> None:
    assert found_by_browser(node, first_site, query) == found_by_python(index, hrefs, query)


@settings(max_examples=200)
@given(st.text(st.characters(max_codepoint=0x9FFF, categories=["L", "M", "N", "P", "Z"]), max_size=40))
def test_both_cut_text_into_the_same_terms(node: Call, text: str) -> None:
    stem = stemmer("en")
    expected = [spellings(word, stem) for word in words(text)]
    assert node(HELPER, "cut", text) == expected


@pytest.mark.parametrize("language", ["da", "de", "en", "es", "fi", "fr", "it", "nl", "no", "pt", "sv"])
def test_both_stem_alike_in_every_language(node: Call, language: str) -> None:
    text = " ".join(path.read_text() for path in (REPOSITORY / "content").rglob("*.md"))
    some = sorted({word for word in words(text) if word.isalpha()})
    stem = stemmer(language)
    assert node(HELPER, "stems", language, some) == [stem(word) for word in some]


@pytest.mark.parametrize("name", ["danish", "dutch", "english", "finnish", "french", "german", "spanish"])
def test_stems_are_the_same_in_c_and_without(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    text = " ".join(path.read_text() for path in (REPOSITORY / "content").rglob("*.md"))
    some = sorted({word for word in words(text) if word.isalpha()})
    found = list(map(terms._snowball(name), some))
    monkeypatch.setattr(terms, "RELEASE", "none")
    assert list(map(terms._snowball(name), some)) == found


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("phise", "phish", 1), ("mertic", "metric", 1), ("abcd", "abcd", 0), ("abcd", "wxyz", 2), ("", "a", 1)],
)
def test_typos_are_counted_as_people_make_them(one: str, other: str, distance: int) -> None:
    assert edits(one, other, 1) == distance


def test_the_judged_queries_find_their_page_first(first_site: Path) -> None:
    request = Request(first_site.parent / "mkdocs.yml", as_of=AS_OF)
    found: list[Any] = [d for d in check(request).diagnostics if d.kind == "search"]
    assert found == []


@pytest.mark.parametrize(("name", "first", "three"), [("found-on", 54, 59), ("unseen", 38, 47)])
def test_readers_questions_are_answered_no_worse_than_before(
    index: Index, name: str, first: int, three: int
) -> None:
    places = []
    for entry in yaml.safe_load((REPOSITORY / f"bench/search/{name}.yml").read_text()):
        paths = [hit.path for hit in index.search(entry["query"])]
        places.append(paths.index(entry["page"]) if entry["page"] in paths else len(paths))
    assert sum(place == 0 for place in places) >= first
    assert sum(place < 3 for place in places) >= three


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dleivery", 1),
        ("edlivery", 1),
        ("ddelivery", 1),
        ("deelivery", 1),
        ("dleivery rates", 1),
        ("dleivery ", 1),
        ("zelivery", 0),
        ("elivery", 0),
        ("del", 1),
    ],
)
def test_a_slip_in_the_first_letters_is_put_right_in_a_large_shard(
    node: Call, large: tuple[Site, Index, dict[str, str]], query: str, found: int
) -> None:
    site, index, hrefs = large
    hits = found_by_python(index, hrefs, query)
    assert len(hits) == found
    assert found_by_browser(node, site.output, query) == hits


@settings(max_examples=40)
@given(st.lists(st.text("delivryas", max_size=9), max_size=3).map(" ".join))
def test_so_both_do_for_slips_that_nobody_planned(
    node: Call, large: tuple[Site, Index, dict[str, str]], query: str
) -> None:
    site, index, hrefs = large
    assert found_by_browser(node, site.output, query) == found_by_python(index, hrefs, query)


@pytest.mark.slow
def test_documents_far_apart_in_a_shard_are_found(node: Call, site: Site) -> None:
    for number in range(140):
        words_of_it = "rarity" if number in (0, 3, 139) else "common"
        site.post(f"2012-01-01-n{number}.md", f"Some {words_of_it} text.\n", title=f"Number {number}")
    site.build()
    prepared = site.check()
    expected = found_by_python(index_of(prepared.records[""]), dict(prepared.linker.of_source), "rarity")
    assert len(expected) == 3
    assert found_by_browser(node, site.output, "rarity") == expected
    everything = found_by_python(index_of(prepared.records[""]), dict(prepared.linker.of_source), "text")
    assert len(everything) == 140
    assert found_by_browser(node, site.output, "text") == everything


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Index, dict[str, str]]:
    """Help topics in a shard of several buckets, some with words that readers type in other ways."""
    site = Site(tmp_path_factory.mktemp("desk"))
    site.configure()
    topics = {
        "otdr": "# On-time delivery rate\n\nThe share of parcels that came in time.\n",
        "rates": "# Reports\n\nYour OTDR is there.\n",
        "sla": "# Promises\n\nEach service level agreement (SLA) has a date.\n",
        "away": "# Vacation settings\n\nTake a holiday.\n",
        "spoof": "# Spoof mails\n\nNever give away your password.\n",
        "login": "# Sign in\n\nYour name.\n",
        "lost": "# Two-factor authentication\n\nA code on your phone.\n",
        "word": f"# A page of one word\n\n{'refund ' * 10_000}\n",
        "refund": "# Refunds\n\nHow to give money back.\n",
        "emergency": "# Emergency access\n\nFor your family.\n",
        "security": "# Security\n\nStay safe.\n",
        "status": "# Known issues\n\nWhat is down now.\n",
        "dark": "# Change the theme\n\nThere are two.\n",
        "pay": "# Payments\n\nCards and others.\n",
        "answers": "# Answers\n\nTo buyers.\n",
        "rely": "# Rely on us\n\nAlways.\n",
        "lose": "# When you lose a key\n\nAsk.\n",
    }
    for name, text in topics.items():
        site.write(f"help/{name}.md", text)
    for number in range(60):
        site.write(
            f"help/n{number}.md", f"# Number {number}\n\nParcel, refund, page, code and name {number}.\n"
        )
    site.post("2012-01-01-a.md", "Text.\n")
    site.build()
    prepared = site.check()
    return site, index_of(prepared.records[""]), dict(prepared.linker.of_source)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("OTDR", "help/otdr.md"),  # initials
        ("sla", "help/sla.md"),
        ("service level agreement", "help/sla.md"),
        ("vacationsettings", "help/away.md"),  # run together
        ("spoofmail", "help/spoof.md"),
        ("secruity", "help/security.md"),  # a slip that changes the stem
        ("holidy", "help/away.md"),  # a slip before an ending that is none
        ("zmergency access", "help/emergency.md"),  # a slip in the first letter
        ("mergency", "help/emergency.md"),
        ("phishing", "help/spoof.md"),  # what is shipped
        ("2fa", "help/lost.md"),
        ("log in", "help/login.md"),
        ("how can I log on please", "help/login.md"),
        ("holiday", "help/away.md"),
        ("dark mode", "help/dark.md"),
        ("refund", "help/refund.md"),  # and not the page that repeats it
        ("refunds 305-1234567-7654321", "help/refund.md"),
        ("known issues", "help/status.md"),
        ("archive", "/archive/"),
        ("unsubscribe from the newsletter", "/subscribe/"),
        ("billing", "help/pay.md"),
        ("reply", "help/answers.md"),  # a word of its own, and no slip of `rely`
        ("i lost keys", "help/lose.md"),  # a form without a rule
        ("why isn't the theme what I'd like", "help/dark.md"),
    ],
)
def test_what_readers_type_is_understood(
    node: Call, desk: tuple[Site, Index, dict[str, str]], query: str, first: str
) -> None:
    site, index, hrefs = desk
    found = index.search(query)
    assert found
    assert found[0].path == first
    assert found_by_browser(node, site.output, query) == found_by_python(index, hrefs, query)


def test_an_acronym_that_a_text_defines_finds_what_it_stands_for(
    desk: tuple[Site, Index, dict[str, str]],
) -> None:
    _, index, _ = desk
    (slot,) = index.understood("SLA ").slots
    assert ("servic", "level", "agreement") in [one.terms for one in slot.alternatives]
    (slot,) = index.understood("service level agreement ").slots
    assert ("sla",) in [one.terms for one in slot.alternatives]


def test_the_passage_that_answers_is_found_and_words_that_are_near_each_other_count_more(
    node: Call, site: Site
) -> None:
    filler = "Nothing is said in here that anybody would look for today. " * 5
    near, far = "Change the printer margin.", ("Change it.", "The printer.", "A margin.")
    site.configure()
    site.write(
        "help/far.md", f"# One\n\n{filler}\n\n" + "".join(f"## A part\n\n{one} {filler}\n\n" for one in far)
    )
    site.write("help/near.md", f"# Two\n\n{filler}\n\n## A part\n\n{filler}\n\n## Paper\n\n{near} {filler}\n")
    site.write("help/long.md", "# Three\n\n" + "".join(f"## Part {n}\n\n{filler}\n\n" for n in range(30)))
    site.build()
    prepared = site.check()
    index = index_of(prepared.records[""])
    hits = {hit.path: hit for hit in index.search("change printer margin ")}
    assert [*hits][:2] == ["help/near.md", "help/far.md"]
    sections = hits["help/near.md"].shown.sections
    assert sections[hits["help/near.md"].passage].text.startswith("Change the printer margin.")
    long = next(hit for hit in index.search("today") if hit.path == "help/long.md")
    assert 6 < len(long.shown.sections) <= 12
    for query in ("change printer margin ", "part 29 ", "today"):
        expected = found_by_python(index, dict(prepared.linker.of_source), query)
        assert found_by_browser(node, site.output, query) == expected


def test_what_is_drawn_together_is_left_out_of_a_question(desk: tuple[Site, Index, dict[str, str]]) -> None:
    _, index, _ = desk
    for query in ("it isn't what I'm after, they've said", "it isn’t what I’m after, they’ve said"):
        assert [slot.typed for slot in index.understood(query).slots] == ["after", "said"]
    assert [slot.typed for slot in index.understood("ill, and my id").slots] == ["ill", "id"]


@pytest.mark.parametrize(
    ("query", "words"),
    [("vacaxqin", ["vacation"]), ("emregnxy", ["emergency"]), ("qqqqqqq", []), ("", []), ("vacation", [])],
)
def test_both_suggest_the_same_words(
    node: Call, desk: tuple[Site, Index, dict[str, str]], query: str, words: list[str]
) -> None:
    site, index, _ = desk
    assert index.suggestions(query) == words
    assert node(HELPER, "suggestions", str(site.output), query) == words


@settings(max_examples=60)
@given(st.lists(st.text("aceflmnorstuy-", max_size=12), max_size=4).map(" ".join))
def test_so_both_do_for_help_that_nobody_planned(
    node: Call, desk: tuple[Site, Index, dict[str, str]], query: str
) -> None:
    site, index, hrefs = desk
    assert found_by_browser(node, site.output, query) == found_by_python(index, hrefs, query)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("de", "# Paketverfolgung\n\nWo es ist.\n", "wie kann ich mein Paket finden"),
        ("de", "# Verfolgung von Paketen\n\nWo sie sind.\n", "Paketverfolgung"),
        ("de", "# Bestellungsstatus\n\nWie weit sie ist.\n", "status meiner Bestellung"),
        ("de", "# Kennwort ändern\n\nSo geht es.\n", "Passwort vergessen"),
        ("es", "# Vacaciones\n\nCerrar la tienda.\n", "¿cómo pongo mi ausencia?"),
        ("fr", "# Mot de passe\n\nLe changer.\n", "j'ai oublié mon code secret"),
        ("fr", "# Adresse de livraison\n\nLa changer.\n", "changer l'adresse"),
        ("fr", "# L’adresse\n\nLa changer.\n", "adresse"),
        ("fr", "# Remboursement\n\nEn six jours.\n", "comment récupérer mon argent"),
        ("de", "# Erstattung\n\nIn sechs Tagen.\n", "wann bekomme ich mein Geld zurück"),
        ("es", "# Reembolso\n\nEn seis días.\n", "quiero recuperar el dinero"),
        ("ar", "# كلمة المرور\n\nكيف تغيرها.\n", "نسيت كلمة السر"),
        ("ar", "# الشحنات المتأخرة\n\nماذا تفعل.\n", "شحنة"),
        ("ja", "# 注文の遅延\n\n荷物が届かない場合。\n", "遅延した注文"),
        ("zh", "# 订单延迟\n\n包裹没有到。\n", "我的订单为什么延迟"),
    ],
)
def test_languages_are_understood(node: Call, site: Site, language: str, text: str, query: str) -> None:
    site.configure(theme={"name": "material", "language": language})
    site.write("help/a.md", text)
    for number in range(5):
        site.write(f"help/n{number}.md", f"# Number {number}\n\nText {number}.\n")
    site.build()
    prepared = site.check()
    index = index_of(prepared.records[""])
    assert index.search(query)[0].path == "help/a.md"
    expected = found_by_python(index, dict(prepared.linker.of_source), query)
    assert found_by_browser(node, site.output, query) == expected


def test_synonyms_that_make_everything_equal_leave_the_word_itself_first(node: Call, site: Site) -> None:
    site.write("synonyms.yml", "- [fee, parcel, refund, number, text, page]\n")
    for word in ("fee", "parcel", "refund"):
        site.write(f"help/{word}.md", f"# On {word}s\n\nA text.\n")
    site.build()
    prepared = site.check()
    index = index_of(prepared.records[""])
    for word in ("fee", "parcel", "refund"):
        assert index.search(word)[0].path == f"help/{word}.md"
        expected = found_by_python(index, dict(prepared.linker.of_source), word)
        assert found_by_browser(node, site.output, word) == expected


def test_what_is_shipped_is_looked_for_in_the_help_alone_where_posts_are_many(
    node: Call, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskpress.plan.search.SPAN", 5)
    for number in range(20):
        word = "phishing" if number == 3 else "spoofs" if number == 7 else "nothing"
        site.post(
            f"2012-01-{number + 1:02}-p.md", f"On {word}.\n", title=f"Number {number}", slug=f"p{number}"
        )
    site.write("help/scam.md", "# Scam\n\nA text.\n")
    site.build()
    prepared = site.check()
    index = index_of(prepared.records[""])
    found = found_by_python(index, dict(prepared.linker.of_source), "phishing ")
    assert {href for href, *_ in found} == {"help/scam/", "2012/01/p3.html"}
    assert found_by_browser(node, site.output, "phishing ") == found
    for query in ("phising", "spoof", "scams number", "phishingspoofs", "number 7", "7 number", "on 7"):
        expected = found_by_python(index, dict(prepared.linker.of_source), query)
        assert found_by_browser(node, site.output, query) == expected
