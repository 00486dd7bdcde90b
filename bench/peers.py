"""The peers, each set up for the same site: posts, months with whole posts, categories, a feed."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title>
<link rel="stylesheet" href="/style.css"></head><body><header><a href="/">Desk</a></header><main>%s</main>
<footer>Copyright</footer></body></html>"""


@dataclass(frozen=True)
class Peer:
    """A generator: where its posts and its template lie in its folder, and how it is called."""

    name: str
    posts: str
    template: str
    command: tuple[str, ...]
    version: tuple[str, ...]

    def prepare(self, folder: Path, posts: Path) -> None:
        """Lay out a site in `folder` with the posts."""
        shutil.rmtree(folder, ignore_errors=True)
        (folder / self.posts).mkdir(parents=True)
        SETUPS[self.name](folder)
        for post in sorted(posts.glob("*.md")):
            text = post.read_text()
            month = re.search(r"^date: (\d{4}-\d\d)", text, re.M)
            assert month is not None
            if self.name in ("hugo", "eleventy"):
                # Neither groups by month by itself; a taxonomy or a collection does.
                text = text.replace("\n", f'\nmonths: ["{month[1]}"]\n', 1)
            if self.name == "pelican":
                text = for_pelican(text)
            (folder / self.posts / post.name).write_text(text)


PLAIN = "search: false, blog_pages: 1, authors_profiles: false"
"""What no peer makes here: the search, older pages of the main page, pages of authors."""


def deskpress(folder: Path) -> None:
    """Ours, the same site as that of the peers."""
    set_up(folder, f"deskpress: {{{PLAIN}}}")


def deskpress_search(folder: Path) -> None:
    """Ours as it comes, with the search and all these pages."""
    set_up(folder, "deskpress")


def deskpress_cards(folder: Path) -> None:
    """Ours with a card for each post."""
    set_up(folder, f"deskpress: {{{PLAIN}, cards: true}}")


def set_up(folder: Path, plugin: str) -> None:
    """Our site with this plug-in."""
    write(
        folder,
        "mkdocs.yml",
        """\
site_name: Desk
site_url: https://desk.example/
docs_dir: content
theme: {name: material, custom_dir: overrides}
markdown_extensions: [tables, footnotes, toc]
plugins:
  - """
        + plugin
        + "\n",
    )
    theme = HERE.parent / "theme/deskpress/post.html"
    write(folder, "overrides/deskpress/post.html", theme.read_text())


def hugo(folder: Path) -> None:
    """Months are a taxonomy whose pages show whole posts."""
    write(
        folder,
        "hugo.toml",
        """\
baseURL = "https://desk.example/"
title = "Desk"
[taxonomies]
category = "categories"
month = "months"
[permalinks]
posts = "/:year/:month/:slug/"
[markup.goldmark.renderer]
unsafe = true
""",
    )
    entry = (
        '<h2>{{ .Date.Format "January 2, 2006" }}</h2>'
        "<h3><a href='{{ .RelPermalink }}'>{{ .Title }}</a></h3>"
    )
    layouts = {
        "_default/single.html": (
            "<h1>{{ .Title }}</h1>"
            "<p>{{ with .PrevInSection }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }} |"
            " {{ with .NextInSection }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}</p>"
            "{{ .Content }}"
        ),
        "_default/list.html": "<h1>{{ .Title }}</h1>{{ range .Pages }}" + entry + "{{ end }}",
        "months/term.html": "<h1>{{ .Title }}</h1>{{ range .Pages }}" + entry + "{{ .Content }}{{ end }}",
        "index.html": "{{ range first 10 .Site.RegularPages }}" + entry + "{{ .Content }}{{ end }}",
    }
    for name, body in layouts.items():
        write(folder, f"layouts/{name}", PAGE % ("{{ .Title }}", body))


def eleventy(folder: Path) -> None:
    """Months and categories are collections, one page each."""
    modules = HERE / "eleventy/node_modules"
    (folder / "node_modules").symlink_to(modules)
    write(folder, "package.json", '{"type": "module"}')
    write(
        folder,
        "eleventy.config.js",
        """\
import { feedPlugin } from "@11ty/eleventy-plugin-rss"
const group = (api, key) => {
  const found = new Map()
  for (const post of api.getFilteredByGlob("posts/*.md").reverse())
    for (const name of post.data[key] ?? []) found.set(name, [...(found.get(name) ?? []), post])
  return [...found].map(([name, posts]) => ({ name, posts }))
}
export default function (config) {
  config.addCollection("byMonth", (api) => group(api, "months"))
  config.addCollection("byCategory", (api) => group(api, "categories"))
  config.addCollection("posts", (api) => api.getFilteredByGlob("posts/*.md"))
  const metadata = { language: "en", title: "Desk", base: "https://desk.example/" }
  const collection = { name: "posts", limit: 20 }
  config.addPlugin(feedPlugin, { type: "atom", outputPath: "/feed.xml", collection, metadata })
  return { markdownTemplateEngine: false, dir: { input: ".", output: "_site" } }
}
""",
    )
    write(folder, "posts/posts.json", '{"layout": "post.njk"}')
    write(folder, "_includes/post.njk", PAGE % ("{{ title }}", "<h1>{{ title }}</h1>{{ content | safe }}"))
    for name, collection, body in (
        ("months", "byMonth", "{{ post.templateContent | safe }}"),
        ("categories", "byCategory", ""),
    ):
        head = f"---\npagination: {{data: collections.{collection}, size: 1, alias: group}}\n"
        head += f'permalink: "{name}/{{{{ group.name }}}}/"\n---\n'
        entry = "{% for post in group.posts %}<h3><a href='{{ post.url }}'>{{ post.data.title }}</a></h3>"
        write(folder, f"{name}.njk", head + PAGE % ("{{ group.name }}", entry + body + "{% endfor %}"))


def pelican(folder: Path) -> None:
    """Months are archives whose template shows whole articles."""
    write(
        folder,
        "pelicanconf.py",
        """\
SITENAME = "Desk"
SITEURL = "https://desk.example"
AUTHOR = "Team"
TIMEZONE = "UTC"
PATH = "content"
THEME = "theme"
ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = CATEGORY_FEED_ATOM = None
AUTHOR_SAVE_AS = TAGS_SAVE_AS = TAG_SAVE_AS = AUTHORS_SAVE_AS = ""
DEFAULT_PAGINATION = False
LOAD_CONTENT_CACHE = True
CACHE_CONTENT = True
CONTENT_CACHING_LAYER = "generator"
""",
    )
    entry = "{% for article in articles %}<h3><a href='/{{ article.url }}'>{{ article.title }}</a></h3>"
    pages = {
        "article": "<h1>{{ article.title }}</h1>{{ article.content }}",
        "period_archives": entry + "{{ article.content }}{% endfor %}",
        "category": entry + "{% endfor %}",
        "index": entry + "{% endfor %}",
        "archives": entry + "{% endfor %}",
        "categories": "",
        "page": "",
    }
    for name, body in pages.items():
        write(folder, f"theme/templates/{name}.html", PAGE % ("{{ SITENAME }}", body))
    (folder / "theme/static").mkdir()


def for_pelican(text: str) -> str:
    """Front matter as Pelican reads it."""
    found = re.match(r"---\n(.*?)\n---\n(.*)", text, re.S)
    assert found is not None  # every post has front matter
    head, body = found.groups()
    lines = []
    for line in head.split("\n"):
        key, _, value = line.partition(":")
        if key == "categories":
            key, value = "category", value.strip(" []").partition(",")[0]
        lines.append(f"{key.title()}: {value.strip().strip(chr(34))}")
    return "\n".join(lines) + "\n\n" + body


def material(folder: Path) -> None:
    """Material's own blog plug-in; its archive is by month, its feed is left out."""
    write(
        folder,
        "mkdocs.yml",
        """\
site_name: Desk
site_url: https://desk.example/
theme: {name: material, custom_dir: overrides}
plugins:
  - blog:
      blog_dir: .
      archive_date_format: yyyy-MM
      archive_url_date_format: yyyy/MM
      pagination: false
validation: {links: {not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore}}
markdown_extensions: [tables, footnotes, toc]
""",
    )
    write(folder, "docs/index.md", "# Blog\n")
    write(folder, "overrides/main.html", '{% extends "base.html" %}\n')


def zensical(folder: Path) -> None:
    """Material's successor. It has no blog yet: pages only, without months, categories and a feed."""
    write(
        folder,
        "mkdocs.yml",
        """\
site_name: Desk
site_url: https://desk.example/
theme: {name: material, custom_dir: overrides}
markdown_extensions: [tables, footnotes, toc]
""",
    )
    write(folder, "docs/index.md", "# Blog\n")
    write(folder, "overrides/main.html", '{% extends "base.html" %}\n')


def write(folder: Path, path: str, text: str) -> None:
    """Write a file below `folder`."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


SETUPS = {
    f.__name__.replace("_", "-"): f
    for f in (deskpress, deskpress_search, deskpress_cards, hugo, eleventy, pelican, material, zensical)
}

PYTHON = sys.executable
TOOLS = HERE / ".venv/bin"

PEERS = {
    peer.name: peer
    for peer in (
        *(
            Peer(
                name,
                "content/posts",
                "overrides/deskpress/post.html",
                (PYTHON, "-m", "deskpress", "build", "-q"),
                (PYTHON, "-m", "deskpress", "--version"),
            )
            for name in ("deskpress", "deskpress-search", "deskpress-cards")
        ),
        Peer(
            "hugo",
            "content/posts",
            "layouts/_default/single.html",
            (str(TOOLS / "hugo"),),
            (str(TOOLS / "hugo"), "version"),
        ),
        Peer(
            "eleventy",
            "posts",
            "_includes/post.njk",
            ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
            ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--version"),
        ),
        Peer(
            "pelican",
            "content",
            "theme/templates/article.html",
            (str(TOOLS / "pelican"), "-q"),
            (str(TOOLS / "pelican"), "--version"),
        ),
        Peer(
            "material",
            "docs/posts",
            "overrides/main.html",
            (PYTHON, "-m", "mkdocs", "build", "-q"),
            (PYTHON, "-m", "mkdocs", "--version"),
        ),
        Peer(
            "zensical",
            "docs/posts",
            "overrides/main.html",
            (str(TOOLS.parent / "zensical/bin/zensical"), "build"),
            (str(TOOLS.parent / "zensical/bin/zensical"), "--version"),
        ),
    )
}
