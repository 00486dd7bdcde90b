"""What an editor may try, and what damage a server survives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deskpress.publish.remote import Remote
from deskpress.publish.roles import pusher_of
from tests.publish.conftest import Editor, deskpress, live

pytestmark = pytest.mark.slow


@pytest.fixture
def eve(editor: Editor) -> Editor:
    """The same clone, pushed from with the key of somebody who is no maintainer."""
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    return editor


def test_no_object_is_put_in_the_place_of_another(eve: Editor, server: Remote, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    evil = tmp_path / "evil.yml"
    evil.write_text(
        (eve.folder / "mkdocs.yml").read_text()
        + f"extra: {{x: !!python/object/apply:os.system ['touch {ran}']}}\n"
    )
    blob = eve.git("hash-object", "-w", str(evil)).said.strip()
    real = eve.git("rev-parse", "HEAD:mkdocs.yml").said.strip()
    eve.git("update-ref", f"refs/replace/{real}", blob)
    assert "eve may not change refs/replace/" in eve.push(ref=f"refs/replace/{real}").said
    # Even if it had come in another way.
    shutil.copytree(eve.folder / ".git/objects", server.repository.path / "objects", dirs_exist_ok=True)
    server.repository.run("update-ref", f"refs/replace/{real}", blob)
    shutil.rmtree(server.root / "work")
    eve.post("2012-04-02-april.md", "April.")
    assert eve.push().ok
    assert not ran.exists()


@pytest.mark.parametrize(
    "path",
    [
        "assets/javascripts/bundle.js",
        "_headers",
        "redirects.map.evil",
        "gone.map",
        "x.php",
        "a/.htaccess",
        "h.py",
    ],
)
def test_content_replaces_nothing_that_runs(eve: Editor, path: str) -> None:
    eve.write(path, "x")
    assert f"  content/{path}" in eve.push().said


def test_the_first_site_is_a_maintainers(server: Remote, eve: Editor) -> None:
    server.repository.run("update-ref", "-d", "refs/heads/main")
    assert "eve may not change" in eve.push(ref="HEAD:refs/heads/refs/heads/main").said
    assert server.repository.head("main") == ""


def test_tags_and_branches_of_others_stay(eve: Editor) -> None:
    eve.git("tag", "v1")
    assert eve.push(ref="refs/tags/v1").ok
    assert "eve may not change" in eve.push(ref=":refs/tags/v1").said
    eve.git("tag", "-f", "v1", "HEAD~0")
    eve.commit()
    eve.git("tag", "-f", "v1")
    assert "eve may not rewrite" in eve.push("--force", ref="refs/tags/v1").said


def test_a_preview_of_an_old_branch_is_the_branchs_own_doing(eve: Editor, server: Remote) -> None:
    eve.git("branch", "old")
    eve.environment.pop("DESKPRESS_PUSHER")
    eve.configure(site_description="Changed")
    assert eve.push().ok
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    eve.git("checkout", "-q", "old")
    eve.post("2012-04-02-april.md", "April.", draft=True)
    assert eve.push(ref="HEAD:preview/old").ok
    assert (server.root / "previews/old/2012/04/april.html").is_file()


def test_nobody_becomes_a_maintainer_by_saying_so(server: Remote) -> None:
    (server.root / "maintainers").write_text("# left: ssh-ed25519 AAAA mia\nana\n")
    (server.root / "keys/mia.pub").write_text("ssh-ed25519 AAAA mia\n")
    (server.root / "keys/ana.pub").write_text("ssh-ed25519 BBBB ana\n")
    for name in ("mia", "", "../ana", "nobody"):
        assert not pusher_of(server.root, {"DESKPRESS_PUSHER": name}).maintainer
    assert pusher_of(server.root, {"DESKPRESS_PUSHER": "ana"}).maintainer


def test_a_live_release_without_its_list_stays(editor: Editor, server: Remote) -> None:
    before = live(server)
    (server.releases.folder / f"{server.releases.current()}.json").unlink()
    deskpress("remote", "repair", "-C", server.root)
    assert live(server) == before
    (server.releases.folder / f"{server.releases.current()}.json").write_text("{")
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    assert "2012/04/april.html" in live(server)


def test_a_damaged_memory_is_made_anew(editor: Editor, server: Remote) -> None:
    (server.root / "state.json").write_text("{")
    assert "repair" in deskpress("remote", "status", "-C", server.root, check=False).said
    deskpress("remote", "repair", "-C", server.root)
    shutil.rmtree(server.root / "work/tree")
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    shutil.rmtree(server.root / "work")
    editor.post("2012-04-03-more.md", "More.")
    assert editor.push().ok


def test_a_file_that_was_taken_away_is_gone(editor: Editor, server: Remote) -> None:
    editor.write("assets/report", "secret")
    assert editor.push().ok
    (editor.content / "assets/report").unlink()
    editor.write("assets/report/a.txt", "a")
    assert editor.push().ok
    assert "assets/report" not in live(server)
    assert live(server)["assets/report/a.txt"] == b"a"


def test_a_category_may_lose_its_last_post_if_its_address_leads_on(editor: Editor, server: Remote) -> None:
    editor.post("2012-03-12-metrics.md", "Two numbers.", categories=["Tipps"])
    assert editor.push().ok
    editor.post("2012-03-12-metrics.md", "Two numbers.", categories=["Tips"])
    refused = editor.push()
    assert "/category/tipps/ (it listed posts by category): add the line" in refused.said

    editor.write("addresses.lock", "/category/tipps/\t(category)\n")

    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert b'"/category/tipps/" "/archive/";' in live(server)["redirects.map"]


def test_files_that_go_are_named(editor: Editor) -> None:
    editor.write("images/a.pdf", "A")
    assert editor.push().ok
    (editor.content / "images/a.pdf").rename(editor.content / "images/b.pdf")

    pushed = editor.push()

    assert pushed.ok
    assert "/images/a.pdf was published and is gone" in pushed.said
    editor.post("2012-04-02-april.md", "April.")
    assert "is gone" not in editor.push().said


def test_an_alias_is_a_promise_too(editor: Editor) -> None:
    editor.write("help/metrics.md", "---\ntitle: Metrics\naliases: [/old/m.html]\n---\nText.\n")
    assert editor.push().ok
    editor.write("help/metrics.md", "---\ntitle: Metrics\n---\nText.\n")
    assert "/old/m.html" in editor.push().said


def test_a_strict_site_is_refused_at_the_door(editor: Editor) -> None:
    editor.configure(strict=True)
    assert editor.push().ok
    editor.post("2012-04-02-april.md", "A [link](nowhere.md).")
    pushed = editor.push()
    assert not pushed.ok
    assert "1 mistake." in pushed.said


def test_repair_keeps_a_release_that_was_brought_back(editor: Editor, server: Remote) -> None:
    first = live(server)
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    deskpress("remote", "rollback", "-C", server.root)
    assert "stays until the next push" in deskpress("remote", "repair", "-C", server.root).said
    assert live(server) == first


def test_snippets_are_those_of_the_site(editor: Editor, server: Remote) -> None:
    editor.configure(markdown_extensions=["pymdownx.snippets"])
    (editor.folder / "inc.md").write_text("From the site.\n")
    editor.post("2012-04-02-april.md", '--8<-- "inc.md"\n\n--8<-- "config"\n')
    assert editor.push().ok
    page = live(server)["2012/04/april.html"]
    assert b"From the site." in page
    assert b"receive.fsckObjects" not in page
    assert b"fsckObjects" not in page


def test_a_name_that_is_too_long_is_refused_by_name(eve: Editor) -> None:
    eve.write("字" * 82 + ".pdf", "x")
    said = eve.push().said
    assert "the path is longer than systems can hold" in said or "has more than 240 bytes" in said


def test_an_id_is_not_handed_to_another_post(editor: Editor) -> None:
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    address = "/2012/04/april.html"
    editor.post("2012-04-02-april.md", "April.", id="tag:x.example,2026:new")
    editor.post("2012-04-02-other.md", "Other.", id=f"tag:desk.example,2012:{address}")
    assert f"the id of {address} changes" in editor.push().said
