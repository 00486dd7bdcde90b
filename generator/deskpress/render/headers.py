"""`_headers`, in the format of static hosts, and `robots.txt`."""

from __future__ import annotations

from itertools import product

SANDBOX = "script-src 'none'; sandbox"
"""The Content-Security-Policy of a drawing that is opened by itself: no scripts, and an opaque origin."""


def headers(policy: str) -> bytes:
    """The headers that a server should send with every page; `frame-ancestors` can only be set here.

    Drawings and other XML get `SANDBOX`; other sites may load the tools, which know nothing of this one.

    The format is a line with a path, then indented lines with headers. `*` stands for anything, slashes
    included, for Netlify and for Cloudflare Pages; if several paths match, their headers are joined by
    commas, so that both of two policies apply (CSP Level 3 §3.1). Cloudflare's paths are case-sensitive, and
    media types are not: every spelling of the extension is listed. It accepts 100 paths.
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
    """`robots.txt` (RFC 9309): everything or nothing may be crawled; the address of the site map."""
    if noindex:
        return b"User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n".encode()
