"""The manual's page `moving` by its own commands: a blog and a help center become one site, by push."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import feedparser
import pytest

from tests.importers.test_download_zendesk import Center, center
from tests.real.import_report import leads_to

__all__ = ["center"]
STORY = Path(__file__).parents[2] / "docs/content/help/moving/moving.md"
ENTRY = (
    "TITLE: {title}\nAUTHOR: Mo\nSTATUS: {status}\nCONVERT BREAKS: 1\nALLOW COMMENTS: 1\n"
    "UNIQUE URL: https://blog.desk.example/2010/03/{name}.html\nDATE: 03/0{day}/2010 03:04:05 PM\n-----\n"
    "BODY:\n{body}\n-----\n--------\n"
)
FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>{}</feed>"""
FEED_ENTRY = (
    "<entry><title>{0}</title><id>tag:typepad.example,2003:post-{0}</id>"
    '<link rel="alternate" type="text/html" href="https://blog.desk.example/2010/03/{0}.html"/></entry>'
)
NAMES = ("two-jars", "a-lid")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


@pytest.fixture
def old_blog(tmp_path: Path) -> Iterator[str]:
    """The address of the old blog's feeds."""
    folder = tmp_path / "typepad"
    folder.mkdir()
    feed = FEED.format("".join(map(FEED_ENTRY.format, NAMES)))
    (folder / "atom.xml").write_text(feed)
    items = "".join(
        f"<item><title>{name}</title><guid>tag:typepad.example,2003:post-{name}</guid>"
        f"<link>https://blog.desk.example/2010/03/{name}.html</link></item>"
        for name in NAMES
    )
    (folder / "rss.xml").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _commands() -> Iterator[str]:
    """The blocks of commands, but for those that install, that serve, and that ask the new name."""
    for block in re.findall(r"^```sh\n(.*?)^```", STORY.read_text("utf-8"), re.M | re.S):
        lines = (
            line
            for line in block.splitlines()
            if not re.match(r"pip |python3 -m venv|deskpress serve|curl -sI", line)
        )
        if commands := "\n".join(line for line in lines if not line.startswith("export ")):
            yield commands


@pytest.mark.long
def test_the_story_ends_with_one_site(tmp_path: Path, center: Center, old_blog: str) -> None:
    home = tmp_path / "home"
    entries = "".join(
        ENTRY.format(
            title=name.title(), status="Publish", name=name, day=day, body=f"About {name}.\nAnd more."
        )
        for day, name in enumerate(NAMES, 1)
    )
    hidden = ENTRY.format(title="Idea", status="Draft", name="idea", day=5, body="Hiddenword")
    (home / "Downloads").mkdir(parents=True)
    (home / "Downloads/export.txt").write_text(entries + hidden)
    work = tmp_path / "work"
    work.mkdir()
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    (tmp_path / "gitconfig").write_text("[user]\nname = Desk\nemail = desk@desk.example\n")
    places = {
        "https://blog.desk.example": old_blog,
        "https://desk.zendesk.com": center.origin,
        "ssh://you@server/srv/desk": str(tmp_path / "srv"),
        "/srv/desk": str(tmp_path / "srv"),
    }
    folder = work
    for commands in _commands():
        for said, here in places.items():
            commands = commands.replace(said, here)  # noqa: PLW2901
        done = subprocess.run(
            ["bash", "-e", "-c", commands],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (commands, done.stdout, done.stderr)
        if commands.startswith("cd desk"):
            folder = work / "desk"
        if "new site" in commands:
            _set_up(work / "desk")

    live = tmp_path / "srv/current"
    known = {
        entry.id for entry in feedparser.parse(FEED.format("".join(map(FEED_ENTRY.format, NAMES)))).entries
    }
    for name in ("atom.xml", "feed.xml"):
        assert {entry.id for entry in feedparser.parse((live / name).read_text("utf-8")).entries} == known
    for address in (
        *(f"/2010/03/{name}.html" for name in NAMES),
        "/hc/en-us/articles/1-Kettle",
        "/hc/de/articles/1",
    ):
        assert leads_to(live, address), address
    led = (live / "_redirects").read_text()
    assert "/rss.xml /feed.xml" in led
    assert "/index.rdf /feed.xml" in led
    built = b"".join(path.read_bytes() for path in live.rglob("*") if path.is_file())
    assert b"Hiddenword" not in built
    assert b"descale kettle 4" not in built


def _set_up(desk: Path) -> None:
    """What the story says of `mkdocs.yml` and of examples."""
    file = desk / "mkdocs.yml"
    text = re.sub(
        r"^site_url: .*", "site_url: https://www.desk.example/", file.read_text("utf-8"), flags=re.M
    )
    file.write_text(
        text.replace("      timezone: UTC\n", "      timezone: America/New_York\n      languages: [de]\n")
    )
    for example in [*desk.glob("content/posts/*-hello.md"), desk / "content/help/getting-help.md"]:
        example.unlink()
