"""Writes each release of CHANGELOG.md as a post of the documentation: `docs/content/posts/DATE-VERSION.md`.

A release is a heading `## VERSION - DATE`, such as `## 1.2.0 - 2027-03-01`; others are not posts.
"""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent
_RELEASE = re.compile(r"^## (\d[\w.]*) - (\d{4}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", re.M | re.S)
# Links lead from the changelog at the top of the repository, posts lie in `docs/content/posts/`.
_LINK = re.compile(r"\]\(docs/content/")


def posts(changelog: str) -> dict[str, str]:
    """The posts by the names of their files."""
    return {
        f"{date}-{version}.md": f'---\ntitle: "Deskpress {version}"\ndate: {date}\n'
        f"slug: {version.replace('.', '-')}\n---\n\n{_LINK.sub('](../', text).strip()}\n"
        for version, date, text in _RELEASE.findall(changelog)
    }


def main() -> None:
    """Write the posts; those of an earlier run are replaced."""
    folder = DOCS / "content" / "posts"
    for name, text in posts((DOCS.parent / "CHANGELOG.md").read_text("utf-8")).items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
