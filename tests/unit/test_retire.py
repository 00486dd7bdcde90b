"""`deskpress retire` and `deskpress status`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deskpress.app.dev_server.status_page import page
from deskpress.app.status import Row, StatusSection
from deskpress.cli.main import main
from deskpress.lint.fix_keys import aliases_of, with_aliases, with_key
from tests.conftest import AS_OF, Site


def run(site: Site, *arguments: object) -> Result:
    command = [*map(str, arguments), "-f", str(site.folder / "mkdocs.yml")]
    return CliRunner().invoke(main, command, catch_exceptions=False)


def commit(site: Site) -> None:
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "All")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@desk.example")
        subprocess.run(["git", *identity, *command], cwd=site.folder, check=True)


@pytest.fixture
def published(site: Site) -> Site:
    """A site with a post that has an alias, and its addresses noted."""
    site.post("2012-03-01-a.md", title="A", aliases=["/old.html"])
    site.post("2012-03-02-b.md", title="B")
    site.check(fix=True)
    return site


def test_what_is_retired_is_gone_and_feeds_drop_it(published: Site) -> None:
    post = published.content / "posts/2012-03-01-a.md"
    done = run(published, "retire", post)
    assert "/2012/03/a.html, /old.html answers 410 (gone)" in done.stdout
    assert "expires: " in post.read_text()
    built = published.build(as_of=None)
    assert built.left_out == "left out: 1 expired"
    assert "/2012/03/a.html" in published.read("gone.map")
    assert "2012/03/a.html" not in published.read("feed.xml")
    assert published.problems(as_of=None) == []
    assert "has expired already" in run(published, "retire", post).stdout


def test_a_draft_that_readers_had_is_retired_as_its_refusal_says(published: Site) -> None:
    post = published.post("2012-03-02-b.md", title="B", draft=True)
    refused = str(next(d for d in published.check().diagnostics if "leads nowhere" in d.problem))
    assert "`deskpress retire content/posts/2012-03-02-b.md`" in refused
    done = run(published, "retire", post)
    assert "content/posts/2012-03-02-b.md is no draft any more" in done.stdout
    assert "draft: false" in post.read_text()
    assert "expires: " in post.read_text()
    assert published.problems(as_of=None) == []


def test_what_was_deleted_is_brought_back_from_git(published: Site) -> None:
    commit(published)
    post = published.content / "posts/2012-03-01-a.md"
    post.unlink()
    (told,) = [p for p in published.problems() if "leads nowhere" in p and "a.html" in p][:1]
    assert "it was content/posts/2012-03-01-a.md" in told
    done = run(published, "retire", "content/posts/2012-03-01-a.md")
    assert "content/posts/2012-03-01-a.md is back as git has it" in done.stdout
    assert "expires: " in post.read_text()
    assert published.problems(as_of=None) == []


def test_what_takes_its_place_gets_the_addresses(published: Site) -> None:
    target = published.content / "posts/2012-03-02-b.md"
    post = published.content / "posts/2012-03-01-a.md"
    done = run(published, "retire", post, "--to", target)
    assert "removed content/posts/2012-03-01-a.md" in done.stdout
    assert not post.exists()
    assert aliases_of(target.read_text()) == ["/2012/03/a.html", "/old.html"]
    assert not [p for p in published.problems(as_of=None) if "nowhere" in p]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("posts/none.md", "does not exist, and git does not know it"),
        ("../mkdocs.yml", "is not a file of the content folder"),
        ("posts/2012-03-03-draft.md", "is a draft: nobody has seen it"),
        ("posts/2099-03-03-later.md", "is not out yet: nobody has seen it"),
        ("posts/2012-03-04-bad.md", "has mistakes"),
    ],
)
def test_what_cannot_be_retired_is_said(published: Site, file: str, said: str) -> None:
    published.post("2012-03-03-draft.md", draft=True)
    published.post("2099-03-03-later.md")
    published.write("posts/2012-03-04-bad.md", "---\ntitle: [A\n---\n")
    before = {path: path.read_bytes() for path in Path(published.content).rglob("*") if path.is_file()}
    done = run(published, "retire", published.content / file)
    assert done.exit_code == 1
    assert said in done.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_keys_are_added_to_front_matter() -> None:
    text = "---\ntitle: A\naliases:\n  - /a.html\n  - /b.html\nslug: x\n---\n\nText.\n"
    added = with_aliases(text, ["/b.html", "/c d.html"])
    assert added == '---\ntitle: A\nslug: x\naliases: [/a.html, /b.html, "/c d.html"]\n---\n\nText.\n'
    assert with_key("# Title\n", "expires", "2012-03-01") == "---\nexpires: 2012-03-01\n---\n\n# Title\n"
    assert with_key("---\nexpires: x\na: b\n---\n", "expires", "y") == "---\na: b\nexpires: y\n---\n"


def test_the_status_tells_what_is_not_live_and_what_wants_an_editor(site: Site) -> None:
    site.post("2012-03-01-a.md", review_by="2012-05-01", title="A", authors=["Jo"])
    site.post("2012-03-02-b.md", draft=True, title="B")
    site.post("2012-07-03-c.md", title="C")
    site.post("2012-03-04-d.md", expires="2012-04-01", title="D")
    site.write("help/linked.md", "# Linked\n")
    site.write("help/lonely.md", "# Lonely\n\n[x](linked.md)\n")
    site.write("files/large.bin", b"\0" * 2_000_001)
    site.write("notices/2012-03-01-n.md", "---\ntitle: N\nstart: 2012-03-01\nend: 2012-03-02\n---\n")
    done = run(site, "status", "--as-of", AS_OF)
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines == [
        "drafts (1)",
        "content/posts/2012-03-02-b.md B",
        "scheduled (1)",
        "content/posts/2012-07-03-c.md 2012-07-03 00:00 C",
        "expired (1)",
        "content/posts/2012-03-04-d.md 2012-04-01 D",
        "notices that do not show (1)",
        "content/notices/2012-03-01-n.md over since 2012-03-02 00:00 N",
        "reviews overdue (1)",
        "content/posts/2012-03-01-a.md Jo, by 2012-05-01 A",
        "topics that nobody links to (1)",
        "content/help/lonely.md Lonely",
        "large files (1)",
        "content/files/large.bin 2.0 MB",
    ]
    data = json.loads(run(site, "status", "--as-of", AS_OF, "--json").stdout)
    assert data["drafts"] == [{"path": "content/posts/2012-03-02-b.md", "told": "B"}]


def test_the_status_of_a_site_without_anything_to_do(site: Site) -> None:
    site.post("2012-03-01-a.md")
    assert (
        run(site, "status", "--as-of", AS_OF).stdout == "Everything is live, and nothing needs an editor.\n"
    )


def test_the_status_tells_of_translations(site: Site) -> None:
    site.configure(options={"languages": ["de"]})
    site.write("help/a.md", "---\ntitle: A\nupdated: 2012-04-01\n---\n\n[b](b.md)\n")
    site.write("help/b.md", "# B\n\n[a](a.md)\n")
    site.write("de/help/a.md", "---\ntitle: A\nupdated: 2012-03-01\n---\n\nText.\n")
    told = run(site, "status", "--as-of", AS_OF).stdout
    assert "translations missing (1)\n  content/help/b.md  de  B\n" in told
    assert "content/de/help/a.md  2012-03-01, the original 2012-04-01  A\n" in told


def test_a_build_says_which_addresses_have_changed_where_no_lock_is_kept(site: Site) -> None:
    site.post("2012-03-01-a.md", title="A")
    site.post("2012-04-01-b.md", title="B")
    assert "has left the site" not in run(site, "build", "--as-of", AS_OF).stdout
    site.post("2012-03-01-a.md", title="Another")
    site.post("2012-04-01-b.md", title="B", draft=True)
    lines = run(site, "build", "--as-of", AS_OF).stdout.splitlines()
    assert [line for line in lines if "has left" in line] == [
        "/2012/03/a.html (it was content/posts/2012-03-01-a.md) has left the site: it is at"
        " /2012/03/another.html now: write `slug: a` in content/posts/2012-03-01-a.md, or"
        " `aliases: [/2012/03/a.html]` to keep both",
        "/2012/04/b.html (it was content/posts/2012-04-01-b.md) has left the site: it is a draft now: remove"
        " its line `draft: true`; to take it back for good, then `deskpress retire"
        " content/posts/2012-04-01-b.md`",
    ]
    assert "has left the site" not in run(site, "build", "--as-of", AS_OF).stdout
    # With a lock, `check` holds the site to it.
    site.write("addresses.lock", "/2012/03/another.html\tposts/2012-03-01-a.md\n")
    site.post("2012-03-01-a.md", title="Once more")
    assert "has left the site" not in run(site, "build", "--as-of", AS_OF).stdout


def asked(target: str) -> str:
    """A line of a web server's log."""
    return f'203.0.113.1 - - [30/Nov/2026:10:00:00 +0000] "GET {target} HTTP/1.1" 200 9 "-" "x"'


BODY = "body=https%3A%2F%2Fdesk.example%2Fbase%2F"
LOG = [
    asked("/base/search/?q=Refund+rules"),
    asked("/base/search/?q=refund%20rules"),
    asked("/base/search/?q=metrics"),
    r'{"request":{"method":"GET","uri":"/base/search/?q=late\u0026kind=help"}}',
    "2026-11-30T10:00:02+00:00 q=tracking%20pixel",
    asked(f"/votes?title=Not%20helpful%3A%20M&{BODY}help%2Fmetrics%2F"),
    asked(f"/votes?title=Helpful%3A%20M&{BODY}"),
    asked(f"/votes?title=Not%20helpful%3A%20M&{BODY.replace('desk', 'other')}"),
    asked("/search/?q=%zz["),
    asked("http://["),
]


def test_the_status_tells_what_logs_say_of_searches_and_votes(site: Site) -> None:
    votes = {"search_missed": "https://desk.example/missed", "helpful": "https://desk.example/votes"}
    site.configure(site_url="https://desk.example/base/", options=votes)
    site.write("help/metrics.md", "# Metrics\n\nTwo numbers to watch.\n")
    site.post("2012-03-01-a.md", "About [it](../help/metrics.md).\n")
    log = site.write("../access.log", "\n".join(LOG))
    told = run(site, "status", "--as-of", AS_OF, "--log", log).stdout
    assert told == (
        "pages that did not help (1)\n  content/help/metrics.md  1 no, 0 yes\n"
        "searches without results (4)\n"
        "  “refund rules”    2 times\n  “%zz[”            1 time\n  “late”            1 time\n"
        "  “tracking pixel”  1 time\n"
    )
    missing = run(site, "status", "--log", site.folder / "none.log")
    assert missing.exit_code == 1
    assert "none.log cannot be read" in missing.stderr


def test_the_page_of_the_status_puts_titles_before_their_dates() -> None:
    rows = (Row("content/a.md", "Jo, by 2026-01-01  A <b>"), Row("content/b.md", "B"))
    shown = page("Desk", "/", [StatusSection("reviews overdue", rows)]).decode()
    assert "<td>A &lt;b&gt;<span>Jo, by 2026-01-01</span></td>" in shown
    assert "<td>B</td>" in shown


def test_a_long_name_moves_no_other_line_of_the_status(site: Site) -> None:
    site.configure()
    long = "a" * 90
    site.post(f"2012-03-01-{long}.md", title="Long", draft=True)
    site.post("2012-03-02-b.md", title="B", draft=True)
    told = run(site, "status", "--as-of", AS_OF).stdout
    assert f"  {'content/posts/2012-03-02-b.md':60}  B\n" in told
    assert f"  content/posts/2012-03-01-{long}.md  Long\n" in told
