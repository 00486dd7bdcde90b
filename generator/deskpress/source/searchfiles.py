"""`synonyms.yml` and `search.yml`: search settings of editors.

Synonyms are lists of words and phrases with the same meaning for readers. `search.yml` lists queries with the
page that must come first: `- query: going away` and `page: help/vacation-settings.md`, or the page's address.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.search import MAX_SYNONYMS, Judgment, SearchFiles, Synonyms
from deskpress.source.frontmatter import UNSEEN, compose
from deskpress.source.report import Report

SYNONYMS, QUERIES = "synonyms.yml", "search.yml"
MAX_SIZE = 250_000
"""The most bytes of either file: parsing more YAML takes seconds in each check."""

MAX_GROUPS = 2000
MAX_PHRASE = 200
"""The most letters of a phrase: more of a query is not searched for."""

MAX_QUERIES = 1000
"""The most queries: each of them is searched for in every check."""


def read_search_files(root: Path, content: str) -> tuple[SearchFiles, list[Diagnostic]]:
    """Read both files if they exist; `content` is the folder as editors know it, with a slash."""
    found: list[Diagnostic] = []
    synonyms: list[tuple[str, ...]] = []
    groups = _items(root / SYNONYMS, f"{content}{SYNONYMS}", found)
    if len(groups) > MAX_GROUPS:
        label, problem = f"{content}{SYNONYMS}", f"there are more than {MAX_GROUPS:,} groups"
        _wrong(label, groups[MAX_GROUPS], problem, "keep those that readers need most", found)
    others: dict[str, int] = {}
    for node in groups[:MAX_GROUPS]:
        group = _texts(node)
        if wrong := _group_problem(group, others):
            _wrong(f"{content}{SYNONYMS}", node, *wrong, found)
        else:
            synonyms.append(group)
    judgments, more = read_queries(root / QUERIES, f"{content}{QUERIES}")
    return SearchFiles(_checked(synonyms), judgments), [*found, *more]


def read_queries(path: Path, label: str) -> tuple[tuple[Judgment, ...], list[Diagnostic]]:
    """The judged queries of a file, none if it is not there; `label` is the file as editors know it."""
    found: list[Diagnostic] = []
    judgments: list[Judgment] = []
    queries = _items(path, label, found)
    if len(queries) > MAX_QUERIES:
        problem = f"there are more than {MAX_QUERIES:,} queries"
        _wrong(label, queries[MAX_QUERIES], problem, "keep those that readers ask most", found)
    for node in queries[:MAX_QUERIES]:
        values = _pairs(node)
        if values.keys() == {"query", "page"}:
            judgments.append(Judgment(values["query"], values["page"], node.start_mark.line + 1))
        else:
            hint = "as in `- {query: going away, page: help/vacation-settings.md}`"
            _wrong(label, node, "an entry has a `query` and a `page`", hint, found)
    return tuple(judgments), found


def _group_problem(group: tuple[str, ...], others: dict[str, int]) -> tuple[str, str] | None:
    """The problem with a group, and the hint; `others` counts the synonyms of each phrase so far."""
    if len(group) < 2:
        return "a group has at least two words", "as in `- [spoof, phishing]`"
    if len(group) > MAX_SYNONYMS:
        return f"the group has {len(group):,} words, more than {MAX_SYNONYMS}", "keep those that readers use"
    if long := next((phrase for phrase in group if len(phrase) > MAX_PHRASE), ""):
        return (
            f"`{long[:40]}…` has more than {MAX_PHRASE} letters",
            "no query is as long: keep its first words",
        )
    for phrase in {phrase.casefold() for phrase in group}:
        others[phrase] = others.get(phrase, 0) + len(group) - 1
        if others[phrase] > MAX_SYNONYMS:
            problem = f"`{phrase}` has more than {MAX_SYNONYMS} synonyms in all its groups"
            return problem, "join the groups, and keep those that readers use"
    return None


def _checked(groups: list[tuple[str, ...]]) -> Synonyms:
    return tuple(dict.fromkeys(groups))


def _items(path: Path, label: str, found: list[Diagnostic]) -> list[Any]:
    """The nodes of the list in a file."""
    if not path.is_file():
        return []
    if not path.resolve().is_relative_to(path.parent.parent.resolve()):
        report = Report(label)
        report.error(Kind.OPTION, "a symbolic link that leads out of the site's folder", "put the file there")
        found += report.found
        return []
    data = path.read_bytes()
    text = data.decode("utf-8", "replace")
    report = Report(label, text)
    node = None
    if len(data) > MAX_SIZE:
        report.error(Kind.OPTION, f"the file has {len(data):,} bytes, more than {MAX_SIZE:,}")
    else:
        node = compose(text, report, what="the file")
    if node is not None and not isinstance(node, yaml.SequenceNode):
        report.error(Kind.OPTION, "the file holds no list", "each entry begins with `- `")
        node = None
    found += report.found
    return list(node.value) if node is not None else []


def _texts(node: Any) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        return ()
    texts = (_said(n) for n in node.value if isinstance(n, yaml.ScalarNode))
    return tuple(filter(None, texts))


def _pairs(node: Any) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    scalars = (pair for pair in node.value if all(isinstance(part, yaml.ScalarNode) for part in pair))
    return {_said(key): _said(value) for key, value in scalars}


def _said(node: yaml.ScalarNode) -> str:
    """A value without invisible characters."""
    return UNSEEN.sub("", node.value).strip()


def _wrong(label: str, node: Any, problem: str, hint: str, found: list[Diagnostic]) -> None:
    report = Report(label)
    mark = node.start_mark
    report.error(Kind.OPTION, problem, hint, line=mark.line + 1, column=mark.column + 1)
    found += report.found
