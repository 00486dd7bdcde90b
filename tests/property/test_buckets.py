"""However many buckets a shard has, they hold its documents' terms."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskpress.model.search import SearchRecord, Shard, Shown
from deskpress.model.site import Options, Site
from deskpress.plan.search import BUCKETS, buckets_of
from deskpress.render.records import Records, bucket_of, packed
from deskpress.render.search import postings_in, texts_in

SHOWN = Shown("A\ntitle", "post", "2012-03-01", (), ())
TERMS = st.text(st.sampled_from('abz"\\\n{}:,/é注'), min_size=1, max_size=5) | st.text(min_size=1, max_size=5)
DOCUMENTS = st.lists(st.dictionaries(TERMS, st.integers(1, 61), max_size=12), min_size=1, max_size=40)


def kept(documents: list[dict[str, int]]) -> Records:
    paths = [f"{number}.md" for number in range(len(documents))]
    found = Records(
        Site(Options(name="Desk", url="https://desk.example/")),
        {path: packed(SearchRecord(SHOWN, terms)) for path, terms in zip(paths, documents, strict=True)},
        {},
    )
    found.by_name = {"blog-0": Shard("blog-0", tuple(paths))}
    return found


@pytest.mark.slow
@given(DOCUMENTS)
def test_each_term_stands_in_its_bucket_with_all_its_documents(documents: list[dict[str, int]]) -> None:
    records = kept(documents)
    expected: dict[str, list[tuple[int, int]]] = {}
    for number, terms in enumerate(documents):
        for term, weight in terms.items():
            expected.setdefault(term, []).append((number, weight))
    found = {}
    count = buckets_of(records.by_name["blog-0"])
    for bucket in range(count):
        postings = postings_in(records.bucket(f"blog-0/{bucket}"))
        assert all(bucket_of(term, count) == bucket for term in postings)
        found.update(postings)
    assert found == expected
    assert records.shown("0.md") == SHOWN


def test_another_term_changes_its_own_bucket_and_no_other() -> None:
    before = kept([{"apple": 1, "pear": 2}] * 1000)
    after = kept([{"apple": 1, "pear": 2}] * 500 + [{"lion": 1, "pear": 2}] + [{"apple": 1, "pear": 2}] * 499)
    changed = {
        number
        for number in range(BUCKETS)
        if before.bucket(f"blog-0/{number}") != after.bucket(f"blog-0/{number}")
    }
    assert changed == {bucket_of("apple"), bucket_of("lion")}


SCRIPT = Path(__file__).parents[2] / "theme/assets/javascripts/search/query.js"


@pytest.mark.parametrize("placed", [False, True])
def test_the_browser_reads_how_far_documents_are_from_one_another(placed: bool) -> None:
    """Help centers have 40,000 topics in one shard, and a term may stand in the first and the last."""
    numbers = [0, 1, 61, 62, 63, 200, 4044, 4045, 8000, 40_000]
    documents: list[dict[str, int]] = [{} for _ in range(numbers[-1] + 1)]
    for number in numbers:
        documents[number] = {"apple": number % 61 + 1}
    text = texts_in(kept(documents).bucket(f"blog-0/{bucket_of('apple')}"), placed=placed)["apple"]
    source = SCRIPT.read_text("utf-8")
    names = (
        r"^const (?:LETTERS|FAR|PLACES) = .*?$|^function (?:timesOf|lettersOf)\b.*?^}"
        r"|^function\* readPostings.*?^}"
    )
    code = "\n".join(found[0] for found in re.finditer(names, source, re.M | re.S))
    shard = json.dumps({"kinds": placed})
    code += f"\nconst t = {json.dumps(text)}, s = {shard}"
    code += "; const found = [...readPostings(t, s)].map((one) => one.slice(0, 2))"
    code += "; console.log(JSON.stringify([timesOf(t, s), found]))"
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [len(numbers), [[number, number % 61 + 1] for number in numbers]]
