"""Compiled templates are kept where only their user can write, and used as long as they are the same."""

from __future__ import annotations

from pathlib import Path

import jinja2
import platformdirs
import pytest

from deskpress.templating.compiled import Compiled, kept
from tests.conftest import Site


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder for caches."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return platformdirs.user_cache_path("deskpress") / "templates"


def compiles(site: Site, monkeypatch: pytest.MonkeyPatch, compiled: Compiled | None = None) -> list[str]:
    """Build, and tell which templates were compiled for it."""
    names: list[str] = []
    original = jinja2.Environment.compile

    def compile_(self: jinja2.Environment, source: str, name: str | None = None, *args: object) -> object:
        names.append(name or "")
        return original(self, source, name, *args)  # type: ignore[call-overload]  # passed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_)
        site.build(compiled=compiled)
    return names


def test_a_second_build_compiles_nothing_but_what_changed(
    site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    override = site.folder / "over/deskpress/post.html"
    override.parent.mkdir(parents=True)
    override.write_text('{% extends "deskpress/layout.html" %}{% block content %}<h1>A</h1>{% endblock %}')
    site.configure(theme={"name": "material", "custom_dir": "over"})
    site.post("2012-03-01-a.md")
    assert "deskpress/post.html" in compiles(site, monkeypatch)
    assert (home.stat().st_mode & 0o777) == 0o700
    site.post("2012-03-01-a.md", "Other.\n")
    assert compiles(site, monkeypatch) == []
    override.write_text('{% extends "deskpress/layout.html" %}{% block content %}<h1>B</h1>{% endblock %}')
    assert compiles(site, monkeypatch) == ["deskpress/post.html"]
    assert "<h1>B</h1>" in site.read("2012/03/a.html")


@pytest.mark.slow
def test_a_process_that_builds_again_takes_what_is_kept_and_then_reads_it_no_more(
    site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("2012-03-01-a.md")
    assert compiles(site, monkeypatch)
    compiled = Compiled()
    site.post("2012-03-01-a.md", "Other.\n")
    assert compiles(site, monkeypatch, compiled) == []
    for file in home.iterdir():
        file.unlink()
    site.post("2012-03-01-a.md", "Another.\n")
    assert compiles(site, monkeypatch, compiled) == []


@pytest.mark.slow
def test_another_site_compiles_only_what_is_its_own(
    site: Site, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.post("2012-03-01-a.md")
    assert compiles(site, monkeypatch)
    other = Site(tmp_path / "other")
    other.configure(theme={"name": "material", "custom_dir": "over"})
    other.post("2012-03-01-a.md")
    # Of this name the theme below has one too, so that it expects HTML and does not escape.
    inherited = other.folder / "over/partials/javascripts/base.html"
    inherited.parent.mkdir(parents=True)
    inherited.write_text("{{ '<!-- <b> -->' }}")
    assert compiles(other, monkeypatch) == ["partials/javascripts/base.html"]
    assert "<!-- <b> -->" in other.read("2012/03/a.html")


@pytest.mark.slow
@pytest.mark.parametrize("how", ["cut", "cut short", "changed", "emptied"])
def test_what_is_damaged_is_compiled_again(
    site: Site, home: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    site.post("2012-03-01-a.md")
    assert compiles(site, monkeypatch)
    tree = site.tree()
    for path in home.iterdir():
        data = path.read_bytes()
        damaged = {"cut": data[:-40], "cut short": data[:20], "emptied": b""}
        path.write_bytes(damaged.get(how, data.replace(b"Subscribe", b"SubscribE").replace(b"post", b"pOst")))
    (site.output / "2012/03/a.html").unlink()
    site.build()
    assert site.tree() == tree


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_can_write_is_not_used(home: Path, mode: int) -> None:
    home.mkdir(parents=True)
    home.chmod(mode)
    assert kept(bool) is None


def test_a_link_that_somebody_planted_is_not_followed(home: Path, tmp_path: Path) -> None:
    home.parent.mkdir(parents=True)
    home.symlink_to(tmp_path)
    assert kept(bool) is None


def test_what_is_kept_does_not_grow_for_ever(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskpress.templating.compiled.MANY", 3)
    assert kept(bool) is not None
    for number in range(4):
        (home / f"__jinja2_{number}.cache").write_text("x")
    assert kept(bool) is not None
    assert list(home.iterdir()) == []
