"""Runs events of hooks that change what pages are rendered with, or finished pages; records what they read.

Nothing that one page is given may depend on what another was; where it turns out that it does, or that code
asks for what is not known here, the whole site is built by MkDocs' own loop, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, wraps
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import pass_context
from jinja2.runtime import Context

from deskpress.compat.plugins.page_events import EventCode, named, watched
from deskpress.engine.fingerprint import describe
from deskpress.engine.reads import NotLocalError
from deskpress.render.template_page import TemplatePage

_FUNCTIONS = (FunctionType, MethodType, BuiltinFunctionType, partial, type)

_TABLES = ("globals", "filters", "tests")
"""What of an environment templates use by name."""


class PageRenderEvents:
    """The events of pages as they are rendered; see `templating/events.py`."""

    def __init__(self, code: EventCode) -> None:
        self.code = code
        self.reads: dict[str, str] = {}
        """What is read for the page that is rendered now."""
        self.state: Any = None

    @property
    def recipe(self) -> str:
        """The fingerprint of all that the events are made of."""
        return self.code.recipe

    def prepare(self, env: jinja2.Environment) -> Mapping[str, str]:
        """The event `env`; what it has read. Raises `NotLocalError`."""
        code, self.reads = self.code, {}
        before = {table: dict(vars(env)[table]) for table in _TABLES}
        fixed = env.loader, sorted(env.extensions), env.autoescape
        for method in code.hosted.env:
            with self.told(method):
                found = method(env, config=code.config, files=code.files)
                if found not in (None, env):
                    raise NotLocalError("it makes an environment of its own")
                if fixed != (env.loader, sorted(env.extensions), env.autoescape):
                    raise NotLocalError("it changes how templates are loaded or read")
                for table in _TABLES:
                    self._record(vars(env)[table], before[table], method, called=table == "globals")
        return self.reads

    def begin(self, page: TemplatePage) -> RenderRun:
        """The events of a page."""
        self.reads = {}
        return RenderRun(self, page)

    def _record(
        self, table: dict[str, Any], before: dict[str, Any], method: Callable[..., Any], *, called: bool
    ) -> None:
        """Have what templates call, or apply, record what it reads.

        Raises `NotLocalError` for what nobody can know.
        """
        for name, value in table.items():
            if name in before and before[name] is value:
                continue
            if isinstance(value, _FUNCTIONS) or hasattr(value, "cache_clear"):
                recorded = self._recorded(value, method)
                table[name] = recorded if called else applied(recorded)
            elif not is_data(value):
                raise NotLocalError(f"it gives templates `{name}`, of which nobody knows what it reads")
            before[name] = table[name]

    def _recorded(self, function: Any, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function, updated=() if isinstance(function, type | partial) else ("__dict__",))
        def recorded(*arguments: Any, **keywords: Any) -> Any:
            with self.told(method, fails=False):
                return function(*arguments, **keywords)

        return recorded

    @contextmanager
    def told(self, method: Callable[..., Any], place: str = "", *, fails: bool = True) -> Iterator[None]:
        """Record what the block reads. Whatever stops it is told as being of the event `method`."""
        try:
            with watched(self.code) as seen:
                yield
        except NotLocalError as error:
            # A function that templates call may call others.
            told = str(error)
            what = named(self.code.config, method)
            raise NotLocalError(told if told.startswith(what) else f"{what}: {told}{place}") from None
        except (Exception, SystemExit) as error:
            if not fails:
                raise  # templates say where that is
            problem = f"{type(error).__name__}: {error}"
            raise NotLocalError(f"{named(self.code.config, method)}: {problem}{place}") from None
        self.reads.update(seen.answers)


class RenderRun:
    """The events of one page."""

    def __init__(self, events: PageRenderEvents, page: TemplatePage) -> None:
        self.events, self.page = events, page
        self.place = f" ({page.file.src_uri})"
        if events.state is None:
            events.state = self._state()

    def context(self, context: dict[str, Any]) -> dict[str, Any]:
        """The event `page_context`. Raises `NotLocalError`."""
        config = self.events.code.config
        for method in self.events.code.hosted.context:
            with self.events.told(method, self.place):
                found = method(context, page=self.page, config=config, nav=self.page.nav)
                context = context if found is None else dict(found)
        return context

    def finished(self, output: str) -> str:
        """The event `post_page`. Raises `NotLocalError`."""
        for method in self.events.code.hosted.finished:
            with self.events.told(method, self.place):
                found = method(output, page=self.page, config=self.events.code.config)
                output = output if found is None else str(found)
        return output

    def end(self) -> Mapping[str, str]:
        """What was read. Raises `NotLocalError` if something is kept for the next page."""
        if self._state() != self.events.state:
            names = ", ".join(self.events.code.hosted.names)
            raise NotLocalError(f"{names}: something is kept from page to page{self.place}")
        return self.events.reads

    def _state(self) -> Any:
        config = self.events.code.config
        return [self.events.code.state(), describe(config.extra), describe(config.extra_css)]


def applied(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter or a test that is never applied as templates are compiled, which are kept."""
    wanted = getattr(function, "jinja_pass_arg", None)

    @pass_context
    @wraps(function)
    def apply(context: Context, *arguments: Any, **keywords: Any) -> Any:
        if wanted is None:
            return function(*arguments, **keywords)
        given = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        return function(given[wanted.name], *arguments, **keywords)

    return apply


def is_data(value: object) -> bool:
    """Whether a value is made of texts, numbers, lists and tables alone."""
    if isinstance(value, dict):
        return all(is_data(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(is_data, value))
    return value is None or isinstance(value, bool | int | float | str | bytes)
