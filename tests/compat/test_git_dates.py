"""`git-revision-date(-localized)`: the dates of the plug-ins, from one log of our own."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskpress.compat.native.git_dates import variables
from deskpress.model.addons import Commit, Commits, GitDates
from deskpress.source.commits import read_commits
from tests.compat.conftest import Stock, ways
from tests.conftest import Site

NAME = "git-revision-date-localized"


def git(site: Site, *arguments: str, when: str = "2012-03-01T12:00:00+02:00") -> str:
    identity = {
        f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": "2012-05-05T00:00:00Z"}
    plain = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    done = subprocess.run(
        ["git", *arguments],
        cwd=site.folder,
        env={**os.environ, **identity, **dates, **plain},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(site: Site, when: str) -> str:
    git(site, "add", "-A", when=when)
    git(site, "commit", "-qm", "x", when=when)
    return git(site, "rev-parse", "HEAD")


LONG = "".join(f"Line {number} of a text that stays as it is.\n\n" for number in range(30))
MARKS = (
    "Changed {{ git_revision_date_localized }}, all {{git_site_revision_date_localized}},"
    " new {{ GIT_creation_date_localized }}, none {{ git_other }}.\n"
)


def history(site: Site) -> str:
    """A repository with a file that got another name, one that changed twice, one that came back, one new."""
    (site.folder / ".gitignore").write_text("site/\n.cache/\nby-mkdocs/\n")
    git(site, "init", "-q")
    site.write("index.md", f"# Home\n\n{MARKS}")
    site.write("old/name.md", f"# Moved\n\n{LONG}")
    site.write("twice.md", "# Twice\n\nOne.\n")
    site.write("back.md", "# Back\n")
    commit(site, "2012-03-01T23:30:00+02:00")
    site.write("twice.md", "# Twice\n\nTwo.\n")
    (site.content / "back.md").unlink()
    commit(site, "2012-03-03T03:04:05-08:00")
    (site.content / "new").mkdir()
    (site.content / "old/name.md").rename(site.content / "new/name.md")
    site.write("back.md", "# Back again\n")
    commit(site, "2012-03-05T10:00:00Z")
    site.write("twice.md", "# Twice\n\nThree.\n")
    ignored = commit(site, "2012-03-07T10:00:00Z")
    # Something else that changes nothing in the content.
    (site.folder / "README").write_text("x")
    commit(site, "2012-03-09T10:00:00Z")
    site.write("fresh.md", "# Fresh\n")
    return ignored


def facts(page: str) -> list[str]:
    """What a page tells of its commits."""
    found = re.search(r'<aside class="md-source-file">(.*?)</aside>', page, re.S)
    return re.findall(r'<span class="git-[^>]*>[^<]*</span>', found[1]) if found else []


def texts(page: str) -> list[str]:
    """The dates in the text."""
    return re.findall(r'(?:Changed|all|new) (<span class="git-[^>]*>[^<]*</span>|\{\{[^}]*\}\})', page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"enable_creation_date": True, "type": "custom", "custom_format": "on %-d. %B %Y, it's %H:%M %%"},
        {"type": "datetime", "timezone": "America/Los_Angeles", "locale": "de", "exclude": ["new/*"]},
        {"type": "iso_datetime", "enable_git_follow": False, "enable_creation_date": True},
        {"type": "iso_date", "ignored_commits_file": ".ignored"},
    ],
    ids=range(5),
)
def test_dates_are_those_of_the_plug_in(site: Site, stock: Stock, options: dict[str, Any]) -> None:
    site.configure(plugins=["deskpress", {NAME: options}])
    ignored = history(site)
    (site.folder / ".ignored").write_text(f"# a comment\n{ignored[:12]}  # reformatted\n")
    theirs = stock(site, [{NAME: {"strict": False, **options}}])
    ours = {path: data.decode("utf-8", "replace") for path, data in ways(site).items()}
    for path in ("index.html", "twice/index.html", "new/name/index.html", "back/index.html"):
        # Without `--follow` the plug-in finds no last change (git 2.39).
        first = 0 if options.get("enable_git_follow", True) else 1
        assert facts(ours[path])[first:] == facts(theirs[path])[first:], path
        assert facts(ours[path]) or options.get("exclude")
    if options.get("enable_git_follow", True):
        assert texts(ours["index.html"]) == texts(theirs["index.html"])
    # What was never committed has the day of the build.
    assert "2012" in facts(ours["fresh/index.html"])[0]


@pytest.mark.slow
def test_a_commit_is_seen_with_a_warm_cache(site: Site) -> None:
    site.configure(plugins=["deskpress", {NAME: {"type": "iso_date"}}])
    history(site)
    site.build()
    before = site.tree()
    commit(site, "2012-03-20T10:00:00Z")
    changed = {path for path in site.build().reasons if path.endswith(".html")}
    assert "fresh/index.html" in changed
    assert "index.html" in changed  # it names the date of the whole site
    assert changed.isdisjoint({"twice/index.html", "back/index.html"})
    assert ">2012-03-20<" in site.read("fresh/index.html")
    after = site.tree()
    site.build(clean=True)
    assert site.tree() == after != before


@pytest.mark.slow
def test_without_a_repository_there_are_no_dates_and_that_is_told(site: Site) -> None:
    site.configure(plugins=["deskpress", {NAME: {}}])
    site.write("a.md", "# A\n")
    assert [p.partition(": ")[2] for p in site.problems()] == [
        f"`{NAME}`: git tells no dates here (no repository, or not the whole past of it)"
    ]
    site.build()
    assert "md-source-file" not in site.read("a/index.html")
    site.configure(plugins=["deskpress", {NAME: {"fallback_to_build_date": True}}])
    site.build()
    assert ">June 1, 2012<" in site.read("a/index.html")


def test_templates_get_every_form_of_a_date() -> None:
    at = Commit(datetime.fromisoformat("2012-03-01T23:30:00+02:00"), "abc")
    found = variables(Commits(at, at), GitDates(creation=True, zone="Asia/Tokyo"), "en")
    assert found["git_revision_date_localized_hash"] == "abc"
    assert found["git_revision_date_localized_raw_datetime-timezone"] == "March 2, 2012 06:30:00 JST"
    assert found["git_creation_date_localized_raw_iso_date"] == "2012-03-02"
    assert found["git_creation_date_localized_raw_custom"] == "02. March 2012"


@pytest.mark.slow
def test_the_former_plug_in_is_honoured(site: Site) -> None:
    site.configure(plugins=["deskpress", {"git-revision-date": {}}])
    history(site)
    site.write("index.md", "# Home\n\nAs of {{ git_revision_date }} and {{ page.meta.git_revision_date }}.\n")
    commit(site, "2012-03-10T01:00:00+09:00")
    built = ways(site)
    assert "As of 2012-03-10 and 2012-03-10." in built["index.html"].decode()
    aside = re.search(r'class="md-source-file">(.*?)</aside>', built["twice/index.html"].decode(), re.S)
    assert aside
    assert "2012-03-07" in aside[1]


def text_of(number: int, more: str = "") -> str:
    return "\n".join(f"{number} line {line}" for line in range(30)) + more


def test_former_names_are_looked_for_at_a_bounded_cost(site: Site, tmp_path: Path) -> None:
    """Git compares each new file of a commit with each that is gone: a few hundred take it a minute."""
    git(site, "init", "-q")
    for number in range(40):
        site.write(f"same-{number}.md", text_of(number))
        site.write(f"moved/{number}.md", text_of(100 + number))
        site.write(f"other-{number}.md", text_of(200 + number))
    commit(site, "2012-03-01T12:00:00+00:00")
    for number in range(40):
        (site.content / f"same-{number}.md").rename(site.content / f"named-{number}.md")
        site.write(f"there/{number}.md", text_of(100 + number, "\nMore."))
        site.write(f"new-{number}.md", text_of(200 + number, "\nMore."))
        (site.content / f"moved/{number}.md").unlink()
        (site.content / f"other-{number}.md").unlink()
    commit(site, "2012-04-01T12:00:00+00:00")
    kept = read_commits(site.content, tmp_path / "commits", b"k" * 32)
    assert kept is not None

    def months(path: str) -> set[int]:
        found = (kept.files[path.format(number)].created for number in range(40))
        return {one.at.month for one in found if one}

    assert months("named-{}.md") == {3}
    assert months("there/{}.md") == {3}
    assert months("new-{}.md") == {4}
