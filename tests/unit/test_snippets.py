"""What a document pulls in with `pymdownx.snippets` is held to what the document is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskpress.build.inputs import look
from deskpress.host.load import load
from deskpress.model.body import HERE, ID, REFERENCE, ROOT, Heading, place
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter, Handling, RawHtml
from tests.conftest import Site

CONTROLS = [chr(n) for n in (*range(1, 32), 0x7F) if n not in (9, 10, 13)]


def converter(folder: Path, raw_html: RawHtml = "safe", largest: int = 20_000) -> Converter:
    options = {"pymdownx.snippets": {"base_path": [str(folder)]}}
    return Converter(
        ["pymdownx.snippets", "toc", "attr_list"], options, raw_html, handling=Handling(largest=largest)
    )


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: f"U+{ord(c):04X}")
def test_no_control_character_of_a_snippet_ends_a_comment(tmp_path: Path, control: str) -> None:
    (tmp_path / "s.txt").write_text(
        f"<p>a <!-- b -{control}-> <img src=x onerror=alert(1)><meta http-equiv=refresh> <!-- --> </p>\n\n"
        f'<p title="c{control}d">e{control}</p>\n'
    )
    converted = converter(tmp_path).convert('--8<-- "s.txt"\n')
    for html in (converted.html, place(converted.html, root="../", here="x", ids="1-")):
        assert "onerror" not in html
        assert "<meta" not in html
        assert 'title="cd">e<' in html


@pytest.mark.parametrize("raw_html", ["trusted", "none"])
def test_marks_are_taken_out_of_trusted_snippets_too(tmp_path: Path, raw_html: RawHtml) -> None:
    (tmp_path / "s.txt").write_text(f"# a{ID}\n\n<!-- {ROOT}{HERE}{ID}{REFERENCE}0{REFERENCE} -->\n\x15\n")
    converted = converter(tmp_path, raw_html).convert('--8<-- "s.txt"\n')
    assert not {ROOT, HERE, REFERENCE, "\x15"} & {*converted.html}
    assert converted.html.count(ID) == 1
    assert converted.headings == (Heading(1, "a", "a"),)


def test_marks_are_taken_out_of_what_plug_ins_made(tmp_path: Path) -> None:
    converted = converter(tmp_path).portable(f"<!-- -{HERE}->", (Heading(1, f"a{ID}", f"b{ROOT}"),))
    assert HERE not in converted.html
    assert converted.headings == (Heading(1, "a", "b"),)


@pytest.mark.parametrize("text", ["[" * 600, "> " * 300 + "- a", "# x\n" * 2500, "*" * 2500])
def test_the_limits_of_a_text_are_those_of_its_snippets(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.txt").write_text(text + "\n")
    with pytest.raises(NestingError, match="with its snippets: ") as told:
        converter(tmp_path).convert('Text.\n\n--8<-- "s.txt"\n')
    assert told.value.line == 2


def test_snippets_that_name_others_have_an_end(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(f'Text.\n\n--8<-- "{number + 1}.txt"\n' * 10)
    (tmp_path / "20.txt").write_text("Text.\n")
    with pytest.raises(NestingError, match="more than 20,000 characters with its snippets"):
        converter(tmp_path).convert('--8<-- "0.txt"\n')


def test_a_snippet_is_not_indented_without_end(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("a\n" * 4000)
    for text in (" " * 5000 + '--8<-- "s.txt"\n', "--8<--\n" + "\t" * 5000 + "s.txt\n--8<--\n"):
        with pytest.raises(NestingError, match="indented by more than 200 columns"):
            converter(tmp_path).convert("a\n\n" + text)


def test_ordinary_snippets_are_none_of_that(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("- [a](b.md)\n" * 200)
    converted = converter(tmp_path).convert('Text.\n\n--8<-- "s.txt"\n\n--8<--\ns.txt:1:5\n--8<--\n')
    assert converted.html.count("<li>") == 205


def test_who_pulls_in_too_much_hears_it_at_the_snippet(site: Site) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(site.folder)]}}],
        options={"max_document_size": 5000},
    )
    (site.folder / "s.txt").write_text("word " * 800)
    site.post("2012-03-12-a.md", 'Text.\n\n--8<-- "s.txt"\n\n--8<-- "s.txt"\n')
    assert site.problems() == [
        "content/posts/2012-03-12-a.md:8:1: the text has more than 5,000 characters with its snippets"
    ]


def test_an_appended_file_that_is_not_there_yet_makes_no_document_be_read_anew(site: Site) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"auto_append": ["includes/words.md"]}}, "abbr"]
    )
    site.write("a.md", "# A\n\nOTDR counts.\n")
    site.build()
    assert look(load(site.request()).project).content.recipe
    (site.folder / "includes").mkdir()
    (site.folder / "includes/words.md").write_text("*[OTDR]: On-Time Delivery Rate\n")
    site.build()
    assert 'title="On-Time Delivery Rate"' in site.read("a/index.html")
