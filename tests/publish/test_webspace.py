"""Publishing to plain web space: rsync over ssh, to a real sshd on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deskpress.cli.main import main
from deskpress.publish.builder import RemoteError
from deskpress.publish.webspace import WebSpace
from tests.conftest import Site
from tests.publish.ssh import make_key, sshd


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("ssh://jo@desk.example/var/www/", ("jo@desk.example", None, "/var/www")),
        ("ssh://desk.example:2222/a%20b", ("desk.example", 2222, "/a b")),
        ("ssh://desk.example/~/www", ("desk.example", None, "www")),
    ],
)
def test_a_url_names_a_folder(url: str, wanted: tuple[str, int | None, str]) -> None:
    space = WebSpace.at(url)
    assert (space.host, space._port, space.path) == wanted


@pytest.mark.parametrize(
    "url",
    ["ssh://desk.example", "ssh://desk.example/", "ssh://-oProxyCommand=x/a", "ssh:///a", "ssh://a:b/c"],
)
def test_what_names_no_folder_is_refused(url: str) -> None:
    with pytest.raises(RemoteError):
        WebSpace.at(url)


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A real sshd, which lets one key in."""
    shutil.copy(make_key(tmp_path / "key"), tmp_path / "authorized_keys")
    known = f"-o StrictHostKeyChecking=no -o UserKnownHostsFile={tmp_path}/known"
    shell = f"ssh -F none -i {tmp_path}/key -o BatchMode=yes -o LogLevel=ERROR {known}"
    monkeypatch.setenv("RSYNC_RSH", shell)
    with sshd(tmp_path) as port:
        yield port


def publish(site: Site, target: str, *options: str) -> Result:
    arguments = ["publish", "-f", str(site.folder / "mkdocs.yml"), "--to", target, "--as-of", "2012-06-01"]
    return CliRunner().invoke(main, [*arguments, *options])


@pytest.mark.long
@pytest.mark.slow
def test_only_what_changed_goes_and_what_is_not_ours_stays(site: Site, port: int, tmp_path: Path) -> None:
    root = tmp_path / "web space"
    root.mkdir()
    (root / "CNAME").write_text("desk.example\n")
    (root / ".well-known").mkdir()
    (root / ".well-known/security.txt").write_text("Contact: mailto:desk@desk.example\n")
    site.post("2012-03-01-a.md")
    site.post("2012-03-02-b.md")
    site.write("odd [1].txt", "odd")
    target = f"ssh://127.0.0.1:{port}{tmp_path}/web%20space"
    first = publish(site, target)
    assert first.exit_code == 0, first.output
    for path, data in site.tree().items():
        if path != ".deskpress":
            assert (root / path).read_bytes() == data, path
    assert (root / "CNAME").read_text() == "desk.example\n"
    assert publish(site, target).stdout.splitlines()[-1] == "Nothing has changed."

    stamps = {path: path.stat().st_mtime_ns for path in root.rglob("*.html")}
    site.post("2012-03-02-b.md", "Another text.")
    (site.content / "odd [1].txt").unlink()
    dry = publish(site, target, "--dry-run")
    assert "remove odd [1].txt" in dry.stdout.splitlines()
    assert (root / "odd [1].txt").exists()
    second = publish(site, target)
    assert second.exit_code == 0, second.output
    assert not (root / "odd [1].txt").exists()
    assert "Another text." in (root / "2012/03/b.html").read_text()
    alike = root / "2012/03/a.html"
    assert alike.stat().st_mtime_ns == stamps[alike] or "put 2012/03/a.html" in second.stdout
    assert (root / ".well-known/security.txt").exists()

    (site.content / "posts/2012-03-01-a.md").unlink()
    lost = publish(site, target)
    assert lost.exit_code == 1
    assert "/2012/03/a.html" in lost.output


@pytest.mark.slow
def test_a_host_that_does_not_let_us_in_is_told(site: Site, port: int, tmp_path: Path) -> None:
    (tmp_path / "authorized_keys").write_text("")
    site.post("2012-03-01-a.md")
    refused = publish(site, f"ssh://127.0.0.1:{port}{tmp_path}/www")
    assert refused.exit_code == 1
    assert "rsync has failed" in refused.output
    assert "Permission denied" in refused.output


def test_a_name_at_the_other_machine_is_no_rule_of_what_to_remove(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"  # stands for ssh: the other machine is this one
    here.write_text('#!/bin/sh\nwhile [ "$1" != desk.example ]; do shift; done\nshift\nexec "$@"\n')
    here.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(here))
    root = tmp_path / "www"
    root.mkdir()
    odd = ["a\n+ ", "b\u2028c", "d\x85e", "f|g", "[h]*?"]
    for name in [*odd, "a", "kept", "a\n. x"]:
        (root / name).write_text(name)
    space = WebSpace("desk.example", None, str(root))
    (root / "a\n+ ").unlink()
    (root / "a\n+ ").mkdir()
    (root / "a\n+ /kept").write_text("as if it were a rule")
    named = {path for path in space.files() if path not in ("kept", "a")}
    assert named == {*odd[1:], "a\n+ /kept", "a\n. x"}
    space.remove(sorted(named))
    assert sorted(path.name for path in root.iterdir()) == ["a", "kept"]
