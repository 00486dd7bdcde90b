"""Renders pages by templates, which see their view and what Material's base template needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup
from msgspec import Struct

from deskpress.compat.native.minify import minified_page
from deskpress.model.output import OutputSpec
from deskpress.model.site import Options
from deskpress.model.words import Words
from deskpress.render.pieces import Link
from deskpress.render.views import Frame, RedirectView, View
from deskpress.templating.content_security_policy import make_policy
from deskpress.templating.environment import (
    Recorder,
    Translator,
    note_templates,
    with_templates,
)
from deskpress.templating.errors import TemplateFailedError, failed
from deskpress.templating.events import RenderEvents
from deskpress.templating.shell import make_shell
from deskpress.templating.theme import ThemeConfig


class Anchor(Struct, frozen=True):
    """The target of Material's skip link."""

    url: str


class ThemePage(Struct, frozen=True):
    """The page as Material's base template knows it: only what we do not override. It has no document."""

    title: str
    toc: tuple[Anchor, ...] = (Anchor("#dp:content"),)
    meta: Mapping[str, Any] = {}
    url: str = ""
    canonical_url: str = ""
    content: str = ""
    ancestors: tuple[object, ...] = ()
    is_homepage: bool = False


class EmptyNav(list[Any]):
    """A navigation that leads to the home page alone."""

    homepage = Anchor(".")
    items: tuple[Any, ...] = ()
    pages: tuple[Any, ...] = ()


def make_context(
    shell: SimpleNamespace, view: View | RedirectView, policy: str, theme: ThemeConfig
) -> dict[str, Any]:
    """The context of a template. `policy` is the Content-Security-Policy, empty for none."""
    if isinstance(view, RedirectView):
        return {"view": view}
    frame = view.frame
    return {
        "view": view,
        "config": shell,
        "page": frame.page or ThemePage(frame.title or frame.site),
        "nav": frame.page.nav if frame.page else None,
        # As in MkDocs, without a trailing slash.
        "base_url": frame.root.rstrip("/") or "/",
        "mkdocs_version": theme.generator,
        **theme.more_context,
        "policy": policy,
    }


_POLICY = re.compile(r"<meta\s+http-equiv=[\"']?Content-Security-Policy", re.I)
_BEGINNINGS = [re.compile(rf"<{name}\b[^>]*>", re.I) for name in ("head", "html", "!doctype html")]
"""How a page begins: what comes behind the first of these that it has stands in its head."""


class TemplateRenderer:
    """Renders templates, by name, with views; knows the policy of all pages.

    `shells` are the configuration as pages of each language see it, `words` what they say; `folder` is that
    of the site's sources. `env_reads` is what the theme's events have read that `env` was given to;
    with it they run for each page.
    """

    def __init__(
        self,
        shells: Mapping[str, SimpleNamespace],
        words: Mapping[str, Words],
        env: jinja2.Environment,
        options: Options,
        theme: ThemeConfig,
        folder: Path,
        env_reads: Mapping[str, str] | None = None,
    ) -> None:
        self.shells = shells
        self.words = words
        self.env = env
        self.options = options
        self.theme = theme
        self.folder = folder
        self.events: RenderEvents | None = theme.events if env_reads is not None else None
        self.env_reads = env_reads or {}
        self._policy: tuple[str, frozenset[str]] | None = None
        self._policies: dict[str, tuple[str, frozenset[str]]] = {}

    def __call__(self, template: str, view: View | RedirectView) -> str:
        """The page. Raises `TemplateFailedError`."""
        try:
            page = self._rendered(template, view)
            return page if isinstance(view, RedirectView) else self.guarded(template, page)
        except MemoryError:
            raise  # no mistake of the template
        except Exception as error:
            if told := self.told(error, view):
                raise told from None
            raise

    def _rendered(self, template: str, view: View | RedirectView) -> str:
        context = self.context(view)
        page = None if isinstance(view, RedirectView) else view.frame.page
        if self.events is None or page is None:
            return self.env.get_template(template).render(context)
        self._note(self.env_reads)
        run = self.events.begin(page)
        made = run.finished(self.env.get_template(template).render(run.context(context)))
        self._note(run.end())
        return made

    def _note(self, reads: Mapping[str, str]) -> None:
        if isinstance(self.env.cache, Recorder):
            self.env.cache.note(reads)

    def told(self, error: Exception, view: View | RedirectView | None) -> TemplateFailedError | None:
        """The message for an `error` while `view` was rendered; None if no template of the site caused it."""
        page = "" if view is None or isinstance(view, RedirectView) else view.frame.canonical
        return failed(error, page, self.folder, self.theme.is_stock)

    def context(self, view: View | RedirectView) -> dict[str, Any]:
        """The context of a template; sets the language of templates to the view's."""
        # A redirect does not use the theme, and so does not depend on it.
        redirects = isinstance(view, RedirectView)
        policy = "" if redirects else self.policy
        language = view.language if isinstance(view, RedirectView) else view.frame.language
        voice: Translator = self.env.globals["voice"]  # type: ignore[assignment]  # `prepare_environment` put it there
        voice.words = self.words[language]
        voice.page += 1
        return make_context(self.shells[language], view, policy, self.theme)

    def guarded(self, template: str, page: str) -> str:
        """A page with its policy, if the template, one of the site's own, has none."""
        if template.startswith("deskpress/") or not self.policy or _POLICY.search(page):
            return page
        begun = next((found for mark in _BEGINNINGS if (found := mark.search(page))), None)
        if begun is None:
            return page  # no page, but a text of some other kind
        if template not in self._policies:
            self._policies[template] = with_templates(self.env, lambda: self._policy_of(template))
        policy, templates = self._policies[template]
        note_templates(self.env, templates)
        # First of all: what stands before it would not be bound by it.
        meta = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy)
        return f"{page[: begun.end()]}{meta}{page[begun.end() :]}"

    def _policy_of(self, template: str) -> str:
        """The policy, with the scripts that a template of the site's own shows where there is no content."""
        shell = self.shells[self.options.language]
        empty = make_context(shell, View(EMPTY_FRAME), "", self.theme) | {"nav": EmptyNav()}
        try:
            page = self.env.get_template(template).render(empty)
        except Exception:  # a template may ask for what only some page has
            return self.policy
        return self._policy_from(page)

    @property
    def policy(self) -> str:
        """The policy; there is none if content is trusted, since it may run anything.

        The caller has read the templates that it was made from.
        """
        if self.options.raw_html == "trusted":
            return ""
        if self._policy is None:
            self._policy = with_templates(self.env, self._make_policy)
        policy, templates = self._policy
        note_templates(self.env, templates)
        return policy

    def _make_policy(self) -> str:
        shell = self.shells[self.options.language]
        empty = make_context(shell, View(EMPTY_FRAME), "", self.theme)
        before, self.env.undefined = self.env.undefined, jinja2.ChainableUndefined
        try:
            # What hooks tell templates of a page is not there.
            page = self.env.get_template("deskpress/empty.html").render(empty)
        finally:
            self.env.undefined = before
        return self._policy_from(page)

    def _policy_from(self, page: str) -> str:
        shell = self.shells[self.options.language]
        if minify := self.options.addons.minify:
            page = minified_page(page, minify)
        extra = [*shell.extra_css, *map(str, shell.extra_javascript)]
        return make_policy(
            page, extra, [self.options.search_missed, self.options.helpful_endpoint], self.options.policy
        )


EMPTY_FRAME = Frame(
    site="",
    language="en",
    root="/",
    title="",
    description="",
    canonical="",
    home=Link("", ""),
    nav=(),
    footer=(),
    copyright="",
    trademark="",
    alternates=(),
    markdown="",
)


def make_renderer(
    theme: ThemeConfig,
    options: Options,
    folder: Path,
    env: jinja2.Environment,
    env_reads: Mapping[str, str] | None = None,
) -> TemplateRenderer:
    """The renderer of a site whose sources lie in `folder`; `env` is prepared.

    Where plug-ins have had it before, `env_reads` is what they have read, and their events run for each page.
    """
    spoken = (options, *options.other_languages)
    shells = {one.language: make_shell(theme, one) for one in spoken}
    words = {one.language: one.words for one in spoken}
    return TemplateRenderer(shells, words, env, options, theme, folder, env_reads)


def make_load(content: Path, theme: Mapping[str, Path]) -> Callable[[OutputSpec], bytes]:
    """The function that reads the bytes of an asset of the content folder or of the theme."""

    def load(spec: OutputSpec) -> bytes:
        path = spec.subject[1]
        return (theme[path] if spec.subject[0] == "theme" else content / path).read_bytes()

    return load
