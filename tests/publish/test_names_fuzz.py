"""Whatever names are pushed, the next ordinary push is live: no name of the content meets one of ours."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest

from deskpress.publish.remote import Remote
from tests.publish.conftest import Editor, deskpress, live
from tests.publish.objects import commit_with, entries, store, tree

pytestmark = pytest.mark.slow
ROUNDS = int(os.environ.get("DESKPRESS_NAMES", "12"))

OURS = b"""
.deskpress.new .deskpress-checkout.json .cache tree tree.json tree.new cache built.json current releases lock
site bodies.new readings x.tmp .x.new a b a.txt A.txt 2012 work repo.git state.json previews
"""
"""Names of ours, today's and former ones, most of which the content may have as well."""

TEMPORARY = (b".deskpress.new", b".deskpress-checkout.json", b".cache", b"tree.new")
"""Those that once lay in the checkout, or lie beside it now: they come more often."""

OTHERS = rb"""
.deskpress .deskpress-staging .git redirects.map gone.map _headers index.html addresses.lock search.yml
404.html feed.xml sitemap.xml assets archive CON aux.txt a:b.txt dot. -rf ~ .GIT git~1 .gitmodules
back\slash.txt .. . ... nul.txt A * ? $x %2e #a# '"` <b> {{x}} ${HOME} `id` a.md~ a.bak
"""
ODD = (
    *(b" space", b"dot. ", b"new\nline.txt", b"tab\t.txt", b"\xff\xfe.txt", b"n" * 300),
    *("a\u0308.txt".encode(), "\u00e4.txt".encode(), "\u202egpj.txt".encode(), "字".encode() * 82),
)
POOLS = (OURS.split(), OURS.split(), [*OURS.split(), *OTHERS.split(), *ODD])


@pytest.fixture
def eve(editor: Editor) -> Editor:
    """The same clone of a site that publishes hidden files, pushed from by somebody who is no maintainer."""
    editor.configure(exclude_docs="!.*")
    assert editor.push().ok
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    return editor


def begin(editor: Editor) -> None:
    """Go on from what is published."""
    editor.git("fetch", "-q", editor.url, "main")
    editor.git("update-ref", "HEAD", "FETCH_HEAD")


def an_ordinary_push_is_live(editor: Editor, server: Remote, number: object) -> None:
    """On what is published now, whatever names that holds."""
    begin(editor)
    text = f"---\ntitle: Text {number}\ndate: 2012-05-01\nslug: n{number}\n---\nText.\n"
    posts = entries(editor, "HEAD:content/posts")
    new = ("100644", f"2012-05-01-n{number}.md".encode(), store(editor, "blob", text.encode()))
    folder = tree(editor, *posts, new)
    note = store(editor, "blob", f"Note {number}\n".encode())
    commit = commit_with(editor, ("40000", b"posts", folder), ("100644", b"note.pdf", note))
    pushed = editor.git("push", "-o", "allow-feed-changes", editor.url, f"{commit}:main", check=False)
    assert pushed.ok, pushed.said
    assert f"2012/05/n{number}.html" in live(server)
    assert live(server)["note.pdf"] == f"Note {number}\n".encode()


def random_folder(
    editor: Editor, chance: random.Random, names: Sequence[bytes], depth: int = 0
) -> list[tuple[str, bytes, str]]:
    """Entries with these names: files and folders, of which some bear the same name elsewhere."""
    found = []
    chosen = chance.sample(names, chance.randrange(1, 6 if depth else 4))
    for name in dict.fromkeys([*chosen, *([chance.choice(TEMPORARY)] if chance.random() < 0.5 else [])]):
        if depth < 3 and chance.random() < 0.4:
            inside = random_folder(editor, chance, names, depth + 1)
            found.append(("40000", name, tree(editor, *inside)))
        else:
            blob = store(editor, "blob", f"text {chance.randrange(3)}\n".encode())
            found.append((chance.choice(["100644", "100755"]), name, blob))
    return found


@pytest.mark.long
def test_random_names(eve: Editor, server: Remote) -> None:
    chance = random.Random(18)
    accepted = 0
    for number in range(ROUNDS):
        begin(eve)
        kept = [e for e in entries(eve, "HEAD:content") if e[1] in (b"posts", b"help")]
        taken = {name for _, name, _ in kept}
        new = [entry for entry in random_folder(eve, chance, chance.choice(POOLS)) if entry[1] not in taken]
        content = tree(eve, *kept, *new)
        top = [entry for entry in entries(eve, "HEAD") if entry[1] != b"content"]
        whole = tree(eve, *top, ("40000", b"content", content))
        commit = eve.git("commit-tree", whole, "-p", "HEAD", "-m", "Names").said.strip()
        before = live(server)
        if number % 2:
            # Names without an ending, and hidden ones, are for maintainers.
            del eve.environment["DESKPRESS_PUSHER"]
        pushed = eve.git("push", eve.url, f"{commit}:main", check=False)
        eve.environment["DESKPRESS_PUSHER"] = "eve"
        accepted += pushed.ok
        assert "Traceback" not in pushed.said, pushed.said
        assert "fast-forward" not in pushed.said
        if not pushed.ok:
            assert live(server) == before
        an_ordinary_push_is_live(eve, server, number)
    deskpress("remote", "repair", "-C", server.root)
    deskpress("remote", "due", "-C", server.root)
    assert accepted > ROUNDS // 6
    print(f"{ROUNDS} random folders pushed, {accepted} accepted")


@pytest.mark.parametrize(
    "path",
    [
        ".deskpress.new/x",
        ".deskpress-checkout.json/x",
        ".deskpress-staging/x",
        ".deskpress/x",
        ".cache/deskpress/readings",
        "posts/.deskpress.new/x",
        "help/.cache/x",
    ],
)
@pytest.mark.long
def test_a_folder_with_a_name_of_ours_blocks_nobody(eve: Editor, server: Remote, path: str) -> None:
    eve.write(path, "x")
    eve.push()
    an_ordinary_push_is_live(eve, server, 1)
    deskpress("remote", "repair", "-C", server.root)
    deskpress("remote", "due", "-C", server.root)
    an_ordinary_push_is_live(eve, server, 2)


@pytest.mark.parametrize(
    "path",
    [".cache", ".cache/deskpress", ".cache/deskpress/readings/x", ".deskpress-checkout.json", "site/x"],
)
@pytest.mark.long
def test_a_maintainers_tree_meets_nothing_of_the_server(editor: Editor, server: Remote, path: str) -> None:
    editor.git("config", "core.excludesFile", os.devnull)
    (editor.folder / ".gitignore").unlink()
    target = editor.folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text('{"content/posts/2012-03-05-home.md": "x"}')
    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert (server.root / "work/tree" / path).read_text() == target.read_text()
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    for number in (1, 2):
        an_ordinary_push_is_live(editor, server, number)
    assert (server.root / "work/cache/readings").is_file()


@pytest.mark.long
def test_a_file_takes_the_place_of_a_folder_and_back(editor: Editor, server: Remote) -> None:
    for number, path in enumerate(("a/b/c.txt", "a/b", "a", "a/b", "a/b/c.txt")):
        first = editor.content / path.split("/")[0]
        editor.git("rm", "-rq", "--ignore-unmatch", str(first))
        editor.write(path, path)
        assert editor.push().ok
        assert live(server)[path] == path.encode(), number


@pytest.mark.long
def test_what_a_plug_in_left_makes_way(editor: Editor, server: Remote) -> None:
    left = server.root / "work/tree/content/images/a.txt/cache"
    left.mkdir(parents=True)
    (left / "x").write_text("x")
    (server.root / "work/tree/content/files").write_text("x")
    editor.write("images/a.txt", "a")
    editor.write("files/b.txt", "b")
    assert editor.push().ok
    assert live(server)["images/a.txt"] == b"a"
    assert live(server)["files/b.txt"] == b"b"


@pytest.mark.long
def test_checkouts_share_no_name_with_their_content(editor: Editor, server: Remote) -> None:
    editor.write("tree.json/x.txt", "x")
    assert editor.push(ref="HEAD:preview/tree").ok
    beside = {path.name for path in (server.root / "work/previews/tree").iterdir()}
    assert beside == {"tree", "tree.json", "cache"}
    inside = {path.name for path in (server.root / "work/tree").iterdir()}
    assert inside == {"content", "mkdocs.yml", ".gitignore"}
