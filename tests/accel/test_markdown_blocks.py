"""The quick stages give what Python-Markdown gives, and leave no processor out that would take a block."""

from __future__ import annotations

from importlib import import_module
from xml.etree.ElementTree import Element

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor

from deskpress.accel.markdown_blocks import NEEDED, QuickBlockParser, QuickFences, QuickToc, optimize
from deskpress.source.tested import FOR_MARKDOWN, untested

pytestmark = pytest.mark.skipif(bool(untested(FOR_MARKDOWN)), reason="\n".join(untested(FOR_MARKDOWN)))

EXTENSIONS = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
LINES = st.lists(
    st.sampled_from(
        "# One|## Two #|text|more *text*|Title|===|---|- - -|***|_ _  _|-  -  -|--|* item|- item|1. one"
        "|2. two|    deep|> quote|[r]: https://example.com 'title'|[^1]: A note.|[^1]|*[CSS]: Style sheets"
        "|Term|: What it is|a / b|a ¦ b|--- ¦ ---|1 ¦ 2|<div>|</div>|<b>x</b>|<!-- note -->|&amp; &copy"
        "|[TOC]|two  |   |\t tab\r|a\rb|!!! note|    inside|CSS|a\\*b|```|`|{: .c #i}|# [TOC]|<br>"
        "|<p markdown>|#|=|:|]: x".split("|")
    ).map(lambda line: line.replace("¦", "|"))
    | st.just(""),
    max_size=14,
).map("\n".join)


@pytest.mark.parametrize("extensions", [[], ["toc"], EXTENSIONS], ids=["stock", "toc", "extended"])
def test_quick_stages_give_the_same_html_and_headings(extensions: list[str]) -> None:
    stock = markdown.Markdown(extensions=extensions)
    quick = optimize(markdown.Markdown(extensions=extensions))

    @given(LINES)
    def same(text: str) -> None:
        assert quick.reset().convert(text) == stock.reset().convert(text)
        assert getattr(quick, "toc_tokens", []) == getattr(stock, "toc_tokens", [])

    same()


def test_the_quick_stages_are_in_use() -> None:
    quick = optimize(markdown.Markdown(extensions=EXTENSIONS))

    assert type(quick.parser) is QuickBlockParser
    assert type(quick.treeprocessors["toc"]) is QuickToc
    kinds = {f"{type(p).__module__}.{type(p).__qualname__}" for p in quick.parser.blockprocessors}
    assert kinds >= NEEDED.keys()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_processor_leaves_blocks_alone_that_lack_what_it_needs(name: str) -> None:
    module, _, kind = name.rpartition(".")
    wanted = getattr(import_module(module), kind)
    md = markdown.Markdown(extensions=EXTENSIONS)
    processor = next(p for p in md.parser.blockprocessors if type(p) is wanted)

    @given(LINES.filter(bool) | st.text(st.sampled_from("ab -_*+#=>:[]^|1٣.\n"), min_size=1, max_size=40))
    def unmoved(block: str) -> None:
        marks = NEEDED[name].marks_in(block[:1], "\n" in block)
        if marks is not None and (not marks or any(mark in block for mark in marks)):
            return
        parent, blocks = Element("div"), [block, "next"]
        assert not processor.test(parent, block) or processor.run(parent, blocks) is False
        assert (len(parent), parent.text, blocks) == (0, None, [block, "next"])

    unmoved()


def test_what_one_parser_has_learnt_is_not_another_ones() -> None:
    for extensions in (["tables", "admonition"], []):
        parser = optimize(markdown.Markdown(extensions=extensions)).parser
        parent = Element("div")
        # Before any document: an extension may parse a part of one.
        parser.parseBlocks(parent, ["!!! note\n    inside"])
        assert (parent[0].tag == "div") is bool(extensions)


def test_a_block_that_a_processor_changes_before_it_declines_goes_to_the_rest() -> None:
    class Turned(BlockProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block.startswith("turn ")

        def run(self, parent: Element, blocks: list[str]) -> bool:
            blocks[0] = blocks[0].removeprefix("turn ")
            return False

    made = []
    for md in (markdown.Markdown(), optimize(markdown.Markdown())):
        md.parser.blockprocessors.register(Turned(md.parser), "turned", 85)
        made.append(md.convert("turn * item\n\nturn # One\n\nturn     code"))
    assert made[0] == made[1]
    assert "<li>item</li>" in made[1]


FENCES = st.lists(
    st.sampled_from("```|~~~|````|``` python|~~~~ {.x}|```x y|`|text|  ```|a ```|```` ```|~~".split("|"))
    | st.just(""),
    max_size=12,
).map("\n".join)


@given(FENCES)
def test_fences_are_found_where_the_whole_text_is_searched(text: str) -> None:
    stock = markdown.Markdown(extensions=["fenced_code"])
    quick = optimize(markdown.Markdown(extensions=["fenced_code"]))
    assert type(quick.preprocessors["fenced_code_block"]) is QuickFences
    assert quick.convert(text) == stock.convert(text)


INLINE_HTML = st.lists(
    st.sampled_from(
        "<b>|</b>|<T>|<K, V>|Vec<u8>|<Cow<'a, str>>|&str|&amp;|&|&T`|&#65;|<https://x.y/>|<a@b.c>"
        "|<a href='x'>"
        '|<br/>|<br>|<img src="a>b">|</|</T>|<|>|->|`<div>`|<div>|</div>|<!-- c -->|<?|<!x>|<x:y z>|<a|<b `'
        "|<a&#65|<p<div>"
        "|\\\\<|<script>|<Title>| |\n|\n\n|x".split("|")
    ),
    max_size=12,
).map("".join)


@given(INLINE_HTML)
def test_raw_html_is_left_unparsed_only_where_parsing_it_changes_nothing(text: str) -> None:
    stock, quick = markdown.Markdown(), optimize(markdown.Markdown())
    lines = (text + "\n\n").split("\n")
    expected = stock.preprocessors["html_block"].run(lines)
    assert quick.preprocessors["html_block"].run(lines) == expected
    assert quick.htmlStash.rawHtmlBlocks == stock.htmlStash.rawHtmlBlocks


def test_an_extension_keeps_a_stage_of_its_own() -> None:
    class Own(type(markdown.Markdown().parser)):  # type: ignore[misc]  # whatever class the stock parser has
        pass

    md = markdown.Markdown()
    md.parser.__class__ = Own

    assert type(optimize(md).parser) is Own


def test_a_block_element_that_an_extension_adds_is_one() -> None:
    md = optimize(markdown.Markdown())
    assert not md.is_block_level("delivery-rate")

    md.block_level_elements.append("delivery-rate")

    assert md.is_block_level("Delivery-Rate")
    assert not md.is_block_level(None)
