"""What one editor pushes stops no other from publishing, neither now nor when time has passed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from deskpress.publish.remote import Remote
from tests.publish.conftest import ENVIRONMENT, Editor, deskpress, live
from tests.publish.objects import commit_with, entries, measure, nested, peaks, store, tree
from tests.publish.test_limits import MOST_MEMORY, an_ordinary_push_is_live, limit, push

pytestmark = [pytest.mark.slow, pytest.mark.long]

NOW, LATER = "1783000000", "1893456000"
"""In 2026 and in 2030."""


@pytest.fixture
def eve(editor: Editor) -> Editor:
    """The same clone, pushed from with the key of somebody who is no maintainer."""
    editor.environment["DESKPRESS_PUSHER"] = "eve"
    return editor


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("ref", ["main", "refs/heads/work"])
def test_a_merge_that_adds_a_billion_files(
    eve: Editor, server: Remote, tmp_path: Path, ref: str, inside: bool
) -> None:
    measure(server, tmp_path / "peak")
    bomb = ("40000", b"bomb", nested(eve, ("100644", b"f.txt", store(eve, "blob", b"x")), 30))
    if inside:
        whole = eve.git("rev-parse", f"{commit_with(eve, bomb)}^{{tree}}").said.strip()
    else:
        whole = tree(eve, *entries(eve, "HEAD"), bomb)
    other = eve.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Other").said.strip()
    merge = eve.git("commit-tree", whole, "-p", "HEAD", "-p", other, "-m", "Merge").said.strip()

    assert "The push changes too many files; the limit is 20,000." in push(eve, merge, ref)
    assert max(peaks(tmp_path / "peak")) < MOST_MEMORY
    an_ordinary_push_is_live(eve, server)


def test_a_merge_whose_file_mode_git_does_not_write(eve: Editor) -> None:
    odd = commit_with(eve, ("100666", b"odd.md", store(eve, "blob", b"# Odd\n")))
    whole = eve.git("rev-parse", f"{odd}^{{tree}}").said.strip()
    other = eve.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Other").said.strip()
    merge = eve.git("commit-tree", whole, "-p", "HEAD", "-p", other, "-m", "Merge").said.strip()
    assert "content/odd.md:1:1: the file mode 100666 is none" in push(eve, merge, "refs/heads/work")


def test_with_too_many_refs_those_that_are_there_can_be_pushed_to(eve: Editor, server: Remote) -> None:
    # Pushes that are checked at the same time may each have found room.
    limit(server, refs=10)
    head = server.repository.head("main")
    for number in range(12):
        server.repository.run("update-ref", f"refs/heads/b{number}", head)
    an_ordinary_push_is_live(eve, server)
    assert "too many branches and tags" in push(eve, "HEAD", "refs/heads/more")


@pytest.mark.parametrize("ref", ["refs/heads/preview", "refs/tags/main", "refs/tags/HEAD", "refs/heads/HEAD"])
def test_no_ref_takes_a_name_that_others_need(eve: Editor, tmp_path: Path, ref: str) -> None:
    assert "would stop others from pushing" in push(eve, "HEAD", ref)
    clone = tmp_path / "bob"
    subprocess.run(["git", "clone", "-q", eve.url, clone], env=ENVIRONMENT, check=True)
    for target in ("main", "HEAD:refs/heads/preview/x"):
        subprocess.run(["git", "push", "-q", "origin", target], cwd=clone, env=ENVIRONMENT, check=True)


@pytest.mark.parametrize(
    ("front", "text", "problem"),
    [
        ("", "[a](" * 9000, "more than 2,000 links without an end"),
        ("aliases: [/help/metrics/]\n", "Text.", "both want the address /help/metrics/"),
        ("aliases: [/help/metrics/]\nexpires: 2029-01-01\n", "Text.", "both want the address /help/metrics/"),
    ],
)
def test_a_post_dated_ahead_is_refused_before_it_is_due(
    eve: Editor, server: Remote, front: str, text: str, problem: str
) -> None:
    eve.environment["SOURCE_DATE_EPOCH"] = NOW
    bad = eve.write("posts/2028-01-01-later.md", f"---\ntitle: Later\ndate: 2028-01-01\n{front}---\n{text}\n")
    pushed = eve.push()
    assert not pushed.ok
    assert problem in pushed.said

    bad.write_text("---\ntitle: Later\ndate: 2028-01-01\n---\nText.\n")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    eve.environment["SOURCE_DATE_EPOCH"] = LATER
    deskpress("remote", "due", "-C", server.root, environment={**ENVIRONMENT, "SOURCE_DATE_EPOCH": LATER})
    assert "2028/01/later.html" in live(server)
    an_ordinary_push_is_live(eve, server)


@pytest.mark.parametrize(
    ("name", "template", "front"),
    [
        ("landing.html", "{{ page.meta.hero.title }}", "template: landing.html\n"),
        (
            "deskpress/blog.html",
            "{% for day in view.days if '2028' in day.iso %}{{ day.hero.title }}{% endfor %}",
            "",
        ),
    ],
)
def test_a_post_dated_ahead_on_which_a_template_fails_is_refused_before_it_is_due(
    eve: Editor, server: Remote, name: str, template: str, front: str
) -> None:
    """A template may expect what not every document says; then each build from that day on would fail."""
    eve.configure(theme={"name": "material", "custom_dir": "theme"})
    (eve.folder / "theme" / "deskpress").mkdir(parents=True)
    (eve.folder / "theme" / name).write_text(
        '{% extends "deskpress/layout.html" %}{% block content %}' + template + "{% endblock %}"
    )
    del eve.environment["DESKPRESS_PUSHER"]
    eve.environment["SOURCE_DATE_EPOCH"] = NOW
    pushed = eve.push()
    assert pushed.ok, pushed.said
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    eve.write("posts/2028-01-01-later.md", f"---\ntitle: Later\ndate: 2028-01-01\n{front}---\nText.\n")
    pushed = eve.push()
    assert not pushed.ok
    assert f"theme/{name}:1:" in pushed.said


def test_an_alias_of_what_expires_is_gone_with_it(eve: Editor, server: Remote) -> None:
    eve.environment["SOURCE_DATE_EPOCH"] = NOW
    eve.write("help/a.md", "---\ntitle: A\naliases: [/old/]\nexpires: 2028-01-01\n---\nText.\n")
    assert eve.push().ok
    eve.environment["SOURCE_DATE_EPOCH"] = LATER
    deskpress("remote", "due", "-C", server.root, environment={**ENVIRONMENT, "SOURCE_DATE_EPOCH": LATER})
    assert b'"/old/" 1;' in live(server)["gone.map"]
    an_ordinary_push_is_live(eve, server)


@pytest.mark.parametrize(
    ("path", "alias"),
    [
        *(
            ("posts/2012-03-20-greedy.md", alias)
            for alias in (
                "/2029/01/atom.xml",
                "/blog/page/2/",
                "/2013/",
                "/search/blog-0/d1.json",
                "/ads.txt",
            )
        ),
        ("2014.md", ""),
        ("2012/08/atom.xml/x.md", ""),
        ("blog/page/2.md", ""),
        ("help/metrics/feed.json/x.png", ""),
        ("category/fees.md", ""),
    ],
)
def test_editors_take_no_address_that_others_need_later(
    eve: Editor, server: Remote, path: str, alias: str
) -> None:
    head = f"title: Greedy\ndate: 2012-03-20\naliases: [{alias}]" if alias else "title: Greedy"
    bad = eve.write(path, b"x" if path.endswith(".png") else f"---\n{head}\n---\n".encode())
    said = eve.push().said
    assert "These addresses are of the kind that lists and feeds have" in said, said
    assert f"content/{path}" in said
    bad.unlink()
    an_ordinary_push_is_live(eve, server)


def test_an_alias_in_the_place_of_an_output_is_taken_back_by_anybody(eve: Editor, server: Remote) -> None:
    del eve.environment["DESKPRESS_PUSHER"]
    topic = eve.write("help/a.md", "---\ntitle: A\naliases: [/notices/, /kept/]\n---\nText.\n")
    assert eve.push().ok
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    # What a maintainer has let in stays with the document.
    topic.write_text(topic.read_text() + "More.\n")
    pushed = eve.push()
    assert pushed.ok, pushed.said

    notice = eve.write(
        "notices/2012-04-02-down.md", "---\ntitle: Down\nstart: 2012-04-02 10:00\n---\nText.\n"
    )
    assert "both want the address /notices/" in eve.push().said
    topic.write_text("---\ntitle: A\n---\nText.\n")
    refused = eve.push().said
    assert "/kept/" in refused
    assert "/notices/" not in refused
    topic.write_text("---\ntitle: A\naliases: [/kept/]\n---\nText.\n")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    assert b"Down" in live(server)["notices/index.html"]
    # Nobody has to bring it back when the last notice is gone.
    assert "notices/" not in server.record.addresses
    assert notice.exists()


def test_defaults_of_a_folder_bring_no_alias_either(eve: Editor) -> None:
    del eve.environment["DESKPRESS_PUSHER"]
    eve.configure(plugins=[{"deskpress": {}}, "meta"])
    assert eve.push().ok
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    eve.write("help/.meta.yml", "aliases: [/search/help/d7.json]\n")
    said = eve.push().said
    assert "These addresses are of the kind that lists and feeds have" in said
    assert "/search/help/d7.json (content/help/metrics.md)" in said


def test_the_page_for_what_is_gone_has_its_address_from_the_beginning(eve: Editor, server: Remote) -> None:
    bad = eve.write("about/x.md", "---\ntitle: X\naliases: [/410.html]\n---\n")
    assert "both want the address /410.html" in eve.push().said
    bad.unlink()
    an_ordinary_push_is_live(eve, server)


def test_addresses_are_given_up_when_that_is_live_and_not_before(eve: Editor, server: Remote) -> None:
    last = max(eve.content.glob("posts/*.md"))
    text = last.read_text()
    last.unlink()
    del eve.environment["DESKPRESS_PUSHER"]
    assert "vanishes from the feed" in eve.push("-o", "allow-lost-addresses").said
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    assert "would lead nowhere" in eve.push("-o", "allow-feed-changes").said
    last.write_text(text)
    an_ordinary_push_is_live(eve, server)


def test_a_maintainer_may_give_up_addresses(eve: Editor, server: Remote) -> None:
    eve.write("help/a.md", "---\ntitle: A\naliases: [/claimed/]\n---\nText.\n")
    eve.write("addresses.lock", "/tag/never/\t(tag)\n")
    assert eve.push().ok
    eve.write("help/a.md", "---\ntitle: A\n---\nText.\n")
    (eve.content / "addresses.lock").unlink()
    refused = eve.push("-o", "allow-lost-addresses")
    assert "/claimed/" in refused.said
    assert "/tag/never/" in refused.said
    assert "git push -o allow-lost-addresses" in refused.said
    del eve.environment["DESKPRESS_PUSHER"]
    assert not eve.push().ok
    given_up = eve.push("-o", "allow-lost-addresses")
    assert given_up.ok, given_up.said
    eve.environment["DESKPRESS_PUSHER"] = "eve"
    an_ordinary_push_is_live(eve, server)


def test_warnings_that_time_brings_stop_nobody(eve: Editor, server: Remote) -> None:
    settings = server.root / "settings.json"
    settings.write_text(settings.read_text().replace('"strict": false', '"strict": true'))
    eve.environment["SOURCE_DATE_EPOCH"] = NOW
    eve.write(
        "help/old.md",
        "---\ntitle: Old\nexpires: 2028-01-01\naliases: [/once/]\nreview_by: 2027-12-01\n---\nText.\n",
    )
    body = "[Old](old.md), [once](/once/)"
    eve.write("help/new.md", f"---\ntitle: New\nreview_by: 2027-12-01\n---\n{body}\n")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    eve.environment["SOURCE_DATE_EPOCH"] = LATER
    deskpress("remote", "due", "-C", server.root, environment={**ENVIRONMENT, "SOURCE_DATE_EPOCH": LATER})
    assert "help/old/index.html" not in live(server)
    an_ordinary_push_is_live(eve, server)
    eve.write("help/new.md", "---\ntitle: New\n---\n[Nowhere](nowhere.md)\n")
    assert "`nowhere.md` does not exist" in eve.push().said


def test_a_query_that_time_makes_wrong_stops_only_who_changes_queries(eve: Editor, server: Remote) -> None:
    eve.environment["SOURCE_DATE_EPOCH"] = NOW
    eve.write("help/parcels.md", "---\ntitle: Parcels\nexpires: 2028-01-01\n---\nParcels.\n")
    eve.write("search.yml", "- query: parcels\n  page: help/parcels.md\n")
    pushed = eve.push()
    assert pushed.ok, pushed.said
    eve.environment["SOURCE_DATE_EPOCH"] = LATER
    deskpress("remote", "due", "-C", server.root, environment={**ENVIRONMENT, "SOURCE_DATE_EPOCH": LATER})
    an_ordinary_push_is_live(eve, server)
    eve.write("search.yml", "- query: parcel\n  page: help/parcels.md\n")
    assert "search.yml:1" in eve.push().said


def test_what_was_accepted_in_portions_is_built_as_a_whole(eve: Editor, server: Remote) -> None:
    settings = server.root / "settings.json"
    settings.write_text(settings.read_text().replace('"document_seconds": 4.0', '"document_seconds": 0.02'))
    for number in range(3):
        eve.write(f"help/t{number}.md", f"---\ntitle: T{number}\n---\n" + "*a* `b` [c](t0.md)\n" * 40)
        eve.push()
    shutil.rmtree(server.root / "work")
    (server.root / "work").mkdir()
    done = deskpress("remote", "repair", "-C", server.root)
    assert "take more than" not in done.said
