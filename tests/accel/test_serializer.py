"""The quick serialiser writes what Python-Markdown's writes."""

from __future__ import annotations

from xml.etree.ElementTree import Comment, Element, ProcessingInstruction, QName

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.serializers import to_xhtml_string

from deskpress.accel.serializer import quick_xhtml
from deskpress.source.tested import FOR_MARKDOWN, untested

pytestmark = pytest.mark.skipif(bool(untested(FOR_MARKDOWN)), reason="\n".join(untested(FOR_MARKDOWN)))

TEXT = (
    st.none()
    | st.text(st.sampled_from("ab<>&;#x1\"'\n"), max_size=12)
    | st.sampled_from(["&amp;", "&#1;", "&T"])
)
TAGS = st.sampled_from(["p", "A", "br", "IMG", "script", "Style", "pre", "x:y", None, QName("{u}q")])
KEYS = st.sampled_from(["id", "class", "checked", "a"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> Element:
    element = Element("e")
    element.tag = draw(TAGS)  # type: ignore[assignment]  # as Python-Markdown makes them
    element.attrib.update(draw(st.dictionaries(KEYS, TEXT, max_size=3)))  # type: ignore[arg-type]  # as extensions do
    element.text, element.tail = draw(TEXT), draw(TEXT)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        element.append(draw(elements(depth - 1)))
    return element


@pytest.mark.slow
@given(elements())
def test_both_write_the_same(element: Element) -> None:
    assert quick_xhtml(element) == to_xhtml_string(element)


@pytest.mark.parametrize("odd", [Comment("a & b"), ProcessingInstruction("x", "<y>")])
def test_comments_and_instructions_are_written_too(odd: Element) -> None:
    root = Element("div")
    root.append(odd)
    assert quick_xhtml(root) == to_xhtml_string(root)


def test_a_tree_deeper_than_the_stack_is_written_too() -> None:
    root = element = Element("div")
    for _ in range(5000):
        below = Element("b")
        element.append(below)
        element = below
    assert quick_xhtml(root) == to_xhtml_string(root)
