"""The texts of the interface as they stand in the code; `make words` brings the catalogs up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from deskpress.build.rules import known_checklist

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "theme/locales"
KEYWORDS = {"say": None, "words": None, "html": None, "_": None, "many": (1, 2), "ngettext": (1, 2)}
KINDS = {
    "generator/deskpress/plan/*.py": ("python", {}),
    "generator/deskpress/render/*.py": ("python", {}),
    "generator/deskpress/source/localised.py": ("python", {}),
    "generator/deskpress/source/tools.py": ("python", {}),
    "theme/deskpress/*.html": ("jinja2.ext:babel_extract", {"trimmed": "true"}),
}
SCRIPTS = ROOT / "theme/assets/javascripts"
_LITERAL = r'"((?:[^"\\]|\\.)*)"'
_SAID = re.compile(rf"\b(?:say\({_LITERAL}|many\({_LITERAL}, {_LITERAL})")
SWITCHES = ("Switch to light mode", "Switch to dark mode", "Use the system's setting")
"""What `mkdocs.yml` of our sites calls Material's switch."""

HEADER = """msgid ""
msgstr ""
"Language: {}\\n"
"Plural-Forms: {}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

Message = str | tuple[str, ...]


def messages() -> Iterator[tuple[Message, str]]:
    """Every text with the file in which it stands; one with a number as (singular, plural)."""
    for pattern, (method, options) in KINDS.items():
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            found = extract(method, BytesIO(path.read_bytes()), KEYWORDS, (), options)
            yield from ((message[1], name) for message in found)
    # Not by Babel's lexer: regular expressions throw it out of step.
    for path in sorted(SCRIPTS.rglob("*.js")):
        if "vendor" not in path.parts:
            for said, one, more in _SAID.findall(path.read_text("utf-8")):
                yield said or (one, more), path.relative_to(ROOT).as_posix()
    yield from ((step, "theme/assets/javascripts/tools/checklist.js") for step in known_checklist())
    yield from _data("table/headings.js", r'label: "([^"]+)"')
    yield from _data("table/layouts.js", r'"instead": "([^"]+)"')
    yield from _data("mail/secrets.js", r'^  "([^"]+)": /')
    yield from ((switch, "mkdocs.yml") for switch in SWITCHES)


def _data(name: str, pattern: str) -> Iterator[tuple[Message, str]]:
    path = SCRIPTS / "tools" / name
    for text in re.findall(pattern, path.read_text("utf-8"), re.M):
        yield text, path.relative_to(ROOT).as_posix()


def template() -> Catalog:
    """All texts, without translations."""
    catalog = Catalog(project="Deskpress", charset="utf-8", fuzzy=False)
    for message, path in messages():
        catalog.add(message, locations=[(path, 0)])
    return catalog


def refresh() -> None:
    """Bring every catalog up to date: new texts go in, those that are gone go out."""
    wanted = template()
    for path in sorted(LOCALES.glob("*.po")):
        language = path.stem.replace("-", "_")
        with path.open("rb") as file:
            catalog = read_po(file, language)
        catalog.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            file.write(HEADER.format(path.stem, catalog.plural_forms).encode())
            write_po(file, catalog, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
        missing = sum(1 for message in catalog if message.id and not all(_forms(message.string)))
        print(f"{path.name}: {len(catalog)} texts, {missing} without a translation")


def _forms(value: str | Sequence[str] | None) -> list[str]:
    return [value or ""] if value is None or isinstance(value, str) else list(value)


if __name__ == "__main__":
    refresh()
