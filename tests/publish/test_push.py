"""What becomes of a push: refused with a reason at its line, or live, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.app.build import build
from deskpress.build.request import Request
from deskpress.publish.remote import Remote
from tests.deadly import DEADLY
from tests.publish.conftest import ENVIRONMENT, Done, Editor, deskpress, live

pytestmark = pytest.mark.slow


def clean_build(server: Remote, folder: Path) -> dict[str, bytes]:
    """The published branch, cloned and built from nothing."""
    subprocess.run(["git", "clone", "-q", server.repository.path, folder], env=ENVIRONMENT, check=True)
    build(Request(folder / "mkdocs.yml"))
    site = folder / "site"
    return {
        p.relative_to(site).as_posix(): p.read_bytes()
        for p in site.rglob("*")
        if p.is_file() and p.name != ".deskpress"
    }


def test_a_good_push_is_live_and_equals_a_clean_build(editor: Editor, server: Remote, tmp_path: Path) -> None:
    editor.post("2012-03-19-vacation.md", "Away.")
    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert "https://desk.example/2012/03/vacation.html" in pushed.said
    assert "Live: " in pushed.said
    assert live(server) == clean_build(server, tmp_path / "clone")


def test_unchanged_files_are_shared_between_releases(editor: Editor, server: Remote) -> None:
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    old, new = server.releases.names()
    page = "2012/03/metrics.html"
    shared = [
        os.stat(server.releases.folder / name / "help/metrics/index.html").st_ino for name in (old, new)
    ]
    assert shared[0] == shared[1]
    changed = [os.stat(server.releases.folder / name / page).st_ino for name in (old, new)]
    assert changed[0] != changed[1]


def test_a_mistake_is_refused_at_its_line_and_nothing_changes(editor: Editor, server: Remote) -> None:
    before, head = live(server), server.repository.head("main")
    editor.write("posts/2012-04-01-x.md", "---\ntitle: X\ndate: 2012-99-01\n---\nText.\n")
    pushed = editor.push()
    assert not pushed.ok
    assert "content/posts/2012-04-01-x.md:3:7: error: `2012-99-01` is not a valid value" in pushed.said
    assert "hint: a date is YYYY-MM-DD" in pushed.said
    assert (live(server), server.repository.head("main")) == (before, head)


def test_warnings_are_shown_and_let_through_unless_strict(editor: Editor, server: Remote) -> None:
    editor.post("2012-04-01-x.md", "A [link](nowhere.md).")
    pushed = editor.push()
    assert pushed.ok
    assert "content/posts/2012-04-01-x.md:6:10: warning: the link `nowhere.md` does not exist" in pushed.said
    path = server.root / "settings.json"
    path.write_text(path.read_text().replace('"strict": false', '"strict": true'))
    editor.post("2012-04-02-y.md", "Another.")
    assert not editor.push().ok


def test_leftovers_are_named_when_they_are_pushed_and_never_live(editor: Editor, server: Remote) -> None:
    for name in ("2012-03-12-metrics.md~", "later.MD", "plan.txt"):
        editor.write(f"posts/{name}", "---\ntitle: Later\ndraft: true\n---\n\nNot for readers.\n")
    pushed = editor.push()
    assert pushed.ok, pushed.said
    for name in ("2012-03-12-metrics.md~", "later.MD", "plan.txt"):
        assert pushed.said.count(f"content/posts/{name}:1:1: warning: this ") == 1
    assert not [path for path, data in live(server).items() if b"Not for readers" in data]


def test_other_refs_are_stored_and_publish_nothing(editor: Editor, server: Remote) -> None:
    before = live(server)
    editor.write("posts/2012-04-01-x.md", "---\ntitle: X\ndate: 2012-99-01\n---\n")
    assert editor.push(ref="HEAD:refs/heads/work").ok
    editor.git("tag", "v1")
    assert editor.push(ref="refs/tags/v1").ok
    assert live(server) == before


def test_the_published_branch_cannot_be_deleted(editor: Editor) -> None:
    assert "it cannot be deleted" in editor.push(ref=":main").said


def test_a_push_that_changes_nothing_keeps_the_release(editor: Editor, server: Remote) -> None:
    assert "Everything up-to-date" in editor.git("push", editor.url, "HEAD:main").said
    assert len(server.releases.names()) == 1


def test_links_huge_files_and_filters_run_nothing(editor: Editor, server: Remote, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    (editor.folder / ".gitattributes").write_text("*.md filter=evil\n")
    editor.git("config", "filter.evil.clean", "cat")
    (editor.folder / "outside").symlink_to("/etc/hostname")
    assert editor.push().ok
    assert not (server.root / "work/tree/outside").exists()
    server.repository.run("config", "filter.evil.smudge", f"touch {ran}; cat")
    editor.post("2012-04-01-x.md", "Text.")
    assert editor.push().ok
    assert not ran.exists()
    (editor.content / "posts/link.md").symlink_to("/etc/hostname")
    assert "content/posts/link.md:1:1: this is a symbolic link" in editor.push().said
    (editor.content / "posts/link.md").unlink()
    settings = server.root / "settings.json"
    settings.write_text(settings.read_text().replace("50000000", "1000"))
    editor.write("big.bin", b"x" * 2000)
    assert "content/big.bin:1:1: the file has 2,000 bytes" in editor.push().said


def test_an_address_that_was_published_is_not_lost(editor: Editor, server: Remote) -> None:
    (editor.content / "posts/2012-03-05-home.md").unlink()
    pushed = editor.push()
    assert not pushed.ok
    assert "/2012/03/home.html (it was content/posts/2012-03-05-home.md)" in pushed.said
    assert "if it went on purpose, `deskpress retire content/posts/2012-03-05-home.md`" in pushed.said
    assert "with `--to FILE`" in pushed.said
    editor.post("2012-03-12-metrics.md", "Two numbers.", aliases=["/2012/03/home.html"])
    assert editor.push("-o", "allow-feed-changes").ok
    assert b"metrics.html" in live(server)["2012/03/home.html"]


def test_a_refusal_names_what_makes_it_right(editor: Editor) -> None:
    path, address = "content/posts/2012-03-05-home.md", "/2012/03/home.html"
    editor.post("2012-03-05-home.md", "At home.", title="At last")
    retitled = editor.push().said
    assert f"it is at /2012/03/at-last.html now: write `slug: home` in {path}" in retitled
    editor.post("2012-03-05-home.md", "At home.", title="At last", slug="home")
    assert editor.push().ok
    editor.post("2012-03-05-home.md", "At home.", title="At last", slug="home", draft=True)
    held = editor.push().said
    assert f"{address} (it was {path}): it is a draft now: remove its line `draft: true`" in held
    assert f"`deskpress retire {path}`" in held


def test_the_last_push_is_taken_back_by_a_revert(editor: Editor, server: Remote) -> None:
    before = live(server)
    editor.post("2012-04-01-x.md", "Too early.")
    assert editor.push().ok
    assert "2012/04/x.html" in live(server)
    editor.git("revert", "--no-edit", "HEAD")
    undone = editor.git("push", editor.url, "HEAD:main")
    assert undone.ok, undone.said
    assert "This takes back the last push" in undone.said
    assert live(server).keys() == before.keys()
    # What was published longer ago is no part of the last push.
    (editor.content / "posts/2012-03-05-home.md").unlink()
    assert "would lead nowhere" in editor.push().said


def test_a_post_that_expires_keeps_its_address_as_a_tombstone(editor: Editor, server: Remote) -> None:
    editor.post("2012-03-05-home.md", "At home.", expires="2012-04-01")
    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert "2012/03/home.html" not in live(server)
    assert b'"/2012/03/home.html" 1;' in live(server)["gone.map"]
    assert b"No longer here" in live(server)["410.html"]
    assert b"home.html" not in live(server)["sitemap.xml"]


def test_lists_of_which_the_last_post_expires_lead_to_the_archive(editor: Editor, server: Remote) -> None:
    alone = {"categories": ["Only"], "tags": ["Once"], "series": {"name": "Short", "part": 1}}
    editor.post("2013-05-01-alone.md", "Alone.", **alone)
    assert editor.push().ok
    editor.post("2013-05-01-alone.md", "Alone.", expires="2013-06-01", **alone)
    expired = editor.push()
    assert expired.ok, expired.said
    lists = ("2013/05/", "2013/", "category/only/", "tag/once/", "series/short/")
    for address in lists:
        assert b"url=" in live(server)[f"{address}index.html"], address
        assert f'"/{address}"'.encode() in live(server)["redirects.map"]
    editor.post("2012-03-20-next.md", "Next.")
    after = editor.push()
    assert after.ok, after.said


def test_subscribers_are_not_misled_unless_it_is_meant(editor: Editor, server: Remote) -> None:
    editor.post("2012-03-12-metrics.md", "Two numbers.", date="2012-03-02", slug="metrics")
    pushed = editor.push()
    assert not pushed.ok
    assert "the date of /2012/03/metrics.html jumps from 2012-03-12 to 2012-03-02" in pushed.said
    assert "git push -o allow-feed-changes" in pushed.said
    assert editor.push("-o", "allow-feed-changes").ok
    for day in range(1, 6):
        editor.post(f"2010-01-0{day}-old.md", "Old.", slug=f"old-{day}")
    assert "5 posts with old dates would appear as new" in editor.push().said


def test_two_pushes_at_once_leave_one_whole_release(
    editor: Editor, server: Remote, make_editor: Callable[[str], Editor], tmp_path: Path
) -> None:
    others = [make_editor(name) for name in ("ben", "cyd")]
    done: list[Done] = []
    for number, other in enumerate(others):
        other.post(f"2012-05-0{number + 1}-n.md", "Text.", slug=f"n{number}")
    threads = [threading.Thread(target=lambda o=o: done.append(o.push())) for o in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.ok for one in done) == [False, True]
    loser = next(
        o for o in others if o.git("rev-parse", "HEAD").said.strip() != server.repository.head("main")
    )
    loser.git("pull", "-q", "--rebase", loser.url, "main")
    assert loser.push().ok
    assert live(server) == clean_build(server, tmp_path / "clone")


def test_a_maintainer_may_rewrite_and_the_site_follows(
    editor: Editor, server: Remote, tmp_path: Path
) -> None:
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    editor.git("commit", "-q", "--amend", "--allow-empty", "-m", "Again")
    assert not editor.push().ok
    assert editor.push("--force").ok
    assert live(server) == clean_build(server, tmp_path / "clone")


def test_a_release_comes_back_and_stays_until_the_next_push(editor: Editor, server: Remote) -> None:
    first = live(server)
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    assert "live: " in deskpress("remote", "rollback", "-C", server.root).said
    assert live(server) == first
    assert "it stays until the next push" in deskpress("remote", "due", "-C", server.root).said
    assert "restored by hand" in deskpress("remote", "status", "-C", server.root).said
    assert live(server) == first
    editor.post("2012-04-03-more.md", "More.")
    assert editor.push().ok
    assert "2012/04/april.html" in live(server)
    listed = deskpress("remote", "releases", "-C", server.root).said
    assert listed.count("\n") == 3
    assert listed.startswith("* ")
    assert "2 removed, 1 left" in deskpress("remote", "prune", "--keep", "1", "-C", server.root).said
    assert "no release before" in deskpress("remote", "rollback", "-C", server.root, check=False).said


def test_what_its_date_makes_due_is_published_by_a_timer(editor: Editor, server: Remote) -> None:
    editor.post("2030-01-01-later.md", "Later.")
    pushed = editor.push()
    assert "Next due: 2030-01-01" in pushed.said
    assert "2030/01/later.html" not in live(server)
    config = (editor.folder / "mkdocs.yml").read_text().replace("deskpress: {}", "deskpress: {future: true}")
    (editor.folder / "mkdocs.yml").write_text(config)
    assert editor.push().ok
    assert "2030/01/later.html" in live(server)


KILLED = (
    DEADLY
    + """
from pathlib import Path
from deskpress.app.push import PushBuilder
from deskpress.publish.post_receive import publish
from deskpress.publish.remote import Remote

publish(Remote.open(Path(sys.argv[2])), PushBuilder(), lambda message: None, pushed=sys.argv[3] == "pushed")
"""
)


@pytest.mark.parametrize("way", ["pushed", "built anew"])
@pytest.mark.long
def test_killed_at_any_instant_readers_have_one_whole_release(
    editor: Editor, server: Remote, tmp_path: Path, way: str
) -> None:
    # A push whose second hook does not come to its end.
    hook = server.repository.path / "hooks/post-receive"
    usual = hook.read_text()
    hook.write_text("#!/bin/sh\nexit 0\n")
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    old = live(server)
    assert "The last push is not live" in deskpress("remote", "status", "-C", server.root).said

    def publish(limit: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED, str(limit), str(server.root), way]
        return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)

    seen = set()
    usual_points = [*range(1, 40, 6), *range(40, 1500, 60), *range(1500, 4000, 150)]
    points = range(1, 1000, 40) if way == "pushed" else usual_points
    for limit in points:
        done = publish(limit)
        assert done.returncode in (0, -9), done.stderr
        server.releases.verify(server.releases.current())
        now = live(server)
        seen.add("2012/04/april.html" in now)
        if "2012/04/april.html" not in now:
            assert now == old
    hook.write_text(usual)
    deskpress("remote", "repair", "-C", server.root)
    assert live(server) == clean_build(server, tmp_path / "clone")
    assert seen == {False, True}


def test_repair_makes_a_damaged_release_anew(editor: Editor, server: Remote, tmp_path: Path) -> None:
    before = server.releases.current()
    page = server.releases.folder / before / "index.html"
    page.write_bytes(b"damaged")
    said = deskpress("remote", "repair", "-C", server.root).said
    assert f"the release {before} is damaged: index.html" in said
    assert server.releases.current() != before
    server.releases.verify(server.releases.current())
    assert b"damaged" not in live(server)["index.html"]


def test_open_pages_still_find_the_assets_of_former_releases(editor: Editor, server: Remote) -> None:
    current = server.releases.folder / server.releases.current()
    manifest = server.releases.manifest(server.releases.current())
    (current / "assets/stylesheets/old.css").write_bytes(b"x")
    path = server.releases.folder / f"{server.releases.current()}.json"
    path.write_text(path.read_text().replace('"files":{', '"files":{"assets/stylesheets/old.css":"00",'))
    assert "assets/stylesheets/old.css" in server.releases.manifest(server.releases.current()).files
    assert manifest.kept == {}
    editor.post("2012-04-02-april.md", "April.")
    assert editor.push().ok
    assert live(server)["assets/stylesheets/old.css"] == b"x"


def test_what_cannot_be_built_is_refused(editor: Editor, server: Remote) -> None:
    before = live(server)
    (editor.folder / "over/deskpress").mkdir(parents=True)
    (editor.folder / "over/deskpress/post.html").write_text("{% broken %}")
    editor.configure(theme={"name": "material", "custom_dir": "over"})
    pushed = editor.push()
    assert not pushed.ok
    assert "over/deskpress/post.html:1:1: error: Encountered unknown tag 'broken'." in pushed.said
    assert live(server) == before
    assert "The last push is not live" not in deskpress("remote", "status", "-C", server.root).said
    (editor.folder / "over/deskpress/post.html").unlink()
    editor.configure()
    assert editor.push().ok
    assert live(server) == before


def test_a_preview_shows_drafts_to_nobody_else_and_goes_with_its_branch(
    editor: Editor, server: Remote
) -> None:
    before = live(server)
    settings = server.root / "settings.json"
    told = json.loads(settings.read_text()) | {"preview_url": "https://{name}.preview.desk.example"}
    settings.write_text(json.dumps(told))
    editor.post("2012-04-02-april.md", "April.", draft=True)
    pushed = editor.push(ref="HEAD:preview/april")
    assert pushed.ok, pushed.said
    assert "Preview: https://april.preview.desk.example/ (" in pushed.said
    preview = server.root / "previews/april"
    page = (preview / "2012/04/april.html").read_text()
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "Disallow: /" in (preview / "robots.txt").read_text()
    assert live(server) == before
    assert "is not a valid preview name" in editor.push(ref="HEAD:refs/heads/preview/a/b").said
    assert editor.push(ref=":preview/april").ok
    assert not preview.exists()
