"""Invalid targets: addresses of the web, mail or telephone."""

from __future__ import annotations

import re
from collections import Counter

from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.patterns import lazy_pattern
from deskpress.render.places import Places

_USUAL = lazy_pattern(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?(?:[/?#]|$)")
"""The beginning of nearly every address: anything may follow."""

_LOCAL = lazy_pattern(
    r"https?://(?P<host>(?P<own>localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])"
    r"|[A-Za-z0-9-]+(?:\.(?:local|localdomain|internal|intranet|corp|lan))?)(?::\d+)?(?=[/?#]|$)",
    re.I,
)
"""Names of one's own computer, and those of no public server (RFC 6761, RFC 6762, `internal` of ICANN)."""

_WEB = lazy_pattern(r"https?:", re.I)
_TWICE = lazy_pattern(r"(?:https?:[/\\]*)+(https?)[:;]?[/\\]+(?=\S)", re.I)
_SLASHES = lazy_pattern(r"(https?):[/\\\s]*(?=[^\s/\\])", re.I)
_HOST = lazy_pattern(r"(?<=//)[^/?#]*")
_MAIL = lazy_pattern(r"[^\s@<>()\[\],;:/]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:.]{2,}")
_PAGES = {
    "drive.google.com": "Google Drive",
    "docs.google.com": "Google Docs",
    "photos.app.goo.gl": "Google Photos",
    "photos.google.com": "Google Photos",
    "onedrive.live.com": "OneDrive",
    "1drv.ms": "OneDrive",
    "www.icloud.com": "iCloud",
}
"""Hosts that show a picture on a page of their own, by the name of the service."""


_VIDEOS = {"youtube.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo", "loom.com": "Loom"}
_MEDIA = lazy_pattern(r"\.(?:png|jpe?g|gif|webp|svg|avif)(?:[?#]|$)", re.I)


def odd_targets(label: str, converted: Converted, content: str) -> list[Diagnostic]:
    """The links and images of a document that browsers cannot follow; `content` is the folder's name."""
    odd: dict[str, tuple[str, str]] = {}
    for one in converted.references:
        target = one.target
        if "//" in target[:8] and (local := _LOCAL.match(target)):
            odd[target] = _on_own_computer(local, target, content, one.kind)
        elif (
            one.kind == "image" and target.startswith("https://") and (problem := _page(target, content))
        ) or (not _USUAL.match(target) and ":" in target[:8] and (problem := _told(target))):
            odd[target] = problem
    if not odd:
        return []
    places = Places(converted, label, odd)
    seen: Counter[str] = Counter()
    found = []
    for one in converted.references:
        if problem := odd.get(one.target):
            found.append(places.warning(one.target, seen[one.target], Kind.LINK, *problem))
            seen[one.target] += 1
    return found


def is_local(target: str) -> bool:
    """Whether only the editor's own computer, or network, answers at this address."""
    return _LOCAL.match(target) is not None


def _on_own_computer(local: re.Match[str], target: str, content: str, kind: str) -> tuple[str, str]:
    """The problem with a target that only the editor's own computer, or network, answers, and the hint."""
    path = target[local.end() :].partition("#")[0].partition("?")[0]
    effect = "readers cannot follow this link" if kind != "image" else "readers do not see this picture"
    if not local["own"]:
        problem = f"`{local['host']}` is a name in your own network only: {effect}"
        return problem, "name an address that readers can open, or remove it"
    problem = f"`{target}` is on your own computer only: {effect}"
    if kind == "image":
        hint = f"put the picture into {content}/images/, and write its path"
    elif path.strip("/"):
        hint = f"write `{path}`, the address on this site, or the path of the file"
    else:
        hint = "write `/` for the first page of this site, or the path of a file"
    return problem, hint


def _told(target: str) -> tuple[str, str] | None:
    scheme, _, rest = target.partition(":")
    if _WEB.match(target):
        return _web(target)
    if scheme.lower() == "mailto":
        address = rest.partition("?")[0]
        plain = re.sub(r"[\s<>]+", "", address).lstrip("/").rstrip(".,;")
        if address and not all(map(_MAIL.fullmatch, address.split(","))):
            if _MAIL.fullmatch(plain):
                return f"`{target}` is not a valid mail address", f"write `mailto:{plain}`"
            return (
                f"`{target}` is not a valid mail address",
                "write a full one, as in `mailto:help@desk.example`",
            )
    if scheme.lower() == "tel" and re.search(r"[\s()/]", rest.strip()):
        number = "".join(c for c in rest if c.isdigit() or c == "+")
        return "a telephone number in a link has no spaces and brackets", f"write `tel:{number}`"
    return None


def _web(target: str) -> tuple[str, str] | None:
    if twice := _TWICE.match(target):
        return (
            f"`{target}` has its scheme twice",
            f"write `{twice[1].lower()}://{target[twice.end() :]}`",
        )
    fixed = _SLASHES.sub(lambda found: f"{found[1].lower()}://", target, count=1).replace("\\", "/")
    host = _HOST.search(fixed)
    name = host[0] if host else ""
    if "," in name or " " in name:
        plain = name.replace(",", ".").replace(" ", "")
        fixed = fixed.replace(name, plain, 1)
        return f"`{name}` is not the name of a site", f"write `{fixed}`"
    if fixed == target or not name:
        return None
    if fixed.lower() == target.lower():
        return None  # `HTTPS:` is fine
    return f"`{target}` is not a valid address", f"write `{fixed}`"


def _page(target: str, content: str) -> tuple[str, str] | None:
    """A page of a file hosting service in place of an image."""
    host, _, path = target.removeprefix("https://").partition("/")
    if host.removeprefix("www.").removeprefix("m.") in _VIDEOS and not _MEDIA.search(path):
        problem = f"this is a page of {_VIDEOS[host.removeprefix('www.').removeprefix('m.')]}, not a picture"
        return f"{problem}: readers see a broken one", f"link to it: `[What it shows]({target})`"
    name = _PAGES.get(host, "")
    if "sharepoint.com" in host and path.startswith(":"):
        name = "SharePoint"
    if host == "www.dropbox.com" and "raw=1" not in path and "dl=1" not in path:
        name = "Dropbox"
    if host == "github.com" and "/blob/" in path and "raw=" not in path:
        name = "GitHub"
    if not name or "/uc?" in target or "export=" in target or "/d/e/" in target or "pub?" in target:
        return None
    hint = f"save the picture as a file in {content}/images/, and link to that"
    return f"this is a page of {name}, not a picture: readers see a broken one", hint
