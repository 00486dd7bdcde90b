"""What `deskpress check` says of slips: one message each, at its place, with a hint that works as typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from deskpress.app.new import new_site
from deskpress.cli.main import main
from tests.conftest import drawn
from tests.lint.slips import DRAFT, HEAD, SLIPS, Slip, head

AS_OF = "2026-11-29T12:00"


class Base:
    """A site of five pages, as `new site` begins it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        new_site(folder, datetime(2026, 11, 29, tzinfo=UTC))
        self.write("content/help/metrics.md", "---\ntitle: Metrics\n---\n\nTwo numbers to watch.\n")
        self.write("content/images/chart.png", drawn(60, 40))
        self.write("content/images/IMG_1.HEIC", b"\0\0\0\x18ftypheic")
        self.write("shot.png", drawn(60, 40))

    def write(self, path: str, text: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def run(self, *arguments: object) -> Result:
        config = ("-f", str(self.folder / "mkdocs.yml"))
        return CliRunner().invoke(main, [*map(str, arguments), *config], catch_exceptions=False)

    def check(self, *arguments: object) -> Result:
        return self.run("check", "--as-of", AS_OF, *arguments)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """One site for all slips, which are taken out again."""
    return Base(tmp_path_factory.mktemp("slips") / "base")


@pytest.fixture
def own_base(tmp_path: Path) -> Base:
    """A site for a test that changes more than a file."""
    return Base(tmp_path / "base")


def messages(result: Result) -> list[str]:
    """The messages, each with its hint, the lines of context left out."""
    found: list[str] = []
    for line in result.stderr.splitlines():
        if line.startswith("  hint: "):
            found[-1] += f"\n{line}"
        elif line and not line.startswith("    ") and " read, " not in line:
            found.append(line)
    return found


def test_a_site_as_it_begins_is_right(base: Base) -> None:
    done = base.check()
    assert messages(done) == []
    assert done.stdout.splitlines()[-1] == "6 documents read, 0 errors, 0 warnings"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_said(base: Base, slip: Slip) -> None:
    file = base.write(slip.path, slip.text if slip.whole else HEAD + slip.text)
    try:
        done = base.check()
    finally:
        file.unlink()
    told = messages(done)
    assert len(told) == len(slip.said), told
    for message, wanted in zip(told, slip.said, strict=True):
        assert message.startswith(f"{wanted.path}:{wanted.place}: {wanted.severity}: "), message
        for words in wanted.words:
            assert words in message
    assert done.exit_code == any(one.severity == "error" for one in slip.said)
    assert (slip.left_out in done.stdout.splitlines()) == bool(slip.left_out)
    assert "left out" not in done.stdout or slip.left_out


def test_an_address_that_is_gone_names_the_command(own_base: Base) -> None:
    own_base.check("--fix")
    (own_base.folder / "content/posts/2026-11-29-hello.md").unlink()
    (told,) = messages(own_base.check())
    assert told.startswith("content/addresses.lock:")
    assert "error: /2026/11/hello.html was published and leads nowhere now" in told
    assert "if it went on purpose, `deskpress retire content/posts/2026-11-29-hello.md`" in told


@pytest.mark.slow
def test_drafts_under_other_names_are_not_published(own_base: Base) -> None:
    names = ("2026-11-20-secret.md.txt", "2026-11-20-s2.MD", "2026-11-20-s3.md~", "2026-11-20-s4.md.bak")
    for name in names:
        own_base.write(f"content/posts/{name}", DRAFT)
    told = messages(own_base.check())
    for name in names[:2] + names[3:]:
        assert any(one.startswith(f"content/posts/{name}:1:1: warning: ") for one in told)
    own_base.run("build", "--as-of", AS_OF)
    files = [path for path in (own_base.folder / "site").rglob("*") if path.is_file()]
    assert not any(b"nobody else may read this" in path.read_bytes() for path in files)


def test_what_is_left_out_is_said_in_a_line(own_base: Base) -> None:
    own_base.write("content/posts/draft.md", head("title: Draft", "date: 2026-11-20", "draft: true"))
    own_base.write("content/posts/exp.md", head("title: Exp", "date: 2026-11-20", "expires: 2026-11-21"))
    own_base.write("content/posts/later.md", head("title: Later", "date: 2026-12-24"))
    lines = own_base.check("-v").stdout.splitlines()
    assert lines[-2:] == [
        "left out: 1 draft, 1 scheduled, 1 expired",
        "9 documents read, 0 errors, 0 warnings",
    ]
    assert "content/posts/draft.md: draft" in lines
    for _ in range(2):  # the second build has nothing to do, and says it again
        built = own_base.run("build", "--as-of", AS_OF).stdout.splitlines()
        assert "left out: 1 draft, 1 scheduled, 1 expired" in built


def test_a_notice_is_a_draft_and_that_is_said(own_base: Base) -> None:
    made = own_base.run("new", "notice", "Reports are late")
    assert "It is a draft, which nobody sees, until its line `draft: true` is removed." in made.stdout
    assert "left out: 1 draft" in own_base.check().stdout.splitlines()


def test_a_huge_picture_is_said(own_base: Base, capfd: pytest.CaptureFixture[str]) -> None:
    Image.new("1", (12000, 9000)).save(own_base.folder / "content/images/huge.png")
    with (own_base.folder / "content/images/huge.png").open("ab") as file:
        file.write(b"\0" * 8_600_000)
    (told,) = messages(own_base.check())
    assert told.startswith("content/images/huge.png:1:1: warning: 12000 × 9000 pixels and 8.6 MB")
    assert told.endswith(" is more than readers need\n  hint: save it at most 3000 pixels wide")
    assert "Bomb" not in capfd.readouterr().err


CONFIG_SLIPS = {
    "mkdocs-typo": (
        ("  - deskpress:", "  - deskpres:"),
        "mkdocs.yml:23:5: error: no plug-in is called `deskpres`\n  hint: did you mean `deskpress`?",
    ),
    "mkdocs-opt": (
        ("      timezone: UTC", "      time_zone: UTC"),
        "mkdocs.yml:24:7: warning: there is no option `time_zone`\n  hint: did you mean `timezone`?",
    ),
    "mkdocs-tab": (
        ("      timezone: UTC", "\ttimezone: UTC"),
        "mkdocs.yml:24:1: error: the line begins with a tab\n  hint: indent with spaces",
    ),
    "mkdocs-ext": (
        ("  - admonition", "  - admonitions"),
        "mkdocs.yml:36:5: error: no extension is called `admonitions`\n  hint: did you mean `admonition`?",
    ),
}


@pytest.fixture
def config(base: Base) -> Iterator[Path]:
    """The configuration, which is as it was afterwards."""
    file = base.folder / "mkdocs.yml"
    before = file.read_text()
    yield file
    file.write_text(before)


@pytest.mark.parametrize("name", CONFIG_SLIPS)
def test_a_slip_in_mkdocs_yml_is_said_at_its_line(base: Base, config: Path, name: str) -> None:
    (before, after), wanted = CONFIG_SLIPS[name]
    config.write_text(config.read_text().replace(before, after))
    done = base.check()
    assert messages(done) == [wanted]
    count = "1 error, 0 warnings" if "error" in wanted else "0 errors, 1 warning"
    assert done.output.splitlines()[-1].endswith(f"documents read, {count}") or count in done.stdout


def test_a_place_as_scp_writes_it_is_refused(base: Base) -> None:
    done = base.run("publish", "--to", "deploy@www.example.com:/var/www")
    assert done.exit_code == 1
    assert done.stderr == (
        "`deploy@www.example.com:/var/www` is not a supported target: use a folder,"
        " `ssh://deploy@www.example.com/var/www`, `gh-pages` or `s3://…`\n"
    )


def test_a_list_of_authors_without_the_dot_is_said(own_base: Base) -> None:
    own_base.write("content/posts/authors.yml", "authors:\n  jo:\n    name: Jo\n")
    (said,) = messages(own_base.check())
    assert said.startswith("content/posts/authors.yml:1:1: warning: this is not read as the list of authors")
    assert "  hint: rename it to `.authors.yml`" in said
    (own_base.folder / "content/posts/authors.yml").rename(own_base.folder / "content/posts/.authors.yml")
    assert messages(own_base.check()) == []


def test_a_link_by_the_name_in_the_address_names_the_post(own_base: Base) -> None:
    own_base.write(
        "content/posts/2026-11-20-fees.md", HEAD.replace("New", "Old") + "See [the rates](rates).\n"
    )
    own_base.write("content/posts/2026-11-21-rates.md", HEAD.replace("slug: new", "slug: r") + "Rates.\n")
    own_base.write("content/help/rate.md", "---\ntitle: Rate\n---\n\nA rate.\n")
    (said,) = messages(own_base.check())
    assert said.endswith("hint: the nearest is `2026-11-21-rates.md`")
