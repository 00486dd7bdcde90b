"""A site is built from a configuration made in Python: MkDocs and Material are not imported for it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from deskpress.host.load import load
from tests.conftest import AS_OF, Site

BUILD = '''
import sys
from importlib.metadata import distribution, version
from pathlib import Path

class Blocked:
    """Nobody may import the generator and the theme that Deskpress builds upon; their files may be read."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("mkdocs", "material", "properdocs"):
            raise ImportError(f"{name} is imported")
        return None

sys.meta_path.insert(0, Blocked())

import jinja2
import yaml

from deskpress.build.config import MomentOptions, SiteConfig
from deskpress.build.request import Clock, Project, Request
from deskpress.build.site import build_site, claimed
from deskpress.model.site import Options
from deskpress.engine.package_files import theme_folder
from deskpress.templating.theme import ThemeConfig

folder, as_of, NAME, URL, ABOUT, AUTHOR, *UNUSED = Path(sys.argv[1]), *sys.argv[2:]
stock = [
    str(distribution("mkdocs-material").locate_file("material/templates")),
    str(distribution("mkdocs").locate_file("mkdocs/templates")),
]
folders = (str(theme_folder()), *stock)
settings = yaml.safe_load(Path(stock[0], "mkdocs_theme.yml").read_text())
settings.pop("static_templates")
settings |= {"name": "material", "font": False, "palette": {"primary": "deskpress", "accent": "deskpress"}}
shell = dict.fromkeys("site_description site_author copyright repo_url repo_name edit_uri".split())
shell |= {"site_name": NAME, "site_url": URL, "site_description": ABOUT}
shell |= {"site_author": AUTHOR, "extra": {"scope": "/"}}
shell |= {"extra_css": [], "extra_javascript": [], "mdx_configs": {}, "theme": settings}
config = SiteConfig(
    file=folder / "mkdocs.yml",
    content_dir=folder / "content",
    site_dir=folder / "python",
    cache_dir=folder / ".cache/python",
    options=Options(name=NAME, url=URL, description=ABOUT, author=AUTHOR, content="content",
        unused_selectors=tuple(UNUSED)),
    theme=ThemeConfig(
        folders,
        lambda: jinja2.Environment(loader=jinja2.FileSystemLoader(folders), auto_reload=False),
        stock=tuple(stock),
        unused=(
            "assets/stylesheets/looks/",
            "assets/javascripts/formulas.js",
            *(f"assets/javascripts/{name}/" for name in ("katex", "lunr", "mathjax", "mermaid", "workers")),
        ),
        settings=settings,
        shell=shell,
        plugins={"deskpress": {}},
        generator=version("mkdocs"),
    ),
    moment=MomentOptions(as_of=as_of),
    extensions=("tables", "footnotes", "toc", "fenced_code"),
)
project, request, clock = Project(config), Request(config.file), Clock()
with claimed(project, request, clock) as tree:
    result = build_site(project, request, tree, clock)
print(result.pages, *map(str, result.diagnostics))
'''


@pytest.mark.slow
def test_a_configuration_made_in_python_builds_the_same_site(site: Site) -> None:
    about: dict[str, Any] = {
        "site_name": "Desk",
        "site_url": "https://desk.example/",
        "site_description": "News.",
        "site_author": "Ana",
    }
    site.configure(**about, markdown_extensions=["tables", "footnotes", "toc", "fenced_code"])
    site.post("2012-03-12-metrics.md", "Two *numbers*[^1].\n\n[^1]: A note.\n", categories=["News"])
    site.post("2012-04-02-april.md", "[The topic](../help/metrics.md)\n", tags=["Once"])
    site.write("help/metrics.md", "---\ntitle: Metrics\n---\n<delivery-rate></delivery-rate>\n")
    site.write("about.md", "# About\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    site.build()
    unused = load(site.request()).project.options.unused_selectors
    command = [sys.executable, "-c", BUILD, str(site.folder), AS_OF, *about.values(), *unused]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert site.tree(site.folder / "python") == site.tree()
