"""The settings of a project as the configuration that `compat` reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, ValidationError, convert, field

from deskpress.build.config import ConfigReport
from deskpress.build.plugin_options import expected_in
from deskpress.compat.configuration import known_host
from deskpress.compat.material.icons import replace_icons
from deskpress.compat.material.theme import STOCK
from deskpress.source.front_matter_keys import nearest
from deskpress.zensical.extensions import Remark, read_extensions
from deskpress.zensical.plugins import Named, named_plugins, read_plugins

_NO_EFFECT = {
    "extra_templates": "no templates are rendered besides pages",
    "hooks": "Zensical runs none either",
    "validation": "`deskpress check` reports links and anchors",
}


class Script(Struct):
    """An entry of `extra_javascript`, with the attributes of its element."""

    path: str
    type: str = ""
    defer: bool = False
    async_: bool = field(default=False, name="async")

    def __post_init__(self) -> None:
        self.type = self.type or ("module" if self.path.endswith(".mjs") else "")

    def __str__(self) -> str:
        return self.path


class Theme(dict[str, Any]):
    """The settings of the theme; `dirs` are the folders of its templates, those of the site first."""

    def __init__(self, values: Mapping[str, Any], custom: str | None) -> None:
        super().__init__(values)
        self.custom_dir = custom
        self.static_templates: set[str] = set()
        self.dirs = [*([custom] if custom else []), *(os.path.join(one, "templates") for one in STOCK[::-1])]


class Project(Struct):
    """The settings with their defaults; `named` are the plug-ins as the file names them."""

    site_name: str = ""
    site_url: str = ""
    site_description: str | None = None
    site_author: str | None = None
    copyright: str | None = None
    docs_dir: str = "docs"
    site_dir: str = "site"
    dev_addr: str = ""
    use_directory_urls: bool = True
    strict: bool = False
    repo_url: str | None = None
    repo_name: str | None = None
    edit_uri: str | None = None
    edit_uri_template: str | None = None
    remote_branch: str = "gh-pages"
    remote_name: str = "origin"
    exclude_docs: str = ""
    draft_docs: str = ""
    not_in_nav: str = ""
    nav: list[Any] | None = None
    watch: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    extra_css: list[str] = field(default_factory=list)
    extra_javascript: list[Script] = field(default_factory=list)
    extra_templates: list[Any] = field(default_factory=list)
    hooks: Any = field(default_factory=dict)
    validation: Any = None
    theme: Any = None
    plugins: Any = None
    markdown_extensions: Any = None
    config_file_path: str = ""
    mdx_configs: dict[str, Any] = field(default_factory=dict)
    named: Named = field(default_factory=dict)


def make_project(path: Path, given: Mapping[str, Any], report: ConfigReport, remark: Remark) -> Project:
    """The project of the file at `path` with these settings; `remark` is told of those without effect."""
    folder = path.resolve().parent
    project = Project(config_file_path=str(path))
    for key, value in given.items():
        if key not in Project.__struct_fields__ or key in ("config_file_path", "mdx_configs", "named"):
            like = nearest(key, Project.__struct_fields__)
            report.warning(key, f"there is no setting `{key}`", f"did you mean `{like}`?" if like else "")
        elif key in _NO_EFFECT:
            remark(f"`{key}` has no effect: {_NO_EFFECT[key]}")
        else:
            _set(project, key, value, report)
    if not project.site_name:
        report.error("site_name", "`site_name` is missing", 'as in `site_name = "Help"`')
    name, edit = known_host(project.repo_url or "", project.docs_dir)
    project.repo_name, project.edit_uri = project.repo_name or name, project.edit_uri or edit
    if not (folder / project.docs_dir).is_dir():
        report.error("docs_dir", f"the folder `{project.docs_dir}` does not exist")
    project.docs_dir, project.site_dir = str(folder / project.docs_dir), str(folder / project.site_dir)
    project.watch = [str(folder / one) for one in project.watch]
    project.theme = _theme(project.theme, folder, report, remark)
    project.named = named_plugins(project.plugins, report)
    project.plugins = read_plugins(project.named, remark)
    project.markdown_extensions, project.mdx_configs = read_extensions(
        project.markdown_extensions, report, remark
    )
    return project


def _set(project: Project, name: str, value: Any, report: ConfigReport) -> None:
    """Give the project one setting, if it is of the right type."""
    if name == "extra_javascript" and isinstance(value, list):
        value = [one if isinstance(one, dict) else {"path": one} for one in value]
    try:
        setattr(project, name, getattr(convert({name: value}, Project), name))
    except ValidationError as error:
        report.error(name, f"`{name}` must be {expected_in(error)}")


def _theme(given: Any, folder: Path, report: ConfigReport, remark: Remark) -> Theme:
    values = {"name": given} if isinstance(given, str) else dict(given or {})
    if (named := values.pop("name", None)) not in (None, "material", "zensical"):
        key = "theme" if isinstance(given, str) else "name"
        report.error(key, f"the theme `{named}` is not supported", "remove it: Material's is the default")
    custom = values.pop("custom_dir", None)
    if custom and not (folder / custom).is_dir():
        report.error("custom_dir", f"the folder `{custom}` does not exist")
    for name in ("variant", "static_templates"):
        if values.pop(name, None):
            remark(f"`theme: {name}` has no effect: pages have the looks of Deskpress (`look`)")
    stock = yaml.safe_load(Path(STOCK[1], "templates", "mkdocs_theme.yml").read_text("utf-8"))
    stock.pop("static_templates", None)
    theme = Theme({"name": "material"} | stock | values, str(folder / custom) if custom else None)
    replace_icons(theme, theme.dirs, remark)
    return theme
