"""Plug-ins and hooks run in MkDocs' own loop, beside the site: whatever they do, the site stays whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from deskpress.build.reader import Reader
from deskpress.build.request import SetupError
from deskpress.model.diagnostic import ContentError
from tests.conftest import AS_OF, Site

pytestmark = pytest.mark.slow

IDLE = "def on_nav(nav, **kwargs):\n    pass\n"


@pytest.fixture
def site(site: Site) -> Site:
    site.post("2012-03-01-a.md")
    return site


def hooked(site: Site, code: str) -> None:
    """Give the site a hook."""
    (site.folder / "hook.py").write_text(dedent(code))
    site.configure(hooks=["hook.py"])


def test_a_hook_that_fails_leaves_the_old_site(site: Site) -> None:
    site.build()
    before = site.tree()
    hooked(site, "def on_post_page(output, **kwargs):\n    return output / 2\n")
    with pytest.raises(SetupError, match=r"hook.py:2: TypeError: unsupported operand .*\nThe site was left"):
        site.build()
    assert site.tree() == before


def test_a_full_build_writes_only_what_has_changed(site: Site) -> None:
    hooked(site, IDLE)
    site.build()
    kept = site.output / "assets/stylesheets/deskpress.css"
    before = kept.stat().st_ino
    assert site.build().written == 0
    site.post("2012-03-01-a.md", "Other text.\n")
    (site.output / "stray.html").write_text("x")
    (site.output / "404.html").unlink()
    # Where a link leads, the same bytes count for nothing.
    (site.output / "archive").rename(site.folder / "elsewhere")
    (site.output / "archive").symlink_to(site.folder / "elsewhere")
    result = site.build()
    assert result.removed == 2
    assert site.read("archive/index.html") == (site.folder / "elsewhere/index.html").read_text("utf-8")
    assert not (site.output / "archive").is_symlink()
    assert "Other text." in site.read("2012/03/a.html")
    assert "404.html" in site.tree()
    assert kept.stat().st_ino == before


def test_a_full_build_reads_only_what_has_changed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = Reader.read

    def told(self: Reader, path: str, *others: Any) -> Any:
        read.append(path)
        return real(self, path, *others)

    monkeypatch.setattr(Reader, "read", told)
    hooked(site, IDLE)
    site.post("2012-03-01-a.md", "Text.\n")
    site.post("2012-03-02-b.md", "Text.\n")
    assert site.build(jobs=1).full
    assert {"posts/2012-03-01-a.md", "posts/2012-03-02-b.md"} <= set(read)
    read.clear()
    site.post("2012-03-01-a.md", "Other text.\n")
    site.build(jobs=1)
    assert read == ["posts/2012-03-01-a.md"]
    made = site.tree()
    read.clear()
    site.build(jobs=1, clean=True)
    assert len(read) > 1
    assert site.tree() == made


@pytest.mark.parametrize(
    ("target", "more"),
    [("site", IDLE), ("public", IDLE), ("site/en", IDLE), ("public", ""), ("site/en", "")],
)
def test_a_hook_that_sets_the_folder_is_refused(site: Site, target: str, more: str) -> None:
    site.build()
    before = site.tree()
    code = (
        "import pathlib\ndef on_config(config):\n    folder = pathlib.Path(config.config_file_path).parent\n"
    )
    hooked(site, f"{code}    config.site_dir = str(folder / {target!r})\n{more}")
    with pytest.raises(SetupError, match=f"set `site_dir` to .*{target}[.] Say so by"):
        site.build()
    assert site.tree() == before
    assert not (site.folder / "public").exists()


@pytest.mark.parametrize("deed", ["shutil.rmtree(folder)", "shutil.rmtree(folder); os.symlink('/', folder)"])
def test_a_hook_that_takes_the_folder_away_takes_no_site(site: Site, deed: str) -> None:
    site.build()
    before = site.tree()
    hooked(
        site,
        f"""
        import os, shutil
        def on_post_build(config):
            folder = config.site_dir
            {deed}
        """,
    )
    with pytest.raises(SetupError, match="has taken away"):
        site.build()
    assert site.tree() == before


def test_what_hooks_write_past_the_folder_is_kept_and_told(site: Site) -> None:
    hooked(
        site,
        f"""
        def on_post_build(config):
            open({str(site.output / "CNAME")!r}, "w").write("desk.example")
        """,
    )
    site.build()
    said: list[str] = []
    site.build(say=said.append)
    assert site.read("CNAME") == "desk.example"
    assert said == ["Kept, though a plug-in or hook wrote it past `config.site_dir`: CNAME"]
    site.configure()
    assert site.build().removed == 1


def test_links_that_hooks_make_are_kept(site: Site) -> None:
    hooked(
        site,
        """
        import os
        def on_post_build(config):
            os.symlink("index.html", config.site_dir + "/latest.html")
            os.symlink("2012", config.site_dir + "/now")
        """,
    )
    for _ in range(2):
        assert site.build().removed == 0
        assert (site.output / "latest.html").readlink() == Path("index.html")
        assert (site.output / "now/03/a.html").read_text() == site.read("2012/03/a.html")
    site.configure()
    site.build()
    assert not (site.output / "now").is_symlink()
    assert "2012/03/a.html" in site.tree()


def test_other_hooks_hear_of_an_error_and_theirs_is_not_taken_for_a_template_of_the_site(site: Site) -> None:
    hooked(
        site,
        f"""
        import jinja2
        def on_build_error(error):
            open({str(site.folder / "heard")!r}, "w").write(type(error).__name__)
        def on_post_build(config):
            jinja2.Template("{{{{ nope.at }}}}").render()
        """,
    )
    with pytest.raises(SetupError, match=r"hook.py:6: UndefinedError: 'nope' is undefined"):
        site.build()
    assert (site.folder / "heard").read_text() == "UndefinedError"


def test_a_hook_may_ask_deskpress_itself(site: Site) -> None:
    hooked(
        site,
        f"""
        import subprocess, sys
        def on_post_build(config):
            command = [sys.executable, "-m", "deskpress", "check", "--as-of", {AS_OF!r}]
            subprocess.run(command, cwd={str(site.folder)!r}, check=True, timeout=60)
        """,
    )
    assert site.build().full


def test_a_first_build_that_fails_leaves_nothing_and_takes_nothing_over(site: Site) -> None:
    hooked(site, IDLE)
    site.write("posts/2012-03-02-b.md", "---\ntitle: [\n---\n")
    with pytest.raises(ContentError):
        site.build()
    assert not site.output.exists()
    site.output.mkdir()
    (site.output / "mine.txt").write_text("mine")
    with pytest.raises(ContentError):
        site.build(clean=True)
    (site.content / "posts/2012-03-02-b.md").unlink()
    with pytest.raises(SetupError, match="holds files that Deskpress has not written"):
        site.build()
    assert site.tree() == {"mine.txt": b"mine"}
    assert site.build(clean=True).removed == 1


def test_killed_in_its_first_build_the_next_one_goes_on(site: Site) -> None:
    hooked(site, "import os\ndef on_post_build(config):\n    os.kill(os.getpid(), 9)\n")
    command = [sys.executable, "-m", "deskpress", "build", "--as-of", AS_OF]
    assert subprocess.run(command, cwd=site.folder, check=False).returncode == -9
    (site.folder / "hook.py").write_text(IDLE)
    site.build()
    assert not (site.output / ".deskpress-staging").exists()
    assert "2012/03/a.html" in site.tree()


def test_hooks_find_the_anchors_of_a_page_and_modules_of_theirs_that_fail_are_named(site: Site) -> None:
    (site.folder / "own").mkdir()
    (site.folder / "own/__init__.py").write_text("def halve(text):\n    return text / 2\n")
    site.write("a.md", "# A\n\n## Below\n\nText.\n")
    code = "import own\n\ndef on_page_context(context, page, **kwargs):\n"
    seen = f"{code}    page.present_anchor_ids |= {{'more'}}\n"
    hooked(site, f"{seen}    page.meta['seen'] = sorted(page.present_anchor_ids)\n")
    (site.folder / "own_theme").mkdir()
    template = "{% extends 'main.html' %}{% block content %}{{ page.meta.seen }}{% endblock %}"
    (site.folder / "own_theme/seen.html").write_text(template)
    site.write("b.md", "---\ntitle: B\ntemplate: seen.html\n---\n\n## First\n")
    site.configure(hooks=["hook.py"], theme={"name": "material", "custom_dir": "own_theme"})
    assert not site.build().full
    assert "first" in site.read("b/index.html")
    assert "more" in site.read("b/index.html")
    (site.content / "b.md").unlink()
    (site.folder / "other.py").write_text(f"{code}    return own.halve(page.url)\n")
    site.configure(hooks=["other.py"])
    with pytest.raises(SetupError, match=r"own/__init__.py:2: TypeError: unsupported operand"):
        site.build()


def test_a_file_that_a_hook_adds_from_elsewhere_is_there(site: Site) -> None:
    hooked(
        site,
        """\
        from pathlib import Path

        from mkdocs.structure.files import File

        def on_files(files, config):
            folder = Path(config.config_file_path).parent
            files.append(File("data/a.yml", str(folder), config.site_dir, True))
            return files
        """,
    )
    (site.folder / "data").mkdir()
    (site.folder / "data/a.yml").write_text("a: 1")
    assert site.build().full
    assert site.read("data/a.yml") == "a: 1"
