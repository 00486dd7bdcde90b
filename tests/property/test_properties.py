"""What holds for any input."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from deskpress.model.address import problem_of
from deskpress.model.body import HERE, ID, REFERENCE, ROOT, place
from deskpress.model.diagnostic import Diagnostic
from deskpress.model.document import Month
from deskpress.model.output import address_of, path_of
from deskpress.model.site import Options
from deskpress.plan.urls import slug_of
from deskpress.render.dates import day_text
from deskpress.render.entries import xml_text
from deskpress.render.places import _CODE as CODE
from deskpress.render.places import without_code
from deskpress.render.xml_feeds import escaped
from deskpress.source import frontmatter, titles
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter
from deskpress.source.portable import make_portable, words_in
from deskpress.source.read import Context, read
from deskpress.source.report import Report

CONTEXT = Context(Options(name="Desk", url="https://desk.example/"), ZoneInfo("UTC"), {})
CONVERTER = Converter(["toc", "footnotes", "attr_list", "tables", "md_in_html"], {})

PIECES = (
    "<p> </p> <div_id=a> </div> </article> </body> <b> <a_href=x> <a_href='#a'> </a> <!-- -->"
    " <script> </script> <table> <tr> <svg> <img_src=y> text_ &#x11;"
).split()

html = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES]), max_size=25).map("".join)


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_raise(data: bytes) -> None:
    for prefix in (b"", b"---\n", b"---\ntitle: x\ndate: 2012-03-01\n"):
        found = read("posts/a.md", prefix + data, CONTEXT)
        assert found.document is not None or found.diagnostics
        assert all(isinstance(d, Diagnostic) for d in found.diagnostics)
        assert all(d.span.path == "content/posts/a.md" for d in found.diagnostics)


@given(st.text(max_size=200))
def test_no_text_makes_converting_raise_or_leaves_marks_of_its_own(text: str) -> None:
    clean = re.sub("[\x00-\x08\x0b-\x1f]", "", text)
    try:
        converted = CONVERTER.convert(clean)
    except NestingError:
        return
    assert "\x02" not in converted.html
    assert converted.html.count(REFERENCE) == 2 * len(converted.references)


@given(html)
def test_a_body_stays_in_its_place(source: str) -> None:
    body = make_portable(source).html
    placed = place(body, root="./")
    page = LexborHTMLParser(f"<!doctype html><body><article>{placed}</article><p id=end></p></body>")
    end = page.css_first("#end")
    assert end is not None
    assert end.parent is not None
    assert end.parent.tag == "body"


@given(st.text(), st.text(alphabet="abc", min_size=1))
def test_placing_removes_every_mark(text: str, ids: str) -> None:
    marked = f"{ROOT}{text}{HERE}#{ID}x"
    placed = place(marked, root="../", here="h", ids=ids)
    assert not {ROOT, HERE, ID} & set(placed.replace(text, ""))


@given(st.text(max_size=300))
def test_a_slug_is_a_safe_part_of_an_address(title: str) -> None:
    slug = slug_of(title)
    assert not slug or not problem_of(slug), slug
    assert "/" not in slug


@given(st.from_regex(r"([a-z0-9.]{1,8}/){0,3}([a-z0-9]{1,8}\.html)?", fullmatch=True))
def test_addresses_and_paths_are_each_others_inverse(address: str) -> None:
    if address in ("index.html",) or address.endswith("/index.html"):
        return
    assert address_of(path_of(address)) == address


ODD = st.text() | st.text(
    st.sampled_from("a<>&\r\n\t\"'\0\x1f\x7f\x85é—\ud7ff\ud800\ue000\ufffd\ufffe\uffff😀")
)


@given(ODD)
def test_xml_takes_every_text_that_a_feed_holds(text: str) -> None:
    element = etree.Element("a")
    element.text = xml_text(text)
    written = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    assert etree.fromstring(written).tag == "a"
    assert len(text) - len(element.text) == sum(not is_xml_char(char) for char in text)
    if element.text:
        assert written == b"<a>%b</a>" % escaped(element.text)


def is_xml_char(char: str) -> bool:
    """XML 1.0 §2.2: Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]."""
    code = ord(char)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)))
def test_days_are_written_unpadded(day: date) -> None:
    assert day_text(day, "en") == f"{day:%B} {day.day}, {day.year}"


@given(st.integers(1, 9999), st.integers(-3, 20))
def test_a_month_is_1_to_12(year: int, number: int) -> None:
    try:
        month = Month(year, number)
    except ValueError:
        assert not 1 <= number <= 12
    else:
        assert str(month) == f"{year:04}-{number:02}"


LINES = st.lists(
    st.sampled_from(
        ["", "  ", "# One", "One", "===", "---", "```", "~~~", "<!-- x", "-->", "- a", " ## Two", "\t# T"]
    ),
    max_size=7,
)


@given(LINES)
def test_a_heading_that_leads_is_found_without_looking_at_the_rest(lines: list[str]) -> None:
    text = "\n".join(lines)
    first, leading = titles.first_heading(text), titles._leading_heading(text)
    leads = first is not None and not text[: first.start()].strip()
    assert (leading.span() if leading else None) == (first.span() if first and leads else None)


@given(st.text(alphabet="&*!{}[]:?-'\"#|> \n\tab1,", max_size=120))
def test_yaml_that_is_plain_at_a_glance_is_harmless(text: str) -> None:
    if not frontmatter._is_plain(text):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frontmatter, "_is_plain", lambda text: False)
        with contextlib.suppress(yaml.YAMLError):
            assert frontmatter._is_harmless(text, Report("a"), 2)


@given(st.text() | st.text(st.sampled_from("ab \t\n\x1c\x85\xa0\u2003\u2028\u3000é—")))
def test_words_are_counted_as_they_are_split(text: str) -> None:
    assert words_in(text) == len(text.split())


FENCES = st.lists(st.sampled_from("`|``|```|````|~|~~~|~~~~| |   |\n|\n\n|    |a|b".split("|"))).map("".join)


@given(FENCES)
def test_code_is_found_where_it_can_begin_as_it_is_found_everywhere(text: str) -> None:
    assert without_code(text) == CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
