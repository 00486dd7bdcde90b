"""Edits a site at random; after each edit, building on the old cache equals building from nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from deskpress.app.check import accepted
from deskpress.build import cache, recipes
from deskpress.model.diagnostic import ContentError, Diagnostic
from deskpress.source import versions
from tests.conftest import REPOSITORY, Site, drawn

NAMES = st.sampled_from([f"2012-0{m}-{d:02}-n{m}{d}.md" for m in (1, 2, 4) for d in (1, 9)])
WORDS = st.sampled_from(
    [
        "Plain.",
        "More words here.",
        "## Part\n\nText.[^1]\n\n[^1]: Note.",
        "Cut.\n\n<!-- more -->\n\nRest.",
        "<delivery-rate></delivery-rate>\n\n<!-- more -->\n\n<spoof-checklist></spoof-checklist>",
    ]
)
LINKS = st.sampled_from(
    [
        "",
        "[a](2012-01-01-n11.md)",
        "[t](../help/a.md#part)",
        "[gone](gone.md)",
        "![x](pic.png)",
        "[r](/old/1.html)",
    ]
)
SLIPS = (
    "You need:\n- one\n- two",
    "```\ncode",
    "# One\n\n#### Four",
    "| A | B |\n| 1 | 2 |",
    "[a](../help/a.md#parts) ![](pic.png)",
    "(a)[../help/a.md] and [b][nowhere]",
    "<delivery-rat></delivery-rat>",
    "!!! Note\nText.",
    '--8<-- "snippet.md"',
    "",
)
TITLES = st.sampled_from(["One", "Two", "Three <b>", "Four & five"])
PICTURES = (drawn(800, 3), drawn(1300, 2), drawn(90, 90))
TEMPLATES = st.sampled_from(
    ["deskpress/post.html", "deskpress/month.html", "deskpress/macros.html", "main.html"]
)
THEME: dict[str, Any] = {"name": "material", "custom_dir": "overrides"}
SWITCH = [{"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark"}}]
TITLE = "<b>{{ page.title }}</b>"
HOOKED = "{{ part() if part }}{{ meta }}{{ seen }}"
"""What a hook may bring (`tests/compat/machine.py`)."""
OWN = {
    "main.html": '{% extends "base.html" %}{% block styles %}{{ super() }}'
    + TITLE
    + HOOKED
    + "{% endblock %}",
    "partials/palette.html": TITLE,
    "outer.html": '{% import "inner.html" as i %}{% set word = _("Menu") %}'
    "{% macro y() %}{{ i.x() }}{{ word }}{% endmacro %}",
    "deskpress/page.html": (REPOSITORY / "theme/deskpress/page.html")
    .read_text()
    .replace("{% import", '{% import "outer.html" as o %}{% import', 1)
    .replace("<h1", "{{ o.y() }}<h1", 1),
}


class IncrementalEqualsClean(RuleBasedStateMachine):
    """However a site is edited, building on the old cache equals building from nothing.

    `steps` counts the states that were compared, over all sites.
    """

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="deskpress-machine-"))
        self.site = Site(self.folder / "desk")
        self.options: dict[str, Any] = {"posts_per_page": 2, "feed_length": 3}
        self.keys: dict[str, Any] = {"theme": THEME}
        self.plugins: list[Any] = []
        self.as_of = "2012-03-01"
        self.front: dict[str, dict[str, Any]] = {}
        for name in ("deskpress", "partials"):
            (self.site.folder / "overrides" / name).mkdir(parents=True)
        (self.site.folder / "hook.py").write_text("def on_post_build(**kwargs):\n    pass\n")
        # Small sites make little waste; here any is enough to sweep the blob store.
        setattr(cache, "WASTE", 0)  # noqa: B010  # as below

    @initialize()
    def begin(self) -> None:
        """Some posts and a topic to start with."""
        self.site.write("help/a.md", "# A topic\n\n## Part\n")
        self.site.write("posts/pic.png", PICTURES[0])
        for name in ("2012-01-01-n11.md", "2012-02-09-n29.md"):
            self.write_post(name, "One", "Plain.", "")
        self.configure()

    def configure(self) -> None:
        """Write mkdocs.yml."""
        extensions = ["footnotes", "toc", {"pymdownx.snippets": {"base_path": [str(self.site.folder)]}}]
        plugins = [{"deskpress": self.options}, *self.plugins]
        self.site.configure(plugins=plugins, **{**self.keys, "markdown_extensions": extensions})

    def write_post(self, name: str, title: str, words: str, link: str) -> None:
        """Write a post with the front matter that it has by now."""
        front = self.front.setdefault(name, {"slug": name[11:-3]})
        self.site.post(name, f"{words}\n\n{link}\n", **{"title": title, **front})

    @rule(name=NAMES, title=TITLES, words=WORDS, link=LINKS)
    def edit_a_post(self, name: str, title: str, words: str, link: str) -> None:
        """Body, title and links change, or the post is new."""
        self.write_post(name, title, words, link)

    @rule(
        name=NAMES,
        change=st.sampled_from(
            [
                {"draft": True},
                {"draft": False},
                {"categories": ["C"]},
                {"categories": ["c", "D"]},
                {"categories": []},
                {"tags": ["t"]},
                {"series": {"name": "S", "part": 1}},
                {"series": {"name": "S", "part": 2}},
                {"aliases": ["/old/1.html"]},
                {"aliases": []},
                {"date": "2012-04-30"},
                {"date": "2012-02-02"},
                {"expires": "2012-03-15"},
                {"topics": ["a"]},
                {"pin": True},
                {"slug": "moved"},
                {"author": "Jo"},
                {"author": "jo"},
                {"updated": "2012-06-01"},
                {"links": ["help/a.md"]},
                {"supersedes": "posts/2012-01-01-n11.md"},
                {"id": "fixed"},
                {"review_by": "2012-03-10"},
                {"effective": "2012-02-01"},
            ]
        ),
    )
    def change_front_matter(self, name: str, change: dict[str, Any]) -> None:
        """One key changes."""
        self.front.setdefault(name, {"slug": name[11:-3]}).update(change)
        self.write_post(name, "Two", "Plain.", "")

    @rule(name=NAMES)
    def delete_a_post(self, name: str) -> None:
        """A post goes."""
        (self.site.content / "posts" / name).unlink(missing_ok=True)

    @rule(old=NAMES, new=NAMES)
    def rename_a_post(self, old: str, new: str) -> None:
        """A file gets another name and keeps its text."""
        path = self.site.content / "posts" / old
        if path.exists():
            path.rename(self.site.content / "posts" / new)

    @rule(
        name=st.sampled_from(["a", "b", "a/c", "d/e/f"]),
        text=st.sampled_from(
            ["# A\n\n## Part\n", "# B\n\nText.\n", "---\nreview_by: 2012-03-10\n---\n# C\n", ""]
        ),
    )
    def edit_a_topic(self, name: str, text: str) -> None:
        """A topic changes, comes or goes."""
        if text:
            self.site.write(f"help/{name}.md", text)
        else:
            (self.site.content / f"help/{name}.md").unlink(missing_ok=True)

    @rule(
        path=st.sampled_from(["posts/2012-01-01-n11.md", "posts/2012-02-10-x.md", "help/a.md", "index.md"]),
        title=st.sampled_from(["Eins", "Zwei", ""]),
    )
    def translate(self, path: str, title: str) -> None:
        """A translation comes, changes or goes; it is one while the site has the language."""
        if title:
            date = f"date: {path[6:16]}\n" if path.startswith("posts/") else ""
            self.site.write(f"de/{path}", f"---\ntitle: {title}\n{date}---\n[a](../help/a.md)\n")
        else:
            (self.site.content / "de" / path).unlink(missing_ok=True)

    @rule(text=st.sampled_from(["/2012/01/\t(month)\n/category/c/\t(category)\n", "/tag/x/\t(tag)\n", ""]))
    def promise_lists(self, text: str) -> None:
        """`addresses.lock` names other lists."""
        self.site.write("addresses.lock", text)

    @rule(
        name=st.sampled_from(["a", "b"]),
        text=st.sampled_from(
            [
                "---\nstart: 2012-03-05\nend: 2012-03-18\n---\n# Out\n",
                "---\nstart: 2012-02-20\nseverity: critical\nupdates: [{at: 2012-02-21, text: x}]\n---\n# I",
                "",
            ]
        ),
    )
    def edit_a_notice(self, name: str, text: str) -> None:
        """A notice comes, changes or goes."""
        if text:
            self.site.write(f"notices/{name}.md", text)
        else:
            (self.site.content / f"notices/{name}.md").unlink(missing_ok=True)

    @rule(
        text=st.sampled_from(
            ["authors:\n  jo:\n    name: Jo Doe\n", "authors:\n  jo:\n    name: Joanna\n", ""]
        )
    )
    def edit_the_authors(self, text: str) -> None:
        """Authors change or go."""
        path = self.site.content / "posts/.authors.yml"
        if text:
            path.write_text(text)
        else:
            path.unlink(missing_ok=True)

    @rule(
        change=st.sampled_from(
            [
                {"nav": [{"Home": "index.md"}, {"Help": "help/a.md"}]},
                {"nav": [{"Post": "posts/2012-01-01-n11.md"}]},
                {"nav": None},
                {"site_name": "Another"},
                {"copyright": "© Us"},
                {"site_url": "https://desk.example/sub/"},
                {"site_url": "https://desk.example/"},
                {"exclude_docs": "help/b.md"},
                {"draft_docs": "help/b.md"},
                {"theme": {**THEME, "palette": SWITCH}},
                {"theme": THEME},
                {"hooks": ["hook.py"]},
                {"hooks": []},
            ]
        )
    )
    def edit_the_configuration(self, change: dict[str, Any]) -> None:
        """A key of mkdocs.yml changes."""
        self.keys.update(change)
        self.configure()

    @rule(
        change=st.sampled_from(
            [
                {"posts_per_page": 3},
                {"blog_pages": 1},
                {"notices_dir": "alerts"},
                {"notices_dir": "notices"},
                {"authors_profiles": False},
                {"authors_profiles": True},
                {"timezone": "Asia/Tokyo"},
                {"websub_hub": "https://h.example/"},
                {"llms": ["help", "blog", "pages"]},
                {"llms": []},
                {"search": False},
                {"search": True},
                {"trusted": {"senders": ["amazon.com"]}},
                {"widgets": [{"delivery-rate": "help/a.md"}]},
                {"languages": ["de"]},
                {"languages": {"de": {"name": "Pult"}, "ar": None}},
                {"languages": []},
            ]
        )
    )
    def edit_the_options(self, change: dict[str, Any]) -> None:
        """An option of ours changes."""
        self.options.update(change)
        self.configure()

    @rule(name=TEMPLATES, text=st.sampled_from(["A", "B", ""]))
    def override_a_template(self, name: str, text: str) -> None:
        """An override comes, changes or goes."""
        path = self.site.folder / "overrides" / name
        if not text:
            path.unlink(missing_ok=True)
            return
        theme = Path(__file__).resolve().parents[2] / "theme" / name
        original = theme.read_text() if theme.exists() else '{% extends "base.html" %}'
        path.write_text(original + f"{{# {text} #}}" + ("" if "extends" in original else text))

    @rule(word=st.sampled_from(["One", "Two", ""]))
    def override_several_templates(self, word: str) -> None:
        """Overrides show what is the page's and import one another; the innermost one changes, or all go."""
        for name, text in {**OWN, "inner.html": f"{{% macro x() %}}{word}{{% endmacro %}}"}.items():
            path = self.site.folder / "overrides" / name
            if word:
                path.write_text(text)
            else:
                path.unlink(missing_ok=True)

    @rule(words=st.sampled_from(["Snippet one.", "Snippet two.", ""]), name=NAMES)
    def edit_a_snippet(self, words: str, name: str) -> None:
        """A file that a post pulls in changes or goes."""
        path = self.site.folder / "snippet.md"
        if words:
            path.write_text(words)
        else:
            path.unlink(missing_ok=True)
        self.write_post(name, "One", '--8<-- "snippet.md"', "")

    @rule(text=st.sampled_from(["- [one, two]\n", "- [plain, more words]\n", ""]))
    def edit_the_synonyms(self, text: str) -> None:
        """What means the same to readers changes or goes."""
        path = self.site.content / "synonyms.yml"
        if text:
            path.write_text(text)
        else:
            path.unlink(missing_ok=True)

    @rule(data=st.sampled_from([b"1", b"22", *PICTURES, None]))
    def edit_an_image(self, data: bytes | None) -> None:
        """An asset changes or goes."""
        path = self.site.content / "posts/pic.png"
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(data)

    @rule(moment=st.sampled_from(["2012-01-05", "2012-03-01", "2012-03-20", "2012-12-01"]))
    def let_time_pass(self, moment: str) -> None:
        """Scheduled posts become due, others expire."""
        self.as_of = moment

    @rule(version=st.sampled_from(["1", "2"]))
    def upgrade_a_tool(self, version: str) -> None:
        """A (fake) tool gets another version."""
        setattr(recipes, "tools", lambda: version)  # noqa: B010  # a module is no place for types

    @rule(
        which=st.sampled_from(["readings", "bodies", "site", "plan", "rest"]),
        how=st.sampled_from(["flip", "cut", "delete"]),
    )
    def damage_the_cache(self, which: str, how: str) -> None:
        """Bits flip, a file is cut short, a file goes."""
        for path in (self.site.folder / ".cache/deskpress").glob(f"{which}*"):
            data = path.read_bytes()
            if how == "delete":
                path.unlink()
            elif how == "cut":
                path.write_bytes(data[: len(data) // 2])
            elif data:
                middle = len(data) // 2
                path.write_bytes(data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :])

    @rule()
    def delete_the_cache(self) -> None:
        """The whole cache goes."""
        shutil.rmtree(self.site.folder / ".cache", ignore_errors=True)

    @rule(what=st.sampled_from(["edit", "delete", "stray", "link"]), at=st.integers(0, 1000))
    def meddle_with_the_site(self, what: str, at: int) -> None:
        """Somebody edits, deletes or adds files in the built site."""
        files = sorted(p for p in self.site.output.rglob("*") if p.is_file() and p.name != ".deskpress")
        if not files:
            return
        path = files[at % len(files)]
        if what == "stray":
            (path.parent / "stray.txt").write_text("x")
            return
        path.unlink()
        if what == "edit":
            path.write_text("meddled")
        elif what == "link":
            path.symlink_to("/etc/hostname")

    def outcome(self, site: Site, jobs: int) -> tuple[dict[str, bytes], tuple[Diagnostic, ...], bool]:
        """The tree after a build, what the build said, and whether it went through."""
        try:
            diagnostics, done = site.build(jobs=jobs, as_of=self.as_of).diagnostics, True
        except ContentError as error:
            diagnostics, done = error.diagnostics, False
        return (site.tree() if site.output.exists() else {}), diagnostics, done

    @invariant()
    def same_bytes(self) -> None:
        """Incremental equals clean, and so do the diagnostics."""
        type(self).steps += 1
        before = self.site.tree() if self.site.output.exists() else {}
        tree, diagnostics, done = self.outcome(self.site, jobs=2)
        clean = Site.__new__(Site)
        clean.folder = self.folder / "clean" / "desk"
        clean.content = clean.folder / "content"
        shutil.rmtree(clean.folder, ignore_errors=True)
        shutil.copytree(self.site.folder, clean.folder, ignore=shutil.ignore_patterns(".cache", "site"))
        expected = self.outcome(clean, jobs=1)
        assert (diagnostics, done) == expected[1:]
        assert tree == (expected[0] if done else before)
        if done:
            # Once at a glance, and once without it.
            for _ in range(2):
                again = self.site.build(jobs=2, as_of=self.as_of)
                assert (again.reasons, again.diagnostics) == ({}, diagnostics)
                for record in (self.site.folder / ".cache/deskpress").glob("rest-*"):
                    record.unlink()

    def teardown(self) -> None:
        """Leave nothing behind."""
        setattr(recipes, "tools", versions.tools)  # noqa: B010  # as above
        shutil.rmtree(self.folder, ignore_errors=True)


class CheckEqualsClean(IncrementalEqualsClean):
    """However a site is edited, checking on the old cache says what checking from nothing does."""

    steps: ClassVar[int] = 0

    @rule(name=NAMES, slip=st.sampled_from(SLIPS))
    def make_a_slip(self, name: str, slip: str) -> None:
        """A post has a text of which only `check` speaks."""
        self.write_post(name, "One", slip, "")

    @rule(name=st.sampled_from(["a b (1)", "2012-03-01-x"]), there=st.booleans())
    def put_a_page_astray(self, name: str, *, there: bool) -> None:
        """A page to which nothing leads comes or goes."""
        if there:
            self.site.write(f"{name}.md", "---\ntitle: X\ndate: 2012-03-01\n---\n\nText.\n")
        else:
            (self.site.content / f"{name}.md").unlink(missing_ok=True)

    @rule()
    def note_the_addresses(self) -> None:
        """`check --fix` adds what is published."""
        self.site.check(fix=True, as_of=self.as_of)

    @rule()
    def build_the_site(self) -> None:
        """A build uses the same cache, and leaves out what only `check` tells."""
        self.outcome(self.site, jobs=2)

    @invariant()
    def same_bytes(self) -> None:
        """What is said on the old cache is what is said without one."""
        type(self).steps += 1
        said = accepted(self.site.check(jobs=2, as_of=self.as_of)).diagnostics
        clean = Site.__new__(Site)
        clean.folder = self.folder / "clean" / "desk"
        clean.content = clean.folder / "content"
        shutil.rmtree(clean.folder, ignore_errors=True)
        shutil.copytree(self.site.folder, clean.folder, ignore=shutil.ignore_patterns(".cache", "site"))
        assert said == accepted(clean.check(jobs=1, as_of=self.as_of)).diagnostics


def run(machine: type[IncrementalEqualsClean], examples: int, least: int) -> None:
    """Run so many `examples` on a fixed seed, at `least` so many steps; `make soak` sets other numbers."""
    steps = int(os.environ.get("DESKPRESS_STEPS", "12"))
    wanted = int(os.environ.get("DESKPRESS_EXAMPLES", str(examples)))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=wanted,
            stateful_step_count=steps,
            derandomize="DESKPRESS_EXAMPLES" not in os.environ,
            database=None,
            print_blob=True,
        ),
    )
    print(f"{machine.steps} steps")
    assert machine.steps >= least
