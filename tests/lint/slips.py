"""Slips of people who write, each in a site of five pages, with what is to be said of them.

A slip is a name, the text of a post below its usual front matter, and what `check` says: place, severity, and
words of the problem and the hint.
"""

from __future__ import annotations

from msgspec import Struct

POST = "content/posts/2026-11-20-new.md"
HEAD = "---\ntitle: New things\ndate: 2026-11-20\nslug: new\ncategories: [News]\n---\n\n"


class Said(Struct, frozen=True):
    """A line of `check`: where, how grave, and words that are in the problem or the hint."""

    place: str
    severity: str
    words: tuple[str, ...]
    path: str = POST


class Slip(Struct, frozen=True):
    """One slip: the post's text (without its usual front matter if `whole`), other files, what is said."""

    name: str
    text: str
    said: tuple[Said, ...] = ()
    whole: bool = False
    path: str = POST
    left_out: str = ""


def head(*lines: str) -> str:
    """A post that is front matter of these lines and a word."""
    return "\n".join(("---", *lines, "---", "", "Hello.", ""))


def warning(place: str, *words: str, path: str = POST) -> tuple[Said, ...]:
    """That one warning is said."""
    return (Said(place, "warning", words, path),)


def error(place: str, *words: str, path: str = POST) -> tuple[Said, ...]:
    """That one error is said."""
    return (Said(place, "error", words, path),)


DATE = "date: 2026-11-20"
CONFLICT = "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> main\n"
WRONG_TABLE = "| A | B |\n| 1 | 2 |\n\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n"
DRAFT = head("title: Secret", DATE, "draft: true").replace("Hello.", "nobody else may read this")

SLIPS = (
    # Dates
    Slip(
        "date-wrong-year",
        HEAD.replace("2026", "2062") + "Hello.\n",
        warning("3:7", "2062-11-20 is 36 years ahead", "out of the site until then", "is the year right"),
        whole=True,
        left_out="left out: 1 scheduled",
    ),
    # Front matter
    Slip(
        "smart-quotes-title",
        head("title: “New things: now”", DATE, "slug: new"),
        error("2:8", "curly", 'title: "New things: now"'),
        whole=True,
    ),
    Slip(
        "colon-in-title",
        head("title: Update: reports late", DATE),
        error("2:14", "a second colon in a line needs quotes", 'title: "Update: reports late"'),
        whole=True,
    ),
    Slip(
        "missing-colon",
        head("title New things", DATE),
        error("2:1", "there is no colon after `title`", "`title: New things`"),
        whole=True,
    ),
    Slip(
        "capital-keys",
        head("Title: New things", "Date: 2026-11-20", "Categories: [News]"),
        (
            Said("2:1", "warning", ("`title`, not `Title`", "`title: New things`")),
            Said("3:1", "warning", ("`date`, not `Date`",)),
            Said("4:1", "warning", ("`categories`, not `Categories`",)),
        ),
        whole=True,
    ),
    Slip(
        "unclosed-quote",
        head('title: "New things', DATE),
        error("2:8", "the quotation mark that opens here is not closed", 'title: "New things"'),
        whole=True,
    ),
    Slip(
        "unclosed-bracket",
        head("title: New things", DATE, "categories: [News"),
        error("4:13", "`[` that opens here is not closed", "`categories: [News]`"),
        whole=True,
    ),
    Slip(
        "fm-missing",
        "# New things\n",
        error("1:1", "the post has no front matter", "`---`, `date: 2026-11-20`, `---`"),
        whole=True,
    ),
    Slip(
        "fm-blank-line-first",
        "\n" + head("title: New things", DATE),
        error("1:1", "must begin on line 1", "remove the blank line above it"),
        whole=True,
    ),
    Slip(
        "fm-word-dash",
        head("title: New things", DATE).replace("---", "—"),
        error("1:1", "a long dash, as word processors make of `---`", "three hyphens, here and in line 4"),
        whole=True,
    ),
    Slip(
        "fm-4-dashes",
        head("title: New things", DATE).replace("---", "----"),
        error("1:1", "begins with three hyphens, not", "line 4"),
        whole=True,
    ),
    Slip(
        "published-false",
        head("title: New things", DATE, "published: false"),
        error("4:1", "`published` is not a known key, so this would be published", "`draft: true`"),
        whole=True,
    ),
    Slip(
        "category-as-text",
        head("title: New things", DATE, "categories: News, Fees"),
        warning(
            "3:13".replace("3", "4", 1), "one category called “News, Fees”", "`categories: [News, Fees]`"
        ),
        whole=True,
    ),
    # Files
    Slip(
        "txt-extension",
        HEAD,
        warning("1:1", "not published", "rename it to `2026-11-20-new.md`", path=f"{POST}.txt"),
        whole=True,
        path=f"{POST}.txt",
    ),
    Slip(
        "upper-md",
        HEAD,
        warning(
            "1:1",
            "not published",
            "rename it to `2026-11-20-new.md`",
            path=POST.replace(".md", ".MD"),
        ),
        whole=True,
        path=POST.replace(".md", ".MD"),
    ),
    Slip(
        "space-topic",
        "---\ntitle: My topic\n---\n\nHi.\n",
        warning(
            "1:1",
            "its address is `/help/My%20new%20topic%20(2)/`",
            "rename the file to `my-new-topic.md`",
            path="content/help/My new topic (2).md",
        ),
        whole=True,
        path="content/help/My new topic (2).md",
    ),
    Slip(
        "post-in-content",
        HEAD + "Hello there.\n",
        warning("1:1", "looks like a post", "outside content/posts/", path="content/2026-11-20-new.md"),
        whole=True,
        path="content/2026-11-20-new.md",
    ),
    # What is left out
    Slip("draft-yes", head("title: N", DATE, "draft: yes"), whole=True, left_out="left out: 1 draft"),
    Slip("draft-left", head("title: N", DATE, "draft: true"), whole=True, left_out="left out: 1 draft"),
    # Pictures
    Slip("image-wrong-folder", "![A chart](chart.png)\n", warning("8:12", "write `../images/chart.png`")),
    Slip(
        "image-outside",
        "![A chart](../../shot.png)\n",
        warning("8:12", "lies outside content/", "content/images/", "`../images/shot.png`"),
    ),
    Slip(
        "image-windows-path",
        "![A chart](C:\\Users\\jo\\Desktop\\chart.png)\n",
        warning("8:12", "a path on your own computer", "content/images/", "`../images/chart.png`"),
    ),
    Slip(
        "image-backslash",
        "![A chart](..\\images\\chart.png)\n",
        warning("8:12", "paths are written with `/`", "`../images/chart.png`"),
    ),
    Slip(
        "image-case",
        "![A chart](../images/Chart.PNG)\n",
        warning("8:12", "the file is called `../images/chart.png`: upper and lower case matter"),
    ),
    Slip(
        "image-google-docs",
        "![][image1]\n\n[image1]: <data:image/png;base64,iVBORw0KGgo=>\n",
        warning("10:12", "the picture is inside the text", "save it as a file in content/images/"),
    ),
    Slip(
        "image-heic", "![A photo](../images/IMG_1.HEIC)\n", warning("8:12", "do not show HEIC", "JPEG", "PNG")
    ),
    # Links
    Slip("link-html", "See [it](../help/metrics.html).\n", warning("8:10", "write `../help/metrics.md`")),
    Slip(
        "link-own-site",
        "See [it](https://base.example/help/metriks/).\n",
        warning(
            "8:10", "is an address of this site that does not exist", "the nearest is `../help/metrics.md`"
        ),
    ),
    Slip(
        "link-email", "Write to [us](help@example.com).\n", warning("8:15", "write `mailto:help@example.com`")
    ),
    Slip(
        "link-wrong-brackets",
        "See (metrics)[../help/metrics.md] now.\n",
        warning("8:5", "the wrong way round", "write `[metrics](../help/metrics.md)`"),
    ),
    Slip(
        "link-undefined-ref",
        "See [metrics][nowhere] now.\n",
        warning("8:5", "`[metrics][nowhere]`: there is no line `[nowhere]: …` in this file"),
    ),
    Slip(
        "link-tracking",
        "See [it](https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example&data=05).\n",
        warning("8:10", "goes through `safelinks.protection.outlook.com`", "`https://x.example`"),
    ),
    Slip(
        "hint-literal",
        head("title: New", DATE).replace("Hello.", "![A](images/chart.png) and [m](help/metrics.md)"),
        (
            Said("6:6", "warning", ("write `../images/chart.png`",)),
            Said("6:32", "warning", ("write `../help/metrics.md`",)),
        ),
        whole=True,
    ),
    # Markdown
    Slip(
        "table-broken",
        WRONG_TABLE,
        (
            Said("8:1", "warning", ("a table needs the line `|---|---|` below its head",)),
            Said("13:11", "warning", ("three cells in a table of two columns: the last is lost",)),
        ),
    ),
    Slip(
        "fence-unclosed",
        "```\ncode\n\nThe rest of the text.\n\n## Heading\n\nMore.\n",
        warning("8:1", "the code that begins here is not closed", "a line of three backticks"),
    ),
    Slip(
        "list-no-blank",
        "You need:\n- a passport\n- a photo\n",
        warning("9:1", "a list needs a blank line above it"),
    ),
    Slip("list-2-spaces", "- a\n  - b\n    - c\n", warning("9:3", "indent it by 4 spaces")),
    Slip(
        "h1-in-body",
        "# New things\n\nText\n\n# Another\n",
        warning("12:1", "a second heading with one #", "write `## Another`"),
    ),
    Slip(
        "admonition-bad",
        "!!! Warning\nDo not do this.\n",
        warning("9:1", "the box of `!!! Warning`", "indented by four spaces"),
    ),
    Slip("more-typo", "A\n\n<!--More-->\n\nB\n"),
    Slip(
        "merge-conflict",
        CONFLICT,
        error(
            "8:1", "marks of a merge conflict", "choose between line 9 and line 11", "three lines of marks"
        ),
    ),
    Slip("empty-body", HEAD.rstrip("\n") + "\n", warning("6:1", "the post has no text"), whole=True),
    # Tools
    Slip(
        "unknown-tool",
        "<delivery-rat></delivery-rat>\n",
        warning("8:1", "there is no tool `delivery-rat`", "<delivery-rate>"),
    ),
    Slip(
        "tool-self-closing",
        "<delivery-rate/>\n\nText after.\n",
        error("8:1", "`<delivery-rate/>`", "`<delivery-rate></delivery-rate>`"),
    ),
    Slip(
        "tool-unclosed",
        "<delivery-rate>\n\nText after.\n",
        error("8:1", "`<delivery-rate>` is not closed", "`</delivery-rate>` after it"),
    ),
    Slip(
        "tool-bad-zone",
        '<vacation-planner time-zone="Los Angeles"></vacation-planner>\n',
        warning("8:30", "no time zone is called `Los Angeles`", "America/Los_Angeles"),
    ),
)
"""Those that are one file in `content/`; `test_slips` has the others."""
