"""Each rule about texts: what it finds, and what it lets pass."""

from __future__ import annotations

import pytest

from deskpress.lint.check import findings
from deskpress.lint.text import Dialect, Text
from tests.growth import check_linear
from tests.shapes import SHAPES

USUAL = "admonition attr_list footnotes tables toc fenced_code"


def said(text: str, extensions: str = USUAL, heads: int | None = 1) -> list[str]:
    """What is found in a text: line, column and problem, with the hint."""
    found = findings(text, Dialect(frozenset(extensions.split())), heads=heads)
    return [f"{one.line}:{one.column} {one.problem} | {one.hint}" for one in found]


WRONG = {
    # Lists
    "a task": ("- [ ] to do\n- [x] done\n", "1:1 no box to tick is shown here: readers see `[ ]`"),
    "behind a line": ("Text.\n- one\n- two\n", "2:1 a list needs a blank line above it"),
    "numbered": ("You need:\n1. a key\n", "2:1 a list needs a blank line above it"),
    "in a box": ("!!! note\n    Text:\n    - one\n    - two\n", "3:5 a list needs a blank line above it"),
    "in a quotation": ("> Text:\n> - one\n> - two\n", "2:3 a list needs a blank line above it"),
    "within an entry": ("- one\n\n    Text:\n    - a\n    - b\n", "4:5 a list needs a blank line above it"),
    "three spaces": ("1. one\n   - a\n", "2:4 the entry is not below the one above it"),
    "deeper": ("- a\n    - b\n      - c\n", "3:7 the entry is not below the one above it"),
    "a part of an entry": ("1. one\n\n   More.\n\n2. two\n", "3:4 this does not belong to the entry above"),
    "code in an entry": ("1. one\n\n   ```\n   x\n   ```\n\n2. two\n", "3:4 this does not belong"),
    "nested in what is none": ("Text:\n- one\n  - two\n", "2:1 a list needs a blank line above it"),
    "a bullet": (
        "You need:\n\n• a passport\n• a photo\n",
        "3:1 `•` does not begin a list | begin each entry with `- `",
    ),
    "long dashes": ("– one\n– two\n", "1:1 `–` is a long dash"),
    "no space": ("-one\n-two\n", "1:1 a list needs a space after `-` | write `- one`"),
    "a bracket": ("1) one\n2) two\n", "1:1 `1)` does not begin a list"),
    "letters": ("a) one\nb) two\n", "1:1 letters do not make a list"),
    # Fences and tables
    "a fence": (
        "Text.\n\n~~~\ncode\n",
        "3:1 the code that begins here is not closed | add a line of three tildes",
    ),
    "a longer fence": ("````\ncode\n```\n", "1:1 the code that begins here is not closed"),
    "quotes for a fence": ("'''\ncode\n'''\n", "1:1 these marks do not make a block of code"),
    "a table behind a line": (
        "Text\n| A | B |\n|---|---|\n| 1 | 2 |\n",
        "2:1 a table needs a blank line above",
    ),
    "too few columns": (
        "| A | B | C |\n|---|---|\n| 1 | 2 | 3 |\n",
        "2:1 the head of the table has three columns",
    ),
    "without a head": ("|---|---|\n| 1 | 2 |\n", "1:1 a table needs a line with its heads above this one"),
    # Headings
    "a level": ("## A\n\n#### B\n", "3:1 this heading has 4 marks #, the one above it 2: a level is skipped"),
    "underlined": (
        "The last sentence of this.\n---\n\nMore.\n",
        "2:1 this line makes a heading of the one above",
    ),
    "a number": (
        "Text.\n\n#5 is solved.\n",
        "3:1 a line that begins with # is a heading | write `\\#5 is solved.`",
    ),
    "two of them": ("# A\n\n# B\n\n# C\n", "1:1 this is a second heading with one #"),
    # Links
    "an image": (
        "!(A chart)[chart.png]\n",
        "1:1 the brackets are the wrong way round | write `![A chart](chart.png)`",
    ),
    "apart": ("See [it] (../help/a.md).\n", "1:5 there is a space between the brackets"),
    "open": ("See [it](../help/a.md and more.\n", "1:9 the bracket `(` that opens here is not closed"),
    "empty": ("See [it]().\n", "1:5 the link `[it]()` leads nowhere"),
    "wordless": ("See [](../help/a.md).\n", "1:5 the link to `../help/a.md` has no text"),
    "a picture apart": ("! [A chart](chart.png)\n", "1:1 there is a space after the `!`"),
    "short": ("See [it][].\n", "1:5 `[it][]`: there is no line `[it]: …` in this file"),
    "a footnote": ("Text.[^1]\n", "1:6 there is no footnote `[^1]` in this file"),
    "google": (
        "[x](https://www.google.com/url?q=https://x.example/a&sa=D)\n",
        "1:5 the link goes through `google.com`, which learns of each click | write the address behind it, `https://x",
    ),
    "www": ("See www.x.example for more.\n", "1:5 `www.x.example` is not a link"),
    "mail": (
        "Write to help@x.example.\n",
        "1:10 `help@x.example` is not a link: readers cannot click it | write `<help@",
    ),
    # Boxes
    "empty box": ("!!! note\n", "1:1 the box `!!! note` is empty"),
    "too little": ("!!! note\n  Text.\n", "2:3 this is not in the box of `!!! note`"),
    "behind a blank": ("!!! note\n\nText.\n", "3:1 this is not in the box of `!!! note`"),
    "github": ("> [!NOTE]\n> Text.\n", "1:3 `[!NOTE]` is not a box here"),
    "colons": (":::warning\nText.\n:::\n", "1:1 `:::warning` is not a box here"),
    "on its line": ("!!! note: Do not.\n", "1:1 a box cannot have text on its first line"),
    "curly title": (
        "!!! note “Hear”\n    Text.\n",
        "1:1 the title of a box needs straight quotation marks",
    ),
    "two marks": ("!! note\n    Text.\n", "1:1 `!! note` is not a box | write `!!! note`"),
    # Comments and conflicts
    "read more": ("A\n\n<!-- read more -->\n\nB\n", "3:1 `<!-- read more -->` is not the mark"),
    "one hyphen": ("A\n\n<!- more -->\n\nB\n", "3:1 `<!- more -->` is not the mark"),
    "half a conflict": ("A\n>>>>>>> main\n", "2:1 a mark of a merge conflict"),
    # Tools
    "an attribute": (
        '<delivery-rate ruels="x"></delivery-rate>\n',
        "1:16 `<delivery-rate>` has no attribute `ruels`",
    ),
    "underscore": ("<delivery_rate></delivery_rate>\n", "1:1 there is no tool `delivery_rate`"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_slip_is_found_at_its_place(name: str) -> None:
    text, wanted = WRONG[name]
    told = said(text)
    assert len(told) == 1, told
    assert told[0].startswith(wanted)


RIGHT = {
    "a list": "Text.\n\n- one\n\n    More.\n\n- two\n    - below\n",
    "behind a heading": "## Steps\n1. one\n2. two\n",
    "a wrapped line": "It was the year\n1986. A good one, and it\n- or so they say - was long.\n",
    "lines of an entry": "- one\n  goes on\n- two\n",
    "numbers within text": "In version\n2. the second\n",
    "code": "```\nText:\n- one\n!!! note\n[a][b] www.x.example\n```\n",
    "indented code": "Text.\n\n    - a\n      - b\n    # no heading\n",
    "code in a line": "`[a][b]` and `(a)[b.md]` and ``www.x.example``\n",
    "a comment": "<!--\nText:\n- one\n- two\n-->\n",
    "more": "A\n\n<!-- more -->\n\nB\n",
    "an emphasis": "**Text:**\n\n* one\n* two\n",
    "a table": "Text.\n\n| A | B |\n|---|:-:|\n| `a|b` | c \\| d |\n| 1 |\n",
    "a table without bars at its ends": "A | B\n---|---\n1 | 2\n",
    "bars in text": "Either | or.\nThis | that.\n",
    "a rule": "Text.\n\n---\n\nMore.\n",
    "a heading that is underlined": "A heading\n---\n\nMore.\n",
    "levels": "## A\n\n### B\n\n## C\n",
    "the first heading": "#### A\n\nText.\n",
    "a reference": "[a][b] and [B][] and [c].\n\n[b]: c.md\n",
    "an index": "`a` of a[i][j], and [see] [the list] in brackets.\n",
    "a title": '[a](b.md "A title") and [c](d(1).md).\n',
    "brackets in text": "As told (see above)[^1].\n\n[^1]: There.\n",
    "links": "<https://www.x.example> and <help@x.example> and [www.x.example](https://www.x.example).\n",
    "shortcuts": "Write to [help@x.example], see\n[the page of\nwww.x.example][x].\n\n"
    "[help@x.example]: mailto:help@x.example\n[x]: https://www.x.example\n",
    "brackets in a quotation": "As it is [..] [C++14] does.\n",
    "html": '<a href="mailto:help@x.example">help@x.example</a>\n',
    "a handle": "Ask @desk, or see git@host.example:desk.git.\n",
    "a box": '!!! note "Title"\n    Text.\n\nMore.\n',
    "a box with a title alone": '!!! note "Title"\n\nMore.\n',
    "an exclamation": "!!! This is loud.\n",
    "a tracker's own page": "<https://www.linkedin.com/in/desk?url=x>\n",
    "a tool": '<vacation-planner time-zone="Europe/Berlin" class="x"></vacation-planner>\n',
    "a quotation": "> Text.\n>\n> - one\n> - two\n",
    "quotations in quotations": "> > >> a\n",
    "equals": "Text\n=======\n",
    "footnotes behind words": "A word[^1] and word[^note]: more.\n\n[^1]: One.\n\n[^note]: Two.\n",
    "an id of a heading": "## Questions (FAQ) {#faq}\n\nText.\n",
    "stars in text": "It is 2**3, or a ** b; `**` and **`x`**(y), **bold**text.\n",
    "stars in entries": "- **One**: a\n- **Two**: b\n",
    "a price with a star": "Price** and ~10, a == b, 10:30:45, C++ and a^b.\n",
    "code in HTML": "<div><pre><code>a\n    b\n</code></pre></div>\n\nText.\n",
    "definitions between entries": "1. one\n\n[x]: a.md\n\n2. two of [it][x]\n",
    "numbers of parts": "## A\n\n1. one\n\n## B\n\n2. two\n",
    "a comment in a table": "| A |\n|---|\n| 1 |\n<!-- no more -->\n",
    "tabs in a list": "* a\tb\n* c\td\n",
    "HTML of one line": "A <b>bold</b> word, <a id='x'></a> and <br> here.\n",
    "a table of two heads": "| A | B |\n|---|---|\n| 1 | 2 |\n\n| C | D |\n|---|---|\n| 3 | 4 |\n",
    "a bracket that closes nothing": "Text ] more ] by [Jo Doe](../help/a.md) and [Ann](a.md).\n",
    "brackets in the words of a link": "See [the `a` of [b] here](../help/a.md).\n",
    "code with a backtick": "``a ` b`` and `c`, don`t.\n",
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str) -> None:
    assert said(RIGHT[name], heads=0 if "=" in RIGHT[name] else 1) == []


@pytest.mark.parametrize(
    ("text", "extension"),
    [
        ("Text:\n- one\n- two\n", "mdx_breakless_lists"),
        ("- a\n  - b\n", "mdx_truly_sane_lists"),
        ("See www.x.example, help@x.example.\n", "pymdownx.magiclink"),
        ("[a][b]\n", "mkdocs_autorefs.references"),
        ("> [!NOTE]\n> Text.\n", "markdown_callouts"),
        (":::note\nText.\n:::\n", "pymdownx.blocks.admonition"),
    ],
)
def test_an_extension_that_allows_it_silences_a_rule(text: str, extension: str) -> None:
    assert said(text)
    assert said(text, f"{USUAL} {extension}") == []


@pytest.mark.parametrize(
    ("text", "extensions"),
    [
        ("| A | B |\n| 1 | 2 |\n", "toc"),
        ("```\ncode\n", "toc"),
        ("!!! note\nText.\n", "toc"),
        ("Text.[^1]\n", "toc"),
    ],
)
def test_what_the_sites_markdown_does_not_know_is_no_slip(text: str, extensions: str) -> None:
    assert said(text)
    assert said(text, extensions) == []


def test_a_title_in_the_text_is_the_first_heading() -> None:
    assert said("Text.\n\n# The title\n", heads=0) == []
    assert len(said("Text.\n\n# The title\n")) == 1
    # Where the title is in the front matter alone, headings are shown one level below it.
    assert said("# One\n\n# Two\n", heads=None) == []


def test_one_message_for_a_conflict() -> None:
    text = (
        "<<<<<<< HEAD\n- a\n  - b\n=======\n[x][y]\n>>>>>>> main\n\n<<<<<<< HEAD\nA\n=======\n>>>>>>> main\n"
    )
    told = findings(text, Dialect(), first_line=6)
    assert [(one.line, one.hint.partition(",")[0], one.error) for one in told] == [
        (1, "choose between lines 7 to 8 and line 10", True),
        (8, "choose between line 14 and nothing", True),
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_long_texts_take_no_longer_than_their_length(name: str) -> None:
    dialect = Dialect(frozenset(USUAL.split()))
    check_linear(lambda text: findings(text, dialect), lambda length: SHAPES[name][0][:length], 190_000)


@pytest.mark.parametrize(
    ("before", "unit"), [("", "{{<x-"), ("", "{{</div>"), ("", "[^a'!"), ("  ~~~__", "- [ ] a</b>")]
)
def test_what_never_ends_on_a_long_line_is_read_once(before: str, unit: str) -> None:
    dialect = Dialect(frozenset(USUAL.split()))
    check_linear(lambda text: findings(text, dialect), lambda length: before + unit * (length // 8), 100_000)


def test_code_between_backticks_ends_with_as_many_of_them_in_its_paragraph() -> None:
    text = Text("a `b` ``c ` d`` `e\n\nf` g\n", Dialect())
    assert text.bare == f"a {' ' * 3} {' ' * 9} `e\n\nf` g\n"
