"""A blog made for Material's own plug-in, moved to Deskpress by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.slow

POST = """\
---
date:
  created: {date}
  updated: 2012-05-01
authors: [jo]
categories: [Customer service]
tags: [feedback]
slug: {slug}
description: What it is about.
readtime: 4
pin: {pin}
links:
  - blog/posts/one.md
  - Elsewhere: https://example.com/
  - More:
      - about.md
---

# The title of {slug}

Before.

<!-- more -->

After.[^1]

[^1]: A note.
"""

BASE: dict[str, Any] = {
    "site_name": "Moved",
    "site_url": "https://moved.example/",
    "theme": {"name": "material"},
    "markdown_extensions": ["footnotes"],
}

SAME_ADDRESSES = {
    "posts_dir": "blog/posts",
    "addresses": {
        "post": "blog/{year}/{month}/{day}/{slug}/",
        "year": "blog/archive/{year}/",
        "archive": "blog/archive/",
        "category": "blog/category/{slug}/",
        "author": "blog/author/{slug}/",
    },
}


def build(folder: Path, plugins: list[Any]) -> set[str]:
    """The addresses of the site that MkDocs builds with these plug-ins."""
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**BASE, "plugins": plugins}))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", "site"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {p.relative_to(folder / "site").as_posix() for p in (folder / "site").rglob("*.html")}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog as Material's documentation lays it out."""
    posts = tmp_path / "docs/blog/posts"
    posts.mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "docs/about.md").write_text("# About\n")
    (tmp_path / "docs/blog/index.md").write_text("# Blog\n")
    (tmp_path / "docs/blog/.authors.yml").write_text(
        "authors:\n  jo:\n    name: Jo\n    description: Writes\n    avatar: https://moved.example/jo.png\n"
    )
    for day, slug in enumerate(("one", "two"), 1):
        (posts / f"{slug}.md").write_text(POST.format(date=f"2012-03-0{day}", slug=slug, pin=slug == "one"))
    return tmp_path


def test_the_addresses_stay_when_the_patterns_say_so(blog: Path) -> None:
    theirs = build(blog, [{"blog": {"authors_profiles": True}}])
    (blog / "site").rename(blog / "theirs")
    ours = build(blog, [{"deskpress": SAME_ADDRESSES}])
    assert {"blog/2012/03/01/one/index.html", "blog/category/customer-service/index.html"} <= theirs
    assert theirs <= ours
    post = (blog / "site/blog/2012/03/02/two/index.html").read_text()
    for expected in (
        "The title of two",
        "Jo",
        "4 min read",
        "May 1, 2012",
        "https://example.com/",
        "A note.",
    ):
        assert expected in post
    main = (blog / "site/blog/index.html").read_text()
    assert main.index("The title of one") < main.index("The title of two")
    assert "After." not in main
    assert not list((blog / "site").rglob("*authors.yml"))


def test_old_addresses_may_become_aliases(blog: Path) -> None:
    for day, slug in enumerate(("one", "two"), 1):
        post = blog / f"docs/blog/posts/{slug}.md"
        alias = f"aliases: [/blog/2012/03/0{day}/{slug}/]\n"
        post.write_text(post.read_text().replace("slug:", f"{alias}slug:"))
    ours = build(blog, [{"deskpress": {"posts_dir": "blog/posts"}}])
    assert "2012/03/one.html" in ours
    moved = (blog / "site/blog/2012/03/01/one/index.html").read_text()
    assert 'href="../../../../../2012/03/one.html"' in moved
