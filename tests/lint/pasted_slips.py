# ruff: noqa: E501  # messages stand here as they are said
"""Slips of support editors who paste from assistants, chats and other programs, and of those who fill in templates.

As in `more_slips`: a name, the text, and the lines of `check` about it. `RIGHT` are texts like them of which
nothing is said.
"""

from __future__ import annotations

BODIES: dict[str, tuple[str, str]] = {
    "fn-twice": (
        "One.[^1] Two.\n\n[^1]: First.\n\n[^1]: Second.\n",
        "12:1 warning: a footnote above is called `[^1]`, too: that one is not shown\nhint: give this one another name, as in `[^2]`, here and where it is named",
    ),
    "fn-plain": (
        "One.[1] Two.\n\n[1] First note.\n",
        "8:5 warning: `[1]` is not a footnote: readers see the brackets\nhint: write `[^1]` here, and `[^1]: First note.` below",
    ),
    "fn-inline": (
        "One.^[A note here] Two.\n",
        "8:5 warning: `^[…]` is not a footnote here: readers see it\nhint: write `[^1]` here, and a line `[^1]: A note here` at the end",
    ),
    "code-nested": (
        "Write this:\n\n```md\nSome text\n```python\ncode\n```\n```\n\nMore text.\n",
        "10:1 warning: the code that begins here holds a block of code, whose end ends this one, too\nhint: write four backticks here, and as many at its end",
    ),
    "code-whole": (
        "```markdown\n## Title\n\nAll of the text is in here.\n\n- one\n- two\n```\n",
        "8:1 warning: all of the text is in a block of code: readers see its marks\nhint: remove this line, and the last one",
    ),
    "code-two": (
        "``\ncode line\nmore code\n``\n",
        "8:1 warning: these marks do not make a block of code: what follows is shown on one line\nhint: write three backticks (```) above the code and below it",
    ),
    "code-one": (
        "`\ncode line\n`\n",
        "8:1 warning: these marks do not make a block of code: what follows is shown on one line\nhint: write three backticks (```) above the code and below it",
    ),
    "math-inline": (
        "The rate is $\\frac{late}{all}$ here.\n",
        "8:13 warning: `$\\frac{late}{all}$` is not set as a formula: readers see it\nhint: write it in words, or as a picture",
    ),
    "math-block": (
        "$$\nx = \\frac{a}{b}\n$$\n",
        "8:1 warning: `$$` is not set as a formula: readers see it\nhint: write it in words, or as a picture",
    ),
    "word-hyperlink": (
        'See HYPERLINK "https://x.example" for more.\n',
        "8:5 warning: a link of Word's has become text: readers see this\nhint: write `[What it is](https://x.example)`",
    ),
    "gdoc-comment": (
        "The fee rises.[a] Soon.\n\n[a]Is this right?\n",
        "10:1 warning: this is a remark from the margin of a document: readers see it\nhint: remove it, and the `[a]` that it is about",
    ),
    "slack-link": (
        "See <https://x.example/a|the page>.\n",
        "8:5 warning: a link is written as in chats: it leads nowhere here\nhint: write `[the page](https://x.example/a)`",
    ),
    "slack-user": (
        "Ask <@U012AB3CD> or <#C012AB3CD|help>.\n",
        "8:5 warning: `<@U012AB3CD>` means somebody in a chat program only\nhint: write the name\n8:21 warning: `<#C012AB3CD|help>` means somebody in a chat program only\nhint: write `#help`",
    ),
    "jira-h2": (
        "h2. Fees\n\nText.\n",
        "8:1 warning: `h2.` is a mark of Jira's: readers see it\nhint: write `## Fees`",
    ),
    "jira-code": (
        "{code}\nSELECT 1\n{code}\n",
        "8:1 warning: `{code}` is a mark of another program\nhint: write three backticks (```) above the code and below it",
    ),
    "jira-panel": (
        "{panel:title=Note}\nText\n{panel}\n",
        "8:1 warning: `{panel:title=Note}` is a mark of another program\nhint: say it in Markdown: a box is `!!! note`, with its text indented by four spaces below",
    ),
    "obs-comment": (
        "Text %%not for readers%% more.\n",
        "8:6 warning: `%%` hides nothing here: readers see this\nhint: write `<!-- not for readers -->`",
    ),
    "obs-block": (
        "A paragraph. ^abc123\n",
        "8:14 warning: `^abc123` is a mark of Obsidian's: readers see it\nhint: remove it",
    ),
    "ai-cite": (
        "The fee is 3 %.【4†source】\n",
        "8:16 warning: this is how an assistant marks its source: readers see it, and it leads nowhere\nhint: remove `【4†source】`, or link to the source",
    ),
    "ai-oai": (
        "The fee is 3 %. :contentReference[oaicite:0]{index=0}\n",
        "8:17 warning: this is how an assistant marks its source: readers see it, and it leads nowhere\nhint: remove `:contentReference[oaicite:0]{index=0}`, or link to the source",
    ),
    "ai-utm": (
        "See [it](https://x.example/?utm_source=chatgpt.com).\n",
        "8:10 warning: the address tells its site that the link comes from chatgpt.com\nhint: write `https://x.example/`",
    ),
    "ai-intro": (
        "Sure! Here's the blog post:\n\n---\n\n## Fees\n\nText.\n",
        "8:1 warning: this is the answer of an assistant, not the text that was asked for\nhint: remove this line",
    ),
    "link-httpspace": (
        "See [it](https:// x.example/a).\n",
        "8:10 warning: `https:` is not a kind of address\nhint: write `https://x.example/a`",
    ),
    "img-inside": (
        "[!A chart](../images/chart.png)\n",
        "8:1 warning: the `!` is inside the bracket: this is a link, not a picture\nhint: write `![A chart](../images/chart.png)`",
    ),
    "img-noparen": (
        "![A chart]\n\nMore.\n",
        "8:1 warning: the picture `![A chart]` has no file: readers see the brackets\nhint: write `![A chart](…)`",
    ),
    "img-colon": (
        "![A chart]: ../images/chart.png\n",
        "8:1 warning: the picture `![A chart]` has no file: readers see the brackets\nhint: write `![A chart](../images/chart.png)`",
    ),
    "kram-toc": (
        "* TOC\n{:toc}\n",
        "9:1 warning: `{:toc}` is a mark of another program\nhint: write `[TOC]` on a line of its own",
    ),
    "snip-two": (
        '-8<- "metrics.md"\n',
        "8:1 warning: no snippet is included here: readers see this line\nhint: add `pymdownx.snippets` to `markdown_extensions`",
    ),
    "tool-indent": (
        "    <delivery-rate></delivery-rate>\n",
        "8:5 warning: a line that begins with four spaces is code: this tool is shown as it is written\nhint: write `<delivery-rate></delivery-rate>` at the start of the line",
    ),
    "more-mid": (
        "Text <!-- more --> and more.\n",
        "8:6 warning: the mark ends the excerpt only on a line of its own\nhint: put it on its own line, with a blank line above and below",
    ),
    "more-first": (
        "<!-- more -->\n\nText.\n",
        "8:1 warning: the mark is above all text: the list of posts shows nothing of this\nhint: put it below the first paragraph",
    ),
    "bold-space": (
        "The** fee **rises.\n",
        "8:4 warning: there is a space between `**` and the words: readers see the stars\nhint: write `**fee**`, with no spaces within",
    ),
    "def-list": (
        "Fee\n: What you pay.\n",
        "9:1 warning: a colon at the start of a line explains nothing here: readers see it\nhint: write `**Fee** – What you pay.`, or add `def_list` to `markdown_extensions`",
    ),
    "abbr": (
        "*[FBA]: Fulfilment by Amazon\n\nFBA is new.\n",
        "8:1 warning: the abbreviation `FBA` is not explained by this line here: readers see it\nhint: remove it, or add `abbr` to `markdown_extensions`",
    ),
    "attr-space": (
        "## Fees { #fees\n\nText.\n",
        "8:9 warning: the brace that opens here is not closed: readers see it\nhint: write `{ #fees }`",
    ),
    "youtube-img": (
        "![Video](https://www.youtube.com/watch?v=abc123)\n",
        "8:10 warning: this is a page of YouTube, not a picture: readers see a broken one\nhint: link to it: `[What it shows](https://www.youtube.com/watch?v=abc123)`",
    ),
    "link-paren": (
        "See [it](https://x.example/Fee_(money).\n",
        "8:9 warning: the bracket `(` that opens here is not closed\nhint: write `[it](https://x.example/Fee_(money))`",
    ),
    "list-year2": (
        "2025. It had more orders.\n",
        "8:1 warning: a number with a dot begins a list: readers see 1 in place of 2025\nhint: write `2025\\. It had more orders.`, or begin the sentence in another way",
    ),
    "box-titlequote": (
        "!!! note Important facts\n    Text in it.\n",
        "8:1 warning: text on the line of a box is not shown\nhint: write `!!! note` on a line of its own, the text below it, indented by four spaces",
    ),
    "table-headless": (
        "|---|---|\n| a | 1 |\n| b | 2 |\n",
        "8:1 warning: a table needs a line with its heads above this one\nhint: write one, as in `| Name | Price |`",
    ),
    "table-sep-count": (
        "| A | B |\n|---|---|---|\n| 1 | 2 |\n",
        "9:1 warning: the head of the table has two columns, the line below it three columns: this is shown as text\nhint: write `|---|---|`",
    ),
    "table-wrapped": (
        "| A | B |\n|---|---|\n| 1 | a long\ntext |\n| 3 | 4 |\n",
        "10:13 warning: a cell cannot go on in the next line: the rest of it becomes a row\nhint: write all in one line, with `<br>` between",
    ),
    "html-style": (
        "<style>p { color: red }</style>\n\nText.\n",
        "8:1 warning: `<style>` is left out: it could run code, or affect the page around it\nhint: write it in Markdown: `**bold**`, `*italic*`, `## Heading`",
    ),
    "word-bullet-pua": (
        "\uf0b7 one\n\uf0b7 two\n",
        "8:1 warning: `\\uf0b7` does not begin a list\nhint: begin each entry with `- `",
    ),
    "word-ref": (
        "See Error! Reference source not found. for more.\n",
        "8:5 warning: a reference of Word's is broken: readers see this\nhint: write what it names",
    ),
    "gdoc-url": (
        "See [it](https://www.google.com/url?q=https://x.example/&sa=D).\n",
        "8:10 warning: the link goes through `google.com`, which learns of each click\nhint: write the address behind it, `https://x.example/`",
    ),
    "link-empty": (
        "See [the page]().\n",
        "8:5 warning: the link `[the page]()` leads nowhere\nhint: write where it leads",
    ),
    "link-notext": (
        "See [](../help/metrics.md).\n",
        "8:5 warning: the link to `../help/metrics.md` has no text: readers do not see it\nhint: write a text for it, as in `[More](../help/metrics.md)`",
    ),
    "link-content": (
        "See [it](../../content/help/metrics.md).\n",
        "8:10 warning: the link `../../content/help/metrics.md` does not exist\nhint: write `../help/metrics.md`",
    ),
    "link-anchor-own": (
        "See [it](#fess).\n\n## Fees\n\nText.\n",
        "8:10 warning: the link `#fess` does not lead to a heading or anchor of that page\nhint: the nearest is `#fees`",
    ),
    "link-mdroot": (
        "See [it](/help/metrics.md).\n",
        "8:10 warning: the link `/help/metrics.md` does not exist\nhint: write `../help/metrics.md`",
    ),
    "link-http1": (
        "See [it](http//x.example).\n",
        "8:10 warning: the link `http//x.example` is not a valid address\nhint: write `http://x.example`",
    ),
    "link-httpcolon": (
        "See [it](https:/x.example/a).\n",
        "8:10 warning: `https:/x.example/a` is not a valid address\nhint: write `https://x.example/a`",
    ),
    "link-httpsemi": (
        "See [it](https;//x.example/a).\n",
        "8:10 warning: the link `https;//x.example/a` is not a valid address\nhint: write `https://x.example/a`",
    ),
    "link-tel": (
        "Call [us](tel:030 1234 567).\n",
        "8:11 warning: a telephone number in a link has no spaces and brackets\nhint: write `tel:0301234567`",
    ),
    "img-space": (
        "! [A chart](../images/chart.png)\n",
        "8:1 warning: there is a space after the `!`: this is a link, not a picture\nhint: write `![A chart](../images/chart.png)`",
    ),
    "img-wrong": (
        "!(A chart)[../images/chart.png]\n",
        "8:1 warning: the brackets are the wrong way round\nhint: write `![A chart](../images/chart.png)`",
    ),
    "img-unclosed": (
        "![A chart](../images/chart.png\n\nMore.\n",
        "8:11 warning: the bracket `(` that opens here is not closed\nhint: write `![A chart](../images/chart.png)`",
    ),
    "img-blob": (
        "![A chart](blob:https://mail.example/1-2-3)\n",
        "8:12 warning: this picture is only in the memory of a browser, where readers cannot see it\nhint: save it as a file in content/images/, and link to that: `../images/NAME.png`",
    ),
    "img-dropbox": (
        "![A chart](https://www.dropbox.com/s/abc/chart.png?dl=0)\n",
        "8:12 warning: this is a page of Dropbox, not a picture: readers see a broken one\nhint: save the picture as a file in content/images/, and link to that",
    ),
    "img-html-case": (
        '<img src="../images/Chart.png" alt="A chart">\n',
        "8:11 warning: the image `../images/Chart.png` does not exist\nhint: the file is called `../images/chart.png`: upper and lower case matter",
    ),
    "head-setext": (
        "Text of a long paragraph that ends here.\n---\nMore text.\n",
        "9:1 warning: this line makes a heading of the one above it\nhint: put a blank line above it, for a line across the page",
    ),
    "list-3sp": (
        "1. one\n   - sub one\n   - sub two\n2. two\n",
        "9:4 warning: the entry is not below the one above it, but beside it: it is indented by 3 spaces\nhint: indent it by 4 spaces for each level",
    ),
    "ai-outer": (
        "Gerne! Hier ist der Text:\n\n## Fees\n\nText.\n",
        "8:1 warning: this is the answer of an assistant, not the text that was asked for\nhint: remove this line",
    ),
    "ai-turn": (
        "The fee is 3 %. citeturn0search1\n",
        "8:17 warning: this is how an assistant marks its source: readers see it, and it leads nowhere\nhint: remove `citeturn0search1`, or link to the source",
    ),
    "jira-bq": (
        "bq. What they said\n\nText.\n",
        "8:1 warning: `bq.` is a mark of Jira's: readers see it\nhint: write `> What they said`",
    ),
    "img-vimeo": (
        "![A film](https://vimeo.com/123456)\n",
        "8:11 warning: this is a page of Vimeo, not a picture: readers see a broken one\nhint: link to it: `[What it shows](https://vimeo.com/123456)`",
    ),
}

WHOLE: dict[str, tuple[str, str]] = {
    "k-date-tmpl": (
        "---\ntitle: k-date-tmpl\ndate: {{date}}\nslug: k-date-tmpl\n---\n\nText.\n",
        "3:7 error: `{{date}}` is a placeholder that a template did not fill in\nhint: write the value itself, as in `date: 2012-03-12`",
    ),
    "k-date-fmt": (
        "---\ntitle: k-date-fmt\ndate: YYYY-MM-DD\nslug: k-date-fmt\n---\n\nText.\n",
        "3:7 error: `date`: `YYYY-MM-DD` is not a valid date\nhint: write the day, as in `2012-03-12`",
    ),
    "k-date-file": (
        "---\ntitle: k-date-file\ndate: 2025-11-20\nslug: k-date-file\n---\n\nText.\n",
        "3:7 warning: the date is of 2025, the name of the file of 2026\nhint: write `date: 2026-11-20`, or rename the file",
    ),
    "k-title-excl": (
        "---\ntitle: !important news\ndate: 2026-11-20\nslug: k-title-excl\n---\n\nText.\n",
        '2:8 error: text that begins with `!` needs quotes\nhint: write `title: "!important news"`',
    ),
    "k-title-tmpl": (
        "---\ntitle: {{title}}\ndate: 2026-11-20\nslug: k-title-tmpl\n---\n\nText.\n",
        "2:8 error: `{{title}}` is a placeholder that a template did not fill in\nhint: write the value itself, as in `title: Two numbers to watch`",
    ),
    "k-title-md": (
        "---\ntitle: The **new** fees\ndate: 2026-11-20\nslug: k-title-md\n---\n\nText.\n",
        "2:8 warning: a title is plain text: readers see `**new**` as it is written\nhint: write `title: The new fees`",
    ),
    "k-title-html": (
        "---\ntitle: The <b>old</b> fees\ndate: 2026-11-20\nslug: k-title-html\n---\n\nText.\n",
        "2:8 warning: a title is plain text: readers see `<b>` as it is written\nhint: write `title: The old fees`",
    ),
    "k-slug-quote": (
        "---\ntitle: k-slug-quote\ndate: 2026-11-20\nslug: “k-slug-quote”\n---\n\nText.\n",
        "4:7 warning: the quotation marks `“` `”` are curly: they become part of the address\nhint: write `slug: k-slug-quote`",
    ),
    "k-alias-md": (
        "---\ntitle: k-alias-md\ndate: 2026-11-20\nslug: k-alias-md\naliases: [2026-11-01-old.md]\n---\n\nText.\n",
        "5:11 warning: an alias is an old address of the page, not a file: there was never one like `2026-11-01-old.md`\nhint: write the address that readers had, as in `/2012/03/old.html`",
    ),
    "k-cat-nocomma": (
        '---\ntitle: k-cat-nocomma\ndate: 2026-11-20\nslug: k-cat-nocomma\ncategories: ["News" "Fees"]\n---\n\nText.\n',
        "5:13 error: commas are missing between the entries\nhint: write `categories: [News, Fees]`",
    ),
    "k-cat-uneven": (
        "---\ntitle: k-cat-uneven\ndate: 2026-11-20\nslug: k-cat-uneven\ncategories:\n  - News\n   - Fees\n---\n\nText.\n",
        "7:4 warning: this entry is indented further than the one above, and becomes a part of it: “News - Fees”\nhint: write `  - Fees`",
    ),
    "k-cat-star": (
        "---\ntitle: k-cat-star\ndate: 2026-11-20\nslug: k-cat-star\ncategories:\n  * News\n  * Fees\n---\n\nText.\n",
        "6:3 error: each entry of a list begins with a hyphen and a space\nhint: write `- News`, and so with each",
    ),
    "k-cat-bullet": (
        "---\ntitle: k-cat-bullet\ndate: 2026-11-20\nslug: k-cat-bullet\ncategories:\n  • News\n  • Fees\n---\n\nText.\n",
        "6:3 warning: each entry of a list begins with a hyphen and a space: this makes one, “• News • Fees”\nhint: write `- News`, and so with each",
    ),
    "k-topics-path": (
        "---\ntitle: k-topics-path\ndate: 2026-11-20\nslug: k-topics-path\ntopics: help/metrics.md\n---\n\nText.\n",
        "5:1 warning: there is no help topic `help/metrics.md`\nhint: did you mean `metrics`?",
    ),
    "k-topics-title": (
        "---\ntitle: k-topics-title\ndate: 2026-11-20\nslug: k-topics-title\ntopics: [Metrics]\n---\n\nText.\n",
        "5:1 warning: there is no help topic `Metrics`\nhint: did you mean `metrics`?",
    ),
    "k-topics-md": (
        "---\ntitle: k-topics-md\ndate: 2026-11-20\nslug: k-topics-md\ntopics: [metrics.md]\n---\n\nText.\n",
        "5:1 warning: there is no help topic `metrics.md`\nhint: did you mean `metrics`?",
    ),
    "k-topics-near": (
        "---\ntitle: k-topics-near\ndate: 2026-11-20\nslug: k-topics-near\ntopics: [metriks]\n---\n\nText.\n",
        "5:1 warning: there is no help topic `metriks`\nhint: did you mean `metrics`?",
    ),
    "k-pubdate": (
        "---\ntitle: k-pubdate\npublishDate: 2026-11-20\nslug: k-pubdate\n---\n\nText.\n",
        "3:1 warning: the key is `date`, not `publishDate`\nhint: write `date: 2026-11-20`",
    ),
    "k-key-list": (
        "---\n- title: k-key-list\n- date: 2026-11-20\n---\n\nText.\n",
        "2:1 error: front matter is not a list: no line begins with a hyphen\nhint: write `title: k-key-list`",
    ),
    "k-key-bold": (
        "---\n**title**: k\ndate: 2026-11-20\n---\n\nText.\n",
        "2:1 error: `**` does not belong around a key of front matter\nhint: write `title: k`",
    ),
    "k-unused-anchor": (
        "---\ntitle: k-unused-anchor\ndate: 2026-11-20\nslug: k-unused-anchor\ncategories: *news\n---\n\nText.\n",
        "5:13 error: text that begins with `*` needs quotes\nhint: write `categories: [news]`",
    ),
    "k-title-hash": (
        "---\ntitle: #1 tip for sellers\ndate: 2026-11-20\nslug: k-title-hash\n---\n\nText.\n",
        '2:1 warning: `#` begins a comment: `title` is empty: `2026 11 20 k title hash` is taken from the name of the file\nhint: write `title: "#1 tip for sellers"`',
    ),
    "k-title-h": (
        "---\ntitle: # Fees\ndate: 2026-11-20\nslug: k-title-h\n---\n\nText.\n",
        "2:1 warning: `#` begins a comment: `title` is empty: `2026 11 20 k title h` is taken from the name of the file\nhint: write `title: Fees`",
    ),
    "k-date-obsidian": (
        '---\ntitle: k-date-obsidian\ndate: <% tp.date.now("YYYY-MM-DD") %>\nslug: k-date-obsidian\n---\n\nText.\n',
        '3:7 error: `<% tp.date.now("YYYY-MM-DD") %>` is a placeholder that a template did not fill in\nhint: write the value itself, as in `date: 2012-03-12`',
    ),
    "k-title-link": (
        "---\ntitle: Fees, see [the list](../help/metrics.md)\ndate: 2026-11-20\nslug: k-title-link\n---\n\nText.\n",
        "2:8 warning: a title is plain text: readers see `[the list](../help/metrics.md)` as it is written\nhint: write `title: Fees, see the list`",
    ),
}

RIGHT: dict[str, str] = {
    "escaped-bracket": "> \\[!TIP] Once it is up to date.\n\n\\[0, 1] is a range.\n",
    "two-bold": "The **fee** and **price** and **rate**.\n",
    "prices": "It costs $5 or $10, and $20 \\\\ a day.\n",
    "code-braces": "Write `{code}` and `%%x%%`, `[1]` and `^[x]`.\n",
    "years": "In 2025 it rose. 2024 was good.\n\n2025 was better.\n",
    "longer-fence": "````md\n```python\ncode\n```\n````\n\nText.\n",
    "two-fences": "```md\nText\n```\n\nText.\n\n```python\ncode\n```\n",
    "notes": "One.[^1] Two.[^2]\n\n[^1]: First.\n\n[^2]: Second.\n",
    "brackets": "As in [1], it rose.\n\n[1]: https://x.example/\n",
    "percent": "A rise of 5 %% is none, and 100%.\n",
    "here-is": "Great news! Here is what changes for you.\n\nText.\n",
    "colons": "| A |\n|:--|\n| 1 |\n\nText:\n\nMore.\n",
    "image-reference": "![A chart]\n\n[a chart]: ../images/chart.png\n",
    "more-below": "A\n\n<!-- more -->\n\nB\n",
    "brackets-in-address": "See [it](https://x.example/Fee_(money)) and [that](https://x.example/a_(b)_c).\n",
    "attributes": "## Fees { #fees-of-all }\n\nText\n{: .note }\n",
    "link-with-source": "See [it](https://x.example/?utm_source=newsletter).\n",
    "indented-code": "Write this:\n\n    <delivery-rate></delivery-rate>\n    <p>and that</p>\n\nText.\n",
}
