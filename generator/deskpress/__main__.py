"""`python -m deskpress` is the `deskpress` command."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from deskpress.cli.main import main


def run() -> NoReturn:
    """Run the command, and leave without taking apart, value by value, what a large site was made of."""
    code: object = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        code = code or 1
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    run()
