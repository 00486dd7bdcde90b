"""`_headers`, as static hosts read it, and `robots.txt`."""

from __future__ import annotations


def headers(policy: str) -> bytes:
    """What a server should send with every page; a frame's ancestors can only be named here.

    Other sites may load the tools, which know nothing of this one.
    """
    lines = [
        f"Content-Security-Policy: {policy}; frame-ancestors 'self'" if policy else "",
        "Referrer-Policy: strict-origin-when-cross-origin",
        "X-Content-Type-Options: nosniff",
    ]
    tools = ("/assets/javascripts/tools/*", "  Access-Control-Allow-Origin: *")
    return "".join(f"{line}\n" for line in ("/*", *(f"  {line}" for line in lines if line), *tools)).encode()


def robots(url: str, *, noindex: bool) -> bytes:
    """`robots.txt` (RFC 9309): everybody may read everything, or nothing; where the site map is."""
    if noindex:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n".encode()
