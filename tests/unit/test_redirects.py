"""`redirects` in `mkdocs.yml`: old addresses of what has no file."""

from __future__ import annotations

import pytest

from deskpress.model.diagnostic import ContentError
from tests.conftest import Site


def test_an_old_address_leads_to_a_page(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.configure(options={"redirects": {"/old/page/2/": "/2012/", "/older.html": "/"}})
    site.build()

    assert 'url=../../../2012/"' in site.read("old/page/2/index.html").replace("; ", "")
    assert "/old/page/2" in site.read("_redirects")
    assert "older.html" in site.tree()


def test_one_that_leads_nowhere_or_is_taken_is_a_warning(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.configure(options={"redirects": {"/old/": "/gone/", "/2012/": "/2012/03/"}})

    problems = site.problems()

    assert "mkdocs.yml:1:1: redirects: /old/ leads to /gone/, which does not exist" in problems
    assert "mkdocs.yml:1:1: redirects: /2012/ is the address of a page" in problems


@pytest.mark.parametrize("pair", [{"/../a/": "/2012/"}, {"/a/": "https://x.example/?b"}, {"": "/2012/"}])
def test_what_is_no_address_is_an_error(site: Site, pair: dict[str, str]) -> None:
    site.configure(options={"redirects": pair})

    with pytest.raises(ContentError, match="redirects: the address"):
        site.check()


def test_a_changed_redirect_is_rendered_anew(site: Site) -> None:
    site.post("2012-03-12-a.md")
    site.configure(options={"redirects": {"/old/": "/2012/"}})
    site.build()
    site.configure(options={"redirects": {"/old/": "/2012/03/"}})
    site.build()

    assert "2012/03/" in site.read("old/index.html")
