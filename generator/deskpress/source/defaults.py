"""Defaults for front matter, from files such as Material's `.meta.yml`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from deskpress.compat.native.meta import holds_for, merged
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.source.frontmatter import Value, read_mapping
from deskpress.source.report import Report


class Defaults(Struct, frozen=True):
    """The values of each file of defaults by its path, outer folders first."""

    files: Mapping[str, Mapping[str, Value]] = {}

    def under(self, path: str, own: dict[str, Value], report: Report) -> dict[str, Value]:
        """The front matter of the document at `path`: its `own`, and the files' defaults for other keys."""
        values: dict[str, Value] = {}
        for name, found in self.files.items():
            if holds_for(name, path):
                values = self._over(values, found, name, report)
        return self._over(values, own, "a file of defaults", report) if values else own

    def _over(
        self, below: Mapping[str, Value], above: Mapping[str, Value], name: str, report: Report
    ) -> dict[str, Value]:
        try:
            return merged(below, above, _kind, _joined)
        except TypeError as error:
            key = str(error)
            problem = f"`{key}` is of another type here than in {name}"
            hint = "write both as lists, or both as single values"
            report.error(Kind.FRONT_MATTER, problem, hint, line=max(1, above[key].key_line))
            return {**below, **above}


def read_defaults(files: Mapping[str, bytes], content: str) -> tuple[Defaults, list[Diagnostic]]:
    """Read the files of defaults and report mistakes in them; `content` is the folder as editors know it."""
    found, problems = {}, []
    for path, data in files.items():
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        report = Report(f"{content}/{path}", text)
        values = read_mapping(text, report)
        problems += report.found
        # In a document they have no position of their own: they are reported at its first line.
        found[path] = {key: _moved(value) for key, value in (values or {}).items()}
    return Defaults(found), problems


def _moved(value: Value) -> Value:
    return replace(value, line=1, column=1, key_line=1)


def _kind(value: Value) -> type:
    return type(value.data)


def _joined(below: Value, above: Value) -> Value:
    if isinstance(above.data, list):
        return replace(above, data=[*below.data, *above.data])
    return replace(above, data=merged(below.data, above.data, _kind, _joined))
