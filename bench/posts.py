"""The posts to measure with: a folder of Markdown, or made here when none is given."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

WORDS = "order parcel buyer seller message answer date track label refund rate help week page note".split()


def fill(folder: Path, count: int, source: Path | None) -> None:
    """Put `count` posts into `folder`: the first of `source` in order of names, else made up."""
    folder.mkdir(parents=True)
    if source is not None:
        posts = sorted(source.glob("*.md"))[:count]
        if len(posts) < count:
            raise SystemExit(f"{source} holds {len(posts)} posts, not {count}")
        for post in posts:
            shutil.copy(post, folder)
        return
    chance = random.Random(2012)  # the same posts on every machine
    for number in range(count):
        year, month, day = 2000 + number % 12, number // 12 % 12 + 1, chance.randint(1, 28)
        title = f"{chance.choice(WORDS).title()} number {number}"
        body = "\n\n".join(paragraph(chance) for _ in range(chance.randint(4, 14)))
        name = f"{year}-{month:02}-{day:02}-n{number}.md"
        head = f'---\ntitle: "{title}"\ndate: {year}-{month:02}-{day:02}\nslug: "n{number}"\n'
        (folder / name).write_text(f"{head}categories: [{chance.choice(WORDS)}]\n---\n\n{body}\n")


def paragraph(chance: random.Random) -> str:
    """A heading, a list, code or text, with the marks that editors use."""
    words = [chance.choice(WORDS) for _ in range(chance.randint(20, 90))]
    words[3], words[7] = f"**{words[3]}**", f"[{words[7]}](https://example.com/{words[7]})"
    text = " ".join(words)
    kind = chance.randrange(8)
    if kind == 0:
        return f"## {' '.join(words[10:14])}"
    if kind == 1:
        return "\n".join(f"- {' '.join(words[n : n + 8])}" for n in range(0, 24, 8))
    return f"```\n{text[:200]}\n```" if kind == 2 else text
