"""`check --fix=text` mends what is mechanical, shows it, and touches nothing else."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from deskpress.app.fix_text import _diff
from deskpress.cli.main import main
from deskpress.lint.check import findings
from deskpress.lint.fix import fix, fix_front_matter
from deskpress.lint.text import Dialect
from tests.conftest import AS_OF, Site, drawn

DIALECT = Dialect(frozenset("admonition tables fenced_code".split()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: Update: late\n", 'title: "Update: late"\n'),
        ("title: “New: now”\n", 'title: "New: now"\n'),
        ("title: “New”\n", 'title: "New"\n'),
        ('title: "New\ndate: 2012-03-01\n', 'title: "New"\ndate: 2012-03-01\n'),
        ("tags: [a, b\n", "tags: [a, b]\n"),
        ("title New\n", "title: New\n"),
        ("Title: New\n", "title: New\n"),
        ("title: New\n date: 2012-03-01\n", "title: New\ndate: 2012-03-01\n"),
        ("date:\n\tcreated: 2012-03-01\n", "date:\n  created: 2012-03-01\n"),
        ("title: @desk\ntags:\n- a\n-b\n", 'title: "@desk"\ntags:\n- a\n- b\n'),
        ('title: The "best" of it: all\n', "title: 'The \"best\" of it: all'\n"),
        ("title: It’s ‘fine’\n", "title: It’s ‘fine’\n"),
        ("title: New\n# a comment\nlinks:\n  - A: b.md\n", "title: New\n# a comment\nlinks:\n  - A: b.md\n"),
    ],
)
def test_front_matter_is_mended(before: str, after: str) -> None:
    fixed = fix_front_matter(before)
    assert fixed.text == after
    assert bool(fixed.changes) == (before != after)


def test_front_matter_in_which_it_is_not_clear_what_was_meant_stays() -> None:
    for text in ("title: A\nWhat is this.\n", "<<<<<<< HEAD\ntitle: A\n=======\n", "a: &x [*x]\n"):
        assert fix_front_matter(text).text == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Text:\n- one\n- two\n", "Text:\n\n- one\n- two\n"),
        ("> Text:\n> - one\n> - two\n", "> Text:\n> \n> - one\n> - two\n"),
        ("- a\n  - b\n    - c\n- d\n", "- a\n    - b\n        - c\n- d\n"),
        ("1. a\n   - b\n2. c\n", "1. a\n    - b\n2. c\n"),
        (
            "- a\n  - b\n\n    More.\n\n  ```\n  x\n    y\n  ```\n\nText.\n",
            "- a\n    - b\n\n        More.\n\n    ```\n    x\n      y\n    ```\n\nText.\n",
        ),
        ("```\nText:\n- one\n  - two\n```\n", "```\nText:\n- one\n  - two\n```\n"),
    ],
)
def test_lists_are_mended(before: str, after: str) -> None:
    fixed = fix(before, DIALECT)
    assert fixed.text == after
    assert findings(fixed.text, DIALECT) == []
    assert fix(fixed.text, DIALECT).changes == ()


@pytest.mark.slow
def test_a_site_is_mended_and_the_diff_is_shown(site: Site) -> None:
    site.write("help/metrics.md", "# Metrics\n\nText.\n")
    site.write("images/chart.png", drawn(20, 10))
    site.write("addresses.lock", "/2012/03/x.html\n")
    post = site.write(
        "posts/2012-03-01-x.md",
        "---\r\ntitle: A: b\r\ndate: 2012-03-01\r\nslug: x\r\n---\r\n\r\nYou need:\r\n- a\r\n- b\r\n\r\n"
        "See [it](../help/metrics.html#top) and ![A chart](images/chart.png).\r\n",
    )
    other = site.post("2012-03-02-y.md", "Text.\n", slug="y").read_bytes()
    config = ("-f", str(site.folder / "mkdocs.yml"), "--as-of", AS_OF)
    done = CliRunner().invoke(main, ["check", "--fix=text", *config], catch_exceptions=False)
    assert post.read_bytes().replace(b"\r\n", b"\n").decode() == (
        '---\ntitle: "A: b"\ndate: 2012-03-01\nslug: x\n---\n\nYou need:\n\n- a\n- b\n\n'
        "See [it](../help/metrics.md#top) and ![A chart](../images/chart.png).\n"
    )
    assert b"\r\n" in post.read_bytes()
    assert b"\n" not in post.read_bytes().replace(b"\r\n", b"")
    assert '-title: A: b\n+title: "A: b"\n' in done.stdout
    assert "+++ content/posts/2012-03-01-x.md\n" in done.stdout
    assert "1 file changed\n" in done.stdout
    assert (site.content / "addresses.lock").read_text() == "/2012/03/x.html\n"
    assert (site.content / "posts/2012-03-02-y.md").read_bytes() == other
    assert not list(site.content.rglob(".*"))
    again = CliRunner().invoke(main, ["check", "--fix=text", *config], catch_exceptions=False)
    assert "0 files changed\n" in again.stdout


def test_fix_alone_notes_addresses(site: Site) -> None:
    site.post("2012-03-01-x.md", "Text:\n- a\n- b\n", slug="x")
    config = ("-f", str(site.folder / "mkdocs.yml"), "--as-of", AS_OF)
    CliRunner().invoke(main, ["check", "--fix", *config], catch_exceptions=False)
    assert "/2012/03/x.html" in (site.content / "addresses.lock").read_text()
    assert "Text:\n- a\n" in (site.content / "posts/2012-03-01-x.md").read_text()


def test_what_is_shown_of_a_change_does_nothing_to_a_terminal() -> None:
    shown = _diff("content/a\x1b[2J.md", "one\n\tline \x1b]0;title\x07\n", "two\n\tline \x1b]0;title\x07\n")
    assert shown.splitlines()[0] == "--- content/a\\x1b[2J.md"
    assert " \tline \\x1b]0;title\\x07" in shown
