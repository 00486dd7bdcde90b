"""Sites of Material that are taken over by the command, built as stock and as ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

CONFIG = """\
site_name: Parcel desk
site_url: https://desk.example/help/
theme:
  name: material
{more}
hooks:
  - hooks.py
plugins:
  - search
  # Since 2021.
  - blog:
      blog_dir: news
      post_url_format: "{{date}}/{{file}}"
      post_url_date_format: yyyy/MMM
      pagination_per_page: 2
      authors_profiles: true
      post_excerpt_separator: <!-- cut -->
  - social:
      enabled: !ENV [CARDS_OF_NOBODY, false]
"""

# What hooks write stays in the copy.
HOOKS = """\
from pathlib import Path

(Path.cwd() / "loaded.txt").write_text("")


def on_pre_build(config):
    (Path(config.docs_dir) / "built.md").write_text("# Built")
"""


def make_site(folder: Path, more: str = "") -> Path:
    files = {
        "mkdocs.yml": CONFIG.format(more=more),
        "hooks.py": HOOKS,
        "docs/index.md": "# Home\n",
        "docs/guide/a_b.md": "---\ntitle: Parcels: where they are\n---\n\nText.\n",
        "docs/guide/file.txt": "a\n",
        "docs/news/index.md": "# News\n",
        "docs/news/.authors.yml": "authors:\n  jo: {name: Jo Doe, description: Desk, avatar: a.png}\n",
    }
    for number in range(1, 6):
        files[f"docs/news/posts/p-{number}.md"] = (
            f"---\ndate: 2024-0{number}-01\ncategories: [News & views, C++]\nauthors: [jo]\nstatus: new\n"
            f"status: new\n---\n\n# Title / number {number}\n\nText.\n\n<!-- cut -->\n\nMore.\n"
        )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """Run the command in a folder; returns what it printed."""
    command = [sys.executable, "-m", "deskpress", "import", "material", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def report_of(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def test_a_blog_is_taken_over_with_all_its_addresses(tmp_path: Path) -> None:
    site = make_site(tmp_path / "desk")
    before = tree(site)

    shown = run(site, "--dry-run", "--no-build")
    assert tree(site) == before
    assert "+++ b/docs/guide/a_b.md" in shown
    printed = run(site, "--report", "../report.json")

    after, report = tree(site), report_of(tmp_path / "report.json")
    # Nothing is touched but what the diff shows.
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {line[6:] for line in printed.splitlines() if line.startswith("+++ b/")}
    assert changed == {"mkdocs.yml", "docs/guide/a_b.md", *(f"docs/news/posts/p-{n}.md" for n in range(1, 6))}
    assert after.keys() == before.keys()
    # Every address of stock is there.
    stock = tmp_path / "stock"
    shutil.copytree(site, stock)
    (stock / "mkdocs.yml").write_bytes(before["mkdocs.yml"])
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=stock, check=True)
    subprocess.run([sys.executable, "-m", "deskpress", "build", "-q"], cwd=site, check=True)
    ours = tree(site / "site")
    theirs = {path for path in tree(stock / "site") if not path.startswith(("assets/", "search/"))}
    theirs.remove("sitemap.xml.gz")
    assert "news/2024/Jan/p-1/index.html" in theirs
    assert "news/category/c/page/2/index.html" in theirs
    assert theirs - ours.keys() == set()
    # And each is told.
    kept = {line["what"]: line["why"] for line in report["lines"] if line["status"] == "kept"}
    count = len(theirs)
    assert kept["addresses"] == f"{count} of {count} are there"
    places = {line["what"]: line["place"] for line in report["lines"]}
    assert places["post_url_format"] == "mkdocs.yml:13"
    assert places["`title: Parcels: where they are`"] == "docs/guide/a_b.md:2"
    assert [line for line in report["lines"] if not line["place"]] == []

    again = run(site, "--no-build")
    assert tree(site)["mkdocs.yml"] == after["mkdocs.yml"]
    assert "+++ b/" not in again


def test_pages_that_move_lead_to_their_new_addresses(tmp_path: Path) -> None:
    site = make_site(tmp_path / "desk", more="use_directory_urls: false")
    before = tree(site)

    run(site, "--into", "../new", "--report", "../report.json")

    assert {path for path, data in tree(site).items() if data != before.get(path)} == set()
    new = tmp_path / "new"
    assert "aliases" not in (new / "docs/guide/a_b.md").read_text("utf-8")
    subprocess.run([sys.executable, "-m", "deskpress", "build", "-q"], cwd=new, check=True)
    ours = tree(new / "site")
    for path in (
        "guide/a_b.html",
        "news/2024/Jan/p-1.html",
        "news/page/2/index.html",
        "news/category/c.html",
    ):
        assert path in ours
    lost = [line["what"] for line in report_of(tmp_path / "report.json")["lines"] if line["status"] == "lost"]
    assert [what for what in lost if what.startswith("/")] == []


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("site_name: A\ntheme: readthedocs\n", "mkdocs.yml:1: the theme is `readthedocs`"),
        ("site_name: A\nplugins: [\n", "mkdocs.yml"),
        ("site_name: A\ntheme: {name: material}\nhooks: [exits.py]\nplugins: [blog]\n", ""),
        ("site_name: A\ntheme: {name: material}\nhooks: [needs.py]\n", "No module named 'not_installed'"),
    ],
)
def test_what_cannot_be_taken_over_is_told_in_words(tmp_path: Path, config: str, message: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    (tmp_path / "exits.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    (tmp_path / "needs.py").write_text("import not_installed\n", encoding="utf-8")
    command = [sys.executable, "-m", "deskpress", "import", "material"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "should not happen" not in done.stderr
    assert message in done.stderr
    assert done.stderr.strip()


def test_what_stands_in_the_way_of_the_first_build_is_noted(tmp_path: Path) -> None:
    site = make_site(tmp_path / "desk")
    (site / "site").mkdir()
    (site / "site/index.html").write_text("built by others", encoding="utf-8")
    (site / "requirements.txt").write_text("mkdocs-material==9.7\n", encoding="utf-8")
    (site / "requirements-dev.txt").write_text("ruff\n", encoding="utf-8")

    printed = run(site, "--no-build", "--dry-run")

    notes = [line for line in printed.splitlines() if line.startswith("Note: ")]
    assert [note.split()[1] for note in notes] == ["site/", "requirements.txt", "nothing"]
