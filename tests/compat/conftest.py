"""Sites with other people's plug-ins, built by MkDocs alone and by Deskpress in each of its ways."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from tests.conftest import AS_OF, CONFIG, Site

Stock = Callable[..., dict[str, str]]


@pytest.fixture
def stock(tmp_path: Path) -> Stock:
    """Builds the content of a site with MkDocs, Material and one plug-in; the pages and files by path."""

    def build(site: Site, plugins: list[Any], **keys: Any) -> dict[str, str]:
        folder = tmp_path / "stock"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("site", ".cache"))
        text = yaml.safe_dump({**CONFIG, **keys, "plugins": plugins}, sort_keys=False)
        (folder / "mkdocs.yml").write_text(text)
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "site"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        paths = [path for path in (folder / "site").rglob("*") if path.is_file()]
        return {
            path.relative_to(folder / "site").as_posix(): path.read_bytes().decode("utf-8", "replace")
            for path in paths
        }

    return build


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, entry: str, files: dict[str, str]) -> Path:
    """Install a plug-in of these `files`, whose `entry` is `name = module:Class`; where it lies."""
    installed = folder / "installed"
    about = installed / "own_plugin-1.0.dist-info"
    for path, text in {
        **{installed / path: text for path, text in files.items()},
        **{(installed / path).parent / "__init__.py": "" for path in files},
        about / "METADATA": "Metadata-Version: 2.1\nName: own-plugin\nVersion: 1.0\n",
        about / "entry_points.txt": f"[mkdocs.plugins]\n{entry}\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(str(installed))
    monkeypatch.setenv("PYTHONPATH", str(installed))
    # MkDocs looks once in a process which are installed.
    name = entry.partition(" ")[0]
    (found,) = importlib.metadata.entry_points(group="mkdocs.plugins", name=name)
    known: Any = MkDocsConfig.plugins
    monkeypatch.setitem(known.installed_plugins, name, found)
    return installed


def ways(site: Site) -> dict[str, bytes]:
    """The site as it is built now, by each way: all give the same bytes."""
    assert not site.build().full
    incremental = site.tree()
    site.build(clean=True)
    assert site.tree() == incremental
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "by-mkdocs"]
    environment = {"SOURCE_DATE_EPOCH": "1338508800"}
    assert AS_OF == "2012-06-01"
    done = subprocess.run(
        command, cwd=site.folder, capture_output=True, text=True, check=False, env=_with(environment)
    )
    assert done.returncode == 0, done.stderr
    assert site.tree(site.folder / "by-mkdocs") == incremental
    return incremental


def _with(environment: dict[str, str]) -> dict[str, str]:
    import os

    return {**os.environ, **environment}
