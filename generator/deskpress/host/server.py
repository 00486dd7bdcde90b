"""`deskpress serve`: builds into a folder of the cache, watches, rebuilds, and reloads the browser.

The pages are those of `deskpress build`, byte for byte on disk; a small script that waits for the next
build is put in as they are sent.
"""

from __future__ import annotations

import contextlib
import gc
import html
import http.server
import json
import socketserver
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from deskpress.host import driver
from deskpress.host.compiled import Compiled
from deskpress.host.contract import own_icons
from deskpress.model.diagnostic import ContentError, Diagnostic
from deskpress.model.output import path_of

SETTLE = 0.02
"""Seconds without a change after which a rebuild begins; editors write a file in several steps."""

EVENTS = "/.deskpress/events"
SCRIPT = "/.deskpress/serve.js"
"""A file of its own: the pages' policy lets no script run that stands in them."""

SANDBOX = "script-src 'none'; sandbox"
"""The policy of drawings and feeds, as on web servers: nothing in them runs when they are opened."""

XHTML = "application/xhtml+xml"
_XML = ("+xml", "/xml")
"""How media types of XML end (RFC 7303)."""

_CODE = """
(() => {
  const show = (text) => {
    document.getElementById("deskpress-problems")?.remove();
    if (!text) return;
    const box = document.createElement("pre");
    box.id = "deskpress-problems";
    box.setAttribute("role", "alert");
    box.textContent = text;
    box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9999;margin:0;padding:1em;max-height:60vh;" +
      "overflow:auto;background:#3b1219;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
    document.body.append(box);
  };
  let known = null;
  const source = new EventSource("EVENTS");
  source.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (known !== null && state.build !== known && !state.problems) location.reload();
    known = state.build;
    show(state.problems);
  };
})();
"""


class State:
    """What the browser is told: the number of the last good build, and what is wrong now."""

    def __init__(self) -> None:
        self.build = 0
        self.base = "/"
        self.problems = ""
        self.changed = threading.Condition()
        self.closed = False

    def built(self, base: str) -> None:
        """Note a build: its pages stand there, below the path `base`."""
        with self.changed:
            self.base = base
            self.problems = ""
            self.build += 1
            self.changed.notify_all()

    def failed(self, problems: str) -> None:
        """Note a build that failed: the pages are those of the last good one."""
        with self.changed:
            self.problems = problems
            self.changed.notify_all()

    def close(self) -> None:
        """Let every waiting browser go."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def message(self) -> str:
        """The state as the browser gets it."""
        return json.dumps({"build": self.build, "problems": self.problems})


class _Watcher(FileSystemEventHandler):
    """Wakes the builder when a file changes."""

    def __init__(self, output: Path) -> None:
        self.output = str(output)
        self.wake = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = str(event.src_path)
        if (
            event.event_type in ("opened", "closed_no_write")
            or path.startswith(self.output)
            or "/.cache/" in path
        ):
            return
        self.wake.set()


class _Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    allow_reuse_address = True


def serve(
    request: driver.Request,
    address: tuple[str, int],
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
    *,
    open_browser: bool = False,
) -> None:
    """Serve until interrupted. Raises `SetupError` or `OSError` when it cannot begin."""
    state = State()
    with contextlib.ExitStack() as cleaning:
        output = _output(request, cleaning)
        # Who looks at the page waits neither for the cache nor for the terminal.
        wanted = replace(request, site_dir=output, compiled=Compiled(), placed=state.built)
        _rebuild(wanted, state, show, say)
        with _Server(address, _handler(output, state)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://{address[0]}:{server.server_address[1]}{state.base}"
            say(f"Serving at {url} (Ctrl+C stops)")
            if open_browser:
                webbrowser.open(url)
            try:
                _watch(wanted, output, state, show, say)
            except KeyboardInterrupt:
                say("Stopped.")
            finally:
                state.close()
                server.shutdown()


def _output(request: driver.Request, cleaning: contextlib.ExitStack) -> Path:
    """A folder in the cache, so that the next start finds it built; a temporary one if that cannot be."""
    folder = request.config_file.resolve().parent / ".cache" / "deskpress" / "serve"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        made = tempfile.TemporaryDirectory(prefix="deskpress-serve-")
        folder = Path(cleaning.enter_context(made))
    return folder / "site"


def _watch(
    request: driver.Request,
    output: Path,
    state: State,
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
) -> None:
    watcher = _Watcher(output)
    observer = Observer()
    watched: set[Path] = set()

    def watch_all() -> int:
        """Watch what is not watched yet; when the configuration was saved that tells what to watch."""
        saved = _saved(request.config_file)
        for path in set(_watched(request)) - watched:
            observer.schedule(watcher, str(path), recursive=path.is_dir())
            watched.add(path)
        return saved

    saved = watch_all()
    observer.start()
    try:
        # Something may have been saved before it was watched.
        _rebuild(request, state, show, say, unless_idle=True)
        while True:
            watcher.wake.wait()
            while watcher.wake.is_set():
                watcher.wake.clear()
                watcher.wake.wait(SETTLE)
            _rebuild(request, state, show, say)
            if _saved(request.config_file) != saved:
                saved = watch_all()
                _rebuild(request, state, show, say, unless_idle=True)
    finally:
        observer.stop()
        observer.join()


def _saved(path: Path) -> int:
    """When a file was last saved, in nanoseconds; 0 if there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _watched(request: driver.Request) -> list[Path]:
    """The configuration, the content, the site's own templates and icons, and what MkDocs' `watch` names."""
    folder = request.config_file.resolve().parent
    paths = [request.config_file.resolve()]
    try:
        project = driver.load(request)
    except Exception:  # told by the build that follows; hooks may raise anything
        return [folder]
    _get_ready(project)
    paths.append(Path(project.config.docs_dir))
    if project.config.theme.custom_dir:
        paths.append(Path(project.config.theme.custom_dir))
    paths += map(Path, (*own_icons(project.config), *project.config.watch))
    if project.options.card_font:
        paths.append(folder / project.options.card_font)
    return [path for path in paths if path.exists()]


def _get_ready(project: driver.Project) -> None:
    """Load what the first rebuild needs, now that nobody waits."""
    # Imported for what it imports.
    import deskpress.host.update
    import deskpress.render.feed  # noqa: F401
    from deskpress.host.rules import make_converter

    make_converter(project.config, project.options).warm_up()


def _rebuild(
    request: driver.Request,
    state: State,
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
    *,
    unless_idle: bool = False,
) -> None:
    """Build once, and let the browsers know; say nothing of it `unless_idle`, if there was nothing to do."""
    # As in `deskpress build`: what a build makes lives to its end.
    gc.disable()
    try:
        result = driver.build(request)
    except ContentError as error:
        show(error.diagnostics)
        state.failed("\n\n".join(map(str, error.diagnostics)))
        say("Not rebuilt: there are mistakes.")
        return
    except Exception as error:  # whatever a build trips over, serving goes on
        state.failed(str(error) or type(error).__name__)
        say(f"Not rebuilt: {error or type(error).__name__}")
        return
    finally:
        gc.enable()
    if unless_idle and not (result.written or result.removed):
        return
    show(result.diagnostics)
    say(f"Built: {result.written} files written, {result.removed} removed.")


def _is(test: Callable[[], bool]) -> bool:
    """A test of a path; one that the system cannot even look up fails it."""
    try:
        return test()
    except (OSError, ValueError):
        return False


def _mark(path: Path) -> str:
    """What tells one state of a file from another (RFC 9110 §8.8.3): a build writes only what it changes."""
    status = path.stat()
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'


def _handler(output: Path, state: State) -> type[http.server.SimpleHTTPRequestHandler]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        """Serves the built files at the path that the site's URL has."""

        # A page and what it loads come over connections that stay, as from any web server.
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path == EVENTS:
                self._events()
            elif path == SCRIPT:
                self._answer(_CODE.replace("EVENTS", EVENTS).encode(), "text/javascript; charset=utf-8")
            elif not path.startswith(state.base):
                self._redirect(HTTPStatus.FOUND, state.base)
            else:
                self._file(path[len(state.base) :])

        def do_HEAD(self) -> None:
            # The base class would answer from the folder that the command was called in.
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

        def _file(self, address: str) -> None:
            try:
                target = (output / path_of(address)).resolve()
                inside = target.is_relative_to(output.resolve())
            except (OSError, ValueError):
                target, inside = output, False
            if inside and _is(target.is_dir) and not address.endswith("/"):
                self._redirect(HTTPStatus.MOVED_PERMANENTLY, f"{urlsplit(self.path).path}/")
                return
            found = inside and _is(target.is_file)
            if not found:
                target = output / "404.html"
            mark = _mark(target) if found else ""
            if mark and mark == self.headers.get("If-None-Match"):
                self._answer(b"", "", HTTPStatus.NOT_MODIFIED, mark)
                return
            body = target.read_bytes() if target.is_file() else self._no_site()
            kind = self.guess_type(str(target)) if target.is_file() else "text/html"
            if kind == "text/html":
                body += f'<script src="{SCRIPT}"></script>'.encode()
                kind += "; charset=utf-8"
            self._answer(body, kind, HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, mark)

        def end_headers(self) -> None:
            self.send_header("X-Content-Type-Options", "nosniff")
            super().end_headers()

        def _answer(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, mark: str = "") -> None:
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
            if kind.endswith(_XML) and kind != XHTML:
                self.send_header("Content-Security-Policy", SANDBOX)
            # With a mark the browser asks each time, and loads again only what has changed.
            self.send_header("Cache-Control", "no-cache" if mark else "no-store")
            if mark:
                self.send_header("ETag", mark)
            self.end_headers()
            self.wfile.write(body)

        def _redirect(self, status: HTTPStatus, location: str) -> None:
            self.send_response(status)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _no_site(self) -> bytes:
            problems = html.escape(state.problems)
            title = "Not built yet"
            return (
                f"<!doctype html><title>{title}</title><body><h1>{title}</h1><pre>{problems}</pre>".encode()
            )

        def _events(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self.end_headers()
            sent = None
            try:
                while not state.closed:
                    with state.changed:
                        message = state.message()
                        if message == sent:
                            state.changed.wait(15)
                            message = state.message()
                    # An unchanged state becomes a comment, which finds out whether anybody listens.
                    self.wfile.write(b":\n\n" if message == sent else f"data: {message}\n\n".encode())
                    self.wfile.flush()
                    sent = message
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            """Requests are no news."""

    return Handler
