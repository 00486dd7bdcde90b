"""The options of our plug-in as MkDocs checks them."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

from deskpress.build.plugin_options import TYPES, PluginOptions


def _option(one: FieldInfo) -> Any:
    """MkDocs' option for one of ours."""
    default = one.default if one.default is not NODEFAULT else one.default_factory()
    hint = TYPES[one.name]
    kinds = get_args(hint)
    if get_origin(hint) is Literal:
        return c.Choice(kinds, default=default)
    if get_origin(hint) is list and kinds != (Any,):
        (item,) = kinds
        checked: Any = c.Choice(get_args(item)) if get_origin(item) is Literal else c.Type(item)
        return c.ListOfItems(checked, default=default)
    plain = [get_origin(kind) or kind for kind in (kinds if isinstance(hint, UnionType) else [hint])]
    types = tuple(kind for kind in plain if kind is not NoneType)
    checked = c.Type(types if len(types) > 1 else types[0])
    if NoneType in plain:
        return c.Optional(checked)
    checked.default = default
    return checked


class PluginSchema(Config):  # type: ignore[no-untyped-call]  # MkDocs does not annotate its hook
    """The options of `PluginOptions`, under the same names."""

    locals().update({one.name: _option(one) for one in fields(PluginOptions)})


def plugin_options(given: PluginSchema) -> PluginOptions:
    """The options that MkDocs has checked."""
    return PluginOptions(**{name: given[name] for name in TYPES})
