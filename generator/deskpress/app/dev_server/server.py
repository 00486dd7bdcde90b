"""`deskpress serve`: builds into a folder of the cache, watches, rebuilds, and reloads the browser.

The files are those of `deskpress build`, byte for byte; a small script that waits for the next build is added
to pages as they are sent.
"""

from __future__ import annotations

import contextlib
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from deskpress.app.check import check
from deskpress.app.dev_server.access import in_url
from deskpress.app.dev_server.connections import Server
from deskpress.app.dev_server.reload import BuildState
from deskpress.app.dev_server.responses import Handler
from deskpress.app.dev_server.status_page import STATUS, page
from deskpress.app.dev_server.watcher import rebuild, watch
from deskpress.app.status import status
from deskpress.build.request import Request
from deskpress.engine.blob_store import is_led_away
from deskpress.model.diagnostic import Diagnostic
from deskpress.templating.compiled import Compiled


def serve(
    request: Request,
    address: tuple[str, int],
    show: Callable[[Iterable[Diagnostic]], None],
    say: Callable[[str], None],
    *,
    open_browser: bool = False,
    allowed: tuple[str, ...] = (),
) -> None:
    """Serve until interrupted; besides this machine's own names the `allowed` ones are answered.

    Raises `SetupError` or `OSError` if it cannot start.
    """
    state = BuildState()
    state.status = _status(request, state)
    with contextlib.ExitStack() as cleaning:
        output = _output(request, cleaning)
        # Readers of the page should wait neither for the cache nor for the terminal.
        # The folder may have come with the site: a checkout in it would not be ours.
        wanted = replace(
            request,
            site_dir=output,
            checkout=False,
            compiled=Compiled(),
            placed=state.built,
            review="what is read",
        )
        rebuild(wanted, state, show, say)
        with Server(address, Handler, output, state, allowed=allowed, say=say) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://{in_url(address[0])}:{server.server_port}{state.base}"
            say(f"Serving at {url} (Ctrl+C stops)")
            say(f"What is not live: {url.removesuffix(state.base)}{STATUS}")
            if open_browser:
                webbrowser.open(url)
            try:
                watch(wanted, output, state, show, say)
            except KeyboardInterrupt:
                say("Stopped.")
            finally:
                state.close()
                server.shutdown()


def _status(request: Request, state: BuildState) -> Callable[[], bytes]:
    """What makes the status page, one at a time. It raises what `check` raises."""
    # `serve` may include drafts; the table describes the site as readers have it.
    asked = replace(request, drafts=False, future=False)
    turn = threading.Lock()

    def made() -> bytes:
        with turn:
            prepared = check(asked)
            return page(prepared.site.options.name, state.base, status(prepared))

    return made


def _output(request: Request, cleaning: contextlib.ExitStack) -> Path:
    """A folder in the cache, so that the next start finds it built; a temporary one if that fails."""
    folder = request.config_file.resolve().parent / ".cache" / "deskpress" / "serve"
    try:
        if is_led_away(folder):
            raise NotADirectoryError(folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        made = tempfile.TemporaryDirectory(prefix="deskpress-serve-")
        folder = Path(cleaning.enter_context(made))
    return folder / "site"
