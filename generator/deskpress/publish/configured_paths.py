"""Finds code in the configuration that is taken from the content folder, where every editor may change it.

`mkdocs.yml` is read as a tree of YAML nodes (YAML 1.1, sections 3.1 and 3.2), before MkDocs loads it: loading
runs hooks and constructs what tags name. `zensical.toml` becomes such a tree, too. Any value that is a path
in the content folder is a problem, unless the setting is known to read only data.
"""

from __future__ import annotations

import os
import posixpath
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span
from deskpress.publish.kinds import not_allowed

LARGEST = 1_000_000
"""The most bytes of a configuration file."""

MOST_FILES = 20
"""The most files in a chain of `INHERIT`."""

_DATA = frozenset(
    "copyright docs_dir draft_docs edit_uri edit_uri_template exclude_docs extra extra_css nav not_in_nav"
    " remote_branch remote_name repo_name repo_url site_author site_description site_name site_url validation"
    " watch".split()
)
"""Settings of MkDocs that are text or data, or that name files in the content to be published."""

_DATA_BELOW = frozenset(
    {
        ("plugins", "deskpress"),
        ("markdown_extensions", "pymdownx.b64"),
        ("markdown_extensions", "pymdownx.snippets"),
        ("theme", "favicon"),
        ("theme", "features"),
        ("theme", "font"),
        ("theme", "icon"),
        ("theme", "language"),
        ("theme", "logo"),
        ("theme", "name"),
        ("theme", "palette"),
    }
)
"""The same for themes, plug-ins and extensions: what they read is shown, or converted like content."""

_NO_PATHS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("bool", "float", "int", "null"))

_LISTS = ("plugins", "markdown_extensions")

_OUT = "Move it out of {0}/, which editors change, and name its new place."


class _Source:
    """A configuration file that is being read."""

    def __init__(self, root: Path, label: str) -> None:
        self.label = label
        self.lines: list[str] = []
        path = root / label
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ContentError([self._problem(1, 1, f"the file has more than {LARGEST:,} bytes")])
        self.lines = data.decode("utf-8", "replace").splitlines()
        self.is_toml = label.endswith(".toml")
        try:
            self.node = yaml.compose(_as_yaml(data) if self.is_toml else data, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = getattr(error, "problem", None) or "too deeply nested"
            if isinstance(error, tomllib.TOMLDecodeError):
                what = str(error)
            form = "TOML" if self.is_toml else "YAML"
            raise ContentError([self._problem(line, column, f"this is not {form}: {what}")]) from None

    def problem(self, node: yaml.Node, problem: str, hint: str) -> Diagnostic:
        """A mistake at the position of a node; in TOML at the first line that has its value."""
        mark = node.start_mark
        if not self.is_toml:
            return self._problem(mark.line + 1, mark.column + 1, problem, hint)
        found = (
            n for n, line in enumerate(self.lines, 1) if isinstance(node.value, str) and node.value in line
        )
        line = next(found, 1)
        column = self.lines[line - 1].find(str(node.value)) + 1 if self.lines else 1
        return self._problem(line, max(column, 1), problem, hint)

    def _problem(self, line: int, column: int, problem: str, hint: str = "") -> Diagnostic:
        context = self.lines[line - 1] if line <= len(self.lines) else ""
        span = Span(self.label, line, column)
        return Diagnostic(span, Severity.ERROR, Kind.OPTION, problem, hint, context)


def _as_yaml(data: bytes) -> str:
    """The project's settings as YAML. Raises `ValueError` for what is not TOML."""
    found = tomllib.loads(data.decode("utf-8-sig"))
    return yaml.safe_dump(found.get("project", found), allow_unicode=True)


def content_folder(root: Path, label: str = "mkdocs.yml") -> str:
    """The content folder that the configuration in the folder `root` names, relative to it.

    Raises `ContentError` with every place where the configuration takes code from there.
    """
    sources = list(_sources(root, label))
    content = next((found for source in sources if (found := _docs_dir(source))), "docs")
    problems = [one for source in sources for one in _problems(source, root, content)]
    if problems:
        raise ContentError(problems)
    return content


def _sources(root: Path, label: str) -> Iterator[_Source]:
    """The configuration, and the files that it inherits from. Those outside `root` are the server's."""
    seen = 0
    while label and (root / label).is_file():
        source = _Source(root, label)
        yield source
        seen += 1
        node = _value(source.node, "INHERIT")
        if node is None or source.is_toml:
            return
        if seen == MOST_FILES:
            raise ContentError([source.problem(node, f"more than {MOST_FILES} files inherit in turn", "")])
        if not isinstance(node, yaml.ScalarNode):
            raise ContentError([source.problem(node, "`INHERIT` must be the path of a file", "")])
        label = posixpath.normpath(posixpath.join(posixpath.dirname(label), node.value))
        if label.startswith(("../", "/")):
            hint = "a configuration file of this repository, named from where this one lies"
            raise ContentError([source.problem(node, "`INHERIT` leads out of the repository", hint)])


def _value(node: yaml.Node | None, key: str, depth: int = 0) -> yaml.Node | None:
    """The value of a key of a mapping, or of one that is merged into it (`<<`); of several, the last one."""
    found = merged = None
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if not isinstance(name, yaml.ScalarNode):
            continue
        if name.value == key:
            found = value
        elif name.value == "<<" and depth < MOST_FILES:
            parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
            merged = next((one for part in parts if (one := _value(part, key, depth + 1))), merged)
    return found or merged


def _docs_dir(source: _Source) -> str:
    """The content folder that this file names; empty if it names none."""
    node = _value(source.node, "docs_dir")
    if node is None:
        return ""
    plain = isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str" and node.value
    folder = posixpath.normpath(node.value) if plain else ""
    parts = folder.split("/")
    if not plain or folder.startswith("/") or parts[0] in ("", ".", "..", ".cache"):
        hint = 'as in `docs_dir = "content"`' if source.is_toml else "as in `docs_dir: content`"
        problem = (
            f"on a server `docs_dir` is the name of a folder beside `{posixpath.basename(source.label)}`"
        )
        raise ContentError([source.problem(node, problem, hint)])
    return folder


def _problems(source: _Source, root: Path, content: str) -> Iterator[Diagnostic]:
    seen: set[tuple[int, tuple[str, ...]]] = set()
    stack: list[tuple[yaml.Node, tuple[str, ...]]] = [(source.node, ())] if source.node else []
    while stack:
        node, keys = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            if problem := _problem(source, node, keys, root, content):
                yield problem
        elif (id(node), keys[:2]) not in seen:
            # What an alias refers to is checked once for each setting that uses it.
            seen.add((id(node), keys[:2]))
            for child in node.value:
                if isinstance(node, yaml.MappingNode):
                    name, value = child
                    key = name.value if isinstance(name, yaml.ScalarNode) else ""
                    stack.append((value, keys if key == "<<" else (*keys, key)))
                else:
                    stack.append((child, keys))


def _problem(
    source: _Source, node: yaml.ScalarNode, keys: tuple[str, ...], root: Path, content: str
) -> Diagnostic | None:
    setting = keys[0] if keys else ""
    if node.tag in _NO_PATHS:
        return None
    hint = _OUT.format(content)
    if setting == "extra_templates":
        hint = f"Put it into `theme.custom_dir` outside {content}/, and name it in `theme.static_templates`."
        return source.problem(node, f"`{node.value}` is a template in the content: it would run code", hint)
    if setting == "extra_javascript":
        path = node.value.partition("?")[0]
        if keys[1:] not in ((), ("path",)) or "://" in path or path.startswith("//"):
            return None
        path = posixpath.normpath(posixpath.join(content, path.lstrip("/")))
        if not_allowed([path], content):
            return None
        return source.problem(node, f"editors may change the script `{node.value}`", "Name it with `.js`.")
    if setting in _DATA or keys[:2] in _DATA_BELOW or (keys in {(one,) for one in _LISTS}):
        return None
    above = keys == ("theme", "custom_dir")
    if not _is_inside(node.value, source, root, content, above=above):
        return None
    return source.problem(node, f"`{node.value}` is in the content folder, where no code may be", hint)


def _is_inside(value: str, source: _Source, root: Path, content: str, *, above: bool) -> bool:
    """Whether a value is the path of the content folder or of something in it; `above`: or above it."""
    text = value.removeprefix("!include").strip()
    if not text or "\n" in text or "\0" in text:
        return False
    starts = {str(root), posixpath.join(str(root), posixpath.dirname(source.label))}
    folder = f"{root}/{content}/"
    paths = [f"{os.path.normpath(os.path.join(start, text))}/" for start in starts]
    return any(path.startswith(folder) or (above and folder.startswith(path)) for path in paths)
