"""`deskpress new`: creates sites, posts, topics and notices."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import yaml

from deskpress.app.ci_requirements import own_record, requirement_files
from deskpress.app.ci_workflows import workflows
from deskpress.app.loading import MKDOCS, ZENSICAL, load
from deskpress.build.request import Request, SetupError, spoken
from deskpress.plan.urls import slug_of
from deskpress.source.dates import zone

_CONFIG = """\
site_name: {name}
# The address at which readers find the site; feeds and canonical links need it.
site_url: https://{slug}.example/
site_description: News and help from our support team.
site_author: Support Team
copyright: {copyright}
docs_dir: content
site_dir: site

theme:
  name: material
  palette:
    - media: "(prefers-color-scheme)"
      toggle: {{icon: material/brightness-auto, name: Switch to light mode}}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {{icon: material/weather-sunny, name: Switch to dark mode}}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {{icon: material/weather-night, name: Use the system's setting}}

plugins:
  - deskpress:
      timezone: UTC
      footer:
        - About: about.md

nav:
  - Home: index.md
  - Blog: /blog/
  - Archive: /archive/
  - Help: help/index.md
  - Subscribe: /subscribe/

markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - tables
  - toc
"""

_ZENSICAL = """\
[project]
site_name = {quoted}
# The address at which readers find the site; feeds and canonical links need it.
site_url = "https://{slug}.example/"
site_description = "News and help from our support team."
site_author = "Support Team"
copyright = {copyright}
docs_dir = "content"
site_dir = "site"
nav = [
    {{Home = "index.md"}},
    {{Blog = "/blog/"}},
    {{Archive = "/archive/"}},
    {{Help = "help/index.md"}},
    {{Subscribe = "/subscribe/"}},
]

[[project.theme.palette]]
media = "(prefers-color-scheme)"
toggle = {{icon = "material/brightness-auto", name = "Switch to light mode"}}

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle = {{icon = "material/weather-sunny", name = "Switch to dark mode"}}

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle = {{icon = "material/weather-night", name = "Use the system's setting"}}

[project.plugins.deskpress]
timezone = "UTC"
footer = [{{About = "about.md"}}]

[project.markdown_extensions]
admonition = {{}}
attr_list = {{}}
footnotes = {{}}
tables = {{}}
toc = {{}}
"""

_FILES = {
    "content/index.md": "---\ntitle: {name}\n---\n\nNews and help from our support team.\n",
    "content/about.md": "---\ntitle: About\n---\n\nSay here who writes, and for whom.\n",
    "content/help/index.md": "---\ntitle: Help\n---\n\nShort answers, one page to a topic.\n",
    "content/help/getting-help.md": (
        "---\ntitle: Getting help\ndescription: How to reach us.\n---\n\nSay here how readers reach you.\n"
    ),
    "content/posts/{day}-hello.md": (
        "---\ntitle: Hello\ndate: {day}\ncategories: [News]\ntopics: [getting-help]\n---\n\n"
        "The first post. Change it, or delete it and run `deskpress new post`.\n"
    ),
    "content/addresses.lock": "",
    ".gitattributes": "/content/addresses.lock merge=union\n",
    ".gitignore": "/site/\n/.cache/\n",
}


def new_site(folder: Path, now: datetime, ci: str | None = None, form: str = "mkdocs") -> list[Path]:
    """Create a site in `folder`, with a workflow for the host `ci`, configured as `form` says.

    Raises `SetupError` unless the folder is empty or absent.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetupError(f"{folder} is not an empty folder; nothing was changed.")
    name = folder.resolve().name.replace("-", " ").replace("_", " ").title()
    values = {"name": name, "slug": slug_of(name) or "help", "day": now.date().isoformat()}
    if form == "zensical":
        words = {"quoted": _in_toml(name), "copyright": _in_toml(f"© {name}")}
        files = {ZENSICAL: _ZENSICAL.format(**values, **words)}
    else:
        files = {
            MKDOCS: _CONFIG.format(**values | {"name": _quoted(name), "copyright": _quoted(f"© {name}")})
        }
    for path, text in _FILES.items():
        files[path.format(**values)] = text.format(**values | {"name": _quoted(name)})
    if ci:
        files |= {**workflows(ci), **requirement_files(own_record())}
    return [_create(folder / path, text) for path, text in files.items()]


def unchanged_examples(content: Path) -> set[str]:
    """The pages of a new site below `content` that say what is to be written there, and still say so."""
    return {
        path
        for path in ("about.md", "help/getting-help.md")
        if (file := content / path).is_file()
        and file.read_text("utf-8", "replace") == _FILES[f"content/{path}"]
    }


def new_document(kind: str, title: str, config_file: Path, now: datetime, language: str = "") -> list[Path]:
    """Create a post, a topic or a notice in a language of the site (empty: the main one).

    Raises `SetupError` if the file exists already.
    """
    title = " ".join(title.split())
    if not title.isprintable():
        raise SetupError("The title holds characters that cannot be shown.")
    slug = slug_of(title)
    if not slug:
        raise SetupError("The title needs at least one letter or digit.")
    project = load(Request(config_file))
    options = spoken(project.options, language)
    now = now.astimezone(zone(options.timezone))
    today = now.date().isoformat()
    head = f"---\ntitle: {_quoted(title)}\n"
    content = project.config.content_dir
    path, text = {
        "post": (
            content / options.posts_dir / f"{today}-{slug}.md",
            f"{head}date: {today}\nslug: {_quoted(slug)}\ndescription: \ncategories: []\n---\n\n",
        ),
        "topic": (content / options.help_dir / f"{slug}.md", f"{head}description: \n---\n\n"),
        "notice": (
            content / options.notices_dir / f"{today}-{slug}.md",
            f"{head}start: {now:%Y-%m-%d %H:%M}\nend: \nseverity: info\ndescription: \n"
            "updates: []\ndraft: true\n---\n\n",
        ),
    }[kind]
    return [_create(path, text)]


def _quoted(text: str) -> str:
    """`text` as a YAML scalar with exactly that value (JSON's strings are YAML's)."""
    words = text.replace(" ", "").replace("-", "")
    return text if words.isalnum() and yaml.safe_load(text) == text else json.dumps(text, ensure_ascii=False)


def _create(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise SetupError(f"{path} is there already; nothing was changed.") from None
    return path


def _in_toml(text: str) -> str:
    """Text as TOML writes it, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)
