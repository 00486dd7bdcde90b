"""Programs that end themselves at their nth change to the disk, as kill -9 does."""

from __future__ import annotations

DEADLY = """
import builtins, io, os, sys

calls, limit = 0, int(sys.argv[1])


def deadly(function):
    def call(*arguments, **keywords):
        global calls
        calls += 1
        if calls == limit:
            os.kill(os.getpid(), 9)
        return function(*arguments, **keywords)
    return call


# Everything that changes a disk goes through one of these.
for name in ("replace", "mkdir", "makedirs", "rmdir", "unlink", "link", "symlink", "rename", "sync"):
    setattr(os, name, deadly(getattr(os, name)))
io.open = deadly(io.open)
builtins.open = deadly(builtins.open)
"""
"""What comes before such a program; its first argument is n, 0 for never."""
