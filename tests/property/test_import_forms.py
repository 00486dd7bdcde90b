"""Configurations in any form that YAML allows: an import changes the blog and leaves all else alone."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from mkdocs.utils.yaml import get_yaml_loader

from deskpress.importers.changes import Changes
from deskpress.importers.material.configuration import take_over
from deskpress.importers.material.sources import Stock
from deskpress.importers.report import ImportReport

NAMES = ["search", "tags", "meta", "social", "blog", "redirects", "nobodys"]
OPTIONS = {
    "blog": ["blog_toc: true", 'post_url_format: "{{slug}}"', "categories_allowed:\n{i}  - a\n{i}  - b  # c"],
    "social": ["cards_layout_options:\n{i}  color: red", "enabled: !ENV [CARDS, false]"],
    "search": ["lang: en", "separator: '[\\s:#]'"],
    "tags": ["tags_file: >-\n{i}  t.md"],
    "redirects": ["redirect_maps:\n{i}  'a.md': b.md  # moved\n{i}  # other\n{i}  c.md: d.md"],
}
BLOG: dict[str, Any] = {
    "blog_dir": "blog",
    "post_dir": "{blog}/posts",
    "post_url_format": "{date}/{slug}",
    "post_url_date_format": "yyyy/MM/dd",
    "post_url_max_categories": 1,
    "archive": True,
    "archive_url_format": "archive/{date}",
    "archive_url_date_format": "yyyy",
    "categories_url_format": "category/{slug}",
    "authors": True,
    "authors_file": "{blog}/.authors.yml",
    "authors_profiles": False,
    "authors_profiles_url_format": "author/{slug}",
    "pagination": True,
    "pagination_per_page": 10,
    "pagination_url_format": "page/{page}",
    "categories_pagination": None,
    "categories_pagination_per_page": None,
    "authors_profiles_pagination_per_page": None,
    "enabled": True,
    "post_excerpt_separator": "<!-- more -->",
    "draft": False,
    "draft_if_future_date": False,
}


def made(choose: random.Random) -> str:
    """A configuration with plug-ins as list or mapping, in blocks or brackets, with comments."""
    chosen = choose.sample(NAMES, choose.randint(0, len(NAMES)))
    head = "site_name: A\nsite_url: https://a.example/\n# before\nplugins:"
    tail = "extra:\n  a:   1 # one\n"
    if choose.random() < 0.2:
        items = [one if choose.random() < 0.6 else f"{{{one}: {{enabled: true}}}}" for one in chosen]
        return f"{head} [{', '.join(items)}]\n{tail}"
    mapping = choose.random() < 0.3
    base, step = choose.choice([2, 4] if mapping else [0, 2, 4]), choose.choice([2, 4])
    lines = [head]
    for name in chosen:
        lines += choose.choice([[], [""], [" " * base + f"# about {name}"]])
        options = OPTIONS.get(name, [])
        options = choose.sample(options, choose.randint(0, len(options)))
        colon = ":" if options or mapping else ""
        lines.append(" " * base + ("" if mapping else "- ") + name + colon + choose.choice(["", "  # end"]))
        indent = " " * (base + (0 if mapping else 2) + step)
        lines += [indent + option.format(i=indent) for option in options]
    return "\n".join([*lines, *choose.choice([[], [""], ["# after"]]), tail])


def pairs(config: dict[str, Any]) -> list[tuple[str, Any]]:
    plugins = config["plugins"] or []
    if isinstance(plugins, dict):
        return [(name, value or {}) for name, value in plugins.items()]
    listed = [one if isinstance(one, dict) else {one: {}} for one in plugins]
    return [(name, value or {}) for one in listed for name, value in one.items()]


@pytest.mark.parametrize("seed", range(60))
def test_all_but_the_blog_stays(seed: int, tmp_path: Any) -> None:
    text = made(random.Random(seed))
    before = yaml.load(text, get_yaml_loader())
    given = pairs(before)
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    blogs = [
        {"options": BLOG | value, "set": list(value), "errors": []} for name, value in given if name == "blog"
    ]
    data = {"given": given, "missing": [], "blogs": blogs, "site_url": "https://a.example/"}
    changes, report = Changes(tmp_path), ImportReport()

    take_over(changes, "mkdocs.yml", Stock(data), report)

    new = changes.read("mkdocs.yml")
    after = yaml.load(new, get_yaml_loader())
    assert {**before, "plugins": 0} == {**after, "plugins": 0}
    kept = [pair for pair in given if pair[0] not in ("blog", "social")]
    assert [pair for pair in pairs(after) if pair[0] != "deskpress"] == kept
    assert len(pairs(after)) == len(kept) + 1
    comments = [line for line in text.split("\n") if line.lstrip().startswith("#")]
    assert [line for line in comments if line not in new.split("\n")] == []
    longest = text.count("\n") + 1
    assert all(0 < int(line.place.partition(":")[2]) <= longest for line in report.lines)
