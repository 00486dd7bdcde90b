"""What stands in exports of other platforms, read without the importer: it may not judge itself.

Simple on purpose: whole files in memory, exports that are in order. A document is what the public could read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.etree
import lxml.html
import markdown
import yaml
from msgspec import Struct

from tests.real.word import Word

etree: Any = lxml.etree

html: Any = lxml.html
"""Its stubs tell less of elements than is asked here."""

EXTENSIONS = ["tables", "footnotes", "def_list", "attr_list", "fenced_code"]


class Expected(Struct):
    """A document: its title, its text as HTML, the paths at which it stood, and what else must be kept.

    `date` is that of a post, as an instant or on the site's clock; `changed` the day of the last change.
    """

    title: str
    text: str
    paths: tuple[str, ...] = ()
    date: datetime | None = None
    changed: str = ""
    id: str = ""
    is_public: bool = True
    language: str = ""


def path_of(address: str) -> str:
    """The path of an address; none for one that a query tells apart."""
    parts = urlsplit(address.strip())
    return "" if parts.query or parts.path in ("", "/") else unquote(parts.path)


def rendered(text: str) -> str:
    """Markdown as HTML; what stands behind the language of a fence is no part of the text."""
    text = re.sub(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*)([\w+#.-]*)[^`\n]*$", r"\1\2", text, flags=re.M)
    return markdown.markdown(text, extensions=EXTENSIONS)


def iso(text: object) -> datetime | None:
    """An instant as ISO 8601 has it."""
    try:
        return datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def mtif(path: Path) -> Iterator[Expected]:
    """TypePad: entries end where another begins."""
    text = path.read_text("utf-8-sig").replace("\r\n", "\n")
    for entry in re.split(r"\n-----\n--------\n(?=[A-Z ]+: |\s*\Z)", text):
        head, _, rest = entry.partition("\n-----\n")
        values = dict(re.findall(r"^([A-Z ]+): (.*?) *$", head, re.M))
        if not values.get("TITLE") and not rest:
            continue
        bodies = re.findall(
            r"^(?:EXTENDED )?BODY:\n(.*?)(?=^-----\n(?:[A-Z ]+:\n|-----)|\Z)",
            rest + "\n-----\nEND:\n",
            re.S | re.M,
        )
        body = "\n\n".join(bodies)
        breaks = values.get("CONVERT BREAKS", "")
        when = re.fullmatch(r"(\d+)/(\d+)/(\d+) (\d+):(\d+):(\d+)(?: ([AP]M))?", values.get("DATE", ""))
        date = None
        if when:
            month, day, year, hour, minute, second = map(int, when.groups()[:6])
            hour = hour % 12 + 12 * (when[7] == "PM") if when[7] else hour
            date = datetime(year, month, day, hour, minute, second)
        yield Expected(
            values.get("TITLE", ""),
            rendered(body) if breaks.startswith("markdown") else body,
            (path_of(values["UNIQUE URL"]),) if "UNIQUE URL" in values else (),
            date,
            is_public=values.get("STATUS", "Publish") == "Publish" and values.get("NO ENTRY") != "1",
        )


def wxr(path: Path) -> Iterator[Expected]:
    """WordPress."""
    root = etree.fromstring(
        path.read_bytes(), etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False)
    )
    for item in root.iter("item"):
        values = {
            etree.QName(one).localname: "".join(map(str, one.itertext())).strip() for one in reversed(item)
        }
        content = next((one for one in item if one.tag.endswith("/content/}encoded")), None)
        text = "".join(map(str, content.itertext())) if content is not None else ""
        if values.get("post_type") not in ("post", "page"):
            continue
        text = re.sub(r"\[/?(?:caption|gallery|embed|sourcecode|code)\b[^\]]*\]", "", text)
        zone = UTC if values.get("post_date_gmt", "0000").startswith(("1", "2")) else None
        date = iso(values.get("post_date_gmt" if zone else "post_date"))
        yield Expected(
            values.get("title", ""),
            text,
            (path_of(values.get("link", "")),),
            date.replace(tzinfo=zone) if date and values["post_type"] == "post" else None,
            id=values.get("guid", ""),
            is_public=values.get("status") == "publish" and not values.get("post_password"),
        )


def blogger(path: Path) -> Iterator[Expected]:
    """Blogger, both schemas."""
    for entry in etree.parse(path).getroot().iter("{http://www.w3.org/2005/Atom}entry"):
        values = {etree.QName(one).localname: one for one in reversed(entry)}

        def said(name: str, values: dict[str, Any] = values) -> str:
            return "".join(map(str, values[name].itertext())) if name in values else ""

        kinds = [one.get("term", "") for one in entry if one.get("scheme", "").endswith("#kind")]
        kind = said("type") or (kinds[0].rpartition("#")[2] if kinds else "")
        if kind.lower() not in ("post", "page"):
            continue
        links = [one.get("href") for one in entry if one.get("rel") == "alternate"]
        date = iso(said("published"))
        yield Expected(
            said("title"),
            said("content"),
            (path_of(links[0] if links else said("filename")),),
            date if kind.lower() == "post" else None,
            id=said("id"),
            is_public=said("status") in ("", "LIVE") and "draft" not in values,
        )


def ghost(path: Path) -> Iterator[Expected]:
    """Ghost, for posts whose HTML is in the export or in one node of Lexical."""
    for post in json.loads(path.read_text("utf-8"))["db"][0]["data"]["posts"]:
        text = post.get("html") or ""
        if not text and post.get("lexical"):
            text = "".join(node.get("html", "") for node in json.loads(post["lexical"])["root"]["children"])
        date = iso(post.get("published_at") or post.get("created_at"))
        if date is not None and date.tzinfo is None:
            date = date.replace(tzinfo=UTC)
        yield Expected(
            post["title"],
            text.replace("__GHOST_URL__", ""),
            (f"/{post['slug']}/",),
            date if post["type"] == "post" else None,
            is_public=post["status"] == "published" and post["visibility"] == "public",
        )


def medium(path: Path) -> Iterator[Expected]:
    """Medium."""
    for file in sorted(path.rglob("*.html")):
        page = html.fromstring(file.read_text("utf-8"))
        body = page.xpath('//section[@data-field="body"]')[0]
        when = page.xpath('//time[@class="dt-published"]/@datetime')
        yield Expected(
            page.xpath('string(//h1[@class="p-name"])').strip(),
            html.tostring(body, encoding="unicode"),
            date=datetime.fromisoformat(when[0]).replace(microsecond=0) if when else None,
            is_public=bool(when),
        )


def answers(path: Path, key: str) -> Iterator[dict[str, Any]]:
    """The records of a key in the JSON files of a folder."""
    for file in sorted(path.rglob("*.json")):
        found = json.loads(file.read_text("utf-8"))
        yield from found.get(key, []) if isinstance(found, dict) else []


def zendesk(path: Path) -> Iterator[Expected]:
    """Zendesk, with translations."""
    articles = {one["id"]: one for one in answers(path, "articles")}
    every = [*articles.values(), *answers(path, "translations")]
    for one in every:
        article = articles[one.get("source_id", one["id"])]
        whole = path_of(one["html_url"])
        bare = re.sub(r"(articles/\d+).*", r"\1", whole)
        yield Expected(
            one["title"],
            one["body"] or "",
            tuple({whole, bare}),
            changed=(one.get("edited_at") or one["updated_at"])[:10],
            is_public=not article["draft"] and not article.get("user_segment_id") and not one["draft"],
            language=one["locale"].partition("-")[0],
        )


def front(text: str) -> tuple[dict[str, Any], str]:
    """Front matter and what is below it."""
    found = re.match(r"\s*(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?", text, re.S | re.M)
    if found is None:
        return {}, text
    try:
        values = tomllib.loads(found[2]) if found[1] == "+++" else yaml.safe_load(found[2])
    except (ValueError, yaml.YAMLError):
        # Titles with a colon in them, which other programs take.
        values = {
            key: value.strip("\"'") for key, value in re.findall(r"^(\w+):[ ]*(.*?)[ ]*$", found[2], re.M)
        }
    return values or {}, text[found.end() :]


def day_of(values: dict[str, Any], name: str) -> datetime | None:
    """The date of front matter, else that of a file's name."""
    value = values.get("date")
    clock = re.sub(r" (\d):", r" 0\1:", re.sub(r" ([+-]\d\d)(\d\d)$", r"\1:\2", str(value or "").strip()))
    # Ruby reads a zone only right behind the time, and ignores what else follows.
    found = iso(value) or iso(clock) or iso(clock[: len("2012-03-04 05:06:07")])
    if found is None and (day := re.match(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", name)):
        found = datetime(int(day[1]), int(day[2]), int(day[3]))
    return found


def jekyll(path: Path) -> Iterator[Expected]:
    """Jekyll, for the patterns of addresses that have neither category nor an odd part."""
    pattern = str(yaml.safe_load((path / "_config.yml").read_text("utf-8")).get("permalink") or "")
    for file in sorted(path.rglob("_posts/*.m*d*")):
        if not file.is_file():
            continue
        values, text = front(file.read_text("utf-8"))
        name = re.sub(r"^\d+-\d+-\d+-", "", file.stem)
        date = day_of(values, file.name)
        text = re.sub(
            r"\{%-?\s*highlight\s*(\w*).*?%\}(.*?)\{%-?\s*endhighlight\s*-?%\}",
            r"\n```\1\n\2\n```\n",
            text,
            flags=re.S,
        )
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        paths = values.get("redirect_from") or []
        paths = [paths] if isinstance(paths, str) else list(paths)
        if "permalink" in values:
            paths.append(values["permalink"])
        elif ":title/" in pattern and date:
            filled = (
                pattern.replace(":year", f"{date:%Y}")
                .replace(":month", f"{date:%m}")
                .replace(":day", f"{date:%d}")
            )
            paths.append(filled.replace(":title", name))
        yield Expected(
            str(values.get("title") or " ".join(part.capitalize() for part in name.split("-"))),
            rendered(text),
            tuple(unquote(one) for one in paths if ".." not in unquote(one)),
            date,
            is_public=values.get("published") is not False,
        )


def hugo(path: Path) -> Iterator[Expected]:
    """Hugo; shortcodes are no part of a text, unless they are shown."""
    config = tomllib.loads((path / "hugo.toml").read_text("utf-8"))
    for file in sorted((path / "content").rglob("*.md")):
        values, text = front(file.read_text("utf-8"))
        text = re.sub(r"\{\{[<%](?!/\*).*?[>%]\}\}", "", text, flags=re.S)
        text = re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", text)
        values = {key.lower(): value for key, value in values.items()}
        paths = [one for one in values.get("aliases") or [] if one.startswith("/")]
        date = day_of(values, file.name)
        if "url" in values:
            paths.append(values["url"])
        elif "permalinks" in config and date:
            paths.append(f"/{date:%Y/%m/%d}/{values.get('slug') or file.stem}/")
        elif "languages" not in config:
            paths.append(f"/posts/{file.stem.lower()}/")
        is_post = "languages" not in config
        if not text.strip() and not is_post:
            continue  # the list of a section, which has a page of its own
        yield Expected(
            str(values.get("title") or ""),
            rendered(text),
            tuple(paths),
            date if is_post else None,
            is_public=values.get("draft") is not True,
        )


def docusaurus(path: Path) -> Iterator[Expected]:
    """Docusaurus, with numbers and slugs as the real ones have them."""
    for file in sorted([*path.glob("blog/**/*.md"), *path.glob("docs/**/*.md")]):
        values, text = front(file.read_text("utf-8"))
        text = re.sub(r"^:::.*$", "", text, flags=re.M)
        text = re.sub(r"^(```\w+) .*$", r"\1", text, flags=re.M)
        is_post = "blog" in file.parts
        found = re.match(r"\s*# (.*)\n", text)
        heading = found[1] if found else file.stem
        text = text[found.end() :] if found and "title" not in values else text
        day = re.match(r"(\d{4})-(\d\d)-(\d\d)-(.*)", file.stem)
        paths: list[str] = []
        if is_post and day and "slug" not in values:
            paths = [f"/blog/{day[1]}/{day[2]}/{day[3]}/{day[4]}"]
        elif not is_post:
            paths = ["/docs" if values.get("slug") == "/" else f"/docs/{file.stem}"]
        yield Expected(
            str(values.get("title") or heading),
            rendered(text),
            tuple(paths),
            day_of(values, file.stem) if is_post else None,
        )


def intercom(path: Path) -> Iterator[Expected]:
    """Intercom, in one language."""
    for one in answers(path, "data"):
        if one.get("type") == "article":
            whole = path_of(one["url"] or "")
            yield Expected(
                one["title"],
                one["body"],
                tuple({whole, re.sub(r"(articles/\d+).*", r"\1", whole)}),
                changed=f"{datetime.fromtimestamp(one['updated_at'], UTC):%Y-%m-%d}",
                is_public=one["state"] == "published",
            )
            for locale, text in (one.get("translated_content") or {}).items():
                if isinstance(text, dict):
                    yield Expected(
                        text["title"], text["body"], (path_of(text.get("url") or ""),), language=locale
                    )


def freshdesk(path: Path) -> Iterator[Expected]:
    """Freshdesk, with translations."""
    lists = [json.loads(file.read_text("utf-8")) for file in sorted(path.rglob("*.json"))]
    records = [one for listed in lists for one in listed]
    folders = {
        one["id"]: one.get("visibility", 1) for one in records if "category_id" in one and "title" not in one
    }
    for one in records:
        if "title" in one:
            own = "" if "language" not in one else f"/{one['language']}"
            yield Expected(
                one["title"],
                one["description"],
                (f"{own}/support/solutions/articles/{one['id']}",),
                changed=one["updated_at"][:10],
                is_public=one["status"] == 2 and folders.get(one["folder_id"]) == 1,
                language=one.get("language", ""),
            )


def helpscout(path: Path) -> Iterator[Expected]:
    """Help Scout."""
    found = [json.loads(file.read_text("utf-8")) for file in sorted(path.rglob("*.json"))]

    def items(key: str) -> list[dict[str, Any]]:
        return [one for answer in found if key in answer for one in answer[key]["items"]]

    closed = {one["id"] for one in items("collections") if one.get("visibility") == "private"}
    for answer in found:
        if one := answer.get("article"):
            old = [
                redirect["urlMapping"]
                for redirect in items("redirects")
                if redirect["documentId"] == one["id"]
            ]
            yield Expected(
                one["name"],
                one["text"],
                (path_of(one["publicUrl"]), *old),
                changed=(one["updatedAt"] or one["createdAt"])[:10],
                is_public=one["status"] == "published" and one["collectionId"] not in closed,
            )


def confluence(path: Path) -> Iterator[Expected]:
    """Confluence."""
    for file in sorted(path.glob("*.html")):
        page = html.fromstring(file.read_text("utf-8"))
        if file.name == "index.html":
            continue
        body = page.get_element_by_id("main-content")
        title = " ".join(page.get_element_by_id("title-text").text_content().split()).partition(" : ")[2]
        days = re.findall(r"on (\w{3} \d+, \d{4})", page.find_class("page-metadata")[0].text_content())
        changed = f"{datetime.strptime(days[-1], '%b %d, %Y'):%Y-%m-%d}"
        yield Expected(title, html.tostring(body, encoding="unicode"), changed=changed)


def notion(path: Path) -> Iterator[Expected]:
    """Notion's pages; asides are no code, and properties no text."""
    for file in sorted(path.rglob("*.md")):
        title, _, text = file.read_text("utf-8").partition("\n")
        text = re.sub(r"\A\n*(?:[A-Z][\w ]*: .*\n)+\n", "", text)
        text = re.sub(r"^</?aside>$", "", text, flags=re.M)
        yield Expected(
            title.removeprefix("# ").strip(), rendered(re.sub(r"^(- )\[[ x]\] +", r"\1", text, flags=re.M))
        )


def docx(path: Path) -> Iterator[Expected]:
    """Files of Word: a file, or all in a folder."""
    for file in [path] if path.is_file() else sorted(path.rglob("*.docx")):
        word = Word(file)
        text = word.html()
        # One without words is found by the name of its file.
        says = re.sub("<[^>]*>", "", text).strip()
        yield Expected(word.title or ("" if says else file.stem), text)


READERS: dict[str, Callable[[Path], Iterator[Expected]]] = {
    "mtif": mtif,
    "wxr": wxr,
    "blogger": blogger,
    "ghost": ghost,
    "medium": medium,
    "jekyll": jekyll,
    "hugo": hugo,
    "docusaurus": docusaurus,
    "zendesk": zendesk,
    "intercom": intercom,
    "freshdesk": freshdesk,
    "helpscout": helpscout,
    "confluence": confluence,
    "notion": notion,
    "docx": docx,
}
