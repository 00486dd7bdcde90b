"""Names that every system can hold; those of an old site stay."""

from __future__ import annotations

import os
import subprocess

import pytest

from deskpress.app.check import accepted
from deskpress.model.diagnostic import Severity
from deskpress.publish.names import name_problems
from deskpress.publish.remote import Remote
from tests.conftest import Site
from tests.growth import check_linear
from tests.publish.conftest import Editor, live

BAD = {
    "CON.txt": "is a device of Windows",
    "con": "is a device of Windows",
    "Aux": "is a device of Windows",
    "nul.tar.gz": "is a device of Windows",
    "prn .md": "is a device of Windows",
    "COM1": "is a device of Windows",
    "com¹.png": "is a device of Windows",
    "lpt0.x": "is a device of Windows",
    "CONIN$": "is a device of Windows",
    "conout$.txt": "is a device of Windows",
    "a:b.txt": "holds :, which Windows forbids",
    ".git:x": "holds :, which Windows forbids",
    'a<b>"|?*': 'holds " * < > ? |, which Windows forbids',
    "a\\b.md": "holds \\, which Windows forbids",
    "a.": "begins or ends with a space, or ends with a dot",
    "a..": "begins or ends with a space, or ends with a dot",
    "...": "begins or ends with a space, or ends with a dot",
    ".git.": "begins or ends with a space, or ends with a dot",
    "a ": "begins or ends with a space",
    " a": "begins or ends with a space",
    ".git": "is git's own",
    ".GIT": "is git's own",
    ".g\u200cit": "holds an invisible character (U+200C)",
    "git~1": "is how Windows shortens other names",
    "GIT~12": "is how Windows shortens other names",
    "GI7EBA~1": "is how Windows shortens other names",
    "MYPICT~1.PNG": "is how Windows shortens other names",
    "a\tb": "holds an invisible character (U+0009)",
    "a\x7f": "holds an invisible character (U+007F)",
    "a\x85": "holds an invisible character (U+0085)",
    "a\u202egpj.md": "holds an invisible character (U+202E)",
    "a\u2066b": "holds an invisible character (U+2066)",
    "a\xa0b": "holds an invisible character (U+00A0)",
    "a\u2028b": "holds an invisible character (U+2028)",
    "a\ufeff": "holds an invisible character (U+FEFF)",
    "a\uffff": "holds an invisible character (U+FFFF)",
    "a\ue000": "holds an invisible character (U+E000)",
    "a\U000e0041": "holds an invisible character (U+E0041)",
    "a\udcff.md": "is not UTF-8",
    "x" * 241: "has more than 240 bytes",
    "字" * 81: "has more than 240 bytes",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("place", ["content/{}", "content/{}/a.md", "content/a/{}"])
def test_names_that_break_clones_are_refused(name: str, place: str) -> None:
    path = place.format(name)
    found = name_problems([path, "content/b.md"])
    assert [problem.span.path for problem in found] == [path]
    assert BAD[name] in found[0].problem
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    "name",
    [
        "a.md",
        "Two numbers.md",
        "2012-03-12-größe.md",
        "gro\u0308ße.md",
        "字.png",
        "مرحبا.md",
        "📷.png",
        "✉\ufe0f.png",
        "console.md",
        "com.md",
        "com10.md",
        "auxiliary.txt",
        "a~1b.md",
        "notes~.md",
        "longname~1.png",
        ".gitkeep",
        ".github",
        "gits",
        "a,b;c=d+e&f'g(h)[i]{j}!@#$%^.md",
        "x" * 237 + ".md",
        "..a",
    ],
)
def test_other_names_are_accepted(name: str) -> None:
    assert name_problems([f"content/{name}"]) == []


@pytest.mark.parametrize(
    ("one", "other", "problem"),
    [
        ("a/ü.md", "a/u\u0308.md", r"(NFC, NFD): \xfc.md, u\u0308.md"),
        ("A.md", "a.md", "differ only in upper and lower case"),
        ("straße.md", "STRASSE.md", "differ only in upper and lower case"),
        ("a/x.md", "A/y.md", "differ only in upper and lower case"),
        ("a", "A/y.md", "differ only in upper and lower case"),
        ("Å.md", "\u212b.md", "(NFC, NFD)"),
        ("ΐ.md", "Ϊ\u0301.md", "differ only in upper and lower case"),
    ],
)
def test_twins_are_refused(one: str, other: str, problem: str) -> None:
    found = name_problems([one, other])
    assert len(found) == 1
    assert problem in str(found[0]), str(found[0])
    # Of the two it is the new one that is refused.
    for old, new in ((one, other), (other, one)):
        found = name_problems([one, other], {old})
        assert [(p.severity, p.span.path) for p in found] == [(Severity.ERROR, new)]


def test_names_that_are_published_stay() -> None:
    found = name_problems(["c/aux", "c/nul"], {"c/aux"})
    assert [(p.span.path, p.severity) for p in found] == [
        ("c/aux", Severity.WARNING),
        ("c/nul", Severity.ERROR),
    ]


def test_a_folder_is_named_once() -> None:
    assert len(name_problems([f"aux/{number}.md" for number in range(100)])) == 1


def test_a_path_that_is_too_long_is_refused() -> None:
    assert "the path has more than 1,000 bytes" in str(name_problems(["/".join(["abcdefghi"] * 101)])[0])
    # Also one of a million folders, at once.
    assert len(name_problems(["a/" * 1_000_000 + "b"])) == 1
    check_linear(name_problems, lambda length: ["a/" * length + "b"], 1_000_000)


def test_check_tells_of_names_before_the_push(site: Site) -> None:
    site.write("files/aux.pdf", "x")
    site.write("files/u\u0308.pdf", "x")
    site.write("files/ü.pdf", "x")
    told = [str(d) for d in accepted(site.check()).diagnostics if d.span.path.startswith("content/files/")]
    assert len(told) == 2
    assert told[0].startswith("content/files/aux.pdf:1:1: warning: the name `aux.pdf` is a device of Windows")
    assert "warning: the name is there twice" in told[1]


@pytest.mark.slow
class TestPushes:
    def add(self, editor: Editor, *paths: bytes) -> None:
        """Commit files whose names this system may not hold, and git reads from a pipe only."""
        blob = editor.git("hash-object", "-w", str(editor.content / "posts/2012-03-05-home.md")).said.strip()
        subprocess.run(
            ["git", "update-index", "-z", "--index-info"],
            cwd=editor.folder,
            env=editor.environment,
            input=b"".join(b"100644 %b\t%b\0" % (blob.encode(), path) for path in paths),
            check=True,
        )
        editor.git("commit", "-q", "-m", "Names")

    @pytest.mark.parametrize("pusher", ["eve", "the owner"])
    def test_new_names_are_refused_all_at_once(self, editor: Editor, server: Remote, pusher: str) -> None:
        if pusher == "eve":
            editor.environment["DESKPRESS_PUSHER"] = pusher
        before = live(server)
        names = ("CON.txt", "a:b.txt", "back\\slash.txt", " x.txt", "ü.txt", "u\u0308.txt", "MYTEXT~1.TXT")
        self.add(editor, *(os.fsencode(f"content/files/{name}") for name in names), b"content/files/\xff.txt")
        refused = editor.git("push", editor.url, "HEAD:main", check=False)
        assert not refused.ok
        for line in (
            "content/files/CON.txt:1:1: error: the name `CON.txt` is a device of Windows",
            "content/files/a:b.txt:1:1: error: the name `a:b.txt` holds :, which Windows forbids",
            "content/files/back\\slash.txt:1:1: error: the name `back\\slash.txt` holds \\, which Windows",
            "the name ` x.txt` begins or ends with a space",
            "(NFC, NFD): \\xfc.txt, u\\u0308.txt",
            "the name `MYTEXT~1.TXT` is how Windows shortens other names",
            "content/files/\\udcff.txt:1:1: error: the name `\\udcff.txt` is not UTF-8",
            "7 mistakes.",
        ):
            assert line in refused.said, refused.said
        assert live(server) == before

    def test_an_old_site_is_not_locked_out(self, editor: Editor, server: Remote) -> None:
        self.add(editor, b"content/files/aux.txt")
        # As it came to the server before names were looked at.
        (server.root / "repo.git/hooks/pre-receive").rename(server.root / "hook")
        assert editor.git("push", editor.url, "HEAD:main", check=False).ok
        (server.root / "hook").rename(server.root / "repo.git/hooks/pre-receive")
        (editor.content / "files").mkdir()
        (editor.content / "files/aux.txt").write_text("Still there.\n")
        editor.environment["DESKPRESS_PUSHER"] = "eve"
        pushed = editor.push()
        assert pushed.ok, pushed.said
        assert "content/files/aux.txt:1:1: warning: the name `aux.txt` is a device of Windows" in pushed.said
        assert live(server)["files/aux.txt"] == b"Still there.\n"

    def test_previews_are_judged_alike(self, editor: Editor, server: Remote) -> None:
        self.add(editor, b"content/files/aux.txt")
        refused = editor.git("push", editor.url, "HEAD:preview/x", check=False)
        assert "is a device of Windows" in refused.said
        assert not (server.root / "previews/x").exists()

    def test_elsewhere_maintainers_are_warned(self, editor: Editor) -> None:
        self.add(editor, b"tools/aux.txt")
        pushed = editor.git("push", editor.url, "HEAD:main", check=False)
        assert pushed.ok, pushed.said
        assert "tools/aux.txt:1:1: warning: the name `aux.txt` is a device of Windows" in pushed.said
