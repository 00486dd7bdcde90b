"""Links through a company that counts clicks, as mail and chat programs write them."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

_KEYS = {
    # Microsoft Defender for Office 365; Google; Meta; and so on: the key that holds the address.
    "safelinks.protection.outlook.com": "url",
    "statics.teams.cdn.office.net": "url",
    "google.com": "q url",
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "l.messenger.com": "u",
    "linkedin.com": "url",
    "youtube.com": "q",
    "slack-redir.net": "url",
    "out.reddit.com": "url",
    "duckduckgo.com": "uddg",
    "t.umblr.com": "z",
    "vk.com": "to",
    "medium.com": "url",
    "urldefense.proofpoint.com": "u",
    "linkprotect.cudasvc.com": "a",
    "protect-us.mimecast.com": "url",
    "steamcommunity.com": "url",
    "discord.com": "url",
}
_PATHS = {
    "google.com": ("/url",),
    "linkedin.com": ("/redir", "/safety/go"),
    "youtube.com": ("/redirect",),
    "duckduckgo.com": ("/l/",),
    "vk.com": ("/away.php",),
    "medium.com": ("/r/",),
    "steamcommunity.com": ("/linkfilter",),
    "discord.com": ("/external",),
}
HINTS = (
    "?url=",
    "&url=",
    "?u=",
    "?q=",
    "?z=",
    "?to=",
    "?a=",
    "&q=",
    "&u=",
    "uddg=",
    "urldefense.com",
    "/amp/s/",
)
"""Text in every such link."""


def behind(url: str) -> tuple[str, str] | None:
    """The company that a link goes through, and the address behind it; None if there is none."""
    if not any(hint in url for hint in HINTS):
        return None
    try:
        parts = urlsplit(url.replace("&amp;", "&"))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if host == "urldefense.com" and "__http" in url:
        return host, url.partition("__")[2].partition("__;")[0]
    if host == "google.com" and "/amp/s/" in parts.path:
        return host, f"https://{parts.path.partition('/amp/s/')[2]}"
    known = next((name for name in _KEYS if host == name or host.endswith(f".{name}")), "")
    if not known or not parts.path.startswith(_PATHS.get(known, ("",))):
        return None
    query = parse_qs(parts.query)
    for key in _KEYS[known].split():
        address = query.get(key, [""])[0]
        if known == "urldefense.proofpoint.com":
            address = unquote(address.replace("-", "%").replace("_", "/"))
        if address.startswith(("http://", "https://")):
            return known, address
    return None
