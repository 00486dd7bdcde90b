"""Branches and tags that editors make get in nobody's way."""

from __future__ import annotations

import pytest

from deskpress.publish.refnames import ref_problems
from tests.publish.conftest import Editor

KNOWN = (
    "refs/heads/main",
    "refs/heads/feature",
    "refs/heads/preview/x",
    "refs/tags/v1",
    "refs/heads/caf\u00e9",
    "refs/heads/Team/a",
)
BAD = {
    "refs/heads/MAIN": "`refs/heads/MAIN` and `refs/heads/main` differ only in upper and lower case",
    "refs/heads/Main/x": "differ only in upper and lower case",
    "refs/heads/Preview": "differ only in upper and lower case",
    "refs/heads/PREVIEW/y": "differ only in upper and lower case",
    "refs/heads/preview/X": "differ only in upper and lower case",
    "refs/heads/team/b": "differ only in upper and lower case",
    "refs/heads/cafe\u0301": "letters of other code points (NFC, NFD)",
    "refs/heads/con": "is a device of Windows",
    "refs/heads/a/aux": "is a device of Windows",
    "refs/tags/nul.x": "is a device of Windows",
    "refs/heads/a\u202eb": "invisible",
    "refs/heads/git~1": "is how Windows shortens other names",
    'refs/heads/a"b': "which Windows forbids",
    "refs/heads/-x": "is taken for an option",
    "refs/tags/-f": "is taken for an option",
    "refs/tags/origin/main": "a tag with a slash",
    "refs/tags/live/main": "a tag with a slash",
    "refs/tags/origin/HEAD": "a tag with a slash",
    "refs/tags/remotes/origin/main": "a tag with a slash",
    "refs/tags/heads/main": "a tag with a slash",
    "refs/tags/preview/x": "a tag with a slash",
    "refs/tags/backup/next": "a tag with a slash",
    "refs/heads/origin/main": "in clones, origin/… names what others have",
    "refs/heads/Origin/x": "in clones",
    "refs/heads/heads/main": "in clones",
    "refs/heads/tags/v1": "in clones",
    "refs/tags/feature": "git could take it for refs/heads/feature",
    "refs/tags/Feature": "git could take it for refs/heads/feature",
    "refs/tags/main": "git could take it for refs/heads/main",
    "refs/heads/v1": "git could take it for refs/tags/v1",
    "refs/tags/FETCH_HEAD": "git has such names itself",
    "refs/heads/ORIG_HEAD": "git has such names itself",
    "refs/heads/@": "git has such names itself",
    "refs/tags/0a1b2c3": "git could take it for a commit",
    f"refs/heads/{'a' * 40}": "git could take it for a commit",
}


@pytest.mark.parametrize("ref", BAD)
def test_names_in_the_way_of_others(ref: str) -> None:
    assert BAD[ref] in ref_problems([ref], KNOWN, "main")[ref]


@pytest.mark.parametrize(
    "ref",
    [
        "refs/heads/work",
        "refs/heads/ana/main",
        "refs/heads/Team/b",
        "refs/heads/feature-2",
        "refs/heads/preview/y",
        "refs/heads/größe",
        "refs/tags/v1.2",
        "refs/tags/2012-03",
        "refs/tags/20120312",
        "refs/heads/decade",
        "refs/heads/overhead",
        "refs/heads/console",
    ],
)
def test_other_names(ref: str) -> None:
    assert ref_problems([ref], KNOWN, "main") == {}


def test_two_of_one_push_are_held_against_each_other() -> None:
    for pair in (["refs/heads/B", "refs/heads/b"], ["refs/heads/c", "refs/tags/c"]):
        assert list(ref_problems(pair, KNOWN, "main")) == pair


@pytest.mark.slow
def test_editors_are_told_and_maintainers_are_not_held_to_it(editor: Editor) -> None:
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    refs = ("HEAD:refs/tags/origin/main", "HEAD:refs/heads/MAIN", "HEAD:refs/heads/work")
    refused = editor.git("push", editor.url, *refs, check=False)
    assert not refused.ok
    assert "refs/tags/origin/main: a tag with a slash may be taken for a branch" in refused.said
    assert "refs/heads/MAIN: `refs/heads/MAIN` and `refs/heads/main` differ only in" in refused.said
    assert editor.git("push", editor.url, refs[-1]).ok
    del editor.environment["DESKPRESS_PUSHER"]
    assert editor.git("push", editor.url, refs[0]).ok
    # What is there is gone on with, whoever does.
    editor.git("push", editor.url, "HEAD:refs/heads/ORIG_HEAD")
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    editor.commit()
    assert editor.git("push", editor.url, "HEAD:refs/heads/ORIG_HEAD").ok
