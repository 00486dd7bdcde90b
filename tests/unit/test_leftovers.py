"""What nobody means to publish: leftovers of programs, misnamed documents, front matter at a wrong place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count

import pytest

from deskpress.model.diagnostic import ContentError, Severity
from deskpress.source.leftovers import FILES, PATTERNS, USUAL
from tests.conftest import Site
from tests.growth import check_linear

DRAFT = "---\ntitle: Secret\ndate: 2012-03-01\ndraft: true\n---\n\nnobody else may read this\n"

LEFTOVERS = (
    "2012-03-01-a.md~ a.md.~1~ #a.md# a.md.swp a.md.SWO 4913 a.md.bak chart.png.BAK a.orig a.md.rej"
    " ~$plan.docx"
    " ~WRL0001.tmp x.old x.part a_BACKUP_4711.md a.sync-conflict-20120301-101112-ABCDEFG.md"
    " Thumbs.db Desktop.INI backup~/x.txt __MACOSX/x.txt a.kate-swp a.save.1"
).split()
MISNAMED = {
    "a.md.txt": "a.md",
    "a.MD": "a.md",
    "a.Markdown": "a.md",
    "a.md.zip": "a.md",
    "a.md_old": "a.md",
    "a.md-1": "a.md",
    "a.markdown.html": "a.md",
}
WITH_FRONT_MATTER = {"secret.txt": "secret.md", "secret": "secret.md", "a.mdx": "a.md", "new.md2": "new.md"}
READERS = [
    "notes.txt",
    "sum.md5",
    "guide.md.pdf",
    "knowledge_base_2.png",
    "changelog.txt",
    "data.yml",
    "save.csv",
]


def test_no_pattern_is_passed_over_to_save_time() -> None:
    for pattern in PATTERNS:
        assert USUAL.fullmatch(pattern.replace("*", "a").replace("?", "a")) is None
    assert not [name for name in (*LEFTOVERS, *MISNAMED, *FILES) if USUAL.fullmatch(name)]


def said(site: Site) -> Iterator[str]:
    return (str(diagnostic) for diagnostic in site.check().diagnostics)


def published(site: Site, word: bytes = b"nobody else may read this") -> list[str]:
    site.build()
    return [path for path, data in site.tree().items() if word in data]


@pytest.mark.slow
def test_leftovers_are_not_published_and_named_once(site: Site) -> None:
    site.post("2012-03-05-b.md")
    for name in LEFTOVERS:
        site.write(f"posts/{name}", "nobody else may read this")
    for _ in range(2):
        assert published(site) == []
        lines = list(said(site))
        for name in LEFTOVERS:
            place = f"content/posts/{name.partition('/')[0]}:1:1: warning: this is"
            (line,) = [line for line in lines if line.startswith(place)]
            assert "it is not published\n  hint: delete it" in line


def test_a_document_under_another_ending_is_not_published_and_its_right_name_is_told(site: Site) -> None:
    site.post("2012-03-05-b.md")
    names = {**MISNAMED, **WITH_FRONT_MATTER}
    for at, name in enumerate(names):
        site.write(f"{at}/{name}", DRAFT)
    assert published(site) == []
    lines = list(said(site))
    for at, (name, wanted) in enumerate(names.items()):
        (line,) = [line for line in lines if line.startswith(f"content/{at}/{name}:1:1: warning: this ")]
        assert line.endswith(f"  hint: rename it to `{wanted}`, or delete it")


def test_a_draft_is_known_in_whatever_form_it_was_saved(site: Site) -> None:
    forms = (
        ("\ufeff" + DRAFT).encode(),
        DRAFT.encode("utf-16"),
        ("\n" + DRAFT).encode(),
        DRAFT.replace("---", "—").encode(),
        DRAFT.replace("\n", "\r\n").encode(),
        DRAFT.replace("---", "--- # not yet", 1).encode(),
        DRAFT.replace("---", "---yaml", 1).encode(),
        DRAFT.replace("---", "---\n# not yet", 1).encode(),
        b'---json\n{\n  "title": "Secret",\n  "draft": true\n}\n---\n',
    )
    for number, data in enumerate(forms):
        site.write(f"secret-{number}.txt", data)
    site.build()
    assert not [path for path in site.tree() if path.startswith("secret-")]


def test_what_is_meant_for_readers_is_published_without_a_word(site: Site) -> None:
    for name in READERS:
        site.write(f"files/{name}", "---\nrule: 1\n---\n" if name == "data.yml" else "For readers.")
    site.build()
    assert {f"files/{name}" for name in READERS} <= site.tree().keys()
    assert not [line for line in said(site) if "not published" in line]


@pytest.mark.slow
def test_a_leftover_that_is_renamed_is_published_in_the_next_build(site: Site) -> None:
    site.post("2012-03-05-b.md")
    file = site.write("plan.txt.bak", "nobody else may read this")
    assert published(site) == []
    file.rename(site.content / "plan.txt")
    assert published(site) == ["plan.txt"]
    (site.content / "plan.txt").rename(file)
    assert published(site) == []


def test_what_the_site_leaves_out_itself_is_not_named(site: Site) -> None:
    site.configure(exclude_docs="*.bak\n")
    site.write("a.bak", "x")
    assert not list(said(site))


MISPLACED = {
    "a blank line": ("\n" + DRAFT, "1:1", "must begin on line 1", "remove the blank line above it"),
    "blank lines": ("\n \n" + DRAFT, "1:1", "must begin on line 1", "remove the 2 blank lines above it"),
    "a space": (" " + DRAFT, "1:1", "at the start of the line", "remove what is before it"),
    "four hyphens": (
        DRAFT.replace("---", "----"),
        "1:1",
        "three hyphens, not 4",
        "write `---`, here and in line 5",
    ),
    "a long dash": (
        DRAFT.replace("---", "—"),
        "1:1",
        "a long dash",
        "type three hyphens, here and in line 5",
    ),
    "a comment behind it": (
        DRAFT.replace("---", "--- # not yet", 1),
        "1:1",
        "a line that is only `---`",
        "remove `# not yet` from it",
    ),
    "its language behind it": (
        DRAFT.replace("---", "---yaml", 1),
        "1:1",
        "a line that is only `---`",
        "remove `yaml` from it",
    ),
    "a comment behind a value": (
        "# A\n\ndraft: true # not yet\n",
        "3:1",
        "`draft: true # not yet` is in the text",
        "move it between",
    ),
    "below code in a line": (
        "# A\n\n```x``` is code.\n\n---\ndraft: true\n---\n",
        "6:1",
        "`draft: true` is in the text",
        "move it between",
    ),
    "a second BOM": ("\ufeff\ufeff" + DRAFT, "1:1", "at the start of the line", "remove what is before it"),
    "TOML": ("+++\ntitle = 'A'\ndraft = true\n+++\n", "1:1", "TOML", "write YAML"),
    "no fence": ("title: A\ndraft: true\n\n# A\n", "1:1", "has no `---` above it", "enclose it"),
    "below a comment": ("<!-- x -->\n" + DRAFT, "5:1", "`draft: true` is in the text", "move it between"),
    "below a heading": (
        "# A\n\n---\ndraft: yes\n---\n",
        "4:1",
        "`draft: yes` is in the text",
        "move it between",
    ),
    "a second block": (
        "---\ntitle: A\n---\n---\ndraft: true\n---\n",
        "5:1",
        "is in the text",
        "move it between",
    ),
    "JSON": ('{\n"title": "A",\n"draft": true,\n}\n\n# A\n', "3:1", "is in the text", "move it between"),
    "a capital": ("---\ntitle: A\nDraft: true\n---\n", "3:1", "would be published", "write `draft: true`"),
    "a slip": ("---\ntitle: A\ndrafts: true\n---\n", "3:1", "would be published", "write `draft: true`"),
    "another key": (
        "---\ntitle: A\npublished: false\n---\n",
        "3:1",
        "would be published",
        "write `draft: true`",
    ),
}


def test_front_matter_that_would_not_be_read_is_an_error(site: Site) -> None:
    for number, (text, *_) in enumerate(MISPLACED.values()):
        site.write(f"a{number:02}.md", text)
    with pytest.raises(ContentError) as caught:
        site.build()
    found = [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]
    assert len(found) == len(MISPLACED)
    for number, (one, (_, place, problem, hint)) in enumerate(zip(found, MISPLACED.values(), strict=True)):
        assert str(one).startswith(f"content/a{number:02}.md:{place}: ")
        assert problem in one.problem
        assert one.hint.startswith(hint)
    assert not site.output.exists()


TEXTS = [
    "\n---\n\nText.\n",
    "\n---\nNote: this is text.\n\n---\n\nMore.\n",
    "----\n\nText.\n",
    "# Draft\n\n```yaml\n---\ndraft: true\n---\n```\n",
    "# Draft\n\n    draft: true\n\nText with `draft: true` in it: the draft: true or not.\n",
    "Date: the day of the order.\n\nMore.\n",
    "— so he said —\n\nText.\n",
    "--- # so he said\n\nText: of him.\n",
    "```x``` is code.\n\n```yaml\ndraft: true # not yet\n```\n",
]


@pytest.mark.slow
def test_text_that_is_none_stays_text(site: Site) -> None:
    for number, text in enumerate(TEXTS):
        site.write(f"a{number}.md", "---\ntitle: A\n---\n" + text)
        site.write(f"b{number}.md", text + "\n# Title\n")
    assert not [line for line in said(site) if "error" in line or "front matter" in line]
    site.build()


def test_a_byte_order_mark_is_fine(site: Site) -> None:
    site.write("posts/a.md", "\ufeff" + DRAFT)
    assert published(site) == []
    assert not list(said(site))


@pytest.mark.slow
def test_pictures_that_draft_docs_holds_back_are_not_published(site: Site) -> None:
    site.configure(draft_docs="/later/\n")
    site.write("later/plan.txt", "nobody else may read this")
    site.write("later/a.md", "# A\n\nnobody else may read this\n")
    assert published(site) == []
    site.build(drafts=True)
    assert {"later/plan.txt", "later/a/index.html"} <= site.tree().keys()


@pytest.mark.slow
def test_lines_made_to_be_slow_are_not(site: Site) -> None:
    runs = count()

    def checked(length: int) -> None:
        # Other files each time: those of the last time are known.
        shutil.rmtree(site.folder / "content")
        run = next(runs)
        drafts = "draft: true" + " " * length + "x\n" + "draft: true x\n" * (length // 8)
        site.write(f"a{run}.md", f"# A\n\n{drafts}")
        quotes = "`" * (length // 2) + "x`\n" + "```x`\n" * (length // 13)
        site.write(f"b{run}.md", f"# B\n\n{quotes}\ndraft: true\n")
        site.write(f"c{run}.md", "---" + " " * (length // 2) + "x\n\n# C\n")
        assert len(list(said(site))) == 1

    check_linear(checked, lambda length: length, 400_000)
