"""How much time a document may take, and the shapes that are refused at once."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from deskpress.build.cpu_limit import MOST_REFUSED, CpuLimit
from deskpress.engine.limited import ENDED, NO_MEMORY, Limit, limited_map
from deskpress.model.diagnostic import ContentError
from deskpress.model.document import AnyDocument
from deskpress.model.site import Options
from deskpress.plan import lists, urls
from deskpress.render import places
from deskpress.render.places import places_of
from deskpress.render.raw_html import raw_html_warnings
from deskpress.source.limits import NestingError, refuse_crowded, refuse_deep
from deskpress.source.markdown import Converter
from tests.conftest import Site
from tests.growth import check_linear
from tests.shapes import NAMED, SHAPES, SLOW, seconds_of, texts, wrong


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize(
    "stuck",
    [
        lambda: re.match("(a|a)*$", "a" * 60 + "b"),
        lambda: sum(range(10**12)),
        lambda: [None for _ in iter(int, 1)],
    ],
    ids=["re", "C", "Python"],
)
def test_who_takes_too_long_is_ended_and_all_others_are_done(jobs: int, stuck: Callable[[], object]) -> None:
    ticks: list[int] = []
    done = limited_map(lambda n: stuck() if n == 7 else n * n, range(20), jobs, Limit(0.2), ticks.append)
    assert done.ended == {7: ENDED}
    assert done.results == {n: n * n for n in range(20) if n != 7}
    assert sum(ticks) == 20


def test_code_that_catches_everything_is_ended_too() -> None:
    def work(n: int) -> int:
        while n == 1:
            try:
                sum(range(10**12))
            except BaseException:
                continue
        return n

    assert limited_map(work, range(3), 1, Limit(0.2)).ended == {1: ENDED}


def test_waiting_costs_nothing() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, True)

    def work(n: int) -> bytes:
        # The second process answers the first only after it has used some time itself.
        if n == 0:
            return os.read(reader, 1)
        sum(range(10**6))
        os.write(writer, b"x")
        return b"y"

    assert limited_map(work, range(2), 2, Limit(5)).results == {0: b"x", 1: b"y"}


def test_a_process_that_dies_says_at_which_item() -> None:
    def work(n: int) -> int:
        if n == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    done = limited_map(work, range(6), 2, Limit(5))
    assert done.ended == {3: -signal.SIGKILL}
    assert sorted(done.results) == [0, 1, 2, 4, 5]


def test_after_some_were_ended_nothing_more_is_begun() -> None:
    done = limited_map(lambda n: sum(range(10**12)) if n % 2 else n, range(40), 1, Limit(0.1, most=3))
    assert sorted(done.ended) == [1, 3, 5]
    # Of these, some may not have been sent.
    assert set(done.results) <= {0, 2, 4}


def test_what_was_done_and_not_sent_is_done_again() -> None:
    done = limited_map(lambda n: sum(range(10**12)) if n in (9, 14, 60) else n, range(100), 1, Limit(0.1))
    assert sorted(done.ended) == [9, 14, 60]
    assert done.results == {n: n for n in range(100) if n not in (9, 14, 60)}
    assert done.spent == pytest.approx(sum(done.seconds.values()))


def test_all_items_together_have_a_limit() -> None:
    done = limited_map(lambda n: sum(range(3 * 10**6)), range(1000), 1, Limit(5, total=0.2))
    assert 1 <= len(done.results) < 1000
    assert not done.ended


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing bounds memory so")
@pytest.mark.parametrize("jobs", [1, 3])
def test_who_takes_too_much_memory_is_ended_and_all_others_are_done(jobs: int) -> None:
    def work(n: int) -> int:
        return len(bytes(10**9)) if n == 7 else len([*range(100_000)])

    done = limited_map(work, range(20), jobs, Limit(5, memory=100_000_000))
    assert done.ended == {7: NO_MEMORY}
    assert done.results == {n: 100_000 for n in range(20) if n != 7}
    assert limited_map(work, range(6, 8), 1, Limit(5)).results == {0: 100_000, 1: 10**9}


def test_an_exception_of_the_work_is_raised_here() -> None:
    def work(n: int) -> int:
        raise KeyError(n)

    with pytest.raises(KeyError):
        limited_map(work, range(3), 1, Limit(5))


# A text whose time is spent in a pattern of pymdownx: no shape that is known, and no code of ours.
UNKNOWN = "^^ a^^b " * 20 + "^^a" * 18_000


@pytest.fixture
def slow_site(site: Site) -> Site:
    site.configure(markdown_extensions=["pymdownx.caret", "pymdownx.smartsymbols"])
    site.post("2012-03-12-good.md", "Good.\n")
    site.post("2012-03-13-bad.md", UNKNOWN, title="Bad")
    return site


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_takes_too_long_is_refused_by_its_path(slow_site: Site, jobs: int) -> None:
    prepared = slow_site.check(jobs=jobs, limit=CpuLimit(0.3))
    found = [d for d in prepared.diagnostics if "CPU time" in d.problem]
    assert [str(d.span) for d in found] == ["content/posts/2012-03-13-bad.md:6:1"]
    assert found[0].problem == "the text takes more than 0.3 s of CPU time"
    assert "“^” stands in it" in found[0].hint
    assert [post.path for post in prepared.site.posts] == ["posts/2012-03-12-good.md"]


@pytest.mark.slow
@pytest.mark.long
def test_a_refusal_is_never_kept(slow_site: Site, make_site: Callable[[str], Site]) -> None:
    with pytest.raises(ContentError, match="CPU time"):
        slow_site.build(limit=CpuLimit(0.3))
    assert not slow_site.output.exists()
    assert slow_site.request().limit is None
    slow_site.build()
    fresh = make_site("fresh")
    fresh.configure(markdown_extensions=["pymdownx.caret", "pymdownx.smartsymbols"])
    fresh.post("2012-03-12-good.md", "Good.\n")
    fresh.post("2012-03-13-bad.md", UNKNOWN, title="Bad")
    fresh.build()
    assert slow_site.tree() == fresh.tree()


@pytest.mark.slow
def test_a_warm_cache_refuses_what_a_cold_one_does(slow_site: Site) -> None:
    slow_site.build()
    assert any("CPU time" in problem for problem in slow_site.problems(limit=CpuLimit(0.3)))
    assert not any("CPU time" in problem for problem in slow_site.problems())


def test_the_limit_holds_in_the_loop_of_mkdocs(slow_site: Site) -> None:
    slow_site.configure(
        markdown_extensions=["pymdownx.caret", "pymdownx.smartsymbols"],
        plugins=["deskpress"],
        hooks=["hook.py"],
    )
    (slow_site.folder / "hook.py").write_text("def on_config(config):\n    return config\n")
    with pytest.raises(ContentError, match=r"bad\.md:6:1: error: the text takes more than"):
        slow_site.build(limit=CpuLimit(0.3))


@pytest.mark.slow
def test_many_such_documents_stop_the_reading_and_are_named(slow_site: Site) -> None:
    for number in range(MOST_REFUSED + 3):
        slow_site.post(f"2012-04-{number + 1:02}-bad.md", UNKNOWN + str(number), title=f"Bad {number}")
    limit = CpuLimit(0.2)
    with pytest.raises(ContentError) as first:
        slow_site.check(limit=limit)
    told = [d.problem for d in first.value.diagnostics]
    assert told.count("the text takes more than 0.2 s of CPU time") == MOST_REFUSED
    assert any(
        re.fullmatch(r"5 texts take too much CPU time or memory: \d other documents were not read", p)
        for p in told
    )
    # The same run asks again at no cost: what was refused is known by its content.
    before = os.times()
    with pytest.raises(ContentError) as second:
        slow_site.check(limit=limit)
    after = os.times()
    assert sum(after[2:4]) - sum(before[2:4]) < 0.2
    assert len(second.value.diagnostics) == len(first.value.diagnostics)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing bounds memory so")
def test_a_document_that_takes_too_much_memory_is_refused_with_its_path(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskpress.build.cpu_limit.MEMORY", 2_000_000)
    site.post("2012-03-12-a.md", "| *a* | *b* |\n|---|---|\n" + "| *c* | *d* |\n" * 16_000, title="A")
    site.post("2012-03-13-b.md", title="B")
    told = site.check(limit=CpuLimit(20)).diagnostics
    assert [str(d.span) for d in told] == ["content/posts/2012-03-12-a.md:6:1"]
    assert told[0].problem == "the text takes more than 2 MB of memory"
    assert told[0].hint.startswith("split the text; what repeats very often takes much memory")


def test_documents_that_take_long_together_stop_the_reading(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskpress.build.cpu_limit.TOGETHER", 0.005)
    for number in range(10, 28):
        site.post(f"2012-03-{number}-a.md", f"Text {number}.\n\n" + "A *word* of `many`.\n\n" * 300)
    with pytest.raises(ContentError) as stopped:
        site.check(jobs=1, limit=CpuLimit(4))
    told = stopped.value.diagnostics[0].problem
    assert re.fullmatch(
        r"all texts together take more than 0.02 s of CPU time: \d+ other documents were not read", told
    )


@pytest.mark.parametrize("name", NAMED)
def test_a_known_shape_is_refused_at_its_line(name: str) -> None:
    text, problem = NAMED[name]
    with pytest.raises(NestingError, match=re.escape(problem)) as refused:
        refuse_deep("Text.\n\n" + text)
    assert refused.value.line >= 2


MANY = " ".join(f"a{n}" for n in range(1500))


@pytest.mark.parametrize(
    "text",
    [
        f'<b x="<" {MANY}>x</b>\n',
        f"<b x='>' {MANY}>x</b>\n",
        f'Text <b x = "</b>" y=<b> <i x=">" {MANY}>x</i>\n',
        f"<b it's {MANY} it's>x</b>\n",
        "<b " + 'a="1"' * 1500 + ">x</b>\n",
        "<b " + "a/" * 1500 + ">x</b>\n",
    ],
)
def test_attributes_are_counted_as_browsers_read_them(text: str) -> None:
    with pytest.raises(NestingError, match="a tag has more than 1,000 attributes") as refused:
        refuse_deep("Text.\n\n" + text)
    assert refused.value.line == 2


@pytest.mark.parametrize(
    "text", [f"<div x\n\n{MANY}>x</div>\n", f"Text\n{{: {MANY.replace(' ', '=1 ')} }}\n"]
)
def test_attributes_that_only_the_html_shows_are_counted(text: str) -> None:
    with pytest.raises(NestingError, match="a tag has more than 1,000 attributes"):
        Converter(["attr_list"], {}).convert(text)


@pytest.mark.parametrize(
    "text", ["<b ", '<b x="', "<b x='<b x=\"", "<a", "<b " + "=" * 50, "<b x=\n", "<b x /"]
)
def test_attributes_are_counted_in_linear_time(text: str) -> None:
    def refused(crowded: str) -> None:
        with suppress(NestingError):
            refuse_crowded(crowded)

    check_linear(refused, lambda length: text * (length // len(text)), 2_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "***\n\ntext\n\n" * 1500,
        "!!! note\n    a\n\n" * 1500,
        "| " + "-" * 5000 + " |\n",
        '<img src="a.png" alt="x" srcset="' + "a.png 1x, " * 3000 + '">\n',
        f'<img src="a.png" alt="a < b, <b {MANY}">\n',
        f"A <b, don't {MANY}\n\nit's > a\n",
        "If a <b then " + "it holds that " * 700 + "\n\n" + "and so on " * 700 + "> a\n",
        "".join(f"[{n}]: https://desk.example/{n}\n" for n in range(5000)),
    ],
    ids=["rules", "boxes", "table", "srcset", "alt", "quotes", "less than", "references"],
)
def test_honest_texts_are_no_such_shape(text: str) -> None:
    refuse_deep(text)


@pytest.mark.parametrize("key", ["categories", "tags", "authors", "aliases", "topics", "links"])
def test_a_list_has_a_hundred_entries_at_most(site: Site, key: str) -> None:
    entries: dict[str, Any] = {key: [f"/c{n}/" for n in range(100)]}
    site.post("2012-03-12-a.md", **entries)
    assert not [p for p in site.problems() if "entries" in p]
    entries = {key: [f"/c{n}/" for n in range(25_000)]}
    site.post("2012-03-12-a.md", **entries)
    (problem,) = [p for p in site.problems() if "entries" in p]
    assert f"`{key}` has 25,000 entries, more than the 100 that it may have" in problem
    assert problem.startswith("content/posts/2012-03-12-a.md:")


def test_nested_links_count_as_many(site: Site) -> None:
    site.post("2012-03-12-a.md", links=[{"A": [{"B": [f"/{n}/" for n in range(60)]}]}, {"C": ["/c/"] * 60}])
    assert any("`links` has 120 entries" in problem for problem in site.problems())


def test_a_title_is_short(site: Site) -> None:
    site.write("posts/2012-03-12-a.md", "---\ndate: 2012-03-12\n---\n\n# " + "[a]([a](" * 20_000 + "\n")
    assert "content/posts/2012-03-12-a.md:5:1: the heading has 160,000 characters, more than the" in "".join(
        site.problems()
    )
    site.post("2012-03-12-a.md", title="a" * 1001)
    assert any("the title has 1,001 characters" in problem for problem in site.problems())


def test_of_many_control_characters_a_hundred_are_told(site: Site) -> None:
    site.post("2012-03-12-a.md", "\x01" * 90_000)
    told = [p for p in site.problems() if "control character" in p]
    assert len(told) == 101
    assert told[-1].endswith(": 89,900 more control characters are left out")


def test_of_many_things_that_are_left_out_a_hundred_are_told() -> None:
    converted = Converter([], {}).convert("Text.")
    told = raw_html_warnings(
        "a.md",
        replace(converted, removed=tuple(f"on{n}" for n in range(5000))),
        Options(name="Desk", url="https://desk.example/"),
        "posts",
    )
    assert len(told) == 101
    assert told[-1].problem.startswith("4,900 more things are left out: `on100`, `on101`")


def test_a_warning_on_a_long_line_keeps_a_part_of_it(site: Site) -> None:
    site.post("2012-03-12-a.md", "word " * 20_000 + "[a](nowhere.md) end\n")
    (broken,) = [d for d in site.check().diagnostics if "nowhere.md" in d.problem]
    assert broken.span.column == 100_005
    assert len(broken.context) < 400
    shown, caret = str(broken).split("\n")[1:3]
    assert shown[caret.index("^") :].startswith("nowhere.md) end")


@pytest.mark.slow
def test_what_was_read_before_may_take_some_more_time_when_all_is_read_again(slow_site: Site) -> None:
    slow_site.build()
    # The authors belong to all that reading depends on.
    slow_site.write("posts/.authors.yml", "authors:\n  ana:\n    name: Ana\n")
    assert not any("CPU time" in p for p in slow_site.problems(limit=CpuLimit(0.3, margin=100)))
    slow_site.post("2012-03-13-bad.md", UNKNOWN + "x", title="Bad")
    assert any("CPU time" in p for p in slow_site.problems(limit=CpuLimit(0.3, margin=100)))


def test_all_texts_together_are_bounded_unless_they_were_accepted_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskpress.build.cpu_limit.TOGETHER", 0)
    for number in range(1, 20):
        site.post(f"2012-03-{number:02}-a.md", "*Text* `code`.\n\n" * 200)
    with pytest.raises(ContentError, match="all texts together take more than 0 s"):
        site.check(limit=CpuLimit(4))
    site.check(limit=CpuLimit(4, total=False))


MARKS = st.text(st.sampled_from("ab.#()<>\"'= \n"), max_size=60)


@pytest.mark.parametrize("quick", [0, places.QUICK])
@given(MARKS, st.lists(st.text(st.sampled_from('ab.#()=" '), min_size=1, max_size=9), max_size=4))
def test_places_are_those_that_a_search_for_each_target_finds(
    quick: int, text: str, targets: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "QUICK", quick)
        found = places_of(text, targets)
    for target in targets:
        assert found.get(target, []) == plainly(text, target), target


@given(
    st.text(st.sampled_from("a( "), min_size=1, max_size=5),
    st.integers(1, 4),
    st.lists(st.sampled_from(["a", "aa", "(", "a(", "((", " "]), max_size=30).map("".join),
)
def test_places_of_what_repeats_itself(part: str, times: int, text: str) -> None:
    target = part * times
    for held in (text, text + target + text, f"({target}){text}{target * 3}"):
        assert places_of(held, [target]).get(target, []) == plainly(held, target)


@pytest.mark.parametrize("target", ["a" * 5000, "(" * 5000, "ab" * 2500, "a" * 2500 + "b" + "a" * 2500])
def test_long_rows_are_sought_in_linear_time(target: str) -> None:
    def made(length: int) -> str:
        return f"[x]({target})\n\n( {target[:2] * (length // 2)}\n" + f"( {target * 20}\n"

    assert places_of(made(130_000), [target])[target][0] == 4
    check_linear(lambda text: places_of(text, [target]), made, 130_000)


def plainly(text: str, target: str) -> list[int]:
    places = []
    at = text.find(target)
    while at >= 0:
        end = at + len(target)
        begins = at and (text[at - 1] in "(<\"'=" or text[at - 1].isspace())
        if begins and (end == len(text) or text[end] in ")>\"'" or text[end].isspace()):
            places.append(at)
            at = end - 1
        at = text.find(target, at + 1)
    return places


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_check_ends_in_time_whatever_a_text_repeats(name: str, tmp_path: Path) -> None:
    text, refused = SHAPES[name]
    plain = seconds_of(tmp_path / "plain", "Text.\n", limit=4)
    taken = seconds_of(tmp_path / "shape", text, limit=4)
    assert taken.errors is not None
    assert taken.seconds < plain.seconds + 6
    if refused:
        assert any("content/posts/2012-03-12-a.md" in said for said in taken.errors)
    else:
        assert not any("CPU time" in said for said in taken.errors)
    if name in SLOW:
        assert any("CPU time" in said for said in taken.errors)


@pytest.mark.slow
@pytest.mark.long
def test_check_ends_in_time_on_texts_of_chance(tmp_path: Path) -> None:
    limit = 1.0
    plain = seconds_of(tmp_path / "plain", "Text.\n", limit)
    for number, (label, text) in enumerate(texts(2012, 40)):
        assert not wrong(label, seconds_of(tmp_path / str(number), text, limit), plain, limit)


def test_what_documents_supersede_is_looked_for_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = urls.document_address

    def counted(document: AnyDocument, options: Options) -> str:
        asked.append(document.path)
        return real(document, options)

    monkeypatch.setattr(lists, "document_address", counted)
    for number in range(20):
        site.post(f"2012-03-12-p{number}.md", supersedes="nowhere.md")
    assert len([line for line in site.problems() if "`supersedes`" in line]) == 20
    assert len(asked) <= 40
