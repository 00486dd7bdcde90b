"""Images in content."""

from __future__ import annotations

from deskpress.source.markdown import Converter


def html(text: str) -> str:
    return Converter(["attr_list"], {}).convert(text).html


def test_an_image_with_a_title_that_stands_alone_is_a_figure() -> None:
    made = html("![A chart](a.png 'Rates by *week* & \"month\"')\n")
    assert made.startswith('<figure><img alt="A chart" src="')
    assert made.endswith('<figcaption>Rates by *week* &amp; "month"</figcaption></figure>')
    assert "title=" not in made


def test_an_image_within_a_text_or_without_a_title_is_none() -> None:
    assert "<figure" not in html('Text ![A](a.png "t") text.\n')
    assert "<figure" not in html("![A](a.png)\n")
    assert "<figure" not in html('`![A](a.png "t")`\n')


def test_images_after_the_first_load_when_they_come_near() -> None:
    made = html("![A](a.png)\n\n![B](b.png)\n\n![C](c.png){loading=eager}\n")
    first, second, third = made.split("<img")[1:]
    assert "loading" not in first
    assert 'loading="lazy" decoding="async"' in second
    assert third.count("loading=") == 1
    assert 'loading="eager"' in third


def test_what_looks_like_an_image_in_code_stays() -> None:
    code = '<p><img src="a.png" title="t"></p>'
    assert "&lt;img" in html(f"Text.\n\n    {code}\n")
    assert "<figure" not in html(f"Text.\n\n    {code}\n")
