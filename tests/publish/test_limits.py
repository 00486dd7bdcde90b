"""Limits on what a push may hold: each is told in one line, and reading stops as soon as it is passed."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import zlib
from hashlib import sha1
from pathlib import Path
from typing import Any

import msgspec
import pytest

from deskpress.cli.server import publish_now
from deskpress.publish.git import GitError, Repository
from deskpress.publish.limits import OPTIONS, LimitError, Limits, Tally, check_built, parse_size, size_text
from deskpress.publish.remote import Remote, Settings
from tests.conftest import REPOSITORY
from tests.publish.conftest import ENVIRONMENT, Editor, deskpress, live
from tests.publish.objects import commit_with, measure, nested, peaks, store, tree

MOST_MEMORY = 300
"""MiB that the hook may take for what it refuses."""


@pytest.fixture
def eve(editor: Editor) -> Editor:
    """The same clone, pushed from with the key of somebody who is no maintainer."""
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    return editor


def limit(server: Remote, **amounts: int) -> None:
    """Change the limits of a server as its keeper does."""
    path = server.root / "settings.json"
    settings = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    path.write_bytes(msgspec.json.encode({**settings, **amounts}))
    deskpress("remote", "repair", "-C", server.root)


def an_ordinary_push_is_live(editor: Editor, server: Remote, name: str = "after") -> None:
    """What everybody is owed, whatever somebody has pushed before."""
    editor.post(f"2012-05-01-{name}.md", "Text.", slug=name)
    pushed = editor.push()
    assert pushed.ok, pushed.said
    assert f"2012/05/{name}.html" in live(server)


def noise(size: int) -> bytes:
    """Bytes that nothing compresses, the same each time."""
    return random.Random(18).randbytes(size)


def vast_png(side: int, seed: int) -> bytes:
    """A small file that is costly to draw smaller: black, one bit a pixel; each `seed` is another file."""
    import io

    from PIL import Image, PngImagePlugin

    note = PngImagePlugin.PngInfo()
    note.add_text("number", str(seed))
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG", pnginfo=note)
    return out.getvalue()


def plain_png(side: int) -> bytes:
    """A small file whose pixels take four bytes each in memory."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (side, side)).save(out, "PNG")
    return out.getvalue()


def push(editor: Editor, commit: str, ref: str = "main") -> str:
    """What is said to a push that must be refused."""
    pushed = editor.git("push", editor.url, f"{commit}:{ref}", check=False)
    assert not pushed.ok, pushed.said
    return pushed.said


def test_old_settings_keep_working(tmp_path: Path) -> None:
    deskpress("remote", "init", tmp_path / "srv")
    old = b'{"branch": "main", "strict": false, "keep": 20, "largest": 1000}'
    (tmp_path / "srv/settings.json").write_bytes(old)

    settings = Remote.open(tmp_path / "srv").settings

    assert settings.largest == 1000
    assert settings.files == Limits().files


def test_every_limit_is_an_option_a_setting_and_a_line_of_status(tmp_path: Path) -> None:
    assert {option.key for option in OPTIONS} == {*Limits.__struct_fields__}
    flags = [part for option in OPTIONS for part in (option.flag, "2G" if option.size else "7")]
    deskpress("remote", "init", tmp_path / "srv", *flags)
    settings = Remote.open(tmp_path / "srv").settings
    assert {getattr(settings, option.key) for option in OPTIONS if option.size} == {2_000_000_000}
    assert {getattr(settings, option.key) for option in OPTIONS if not option.size} == {7}
    status = deskpress("remote", "status", "-C", tmp_path / "srv").said
    for option in OPTIONS:
        assert re.search(rf"  [* ] {option.key} +{'2 GB' if option.size else '7'}  {option.text}", status)


def test_the_documentation_lists_every_limit_with_its_default() -> None:
    text = (REPOSITORY / "docs/content/help/publishing/server.md").read_text("utf-8")
    for option in OPTIONS:
        default = getattr(Limits(), option.key)
        shown = size_text(default) if option.size else f"{default:,}"
        who = "editors" if option.editors else "all"
        assert f"| `{option.key}` | `{option.flag}` | {shown} | {who} | {option.text} |" in text


def test_status_says_when_git_does_not_know_a_limit(server: Remote) -> None:
    path = server.root / "settings.json"
    path.write_text(path.read_text().replace('"push": 1000000000', '"push": 2000000'))
    assert "run `deskpress remote repair`" in deskpress("remote", "status", "-C", server.root).said
    deskpress("remote", "repair", "-C", server.root)
    assert "repair" not in deskpress("remote", "status", "-C", server.root).said
    assert server.repository.run("config", "receive.maxInputSize") == b"2000000\n"


def test_a_release_needs_room_for_its_folders_and_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").write_bytes(bytes(10))
    built = ["a/b.html", *(f"{number}/index.html" for number in range(500))]
    check_built(tmp_path, built, ["a/b.html", "away.html"], Limits())
    with pytest.raises(LimitError, match="The site would have 501 files; the limit is 500"):
        check_built(tmp_path, built, [], Limits(files=500))
    # 501 folders of 4 KiB, though no file is new.
    with pytest.raises(LimitError, match="too full: 3 MB are needed"):
        check_built(tmp_path, built, [], Limits(free=10**15))


def test_settings_that_are_no_limits_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.files"):
        msgspec.json.decode(b'{"files": -1}', type=Settings)


@pytest.mark.parametrize(
    ("text", "size"), [("1000", 1000), ("50M", 50_000_000), ("1.5 GB", 1_500_000_000), ("2k", 2000)]
)
def test_sizes_are_written_as_people_do(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert parse_size(size_text(size).removesuffix(" bytes")) == size


@pytest.mark.parametrize("text", ["", "M", "-1", "1X", "nan", "inf", "1e30"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_size(text)


def test_several_listings_share_one_tally() -> None:
    tally = Tally(Limits(files=3))
    tally.add(b"a")
    tally.add(b"b")
    tally.add(b"c")
    with pytest.raises(LimitError, match="too many files and folders; the limit is 3"):
        tally.add(b"d")


BUSY = """
import time

def on_config(config):
    ends = time.process_time() + 2
    while time.process_time() < ends:
        pass
"""
"""Stands for what each build of a large site takes."""


@pytest.mark.slow
@pytest.mark.long
class TestPushed:
    def test_a_few_objects_that_describe_a_billion_files(
        self, eve: Editor, server: Remote, tmp_path: Path
    ) -> None:
        measure(server, tmp_path / "peak")
        blob = store(eve, "blob", b"x")
        bomb = nested(eve, ("100644", b"f.txt", blob), 30)

        for ref in ("main", "refs/heads/preview/bomb", "refs/heads/work"):
            said = push(eve, commit_with(eve, ("40000", b"bomb", bomb)), ref)

            assert "too many files; the limit is 20,000." in said
            assert '"changes" in the settings.json of the server' in said
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
        an_ordinary_push_is_live(eve, server)

    def test_a_billion_files_of_a_maintainer(self, editor: Editor, server: Remote, tmp_path: Path) -> None:
        measure(server, tmp_path / "peak")
        bomb = nested(editor, ("100644", b"f.txt", store(editor, "blob", b"x")), 30)

        said = push(editor, commit_with(editor, ("40000", b"bomb", bomb)))

        assert "The site has too many files and folders; the limit is 250,000." in said
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
        an_ordinary_push_is_live(editor, server)

    def test_a_billion_empty_folders(self, eve: Editor, server: Remote, tmp_path: Path) -> None:
        measure(server, tmp_path / "peak")
        empty = store(eve, "tree", b"")
        said = push(eve, commit_with(eve, ("40000", b"bomb", nested(eve, ("40000", b"e", empty), 30))))
        assert "too many files" in said
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
        an_ordinary_push_is_live(eve, server)

    def test_a_bomb_in_the_history_that_is_gone_at_the_end(self, eve: Editor, server: Remote) -> None:
        bomb = nested(eve, ("100644", b"f.txt", store(eve, "blob", b"x")), 30)
        first = commit_with(eve, ("40000", b"bomb", bomb))
        plain = eve.git("rev-parse", "HEAD^{tree}").said.strip()
        second = eve.git("commit-tree", plain, "-p", first, "-m", "Gone").said.strip()

        assert "The push changes too many files; the limit is 20,000." in push(eve, second)
        eve.git("reset", "-q", "--hard")
        an_ordinary_push_is_live(eve, server)

    def test_folders_too_deep_for_anybody(self, eve: Editor, server: Remote, tmp_path: Path) -> None:
        measure(server, tmp_path / "peak")
        deep = tree(eve, ("100644", b"f.txt", store(eve, "blob", b"x")))
        for _ in range(3000):
            deep = tree(eve, ("40000", b"d", deep))
        assert "the path is longer than systems can hold" in push(
            eve, commit_with(eve, ("40000", b"deep", deep))
        )
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
        an_ordinary_push_is_live(eve, server)

    def test_a_name_longer_than_any_path(self, eve: Editor, server: Remote) -> None:
        blob = store(eve, "blob", b"x")
        said = push(eve, commit_with(eve, ("100644", b"n" * 1_000_000, blob)))
        assert "longer than systems can hold" in said
        an_ordinary_push_is_live(eve, server)

    def test_names_that_are_long_taken_together(self, eve: Editor, server: Remote) -> None:
        limit(server, names=2000)
        blob = store(eve, "blob", b"x")
        named = [("100644", f"{number:0200}.txt".encode(), blob) for number in range(20)]
        assert "too long taken together; the limit is 2 kB" in push(eve, commit_with(eve, *named))

    def test_one_file_under_many_names_counts_each_time(self, eve: Editor, server: Remote) -> None:
        limit(server, total=10_000_000)
        blob = store(eve, "blob", bytes(1_000_000))
        named = [("100644", f"{number}.zip".encode(), blob) for number in range(12)]

        said = push(eve, commit_with(eve, *named))

        assert "too large taken together; the limit is 10 MB" in said
        assert '"total" in the settings.json of the server' in said
        assert not list((server.root / "work").rglob("*.zip"))
        an_ordinary_push_is_live(eve, server)

    def test_a_large_file_is_read_in_pieces(self, eve: Editor, server: Remote, tmp_path: Path) -> None:
        measure(server, tmp_path / "peak")
        eve.write("large.zip", bytes(range(256)) * (49_000_000 // 256))
        pushed = eve.push()
        assert pushed.ok, pushed.said
        assert (server.root / "current/large.zip").stat().st_size == 49_000_000 // 256 * 256
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY

    def test_objects_that_no_ref_leads_to_count(self, eve: Editor, server: Remote) -> None:
        limit(server, objects=50)
        for number in range(60):
            eve.write(f"pages/{number}.md", f"# Page {number}\n")
        assert "The push sends too many objects; the limit is 50." in eve.push().said

    def test_commits_are_counted(self, eve: Editor, server: Remote) -> None:
        limit(server, commits=5)
        for number in range(7):
            eve.commit(f"Empty {number}")
        assert "The push sends too many commits; the limit is 5." in eve.push().said
        eve.environment.pop("DESKPRESS_PUSHER")
        assert eve.push().ok

    def test_a_chain_of_tags(self, eve: Editor, server: Remote) -> None:
        named, kind = eve.git("rev-parse", "HEAD").said.strip(), "commit"
        limit(server, commits=20)
        for _ in range(30):
            about = f"object {named}\ntype {kind}\ntag t\ntagger T <t@desk.example> 0 +0000\n\nT\n"
            named, kind = store(eve, "tag", about.encode()), "tag"
        assert "too many commits; the limit is 20." in push(eve, named, "refs/tags/t")

    def test_a_message_of_many_megabytes(self, eve: Editor, server: Remote, tmp_path: Path) -> None:
        measure(server, tmp_path / "peak")
        whole = eve.git("rev-parse", "HEAD^{tree}").said.strip()
        parent = eve.git("rev-parse", "HEAD").said.strip()
        who = "T <t@desk.example> 0 +0000"
        head = f"tree {whole}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n"
        commit = store(eve, "commit", head.encode() + b"m" * 100_000_000)
        assert "A commit of the push has 100,000," in push(eve, commit)
        assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
        an_ordinary_push_is_live(eve, server)

    def test_what_a_push_unpacks_to(self, eve: Editor, server: Remote) -> None:
        limit(server, unpacked=3_000_000)
        for number in range(4):
            eve.write(f"{number}.zip", bytes([number]) * 1_000_000)
        assert "too large when it is unpacked; the limit is 3 MB" in eve.push(ref="HEAD:work").said

    def test_what_a_push_sends(self, eve: Editor, server: Remote) -> None:
        limit(server, push=100_000)
        eve.write("noise.zip", noise(400_000))
        assert "pack exceeds maximum allowed size" in eve.push().said

    def test_refs_are_counted(self, eve: Editor, server: Remote) -> None:
        limit(server, updates=3, refs=6)
        refs = [f"HEAD:refs/heads/b{number}" for number in range(9)]
        said = eve.git("push", eve.url, *refs[:4], check=False).said
        assert "The push names 4 branches and tags; the limit is 3." in said
        assert eve.git("push", eve.url, *refs[:3]).ok
        assert eve.git("push", eve.url, *refs[3:5]).ok
        said = eve.git("push", eve.url, *refs[5:7], check=False).said
        assert "too many branches and tags; the limit is 6." in said
        eve.environment.pop("DESKPRESS_PUSHER")
        assert eve.git("push", eve.url, *refs).ok

    def test_previews_are_counted(self, eve: Editor, server: Remote) -> None:
        limit(server, previews=2)
        assert eve.push(ref="HEAD:preview/a").ok
        assert eve.push(ref="HEAD:preview/b").ok
        assert "There are too many previews; the limit is 2." in eve.push(ref="HEAD:preview/c").said
        eve.post("2012-04-02-april.md", "April.", draft=True)
        assert eve.push(ref="HEAD:preview/b").ok
        assert eve.push(ref=":preview/a").ok
        assert eve.push(ref="HEAD:preview/c").ok

    def test_the_repository_is_weighed(self, eve: Editor, server: Remote) -> None:
        limit(server, repository=1000)
        eve.write("large.zip", noise(1_500_000))
        said = eve.push().said
        assert "The repository is too large for more than small pushes; the limit is 1 kB." in said
        (eve.content / "large.zip").unlink()
        eve.git("reset", "-q", "--soft", "HEAD~1")
        an_ordinary_push_is_live(eve, server)

    def test_the_disk_keeps_some_room(self, eve: Editor, server: Remote) -> None:
        limit(server, free=10**15)
        for data in (noise(1_500_000), bytes(1_500_000)):
            eve.write("large.zip", data)
            said = eve.push().said
            assert "The server's disk is too full: 5 MB are needed, " in said
            assert "`deskpress remote prune --keep N`" in said
            assert not list((server.root / "work").rglob("large.zip"))
            eve.git("reset", "-q", "--soft", "HEAD~1")
        (eve.content / "large.zip").unlink()
        an_ordinary_push_is_live(eve, server)

    @pytest.mark.parametrize("name", [b"refs/heads/b\xff", "refs/heads/b\u202e".encode()])
    def test_a_ref_of_bytes_that_are_no_text(self, eve: Editor, name: bytes) -> None:
        command = [b"git", b"push", eve.url.encode(), b"HEAD:" + name]
        environment = {**eve.environment, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, cwd=eve.folder, env=environment, capture_output=True, check=False)
        assert done.returncode
        assert b"holds bytes that are not text" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_the_time_of_a_push_is_bounded(self, eve: Editor, server: Remote) -> None:
        limit(server, push_seconds=1)
        for number in range(12):
            eve.write(f"{number}.png", vast_png(5_000, number))
        for ref in ("HEAD:main", "HEAD:preview/vast"):
            said = eve.push(ref=ref).said
            assert "takes too much CPU time: push less at a time; the limit is 1." in said
            assert "Traceback" not in said
            assert not list((server.root / "work").rglob("0.png")) or "preview" in ref
        eve.git("reset", "-q", "--hard", "HEAD~1")
        limit(server, push_seconds=60)
        an_ordinary_push_is_live(eve, server)

    def test_the_memory_of_a_push_is_bounded(self, eve: Editor, server: Remote) -> None:
        limit(server, memory=120_000_000)
        eve.write("vast.png", plain_png(4_900))
        said = eve.push().said
        assert "Memory runs out at vast.png: make it smaller, or push less at a time;" in said
        assert "the limit is 120 MB." in said
        assert '"memory" in the settings.json of the server' in said
        assert "Memory runs out at vast.png" in eve.push(ref="HEAD:preview/vast").said
        eve.git("reset", "-q", "--hard", "HEAD~2")
        an_ordinary_push_is_live(eve, server)

    def test_so_is_the_memory_for_all_texts_together(self, eve: Editor, server: Remote) -> None:
        for number in range(3_000):
            eve.write(f"pages/{number}.md", f"# Page {number}\n")
        limit(server, memory=90_000_000)
        said = eve.push().said
        assert "push less at a time; the limit is 90 MB." in said
        assert "Traceback" not in said
        eve.git("reset", "-q", "--hard", "HEAD~1")
        an_ordinary_push_is_live(eve, server)

    def test_a_push_is_not_charged_for_what_is_published(self, editor: Editor, server: Remote) -> None:
        (editor.folder / "hook.py").write_text(BUSY)
        file = editor.folder / "mkdocs.yml"
        file.write_text(f"{file.read_text()}hooks: [hook.py]\n")
        assert editor.push().ok
        limit(server, push_seconds=1)
        editor.environment["DESKPRESS_PUSHER"] = "eve"
        an_ordinary_push_is_live(editor, server, "first")
        an_ordinary_push_is_live(editor, server, "second")

    def test_nor_for_reading_it_without_a_cache(self, editor: Editor, server: Remote) -> None:
        for number in range(700):
            editor.write(f"pages/{number}.md", f"# Page {number}\n\n" + "A `text` with *marks*. " * 160)
        assert editor.push().ok
        limit(server, push_seconds=2)
        shutil.rmtree(server.root / "work/cache")
        editor.environment["DESKPRESS_PUSHER"] = "eve"
        an_ordinary_push_is_live(editor, server)

    @pytest.mark.parametrize("options", [{"due": True}, {"pushed": True, "editor": True}])
    def test_the_time_of_what_is_published_later_is_bounded(
        self,
        server: Remote,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        options: dict[str, bool],
    ) -> None:
        def spin(*arguments: object, **options: object) -> None:
            while True:
                pass

        settings = server.root / "settings.json"
        settings.write_text(settings.read_text().replace('"push_seconds": 600', '"push_seconds": 1'))
        monkeypatch.setattr("deskpress.publish.post_receive.publish", spin)
        monkeypatch.setattr("deskpress.cli.server.disable_gc", lambda: None)
        monkeypatch.setattr("deskpress.publish.bounds.ACCEPTED", 1)
        with pytest.raises(SystemExit):
            publish_now(server.root, **options)
        said = capsys.readouterr().err
        assert "takes more than 1 times the CPU time of a push; the limit is 1." in said
        assert "The live site stays as it was" in said

    @pytest.mark.parametrize(
        ("mode", "said"),
        [
            ("100664", "the file mode 100664 is none that git writes"),
            ("100600", "the file mode 100600 is none that git writes"),
            ("120000", "this is a symbolic link"),
            ("160000", "this is a submodule"),
            ("104755", "the file mode 104755 is none that git writes"),
        ],
    )
    def test_odd_modes_are_refused(self, eve: Editor, server: Remote, mode: str, said: str) -> None:
        named = store(eve, "blob", b"x") if mode != "160000" else eve.git("rev-parse", "HEAD").said.strip()
        assert f"content/odd.md:1:1: {said}" in push(eve, commit_with(eve, (mode, b"odd.md", named)))
        an_ordinary_push_is_live(eve, server)

    def test_a_file_that_claims_to_be_something_else(self, eve: Editor, server: Remote) -> None:
        folder = eve.git("rev-parse", "HEAD:content").said.strip()
        for mode, named in (("100644", folder), ("40000", store(eve, "blob", b"x"))):
            assert "Traceback" not in push(eve, commit_with(eve, (mode, b"odd.md", named)))
            an_ordinary_push_is_live(eve, server, f"after-{mode}")

    def test_nothing_is_executable_on_the_server(self, eve: Editor, server: Remote) -> None:
        eve.write("scan.pdf", "x").chmod(0o755)
        assert eve.push().ok
        for path in (server.root / "work/tree/content/scan.pdf", server.root / "current/scan.pdf"):
            assert not path.stat().st_mode & 0o111


def packed(number: int, size: int, data: bytes) -> bytes:
    """An entry of a pack: type, size and data (gitformat-pack)."""
    head = [(number << 4) | (size & 15)]
    size >>= 4
    while size:
        head[-1] |= 0x80
        head.append(size & 0x7F)
        size >>= 7
    return bytes(head) + data


def variable(size: int) -> bytes:
    """A size as deltas write it."""
    out = bytearray()
    while True:
        out.append((size & 0x7F) | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return bytes(out)


@pytest.mark.slow
@pytest.mark.long
def test_a_small_pack_that_would_fill_the_memory(eve: Editor, server: Remote) -> None:
    base = bytes(0xFFFFFF)
    copies = 300
    # Each instruction copies 16 MB of the base (gitformat-pack, "Deltified representation").
    delta = variable(len(base)) + variable(copies * len(base)) + b"\xf0\xff\xff\xff" * copies
    name = sha1(f"blob {len(base)}\0".encode() + base).digest()
    entries = packed(3, len(base), zlib.compress(base)) + packed(7, len(delta), name + zlib.compress(delta))
    pack = b"PACK" + (2).to_bytes(4, "big") + (2).to_bytes(4, "big") + entries
    pack += sha1(pack).digest()
    head = eve.git("rev-parse", "HEAD").said.strip()
    line = f"{'0' * 40} {head} refs/heads/x\0report-status".encode()
    deskpress("remote", "repair", "-C", server.root)
    limit(server, git_memory=500_000_000)

    done = subprocess.run(
        [sys.executable, "-c", SERVED, str(server.root)],
        env={**ENVIRONMENT, "SSH_ORIGINAL_COMMAND": f"git-receive-pack '{server.root}/repo.git'"},
        input=f"{len(line) + 4:04x}".encode() + line + b"0000" + pack,
        capture_output=True,
        check=False,
    )

    assert b"unpack ok" not in done.stdout, done.stderr
    assert b"memory" in done.stdout + done.stderr
    assert server.repository.head("x") == ""
    peak = int(done.stderr.rsplit(b"peak ", 1)[1].split()[0]) / 1024
    assert peak < 600
    an_ordinary_push_is_live(eve, server)


SERVED = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "deskpress", "remote", "serve", "eve", sys.argv[1]])
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
@pytest.mark.long
def test_git_that_takes_too_long_is_ended(editor: Editor, server: Remote) -> None:
    bomb = nested(editor, ("40000", b"e", store(editor, "tree", b"")), 30)
    slow = Repository(editor.folder / ".git", seconds=1)
    with pytest.raises(GitError, match="took more than 1 seconds of CPU time"):
        slow.run("ls-tree", "-r", bomb)


@pytest.mark.slow
def test_lists_are_counted_before_they_are_planned(eve: Editor, server: Remote) -> None:
    """100 tags of 100 posts are 10,000 lists, each with a page and perhaps feeds: in previews, too."""
    limit(server, files=300)
    for number in range(2):
        names = [f"{number}x{name}" for name in range(90)]
        eve.post(f"2012-04-0{number + 1}-many.md", categories=names[:80], tags=names)
    for ref in ("HEAD:main", "HEAD:preview/many"):
        said = eve.push(ref=ref).said
        assert re.search(r"content/posts/2012-04-0\d-many\.md:\d+:1: error: the site would have more", said)
        assert "than 300 files: categories, tags and authors have pages of their own, and this post" in said
    assert not list(server.root.rglob("*2012-04*"))
    assert not (server.root / "previews/many").exists()
