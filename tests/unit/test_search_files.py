"""What editors say of the search, and what `deskpress search` says to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskpress.app.judged import judge
from deskpress.cli.main import main
from deskpress.model.diagnostic import Severity
from deskpress.model.search import MAX_SYNONYMS
from deskpress.render.query import Hit, Index
from deskpress.render.understanding import Understanding
from deskpress.source.lexicon import Lexicon
from deskpress.source.terms import stemmer
from tests.conftest import AS_OF, Site


@pytest.fixture
def desk(site: Site) -> Site:
    site.write("help/vacation.md", "# Vacation settings\n\nSet your listings to inactive.\n")
    site.write("help/metrics.md", "# Metrics\n\nTwo numbers.\n")
    site.post("2012-03-12-a.md", "A post on vacation.\n", title="Going to the sea")
    return site


def run(site: Site, *arguments: str) -> tuple[int, str]:
    config = str(site.folder / "mkdocs.yml")
    done = CliRunner().invoke(main, ["search", "-f", config, "--as-of", AS_OF, *arguments])
    return done.exit_code, done.output


def test_results_begin_with_their_address_topics_first(desk: Site) -> None:
    code, said = run(desk, "vacation")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == [
        "/help/vacation/",
        "/2012/03/going-to-the-sea.html",
    ]


def test_why_tells_what_was_understood(desk: Site) -> None:
    desk.write("synonyms.yml", "- [vacation, going away]\n")
    code, said = run(desk, "going away", "--why")
    assert code == 0
    lines = said.splitlines()
    assert lines[0].startswith("going away: looked for, too: vacat (synonyms of the site)")
    assert lines[1].startswith("/help/vacation/  Vacation settings  (")
    assert lines[2] == "  vacat for going away, in the title: 100%"
    assert lines[3] == "  times 2, as it is a topic or is boosted"


def test_why_tells_in_plain_words_what_a_page_holds(desk: Site) -> None:
    _, said = run(desk, "how do I chnge the setings of my listings", "--why")
    lines = said.splitlines()
    assert lines[0] == "left out: how, do, i, the, of, my"
    assert lines[1] == "chnge: stands on no page"
    assert "setings: stands on no page; looked for, too: set (a slip put right)" in lines[2]
    found = "\n".join(lines)
    assert "set for setings, in the title" in found
    assert "lacks chnge" in found


def test_nothing_found_is_said(desk: Site) -> None:
    assert run(desk, "zzzzzz") == (1, "Nothing is found.\n")
    assert run(desk, "vaqatqin") == (1, "Nothing is found. Did you mean vacation?\n")


def test_a_judged_query_that_no_longer_finds_its_page_fails_the_check(desk: Site) -> None:
    desk.write("search.yml", "- {query: vacation, page: help/vacation.md}\n")
    assert desk.problems() == []
    desk.write(
        "search.yml", "- {query: sea, page: /help/vacation/}\n- {query: qqqq, page: help/metrics.md}\n"
    )
    assert desk.problems() == [
        "content/search.yml:1:1: `sea` finds posts/2012-03-12-a.md first, not help/vacation.md",
        "content/search.yml:2:1: `qqqq` finds nothing",
    ]
    desk.write("search.yml", "- {query: sea, page: help/gone.md}\n")
    assert desk.problems() == ["content/search.yml:1:1: `help/gone.md` is not a page of the site"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("synonyms.yml", "- [one]\n", "content/synonyms.yml:1:3: a group has at least two words"),
        ("synonyms.yml", "a: b\n", "content/synonyms.yml:1:1: the file holds no list"),
        ("synonyms.yml", "- [a, b\n", "content/synonyms.yml:2:1: the file cannot be read from here on"),
        ("search.yml", "- query: x\n", "content/search.yml:1:3: an entry has a `query` and a `page`"),
        ("search.yml", "- x\n", "content/search.yml:1:3: an entry has a `query` and a `page`"),
        ("search.yml", "!!python/object/apply:os.system ['x']\n", "content/search.yml:1:"),
    ],
)
def test_mistakes_in_the_files_are_told_at_their_place(
    desk: Site, name: str, text: str, problem: str
) -> None:
    desk.write(name, text)
    assert any(found.startswith(problem) for found in desk.problems())


@pytest.mark.slow
def test_the_files_are_not_published_and_search_can_be_turned_off(desk: Site) -> None:
    desk.write("synonyms.yml", "- [a, b]\n")
    desk.build()
    assert not (desk.output / "synonyms.yml").exists()
    assert '"synonyms":[["a","b"]]' in desk.read("search/index.json")
    desk.configure(options={"search": False})
    desk.build()
    assert not (desk.output / "search").exists()
    assert "dp-search" not in desk.read("index.html")


def test_a_page_may_stay_out_of_the_search(desk: Site) -> None:
    desk.write("help/vacation.md", "---\ntitle: Vacation settings\nhide: [search]\n---\nText.\n")
    assert run(desk, "vacation")[1].startswith("/2012/03/going-to-the-sea.html")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- [a, b]\n- [" + ", ".join(f"w{n}" for n in range(101)) + "]\n", "2:3: the group has 101 words"),
        (
            "- [a, b]\n" * 2 + "".join(f"- [a{n}, b]\n" for n in range(2000)),
            "2001:3: there are more than 2,000",
        ),
        (f"- [a, {'b' * 201}]\n", "1:3: `bbbb"),
        (
            "".join(f"- [Fee, {', '.join(f'w{g}x{n}' for n in range(40))}]\n" for g in range(3)),
            "3:3: `fee` has more than 100 synonyms in all its groups",
        ),
    ],
)
def test_synonyms_have_bounds(desk: Site, text: str, problem: str) -> None:
    desk.write("synonyms.yml", text)
    assert any(found.startswith(f"content/synonyms.yml:{problem}") for found in desk.problems())


def test_as_many_synonyms_as_are_allowed(desk: Site) -> None:
    desk.write("synonyms.yml", "- [" + ", ".join(f"w{n}" for n in range(100)) + "]\n- [Fee, charge]\n")
    assert desk.problems() == []


def test_judging_ends_with_its_time_and_says_so(desk: Site) -> None:
    desk.write("search.yml", "- {query: vacation, page: help/metrics.md}\n" * 30)
    desk.write("synonyms.yml", "- [vacation, going away]\n")
    prepared = desk.check()
    assert judge(prepared, 0) == []
    assert len(judge(prepared)) == 30
    (found,) = judge(prepared, 1e-9)
    assert found.severity is Severity.WARNING
    assert str(found).startswith("content/search.yml:1:1: warning: 30 queries were not judged")


def test_a_page_that_no_file_is_behind_is_judged_by_its_address(desk: Site) -> None:
    desk.write("search.yml", "- {query: rss, page: /subscribe/}\n")
    assert judge(desk.check()) == []
    desk.write("search.yml", "- {query: rss, page: /subscrib/}\n")
    (found,) = judge(desk.check())
    assert found.problem == "`/subscrib/` is not a page of the site"


def test_the_prompt_says_where_judged_pages_come_out(desk: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    desk.write(
        "search.yml", "- {query: metrics, page: help/metrics.md}\n- {query: metrics, page: /subscribe/}\n"
    )
    answer = CliRunner().invoke(main, ["search", "--judge", "-q"])
    assert answer.exit_code == 1
    lines = answer.stdout.splitlines()
    assert lines[0] == "metrics: /subscribe/ is not found"
    assert any(line.startswith("  first: /help/metrics/  Metrics  (") for line in lines)
    assert any("metric, in the title: " in line for line in lines)
    assert lines[-1] == "2 judged queries: 1 first, 1 among three, mean reciprocal rank 0.500"
    desk.write("search.yml", "- {query: metrics, page: help/metrics.md}\n")
    assert CliRunner().invoke(main, ["search", "--judge", "-q"]).exit_code == 0
    assert CliRunner().invoke(main, ["search"]).exit_code == 2


def test_the_prompt_judges_the_queries_of_any_file_once(
    desk: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(desk.folder)
    desk.write("search.yml", "- {query: nothing, page: help/metrics.md}\n")
    asked: list[str] = []
    search = Index.search

    def noted(index: Index, query: str) -> list[Hit]:
        asked.append(query)
        return search(index, query)

    monkeypatch.setattr(Index, "search", noted)
    file = tmp_path / "queries.yml"
    file.write_text(
        "- {query: two numbers, page: help/metrics.md}\n- {query: sea, page: posts/2012-03-12-a.md}\n"
    )
    answer = CliRunner().invoke(main, ["search", "--judge", str(file), "-q"])
    assert answer.stdout == "2 judged queries: 2 first, 2 among three, mean reciprocal rank 1.000\n"
    assert asked == ["two numbers", "sea"]
    file.write_text("- {query: sea}\n")
    answer = CliRunner().invoke(main, ["search", "--judge", str(file), "-q"])
    assert answer.exit_code == 1
    assert "an entry has a `query` and a `page`" in answer.output
    answer = CliRunner().invoke(main, ["search", "--judge", str(tmp_path / "gone.yml"), "-q"])
    assert (answer.exit_code, answer.output) == (1, f"{tmp_path / 'gone.yml'} is not there.\n")


def test_a_query_has_so_many_synonyms_and_no_more() -> None:
    groups = [["refund", *(f"word {n}" for n in range(40))], *(["fee", f"fee {n}"] for n in range(150))]
    understood = Understanding(Nothing(), stemmer("en"), Lexicon(), groups).of("refund fee sea")
    assert [len(slot.alternatives) for slot in understood.slots] == [1 + 40, 1 + MAX_SYNONYMS, 1]


class Nothing:
    """The vocabulary of no documents."""

    def frequency(self, term: str) -> int:
        return 0

    def near(self, term: str, *, wide: bool = False) -> Iterator[tuple[str, int]]:
        return iter(())

    def meanings(self, term: str) -> list[str]:
        return []
