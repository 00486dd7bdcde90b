"""Names that a build needs in the site's folder are refused where a site publishes hidden files."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskpress.publish.targets import Folder, files_of
from tests.conftest import Site


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        ".deskpress",
        ".deskpress/x.txt",
        ".deskpress-staging/x.txt",
        ".Deskpress-Staging/x.txt",
        ".git/x",
        ".GIT",
    ],
)
def test_names_of_the_site_folder_are_not_the_contents(site: Site, name: str) -> None:
    site.configure(exclude_docs="!.*")
    site.post("2012-03-05-home.md", "At home.")
    site.write(name, "x")
    top = name.partition("/")[0]
    assert site.problems() == [f"content/{top}:1:1: the site's folder needs the name `{top}` itself"]
    (site.content / name).unlink()
    if "/" in name:
        (site.content / name).parent.rmdir()
    assert site.build().written


def test_other_hidden_names_are_published(site: Site) -> None:
    site.configure(exclude_docs="!.*")
    site.post("2012-03-05-home.md", "At home.")
    site.write(".well-known/security.txt", "x")
    site.write("images/.deskpress", "x")
    site.build()
    assert site.read(".well-known/security.txt") == site.read("images/.deskpress") == "x"


def test_no_file_of_a_published_folder_meets_a_temporary_one(tmp_path: Path) -> None:
    target = Folder(tmp_path)
    target.put(".a.html.new", b"first")
    target.put("a.html", b"second")
    assert target.read(".a.html.new") == b"first"
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
    assert files_of(tmp_path).keys() == {".a.html.new", "a.html"}
