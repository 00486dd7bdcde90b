"""Reads `.authors.yml` in the format of Material's blog plug-in."""

from __future__ import annotations

from deskpress.model.address import cleaned, forbidden_scheme, problem_of
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.document import Author
from deskpress.model.site import Options
from deskpress.source.decoding import decode
from deskpress.source.front_matter_keys import nearest
from deskpress.source.frontmatter import Value, read_mapping

_KEYS = ("name", "description", "avatar", "url", "slug", "email")
_TARGETS = ("avatar", "url")


def read_authors(
    data: bytes, label: str, options: Options
) -> tuple[dict[str, Author], tuple[Diagnostic, ...]]:
    """Read the file's bytes; `label` names it in diagnostics."""
    text, report = decode(data, label, options)
    values = None if text is None else read_mapping(text, report)
    if values is None:
        return {}, tuple(report.found)
    listed = values.get("authors")
    if listed is None or not isinstance(listed.data, dict):
        report.error(Kind.FRONT_MATTER, "there is no `authors` mapping", "begin with `authors:`")
        return {}, tuple(report.found)
    authors: dict[str, Author] = {}
    for key, value in listed.data.items():
        fields = value.data if isinstance(value.data, dict) else {}
        name = fields.get("name")
        if name is None or not isinstance(name.data, str) or not name.data.strip():
            report.error(
                Kind.FRONT_MATTER,
                f"the author `{key}` has no name",
                "add `name: …`",
                line=value.line,
                column=value.column,
            )
            continue
        for field, item in fields.items():
            if field not in _KEYS:
                like = nearest(field, _KEYS)
                hint = f"did you mean `{like}`?" if like else ""
                report.warning(Kind.FRONT_MATTER, f"the key `{field}` is not known", hint, line=item.line)
        for field in _TARGETS:
            if (value := fields.get(field)) and (scheme := forbidden_scheme(_text(value))):
                problem = f"an author's `{field}` may not lead to `{scheme}:`"
                report.error(
                    Kind.FRONT_MATTER,
                    problem,
                    "write an address of the web, `https://…`",
                    line=value.line,
                    column=value.column,
                )
        texts = {field: _text(fields.get(field)) for field in _KEYS[1:5]}
        texts |= {field: cleaned(texts[field]) for field in _TARGETS}
        if "/" in texts["slug"] or (texts["slug"] and problem_of(texts["slug"])):
            problem = f"the slug `{texts['slug']}` of an author is not valid in an address: `{key}` is taken"
            at = fields["slug"]
            report.warning(
                Kind.FRONT_MATTER, problem, "letters, digits and hyphens", line=at.line, column=at.column
            )
            texts["slug"] = ""
        texts["slug"] = texts["slug"] or ("" if "/" in key or problem_of(key) else key)
        authors[key] = Author(key, name.data.strip(), **texts)
    return authors, tuple(report.found)


def _text(value: Value | None) -> str:
    return "" if value is None or isinstance(value.data, list | dict) else value.raw.strip()
