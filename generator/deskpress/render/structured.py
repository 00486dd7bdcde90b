"""Steps of a help topic that can be linked, and what machines are told of its steps or questions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from msgspec import Struct

from deskpress.model.site import Options
from deskpress.render.frame import shortened
from deskpress.source.parsed import body_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

FEWEST = 2
"""Steps, and questions, that make a text one of a kind."""

MOST = 30
"""Steps and questions that machines are told of."""

LONGEST = 300
"""Characters of each that they are told; the page has the rest."""

_ASKS = ("?", "\u061f", "\uff1f", "\u037e")
"""The question marks of Latin, Arabic, Chinese and Greek script."""
_BREAKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Structured(Struct, frozen=True):
    """The HTML of a topic, whose steps have ids and links where it has any, and what JSON-LD tells of it."""

    html: str
    things: tuple[dict[str, Any], ...] = ()


def structured(html: str, title: str, url: str, options: Options) -> Structured:
    """A topic's placed `html`, with `step-1` as the id of the first step; `url` is its page's.

    A text is instructions if it has one numbered list, and questions if each of its main headings is one.
    """
    if "<ol" not in html and not any(f"{sign}<" in html for sign in _ASKS):
        return Structured(html)
    body = body_of(html)
    if body is None:
        return Structured(html)
    questions = _questions(body)
    lists = [node for node in body.iter() if node.tag == "ol" and "class" not in node.attributes]
    steps = [item for item in lists[0].iter() if item.tag == "li"] if len(lists) == 1 else []
    if len(steps) < FEWEST or 'id="step-' in html:
        return Structured(html, questions)
    told = _how_to(title, [_plain(step) for step in steps], url)
    for number, step in enumerate(steps, 1):
        step.attrs["id"] = f"step-{number}"
    linked = body.inner_html or ""
    for number in range(1, len(steps) + 1):
        # Its name is spoken; the number that is seen lies below it.
        say = escape(options.words("Link to step %(number)s", number=number))
        mark = f'<a class="dp-step" href="#step-{number}" aria-label="{say}"></a>'
        linked = linked.replace(f'<li id="step-{number}">', f'<li id="step-{number}">{mark}')
    return Structured(linked, questions or told)


def _how_to(title: str, steps: list[str], url: str) -> tuple[dict[str, Any], ...]:
    """Instructions: https://schema.org/HowTo."""
    listed = [
        {"@type": "HowToStep", "position": number, "text": text, "url": f"{url}#step-{number}"}
        for number, text in enumerate(steps[:MOST], 1)
    ]
    return ({"@type": "HowTo", "name": title, "step": listed},)


def _questions(body: LexborNode) -> tuple[dict[str, Any], ...]:
    """Questions with their answers: https://schema.org/FAQPage; nothing for another text."""
    levels = sorted({node.tag for node in body.iter() if node.tag in _BREAKS})
    found = [*_parts(body, levels[0])] if levels else []
    if len(found) < FEWEST or not all(asked.endswith(_ASKS) and answer for asked, answer in found):
        return ()
    listed = [
        {
            "@type": "Question",
            "name": asked,
            "acceptedAnswer": {"@type": "Answer", "text": shortened(answer, LONGEST)},
        }
        for asked, answer in found[:MOST]
    ]
    return ({"@type": "FAQPage", "mainEntity": listed},)


def _parts(body: LexborNode, level: str) -> Iterator[tuple[str, str]]:
    """Each heading of a level with the text below it."""
    heading, texts = "", list[str]()
    for node in body.iter():
        if node.tag == level:
            if heading:
                yield heading, " ".join(texts)
            heading, texts = _plain(node), []
        else:
            texts.append(_plain(node))
    if heading:
        yield heading, " ".join(texts)


def _plain(node: LexborNode) -> str:
    """The text of an element, without the mark that links to a heading."""
    parts = (
        child.text()
        for child in node.iter(include_text=True)
        if "headerlink" not in (child.attributes.get("class") or "")
    )
    return shortened(" ".join("".join(parts).split()), LONGEST)
