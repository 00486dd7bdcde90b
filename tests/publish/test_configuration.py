"""What runs on the server is what a maintainer pushed, whatever editors do with commits and refs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from deskpress.engine.fingerprint import digest
from deskpress.publish.remote import Remote
from tests.publish.conftest import ENVIRONMENT, Done, Editor, deskpress, live

pytestmark = [pytest.mark.slow, pytest.mark.long]


class Canary:
    """A hook that leaves a file outside the content when it runs."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ran"

    @property
    def code(self) -> str:
        return f"open({str(self.file)!r}, 'a').write('ran\\n')\n"

    @property
    def ran(self) -> bool:
        return self.file.exists()


@pytest.fixture
def canary(tmp_path: Path) -> Canary:
    return Canary(tmp_path)


@pytest.fixture
def eve(editor: Editor) -> Editor:
    """The same clone, pushed from with the key of somebody who is no maintainer."""
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    return editor


def as_maintainer(eve: Editor, push: Callable[[], Done]) -> Done:
    """Push as the owner of the server."""
    del eve.environment["DESKPRESS_PUSHER"]
    pushed = push()
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    assert pushed.ok, pushed.said
    return pushed


def add_hook(eve: Editor, canary: Canary) -> str:
    """Commit a hook, and give the commit."""
    (eve.folder / "hook.py").write_text(canary.code)
    eve.configure(hooks=["hook.py"])
    eve.commit("Hook")
    return eve.git("rev-parse", "HEAD").said.strip()


def take_back(eve: Editor, before: str) -> None:
    """Commit the configuration as it was in `before`, and edit content."""
    (eve.folder / "hook.py").unlink()
    eve.git("checkout", "-q", before, "--", "mkdocs.yml")
    eve.post("2012-04-02-april.md", "April.")
    eve.commit("Content")


def smuggle(eve: Editor, canary: Canary, server: Remote) -> str:
    """Bring a commit with a hook into the history of the published branch, as if it came in long ago."""
    head = server.repository.head("main")
    evil = add_hook(eve, canary)
    take_back(eve, head)
    eve.git("push", "-q", f"{server.repository.path}", "HEAD:refs/hidden/x", check=False)
    shutil.copytree(eve.folder / ".git/objects", server.repository.path / "objects", dirs_exist_ok=True)
    new = eve.git("rev-parse", "HEAD").said.strip()
    server.repository.run("update-ref", "refs/heads/main", new)
    return evil


def test_a_hook_in_between_is_refused_and_runs_in_no_preview(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    head = server.repository.head("main")
    evil = add_hook(eve, canary)
    take_back(eve, head)

    pushed = eve.push()

    assert not pushed.ok
    assert f"  hook.py (in the commit {evil[:7]})" in pushed.said
    assert f"  mkdocs.yml (in the commit {evil[:7]})" in pushed.said
    assert "is looked at" in pushed.said
    assert f"git reset --soft {head[:12]} && git commit" in pushed.said
    assert not eve.git("push", eve.url, f"{evil}:refs/heads/preview/x", check=False).ok
    assert not canary.ran

    # The hint works as it is written.
    eve.git("reset", "-q", "--soft", head[:12])
    eve.git("commit", "-q", "-m", "All")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    assert "2012/04/april.html" in live(server)
    assert not canary.ran


def test_a_preview_of_a_commit_in_the_history_is_built_with_the_published_configuration(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    evil = smuggle(eve, canary, server)

    pushed = eve.git("push", eve.url, f"{evil}:refs/heads/preview/x", check=False)

    assert pushed.ok, pushed.said
    assert (server.root / "previews/x/index.html").is_file()
    assert not canary.ran


def test_a_server_that_was_made_before_builds_old_commits_with_the_published_configuration(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    evil = smuggle(eve, canary, server)
    (server.root / "trusted.json").unlink()
    assert "Live: " in deskpress("remote", "repair", "-C", server.root).said
    assert (server.root / "trusted.json").is_file()

    assert eve.git("push", eve.url, f"{evil}:refs/heads/preview/x", check=False).ok
    eve.post("2012-05-02-may.md", "May.")
    pushed = eve.push()

    assert pushed.ok, pushed.said
    assert "2012/05/may.html" in live(server)
    assert not canary.ran


def test_a_server_that_was_made_before_takes_pushes_at_once(eve: Editor, server: Remote) -> None:
    (server.root / "trusted.json").unlink()
    eve.post("2012-05-02-may.md", "May.")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    eve.configure(site_name="Mine")
    assert "  mkdocs.yml" in eve.push().said


def test_a_server_that_was_made_before_begins_its_notes_with_a_preview(eve: Editor, server: Remote) -> None:
    (server.root / "trusted.json").unlink()
    eve.post("2012-05-02-may.md", "May.")
    assert eve.push(ref="HEAD:preview/x").ok
    pushed = eve.push()
    assert pushed.ok, pushed.said


def test_a_head_that_nobody_pushed_waits_for_a_maintainer(eve: Editor, server: Remote) -> None:
    (server.root / "trusted.json").write_text("{}")
    eve.post("2012-05-02-may.md", "May.")
    pushed = eve.push()
    assert not pushed.ok
    assert "a maintainer has to push to the published branch" in pushed.said
    assert "Live: " in as_maintainer(eve, eve.push).said
    eve.post("2012-05-03-more.md", "More.")
    assert eve.push().ok


def test_a_server_that_was_made_before_and_has_a_push_that_is_not_live_asks_for_repair(
    eve: Editor, server: Remote
) -> None:
    (server.root / "trusted.json").unlink()
    state = server.root / "state.json"
    state.write_text(state.read_text().replace(server.repository.head("main"), "0" * 40))
    eve.post("2012-05-02-may.md", "May.")
    assert "deskpress remote repair" in eve.push().said
    deskpress("remote", "repair", "-C", server.root)
    assert eve.push().ok


@pytest.mark.parametrize("ref", ["refs/heads/work", "refs/tags/v1", "refs/heads/preview/x"])
def test_no_ref_of_an_editor_brings_configuration(
    eve: Editor, server: Remote, canary: Canary, ref: str
) -> None:
    head = server.repository.head("main")
    evil = add_hook(eve, canary)
    assert "  hook.py (in the commit" in eve.git("push", eve.url, f"{evil}:{ref}", check=False).said
    take_back(eve, head)
    assert "  hook.py (in the commit" in eve.push(ref=f"HEAD:{ref}").said
    eve.git("tag", "-a", "-m", "Tag", "inner", evil)
    eve.git("tag", "-a", "-m", "Tag", "outer", "inner")
    assert "  hook.py (in the commit" in eve.git("push", eve.url, "refs/tags/outer", check=False).said
    assert not canary.ran


def test_what_one_of_several_refs_brings_is_refused_with_all(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    head = server.repository.head("main")
    eve.post("2012-05-02-may.md", "May.")
    eve.commit()
    good = eve.git("rev-parse", "HEAD").said.strip()
    evil = add_hook(eve, canary)
    refs = (f"{good}:main", f"{good}:refs/heads/preview/x", f"{evil}:refs/tags/v1")
    pushed = eve.git("push", eve.url, *refs, check=False)
    assert not pushed.ok
    assert "  hook.py (in the commit" in pushed.said
    assert server.repository.head("main") == head
    assert not (server.root / "previews/x").exists()

    pushed = eve.git("push", eve.url, *refs[:2], check=False)

    assert pushed.ok, pushed.said
    assert "2012/05/may.html" in live(server)
    assert (server.root / "previews/x/2012/05/may.html").is_file()


def test_a_tag_of_a_file_is_refused(eve: Editor) -> None:
    blob = eve.git("rev-parse", "HEAD:mkdocs.yml").said.strip()
    eve.git("tag", "file", blob)
    assert "refs/tags/file would not be a commit" in eve.push(ref="refs/tags/file").said


def test_code_in_the_content_may_not_lie_in_the_history(eve: Editor) -> None:
    eve.write("run.py", "run()")
    eve.commit()
    (eve.content / "run.py").unlink()
    eve.post("2012-05-02-may.md", "May.")
    assert "  content/run.py (in the commit" in eve.push().said
    assert "  content/run.py (in the commit" in eve.push(ref="HEAD:refs/heads/work").said


def test_a_drawing_that_runs_may_not_lie_in_the_history_nor_in_a_preview(eve: Editor) -> None:
    eve.write("images/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    assert "is not allowed in a drawing" in eve.push(ref="HEAD:preview/x").said
    eve.write("images/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert "is not allowed in a drawing" in eve.push(ref="HEAD:preview/x").said
    assert "is not allowed in a drawing" in eve.push(ref="HEAD:refs/heads/work").said
    eve.git("reset", "-q", "--soft", "HEAD~3")
    assert eve.push(ref="HEAD:preview/x").ok


def test_an_editor_merges_the_published_branch_with_its_new_configuration(
    eve: Editor, server: Remote
) -> None:
    eve.git("checkout", "-q", "-b", "mine")
    eve.post("2012-05-02-may.md", "May.")
    assert eve.push(ref="HEAD:refs/heads/mine").ok
    eve.git("checkout", "-q", "main")
    eve.configure(site_description="Changed")
    as_maintainer(eve, eve.push)
    eve.git("checkout", "-q", "mine")
    eve.git("merge", "-q", "--no-edit", "main")
    assert eve.push(ref="HEAD:refs/heads/mine").ok
    # Meanwhile the maintainer goes on: what was merged is no longer the last configuration.
    eve.git("checkout", "-q", "main")
    eve.configure(site_description="Changed again")
    as_maintainer(eve, eve.push)
    eve.git("checkout", "-q", "mine")
    eve.post("2012-05-03-more.md", "More.")
    eve.commit()
    eve.git("merge", "-q", "--no-edit", "main")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    assert "2012/05/more.html" in live(server)


def test_an_editor_merges_the_published_branch_as_it_was_a_while_ago(eve: Editor, server: Remote) -> None:
    eve.git("checkout", "-q", "-b", "mine")
    eve.post("2012-05-02-may.md", "May.")
    eve.commit()
    eve.git("checkout", "-q", "main")
    eve.configure(site_description="Changed")
    as_maintainer(eve, eve.push)
    eve.git("checkout", "-q", "mine")
    eve.git("merge", "-q", "--no-edit", "main")
    eve.git("checkout", "-q", "main")
    eve.configure(site_description="Changed again")
    as_maintainer(eve, eve.push)
    eve.git("checkout", "-q", "mine")
    pushed = eve.push(ref="HEAD:refs/heads/mine")
    assert pushed.ok, pushed.said


def test_a_merge_does_not_bring_an_old_configuration_back(eve: Editor, server: Remote) -> None:
    old = server.repository.head("main")
    eve.configure(site_description="Changed")
    as_maintainer(eve, eve.push)
    new = server.repository.head("main")
    tree = eve.git("rev-parse", f"{old}^{{tree}}").said.strip()
    for parents in ((old, new), (new, old)):
        made = eve.git("commit-tree", "-m", "Merge", tree, "-p", parents[0], "-p", parents[1]).said.strip()
        pushed = eve.git("push", eve.url, f"{made}:refs/heads/work", check=False)
        assert "  mkdocs.yml (in the commit" in pushed.said
        assert "  mkdocs.yml" in eve.git("push", eve.url, f"{made}:main", check=False).said


def test_an_unpublished_configuration_of_a_maintainer_is_not_published_by_a_merge(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    eve.git("checkout", "-q", "-b", "feature")
    add_hook(eve, canary)
    as_maintainer(eve, lambda: eve.git("push", eve.url, "HEAD:refs/heads/feature", check=False))
    eve.git("checkout", "-q", "main")
    eve.post("2012-05-02-may.md", "May.")
    eve.commit()
    eve.git("merge", "-q", "--no-edit", "feature")
    pushed = eve.push()
    assert "  hook.py" in pushed.said
    assert not pushed.ok
    # Nor shown in a preview.
    assert eve.push(ref="HEAD:preview/x").ok
    assert not canary.ran


def test_a_criss_cross_merge_launders_nothing(eve: Editor, server: Remote, canary: Canary) -> None:
    head = server.repository.head("main")
    evil = add_hook(eve, canary)
    take_back(eve, head)
    good = eve.git("rev-parse", "HEAD").said.strip()
    trees = {name: eve.git("rev-parse", f"{name}^{{tree}}").said.strip() for name in (evil, good)}

    def merge(tree: str, *parents: str) -> str:
        named = [word for parent in parents for word in ("-p", parent)]
        return eve.git("commit-tree", "-m", "Merge", trees[tree], *named).said.strip()

    one, other = merge(good, head, evil), merge(evil, evil, head)
    for tip in (merge(good, one, other), merge(good, other, one), merge(good, good, merge(evil, one, other))):
        assert not eve.git("push", eve.url, f"{tip}:main", check=False).ok
        assert not eve.git("push", eve.url, f"{tip}:refs/heads/preview/x", check=False).ok
        assert not eve.git("push", "--force", eve.url, f"{tip}:main", check=False).ok
    assert not canary.ran


def test_an_orphan_commit_brings_no_configuration(eve: Editor, server: Remote, canary: Canary) -> None:
    add_hook(eve, canary)
    tree = eve.git("rev-parse", "HEAD^{tree}").said.strip()
    orphan = eve.git("commit-tree", "-m", "New", tree).said.strip()
    pushed = eve.git("push", "--force", eve.url, f"{orphan}:refs/heads/preview/x", check=False)
    assert "  hook.py (in the commit" in pushed.said
    assert not canary.ran


def test_replaced_objects_grafts_and_shallow_clones_change_nothing(
    eve: Editor, server: Remote, canary: Canary, tmp_path: Path
) -> None:
    head = server.repository.head("main")
    evil = add_hook(eve, canary)
    take_back(eve, head)
    good = eve.git("rev-parse", "HEAD").said.strip()
    eve.git("replace", evil, head)
    assert not eve.git("push", eve.url, "HEAD:main", check=False).ok
    eve.git("replace", "-d", evil)
    (eve.folder / ".git/info/grafts").write_text(f"{good} {head}\n")
    assert not eve.git("push", eve.url, f"{good}:main", check=False).ok
    (eve.folder / ".git/info/grafts").unlink()
    (eve.folder / ".git/shallow").write_text(f"{good}\n")
    assert not eve.git("push", eve.url, f"{good}:main", check=False).ok
    assert not eve.git("push", eve.url, f"{good}:refs/heads/preview/x", check=False).ok
    assert server.repository.head("main") == head
    assert not canary.ran


def test_a_maintainers_preview_has_its_own_configuration_until_an_editor_pushes_it(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    evil = add_hook(eve, canary)
    as_maintainer(eve, lambda: eve.git("push", eve.url, "HEAD:refs/heads/preview/x", check=False))
    assert canary.ran
    canary.file.unlink()
    assert eve.git("push", eve.url, f"{evil}:refs/heads/preview/y", check=False).ok
    eve.post("2012-05-02-may.md", "May.")
    assert eve.push(ref="HEAD:preview/x").ok
    assert eve.git("push", "--force", eve.url, f"{evil}:refs/heads/preview/x", check=False).ok
    assert (server.root / "previews/y/index.html").is_file()
    assert not canary.ran


def test_an_editors_preview_has_scripts_as_they_are_published(eve: Editor, server: Remote) -> None:
    eve.write("own.js", "published()")
    as_maintainer(eve, eve.push)
    eve.git("checkout", "-q", "-b", "feature")
    eve.write("own.js", "other()")
    eve.write("more.js", "more()")
    as_maintainer(eve, lambda: eve.push(ref="HEAD:refs/heads/feature"))
    pushed = eve.git("push", eve.url, "HEAD:refs/heads/preview/x", check=False)
    assert pushed.ok, pushed.said
    assert "  content/more.js" in pushed.said
    assert "  content/own.js" in pushed.said
    assert (server.root / "previews/x/own.js").read_text() == "published()"
    assert not (server.root / "previews/x/more.js").exists()


def without_post_receive(server: Remote, push: Callable[[], Done]) -> None:
    """Push while the second hook is killed at once."""
    hook = server.repository.path / "hooks/post-receive"
    text = hook.read_text()
    hook.write_text("#!/bin/sh\nkill -9 $$\n")
    pushed = push()
    hook.write_text(text)
    assert pushed.ok, pushed.said


@pytest.mark.parametrize("command", ["due", "repair"])
def test_what_was_killed_between_the_hooks_is_built_as_it_was_let_in(
    eve: Editor, server: Remote, canary: Canary, command: str
) -> None:
    eve.post("2012-05-02-may.md", "May.")
    without_post_receive(server, eve.push)
    deskpress("remote", command, "-C", server.root)
    assert "2012/05/may.html" in live(server)
    (eve.folder / "hook.py").write_text(canary.code)
    eve.configure(hooks=["hook.py"])
    without_post_receive(server, lambda: as_maintainer(eve, eve.push))
    canary.file.unlink()
    shutil.rmtree(server.root / "work")
    deskpress("remote", command, "-C", server.root)
    assert canary.ran
    # The next editor goes on with the maintainer's configuration.
    canary.file.unlink()
    eve.post("2012-06-02-june.md", "June.")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    assert canary.ran


def test_a_maintainers_push_that_failed_is_not_trusted_later(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    eve.git("checkout", "-q", "-b", "feature")
    evil = add_hook(eve, canary)
    as_maintainer(eve, lambda: eve.git("push", eve.url, "HEAD:refs/heads/feature", check=False))
    # The hook before the push passes, and the ref cannot be changed: there is a folder of its name.
    lock = server.repository.path / "refs/heads/main.lock"
    lock.write_text("")
    del eve.environment["DESKPRESS_PUSHER"]
    assert not eve.git("push", eve.url, f"{evil}:main", check=False).ok
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    lock.unlink()
    assert canary.ran
    canary.file.unlink()
    assert evil in (server.root / "trusted.json").read_text()

    assert "  hook.py" in eve.git("push", eve.url, f"{evil}:main", check=False).said
    eve.git("checkout", "-q", "main")
    eve.post("2012-05-02-may.md", "May.")
    eve.commit()
    eve.git("merge", "-q", "--no-edit", "-s", "ours", "feature")
    pushed = eve.push()

    assert pushed.ok, pushed.said
    deskpress("remote", "repair", "-C", server.root)
    shutil.rmtree(server.root / "work")
    deskpress("remote", "due", "-C", server.root)
    assert not canary.ran


def test_a_head_that_came_past_the_hook_is_built_with_the_last_configuration_that_was_noted(
    eve: Editor, server: Remote, canary: Canary
) -> None:
    add_hook(eve, canary)
    eve.post("2012-05-02-may.md", "May.")
    eve.commit()
    shutil.copytree(eve.folder / ".git/objects", server.repository.path / "objects", dirs_exist_ok=True)
    server.repository.run("update-ref", "refs/heads/main", eve.git("rev-parse", "HEAD").said.strip())
    deskpress("remote", "repair", "-C", server.root)
    assert "2012/05/may.html" in live(server)
    assert not canary.ran
    eve.post("2012-06-02-june.md", "June.")
    assert "  hook.py" in eve.push().said
    as_maintainer(eve, eve.push)
    assert canary.ran


def test_a_maintainer_who_rewrites_the_branch_brings_a_configuration(eve: Editor, server: Remote) -> None:
    eve.configure(site_name="Ours")
    as_maintainer(eve, eve.push)
    eve.git("reset", "-q", "--hard", "HEAD~1")
    as_maintainer(eve, lambda: eve.push("--force"))
    assert b"Ours" not in live(server)["index.html"]
    eve.post("2012-05-02-may.md", "May.")
    assert eve.push().ok
    assert b"Ours" not in live(server)["index.html"]


def test_many_pushes_that_fail_do_not_drop_the_note_of_the_head(eve: Editor, server: Remote) -> None:
    from deskpress.publish import trusted

    head = server.repository.head("main")
    standing = server.standing(head)
    for number in range(3 * trusted.KEPT):
        trusted.note(server.root, standing, trusted.Accepted(f"{number:040x}", head, "content"))
        trusted.note(server.root, standing, trusted.Previewed("x", f"{number:040x}", False))
    known = trusted.load(server.root)
    assert known is not None
    assert len(known.accepted) == trusted.KEPT + 1
    assert len(known.previews) == trusted.KEPT
    assert server.standing(head) == standing


def test_damaged_notes_stop_pushes_and_are_made_anew(eve: Editor, server: Remote) -> None:
    (server.root / "trusted.json").write_text("{")
    eve.post("2012-05-02-may.md", "May.")
    assert "is damaged" in eve.push().said
    said = deskpress("remote", "repair", "-C", server.root).said
    assert "trusted.json is damaged" in said
    pushed = eve.push()
    assert pushed.ok, pushed.said


CONTENT_RUNS = {
    "hook": ("hooks: [content/hook.py]\n", ":1:9: "),
    "theme": ("theme: {name: material, custom_dir: content/theme}\n", ":1:37: "),
    "above": ("theme: {name: material, custom_dir: .}\n", ":1:37: "),
    "inherited": ("INHERIT: ./content/../content/base.yml\n", ":1:10: "),
    "merged": ("extra: &x {INHERIT: content/base.yml}\n<<: *x\n", ":1:21: "),
    "alias": ("extra: {a: &h [content/hook.py]}\nhooks: *h\n", ":1:16: "),
    "deep alias": ("extra: {a: &h [content/h]}\nmarkdown_extensions: [{x: {y: *h}}]\n", ":1:16: "),
    "icons": ("markdown_extensions: [{pymdownx.emoji: {options: {custom_icons: [content/i]}}}]\n", ":1:66: "),
    "template": ("extra_templates: [robots.txt]\n", ":1:19: "),
    "script": ("extra_javascript: [{path: files/run.txt, type: module}]\n", ":1:27: "),
    "tag": ("hooks: !!python/object/apply:os.path.join [content, hook.py]\n", ":1:44: "),
}


@pytest.mark.parametrize("case", CONTENT_RUNS)
def test_a_configuration_that_runs_what_lies_in_the_content_is_refused_before_it_runs(
    editor: Editor, server: Remote, canary: Canary, case: str
) -> None:
    configuration, place = CONTENT_RUNS[case]
    base = (editor.folder / "mkdocs.yml").read_text()
    (editor.folder / "mkdocs.yml").write_text(configuration + base)
    editor.write("hook.py", canary.code)
    editor.write("base.yml", f"extra: {{x: !!python/object/apply:os.system ['touch {canary.file}']}}\n")
    editor.write("robots.txt", "{{ config }}")
    editor.write("files/run.txt", "run()")
    pushed = editor.push()
    assert not pushed.ok
    assert f"mkdocs.yml{place}" in pushed.said
    assert "hint: " in pushed.said
    assert not canary.ran


def test_an_inherited_configuration_is_looked_at_too(editor: Editor) -> None:
    (editor.folder / "base").mkdir()
    (editor.folder / "base/all.yml").write_text("hooks: [content/hook.py]\ndocs_dir: content\n")
    (editor.folder / "mkdocs.yml").write_text(
        "INHERIT: base/all.yml\n" + (editor.folder / "mkdocs.yml").read_text()
    )
    assert "base/all.yml:1:9: error: `content/hook.py` is in the content folder" in editor.push().said


def test_a_content_folder_that_is_not_named_plainly_is_refused(editor: Editor) -> None:
    text = (editor.folder / "mkdocs.yml").read_text()
    for value in ("!ENV [NOBODY, content]", ".cache/deskpress", "../elsewhere"):
        (editor.folder / "mkdocs.yml").write_text(text.replace("docs_dir: content", f"docs_dir: {value}"))
        pushed = editor.push()
        assert not pushed.ok
        assert "on a server `docs_dir` is the name of a folder beside `mkdocs.yml`" in pushed.said


def test_data_may_lie_in_the_content(editor: Editor, server: Remote) -> None:
    editor.write("includes/a.md", "# Part\n\nIncluded.\n")
    editor.write("site.js", "own()")
    editor.configure(
        markdown_extensions=[{"pymdownx.snippets": {"base_path": ["content/includes"]}}],
        extra_javascript=["site.js"],
        extra={"folder": "content/"},
        watch=["content"],
    )
    pushed = editor.push()
    assert pushed.ok, pushed.said


def test_a_folder_of_the_content_further_down_is_kept_apart_too(eve: Editor, server: Remote) -> None:
    (eve.folder / "desk").mkdir()
    eve.git("mv", "content", "desk/content")
    eve.configure(docs_dir="desk/content")
    eve.content = eve.folder / "desk/content"
    as_maintainer(eve, eve.push)
    eve.post("2012-05-02-may.md", "May.")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    (eve.folder / "desk/tool.py").write_text("run()")
    eve.commit()
    (eve.folder / "desk/tool.py").unlink()
    eve.post("2012-05-03-more.md", "More.")
    assert "  desk/tool.py (in the commit" in eve.push().said
    eve.git("reset", "-q", "--hard", "HEAD~2")
    shutil.rmtree(eve.content)
    eve.content.symlink_to("/etc")
    assert "  desk/content" in eve.push().said


def test_a_push_waits_for_a_while_and_says_for_whom(eve: Editor, server: Remote) -> None:
    settings = server.root / "settings.json"
    settings.write_text(settings.read_text().replace('"wait": 600', '"wait": 1'))
    (server.root / "lock.holder").write_text("a push by mia is being checked\x1b[2J")
    eve.post("2012-05-02-may.md", "May.")
    with FileLock(server.root / "lock"):
        pushed = eve.push()
    assert not pushed.ok
    assert "Waiting, at most 1 s: a push by mia is being checked?[2J." in pushed.said
    assert "the server is busy: after 1 s, still a push by mia is being checked" in pushed.said
    assert "Try again in a moment" in pushed.said
    assert eve.push().ok


def test_of_the_pushes_of_a_person_one_waits(eve: Editor, server: Remote) -> None:
    from deskpress.publish.builder import RemoteError

    settings = server.root / "settings.json"
    settings.write_text(settings.read_text().replace('"wait": 600', '"wait": 1'))
    server = Remote.open(server.root)
    said: list[str] = []
    with server.turn(said.append, "eve"):
        assert "another push by eve is being worked on" in eve.push().said
        with (
            server.lock(said.append, "two pushes", name=f"work/turns/{digest(b'eve')[:16]}.next"),
            pytest.raises(RemoteError, match="two pushes"),
            server.turn(said.append, "eve"),
        ):
            pass
        with server.turn(said.append, "mia"):
            pass
    assert said == []
    assert eve.push().ok


def test_a_push_changes_each_ref_once(eve: Editor, server: Remote, canary: Canary) -> None:
    from deskpress.app.push import PushBuilder
    from deskpress.publish.pre_receive import admit
    from deskpress.publish.push import Push
    from deskpress.publish.refusal import RefusedError
    from deskpress.publish.roles import Pusher
    from deskpress.publish.updates import read_updates

    head = server.repository.head("main")
    updates = read_updates([f"{head} {head} refs/heads/main\n"] * 2)
    with pytest.raises(RefusedError, match="each ref once"):
        admit(Push(server, Pusher("eve", False), server.repository, set(), print), updates, PushBuilder())


def test_what_cannot_be_published_is_refused_while_another_push_is_checked(
    eve: Editor, server: Remote
) -> None:
    eve.configure(site_name="Mine")
    with FileLock(server.root / "lock"):
        assert "  mkdocs.yml" in eve.push().said
        assert eve.push(ref=":refs/heads/preview/x").ok


def test_a_preview_is_built_while_another_push_is_checked(eve: Editor, server: Remote) -> None:
    eve.post("2012-05-02-may.md", "May.")
    with FileLock(server.root / "lock"):
        pushed = eve.push(ref="HEAD:preview/x")
    assert pushed.ok, pushed.said
    assert (server.root / "previews/x/2012/05/may.html").is_file()


def test_a_client_that_does_not_read_holds_no_lock(eve: Editor, server: Remote) -> None:
    (eve.folder / "loud.py").write_text("def on_config(config):\n    print(('x' * 99 + '\\n') * 20_000)\n")
    eve.configure(hooks=["loud.py"])
    old = server.repository.head("main")
    without_post_receive(server, lambda: as_maintainer(eve, eve.push))
    shutil.rmtree(server.root / "work")
    command = [sys.executable, "-m", "deskpress", "remote", "hook", "post-receive", str(server.root)]
    reader, writer = os.pipe()
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=writer, stderr=writer
    ) as hook:
        os.close(writer)
        hook.communicate(f"{old} {server.repository.head('main')} refs/heads/main\n".encode())
        # What did not fit is said to be missing; here nobody has read at all.
        assert hook.returncode == 0
    os.close(reader)
    assert server.state.commit == server.repository.head("main")


def test_what_a_hook_prints_arrives(eve: Editor) -> None:
    (eve.folder / "loud.py").write_text("def on_config(config):\n    print(('x' * 99 + '\\n') * 2_000)\n")
    eve.configure(hooks=["loud.py"])
    said = as_maintainer(eve, eve.push).said
    assert said.count("x" * 99) == 2_000
    assert "Live: " in said


def test_status_says_who_maintains_and_whose_configuration_is_used(eve: Editor, server: Remote) -> None:
    (server.root / "maintainers").write_text("mia\nssh-ed25519 AAAAB3 ana@desk\nssh-ed25519 CCCC\n")
    (server.root / "keys/ana.pub").write_text("ssh-ed25519 AAAAB3 ana\n")
    head = server.repository.head("main")
    eve.post("2012-05-02-may.md", "May.")
    assert eve.push().ok
    said = deskpress("remote", "status", "-C", server.root).said
    owner = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    assert f"maintainers: {owner} (owner), mia, ana (by key), ssh-ed25519 CCCC\n" in said
    assert f"runs: the configuration of {head[:7]}; editors may change content/\n" in said
    assert "wait: 600 s\n" in said
