"""What a document pulls in with `pymdownx.snippets` is held to what the document is held to."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from deskpress.build.inputs import look
from deskpress.host.load import load
from deskpress.model.body import HERE, ID, REFERENCE, ROOT, Heading, place
from deskpress.source.limits import NestingError
from deskpress.source.markdown import Converter, Handling, RawHtml
from tests.conftest import Site

CONTROLS = [chr(n) for n in (*range(1, 32), 0x7F) if n not in (9, 10, 13)]


def converter(folder: Path, raw_html: RawHtml = "safe", largest: int = 20_000) -> Converter:
    options = {"pymdownx.snippets": {"base_path": [str(folder)]}}
    return Converter(
        ["pymdownx.snippets", "toc", "attr_list"], options, raw_html, handling=Handling(largest=largest)
    )


@pytest.mark.parametrize("control", CONTROLS, ids=lambda c: f"U+{ord(c):04X}")
def test_no_control_character_of_a_snippet_ends_a_comment(tmp_path: Path, control: str) -> None:
    (tmp_path / "s.txt").write_text(
        f"<p>a <!-- b -{control}-> <img src=x onerror=alert(1)><meta http-equiv=refresh> <!-- --> </p>\n\n"
        f'<p title="c{control}d">e{control}</p>\n'
    )
    converted = converter(tmp_path).convert('--8<-- "s.txt"\n')
    for html in (converted.html, place(converted.html, root="../", here="x", ids="1-")):
        assert "onerror" not in html
        assert "<meta" not in html
        assert 'title="cd">e<' in html


@pytest.mark.parametrize("raw_html", ["trusted", "none"])
def test_marks_are_taken_out_of_trusted_snippets_too(tmp_path: Path, raw_html: RawHtml) -> None:
    (tmp_path / "s.txt").write_text(f"# a{ID}\n\n<!-- {ROOT}{HERE}{ID}{REFERENCE}0{REFERENCE} -->\n\x15\n")
    converted = converter(tmp_path, raw_html).convert('--8<-- "s.txt"\n')
    assert not {ROOT, HERE, REFERENCE, "\x15"} & {*converted.html}
    assert converted.html.count(ID) == 1
    assert converted.headings == (Heading(1, "a", "a"),)


def test_marks_are_taken_out_of_what_plug_ins_made(tmp_path: Path) -> None:
    converted = converter(tmp_path).portable(f"<!-- -{HERE}->", (Heading(1, f"a{ID}", f"b{ROOT}"),))
    assert HERE not in converted.html
    assert converted.headings == (Heading(1, "a", "b"),)


@pytest.mark.parametrize("text", ["[" * 600, "> " * 300 + "- a", "# x\n" * 2500, "*" * 2500])
def test_the_limits_of_a_text_are_those_of_its_snippets(tmp_path: Path, text: str) -> None:
    (tmp_path / "s.txt").write_text(text + "\n")
    with pytest.raises(NestingError, match="with its snippets: ") as told:
        converter(tmp_path).convert('Text.\n\n--8<-- "s.txt"\n')
    assert told.value.line == 2


def test_snippets_that_name_others_have_an_end(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(f'Text.\n\n--8<-- "{number + 1}.txt"\n' * 10)
    (tmp_path / "20.txt").write_text("Text.\n")
    with pytest.raises(NestingError, match="more than 20,000 characters with its snippets"):
        converter(tmp_path).convert('--8<-- "0.txt"\n')


def test_a_snippet_is_not_indented_without_end(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("a\n" * 4000)
    for text in (" " * 5000 + '--8<-- "s.txt"\n', "--8<--\n" + "\t" * 5000 + "s.txt\n--8<--\n"):
        with pytest.raises(NestingError, match="indented by more than 200 columns"):
            converter(tmp_path).convert("a\n\n" + text)


def test_ordinary_snippets_are_none_of_that(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("- [a](b.md)\n" * 200)
    converted = converter(tmp_path).convert('Text.\n\n--8<-- "s.txt"\n\n--8<--\ns.txt:1:5\n--8<--\n')
    assert converted.html.count("<li>") == 205


def test_who_pulls_in_too_much_hears_it_at_the_snippet(site: Site) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(site.folder)]}}],
        options={"max_document_size": 5000},
    )
    (site.folder / "s.txt").write_text("word " * 800)
    site.post("2012-03-12-a.md", 'Text.\n\n--8<-- "s.txt"\n\n--8<-- "s.txt"\n')
    assert site.problems() == [
        "content/posts/2012-03-12-a.md:8:1: the text has more than 5,000 characters with its snippets"
    ]


def test_an_appended_file_that_is_not_there_yet_makes_no_document_be_read_anew(site: Site) -> None:
    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"auto_append": ["includes/words.md"]}}, "abbr"]
    )
    site.write("a.md", "# A\n\nOTDR counts.\n")
    site.build()
    assert look(load(site.request()).project).content.recipe
    (site.folder / "includes").mkdir()
    (site.folder / "includes/words.md").write_text("*[OTDR]: On-Time Delivery Rate\n")
    site.build()
    assert 'title="On-Time Delivery Rate"' in site.read("a/index.html")


@pytest.mark.parametrize("options", [{}, {"base_path": [".", "content"]}])
def test_no_text_includes_what_lies_outside_or_is_gits_own(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, list[str]]
) -> None:
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    for path in (outside / "secret.txt", outside / "cwd.txt", site.folder / ".git/config"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("SECRET")
    (site.folder / "inside.txt").write_text("INSIDE")
    for link in (site.folder / "linked.txt", site.content / ".hidden.txt"):
        link.symlink_to(outside / "secret.txt")
    (site.folder / "alias.txt").symlink_to("inside.txt")
    site.configure(markdown_extensions=[{"pymdownx.snippets": options} if options else "pymdownx.snippets"])
    names = (".git/config", "linked.txt", "content/.hidden.txt", "cwd.txt", "../elsewhere/secret.txt")
    text = "".join(f'--8<-- "{name}"\n\n' for name in (*names, "inside.txt", "alias.txt"))
    site.post("2012-03-12-a.md", text)
    # Names count from the folder of the configuration, wherever a command is called.
    monkeypatch.chdir(outside)
    site.build()
    page = site.read("2012/03/a.html")
    assert "SECRET" not in page
    assert page.count("<p>INSIDE</p>") == 2
    missing = [one for one in site.problems() if "there is no snippet" in one]
    assert [one.split("`")[1] for one in missing] == [*names]


def test_a_server_fetches_no_snippets(site: Site) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

        def do_GET(self) -> None:  # as well
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"FETCHED")

    site.configure(
        markdown_extensions=[{"pymdownx.snippets": {"url_download": True, "restrict_base_path": False}}]
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/a"
        (site.folder.parent / "secret.txt").write_text("SECRET")
        site.post("2012-03-12-a.md", f'--8<-- "{address}"\n\n--8<-- "../secret.txt"\n')
        problems = site.problems(server=True)
        assert asked == []
        assert f"content/posts/2012-03-12-a.md:6:9: there is no snippet `{address}`" in problems
        assert "content/posts/2012-03-12-a.md:8:9: there is no snippet `../secret.txt`" in problems
        site.build()
        server.shutdown()
    assert "FETCHED" in site.read("2012/03/a.html")


@pytest.mark.parametrize("name", ["a" * 5000, "a/" * 3000 + "b.txt", "a" * 300 + "/b.txt:1:2"])
def test_a_name_that_no_system_holds_is_that_of_a_missing_snippet(site: Site, name: str) -> None:
    site.configure(markdown_extensions=["pymdownx.snippets"])
    site.post("2012-03-12-a.md", f'Text.\n\n--8<-- "{name}"\n')
    site.build()
    assert [one for one in site.problems() if f"8:9: there is no snippet `{name[:50]}" in one]
