"""One set of code, several ways in: the bytes are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import AS_OF, REPOSITORY, Site

pytestmark = pytest.mark.slow

OURS = {"deskpress": {"as_of": AS_OF}}


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def same(one: Path, other: Path) -> None:
    found = subprocess.run(["diff", "-r", one, other], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[:4000]


def varied(site: Site) -> Site:
    """Something of everything."""
    site.configure(
        options={
            "as_of": AS_OF,
            "posts_per_page": 3,
            "websub_hub": "https://hub.example/",
            "languages": ["de", "ar"],
        },
        nav=[{"Home": "index.md"}, {"More": [{"Blog": "/blog/"}, "help/a.md"]}],
        site_url="https://desk.example/sub/",
    )
    site.write("index.md", "# Home\n\nHello.\n")
    site.write("help/a.md", "# A\n\n## Part\n")
    site.write("help/a/b.md", "# B\n\n![x](../pic.png)\n")
    site.write("help/pic.png", b"\x89PNG")
    site.write("de/help/a.md", "# A\n\n<delivery-rate></delivery-rate>\n\n[a](../../help/a.md)\n")
    site.write("de/posts/2012-02-02-n1.md", "---\ntitle: Eins\ndate: 2012-02-02\ntopics: [a]\n---\n\nText.\n")
    site.write("ar/index.md", "# مرحبا\n\nنص.\n")
    for number in range(1, 41):
        site.post(
            f"2012-0{number % 5 + 1}-{number % 28 + 1:02}-n{number}.md",
            f"Text.[^1] [a](../help/a.md#part) [gone](gone.md)\n\n## Same\n\n[^1]: Note {number}.\n",
            categories=[f"C{number % 3}"],
            tags=["t"],
            topics=["a"],
            aliases=[f"/old/{number}.html"],
        )
    return site


def test_mkdocs_and_deskpress_give_the_same_first_site(tmp_path: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1338508800"}
    for name in ("one", "two"):
        done = run(REPOSITORY, "mkdocs", "build", "-q", "-d", str(tmp_path / "mkdocs"), **environment)
        assert done.returncode == 0, f"{name}: {done.stderr}"
    assert run(REPOSITORY, "deskpress", "build", "-d", str(tmp_path / "ours"), **environment).returncode == 0
    same(tmp_path / "mkdocs", tmp_path / "ours")


def test_every_way_in_gives_the_same_tree_and_the_same_diagnostics(site: Site, tmp_path: Path) -> None:
    varied(site)
    said = []
    for name, arguments in {
        "mkdocs": ["mkdocs", "build"],
        "one": ["deskpress", "build", "-v", "-j", "1"],
        "four": ["deskpress", "build", "-v", "-j", "4"],
    }.items():
        done = run(site.folder, *arguments, "-d", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        said.append(
            sorted(line for line in done.stderr.replace("WARNING -  ", "").split("\n") if ".md:" in line)
        )
    same(tmp_path / "mkdocs", tmp_path / "one")
    same(tmp_path / "one", tmp_path / "four")
    assert said[0] == said[1] == said[2]
    assert len(said[0]) == 40


def test_a_full_build_through_mkdocs_gives_the_same_pages(site: Site, tmp_path: Path) -> None:
    varied(site)
    site.build(site_dir=tmp_path / "fast")
    # A hook may bring scripts: with one, pages go without Trusted Types however they are made.
    ours = {"deskpress": {"as_of": AS_OF, "policy": {"trusted_types": False}}}
    # And it may show what has no style otherwise, as scripts may: with one, style sheets stay whole.
    site.write("a.js", "")
    site.configure(plugins=[ours], extra_javascript=["a.js"])
    site.build(site_dir=tmp_path / "plain")
    (site.folder / "hook.py").write_text("def on_nav(nav, **kwargs):\n    return nav\n")
    site.configure(plugins=[ours], extra_javascript=["a.js"], hooks=["hook.py"])
    assert site.build(site_dir=tmp_path / "full").full
    same(tmp_path / "plain", tmp_path / "full")


def test_materials_search_and_what_is_switched_off_change_nothing(site: Site, tmp_path: Path) -> None:
    varied(site)
    site.configure(plugins=[{"deskpress": {"as_of": AS_OF}}])
    site.build(site_dir=tmp_path / "alone")
    off = [
        {name: {"enabled": False}} for name in ("blog", "meta", "offline", "optimize", "privacy", "social")
    ]
    # Templates may ask whether a plug-in is there, and none of ours does.
    for at, plugins in enumerate(
        (["search", *off, OURS], [OURS, *off, {"search": {"lang": "de"}}, {"group": {"plugins": []}}])
    ):
        site.configure(plugins=plugins)
        assert site.build(site_dir=tmp_path / f"fast{at}").full == ""
        same(tmp_path / "alone", tmp_path / f"fast{at}")
        done = run(site.folder, "mkdocs", "build", "-q", "-d", str(tmp_path / f"slow{at}"))
        assert done.returncode == 0, done.stderr
        same(tmp_path / "alone", tmp_path / f"slow{at}")


def test_materials_search_stays_where_ours_is_off(site: Site) -> None:
    site.configure(plugins=["search", {"deskpress": {"search": False}}])
    site.post("2012-03-01-a.md")
    assert "material/search" in site.build().full
    assert "search/search_index.json" in site.tree()


def test_plug_ins_are_told_of_the_start_and_of_the_end(site: Site) -> None:
    (site.folder / "hook.py").write_text(
        "said = []\n"
        "def on_startup(command, dirty):\n    said.append(f'{command} {dirty}')\n"
        "def on_shutdown():\n    open('said', 'w').write(f'{said}')\n"
    )
    site.configure(hooks=["hook.py"])
    site.post("2012-03-01-a.md")
    assert run(site.folder, "deskpress", "build").returncode == 0
    assert (site.folder / "said").read_text() == "['build False']"


def test_another_plug_in_may_change_the_markdown(site: Site) -> None:
    (site.folder / "hook.py").write_text(
        "def on_page_markdown(markdown, **kwargs):\n    return markdown.replace('colour', 'color')\n"
    )
    site.configure(hooks=["hook.py"])
    site.post("2012-03-01-a.md", "A colour.\n")
    for full in (False, True):
        assert bool(site.build(full=full).full) == full
        for path in ("2012/03/a.html", "2012/03/index.html", "atom.xml"):
            assert "A color." in site.read(path)


def test_the_machine_changes_no_byte(make_site: Callable[[str], Site], tmp_path: Path) -> None:
    trees = []
    for name, environment, mask in (
        ("one", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022),
        ("another folder", {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, 0o077),
    ):
        site = varied(make_site(name))
        before = os.umask(mask)
        try:
            done = run(tmp_path, "deskpress", "build", "-f", str(site.folder / "mkdocs.yml"), **environment)
        finally:
            os.umask(before)
        assert done.returncode == 0, done.stderr
        trees.append(site.output)
    same(*trees)


@pytest.mark.parametrize("way", [["mkdocs", "build"], ["deskpress", "build"]])
def test_a_mistake_leaves_the_old_site(site: Site, way: list[str]) -> None:
    site.post("2012-03-01-a.md")
    assert run(site.folder, *way).returncode == 0
    before = site.tree()
    site.post("2012-03-02-b.md", date="never")
    done = run(site.folder, *way)
    assert done.returncode == 1
    assert "content/posts/2012-03-02-b.md:3:7: " in done.stderr
    assert "Traceback" not in done.stderr
    assert site.tree() == before


@pytest.mark.parametrize("way", [["mkdocs", "build"], ["deskpress", "build"]])
def test_a_template_that_fails_is_named(site: Site, way: list[str]) -> None:
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    site.post("2012-03-01-a.md")
    template = site.folder / "overrides/deskpress/post.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "deskpress/layout.html" %}\n{% block content %}{{ 1 / 0 }}{% endblock %}\n'
    )
    done = run(site.folder, *way)
    assert done.returncode == 1
    assert "overrides/deskpress/post.html:2:1: error: ZeroDivisionError: division by zero" in done.stderr
    assert "it came up on https://desk.example/2012/03/a.html" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("way", [["mkdocs", "build"], ["deskpress", "build"]])
def test_strict_counts_before_the_first_write(site: Site, way: list[str]) -> None:
    site.post("2012-03-01-a.md")
    assert run(site.folder, *way).returncode == 0
    before = site.tree()
    site.post("2012-03-01-a.md", "[x](gone.md)\n")
    assert run(site.folder, *way, "--strict").returncode == 1
    assert site.tree() == before


def test_mkdocs_refuses_a_foreign_folder_too(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.output.mkdir()
    (site.output / "mine.txt").write_text("mine")
    done = run(site.folder, "mkdocs", "build")
    assert done.returncode == 1
    assert "deskpress build --clean" in done.stderr
    assert (site.output / "mine.txt").exists()


def test_hidden_files_that_are_not_planned_go_in_both_ways(site: Site) -> None:
    site.post("2012-03-01-a.md")
    for way in ("mkdocs", "deskpress"):
        assert run(site.folder, way, "build").returncode == 0
        (site.output / ".stray").write_text("x")
        assert run(site.folder, way, "build").returncode == 0
        assert not (site.output / ".stray").exists()
