"""Splits a file into front matter and Markdown, and reads the YAML with the position of each value.

Content is untrusted: YAML anchors, aliases and tags are refused before anything is built from them, nesting
is limited, and only plain values are made.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from deskpress.model.diagnostic import Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.source.front_matter_keys import KEYS
from deskpress.source.quoting import quoted
from deskpress.source.report import Report
from deskpress.source.slips import explain, explain_mark

FRONT_MATTER = lazy_pattern(r"(\ufeff?---[ \t]*\n)(.*?)^((?:---|\.\.\.)[ \t]*(?:\n|\Z))", re.S | re.M)
"""Front matter at the top of a text: the line before it, its text, and the line after it."""

MAX_DEPTH = 20
"""How deep lists and mappings may nest; normal front matter needs three levels."""

_TOO_DEEP = f"lists and mappings nest deeper than {MAX_DEPTH} levels"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = lazy_pattern(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
UNSEEN = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLACEHOLDER = lazy_pattern(r"([A-Za-z][\w-]*):[ \t]*(\{\{[^{}\n]*\}\}|<%[^<>\n]*%>)[ \t]*")
_STANDARD_TAG = "tag:yaml.org,2002:"
_NO_VALUES = frozenset({_STANDARD_TAG + "value", _STANDARD_TAG + "merge"})
"""`=` and `<<` are keys with a special meaning in YAML 1.1, and not valid values."""


class Value(Struct, frozen=True):
    """A YAML value with its position in the file.

    `data` is the Python value (None, bool, int, float, str, date, datetime), a `list[Value]` or a
    `dict[str, Value]`. `raw` is a scalar as it was written: `title: 007` stays `007`. `key_line` is the
    line of its key. An invalid value is None, `broken`, and reported.
    """

    data: Any
    raw: str
    line: int
    column: int
    key_line: int = 1
    broken: bool = False


class Split(Struct, frozen=True):
    """A file's front matter, its Markdown, the first line of that, and the text of the front matter."""

    values: dict[str, Value]
    text: str
    text_line: int
    front: str = ""


def split(text: str, report: Report) -> Split | None:
    """Read `text` (newlines are `\\n`); None after an error, which is then in `report`."""
    if not text.startswith("---"):
        return Split({}, text, 1)
    found = _FENCE.match(text)
    if found is None:
        if text.partition("\n")[0].rstrip() != "---":
            return Split({}, text, 1)
        from deskpress.source.misplaced import report_open_end  # only needed for mistakes

        report_open_end(text, report)
        return None
    values = _read_yaml(found[1], report)
    if values is None:
        return None
    return Split(values, text[found.end() :], text.count("\n", 0, found.end()) + 1, found[1])


def read_meta(front: str) -> dict[str, Any]:
    """Front matter that passed the checks, as MkDocs passes it to templates."""
    found = yaml.load(front, _Loader) if front else {}  # noqa: S506  # a safe loader
    return found if isinstance(found, dict) else {}


def read_mapping(text: str, report: Report) -> dict[str, Value] | None:
    """Read a YAML file, such as `.authors.yml`; None after an error."""
    return _read_yaml(text, report, offset=1)


def _read_yaml(text: str, report: Report, offset: int = 2) -> dict[str, Value] | None:
    """Read YAML that begins on line `offset` of the report's file."""
    before = len(report.found)
    if _has_placeholder(text, report, offset):
        return None
    node = compose(text, report, offset)
    if node is None:
        return None if len(report.found) > before else {}
    if not isinstance(node, yaml.MappingNode):
        if slip := explain(text, KEYS):
            place = {"line": slip.line + offset, "column": slip.column}
            report.error(Kind.FRONT_MATTER, slip.problem, slip.hint, **place)
            return None
        report.error(
            Kind.FRONT_MATTER,
            "front matter must be `key: value` lines",
            "for example `title: Two numbers to watch`",
            line=node.start_mark.line + offset,
            column=node.start_mark.column + 1,
        )
        return None
    found: dict[str, Value] = _value(node, _Loader(""), report, offset).data
    return found


def compose(text: str, report: Report, offset: int = 1, what: str = "the front matter") -> yaml.Node | None:
    """The nodes of valid YAML that begins on line `offset`; None if it is empty, or after an error."""
    try:
        if not _is_harmless(text, report, offset):
            return None
        loader = _Loader(text)
        try:
            node: yaml.Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        _report_yaml_error(error, text, report, offset, what)
        return None
    except (yaml.YAMLError, ValueError) as error:
        # The pure Python loader raises `ValueError` for an invalid character.
        hint = "delete characters that nobody sees, and write no others by their number"
        report.error(Kind.FRONT_MATTER, f"{what} is not YAML: {error}", hint, line=offset)
        return None
    return node


def _is_harmless(text: str, report: Report, offset: int) -> bool:
    """Refuse anchors, aliases, tags and deep nesting, using only the stream of events."""
    if _is_plain(text):
        return True
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        problem = hint = ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem, hint = (
                "anchors and aliases are not allowed",
                "write the value out (quote a leading & or *)",
            )
        elif (tag := getattr(event, "tag", None)) and tag not in ("!", _STANDARD_TAG + "str"):
            problem, hint = f"the YAML tag {tag} is not allowed", "write a plain value (quote a leading !)"
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                problem = _TOO_DEEP
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if problem:
            mark: Any = event.start_mark
            if mark and depth <= 2 and (slip := explain_mark(text.split("\n")[mark.line])):
                problem, hint = slip
            report.error(Kind.FRONT_MATTER, problem, hint, line=mark.line + offset, column=mark.column + 1)
            return False
    return True


def _has_placeholder(text: str, report: Report, offset: int) -> bool:
    """Report template placeholders: YAML would take `{{date}}` for two mappings."""
    for number, line in enumerate(text.split("\n")) if "{{" in text or "<%" in text else ():
        if found := _PLACEHOLDER.fullmatch(line):
            example = {"title": "Two numbers to watch", "date": "2012-03-12"}.get(found[1], "…")
            problem = f"`{found[2]}` is a placeholder that a template did not fill in"
            column = found.start(2) + 1
            hint = f"write the value itself, as in `{found[1]}: {example}`"
            report.error(Kind.FRONT_MATTER, problem, hint, line=number + offset, column=column)
            return True
    return False


def _is_plain(text: str) -> bool:
    """Whether YAML has no sign of anchors, aliases and tags, and too few brackets to nest deeply."""
    return not any(mark in text for mark in "&*!") and sum(map(text.count, "[{:?-")) <= MAX_DEPTH


def _value(node: yaml.Node, loader: Any, report: Report, offset: int) -> Value:
    line, column = node.start_mark.line + offset, node.start_mark.column + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Value] = {}
        for key, item in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            place = {"line": key.start_mark.line + offset, "column": key.start_mark.column + 1}
            if not isinstance(key, yaml.ScalarNode):
                report.error(Kind.FRONT_MATTER, "a key must be a word", **place)
            value = replace(_value(item, loader, report, offset), key_line=place["line"])
            if name in mapping:
                _report_twin(name, mapping[name], value, place, report)
            mapping[name] = value
        return Value(mapping, "", line, column)
    if isinstance(node, yaml.SequenceNode):
        return Value([_value(item, loader, report, offset) for item in node.value], "", line, column)
    try:
        data = loader.construct_object(node)
        if isinstance(data, int):
            str(data)  # Python writes no number of thousands of digits, though it reads one in hexadecimal
    except (ValueError, yaml.YAMLError):
        problem, hint = _why_invalid(node)
        report.error(Kind.FRONT_MATTER, problem, hint, line=line, column=column)
        return Value(None, str(node.value), line, column, broken=True)
    if UNSEEN.search(node.value):
        report.error(
            Kind.FRONT_MATTER,
            "the value holds a control character",
            "delete it, and what makes it: \\x07, \\u0007",
            line=line,
            column=column,
        )
        return Value(None, "", line, column, broken=True)
    return Value(data, str(node.value), line, column)


def _report_twin(name: str, first: Value, second: Value, place: dict[str, int], report: Report) -> None:
    """Report a duplicate key: no harm if the values are equal; MkDocs takes the last one."""
    if plain(first) == plain(second):
        problem = f"`{name}` appears a second time, as on line {first.key_line}"
        report.warning(Kind.FRONT_MATTER, problem, "keep one", **place)
        return
    problem = f"`{name}` appears a second time, with another value than on line {first.key_line}"
    lines = report.lines
    shown = lines[first.key_line - 1].strip() if first.key_line <= len(lines) else name
    hint = f"remove `{shown}` on line {first.key_line}, or this; MkDocs takes the last one"
    report.error(Kind.FRONT_MATTER, problem, hint, **place)


def plain(value: Value) -> Any:
    """A value without positions."""
    if isinstance(value.data, dict):
        return {key: plain(item) for key, item in value.data.items()}
    if isinstance(value.data, list):
        return [plain(item) for item in value.data]
    return (value.raw, str(type(value.data)))


_SHOWN = 40
"""Characters of an invalid value that are shown."""


def _why_invalid(node: yaml.Node) -> tuple[str, str]:
    """The problem with an invalid value, and a hint."""
    text = str(node.value)
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    if node.tag in _NO_VALUES:
        return f"`{shown}` alone has a meaning of its own in YAML", f'if it is text, write `"{text}"`'
    if not node.tag.endswith("timestamp"):
        return f"`{shown}` is not a valid value", "quote it if it is text"
    from deskpress.source.meant_dates import date_hint  # only needed for mistakes

    hint = date_hint(text, "a date is YYYY-MM-DD, its time HH:MM")
    return f"`{shown}` is not a valid value: there is no such day", hint


def _report_yaml_error(
    error: yaml.MarkedYAMLError, text: str, report: Report, offset: int, what: str
) -> None:
    # libyaml reads ahead; PyYAML 6.0.4 stops at 1,000 levels, before our own count is reached.
    deep = "nesting depth" in (error.problem or "")
    slip = explain(text, KEYS) if what == "the front matter" and not deep else None
    if slip:
        report.error(Kind.FRONT_MATTER, slip.problem, slip.hint, line=slip.line + offset, column=slip.column)
        return
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    hint = "quote text that holds `: ` or begins with one of [ ] { } & * ! | > ' \" % @ `"
    problem = f"{what} cannot be read from here on"
    if mended := quoted(text):
        if line not in mended:
            line = min(mended)
            column = len(lines[line]) - len(lines[line].lstrip())
        problem = f"{what} is not YAML: the value has to be quoted"
        hint = f"write `{mended[line].strip()}`"
    for number, content in enumerate(lines):
        if "\t" in content[: len(content) - len(content.lstrip())]:
            line, column, hint = number, content.index("\t"), "YAML is indented with spaces, not tabs"
            break
    if deep:
        problem, hint = _TOO_DEEP, ""
    report.error(
        Kind.FRONT_MATTER,
        problem,
        hint,
        line=min(line, len(lines) - 1) + offset,
        column=column + 1,
    )
