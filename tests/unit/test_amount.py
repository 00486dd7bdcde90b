"""How many files a site may become, as a server counts them."""

from __future__ import annotations

import pytest

from deskpress.build.amount import refuse_many
from deskpress.model.diagnostic import ContentError
from tests.conftest import Site


def test_lists_are_counted_at_the_post_that_has_the_most(site: Site) -> None:
    site.post("2012-03-01-a.md", tags=["One"])
    site.post("2012-03-02-b.md", tags=[f"t{number}" for number in range(20)], categories=["a-b", "A b"])
    made = site.check().site
    # Two posts, 21 tags, and a category with its page and three feeds.
    refuse_many(made, 27)
    refuse_many(made, 0)
    for most, planned in ((26, 0), (50, 51)):
        with pytest.raises(ContentError, match=rf"more than {most} files: .* has 23 of them") as raised:
            refuse_many(made, most, planned)
        assert raised.value.diagnostics[0].span.path == "content/posts/2012-03-02-b.md"


def test_what_is_gone_is_counted(site: Site) -> None:
    site.post("2012-03-01-a.md", expires="2012-04-01", aliases=[f"/old-{number}/" for number in range(90)])
    made = site.check().site
    refuse_many(made, 91)
    with pytest.raises(ContentError, match="91 addresses are gone"):
        refuse_many(made, 90)
