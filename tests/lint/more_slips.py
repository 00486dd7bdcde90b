# ruff: noqa: E501  # messages stand here as they are said
"""Further slips of support editors, each in a file of its own, with all that `check` says of it.

A slip is a name, the text (below its usual front matter, or whole) and the lines of `check` about it: place,
severity, problem, and the hint. Those whose names begin with `notice` lie among the notices.
"""

from __future__ import annotations

BODIES: dict[str, tuple[str, str]] = {
    "heading-escaped": (
        "\\## Title\n\nText.\n",
        "8:1 warning: the backslash keeps `##` from making a heading: readers see the marks\nhint: write `## Title`",
    ),
    "heading-7": (
        "####### Title\n\nText.\n",
        "8:1 warning: a heading has six marks # at the most: readers see the others\nhint: write `###### Title`",
    ),
    "heading-skip": (
        "## A\n\n#### B\n",
        "10:1 warning: this heading has 4 marks #, the one above it 2: a level is skipped\nhint: write `### B`",
    ),
    "heading-indent": (
        "Text.\n\n    ## Title\n\nMore.\n",
        "10:5 warning: a line that begins with four spaces is code: this heading is shown as it is written\nhint: write `## Title` at the start of the line",
    ),
    "heading-link": (
        "## [Title](../help/metriks.md)\n\nText.\n",
        "8:12 warning: the link `../help/metriks.md` does not exist\nhint: the nearest is `../help/metrics.md`",
    ),
    "list-nbsp": (
        "Text.\n\n-\xa0one\n-\xa0two\n",
        "10:2 warning: the space after `-` is an invisible character, which does not begin a list\nhint: write `- one`, with a plain space",
    ),
    "list-star-nospace": (
        "Text.\n\n*one\n*two\n",
        "10:1 warning: a list needs a space after `*`\nhint: write `* one`",
    ),
    "list-endash": (
        "Text.\n\n– one\n– two\n",
        "10:1 warning: `–` is a long dash: it does not begin a list\nhint: begin each entry with a hyphen and a space, `- `",
    ),
    "list-word-bullet": (
        "Text.\n\n·\xa0\xa0one\n·\xa0\xa0two\n",
        "10:1 warning: `·` does not begin a list\nhint: begin each entry with `- `",
    ),
    "list-paren": (
        "Text.\n\n1) one\n2) two\n",
        "10:1 warning: `1)` does not begin a list: a number needs a dot and a space\nhint: write `1. one`",
    ),
    "list-num-nospace": (
        "Text.\n\n1.one\n2.two\n",
        "10:1 warning: `1.` does not begin a list: a number needs a dot and a space\nhint: write `1. one`",
    ),
    "list-code-3": (
        "1. one\n\n   ```\n   code\n   ```\n\n2. two\n",
        "10:4 warning: this does not belong to the entry above, so that the numbers begin anew below it\nhint: indent it by 4 spaces",
    ),
    "list-restart": (
        "1. one\n\nSome text.\n\n2. two\n",
        "10:1 warning: this does not belong to the entry above, so that `2.` is shown as 1 below it\nhint: indent it by 4 spaces, up to the next entry",
    ),
    "list-emoji": (
        "✅ one\n✅ two\n",
        "8:1 warning: `✅` does not begin a list: these lines are shown as one paragraph\nhint: begin each entry with `- `: `- ✅ one`",
    ),
    "list-arrow": (
        "-> one\n-> two\n",
        "8:1 warning: `->` does not begin a list: these lines are shown as one paragraph\nhint: begin each entry with `- `: `- -> one`",
    ),
    "list-roman": (
        "i. one\nii. two\niii. three\n",
        "8:1 warning: letters do not make a list: this is shown as one paragraph\nhint: number the entries, `1. `, or begin them with `- `",
    ),
    "list-quote": (
        "> Note:\n> - one\n> - two\n",
        "9:3 warning: a list needs a blank line above it: this is shown as part of the paragraph\nhint: put a blank line above this line",
    ),
    "foreign-backslash": (
        "One line\\\nthe next\n",
        "8:9 warning: a backslash at the end of a line is not a line break: readers see it\nhint: write `<br>` in its place",
    ),
    "foreign-bbcode": (
        "This is [b]bold[/b] and [url=https://x.example]this[/url].\n",
        "8:9 warning: `[b]` is the code of forums: readers see it\nhint: write `**bold**`\n8:25 warning: `[url]` is the code of forums: readers see it\nhint: write `[this](https://x.example)`",
    ),
    "foreign-wiki": (
        "See [[Metrics]] for more.\n",
        "8:5 warning: `[[…]]` is not a link here: readers see the brackets\nhint: write `[Metrics](Metrics.md)`, with the path of the file",
    ),
    "foreign-wiki2": (
        "See [https://x.example the page] for more.\n",
        "8:5 warning: a link is not written like this: readers see the brackets\nhint: write `[the page](https://x.example)`",
    ),
    "foreign-shortcode": (
        "{{< note >}}Hi{{< /note >}}\n",
        "8:1 warning: `{{< note >}}` is a short code of Hugo: readers see it\nhint: say it in Markdown: a box is `!!! note`",
    ),
    "emphasis-unclosed": (
        "This is **very important and nothing closes it.\n",
        "8:9 warning: `**` that opens here is not closed: readers see the stars\nhint: write `**` at the end of the words that stand out",
    ),
    "emphasis-spaces": (
        "This is ** very important ** and more.\n",
        "8:9 warning: there is a space between `**` and the words: readers see the stars\nhint: write `**very important**`, with no spaces within",
    ),
    "emphasis-one-space": (
        "This is **very important ** and more.\n",
        "8:26 warning: there is a space between `**` and the words: readers see the stars\nhint: write `**very important**`, with no spaces within",
    ),
    "emphasis-mixed": (
        "This is **very important* and more.\n",
        "8:9 warning: `**` opens here, and one `*` closes: this is shown as it is written\nhint: write `**very important**`",
    ),
    "emphasis-tilde": (
        "This is ~~gone~~ now.\n",
        "8:9 warning: `~~` strikes nothing out here: readers see the marks\nhint: write `<del>gone</del>`, or add `pymdownx.tilde` to `markdown_extensions`",
    ),
    "emphasis-equal": (
        "This is ==marked== now.\n",
        "8:9 warning: `==` marks nothing here: readers see the signs\nhint: write `<mark>marked</mark>`, or add `pymdownx.mark` to `markdown_extensions`",
    ),
    "emphasis-code": (
        "Press `Ctrl and nothing closes it.\n",
        "8:7 warning: the backtick that opens here is not closed: readers see it\nhint: write another one after the code: `` `Ctrl` ``",
    ),
    "emphasis-html-b": (
        "This is <b>very important and nothing closes it.\n\nMore.\n",
        "8:9 warning: `<b>` is not closed: it goes on to the end of the text\nhint: write `</b>` after what belongs to it",
    ),
    "emphasis-html-i": (
        "This is <i>very</b> important.\n",
        "8:9 warning: `<i>` is not closed: it goes on to the end of the text\nhint: write `</i>` after what belongs to it",
    ),
    "emphasis-html-u": (
        "This is <u>important<u> now.\n\nMore.\n",
        "8:21 warning: `<u>` opens a second time here\nhint: write `</u>`",
    ),
    "html-comment": (
        "Text.\n\n<!-- not for readers\n\nMore.\n",
        "10:1 warning: the comment that begins here has no end\nhint: write `-->` after it",
    ),
    "html-comment-dash": (
        "Text.\n\n<!- not for readers -->\n\nMore.\n",
        "10:1 warning: this is not a comment: readers see it\nhint: write `<!-- not for readers -->`",
    ),
    "html-comment-em": (
        "Text.\n\n<!— not for readers —>\n\nMore.\n",
        "10:1 warning: this is not a comment: readers see it\nhint: write `<!-- not for readers -->`",
    ),
    "html-fence-mix": (
        "```\ncode\n~~~\n\nMore.\n",
        "8:1 warning: the code that begins here is not closed\nhint: add a line of three backticks below the code",
    ),
    "html-fence-tail": (
        "Text: ```\ncode\n```\n",
        "8:7 warning: these marks open no block of code, since there is text before them\nhint: put them on their own line, after a blank line",
    ),
    "html-fence-smart": (
        "‘‘‘\ncode\n’’’\n",
        "8:1 warning: these marks do not make a block of code\nhint: write three backticks (```) above the code and below it",
    ),
    "html-fence-indent": (
        "Text.\n\n    ```\n    code\n    ```\n",
        "10:5 warning: a line that begins with four spaces is code: readers see the marks, too\nhint: begin these lines without spaces",
    ),
    "html-div": (
        "<div>\nText in **bold**.\n",
        "8:1 warning: `<div>` is not closed: it goes on to the end of the text\nhint: write `</div>` after what belongs to it",
    ),
    "html-div-md": (
        "<div>\n**Bold** text and a [link](../help/metrics.md).\n</div>\n",
        "9:1 warning: Markdown within `<div>` is not read: readers see the marks\nhint: write `<div markdown>` and a blank line, with `md_in_html` in `markdown_extensions`; or HTML in it",
    ),
    "html-details": (
        "<details>\n<summary>More</summary>\nText.\n\nMore text.\n",
        "8:1 error: `<details>` is not closed: what is below it would be missing\nhint: write `</details>` after it",
    ),
    "html-script": (
        "<script>alert(1)</script>\n\nText.\n",
        "8:1 warning: `<script>` is left out: it could run code, or affect the page around it\nhint: remove it",
    ),
    "html-form": (
        '<form action="https://x.example"><input name="a"></form>\n\nText.\n',
        "8:1 warning: `<form>` is left out: it could run code, or affect the page around it\nhint: link to the form: `[The form](https://…)`",
    ),
    "html-span-style": (
        'This is <span style="color:red">red</span>.\n',
        "8:15 warning: `style` is left out: it could run code, or affect the page around it\nhint: write it in Markdown: `**bold**`, `*italic*`, `## Heading`",
    ),
    "html-table-word": (
        '<table class="MsoTableGrid" style="border:none"><tr><td style="width:1pt"><p class="MsoNormal">A<o:p></o:p></p></td></tr></table>\n',
        "8:15 warning: formatting from Word was dropped\nhint: write it in Markdown: `**bold**`, `*italic*`, `## Heading`",
    ),
    "html-gdoc": (
        '<span style="font-weight:400">Text</span> and <b id="docs-internal-guid-x" style="font-weight:normal">more</b>.\n',
        "8:54 warning: formatting from Google Docs was dropped\nhint: write it in Markdown: `**bold**`, `*italic*`, `## Heading`",
    ),
    "html-outlook": (
        '<p class="MsoNormal"><span lang="EN-US" style="font-size:11.0pt">Text<o:p></o:p></span></p>\n\n<!--[if gte mso 9]><xml></xml><![endif]-->\n',
        "8:11 warning: formatting from Word was dropped\nhint: write it in Markdown: `**bold**`, `*italic*`, `## Heading`",
    ),
    "html-placeholder": (
        "Open https://x.example/<your-id>/orders now.\n",
        "8:24 warning: `<your-id>` is taken for HTML, and left out: readers do not see it\nhint: between backticks it is shown: `` `<your-id>` ``",
    ),
    "html-placeholder2": (
        "Enter <your name> in the field.\n",
        "8:7 warning: `<your name>` is taken for HTML, and left out: readers do not see it\nhint: between backticks it is shown: `` `<your name>` ``",
    ),
    "html-video": (
        "![Video](../images/film.mp4)\n",
        '8:10 warning: a MP4 is not a picture: readers see a broken one\nhint: write `<video src="../images/film.mp4" controls></video>`',
    ),
    "table-sep-short": (
        "| A | B | C |\n|---|---|\n| 1 | 2 | 3 |\n",
        "9:1 warning: the head of the table has three columns, the line below it two columns: this is shown as text\nhint: write `|---|---|---|`",
    ),
    "table-sep-em": (
        "| A | B |\n|—|—|\n| 1 | 2 |\n",
        "9:1 warning: this is not the line that a table needs below its head: all is shown as text\nhint: write `|---|---|`",
    ),
    "table-sep-plus": (
        "| A | B |\n|---+---|\n| 1 | 2 |\n",
        "9:1 warning: this is not the line that a table needs below its head: all is shown as text\nhint: write `|---|---|`",
    ),
    "table-sep-blank": (
        "| A | B |\n\n|---|---|\n| 1 | 2 |\n",
        "9:1 warning: a blank line separates the head of the table from it: it is shown as text\nhint: remove this blank line",
    ),
    "table-blank-row": (
        "| A | B |\n|---|---|\n\n| 1 | 2 |\n| 3 | 4 |\n",
        "10:1 warning: a blank line ends the table: what is below it is shown as text\nhint: remove this blank line",
    ),
    "table-para": (
        "Text:\n| A | B |\n|---|---|\n| 1 | 2 |\n",
        "9:1 warning: a table needs a blank line above it: this is shown as text\nhint: put a blank line above this line",
    ),
    "table-pipe": (
        "| A | B |\n|---|---|\n| a|b | 2 |\n",
        "10:9 warning: three cells in a table of two columns: the last is lost\nhint: join cells, or give the head one more; a `|` within a cell is written `\\|`",
    ),
    "table-tabs": (
        "A\tB\tC\n1\t2\t3\n4\t5\t6\n",
        "8:1 warning: cells between tabs, as spreadsheets copy them, are not a table: this is shown as one paragraph\nhint: write bars between them: `| A | B | C |`, and `|---|---|---|` below that",
    ),
    "table-grid": (
        "+---+---+\n| A | B |\n+---+---+\n| 1 | 2 |\n+---+---+\n",
        "8:1 warning: a frame of `+` and `-` is not a table: this is shown as text\nhint: remove these lines, and write `|---|---|` below the head",
    ),
    "table-list": (
        "| A | B |\n|---|---|\n| - one\n- two | 2 |\n",
        "10:8 warning: a cell cannot go on in the next line: the rest of it becomes a row\nhint: write all in one line, with `<br>` between",
    ),
    "table-notop": (
        "|---|---|\n| 1 | 2 |\n",
        "8:1 warning: a table needs a line with its heads above this one\nhint: write one, as in `| Name | Price |`",
    ),
    "table-indented": (
        "Text.\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |\n",
        "10:5 warning: lines that begin with four spaces are code: this table is shown as it is written\nhint: begin its lines without spaces",
    ),
    "table-after": (
        "| A | B |\n|---|---|\n| 1 | 2 |\nText goes on here.\n",
        "11:1 warning: this line becomes a row of the table above it\nhint: put a blank line above this line",
    ),
    "picture-noalt": (
        "![](../images/chart.png)\n",
        "8:5 warning: the image `../images/chart.png` has no alternative text\nhint: say in the brackets what it shows: `![A chart of …](…)`",
    ),
    "picture-alt-name": (
        "![chart.png](../images/chart.png)\n",
        "8:3 warning: `chart.png` is the name of a file: readers who cannot see the picture learn nothing\nhint: say in the brackets what it shows, as in `![A chart of …](…)`",
    ),
    "picture-alt-image": (
        "![image](../images/chart.png)\n",
        "8:3 warning: `image` says nothing about the picture to readers who cannot see it\nhint: say in the brackets what it shows, as in `![A chart of …](…)`",
    ),
    "picture-space": (
        "![A chart](../images/my chart.png)\n",
        "8:12 warning: the image `../images/my chart.png` does not exist\nhint: the nearest is `../images/chart.png`",
    ),
    "picture-caps": (
        "![A chart](../Images/chart.png)\n",
        "8:12 warning: the image `../Images/chart.png` does not exist\nhint: write `../images/chart.png`",
    ),
    "picture-jpeg": (
        "![A chart](../images/chart.jpg)\n",
        "8:12 warning: the image `../images/chart.jpg` does not exist\nhint: the nearest is `../images/chart.png`",
    ),
    "picture-content": (
        "![A chart](content/images/chart.png)\n",
        "8:12 warning: the image `content/images/chart.png` does not exist\nhint: write `../images/chart.png`",
    ),
    "picture-file": (
        "![A chart](file:///C:/Users/jo/chart.png)\n",
        "8:12 warning: this is a path on your own computer, which readers do not have\nhint: copy the picture to content/images/ and write `../images/chart.png`",
    ),
    "picture-unc": (
        "![A chart](\\\\server\\share\\chart.png)\n",
        "8:12 warning: this is a path on your own computer, which readers do not have\nhint: copy the picture to content/images/ and write `../images/chart.png`",
    ),
    "picture-http": (
        "![A chart](http://other.example/chart.png)\n",
        "8:12 warning: the image `http://other.example/chart.png` is not loaded: pages load those of other sites by `https:` only\nhint: write its address with `https://`, or put the image into the content folder",
    ),
    "picture-gdrive": (
        "![A chart](https://drive.google.com/file/d/abc/view)\n",
        "8:12 warning: this is a page of Google Drive, not a picture: readers see a broken one\nhint: save the picture as a file in content/images/, and link to that",
    ),
    "picture-size": (
        "![A chart](../images/chart.png =100x20)\n",
        '8:12 warning: a size does not belong inside the brackets\nhint: write `../images/chart.png){ width="100" height="20" }`',
    ),
    "picture-attr-space": (
        "![A chart](../images/chart.png) { width=100 }\n",
        "8:33 warning: there is a space before `{`: what is in there is shown as it is written\nhint: write `){ width=100 }`",
    ),
    "picture-blank": (
        "![A chart]()\n",
        "8:1 warning: the picture `![A chart]()` has no file\nhint: write its path between the round brackets",
    ),
    "picture-title-smart": (
        "![A chart](../images/chart.png “A title”)\n",
        '8:12 warning: the title needs straight quotation marks\nhint: write `../images/chart.png "A title"`',
    ),
    "picture-obsidian": (
        "![[chart.png]]\n",
        "8:1 warning: `![[…]]` is not a picture here: readers see the brackets\nhint: write `![What it shows](chart.png)`, with the path of the file",
    ),
    "picture-cid": (
        "![A chart](cid:image001.png@01D0.ABC)\n",
        "8:12 warning: this picture is only in a mail, where readers cannot see it\nhint: save it as a file in content/images/, and link to that: `../images/NAME.png`",
    ),
    "link-fragment-near": (
        "See [it](#some-things).\n\n## Some thing\n",
        "8:10 warning: the link `#some-things` does not lead to a heading or anchor of that page\nhint: the nearest is `#some-thing`",
    ),
    "link-fragment-case": (
        "See [it](#Some-Thing).\n\n## Some thing\n",
        "8:10 warning: the link `#Some-Thing` does not lead to a heading or anchor of that page\nhint: the nearest is `#some-thing`",
    ),
    "link-fragment-space": (
        "See [it](#Some thing).\n\n## Some thing\n",
        "8:10 warning: the link `#Some thing` does not lead to a heading or anchor of that page\nhint: the nearest is `#some-thing`",
    ),
    "link-case": (
        "See [it](../Help/Metrics.md).\n",
        "8:10 warning: the link `../Help/Metrics.md` does not exist\nhint: the file is called `../help/metrics.md`: upper and lower case matter",
    ),
    "link-space": (
        "See [it](../help/my topic.md).\n",
        "8:10 warning: the link `../help/my topic.md` does not exist\nhint: the nearest is `../help/metrics.md`",
    ),
    "link-noext": (
        "See [it](../help/metrics).\n",
        "8:10 warning: the link `../help/metrics` does not exist\nhint: write `../help/metrics.md`",
    ),
    "link-root": (
        "See [it](/help/metrics.md).\n",
        "8:10 warning: the link `/help/metrics.md` does not exist\nhint: write `../help/metrics.md`",
    ),
    "link-one-slash": (
        "See [it](http:/other.example).\n",
        "8:10 warning: `http:/other.example` is not a valid address\nhint: write `http://other.example`",
    ),
    "link-three": (
        "See [it](https:///other.example).\n",
        "8:10 warning: `https:///other.example` is not a valid address\nhint: write `https://other.example`",
    ),
    "link-http-http": (
        "See [it](http://https://other.example).\n",
        "8:10 warning: `http://https://other.example` has its scheme twice\nhint: write `https://other.example`",
    ),
    "link-ttps": (
        "See [it](ttps://other.example).\n",
        "8:10 warning: `ttps:` is not a kind of address\nhint: write `https://other.example`",
    ),
    "link-comma": (
        "See [it](https://www,other.example).\n",
        "8:10 warning: `www,other.example` is not the name of a site\nhint: write `https://www.other.example`",
    ),
    "link-bs-http": (
        "See [it](https:\\\\other.example\\a).\n",
        "8:10 warning: `https:\\other.example\\a` is not a valid address\nhint: write `https://other.example/a`",
    ),
    "link-www": (
        "See [it](www.other.example).\n",
        "8:10 warning: the link `www.other.example` is an address of another site\nhint: write `https://www.other.example`",
    ),
    "link-bare-host": (
        "See [it](other.example/a).\n",
        "8:10 warning: the link `other.example/a` is an address of another site\nhint: write `https://other.example/a`",
    ),
    "link-mailto-space": (
        "Write [us](mailto: help@other.example).\n",
        "8:12 warning: `mailto: help@other.example` is not a valid mail address\nhint: write `mailto:help@other.example`",
    ),
    "link-mailto-slash": (
        "Write [us](mailto://help@other.example).\n",
        "8:12 warning: `mailto://help@other.example` is not a valid mail address\nhint: write `mailto:help@other.example`",
    ),
    "link-mailto-bare": (
        "Write [us](mailto:help).\n",
        "8:12 warning: `mailto:help` is not a valid mail address\nhint: write a full one, as in `mailto:help@desk.example`",
    ),
    "link-phone": (
        "Call [us](tel: +49 30 123456).\n",
        "8:11 warning: a telephone number in a link has no spaces and brackets\nhint: write `tel:+4930123456`",
    ),
    "link-phone2": (
        "Call [us](0800-123-456).\n",
        "8:11 warning: the link `0800-123-456` is a telephone number\nhint: write `tel:0800123456`",
    ),
    "link-angle-unclosed": (
        "See <https://other.example for more.\n",
        "8:5 warning: the `<` that opens here is not closed: this is not a link\nhint: write `<https://other.example>`",
    ),
    "link-angle-www": (
        "See <www.other.example> for more.\n",
        "8:5 warning: `<www.other.example>` is not a link, and is left out\nhint: write `<https://www.other.example>`",
    ),
    "link-angle-in": (
        "See [it](<../help/metrics.md).\n",
        "8:10 warning: one of the marks `<` and `>` around the target is missing\nhint: write `../help/metrics.md`",
    ),
    "link-missing-open": (
        "See it](../help/metrics.md) now.\n",
        "8:5 warning: the bracket `[` before the text of a link is missing\nhint: write `[it](../help/metrics.md)`",
    ),
    "link-missing-close": (
        "See [it(../help/metrics.md) now.\n",
        "8:5 warning: the bracket `]` after the text of a link is missing\nhint: write `[it](../help/metrics.md)`",
    ),
    "link-quote": (
        'See [it]("../help/metrics.md").\n',
        "8:10 warning: there are quotation marks around the target of a link: it leads nowhere\nhint: write `[it](../help/metrics.md)`",
    ),
    "link-smart": (
        "See [it](“../help/metrics.md”).\n",
        "8:10 warning: there are quotation marks around the target, and become part of it\nhint: write `../help/metrics.md`",
    ),
    "link-newline": (
        "See [it]\n(../help/metrics.md).\n",
        "8:5 warning: there is a space between the brackets: this is not a link\nhint: write `[it](../help/metrics.md)`",
    ),
    "link-html-unclosed": (
        'See <a href="../help/metrics.md">it and more.\n\nMore.\n',
        "8:5 warning: `<a>` is not closed: it goes on to the end of the text\nhint: write `</a>` after what belongs to it",
    ),
    "link-html-quote": (
        'See <a href="../help/metrics.md>it</a>.\n\nMore.\n',
        '8:13 warning: the quotation mark that opens here is not closed\nhint: write `<a href="../help/metrics.md">`',
    ),
    "link-html-smart": (
        "See <a href=”../help/metrics.md”>it</a>.\n",
        "8:13 warning: there are quotation marks around the target, and become part of it\nhint: write `../help/metrics.md`",
    ),
    "link-zwsp": (
        "See [it](../help/metrics\u200b.md).\n",
        "8:10 warning: there is an invisible character in the target\nhint: write `../help/metrics.md`",
    ),
    "link-soft": (
        "See [it](../help/met\xadrics.md).\n",
        "8:10 warning: there is an invisible character in the target\nhint: write `../help/metrics.md`",
    ),
    "link-reference-typo": (
        "See [it][metrik].\n\n[metrics]: ../help/metrics.md\n",
        "8:5 warning: `[it][metrik]`: there is no line `[metrik]: …` in this file\nhint: add a line `[metrik]: …` with its target, or write `[it](…)`",
    ),
    "link-reference-space": (
        "See [it][m].\n\n[m] : ../help/metrics.md\n",
        "10:4 warning: there is a space before the colon: `[m]` is not defined by this line\nhint: write `[m]: ../help/metrics.md`",
    ),
    "link-reference-bad": (
        "See [it][m].\n\n[m]: ../help/metriks.md\n",
        "10:6 warning: the link `../help/metriks.md` does not exist\nhint: the nearest is `../help/metrics.md`",
    ),
    "link-js": (
        "See [it](javascript:alert(1)).\n",
        "8:10 warning: a link may not run `javascript:`\nhint: write an address that begins with `https://`, or remove it",
    ),
    "footnote-undefined": (
        "Text.[^1]\n",
        "8:6 warning: there is no footnote `[^1]` in this file\nhint: add a line `[^1]: …` with its text",
    ),
    "footnote-typo": (
        "Text.[^note]\n\n[^Note]: The note.\n",
        "8:6 warning: there is no footnote `[^note]` in this file\nhint: write `[^Note]`, as it is written below",
    ),
    "footnote-nocolon": (
        "Text.[^1]\n\n[^1] The note.\n",
        "10:5 warning: a colon is missing after `[^1]`: this is not a footnote\nhint: write `[^1]: `",
    ),
    "footnote-unused": (
        "Text.\n\n[^1]: The note.\n",
        "10:1 warning: no text has the mark of the footnote `[^1]`: nothing leads to it\nhint: write `[^1]` where it belongs, or remove it",
    ),
    "footnote-caret-out": (
        "Text.^[1]\n\n[^1]: The note.\n",
        "8:6 warning: `^[1]` is not the mark of a footnote: readers see the brackets\nhint: write `[^1]`",
    ),
    "box-type": (
        "!!! wraning\n    Text.\n",
        "8:5 warning: no box is called `wraning`\nhint: did you mean `!!! warning`?",
    ),
    "box-notitle": (
        "!!! note Hear this\n    Text.\n",
        "8:1 warning: text on the line of a box is not shown\nhint: write `!!! note` on a line of its own, the text below it, indented by four spaces",
    ),
    "box-title-smart": (
        "!!! note “Hear this”\n    Text.\n",
        '8:1 warning: the title of a box needs straight quotation marks\nhint: write `!!! note "Hear this"`',
    ),
    "box-title-open": (
        '!!! note "Hear this\n    Text.\n',
        '8:1 warning: the quotation mark of the title is not closed: this is not a box\nhint: write `!!! note "Hear this"`',
    ),
    "box-colons": (
        ":::note\nText.\n:::\n",
        "8:1 warning: `:::note` is not a box here: it is shown as it is written\nhint: write `!!! note`, and the text below it indented by four spaces",
    ),
    "box-four": ("!!!! note\n    Text.\n", "8:1 warning: `!!!! note` is not a box\nhint: write `!!! note`"),
    "box-details": (
        '??? note "More"\n    Text.\n',
        '8:1 warning: `???` is not a box here: readers see it\nhint: write `!!! note "More"`, which is always open, or add `pymdownx.details` to `markdown_extensions`',
    ),
    "box-tabs": (
        '=== "One"\n\n    Text.\n',
        "8:1 warning: `===` is not a tab here: readers see it\nhint: write a heading, `### One`, or add `pymdownx.tabbed` to `markdown_extensions`",
    ),
    "box-colon": ("!!! note:\n    Text.\n", "8:1 warning: `!!! note:` is not a box\nhint: write `!!! note`"),
    "extension-snippet": (
        '--8<-- "part.md"\n',
        "8:1 warning: no snippet is included here: readers see this line\nhint: add `pymdownx.snippets` to `markdown_extensions`",
    ),
    "extension-include": (
        "{! part.md !}\n",
        '8:1 warning: nothing is included here: readers see this line\nhint: add `pymdownx.snippets` to `markdown_extensions`, and write `--8<-- "part.md"`',
    ),
    "extension-emoji": (
        "Thanks :smile: and :+1:.\n",
        "8:8 warning: `:smile:` shows no emoji here: readers see its name\nhint: write `😄`\n8:20 warning: `:+1:` shows no emoji here: readers see its name\nhint: write `👍`",
    ),
    "extension-keys": (
        "Press ++ctrl+c++ now.\n",
        "8:7 warning: `++` shows no keys here: readers see the marks\nhint: write `<kbd>ctrl</kbd>+<kbd>c</kbd>`, or add `pymdownx.keys` to `markdown_extensions`",
    ),
    "extension-icon": (
        "A :material-check: here.\n",
        "8:3 warning: `:material-check:` shows no icon here: readers see its name\nhint: remove it, or add `pymdownx.emoji` to `markdown_extensions`",
    ),
    "extension-toc": (
        "[[toc]]\n\n## A\n\nText.\n",
        "8:1 warning: `[[toc]]` is not a table of contents\nhint: write `[TOC]`, in capitals",
    ),
    "extension-super": (
        "H~2~O and m^2^.\n",
        "8:12 warning: `^` raises nothing here: readers see the marks\nhint: write `<sup>2</sup>`, or add `pymdownx.caret` to `markdown_extensions`",
    ),
    "tool-name": (
        "<delivery_rate></delivery_rate>\n",
        "8:1 warning: there is no tool `delivery_rate`\nhint: did you mean `<delivery-rate></delivery-rate>`?",
    ),
    "tool-nohyphen": (
        "<deliveryrate></deliveryrate>\n",
        "8:1 warning: there is no tool `deliveryrate`\nhint: did you mean `<delivery-rate></delivery-rate>`?",
    ),
    "tool-plural": (
        "<delivery-rates></delivery-rates>\n",
        "8:1 warning: there is no tool `delivery-rates`\nhint: did you mean `<delivery-rate></delivery-rate>`?",
    ),
    "tool-attr": (
        '<delivery-rate rule="x"></delivery-rate>\n',
        "8:16 warning: `<delivery-rate>` has no attribute `rule`\nhint: did you mean `rules`?",
    ),
    "tool-rules": (
        '<delivery-rate rules="nothing"></delivery-rate>\n',
        "8:23 warning: no rules are called `nothing`\nhint: there are: `amazon-2012`, `amazon-2024`, `walmart`",
    ),
    "tool-zone": (
        '<vacation-planner time-zone="Europe/Berln"></vacation-planner>\n',
        "8:30 warning: no time zone is called `Europe/Berln`\nhint: did you mean `Europe/Berlin`?",
    ),
    "tool-zone2": (
        '<vacation-planner timezone="Europe/Berlin"></vacation-planner>\n',
        "8:19 warning: `<vacation-planner>` has no attribute `timezone`\nhint: did you mean `time-zone`?",
    ),
    "tool-space": (
        "< delivery-rate></delivery-rate>\n",
        "8:1 warning: the tool `delivery-rate` is not written like this: readers see this line\nhint: write `<delivery-rate></delivery-rate>`",
    ),
    "tool-quote": (
        '<vacation-planner time-zone="Europe/Berlin></vacation-planner>\n\nText.\n',
        '8:29 warning: the quotation mark that opens here is not closed\nhint: write `<vacation-planner time-zone="Europe/Berlin">`',
    ),
    "tool-smart": (
        "<vacation-planner time-zone=“Europe/Berlin”></vacation-planner>\n\nText.\n",
        "8:29 warning: no time zone is called `“Europe/Berlin”`\nhint: did you mean `Europe/Berlin`?",
    ),
    "tool-nested": (
        "<delivery-rate>Text for all</delivery-rate>\n",
        "8:1 warning: the text in `<delivery-rate>` is not shown\nhint: write `<delivery-rate></delivery-rate>`, and the text below it",
    ),
    "tool-bracket": (
        "[delivery-rate]\n",
        "8:1 warning: the tool `delivery-rate` is not written like this: readers see this line\nhint: write `<delivery-rate></delivery-rate>`",
    ),
    "letters-replacement": (
        "Caf� is open.\n",
        "8:4 warning: a letter was lost here when the text was saved: readers see `�`\nhint: type it again, and check what else of the text is lost",
    ),
    "letters-mojibake": (
        "CafÃ© is â€œopenâ€\x9d.\n",
        "8:4 warning: `Ã©` is `é` that a program has read in another encoding\nhint: write `é`; there may be more of that in the text",
    ),
    "letters-conflict-half": (
        "A\n>>>>>>> main\n",
        "9:1 error: a mark of a merge conflict\nhint: remove it, and check that the text is right",
    ),
    "letters-word-field": (
        "Error! Reference source not found.\n",
        "8:1 warning: a reference of Word's is broken: readers see this\nhint: write what it names",
    ),
    "more-list-deep": (
        "- a\n   - b\n   - c\n",
        "9:4 warning: the entry is not below the one above it, but beside it: it is indented by 3 spaces\nhint: indent it by 4 spaces for each level",
    ),
    "more-list-star-space": (
        "Text.\n* one\n* two\n",
        "9:1 warning: a list needs a blank line above it: this is shown as part of the paragraph\nhint: put a blank line above this line",
    ),
    "more-table-html": (
        "<table><tr><td>**bold**</td></tr></table>\n",
        "8:16 warning: Markdown within `<table>` is not read: readers see the marks\nhint: write `<table markdown>` and a blank line, with `md_in_html` in `markdown_extensions`; or HTML in it",
    ),
    "more-img-quote": (
        '![A chart]("../images/chart.png")\n',
        "8:12 warning: there are quotation marks around the target of a link: it leads nowhere\nhint: write `![A chart](../images/chart.png)`",
    ),
    "more-img-html-noclose": (
        '<img src="../images/chart.png" alt="A chart"\n\nText.\n',
        '8:1 warning: the tag `<img` has no end: this is shown as it is written\nhint: write `>` after it: `<img src="../images/chart.png" alt="A chart">`',
    ),
    "more-img-missing-paren": (
        "![A chart](../images/chart.png\n\nText.\n",
        "8:11 warning: the bracket `(` that opens here is not closed\nhint: write `![A chart](../images/chart.png)`",
    ),
    "more-img-desktop": (
        "![A chart](~/Desktop/chart.png)\n",
        "8:12 warning: this is a path on your own computer, which readers do not have\nhint: copy the picture to content/images/ and write `../images/chart.png`",
    ),
    "more-img-mac": (
        "![A chart](/Users/jo/chart.png)\n",
        "8:12 warning: this is a path on your own computer, which readers do not have\nhint: copy the picture to content/images/ and write `../images/chart.png`",
    ),
    "more-img-web": (
        "![A chart](www.other.example/chart.png)\n",
        "8:12 warning: the image `www.other.example/chart.png` is an address of another site\nhint: write `https://www.other.example/chart.png`",
    ),
    "more-link-md-caps": (
        "See [it](../help/metrics.MD).\n",
        "8:10 warning: the link `../help/metrics.MD` does not exist\nhint: the file is called `../help/metrics.md`: upper and lower case matter",
    ),
    "more-link-two-paren": (
        "See [it]((../help/metrics.md)).\n",
        "8:10 warning: the link `(../help/metrics.md)` does not exist\nhint: the nearest is `../help/metrics.md`",
    ),
    "more-link-curly": (
        "See [it]{../help/metrics.md}.\n",
        "8:5 warning: the target of a link belongs in round brackets\nhint: write `[it](../help/metrics.md)`",
    ),
    "more-link-pipe": (
        "See [it|../help/metrics.md].\n",
        "8:5 warning: a link is not written with `|`: readers see the brackets\nhint: write `[it](../help/metrics.md)`",
    ),
    "more-link-mail-at": (
        "Mail [us](mailto:help(at)other.example).\n",
        "8:11 warning: `mailto:help(at)other.example` is not a valid mail address\nhint: write a full one, as in `mailto:help@desk.example`",
    ),
    "more-link-phone3": (
        "Call [us](+49 (0)30 123456).\n",
        "8:11 warning: the link `+49 (0)30 123456` is a telephone number\nhint: write `tel:+49030123456`",
    ),
    "more-link-tel": (
        "Call [us](phone:+4930123456).\n",
        "8:11 warning: `phone:` is not a kind of address\nhint: write `tel:+4930123456`",
    ),
    "more-link-outlook": (
        "See [it](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example%2Fa&data=1).\n",
        "8:10 warning: the link goes through `safelinks.protection.outlook.com`, which learns of each click\nhint: write the address behind it, `https://x.example/a`",
    ),
    "more-link-proofpoint": (
        "See [it](https://urldefense.com/v3/__https://x.example/a__;!!abc).\n",
        "8:10 warning: the link goes through `urldefense.com`, which learns of each click\nhint: write the address behind it, `https://x.example/a`",
    ),
    "more-link-fb": (
        "See [it](https://l.facebook.com/l.php?u=https%3A%2F%2Fx.example%2F&h=1).\n",
        "8:10 warning: the link goes through `l.facebook.com`, which learns of each click\nhint: write the address behind it, `https://x.example/`",
    ),
    "more-code-open-text": (
        "```\nvar a\n``` and more\n\nText.\n",
        "8:1 warning: the code that begins here is not closed\nhint: add a line of three backticks below the code",
    ),
    "more-code-4": (
        "````\ncode\n```\n\nText.\n",
        "8:1 warning: the code that begins here is not closed\nhint: add a line of four backticks below the code",
    ),
    "more-code-tilde": (
        "~~~\ncode\n```\n",
        "8:1 warning: the code that begins here is not closed\nhint: add a line of three tildes below the code",
    ),
    "more-box-single": (
        "!!! note 'Hear'\n    Text.\n",
        '8:1 warning: the title of a box needs straight quotation marks\nhint: write `!!! note "Hear"`',
    ),
    "more-box-vuepress": (
        "::: tip\nText.\n:::\n",
        "8:1 warning: `::: tip` is not a box here: it is shown as it is written\nhint: write `!!! tip`, and the text below it indented by four spaces",
    ),
    "more-box-docusaurus": (
        ":::caution Title\nText.\n:::\n",
        "8:1 warning: `:::caution` is not a box here: it is shown as it is written\nhint: write `!!! danger`, and the text below it indented by four spaces",
    ),
    "more-box-hexo": (
        "{% note info %}\nText.\n{% endnote %}\n",
        "8:1 warning: `{% note info %}` is a tag of another program: readers see it\nhint: remove it; a box is `!!! note`, with its text indented below",
    ),
    "more-html-strong": (
        "A <strong>bold</strog> word.\n\nMore.\n",
        "8:3 warning: `<strong>` is not closed: it goes on to the end of the text\nhint: write `</strong>` after what belongs to it",
    ),
    "more-html-attr": (
        "A <span class='x>red</span> word.\n\nMore.\n",
        "8:15 warning: the quotation mark that opens here is not closed\nhint: write `<span class='x'>`",
    ),
    "more-html-caps": (
        "A <B>bold word.\n\nMore.\n",
        "8:3 warning: `<b>` is not closed: it goes on to the end of the text\nhint: write `</b>` after what belongs to it",
    ),
    "more-html-center": (
        "<center>\n\n## Title\n\n</center>\n",
        "10:1 warning: Markdown within `<center>` is not read: readers see the marks\nhint: write `<center markdown>` and a blank line, with `md_in_html` in `markdown_extensions`; or HTML in it",
    ),
    "more-html-iframe-un": (
        '<iframe src="https://www.youtube.com/embed/x">\n\nText.\n',
        "8:1 error: `<iframe>` is not closed: what is below it would be missing\nhint: write `</iframe>` after it",
    ),
    "more-html-comment3": (
        "Text.\n\n<-- not shown -->\n\nMore.\n",
        "10:1 warning: this is not a comment: readers see it\nhint: write `<!-- not shown -->`",
    ),
    "more-html-comment4": (
        "Text.\n\n<!-- not shown --!>\n\nMore.\n",
        "10:1 warning: the comment that begins here has no end\nhint: write `-->` after it",
    ),
    "more-emph-br": (
        "**Bold\n\ntext** here.\n",
        "8:1 warning: `**` that opens here is not closed: readers see the stars\nhint: write `**` at the end of the words that stand out",
    ),
    "more-tool-slash": (
        "<delivery-rate></delivery-rate\n\nText.\n",
        "8:1 error: `<delivery-rate>` is not closed: what is below it would be missing\nhint: write `</delivery-rate>` after it",
    ),
    "more-tool-rules": (
        '<delivery-rate rules="Amazon 2024"></delivery-rate>\n',
        "8:23 warning: no rules are called `Amazon 2024`\nhint: there are: `amazon-2012`, `amazon-2024`, `walmart`",
    ),
    "more-tool-zone": (
        '<vacation-planner time-zone="PST"></vacation-planner>\n',
        "8:30 warning: no time zone is called `PST`\nhint: as in `America/Los_Angeles`",
    ),
    "more-more-space": (
        "A\n\n< !-- more -->\n\nB\n",
        "10:1 warning: `< !-- more -->` is not the mark at which the list of posts ends the excerpt\nhint: write `<!-- more -->`",
    ),
    "more-more-read": (
        "A\n\n<!-- Read more -->\n\nB\n",
        "10:1 warning: `<!-- Read more -->` is not the mark at which the list of posts ends the excerpt\nhint: write `<!-- more -->`",
    ),
    "more-more-3": (
        "A\n\n<!--- more --->\n\nB\n",
        "10:1 warning: `<!--- more --->` is not the mark at which the list of posts ends the excerpt\nhint: write `<!-- more -->`",
    ),
}
"""Texts below the usual front matter, which has seven lines."""

WHOLE: dict[str, tuple[str | bytes, str]] = {
    "key-titel": (
        "---\ntitel: key-titel\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:1 warning: the key is `title`, not `titel`\nhint: write `title: key-titel`",
    ),
    "key-categorys": (
        "---\ntitle: key-categorys\ndate: 2026-11-20\ncategorys: [News]\n---\n\nHello.\n",
        "4:1 warning: the key `categorys` is not known\nhint: did you mean `categories: [News]`?",
    ),
    "key-category": (
        "---\ntitle: key-category\ndate: 2026-11-20\ncategory: News\n---\n\nHello.\n",
        "4:1 warning: the key `category` is not known\nhint: write `categories: [News]`",
    ),
    "key-tag": (
        "---\ntitle: key-tag\ndate: 2026-11-20\ntag: fees\n---\n\nHello.\n",
        "4:1 warning: the key `tag` is not known\nhint: write `tags: [fees]`",
    ),
    "key-descripton": (
        "---\ntitle: key-descripton\ndate: 2026-11-20\ndescripton: Short\n---\n\nHello.\n",
        "4:1 warning: the key `descripton` is not known\nhint: did you mean `description: Short`?",
    ),
    "key-datum": (
        "---\ntitle: key-datum\ndatum: 2026-11-20\n---\n\nHello.\n",
        "3:1 warning: the key is `date`, not `datum`\nhint: write `date: 2026-11-20`",
    ),
    "key-summary": (
        "---\ntitle: key-summary\ndate: 2026-11-20\nsummary: Short\n---\n\nHello.\n",
        "4:1 warning: the key `summary` is not known\nhint: write `description: Short`",
    ),
    "key-permalink": (
        "---\ntitle: key-permalink\ndate: 2026-11-20\npermalink: /old/x.html\n---\n\nHello.\n",
        "4:1 warning: the key `permalink` is not known\nhint: write `slug: x`; if readers know the old address: `aliases: [/old/x.html]`",
    ),
    "key-alias": (
        "---\ntitle: key-alias\ndate: 2026-11-20\nalias: /old/key-alias.html\n---\n\nHello.\n",
        "4:1 warning: the key `alias` is not known\nhint: write `aliases: [/old/key-alias.html]`",
    ),
    "key-redirect": (
        "---\ntitle: key-redirect\ndate: 2026-11-20\nredirect_from: /old/k-r.html\n---\n\nHello.\n",
        "4:1 warning: the key `redirect_from` is not known\nhint: write `aliases: [/old/k-r.html]`",
    ),
    "key-expire": (
        "---\ntitle: key-expire\ndate: 2026-11-20\nexpire: 2026-12-24\n---\n\nHello.\n",
        "4:1 warning: the key `expire` is not known\nhint: write `expires: 2026-12-24`",
    ),
    "key-reviewby": (
        "---\ntitle: key-reviewby\ndate: 2026-11-20\nreview-by: 2027-01-01\n---\n\nHello.\n",
        "4:1 warning: the key is `review_by`, not `review-by`\nhint: write `review_by: 2027-01-01`",
    ),
    "key-draft-typo": (
        "---\ntitle: key-draft-typo\ndate: 2026-11-20\ndarft: true\n---\n\nHello.\n",
        "4:1 error: `darft` is not a known key, so this would be published\nhint: write `draft: true` to hold it back",
    ),
    "key-draft-maybe": (
        "---\ntitle: key-draft-maybe\ndate: 2026-11-20\ndraft: maybe\n---\n\nHello.\n",
        "4:8 error: `draft` must be true or false\nhint: for example `draft: true`",
    ),
    "key-title-twice": (
        "---\ntitle: key-title-twice\ntitle: Other\ndate: 2026-11-20\n---\n\nHello.\n",
        "3:1 error: `title` appears a second time, with another value than on line 2\nhint: remove `title: key-title-twice` on line 2, or this; MkDocs takes the last one",
    ),
    "key-title-empty": (
        "---\ntitle:\ndate: 2026-11-20\nslug: key-title-empty\n---\n\nHello.\n",
        "2:1 warning: `title` is empty: `2026 11 20 key title empty` is taken from the name of the file\nhint: write `title: …`",
    ),
    "key-date-empty": (
        "---\ntitle: key-date-empty\ndate:\n---\n\nHello.\n",
        "3:1 error: `date` is empty: the post has no date\nhint: write `date: YYYY-MM-DD`",
    ),
    "key-one-indented": (
        "---\ntitle: key-one-indented\n  date: 2026-11-20\n---\n\nHello.\n",
        "3:1 error: the line begins with a space, so that it belongs to the one above it\nhint: write `date: 2026-11-20` at the start of the line",
    ),
    "key-tab-list": (
        "---\ntitle: key-tab-list\ndate: 2026-11-20\ncategories:\n\t- News\n---\n\nHello.\n",
        "5:1 error: the line begins with a tab\nhint: indent with spaces",
    ),
    "key-list-nodash": (
        "---\ntitle: key-list-nodash\ndate: 2026-11-20\ncategories:\n  Limes\n  Lemons\n---\n\nHello.\n",
        "5:3 warning: each entry of a list begins with a hyphen and a space: this makes one, “Limes Lemons”\nhint: write `- Limes`, and so with each",
    ),
    "key-list-nospace": (
        "---\ntitle: key-list-nospace\ndate: 2026-11-20\ncategories:\n  -Melons\n  -Grapes\n---\n\nHello.\n",
        "5:3 warning: each entry of a list begins with a hyphen and a space: this makes one, “-Melons -Grapes”\nhint: write `- Melons`, and so with each",
    ),
    "key-cat-curly": (
        "---\ntitle: key-cat-curly\ndate: 2026-11-20\ncategories: {Kiwis, Mangos}\n---\n\nHello.\n",
        "4:13 error: `categories` is a list: it needs square brackets\nhint: write `categories: [Kiwis, Mangos]`",
    ),
    "key-cat-paren": (
        "---\ntitle: key-cat-paren\ndate: 2026-11-20\ncategories: (Quinces, Olives)\n---\n\nHello.\n",
        "4:13 warning: this makes one category called “(Quinces, Olives)”\nhint: for two write `categories: [Quinces, Olives]`",
    ),
    "key-cat-quoted": (
        '---\ntitle: key-cat-quoted\ndate: 2026-11-20\ncategories: ["Apples, Pears"]\n---\n\nHello.\n',
        "4:14 warning: this makes one category called “Apples, Pears”\nhint: for two write `categories: [Apples, Pears]`",
    ),
    "key-cat-smart": (
        "---\ntitle: key-cat-smart\ndate: 2026-11-20\ncategories: [“Plums”, “Cherries”]\n---\n\nHello.\n",
        '4:14 warning: the quotation marks `“` `”` are curly: they become part of the name\nhint: write `categories: ["Plums", "Cherries"]`',
    ),
    "key-cat-hash": (
        "---\ntitle: key-cat-hash\ndate: 2026-11-20\ntags: [#fees, #late]\n---\n\nHello.\n",
        "4:8 error: `#` begins a comment: what is behind it is not read\nhint: write `tags: [fees, late]`",
    ),
    "key-cat-hash2": (
        "---\ntitle: key-cat-hash2\ndate: 2026-11-20\ntags: #fees\n---\n\nHello.\n",
        "4:7 warning: `#` begins a comment: `tags` is empty\nhint: write `tags: [fees]`",
    ),
    "key-cat-semicolon": (
        "---\ntitle: key-cat-semicolon\ndate: 2026-11-20\ncategories: Figs; Dates\n---\n\nHello.\n",
        "4:13 warning: this makes one category called “Figs; Dates”\nhint: for two write `categories: [Figs, Dates]`",
    ),
    "key-cat-wrong-closing": (
        "---\ntitle: key-cat-wrong-closing\ndate: 2026-11-20\ncategories: [News)\n---\n\nHello.\n",
        "4:13 error: the bracket `[` that opens here is not closed\nhint: write `categories: [News]`",
    ),
    "key-apostrophe": (
        "---\ntitle: 'Don't panic'\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:12 error: a `'` within the text ends it\nhint: write `title: \"Don't panic\"`",
    ),
    "key-quote-inside": (
        '---\ntitle: "The "new" parcels"\ndate: 2026-11-20\n---\n\nHello.\n',
        '2:13 error: a `"` within the text ends it\nhint: write `title: \'The "new" parcels\'`',
    ),
    "key-title-at": (
        "---\ntitle: @support answers\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: text that begins with `@` needs quotes\nhint: write `title: "@support answers"`',
    ),
    "key-title-star": (
        "---\ntitle: *New* parcels\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: text that begins with `*` needs quotes\nhint: write `title: "*New* parcels"`',
    ),
    "key-title-bracket": (
        "---\ntitle: [Update] parcels\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:16 error: text follows the closing bracket `]`\nhint: write `title: "[Update] parcels"`',
    ),
    "key-title-backtick": (
        "---\ntitle: `metrics` explained\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: text that begins with ``` needs quotes\nhint: write `title: "`metrics` explained"`',
    ),
    "key-title-dash": (
        "---\ntitle: - New parcels\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: text that begins with `-` needs quotes\nhint: write `title: "- New parcels"`',
    ),
    "key-title-pipe": (
        "---\ntitle: | New parcels\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: text that begins with `|` needs quotes\nhint: write `title: "| New parcels"`',
    ),
    "key-german-quotes": (
        "---\ntitle: „Neue Dinge: jetzt“\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: the quotation marks `„` `“` are curly, and quote nothing here\nhint: type straight ones: write `title: "Neue Dinge: jetzt"`',
    ),
    "key-nbsp-colon": (
        "---\ntitle:\xa0key-nbsp-colon\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:7 error: there is an invisible character after `title:`\nhint: write `title: key-nbsp-colon`",
    ),
    "key-nbsp-key": (
        "---\ntitle: key-nbsp-key\ndate\xa0: 2026-11-20\n---\n\nHello.\n",
        "3:1 warning: there is an invisible character in the key `date`\nhint: write `date: 2026-11-20`",
    ),
    "key-zwsp-key": (
        "---\ntitle: key-zwsp-key\n\u200bdate: 2026-11-20\n---\n\nHello.\n",
        "3:1 warning: there is an invisible character in the key `date`\nhint: write `date: 2026-11-20`",
    ),
    "key-fullwidth": (
        "---\ntitle: key-fullwidth\ndate：2026-11-20\n---\n\nHello.\n",
        "3:5 error: `：` is after `date` in place of a colon\nhint: write `date: 2026-11-20`",
    ),
    "key-equals": (
        "---\ntitle = key-equals\ndate = 2026-11-20\n---\n\nHello.\n",
        "2:7 error: `=` is after `title` in place of a colon\nhint: write `title: key-equals`",
    ),
    "key-comment-slash": (
        "---\ntitle: key-comment-slash\n// the date\ndate: 2026-11-20\n---\n\nHello.\n",
        "3:1 error: `//` begins no comment in front matter\nhint: write `# the date`",
    ),
    "key-html-comment": (
        "---\n<!-- do not remove -->\ntitle: key-html-comment\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:1 error: `<!--` begins no comment in front matter\nhint: write `# do not remove`",
    ),
    "key-semicolons": (
        "---\ntitle: key-semicolons;\ndate: 2026-11-20;\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20;` is not a valid date\nhint: write `2026-11-20`",
    ),
    "key-commas": (
        '---\ntitle: "key-commas",\ndate: 2026-11-20,\n---\n\nHello.\n',
        '2:20 error: a `,` is after the closing quotation mark\nhint: write `title: "key-commas"`',
    ),
    "key-slug-space": (
        "---\ntitle: key-slug-space\ndate: 2026-11-20\nslug: my new post\n---\n\nHello.\n",
        "4:7 warning: the slug holds a space, which addresses show as `%20`\nhint: write `slug: my-new-post`",
    ),
    "key-slug-slash": (
        "---\ntitle: key-slug-slash\ndate: 2026-11-20\nslug: news/new\n---\n\nHello.\n",
        "4:7 error: the slug holds a slash\nhint: write `slug: news-new`",
    ),
    "key-slug-html": (
        "---\ntitle: key-slug-html\ndate: 2026-11-20\nslug: new-things.html\n---\n\nHello.\n",
        "4:7 warning: the address gets its `.html` by itself: it would end in `.html.html`\nhint: write `slug: new-things`",
    ),
    "key-slug-dup1": ("---\ntitle: key-slug-dup1\ndate: 2026-11-20\nslug: same-slug\n---\n\nHello.\n", ""),
    "key-slug-dup2": (
        "---\ntitle: key-slug-dup2\ndate: 2026-11-20\nslug: same-slug\n---\n\nHello.\n",
        "4:1 error: content/posts/2026-11-20-key-slug-dup2.md and content/posts/2026-11-20-key-slug-dup1.md both want the address /2026/11/same-slug.html\nhint: give one of them another `slug`, file name or alias",
    ),
    "key-alias-host": (
        "---\ntitle: key-alias-host\ndate: 2026-11-20\naliases: [base.example/old.html]\n---\n\nHello.\n",
        "4:11 error: an alias begins with a slash, not with the name of the site\nhint: write `/old.html`",
    ),
    "key-alias-url": (
        "---\ntitle: key-alias-url\ndate: 2026-11-20\naliases: [https://base.example/old2.html]\n---\n\nHello.\n",
        "4:11 error: an alias begins with a slash, not with the name of the site\nhint: write `/old2.html`",
    ),
    "key-alias-other": (
        "---\ntitle: key-alias-other\ndate: 2026-11-20\naliases: [https://other.example/old2.html]\n---\n\nHello.\n",
        "4:11 error: the alias leads to another site\nhint: write an old address of this one, `/2012/03/old.html`",
    ),
    "key-alias-taken": (
        "---\ntitle: key-alias-taken\ndate: 2026-11-20\naliases: [/help/metrics/]\n---\n\nHello.\n",
        "4:1 error: the alias /help/metrics/ of content/posts/2026-11-20-key-alias-taken.md and content/help/metrics.md both want the address /help/metrics/\nhint: give one of them another `slug`, file name or alias",
    ),
    "key-pin-yes": (
        "---\ntitle: key-pin-yes\ndate: 2026-11-20\npin: top\n---\n\nHello.\n",
        "4:6 error: `pin` must be true or false\nhint: for example `pin: true`",
    ),
    "key-series-text": (
        "---\ntitle: key-series-text\ndate: 2026-11-20\nseries: A tale\n---\n\nHello.\n",
        "4:9 warning: `series` needs a `name` and a `part`, and nothing else\nhint: for example `series: {name: A tale, part: 1}`",
    ),
    "key-series-nopart": (
        "---\ntitle: key-series-nopart\ndate: 2026-11-20\nseries:\n  name: A tale\n---\n\nHello.\n",
        "5:3 warning: `series` needs a `name` and a `part`, and nothing else\nhint: for example `series: {name: A tale, part: 1}`",
    ),
    "key-links-text": (
        "---\ntitle: key-links-text\ndate: 2026-11-20\nlinks: ../help/metrics.md\n---\n\nHello.\n",
        "4:8 error: `links` must be a list\nhint: write `links: [../help/metrics.md]`",
    ),
    "key-links-md": (
        "---\ntitle: key-links-md\ndate: 2026-11-20\nlinks:\n  - [Metrics](../help/metrics.md)\n---\n\nHello.\n",
        "5:5 error: links are not written as in Markdown here\nhint: write `- Metrics: ../help/metrics.md`",
    ),
    "key-links-missing": (
        "---\ntitle: key-links-missing\ndate: 2026-11-20\nlinks:\n  - ../help/metriks.md\n---\n\nHello.\n",
        "5:1 warning: `links`: `../help/metriks.md` does not exist\nhint: the nearest is `../help/metrics.md`",
    ),
    "key-review-past": (
        "---\ntitle: key-review-past\ndate: 2026-11-20\nreview_by: 2025-01-01\n---\n\nHello.\n",
        "4:1 warning: was to be reviewed by 2025-01-01\nhint: check it, correct it, and set the next date",
    ),
    "key-review-odd": (
        "---\ntitle: key-review-odd\ndate: 2026-11-20\nreview_by: in May\n---\n\nHello.\n",
        "4:12 warning: `review_by`: `in May` is not a valid date\nhint: write YYYY-MM-DD or YYYY-MM-DD HH:MM",
    ),
    "key-expires-before": (
        "---\ntitle: key-expires-before\ndate: 2026-11-20\nexpires: 2026-11-01\n---\n\nHello.\n",
        "4:1 warning: `expires` lies before `date`: nobody ever sees this\nhint: is one of them mistyped?",
    ),
    "key-updated-before": (
        "---\ntitle: key-updated-before\ndate: 2026-11-20\nupdated: 2026-11-02\n---\n\nHello.\n",
        "4:1 warning: `updated` lies before `date`\nhint: is one of them mistyped?",
    ),
    "key-supersedes": (
        "---\ntitle: key-supersedes\ndate: 2026-11-20\nsupersedes: posts/nothing.md\n---\n\nHello.\n",
        "4:1 warning: `supersedes`: there is no document `posts/nothing.md`\nhint: name its file below the content folder, its address or its `id`",
    ),
    "key-template": (
        "---\ntitle: key-template\ndate: 2026-11-20\ntemplate: my.html\n---\n\nHello.\n",
        "4:1 error: there is no template `my.html`\nhint: put it into the theme's `custom_dir`, or leave the key out for the usual one",
    ),
    "key-boost": (
        "---\ntitle: key-boost\ndate: 2026-11-20\nsearch: {boost: high}\n---\n\nHello.\n",
        "4:9 warning: `search: boost` must be a number\nhint: for example `search: {boost: 2}` (0.1 to 10), or `search: {exclude: true}`",
    ),
    "key-status-draft": (
        "---\ntitle: key-status-draft\ndate: 2026-11-20\nstatus: draft\n---\n\nHello.\n",
        "4:1 error: `status` does not hold this back, so this would be published\nhint: write `draft: true` to hold it back",
    ),
    "key-visibility": (
        "---\ntitle: key-visibility\ndate: 2026-11-20\nvisibility: hidden\n---\n\nHello.\n",
        "4:1 error: `visibility` is not a known key, so this would be published\nhint: write `draft: true` to hold it back",
    ),
    "date-de": (
        "---\ntitle: date-de\ndate: 20.11.2026\n---\n\nHello.\n",
        "3:7 error: `date`: `20.11.2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-us": (
        "---\ntitle: date-us\ndate: 11/20/2026\n---\n\nHello.\n",
        "3:7 error: `date`: `11/20/2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-amb": (
        "---\ntitle: date-amb\ndate: 11/10/2026\n---\n\nHello.\n",
        "3:7 error: `date`: `11/10/2026` is not a valid date\nhint: write `2026-10-11` or `2026-11-10`",
    ),
    "date-named": (
        "---\ntitle: date-named\ndate: November 20, 2026\n---\n\nHello.\n",
        "3:7 error: `date`: `November 20, 2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-nolead": (
        "---\ntitle: date-nolead\ndate: 2026-11-5\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-5` is not a valid date\nhint: write `2026-11-05`",
    ),
    "date-slash": (
        "---\ntitle: date-slash\ndate: 2026/11/20\n---\n\nHello.\n",
        "3:7 error: `date`: `2026/11/20` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-noseps": (
        "---\ntitle: date-noseps\ndate: 20261120\n---\n\nHello.\n",
        "3:7 error: `date`: `20261120` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-day32": (
        "---\ntitle: date-day32\ndate: 2026-11-31\n---\n\nHello.\n",
        "3:7 error: `2026-11-31` is not a valid value: there is no such day\nhint: November has 30 days: did you mean `2026-11-30`?",
    ),
    "date-time-dot": (
        "---\ntitle: date-time-dot\ndate: 2026-11-20 14.30\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20 14.30` is not a valid date\nhint: write `2026-11-20 14:30`",
    ),
    "date-time-am": (
        "---\ntitle: date-time-am\ndate: 2026-11-20 2:30 pm\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20 2:30 pm` is not a valid date\nhint: write `2026-11-20 14:30`",
    ),
    "date-time-short": (
        "---\ntitle: date-time-short\ndate: 2026-11-20 9:30\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20 9:30` is not a valid date\nhint: write `2026-11-20 09:30`",
    ),
    "date-time-zone": (
        "---\ntitle: date-time-zone\ndate: 2026-11-20 14:30 PST\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20 14:30 PST` is not a valid date\nhint: write `2026-11-20 14:30`",
    ),
    "date-year2": (
        "---\ntitle: date-year2\ndate: 26-11-20\n---\n\nHello.\n",
        "3:7 error: `date`: `26-11-20` is not a valid date\nhint: write `2026-11-20` or `2020-11-26`",
    ),
    "date-endash": (
        "---\ntitle: date-endash\ndate: 2026–11–20\n---\n\nHello.\n",
        "3:7 error: `date`: `2026–11–20` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-letterO": (
        "---\ntitle: date-letterO\ndate: 2O26-11-20\n---\n\nHello.\n",
        "3:7 error: `date`: `2O26-11-20` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-weekday": (
        "---\ntitle: date-weekday\ndate: Friday, 20 November 2026\n---\n\nHello.\n",
        "3:7 error: `date`: `Friday, 20 November 2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-month-only": (
        "---\ntitle: date-month-only\ndate: 2026-11\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11` is not a valid date\nhint: the day is missing, as in `2026-11-01`",
    ),
    "date-comma": (
        "---\ntitle: date-comma\ndate: 2026-11-20,\n---\n\nHello.\n",
        "3:7 error: `date`: `2026-11-20,` is not a valid date\nhint: write `2026-11-20`",
    ),
    "date-past": (
        "---\ntitle: date-past\ndate: 0206-11-20\n---\n\nHello.\n",
        "3:7 error: `date`: the year 206 is out of range\nhint: is the year right?",
    ),
    "date-year-1026": (
        "---\ntitle: date-year-1026\ndate: 1026-11-20\n---\n\nHello.\n",
        "3:7 warning: 1026-11-20 is long ago: the post would be the oldest of all\nhint: is the year right? Did you mean `2026-11-20`?",
    ),
    "notice-reversed": (
        "---\ntitle: notice-reversed\nstart: 2026-11-28 10:00\nend: 2026-11-27 10:00\nseverity: info\n---\n\nHello.\n",
        "4:6 error: the notice ends before it starts\nhint: is one of them mistyped?",
    ),
    "notice-severity": (
        "---\ntitle: notice-severity\nstart: 2026-11-28 10:00\nseverity: hight\n---\n\nHello.\n",
        "4:11 error: `severity` cannot be `hight`\nhint: it is one of: info, warning, critical",
    ),
    "notice-severity-caps": (
        "---\ntitle: notice-severity-caps\nstart: 2026-11-28 10:00\nseverity: Info\n---\n\nHello.\n",
        "4:11 error: `severity` cannot be `Info`\nhint: write `severity: info`",
    ),
    "notice-update": (
        "---\ntitle: notice-update\nstart: 2026-11-28 10:00\nupdates:\n  - 2026-11-28 11:00 We look into it.\n---\n\nHello.\n",
        "5:5 error: an update needs `at` and `text`, and nothing else\nhint: write `- {at: 2026-11-28 11:00, text: We look into it.}`",
    ),
    "notice-update2": (
        "---\ntitle: notice-update2\nstart: 2026-11-28 10:00\nupdates:\n  - at: 2026-11-28 11:00\n    text: Update: we look into it\n---\n\nHello.\n",
        '6:5 error: a second colon in a line needs quotes around the text\nhint: write `text: "Update: we look into it"`',
    ),
    "notice-start-date": (
        "---\ntitle: notice-start-date\ndate: 2026-11-28\n---\n\nHello.\n",
        "3:1 error: a notice has `start` in place of `date`\nhint: write `start: 2026-11-28`",
    ),
    "notice-end-word": (
        "---\ntitle: notice-end-word\nstart: 2026-11-28 10:00\nend: tonight\n---\n\nHello.\n",
        "4:6 error: `end`: `tonight` is not a valid date\nhint: write YYYY-MM-DD or YYYY-MM-DD HH:MM",
    ),
    "file-empty": (
        "",
        "1:1 error: the post has no front matter\nhint: begin the file with the lines `---`, `date: 2026-11-20`, `title: …`, `---`",
    ),
    "file-crlf": (
        "---\r\ntitle: file-crlf\r\ndate: 2026-11-20\r\n---\r\n\r\nHello.\r\n\r\nYou need:\r\n- a\r\n- b\r\n",
        "9:1 warning: a list needs a blank line above it: this is shown as part of the paragraph\nhint: put a blank line above this line",
    ),
    "file-utf16": (
        b"\xff\xfe-\x00-\x00-\x00\n\x00t\x00i\x00t\x00l\x00e\x00:\x00 \x00f\x00-\x00u\x00t\x00f\x001\x006\x00\n\x00d\x00a\x00t\x00e\x00:\x00 \x002\x000\x002\x006\x00-\x001\x001\x00-\x002\x000\x00\n\x00-\x00-\x00-\x00\n\x00\n\x00H\x00e\x00l\x00l\x00o\x00.\x00\n\x00",
        "1:1 error: the file is saved as UTF-16, which Windows calls “Unicode”: it cannot be read\nhint: save it as UTF-8",
    ),
    "file-cp1252": (
        b"---\ntitle: file-cp1252\ndate: 2026-11-20\n---\n\nZ\xfcrich \x96 \x93hello\x94.\n",
        "6:2 error: the file is not saved as UTF-8: a letter cannot be read here (in Windows-1252 it is `ü`)\nhint: open the file in an editor, and save it as UTF-8",
    ),
    "file-nul": (
        "---\ntitle: file-nul\ndate: 2026-11-20\n---\n\nHel\x00lo.\n",
        "6:4 error: the file holds a NUL character\nhint: is it really text?",
    ),
    "file-unclosed": (
        "---\ntitle: file-unclosed\ndate: 2026-11-20\n\nHello.\n",
        "4:1 error: the front matter is not closed\nhint: end it with a line that is only `---`, above this one",
    ),
    "file-unclosed2": (
        "---\ntitle: file-unclosed2\ndate: 2026-11-20\n\n## Heading\n\nHello: you.\n\n- a\n",
        "4:1 error: the front matter is not closed\nhint: end it with a line that is only `---`, above this one",
    ),
    "file-noopen": (
        "title: file-noopen\ndate: 2026-11-20\n---\n\nHello.\n",
        "1:1 error: the front matter has no `---` above it\nhint: enclose it in two lines that are only `---`",
    ),
    "file-eq": (
        "===\ntitle: file-eq\ndate: 2026-11-20\n===\n\nHello.\n",
        "1:1 error: front matter begins with three hyphens, not `===`\nhint: write `---`, here and in line 4",
    ),
    "file-toml": (
        '+++\ntitle = "file-toml"\ndate = 2026-11-20\n+++\n\nHello.\n',
        "1:1 error: front matter in TOML is not read\nhint: write YAML (`key: value`) between two lines `---`",
    ),
    "file-two-fm": (
        "---\ntitle: file-two-fm\n---\n\n---\ndate: 2026-11-20\n---\n\nHello.\n",
        "5:1 error: this looks like more front matter, behind its end: it would be shown as text\nhint: remove the two lines of `---` between the entries",
    ),
    "file-text-first": (
        "Hello\n---\ntitle: file-text-first\ndate: 2026-11-20\n---\n\nHello.\n",
        "1:1 error: the front matter must begin on line 1\nhint: remove what is above line 2",
    ),
    "file-fm-close-2": (
        "---\ntitle: file-fm-close-2\ndate: 2026-11-20\n--\n\nHello.\n",
        "4:1 error: front matter ends with a line that is only three hyphens, not `--`\nhint: write `---`",
    ),
    "file-fm-close-em": (
        "---\ntitle: file-fm-close-em\ndate: 2026-11-20\n—\n\nHello.\n",
        "4:1 error: front matter ends with a line that is only three hyphens, not `—`\nhint: write `---`",
    ),
    "file-fm-close-text": (
        "---\ntitle: file-fm-close-text\ndate: 2026-11-20\n---Hello.\n\nMore.\n",
        "4:1 error: `Hello.` is on the line that ends the front matter\nhint: put it below that line",
    ),
    "file-fm-merge": (
        "---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:1 error: a mark of a merge conflict\nhint: choose between the two versions, and remove the lines of marks",
    ),
    "more-two-dates": (
        "---\ntitle: more-two-dates\ndate: 2026-11-20\ndate: 2026-11-21\n---\n\nHello.\n",
        "4:1 error: `date` appears a second time, with another value than on line 3\nhint: remove `date: 2026-11-20` on line 3, or this; MkDocs takes the last one",
    ),
    "more-quote-mix": (
        "---\ntitle: \"more-quote-mix'\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:8 error: the quotation mark that opens here is not closed\nhint: write `title: "more-quote-mix"`',
    ),
    "more-emoji-colon": (
        "---\ntitle: 🎉: we are live\ndate: 2026-11-20\n---\n\nHello.\n",
        '2:9 error: a second colon in a line needs quotes around the text\nhint: write `title: "🎉: we are live"`',
    ),
    "more-time-only": (
        "---\ntitle: more-time-only\ndate: 14:30\n---\n\nHello.\n",
        "3:7 error: `date`: `14:30` is not a valid date\nhint: the day is missing, as in `2012-03-12 14:30`",
    ),
    "more-date-text": (
        "---\ntitle: more-date-text\ndate: 20th of November 2026\n---\n\nHello.\n",
        "3:7 error: `date`: `20th of November 2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "more-date-us2": (
        "---\ntitle: more-date-us2\ndate: 11-20-2026\n---\n\nHello.\n",
        "3:7 error: `date`: `11-20-2026` is not a valid date\nhint: write `2026-11-20`",
    ),
    "more-date-dot": (
        "---\ntitle: more-date-dot\ndate: 2026.11.20\n---\n\nHello.\n",
        "3:7 error: `date`: `2026.11.20` is not a valid date\nhint: write `2026-11-20`",
    ),
    "more-date-space": (
        "---\ntitle: more-date-space\ndate:2026-11-20\n---\n\nHello.\n",
        "3:5 error: a space is missing after `date:`\nhint: write `date: 2026-11-20`",
    ),
    "more-tags-dash": (
        "---\ntitle: more-tags-dash\ndate: 2026-11-20\ntags: - fees\n---\n\nHello.\n",
        "4:7 error: a list of `- ` begins on a line of its own\nhint: write `tags: [fees]`",
    ),
    "more-cat-missing-open": (
        "---\ntitle: more-cat-missing-open\ndate: 2026-11-20\ncategories: Beans, Peas]\n---\n\nHello.\n",
        "4:13 warning: this makes one category called “Beans, Peas]”\nhint: for two write `categories: [Beans, Peas]`",
    ),
    "more-cat-quotes": (
        '---\ntitle: more-cat-quotes\ndate: 2026-11-20\ncategories: "Oats", "Rye"\n---\n\nHello.\n',
        "4:13 error: several values are a list in square brackets\nhint: write `categories: [Oats, Rye]`",
    ),
    "more-desc-long": (
        "---\ntitle: more-desc-long\ndate: 2026-11-20\ndescription: This: that and: more\n---\n\nHello.\n",
        '4:18 error: a second colon in a line needs quotes around the text\nhint: write `description: "This: that and: more"`',
    ),
    "more-desc-multi": (
        "---\ntitle: more-desc-multi\ndate: 2026-11-20\ndescription: First line\nsecond line at the margin\n---\n\nHello.\n",
        "5:1 error: this line is not written as `key: value`\nhint: indent it if it goes on from the line above; a text belongs below the front matter",
    ),
    "more-slug-accent": (
        "---\ntitle: more-slug-accent\ndate: 2026-11-20\nslug: was-ist-neu?\n---\n\nHello.\n",
        '4:7 error: the slug holds one of ? # % " < > | *\nhint: write `slug: was-ist-neu`',
    ),
    "more-alias-list": (
        "---\ntitle: more-alias-list\ndate: 2026-11-20\naliases: /a/, /b/\n---\n\nHello.\n",
        "4:10 error: the alias has a part that no server can show\nhint: for 2 write `aliases: [/a/, /b/]`",
    ),
    "more-alias-hash": (
        "---\ntitle: more-alias-hash\ndate: 2026-11-20\naliases: [/old/#top]\n---\n\nHello.\n",
        '4:11 error: the alias holds one of ? # % " < > | *\nhint: write `/old/`',
    ),
    "more-topic-list": (
        "---\ntitle: more-topic-list\ndate: 2026-11-20\ntopics: metrics, getting-help\n---\n\nHello.\n",
        "4:9 warning: this makes one topic called “metrics, getting-help”\nhint: for two write `topics: [metrics, getting-help]`",
    ),
    "more-authors": (
        "---\ntitle: more-authors\ndate: 2026-11-20\nauthors: Jo Doe, Ann Lee\n---\n\nHello.\n",
        "4:10 warning: this makes one author called “Jo Doe, Ann Lee”\nhint: for two write `authors: [Jo Doe, Ann Lee]`",
    ),
    "more-fm-indented": (
        "  ---\n  title: more-fm-indented\n  date: 2026-11-20\n  ---\n\nHello.\n",
        "1:1 error: the front matter begins with `---` at the start of the line\nhint: remove what is before it",
    ),
}
"""Whole files."""
