"""The random editor with other people's plug-ins in the list, those that Deskpress does the work of."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.engine.machine import IncrementalEqualsClean

LISTS: list[list[Any]] = [
    [],
    [{"tags": {}}],
    [{"tags": {"tags_hierarchy": True, "export": False}}, {"meta": {}}],
    [{"meta": {}}, {"exclude": {"glob": "pages/b*"}}, "glightbox"],
    [{"redirects": {"redirect_maps": {"gone.md": "pages/a.md", "pages/b.md": "https://b.example/"}}}],
    [{"minify": {"minify_html": True}}, {"glightbox": {"manual": True}}, "caption"],
    [{"git-revision-date-localized": {"fallback_to_build_date": True, "enable_creation_date": True}}, "tags"],
    ["awesome-nav", {"git-revision-date": {}}, "open-in-new-tab"],
    ["macros", {"meta": {}}],
]
HOOK = """\
import json
from pathlib import Path

HERE = Path(__file__).parent


def read(name):
    path = HERE / "content/pages" / name
    return path.read_text("utf-8")[:40] if path.exists() else "absent"


def on_config(config, **_):
    # Plain settings, made of all documents.
    pages = sorted((HERE / "content/pages").rglob("*.md"), key=lambda one: one.as_posix())
    config.extra["first"] = [page.read_text("utf-8").partition("# ")[2][:4] for page in pages]
    return config


def on_env(env, **_):
    env.globals["part"] = lambda: read("part.txt")
    env.globals["meta"] = read(".meta.yml")
    return env


def on_page_context(context, page, config, nav, **_):
    context["seen"] = [page.title, page.meta.get("tags"), read("a.md") if page.url.endswith("b/") else ""]
    context["seen"] += config.extra["first"]
    context["seen"] += [item.title for item in nav.items] if page.url.endswith("a/") else []
    return context


def on_post_page(output, page, **_):
    return output.replace("</body>", f"<!-- {page.file.src_uri} {page.canonical_url} --></body>")
"""

PAGES = st.sampled_from(["pages/a.md", "pages/b.md", "pages/c/index.md"])
TEXTS = st.sampled_from(
    [
        "---\ntags: [One, two/three]\n---\n# A\n\n![x](../posts/pic.png)\n",
        "---\ntags: [One]\nglightbox: false\n---\n# B\n\n![x](../posts/pic.png)\n",
        "# Tags\n\n## All\n\n<!-- material/tags -->\n",
        "# Near\n\n<!-- material/tags { scope: true } -->\n\n[](#_figure-1) ![y](../posts/pic.png)\n",
        "# Dated\n\n{{ git_revision_date_localized }} {{ git_site_revision_date_localized }}"
        " {{ git_revision_date }}\n",
        "# At {{ git.short_commit }}\n\n{{ git.message }} {{ git.date }}\n",
        "# Made {{ config.site_name }}\n\n{% include 'pages/part.txt' ignore missing %} {{ title }}\n",
        "",
    ]
)


class PluginsIncrementalEqualClean(IncrementalEqualsClean):
    """The same, with plug-ins, pages that they work on, files that they read, and commits."""

    def __init__(self) -> None:
        super().__init__()
        # The plug-in macros asks git where it is run.
        self.before = Path.cwd()
        os.chdir(self.site.folder)

    def teardown(self) -> None:
        """Leave nothing behind."""
        os.chdir(self.before)
        super().teardown()

    @rule(plugins=st.sampled_from(LISTS))
    def change_the_plugins(self, plugins: list[Any]) -> None:
        """Other plug-ins, or others of their options."""
        self.plugins = plugins
        self.configure()

    @rule(hooks=st.booleans())
    def change_the_hooks(self, hooks: bool) -> None:
        """A hook that changes how pages are rendered, or none."""
        (self.site.folder / "render.py").write_text(HOOK, "utf-8")
        self.keys["hooks"] = ["render.py"] if hooks else []
        self.configure()

    @rule(path=PAGES, text=TEXTS)
    def edit_a_page(self, path: str, text: str) -> None:
        """A page comes, changes or goes."""
        if text:
            self.site.write(path, text)
        else:
            (self.site.content / path).unlink(missing_ok=True)

    @rule(
        path=st.sampled_from(
            ["pages/.meta.yml", "posts/.meta.yml", ".nav.yml", "pages/.nav.yml", "pages/part.txt"]
        ),
        change=st.sampled_from(["tags: [Default]\n", "title: From above\n", "nav:\n  - '*'\n", ""]),
    )
    def edit_what_plugins_read(self, path: str, change: str) -> None:
        """A file of defaults, or of the navigation, comes, changes or goes."""
        if change:
            self.site.write(path, change)
        else:
            (self.site.content / path).unlink(missing_ok=True)

    @rule(day=st.integers(1, 28))
    def commit(self, day: int) -> None:
        """All that lies there is committed."""
        plain = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        when = f"2012-02-{day:02}T12:00:00Z"
        identity = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when} | {
            f"GIT_{name}": "x@y.example"
            for name in ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
        }
        (self.site.folder / ".gitignore").write_text("site/\n.cache/\n")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "x"]):
            environment = {**os.environ, **plain, **identity}
            subprocess.run(["git", *command], cwd=self.site.folder, env=environment, check=True)
