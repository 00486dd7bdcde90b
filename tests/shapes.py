"""Texts whose time grows with the square of their length, and a search for more of them.

python -m tests.shapes --texts 500 --seed 1 --limit 1

repeats pairs of short fragments of Markdown, and has `check` read each text alone, under a limit. It must end
in time and name the document that took too long; whatever else happens is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from deskpress.build.cpu_limit import CpuLimit
from tests.conftest import Site

EXTENSIONS = (
    "abbr admonition attr_list def_list footnotes md_in_html tables toc pymdownx.arithmatex pymdownx.betterem"
    " pymdownx.caret pymdownx.critic pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys"
    " pymdownx.magiclink pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed"
    " pymdownx.tasklist pymdownx.tilde"
).split()
"""What Material's manual recommends."""

ALLOWED = 2.0
"""CPU seconds beyond its limit that a `check` may take on a text, for the rest of its work."""

NAMED = {
    "rules": ("***\n" * 48_000, "more than 2,000 horizontal rules"),
    "spaced rules": ("* * *\n" * 31_000, "more than 2,000 horizontal rules"),
    "boxes": ("!!! a\n" * 31_000, "more than 2,000 boxes and tabs"),
    "attributes": (
        "<b " + " ".join(f"a{n}" for n in range(25_000)) + ">x</b>\n",
        "a tag has more than 1,000 attributes",
    ),
    "insertions": ("^^" * 90_000 + "[a]:\n", "“^” occurs here 2,000 times in a row, or more"),
    "marks": ("==" * 90_000 + "a@", "“=” occurs here 2,000 times in a row, or more"),
    "abbreviations": (
        "".join(f"*[HT{n}]: text\n" for n in range(4000)),
        "more than 2,000 abbreviations",
    ),
}
"""Shapes that are known, each with what is said of it."""

_LISTED = ", ".join(f"c{n}" for n in range(25_000))
SHAPES: dict[str, tuple[str, bool]] = {
    **{name: (text, True) for name, (text, _) in NAMED.items()},
    "escapes": ("\\*" * 95_000, False),
    "code": ("``a" * 60_000, True),
    "code and text": (" ``a` " * 33_000, True),
    "entities": ("&a;" * 63_000, False),
    "heading": ("---\ndate: 2012-03-12\n---\n\n# " + "[a]([a](" * 23_000 + "\n", True),
    **{
        key: (f"---\ntitle: A\ndate: 2012-03-12\n{key}: [{_LISTED}]\n---\n\nText.\n", True)
        for key in ("categories", "tags", "authors")
    },
    "srcset": ('<img alt="x" srcset="' + "a," * 90_000 + '">\n', False),
    "bold": ("<b>" * 63_000, False),
    "bold excerpt": ("<b>" * 60_000 + "\n\n<!-- more -->\n\ntext\n", False),
    "lines of insertions": ("^^\n[a]:\n" * 22_000, True),
    "marks and addresses": ("== a@" * 36_000, False),
    "comments": ("<!---->[a](b)" * 14_000, False),
    "many links": ("".join(f"[a](b{n}.md) " for n in range(12_000)), False),
    "control characters": ("\x01" * 190_000, False),
}
"""The shapes of which it was told that they take long, and whether such a text is refused."""

SLOW = ("code", "lines of insertions")
"""Those that only their CPU time tells."""

TOKENS = [
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "[",
        "]",
        "[a]",
        "(b)",
        "[a](b)",
        "![",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
    ),
    *(
        "<!---->",
        "&a;",
        "&#1;",
        "\\*",
        "\\",
        "#",
        "# a\n",
        "- ",
        "- a\n",
        "1. a\n",
        "> ",
        "\n",
        "\n\n",
        "    ",
        "|",
    ),
    *(
        "|a|b|\n",
        "~~",
        "^^",
        "==",
        "a@b",
        "http://a.b",
        "[^1]",
        "[^1]: a\n",
        ": a\n",
        "*[a]: b\n",
        "!!! a\n",
        "a",
    ),
    *(
        "{#a}",
        "{.a b=c}",
        "```\n",
        "<div>",
        "<a href=b>",
        '<img src="b">',
        "++a++",
        "$",
        "{++",
        "***\n",
        "a b ",
        "é",
    ),
]
"""Fragments of Markdown, and of what its extensions add to it."""

SIZES = (20_000, 60_000, 190_000)


class Taken(Struct, frozen=True):
    """The CPU seconds of a `check`, and the errors that it found; None if it did not end by itself."""

    seconds: float
    errors: list[str] | None


def texts(seed: int, number: int) -> Iterator[tuple[str, str]]:
    """So many texts, each with what it consists of."""
    chance = random.Random(seed)
    for _ in range(number):
        parts, size = (
            [chance.choice(TOKENS) for _ in range(chance.choice((1, 2, 2, 2, 3)))],
            chance.choice(SIZES),
        )
        piece = "".join(parts)
        head = chance.choice(("", "", "".join(chance.choices(TOKENS, k=3)) + "\n\n"))
        tail = chance.choice(("", "", "\n\n[a]: b\n", "\n\n<!-- more -->\n\ntext"))
        yield (
            f"{head!r} + {piece!r} * {size // len(piece)} + {tail!r}",
            head + piece * (size // len(piece)) + tail,
        )


def seconds_of(folder: Path, text: str, limit: float) -> Taken:
    """What `check` takes for a site of one post, in a process of its own that cannot run for ever."""
    site = Site(folder)
    site.configure(markdown_extensions=EXTENSIONS, options={"git_dates": False})
    head = "" if text.startswith("---\n") else "---\ntitle: A\ndate: 2012-03-12\n---\n\n"
    site.write("posts/2012-03-12-a.md", head + text)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _measure(site, limit, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        told = answer.read()
    _, _, used = os.wait4(child, 0)
    errors = json.loads(told) if told else None
    return Taken(used.ru_utime + used.ru_stime, errors)


def _measure(site: Site, limit: float, writer: int) -> None:
    """Check, and tell the errors. Never returns."""
    try:
        most = round(10 * limit + 30)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        found = site.check(limit=CpuLimit(limit)).diagnostics
        told = json.dumps([str(d)[:500] for d in found if d.severity > 1]).encode()
        with os.fdopen(writer, "wb") as file:
            file.write(told)
    finally:
        os._exit(0)


def wrong(label: str, taken: Taken, plain: Taken, limit: float) -> str:
    """What is wrong with how long a text took; empty if nothing is."""
    if taken.errors is None:
        return f"{label}: did not end within {10 * limit + 30:g} s"
    if taken.seconds > plain.seconds + limit + ALLOWED:
        return f"{label}: {taken.seconds:.1f} s, and {plain.seconds:.1f} s without it"
    return ""


def main() -> int:
    """Search; 1 if something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=1)
    options = parser.parse_args()
    bad = refused = 0
    longest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        plain = seconds_of(Path(folder, "plain"), "Text.\n", options.limit)
        for number, (label, text) in enumerate(texts(options.seed, options.texts)):
            taken = seconds_of(Path(folder, str(number)), text, options.limit)
            longest = max(longest, taken.seconds)
            if any("CPU time" in error for error in taken.errors or ()):
                refused += 1
                print(f"refused: {label}", flush=True)
            if problem := wrong(label, taken, plain, options.limit):
                bad += 1
                print(f"WRONG: {problem}", flush=True)
    print(f"{options.texts} texts: {refused} refused for their time, {bad} wrong; at most {longest:.1f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
