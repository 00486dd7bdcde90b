"""A server that speaks S3 may answer anything: it is left, with one line that says so."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from deskpress.publish import bucket
from deskpress.publish.bucket import Bucket
from deskpress.publish.builder import RemoteError
from tests.publish.conftest import speak_to

Send = Callable[[bytes], object]
Answer = Callable[[int, Send], None]

HEAD = b'<?xml version="1.0"?><ListBucketResult>'
END = b"</ListBucketResult>"


@contextmanager
def answering(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """The bucket of a server that lets `answer` write each answer, told its number."""
    numbers = count()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

        def do_GET(self) -> None:  # as well
            self.send_response(200)
            self.send_header("Content-Type", "application/xml")
            self.end_headers()
            try:
                answer(next(numbers), self.wfile.write)
            except OSError:
                return  # nobody listens any more

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        speak_to(f"http://127.0.0.1:{server.server_port}", monkeypatch)
        yield Bucket("desk")
        server.shutdown()
        server.block_on_close = False  # some answers never end


def more_without_names(number: int, send: Send) -> None:
    more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>t{number}</NextContinuationToken>"
    send(HEAD + more.encode() + END)


def drops(number: int, send: Send) -> None:
    while True:
        send(b" ")
        time.sleep(0.2)


@pytest.mark.parametrize("answer", [more_without_names, drops])
def test_answers_that_never_end_are_left(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "WHOLE", 2)
    with answering(answer, monkeypatch) as desk:
        for call in (desk.files, lambda: desk.read("feed.json")):
            if call == desk.files or answer is drops:
                with pytest.raises(RemoteError, match="s3://desk/ has not finished within 2 s"):
                    call()


def test_an_answer_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []

    def names(number: int, send: Send) -> None:
        send(HEAD)
        while True:
            send(b"<a>" * 100_000)
            sent.append(300_000)

    with (
        answering(names, monkeypatch) as desk,
        pytest.raises(RemoteError, match="s3://desk/ answers with more than S3 does"),
    ):
        desk.files()
    # What lies in buffers of the system is written, too.
    assert sum(sent) < 5 * bucket.MAX_ANSWER


def test_an_object_without_name_or_tag_is_none_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(number: int, send: Send) -> None:
        send(HEAD + b"<Contents><Key>a</Key></Contents><Contents><ETag>b</ETag></Contents>" + END)

    with answering(half, monkeypatch) as desk:
        assert desk.files() == {"a": ""}


def test_an_answer_that_breaks_off_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(number: int, send: Send) -> None:
        name = b"<Contents><Key>a</Key><ETag>b</ETag></Contents>"
        send(HEAD + name + (END if number else b""))

    with answering(breaks_off, monkeypatch) as desk:
        assert desk.files() == {"a": "b"}
