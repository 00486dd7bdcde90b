"""The looks: chosen by name, with an accent of the site's own, and readable in every pair of colours."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deskpress.model.diagnostic import ContentError
from deskpress.model.look import GROUNDS, LOOKS, accent_style, contrast, read_colour
from tests.conftest import REPOSITORY, Site

SHEETS = REPOSITORY / "theme" / "assets" / "stylesheets"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def tokens(sheet: str, selector: str) -> dict[str, str]:
    """The properties that the rules of a selector set in a style sheet."""
    text = re.sub(r"/\*.*?\*/|@media screen \{", "", sheet, flags=re.S)
    rules = [body for name, body in _RULE.findall(text) if name.strip() == selector]
    return dict(re.findall(r"--dp-([\w-]+):\s*([^;]+)", ";".join(rules)))


def palette(look: str, scheme: str) -> dict[str, str]:
    """The colours of a look in a scheme, by their names, as a browser works them out."""
    base = (SHEETS / "deskpress.css").read_text()
    own = "" if look == LOOKS[0] else (SHEETS / "looks" / f"{look}.css").read_text()
    found: dict[str, str] = {}
    for sheet, selector in (
        (base, ":root"),
        (base, "body"),
        (base, f'[data-md-color-scheme="{scheme}"]'),
        (own, ":root"),
        (own, "[data-md-color-scheme]"),
        (own, f'[data-md-color-scheme="{scheme}"]'),
    ):
        found |= tokens(sheet, selector)
    for _ in range(3):
        found = {
            name: found.get(value.removeprefix("var(--dp-").rstrip(")"), value)
            for name, value in found.items()
        }
    return {name: colour for name, value in found.items() if (colour := read_colour(value))}


PAIRS = [
    *((text, ground) for text in ("ink", "quiet", "accent") for ground in ("paper", "card", "tint")),
    *((text, "card") for text in ("warning", "critical")),
    ("accent", "mark"),
    ("on-accent", "accent"),
    ("hero-ink", "hero"),
    ("hero-quiet", "hero"),
    ("on-hero-button", "hero-button"),
]
"""What is written on what."""


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("look", LOOKS)
def test_every_pair_of_colours_can_be_read(look: str, scheme: str) -> None:
    colours = palette(look, scheme)
    faint = [pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert faint == []
    # What is no text needs less (WCAG 2.2, 1.4.11).
    assert contrast(colours["hero-button"], colours["hero"]) >= 3


@pytest.mark.parametrize("look", LOOKS)
def test_no_ground_of_an_accent_is_darker_or_lighter_than_the_program_knows(look: str) -> None:
    for scheme, (paper, hardest) in zip(("default", "slate"), GROUNDS[look], strict=True):
        colours = palette(look, scheme)
        assert colours["paper"] == paper
        against = "#ffffff" if scheme == "default" else "#000000"
        grounds = ["paper", "card", "tint", *(["hero"] if look != "bold" else [])]
        if scheme == "slate":
            grounds.append("mark")
        assert all(contrast(colours[one], against) <= contrast(hardest, against) for one in grounds)


@given(st.sampled_from(LOOKS), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
@example("quiet", "#ffff00")
@example("bold", "#000000")
@example("warm", "#ffffff")
def test_an_accent_of_any_colour_can_be_read(look: str, accent: str) -> None:
    light, dark = accent_style(look, accent).split("@media screen")
    for sheet, (paper, hardest) in zip((light, dark), GROUNDS[look], strict=True):
        given = dict(re.findall(r"--dp-([\w-]+):(#\w{6})", sheet))
        for ground in (paper, hardest, given["mark"]):
            assert contrast(given["accent"], ground) >= 4.5
        assert contrast(given["on-accent"], given["accent"]) >= 4.5
        if look == "bold":
            assert contrast(given["hero"], "#d3cdf3") >= 4.5
            assert contrast(given["hero-button"], given["hero"]) >= 4.5
            assert contrast(given["hero-button"], "#15112c") >= 4.5


def test_a_look_brings_its_style_sheet_and_no_other(site: Site) -> None:
    site.configure(options={"look": "warm"})
    site.post("2012-03-05-a.md")
    site.build()
    looks = "assets/stylesheets/looks/"
    assert [path for path in site.tree() if path.startswith(looks)] == [f"{looks}warm.css"]
    assert f'href="../../{looks}warm.css"' in site.read("2012/03/a.html")
    site.configure()
    site.build()
    assert [path for path in site.tree() if path.startswith(looks)] == []
    assert looks not in site.read("2012/03/a.html")


def test_an_accent_is_allowed_by_the_policy_and_by_nothing_else(site: Site) -> None:
    site.configure(options={"accent": "#7A3E9D"})
    site.build()
    page = site.read("index.html")
    assert f"<style>{accent_style('quiet', '#7a3e9d')}</style>" in page
    assert re.search(r"style-src &#39;self&#39; &#39;sha256-[\w+/=]+&#39;;", page)


def test_mistakes_in_look_and_accent_are_told_with_what_to_write(site: Site) -> None:
    def told() -> list[tuple[str, str]]:
        with pytest.raises(ContentError) as error:
            site.check()
        return [(found.problem, found.hint) for found in error.value.diagnostics]

    site.configure(options={"look": "worm"})
    assert told() == [("no look is called `worm`", "did you mean `warm`?")]
    site.configure(options={"look": "x"})
    assert told() == [("no look is called `x`", "there are: quiet, warm, bold")]
    site.configure(options={"accent": "teal"})
    assert told() == [("`teal` is not a colour", 'six digits, as in `accent: "#0b5c8a"`')]
    site.configure(options={"accent": "#0b5"}, theme={"name": "material", "palette": {"primary": "indigo"}})
    assert told() == [("`accent` has no effect beside `primary: indigo` of `palette`", "remove one of them")]
    site.configure(options={"look": "bold"})
    text = (site.folder / "mkdocs.yml").read_text()
    (site.folder / "mkdocs.yml").write_text(text.replace("look: bold", "look: bold\n    accent: #0b5c8a"))
    assert told() == [("`#` begins a comment here", 'write `accent: "#0b5c8a"`')]


def test_an_icon_of_a_name_that_no_system_holds_is_a_missing_one(site: Site) -> None:
    site.write("help/a/index.md", f"---\ntitle: Alpha\nicon: material/{'a' * 5000}\n---\nOn it.\n")
    site.write("help/a/one.md", "# One\n")
    site.write("help/b/two.md", "# Two\n")
    site.build()
    assert 'data-letter="A"' in site.read("index.html")


def test_an_icon_is_a_name_and_no_way_out_of_the_theme(site: Site) -> None:
    site.write("help/a/index.md", "---\ntitle: Alpha\nicon: ../deskpress/home\n---\nOn it.\n")
    site.write("help/a/one.md", "# One\n")
    site.write("help/b/index.md", "---\ntitle: Beta\nicon: material/no-such-icon\n---\nOn it.\n")
    site.write("help/b/two.md", "# Two\n")
    assert site.problems() == ["content/help/a/index.md:3:7: no icon is called `../deskpress/home`"]
    site.build()
    assert 'data-letter="A"' in site.read("index.html")
    assert 'data-letter="B"' in site.read("index.html")
