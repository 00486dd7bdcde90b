"""The catalogs of translations that the theme brings: whole, and no placeholder lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.words import LOCALES, messages

CATALOGS = sorted(LOCALES.glob("*.po"))
PLACE = re.compile(r"%\(\w+\)s")


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(text) for text in value]  # type: ignore[attr-defined]  # forms


def places(text: str) -> list[str]:
    return sorted(PLACE.findall(text))


@pytest.fixture(params=CATALOGS, ids=lambda path: path.stem)
def catalog(request: pytest.FixtureRequest) -> list[Message]:
    path: Path = request.param
    with path.open("rb") as file:
        return [message for message in read_po(file, path.stem, abort_invalid=True) if message.id]


def test_there_are_catalogs() -> None:
    assert {path.stem for path in CATALOGS} >= {"ar", "de", "es", "fr"}


def test_every_text_of_the_interface_is_translated(catalog: list[Message]) -> None:
    known = {texts(message.id)[0]: message for message in catalog}
    wanted = {texts(message)[0] for message, _ in messages()}
    assert wanted - known.keys() == set(), "run `make words` and translate"
    assert known.keys() - wanted == set(), "run `make words`"
    assert [text for text, message in known.items() if not all(texts(message.string))] == []


def test_no_placeholder_is_lost_or_invented(catalog: list[Message]) -> None:
    for message in catalog:
        wanted = places(texts(message.id)[-1])
        for at, text in enumerate(texts(message.string)):
            # "One post", "two posts": a form for one number may say it in words.
            silent = isinstance(message.id, tuple) and at < len(texts(message.string)) - 1
            found = places(text)
            assert found == wanted or (silent and found == [p for p in wanted if p != "%(number)s"]), text


def test_no_translation_holds_markup(catalog: list[Message]) -> None:
    for message in catalog:
        for text in texts(message.string):
            assert "<" not in text
            assert not re.search(r"&\w+;", text)
