"""Diagnostics as other programs read them: JSON, annotations of hosted git, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from deskpress import __version__
from deskpress.model.diagnostic import Diagnostic, Severity

FORMATS = ("text", "json", "github", "gitlab", "sarif")


def formatted(kind: str, diagnostics: Iterable[Diagnostic], counts: Mapping[str, Any]) -> str:
    """The diagnostics in one of `FORMATS` but text; `counts` are told in JSON besides."""
    found = list(diagnostics)
    if kind == "github":
        return "".join(f"{_annotation(one)}\n" for one in found)
    data: Any
    if kind == "json":
        data = {**counts, "diagnostics": [as_record(one) for one in found]}
    elif kind == "gitlab":
        data = [_code_quality(one) for one in found]
    else:
        data = _sarif(found)
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def as_record(one: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON has it."""
    return {
        "path": one.span.path,
        "line": one.span.line,
        "column": one.span.column,
        "severity": one.severity.name.lower(),
        "kind": one.kind,
        "problem": one.problem,
        "hint": one.hint,
    }


def _message(one: Diagnostic) -> str:
    return one.problem + (f"\nhint: {one.hint}" if one.hint else "")


def _annotation(one: Diagnostic) -> str:
    """A workflow command of GitHub Actions."""
    place = f"file={_property(one.span.path)},line={one.span.line},col={one.span.column}"
    level = one.severity.name.lower()
    return f"::{level} {place},title={_property(one.kind)}::{_escaped(_message(one))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _code_quality(one: Diagnostic) -> dict[str, Any]:
    """An entry of GitLab's Code Quality report. The fingerprint does not depend on the line."""
    known = "\0".join((one.span.path, one.kind, one.problem, one.context))
    return {
        "description": _message(one).replace("\n", " – "),
        "check_name": f"deskpress/{one.kind.replace(' ', '-')}",
        "fingerprint": sha256(known.encode("utf-8", "replace")).hexdigest(),
        "severity": "major" if one.severity is Severity.ERROR else "minor",
        "location": {"path": one.span.path, "lines": {"begin": one.span.line}},
    }


def _sarif(found: list[Diagnostic]) -> dict[str, Any]:
    """A log of SARIF 2.1.0 (OASIS)."""
    kinds = sorted({one.kind for one in found})
    driver = {
        "name": "Deskpress",
        "version": __version__,
        "rules": [{"id": kind.replace(" ", "-"), "shortDescription": {"text": kind}} for kind in kinds],
    }
    results = [
        {
            "ruleId": one.kind.replace(" ", "-"),
            "level": one.severity.name.lower(),
            "message": {"text": _message(one)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": one.span.path},
                        "region": {"startLine": one.span.line, "startColumn": one.span.column},
                    }
                }
            ],
        }
        for one in found
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
