"""Which files editors may publish: kinds that are listed, in places that nobody else reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskpress.publish.bucket import type_of
from deskpress.publish.kinds import ALLOWED, KindError, check_kind, not_allowed, why_not
from deskpress.publish.remote import Remote
from tests.conftest import Site
from tests.growth import check_linear
from tests.publish.conftest import Editor, deskpress, live

RUNS = (
    "html",
    "xml",
    "javascript",
    "ecmascript",
    "css",
    "wasm",
    "shockwave",
    "multipart",
    "message",
    "manifest",
)
"""Parts of media types that browsers run, apply, or show with what runs in them."""


@pytest.mark.parametrize(
    "path",
    [
        "a.md",
        "help/a.php.md",
        "posts/2012-03-12-x.markdown",
        "help/index.pl.md",
        "images/a.png",
        "images/A.PNG",
        "images/v1.2.png",
        "images/mr.smith.jpg",
        "images/a.svg",
        "files/faq.pt-br.pdf",
        "files/a.csv",
        "files/a.txt",
        "files/a.json",
        "files/a.zip",
        "video/a.mp4",
        "video/a.de.vtt",
        "humans.txt",
        "addresses.lock",
        "synonyms.yml",
        "search.yml",
        "de/synonyms.yml",
        "pt-BR/search.yml",
        "posts/.authors.yml",
        ".authors.yml",
        "help/.meta.yml",
        "images/.gitkeep",
        ".gitignore",
        "search/a.md",
    ],
)
def test_editors_publish_what_is_listed(path: str) -> None:
    assert why_not(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        # Code, of servers and of browsers.
        *("sw.js", "x.MJS", "a/b.html", "b.htm", "c.xhtml", "d.wasm", "e.xsl", "f.ecma", "g.XML", "h.svgz"),
        *("hooks.py", "x.php", "x.php5", "x.phtml", "a.cgi", "a.pl", "a.jsp", "a.aspx", "a.shtml", "a.asis"),
        # Other endings under which browsers may run something.
        *("a.html~", "a.xsd", "a.rng", "a.xht", "a.mht", "a.mhtml", "a.eml", "a.swf", "a.hta", "a.svg~"),
        *("a.rdf", "a.rss", "a.atom", "a.xbl", "a.vml", "a.wsdl", "a.dtd", "a.mathml", "a.pdf.html"),
        *("a.css", "a.map", "a.appcache", "a.webmanifest", "a.jar", "a.exe", "a.docm"),
        # No kind at all.
        *(
            "CNAME",
            "_headers",
            "_redirects",
            "LICENSE",
            "a.",
            "a..",
            "a.png.",
            "a.png ",
            "a. png",
            "a.p\u200bng",
        ),
        *("a.ｐｎｇ", "a.рng", "a.png\n", "a/b.d/c", ".png", "images/.png"),
        # Data of ours elsewhere.
        *("a.yml", "help/search.yml", "de/addresses.lock", "help/de/synonyms.yml", "a.authors.yml"),
        # Twins.
        *("index.html.gz", "index.html.br", "index.html.zst", "a.png.gz", "a.md.gz", "a.html.deflate"),
        *("feed.json.gz.br", "files/a.GZ", "a.csv.Z"),
        # Endings before the last.
        *("a.php.png", "a.PHP7.jpg", "a.pl.pdf", "a.html.png", "a.shtml.txt/a.cgi.csv", "files/a.var.txt"),
        # What servers, crawlers and services read.
        *(
            "robots.txt",
            "Robots.TXT",
            "ads.txt",
            "app-ads.txt",
            "security.txt",
            "sellers.json",
            "manifest.json",
        ),
        *(
            ".well-known/security.txt",
            ".well-known/assetlinks.json",
            ".well-known/a.md",
            ".htaccess",
            "a/.htaccess",
        ),
        *(".user.ini", "web.config", "sitemap.xml", "feed.xml", "404.html", "redirects.map", "gone.map"),
        *(".gitattributes", "images/.git/config", ".git/a.png", ".github/a.md", ".deskpress"),
        # The theme's, the search's.
        *("assets/javascripts/a.png", "Assets/Stylesheets/a.png", "assets/images/favicon.png"),
        *("search/index.json", "de/search/index.json", "search/a.png"),
    ],
)
def test_all_else_is_a_maintainers(path: str) -> None:
    assert why_not(path)


@pytest.mark.parametrize(
    "part", ["a/", ".a/", "de/", "a.php/", "a.", ".php", ".", "search/", "assets/javascripts/"]
)
def test_long_paths_take_no_time(part: str) -> None:
    check_linear(why_not, lambda times: part * times + "\n", 200_000)


def test_the_reason_says_what_to_do() -> None:
    assert why_not("a.MD") == "write its extension in lower case, .md"
    assert why_not("a.xsd") == "the kind .xsd is not on the list of what editors publish"
    assert why_not("img/a.png.gz") == "servers may send it in place of `img/a.png`"
    assert why_not("robots.txt") == "crawlers and services look for such files at the top of a site"
    assert "use hyphens, not dots" in why_not("files/a.php.png")


def test_other_kinds_are_allowed_by_the_owner() -> None:
    assert why_not("a/b.WOFF2", [".woff2"]) == ""
    assert why_not("help/.pages", [".pages"]) == ""
    assert why_not(".x/.pages", [".pages"])
    assert why_not("robots.txt", [".txt"])
    assert why_not("a.html.gz", [".html", ".gz"])
    assert check_kind(".WOFF2") == ".woff2"
    assert check_kind(".nav.yml") == ".nav.yml"
    for kind in ("woff2", ".", ".a/b", ".*", "", ".a.b.c", ". x"):
        with pytest.raises(KindError, match="is not a file extension"):
            check_kind(kind)
    for kind in (".gz", ".tar.gz", ".BR"):
        with pytest.raises(KindError, match="in place of another"):
            check_kind(kind)


def test_outside_of_the_content_all_is_a_maintainers() -> None:
    told = not_allowed(["docs/a.md", "content/a.md", "content.md", "mkdocs.yml", "Content/a.md"], "content")
    assert list(told) == ["docs/a.md", "content.md", "mkdocs.yml", "Content/a.md"]
    assert told["mkdocs.yml"] == "not in content/"
    assert list(not_allowed(["docs/site/a.md", "docs/a.md"], "docs/site")) == ["docs/a.md"]


def test_no_listed_kind_is_run_by_browsers() -> None:
    """By the types that nginx and the bucket give them."""
    types = {}
    for line in re.findall(
        r"^\s*([\w.+-]+/[\w.+-]+)\s+([^;{]+);", Path("/etc/nginx/mime.types").read_text(), re.M
    ):
        types.update({f".{ending}": line[0] for ending in line[1].split()})
    assert types[".html"] == "text/html"
    for ending in ALLOWED - {".svg"}:
        for kind in (types.get(ending, "application/octet-stream"), type_of(f"a{ending}")):
            assert not any(part in kind.replace("openxml", "") for part in RUNS), (ending, kind)


@pytest.mark.parametrize(
    "alias", ["/index.html.gz", "/INDEX.html.gz", "/help/metrics/index.html.br", "/feed.xml.zst.gz"]
)
def test_no_alias_is_the_twin_of_a_page(site: Site, alias: str) -> None:
    site.write("index.md", "# Home\n")
    site.write("help/metrics.md", "# Metrics\n")
    site.post("2012-04-02-april.md", "April.", aliases=[alias])
    problems = [line for line in site.problems() if "in place of" in line]
    assert bool(problems) == (alias != "/INDEX.html.gz")
    if problems:
        assert (
            f"servers may send {alias} (the alias {alias} of content/posts/2012-04-02-april.md)"
            in problems[0]
        )


def test_a_file_is_not_the_twin_of_a_page_but_may_be_that_of_a_file(site: Site) -> None:
    site.write("index.md", "# Home\n")
    site.write("a.csv", "a")
    site.write("a.csv.gz", "a")
    assert not [line for line in site.problems() if "in place of" in line]
    site.write("index.html.gz", "x")
    assert [line for line in site.problems() if "servers may send /index.html.gz" in line]


@pytest.mark.slow
class TestPushes:
    def test_the_pusher_reads_paths_reasons_and_the_way_out(self, editor: Editor, server: Remote) -> None:
        editor.environment["DESKPRESS_PUSHER"] = "eve"
        for path in (
            "index.html.gz",
            "a.html~",
            "x.xsd",
            "robots.txt",
            "assets/javascripts/bundle.js",
            "CNAME",
        ):
            editor.write(path, "x")
        pushed = editor.push()
        assert not pushed.ok
        for line in (
            "eve may change what lies in content/, and files of the usual kinds there.",
            "  content/CNAME: its kind is unknown",
            "  content/a.html~: the kind .html~ is not on the list of what editors publish",
            "  content/index.html.gz: servers may send it in place of `index.html`",
            "  content/robots.txt: crawlers and services look for such files at the top of a site",
            f'the owner of the server adds it to {server.root}/settings.json, as in "kinds": [".woff2"].',
        ):
            assert line in pushed.said, pushed.said
        # Also as a preview; and a maintainer may, but for the twin of a page.
        assert "content/x.xsd" in editor.push(ref="HEAD:preview/x").said
        del editor.environment["DESKPRESS_PUSHER"]
        assert "servers may send /index.html.gz" in editor.push().said
        (editor.content / "index.html.gz").unlink()
        pushed = editor.push()
        assert pushed.ok, pushed.said
        assert live(server)["robots.txt"] == b"x"

    def test_the_owner_allows_a_kind(self, tmp_path: Path) -> None:
        refused = deskpress("remote", "init", tmp_path / "no", "--allow-kind", ".gz", check=False)
        assert "cannot be allowed" in refused.said
        deskpress("remote", "init", tmp_path / "yes", "--allow-kind", ".WOFF2", "--allow-kind", ".xml")
        assert Remote.open(tmp_path / "yes").settings.kinds == (".woff2", ".xml")

    def test_a_kind_in_the_settings_is_let_through(self, editor: Editor, server: Remote) -> None:
        settings = server.root / "settings.json"
        settings.write_text(settings.read_text().replace('"kinds": []', '"kinds": [".woff2"]'))
        editor.environment["DESKPRESS_PUSHER"] = "eve"
        editor.write("fonts/a.woff2", "x")
        assert editor.push().ok
        assert live(server)["fonts/a.woff2"] == b"x"
