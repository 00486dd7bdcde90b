"""Deskpress turns a support team's Markdown into a blog, its feeds and a help center."""

__version__ = "0.1.0"
