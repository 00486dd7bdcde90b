"""Inputs that are easily overlooked: an edit of each reaches all that was made of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from msgspec.structs import replace

from deskpress.build import pipeline, reader, update
from deskpress.build.recipes import reading_recipe, unsafe_extensions
from deskpress.build.rendering import CHANGING, Rendered, merged
from deskpress.engine import build_log
from deskpress.host.load import load
from deskpress.model.diagnostic import ContentError
from deskpress.source.tested import version_of
from tests.conftest import REPOSITORY, Site

pytestmark = pytest.mark.slow

PAGE = (REPOSITORY / "theme/deskpress/page.html").read_text()
LAYOUT = (REPOSITORY / "theme/deskpress/layout.html").read_text()
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h{}"/></svg>'


def override(site: Site, name: str, text: str) -> None:
    path = site.folder / "overrides" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def themed(site: Site, **keys: Any) -> Site:
    """The site with templates of its own."""
    (site.folder / "overrides").mkdir(exist_ok=True)
    site.configure(theme={"name": "material", "custom_dir": "overrides"}, **keys)
    return site


def importing(site: Site, name: str) -> None:
    """Have the template of pages show `y` of another, which it imports."""
    first = '{% import "deskpress/sections.html" as s %}'
    assert first in PAGE
    text = PAGE.replace(first, f'{first}{{% import "{name}" as o %}}').replace("<h1", "{{ o.y() }}<h1", 1)
    override(site, "deskpress/page.html", text)


def same_as_clean(site: Site) -> None:
    """Build what changed, and then everything."""
    site.build()
    found = site.tree()
    site.build(clean=True)
    assert site.tree() == found


def drawing(site: Site, *folders: Path) -> None:
    """Let the site draw Material's icons, and those in `folders`."""
    functions = "!!python/name:material.extensions.emoji"
    site.configure()
    with (site.folder / "mkdocs.yml").open("a") as file:
        file.write(
            "markdown_extensions:\n- pymdownx.emoji:\n"
            f"    emoji_index: {functions}.twemoji\n    emoji_generator: {functions}.to_svg\n"
            f"    options: {{custom_icons: [{', '.join(map(str, folders))}]}}\n"
        )


def test_a_template_that_an_imported_one_imports(site: Site) -> None:
    themed(site)
    importing(site, "outer.html")
    override(site, "outer.html", '{% import "inner.html" as i %}{% macro y() %}{{ i.x() }}{% endmacro %}')
    override(site, "inner.html", "{% macro x() %}ONE{% endmacro %}")
    for name in "abc":
        site.write(f"help/{name}.md", f"# T{name}\n")
    site.build()
    override(site, "inner.html", "{% macro x() %}TWO{% endmacro %}")
    same_as_clean(site)
    assert all("TWO" in site.read(f"help/{name}/index.html") for name in "abc")


def test_words_at_the_top_of_an_imported_template_are_of_each_pages_language(site: Site) -> None:
    themed(site, options={"languages": ["de"]})
    importing(site, "mine.html")
    override(site, "mine.html", '{% set word = _("Menu") %}{% macro y() %}<i>{{ word }}</i>{% endmacro %}')
    for name in "ab":
        site.write(f"help/{name}.md", f"# T{name}\n")
        site.write(f"de/help/{name}.md", f"# D{name}\n")
    site.build()
    assert "<i>Menu</i>" in site.read("help/a/index.html")
    assert "<i>Menü</i>" in site.read("de/help/a/index.html")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "main.html",
            '{% extends "base.html" %}{% block styles %}{{ super() }}<b>{{ page.title }}</b>{% endblock %}',
        ),
        (
            "main.html",
            '{% extends "base.html" %}{% block config %}{{ super() }}<b>{{ page.title }}</b>{% endblock %}',
        ),
        ("partials/palette.html", "<b>{{ page.title }}</b>"),
        ("deskpress/layout.html", LAYOUT.replace("<footer", "<b>{{ frame.title }}</b><footer", 1)),
    ],
    ids=["styles", "config", "palette", "footer"],
)
def test_what_a_site_shows_of_its_page_is_not_shown_on_another(site: Site, name: str, text: str) -> None:
    palette = [{"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark"}}]
    site.configure(theme={"name": "material", "custom_dir": "overrides", "palette": palette})
    override(site, name, text)
    for title in ("One", "Two", "Three"):
        site.write(f"help/{title.lower()}.md", f"# {title}\n")
    site.build()
    for title in ("One", "Two", "Three"):
        assert f"<b>{title}</b>" in site.read(f"help/{title.lower()}/index.html")


def test_what_a_plug_in_loads_for_itself_may_show_its_page_too(site: Site) -> None:
    hook = """
    import jinja2
    MINE = '{% extends "base.html" %}{% block config %}{{ super() }}<b>{{ page.title }}</b>{% endblock %}'
    def on_env(env, **kwargs):
        env.loader = jinja2.ChoiceLoader([jinja2.DictLoader({"main.html": MINE}), env.loader])
        return env
    """
    (site.folder / "hook.py").write_text(dedent(hook))
    site.configure(hooks=["hook.py"])
    for title in ("One", "Two"):
        site.write(f"help/{title.lower()}.md", f"# {title}\n")
    site.build()
    for title in ("One", "Two"):
        assert f"<b>{title}</b>" in site.read(f"help/{title.lower()}/index.html")


def test_a_template_by_a_name_that_begins_with_a_slash(site: Site) -> None:
    themed(site)
    override(site, "deskpress/page.html", PAGE.replace("<h1", '{% include "/own.html" %}<h1', 1))
    override(site, "own.html", "<i>1</i>")
    site.write("help/a.md", "# A\n")
    site.build()
    assert site.build().reasons == {}
    override(site, "own.html", "<i>2</i>")
    same_as_clean(site)
    assert "<i>2</i>" in site.read("help/a/index.html")


def test_what_is_used_no_more_costs_no_time(site: Site) -> None:
    themed(site)
    override(site, "deskpress/page.html", PAGE.replace("<h1", '{% include "own.html" %}<h1', 1))
    override(site, "own.html", "1")
    override(site, "assets/own.css", "a {}")
    site.write("help/a.md", "# A\n")
    site.build()
    (site.folder / "overrides/deskpress/page.html").unlink()
    (site.folder / "overrides/own.html").unlink()
    (site.folder / "overrides/assets/own.css").unlink()
    assert site.build().prepared
    # Nothing was read for it.
    assert site.build().prepared is None


def test_a_template_that_is_not_utf_8_is_named(site: Site) -> None:
    themed(site)
    override(site, "main.html", "")
    (site.folder / "overrides/main.html").write_bytes(b"{% extends 'base.html' %}\xe9")
    site.write("help/a.md", "# A\n")
    with pytest.raises(ContentError) as caught:
        site.build()
    (told,) = caught.value.diagnostics
    assert (told.span.path, told.problem) == ("overrides/main.html", "the template is not UTF-8")


def test_what_a_module_counts_begins_anew_on_each_page(site: Site) -> None:
    themed(site)
    importing(site, "mine.html")
    text = '{% set c = cycler("odd", "even") %}{% macro y() %}<i>{{ c.next() }}</i>{% endmacro %}'
    override(site, "mine.html", text)
    for name in "abc":
        site.write(f"help/{name}.md", f"# T{name}\n")
    site.build()
    site.write("help/b.md", "# Tb\n\nMore.\n")
    same_as_clean(site)
    assert all("<i>odd</i>" in site.read(f"help/{name}/index.html") for name in "abc")


def test_the_order_of_what_templates_go_through(site: Site) -> None:
    themed(site, extra={"a": 1, "b": 2})
    text = "{% for key in config.extra %}{{ key }}.{% endfor %}"
    override(site, "main.html", f'{{% extends "base.html" %}}{{% block announce %}}{text}{{% endblock %}}')
    site.write("help/a.md", "# A\n")
    site.build()
    themed(site, extra={"b": 2, "a": 1})
    same_as_clean(site)
    assert "b.a." in site.read("help/a/index.html")


def test_a_notice_that_is_none_any_more(site: Site) -> None:
    site.write("notices/o.md", "---\ntitle: O\nstart: 2012-03-01\nseverity: warning\n---\n\nDown.\n")
    site.build()
    site.configure(options={"notices_dir": "alerts"})
    same_as_clean(site)


def test_icons_of_the_sites_own(site: Site) -> None:
    (site.folder / "elsewhere").mkdir()
    (site.folder / "overrides/.icons").mkdir(parents=True)
    (site.folder / "overrides/.icons/linked").symlink_to(site.folder / "elsewhere")
    icon = site.folder / "elsewhere/own.svg"
    icon.write_text(SVG.format(1))
    drawing(site, site.folder / "overrides/.icons")
    site.post("2012-03-01-a.md", ":linked-own:\n")
    site.build()
    assert "M0 0h1" in site.read("2012/03/a.html")
    icon.write_text(SVG.format(2))
    same_as_clean(site)
    assert "M0 0h2" in site.read("2012/03/a.html")


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"auto_append": ["abbr.md"]}, "inner.md"),
        ({"auto_append": ["lines.md:1:2"]}, "lines.md"),
        ({"auto_append": ["inner.md"], "base_path": ["inner.md"]}, "inner.md"),
        ({"auto_append": ["late.md"]}, "late.md"),
    ],
    ids=["names another", "lines", "a file as base", "not there yet"],
)
def test_snippets_that_every_document_gets(
    site: Site, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], name: str
) -> None:
    monkeypatch.chdir(site.folder)
    Path("abbr.md").write_text('--8<-- "inner.md"\n')
    Path("inner.md").write_text("First.\n")
    Path("lines.md").write_text("First.\n\nMore.\n")
    site.configure(markdown_extensions=[{"pymdownx.snippets": options}])
    site.post("2012-03-01-a.md")
    site.build()
    Path(name).write_text("Second.\n\nMore.\n")
    same_as_clean(site)
    assert "Second." in site.read("2012/03/a.html")


def test_footnotes_with_ids_of_their_own_count_no_documents(site: Site) -> None:
    site.configure(markdown_extensions=[{"footnotes": {"UNIQUE_IDS": True}}])
    for number in range(1, 4):
        site.post(f"2012-03-0{number}-n{number}.md", "Text.[^1]\n\n[^1]: Note.\n")
    site.build()
    site.post("2012-03-02-n2.md", "Other text.[^1]\n\n[^1]: Note.\n")
    same_as_clean(site)


def test_a_function_of_the_sites_own_is_not_trusted(site: Site) -> None:
    site.configure()
    with (site.folder / "mkdocs.yml").open("a") as file:
        file.write(
            "markdown_extensions:\n- toc:\n    slugify: !!python/name:tests.engine.test_inputs.slugify\n"
        )
    site.post("2012-03-01-a.md", "## Head\n")
    said: list[str] = []
    site.build(say=said.append)
    assert 'id="2012-03-01-a:head"' in site.read("2012/03/index.html")
    assert said == ["Every document is converted anew: what these extensions read is not known: toc."]


def test_extensions_that_number_what_they_find_begin_with_each_document(site: Site) -> None:
    names = ("blocks.caption", "blocks.html", "quotes", "fancylists", "progressbar", "striphtml")
    site.configure(markdown_extensions=["attr_list", *(f"pymdownx.{name}" for name in names)])
    figure = "![x](x.png)\n\n/// figure-caption\nA box.\n///\n\n"
    site.write("a.md", f"# A\n\n{figure}{figure}a) One\nb) Two\n")
    site.write("b.md", f'# B\n\n{figure}> [!NOTE]\n> Text.\n\n[=50% "half"]\n')
    said: list[str] = []
    site.build(say=said.append)
    site.write("b.md", f"# B\n\n{figure}{figure}Other text.\n")
    made_again = site.build(say=said.append).reasons
    assert "b/index.html" in made_again
    assert "a/index.html" not in made_again
    assert said == []
    made = site.tree()
    site.build(clean=True)
    assert site.tree() == made


def slugify(text: str, separator: str) -> str:
    return text.lower().replace(" ", separator)


def test_a_template_that_is_saved_while_a_build_runs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    themed(site)
    text = '{{% extends "base.html" %}}{{% block announce %}}{}{{% endblock %}}'
    override(site, "main.html", text.format("ONE"))
    site.post("2012-03-01-a.md")
    prepare = pipeline.prepare

    def saved_meanwhile(*arguments: Any, **options: Any) -> Any:
        prepared = prepare(*arguments, **options)
        options["meanwhile"]()
        override(site, "main.html", text.format("TWO"))
        return prepared

    with monkeypatch.context() as patch:
        patch.setattr(update, "prepare", saved_meanwhile)
        site.build()
    assert "ONE" in site.read("2012/03/a.html")
    same_as_clean(site)
    assert "TWO" in site.read("2012/03/a.html")


def test_what_workers_read_in_two_states_is_read_again() -> None:
    one, two = (Rendered(True, "", "", {"template:a": digest, "template:b": "same"}) for digest in "xy")
    assert merged([one, two, one]) == {"template:a": CHANGING, "template:b": "same"}


def test_a_branch_that_stands_for_another(site: Site) -> None:
    def git(*arguments: str, at: str = "") -> None:
        who = {f"GIT_{role}_{what}": "a@b" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        when = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at} if at else {}
        subprocess.run(["git", *arguments], cwd=site.folder, check=True, env={**os.environ, **who, **when})

    site.write("help/a.md", "# A\n")
    git("init", "-q", "-b", "real")
    git("add", "content")
    git("commit", "-q", "-m", "x", at="2012-01-05T00:00:00Z")
    git("symbolic-ref", "refs/heads/main", "refs/heads/real")
    git("symbolic-ref", "HEAD", "refs/heads/main")
    site.build()
    assert "January 5, 2012" in site.read("help/a/index.html")
    site.write("help/a.md", "# A\n\nMore.\n")
    git("commit", "-q", "-a", "-m", "y", at="2012-02-05T00:00:00Z")
    same_as_clean(site)
    assert "February 5, 2012" in site.read("help/a/index.html")


def test_icons_that_are_gone_are_gone_for_a_process_that_goes_on(site: Site) -> None:
    icons = site.folder / "overrides/.icons"
    icons.mkdir(parents=True)
    (icons / "own.svg").write_text(SVG.format(1))
    drawing(site, icons)
    site.post("2012-03-01-a.md", ":own:\n")
    site.build()
    assert "M0 0h1" in site.read("2012/03/a.html")
    (icons / "own.svg").rename(icons / "other.svg")
    site.build()
    assert ":own:" in site.read("2012/03/a.html")
    (icons / "other.svg").rename(icons / "own.svg")
    drawing(site)
    site.build()
    assert ":own:" in site.read("2012/03/a.html")


@pytest.mark.parametrize("kind", ["template", "asset", "theme"])
def test_what_is_saved_while_a_build_runs_and_undone_later(
    site: Site, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    themed(site)
    override(site, "deskpress/page.html", PAGE.replace("<h1", '{% include "own.html" %}<h1', 1))
    override(site, "own.html", "ONE")
    override(site, "assets/own.css", "ONE")
    site.write("pic.txt", "ONE")
    site.write("help/a.md", "# A\n")
    where = {
        "template": (site.folder / "overrides/own.html", "help/a/index.html"),
        "asset": (site.content / "pic.txt", "pic.txt"),
        "theme": (site.folder / "overrides/assets/own.css", "assets/own.css"),
    }
    path, output = where[kind]
    site.build()
    changed = build_log.BuildLog.changed

    def saved_after_looking(*arguments: Any) -> Any:
        found = changed(*arguments)
        path.write_text("TWO")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(build_log.BuildLog, "changed", saved_after_looking)
        # All is rendered anew for another reason.
        themed(site, site_name="Another", extra={"x": "y"})
        (site.output / output).unlink()
        site.build()
    assert "TWO" in site.read(output)
    path.write_text("ONE")
    same_as_clean(site)
    assert "ONE" in site.read(output)


def test_a_document_that_is_saved_while_a_build_runs_and_undone_later(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = site.post("2012-03-01-a.md", "ONE\n")
    before = path.read_text()
    site.build()
    look = reader._stamp

    def saved_after_looking(*arguments: Any) -> Any:
        found = look(*arguments)
        path.write_text(before.replace("ONE", "TWO"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(reader, "_stamp", saved_after_looking)
        site.configure(options={"timezone": "Asia/Tokyo"})
        site.build()
    assert "TWO" in site.read("2012/03/a.html")
    path.write_text(before)
    same_as_clean(site)
    assert "ONE" in site.read("2012/03/a.html")


def test_extensions_of_other_authors_count_with_their_version(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.configure()
    config = replace(load(site.request()).project.config, extensions=["toc", "mdx_truly_sane_lists"])
    assert unsafe_extensions(config) == ["mdx_truly_sane_lists"]
    about = tmp_path / "installed/mdx_truly_sane_lists-1.3.dist-info/METADATA"
    about.parent.mkdir(parents=True)
    recipes = []
    for version in ("1.3", "1.4"):
        about.write_text(f"Metadata-Version: 2.1\nName: mdx_truly_sane_lists\nVersion: {version}\n")
        version_of.cache_clear()
        monkeypatch.syspath_prepend(str(about.parent.parent))
        assert unsafe_extensions(config) == []
        recipes.append(reading_recipe(config, {}, None))
    assert recipes[0] != recipes[1]
