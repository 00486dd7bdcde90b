"""Instructions for the owner of a new server: the remote to push to, web servers, a timer."""

from __future__ import annotations

import getpass
import socket

from deskpress.publish.remote import Remote, command


def welcome(remote: Remote) -> str:
    """The output of `init`."""
    root = remote.root
    place = f"ssh://{getpass.getuser()}@{socket.gethostname()}{root}/repo.git"
    return f"""{root} is ready.

On your own machine, in the site's folder:
  git remote add live {place}
  git push live {remote.settings.branch}
From this machine it is:
  git remote add live {root}/repo.git

A web server shows {root}/current; `deskpress docs server` has nginx and Caddy.
Posts dated ahead want a timer, as in cron:
  */5 * * * * {command()} remote due -C {root}
or in systemd:
  [Service]
  Type=oneshot
  ExecStart={command()} remote due -C {root}
  [Timer]
  OnCalendar=*:0/5
"""
