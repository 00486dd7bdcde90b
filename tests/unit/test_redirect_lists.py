"""The lists of old addresses, read as the documentation of their readers says."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskpress.model.address import problem_of
from deskpress.render import redirect_lists
from deskpress.render.headers import headers
from tests.conftest import Site

ODD = st.text(st.sampled_from("ab:*$#{}~^ é日🙂'\\\"%?=/.|[]()+;,\n\t<>!@&`-_"), min_size=1, max_size=12)
ADDRESSES = ODD.filter(lambda text: not problem_of(text))
SENT = str.maketrans({c: f"%{ord(c):02X}" for c in ' "#<>?^`{}'})


def netlify(text: str) -> dict[str, tuple[str, str]]:
    """Path to (target, status), as Netlify's redirect parser splits lines; raises what it calls an error."""
    found = {}
    for line in text.split("\n"):
        if not line.strip() or line.strip().startswith("#"):
            continue
        words = line.split()
        end = next((at for at, word in enumerate(words) if word.startswith("#")), len(words))
        source, *rest = words[:end]
        at = next(at for at, word in enumerate(rest) if word.startswith(("/", "http:", "https:")))
        assert at == 0, "words before the target are conditions on the query"
        assert not any(part.startswith(":") or part == "*" for part in source.split("/")), "a placeholder"
        found[source] = (rest[0], rest[1])
        assert len(rest) == 2
    return found


def cloudflare(text: str) -> dict[str, str]:
    """Path to target, as Cloudflare's parser reads them: three words, 1,000 characters, no placeholder."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#") or len(line) > 1000:
            continue
        source, target, status = re.split(r"\s+", line)
        assert status == "301"
        assert not re.search(r"\*|:[A-Za-z]\w*", source)
        assert source not in found
        assert re.match(r"/(?![/\\])", source)
        assert re.match(r"/(?![/\\])", target)
        found[source] = target
    return found


@given(st.lists(st.tuples(ADDRESSES, ADDRESSES), max_size=8))
@pytest.mark.slow
def test_whatever_may_be_an_alias_is_in_every_list(moves: list[tuple[str, str]]) -> None:
    wanted = {f"/{form}": f"/{new}" for old, new in sorted(moves) for form in (old.removesuffix("/"), old)}
    wanted |= {f"/{old}": f"/{new}" for old, new in moves}
    text = redirect_lists.static_hosts(moves, "/").decode()
    for found in ({k: v[0] for k, v in netlify(text).items()}, cloudflare(text)):
        assert {unquote(old) for old in found} == wanted.keys()
        assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", new) for new in found.values())
    nginx = redirect_lists.nginx_redirects(moves, "/").decode().splitlines()[1:]
    assert len(nginx) == len({old.encode().lower() for old in wanted})
    caddy = redirect_lists.caddy(moves, (), "/").decode().splitlines()[1:]
    assert len(caddy) == len(wanted)
    assert not any("{" in line or "}" in line for line in caddy)


@given(ADDRESSES.filter(lambda text: ":" not in text and "*" not in text and "." not in text))
def test_static_hosts_compare_with_what_browsers_send(address: str) -> None:
    found = cloudflare(redirect_lists.static_hosts([(address, "new/")], "/").decode())
    encoded = (f"%{b:02X}" if b > 127 else chr(b) for b in address.translate(SENT).encode())
    assert f"/{''.join(encoded)}" in found


@pytest.mark.parametrize(
    "address",
    [
        "/evil.example",
        "\\evil.example",
        "a/../b",
        "./a",
        'a"; return 301 //x; #',
        "a\nb",
        "a b ",
        "\udcff",
        "%0A",
    ],
)
def test_what_cannot_be_an_address_is_in_no_list(address: str) -> None:
    for moves in ([(address, "new/")], [("old/", address)]):
        lists = (
            redirect_lists.nginx_redirects(moves, "/"),
            redirect_lists.nginx_gone([address], "/"),
            redirect_lists.caddy(moves, [address], "/"),
            redirect_lists.static_hosts(moves, "/"),
        )
        assert [len(found.splitlines()) for found in lists] == [1, 1, 1, 1]


def test_nginx_gets_no_two_sources_that_it_takes_for_one() -> None:
    text = redirect_lists.nginx_redirects([("Old/", "a/"), ("old/", "b/")], "/").decode()
    assert text.splitlines()[1:] == ['"/Old" "/a/";', '"/Old/" "/a/";']
    assert redirect_lists.nginx_gone(["X/", "x/", "X/"], "/").decode().count(" 1;") == 1


def test_the_path_of_the_site_is_decoded_for_sources_and_encoded_for_targets() -> None:
    for base in ("/hilfe-f%C3%BCr-$x/", "/hilfe-für-$x/"):
        assert (
            '"/hilfe-für-$x/a/" "/hilfe-f%C3%BCr-%24x/b/";'
            in redirect_lists.nginx_redirects([("a/", "b/")], base).decode()
        )
        assert (
            "/hilfe-f%C3%BCr-$x/a/ /hilfe-f%C3%BCr-%24x/b/ 301"
            in redirect_lists.static_hosts([("a/", "b/")], base).decode()
        )


def test_a_variable_or_a_placeholder_in_an_alias_stays_text(site: Site) -> None:
    site.post("2012-03-05-home.md", aliases=["/a$http_cookie/", "/:a/:b/"], slug="h$http_cookie{path}")
    site.build()
    assert "$" not in "".join(line.split('" "')[1] for line in site.read("redirects.map").splitlines()[1:])
    assert "\\" not in site.read("redirects.map")
    assert "/%3Aa/%3Ab/ /2012/03/h%24http_cookie%7Bpath%7D.html 301\n" in site.read("_redirects")


def test_a_wildcard_is_no_alias(site: Site) -> None:
    site.post("2012-03-05-home.md", aliases=["/*/"])
    assert any("the alias holds one of" in problem for problem in site.problems())


def test_what_is_gone_never_hides_what_is_there(site: Site) -> None:
    site.post("2012-03-05-home.md")
    site.post("2012-03-06-a.md", expires="2012-04-01", slug="HOME")
    site.post("2012-03-06-b.md", expires="2012-04-01", slug="twice")
    site.post("2012-03-07-c.md", expires="2012-04-01", slug="Twice")
    site.post("2012-03-08-d.md", expires="2012-04-01", slug="für")
    site.build()
    text = site.read("gone.map").lower()
    assert "home" not in text
    assert text.count("/2012/03/twice.html") == 1
    assert '"/2012/03/für.html" 1;' in text


def test_static_hosts_get_a_policy_for_drawings_whatever_the_case_of_their_ending() -> None:
    rules: dict[str, list[str]] = {}
    for line in headers("default-src 'self'").decode().splitlines():
        if line.startswith("/"):
            rules[line] = []
        else:
            rules[list(rules)[-1]].append(line.strip())
    assert len(rules) <= 100
    for path in ("/a.svg", "/B.SVG", "/deep/er/c.sVg", "/feed.xml"):
        matching = [r for r in rules if re.fullmatch(re.escape(r).replace(r"\*", ".*"), path)]
        policies = [header for rule in matching for header in rules[rule] if "Policy: script-src" in header]
        assert policies == ["Content-Security-Policy: script-src 'none'; sandbox"]
        assert "X-Content-Type-Options: nosniff" in rules["/*"]
    assert [r for r in rules if re.fullmatch(re.escape(r).replace(r"\*", ".*"), "/a.html")] == ["/*"]
