"""Writes bytes into the site's folder: only complete files, nothing outside it, nothing left behind."""
