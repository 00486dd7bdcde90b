"""The command, as it is typed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deskpress.cli.main import COMMANDS, main
from tests.conftest import REPOSITORY, Site


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def at(site: Site, command: str, *options: str) -> Result:
    return run(command, "-f", site.folder / "mkdocs.yml", "--as-of", "2012-06-01", *options)


@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS), ["new", "site"], ["new", "post"], ["remote", "init"]]
)
def test_help_has_examples(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output


def test_all_commands_are_listed_with_what_they_do() -> None:
    listed = run("--help").output.partition("Commands:")[2].splitlines()
    assert [line.split()[0] for line in listed if line.strip()] == list(COMMANDS)
    assert all(len(line.split()) > 3 for line in listed if line.strip())
    assert run("biuld").exit_code == 2


@pytest.mark.parametrize("command", ["repair", "status", "due"])
def test_a_folder_without_a_server_is_said_by_all_commands_of_a_server(tmp_path: Path, command: str) -> None:
    result = run("remote", command, "-C", tmp_path)
    assert result.exit_code == 1
    assert (
        result.output
        == f"{tmp_path} is not a Deskpress server: `deskpress remote init {tmp_path}` makes one\n"
    )


def test_the_manual_is_read_at_the_prompt() -> None:
    listed = run("docs").output
    assert re.search(r"^front-matter +Front matter$", listed, re.M)
    assert "architecture" not in listed
    assert run("docs", "front-matter").output.startswith("# Front matter\n")
    assert Path(run("docs", "front-matter", "--path").output.strip()).is_file()
    missed = run("docs", "frontmatter")
    assert missed.exit_code == 1
    assert missed.output == "There is no page `frontmatter`. Did you mean `front-matter`?\n"


def test_all_pages_of_the_manual_go_into_the_wheel() -> None:
    settings = tomllib.loads(Path(REPOSITORY, "pyproject.toml").read_text("utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included["docs/content/help"] == "deskpress/docs"


@pytest.mark.slow
def test_build_says_in_one_line_what_it_did(site: Site) -> None:
    site.post("2012-03-01-a.md")
    result = at(site, "build")
    assert result.exit_code == 0
    assert len(result.stdout.strip().splitlines()) == 1
    assert "files written, 0 removed" in result.stdout
    assert "0 files written" in at(site, "build").stdout
    assert at(site, "build", "-q").output == ""


def test_a_mistake_is_exit_code_1_and_leaves_the_site(site: Site) -> None:
    site.post("2012-03-01-a.md")
    at(site, "build")
    before = site.tree()
    site.write("posts/b.md", "---\ntitle: B\ndate: 2012-02-30\n---\n")
    site.write("posts/c.md", "No front matter\n")
    result = at(site, "build")
    assert result.exit_code == 1
    assert "content/posts/b.md:3:7: " in result.stderr
    assert "content/posts/c.md:1:1: " in result.stderr
    assert "the site was left as it was" in result.stderr
    assert site.tree() == before


@pytest.mark.parametrize(
    "arguments", [["build", "--nope"], ["build", "-j", "0"], ["build", "--as-of", "soon"], ["fly"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.slow
def test_twenty_warnings_of_a_kind_then_a_count(site: Site) -> None:
    links = "\n\n".join(f"[x](gone{n}.md)" for n in range(25))
    site.post("2012-03-01-a.md", links + "\n")
    assert at(site, "build").stderr.count("does not exist") == 20
    assert "5 more warnings about: link" in at(site, "build").stderr
    assert at(site, "build", "-v").stderr.count("does not exist") == 25
    assert at(site, "build", "-q").stderr == ""
    checked = at(site, "check")
    assert checked.stderr.count("does not exist") == 25
    assert checked.exit_code == 0
    assert at(site, "check", "--strict").exit_code == 1


def test_a_foreign_folder_is_refused_without_clean(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.output.mkdir()
    (site.output / "precious.txt").write_text("mine")
    result = at(site, "build")
    assert result.exit_code == 1
    assert "has not written" in result.stderr
    assert (site.output / "precious.txt").exists()
    assert at(site, "build", "--clean").exit_code == 0
    assert not (site.output / "precious.txt").exists()


@pytest.mark.parametrize("folder", [".", "content", "content/inside"])
def test_the_sources_are_never_the_output(site: Site, folder: str) -> None:
    result = at(site, "build", "--clean", "-d", str(site.folder / folder))
    assert result.exit_code == 1
    assert (site.folder / "mkdocs.yml").exists()


def test_a_new_site_builds_without_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "site", "demo").exit_code == 0
    monkeypatch.chdir(tmp_path / "demo")
    assert run("new", "post", 'Two "numbers": 50% & more').exit_code == 0
    assert run("new", "topic", "Vacation settings").exit_code == 0
    result = run("build", "--strict", "--future")
    assert result.exit_code == 0, result.output
    assert "Two &#34;numbers&#34;: 50% &amp; more" in (tmp_path / "demo/site/blog/index.html").read_text()


def test_new_overwrites_nothing(site: Site) -> None:
    config = site.folder / "mkdocs.yml"
    assert run("new", "topic", "Metrics", "-f", config).exit_code == 0
    (site.content / "help/metrics.md").write_text("mine")
    result = run("new", "topic", "Metrics", "-f", config)
    assert result.exit_code == 1
    assert (site.content / "help/metrics.md").read_text() == "mine"
    assert run("new", "site", site.folder).exit_code == 1


def test_broken_yaml_in_the_configuration_is_no_traceback(site: Site) -> None:
    (site.folder / "mkdocs.yml").write_text("site_name: [\n")
    result = at(site, "build")
    assert result.exit_code == 1
    assert "mkdocs.yml" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("title", ["Null", "2012-03-04", "Yes", "007"])
def test_a_new_post_is_called_as_it_was_said(site: Site, title: str) -> None:
    assert run("new", "post", title, "-f", site.folder / "mkdocs.yml").exit_code == 0
    told = [problem.rpartition(": ")[2] for problem in site.problems(future=True)]
    assert told == ["the post has no text"]
