"""Our stages of Markdown and Jinja run with tested releases only; with others the bytes are the same."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from click.testing import CliRunner

from deskpress.app.build import build
from deskpress.build.request import Request
from deskpress.cli.main import main
from deskpress.source.markdown import Converter
from deskpress.source.tested import FOR_MARKDOWN, FOR_TEMPLATES, TESTED, untested, version_of
from deskpress.source.versions import tools
from deskpress.templating.environment import prepare_environment
from deskpress.templating.theme import ThemeConfig
from tests.conftest import AS_OF, REPOSITORY, Site
from tests.extensions import EXTENSIONS

INSTALLED = (*untested(FOR_MARKDOWN), *untested(FOR_TEMPLATES))
takes_part = pytest.mark.skipif(bool(INSTALLED), reason="\n".join(INSTALLED))

PIECES = (
    "**bold**¦_it_¦`code`¦``a`b``¦[a](b.md)¦[a](https://x.y/ 't')¦[a][r]¦[r]¦![i](https://x.y/p.png)¦<https://x.y>"
    "¦<a@b.c>¦&amp;¦&#65;¦<b>¦</b>¦\\*¦***x***¦__y__¦a_b_c¦~~s~~¦==m==¦^^u^^¦++ctrl+c++¦:smile:¦(c)¦-->¦'s'"
    "¦...¦--¦[[Wiki]]¦`¦``¦[^1]¦{: .c}¦ ¦ ¦\n¦\n\n¦\n# ¦\n- ¦\n1. ¦\n> ¦\n\n    ¦\n\n```\n"
    "¦\n\n* * *\n\n¦\n\na | b\n--|--\n1 | 2\n\n"
    "¦\n\n<div markdown>\n¦\n</div>\n\n¦\n[TOC]\n¦\nTerm\n:   What\n¦text¦words of a post"
).split("¦")


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A function that takes every release off the list."""

    def switch() -> None:
        for name in TESTED:
            monkeypatch.setitem(TESTED, name, ())
        tools.cache_clear()

    yield switch
    tools.cache_clear()


def corpus(site: Site) -> None:
    """Posts of random Markdown, the same each time, read with twenty extensions."""
    site.configure(
        options={"as_of": AS_OF},
        markdown_extensions=[*EXTENSIONS, "admonition"],
    )
    chance = random.Random(18)
    for number in range(20):
        text = "".join(chance.choices(PIECES, k=120))
        site.post(
            f"2012-0{number % 5 + 1}-{number % 28 + 1:02}-n{number}.md",
            f"Text.\n\n{text}\n\n[r]: https://example.com 'title'\n\n[^1]: A note with *marks*.\n",
            categories=[f"C{number % 3} <&>"],
        )


@takes_part
@pytest.mark.slow
@pytest.mark.long
def test_stock_stages_build_the_same_bytes(site: Site, tmp_path: Path, stock: Callable[[], None]) -> None:
    corpus(site)
    quick = site.build(site_dir=tmp_path / "quick")
    recipe = tools()
    stock()
    assert tools() != recipe
    again = site.build(site_dir=tmp_path / "stock")
    assert quick.diagnostics == again.diagnostics
    assert site.tree(tmp_path / "quick") == site.tree(tmp_path / "stock")
    assert len(site.tree(tmp_path / "stock")) > 60


@takes_part
def test_stock_stages_build_the_same_first_site(
    first_site: Path, tmp_path: Path, site: Site, stock: Callable[[], None]
) -> None:
    stock()
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    build(Request(tmp_path / "mkdocs.yml", as_of=AS_OF))
    assert site.tree(tmp_path / "site") == site.tree(first_site)


@takes_part
def test_a_release_off_the_list_gets_the_stages_of_its_own(stock: Callable[[], None]) -> None:
    def used() -> tuple[str, str]:
        env = prepare_environment(jinja2.Environment(), ThemeConfig((), jinja2.Environment))
        return type(Converter([], {})._markdown).__module__, type(env).__module__

    assert used() == ("deskpress.accel.markdown_blocks", "deskpress.accel.jinja")
    stock()
    assert used() == ("markdown.core", "jinja2.environment")


@takes_part
@pytest.mark.slow
def test_what_the_cache_holds_of_other_stages_is_made_anew(site: Site, stock: Callable[[], None]) -> None:
    corpus(site)
    site.build()
    assert site.build().reasons == {}
    stock()
    reasons = site.build().reasons
    assert reasons
    assert all("recipe" in reason for path, reason in reasons.items() if path.endswith(".html"))


@takes_part
def test_a_verbose_build_says_which_release_is_not_on_the_list(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.post("2012-03-12-a.md")
    build = ["build", "-v", "-j", "1", "-f", str(site.folder / "mkdocs.yml")]
    assert "tested versions" not in CliRunner().invoke(main, build).output
    monkeypatch.setitem(TESTED, "markdown", ("3.8.1", "3.9"))
    tools.cache_clear()
    done = CliRunner().invoke(main, build)
    tools.cache_clear()
    assert done.exit_code == 0, done.output
    said = (
        f"Markdown {version_of('markdown')} is not on the list of tested versions (3.8.1, 3.9): "
        "stock stages are used; slower, same output."
    )
    assert done.output.split("\n").count(said) == 1
    assert said not in CliRunner().invoke(main, [arg for arg in build if arg != "-v"]).output


def test_the_lock_names_releases_on_the_list() -> None:
    locked = (REPOSITORY / "requirements/site.txt").read_text()
    for name, versions in TESTED.items():
        found = set(re.findall(rf"(?m)^{name}==(\S+)", locked))
        assert found
        assert found <= {*versions}, f"Test the stages with {name} {found}, and add it to the list."


LONE = """
import sys
from deskpress.source import tested
from deskpress.source.markdown import Converter
if sys.argv[1] == "listed":
    tested.TESTED["markdown"] = (tested.version_of("markdown"),)
print("stock" if tested.untested(tested.FOR_MARKDOWN) else "ours")
print(Converter([], {}).convert("A lone ` backtick.\\n").html)
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.8.1", "3.10.3", "3.11", "3.11.1", "3.11.2", "3.11.3"])
def test_a_lone_backtick_is_text_with_every_release(version: str, tmp_path: Path) -> None:
    uv = [sys.executable, "-m", "uv", "pip", "install", "-q", "--no-deps", "--target", str(tmp_path)]
    subprocess.run([*uv, f"markdown=={version}"], check=True)

    def convert(how: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", LONE, how],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    done = convert("as it is")
    ours = version in TESTED["markdown"]
    assert done.stdout.split("\n", 1) == [
        "ours" if ours else "stock",
        "<p>A lone ` backtick.</p>\n",
    ], done.stderr
    if version in {"3.11", "3.11.1", "3.11.2"}:
        # Why they are not on the list.
        assert "TypeError: unsupported operand" in convert("listed").stderr
