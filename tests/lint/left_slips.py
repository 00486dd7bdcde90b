# ruff: noqa: E501  # messages stand here as they are said
"""Slips that are left in a text: notes, escaped marks, invisible characters, addresses that are not links."""

from __future__ import annotations

BODIES: dict[str, tuple[str, str]] = {
    "left-localhost": (
        "See [the preview](http://localhost:8000/help/metrics/) and http://127.0.0.1:8000/x.\n",
        "8:19 warning: `http://localhost:8000/help/metrics/` is on your own computer only: readers cannot follow this link\nhint: write `/help/metrics/`, the address on this site, or the path of the file",
    ),
    "left-localhost-picture": (
        "![A chart](http://localhost:8000/images/chart.png)\n",
        "8:12 warning: `http://localhost:8000/images/chart.png` is on your own computer only: readers do not see this picture\nhint: put the picture into content/images/, and write its path",
    ),
    "left-semicolons": (
        "Name;Fee;Days\nA;1;2\nB;3;4\n",
        "8:1 warning: cells between semicolons, as spreadsheets export them, are not a table: this is shown as one paragraph\nhint: write bars between them: `| Name | Fee | Days |`, and `|---|---|---|` below that",
    ),
    "left-commas": (
        "Name,Fee,Days\nA,1,2\nB,3,4\n",
        "8:1 warning: cells between commas, as spreadsheets export them, are not a table: this is shown as one paragraph\nhint: write bars between them: `| Name | Fee | Days |`, and `|---|---|---|` below that",
    ),
    "left-escaped-twice": (
        "Fees &amp;amp; charges, and &amp;nbsp; too &amp;quot;x&amp;quot;.\n",
        "8:6 warning: this is escaped twice: readers see `&amp;`\nhint: write `&`",
    ),
    "left-more-twice": (
        "A\n\n<!-- more -->\n\nB\n\n<!-- more -->\n\nC\n",
        "14:1 warning: a second mark: the list of posts ends the excerpt at the first one\nhint: remove this line",
    ),
    "left-bare-address": (
        "Look at https://www.example.com/help for more.\n",
        "8:9 warning: `https://www.example.com/help` is not a link: readers cannot click it\nhint: write `<https://www.example.com/help>`",
    ),
    "left-line-separator": (
        "One line\u2028another line here.\n",
        "8:9 warning: a line separator (U+2028) is in the text\nhint: write `line another`",
    ),
    "left-zero-width": (
        "The par\u200bcel is late.\n",
        "8:8 warning: an invisible character (U+200B) is in the text\nhint: write `parcel`",
    ),
    "left-joiner": (
        "Send to sup\u200dport now.\n",
        "8:12 warning: an invisible character (U+200D) is in the text\nhint: write `support`",
    ),
    "left-direction": (
        "The \u202eparcel.\n",
        "8:5 warning: a mark that turns the direction of the text (U+202E) is in the text\nhint: write `parcel.`",
    ),
    "left-empty-heading": (
        "Text.\n\n###\n\nMore.\n",
        "10:1 warning: this heading has no text: readers see an empty one\nhint: write `### Its words`, or remove the line",
    ),
    "left-formula-letters": (
        "This is 𝗶𝗺𝗽𝗼𝗿𝘁𝗮𝗻𝘁 for you.\n",
        "8:9 warning: `𝗶𝗺𝗽𝗼𝗿𝘁𝗮𝗻𝘁` is made of signs for formulas, which screen readers and search cannot read\nhint: write `**important**`",
    ),
    "left-anchor-twice": (
        "## Fees {#fees}\n\nText.\n\n## More {#fees}\n\nText.\n",
        "12:9 warning: the anchor `fees` is that of another heading above: links lead there\nhint: write `{#fees-2}`, or another name",
    ),
    "left-entry-heading": (
        "- a\n- b\n---\n",
        "10:1 warning: this line makes a heading of the entry above it\nhint: put a blank line above this line",
    ),
    "left-video": (
        "<video src='../images/film.mp4'></video>\n",
        "8:1 warning: the film has no controls: readers cannot start it\nhint: write `<video controls src='../images/film.mp4'>`",
    ),
    "left-link-apart": (
        "Go [there] (https://example.com).\n",
        "8:4 warning: there is a space between the brackets: this is not a link\nhint: write `[there](https://example.com)`",
    ),
    "left-link-title": (
        'Go [there](https://example.com "x).\n',
        '8:12 warning: the quotation mark of the link\'s title is not closed\nhint: write `https://example.com "x"`',
    ),
    "left-task": (
        "[ ] do this\n[x] do that\n",
        "8:1 warning: no box to tick is shown here: readers see `[ ]`\nhint: write `- ☐ do this`, or add `pymdownx.tasklist` to `markdown_extensions` for `- [ ] do this`",
    ),
    "left-task-nospace": (
        "-[ ] do this\n-[x] do that\n",
        "8:1 warning: no box to tick is shown here: readers see `[ ]`\nhint: write `- ☐ do this`, or add `pymdownx.tasklist` to `markdown_extensions` for `- [ ] do this`",
    ),
    "left-escaped-quote": (
        "&gt; quoted text\n",
        "8:1 warning: `&gt;` does not begin a quotation: readers see `>`\nhint: write `> quoted text`",
    ),
    "left-entity": (
        "Fees &copyright; and &nbsp now.\n",
        "8:6 warning: no character is called `&copyright;`\nhint: write the character itself, or `&amp;copyright;`",
    ),
    "left-todo": (
        "TODO: write this section. XXX\n",
        "8:1 warning: `TODO` is a note to yourself: readers see it\nhint: do it, or hide it: `<!-- TODO: write this section. XXX -->`",
    ),
    "left-lorem": (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n",
        "8:1 warning: this is placeholder text: readers see it\nhint: write the text, or remove it",
    ),
    "left-tab-name": (
        "=== Tab one\n    Text\n",
        '8:1 warning: the name of a tab needs quotation marks: readers see the signs\nhint: write `=== "Tab one"`, and add `pymdownx.tabbed` to `markdown_extensions`',
    ),
    "left-wide-brackets": (
        "［link］（https://example.com）\n",
        "8:1 warning: these wide brackets do not make a link: readers see them\nhint: write `[link](https://example.com)`",
    ),
    "left-escaped-tags": (
        "&lt;b&gt;bold&lt;/b&gt;\n",
        "8:1 warning: the tags are escaped: readers see `<b>`\nhint: write `**bold**`",
    ),
    "left-backslashes": (
        "\\*\\*bold\\*\\* and \\[x\\]\\(y\\)\n",
        "8:1 warning: the backslashes keep this from being bold: readers see the stars\nhint: write `**bold**`\n8:18 warning: the backslashes keep this from being a link: readers see the brackets\nhint: write `[x](y)`",
    ),
    "left-signature": (
        "Text.\n\nSent from my iPhone\n",
        "10:1 warning: a mail program has signed the text: readers see it\nhint: remove this line",
    ),
    "left-placeholder": (
        "Dear reader, [INSERT LINK HERE] is new.\n",
        "8:14 warning: `[INSERT LINK HERE]` was never filled in\nhint: write what belongs there, or remove it",
    ),
    "left-intranet": (
        "See [the wiki](http://wiki/fees) and [this](http://desk.local/x).\n",
        "8:16 warning: `wiki` is a name in your own network only: readers cannot follow this link\nhint: name an address that readers can open, or remove it\n8:45 warning: `desk.local` is a name in your own network only: readers cannot follow this link\nhint: name an address that readers can open, or remove it",
    ),
    "left-indented": (
        "Text.\n\n    This parcel was sent to you by us, and it is late today.\n\nMore.\n",
        "10:5 warning: a line that begins with four spaces is code: this paragraph is shown as it is written\nhint: begin it without spaces",
    ),
}
"""Below the usual front matter."""

WHOLE: dict[str, tuple[str | bytes, str]] = {
    "left-slug-zero": (
        "---\ntitle: left-slug-zero\ndate: 2026-11-20\nslug: ab\u200bc\n---\n\nHello.\n",
        "4:7 error: the slug holds a control character\nhint: write `slug: abc`",
    ),
    "left-title-zero": (
        "---\ntitle: New\u200b things\ndate: 2026-11-20\nslug: left-title-zero\n---\n\nHello.\n",
        "2:11 warning: an invisible character (U+200B) is in the text\nhint: write `New`",
    ),
    "left-title-separator": (
        "---\ntitle: New\u2028things\ndate: 2026-11-20\n---\n\nHello.\n",
        "2:11 error: an invisible end of a line (U+2028) is in the text\nhint: write `title: New things`",
    ),
    "left-updated-ahead": (
        "---\ntitle: left-updated-ahead\ndate: 2026-11-20\nupdated: 2027-03-01\n---\n\nHello.\n",
        "4:10 warning: `updated` is 2027-03-01, which has not come yet: readers see a day in the future\nhint: write `updated: 2026-11-29`",
    ),
    "left-slug-empty": (
        "---\ntitle: left-slug-empty\ndate: 2026-11-20\nslug:\n---\n\nHello.\n",
        "4:6 error: the slug is empty\nhint: remove this line: the address is made from the title",
    ),
    "left-pinned": (
        "---\ntitle: left-pinned\ndate: 2026-11-20\npinned: true\n---\n\nHello.\n",
        "4:1 warning: the key `pinned` is not known\nhint: write `pin: true`",
    ),
    "left-tag-mark": (
        "---\ntitle: left-tag-mark\ndate: 2026-11-20\ntags: ['#fees']\n---\n\nHello.\n",
        "4:8 warning: the mark `#` becomes a part of the tag `#fees`\nhint: write `tags: [fees]`",
    ),
    "left-untitled": (
        "---\ntitle: Untitled\ndate: 2026-11-20\nslug: g-u\n---\n\nHello.\n",
        "2:8 warning: `Untitled` is a placeholder: readers see it\nhint: write the title of this text",
    ),
    "left-description": (
        "---\ntitle: left-description\ndate: 2026-11-20\ndescription: TODO\n---\n\nHello.\n",
        "4:14 warning: `TODO` is a placeholder: readers see it\nhint: write the description of this text",
    ),
    "left-publishdate": (
        "---\ntitle: left-publishdate\ndate: 2026-11-20\npublishDate: 2026-12-24\n---\n\nHello.\n",
        "4:1 warning: the key `publishDate` is not known\nhint: write `date: 2026-12-24` if that is the day of publishing, and remove this line",
    ),
}
"""Whole files."""

RIGHT: dict[str, str] = {
    "left-right-indented": "Type this:\n\n    git commit -m one\n\n- An entry.\n\n    This is the second paragraph of the entry above it.\n",
    "left-right-code": "Write `&amp;amp;`, `[ ]` and `TODO`:\n\n```\nTODO: a;b;c\n[ ] x\nhttps://www.example.com/\n```\n",
    "left-right-links": 'See <https://www.example.com/>, [https://www.example.com/](https://www.example.com/), [a] and (b).\n\n[a]: https://www.example.com/ "A"\n',
    "left-right-commas": "Fees, rates, and terms change,\nand so, as before, they do,\nbut not, we hope, for long.\n",
    "left-right-todo": "What is on the TODO list of a seller? See [TBD].\n\n[TBD]: https://www.example.com/\n",
    "left-right-emoji": "Family: 👨\u200d👩\u200d👧, می\u200cخواهم.\n",
    "left-right-entities": "5 &lt; 6 &amp; 7 &gt; 6, &euro;, &nbsp;.\n",
    "left-right-video": '<video controls src="../images/film.mp4"></video>\n',
    "left-right-example": "Open `http://localhost:8000/` on your computer.\n",
}
"""Texts that are as they should be."""
