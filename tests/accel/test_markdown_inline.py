"""The quick inline stage gives what Python-Markdown gives."""

from __future__ import annotations

import re
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.inlinepatterns import InlineProcessor

from deskpress.accel.markdown_blocks import optimize
from deskpress.accel.patterns import needed, searching
from deskpress.source.read import _heading_text
from deskpress.source.tested import FOR_MARKDOWN, untested
from tests.extensions import EXTENSIONS

pytestmark = pytest.mark.skipif(bool(untested(FOR_MARKDOWN)), reason="\n".join(untested(FOR_MARKDOWN)))

MARKS = st.text(st.sampled_from("ab c1.:-*_`[]()<>!&;#\\\n\"'=~^+/@{}|"), max_size=80)
PIECES = st.lists(
    st.sampled_from(
        "**bold**|_it_|`code`|``a`b``|[a](b)|[a](<b c> 't')|[a][r]|[r]|![i](j)|![r]|<https://x.y>|<a@b.c>|&amp;"
        "|&#65;|<b>|</b>|\\*|***x***|__y__|a_b_c|  \n|\n\n|[^1]|~~s~~|==m==|^^u^^|++ctrl+c++|:smile:|(c)|-->"
        "|\"q\"|'s'|...|--|[[Wiki]]|http://a.b/c|@user|#1|{--d--}|`#!py x`|* * *|\n> |\n- |\n    ".split("|")
    ),
    max_size=30,
).map("".join)
NOTES = "\n\n[r]: https://example.com 'title'\n\n[^1]: A note with *marks*.\n"


def both(extensions: list[str]) -> tuple[markdown.Markdown, markdown.Markdown]:
    return markdown.Markdown(extensions=extensions), optimize(markdown.Markdown(extensions=extensions))


@pytest.mark.slow
@pytest.mark.parametrize("extensions", [[], EXTENSIONS], ids=["stock", "extended"])
def test_quick_and_stock_give_the_same_html(extensions: list[str]) -> None:
    stock, quick = both(extensions)
    assert type(stock.treeprocessors["inline"]) is not type(quick.treeprocessors["inline"])

    @given(MARKS | PIECES)
    def same(text: str) -> None:
        expected = stock.reset().convert(text + NOTES)
        assert quick.reset().convert(text + NOTES) == expected

    same()


PATTERNS = st.sampled_from([p.getCompiledRegExp() for p in both(EXTENSIONS)[0].inlinePatterns])


@pytest.mark.slow
@given(st.data())
def test_a_text_without_the_needed_characters_never_matches(data: st.DataObject) -> None:
    pattern = data.draw(PATTERNS)
    text = data.draw(st.text() | MARKS | st.from_regex(pattern))
    without = text
    for string in needed(pattern) * 3:
        without = without.replace(string, "")
    if not any(string in without for string in needed(pattern)):
        assert not (needed(pattern) and pattern.search(without))


@given(st.data())
def test_a_pattern_is_found_where_searching_everywhere_finds_it(data: st.DataObject) -> None:
    pattern = data.draw(PATTERNS)
    text = data.draw(MARKS | PIECES | st.from_regex(pattern))
    start = data.draw(st.integers(0, len(text)))
    expected, found = pattern.search(text, start), searching(pattern)(text, start)
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        (r"\[a\]", ["["]),
        (r"!\[", ["!["]),
        (r"(?:`|~)+x", ["`", "~"]),
        (r"a*", []),
        (r"(?:\*x)?", []),
        (r"(?<!x)\\.", ["\\"]),
        (r"(?=<)a", ["<"]),
        (r"\*|b", []),
        (r"  \n", ["  \n"]),
        (r"[*_]x", ["*", "_"]),
        (r"<a+://", ["<"]),
    ],
)
def test_what_a_pattern_needs(pattern: str, strings: list[str]) -> None:
    assert list(needed(re.compile(pattern))) == strings


LINKS = st.lists(
    st.sampled_from(
        """[¦]¦(¦)¦<¦>¦"¦'¦`¦``¦\\¦!¦a¦b/c¦[a]¦(x)¦[r]¦(<u> 't')¦(u "t")¦(u 't")¦((a))¦`c`¦**b**""".split("¦")
    )
    | st.sampled_from([" ", "\n", "  "]),
    max_size=16,
).map("".join)


@given(LINKS)
def test_links_and_code_end_where_python_markdown_ends_them(text: str) -> None:
    stock, quick = both([])
    assert quick.convert(text + NOTES) == stock.convert(text + NOTES)


# The source room lets no control character through.
READABLE = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@given(READABLE | MARKS | st.from_regex(r"[A-Za-z][A-Za-z .,:;'\"()?/-]*", fullmatch=True))
def test_a_plain_heading_reads_as_markdown_reads_it(line: str) -> None:
    from selectolax.lexbor import LexborHTMLParser

    line = " ".join(line.split())
    tree = LexborHTMLParser(f"<body>{markdown.markdown(f'# {line}')}", is_fragment=False)
    assert _heading_text(line) == " ".join((tree.body.text() if tree.body else "").split())


def test_a_pattern_sees_around_it_what_it_sees_with_stock() -> None:
    class Asking(InlineProcessor):
        def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802  # name of Python-Markdown
            inline: Any = self.md.treeprocessors["inline"]
            inside = [f"{child.tag} in {parent.tag}" for child, parent in inline.parent_map.items()]
            return f"{inline.ancestors} {sorted(inside)}", m.start(), m.end()

    made = []
    for md in (markdown.Markdown(), optimize(markdown.Markdown())):
        md.inlinePatterns.register(Asking("@@", md), "asking", 1)
        made.append(md.convert("a @@ b\n\n- c *d @@* e @@\n\n> # f\n\n![g](h) @@"))
    assert made[0] == made[1]
    assert "@@" not in made[0]
