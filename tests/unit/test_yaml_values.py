"""Values that YAML has no Python value for are mistakes at their place, in every file of YAML."""

from __future__ import annotations

import random
from zoneinfo import ZoneInfo

import pytest

from deskpress.compat.native.tag_directives import UNCONFIGURED, ListingError, read_listing
from deskpress.lint.check import in_front_matter
from deskpress.model.site import Options
from deskpress.source.authors import read_authors
from deskpress.source.defaults import Defaults, read_defaults
from deskpress.source.front_matter_keys import KEYS
from deskpress.source.mending import mend
from deskpress.source.read import Context, Read, read
from tests.conftest import Site

ODD = [
    *"= << ~ .nan .inf -.inf 0x_ 0b_ 0o8 1_ _ 1:2:3 1:60:90.5 2012-02-30 2012-13-01 0001-01-01 1e400".split(),
    *'._ [=] {=:1} [[=]] [] {} [ ] - | > @a `a` \'a "a "\\x00" "\\ud800" "\\U00110000"'.split(),
    *"&a *a !!int ! %a --- ...".split(),
    *("9" * 5000, "0x" + "f" * 400, "2012-01-01 25:00:00", "2012-01-01 00:00:00 +99:99", "{boost: =}"),
]


OPTIONS = Options(name="Desk", url="https://desk.example/")


def document(head: str, defaults: Defaults | None = None) -> Read:
    context = Context(OPTIONS, ZoneInfo("UTC"), {}, defaults=defaults or Defaults())
    return read("posts/2012-03-12-a.md", f"---\n{head}\n---\nText.\n".encode(), context)


@pytest.mark.parametrize("value", ["9" * 5000, "0x" + "f" * 5000, "190" + ":59" * 3000])
def test_a_number_that_cannot_be_written_is_told(value: str) -> None:
    told = document(f"date: 2012-03-12\ntitle: A\nsubtitle: {value}").diagnostics
    assert [d.span.line for d in told if "is not a valid value" in d.problem] == [4]


@pytest.mark.parametrize("key", ["title", "subtitle", "date", "tags", "boost", "draft"])
@pytest.mark.parametrize("value", ["=", "<<"])
def test_a_sign_with_a_meaning_is_told_with_the_way_to_write_it(key: str, value: str) -> None:
    read = document(f"date: 2012-03-12\ntitle: A\n{key}: {value}" if key == "subtitle" else f"{key}: {value}")
    told = [d for d in read.diagnostics if "meaning" in d.problem]
    assert [d.problem for d in told] == [f"`{value}` alone has a meaning of its own in YAML"]
    assert told[0].hint == f'if it is text, write `"{value}"`'
    assert told[0].span is not None
    assert (told[0].span.line, told[0].span.column) == (4 if key == "subtitle" else 2, len(key) + 3)
    assert read.document is None


def test_as_the_hint_says_it_is_text() -> None:
    read = document('date: 2012-03-12\ntitle: "="')
    assert read.document is not None
    assert read.document.title == "="


@pytest.mark.parametrize("value", ["=", "<<", "2012-02-30"])
def test_other_files_say_it_at_their_line(site: Site, value: str) -> None:
    site.post("2012-03-12-a.md", title="A")
    site.write("posts/.authors.yml", f"authors:\n  jo:\n    name: {value}\n")
    assert any(
        problem.startswith(f"content/posts/.authors.yml:3:11: `{value}` ") for problem in site.problems()
    )
    _, told = read_defaults({"posts/.meta.yml": f"tags:\n  - {value}\n".encode()}, "content")
    assert [str(d.span) for d in told] == ["content/posts/.meta.yml:2:5"]


@pytest.mark.parametrize("boost", ["1" + "0" * 400, ".nan", ".inf", "-.inf"])
def test_a_boost_beyond_all_numbers_is_taken_as_one_of_them(boost: str) -> None:
    read = document(f"date: 2012-03-12\ntitle: A\nsearch: {{boost: {boost}}}")
    assert read.document is not None
    assert 0.1 <= read.document.boost <= 10
    assert ["`search: boost` is taken as" in d.problem for d in read.diagnostics] == [True]


@pytest.mark.parametrize(
    "asked",
    [
        *("{ scope: 2012-02-30 }", "{ include: [=] }", "0x_", "{ a: 2012-01-01 25:00:00 }"),
        *("[" * 1500, "x" * 2001, "- " * 900),
    ],
)
def test_a_directive_that_cannot_be_read_is_one_that_cannot_be_understood(asked: str) -> None:
    with pytest.raises(ListingError):
        read_listing(asked, UNCONFIGURED)


def test_a_directive_repeats_nothing() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]
    with pytest.raises(ListingError, match="anchors and aliases are not allowed"):
        read_listing("\n".join(lines) + "\ninclude: *a11", UNCONFIGURED)


def test_metadata_with_a_day_that_there_is_not_can_be_mended() -> None:
    assert mend("title: A\ndate: 2012-02-30\n\nText.\n").text.startswith("---\n")


def test_whatever_yaml_says_nothing_fails() -> None:
    chosen = random.Random(1)
    for _ in range(300):
        value, other = chosen.choice(ODD), chosen.choice(ODD)
        keys = chosen.sample([*sorted(KEYS), "subtitle", "=", "<<"], 2)
        head = chosen.choice(
            [
                f"{keys[0]}: {value}\n{keys[1]}: {other}",
                f"{keys[0]}:\n  - {value}\n  - {keys[1]}: {other}",
                f"{keys[0]}:\n  {keys[1]}: {value}\n  x: {other}",
            ]
        )
        read = document(head)
        assert read.document is not None or read.diagnostics, head
        in_front_matter("a.md", read.values, read.head)
        read_authors(f"authors:\n  jo:\n    name: {value}\n    url: {other}\n".encode(), "a", OPTIONS)
        defaults, _ = read_defaults({".meta.yml": head.encode()}, "content")
        document("date: 2012-03-12\ntags: [a]", defaults)
