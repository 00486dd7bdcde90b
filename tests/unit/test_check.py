"""What `check` finds, and where."""

from __future__ import annotations

import pytest

from deskpress.build.request import SetupError
from deskpress.model.diagnostic import ContentError
from tests.conftest import Site


def test_broken_links_name_the_nearest_and_the_place(site: Site) -> None:
    site.post("2012-03-01-two-numbers.md", "## The rate\n")
    site.post(
        "2012-03-02-b.md",
        "Fine.\n\nA [link](2012-03-01-two-number.md), [one](2012-03-01-two-numbers.md#the-rat).\n",
    )
    found = [str(d) for d in site.check().diagnostics]
    assert found[0].splitlines() == [
        "content/posts/2012-03-02-b.md:8:10: warning: the link `2012-03-01-two-number.md` does not exist",
        "    A [link](2012-03-01-two-number.md), [one](2012-03-01-two-numbers.md#the-rat).",
        "             ^",
        "  hint: the nearest is `2012-03-01-two-numbers.md`",
    ]
    assert found[1].startswith(
        "content/posts/2012-03-02-b.md:8:43: warning: the link `2012-03-01-two-numbers.md#the-rat`"
    )
    assert "the nearest is `#the-rate`" in found[1]


def test_a_link_in_code_is_not_mistaken_for_the_broken_one(site: Site) -> None:
    site.post("2012-03-02-b.md", "```\n[x](gone.md)\n```\n\n`(gone.md)` and [x](gone.md)\n")
    assert site.problems()[0].startswith("content/posts/2012-03-02-b.md:10:21: ")


def test_images_that_are_missing_or_mute(site: Site) -> None:
    site.write("posts/here.png", b"1")
    site.post("2012-03-02-b.md", "![](here.png)\n\n![A shot](gone.png)\n")
    problems = site.problems()
    assert "content/posts/2012-03-02-b.md:6:5: the image `here.png` has no alternative text" in problems
    assert "content/posts/2012-03-02-b.md:8:11: the image `gone.png` does not exist" in problems


def test_duplicate_titles_series_with_gaps_and_reviews_that_are_due(site: Site) -> None:
    site.post("2012-03-01-a.md", title="Same")
    site.post("2012-03-02-b.md", title="same", slug="b")
    site.post("2012-03-03-c.md", series={"name": "S", "part": 1})
    site.post("2012-03-04-d.md", series={"name": "S", "part": 4})
    site.post("2012-03-05-e.md", review_by="2012-05-31")
    site.post("2012-03-06-f.md", review_by="2012-06-02")
    text = "\n".join(site.problems())
    assert "has the title “same” too" in text
    assert "the series `S` has no parts 2 to 3" in text
    assert "content/posts/2012-03-05-e.md:4:1: was to be reviewed by 2012-05-31" in text
    assert "2012-03-06-f" not in text


def test_unknown_keys_topics_and_authors_name_the_nearest(site: Site) -> None:
    site.write("posts/.authors.yml", "authors:\n  jodoe:\n    name: Jo Doe\n")
    site.write("help/metrics.md", "# Metrics\n")
    site.post("2012-03-01-a.md", categorys=["x"], topics=["metric"])
    site.post("2012-03-02-b.md", authors=["jodo"])
    text = "\n".join(str(d) for d in site.check().diagnostics)
    assert "the key `categorys` is not known" in text
    assert "did you mean `categories`?" in text
    assert "there is no help topic `metric`" in text
    assert "the author `jodo` is not in .authors.yml" in text
    assert "did you mean `jodoe`?" in text


def test_check_writes_nothing(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.check()
    assert not site.output.exists()


def test_strict_turns_warnings_into_errors_before_the_first_write(site: Site) -> None:
    site.post("2012-03-01-a.md")
    site.build()
    before = site.tree()
    site.post("2012-03-01-a.md", "[x](gone.md)\n")
    with pytest.raises(ContentError):
        site.build(strict=True)
    assert site.tree() == before
    assert site.build().diagnostics


def test_navigation_that_leads_nowhere(site: Site) -> None:
    site.configure(nav=[{"Blog": "/blog/"}, {"Help": "help/indx.md"}])
    site.write("help/index.md", "# Help\n")
    assert any("the navigation leads to `help/indx.md`" in p for p in site.problems())


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timezone": "Mars/Base"}, "no time zone is called `Mars/Base`"),
        ({"timezone": "../../etc/passwd"}, "no time zone is called"),
        ({"addresses": {"post": "{year}/x.html"}}, "`{slug}` is missing"),
        ({"addresses": {"pots": "x/"}}, "no address is called `pots`"),
        ({"addresses": {"blog": "../up/"}}, "leaves the site"),
        ({"posts_per_page": 0}, "must be at least 1"),
        ({"id_authority": "nodate"}, "must be a name and a date"),
        ({"websub_hub": "hub"}, "is not a valid URL"),
    ],
)
def test_bad_options_name_the_line(site: Site, options: dict[str, object], problem: str) -> None:
    site.configure(options=options)
    with pytest.raises(ContentError, match=r"mkdocs.yml:\d+:\d+: ") as caught:
        site.build()
    assert problem in str(caught.value)


def test_a_site_needs_its_url(site: Site) -> None:
    site.configure(site_url=None)
    with pytest.raises(ContentError, match="`site_url` is missing"):
        site.build()


@pytest.mark.slow
def test_other_plug_ins_make_a_full_build_and_a_reason(site: Site) -> None:
    site.configure(plugins=[{"deskpress": {}}, "offline"])
    site.post("2012-03-01-a.md")
    assert "offline" in site.build().full
    assert "2012/03/a.html" in site.tree()


def test_without_our_plug_in_there_is_a_hint(site: Site) -> None:
    site.configure(plugins=["tags"])
    with pytest.raises(SetupError, match="is not among the plug-ins"):
        site.build()


def test_a_place_in_the_configuration_moves_with_its_line(site: Site) -> None:
    site.configure(nav=[{"Gone": "help/gone.md"}])
    site.post("2012-03-01-a.md")
    (before,) = site.build().diagnostics
    config = site.folder / "mkdocs.yml"
    config.write_text("# A word.\n# Another.\n" + config.read_text())
    (after,) = site.build().diagnostics
    assert after.span.line == before.span.line + 2
