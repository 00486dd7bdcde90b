"""Who may push what: over ssh, with keys that name their owners."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskpress.publish.kinds import not_allowed
from deskpress.publish.remote import Remote
from deskpress.publish.roles import RoleError, add_key, check_maintainers, served_command
from tests.publish.conftest import Editor, deskpress, live
from tests.publish.ssh import make_key, sshd


@pytest.mark.slow
class TestOverSsh:
    @pytest.fixture
    def port(self, server: Remote, tmp_path: Path) -> Iterator[int]:
        """A real sshd on loopback, whose only keys are those that `add-key` wrote."""
        with sshd(tmp_path, "AcceptEnv *") as port:
            yield port

    def connect(self, editor: Editor, server: Remote, name: str, port: int, tmp_path: Path) -> None:
        """Let an editor push with a key of that name."""
        key = make_key(tmp_path / name)
        keys = tmp_path / "authorized_keys"
        deskpress("remote", "add-key", name, key, "--authorized-keys", keys, "-C", server.root)
        editor.environment["GIT_SSH_COMMAND"] = (
            f"ssh -F none -i {tmp_path / name} -o IdentitiesOnly=yes -o IdentityAgent=none"
            " -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no -o LogLevel=ERROR"
            " -o SendEnv=DESKPRESS_PUSHER"
        )
        editor.environment["DESKPRESS_PUSHER"] = "mia"
        editor.url = f"ssh://127.0.0.1:{port}{server.root}/repo.git"

    def test_editors_publish_content_and_maintainers_all(
        self, editor: Editor, server: Remote, port: int, tmp_path: Path
    ) -> None:
        (server.root / "maintainers").write_text("mia\n")
        self.connect(editor, server, "eve", port, tmp_path)
        editor.post("2012-04-02-april.md", "April.")
        pushed = editor.push()
        assert pushed.ok, pushed.said
        assert "2012/04/april.html" in live(server)
        editor.configure(site_name="Mine")
        pushed = editor.push()
        assert not pushed.ok
        assert "eve may change what lies in content/" in pushed.said
        assert "  mkdocs.yml" in pushed.said
        # Nor by rewriting what was published, nor with code among the content.
        editor.git("reset", "-q", "--hard", "HEAD~2")
        assert "Only maintainers may rewrite" in editor.push("--force").said
        editor.git("pull", "-q", "--rebase", editor.url, "main")
        editor.write("hooks.py", "print('run')\n")
        assert "  content/hooks.py" in editor.push().said
        (editor.content / "hooks.py").unlink()
        self.connect(editor, server, "mia", port, tmp_path)
        editor.configure(site_name="Ours")
        assert editor.push().ok
        assert b"Ours" in live(server)["index.html"]

    def test_a_key_opens_no_shell_and_no_other_repository(
        self, editor: Editor, server: Remote, port: int, tmp_path: Path
    ) -> None:
        self.connect(editor, server, "eve", port, tmp_path)
        command = editor.environment["GIT_SSH_COMMAND"].split()
        done = subprocess.run(
            [*command, "-p", str(port), "127.0.0.1", "cat /etc/hostname"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "there is no shell" in done.stderr
        editor.url = f"ssh://127.0.0.1:{port}{tmp_path}/other.git"
        assert "this key opens" in editor.push().said


def test_only_content_without_code_is_for_editors() -> None:
    assert list(
        not_allowed(
            ["content/a.md", "content.md", "mkdocs.yml", "content/x.py", "content/img.png"], "content"
        )
    ) == [
        "content.md",
        "mkdocs.yml",
        "content/x.py",
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "sh",
        "git-receive-pack",
        "git-receive-pack '/etc'",
        "git-receive-pack '{}'; sh",
        "git-upload-pack '{}/..'",
    ],
)
def test_what_is_no_command_of_git_is_refused(tmp_path: Path, asked: str) -> None:
    (tmp_path / "repo.git").mkdir()
    with pytest.raises(RoleError):
        served_command(tmp_path, asked.format(tmp_path / "repo.git"))


def test_gits_own_commands_are_served(tmp_path: Path) -> None:
    (tmp_path / "repo.git").mkdir()
    for name in ("receive-pack", "upload-pack", "upload-archive"):
        assert served_command(tmp_path, f"git-{name} '{tmp_path}/repo.git'")[1] == name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a b", "ssh-ed25519 AAAA x"),
        ("../x", "ssh-ed25519 AAAA x"),
        ("ana", "no key"),
        ("ana", "ssh-ed25519 AAAA x\nssh-ed25519 BBBB y"),
        ("ana", "-----BEGIN OPENSSH PRIVATE KEY-----"),
    ],
)
def test_what_is_no_name_or_key_is_refused(tmp_path: Path, name: str, key: str) -> None:
    with pytest.raises(RoleError):
        add_key(tmp_path, name, key, "deskpress")


def test_maintainers_are_names_or_keys() -> None:
    check_maintainers("# ours\nana\nssh-ed25519 AAAA ana@desk\n\n")
    with pytest.raises(RoleError, match="line 2"):
        check_maintainers("ana\nnot a name\n")


@pytest.mark.slow
def test_a_server_is_set_up_only_where_nothing_is(server: Remote, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    assert "is not empty" in deskpress("remote", "init", tmp_path / "full", check=False).said
    status = deskpress("remote", "status", "-C", tmp_path / "full", check=False)
    assert "is not a Deskpress server" in status.said
    assert "nothing was pushed" in deskpress("remote", "due", "-C", server.root, check=False).said
