"""Records that outlive builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct, field

from deskpress.engine.blob_store import BlobStore, StoredRecord, keep, save
from deskpress.engine.pool import fork_map


class Record(Struct, frozen=True):
    """Something to keep."""

    entries: dict[str, tuple[int, ...]] = field(default_factory=dict)
    word: str = ""


KEY = b"k" * 32
FIRST = Record({f"k{n}": (n,) for n in range(100)}, "first")


def kept(path: Path) -> StoredRecord[Record]:
    found = keep(path, Record, KEY)
    assert found is not None
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save(tmp_path / "record", FIRST, KEY)
    return tmp_path / "record"


def test_what_was_saved_is_read(path: Path) -> None:
    assert kept(path).value == FIRST


def test_a_small_change_is_written_beside_the_record(path: Path) -> None:
    whole = path.read_bytes()
    changed = {**FIRST.entries, "k1": (9,), "new": (1, 2)}
    del changed["k50"]
    kept(path).save(Record(changed, "second"))
    assert path.read_bytes() == whole
    assert len(path.with_name("record.since").read_bytes()) < 300
    assert kept(path).value == Record(changed, "second")


def test_changes_add_up(path: Path) -> None:
    kept(path).save(Record({**FIRST.entries, "k1": (9,)}))
    kept(path).save(Record({**kept(path).value.entries, "k2": (9,)}))
    assert kept(path).value.entries == {**FIRST.entries, "k1": (9,), "k2": (9,)}
    kept(path).save(FIRST)
    assert kept(path).value == FIRST


def test_many_changes_replace_the_record(path: Path) -> None:
    many = Record({f"k{n}": (n, n) for n in range(100)})
    kept(path).save(Record({**FIRST.entries, "k1": (9,)}))
    kept(path).save(many)
    assert not path.with_name("record.since").exists()
    assert kept(path).value == many


def test_keys_keep_their_order(path: Path) -> None:
    kept(path).save(Record({**FIRST.entries, "k1": (9,), "new": (1,)}))
    assert list(kept(path).value.entries) == [*FIRST.entries, "new"]


@pytest.mark.parametrize("name", ["record", "record.since"])
def test_damage_is_never_read(path: Path, name: str) -> None:
    kept(path).save(Record({**FIRST.entries, "k1": (9,)}))
    damaged = path.with_name(name)
    data = damaged.read_bytes()
    damaged.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
    found = keep(path, Record, KEY)
    assert found is None if name == "record" else kept(path).value == FIRST


def test_changes_of_another_record_are_left_alone(path: Path) -> None:
    kept(path).save(Record({**FIRST.entries, "k1": (9,)}))
    since = path.with_name("record.since").read_bytes()
    save(path, Record({"other": (1,)}), KEY)
    path.with_name("record.since").write_bytes(since)
    assert kept(path).value == Record({"other": (1,)})


def test_what_several_processes_lay_on_a_shelf_is_all_there(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path / "bodies")
    first = blobs.put(b"first")
    blobs.flush()
    values = [str(number).encode() * (number % 50 + 1) for number in range(400)]

    places = fork_map(blobs.lay, values, jobs=3)

    last = blobs.put(b"last")
    blobs.flush()
    assert [blobs.get(place) for place in places if place] == values
    assert (blobs.get(first), blobs.get(last)) == (b"first", b"last")


def test_only_its_owner_puts_things_on_a_borrowed_shelf() -> None:
    blobs = BlobStore.borrowed()
    assert blobs.lay(b"own") is not None
    assert fork_map(blobs.lay, [b"x"] * 40, jobs=2) == [None] * 40
