"""Builds real sites with MkDocs, as they are, and with Deskpress, and compares their addresses.

`make real SITES=DIR`, where DIR holds a git checkout with `mkdocs.yml` for each site. Nothing in there is
changed: each is copied into a temporary folder. What was lost, and what the builds said, lies in `--out`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import yaml
from msgspec import Struct

NEEDS_NETWORK = frozenset({"social", "privacy", "git-committers", "git-authors", "offline", "projects"})
"""Plug-ins that ask other hosts, or make another site: both builds go without them."""

OURS = frozenset({"blog", "search"})
"""Plug-ins whose work Deskpress does itself."""

NO_ADDRESS = re.compile(r"assets/(?:javascripts|stylesheets)/|search/|sitemap\.xml|\.nojekyll|\.DS_Store")
"""What the theme and the search bring along: nobody links to it."""

TIMEOUT = 900
"""Seconds of one build."""


class Compared(Struct):
    """What came of one site."""

    name: str
    revision: str
    stock: str = ""
    ours: str = ""
    pages: int = 0
    lost: tuple[str, ...] = ()
    seconds: tuple[float, float] = (0.0, 0.0)
    without: tuple[str, ...] = ()
    full: str = ""


def main() -> None:
    """Compare the sites, and print a table of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "deskpress-real")
    parser.add_argument("--without", default="", help="plug-ins to leave out, with commas between them")
    given = parser.parse_args()
    left_out = NEEDS_NETWORK | set(given.without.split(","))
    given.out.mkdir(parents=True, exist_ok=True)
    found = []
    for folder in sorted(path for path in given.sites.iterdir() if path.is_dir()):
        config = next(_configs(folder), None)
        if config and (not given.names or folder.name in given.names):
            found.append(compare(folder, config, given.out / folder.name, left_out))
            print(row(found[-1]), flush=True)
    print(table(found))
    sys.exit(any(one.ours or one.lost for one in found))


def compare(folder: Path, config: Path, out: Path, left_out: set[str] | frozenset[str]) -> Compared:
    """Build a site both ways; `config` is its file in `folder`, `left_out` are plug-ins to go without."""
    revision = _run(["git", "rev-parse", "--short", "HEAD"], folder)[1].strip()
    result = Compared(folder.name, revision)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        clone = Path(temporary, "site")
        shutil.copytree(folder, clone, symlinks=True)
        home = (clone / config).parent
        node = yaml.compose((clone / config).read_text("utf-8"), Loader=yaml.SafeLoader)
        plugins = list(_plugins(node))
        result.without = tuple(name for name, _ in plugins if not _is_there(name, left_out))
        kept = [(name, options) for name, options in plugins if _is_there(name, left_out)]
        for label, listed in (("stock", kept), ("ours", taken_over(kept))):
            text = f"INHERIT: {config.name}\n" + _written(listed)
            (home / f"real-{label}.yml").write_text(text, encoding="utf-8")
        before, result.stock = _build("mkdocs", home / "real-stock.yml", Path(temporary, "stock"), out)
        after, result.ours = _build("deskpress", home / "real-ours.yml", Path(temporary, "ours"), out)
        result.seconds = before, after
        result.full = ("Full build" in (out / "deskpress.log").read_text("utf-8") and "no") or "yes"
        stock, ours = _addresses(Path(temporary, "stock")), _addresses(Path(temporary, "ours"))
    result.pages = sum(1 for path in stock if path.endswith(".html"))
    result.lost = tuple(sorted(stock - ours)) if ours else ()
    (out / "lost.txt").write_text("".join(f"{path}\n" for path in result.lost), encoding="utf-8")
    return result


def taken_over(plugins: list[tuple[str, yaml.Node]]) -> list[tuple[str, yaml.Node]]:
    """The plug-ins with Deskpress in the place of the blog, as docs/from-material-blog.md tells."""
    blog = {}
    for name, options in plugins:
        if name == "blog" and isinstance(options, yaml.MappingNode):
            blog = {key.value: value for key, value in options.value}
    functions = [key for key in blog if "slugify" in key]

    def told(key: str, usual: str) -> str:
        return str(blog[key].value) if key in blog else usual

    root = told("blog_dir", "blog").strip("/.")
    base = f"{root}/" if root else ""
    date = f"{{date:{told('post_url_date_format', 'yyyy/MM/dd')}}}"
    year = told("archive_url_date_format", "yyyy").replace("yyyy", "{year}").replace("MM", "{month}")
    patterns = {
        "blog": base,
        "post": base + told("post_url_format", "{date}/{slug}").replace("{date}", date) + "/",
        "year" if "{month}" not in year else "month": base
        + told("archive_url_format", "archive/{date}").replace("{date}", year)
        + "/",
        "archive": f"{base}archive/",
        "category": base + told("categories_url_format", "category/{slug}") + "/",
        "author": base + told("authors_profiles_url_format", "author/{slug}") + "/",
    }
    ours = {
        "posts_dir": told("post_dir", "{blog}/posts").replace("{blog}", root or ".").removeprefix("./"),
        "addresses": patterns,
        "posts_per_page": int(told("pagination_per_page", "10")),
        "entries_per_page": int(told("pagination_per_page", "10")),
    }
    if "authors_file" in blog:
        ours["authors_file"] = told("authors_file", "").replace("{blog}", root or ".").removeprefix("./")
    node = yaml.compose(yaml.safe_dump(ours), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    node.value += [(yaml.ScalarNode("tag:yaml.org,2002:str", key), blog[key]) for key in functions]
    return [*((name, options) for name, options in plugins if name not in OURS), ("deskpress", node)]


def _configs(folder: Path) -> Iterator[Path]:
    for name in ("mkdocs.yml", "mkdocs.yaml", "docs/mkdocs.yml", "docs/mkdocs.yaml"):
        if (folder / name).is_file():
            yield Path(name)


def _plugins(config: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The plug-ins of a configuration with their options, whether they are a list or a mapping."""
    for key, value in config.value if isinstance(config, yaml.MappingNode) else ():
        if key.value != "plugins":
            continue
        none = yaml.ScalarNode("tag:yaml.org,2002:null", "")
        for item in value.value:
            pair = item if isinstance(value, yaml.MappingNode) else None
            if pair is None:
                pair = item.value[0] if isinstance(item, yaml.MappingNode) else (item, none)
            yield pair[0].value, pair[1]


def _is_there(name: str, left_out: set[str] | frozenset[str]) -> bool:
    known = {entry.name for entry in entry_points(group="mkdocs.plugins")}
    return name not in left_out and (name in known or f"material/{name}" in known)


def _written(plugins: list[tuple[str, yaml.Node]]) -> str:
    def text(value: str) -> yaml.ScalarNode:
        return yaml.ScalarNode("tag:yaml.org,2002:str", value)

    items = [yaml.MappingNode("tag:yaml.org,2002:map", [(text(name), options)]) for name, options in plugins]
    listed = yaml.SequenceNode("tag:yaml.org,2002:seq", items)
    return yaml.serialize(yaml.MappingNode("tag:yaml.org,2002:map", [(text("plugins"), listed)]))


def _build(program: str, config: Path, site: Path, out: Path) -> tuple[float, str]:
    """Build a site; how long it took, and the first mistake, if it did not."""
    executable = str(Path(sys.executable).with_name(program))
    began = time.monotonic()
    code, said = _run([executable, "build", "-f", str(config), "--site-dir", str(site)], config.parent)
    (out / f"{program}.log").write_text(said, encoding="utf-8")
    seconds = time.monotonic() - began
    if code == 0:
        return seconds, ""
    wrong = [line for line in said.splitlines() if re.search(r"ERROR|Error|^\S+:\d+:\d+: (?!warning)", line)]
    return seconds, (wrong or said.splitlines() or [f"status {code}"])[0][:120]


def _run(command: list[str], folder: Path) -> tuple[int, str]:
    env = {key: value for key, value in os.environ.items() if key != "CI"} | {"NO_COLOR": "1"}
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return 1, f"Error: it took more than {TIMEOUT} seconds"
    return done.returncode, done.stdout + done.stderr


def _addresses(site: Path) -> set[str]:
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return {path for path in found if not NO_ADDRESS.match(path)}


def row(one: Compared) -> str:
    """A line of the table."""
    times = f"{one.seconds[1]:.0f} s of {one.seconds[0]:.0f} s"
    cells = (
        one.name,
        one.revision,
        one.stock or "yes",
        one.ours or "yes",
        str(one.pages),
        str(len(one.lost)),
    )
    return "| " + " | ".join((*cells, one.full, times, ", ".join(one.without))) + " |"


def table(found: list[Compared]) -> str:
    """All sites, as Markdown."""
    heads = "site, revision, stock builds, Deskpress builds, pages, lost, fast way, cold of stock, without"
    head = f"| {' | '.join(heads.split(', '))} |"
    return "\n".join((head, "|---" * 9 + "|", *map(row, found)))


if __name__ == "__main__":
    main()
