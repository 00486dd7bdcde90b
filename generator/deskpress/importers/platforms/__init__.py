"""What all formats share: opening a source, the documents in it, media, links, writing, reports.

How a format is added: a module in `deskpress.importers.formats`, and a line in `platforms/table.py`. It has

- `fits(source)`: whether a source looks like the format (for `auto`);
- `read(source, report)`, which yields an `Item` (`items.py`) for each document. It is called three times (to
  give each document its file, to write, to count), so that only one document is in memory: it keeps nothing;
- `names(target, item)`, where links of the format are more than addresses: the `Item.names` that a target may
  mean. Where the source has links in a form of its own, a reader writes `import:NAME` (`names.py`) as the
  target.

A reader says what stood in the source, and nothing of this site: HTML or Markdown as it was, old addresses as
they were. What it leaves out it reports, with its place: `report.add("lost", what, why, place)`,
`report.count(what)`. It raises `SourceError` with the place where a source cannot be read, and reads files by
`Source` only, which bounds them. Everything else is done here, for all alike: cleaning and converting
(`html/`), media, links, front matter, reruns, counting, the report.
"""
