"""A `.cache` from elsewhere costs time, and nothing else: it is not believed, and leads nowhere."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import zlib
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from deskpress.build.cache import ANEW, CachedReadings, KeptPlan
from deskpress.engine.blob_store import FORMAT, BlobStore, Place, keep, load, save
from deskpress.engine.cache_key import VARIABLE, cache_key
from deskpress.engine.fingerprint import code_of, digest
from deskpress.model.body import Converted
from tests.conftest import AS_OF, Site, drawn

SCRIPT = "<script>alert(document.domain)</script>"
MINE, THEIRS = "the key of this machine", "the key of another machine"


@pytest.fixture
def site(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv(VARIABLE, MINE)
    site.post("2012-03-01-a.md", "Words of the first post.\n")
    site.post("2012-03-02-b.md", "Not for readers.\n", draft=True)
    site.write("chart.png", drawn(1200, 600))
    site.build()
    return site


def memory(site: Site) -> Path:
    return site.folder / ".cache/deskpress"


def known(site: Site) -> CachedReadings:
    found = load(memory(site) / "readings", CachedReadings, cache_key())
    assert found is not None
    return found


def forge_bodies(site: Site) -> None:
    """Put a script into the stored body of the post, by the key of now."""
    read = known(site)
    blobs = BlobStore(memory(site) / "bodies")
    reading = read.documents["posts/2012-03-01-a.md"]
    assert reading.place is not None
    data = blobs.get(reading.place)
    assert data is not None
    body = msgspec.msgpack.decode(data, type=Converted)
    place = blobs.put(msgspec.msgpack.encode(replace(body, html=body.html + SCRIPT)))
    blobs.close()
    documents = {**read.documents, "posts/2012-03-01-a.md": replace(reading, place=place)}
    save(memory(site) / "readings", replace(read, documents=documents), cache_key())


def forge_plan(site: Site) -> None:
    """Have the plan publish a file from elsewhere."""
    plan = load(memory(site) / "plan", KeptPlan, cache_key())
    assert plan is not None
    first = next(spec for spec in plan.plan if spec.kind == "asset")
    stolen = replace(first, path="stolen.txt", subject=("asset", "../../secret.txt"))
    outputs = (*plan.plan.outputs, stolen)
    forged = replace(plan, plan=replace(plan.plan, outputs=outputs))
    save(memory(site) / "plan", forged, cache_key())


def again(site: Site) -> None:
    """Let the next build render everything."""
    shutil.rmtree(site.output)
    for rest in memory(site).glob("rest-*"):
        rest.unlink()


def clean(site: Site, tmp_path: Path) -> dict[str, bytes]:
    other = Site(tmp_path / "clean")
    shutil.copytree(site.content, other.content, dirs_exist_ok=True)
    other.build()
    return other.tree()


@pytest.mark.slow
@pytest.mark.parametrize("key", [THEIRS, MINE])
def test_records_by_another_key_are_not_believed(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv(VARIABLE, key)
    again(site)
    site.build()
    forge_bodies(site)
    again(site)
    monkeypatch.setenv(VARIABLE, MINE)
    said: list[str] = []
    site.build(say=said.append)
    if key == MINE:
        # The forgery is one: whoever had the key could do this.
        assert SCRIPT in site.read("2012/03/a.html")
        return
    assert said == [ANEW]
    assert site.tree() == clean(site, tmp_path)
    said.clear()
    site.build(say=said.append)
    assert said == []


@pytest.mark.slow
@pytest.mark.parametrize("key", [THEIRS, MINE])
def test_a_forged_plan_reads_no_file_from_elsewhere(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    (tmp_path / "secret.txt").write_text("Not for readers.")
    monkeypatch.setenv(VARIABLE, key)
    again(site)
    site.build()
    forge_plan(site)
    again(site)
    monkeypatch.setenv(VARIABLE, MINE)
    site.build()
    if key == MINE:
        assert site.read("stolen.txt") == "Not for readers."  # as above
        return
    assert site.tree() == clean(site, tmp_path)


def with_checksum(before: bytes, after: bytes, wanted: int) -> bytes:
    """`before` and `after` with four bytes between them, so that the CRC-32 of all is the `wanted` one."""
    table = [zlib.crc32(bytes([n ^ 0xFF])) ^ 0xFF000000 for n in range(256)]
    by_top = {entry >> 24: n for n, entry in enumerate(table)}
    register = wanted ^ 0xFFFFFFFF
    for byte in reversed(after):
        index = by_top[register >> 24]
        register = ((register ^ table[index]) << 8 & 0xFFFFFFFF) | (index ^ byte)
    steps = []
    for _ in range(4):
        steps.append(by_top[register >> 24])
        register = (register ^ table[steps[-1]]) << 8 & 0xFFFFFFFF
    state = zlib.crc32(before) ^ 0xFFFFFFFF
    between = bytearray()
    for index in reversed(steps):
        between.append((state ^ index) & 0xFF)
        state = (state >> 8) ^ table[index]
    made = before + bytes(between) + after
    assert zlib.crc32(made) == wanted
    return made


def forged_body(data: bytes) -> bytes:
    """A body with a script, of the length and the CRC-32 of the stored one."""
    body = msgspec.msgpack.decode(data, type=Converted)
    for number in range(10_000):
        html = f"{SCRIPT}<!--{number:05}ABCD"
        evil = msgspec.msgpack.encode(replace(body, html=html, markdown=""))
        # The Markdown, of which nobody needs more than its place, makes up for the length.
        pad = len(data) - len(evil)
        evil = msgspec.msgpack.encode(replace(body, html=html, markdown="x" * pad))
        evil = msgspec.msgpack.encode(replace(body, html=html, markdown="x" * (pad - len(evil) + len(data))))
        before, _, after = evil.partition(b"ABCD")
        made = with_checksum(before, after, zlib.crc32(data))
        if (
            len(made) == len(data)
            and made.isascii() is evil.isascii()
            and made[len(before) : -len(after)].isascii()
        ):
            return made
    raise AssertionError("no such body was found")


@pytest.mark.slow
def test_a_shelf_by_another_is_not_believed(site: Site, tmp_path: Path) -> None:
    site.post("2012-03-01-a.md", "Words of the first post.\n" * 8)
    site.build()
    place = known(site).documents["posts/2012-03-01-a.md"].place
    assert isinstance(place, Place)
    file = memory(site) / "bodies"
    whole = bytearray(file.read_bytes())
    end = place.start + place.size
    whole[place.start : end] = forged_body(bytes(whole[place.start : end]))
    file.write_bytes(whole)
    again(site)
    site.build()
    assert site.tree() == clean(site, tmp_path)


def test_a_picture_by_another_is_not_believed(site: Site, tmp_path: Path) -> None:
    for kept in (memory(site) / "pictures").iterdir():
        evil = b"<script>"
        kept.write_bytes(digest(evil).encode() + evil)
    again(site)
    site.build()
    assert site.tree() == clean(site, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", [".cache", ".cache/deskpress", ".cache/deskpress/pictures"])
def test_nothing_happens_behind_a_link(site: Site, tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    for folder in ("", "deskpress/pictures/", "pictures/"):
        (precious / folder).mkdir(parents=True, exist_ok=True)
        for number in range(150):
            (precious / folder / f"p{number}").write_text("mine")
        for file in ("readings", "readings.since", "plan", "bodies", "history", "lock", "readings.new"):
            (precious / folder / file).write_text("mine")
    before = {path: path.read_bytes() for path in sorted(precious.rglob("*")) if path.is_file()}
    link = site.folder / name
    shutil.rmtree(link)
    link.symlink_to(precious)
    said: list[str] = []
    for _ in range(2):
        site.build(say=said.append)
        site.check()
        site.post("2012-03-03-c.md", "More.\n")
    assert {path: path.read_bytes() for path in sorted(precious.rglob("*")) if path.is_file()} == before
    assert link.is_symlink()
    assert [one for one in said if "nothing is remembered" in one] or "pictures" in name
    assert site.tree() == clean(site, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["readings", "readings.since", "plan", "bodies", "lock", "pictures/*", "rest-*"]
)
def test_a_pipe_in_a_cache_keeps_nobody_waiting(site: Site, tmp_path: Path, name: str) -> None:
    for path in sorted(memory(site).glob(name)) or [memory(site) / name]:
        path.unlink(missing_ok=True)
        os.mkfifo(path)
    shutil.rmtree(site.output)
    command = [sys.executable, "-m", "deskpress", "build", "--as-of", AS_OF]
    done = subprocess.run(
        command,
        cwd=site.folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert site.tree() == clean(site, tmp_path)


@pytest.mark.slow
def test_a_record_of_a_terabyte_is_not_read(site: Site, tmp_path: Path) -> None:
    for name in ("readings", "plan"):
        with open(memory(site) / name, "r+b") as file:
            file.truncate(1 << 40)
    again(site)
    site.build()
    assert site.tree() == clean(site, tmp_path)


def test_a_record_that_nests_deeply_reads_as_none(tmp_path: Path) -> None:
    # Links of a post may hold links.
    data = b'{"documents":{"a":{"post":{"links":[' + b'{"title":"","children":[' * 100_000
    code = code_of(cache_key(), "plan", data)
    (tmp_path / "plan").write_bytes(FORMAT + code.encode() + data)
    assert load(tmp_path / "plan", CachedReadings, cache_key()) is None
    assert keep(tmp_path / "plan", CachedReadings, cache_key()) is None


def test_the_name_of_a_record_is_part_of_its_code(site: Site) -> None:
    shutil.copy(memory(site) / "readings", memory(site) / "plan")
    assert load(memory(site) / "readings", CachedReadings, cache_key()) is not None
    assert load(memory(site) / "plan", CachedReadings, cache_key()) is None


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder for caches."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return tmp_path / "home/deskpress"


def test_the_key_is_made_once_and_is_the_users_alone(home: Path) -> None:
    key = cache_key()
    assert len(key) == 32
    assert cache_key() == key
    assert stat.S_IMODE((home / "key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [path.name for path in home.iterdir()] == ["key"]


@pytest.mark.parametrize("deed", ["shared", "short", "link", "pipe", "folder"])
def test_a_key_that_others_may_know_is_not_used(home: Path, tmp_path: Path, deed: str) -> None:
    key = cache_key()
    path = home / "key"
    if deed == "shared":
        path.chmod(0o644)
    elif deed == "short":
        path.write_bytes(b"x")
    else:
        path.rename(tmp_path / "elsewhere")
        if deed == "link":
            path.symlink_to(tmp_path / "elsewhere")
        elif deed == "pipe":
            os.mkfifo(path, 0o600)
        else:
            path.mkdir()
    assert cache_key() != key
    if deed != "folder":
        assert cache_key() == cache_key()


def test_without_a_folder_of_ones_own_every_build_begins_from_nothing(home: Path, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    home.parent.mkdir()
    home.symlink_to(tmp_path / "shared")
    assert cache_key() != cache_key()
    assert not list((tmp_path / "shared").iterdir())


def test_a_key_can_be_given_where_nothing_lasts(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "some long random text")
    assert cache_key() == cache_key()
    assert len(cache_key()) == 32
    assert not home.exists()


@pytest.mark.parametrize("link", [".cache", ".cache/deskpress", ".cache/deskpress/made"])
def test_what_hooks_write_goes_nowhere_by_a_link(site: Site, tmp_path: Path, link: str) -> None:
    site.post("2012-03-01-a.md")
    (site.folder / "own.py").write_text(
        "def on_post_build(config):\n    open(config.site_dir + '/x.bin', 'w').write('made')\n"
    )
    site.configure(hooks=["own.py"])
    precious = {}
    for folder in ("", "made", "deskpress/made"):
        file = tmp_path / "elsewhere" / folder / "precious"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("precious")
        precious[file] = "precious"
    place = site.folder / link
    shutil.rmtree(place, ignore_errors=True)
    place.symlink_to(tmp_path / "elsewhere")
    site.build()
    assert site.read("x.bin") == "made"
    there = {path: path.read_text() for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()}
    assert there == precious


def test_a_file_where_hooks_write_is_replaced(site: Site) -> None:
    site.post("2012-03-01-a.md")
    (site.folder / "own.py").write_text(
        "def on_post_build(config):\n    open(config.site_dir + '/x.bin', 'w').write('made')\n"
    )
    site.configure(hooks=["own.py"])
    (memory(site) / "made").write_text("a file")
    assert site.build().full == ""
    assert site.read("x.bin") == "made"
