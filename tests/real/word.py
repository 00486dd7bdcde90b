"""What stands in files of Word, as HTML, read from their XML without the importer (ECMA-376, part 1).

Deleted text, fallbacks of text boxes and marks of revisions are no text; paragraphs with numbering are items.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import lxml.etree

etree: Any = lxml.etree

_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "sectPr"})
_FIELD = re.compile(r'\s*HYPERLINK\s+(?:\\\w\s+)?"([^"]+)"')


class Word:
    """A file of Word: its body as HTML, and the title that it begins with."""

    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.names = set(self.archive.namelist())
        found = [name for name in self.names if name.endswith("document.xml")]
        self.main = found[0] if found else ""
        folder, _, name = self.main.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        self.targets = {
            one.get("Id"): one.get("Target")
            for one in (self._tree(relations) if relations in self.names else ())
        }
        self.styles = self._styles(posixpath.join(folder, "styles.xml"))
        self.title = ""
        self.notes: list[str] = []

    def html(self) -> str:
        """The body, with its footnotes and endnotes below."""
        if not self.main:
            return ""
        body = next((one for one in self._tree(self.main) if _name(one) == "body"), None)
        text = "".join(map(self._block, body)) if body is not None else ""
        return text + "".join(f"<p>{note}</p>" for note in self.notes)

    def _tree(self, name: str) -> Any:
        data = self.archive.read(name)
        return etree.fromstring(data.lstrip(b"\xef\xbb\xbf"), etree.XMLParser(resolve_entities=False))

    def _styles(self, name: str) -> dict[str, str]:
        """The names of styles by id, in lower case."""
        if name not in self.names:
            return {}
        return {
            _value(one, "styleId"): _value(_child(one, "name"), "val").lower()
            for one in self._tree(name)
            if _name(one) == "style"
        }

    def _block(self, node: Any) -> str:
        kind = _name(node)
        if kind in _SKIPPED or not kind:
            return ""
        if kind == "tbl":
            return f"<table>{''.join(map(self._block, node))}</table>"
        if kind == "tr":
            return f"<tr>{''.join(map(self._block, node))}</tr>"
        if kind == "tc":
            merged = _child(_child(node, "tcPr"), "vMerge")
            if merged is not None and _value(merged, "val") != "restart":
                return ""  # a part of the cell above
            return f"<td>{''.join(map(self._block, node))}</td>"
        return self._paragraph(node) if kind == "p" else "".join(map(self._block, node))

    def _paragraph(self, node: Any) -> str:
        text = "".join(self._inline(node))
        settings = _child(node, "pPr")
        style = self.styles.get(_value(_child(settings, "pStyle"), "val"), "")
        boxes = "".join(
            self._block(one)
            for box in node.iter()
            if _name(box) == "txbxContent"
            for one in box
            if not any(_name(above) == "Fallback" for above in box.iterancestors())
        )
        if not re.sub("<[^>]*>", "", text).strip() and "<img" not in text:
            return boxes
        if style == "title" and not self.title:
            self.title = re.sub("<[^>]*>", "", text).strip()
            return boxes
        if found := re.fullmatch(r"heading ([1-6])", style):
            return f"<h{found[1]}>{text}</h{found[1]}>{boxes}"
        if _child(settings, "numPr") is not None:
            return f"<ul><li>{text}</li></ul>{boxes}"
        return f"<p>{text}</p>{boxes}"

    def _inline(self, node: Any) -> Iterator[str]:
        field = ""
        for one in node:
            kind = _name(one)
            if kind == "r":
                for part in one:
                    if _name(part) == "instrText" and (found := _FIELD.match(part.text or "")):
                        field = found[1]
                        yield f'<a href="{escape(field)}">'
                    if _name(part) == "fldChar" and _value(part, "fldCharType") == "end" and field:
                        field = ""
                        yield "</a>"
                yield from self._run(one)
            elif kind == "hyperlink":
                target, anchor = self.targets.get(_value(one, "id"), ""), _value(one, "anchor")
                address = target or (f"#{anchor}" if anchor else "")
                inside = "".join(self._inline(one))
                yield f'<a href="{escape(address)}">{inside}</a>' if address else inside
            elif kind and kind not in _SKIPPED:
                yield from self._inline(one)

    def _run(self, node: Any) -> Iterator[str]:
        for one in node.iter():
            if any(_name(above) in ("Fallback", "txbxContent") for above in one.iterancestors()):
                continue
            kind = _name(one)
            if kind == "t":
                yield escape(one.text or "")
            elif kind in ("tab", "br"):
                yield " "
            elif kind == "blip" and _value(one, "embed"):  # others lie outside of the file
                yield '<img src="a">'
            elif kind in ("footnoteReference", "endnoteReference"):
                self._note(kind.removesuffix("Reference"), _value(one, "id"))

    def _note(self, kind: str, number: str) -> None:
        name = posixpath.join(posixpath.dirname(self.main), f"{kind}s.xml")
        for one in self._tree(name) if name in self.names else ():
            if _name(one) == kind and _value(one, "id") == number:
                self.notes.append(" ".join("".join(self._inline(part)) for part in one if _name(part) == "p"))


def _name(node: Any) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _child(node: Any, name: str) -> Any:
    return next((one for one in node if _name(one) == name), None) if node is not None else None


def _value(node: Any, name: str) -> str:
    """An attribute in whatever namespace."""
    if node is None:
        return ""
    return next((value for key, value in node.attrib.items() if etree.QName(key).localname == name), "")
