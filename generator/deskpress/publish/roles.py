"""Who pushes, and what they may change: editors content, maintainers everything that runs."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from deskpress.model.patterns import lazy_pattern

PUSHER = "DESKPRESS_PUSHER"
"""Set by the forced command of a key, and by nothing else that a client can reach."""

_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_KEY = lazy_pattern(r"(?:ssh-[a-z0-9]+|ecdsa-sha2-[a-z0-9]+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+")
_SERVED = lazy_pattern(r"git[ -](receive-pack|upload-pack|upload-archive) '?([^']*)'?")


class RoleError(Exception):
    """A name, a key or a command that is not allowed; the text says why."""


class Pusher(Struct, frozen=True):
    """Somebody who pushes."""

    name: str
    maintainer: bool


def pusher_of(root: Path, environment: dict[str, str]) -> Pusher:
    """The pusher: by the key's forced command, else the system's user; the owner is a maintainer."""
    names, keys = _maintainers(root)
    owner = root.stat().st_uid
    # Keys lead to the owner's account; another user's claim is not believed.
    if PUSHER in environment and os.getuid() == owner:
        name = environment[PUSHER]
        key = root / "keys" / f"{name}.pub"
        known = bool(_NAME.fullmatch(name)) and key.is_file()
        by_key = known and bool(set(_keys(key.read_text("utf-8", "replace"))) & keys)
        return Pusher(name, (known and name in names) or by_key)
    name = _user(os.getuid())
    return Pusher(name, os.getuid() in (0, owner) or name in names)


def maintainers(root: Path) -> list[str]:
    """Everybody who may change what runs: the owner of the server, then as `maintainers` lists them."""
    names, keys = _maintainers(root)
    owners: dict[str, str] = {}
    for path in sorted((root / "keys").glob("*.pub")):
        owners |= dict.fromkeys(_keys(path.read_text("utf-8", "replace")), path.stem)
    by_key = sorted({f"{owners[key]} (by key)" if key in owners else key for key in keys})
    return [f"{_user(root.stat().st_uid)} (owner)", *sorted(names), *by_key]


def _user(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _maintainers(root: Path) -> tuple[set[str], set[str]]:
    """Names and keys in `maintainers`; a line may be either, and `#` begins a comment."""
    path = root / "maintainers"
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    lines = [line.strip() for line in text.splitlines() if not line.strip().startswith("#")]
    return {line for line in lines if _NAME.fullmatch(line)}, set(_keys("\n".join(lines)))


def _keys(text: str) -> Iterable[str]:
    return (found[0] for found in _KEY.finditer(text))


def check_maintainers(text: str) -> None:
    """Raise `RoleError` for a line that is neither a name nor a key."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = line.strip()
        if plain and not plain.startswith("#") and not _NAME.fullmatch(plain) and not _KEY.search(plain):
            raise RoleError(f"line {number} is neither a name nor an ssh key: {plain[:60]}")


def add_key(root: Path, name: str, key: str, command: str) -> str:
    """Store a key, and return the line of `authorized_keys` that names its user. Raises `RoleError`."""
    if not _NAME.fullmatch(name):
        raise RoleError(f"`{name}` is not a valid name: letters, digits, points, hyphens")
    found = list(_keys(key))
    if len(found) != 1 or "PRIVATE KEY" in key:
        raise RoleError("the file must hold exactly one public ssh key")
    folder = root / "keys"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.pub").write_text(f"{found[0]} {name}\n")
    forced = f"{command} remote serve {name} {shlex.quote(str(root))}"
    escaped = forced.replace("\\", "\\\\").replace('"', '\\"')
    return f'command="{escaped}",restrict {found[0]} {name}'


def served_command(root: Path, asked: str) -> list[str]:
    """The command that a key may run: git's own three, on this repository. Raises `RoleError`."""
    found = _SERVED.fullmatch(asked.strip())
    if not found:
        raise RoleError("this key may push and fetch only; there is no shell")
    path = Path(found[2])
    home = Path.home()
    places = {path} if path.is_absolute() else {home / path, root / path}
    if path.parts[:1] == ("~",):
        places.add(home.joinpath(*path.parts[1:]))
    if not any(place.resolve() == (root / "repo.git").resolve() for place in places):
        raise RoleError(f"this key opens {root / 'repo.git'}, not {found[2]}")
    return ["git", found[1], str(root / "repo.git")]
