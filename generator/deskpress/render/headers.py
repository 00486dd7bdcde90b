"""`_headers`, as static hosts read it, and `robots.txt`."""

from __future__ import annotations

from itertools import product

SANDBOX = "script-src 'none'; sandbox"
"""The Content-Security-Policy of a drawing that is opened by itself: nothing runs, and it has no origin."""


def headers(policy: str) -> bytes:
    """What a server should send with every page; a frame's ancestors can only be named here.

    Drawings and other XML get `SANDBOX`, and other sites may load the tools, which know nothing of this one.

    A line with a path, then indented lines with headers. `*` stands for anything, slashes included, for
    Netlify and for Cloudflare Pages; where several paths match, their headers are joined by commas, so that
    of two policies both hold (CSP Level 3 §3.1). Cloudflare looks at the case of letters, and media types
    do not: every spelling of the ending is there. It takes 100 paths.
    """
    rules = {
        "/*": [
            f"Content-Security-Policy: {policy}; frame-ancestors 'self'" if policy else "",
            "Referrer-Policy: strict-origin-when-cross-origin",
            "X-Content-Type-Options: nosniff",
        ],
        "/assets/javascripts/tools/*": ["Access-Control-Allow-Origin: *"],
    }
    for ending in ("svg", "xml"):
        for letters in product(*((c, c.upper()) for c in ending)):
            rules[f"/*.{''.join(letters)}"] = [f"Content-Security-Policy: {SANDBOX}"]
    lines = ((path, *(f"  {line}" for line in found if line)) for path, found in rules.items())
    return "".join(f"{line}\n" for rule in lines for line in rule).encode()


def robots(url: str, *, noindex: bool) -> bytes:
    """`robots.txt` (RFC 9309): everybody may read everything, or nothing; where the site map is."""
    if noindex:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n".encode()
