"""Jinja, with short ways for what every page does some hundred times.

These are asking for attributes, looking words up, calling, and escaping what is written. What comes out is
the same: a short way is only taken where Jinja's own would end at the same place.
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
"""Escapes a string, without the copy that makes it HTML; releases before 3.0 do not part the two."""


def written(value: Any) -> str:
    """`value` as a page writes it: escaped, unless it is HTML."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    # Copied once more, it would still be the same.
    return value if kind is markupsafe.Markup else markupsafe.escape(value)


def item_of(environment: jinja2.Environment, value: Any, name: str) -> Any:
    """What stands in `value` under the name of an attribute that it does not have."""
    try:
        return value[name]
    except (AttributeError, LookupError, TypeError):
        return environment.undefined(obj=value, name=name)


def looked_up(table: dict[Any, Any], key: Any) -> Any:
    """What `table` holds, else `missing`."""
    try:
        return table[key]
    except (AttributeError, LookupError, TypeError):
        return missing


_CONSTANTS = frozenset({str, int, bool, type(None)})
"""What nobody can change who finds it in a table."""

DEEPEST = 4
"""Attributes of attributes that are asked for the short way, which takes more of the brackets that Python
allows within each other."""


class Generator(CodeGenerator):
    """Compiles templates to the short ways, with Jinja's own behind each for what it does not find.

    What a template outputs is `written`. A table of constants is made once for each template, instead of
    each time that something is looked up in it: Material's words are such tables.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tables: list[str] = []

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # name of Jinja
        """Have the compiled template know the short ways and its tables."""
        self.writeline(f"from {__name__} import item_of, looked_up, written")
        super().visit_Template(node, frame)
        for number, table in enumerate(self._tables):
            self.writeline(f"dp_table_{number} = {table}")

    # The names given in expressions are local to the function around: each is used before it is given anew.

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # name of Jinja
        """`node.attr` by the builtin, which looks it up without a call in Python."""
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
        """What a table holds that is made once; all else as ever."""
        table = node.node.value if isinstance(node.node, nodes.Const) else None
        constant = type(table) is dict and _CONSTANTS.issuperset(map(type, (*table, *table.values())))
        if not constant or isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write(f"(dp_found if (dp_found := looked_up(dp_table_{len(self._tables)}, (dp_given := ")
        self._tables.append(repr(table))
        self.visit(node.arg, frame)
        # A table of its own for who asks for a method of tables, which may change it.
        self.write(f"))) is not missing else environment.getitem({table!r}, dp_given))")

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("written(")


class Calls(Context):
    """Calls macros, methods and functions, which know what they ask for, without looking for it each time."""

    @internalcode
    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What the called gives."""
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
    """Calling it has Jinja say what became of such a call."""
    raise StopIteration


class Environment(jinja2.Environment):
    """Jinja's environment with the short ways."""

    context_class = Calls
    code_generator_class = Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template. Hardly any has its own, and Jinja's chained mapping is slow to copy."""
        return super().make_globals(d) if d else self.globals


def optimize(env: jinja2.Environment) -> None:
    """Have `env` take the short ways before it compiles a template, unless it has ways of its own."""
    if type(env) is jinja2.Environment and not env.is_async:
        # In place, and nothing is put into it: its attributes are found sooner where they are those of all.
        env.__class__ = Environment
