"""The connections of `deskpress serve`.

Slow or idle clients do not block others: each request has to arrive within `HEAD_SECONDS`, and of more than
`CONNECTIONS` connections the one that has waited longest without a request is closed.
"""

from __future__ import annotations

import http.server
import io
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deskpress.app.dev_server.access import Access, make_access
from deskpress.app.dev_server.reload import BuildState

HEAD_SECONDS = 10.0
"""How long a request may take to arrive, from the start of the connection or the previous answer."""

HEAD_BYTES = 32_768
"""The most bytes of a request line and its headers."""

SEND_SECONDS = 60.0
"""How long an answer may take to be sent."""

CONNECTIONS = 128
"""The most open connections."""

TOLD = 10
"""The most names whose refusal is printed."""


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves the files in `output`, at the path of the site's URL, to hosts that `access` allows.

    Raises `OSError` if it cannot serve at the address.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = CONNECTIONS

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[http.server.BaseHTTPRequestHandler],
        output: Path,
        state: BuildState,
        *,
        allowed: tuple[str, ...] = (),
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.output = output
        self.state = state
        self._say = say
        self._told: set[str] = set()
        self._lock = threading.Lock()
        self._waiting: dict[socket.socket, None] = {}
        self._answering: set[socket.socket] = set()
        super().__init__(address, handler)
        self.access: Access = make_access(address[0], int(self.server_address[1]), allowed)

    def server_bind(self) -> None:
        """Bind, without resolving the name of the address as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection in a thread of its own, if necessary in place of an idle one."""
        with self._lock:
            full = len(self._waiting) + len(self._answering) >= CONNECTIONS
            longest = next(iter(self._waiting), None) if full else None
            if longest is not None:
                del self._waiting[longest]
            if longest is not None or not full:
                self._waiting[request] = None
        if longest is not None:
            _end(longest)
        elif full:
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def waits(self, request: socket.socket) -> None:
        """Record that a connection waits for a request; it may be closed for another."""
        with self._lock:
            if request in self._answering:
                self._answering.discard(request)
                self._waiting[request] = None

    def answers(self, request: socket.socket) -> None:
        """Record that a connection has sent its request: it may finish."""
        with self._lock:
            if request in self._waiting:
                del self._waiting[request]
                self._answering.add(request)

    def close_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._waiting.pop(request, None)
            self._answering.discard(request)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a connection that breaks off; report other errors."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def tell(self, refusal: str) -> None:
        """Print that a host was refused, once for each name and not for many."""
        with self._lock:
            if refusal in self._told or len(self._told) >= TOLD:
                return
            self._told.add(refusal)
        self._say(refusal)


def _end(connection: socket.socket) -> None:
    """Let the thread of a connection end, and close it."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The client was quicker.
        return


class Incoming(io.RawIOBase):
    """A client's data; each request is limited in time and bytes."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.begin()

    def begin(self) -> None:
        """Start counting for the next request."""
        self._until = time.monotonic() + HEAD_SECONDS
        self._left = HEAD_BYTES

    def readable(self) -> bool:
        """True, as the base class requires."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Raises `TimeoutError` when the time is up or the request is too long."""
        seconds = self._until - time.monotonic()
        if seconds <= 0 or self._left <= 0:
            raise TimeoutError
        self._connection.settimeout(seconds)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count
