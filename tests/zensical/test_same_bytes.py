"""A site has the same bytes whichever of two files configures it; for one of them MkDocs is not imported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deskpress.app.build import build
from deskpress.build.request import Request
from deskpress.importers.conversion.to_toml import to_toml
from deskpress.importers.conversion.to_yaml import to_yaml
from tests.conftest import AS_OF, REPOSITORY, files_in
from tests.zensical.conftest import ZensicalSite

BLOCKED = '''
import sys
from importlib.machinery import PathFinder

class Blocked:
    """Nobody may import MkDocs; where its files are may be asked."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in ("mkdocs", "properdocs"):
            return None
        found = PathFinder.find_spec(name, path)
        found.loader = self
        return found

    def create_module(self, spec):
        raise ImportError(f"{spec.name} is imported")

    def exec_module(self, module):
        pass

sys.meta_path.insert(0, Blocked())
'''


def without_mkdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`deskpress` in a process, and in its workers, where nobody can import MkDocs."""
    (folder / "sitecustomize.py").write_text(BLOCKED)
    command = [sys.executable, "-m", "deskpress", *arguments]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_first_site_in_both_forms(tmp_path: Path, first_site: Path) -> None:
    shutil.copytree(REPOSITORY / "content", tmp_path / "content")
    text = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "zensical.toml").write_text(to_toml("mkdocs.yml", text).text, "utf-8")

    done = without_mkdocs(tmp_path, "build", "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr
    assert files_in(tmp_path / "site") == files_in(first_site)

    done = without_mkdocs(tmp_path, "check", "--as-of", AS_OF)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


@pytest.mark.slow
def test_a_blog_of_zensical_in_both_forms(project: ZensicalSite) -> None:
    project.configure(
        '# Our desk\nnav = [{"Home" = "index.md"}, {"News" = "blog/index.md"}]\n'
        "[project.plugins.blog]\npost_url_format = '{slug}'\npagination_per_page = 1\n"
        "[project.plugins.tags]\n[project.plugins.meta]\n"
        "[project.theme]\nfeatures = ['navigation.sections']\nicon.logo = 'lucide/book-open'\n"
    )
    project.write("blog/index.md", "# News\n")
    project.write("blog/posts/.meta.yml", "tags: [Fees]\n")
    for number in (1, 2, 3):
        head = f"---\ndate: 2012-03-0{number}\n---\n# Post {number}\n\n"
        project.write(f"blog/posts/{number}.md", head + "- one\n\n    ```\n    code\n    ```\n\n:smile:\n")
    project.build()
    file = project.folder / "mkdocs.yml"
    file.write_text(to_yaml(project.file).text, "utf-8")
    other = project.folder / "other"
    build(Request(file, other, as_of=AS_OF))
    ours = files_in(project.folder / "site")
    assert "blog/page/3/index.html" in ours
    assert files_in(other) == ours
