"""The Jinja environment of a site: its filters and functions, and a record of the templates that are read."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import jinja2
from jinja2 import pass_context
from jinja2.runtime import BlockReference, Context, Macro
from markupsafe import Markup, escape

from deskpress.model.words import ENGLISH
from deskpress.render.dates import day_text
from deskpress.source.tested import FOR_TEMPLATES, untested
from deskpress.templating.theme import ThemeConfig, source_digest

T = TypeVar("T")


class Translator:
    """The current language of templates: set before each page, since macros do not see the page."""

    def __init__(self) -> None:
        self.words = ENGLISH
        self.page = 0
        """The number of pages started so far."""

    def say(self, text: str, /, **values: object) -> Markup:
        """`_` in templates: an interface text, with values."""
        return self.words.html(text, **values)

    def many(self, one: str, more: str, number: int, /, **values: object) -> str:
        """`ngettext` in templates: a text with a number."""
        return self.words.many(one, more, number, **values)


def prepare_environment(env: jinja2.Environment, theme: ThemeConfig) -> jinja2.Environment:
    """Adapt MkDocs' environment: escape by default, links relative to the view's root, our own texts."""
    if not untested(FOR_TEMPLATES):
        # Not before: another release may lack what the module names.
        from deskpress.accel.jinja import optimize

        optimize(env)
    # Material's templates, and a site's variants of them, expect HTML; all others get text.
    inherited = [folder for folder in theme.folders if theme.is_inherited(folder)]

    @cache  # Jinja calls this at each include of each page
    def escapes(name: str | None) -> bool:
        return not (name and any(Path(f"{folder}/{name}").is_file() for folder in inherited))

    env.cache = Recorder(theme)  # type: ignore[assignment]  # Jinja only calls two methods of it
    env.autoescape = escapes
    env.template_class = SharedTemplate
    env.trim_blocks = env.lstrip_blocks = True
    env.filters["url"] = _url
    env.filters["script_tag"] = _script_tag
    env.filters["date"] = _date
    env.filters["striptags"] = _striptags
    voice = Translator()
    env.globals["voice"] = voice
    made: dict[tuple[object, ...], tuple[Markup, frozenset[str]]] = {}

    @cache
    def is_own(name: str) -> bool:
        """Whether a template belongs to the site itself; it may use anything of a page."""
        try:
            return not theme.is_stock(env.get_template(name).filename or "")
        except jinja2.TemplateNotFound:
            return False

    @pass_context
    def once(context: Context, name: str, make: Callable[[], Markup], *of: object) -> Markup:
        """The result of `make` for pages of this depth and language; `of` is what else it depends on.

        Computed for each page if a template of the site itself takes part in it.
        """
        key = (name, voice.words.language, context["base_url"], *of)
        if key not in made:
            text, templates = found = with_templates(env, make)
            used = (question.partition(":")[2] for question in templates)
            if all(map(theme.is_stock, _written_in(make))) and not any(map(is_own, used)):
                made[key] = found
        else:
            text, templates = made[key]
        note_templates(env, templates)
        return text

    env.globals["once"] = once
    env.globals["_"] = voice.say
    env.globals["ngettext"] = voice.many
    return env


def _written_in(make: Callable[[], Markup]) -> list[str]:
    """The files of the templates that define a macro, or the block behind `super`."""
    functions: list[Any] = []
    if isinstance(make, Macro):
        functions = [make._func]
    elif isinstance(make, BlockReference):
        functions = make._stack[make._depth :]
    return [function.__code__.co_filename for function in functions] or [""]


class Recorder:
    """Replaces Jinja's cache of templates: every template that is looked up passes through it.

    While `asked` is a set, the names go in, as questions; those of templates that do not exist too.
    `digests` are those of the sources that were read, by name; `reads` are the answers to what code of
    plug-ins and hooks has asked meanwhile.
    """

    def __init__(self, theme: ThemeConfig) -> None:
        self.theme = theme
        self.templates: dict[Any, jinja2.Template] = {}
        self.asked: set[str] | None = None
        self.digests: dict[str, str] = {}
        self.reads: dict[str, str] = {}

    def get(self, key: Any) -> jinja2.Template | None:
        """The compiled template, if it was loaded before; `key` ends with the name."""
        if self.asked is not None:
            self.asked.add(f"template:{key[-1]}")
        return self.templates.get(key)

    def loaded(self, question: str) -> str | None:
        """The answer that was read to a question after a template, or after a file; None if nothing was."""
        kind, _, name = question.partition(":")
        if kind == "read":
            return self.reads.get(name)
        return self.digests.get(name) if kind == "template" else None

    def note(self, reads: Mapping[str, str]) -> None:
        """Note what code of plug-ins and hooks has asked, with the answers that it got."""
        if reads:
            self.reads |= reads
            if self.asked is not None:
                self.asked.update(f"read:{question}" for question in reads)

    def __setitem__(self, key: Any, template: jinja2.Template) -> None:
        self.templates[key] = template


def record(env: jinja2.Environment) -> Recorder:
    """The recorder of a prepared environment; from here on each source that is read adds its digest."""
    recorder, loader = env.cache, env.loader
    assert isinstance(recorder, Recorder)
    assert isinstance(loader, jinja2.FileSystemLoader)  # MkDocs creates it for each build
    load = loader.get_source

    def get_source(env: jinja2.Environment, name: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            found = load(env, name)
        except UnicodeDecodeError:
            path = next(path for folder in loader.searchpath if (path := Path(f"{folder}/{name}")).is_file())
            raise jinja2.TemplateSyntaxError("the template is not UTF-8", 1, name, str(path)) from None
        recorder.digests[name] = source_digest(found[0].encode())
        return found

    setattr(loader, "get_source", get_source)  # noqa: B010  # of this loader alone
    return recorder


class SharedTemplate(jinja2.Template):
    """A template whose module (for imports) is made once for each language, or, for a site's, for each page.

    Jinja makes it once for all: in the language of the first page, with the variables that earlier pages
    left, and other pages would not record that they depend on what the module imports.
    """

    @cached_property
    def _is_own(self) -> bool:
        recorder = self.environment.cache
        return not (isinstance(recorder, Recorder) and recorder.theme.is_stock(self.filename or ""))

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        if ctx is not None and ctx.globals_keys - self.globals.keys():
            return super()._get_default_module(ctx)
        modules: dict[str, tuple[Any, frozenset[str]]] = self.__dict__.setdefault("_modules", {})
        voice = self.globals.get("voice")
        key = voice.words.language if isinstance(voice, Translator) else ""
        if isinstance(voice, Translator) and self._is_own:
            key = f"page {voice.page}"
            if key not in modules:
                modules.clear()
        if key not in modules:
            modules[key] = with_templates(self.environment, self.make_module)
        module, templates = modules[key]
        note_templates(self.environment, templates)
        return module


def with_templates(env: jinja2.Environment, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
    """The result of `make`, and the questions about the templates that it used."""
    recorder = env.cache
    if not isinstance(recorder, Recorder):
        return make(), frozenset()
    kept, recorder.asked = recorder.asked, set()
    try:
        return make(), frozenset(recorder.asked)
    finally:
        recorder.asked = kept


def note_templates(env: jinja2.Environment, templates: frozenset[str]) -> None:
    """Record templates as used when something that was made from them earlier is reused."""
    if isinstance(env.cache, Recorder) and env.cache.asked is not None:
        env.cache.asked |= templates


@lru_cache(4096)
def relative_url(url: str, root: str) -> str:
    """An address in a template as pages link to it: relative ones are resolved against the site's `root`."""
    url = url.replace("\\", "/") or "."
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or url.startswith(("/", "#")):
        return url
    return posixpath.join(root, url)


@pass_context
def _url(context: Context, value: object) -> str:
    return relative_url(str(value), context["base_url"])


def _striptags(value: object) -> Markup:
    """Text without tags, and escaped: Jinja's own filter resolves references, and may make tags of them."""
    return escape(Markup(value).striptags())


@pass_context
def _date(context: Context, instant: date) -> str:
    """A day as Material's blog shows it."""
    return day_text(
        instant.date() if isinstance(instant, datetime) else instant, context["view"].frame.language
    )


@pass_context
def _script_tag(context: Context, script: Any) -> Markup:
    """An entry of `extra_javascript`, as MkDocs writes it."""
    attributes = ""
    if not isinstance(script, str):
        attributes += f' type="{script.type}"' if script.type else ""
        attributes += " defer" if script.defer else ""
        attributes += " async" if script.async_ else ""
    return Markup('<script src="{}"{}></script>').format(_url(context, script), Markup(attributes))
