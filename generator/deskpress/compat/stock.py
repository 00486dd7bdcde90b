"""Reads and builds a site with stock MkDocs, for importing it.

A program of its own: `python -m deskpress.compat.stock mkdocs.yml OUT.json [SITE_DIR]`. It writes its results
to OUT.json, and builds into SITE_DIR if that is given. It runs the site's hooks and plug-ins, as MkDocs does,
in a process that they may end in any way. Plug-ins that are not installed are left out, and named.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mkdocs.plugins
from mkdocs.commands.build import build
from mkdocs.config.base import get_schema
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

BLOG = "material/blog"
_PLAIN = "docs_dir site_dir site_url repo_url use_directory_urls site_name".split()


class FileRecorder(BasePlugin):  # type: ignore[no-untyped-call, type-arg]  # it has no options
    """Records which file of the site comes from which file of the content."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[dict[str, Any]] = []
        self.files: Files | None = None

    @event_priority(-1_000_000)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Keep the files: plug-ins change their targets until everything is built."""
        self.files = files
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Record the target of each file of the content."""
        content = Path(config.docs_dir).resolve()
        for file in self.files or ():
            place = Path(file.abs_src_path).resolve() if file.abs_src_path else None
            self.seen.append(
                {
                    "source": file.src_uri,
                    "path": file.dest_uri,
                    "page": file.is_documentation_page(),
                    "content": bool(place and place.is_relative_to(content)),
                }
            )


def main(config_file: str, out: str, site_dir: str = "") -> None:
    """Load the configuration, and build if there is a folder for it."""
    told = _Told()
    logging.getLogger("mkdocs").addHandler(told)
    found: dict[str, Any] = {"errors": [], "missing": [], "built": False}
    try:
        config = _load(config_file, site_dir, found)
        if site_dir and not found["errors"]:
            recorder = FileRecorder()
            config.plugins["deskpress-recorder"] = recorder
            config.plugins.on_startup(command="build", dirty=False)
            build(config)
            config.plugins.on_shutdown()
            found["files"] = recorder.seen
            found["built"] = True
    except (Exception, SystemExit) as error:
        # Plug-ins and hooks may raise anything; it is reported as theirs.
        text = str(error) or type(error).__name__
        found["errors"].append("\n".join([*told.messages, text]) if text not in told.messages else text)
    Path(out).write_text(json.dumps(found, default=_described), encoding="utf-8")


class _Told(logging.Handler):
    """Collects the errors that MkDocs prints before it gives up."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _load(config_file: str, site_dir: str, found: dict[str, Any]) -> MkDocsConfig:
    config = MkDocsConfig(config_file_path=config_file)
    with open(config_file, "rb") as file:
        config.load_file(file)
    found["given"] = [[name, options] for name, options in _given(config.get("plugins"))]
    found["theme"] = _theme(config.get("theme"))
    found["hooks"] = [str(hook) for hook in config.get("hooks") or ()]
    found["strict"] = bool(config.get("strict"))
    found["missing"] = _leave_out_missing(config)
    config.load_dict({"strict": False, **({"site_dir": site_dir} if site_dir else {})})
    errors, _ = config.validate()
    found["errors"] += [f"{key}: {error}" for key, error in errors]
    for name in _PLAIN:
        found[name] = config.get(name)
    found["blogs"] = [_blog(options) for name, options in found["given"] if name in ("blog", BLOG)]
    if not errors:
        # As read by the theme's own plug-in; missing options have their defaults.
        found["language"] = str(config.theme.get("language", "en"))
    return config


def _given(plugins: Any) -> list[tuple[str, Any]]:
    """Plug-ins as the configuration names them: a list or a mapping."""
    if isinstance(plugins, Mapping):
        return [(str(name), options or {}) for name, options in plugins.items()]
    pairs: list[tuple[str, Any]] = []
    for item in plugins or ():
        if isinstance(item, Mapping) and item:
            pairs.append(next((str(name), options or {}) for name, options in item.items()))
        else:
            pairs.append((str(item), {}))
    return pairs


def _theme(theme: Any) -> str:
    return str(theme.get("name") or "") if isinstance(theme, Mapping) else str(theme or "mkdocs")


def _leave_out_missing(config: MkDocsConfig) -> list[str]:
    """Remove plug-ins that are not installed."""
    known = mkdocs.plugins.get_plugins()
    given = config.get("plugins")
    missing = [name for name, _ in _given(given) if name not in known and f"material/{name}" not in known]
    if isinstance(given, Mapping):
        config["plugins"] = {name: value for name, value in given.items() if str(name) not in missing}
    elif isinstance(given, list):
        config["plugins"] = [item for item in given if _given([item])[0][0] not in missing]
    return missing


def _blog(options: Any) -> dict[str, Any]:
    """The options of Material's blog with their defaults; `errors` if they are not valid."""
    from material.plugins.blog.config import BlogConfig

    config = BlogConfig()
    given = options if isinstance(options, Mapping) else {}
    config.load_dict(dict(given))
    errors, _ = config.validate()
    known = {name for name, _ in get_schema(BlogConfig)}
    return {
        "options": {name: config.get(name) for name in sorted(known)},
        "set": [str(name) for name in given],
        "errors": [f"{key}: {error}" for key, error in errors],
    }


def _described(value: Any) -> Any:
    """What JSON cannot represent: functions by their names, anything else by its text."""
    if isinstance(value, partial):
        return {"callable": _described(value.func)["callable"], "options": value.keywords}
    if callable(value):
        module, name = getattr(value, "__module__", ""), getattr(value, "__qualname__", repr(value))
        return {"callable": f"{module}.{name}"}
    return str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
