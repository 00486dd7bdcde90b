"""What a build does after an edit, and what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import material
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from deskpress.build import cache, recipes
from deskpress.build.request import Result
from deskpress.cli.main import main
from deskpress.engine.blob_store import load, save
from deskpress.engine.build_log import BuildLog
from deskpress.engine.cache_key import cache_key
from deskpress.model.diagnostic import ContentError
from deskpress.render.records import bucket_of
from tests.conftest import Site
from tests.engine.machine import CheckEqualsClean, IncrementalEqualsClean, run


@pytest.fixture
def built(site: Site) -> Site:
    site.configure(options={"posts_per_page": 1, "feed_length": 1})
    site.write("help/a.md", "# A topic\n")
    for month in (1, 2, 3, 4):
        site.post(f"2012-0{month}-09-n{month}.md", f"Body {month}.\n")
    site.build()
    return site


def rendered(result: Result) -> set[str]:
    return set(result.reasons)


def test_nothing_changed_renders_nothing(built: Site) -> None:
    result = built.build()
    assert (result.reasons, result.written, result.removed) == ({}, 0, 0)


def test_a_body_reaches_its_page_month_and_feeds_and_no_neighbour(built: Site) -> None:
    built.post("2012-02-09-n2.md", "Another body.\n")
    result = built.build()
    assert {path for path in rendered(result) if not path.startswith("search/")} == {
        "2012/02/n2.html",
        "2012/02/index.html",
        "2012/02/atom.xml",
        "blog/page/3/index.html",
    }
    shards = {path.split("/")[1] for path in rendered(result) if path.startswith("search/")}
    assert shards == {"blog-0"}
    assert set(result.reasons.values()) >= {"body:posts/2012-02-09-n2.md changed", "shard:blog-0/0 changed"}


def test_a_template_of_what_is_made_once_reaches_every_page(built: Site) -> None:
    icons = built.folder / "overrides/partials/icons.html"
    icons.parent.mkdir(parents=True)
    built.configure(
        options={"posts_per_page": 1, "feed_length": 1},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    built.build()
    icons.write_text("<!-- ours -->")
    pages = {path for path in rendered(built.build()) if path.endswith(".html")}
    assert {"2012/01/n1.html", "2012/02/n2.html", "help/a/index.html", "404.html"} <= pages
    assert "<!-- ours -->" in built.read("2012/02/n2.html")


def test_words_of_material_that_a_site_replaces_reach_every_page(built: Site) -> None:
    words = built.folder / "overrides/partials/languages/en.html"
    words.parent.mkdir(parents=True)
    stock = Path(material.__file__).with_name("templates") / "partials/languages/en.html"
    built.configure(
        options={"posts_per_page": 1, "feed_length": 1},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    built.build()
    assert "Skip to content" in built.read("2012/02/n2.html")
    for text in ("Jump <i>on</i>", "Jump & run"):
        words.write_text(stock.read_text().replace("Skip to content", text))
        pages = {path for path in rendered(built.build()) if path.endswith(".html")}
        assert {"2012/01/n1.html", "2012/02/n2.html", "help/a/index.html", "404.html"} <= pages
        assert text in built.read("2012/02/n2.html")


def test_the_newest_post_reaches_no_page_that_does_not_show_it(built: Site) -> None:
    built.post("2012-05-09-n5.md", "Body 5.\n")
    pages = {path for path in rendered(built.build()) if path.endswith(".html")}
    assert {"2012/05/n5.html", "2012/05/index.html", "2012/04/n4.html", "2012/04/index.html"} <= pages
    assert pages.isdisjoint({"2012/01/n1.html", "2012/02/n2.html", "help/a/index.html", "404.html"})


def test_a_title_reaches_its_neighbours_and_no_one_else(built: Site) -> None:
    built.post("2012-02-09-n2.md", "Body 2.\n", title="Another", slug="n2")
    pages = {path for path in rendered(built.build()) if path.endswith(".html")}
    assert pages == {
        "2012/01/n1.html",
        "2012/02/n2.html",
        "2012/03/n3.html",
        "2012/02/index.html",
        "2012/index.html",
        "blog/page/3/index.html",
        "author/the-team/index.html",
        "index.html",
    }


def records(site: Site, name: str) -> list[Path]:
    return sorted((site.folder / ".cache/deskpress").glob(f"{name}-*"))


def test_settled_answers_that_are_lost_are_missed_by_no_body_and_cost_time_after_a_title(built: Site) -> None:
    for path in records(built, "answers"):
        path.write_bytes(b"damaged")
    built.post("2012-02-09-n2.md", "Another body.\n")
    result = built.build()
    assert "2012/02/n2.html" in result.reasons
    assert "2012/01/n1.html" not in result.reasons
    built.post("2012-02-09-n2.md", "Another body.\n", title="Another", slug="n2")
    assert set(built.build().reasons.values()) == {"never rendered"}
    built.post("2012-02-09-n2.md", "Another body.\n", title="A third", slug="n2")
    assert "2012/04/n4.html" not in built.build().reasons


def test_settled_answers_of_another_structure_count_as_lost(built: Site) -> None:
    before = {path: path.read_bytes() for path in records(built, "site")}
    built.post("2012-02-09-n2.md", "Body 2.\n", title="Another", slug="n2")
    built.build()
    # As if the build had been killed between the two records.
    for path in records(built, "site"):
        path.unlink()
    for path, data in before.items():
        path.write_bytes(data)
    for path in records(built, "rest"):
        path.unlink()
    built.post("2012-02-09-n2.md", "Body 2.\n", title="A third", slug="n2")
    assert set(built.build().reasons.values()) == {"never rendered"}
    tree = built.tree()
    built.build(clean=True)
    assert built.tree() == tree


def test_whoever_waits_for_the_pages_is_told_once_they_can_be_read(built: Site) -> None:
    told = []

    def placed(base_path: str, changed: bool) -> None:
        told.append((base_path, changed, "Another body" in built.read("2012/02/n2.html")))

    built.post("2012-02-09-n2.md", "Another body.\n")
    built.build(placed=placed)
    built.build(placed=placed)
    # Saved again with the same text: read, and nothing is written.
    built.post("2012-02-09-n2.md", "Another body.\n")
    built.build(placed=placed)
    assert told == [("/", True, True), ("/", False, True), ("/", False, True)]


def test_an_edit_that_changes_no_html_stops_there(built: Site) -> None:
    path = built.content / "posts/2012-02-09-n2.md"
    path.write_text(path.read_text() + "\n\n")
    assert rendered(built.build()) == set()


def test_a_template_reaches_the_pages_that_use_it(built: Site) -> None:
    built.configure(
        options={"posts_per_page": 1, "feed_length": 1},
        theme={"name": "material", "custom_dir": "overrides"},
    )
    (built.folder / "overrides/deskpress").mkdir(parents=True)
    built.build()
    (built.folder / "overrides/deskpress/topic.html").write_text('{% extends "deskpress/page.html" %}{# x #}')
    result = built.build()
    assert result.reasons == {"help/a/index.html": "template:deskpress/topic.html changed"}


def test_a_fresh_clone_with_a_restored_cache_renders_nothing(built: Site, tmp_path: Path) -> None:
    for path in sorted(built.content.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
            os.utime(path, (1, 1))
    assert rendered(built.build()) == set()


def test_a_moved_project_renders_nothing_anew_but_its_ledger_is_its_own(built: Site, tmp_path: Path) -> None:
    expected = built.tree()
    shutil.copytree(built.folder, tmp_path / "moved")
    moved = Site.__new__(Site)
    moved.folder, moved.content = tmp_path / "moved", tmp_path / "moved/content"
    moved.build()
    assert moved.tree() == expected


def test_a_cache_that_cannot_be_written_says_so(site: Site) -> None:
    (site.folder / ".cache").write_text("in the way")
    site.post("2012-03-01-a.md")
    said: list[str] = []
    site.build(say=said.append)
    assert "cannot be written" in said[0]
    assert "2012/03/a.html" in site.tree()


def test_a_damaged_cache_says_so_once(built: Site) -> None:
    expected = built.tree()
    (built.folder / ".cache/deskpress/readings").write_bytes(b"nonsense")
    (built.output / "feed.xml").unlink()
    said: list[str] = []
    built.build(say=said.append)
    assert said == [
        "The cache is damaged, of another version or from another machine; everything is built anew."
    ]
    assert built.tree() == expected


def test_an_extension_we_do_not_know_makes_every_document_new(built: Site) -> None:
    built.configure(markdown_extensions=["toc", "pymdownx.b64"])
    said: list[str] = []
    built.build(say=said.append)
    assert "pymdownx.b64" in said[0]


def test_explain_and_json_tell_why(built: Site) -> None:
    built.post("2012-02-09-n2.md", "Another body.\n")
    arguments = ["build", "-f", str(built.folder / "mkdocs.yml"), "--as-of", "2012-06-01"]
    result = CliRunner().invoke(main, [*arguments, "--explain"])
    assert "2012/02/n2.html: body:posts/2012-02-09-n2.md changed\n" in result.stdout
    report = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)
    assert report["rendered"] == {}
    assert report["seconds"].keys() >= {"configuration", "looking"}


@pytest.mark.slow
def test_however_a_site_is_edited_incremental_equals_clean() -> None:
    run(IncrementalEqualsClean, examples=8, least=60)


@pytest.mark.slow
def test_however_a_site_is_edited_check_says_what_it_does_without_a_cache() -> None:
    run(CheckEqualsClean, examples=8, least=60)


@pytest.mark.slow
def test_the_shelf_is_swept_when_it_is_mostly_waste(built: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "WASTE", 0)
    bodies = built.folder / ".cache/deskpress/bodies"
    size = bodies.stat().st_size
    expected = built.tree()
    for version in "123":
        monkeypatch.setattr(recipes, "tools", lambda version=version: version)
        built.build()
    assert bodies.stat().st_size <= 3 * size
    assert built.build().reasons == {}
    assert built.tree() == expected


def many_posts(site: Site, number: int) -> None:
    for post in range(number):
        day = date(2012, 1, 1) + timedelta(post)
        site.post(f"{day}-n{post}.md", f"Some apples, {post}.\n", title="Fruit", slug=f"n{post}")


def built_anew(site: Site) -> dict[str, bytes]:
    shutil.rmtree(site.folder / ".cache")
    shutil.rmtree(site.output)
    site.build()
    return site.tree()


@pytest.mark.slow
@pytest.mark.parametrize(("posts", "buckets"), [(3, 1), (9, 4), (80, 32)])
def test_an_edited_post_renders_only_the_buckets_whose_terms_changed(
    site: Site, posts: int, buckets: int
) -> None:
    many_posts(site, posts)
    site.build()
    assert len(list(site.output.glob("search/blog-0/t*.json"))) == buckets

    site.post("2012-01-02-n1.md", "Some zebras, 1.\n", title="Fruit", slug="n1")
    result = site.build()

    assert {path: why for path, why in result.reasons.items() if path.startswith("search/")} == {
        "search/blog-0/d0.json": "shard:blog-0/0 changed",
        **{
            f"search/blog-0/t{number}.json": f"bucket:blog-0/{number} changed"
            for number in {bucket_of(term, buckets) for term in ("appl", "zebra")}
        },
    }
    assert "zebra" in site.read(f"search/blog-0/t{bucket_of('zebra', buckets)}.json")
    assert site.tree() == built_anew(site)


def test_a_shard_that_grows_gets_more_buckets(site: Site) -> None:
    many_posts(site, 7)
    site.build()
    site.post("2012-01-08-n7.md", "Pears.\n")
    site.build()
    assert len(list(site.output.glob("search/blog-0/t*.json"))) == 4
    assert site.tree() == built_anew(site)


def test_what_is_not_known_of_a_shard_is_asked_again(site: Site) -> None:
    many_posts(site, 9)
    site.build()
    build_log = next((site.folder / ".cache/deskpress").glob("site-*"))
    known = load(build_log, BuildLog, cache_key())
    assert known
    assert known.states
    save(build_log, replace(known, states=dict.fromkeys(known.states, "another")), cache_key())
    (site.output / "index.html").unlink()
    assert rendered(site.build()) == {"index.html"}
    site.post("2012-01-02-n1.md", "Some zebras, 1.\n", title="Fruit", slug="n1")
    site.build()
    assert site.tree() == built_anew(site)


@pytest.mark.slow
def test_damaged_records_are_made_again(site: Site) -> None:
    many_posts(site, 9)
    site.build()
    bodies = site.folder / ".cache/deskpress/bodies"
    bodies.write_bytes(bytes(bodies.stat().st_size))
    site.post("2012-01-02-n1.md", "Some zebras, 1.\n", title="Fruit", slug="n1")
    site.build()
    assert site.tree() == built_anew(site)


def clean(site: Site, tmp_path: Path, **options: object) -> tuple[str, ...]:
    """What a build of a copy without a cache says."""
    copy = Site.__new__(Site)
    copy.folder = Path(shutil.copytree(site.folder, tmp_path / "clean"))
    copy.content = copy.folder / "content"
    shutil.rmtree(copy.folder / ".cache")
    shutil.rmtree(copy.output)
    said = tuple(map(str, copy.build(**options).diagnostics))
    assert copy.tree() == site.tree()
    shutil.rmtree(copy.folder)
    return said


@pytest.mark.slow
def test_what_is_wrong_in_a_withheld_text_is_told_only_while_it_is_shown(site: Site, tmp_path: Path) -> None:
    site.post("2012-02-09-a.md", "Fine.\n")
    site.post("2012-02-10-b.md", "<script>x()</script>\n", draft=True)
    assert site.build().diagnostics == ()
    assert "`<script>` is left out" in str(site.build(drafts=True).diagnostics[0])
    assert site.build().diagnostics == ()
    assert clean(site, tmp_path) == ()


def test_a_draft_that_cannot_be_converted_stops_only_a_build_of_drafts(site: Site) -> None:
    site.post("2012-02-09-a.md", "Fine.\n")
    site.post("2012-02-10-b.md", "> " * 400 + "x\n", draft=True)
    with pytest.raises(ContentError):
        site.build(drafts=True)
    assert site.build().diagnostics == ()
    with pytest.raises(ContentError):
        site.build(drafts=True)


def test_hints_do_not_depend_on_the_order_of_posts(site: Site, tmp_path: Path) -> None:
    site.post("2012-01-02-x2.md", slug="xtwo")
    site.post("2012-01-03-x3.md", slug="xthree")
    site.post("2012-01-01-a.md", "[l](2012-01-0-x1.md)\n")
    site.build()
    site.post("2012-01-02-x2.md", slug="xtwo", date="2012-01-04")
    said = tuple(map(str, site.build().diagnostics))
    assert said == clean(site, tmp_path)


def test_a_stray_file_whose_name_is_no_text_is_removed(built: Site) -> None:
    stray = os.fsencode(built.output) + b"/caf\xe9.txt"
    with open(stray, "w"):
        pass
    assert built.build().removed == 1
    assert not os.path.exists(stray)


@pytest.mark.parametrize("name", ["readings.new", "plan.new", "bodies"])
def test_nothing_is_written_through_links_in_a_cache(built: Site, tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    link = built.folder / ".cache/deskpress" / name
    link.unlink(missing_ok=True)
    link.symlink_to(precious)
    built.post("2012-02-09-n2.md", "Another body.\n", tags=["New"])
    built.build()
    assert precious.read_text() == "mine"
    assert "Another body." in built.read("2012/02/n2.html")
