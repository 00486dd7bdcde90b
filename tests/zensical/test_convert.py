"""`deskpress convert`: one form of the configuration becomes the other."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from deskpress.cli.main import main
from deskpress.importers.conversion import ConversionError
from deskpress.importers.conversion.to_toml import to_toml
from deskpress.importers.conversion.to_yaml import to_yaml

YAML = """\
# The desk of the shop.
site_name: Desk  # as on the sign
site_url: https://desk.example/
# Where readers begin.
nav:
  - index.md
  - Help: [help/a.md, {Two: help/b.md}]
theme:
  name: material
  language: de
  # Dark at night.
  palette:
    - scheme: slate
      toggle: {icon: material/weather-night, name: Dark}
plugins:
  # Ours.
  - deskpress:
      timezone: Europe/Berlin
      description:
      addresses: {tag: "t/{slug}/"}
  - material/tags
markdown_extensions:
  - toc: {permalink: true, slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - pymdownx.superfences
"""

TOML = """\
# The desk of the shop.

[project]
site_name = "Desk" # as on the sign
site_url = "https://desk.example/"
# Where readers begin.
nav = [
    "index.md",
    {Help = ["help/a.md", {Two = "help/b.md"}]},
]

[project.theme]
name = "material"
language = "de"
# Dark at night.

[[project.theme.palette]]
scheme = "slate"

[project.theme.palette.toggle]
icon = "material/weather-night"
name = "Dark"

[project.plugins]
# Ours.

[project.plugins.deskpress]
timezone = "Europe/Berlin"

[project.plugins.deskpress.addresses]
tag = "t/{slug}/"

[project.plugins.tags]

[project.markdown_extensions]
toc = {permalink = true, slugify = {object = "pymdownx.slugs.slugify", kwds = {case = "lower"}}}
"pymdownx.emoji" = {emoji_index = "zensical.extensions.emoji.twemoji"}
"pymdownx.superfences" = {}
"""


def test_yaml_becomes_toml_with_its_comments() -> None:
    made = to_toml("mkdocs.yml", YAML)
    assert made.text == TOML
    assert made.notes == ()


def test_toml_becomes_yaml_with_its_comments(tmp_path: Path) -> None:
    file = tmp_path / "zensical.toml"
    file.write_text(TOML, "utf-8")
    made = to_yaml(file)
    for line in ("# The desk of the shop.", "site_name: Desk  # as on the sign", "# Where readers begin."):
        assert line in made.text.split("\n")
    # Zensical writes no list of tags.
    expected = TOML.replace("[project.plugins.tags]\n", "[project.plugins.tags]\nexport = false\n")
    assert to_toml("mkdocs.yml", made.text).text.replace("\n\n", "\n") == expected.replace("\n\n", "\n")


def test_what_is_not_in_the_other_form_is_named() -> None:
    lines = "site_name: Desk\nmarkdown_extensions:\n  - toc: {}  # no marks\n  # later: tables\n"
    assert to_toml("mkdocs.yml", lines).notes == (
        "code fences are converted by `pymdownx.superfences`, as Zensical always does",
        "1 comment within lists had no place",
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("site_name: Desk\nINHERIT: ../base.yml\n", "mkdocs.yml:2:1: `INHERIT`"),
        ("site_name: !ENV NAME\n", "mkdocs.yml:1:12: `!ENV`"),
        ("site_name: [\n", "mkdocs.yml:2:1: this is not YAML"),
    ],
)
def test_what_toml_cannot_say_has_a_place(text: str, place: str) -> None:
    with pytest.raises(ConversionError) as told:
        to_toml("mkdocs.yml", text)
    assert str(told.value).startswith(place)


def test_a_file_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: Desk\nplugins: [deskpress]\n")
    first = CliRunner().invoke(main, ["convert"])
    assert (first.exit_code, first.stdout) == (0, "created zensical.toml\n")
    assert tomllib.loads(Path("zensical.toml").read_text())["project"]["plugins"] == {"deskpress": {}}
    again = CliRunner().invoke(main, ["convert"])
    assert again.exit_code == 1
    assert "zensical.toml exists already; nothing was changed. Name another file: `-o FILE`." in again.output
    shown = CliRunner().invoke(main, ["convert", "-f", "zensical.toml", "--dry-run"])
    assert yaml.safe_load(shown.stdout)["plugins"] == ["deskpress"]
