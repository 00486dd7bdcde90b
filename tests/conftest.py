"""A small site to try things on, in the words of an editor."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from PIL import Image

from deskpress.app.build import build
from deskpress.app.check import check
from deskpress.build.pipeline import Prepared
from deskpress.build.request import Request, Result
from tests.durations import function_of, listed

# Without the folder all else has to pass.
collect_ignore = [] if find_spec("deskpress.accel") else ["accel"]

# What tests compile stays out of the user's own cache.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="deskpress-cache-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

# How long an example takes says nothing on a machine that has other work.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that `make check` has no time for."""
    medium = listed()
    for item in items:
        if function_of(item.nodeid) in medium:
            item.add_marker(pytest.mark.medium)


REPOSITORY = Path(__file__).resolve().parents[1]
AS_OF = "2012-06-01"

CONFIG: dict[str, Any] = {
    "site_name": "Seller Desk",
    "site_url": "https://desk.example/",
    "site_author": "The Team",
    "docs_dir": "content",
    "theme": {"name": "material"},
    "markdown_extensions": ["footnotes", "attr_list", "tables", "toc"],
}


class Site:
    """A site in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        (self.content / "posts").mkdir(parents=True)
        self.configure()

    @property
    def output(self) -> Path:
        return self.folder / "site"

    def configure(self, *, options: dict[str, Any] | None = None, plugins: Any = None, **keys: Any) -> None:
        """Write `mkdocs.yml`; `options` are Deskpress's own."""
        plugins = [{"deskpress": options or {}}] if plugins is None else plugins
        text = yaml.safe_dump({**CONFIG, **keys, "plugins": plugins}, sort_keys=False, allow_unicode=True)
        (self.folder / "mkdocs.yml").write_text(text, encoding="utf-8")

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file below the content folder."""
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def post(self, name: str, body: str = "Some text.\n", **front_matter: Any) -> Path:
        """Write a post; its date is that of its name unless one is given."""
        values = {"title": name[11:-3].replace("-", " ").capitalize(), "date": name[:10], **front_matter}
        head = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
        # Dates are written as editors write them, without quotes.
        head = head.replace(f"date: '{values['date']}'", f"date: {values['date']}")
        return self.write(f"posts/{name}", f"---\n{head}---\n\n{body}")

    def request(self, **options: Any) -> Request:
        """What is asked of a build here: the site of June 2012 unless told otherwise."""
        return Request(self.folder / "mkdocs.yml", **{"as_of": AS_OF, **options})

    def build(self, **options: Any) -> Result:
        """`deskpress build`."""
        return build(self.request(**options))

    def check(self, **options: Any) -> Prepared:
        """`deskpress check`."""
        return check(self.request(**options))

    def problems(self, **options: Any) -> list[str]:
        """What `check` says, a line each."""
        return [f"{d.span}: {d.problem}" for d in self.check(**options).diagnostics]

    def read(self, path: str) -> str:
        """A built file."""
        return (self.output / path).read_text(encoding="utf-8")

    def tree(self, folder: Path | None = None) -> dict[str, bytes]:
        """Every built file with its bytes."""
        return files_in(folder or self.output)


def files_in(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def drawn(width: int, height: int, kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """A picture with something in it: a slope from top to bottom; of that transparency in `RGBA`."""
    slope = Image.linear_gradient("L").resize((width, height))
    image = slope.convert(mode)
    if mode == "RGBA":
        image.putalpha(slope)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site."""
    return Site(tmp_path / "desk")


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[[str], Site]:
    """Makes further empty sites, by name."""
    return lambda name: Site(tmp_path / name)


@pytest.fixture(scope="session")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site, as it stood on June 1, 2012."""
    # A copy: the dates of commits are not those of June 2012.
    folder = tmp_path_factory.mktemp("first")
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    shutil.copytree(REPOSITORY / "content", folder / "content")
    build(Request(folder / "mkdocs.yml", as_of=AS_OF))
    return folder / "site"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-golden` writes the golden files anew; read what changed before you commit it."""
    parser.addoption("--update-golden", action="store_true", default=False)
