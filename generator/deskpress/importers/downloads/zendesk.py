"""A help center of Zendesk, as its API answers: categories, sections, articles by language, and files.

https://developer.zendesk.com/api-reference/help_center/help-center-api/introduction/, with cursor pagination
(https://developer.zendesk.com/api-reference/introduction/pagination/). Comments and users are not asked for.

In the folder lie `categories/`, `sections/` and `articles/` with the answers by language and page,
`article_attachments/ARTICLE.json`, the files in `article_attachments/ID/NAME`, and `download.json`, which
says how far a download has come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from deskpress.build.request import Progress
from deskpress.importers.downloads.api import Api, DownloadFailedError, NotThereError
from deskpress.write.atomic import write_whole

STATE = "download.json"
LISTS = ("categories", "sections", "articles")
ROOT = "api/v2/help_center"
MOST_PAGES = 10_000
"""Pages of a list; each has up to 100 records."""

MOST_FILE_PAGES = 100
"""Pages of the files of an article."""

MOST_LOCALES = 200
"""Languages of a center."""

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}", re.I)
_ID = re.compile(r"[0-9]{1,24}")


class Downloaded(Struct):
    """How many records and files there are now; `failed` says why further files could not be had."""

    articles: int = 0
    sections: int = 0
    categories: int = 0
    files: int = 0
    failed: tuple[str, ...] = ()


def download(api: Api, folder: Path, progress: Progress) -> Downloaded:
    """Write a help center into `folder`; goes on where an earlier download of the same center was cut off.

    Raises `DownloadFailedError` and `OSError`.
    """
    state = _State.load(folder, api.origin)
    locales = _locales(api)
    tick = progress("Lists", len(LISTS) * len(locales))
    for locale in locales:
        for name in LISTS:
            _fetch_list(api, folder, state, locale, name)
            tick(1)
    articles = dict(_articles(folder))
    found, failed = 0, []
    tick = progress("Files of articles", len(articles))
    for key, updated in sorted(articles.items()):
        for problem in _fetch_files(api, folder, key, updated):
            if problem:
                failed.append(problem)
            else:
                found += 1
        tick(1)
    state.finish()
    counts = {name: len({key for key, _ in _records(folder, name)}) for name in LISTS}
    return Downloaded(**counts, files=found, failed=tuple(failed))


class _State:
    """Which pages of which list are here; the next one's address, empty where the list is whole."""

    def __init__(self, folder: Path, data: dict[str, Any]) -> None:
        self._folder, self._data = folder, data

    @classmethod
    def load(cls, folder: Path, origin: str) -> _State:
        """The state of a folder, which may be new. After a whole download lists are asked for anew."""
        file = folder / STATE
        new = {"center": origin, "lists": {}}
        try:
            data = json.loads(file.read_bytes()) if file.is_file() else new
            known, lists = data["center"], data["lists"]
        except (ValueError, KeyError, TypeError):
            raise DownloadFailedError(
                f"{file}: this is not the state of a download; take an empty folder"
            ) from None
        if known != origin:
            raise DownloadFailedError(f"{folder} holds a download of {known}; take another folder")
        if not file.is_file() and folder.is_dir() and any(folder.iterdir()):
            raise DownloadFailedError(f"{folder} is not empty, and holds no download; take an empty folder")
        return cls(folder, new if not isinstance(lists, dict) or data.get("whole") else data)

    def pages(self, name: str) -> tuple[int, str | None]:
        """How many pages of a list there are, and the next one's address; None at the beginning."""
        pages, following = self._data["lists"].get(name, (0, None))
        return pages, following

    def note(self, name: str, pages: int, following: str) -> None:
        self._data["lists"][name] = (pages, following)
        self._save()

    def finish(self) -> None:
        self._data["whole"] = True
        self._save()

    def _save(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._folder / STATE, json.dumps(self._data, indent=1).encode() + b"\n")


def _locales(api: Api) -> list[str]:
    """The languages of the center, its own first. Raises `DownloadFailedError`."""
    try:
        answer = api.json(f"{ROOT}/locales.json")
    except NotThereError:
        raise DownloadFailedError(
            f"{api.origin} has no help center of Zendesk: name it as in `https://desk.zendesk.com`"
        ) from None
    own = str(answer.get("default_locale") or "")
    others = [one for one in _listed(answer, "locales") if isinstance(one, str)]
    found = [one for one in dict.fromkeys([own, *others]) if _LOCALE.fullmatch(one)]
    if not found:
        raise DownloadFailedError(f"{api.origin} names no language of its help center")
    if len(found) > MOST_LOCALES:
        raise DownloadFailedError(f"{api.origin} names more than {MOST_LOCALES} languages")
    return found


def _fetch_list(api: Api, folder: Path, state: _State, locale: str, name: str) -> None:
    """All pages of a list in one language, each written as it comes."""
    label = f"{name}/{locale.lower()}"
    pages, following = state.pages(label)
    if following is None:
        following = f"{ROOT}/{locale}/{name}.json?page[size]=100"
    while following:
        if pages >= MOST_PAGES:
            raise DownloadFailedError(f"{label} has more than {MOST_PAGES:,} pages")
        answer = api.json(following)
        if not isinstance(answer.get(name), list):
            raise DownloadFailedError(f"{api.origin}/{following}: the answer has no list `{name}`")
        pages += 1
        _write(folder / label / f"{pages:05}.json", answer)
        following = _next(answer, following)
        state.note(label, pages, following)
    for surplus in sorted((folder / label).glob("*.json"))[pages:]:
        surplus.unlink()


def _next(answer: dict[str, Any], own: str) -> str:
    """The address of the page after that at `own`, by cursor or by number; empty after the last."""
    meta, links = answer.get("meta"), answer.get("links")
    if isinstance(meta, dict) and isinstance(links, dict):
        found = str(links.get("next") or "") if meta.get("has_more") else ""
    else:
        found = str(answer.get("next_page") or "")
    if found == own:
        raise DownloadFailedError(f"{own}: the next page is the same one")
    return found


def _listed(answer: dict[str, Any], name: str) -> list[Any]:
    """A list of an answer; empty where it is none."""
    found = answer.get(name)
    return found if isinstance(found, list) else []


def _records(folder: Path, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of a list in all languages, with their ids."""
    for file in sorted((folder / name).glob("*/*.json")):
        for record in _listed(json.loads(file.read_bytes()), name):
            if isinstance(record, dict) and _ID.fullmatch(str(record.get("id", ""))):
                yield str(record["id"]), record


def _articles(folder: Path) -> Iterator[tuple[str, str]]:
    """The ids of articles, each with when it last changed."""
    for key, record in _records(folder, "articles"):
        yield key, str(record.get("updated_at") or "")


def _fetch_files(api: Api, folder: Path, key: str, updated: str) -> Iterator[str]:
    """The files of an article that are not here yet: for each an empty text, or why it cannot be had."""
    listed = folder / "article_attachments" / f"{key}.json"
    known = json.loads(listed.read_bytes()) if listed.is_file() else {}
    if not known or known.get("article_updated_at") != updated:
        known = {"article_updated_at": updated, "article_attachments": []}
        following = f"{ROOT}/articles/{key}/attachments.json?page[size]=100"
        pages = 0
        while following:
            if pages >= MOST_FILE_PAGES:
                raise DownloadFailedError(f"the files of article {key} have more than {pages:,} pages")
            answer = api.json(following)
            known["article_attachments"] += _listed(answer, "article_attachments")
            following = _next(answer, following)
            pages += 1
        _write(listed, known)
    for record in known["article_attachments"]:
        if not isinstance(record, dict):
            continue
        number, address = str(record.get("id", "")), str(record.get("content_url") or "")
        if not _ID.fullmatch(number) or not address:
            continue
        file = folder / "article_attachments" / number / _file_name(str(record.get("file_name") or ""))
        if file.is_file() and file.stat().st_size == record.get("size"):
            yield ""
            continue
        try:
            data = api.file(address)
        except DownloadFailedError as error:
            yield str(error)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, data)
        yield ""


def _file_name(name: str) -> str:
    """A name that every system can hold and that leads nowhere else."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-._")[-100:] or "file"


def _write(file: Path, answer: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n")
