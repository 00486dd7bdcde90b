"""Invalid targets: addresses of the web, mail or telephone."""

from __future__ import annotations

import re
from collections import Counter

from deskpress.model.body import Converted
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.render.places import Places

_USUAL = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?(?:[/?#]|$)")
"""The beginning of nearly every address: anything may follow."""

_WEB = re.compile(r"https?:", re.I)
_TWICE = re.compile(r"(?:https?:[/\\]*)+(https?)[:;]?[/\\]+(?=\S)", re.I)
_SLASHES = re.compile(r"(https?):[/\\\s]*(?=[^\s/\\])", re.I)
_HOST = re.compile(r"(?<=//)[^/?#]*")
_MAIL = re.compile(r"[^\s@<>()\[\],;:/]+@[^\s@<>()\[\],;:]+\.[^\s@<>()\[\],;:.]{2,}")
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
_MEDIA = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif)(?:[?#]|$)", re.I)


def odd_targets(label: str, converted: Converted, content: str) -> list[Diagnostic]:
    """The links and images of a document that browsers cannot follow; `content` is the folder's name."""
    odd: dict[str, tuple[str, str]] = {}
    for one in converted.references:
        target = one.target
        if (
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
