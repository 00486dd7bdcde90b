"""Real web servers that show a folder: nginx and Caddy with the examples of the manual's page `server`."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import REPOSITORY

ROOT = "/srv/desk/current"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass
class Answer:
    """What a server says; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def target(self) -> str:
        """The path and the query of `Location`; the host, too, if it is not this one."""
        parts = urlsplit(self.headers.get("location", ""))
        where = "" if parts.hostname in (None, "127.0.0.1") else f"//{parts.netloc}"
        return where + parts._replace(scheme="", netloc="").geturl()


class Client:
    """Asks over one connection, as long as the server keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a path that is percent-encoded already."""
        self._connection.request("GET", path, headers=headers)
        said = self._connection.getresponse()
        return Answer(said.status, {k.lower(): v for k, v in said.getheaders()}, said.read())


def example(language: str, site: Path) -> str:
    """The example in the manual's page `server` for `nginx` or `caddy`, for the site in a folder."""
    text = (REPOSITORY / "docs/content/help/publishing/server.md").read_text()
    found = re.findall(rf"```{language}\n(.*?)```", text, re.S)
    assert len(found) == 1
    assert ROOT in found[0]
    return str(found[0]).replace(ROOT, str(site))


def write_nginx(folder: Path, site: Path, port: int) -> list[str]:
    """Write a configuration around the example; the command that runs it."""
    block = example("nginx", site).replace("server {", f"server {{\n  listen 127.0.0.1:{port};")
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Debian's own `nginx.conf` does this around each file of `sites-enabled`.
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr warn;\n"
        f"events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n"
        f"keepalive_requests 1000000;\n{paths}{block}}}\n"
    )
    return [_found("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def write_caddy(folder: Path, site: Path, port: int) -> list[str]:
    """Write a configuration around the example; the command that runs it."""
    block = example("caddy", site).replace("help.example {", f"http://127.0.0.1:{port} {{\n  bind 127.0.0.1")
    (folder / "Caddyfile").write_text("{\n  admin off\n}\n" + block)
    return [_found("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def test_of(command: list[str]) -> list[str]:
    """The command that loads a configuration without running it."""
    if command[0].endswith("nginx"):
        return [*command, "-t"]
    return [command[0], "validate", *command[2:]]


@contextmanager
def running(kind: str, folder: Path, site: Path) -> Iterator[Client]:
    """A server of a kind, `nginx` or `caddy`, that shows a site; its configuration was tested before."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = {"nginx": write_nginx, "caddy": write_caddy}[kind](folder, site, port)
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PATH": PATH,
    }
    done = subprocess.run(test_of(command), capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "[warn]" not in done.stderr, done.stderr
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        _wait(port, process, folder / "log")
        yield Client(port)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server listens; the kernel answers at once, so no time is lost."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=60).close()
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError(log.read_text())


def _found(name: str) -> str:
    path = shutil.which(name, path=PATH)
    assert path, f"the tests need {name}: sh tests/needs.sh"
    return path
