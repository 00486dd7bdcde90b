"""A real sshd on loopback."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_key(path: Path) -> Path:
    """Make a key; the path of its public half."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    return path.with_suffix(".pub")


@contextmanager
def sshd(folder: Path, *settings: str) -> Iterator[int]:
    """The port of an sshd, which lets in whose keys are in `authorized_keys` of the folder."""
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/sbin:/usr/bin:/bin")
    assert program, "no sshd: `make test` installs one where it may"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    make_key(folder / "host")
    Path("/run/sshd").mkdir(exist_ok=True)
    lines = (
        "ListenAddress 127.0.0.1",
        f"Port {port}",
        f"HostKey {folder}/host",
        f"AuthorizedKeysFile {folder}/authorized_keys",
        "StrictModes no",
        "UsePAM no",
        "PidFile none",
        "PermitRootLogin yes",
        "PasswordAuthentication no",
        *settings,
    )
    config = folder / "sshd_config"
    config.write_text("\n".join(lines) + "\n")
    with subprocess.Popen([program, "-D", "-e", "-f", config], stderr=subprocess.PIPE) as process:
        _wait(port, process)
        yield port
        process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError("sshd does not answer")
