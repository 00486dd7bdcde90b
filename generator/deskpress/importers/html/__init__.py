"""Converts foreign HTML to Markdown of this site: parse, clean, convert, and compare once rendered."""
