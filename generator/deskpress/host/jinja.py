"""Jinja, with short ways for what every page does some hundred times: calling, and escaping what it writes.

What comes out is the same: a short way is only taken where Jinja's own would end at the same place.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode

_escape = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""Escapes a string, without the copy that makes it HTML; releases before 3.0 do not part the two."""


def written(value: Any) -> str:
    """`value` as a page writes it: escaped, unless it is HTML."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    # Copied once more, it would still be the same.
    return value if kind is markupsafe.Markup else markupsafe.escape(value)


class Generator(CodeGenerator):
    """Writes what a template outputs by `written`, where Jinja's would make a copy of it first."""

    def visit_Template(self, node: jinja2.nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # name of Jinja
        """Have the compiled template know `written`."""
        self.writeline(f"from {__name__} import written")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")


class Calls(Context):
    """Calls macros and methods, which know what they ask for, without looking for it each time."""

    @internalcode
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What the called gives."""
        kind = type(obj)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not MethodType or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:
            return super().call(_stop)


def _stop() -> None:
    raise StopIteration


class Environment(jinja2.Environment):
    """Jinja's environment with the short ways."""

    context_class = Calls
    code_generator_class = Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. None has any of its own; Jinja's chained mapping is slow to copy."""
        return {**self.globals, **d} if d else self.globals


def quicken(env: jinja2.Environment) -> None:
    """Have `env` take the short ways before it compiles a template, unless it has ways of its own."""
    if type(env) is jinja2.Environment:
        # In place, and nothing is put into it: its attributes are found sooner where they are those of all.
        env.__class__ = Environment
