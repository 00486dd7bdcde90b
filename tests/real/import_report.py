"""Imports real exports, builds the sites, and counts what was kept: `make import-report EXPORTS=DIR`.

DIR holds a folder for each format, with an export or several. What stood in a source is read by
`exports.py`, and what readers get from the built pages; the importer is asked nothing. Nothing in DIR is
changed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
from msgspec import Struct, field

from tests.real.exports import READERS, Expected

html: Any = lxml.html
"""Its stubs tell less of elements than is asked here."""

PARTS = ("words", "links", "images", "items", "cells", "spans", "code", "headings", "films")
_BLOCKS = frozenset(
    "p div li ul ol td th tr table h1 h2 h3 h4 h5 h6 pre br blockquote dd dt figure figcaption".split()
)
_PRIVATE = re.compile(rb"reader\d+@|Reader \d{2,}|198\.51\.100\.\d|reader\d+\.example")
_TARGET = re.compile(r"(?<=\bhref)=\"[^\"]*\"")


class Page(Struct):
    """A page of a built site."""

    path: str
    title: str
    body: Any
    date: str


class Tally(Struct):
    """The sums of one source."""

    name: str
    documents: int = 0
    found: int = 0
    before: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    addresses: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    ids: list[bool] = field(default_factory=list)
    drafts: list[bool] = field(default_factory=list)
    unchanged: bool = False
    private: int = 0
    runs: int = 0
    seconds: float = 0.0
    code: int = 0
    missing: list[str] = field(default_factory=list)


def count(top: Any) -> dict[str, Counter[str]]:
    """The parts of a text, each as a multiset."""
    found: dict[str, Counter[str]] = {name: Counter() for name in PARTS}
    for gone in top.xpath(".//script|.//style|.//button"):
        gone.drop_tree()
    text = "".join(_text(top))
    plain = unicodedata.normalize("NFKC", text).casefold()
    found["words"] = Counter(re.findall(r"[^\W_]+", plain))
    for link in top.xpath(".//a[@href]"):
        target = link.get("href").strip()
        if not target.startswith(("javascript:", "data:")):
            found["links"][f"{unquote(target)}\0{' '.join(''.join(_text(link)).split())}"] += 1
    for name, path in {
        "images": ".//img",
        "items": ".//li",
        "cells": ".//td|.//th",
        "spans": ".//*[self::td or self::th][@colspan or @rowspan]",
        "headings": ".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]",
    }.items():
        found[name][""] = len(top.xpath(path))
    for pre in top.xpath(".//pre"):
        lines = ("".join(_text(pre))).split("\n")
        # A target in code may come from a shortcode, which a source's own counter cannot resolve.
        found["code"].update(_TARGET.sub('=""', " ".join(line.split())) for line in lines if line.strip())
    for film in top.xpath(".//iframe|.//video|.//audio|.//embed"):
        found["films"][_film(film.get("src") or "")] += 1
    return found


def _film(address: str) -> str:
    plain = re.sub(r"^(?:https?:)?//(?:www\.)?", "", address.strip())
    return plain.replace("youtube-nocookie.com", "youtube.com").partition("?")[0]


def _text(top: Any) -> Iterator[str]:
    if not isinstance(top.tag, str):
        return
    edge = "\n" if top.tag in _BLOCKS else ""
    yield edge + (top.text or "")
    for child in top:
        yield from _text(child)
        yield child.tail or ""
    yield edge


def kept(name: str, before: Counter[str], after: Counter[str], all_after: dict[str, Counter[str]]) -> int:
    """How much of a part is kept: never more than there was."""
    if name == "links":
        left, rest = before - after, after - before
        texts = Counter[str]()
        targets = Counter[str]()
        for key, number in rest.items():
            target, _, said = key.partition("\0")
            texts[said] += number
            targets[target] += number
        lost = 0
        for key, number in left.items():
            target, _, said = key.partition("\0")
            lost += max(0, number - max(texts[said], targets[target]))
        return before.total() - lost
    if name == "films":
        linked = Counter(_film(key.partition("\0")[0]) for key in all_after["links"].elements())
        return (before & (after | linked)).total()
    return (before & after).total()


def read_pages(site: Path) -> list[Page]:
    """The pages of a site that have a body, and their own title."""
    found = []
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        if "dp-body" not in text:
            continue
        page = html.fromstring(text)
        bodies, titles = page.xpath('//*[@class="dp-body"]'), page.xpath("//h1")
        dates = page.xpath('//p[@class="dp-post__date"]//time/@datetime')
        if len(bodies) == 1 and titles:
            path = file.relative_to(site).as_posix().removesuffix("index.html")
            found.append(Page(path, _plain(titles[0].text_content()), bodies[0], dates[0] if dates else ""))
    return found


def _plain(text: str) -> str:
    text = html.fromstring(f"<p>{text}</p>").text_content() if re.search(r"[<&]", text) else text
    return " ".join(unicodedata.normalize("NFKC", text).split())


def leads_to(site: Path, path: str) -> str:
    """The page to which an old path leads; empty if to none."""
    for one in (path.lstrip("/"), f"{path.strip('/')}/index.html", f"{path.strip('/')}.html"):
        file = site / one
        if file.is_file():
            found = re.search(
                r'http-equiv="refresh" content="0; url=([^"]+)"', file.read_text("utf-8", "replace")
            )
            if found is None:
                return one.removesuffix("index.html")
            target = (file.parent / unquote(found[1])).resolve().relative_to(site.resolve()).as_posix()
            return f"{target}/" if (site / target).is_dir() else target
    return ""


def same_instant(date: datetime, shown: str) -> bool:
    """Whether a page tells an instant, or the same clock where the source has no zone."""
    found = datetime.fromisoformat(shown)
    if date.tzinfo is None:
        return found.replace(tzinfo=None) == date
    return found.astimezone(UTC) == date.astimezone(UTC)


def run(name: str, source: Path, media: Path | None, folder: Path) -> Tally:
    """Import one source into a new site, and count."""
    tally = Tally(f"{name} {source.name}")
    site = folder / "desk"
    deskpress = Path(sys.executable).with_name("deskpress")

    def call(*arguments: object) -> int:
        done = subprocess.run([deskpress, *map(str, arguments)], capture_output=True, text=True, check=False)
        return done.returncode

    call("new", "site", site)
    for example in ("about.md", "help/getting-help.md"):
        (site / "content" / example).unlink()
    shutil.rmtree(site / "content/posts")
    config = (site / "mkdocs.yml").read_text("utf-8")
    config = config.replace("      footer:\n        - About: about.md\n", "      languages: [de, fr, es]\n")
    (site / "mkdocs.yml").write_text(config, encoding="utf-8")
    options = ["--into", site, "--report", folder / "report.json", *(["--media", media] if media else [])]
    began = time.monotonic()
    tally.code = call("import", name, source, *options)
    tally.seconds = time.monotonic() - began
    before = snapshot(site)
    call("import", name, source, *options)
    tally.unchanged = snapshot(site) == before
    call("build", "--future", "-q", "-f", site / "mkdocs.yml")
    judge(tally, site, [*READERS[name](source)])
    return tally


def snapshot(site: Path) -> dict[str, bytes]:
    """All files of a site's sources."""
    own = (path for path in site.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in own}


def judge(tally: Tally, site: Path, expected: list[Expected]) -> None:
    """Compare what was expected with what was built."""
    built = site / "site"
    pages = read_pages(built)
    drafts = [
        path for path in (site / "content").rglob("*.md") if "\ndraft: true\n" in path.read_text("utf-8")
    ]
    files = {path: path.read_text("utf-8") for path in (site / "content").rglob("*.md")}
    claims: dict[str, list[str]] = {}
    for one in expected:
        title = _plain(one.title)
        if not one.is_public:
            tally.drafts.append(
                any(f'"{title[:30]}' in files[path] or title[:30] in files[path] for path in drafts)
            )
            continue
        tally.documents += 1
        twins = [page for page in pages if page.title == title or not title]
        if one.language and one.language != "en":
            twins = [page for page in twins if page.path.startswith(f"{one.language}/")] or twins
        wanted = count(html.fromstring(f"<div>{one.text or '<p></p>'}</div>"))
        page = nearest(twins, one, built)
        tally.before.update({part: wanted[part].total() for part in PARTS})
        if page is None:
            tally.missing.append(title or one.text[:60])
            continue
        tally.found += 1
        got = count(html.fromstring(html.tostring(page.body, encoding="unicode")))
        for part in PARTS:
            tally.kept[part] += kept(part, wanted[part], got[part], got)
        for path in filter(None, one.paths):
            claims.setdefault(path, []).append(page.path)
        if one.date is not None:
            tally.dates.append(bool(page.date) and same_instant(one.date.replace(microsecond=0), page.date))
            if not tally.dates[-1]:
                tally.missing.append(f"{title}: {one.date} is {page.date}")
        if one.changed:
            tally.dates.append(
                any(f"updated: {one.changed}" in text and title in text for text in files.values())
            )
        if one.id:
            tally.ids.append(
                any(f'id: "{one.id}"' in text or f"id: {one.id}" in text for text in files.values())
            )
    for path, claimants in claims.items():
        # An address that two documents claim can lead to one of them only.
        tally.addresses += [leads_to(built, path) in claimants] * len(claimants)
        if not tally.addresses[-1]:
            tally.missing.append(f"{path} leads to `{leads_to(built, path)}`, not to {claimants[0]}")
    for file in built.rglob("*"):
        if file.is_file():
            tally.private += bool(_PRIVATE.search(file.read_bytes()))
    tally.runs = sum(_runs(page.body) for page in pages)


def _runs(body: Any) -> bool:
    """Whether anything in a text would run."""
    if body.xpath(".//script"):
        return True
    attributes = ((name, value) for node in body.iter() for name, value in node.attrib.items())
    return any(name.startswith("on") or "javascript:" in value.lower() for name, value in attributes)


def nearest(pages: list[Page], one: Expected, site: Path) -> Page | None:
    """Of several pages with one title: that to which an old address leads, else the likest."""
    if len(pages) < 2:
        return pages[0] if pages else None
    led = {leads_to(site, path) for path in one.paths if path}
    by_address = [page for page in pages if page.path in led]
    text = html.fromstring(f"<div>{one.text or '<p></p>'}</div>").text_content()[:2000]
    return max(
        by_address or pages,
        key=lambda page: SequenceMatcher(None, text, page.body.text_content()[:2000]).quick_ratio(),
    )


def sources(exports: Path, name: str) -> Iterator[tuple[Path, Path | None]]:
    """The exports of a format, and the media that belong to one."""
    folder = exports / name
    if name == "medium":
        yield folder, None
        return
    for path in sorted(folder.iterdir()):
        kind = name == "docx" or path.is_file() == (name in ("mtif", "wxr", "blogger", "ghost"))
        if kind and not path.name.endswith("-media"):
            media = folder / f"{path.stem}-media"
            yield path, media if media.is_dir() else None


def main() -> int:
    """Print the table, and what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", type=Path)
    parser.add_argument("--only", default="", help="formats, with commas between")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is missing")
    options = parser.parse_args()
    only = [one for one in options.only.split(",") if one]
    print(
        f"{'':<28}{'docs':>9}"
        + "".join(f"{part:>9}" for part in PARTS)
        + "   address   dates     ids  drafts again private runs   s rc"
    )
    failed = 0
    for name in only or READERS:
        if not (options.exports / name).is_dir():
            continue
        tallies = []
        for source, media in sources(options.exports, name):
            with tempfile.TemporaryDirectory(prefix="import-report-") as folder:
                tallies.append(run(name, source, media, Path(folder)))
            show(tallies[-1], verbose=options.verbose)
        if tallies:
            failed += show(together(name, tallies), verbose=False)
    return 1 if failed else 0


def together(name: str, tallies: list[Tally]) -> Tally:
    """The sums of a format, of which the shares must hold."""
    whole = Tally(f"{name}, all", unchanged=all(one.unchanged for one in tallies))
    for one in tallies:
        whole.documents, whole.found = whole.documents + one.documents, whole.found + one.found
        whole.before.update(one.before)
        whole.kept.update(one.kept)
        for field_name in ("addresses", "dates", "ids", "drafts"):
            getattr(whole, field_name).extend(getattr(one, field_name))
        whole.private, whole.runs = whole.private + one.private, whole.runs + one.runs
        whole.seconds, whole.code = whole.seconds + one.seconds, max(whole.code, one.code)
    return whole


def show(tally: Tally, *, verbose: bool) -> bool:
    """Print a line of the table; whether something falls short."""
    shares = {part: tally.kept[part] / tally.before[part] if tally.before[part] else None for part in PARTS}
    cells = "".join(f"{'–' if one is None else f'{100 * one:.2f}':>9}" for one in shares.values())
    lists = [tally.addresses, tally.dates, tally.ids, tally.drafts]
    told = "".join(f"{f'{sum(one)}/{len(one)}' if one else '–':>9}" for one in lists)
    again = "same" if tally.unchanged else "CHANGED"
    documents = f"{tally.found}/{tally.documents}"
    ends = f"{again:>6} {tally.private:>5} {tally.runs:>5} {tally.seconds:>5.1f} {tally.code:>2}"
    print(f"{tally.name[:27]:<28}{documents:>9}{cells} {told} {ends}")
    if verbose:
        for line in tally.missing:
            print(f"    {line[:200]}")
    least = {"words": 0.995, **dict.fromkeys(("links", "images", "items", "cells", "code"), 0.99)}
    short = any(shares[part] is not None and (shares[part] or 0) < share for part, share in least.items())
    whole = all(map(all, lists)) and tally.found == tally.documents and tally.unchanged
    return short or not whole or bool(tally.private) or bool(tally.runs)


if __name__ == "__main__":
    sys.exit(main())
