"""Old addresses and headers behind real nginx and Caddy, with the examples of the manual's page `server`."""

from __future__ import annotations

import random
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from deskpress.model.address import problem_of
from deskpress.model.output import OutputSpec, path_of
from deskpress.plan.drafting import Draft, Owner
from deskpress.render import redirect_lists
from tests.conftest import REPOSITORY, Site
from tests.publish.web import running

pytestmark = pytest.mark.slow

SERVERS = ("nginx", "caddy")

SYNTAX = (
    *r"$http_cookie $uri ${uri} $1 ~ ~^ ~* default hostnames include volatile \ {path} {$HOME}".split(),
    *"{$PATH:x} {args.0} {http.request.header.Cookie} {{ } { <<EOF ` - :a :splat * # ?a=b %00 ;".split(),
    *r"\evil //evil.example .. . é ß 日本 🙂 İ a&b [x] ^ | ( ) +".split(),
    *("e\u0301", "\u200f", " ", "\t", "\n", "\x00", "\udcff", "%2e%2e", "%", "'", '"'),
)
PRINTABLE = "".join(map(chr, range(32, 127)))


def addresses(count: int, chance: random.Random) -> list[str]:
    """Addresses that may be aliases, none in the way of another."""
    draft, nobody = Draft("mkdocs.yml"), Owner("an alias")
    found: list[str] = []
    while len(found) < count:
        parts = [
            "".join(
                chance.choice(SYNTAX) if chance.random() < 0.3 else chance.choice(PRINTABLE)
                for _ in range(chance.choice((1, 3, 8, 30, 240)))
            )
            for _ in range(chance.choice((1, 1, 2, 3, 6)))
        ]
        address = "/".join(parts) + chance.choice(("", "/", ".html"))
        # As the reader of aliases does.
        if not problem_of(address) and draft.add(OutputSpec(path_of(address), "redirect"), nobody):
            found.append(address)
    return found


def sent(address: str) -> str:
    """The address as browsers ask for it (WHATWG URL, path percent-encode set)."""
    return "/" + quote(address, safe="/!$&'()*+,;=:@[]|~-._")


@pytest.fixture(scope="module")
def random_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], list[str]]:
    """A folder with the lists of 10,000 random addresses; those that moved, and those that are gone."""
    chance = random.Random(20121129)
    old = addresses(10_000, chance)
    assert sum("$" in address for address in old) > 1000
    gone, moves = old[:2000], {address: chance.choice(old) for address in old[2000:]}
    site = tmp_path_factory.mktemp("www")
    for name, data in {
        "redirects.map": redirect_lists.nginx_redirects(moves.items(), "/"),
        "gone.map": redirect_lists.nginx_gone(gone, "/"),
        "redirects.caddy": redirect_lists.caddy(moves.items(), gone, "/"),
        "404.html": b"not found here",
        "410.html": b"gone for good",
        "index.html": b"home",
    }.items():
        (site / name).write_bytes(data)
    return site, moves, gone


@pytest.mark.long
@pytest.mark.parametrize("server", SERVERS)
def test_10000_random_old_addresses_lead_where_they_should(
    server: str, random_site: tuple[Path, dict[str, str], list[str]], tmp_path: Path
) -> None:
    site, moves, gone = random_site
    with running(server, tmp_path / server, site) as client:
        for old, new in moves.items():
            for address in dict.fromkeys((old, old.removesuffix("/"))):
                said = client.get(sent(address), Cookie="session=secret")
                assert (said.status, unquote(said.target)) == (301, f"/{new}"), address
                assert said.target.isascii()
                assert "secret" not in str(said.headers)
        for address in gone:
            said = client.get(sent(address))
            assert (said.status, said.body) == (410, b"gone for good"), address
        assert client.get("/").body == b"home"
        assert client.get("/elsewhere/").status == 404
        assert client.get("/elsewhere/").body == b"not found here"


@pytest.mark.parametrize("server", SERVERS)
def test_a_site_is_shown_with_its_old_addresses_and_headers(server: str, site: Site, tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    for path in ("a.svg", "B.SVG", "deep/er/c.Svg"):
        site.write(path, drawing)
    site.post("2012-03-05-home.md", aliases=["/a$http_cookie/", "/:a/:b/", "/{path}/x.html", "/É t/"])
    site.post("2012-03-06-gone.md", expires="2012-04-01", slug="gone-$uri-{path}-é")
    site.post("2012-03-07-twin.md", expires="2012-04-01", slug="HOME")
    site.write("help/index.md", "---\ntitle: Help\n---\n")
    site.write("help/old.md", "---\ntitle: Old\nexpires: 2012-04-01\n---\n")
    site.build()
    plain = {"x-content-type-options": "nosniff", "referrer-policy": "strict-origin-when-cross-origin"}
    with running(server, tmp_path / server, site.output) as client:
        for path in ("/a.svg", "/B.SVG", "/deep/er/c.Svg", "/feed.xml"):
            said = client.get(path)
            assert said.status == 200
            assert "sandbox" in said.headers["content-security-policy"].split("; ")
            assert plain.items() <= said.headers.items()
        for path in ("/", "/2012/03/home.html", "/assets/stylesheets/deskpress.css"):
            said = client.get(path)
            assert said.status == 200
            assert "content-security-policy" not in said.headers
            assert plain.items() <= said.headers.items()
        tool = next((site.output / "assets/javascripts/tools").glob("*.js")).name
        said = client.get(f"/assets/javascripts/tools/{tool}")
        assert said.headers["access-control-allow-origin"] == "*"
        assert plain.items() <= said.headers.items()
        for old in ("a$http_cookie/", "a$http_cookie", ":a/:b/", "{path}/x.html", "É t/"):
            said = client.get(sent(old), Cookie="session=secret")
            assert (said.status, said.target) == (301, "/2012/03/home.html")
            assert "secret" not in str(said.headers)
        for address in ("2012/03/gone-$uri-{path}-é.html", "help/old/", "help/old"):
            said = client.get(sent(address))
            assert said.status == 410, address
            assert said.body == (site.output / "410.html").read_bytes()
        said = client.get("/nowhere/")
        assert (said.status, said.body) == (404, (site.output / "404.html").read_bytes())


@pytest.mark.parametrize("server", SERVERS)
def test_this_repositorys_site_loads(server: str, first_site: Path, tmp_path: Path) -> None:
    with running(server, tmp_path / server, first_site) as client:
        assert client.get("/").status == 200
        assert "<link" in (first_site / "index.html").read_text()


def test_the_examples_hold_what_the_tests_replace() -> None:
    assert (REPOSITORY / "docs/content/help/publishing/server.md").read_text().count("help.example {") == 1
    assert urlsplit("//evil.example/x").netloc == "evil.example"
