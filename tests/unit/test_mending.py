"""Front matter that is put right in the text, by `check --fix=text` and `import`."""

from __future__ import annotations

import pytest

from deskpress.source.mending import mend


def mended(text: str, *, as_stock: bool = False) -> str:
    """The text put right; a second time changes nothing."""
    once = mend(text, as_stock=as_stock)
    assert mend(once.text, as_stock=as_stock).changes == ()
    return once.text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "title: Parcels: three ways\ndate: 2024-01-31\n",
            'title: "Parcels: three ways"\ndate: 2024-01-31\n',
        ),
        ("tags:\n  - a: b: c\n", 'tags:\n  - a: "b: c"\n'),
        ("title: @desk\n", 'title: "@desk"\n'),
        ("title: 50 % off\n", "title: 50 % off\n"),
        ("status: new\ntitle: A\nstatus: new\n", "status: new\ntitle: A\n"),
        ("tags:\n  - a\n  - b\ntitle: A\ntags: [a, b]\n", "tags:\n  - a\n  - b\ntitle: A\n"),
        ("title: 'A'\ntitle: A\n", "title: 'A'\n"),
        ("title: A\ntitle: B\n", "title: A\ntitle: B\n"),
        ("links:\n  - title: A\n    title: A\n", "links:\n  - title: A\n"),
        ("text: |\n  A\n\ntitle: A\ntext: |\n  A\n\n# end\n", "text: |\n  A\n\ntitle: A\n\n# end\n"),
    ],
)
def test_values_get_quotes_and_keys_stand_once(before: str, after: str) -> None:
    assert mended(f"---\n{before}---\n\n# A\n") == f"---\n{after}---\n\n# A\n"


def test_of_different_values_the_last_is_kept_as_mkdocs_reads_them() -> None:
    text = "---\ntitle: A\nlinks:\n  - a.md\n  - b.md\ntitle: B\nlinks: [c.md]\n---\nText.\n"

    changed = mend(text, as_stock=True)

    assert changed.text == "---\ntitle: B\nlinks: [c.md]\n---\nText.\n"
    assert {change.line for change in changed.changes} == {2, 3, 4, 5}
    assert "the last one" in changed.changes[0].reason


def test_changes_say_the_line_as_it_was_and_is() -> None:
    (change,) = mend("---\ndate: 2024-01-31\ntitle: A: b\n---\n").changes

    assert (change.line, change.before, change.after) == (3, "title: A: b", 'title: "A: b"')


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    assert mended("\ufeff---\r\ntitle: A: b\r\n---\r\nText.\r\n") == (
        '\ufeff---\r\ntitle: "A: b"\r\n---\r\nText.\r\n'
    )


def test_metadata_of_multimarkdown_goes_between_lines() -> None:
    assert mended("Title: A: b\ntags: c\n\nText.\n") == '---\ntitle: "A: b"\ntags: c\n---\n\nText.\n'


@pytest.mark.parametrize(
    "text",
    [
        "Note: read this first.\n\nText.\n",
        "Title: what a word\nthis is no metadata.\n",
        "# A\n\n---\na: b: c\n---\n",
        "---\n[broken\n---\n",
        "---\na: &x 1\nb: *x\nb: *x\n---\n",
        "---\ntitle: A: b\n",
        "",
    ],
)
def test_what_is_no_front_matter_or_not_mechanical_stays(text: str) -> None:
    assert mend(text).changes == ()
