"""Buckets: a real server that speaks S3, from rclone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskpress.model.output import MARKER_TEXT
from deskpress.publish.bucket import Bucket, type_of
from deskpress.publish.builder import RemoteError
from deskpress.publish.targets import files_of
from tests.conftest import Site
from tests.publish.conftest import Done, deskpress, speak_to
from tests.publish.test_elsewhere import shown

pytestmark = [pytest.mark.slow, pytest.mark.long]


@dataclass
class Server:
    """An S3 server on a free port, which keeps the bucket `desk` in `folder`."""

    url: str
    folder: Path

    def publish(self, site: Site, *options: str, to: str = "s3://desk") -> Done:
        config = site.folder / "mkdocs.yml"
        command = ("publish", "--to", to, "-f", config, *options)
        return deskpress(*command, check=False, environment=os.environ)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    folder = tmp_path / "buckets/desk"
    folder.mkdir(parents=True)
    rclone = Path(sys.executable).with_name("rclone")
    process = subprocess.Popen(
        [
            *(rclone, "serve", "s3", "--config", os.devnull, "--auth-key", "name,secret"),
            *("--addr", "127.0.0.1:0", folder.parent),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    url = ""
    while not url:
        line = process.stderr.readline()
        assert line, "rclone has ended"
        url = found[0].rstrip("/") if (found := re.search(r"http://[\d.:]+", line)) else ""
    speak_to(url, monkeypatch)
    yield Server(url, folder)
    process.terminate()
    process.communicate()


@pytest.fixture
def desk(site: Site) -> Site:
    site.post("2012-03-05-home.md", "At home.", title="Home")
    site.post("2012-03-12-metrics.md", "Numbers.", title="Metrics")
    return site


def test_a_bucket_holds_the_site_and_only_changes_go(desk: Site, server: Server) -> None:
    assert "put index.html" in server.publish(desk, "--dry-run").said
    assert files_of(server.folder) == {}
    assert "Published." in server.publish(desk).said
    assert shown(server.folder) == shown(desk.output)
    assert server.publish(desk).said == "Nothing has changed.\n"
    (desk.content / "posts/2012-03-05-home.md").unlink()
    Bucket("desk").put("index.html", b"meddled with")
    Bucket("desk").remove(["feed.json"])
    said = server.publish(desk, "--allow-lost-addresses").said
    assert "remove 2012/03/home.html" in said
    assert "put index.html" in said
    assert "put assets/" not in said
    assert shown(server.folder) == shown(desk.output)


def test_a_folder_of_a_bucket_leaves_the_rest_alone(desk: Site, server: Server) -> None:
    (server.folder / "theirs.txt").write_text("theirs")
    assert "has not written" in server.publish(desk).said
    assert "Published." in server.publish(desk, to="s3://desk/support/desk/").said
    assert shown(server.folder / "support/desk") == shown(desk.output)
    (desk.content / "posts/2012-03-05-home.md").unlink()
    assert "Published." in server.publish(desk, "--allow-lost-addresses", to="s3://desk/support/desk").said
    assert (server.folder / "theirs.txt").read_text() == "theirs"


def test_readers_get_the_right_types(desk: Site, server: Server) -> None:
    server.publish(desk)
    client = Bucket("desk")._client
    types = {
        path: client.head_object(Bucket="desk", Key=path)["ContentType"]
        for path in ("index.html", "feed.xml", "atom.xml", "feed.json", "sitemap.xml")
    }
    assert types == {path: type_of(path) for path in types}
    assert types["index.html"] == "text/html; charset=utf-8"
    assert types["feed.json"] == "application/feed+json; charset=utf-8"
    with pytest.raises(OSError, match=r"40[03]"):  # nobody without a key
        urllib.request.urlopen(f"{server.url}/desk/index.html")


def test_a_transfer_that_was_cut_off_is_completed(
    desk: Site, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.publish(desk)
    desk.post("2012-03-12-metrics.md", "More numbers.", title="Metrics")
    desk.post("2012-03-19-vacation.md", "Away.", title="Vacation")
    desk.build()
    Bucket("desk").put("2012/03/metrics.html", (desk.output / "2012/03/metrics.html").read_bytes())
    said = server.publish(desk).said
    assert "put 2012/03/vacation.html" in said
    assert "put 2012/03/metrics.html" not in said
    assert shown(server.folder) == shown(desk.output)


@pytest.mark.parametrize(
    ("address", "problem"),
    [("s3://", "names no bucket"), ("s3://a@b/c", "names no bucket"), ("s3://other", "other")],
)
def test_a_wrong_address_is_a_line(desk: Site, server: Server, address: str, problem: str) -> None:
    done = server.publish(desk, to=address)
    assert not done.ok
    assert problem in done.said
    assert "Traceback" not in done.said


def test_objects_of_others_stay_and_are_named(desk: Site, server: Server) -> None:
    assert server.publish(desk).ok
    others = Bucket("desk")
    others.put("CNAME", b"desk.example")
    others.put(".well-known/security.txt", b"x")
    (desk.content / "posts/2012-03-05-home.md").unlink()
    said = server.publish(desk, "--allow-lost-addresses").said
    assert "remove 2012/03/home.html" in said
    assert "kept CNAME, which Deskpress did not put there" in said
    assert others.read("CNAME") == b"desk.example"
    assert others.read(".well-known/security.txt") == b"x"
    desk.write("CNAME", "other.example")
    refused = server.publish(desk)
    assert not refused.ok
    assert "s3://desk/ holds files that Deskpress did not put there, in the place of the site's: CNAME\n" in (
        refused.said
    )
    assert others.read("CNAME") == b"desk.example"


def test_a_bucket_of_a_version_without_lists_keeps_what_it_may_not_have_put_there(
    desk: Site, server: Server
) -> None:
    assert server.publish(desk).ok
    others = Bucket("desk")
    others.put(".deskpress", MARKER_TEXT)
    others.put("CNAME", b"desk.example")
    (desk.content / "posts/2012-03-05-home.md").unlink()
    said = server.publish(desk, "--allow-lost-addresses").said
    assert "kept CNAME" in said
    assert "kept 2012/03/home.html" in said
    assert "hint: no list of what was published is there yet" in said
    desk.post("2012-03-05-home.md", "At home.", title="Home")
    assert server.publish(desk).ok
    (desk.content / "posts/2012-03-05-home.md").unlink()
    assert "remove 2012/03/home.html" in server.publish(desk, "--allow-lost-addresses").said
    assert others.read("CNAME") == b"desk.example"


def test_a_wrong_key_is_a_line(desk: Site, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "other")
    done = server.publish(desk)
    assert not done.ok
    assert done.said.startswith("s3://desk: ")
    assert len(done.said.splitlines()) == 1


def test_without_boto3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(RemoteError, match=r"deskpress\[s3\]"):
        Bucket("desk").files()


def test_feeds_that_would_mislead_are_held_back(desk: Site, server: Server) -> None:
    server.publish(desk)
    desk.post("2012-03-12-metrics.md", "Numbers.", title="Metrics", id="urn:other")
    done = server.publish(desk)
    assert not done.ok
    assert "the id of /2012/03/metrics.html changes" in done.said
    assert "--allow-feed-changes" in done.said
    assert "urn:other" not in (server.folder / "feed.json").read_text()
    assert server.publish(desk, "--allow-feed-changes").ok
    assert "urn:other" in (server.folder / "feed.json").read_text()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a.png.480w.webp", "image/webp"),
        ("f.woff2", "font/woff2"),
        ("sitemap.xml.gz", "application/gzip"),
        ("feed.xml", "application/rss+xml; charset=utf-8"),
        ("de/index.html", "text/html; charset=utf-8"),
        ("_headers", "text/plain; charset=utf-8"),
        ("x.unknown", "application/octet-stream"),
    ],
)
def test_a_file_is_shown_as_what_it_is(path: str, kind: str) -> None:
    assert type_of(path) == kind
