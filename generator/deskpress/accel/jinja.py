"""Jinja with shortcuts for what every page does some hundred times.

That is reading attributes, looking up items, calling, and escaping output. The output is the same: a shortcut
is only taken if Jinja's own code would have the same result.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import FunctionType, MethodType
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.utils import _PassArg, internalcode, missing

_escape = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""Escapes a string, without copying it into Markup; releases before 3.0 do not separate the two."""


def written(value: Any) -> str:
    """`value` as a page contains it: escaped, unless it is HTML."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    # Copying it once more would not change it.
    return value if kind is markupsafe.Markup else markupsafe.escape(value)


def item_of(environment: jinja2.Environment, value: Any, name: str) -> Any:
    """The item of `value` with the name of an attribute that it does not have."""
    try:
        return value[name]
    except (AttributeError, LookupError, TypeError):
        return environment.undefined(obj=value, name=name)


def looked_up(table: dict[Any, Any], key: Any) -> Any:
    """The item of `table`, else `missing`."""
    try:
        return table[key]
    except (AttributeError, LookupError, TypeError):
        return missing


_CONSTANTS = frozenset({str, int, bool, type(None)})
"""Types whose values cannot be modified through the table."""

DEEPEST = 4
"""The greatest depth of nested attributes with shortcuts, which use more of the nested brackets that Python
allows."""


class Generator(CodeGenerator):
    """Compiles templates to use shortcuts, with Jinja's own code as a fallback.

    Output goes through `written`. A table of constants is made once for each template, instead of each time
    that something is looked up in it: Material's texts are such tables.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tables: list[str] = []

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # name of Jinja
        """Import the shortcuts and define the tables in the compiled template."""
        self.writeline(f"from {__name__} import item_of, looked_up, written")
        super().visit_Template(node, frame)
        for number, table in enumerate(self._tables):
            self.writeline(f"dp_table_{number} = {table}")

    # Names assigned in expressions are local to the enclosing function: each is used before it is reassigned.

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # name of Jinja
        """`node.attr` by the builtin, which looks it up without a Python call."""
        inner: nodes.Node | None = node
        for _ in range(DEEPEST):
            inner = getattr(inner, "node", None)
        if inner is not None:
            super().visit_Getattr(node, frame)
            return
        self.write("(dp_found if (dp_found := getattr((dp_given := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing")
        self.write(f" else item_of(environment, dp_given, {node.attr!r}))")

    @optimizeconst
    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802  # name of Jinja
        """An item of a constant table; anything else as in Jinja."""
        table = node.node.value if isinstance(node.node, nodes.Const) else None
        constant = type(table) is dict and _CONSTANTS.issuperset(map(type, (*table, *table.values())))
        if not constant or isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write(f"(dp_found if (dp_found := looked_up(dp_table_{len(self._tables)}, (dp_given := ")
        self._tables.append(repr(table))
        self.visit(node.arg, frame)
        # If the result may be a method of the table, which could change it, use a separate table.
        self.write(f"))) is not missing else environment.getitem({table!r}, dp_given))")

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")


class Calls(Context):
    """Calls macros, methods and functions, whose needs are known, without inspecting them each time."""

    @internalcode
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The result of the call."""
        kind = type(obj)
        if kind is Macro:
            obj, args = obj.__call__, (self.eval_ctx, *args)
        elif kind is LoopContext:
            obj = obj.__call__
        elif kind is not MethodType and kind is not FunctionType:
            return super().call(obj, *args, **kwargs)
        elif (asked := getattr(obj, "jinja_pass_arg", None)) is not None:
            if asked is not _PassArg.context or kwargs.get("_loop_vars") or kwargs.get("_block_vars"):
                return super().call(obj, *args, **kwargs)
            args = (self, *args)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return obj(*args, **kwargs)
        except StopIteration:
            return super().call(_stop)


def _stop() -> None:
    """Makes Jinja report an undefined or invalid call in its own words."""
    raise StopIteration


class Environment(jinja2.Environment):
    """Jinja's environment with the shortcuts."""

    context_class = Calls
    code_generator_class = Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. Hardly any has its own, and Jinja's chained mapping is slow to copy."""
        return super().make_globals(d) if d else self.globals


def optimize(env: jinja2.Environment) -> None:
    """Make `env` use the shortcuts when it compiles a template, unless it has been customised."""
    if type(env) is jinja2.Environment and not env.is_async:
        # The class is replaced, and no attribute is added: attributes of the original layout are found
        # faster.
        env.__class__ = Environment
