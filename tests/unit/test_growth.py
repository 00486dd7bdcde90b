"""A small text does not become a large one: what it repeats is counted before it is made."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from deskpress.build.rules import known_checklist, known_rules
from deskpress.source.growth import most_html
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter
from deskpress.source.tools import Tools
from tests.conftest import Site

LONG = "x" * 20_000
WIDE = "|".join("a" * 1000) + "\n" + "|".join("-" * 1000) + "\n"


def converter() -> Converter:
    return Converter(["abbr", "toc", "tables"], {}, tools=Tools(known_rules(), known_checklist()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"[a]: /{LONG}\n\n" + "[a] " * 2500, r"the reference `\[a\]`"),
        (f"[a]: /{LONG}\n\n" + ("![b][a] " * 20 + "\n\n") * 125, r"the reference `\[a\]`"),
        (f'[a]: / "{LONG}"\n\n' + "[b][A] " * 2500, r"the reference `\[a\]`"),
        (f"*[ab]: {LONG}\n\n" + ("ab " * 20 + "\n\n") * 125, "the abbreviation `ab`"),
        (f"# {LONG}\n\n" + "[TOC]\n\n" * 2500, "its tables of contents"),
        (WIDE + "|\n" * 4000, "empty cells of tables"),
        ("<spoof-checklist></spoof-checklist>\n\n" * 1500, ""),
    ],
    ids=["link", "image", "title", "abbreviation", "contents", "table", "tool"],
)
def test_what_repeats_itself_is_refused_before_it_is_made(text: str, what: str) -> None:
    converter().convert("a [b][a]\n\n[a]: /c\n")  # what is made once
    tracemalloc.start()
    try:
        with pytest.raises(NestingError, match=r"becomes more than [\d,]+ characters of HTML.*" + what):
            converter().convert(text)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "lines", ["1-99999999999", "1-90000 2-90000", "5-" + "9" * 5000, "1 2 " * 60_000], ids=len
)
@pytest.mark.parametrize("start", ["```python ", "~~~ { .python "])
def test_no_code_highlights_more_lines_than_there_are(lines: str, start: str) -> None:
    end = " }" if "{" in start else ""
    text = f"a\n\n{start}hl_lines='{lines}'{end}\nx = 1\n{start[:3]}\n"
    with pytest.raises(NestingError, match="more than 100,000 lines are highlighted") as told:
        Converter(["pymdownx.highlight", "pymdownx.superfences"], {}).convert(text)
    assert told.value.line == 2
    text = text.replace(lines, "1-3 5 100-120")
    assert "x" in Converter(["pymdownx.highlight", "pymdownx.superfences"], {}).convert(text).html


def test_what_snippets_bring_is_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("[a]: /" + "x" * 70_000 + "\n\n" + "word " * 10_000)
    extensions = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    converted = Converter([*extensions], extensions).convert('--8<-- "s.txt"\n\n' + "[a]\n\n" * 20)
    assert len(converted.references) == 20


def test_the_bound_grows_with_the_text_and_has_an_end() -> None:
    assert [most_html(size) for size in (0, 50_000, 100_000, 2_000_000, 20_000_000)] == [
        1_000_000,
        1_000_000,
        2_000_000,
        36_000_000,
        72_000_000,
    ]


def test_ordinary_texts_repeat_what_they_like() -> None:
    text = (
        "[TOC]\n\n# A\n\n[TOC]\n\n"
        + "[a] and [b][a] of HTML\n\n" * 500
        + "|a|b|\n|-|-|\n"
        + "|1|\n" * 500
        + "\n[a]: https://example.com/a/long/path 'With a title'\n\n*[HTML]: Hypertext Markup Language\n"
    )
    converted = converter().convert(text)
    assert converted.html.count("<abbr") == 500
    assert converted.html.count('class="toc"') == 2


def test_who_repeats_too_much_hears_it_with_the_path(site: Site) -> None:
    site.post("2012-03-12-a.md", f"[a]: /{LONG}\n\n" + "[a] " * 2500)
    assert site.problems() == [
        "content/posts/2012-03-12-a.md:5:1: this text becomes more than 1,000,000 characters of HTML,"
        " by the reference `[a]`"
    ]


class _Ended(BaseException):
    """What ends a conversion from outside."""


class _Ends(Extension):
    """Ends the conversion at a block that asks for it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # name of Python-Markdown
        class Ends(BlockProcessor):
            def test(self, parent: Element, block: str) -> bool:
                if block == "end here":
                    raise _Ended
                return False

            def run(self, parent: Element, blocks: list[str]) -> None:
                """Never asked to."""

        md.parser.blockprocessors.register(Ends(md.parser), "ends", 200)


@pytest.mark.parametrize("text", ["- end here\n", "1. a\n\n    - end here\n"])
def test_a_conversion_that_was_ended_leaves_nothing_to_the_next(text: str) -> None:
    used = Converter([_Ends()], {})
    before = used.convert("One\n\nTwo\n").html
    with pytest.raises(_Ended):
        used.convert(text)
    assert used.convert("One\n\nTwo\n").html == before
