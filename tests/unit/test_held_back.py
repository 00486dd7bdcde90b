"""Drafts that are written in other ways than they are read do not get out."""

from __future__ import annotations

import pytest

from deskpress.model.diagnostic import errors
from tests.conftest import Site


@pytest.mark.parametrize(
    "line",
    [
        'Draft: "true"',
        "DRAFT: 'yes'",
        "Draft: 1",
        "Draft: [true]",
        "published: 'no'",
        "unlisted: true",
        "draft\u200b: true",
        "\u200bdraft: true",
        "ｄｒａｆｔ: true",
        "dr\u0430ft: true",
        "darft: true",
        "drafts: true",
        "is_draft: true",
        "isDraft: true",
        "visibility: private",
        "status: draft",
        "Status: Private",
        "status: [new, hidden]",
        "meta: {draft: true}",
        "draft:",
        "draft: ~",
    ],
)
def test_a_key_that_is_to_hold_a_post_back_is_an_error(site: Site, line: str) -> None:
    site.write("posts/2012-03-12-a.md", f"---\ntitle: A\ndate: 2012-03-12\n{line}\n---\n\nText.\n")
    assert [d for d in errors(site.check().diagnostics) if d.span.line == 4]


@pytest.mark.parametrize("key", ["draft", "published"])
def test_in_a_date_nothing_holds_a_post_back(site: Site, key: str) -> None:
    text = f"---\ntitle: A\ndate:\n  created: 2012-03-12\n  {key}: true\n---\n\nText.\n"
    site.write("posts/2012-03-12-a.md", text)
    assert [d for d in errors(site.check().diagnostics) if d.span.line == 5]


@pytest.mark.parametrize(
    "line",
    [
        "Draft: false",
        "published: true",
        "craft: paper",
        "visibility: public",
        "status: new",
        "status: deprecated",
    ],
)
def test_a_key_that_holds_nothing_back_is_no_error(site: Site, line: str) -> None:
    site.write("posts/2012-03-12-a.md", f"---\ntitle: A\ndate: 2012-03-12\n{line}\n---\n\nText.\n")
    assert not errors(site.check().diagnostics)


@pytest.mark.parametrize(
    "top",
    [
        '{"title": "A", "draft": true}',
        ';;;\n{"draft": true}\n;;;',
        "<!-- draft: true -->",
        "--- {title: A, draft: true}\n---",
    ],
)
def test_front_matter_on_one_line_is_an_error(site: Site, top: str) -> None:
    site.write("about.md", f"{top}\n\n# About\n\nText.\n")
    assert errors(site.check().diagnostics)


def test_more_queries_than_can_be_searched_for_are_refused(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.write("search.yml", "- {query: a, page: posts/2012-03-12-a.md}\n" * 1001)
    assert site.problems()[0] == "content/search.yml:1001:3: there are more than 1,000 queries"
