"""Jekyll."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskpress.importers.formats import jekyll
from deskpress.importers.platforms.front import MOST_DOTS, split, when
from deskpress.importers.platforms.items import Item
from deskpress.importers.platforms.opening import open_source
from deskpress.importers.report import ImportReport
from tests.importers.conftest import Desk

Write = Callable[[str, str | bytes], Path]


def _items(folder: Path, report: ImportReport | None = None) -> dict[str, Item]:
    return {item.key: item for item in jekyll.read(open_source(folder), report or ImportReport())}


@pytest.mark.slow
def test_a_site_keeps_its_markdown(desk: Desk, source: Write) -> None:
    config = source(
        "_config.yml", "url: https://jars.example\npermalink: /:categories/:year/:title/\ntitle: Jars\n"
    )
    source(
        "_posts/2014-3-4-two-jars.md",
        "---\ntitle: Two jars\nauthor: mo\ncategory: Glass\ntags: red blue\n"
        "redirect_from: [/old/two, /t.html]\n"
        "date: 2014-03-04 05:06:07 -0800\n---\n"
        "Jars of *{{ site.title }}*, [first]({% post_url 2014-01-02-first %}#x) and\n"
        "[about]({{ '/about/' | relative_url }}):\n- a\n  - b\n\n"
        "{% highlight ruby %}\n{% raw %}{{ x }}{% endraw %}\n{% endhighlight %}\n\n"
        '{% raw %}{% include y %}{% endraw %} {% include note.html who="you" %}\n\n'
        "![A jar](/img/jar.png){: .wide}\n\n<script>alert(1)</script>\n\n`<script>`\n",
    )
    source(
        "_posts/2014-01-02-first.markdown",
        "---\nlayout: post\n---\nFirst.\n{: #x }\n\n<!--more-->\n\nMore.\n",
    )
    source("_posts/2014-01-03-hidden.md", "---\npublished: false\n---\nHiddenword\n")
    source("_drafts/idea.md", "---\ntitle: Idea\n---\nHiddenword\n")
    source("_includes/note.html", "<em>For {{ include.who }}</em>")
    source("_data/authors.yml", "mo:\n  name: Mo Bell\n  email: mo@example.invalid\n")
    source("about.md", "---\ntitle: About\n---\nAbout us.\n")
    source("README.md", "No page.\n")
    source("img/jar.png", b"\x89PNG\r\n")

    done = desk.keep("auto", config.parent)

    assert desk.documents() == [
        "about.md",
        "posts/1970-01-01-idea.md",
        "posts/2014-01-02-first.md",
        "posts/2014-01-03-hidden.md",
        "posts/2014-03-04-two-jars.md",
    ]
    text = desk.text("posts/2014-03-04-two-jars.md")
    assert "date: 2014-03-04T05:06:07-08:00\n" in text
    assert "categories: [Glass]\ntags: [red, blue]\nauthors: [mo-bell]\n" in text
    assert "aliases:\n  - /glass/2014/two-jars/\n  - /old/two\n  - /t.html\n" in text
    assert (
        "Jars of *Jars*, [first](2014-01-02-first.md#x) and\n[about](../about.md):\n\n- a\n    - b\n" in text
    )
    assert "```ruby\n{{ x }}\n```" in text
    assert "{% include y %} <em>For you</em>" in text
    assert "![A jar](../media/jar.png){: .wide}" in text
    assert "alert" not in text
    assert "`<script>`" in text
    assert "a script" in done.output
    assert "title: First\n" in desk.text("posts/2014-01-02-first.md")
    before = desk.files()
    desk.keep("jekyll", config.parent)
    assert desk.files() == before
    desk.build()
    assert "2014/03/two-jars.html" in desk.page("glass/2014/two-jars/")
    everything = b"".join(path.read_bytes() for path in (desk.folder / "site").rglob("*") if path.is_file())
    assert b"Hiddenword" not in everything


@pytest.mark.parametrize(
    ("permalink", "front", "address"),
    [
        ("date", "categories: [A, b c]", "/a/b c/2012/09/01/Jar-&-lid.html"),
        ("pretty", "", "/2012/09/01/Jar-&-lid/"),
        ("none", "category: x", "/x/Jar-&-lid.html"),
        ("ordinal", "", "/2012/245/Jar-&-lid.html"),
        ("/:year/:i_month/:i_day/:slug", "slug: Other One", "/2012/9/1/other-one"),
        ("date", "permalink: /mine/:title", "/mine/Jar-&-lid"),
        ("/:year/:short_month/:title:output_ext", "date: 2013-01-05", "/2013/Jan/Jar-&-lid.html"),
    ],
)
def test_addresses_are_those_that_jekyll_gives(
    source: Write, permalink: str, front: str, address: str
) -> None:
    folder = source("_config.yml", f"permalink: {permalink}\n").parent
    source("_posts/2012-9-1-Jar-&-lid.md", f"---\n{front}\n---\nText\n")

    assert _items(folder)["_posts/2012-9-1-Jar-&-lid.md"].addresses == (address,)


def test_what_liquid_says_beyond_the_source_is_told(source: Write) -> None:
    folder = source(
        "_posts/2012-09-01-a.md",
        "---\n---\n{{ site.x }}[a]({{ page.y }}/b) {% chart z %}{% if a %}B{% endif %}\n",
    ).parents[1]
    report = ImportReport()

    item = _items(folder, report)["_posts/2012-09-01-a.md"]

    assert item.body == "{{site.x}}[a]({{page.y}}/b) B\n"
    assert [line.what for line in report.of("lost")] == [
        "`{{ site.x }}`",
        "`{{ page.y }}`",
        "`{% chart z %}`",
        "`{% if a %}`",
    ]


@pytest.mark.parametrize("include", ["../_config.yml", "/etc/passwd", "note.html"])
def test_includes_stay_in_their_folder_and_have_an_end(source: Write, include: str) -> None:
    folder = source("_posts/2012-09-01-a.md", f"---\n---\nA {{% include {include} %}}\n").parents[1]
    source("_config.yml", "secret: x\n")
    source("_includes/note.html", "{% include note.html %}B")
    report = ImportReport()

    body = _items(folder, report)["_posts/2012-09-01-a.md"].body

    assert "secret" not in body
    assert "root:" not in body
    assert report.of("lost")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\na: 1\n---\nText", {"a": 1}),
        ("---\n---\nText", {}),
        ('+++\nA = "b"\n+++\nText', {"a": "b"}),
        ('{"a": [1]}\nText', {"a": [1]}),
        ("---\na: [1\nb: two\n---\nText", {"a": "[1", "b": "two"}),
        ("---\nday: 2014-02-31\n---\nText", {"day": "2014-02-31"}),
        ("Text", None),
        (
            "---\na: &x [1]\nb: &y [*x]\nc: &z [*y]\n---\nText",
            {"a": "&x [1]", "b": "&y [*x]", "c": "&z [*y]"},
        ),
    ],
)
def test_front_matter(text: str, values: object) -> None:
    found, body, _ = split(text, "a.md", ImportReport())

    assert found == values
    assert body.strip() == "Text"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2021-9-1", "2021-09-01"),
        ("2016-01-28 17:21:50 -0800", "2016-01-28T17:21:50-08:00"),
        ("2016-1-2 3:04", "2016-01-02T03:04:00"),
        ("2016-01-02T03:04:05.678Z", "2016-01-02T03:04:05+00:00"),
        ("2016-02-31", None),
        ("soon", None),
    ],
)
def test_dates_as_people_write_them(text: str, instant: str | None) -> None:
    found = when(text)

    assert (found.isoformat() if found else None) == instant


@pytest.mark.parametrize("name", ["{}", "a{}", "-{}"])
def test_front_matter_does_not_become_millions_of_words(name: str) -> None:
    lines = [f"k0: &{name.format(0)} [x]"]
    lines += [f"k{n}: &{name.format(n)} [*{name.format(n - 1)}, *{name.format(n - 1)}]" for n in range(1, 30)]
    report = ImportReport()
    split("---\n" + "\n".join(lines) + "\n---\nText\n", "a.md", report)
    assert "it has aliases" in str(report.lines)


def test_includes_do_not_become_millions(source: Write) -> None:
    folder = source("_config.yml", "title: S\n").parent
    source("_includes/a.html", "x{% include a.html %}{% include a.html %}{% include a.html %}")
    source("_posts/2012-03-05-a.md", "---\ntitle: T\n---\n{% include a.html %}\n")
    report = ImportReport()
    items = _items(folder, report)
    assert "more than 500 files are included" in str(report.lines)
    assert sum(str(item).count("x") for item in items.values()) < 2000


def test_front_matter_of_odd_sizes_is_read_as_far_as_it_can_be() -> None:
    report = ImportReport()
    values, _, _ = split(f"---\ntags: [0x{'f' * 9000}, 1{':30' * 9000}, 0x10]\n---\nText\n", "a.md", report)
    assert values is not None
    assert [type(one) for one in values["tags"]] == [str, str, int]
    dotted = ".".join("a" * (MOST_DOTS + 2))
    for text in (f"{dotted} = 1", f"[{dotted}]"):
        report = ImportReport()
        split(f"+++\n{text}\n+++\nText\n", "a.md", report)
        assert "a key of more than" in str(report.lines)
    assert split('{"x": ' + "[" * 99_000, "a.md", report)[0] is None
