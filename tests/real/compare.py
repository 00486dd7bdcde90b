"""Takes real Material sites over, and compares them with what stock MkDocs builds: addresses, processor time.

`make real SITES=DIR`, where DIR holds a git checkout with `mkdocs.yml` for each site. Nothing in there is
changed: each is copied into a temporary folder, where `deskpress import material` takes it over. What was
lost, and what the builds said, lies in `--out`. Times are processor seconds of a command and of all it has
started, with one job.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from msgspec import Struct
from ruamel.yaml import YAML

NEEDS_NETWORK = frozenset({"social", "privacy", "git-committers", "offline", "projects"})
"""Plug-ins that ask other hosts, or make another site: both builds go without them."""

NO_ADDRESS = re.compile(r"assets/(?:javascripts|stylesheets)/|search/|sitemap\.xml|\.nojekyll|\.DS_Store")
"""What the theme and the search bring along: nobody links to it."""

TIMEOUT = 1800
"""Seconds of one command."""

SENTENCE = "\n\nOne sentence more.\n"


class Compared(Struct):
    """What came of one site; `seconds` of `stock`, `cold`, `edit` and `same`, a build with nothing to do."""

    name: str
    revision: str
    stock: str = ""
    ours: str = ""
    pages: int = 0
    there: tuple[int, int] = (0, 0)
    lost: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
    without: tuple[str, ...] = ()
    full: str = ""
    edited: str = ""


def main() -> None:
    """Compare the sites, and print a table of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sites", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "deskpress-real")
    parser.add_argument("--without", default="", help="plug-ins to leave out, with commas between them")
    parser.add_argument("--keep", type=Path, help="a folder in which the sites that were taken over stay")
    given = parser.parse_args()
    left_out = NEEDS_NETWORK | set(given.without.split(","))
    given.out.mkdir(parents=True, exist_ok=True)
    found = []
    for folder in sorted(path for path in given.sites.iterdir() if path.is_dir()):
        config = next(_configs(folder), None)
        if config and (not given.names or folder.name in given.names):
            found.append(compare(folder, config, given.out / folder.name, left_out, given.keep))
            print(row(found[-1]), flush=True)
    print(table(found))
    sys.exit(any(one.ours or one.lost for one in found))


def compare(
    folder: Path, config: Path, out: Path, left_out: set[str] | frozenset[str], keep: Path | None = None
) -> Compared:
    """Build a site both ways; `config` is its file in `folder`, `left_out` are plug-ins to go without."""
    revision = _run(["git", "rev-parse", "--short", "HEAD"], folder)[1].strip()
    result = Compared(folder.name, revision)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        clone = (keep or Path(temporary)) / folder.name
        shutil.rmtree(clone, ignore_errors=True)
        shutil.copytree(folder, clone, symlinks=True, ignore=shutil.ignore_patterns(".cache", "node_modules"))
        # Where configurations inherit, the one that names the plug-ins is another.
        for path in [clone / config, *(clone / config).parent.glob("mkdocs*.y*ml")]:
            result.without += tuple(one for one in _stripped(path, left_out) if one not in result.without)
        stock, ours = Path(temporary, "stock"), Path(temporary, "ours")
        mkdocs = ["mkdocs", "build", "-q", "--no-strict", "-f", config.name, "--site-dir", str(stock)]
        deskpress = ["deskpress", "build", "-j", "1", "-f", config.name, "--site-dir", str(ours)]
        home = (clone / config).parent
        result.seconds["stock"], result.stock = _timed(mkdocs, home, out / "stock.log")
        taking = ["deskpress", "import", "material", "-f", config.name]
        _, result.ours = _timed(taking, home, out / "import.log")
        result.seconds["cold"], result.ours = _timed(deskpress, home, out / "cold.log")
        result.full = _full(out / "cold.log")
        if not result.ours:
            result.edited = _edit(home, ours)
            result.seconds["edit"], result.ours = _timed(deskpress, home, out / "edit.log")
            result.full = result.full or _full(out / "edit.log")
            result.seconds["same"], _ = _timed(deskpress, home, out / "same.log")
        before, after = _addresses(stock), _addresses(ours)
        moved = _redirected(ours)
        result.pages = sum(1 for path in before if path.endswith(".html"))
        result.lost = tuple(sorted(before - after - moved)) if after else ()
        result.there = (len(before) - len(result.lost), len(before))
    (out / "lost.txt").write_text("".join(f"{path}\n" for path in result.lost), encoding="utf-8")
    return result


def _configs(folder: Path) -> Iterator[Path]:
    for name in ("mkdocs.yml", "mkdocs.yaml", "docs/mkdocs.yml", "docs/mkdocs.yaml"):
        if (folder / name).is_file():
            yield Path(name)


def _stripped(path: Path, left_out: set[str] | frozenset[str]) -> list[str]:
    """Take plug-ins out of a configuration that are to be left out, or are not installed; their names."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 10_000
    try:
        read = yaml.load(path.read_text("utf-8"))
        plugins = read["plugins"]
    except (KeyError, TypeError, OSError):
        return []
    names = [next(iter(one)) if isinstance(one, dict) else str(one) for one in plugins]
    gone = [name for name in names if not _is_there(name, left_out)]
    if gone:
        for name in gone:
            del plugins[name if isinstance(plugins, dict) else names.index(name)]
            names.remove(name)
        with path.open("w", encoding="utf-8") as file:
            yaml.dump(read, file)
    return gone


def _is_there(name: str, left_out: set[str] | frozenset[str]) -> bool:
    known = {entry.name for entry in entry_points(group="mkdocs.plugins")}
    return name not in left_out and (name in known or f"material/{name}" in known)


def _edit(home: Path, site: Path) -> str:
    """Write one sentence more into the document in the middle of all that have a page; its path."""
    found = [path for path in sorted(home.rglob("*.md")) if "/." not in f"/{path.relative_to(home)}"]
    pages = {path.parent.name if path.name == "index.html" else path.stem for path in site.rglob("*.html")}
    inside = [one for one in found if one.stem in pages and one.stat().st_size > 500]
    chosen = (inside or found)[len(inside or found) // 2]
    with chosen.open("a", encoding="utf-8") as file:
        file.write(SENTENCE)
    return chosen.relative_to(home).as_posix()


def _timed(command: list[str], folder: Path, log: Path) -> tuple[float, str]:
    """Run a command: its processor seconds, and the first mistake it tells, if it has failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    executable = Path(sys.executable).with_name(command[0])
    code, said = _run([str(executable), *command[1:]], folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    log.write_text(said, encoding="utf-8")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if code == 0:
        return seconds, ""
    wrong = [line for line in said.splitlines() if re.search(r"ERROR|Error|^\S+:\d+:\d+: (?!warning)", line)]
    return seconds, (wrong or said.splitlines() or [f"status {code}"])[0][:120]


def _full(log: Path) -> str:
    found = re.search(r"Full build through MkDocs, because (.*)\.$", log.read_text("utf-8"), re.M)
    return found[1] if found else ""


def _run(command: list[str], folder: Path) -> tuple[int, str]:
    # Without byte code on the disk each command would compile what it imports.
    env = {key: value for key, value in os.environ.items() if key not in ("CI", "PYTHONDONTWRITEBYTECODE")}
    env["NO_COLOR"] = "1"
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


def _redirected(site: Path) -> set[str]:
    """Files that are no more, but whose addresses lead on, as the lists for web servers say."""
    lists = [path for path in site.glob("_redirects") if path.is_file()]
    found = {found for path in lists for found in re.findall(r"^/(\S+)\s", path.read_text("utf-8"), re.M)}
    return found | {f"{one.rstrip('/')}/index.html" for one in found}


def row(one: Compared) -> str:
    """A line of the table."""
    stock = one.seconds.get("stock", 0.0)

    def share(name: str) -> str:
        value = one.seconds.get(name)
        return "" if value is None else f"{value:.1f}" + (f" ({value / stock:.2f})" if stock else "")

    return (
        f"| {one.name} ({one.revision}) | {one.stock or 'yes'} | {one.ours or 'yes'} | {one.pages} "
        f"| {one.there[0]} of {one.there[1]} | {f'no: {one.full}' if one.full else 'yes'} | {stock:.1f} "
        f"| {share('cold')} | {share('edit')} | {share('same')} | {', '.join(one.without)} |"
    )


def table(found: list[Compared]) -> str:
    """All sites, as Markdown; in brackets what part of stock a time is."""
    heads = "site, stock builds, Deskpress builds, pages, addresses there, fast way, stock, cold, edit, same"
    names = [*heads.split(", "), "without"]
    return "\n".join((f"| {' | '.join(names)} |", "|---" * len(names) + "|", *map(row, found)))


if __name__ == "__main__":
    main()
