"""Hints for broken links: always in the form that works in the file with the link."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from deskpress.model.patterns import lazy_pattern
from deskpress.model.pictures import ending
from deskpress.render.raw_html import local_path

_MAIL = lazy_pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\?.*)?")
_PHONE = lazy_pattern(r"(?:tel\s*)?\+?[\d()/ -]{7,}", re.I)
_HOST = lazy_pattern(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|dev|app|shop|store|example"
    r"|eu|de|at|ch|uk|fr|es|it|nl|be|pl|se|no|dk|fi|pt|cz|ie|us|ca|au|nz|jp|cn|in|br|mx))(?::\d+)?(?:[/?#].*)?",
    re.I,
)
_SLASHES = lazy_pattern(r"(https?)(?::/(?!/)|//|;//|:\s*//|:\\\\)", re.I)
_DATED = lazy_pattern(r"\d{4}-\d\d-\d\d-(.+)\.\w+")
_SIZED = lazy_pattern(r"(\S+) =(\d*)x(\d*)")
_TITLED = lazy_pattern(r"(\S+)\s+[“”„«‘](.+)[“”»’]")
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_PICTURES = frozenset(".avif .gif .jpeg .jpg .png .svg .webp".split())


class Advice(NamedTuple):
    """The problem with a link, and the hint."""

    problem: str
    hint: str


class Adviser:
    """Knows the content's files (`documents` and `assets`) and the site's `addresses`."""

    def __init__(
        self, documents: Mapping[str, str], assets: Iterable[str], addresses: Iterable[str], content: str
    ) -> None:
        self._documents = documents
        self._assets = assets
        self._known = addresses
        self._content = content
        self._nearest: dict[tuple[str, str], str] = {}

    def advise(self, source: str, target: str, kind: str) -> Advice:
        """The advice about the broken link or image `target` in the file `source`."""
        path, mark, tail = _parted(target)
        plain = unquote(path)
        told = _elsewhere(plain) or self._local(source, plain, kind) or self._around(source, target)
        if told:
            return told
        problem = f"`{path}` does not exist"
        if "\\" in plain:
            fixed = plain.replace("\\", "/")
            found = self._same(source, fixed) or self._like(source, fixed, kind)
            hint = self._relative(source, found) if found else fixed
            return Advice("paths are written with `/`", f"write `{hint}{mark}{tail}`")
        beside = _join(posixpath.dirname(source), plain)
        if beside is None and not plain.startswith("/"):
            return self._outside(source, plain, kind)
        if found := self._same(source, plain):
            wanted = self._relative(source, found) + mark + tail
            name = posixpath.basename(found)
            given = posixpath.basename(plain)
            if given != name and given.casefold() == name.casefold():
                return Advice(problem, f"the file is called `{wanted}`: upper and lower case matter")
            return Advice(problem, f"write `{wanted}`")
        if plain.startswith("/"):
            like = self._like_address(plain)
            return Advice(problem, f"the nearest is `/{like}`" if like else "correct or remove it")
        if like := self._like(source, plain, kind):
            return Advice(problem, f"the nearest is `{self._relative(source, like)}`")
        return Advice(problem, "correct or remove it")

    def absolute(self, source: str, target: str, address: str) -> Advice:
        """The advice about an absolute link to this site whose `address` does not exist."""
        problem = f"`{target}` is an address of this site that does not exist"
        found = self._like_address(address)
        by_address = self._by_address.get(found)
        if by_address:
            return Advice(problem, f"the nearest is `{self._relative(source, by_address)}`")
        return Advice(problem, f"the nearest is `/{found}`" if found else "correct or remove it")

    def _meant(self, source: str, target: str) -> str:
        """A target without the mistake, relative to the file `source` if it leads to a file."""
        path, mark, tail = _parted(target)
        same = self._same(source, unquote(path))
        return f"{self._relative(source, same) if same else path}{mark}{tail}"

    def _around(self, source: str, target: str) -> Advice | None:
        """A target that contains or is enclosed by something that is not part of a path."""
        if found := _SIZED.fullmatch(target):
            mended = f"{found[1]}){{ {' '.join(_sizes(found[2], found[3]))} }}"
            return Advice("a size does not belong inside the brackets", f"write `{mended}`")
        if found := _TITLED.fullmatch(target):
            mended = f'{found[1]} "{found[2]}"'
            return Advice("the title needs straight quotation marks", f"write `{mended}`")
        inner = target.strip("“”„«»‘’<> ")
        if inner != target and inner:
            problem = "there are quotation marks around the target, and become part of it"
            if target[0] == "<" or target[-1] == ">":
                problem = "one of the marks `<` and `>` around the target is missing"
            return Advice(problem, f"write `{self._meant(source, inner)}`")
        seen = "".join(c for c in target if c.isprintable() and c not in _UNSEEN)
        if seen != target:
            hint = f"write `{self._meant(source, seen)}`"
            return Advice("there is an invisible character in the target", hint)
        return None

    def _local(self, source: str, plain: str, kind: str) -> Advice | None:
        # Markdown removes one of two backslashes: `\\server\share` arrives as `\server\share`.
        name = local_path(f"\\{plain}" if re.match(r"\\[^\\]+\\", plain) else plain)
        if not name:
            return None
        what, where = ("picture", "images") if kind == "image" else ("file", "files")
        wanted = self._relative(source, f"{where}/{name}")
        problem = "this is a path on your own computer, which readers do not have"
        return Advice(problem, f"copy the {what} to {self._content}/{where}/ and write `{wanted}`")

    def _outside(self, source: str, plain: str, kind: str) -> Advice:
        found = self._same(source, plain)
        if found:
            return Advice(f"`{plain}` does not exist", f"write `{self._relative(source, found)}`")
        where = "images" if kind == "image" else "files"
        wanted = self._relative(source, f"{where}/{posixpath.basename(plain)}")
        problem = f"`{plain}` lies outside {self._content}/, where nothing is published"
        return Advice(problem, f"move it to {self._content}/{where}/ and write `{wanted}`")

    def _same(self, source: str, plain: str) -> str:
        """The file that a path names from elsewhere, or in another spelling; empty if none."""
        beside = _join(posixpath.dirname(source), plain)
        root = plain.lstrip("/")
        prefixed = root.removeprefix(f"{self._content.rpartition('/')[2]}/")
        for path in (beside, root, prefixed):
            if not path:
                continue
            for candidate in _spellings(path):
                if candidate in self._documents or candidate in self._all:
                    return candidate
                if found := self._folded.get(_fold(candidate)):
                    return found
        for candidate in _spellings(root.rstrip("/")):
            same = self._named.get(_fold(posixpath.basename(candidate)), [])
            if len(same) == 1:
                return same[0]
        return ""

    def _like(self, source: str, plain: str, kind: str) -> str:
        """The file with the most similar path."""
        stem = posixpath.basename(plain).rpartition(".md")[0] or posixpath.basename(plain)
        # The name of a post without its day, as in its address.
        dated = self._by_stem.get(stem.casefold(), []) if kind != "image" else []
        if len(dated) == 1:
            return dated[0]
        from rapidfuzz import fuzz, process  # only needed for mistakes

        beside = _join(posixpath.dirname(source), plain) or plain.lstrip("./")
        key = (beside, kind)
        if key not in self._nearest:
            choices = self._pictures if kind == "image" and self._pictures else self._files
            found = process.extractOne(beside, choices, scorer=fuzz.ratio, score_cutoff=60)
            self._nearest[key] = str(found[0]) if found else ""
        return self._nearest[key]

    def _like_address(self, plain: str) -> str:
        from rapidfuzz import fuzz, process

        found = process.extractOne(plain.lstrip("/"), self._addresses, scorer=fuzz.ratio, score_cutoff=60)
        return str(found[0]) if found else ""

    def _relative(self, source: str, path: str) -> str:
        way = posixpath.relpath(path, posixpath.dirname(source) or ".")
        return way.replace(" ", "%20") if " " in way else way

    @cached_property
    def _by_stem(self) -> dict[str, list[str]]:
        """The documents whose names begin with a day, by the rest of these."""
        found: dict[str, list[str]] = {}
        for path in self._documents:
            if dated := _DATED.fullmatch(posixpath.basename(path)):
                found.setdefault(dated[1].casefold(), []).append(path)
        return found

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self._assets)

    @cached_property
    def _files(self) -> list[str]:
        return sorted([*self._documents, *self._all])

    @cached_property
    def _pictures(self) -> list[str]:
        return [path for path in self._files if ending(path) in _PICTURES]

    @cached_property
    def _addresses(self) -> list[str]:
        return sorted(self._known)

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {address: path for path, address in self._documents.items()}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(path): path for path in reversed(self._files)}

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        named: dict[str, list[str]] = {}
        for path in self._files:
            named.setdefault(_fold(posixpath.basename(path)), []).append(path)
        return named


def _sizes(width: str, height: str) -> list[str]:
    named = (("width", width), ("height", height))
    return [f'{name}="{number}"' for name, number in named if number]


def _elsewhere(plain: str) -> Advice | None:
    """A target meant as a mail address, a telephone number or another site."""
    if _MAIL.fullmatch(plain):
        return Advice(f"`{plain}` is a mail address", f"write `mailto:{plain}`")
    if _SLASHES.match(plain):
        fixed = _SLASHES.sub(lambda found: f"{found[1].lower()}://", plain, count=1)
        return Advice(f"`{plain}` is not a valid address", f"write `{fixed}`")
    if _HOST.fullmatch(plain) and not plain.lower().endswith((".md", ".html")):
        return Advice(f"`{plain}` is an address of another site", f"write `https://{plain}`")
    if _PHONE.fullmatch(plain) and sum(map(str.isdigit, plain)) > 5:
        number = "".join(c for c in plain if c.isdigit() or c == "+")
        return Advice(f"`{plain}` is a telephone number", f"write `tel:{number}`")
    return None


def _spellings(path: str) -> Iterable[str]:
    """A path, and the file names that other programs use for it."""
    yield path
    stem, dot, end = path.rpartition(".")
    if dot and end.lower() in ("html", "htm", "markdown", "mkd", "txt", "php", "aspx"):
        yield f"{stem}.md"
        if stem.endswith("/index"):
            yield f"{stem.removesuffix('/index')}.md"
    elif not dot or "/" in end:
        yield f"{path.rstrip('/')}.md"
        yield f"{path.rstrip('/')}/index.md"


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold().replace("_", "-").replace(" ", "-")


def _parted(target: str) -> tuple[str, str, str]:
    """The path of a target, `?` or `#`, and what follows."""
    found = re.search(r"[?#]", target)
    return (target, "", "") if found is None else (target[: found.start()], found[0], target[found.end() :])


def _join(folder: str, path: str) -> str | None:
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".." or joined.startswith(("../", "/")):
        return None
    return "" if joined == "." else joined
