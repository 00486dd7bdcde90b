"""The languages of a site: the main one, and those of its translations (`content/de/`, at `/de/`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from deskpress.model.patterns import lazy_pattern
from deskpress.model.site import NavItem, Options
from deskpress.model.words import Words
from deskpress.source.catalogs import read_catalog
from deskpress.source.front_matter_keys import nearest

_CODE = lazy_pattern(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
_TEXTS = ("name", "description", "author", "copyright", "trademark")
_LISTS = ("nav", "footer")

Complain = Callable[[str, str, str], None]
"""Reports a mistake: the key, the problem, a hint."""


def words_of(language: str, folders: list[str], complain: Complain) -> Words:
    """The interface texts: those of the theme, overridden by those of a `custom_dir`.

    Empty if there is no catalog: then the interface stays English.
    """
    if language.partition("-")[0] == "en":
        return Words(language)
    words = None
    for folder in reversed(folders):
        path = Path(folder, "locales", f"{language}.po")
        if not path.is_file():
            continue
        try:
            found = read_catalog(path.read_bytes(), language)
        except ValueError as error:
            complain("language", f"{path.name} is not a valid catalog of translations: {error}", "")
            continue
        words = found if words is None else _over(words, found)
    return words or Words(language)


def _over(below: Words, above: Words) -> Words:
    return Words(above.language, {**below.texts, **above.texts}, {**below.forms, **above.forms}, above.plural)


def is_known(language: str, folders: list[str]) -> bool:
    """Whether the theme with templates in these folders has texts in a language."""
    return any(Path(folder, "partials/languages", f"{language}.html").is_file() for folder in folders)


def read_other_languages(
    main: Options,
    given: Any,
    folders: list[str],
    read_nav: Callable[[Any], tuple[NavItem, ...]],
    complain: Complain,
) -> tuple[Options, ...]:
    """The options of each further language; `given` lists codes, or maps them to texts of their own.

    `folders` are those of the theme's templates.
    """
    wanted: Mapping[str, Any] = given if isinstance(given, dict) else dict.fromkeys(map(str, given))
    found = []
    for code, own in wanted.items():
        if not _CODE.fullmatch(str(code)) or not is_known(str(code), folders):
            complain(
                str(code), f"languages: Material knows no language `{code}`", "as in `de`, `fr`, `pt-BR`"
            )
        elif code == main.language:
            complain(code, f"languages: `{code}` is the site's own language", "list the others only")
        elif own is not None and not isinstance(own, dict):
            complain(code, f"languages: `{code}` has texts of its own by name", "as in `name: Hilfe`")
        else:
            texts = own or {}
            for key in texts.keys() - {*_TEXTS, *_LISTS}:
                like = nearest(str(key), (*_TEXTS, *_LISTS))
                complain(
                    str(key),
                    f"languages: {code}: there is no `{key}`",
                    f"did you mean `{like}`?" if like else "",
                )
            for key, value in texts.items():
                kind, noun = (list, "a list") if key in _LISTS else (str, "a text")
                if value is not None and not isinstance(value, kind):
                    complain(code, f"languages: {code}: `{key}` is {noun}", "as for the site itself")
            words = words_of(code, folders, complain)
            found.append(_options_of(main, code, words, texts, read_nav))
    return tuple(found)


def _options_of(
    main: Options,
    code: str,
    words: Words,
    own: Mapping[str, Any],
    read_nav: Callable[[Any], tuple[NavItem, ...]],
) -> Options:
    folder = f"{code}/"
    texts: dict[str, Any] = {key: str(own[key]) for key in _TEXTS if own.get(key)}
    lists: dict[str, Any] = {key: read_nav(own.get(key)) for key in _LISTS}
    return replace(
        main,
        language_dir=code,
        language=code,
        words=words,
        **texts,
        **lists,
        posts_dir=folder + main.posts_dir,
        help_dir=folder + main.help_dir,
        notices_dir=folder + main.notices_dir,
        addresses={name: folder + pattern for name, pattern in main.addresses.items()},
    )
