"""References of addresses and styles in a drawing, decoded as browsers decode them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

import tinycss2

from deskpress.model.address import cleaned
from deskpress.model.patterns import lazy_pattern
from deskpress.publish.css import is_plain

_PLAIN = lazy_pattern(r"url\(#([\w.-]+)\)")
_COMBINATORS = frozenset(">+~")


class Key(NamedTuple):
    """A selector key: a `type`, an `id` or a `class`; kind and name are empty for all elements."""

    kind: str
    name: str


ALL = Key("", "")


def fragments(address: str) -> set[str]:
    """The ids that an address within the drawing may name: browsers look them up as written and decoded."""
    address = cleaned(address)
    return {address[1:], unquote(address[1:])} if address.startswith("#") else set()


def url_references(text: str) -> frozenset[str]:
    """The ids that `url()` names in a `style` or the value of a property."""
    if "\\" not in text and "url(" not in text.lower():
        return frozenset()
    if is_plain(text):
        return frozenset(_PLAIN.findall(text))
    return frozenset(_urls(_tokens(text)))


def is_custom(text: str) -> bool:
    """Whether a `style` sets a custom property: its value is inherited, and used elsewhere."""
    return ("--" in text or "\\" in text) and _has_custom(_tokens(text))


def rules(sheet: str) -> Iterator[tuple[Key, set[str]]]:
    """The references in a style sheet's rules, by the elements that they may apply to."""
    if "\\" not in sheet and "url(" not in sheet.lower():
        return
    waiting: list[tuple[list[Any], frozenset[Key]]] = [(_tokens(sheet), frozenset())]
    while waiting:
        inside, keys = waiting.pop()
        names: set[str] = set()
        prelude: list[Any] = []
        for token in inside:
            if token.type == "{} block":
                waiting.append((token.content, _keys(prelude, keys)))
                prelude = []
            elif token.type == "literal" and token.value == ";":
                prelude = []
            else:
                prelude.append(token)
                names.update(_urls([token]))
        if names and _has_custom(inside):
            keys = frozenset({ALL})
        for key in keys if names else ():
            yield key, names


def _tokens(text: str) -> list[Any]:
    tokens: list[Any] = tinycss2.parse_component_value_list(text, skip_comments=True)
    return tokens


def _has_custom(tokens: list[Any]) -> bool:
    return any(token.type == "ident" and token.value.startswith("--") for token in tokens)


def _urls(tokens: Iterable[Any]) -> Iterator[str]:
    """The ids that the tokens name outside of blocks in braces, however deep: no recursion."""
    waiting = [*tokens]
    while waiting:
        token = waiting.pop()
        if token.type == "url":
            yield from fragments(token.value)
        elif token.type == "function" and token.lower_name == "url":
            for part in token.arguments:
                yield from fragments(part.value) if part.type == "string" else ()
        elif token.type != "{} block":
            waiting += getattr(token, "content", None) or getattr(token, "arguments", None) or ()


def _keys(prelude: list[Any], outer: frozenset[Key]) -> frozenset[Key]:
    """The elements that a block after `prelude` applies to, within a block for `outer`."""
    rule = next((token for token in prelude if token.type != "whitespace"), None)
    if rule is not None and rule.type == "at-keyword":
        # Which elements use the steps of an animation is not determined.
        return frozenset({ALL}) if rule.lower_value.endswith("keyframes") else outer
    if outer == {ALL}:
        return outer
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    keys: set[Key] = set()
    for parts in map(_last, selectors):
        keys |= outer if outer and parts and parts[0] == "&" else {_key(parts)}
    return frozenset(keys)


def _last(selector: list[Any]) -> list[Any]:
    """The part of a selector for the elements themselves: it follows all combinators."""
    last: list[Any] = []
    ended = True
    for token in selector:
        if token.type == "whitespace" or (token.type == "literal" and token.value in _COMBINATORS):
            ended = True
        else:
            last = [] if ended else last
            last.append(token)
            ended = False
    return last


def _key(parts: list[Any]) -> Key:
    """The most selective part: the id, a class, the type."""
    found = ALL
    before = ""
    for token in parts:
        mark = token.value if token.type == "literal" else ""
        if token.type == "hash":
            return Key("id", token.value)
        if token.type == "ident" and before == ".":
            found = Key("class", token.value)
        elif token.type == "ident" and before in ("", "|") and found.kind != "class":
            found = Key("type", token.value)
        before = mark or "x"
    return found
