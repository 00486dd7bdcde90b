"""Pictures in content: their size on the page, their smaller variants, and what is wrong with them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from deskpress.build import images as pictures
from deskpress.source.pictures import look_at
from tests.conftest import Site, drawn


def images(html: str) -> list[dict[str, str]]:
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<img[^>]*>", html)]


def test_a_page_tells_sizes_and_offers_smaller_variants(site: Site) -> None:
    site.write("posts/img/wide photo.png", drawn(1300, 650))
    site.write("posts/img/small.png", drawn(300, 200))
    site.post("2012-03-05-home.md", "![Wide](<img/wide photo.png>)\n\n![Small](img/small.png)\n")
    site.build()
    wide, small = images(site.read("2012/03/home.html"))
    assert (wide["width"], wide["height"]) == ("1300", "650")
    assert wide["srcset"] == (
        "../../posts/img/wide%20photo.png.480w.webp 480w, ../../posts/img/wide%20photo.png.960w.webp 960w,"
        " ../../posts/img/wide%20photo.png 1300w"
    )
    assert wide["sizes"].endswith("100vw")
    assert (small["width"], small["height"]) == ("300", "200")
    assert "srcset" not in small
    with Image.open(site.output / "posts/img/wide photo.png.480w.webp") as made:
        assert (made.format, made.size) == ("WEBP", (480, 240))
    feed = site.read("feed.json")
    assert "https://desk.example/posts/img/wide%20photo.png.960w.webp 960w" in feed


def test_variants_are_smaller_in_bytes_too(site: Site) -> None:
    data = drawn(1300, 900, "JPEG", quality=90)
    site.write("photo.jpg", data)
    site.build()
    assert 0 < (site.output / "photo.jpg.480w.webp").stat().st_size < len(data) / 3


def test_what_an_editor_says_of_a_size_stays(site: Site) -> None:
    site.write("a.png", drawn(1300, 650))
    site.configure(markdown_extensions=["attr_list"])
    site.post("2012-03-05-home.md", "![A](../a.png){width=200}\n")
    site.build()
    (image,) = images(site.read("2012/03/home.html"))
    assert image["width"] == "200"
    assert "height" not in image
    assert "srcset" not in image


def test_without_variants_sizes_stay(site: Site) -> None:
    site.write("a.png", drawn(1300, 650))
    site.configure(options={"images": False})
    site.post("2012-03-05-home.md", "![A](../a.png)\n")
    site.build()
    (image,) = images(site.read("2012/03/home.html"))
    assert (image["width"], "srcset" in image) == ("1300", False)
    assert not list(site.output.glob("*.webp"))


@pytest.mark.slow
def test_a_photo_on_its_side_is_upright_and_tells_no_place(site: Site) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    site.write("a.jpg", drawn(1000, 500, "JPEG", exif=exif))
    site.post("2012-03-05-home.md", "![A](../a.jpg)\n")
    site.build()
    (image,) = images(site.read("2012/03/home.html"))
    assert (image["width"], image["height"]) == ("500", "1000")
    assert not list(site.output.glob("a.jpg.480w.webp"))  # 500 pixels wide, it needs none
    site.write("a.jpg", drawn(1000, 2000, "JPEG", exif=exif))
    site.build()
    with Image.open(site.output / "a.jpg.480w.webp") as made:
        assert made.size == (480, 240)
        assert not made.getexif()


def test_what_is_transparent_stays_so(site: Site) -> None:
    site.write("a.png", drawn(1000, 500, mode="RGBA"))
    site.build()
    with Image.open(site.output / "a.png.480w.webp") as made:
        assert made.mode == "RGBA"


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"no picture", "is not an image of the type"), (drawn(800, 400)[:-200], "is damaged")],
)
def test_a_bad_picture_is_a_warning_at_its_path(site: Site, data: bytes, problem: str) -> None:
    site.write("img/a.png", data)
    site.post("2012-03-05-home.md", "![A](../img/a.png)\n")
    found = [str(d) for d in site.build().diagnostics]
    assert len(found) == 1
    assert found[0].startswith("content/img/a.png:1:1: ")
    assert problem in found[0]
    assert (site.output / "img/a.png").read_bytes() == data
    assert [str(d) for d in site.build().diagnostics] == found


def test_what_moves_or_has_16_bits_gets_no_smaller_copy(site: Site) -> None:
    frames = [Image.new("L", (1000, 500), shade) for shade in (0, 255)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    site.write("moving.png", out.getvalue())
    out = io.BytesIO()
    Image.new("I;16", (1000, 500), 30_000).save(out, "PNG")
    site.write("deep.png", out.getvalue())
    site.post("2012-03-05-home.md", "![A](../moving.png)\n\n![B](../deep.png)\n")
    assert site.build().diagnostics == ()
    assert not list(site.output.glob("*.webp"))
    assert [image["width"] for image in images(site.read("2012/03/home.html"))] == ["1000", "1000"]


@pytest.mark.slow
def test_a_printers_profile_is_left_out(site: Site) -> None:
    site.write("a.jpg", drawn(1000, 500, "JPEG", "CMYK", icc_profile=b"of a printer"))
    site.build()
    with Image.open(site.output / "a.jpg.480w.webp") as made:
        assert "icc_profile" not in made.info


def test_a_picture_of_billions_of_pixels_is_left_alone(site: Site) -> None:
    header = bytearray(drawn(1000, 1000))
    header[16:24] = (60_000).to_bytes(4) * 2
    site.write("a.png", bytes(header))
    site.build()
    assert not list(site.output.glob("*.webp"))


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30.4px"/>', (40, 30)),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"/>', (24, 12)),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="2em"/>', (0, 0)),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg width="&a;" height="1"/>', (0, 0)),
        ("<svg", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_drawings_tell_their_size(tmp_path: Path, svg: str, size: tuple[int, int]) -> None:
    (tmp_path / "a.svg").write_text(svg)
    seen = look_at(tmp_path / "a.svg", "")
    assert (seen.width, seen.height) == size


@pytest.mark.slow
def test_a_new_picture_of_the_same_name_reaches_its_page_and_variants(site: Site) -> None:
    site.write("a.png", drawn(1300, 650))
    site.post("2012-03-05-home.md", "![A](../a.png)\n")
    site.post("2012-04-05-other.md", "Nothing to see.\n")
    site.build()
    site.write("a.png", drawn(1250, 800))
    rendered = set(site.build().reasons)
    assert {
        "a.png",
        "a.png.480w.webp",
        "a.png.960w.webp",
        "2012/03/home.html",
        "2012/03/index.html",
    } <= rendered
    assert "2012/04/other.html" not in rendered
    assert images(site.read("2012/03/home.html"))[0]["height"] == "800"


@pytest.mark.slow
def test_made_pictures_are_kept_and_a_damaged_one_is_made_again(site: Site) -> None:
    site.write("a.png", drawn(1300, 650))
    site.build()
    made = (site.output / "a.png.480w.webp").read_bytes()
    kept = sorted((site.folder / ".cache/deskpress/pictures").iterdir())
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    (site.output / "a.png.480w.webp").unlink()
    site.build()
    assert (site.output / "a.png.480w.webp").read_bytes() == made


def test_a_variant_of_the_contents_own_is_not_made(site: Site) -> None:
    site.write("a.png", drawn(1300, 650))
    site.write("a.png.480w.webp", b"their own")
    site.post("2012-03-05-home.md", "![A](../a.png)\n")
    site.build()
    assert site.read("a.png.480w.webp") == "their own"


def test_pictures_of_one_name_and_two_kinds_have_variants_of_their_own(site: Site) -> None:
    site.write("a.png", drawn(1000, 500))
    site.write("a.jpg", drawn(1000, 100, "JPEG"))
    site.build()
    for name, height in (("a.png", 240), ("a.jpg", 48)):
        with Image.open(site.output / f"{name}.480w.webp") as made:
            assert made.size == (480, height)


def test_a_picture_under_the_name_of_another_kind_is_shown_as_it_is(site: Site) -> None:
    site.write("a.png", drawn(1000, 500, "WEBP"))
    site.post("2012-03-05-home.md", "![A](../a.png)\n")
    assert site.problems() == []
    site.build()
    (image,) = images(site.read("2012/03/home.html"))
    assert image["width"] == "1000"
    assert "srcset" not in image


@pytest.mark.slow
def test_a_picture_taller_than_webp_can_hold_has_no_such_variant(site: Site) -> None:
    site.write("a.png", drawn(1201, 20_500))
    site.build()
    assert (site.output / "a.png.480w.webp").is_file()
    assert not (site.output / "a.png.960w.webp").exists()


@pytest.mark.parametrize(
    "box",
    [
        'viewBox="0 0 inf 5"',
        'viewBox="0 0 1e999 5"',
        f'width="{"9" * 5000}" height="5"',
        'width="1e308" height="2"',
        'viewBox="0 0 9000000 5"',
    ],
)
def test_a_drawing_of_any_size_ends_no_build(site: Site, box: str) -> None:
    site.write("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {box}/>')
    site.post("2012-03-05-home.md", "![A](../a.svg)\n")
    site.build()
    (image,) = images(site.read("2012/03/home.html"))
    assert "width" not in image


def test_a_picture_that_changes_while_the_site_is_built_is_not_kept_under_the_old_digest(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.png", drawn(1000, 500))

    def look_and_change(path: Path, digest: str) -> object:
        found = look_at(path, digest)
        path.write_bytes(drawn(1000, 300))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(pictures, "look_at", look_and_change)
        with pytest.raises(OSError, match="was changed while the site was built"):
            site.build(jobs=1)
    site.write("a.png", drawn(1000, 500))
    site.build()
    with Image.open(site.output / "a.png.480w.webp") as made:
        assert made.size == (480, 240)


def test_clean_forgets_pictures_too(site: Site) -> None:
    site.write("a.png", drawn(1000, 500))
    site.build()
    (kept,) = (site.folder / ".cache/deskpress/pictures").iterdir()
    before = kept.stat().st_mtime_ns
    site.build(clean=True)
    (again,) = (site.folder / ".cache/deskpress/pictures").iterdir()
    assert again.name == kept.name
    assert again.stat().st_mtime_ns > before
