"""Hostile and clumsy content: each gives a place and a hint, and leaves the old site as it was."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import pytest

from deskpress.model.diagnostic import ContentError, Diagnostic, Severity
from tests.conftest import Site

HEAD = b"---\ntitle: A\ndate: 2012-03-01\n"

# name: (bytes of the post, line:column of the error, words of the problem)
POSTS: dict[str, tuple[bytes, str, str]] = {
    "a tab": (b"---\ntitle: A\ndate:\n\tcreated: 2012-03-01\n---\n", "4:1", "the line begins with a tab"),
    "exploding aliases": (
        b"---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n",
        "2:4",
        "anchors and aliases are not allowed",
    ),
    "a tag": (b"---\ntitle: !!python/object/apply:os.system [id]\n---\n", "2:8", "is not allowed"),
    "deep YAML": (b"---\ntitle: " + b"[" * 500 + b"]" * 500 + b"\n---\n", "2:27", "nest deeper"),
    "an unclosed list": (b"---\ntags: [a\n---\n", "2:7", "the bracket `[` that opens here is not closed"),
    "a list for a title": (HEAD.replace(b"A", b"[a, b]") + b"---\n", "2:8", "must be text, not a list"),
    "a word for a flag": (HEAD + b"draft: maybe\n---\n", "4:8", "must be true or false"),
    "a word for a number": (HEAD + b"readtime: long\n---\n", "4:11", "must be a whole number"),
    "a key twice": (HEAD + b"title: B\n---\n", "4:1", "appears a second time"),
    "no date": (b"---\ntitle: A\n---\n", "1:1", "has no date"),
    "an impossible date": (b"---\ntitle: A\ndate: 2012-02-30\n---\n", "3:7", "not a valid value"),
    "a word for a date": (b"---\ntitle: A\ndate: soon\n---\n", "3:7", "`soon` is not a valid date"),
    "a list for a date": (b"---\ntitle: A\ndate: [1]\n---\n", "3:7", "is not a valid date"),
    "the year 1": (b"---\ntitle: A\ndate: 0001-01-01\n---\n", "3:7", "out of range"),
    "not closed": (b"---\ntitle: A\n", "3:1", "not closed"),
    "a list for all": (b"---\n- title\n---\n", "2:1", "this line is not written as `key: value`"),
    "a slug that climbs": (HEAD + b"slug: ../../x\n---\n", "4:7", "the slug"),
    "an absolute slug": (HEAD + b"slug: /x\n---\n", "4:7", "the slug"),
    "an empty slug": (HEAD + b"slug: ''\n---\n", "4:7", "is empty"),
    "a slug with a bell": (HEAD + b'slug: "a\\x07b"\n---\n', "4:7", "control character"),
    "a slug of dots": (HEAD + b"slug: '..'\n---\n", "4:7", "leaves the site"),
    "an alias that climbs": (HEAD + b"aliases: [/a/../../x]\n---\n", "4:11", "leaves the site"),
    "an alias elsewhere": (HEAD + b"aliases: [//evil.example/x]\n---\n", "4:11", "the alias"),
    "an empty alias": (HEAD + b"aliases: ['']\n---\n", "4:11", "is empty"),
    "a title without a letter": (b'---\ntitle: "!!!"\ndate: 2012-03-01\n---\n', "2:1", "no letter or digit"),
    "invalid UTF-8": (HEAD + b"---\nfine\nnot \xff fine\n", "6:5", "is not saved as UTF-8"),
    "NUL": (HEAD + b"---\na\0b\n", "5:2", "NUL"),
    "nested lists": (HEAD + b"---\n" + b"- " * 5000 + b"x\n", "5:1", "brackets nest too deeply"),
    "nested lists in lines": (
        HEAD + b"---\n" + b"\n".join(b" " * 4 * n + b"- x" for n in range(100)),
        "55:1",
        "brackets nest too deeply",
    ),
    "nested quotes": (HEAD + b"---\n" + b"> " * 5000 + b"x\n", "5:1", "brackets nest too deeply"),
    "open brackets": (HEAD + b"---\n\n" + b"a [" * 10_000, "6:1", "brackets nest too deeply"),
    "10 MB": (HEAD + b"---\n" + b"word " * 2_000_000, "1:1", "more than the 2,000,000"),
    "a missing template": (HEAD + b"template: gone.html\n---\n", "4:1", "no template `gone.html`"),
    "a template of a theme": (HEAD + b"template: main.xml\n---\n", "4:1", "no template `main.xml`"),
    "a template that climbs": (HEAD + b"template: ../../x\n---\n", "4:1", "no template"),
}


def errors(site: Site) -> list[Diagnostic]:
    with pytest.raises(ContentError) as caught:
        site.build()
    return [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]


@pytest.mark.slow
@pytest.mark.parametrize("name", POSTS)
def test_a_bad_post_gives_its_place_and_leaves_the_site(site: Site, name: str) -> None:
    data, place, problem = POSTS[name]
    site.post("2012-02-01-good.md")
    site.build()
    before = site.tree()
    site.write("posts/bad.md", data)
    found = errors(site)
    assert [str(d.span) for d in found] == [f"content/posts/bad.md:{place}"], found
    assert problem in found[0].problem
    assert site.tree() == before


def test_yaml_that_its_parser_finds_too_deep_is_refused_for_its_depth(site: Site) -> None:
    site.write("posts/bad.md", b"---\ntitle: " + b"[" * 5000 + b"]" * 5000 + b"\n---\n")
    found = errors(site)
    # Where it is found depends on how far the parser reads ahead.
    assert [(d.span.path, d.span.line, d.problem, d.hint) for d in found] == [
        ("content/posts/bad.md", 2, "lists and mappings nest deeper than 20 levels", "")
    ]


@pytest.mark.slow
def test_all_problems_are_reported_at_once(site: Site) -> None:
    # Whether a template exists is asked only when all else is right.
    bad = [data for name, (data, _, _) in POSTS.items() if "template" not in name]
    for number, data in enumerate(bad):
        site.write(f"posts/bad-{number}.md", data)
    assert len({d.span.path for d in errors(site)}) == len(bad)


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf" + HEAD + b"---\nText\n", (HEAD + b"---\nText\n").replace(b"\n", b"\r\n")]
)
def test_a_byte_order_mark_and_crlf_are_accepted(site: Site, data: bytes) -> None:
    site.write("posts/a.md", data)
    assert site.build().diagnostics == ()
    assert "<p>Text</p>" in site.read("2012/03/a.html")


def link_out(site: Site) -> None:
    (site.folder.parent / "secret").write_text("secret")
    (site.content / "posts/out.md").symlink_to(site.folder.parent / "secret")


def link_hidden(site: Site) -> None:
    (site.folder / ".git").mkdir()
    (site.folder / ".git/config").write_text("secret")
    (site.content / "posts/out.md").symlink_to(site.folder / ".git/config")


def newline_in_name(site: Site) -> None:
    site.write("posts/a\nb.md", HEAD + b"---\n")


def names_alike(site: Site) -> None:
    site.write("a-guide.md", "# A guide\n")
    site.write("A-Guide.md", "# Another guide\n")


def name_not_utf8(site: Site) -> None:
    with open(os.fsencode(site.content) + b"/\xff.png", "wb") as file:
        file.write(b"1")


def a_pipe(site: Site) -> None:
    os.mkfifo(site.content / "pipe.md")


def a_socket(site: Site) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(site.content)
        made.bind("sock")
        os.chdir(here)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (link_out, "leads out of the site's folder"),
        (link_hidden, "leads out of the site's folder"),
        (newline_in_name, "control character"),
        (names_alike, "differ only in upper and lower case"),
        (name_not_utf8, "not UTF-8"),
        (a_pipe, "neither a file nor a folder"),
        (a_socket, "neither a file nor a folder"),
    ],
)
def test_files_that_cannot_be_published(site: Site, make: Callable[[Site], None], problem: str) -> None:
    site.post("2012-02-01-good.md")
    site.build()
    before = site.tree()
    make(site)
    found = errors(site)
    assert len(found) == 1
    assert problem in found[0].problem
    assert "\n" not in str(found[0].span)
    assert site.tree() == before


def test_a_link_to_a_file_inside_is_accepted(site: Site) -> None:
    site.write("a.png", b"1")
    (site.content / "b.png").symlink_to("a.png")
    site.build()
    assert site.tree()["b.png"] == b"1"


def test_templates_in_content_are_text(site: Site) -> None:
    site.post("2012-03-01-a.md", "{{ config }} {% raw %}\n", description="{{ 7*7 }}")
    site.build()
    assert "{{ config }} {% raw %}" in site.read("2012/03/a.html")
    assert "{{ 7*7 }}" in site.read("2012/03/a.html")
